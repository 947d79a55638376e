//! The command `dts-status`: its output and exit statuses.

#![cfg(feature = "cli")]

mod check;
mod decode;
mod documents;
mod encode;
mod explain;
mod lies;
#[path = "../support/patch.rs"]
mod patch;
mod polls;
mod records;
mod run;
mod scenarios;
mod timeline;
mod usage;
