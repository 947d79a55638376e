//! An idle source is believed only as the job's own past allows: [`IdleMemory`].

use chrono::TimeDelta;

use super::packed::{Length, Time};
use crate::field::Field;
use crate::health::assessment::Assessment;
use crate::health::exact::save_as_list;
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::policy::Policy;
use crate::health::verdict::Verdict;

/// What is known of the quiet spells of a source.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct IdleMemory {
    /// The largest lag of a spell after which the lag was gone at once.
    pub(super) learnt: Option<Length>,
    /// The first poll at which changes passed.
    pub(super) busy_since: Option<Time>,
    /// The polls in a row, up to the latest, at which no changes passed and the lag was too high.
    pub(super) spell: Option<Box<Spell>>,
}

/// A quiet spell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spell {
    pub(super) since: Time,
    pub(super) largest: Length,
    /// The lag at which the latest poll with a lag doubted that the source is idle.
    pub(super) doubted: Option<Length>,
}

save_as_list!(IdleMemory { learnt, busy_since, spell });
save_as_list!(Spell { since, largest, doubted });

impl IdleMemory {
    /// The largest lag of a spell after which the lag was gone at once.
    pub(super) fn learnt(&self) -> Option<TimeDelta> {
        self.learnt.map(Length::get)
    }

    pub(super) fn each_time(&mut self, change: &mut dyn FnMut(&mut Time)) {
        self.busy_since.as_mut().map(&mut *change);
        if let Some(spell) = &mut self.spell {
            change(&mut spell.since);
        }
    }

    /// Learns from a poll, and doubts that the source is idle where its past does not bear it out. A poll whose unknown lag
    /// is excused keeps the doubt of the poll before.
    pub(super) fn judge(&mut self, assessment: &mut Assessment, policy: &Policy, excused: bool) {
        let (snapshot, signs) = (&assessment.snapshot, &assessment.signs);
        let at = snapshot.observed_at;
        if signs.rps.is_some_and(|rps| rps > 0.0) {
            self.busy_since.get_or_insert(Time::new(at));
        }
        let Some(used) = snapshot.lag else {
            // A job whose lag is not judged has no quiet spell; an unknown lag says nothing.
            if !signs.lag_judged {
                self.spell = None;
            }
            let doubted = self.spell.as_ref().and_then(|spell| spell.doubted);
            if let Some(lag) = doubted.filter(|_| excused) {
                doubt(assessment, vec![Fact::previous_lag(lag.get())]);
            }
            return;
        };
        let lag = used.length;
        if signs.quiet && lag > policy.lag_warn {
            let (since, largest) = (Time::new(at), Length::new(lag));
            let spell = self.spell.get_or_insert_with(|| Box::new(Spell { since, largest, doubted: None }));
            spell.largest = spell.largest.max(largest);
            spell.doubted = None;
        } else if let Some(spell) = self.spell.take()
            && lag <= policy.lag_warn
        {
            self.learnt = self.learnt.max(Some(spell.largest));
        }
        let suspected = |finding: &Finding| finding.code == FindingCode::IdleSourceSuspected;
        if self.is_doubtful(lag, signs.reported, policy) && assessment.findings.iter().any(suspected) {
            assessment.findings.retain(|finding| !suspected(finding));
            let facts = used.facts(assessment.snapshot.checkpoint, at);
            doubt(assessment, facts);
            if let Some(spell) = &mut self.spell {
                spell.doubted = Some(Length::new(lag));
            }
        }
    }

    fn is_doubtful(&self, lag: TimeDelta, reported: Option<TimeDelta>, policy: &Policy) -> bool {
        let Some(spell) = &self.spell else { return false };
        if let Some(learnt) = self.learnt {
            let factor = i32::try_from(policy.idle_factor).unwrap_or(i32::MAX);
            let most = learnt.get().checked_mul(factor).unwrap_or(TimeDelta::MAX);
            return lag > most.max(policy.lag_critical);
        }
        let was_busy = self.busy_since.is_some_and(|busy| busy.to(spell.since.get()) >= policy.idle_busy);
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
