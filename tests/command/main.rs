//! The command `dts-status`: its output and exit statuses.

#![cfg(feature = "cli")]

mod check;
mod decode;
mod encode;
mod explain;
#[path = "../support/merge_patch.rs"]
mod merge_patch;
mod polls;
mod run;
mod scenarios;
mod timeline;
mod usage;
