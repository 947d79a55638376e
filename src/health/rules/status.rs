//! What the job's `Status` says by itself.

use super::case::Case;
use crate::health::finding::Finding;
use crate::health::standing::{base, is_failing};
use crate::model::{JobStatus, StageStatus};

pub(super) fn judge(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let (verdict, Some((code, severity))) = base(case.status) else { return };
    let mut evidence = vec![case.status_evidence()];
    if is_failing(case.status) || case.status == Some(&JobStatus::Retrying) {
        // A failed stage has a finding of its own, which tells its message.
        let failed = |field| {
            case.stages().iter().any(|stage| stage.field() == field && stage.is(&StageStatus::Failed))
        };
        let mine = case.messages().filter(|message| message.failing && !message.stage.is_some_and(failed));
        evidence.extend(mine.map(|message| message.evidence()));
    }
    findings.push(case.finding(code, severity, evidence).at_least(verdict));
}
