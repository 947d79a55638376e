//! The phases that an answer has something to judge by: [`Phases`].

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::case::Case;
use crate::health::finding::Phase;

/// A set of phases: one bit for each, in the order of [`Phase::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::health) struct Phases(u16);

impl Phases {
    /// Those of an answer about a job.
    pub(in crate::health) fn of(case: &Case<'_>) -> Self {
        let job = case.job;
        let incremental = case.lag.judged || job.synchronization_stage.is_some();
        let billing = job.pay_type.is_some() || job.expire_time.is_some();
        [
            (Phase::Job, true),
            (Phase::Precheck, job.precheck.is_some()),
            (Phase::Schema, job.structure_stage.is_some()),
            (Phase::Full, job.data_stage.is_some()),
            (Phase::Incremental, incremental),
            (Phase::Billing, billing),
        ]
        .into_iter()
        .filter_map(|(phase, is_judged)| is_judged.then_some(phase))
        .fold(Phases::default(), Phases::with)
    }

    pub(in crate::health) fn with(self, phase: Phase) -> Self {
        Phases(self.0 | bit(phase))
    }

    pub(in crate::health) fn and(self, other: Phases) -> Self {
        Phases(self.0 | other.0)
    }

    pub(in crate::health) fn contains(self, phase: Phase) -> bool {
        self.0 & bit(phase) != 0
    }
}

fn bit(phase: Phase) -> u16 {
    let position = Phase::ALL.iter().position(|known| *known == phase);
    position
        .and_then(|position| u32::try_from(position).ok())
        .map_or(0, |position| 1_u16.wrapping_shl(position))
}

impl Serialize for Phases {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(Phase::ALL.iter().filter(|phase| self.contains(**phase)))
    }
}

impl<'de> Deserialize<'de> for Phases {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Phase>::deserialize(deserializer)?.into_iter().fold(Phases::default(), Phases::with))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_may_be_added_again() {
        let job = Phases::default().with(Phase::Job);
        for phases in [job.with(Phase::Job), job.and(job)] {
            assert_eq!(phases, job);
            assert!(phases.contains(Phase::Job) && !phases.contains(Phase::Full));
        }
    }
}
