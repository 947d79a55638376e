//! One answer for the rules over time: what is kept of it, [`Snapshot`], and what is not, [`Signs`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::lag::{Lag, UsedCheckpoint};
use super::stage::StageFacts;
use crate::health::exact;
use crate::model::{DataRate, JobStatus, Operation, Percent, StageStatus};

/// What is kept of one answer to compare the next one with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::health) struct Snapshot {
    #[serde(with = "exact::time")]
    pub(in crate::health) observed_at: DateTime<Utc>,
    pub(in crate::health) status: Option<JobStatus>,
    pub(in crate::health) lag: Option<Lag>,
    pub(in crate::health) checkpoint: Option<UsedCheckpoint>,
    /// The progress of the schema stage.
    pub(in crate::health) schema: Option<i64>,
    /// The progress of the full stage.
    pub(in crate::health) full: Option<i64>,
}

/// What the rules over time read of one answer and do not keep.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(in crate::health) struct Signs {
    /// The operation that the answer is of.
    pub(in crate::health) operation: Operation,
    /// True if the answer has the other direction of the job too.
    pub(in crate::health) has_other_direction: bool,
    /// True for a migration that still copies.
    pub(in crate::health) copies: bool,
    /// True if the lag is judged, known or not.
    pub(in crate::health) lag_judged: bool,
    /// The largest delay reported.
    #[serde(with = "exact::optional_length")]
    pub(in crate::health) reported: Option<TimeDelta>,
    pub(in crate::health) rps: Option<f64>,
    pub(in crate::health) flow: Option<DataRate>,
    /// The percentages of the schema and of the full stage.
    pub(in crate::health) percents: [Option<Percent>; 2],
    /// True if no changes pass, while they should.
    pub(in crate::health) quiet: bool,
    /// True if the schema stage is at work.
    pub(in crate::health) schema_migrates: bool,
    /// True if the full stage is at work.
    pub(in crate::health) full_migrates: bool,
}

impl Snapshot {
    /// A job of which nothing is known.
    pub(in crate::health) fn empty(observed_at: DateTime<Utc>) -> Self {
        Snapshot { observed_at, status: None, lag: None, checkpoint: None, schema: None, full: None }
    }

    pub(in crate::health) fn of(case: &Case<'_>) -> Self {
        Snapshot {
            observed_at: case.context.observed_at,
            status: case.job.status.clone(),
            lag: case.lag.lag,
            checkpoint: case.lag.checkpoint,
            schema: case.schema.progress,
            full: case.full.progress,
        }
    }
}

impl Signs {
    pub(in crate::health) fn of(case: &Case<'_>) -> Self {
        let migrates = |stage: &StageFacts<'_>| stage.is(&StageStatus::Migrating);
        Signs {
            copies: case.course.copies,
            lag_judged: case.lag.judged,
            reported: case.lag.reported.map(|reported| reported.length),
            rps: case.job.performance.as_ref().and_then(|performance| performance.rps),
            flow: case.job.performance.as_ref().and_then(|performance| performance.flow),
            percents: [case.schema.percent, case.full.percent],
            quiet: case.lag.quiet,
            schema_migrates: migrates(&case.schema),
            full_migrates: migrates(&case.full),
            ..Signs::of_stopped(case)
        }
    }

    /// Those of an answer that says nothing about the job.
    pub(in crate::health) fn of_stopped(case: &Case<'_>) -> Self {
        Signs {
            operation: case.operation(),
            has_other_direction: case.has_other_direction,
            ..Signs::default()
        }
    }
}
