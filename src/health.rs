//! From a response to a verdict: how the job is, and why.
//!
//! Everything here is a pure function of its arguments: the model, a [`Context`] that tells the time, and a
//! [`Policy`] of thresholds.

mod assess;
mod assessment;
pub mod catalog;
mod combine;
mod finding;
mod named;
mod policy;
mod rules;
mod standing;
mod trend;
mod verdict;

pub use assess::{assess, assess_fault, assess_response};
pub(crate) use assessment::seconds;
pub use assessment::{Assessment, Deadline, DeadlineKind};
pub use combine::{Cause, FleetAssessment, Topology, fleet, two_way};
pub use finding::{Evidence, Finding, FindingCode, Phase, Scope, Severity};
pub use policy::{Context, Policy, PolicyError};
pub use trend::compare;
pub use verdict::Verdict;
