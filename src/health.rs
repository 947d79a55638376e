//! From a response to a verdict: how the job is, and why.
//!
//! Everything here is a pure function of its arguments: the model, a [`Context`] that tells the time, and a
//! [`Policy`] of thresholds.

mod assessment;
mod combine;
mod finding;
mod named;
mod policy;
mod verdict;

pub use assessment::{Assessment, Deadline, DeadlineKind};
pub use combine::{Cause, FleetAssessment, fleet};
pub use finding::{Evidence, Finding, FindingCode, Phase, Scope, Severity};
pub use policy::{Context, Policy, PolicyError};
pub use verdict::Verdict;
