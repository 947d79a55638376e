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

mod assess;
mod assessment;
pub mod catalog;
mod combine;
mod finding;
mod names;
mod policy;
mod rules;
mod scan;
mod snapshot;
mod standing;
mod tracker;
mod trend;
mod verdict;

pub use assess::{assess, assess_fault, assess_response};
pub use assessment::{Assessment, Deadline, DeadlineKind};
pub use combine::{Cause, FleetAssessment, Topology, fleet, two_way};
pub use finding::{Evidence, Finding, FindingCode, Phase, Scope, Severity};
pub use policy::{Context, Policy, PolicyError};
pub use tracker::{SavedTracker, SavedTrackers, Tracker, Trackers};
pub use trend::compare;
pub use verdict::Verdict;
