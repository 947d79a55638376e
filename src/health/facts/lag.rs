//! The lag of one answer, measured: [`LagFacts`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::health::context::Context;
use crate::health::exact;
use crate::health::facts::course::Course;
use crate::health::finding::Fact;
use crate::health::lifecycle::{is_recognized, is_running, is_synchronizing};
use crate::health::policy::Policy;
use crate::model::{JobStatus, StageStatus, SyncJob};
use crate::named_enum::named_enum;
use crate::path::Path;

/// What an answer says about the lag.
pub(in crate::health) struct LagFacts {
    /// The lag. `None` where it is not judged, or not known.
    pub(in crate::health) lag: Option<Lag>,
    /// The checkpoint that is used: the older one.
    pub(in crate::health) checkpoint: Option<UsedCheckpoint>,
    /// The age of that checkpoint at the time of observation, never negative.
    pub(in crate::health) data_age: Option<TimeDelta>,
    /// True if the lag of this job is judged.
    pub(in crate::health) judged: bool,
    /// True if no changes pass, while they should.
    pub(in crate::health) quiet: bool,
    /// The largest delay reported.
    pub(in crate::health) reported: Option<Lag>,
    /// The reported delays, in the order of [`Source::DELAYS`]. A negative one counts as absent.
    pub(in crate::health) delays: [Option<Lag>; 4],
    /// The reported checkpoints, in the order of [`Source::CHECKPOINTS`].
    pub(in crate::health) checkpoints: [Option<UsedCheckpoint>; 2],
    /// Those of them that are not in the future.
    pub(in crate::health) usable: [Option<UsedCheckpoint>; 2],
}

named_enum! {
    /// A field that reports a delay or a checkpoint, of the job or of its incremental stage.
    pub(in crate::health) enum Source as "source of a lag" {
        Delay = "delay",
        DelayMillis = "delay_millis",
        StageDelay = "stage_delay",
        StageDelayMillis = "stage_delay_millis",
        Checkpoint = "checkpoint",
        StageCheckpoint = "stage_checkpoint",
    }
}

/// A lag and the field that reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::health) struct Lag {
    #[serde(with = "exact::length")]
    pub(in crate::health) length: TimeDelta,
    pub(in crate::health) source: Source,
}

/// A checkpoint and the field that reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::health) struct UsedCheckpoint {
    #[serde(with = "exact::time")]
    pub(in crate::health) at: DateTime<Utc>,
    pub(in crate::health) source: Source,
}

impl LagFacts {
    pub(super) fn new(
        job: &SyncJob,
        course: Course,
        incremental: Option<&StageStatus>,
        context: &Context,
        policy: &Policy,
    ) -> Self {
        let checkpoints = if course.checkpoint_is_start { [None; 2] } else { checkpoints(job) };
        let mut usable = checkpoints;
        let mut checkpoint: Option<UsedCheckpoint> = None;
        let mut data_age = None;
        for reported in &mut usable {
            let Some(used) = *reported else { continue };
            let ahead = used.at.signed_duration_since(context.observed_at);
            if ahead > policy.clock_skew {
                *reported = None;
            } else if checkpoint.is_none_or(|oldest| used.at < oldest.at) {
                checkpoint = Some(used);
                data_age = Some(ahead.min(TimeDelta::zero()).abs());
            }
        }

        let delays = delays(job);
        let mut reported: Option<Lag> = None;
        for delay in delays.iter().flatten() {
            if reported.is_none_or(|largest| delay.length > largest.length) {
                reported = Some(*delay);
            }
        }

        let judged = is_judged(job, incremental) && !course.copies && !course.never_lags;
        let by_age = data_age.zip(checkpoint).map(|(length, used)| Lag { length, source: used.source });
        let lag = match (reported, by_age) {
            _ if !judged => None,
            (Some(reported), Some(by_age)) if by_age.length > reported.length => Some(by_age),
            (reported, by_age) => reported.or(by_age),
        };
        let quiet = is_quiet(job, incremental);
        LagFacts { lag, checkpoint, data_age, judged, quiet, reported, delays, checkpoints, usable }
    }
}

impl Lag {
    /// The delay as a fact.
    pub(in crate::health) fn fact(self) -> Fact {
        self.source.delay(self.length)
    }

    /// The facts of the lag: a delay; or, where it is the age of a checkpoint, that and the time of observation.
    pub(in crate::health) fn facts(
        self,
        checkpoint: Option<UsedCheckpoint>,
        observed_at: DateTime<Utc>,
    ) -> Vec<Fact> {
        match checkpoint {
            Some(used) if used.source == self.source => {
                vec![used.fact(), Fact::observed_after(observed_at, used.at)]
            }
            _ => vec![self.fact()],
        }
    }
}

impl UsedCheckpoint {
    /// The checkpoint as a fact.
    pub(in crate::health) fn fact(self) -> Fact {
        self.source.checkpoint(self.at)
    }
}

impl Source {
    pub(in crate::health) const DELAYS: [Source; 4] =
        [Source::Delay, Source::DelayMillis, Source::StageDelay, Source::StageDelayMillis];
    pub(in crate::health) const CHECKPOINTS: [Source; 2] = [Source::Checkpoint, Source::StageCheckpoint];

    pub(in crate::health) fn path(self) -> Path {
        let stage = |field| Path::from([Field::DataSynchronizationStatus, field]);
        match self {
            Source::Delay => Path::from(Field::Delay),
            Source::DelayMillis => Path::from(Field::DelayMillis),
            Source::StageDelay => stage(Field::Delay),
            Source::StageDelayMillis => stage(Field::DelayMillis),
            Source::Checkpoint => Path::from(Field::Checkpoint),
            Source::StageCheckpoint => stage(Field::Checkpoint),
        }
    }

    /// A delay of this field as a fact.
    pub(in crate::health) fn delay(self, delay: TimeDelta) -> Fact {
        let number = match self {
            Source::DelayMillis | Source::StageDelayMillis => delay.num_milliseconds(),
            _ => delay.num_seconds(),
        };
        Fact::delay(self.path(), delay, number)
    }

    /// A checkpoint of this field as a fact.
    pub(in crate::health) fn checkpoint(self, at: DateTime<Utc>) -> Fact {
        Fact::checkpoint(self.path(), at)
    }
}

/// Returns true if changes should reach the target.
fn is_judged(job: &SyncJob, incremental: Option<&StageStatus>) -> bool {
    use StageStatus::{Catched, Migrating};
    let status = job.status.as_ref();
    let open = !is_recognized(status) || status == Some(&JobStatus::ModifyFailed);
    is_running(status) || open && matches!(incremental, Some(Migrating | Catched))
}

fn is_quiet(job: &SyncJob, incremental: Option<&StageStatus>) -> bool {
    let status = job.status.as_ref();
    (is_synchronizing(status) || status == Some(&JobStatus::Modifying))
        && incremental != Some(&StageStatus::Failed)
        && job.performance.as_ref().is_some_and(|performance| {
            performance.rps == Some(0.0) && performance.flow.is_none_or(|flow| flow.mb_per_s() == 0.0)
        })
}

fn checkpoints(job: &SyncJob) -> [Option<UsedCheckpoint>; 2] {
    let reported = |at: Option<DateTime<Utc>>, source| at.map(|at| UsedCheckpoint { at, source });
    [
        reported(job.checkpoint, Source::Checkpoint),
        reported(
            job.synchronization_stage.as_ref().and_then(|stage| stage.checkpoint),
            Source::StageCheckpoint,
        ),
    ]
}

fn delays(job: &SyncJob) -> [Option<Lag>; 4] {
    let stage = job.synchronization_stage.as_ref();
    let reported = |length: Option<TimeDelta>, source| {
        length.filter(|length| *length >= TimeDelta::zero()).map(|length| Lag { length, source })
    };
    [
        reported(job.delay, Source::Delay),
        reported(job.delay_millis, Source::DelayMillis),
        reported(stage.and_then(|stage| stage.delay), Source::StageDelay),
        reported(stage.and_then(|stage| stage.delay_millis), Source::StageDelayMillis),
    ]
}
