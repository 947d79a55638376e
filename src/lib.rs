#![doc = include_str!("../README.md")]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

mod excerpt;
pub mod export;
pub mod field;
pub mod health;
pub mod model;
mod named_enum;
pub mod path;
pub mod request;
mod validate;
pub mod wire;

pub use field::Field;
pub use model::{failure::ErrorKind, fault::Fault, job::SyncJob, response::Response};
pub use named_enum::UnknownNameError;
pub use path::{Path, Segment};
pub use validate::{Rule, Violation, validate};
pub use wire::{DecodeError, Decoded, Decoder, Format, Limits, Quirk, QuirkKind, decode, encode};
