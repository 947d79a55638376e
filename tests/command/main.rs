//! The command `dts-status`: its output and exit statuses.

#![cfg(feature = "cli")]

mod check;
mod decode;
mod documents;
mod encode;
mod explain;
mod inputs;
mod latest;
mod lies;
mod operations;
#[path = "../support/patch.rs"]
mod patch;
mod plugin;
mod polls;
mod recipes;
mod records;
mod run;
mod safe;
mod scenarios;
mod state;
mod timeline;
mod usage;
