//! The whole archive: [`History`].

use aliyun_dts_status::health::Policy;
use chrono::TimeDelta;

use super::track::Track;
use crate::archive::ProblemLines;

/// The whole archive: a track for each job and direction, sorted by them.
pub(super) struct History {
    pub(super) tracks: Vec<Track>,
    pub(super) problems: ProblemLines,
    pub(super) policy: Policy,
}

impl History {
    /// The number of all polls.
    pub(super) fn polls(&self) -> u64 {
        self.tracks.iter().map(|track| track.polls).sum()
    }

    /// The number of all incidents.
    pub(super) fn incidents(&self) -> usize {
        self.tracks.iter().map(|track| track.incidents.len()).sum()
    }

    /// The length of the longest incident.
    pub(super) fn longest(&self) -> Option<TimeDelta> {
        self.tracks.iter().filter_map(Track::longest).max()
    }
}
