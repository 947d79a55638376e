//! Models made from the bytes of the fuzzer, as the tests make them.

#[path = "../../tests/support/choices.rs"]
mod choices;
#[path = "../../tests/support/models.rs"]
pub mod models;

pub use choices::Choices;
