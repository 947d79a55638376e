//! The rules of health: from a response to a verdict.

mod builders;
mod combinations;
mod every_code;
mod invariants;
mod json;
mod outcomes;
#[path = "../support/patch.rs"]
mod patch;
mod policy;
mod scenarios;
mod stage_table;
mod strategy;
mod thresholds;
mod tracker;
mod trends;
