//! The verdict of the job's `Status` by itself.

use crate::health::facts::case::Case;
use crate::health::lifecycle::{base, is_failing};
use crate::health::report::Report;
use crate::model::{JobStatus, StageKind, StageStatus};

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    let (verdict, Some((code, severity))) = base(case.status) else { return };
    let mut facts = vec![case.status_fact()];
    if is_failing(case.status) || case.status == Some(&JobStatus::Retrying) {
        // A failed stage has a finding of its own with its message.
        let has_failed = |kind: StageKind| {
            case.stages().iter().any(|stage| stage.kind == kind && stage.is(&StageStatus::Failed))
        };
        let own = case.messages().filter(|message| message.failing && !message.stage.is_some_and(has_failed));
        facts.extend(own.map(|message| message.fact()));
    }
    report.add(case.finding(code, severity, facts).at_least(verdict));
}
