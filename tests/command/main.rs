//! The command as its callers see it: what it prints and how it ends.

#![cfg(feature = "cli")]

mod decode;
mod encode;
mod run;
mod usage;
