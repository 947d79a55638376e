//! From a response to a verdict with its reasons.
//!
//! Everything here is a pure function of its arguments: the model, a [`Context`] with the times, and a [`Policy`] of
//! thresholds. The rules are below.
//!
//! ```
//! use aliyun_dts_status::SyncJob;
//! use aliyun_dts_status::health::{Context, FindingCode, Policy, Verdict, assess};
//! use chrono::{DateTime, TimeDelta, Utc};
//!
//! let now = "2021-01-14T09:22:30Z".parse::<DateTime<Utc>>()?;
//! let mut job = SyncJob::sample();
//! let assessment = assess(&job, &Context::at(now), &Policy::default());
//! assert_eq!(assessment.verdict(), Verdict::Healthy);
//!
//! job.delay = TimeDelta::try_minutes(15);
//! job.performance = None;
//! let assessment = assess(&job, &Context::at(now), &Policy::default());
//! assert_eq!(assessment.verdict(), Verdict::Degraded);
//! assert_eq!(assessment.reason(), Some(FindingCode::LagCritical));
//! # Ok::<(), chrono::ParseError>(())
//! ```
//!
#![doc = include_str!("../docs/verdicts.md")]

mod assessment;
pub mod catalog;
mod clock;
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

pub(crate) use assessment::NO_JOB_ID;
pub use assessment::{Assessment, Pending};
pub use clock::{IntoLength, IntoTime};
pub use context::Context;
pub use deadline::{Deadline, DeadlineKind};
pub use finding::{Evidence, Finding, FindingCode, Phase, Severity};
pub use fleet::{FleetAssessment, FleetCause, fleet};
pub use policy::{
    Policy, PolicyBuilder, PolicyError, PolicyField, PolicyUnit, PolicyValue, ThresholdError, parse_length,
};
pub use rules::assess::{assess, assess_each, assess_outcome};
pub use scope::Scope;
pub use span::Span;
pub use tracker::{Tracker, Trackers, TrackersIntoIter, TrackersIter, TrackersIterMut};
pub use trend::compare;
pub use two_way::{Topology, join_directions, two_way};
pub use verdict::Verdict;
