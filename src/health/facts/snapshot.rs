//! What is kept of one answer to compare the next one with: [`Snapshot`].

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::{Case, StageFacts};
use super::lag::{Lag, UsedCheckpoint};
use crate::health::exact;
use crate::health::lifecycle::is_running;
use crate::model::{JobStatus, StageStatus};

/// A job at one time, with the time from which on its values have not changed, as far as that is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::health) struct Snapshot {
    #[serde(with = "exact::time")]
    pub(in crate::health) observed_at: DateTime<Utc>,
    pub(in crate::health) status: Option<JobStatus>,
    pub(in crate::health) lag: Option<Lag>,
    pub(in crate::health) rps: Option<f64>,
    pub(in crate::health) checkpoint: Option<UsedCheckpoint>,
    /// The first time at which the checkpoint was seen where it is, with the job running ever since.
    #[serde(with = "exact::time")]
    pub(in crate::health) checkpoint_since: DateTime<Utc>,
    pub(in crate::health) schema: Progress,
    pub(in crate::health) full: Progress,
}

/// The progress of a stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::health) struct Progress {
    pub(in crate::health) migrating: bool,
    pub(in crate::health) done: Option<i64>,
    /// The first time at which it was seen this far, with the stage running ever since.
    #[serde(with = "exact::time")]
    pub(in crate::health) since: DateTime<Utc>,
}

impl Snapshot {
    /// A job of which nothing is known.
    pub(in crate::health) fn empty(observed_at: DateTime<Utc>) -> Self {
        let progress = Progress { migrating: false, done: None, since: observed_at };
        Snapshot {
            observed_at,
            status: None,
            lag: None,
            rps: None,
            checkpoint: None,
            checkpoint_since: observed_at,
            schema: progress.clone(),
            full: progress,
        }
    }

    pub(in crate::health) fn of(case: &Case<'_>) -> Self {
        let since = case.context.observed_at;
        let progress = |stage: &StageFacts<'_>| Progress {
            migrating: stage.is(&StageStatus::Migrating),
            done: stage.progress,
            since,
        };
        Snapshot {
            observed_at: since,
            status: case.job.status.clone(),
            lag: case.lag.lag,
            rps: case.job.performance.as_ref().and_then(|performance| performance.rps),
            checkpoint: case.lag.checkpoint,
            checkpoint_since: since,
            schema: progress(&case.schema),
            full: progress(&case.full),
        }
    }

    /// Takes over from an earlier snapshot since when a value has not changed.
    pub(in crate::health) fn following(mut self, earlier: &Snapshot) -> Self {
        let running =
            |snapshot: &Snapshot| snapshot.checkpoint.is_some() && is_running(snapshot.status.as_ref());
        let at = |snapshot: &Snapshot| snapshot.checkpoint.map(|used| used.at);
        if running(&self) && running(earlier) && at(&self) == at(earlier) {
            self.checkpoint_since = earlier.checkpoint_since;
        }
        self.schema.follow(&earlier.schema);
        self.full.follow(&earlier.full);
        self
    }
}

impl Progress {
    fn follow(&mut self, earlier: &Progress) {
        if self.migrating && earlier.migrating && self.done.is_some() && self.done == earlier.done {
            self.since = earlier.since;
        }
    }
}
