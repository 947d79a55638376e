//! Models made from the bytes of the fuzzer, as the tests make them.

#[path = "../../tests/support/choices.rs"]
mod choices;
#[path = "../../tests/support/models.rs"]
pub mod models;
#[path = "../../tests/support/operations.rs"]
pub mod responses;

use aliyun_dts_status::Operation;
pub use choices::Choices;

/// Returns the operation that the first byte of an input selects, and the rest. Bytes that begin a body select the first
/// operation and are no selection, so that a corpus of bodies is one of inputs too.
pub fn operation(input: &[u8]) -> (Operation, &[u8]) {
    match input {
        [first, body @ ..] if usize::from(*first) < Operation::ALL.len() => {
            (Operation::ALL[usize::from(*first)], body)
        }
        body => (Operation::default(), body),
    }
}
