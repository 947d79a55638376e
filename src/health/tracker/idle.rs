//! An idle source is believed only as the job's own past allows: [`IdleMemory`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::health::assessment::Assessment;
use crate::health::exact;
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::policy::Policy;
use crate::health::verdict::Verdict;

/// What is known of the quiet spells of a source.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct IdleMemory {
    /// The polls in a row, up to the latest, at which no changes passed and the lag was too high.
    spell: Option<Spell>,
    /// The largest lag of a spell after which the lag was gone at once.
    #[serde(with = "exact::optional_length")]
    learnt: Option<TimeDelta>,
    /// The first poll at which changes passed.
    #[serde(with = "exact::optional_time")]
    busy_since: Option<DateTime<Utc>>,
    /// The lag at which the latest poll with a lag doubted that the source is idle.
    #[serde(with = "exact::optional_length")]
    doubted: Option<TimeDelta>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Spell {
    #[serde(with = "exact::time")]
    since: DateTime<Utc>,
    #[serde(with = "exact::length")]
    largest: TimeDelta,
}

impl IdleMemory {
    /// The largest lag of a spell after which the lag was gone at once.
    pub(super) fn learnt(&self) -> Option<TimeDelta> {
        self.learnt
    }

    /// Learns from a poll, and doubts that the source is idle where its past does not bear it out. A poll whose unknown lag
    /// is excused keeps the doubt of the poll before.
    pub(super) fn judge(&mut self, assessment: &mut Assessment, policy: &Policy, excused: bool) {
        let (snapshot, signs) = (&assessment.snapshot, &assessment.signs);
        let at = snapshot.observed_at;
        if signs.rps.is_some_and(|rps| rps > 0.0) {
            self.busy_since.get_or_insert(at);
        }
        let Some(used) = snapshot.lag else {
            // A job whose lag is not judged has no quiet spell; an unknown lag says nothing.
            if !signs.lag_judged {
                (self.spell, self.doubted) = (None, None);
            }
            if let Some(lag) = self.doubted.filter(|_| excused) {
                doubt(assessment, vec![Fact::previous_lag(lag)]);
            }
            return;
        };
        let lag = used.length;
        if signs.quiet && lag > policy.lag_warn {
            let spell = self.spell.get_or_insert(Spell { since: at, largest: lag });
            spell.largest = spell.largest.max(lag);
        } else if let Some(spell) = self.spell.take()
            && lag <= policy.lag_warn
        {
            self.learnt = self.learnt.max(Some(spell.largest));
        }
        let suspected = |finding: &Finding| finding.code == FindingCode::IdleSourceSuspected;
        self.doubted = None;
        if self.is_doubtful(lag, signs.reported, policy) && assessment.findings.iter().any(suspected) {
            assessment.findings.retain(|finding| !suspected(finding));
            let facts = used.facts(assessment.snapshot.checkpoint, at);
            doubt(assessment, facts);
            self.doubted = Some(lag);
        }
    }

    fn is_doubtful(&self, lag: TimeDelta, reported: Option<TimeDelta>, policy: &Policy) -> bool {
        let Some(spell) = &self.spell else { return false };
        if let Some(learnt) = self.learnt {
            let factor = i32::try_from(policy.idle_factor).unwrap_or(i32::MAX);
            let most = learnt.checked_mul(factor).unwrap_or(TimeDelta::MAX);
            return lag > most.max(policy.lag_critical);
        }
        let was_busy =
            self.busy_since.is_some_and(|busy| spell.since.signed_duration_since(busy) >= policy.idle_busy);
        if was_busy { lag > policy.lag_critical } else { reported.unwrap_or(lag) > policy.idle_unlearnt }
    }
}

fn doubt(assessment: &mut Assessment, lag_facts: Vec<Fact>) {
    let rps = assessment.signs.rps.map(|rps| Fact::field([Field::Performance, Field::Rps], Some(rps)));
    let mut facts: Vec<_> = rps.into_iter().collect();
    facts.extend(lag_facts);
    let finding =
        Finding::new(FindingCode::IdleSourceDoubted, Severity::Critical, assessment.direction, facts);
    assessment.findings.push(finding.at_least(Verdict::Degraded));
}
