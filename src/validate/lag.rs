//! Rules on delays and checkpoints.

use chrono::{DateTime, TimeDelta, Utc};

use super::Places;
use crate::field::Field;
use crate::model::SyncJob;
use crate::model::spelling::{self, DELAY_ROUNDING};
use crate::path::Path;

pub(super) fn delays_disagree(job: &SyncJob) -> Places {
    let stage = job.synchronization_stage.as_ref();
    let pairs = [
        (Path::root(), job.delay.zip(job.delay_millis)),
        (
            Field::DataSynchronizationStatus.into(),
            stage.and_then(|stage| stage.delay.zip(stage.delay_millis)),
        ),
    ];
    pairs
        .into_iter()
        .filter_map(|(record, delays)| {
            let (delay, millis) = delays.filter(|(delay, millis)| differ(*delay, *millis))?;
            let message = format!(
                "expected less than {} s from {}, which is {} s, found {} ms",
                DELAY_ROUNDING.num_seconds(),
                Field::Delay,
                delay.num_seconds(),
                millis.num_milliseconds()
            );
            Some((record.then(Field::DelayMillis), message))
        })
        .collect()
}

pub(super) fn checkpoint_implausible(job: &SyncJob) -> Places {
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

/// Returns true if rounding cannot explain the difference.
fn differ(delay: TimeDelta, millis: TimeDelta) -> bool {
    // A difference that a TimeDelta cannot hold is larger.
    delay.checked_sub(&millis).is_none_or(|difference| difference.abs() >= DELAY_ROUNDING)
}

/// Returns true if a database record can have this time. There is no clock to compare with.
fn is_plausible(checkpoint: &DateTime<Utc>) -> bool {
    /// 2010-01-01T00:00:00Z. DTS did not exist before.
    const EARLIEST: i64 = 1_262_304_000;
    /// 2106-02-07T06:28:15Z: the last time in 32 bits of Unix seconds, which the binlog uses for its records. A
    /// later time is a number in another unit.
    const LATEST: i64 = 4_294_967_295;
    (EARLIEST..=LATEST).contains(&checkpoint.timestamp())
}
