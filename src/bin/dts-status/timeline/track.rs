//! What happened to one job in one direction: [`Track`].

use std::collections::BTreeMap;

use aliyun_dts_status::health::{Assessment, FindingCode, Scope, Verdict};
use aliyun_dts_status::model::JobStatus;
use chrono::{DateTime, TimeDelta, Utc};

use super::curve::Curve;
use super::incident::{Incident, is_trouble};

/// What counts of a judged poll.
pub(super) struct Seen {
    pub(super) at: DateTime<Utc>,
    pub(super) status: Option<JobStatus>,
    pub(super) verdict: Verdict,
    pub(super) reason: Option<FindingCode>,
    /// What is the matter, if something is.
    pub(super) message: Option<String>,
    pub(super) lag: Option<TimeDelta>,
    /// Since when the checkpoint stands still, if it does for too long.
    pub(super) stalled_since: Option<DateTime<Utc>>,
}

/// A stretch of time.
pub(super) struct Span {
    pub(super) from: DateTime<Utc>,
    pub(super) to: DateTime<Utc>,
}

/// What happened to one job in one direction.
///
/// Its size grows with the number of incidents, gaps and stalls, not with that of polls.
pub(super) struct Track {
    pub(super) job_id: String,
    pub(super) direction: Scope,
    pub(super) polls: u64,
    /// From the first poll to the latest.
    pub(super) span: Option<Span>,
    pub(super) incidents: Vec<Incident>,
    /// When nobody looked.
    pub(super) gaps: Vec<Span>,
    /// When the checkpoint stood still.
    pub(super) stalls: Vec<Span>,
    /// How long each verdict held.
    pub(super) times: BTreeMap<Verdict, TimeDelta>,
    pub(super) curve: Curve,
    /// What is usual from poll to poll. Zero of one poll alone.
    pub(super) usual: TimeDelta,
    open: Option<Incident>,
    /// The latest verdict, which holds until the next poll.
    verdict: Verdict,
    patience: Patience,
}

/// From how much time between two polls on it is a gap.
enum Patience {
    /// The first polls wait here until it is known what is usual.
    Learning {
        least: TimeDelta,
        given: Option<TimeDelta>,
        polls: Vec<Seen>,
    },
    Known(TimeDelta),
}

impl From<&Assessment> for Seen {
    fn from(assessment: &Assessment) -> Self {
        Seen {
            at: assessment.observed_at(),
            status: assessment.status().cloned(),
            verdict: assessment.verdict(),
            reason: assessment.reason(),
            message: assessment
                .cause()
                .filter(|_| is_trouble(assessment.verdict()))
                .map(|cause| cause.message.clone()),
            lag: assessment.lag(),
            stalled_since: stalled_since(assessment),
        }
    }
}

fn stalled_since(assessment: &Assessment) -> Option<DateTime<Utc>> {
    assessment.findings().iter().find(|finding| finding.code == FindingCode::CheckpointStalled)?.since
}

impl Span {
    pub(super) fn length(&self) -> TimeDelta {
        self.to.signed_duration_since(self.from)
    }
}

impl Track {
    /// With the time that makes a gap, or the least time that does where the archive is to tell it.
    pub(super) fn new(given: Option<TimeDelta>, least: TimeDelta) -> Self {
        Track {
            job_id: String::new(),
            direction: Scope::Forward,
            polls: 0,
            span: None,
            incidents: Vec::new(),
            gaps: Vec::new(),
            stalls: Vec::new(),
            times: BTreeMap::new(),
            curve: Curve::new(),
            usual: TimeDelta::zero(),
            open: None,
            verdict: Verdict::Healthy,
            patience: Patience::Learning { least, given, polls: Vec::new() },
        }
    }

    /// Takes in the next poll.
    pub(super) fn add(&mut self, seen: Seen) {
        /// So many polls tell what is usual.
        const LESSON: usize = 64;
        match &mut self.patience {
            Patience::Known(patience) => {
                let patience = *patience;
                self.follow(&seen, patience);
            }
            Patience::Learning { polls, .. } => {
                polls.push(seen);
                if polls.len() == LESSON {
                    self.learn();
                }
            }
        }
    }

    /// All of it, when there are no more polls.
    pub(super) fn end(mut self, job_id: String, direction: Scope) -> Self {
        self.learn();
        self.incidents.extend(self.open.take());
        Track { job_id, direction, ..self }
    }

    /// Decides from the polls so far what a gap is, then follows them.
    fn learn(&mut self) {
        let Patience::Learning { least, given, polls } = &mut self.patience else { return };
        let polls = std::mem::take(polls);
        let mut intervals: Vec<_> =
            polls.windows(2).map(|pair| pair[1].at.signed_duration_since(pair[0].at)).collect();
        intervals.sort_unstable();
        self.usual = intervals.get(intervals.len() / 2).copied().unwrap_or_default();
        let by_archive = self.usual.checked_mul(3).unwrap_or(TimeDelta::MAX).max(*least);
        let patience = given.unwrap_or(by_archive);
        self.patience = Patience::Known(patience);
        for seen in &polls {
            self.follow(seen, patience);
        }
    }

    fn follow(&mut self, seen: &Seen, patience: TimeDelta) {
        self.polls += 1;
        let before = self.span.as_ref().map(|span| span.to);
        let interval = before.map(|before| Span { from: before, to: seen.at });
        let gap = interval.as_ref().is_some_and(|interval| interval.length() > patience);
        match interval {
            Some(interval) if gap => self.gaps.push(interval),
            Some(interval) => {
                let time = self.times.entry(self.verdict).or_default();
                *time = time.checked_add(&interval.length()).unwrap_or(TimeDelta::MAX);
            }
            None => {}
        }
        self.judge_incident(seen, gap);
        self.judge_stall(seen);
        self.curve.add(seen, gap);
        self.verdict = seen.verdict;
        match &mut self.span {
            Some(span) => span.to = seen.at,
            None => self.span = Some(Span { from: seen.at, to: seen.at }),
        }
    }

    /// An incident goes on through a gap if the job is not well on both sides of it.
    fn judge_incident(&mut self, seen: &Seen, gap: bool) {
        if is_trouble(seen.verdict) {
            match &mut self.open {
                Some(incident) => incident.add(seen),
                None => self.open = Some(Incident::new(seen)),
            }
        } else if let Some(mut incident) = self.open.take() {
            incident.is_open = false;
            incident.to = (!gap).then_some(seen.at);
            self.incidents.push(incident);
        }
    }

    fn judge_stall(&mut self, seen: &Seen) {
        let Some(since) = seen.stalled_since else { return };
        match self.stalls.last_mut() {
            Some(stall) if stall.from == since => stall.to = seen.at,
            _ => self.stalls.push(Span { from: since, to: seen.at }),
        }
    }

    /// The longest incident.
    pub(super) fn longest(&self) -> Option<TimeDelta> {
        self.incidents.iter().map(Incident::duration).max()
    }

    /// How long somebody looked.
    pub(super) fn observed(&self) -> TimeDelta {
        self.times
            .values()
            .fold(TimeDelta::zero(), |sum, time| sum.checked_add(time).unwrap_or(TimeDelta::MAX))
    }

    /// How long nobody looked.
    pub(super) fn unobserved(&self) -> TimeDelta {
        let lengths = self.gaps.iter().map(Span::length);
        lengths.fold(TimeDelta::zero(), |sum, gap| sum.checked_add(&gap).unwrap_or(TimeDelta::MAX))
    }
}
