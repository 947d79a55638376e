//! The rules of health, from a response to a verdict.

mod bodies;
mod builders;
mod combinations;
mod every_code;
mod exit_status;
mod held;
mod idle_sources;
mod invariants;
mod json;
mod lasting_lag;
mod operations;
mod order;
mod outcomes;
mod pages;
#[path = "../support/patch.rs"]
mod patch;
mod policy;
mod policy_effects;
mod polls;
mod saved_state;
mod scenarios;
mod stage_table;
mod strategy;
mod thresholds;
mod tracker;
mod trends;
