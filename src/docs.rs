//! The pages of `docs/` as part of the documentation.

#[doc = include_str!("../docs/wire.md")]
pub mod wire {}

#[doc = include_str!("../docs/operations.md")]
pub mod operations {}
