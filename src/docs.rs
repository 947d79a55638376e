//! The pages of `docs/` as part of the documentation.

// The first definition of a link counts, so that the pages link to each other here too.
/// [operations.md]: operations
#[doc = include_str!("../docs/wire.md")]
pub mod wire {}

/// [wire.md]: wire
#[doc = include_str!("../docs/operations.md")]
pub mod operations {}
