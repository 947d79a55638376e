//! What the benches share: bodies, the baselines a user would pick, and the clock.

#![allow(dead_code, reason = "each bench takes the part it needs")]

pub(crate) mod bodies;
pub(crate) mod candidates;
pub(crate) mod measure;
pub(crate) mod strict;
pub(crate) mod walks;
