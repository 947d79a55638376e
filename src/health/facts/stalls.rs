//! How long values have not changed: [`Stalls`].

use chrono::{DateTime, TimeDelta, Utc};

use super::snapshot::{Signs, Snapshot};
use crate::health::lifecycle::{is_failed, is_running};

/// The checkpoint and the progress of a job, each with the first poll from which on it has not changed.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::health) struct Stalls {
    /// The job was running or failed at every poll since.
    pub(in crate::health) checkpoint: Option<Unchanged<DateTime<Utc>>>,
    /// The stage was migrating at every poll since.
    pub(in crate::health) schema: Option<Unchanged<i64>>,
    /// Likewise.
    pub(in crate::health) full: Option<Unchanged<i64>>,
}

/// A value, and the first poll with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::health) struct Unchanged<T> {
    pub(in crate::health) value: T,
    pub(in crate::health) since: DateTime<Utc>,
}

impl Stalls {
    /// What is known from one poll.
    pub(in crate::health) fn of(snapshot: &Snapshot, signs: &Signs) -> Self {
        let since = snapshot.observed_at;
        let moves = moves(snapshot);
        let progress = |done: Option<i64>, migrates: bool| {
            done.filter(|_| migrates).map(|value| Unchanged { value, since })
        };
        Stalls {
            checkpoint: snapshot.checkpoint.filter(|_| moves).map(|used| Unchanged { value: used.at, since }),
            schema: progress(snapshot.schema, signs.schema_migrates),
            full: progress(snapshot.full, signs.full_migrates),
        }
    }

    /// What is known after one more poll. A checkpoint that goes back by the tolerance at most has not advanced.
    pub(in crate::health) fn followed_by(
        &self,
        snapshot: &Snapshot,
        signs: &Signs,
        tolerance: TimeDelta,
    ) -> Self {
        let now = Stalls::of(snapshot, signs);
        let moves = moves(snapshot);
        let checkpoint = match (self.checkpoint, now.checkpoint) {
            (Some(before), Some(after)) if has_not_advanced(before.value, after.value, tolerance) => {
                Some(before)
            }
            // A poll without a checkpoint says nothing about it.
            (before, None) if moves && snapshot.checkpoint.is_none() => before,
            (_, after) => after,
        };
        let progress = |before: Option<Unchanged<i64>>, after: Option<Unchanged<i64>>, migrates: bool| {
            let same = |before: &Unchanged<i64>| after.map_or(migrates, |after| after.value == before.value);
            before.filter(same).or(after)
        };
        Stalls {
            checkpoint,
            schema: progress(self.schema, now.schema, signs.schema_migrates),
            full: progress(self.full, now.full, signs.full_migrates),
        }
    }
}

/// Returns true for a checkpoint that is where it was, or further back by the tolerance at most.
pub(in crate::health) fn has_not_advanced(
    before: DateTime<Utc>,
    after: DateTime<Utc>,
    tolerance: TimeDelta,
) -> bool {
    // Trackers keep times to the microsecond.
    after.timestamp_micros() <= before.timestamp_micros() && before.signed_duration_since(after) <= tolerance
}

/// Returns true for a status in which the checkpoint should advance, or would but for a failure.
fn moves(snapshot: &Snapshot) -> bool {
    let status = snapshot.status.as_ref();
    is_running(status) || is_failed(status)
}
