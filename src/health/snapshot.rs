//! What one response leaves for the next to be compared with: [`Snapshot`].

use chrono::{DateTime, TimeDelta, Utc};

use super::assessment::{Assessment, StageMemory};
use super::standing::is_running;
use crate::model::JobStatus;

/// How a job was at one time, and for how long something had stood still by then, as far as that is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Snapshot {
    pub(super) observed_at: DateTime<Utc>,
    pub(super) status: Option<JobStatus>,
    pub(super) lag: Option<TimeDelta>,
    pub(super) rps: Option<f64>,
    pub(super) checkpoint: Option<DateTime<Utc>>,
    /// When the checkpoint was first seen where it is, with the job running ever since.
    pub(super) checkpoint_since: DateTime<Utc>,
    pub(super) schema: Progress,
    pub(super) full: Progress,
}

/// How far a stage was.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Progress {
    pub(super) migrating: bool,
    pub(super) done: Option<i64>,
    /// When it was first seen this far, with the stage running ever since.
    pub(super) since: DateTime<Utc>,
}

impl Snapshot {
    /// What an assessment leaves. `None` where it had nothing to judge, or where two directions are joined.
    pub(super) fn of(assessment: &Assessment) -> Option<Self> {
        let memory = assessment.memory.as_ref()?;
        let since = assessment.observed_at;
        let progress =
            |stage: &StageMemory| Progress { migrating: stage.migrating, done: stage.progress, since };
        Some(Snapshot {
            observed_at: assessment.observed_at,
            status: assessment.status.clone(),
            lag: assessment.lag,
            rps: assessment.rps,
            checkpoint: assessment.checkpoint,
            checkpoint_since: since,
            schema: progress(&memory.schema),
            full: progress(&memory.full),
        })
    }

    /// With what stood still since an earlier snapshot standing still for longer.
    pub(super) fn following(mut self, earlier: &Snapshot) -> Self {
        let running =
            |snapshot: &Snapshot| snapshot.checkpoint.is_some() && is_running(snapshot.status.as_ref());
        if running(&self) && running(earlier) && self.checkpoint == earlier.checkpoint {
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
