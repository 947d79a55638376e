//! A lag counts once it has lasted, until it is clearly gone: [`LagClock`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::health::assessment::{Assessment, Pending};
use crate::health::exact;
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::policy::Policy;
use crate::health::verdict::Verdict;

/// How long the lag has been above its thresholds and below them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct LagClock {
    /// The first poll with too much lag; the clock runs from then on.
    #[serde(with = "exact::optional_time")]
    since: Option<DateTime<Utc>>,
    /// True if that lag has lasted.
    lasted: bool,
    /// The polls in a row without too much lag.
    calm: Calm,
    /// The latest poll with a lag.
    #[serde(with = "exact::optional_time")]
    latest: Option<DateTime<Utc>>,
    /// The lag of that poll.
    #[serde(with = "exact::optional_length")]
    lag: Option<TimeDelta>,
    critical: Level,
    warning: Level,
}

/// A threshold that the lag was above.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Level {
    /// The severity that its finding was given; `None` if it does not count.
    given: Option<Severity>,
    /// The polls in a row clearly below it.
    calm: Calm,
}

/// What is wrong with a lag that was above a threshold and has not been clearly below it for long enough.
const NOT_CLEAR: &str = "The lag has not been clearly below the threshold for long enough";

/// Polls in a row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Calm {
    #[serde(with = "exact::optional_time")]
    since: Option<DateTime<Utc>>,
    polls: u32,
}

impl LagClock {
    /// The first poll with too much lag, while the clock runs.
    pub(super) fn since(&self) -> Option<DateTime<Utc>> {
        self.since
    }

    /// Softens the findings about a lag that has not lasted, and keeps those about one that is not clearly gone.
    pub(super) fn judge(&mut self, assessment: &mut Assessment, policy: &Policy) {
        if !assessment.signs.lag_judged {
            *self = LagClock { latest: self.latest, ..LagClock::default() };
            return;
        }
        let Some(lag) = assessment.snapshot.lag else { return };
        let at = assessment.observed_at();
        self.run(lag.length, at, policy);
        if !self.lasted {
            self.soften(assessment, policy);
        }
        let clear = |threshold: TimeDelta| lag.length <= share(threshold, policy.clear_at);
        self.critical.see(clear(policy.lag_critical), at, policy);
        self.warning.see(clear(policy.lag_warn), at, policy);
        let checkpoint = assessment.snapshot.checkpoint;
        self.keep(assessment, &|| lag.facts(checkpoint, at), policy);
        (self.latest, self.lag) = (Some(at), Some(lag.length));
    }

    /// Adds the findings that still count to a poll whose lag is unknown.
    pub(super) fn keep_unknown(&self, assessment: &mut Assessment, policy: &Policy) {
        if let Some(lag) = self.lag {
            self.keep(assessment, &|| vec![Fact::previous_lag(lag)], policy);
        }
    }

    /// Remembers the severities that were given in the end.
    pub(super) fn remember(&mut self, assessment: &Assessment) {
        let given = |code| {
            let counted = |finding: &&Finding| finding.code == code && finding.counts();
            assessment.findings.iter().find(counted).map(|finding| finding.severity)
        };
        let critical = given(FindingCode::LagCritical);
        // What is above the critical threshold is above the warning threshold too.
        let warning = given(FindingCode::LagHigh).or(critical.map(|_| Severity::Warning));
        self.critical.given = critical.or(self.critical.given);
        self.warning.given = warning.or(self.warning.given);
    }

    fn run(&mut self, lag: TimeDelta, at: DateTime<Utc>, policy: &Policy) {
        let is_over = lag > policy.lag_warn;
        self.calm.see(!is_over, at);
        if is_over {
            self.since.get_or_insert(at);
        } else if self.calm.lasts(at, policy.calm_for) {
            self.since = None;
            self.lasted = false;
        }
        let shown = self.since.is_some_and(|since| at.signed_duration_since(since) >= policy.lag_for);
        // A lag grows by one second a second at most, so it began long before this poll.
        let long = policy.lag_warn.checked_add(&policy.lag_for).is_some_and(|long| lag >= long);
        let unseen = |latest: DateTime<Utc>| at.signed_duration_since(latest) > policy.max_observation_age;
        self.lasted |= shown || is_over && long && self.latest.is_none_or(unseen);
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
            Some(Pending { code, since, counts_at: since.checked_add_signed(policy.lag_for)? })
        });
    }

    fn keep(&self, assessment: &mut Assessment, lag_facts: &dyn Fn() -> Vec<Fact>, policy: &Policy) {
        let levels = [
            (FindingCode::LagCritical, &self.critical, policy.lag_critical),
            (FindingCode::LagHigh, &self.warning, policy.lag_warn),
        ];
        for (code, level, threshold) in levels {
            let counted = |finding: &Finding| {
                finding.counts() && (finding.code == code || finding.code == FindingCode::LagCritical)
            };
            let Some(severity) = level.given.filter(|_| !assessment.findings.iter().any(counted)) else {
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

impl Level {
    fn see(&mut self, is_clear: bool, at: DateTime<Utc>, policy: &Policy) {
        self.calm.see(is_clear, at);
        if self.calm.lasts(at, policy.calm_for) {
            self.given = None;
        }
    }
}

impl Calm {
    fn see(&mut self, is_calm: bool, at: DateTime<Utc>) {
        if is_calm {
            self.since.get_or_insert(at);
            self.polls = self.polls.saturating_add(1);
        } else {
            *self = Calm::default();
        }
    }

    /// True if it was so at every poll for this long, and at two at least.
    fn lasts(&self, at: DateTime<Utc>, long: TimeDelta) -> bool {
        self.polls >= 2 && self.since.is_some_and(|since| at.signed_duration_since(since) >= long)
    }
}

/// A share of a threshold, in percent.
fn share(threshold: TimeDelta, percent: u32) -> TimeDelta {
    let percent = i32::try_from(percent).unwrap_or(100);
    threshold.checked_mul(percent).and_then(|product| product.checked_div(100)).unwrap_or(threshold)
}
