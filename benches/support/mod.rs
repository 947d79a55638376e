//! Shared by the benches: bodies, decoders to compare with, clocks, archives of polls.

#![allow(dead_code, reason = "each bench takes the part it needs")]

pub(crate) mod bodies;
pub(crate) mod candidates;
pub(crate) mod measure;
pub(crate) mod polls;
pub(crate) mod strict;
pub(crate) mod walks;
