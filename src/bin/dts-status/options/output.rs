//! The format of the output: [`OutputFormat`].

use clap::ValueEnum;

/// The formats of the commands that have no more than these two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people
    Text,
    /// For programs; stable
    Json,
}
