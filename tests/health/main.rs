//! The rules of health: from a response to a verdict.

mod scenarios;
