//! A stretch of time in which a job was not well: [`Incident`].

use aliyun_dts_status::health::{FindingCode, Verdict};
use aliyun_dts_status::model::JobStatus;
use chrono::{DateTime, TimeDelta, Utc};

use super::track::Seen;

/// A stretch of time in which a job was not well.
pub(super) struct Incident {
    /// The first poll at which it was not well.
    pub(super) from: DateTime<Utc>,
    /// The latest poll at which it was not well.
    pub(super) last: DateTime<Utc>,
    /// The first poll at which it was well again. `None` if the archive ends before, or if nobody looked when it
    /// became well.
    pub(super) to: Option<DateTime<Utc>>,
    /// Whether it was still not well at the end of the archive.
    pub(super) is_open: bool,
    /// The worst verdict, and the reason when it was first given.
    pub(super) worst: Verdict,
    pub(super) reason: Option<FindingCode>,
    /// What was the matter then, with the values.
    pub(super) message: Option<String>,
    pub(super) peak_lag: Option<TimeDelta>,
    /// What it was made of, in order.
    pub(super) phases: Vec<Phase>,
    /// How many phases there were beyond those.
    pub(super) more_phases: u64,
    /// The latest phase.
    phase: Phase,
}

/// A part of an incident in which status, verdict and reason were the same.
#[derive(Clone)]
pub(super) struct Phase {
    pub(super) from: DateTime<Utc>,
    /// `None` where the poll did not tell it.
    pub(super) status: Option<JobStatus>,
    pub(super) verdict: Verdict,
    pub(super) reason: Option<FindingCode>,
    /// Whether the checkpoint stood still meanwhile.
    pub(super) stalled: bool,
}

/// Whether a verdict makes an incident: all from Suspended on.
pub(super) fn is_trouble(verdict: Verdict) -> bool {
    verdict >= Verdict::Suspended
}

impl Incident {
    pub(super) fn new(seen: &Seen) -> Self {
        let phase = Phase::new(seen);
        Incident {
            from: seen.at,
            last: seen.at,
            to: None,
            is_open: true,
            worst: seen.verdict,
            reason: seen.reason,
            message: seen.message.clone(),
            peak_lag: seen.lag,
            phases: vec![phase.clone()],
            more_phases: 0,
            phase,
        }
    }

    /// Takes in a poll at which it goes on.
    pub(super) fn add(&mut self, seen: &Seen) {
        /// An incident may go to and fro for months.
        const PHASES: usize = 50;
        self.last = seen.at;
        if seen.verdict > self.worst {
            (self.worst, self.reason) = (seen.verdict, seen.reason);
            self.message.clone_from(&seen.message);
        }
        self.peak_lag = self.peak_lag.max(seen.lag);
        if self.phase.goes_on(seen) {
            return;
        }
        self.phase = Phase::new(seen);
        if self.phases.len() < PHASES {
            self.phases.push(self.phase.clone());
        } else {
            self.more_phases += 1;
        }
    }

    /// How long it lasted, as far as was seen.
    pub(super) fn duration(&self) -> TimeDelta {
        self.to.unwrap_or(self.last).signed_duration_since(self.from)
    }
}

impl Phase {
    fn new(seen: &Seen) -> Self {
        Phase {
            from: seen.at,
            status: seen.status.clone(),
            verdict: seen.verdict,
            reason: seen.reason,
            stalled: seen.stalled_since.is_some(),
        }
    }

    /// Whether the next poll is a part of it.
    fn goes_on(&self, seen: &Seen) -> bool {
        self.status == seen.status
            && (self.verdict, self.reason) == (seen.verdict, seen.reason)
            && self.stalled == seen.stalled_since.is_some()
    }
}
