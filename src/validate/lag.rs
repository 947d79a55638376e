//! Rules on how far the job is: delays against each other, checkpoints against the calendar.

use chrono::{DateTime, TimeDelta, Utc};

use super::Breaches;
use crate::field::Field;
use crate::model::{SyncJob, spelling};
use crate::path::Path;

pub(super) fn delays_disagree(job: &SyncJob) -> Breaches {
    let incremental = job.synchronization_stage.as_ref();
    let places = [
        (Path::root(), job.delay.zip(job.delay_millis)),
        (
            Field::DataSynchronizationStatus.into(),
            incremental.and_then(|stage| stage.delay.zip(stage.delay_millis)),
        ),
    ];
    places
        .into_iter()
        .filter_map(|(record, delays)| {
            let (delay, millis) = delays.filter(|(delay, millis)| differ(*delay, *millis))?;
            let message = format!(
                "expected less than 2 s from {}, which is {} s, found {} ms",
                Field::Delay,
                delay.num_seconds(),
                millis.num_milliseconds()
            );
            Some((record.then(Field::DelayMillis), message))
        })
        .collect()
}

pub(super) fn checkpoint_implausible(job: &SyncJob) -> Breaches {
    let stage = job.synchronization_stage.as_ref();
    let checkpoints = [
        (Field::Checkpoint.into(), job.checkpoint),
        (
            [Field::DataSynchronizationStatus, Field::Checkpoint].into(),
            stage.and_then(|stage| stage.checkpoint),
        ),
    ];
    checkpoints
        .into_iter()
        .filter_map(|(path, checkpoint)| {
            let checkpoint = checkpoint.filter(|checkpoint| !is_plausible(checkpoint))?;
            Some((
                path,
                format!("expected a time from 2010 to 2106-02-07, found {}", spelling::time(&checkpoint)),
            ))
        })
        .collect()
}

/// Whether they differ by 2 s or more.
fn differ(delay: TimeDelta, millis: TimeDelta) -> bool {
    // A difference that a TimeDelta cannot hold is surely more.
    delay.checked_sub(&millis).is_none_or(|difference| difference.abs().num_milliseconds() >= 2_000)
}

/// Whether a record can be of this time, as far as can be told without a clock.
fn is_plausible(checkpoint: &DateTime<Utc>) -> bool {
    /// 2010-01-01T00:00:00Z. DTS is younger.
    const EARLIEST: i64 = 1_262_304_000;
    /// 2106-02-07T06:28:15Z: what 32 bits of Unix seconds hold, in which the binlog stamps its records. A time
    /// behind that is no record's but a number in another unit.
    const LATEST: i64 = 4_294_967_295;
    (EARLIEST..=LATEST).contains(&checkpoint.timestamp())
}
