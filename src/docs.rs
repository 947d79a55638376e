//! The pages of `docs/` as part of the documentation.

/// [operations.md]: operations
#[doc = include_str!("../docs/wire.md")]
pub mod wire {}

/// [wire.md]: wire
#[doc = include_str!("../docs/operations.md")]
pub mod operations {}
