//! A lag counts once it has lasted, until it is clearly gone: [`LagClock`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::packed::{Length, Time};
use crate::health::assessment::{Assessment, Pending};
use crate::health::exact::save_as_list;
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::policy::Policy;
use crate::health::verdict::Verdict;

/// How long the lag has been above its thresholds and below them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct LagClock {
    /// The latest poll with a lag.
    pub(super) latest: Option<Time>,
    /// The lag of that poll.
    pub(super) lag: Option<Length>,
    /// Only of a job that has too much lag, or had it lately.
    pub(super) high: Option<Box<High>>,
}

/// A lag that was above a threshold.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct High {
    /// The first poll with too much lag; the clock runs from then on.
    pub(super) since: Option<Time>,
    /// True if that lag has lasted.
    pub(super) lasted: bool,
    /// The polls in a row without too much lag.
    pub(super) calm: Calm,
    /// The severity that was given to what is above the critical threshold; `None` if it does not count.
    pub(super) critical: Option<Severity>,
    /// The polls in a row clearly below that threshold.
    pub(super) critical_calm: Calm,
    /// The same for the warning threshold.
    pub(super) warning: Option<Severity>,
    pub(super) warning_calm: Calm,
}

/// What is wrong with a lag that was above a threshold and has not been clearly below it for long enough.
const NOT_CLEAR: &str = "The lag has not been clearly below the threshold for long enough";

/// The first of the latest polls in a row at which something was so.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Calm(pub(super) Option<Time>);

save_as_list!(LagClock { latest, lag, high });
save_as_list!(High { since, lasted, calm, critical, critical_calm, warning, warning_calm });

impl LagClock {
    /// The first poll with too much lag, while the clock runs.
    pub(super) fn since(&self) -> Option<DateTime<Utc>> {
        self.high.as_ref()?.since.map(Time::get)
    }

    pub(super) fn each_time(&mut self, change: &mut dyn FnMut(&mut Time)) {
        self.latest.as_mut().map(&mut *change);
        if let Some(high) = &mut self.high {
            let High { since, calm, critical_calm, warning_calm, .. } = &mut **high;
            for time in [since, &mut calm.0, &mut critical_calm.0, &mut warning_calm.0].into_iter().flatten()
            {
                change(time);
            }
        }
    }

    /// Softens the findings about a lag that has not lasted, and keeps those about one that is not clearly gone.
    pub(super) fn judge(&mut self, assessment: &mut Assessment, policy: &Policy) {
        if !assessment.signs.lag_judged {
            *self = LagClock { latest: self.latest, ..LagClock::default() };
            return;
        }
        let Some(lag) = assessment.snapshot.lag else { return };
        let at = assessment.observed_at();
        let high = self.high.get_or_insert_default();
        high.run(lag.length, self.latest, at, policy);
        if !high.lasted {
            high.soften(assessment, policy);
        }
        let clear = |threshold: TimeDelta| lag.length <= share(threshold, policy.clear_at);
        high.critical_calm.see(clear(policy.lag_critical), at);
        high.critical = high.critical.filter(|_| !high.critical_calm.lasts(at, policy.calm_for));
        high.warning_calm.see(clear(policy.lag_warn), at);
        high.warning = high.warning.filter(|_| !high.warning_calm.lasts(at, policy.calm_for));
        let checkpoint = assessment.snapshot.checkpoint;
        high.keep(assessment, &|| lag.facts(checkpoint, at), policy);
        (self.latest, self.lag) = (Some(Time::new(at)), Some(Length::new(lag.length)));
    }

    /// Adds the findings that still count to a poll whose lag is unknown.
    pub(super) fn keep_unknown(&self, assessment: &mut Assessment, policy: &Policy) {
        if let Some((lag, high)) = self.lag.zip(self.high.as_ref()) {
            high.keep(assessment, &|| vec![Fact::previous_lag(lag.get())], policy);
        }
    }

    /// Remembers the severities that were given in the end, and forgets a lag that is over.
    pub(super) fn remember(&mut self, assessment: &Assessment) {
        let Some(high) = &mut self.high else { return };
        high.remember(assessment);
        self.high.take_if(|high| high.is_over());
    }
}

impl High {
    /// Returns true if neither the clock runs nor a threshold counts. Then nothing else in it has a meaning.
    pub(super) fn is_over(&self) -> bool {
        self.since.is_none() && self.critical.is_none() && self.warning.is_none()
    }

    fn remember(&mut self, assessment: &Assessment) {
        let given = |code| {
            let counted = |finding: &&Finding| finding.code == code && finding.counts();
            assessment.findings.iter().find(counted).map(|finding| finding.severity)
        };
        let critical = given(FindingCode::LagCritical);
        // What is above the critical threshold is above the warning threshold too.
        let warning = given(FindingCode::LagHigh).or(critical.map(|_| Severity::Warning));
        self.critical = critical.or(self.critical);
        self.warning = warning.or(self.warning);
    }

    fn run(&mut self, lag: TimeDelta, latest: Option<Time>, at: DateTime<Utc>, policy: &Policy) {
        let is_over = lag > policy.lag_warn;
        self.calm.see(!is_over, at);
        if is_over {
            self.since.get_or_insert(Time::new(at));
        } else if self.calm.lasts(at, policy.calm_for) {
            self.since = None;
            self.lasted = false;
        }
        let shown = self.since.is_some_and(|since| since.to(at) >= policy.lag_for);
        // A lag grows by one second a second at most, so it began long before this poll.
        let long = policy.lag_warn.checked_add(&policy.lag_for).is_some_and(|long| lag >= long);
        let unseen = |latest: Time| latest.to(at) > policy.max_observation_age;
        self.lasted |= shown || is_over && long && latest.is_none_or(unseen);
    }

    fn soften(&self, assessment: &mut Assessment, policy: &Policy) {
        use FindingCode::{CheckpointStalled, LagCheckpointConflict, LagCritical, LagGrowing, LagHigh};
        let of_lag = [LagCritical, LagHigh, LagGrowing, LagCheckpointConflict, CheckpointStalled];
        let mut pending = None;
        for finding in &mut assessment.findings {
            if let Some(rank) = of_lag.iter().position(|code| *code == finding.code)
                && finding.counts()
            {
                finding.soften(Severity::Notice);
                pending = Some(pending.map_or(rank, |least: usize| least.min(rank)));
            }
        }
        let code = pending.and_then(|rank| of_lag.get(rank)).copied();
        assessment.pending = code.zip(self.since).and_then(|(code, since)| {
            let since = since.get();
            Some(Pending { code, since, counts_at: since.checked_add_signed(policy.lag_for)? })
        });
    }

    fn keep(&self, assessment: &mut Assessment, lag_facts: &dyn Fn() -> Vec<Fact>, policy: &Policy) {
        let levels = [
            (FindingCode::LagCritical, self.critical, policy.lag_critical),
            (FindingCode::LagHigh, self.warning, policy.lag_warn),
        ];
        for (code, given, threshold) in levels {
            let counted = |finding: &Finding| {
                finding.counts() && (finding.code == code || finding.code == FindingCode::LagCritical)
            };
            let Some(severity) = given.filter(|_| !assessment.findings.iter().any(counted)) else {
                continue;
            };
            // It takes the place of the finding that would not count.
            assessment.findings.retain(|finding| finding.code != code);
            if code == FindingCode::LagCritical {
                assessment.findings.retain(|finding| finding.code != FindingCode::LagHigh);
            }
            if assessment.pending.is_some_and(|pending| pending.code == code) {
                assessment.pending = None;
            }
            let mut facts = lag_facts();
            facts.push(Fact::threshold(threshold));
            let finding = Finding::new(code, severity, assessment.direction, facts).sentence(NOT_CLEAR);
            assessment.findings.push(finding.at_least(Verdict::Degraded));
        }
    }
}

impl Calm {
    fn see(&mut self, is_calm: bool, at: DateTime<Utc>) {
        if is_calm {
            self.0.get_or_insert(Time::new(at));
        } else {
            self.0 = None;
        }
    }

    /// Returns true if it was so at every poll for this long, and at two at least.
    fn lasts(&self, at: DateTime<Utc>, long: TimeDelta) -> bool {
        self.0.is_some_and(|since| since < Time::new(at) && since.to(at) >= long)
    }
}

/// A share of a threshold, in percent.
fn share(threshold: TimeDelta, percent: u32) -> TimeDelta {
    let percent = i32::try_from(percent).unwrap_or(100);
    threshold.checked_mul(percent).and_then(|product| product.checked_div(100)).unwrap_or(threshold)
}
