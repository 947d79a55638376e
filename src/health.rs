//! From a response to a verdict: how the job is, and why.
//!
//! Everything here is a pure function of its arguments: the model, a [`Context`] that tells the time, and a
//! [`Policy`] of thresholds.
//!
//! ```
//! use aliyun_dts_status::SyncJob;
//! use aliyun_dts_status::health::{Context, FindingCode, Policy, Verdict, assess};
//! use chrono::{DateTime, TimeDelta};
//!
//! let now = DateTime::from_timestamp(1_610_616_150, 0).unwrap();
//! let mut job = SyncJob::sample();
//! let assessment = assess(&job, &Context::at(now), &Policy::default());
//! assert_eq!(assessment.verdict(), Verdict::Healthy);
//!
//! job.delay = TimeDelta::try_minutes(15);
//! job.performance = None;
//! let assessment = assess(&job, &Context::at(now), &Policy::default());
//! assert_eq!(assessment.verdict(), Verdict::Degraded);
//! assert_eq!(assessment.reason(), Some(FindingCode::LagCritical));
//! ```

mod assessment;
pub mod catalog;
mod context;
mod deadline;
mod exact;
mod facts;
mod finding;
mod flapping;
mod fleet;
mod identity;
mod lifecycle;
mod policy;
mod report;
mod rules;
mod scope;
mod span;
mod tracker;
mod trend;
mod two_way;
mod verdict;

pub use assessment::Assessment;
pub use context::Context;
pub use deadline::{Deadline, DeadlineKind};
pub use finding::{Evidence, Finding, FindingCode, Phase, Severity};
pub use fleet::{Cause, FleetAssessment, fleet};
pub use policy::{Policy, PolicyError};
pub use rules::assess::{assess, assess_fault, assess_response};
pub use scope::Scope;
pub use span::Span;
pub use tracker::{Tracker, Trackers};
pub use trend::compare;
pub use two_way::{Topology, two_way};
pub use verdict::Verdict;
