//! What is kept of one answer to compare the next one with: [`Snapshot`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::case::{Case, StageFacts};
use super::lag::{Lag, UsedCheckpoint};
use crate::health::exact;
use crate::model::{JobStatus, StageStatus};

/// A job at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::health) struct Snapshot {
    #[serde(with = "exact::time")]
    pub(in crate::health) observed_at: DateTime<Utc>,
    pub(in crate::health) status: Option<JobStatus>,
    /// True if the lag is judged, known or not.
    pub(in crate::health) lag_judged: bool,
    pub(in crate::health) lag: Option<Lag>,
    /// The largest delay reported.
    #[serde(with = "exact::optional_length")]
    pub(in crate::health) reported: Option<TimeDelta>,
    pub(in crate::health) checkpoint: Option<UsedCheckpoint>,
    pub(in crate::health) rps: Option<f64>,
    /// True if no changes pass, while they should.
    pub(in crate::health) quiet: bool,
    pub(in crate::health) schema: Progress,
    pub(in crate::health) full: Progress,
}

/// The progress of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(in crate::health) struct Progress {
    pub(in crate::health) migrating: bool,
    pub(in crate::health) done: Option<i64>,
}

impl Snapshot {
    /// A job of which nothing is known.
    pub(in crate::health) fn empty(observed_at: DateTime<Utc>) -> Self {
        Snapshot {
            observed_at,
            status: None,
            lag_judged: false,
            lag: None,
            reported: None,
            checkpoint: None,
            rps: None,
            quiet: false,
            schema: Progress::default(),
            full: Progress::default(),
        }
    }

    pub(in crate::health) fn of(case: &Case<'_>) -> Self {
        Snapshot {
            observed_at: case.context.observed_at,
            status: case.job.status.clone(),
            lag_judged: case.lag.judged,
            lag: case.lag.lag,
            reported: case.lag.reported.map(|reported| reported.length),
            checkpoint: case.lag.checkpoint,
            rps: case.job.performance.as_ref().and_then(|performance| performance.rps),
            quiet: case.lag.quiet,
            schema: Progress::of(&case.schema),
            full: Progress::of(&case.full),
        }
    }
}

impl Progress {
    fn of(stage: &StageFacts<'_>) -> Self {
        Progress { migrating: stage.is(&StageStatus::Migrating), done: stage.progress }
    }
}
