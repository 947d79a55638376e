//! The command as its callers see it: what it prints and how it ends.

#![cfg(feature = "cli")]

mod check;
mod decode;
mod encode;
mod explain;
#[path = "../support/patch.rs"]
mod patch;
mod polls;
mod run;
mod scenarios;
mod timeline;
mod usage;
