//! Findings joined to a verdict, and several assessments as one: [`two_way()`] and [`fleet()`].

mod fleet;
mod two_way;

use super::finding::{Finding, FindingCode, Severity};
use super::verdict::Verdict;

pub use fleet::{Cause, FleetAssessment, fleet};
pub use two_way::{Topology, two_way};

/// The verdict over all findings, at least the one given, and the code that gave it. Puts the findings in the
/// order of a report.
///
/// This is the one place where a verdict is made. `None` as the code of a verdict that is not Healthy says
/// that no finding's floor gave it.
pub(super) fn settle(given: Verdict, findings: &mut [Finding]) -> (Verdict, Option<FindingCode>) {
    findings.sort_by(Finding::report_order);
    let joined = findings.iter().filter_map(|finding| finding.floor).fold(given, Verdict::join);
    if joined == Verdict::Healthy {
        // The worst stands first.
        return match findings.first() {
            Some(worst) if worst.severity >= Severity::Warning => (Verdict::Degraded, Some(worst.code)),
            _ => (Verdict::Healthy, None),
        };
    }
    let reason = findings.iter().find(|finding| finding.floor == Some(joined)).map(|finding| finding.code);
    (joined, reason)
}
