//! The history of one job in one direction: [`Track`].

use std::collections::BTreeMap;

use aliyun_dts_status::health::{Scope, Verdict};
use chrono::{DateTime, TimeDelta, Utc};

use super::curve::Curve;
use super::incident::Incident;
use super::observation::{Observation, Period};

/// The history of one job in one direction.
///
/// Its size grows with the number of incidents, gaps and stalls, not with the number of polls.
pub(super) struct Track {
    pub(super) job_id: String,
    pub(super) direction: Scope,
    /// The job's name, if a poll has it.
    pub(super) job_name: Option<String>,
    pub(super) polls: u64,
    /// From the first poll to the latest.
    pub(super) period: Option<Period>,
    pub(super) incidents: Vec<Incident>,
    /// Periods without a poll.
    pub(super) gaps: Vec<Period>,
    /// Periods in which the checkpoint did not move.
    pub(super) stalls: Vec<Period>,
    /// How long each verdict held.
    pub(super) times: BTreeMap<Verdict, TimeDelta>,
    pub(super) curve: Curve,
    /// The median time between two of the first polls; zero for a single poll.
    pub(super) interval: TimeDelta,
    latest: Option<DateTime<Utc>>,
    open: Option<Incident>,
    /// The latest verdict, which holds until the next poll.
    verdict: Verdict,
    gap_limit: GapLimit,
}

/// The longest time between two polls that is not a gap.
enum GapLimit {
    /// Not known yet: keeps the first polls, whose intervals decide it.
    Learning {
        least: TimeDelta,
        given: Option<TimeDelta>,
        polls: Vec<Observation>,
    },
    Known(TimeDelta),
}

impl Track {
    /// A track with a given limit for gaps, or with the least one if it is derived from the archive.
    pub(super) fn new(given: Option<TimeDelta>, least: TimeDelta) -> Self {
        Track {
            job_id: String::new(),
            direction: Scope::Forward,
            job_name: None,
            polls: 0,
            period: None,
            incidents: Vec::new(),
            gaps: Vec::new(),
            stalls: Vec::new(),
            times: BTreeMap::new(),
            curve: Curve::new(),
            interval: TimeDelta::zero(),
            latest: None,
            open: None,
            verdict: Verdict::Healthy,
            gap_limit: GapLimit::Learning { least, given, polls: Vec::new() },
        }
    }

    /// Adds the next poll; returns false for one that is not later than the latest.
    pub(super) fn add(&mut self, observation: Observation) -> bool {
        /// Number of the first polls that decide the usual interval.
        const LEARNED: usize = 64;
        if self.latest.is_some_and(|latest| observation.at <= latest) {
            return false;
        }
        self.latest = Some(observation.at);
        match &mut self.gap_limit {
            GapLimit::Known(limit) => {
                let limit = *limit;
                self.follow(&observation, limit);
            }
            GapLimit::Learning { polls, .. } => {
                polls.push(observation);
                if polls.len() == LEARNED {
                    self.learn();
                }
            }
        }
        true
    }

    /// The complete track, after the last poll.
    pub(super) fn end(mut self, job_id: String, direction: Scope) -> Self {
        self.learn();
        self.incidents.extend(self.open.take());
        Track { job_id, direction, ..self }
    }

    /// Derives the limit for gaps from the polls so far, then follows them.
    fn learn(&mut self) {
        let GapLimit::Learning { least, given, polls } = &mut self.gap_limit else { return };
        let polls = std::mem::take(polls);
        let mut intervals: Vec<_> =
            polls.windows(2).map(|pair| pair[1].at.signed_duration_since(pair[0].at)).collect();
        intervals.sort_unstable();
        self.interval = intervals.get(intervals.len() / 2).copied().unwrap_or_default();
        let by_archive = self.interval.checked_mul(3).unwrap_or(TimeDelta::MAX).max(*least);
        let limit = given.unwrap_or(by_archive);
        self.gap_limit = GapLimit::Known(limit);
        for observation in &polls {
            self.follow(observation, limit);
        }
    }

    fn follow(&mut self, observation: &Observation, limit: TimeDelta) {
        self.polls += 1;
        let before = self.period.as_ref().map(|period| period.to);
        let interval = before.map(|before| Period { from: before, to: observation.at });
        let gap = interval.as_ref().is_some_and(|interval| interval.length() > limit);
        match interval {
            Some(interval) if gap => self.gaps.push(interval),
            Some(interval) => {
                let time = self.times.entry(self.verdict).or_default();
                *time = time.checked_add(&interval.length()).unwrap_or(TimeDelta::MAX);
            }
            None => {}
        }
        self.add_to_incident(observation, gap);
        self.add_to_stall(observation);
        self.curve.add(observation, gap);
        self.verdict = observation.verdict;
        match &mut self.period {
            Some(period) => period.to = observation.at,
            None => self.period = Some(Period { from: observation.at, to: observation.at }),
        }
    }

    /// An incident continues through a gap if both sides of the gap belong to it.
    fn add_to_incident(&mut self, observation: &Observation, gap: bool) {
        if observation.is_incident() {
            match &mut self.open {
                Some(incident) => incident.add(observation),
                None => self.open = Some(Incident::new(observation)),
            }
        } else if let Some(mut incident) = self.open.take() {
            incident.is_open = false;
            incident.to = (!gap).then_some(observation.at);
            self.incidents.push(incident);
        }
    }

    fn add_to_stall(&mut self, observation: &Observation) {
        let Some(since) = observation.stalled_since else { return };
        match self.stalls.last_mut() {
            Some(stall) if stall.from == since => stall.to = observation.at,
            _ => self.stalls.push(Period { from: since, to: observation.at }),
        }
    }

    /// `dtsexjk1alb116****/Forward`
    pub(super) fn name(&self) -> String {
        let job_id = if self.job_id.is_empty() { "(no job id)" } else { &self.job_id };
        format!("{job_id}/{}", self.direction)
    }

    /// The length of the longest incident.
    pub(super) fn longest(&self) -> Option<TimeDelta> {
        self.incidents.iter().map(Incident::duration).max()
    }

    /// The total time without gaps.
    pub(super) fn observed(&self) -> TimeDelta {
        sum(self.times.values().copied())
    }

    /// The total time of gaps.
    pub(super) fn unobserved(&self) -> TimeDelta {
        sum(self.gaps.iter().map(Period::length))
    }
}

fn sum(lengths: impl Iterator<Item = TimeDelta>) -> TimeDelta {
    lengths.fold(TimeDelta::zero(), |sum, length| sum.checked_add(&length).unwrap_or(TimeDelta::MAX))
}
