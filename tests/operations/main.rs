//! The operations: laws that hold for every body and every model of each.

mod bodies;
#[path = "../support/choices.rs"]
mod choices;
mod damage;
mod detection;
mod documented;
mod laws;
mod limits;
mod losses;
#[path = "../support/models.rs"]
mod models;
mod quirks;
mod refusal;
#[path = "../support/operations.rs"]
mod responses;
mod samples;
#[path = "../support/mod.rs"]
mod support;
mod times;
mod units;
