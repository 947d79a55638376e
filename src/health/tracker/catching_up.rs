//! A job that catches up after an interruption is not critical: [`CatchingUp`].

use crate::health::assessment::Assessment;
use crate::health::exact::save_as_list;
use crate::health::finding::{FindingCode, Severity};
use crate::health::lifecycle::is_synchronizing;
use crate::health::policy::Policy;

/// Whether a job has caught up since it last had another status than a running one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CatchingUp {
    pub(super) active: bool,
    /// One bit for each of the last three polls, the latest lowest: set if its lag was shrinking or its status was
    /// another one.
    pub(super) moving: u8,
}

save_as_list!(CatchingUp { active, moving });

impl CatchingUp {
    /// Returns true from an interruption on until the lag is gone.
    pub(super) fn is_active(&self) -> bool {
        self.active
    }

    /// Lowers the severity of the lag while it shrinks after an interruption.
    pub(super) fn judge(&mut self, assessment: &mut Assessment, policy: &Policy) {
        use FindingCode as Code;
        let status = assessment.status();
        // A migration that still copies has its status all the same.
        let copies = assessment.signs.copies;
        let interrupted = status.is_some() && (!is_synchronizing(status) || copies);
        let shrinks = assessment.findings.iter().any(|finding| finding.code == Code::LagShrinking);
        self.moving = (self.moving << 1 | u8::from(interrupted || shrinks)) & 0b111;
        self.active |= interrupted;
        if self.active && self.moving != 0 {
            for finding in &mut assessment.findings {
                if matches!(
                    finding.code,
                    Code::LagHigh
                        | Code::LagCritical
                        | Code::LagGrowing
                        | Code::LagCheckpointConflict
                        | Code::CheckpointStalled
                        | Code::LogRetentionRisk
                ) {
                    finding.soften(Severity::Warning);
                }
            }
        }
        if !interrupted && assessment.lag().is_some_and(|lag| lag <= policy.lag_warn) {
            self.active = false;
        }
    }
}
