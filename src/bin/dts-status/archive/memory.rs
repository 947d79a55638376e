//! The state of the jobs, limited in number: [`Memory`].

use aliyun_dts_status::health::{Scope, Trackers};
use chrono::{DateTime, TimeDelta, Utc};

/// The trackers of jobs, up to a limit.
pub(crate) struct Memory {
    pub(crate) trackers: Trackers,
    limit: usize,
    /// Number of jobs that are kept.
    jobs: usize,
    /// Number of polls of further jobs.
    refused: u64,
}

impl Memory {
    /// The limit unless an option says another.
    pub(crate) const LIMIT: usize = 100_000;

    /// Keeps these trackers, and more up to a number of jobs.
    pub(crate) fn new(trackers: Trackers, limit: usize) -> Self {
        let mut jobs: Vec<_> = trackers.iter().map(|(job_id, ..)| job_id).collect();
        jobs.dedup();
        let jobs = jobs.len();
        Memory { trackers, limit, jobs, refused: 0 }
    }

    /// The time of the latest poll of a job in a direction.
    pub(super) fn latest(&self, job_id: &str, direction: Scope) -> Option<DateTime<Utc>> {
        self.trackers.get(job_id, direction)?.latest()
    }

    /// Returns true, and counts the job, if it is known or there is room for it. Counts its poll otherwise.
    pub(super) fn has_room(&mut self, job_id: &str) -> bool {
        if Scope::ALL.iter().any(|direction| self.trackers.get(job_id, *direction).is_some()) {
            return true;
        }
        let has_room = self.jobs < self.limit;
        self.jobs += usize::from(has_room);
        self.refused += u64::from(!has_room);
        has_room
    }

    /// The number of polls for which there was no room.
    pub(crate) fn refused(&self) -> u64 {
        self.refused
    }

    /// Forgets the jobs whose latest poll is this much older than the latest of all.
    pub(crate) fn forget(&mut self, length: TimeDelta) {
        // The clock would forget all jobs of an archive of last year.
        let latest = self.trackers.iter().filter_map(|(.., tracker)| tracker.latest()).max();
        if let Some(time) = latest.and_then(|latest| latest.checked_sub_signed(length)) {
            self.trackers.forget_before(time);
        }
    }
}
