//! A stretch of time with a bad verdict: [`Incident`].

use aliyun_dts_status::health::{FindingCode, Severity, Verdict};
use aliyun_dts_status::model::JobStatus;
use chrono::{DateTime, TimeDelta, Utc};

use super::observation::Observation;

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
    /// The worst verdict, and its reason at the worst poll: by verdict, then severity, then lag.
    pub(super) worst: Verdict,
    pub(super) reason: Option<FindingCode>,
    pub(super) severity: Option<Severity>,
    /// The message of that reason.
    pub(super) message: Option<String>,
    /// The lag at the worst poll.
    worst_lag: Option<TimeDelta>,
    pub(super) peak_lag: Option<TimeDelta>,
    /// The phases in order.
    pub(super) phases: Vec<Phase>,
    /// Number of phases that are not kept.
    pub(super) more_phases: u64,
    /// The latest phase.
    phase: Phase,
}

/// A part of an incident with the same status, verdict and reason.
#[derive(Clone)]
pub(super) struct Phase {
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
            worst: observation.verdict,
            reason: observation.reason,
            severity: observation.severity,
            message: observation.message.clone(),
            worst_lag: observation.lag,
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
        let worst = (self.worst, self.severity, self.worst_lag);
        if (observation.verdict, observation.severity, observation.lag) > worst {
            (self.worst, self.reason) = (observation.verdict, observation.reason);
            (self.severity, self.worst_lag) = (observation.severity, observation.lag);
            self.message.clone_from(&observation.message);
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

    /// True if the next poll belongs to this phase.
    fn includes(&self, observation: &Observation) -> bool {
        self.status == observation.status
            && (self.verdict, self.reason) == (observation.verdict, observation.reason)
            && self.stalled == observation.stalled_since.is_some()
    }
}
