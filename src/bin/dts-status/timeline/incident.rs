//! A stretch of time with a bad verdict: [`Incident`].

use aliyun_dts_status::health::{FindingCode, Verdict};
use aliyun_dts_status::model::JobStatus;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::observation::Observation;
use crate::output::serialize_time;

/// A stretch of time with a bad verdict.
pub(super) struct Incident {
    /// Counted from 1 over all jobs, in the order of time.
    pub(super) number: usize,
    /// The first poll of the incident.
    pub(super) from: DateTime<Utc>,
    /// The latest poll of the incident.
    pub(super) last: DateTime<Utc>,
    /// The first better poll. `None` if the archive ends before it, or if a gap precedes it.
    pub(super) to: Option<DateTime<Utc>>,
    /// True if the incident continues at the end of the archive.
    pub(super) is_open: bool,
    /// The worst poll: by verdict, then severity, then lag.
    pub(super) worst: Observation,
    pub(super) peak_lag: Option<TimeDelta>,
    /// The phases in order.
    pub(super) phases: Vec<Phase>,
    /// Number of phases that are not kept.
    pub(super) more_phases: u64,
    /// The latest phase.
    phase: Phase,
}

/// A part of an incident with the same status, verdict and reason.
#[derive(Clone, Serialize)]
pub(super) struct Phase {
    #[serde(serialize_with = "serialize_time")]
    pub(super) from: DateTime<Utc>,
    /// `None` if the response has none.
    pub(super) status: Option<JobStatus>,
    pub(super) verdict: Verdict,
    pub(super) reason: Option<FindingCode>,
    /// True if the checkpoint does not move.
    pub(super) stalled: bool,
}

impl Incident {
    pub(super) fn new(observation: &Observation) -> Self {
        let phase = Phase::new(observation);
        Incident {
            number: 0,
            from: observation.at,
            last: observation.at,
            to: None,
            is_open: true,
            worst: observation.clone(),
            peak_lag: observation.lag,
            phases: vec![phase.clone()],
            more_phases: 0,
            phase,
        }
    }

    /// Adds the next poll of the incident.
    pub(super) fn add(&mut self, observation: &Observation) {
        /// Limit of the phases kept.
        const PHASES: usize = 50;
        self.last = observation.at;
        let badness = |poll: &Observation| (poll.verdict, poll.severity, poll.lag);
        if badness(observation) > badness(&self.worst) {
            self.worst = observation.clone();
        }
        self.peak_lag = self.peak_lag.max(observation.lag);
        if self.phase.includes(observation) {
            return;
        }
        self.phase = Phase::new(observation);
        if self.phases.len() < PHASES {
            self.phases.push(self.phase.clone());
        } else {
            self.more_phases += 1;
        }
    }

    /// The observed length.
    pub(super) fn duration(&self) -> TimeDelta {
        self.to.unwrap_or(self.last).signed_duration_since(self.from)
    }
}

impl Phase {
    fn new(observation: &Observation) -> Self {
        Phase {
            from: observation.at,
            status: observation.status.clone(),
            verdict: observation.verdict,
            reason: observation.reason,
            stalled: observation.stalled_since.is_some(),
        }
    }

    /// Returns true if the next poll belongs to this phase.
    fn includes(&self, observation: &Observation) -> bool {
        self.status == observation.status
            && (self.verdict, self.reason) == (observation.verdict, observation.reason)
            && self.stalled == observation.stalled_since.is_some()
    }
}
