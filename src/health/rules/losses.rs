//! Values of the answer that decoding could not use.

use crate::health::facts::case::Case;
use crate::health::facts::losses::{is_deciding, is_of_unknown_unit};
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::lifecycle::is_before_start;
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::Loss;

/// The number of losses with a finding of their own; further ones are counted.
const MOST: usize = 3;

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    if case.losses.are_none() {
        return;
    }
    let before_start = is_before_start(case.status);
    let (mut deciding, mut other): (Vec<_>, Vec<_>) =
        case.losses.iter().partition(|loss| is_deciding(&loss.path, before_start));
    // A checkpoint shows the lag as well as a delay does.
    if case.lag.checkpoint.is_some() {
        let mut of_unknown_unit = deciding.extract_if(.., |loss| is_of_unknown_unit(loss, case.job));
        let first = of_unknown_unit.by_ref().take(MOST);
        report.findings.extend(first.map(|loss| lost(case, loss, Severity::Notice)));
        other.extend(of_unknown_unit);
    }
    for loss in deciding.iter().take(MOST) {
        report.add(lost(case, loss, Severity::Warning).at_least(Verdict::Unknown));
    }
    // A loss whose field is not known may be of any field.
    let further = deciding.len().saturating_sub(MOST).saturating_add(case.losses.omitted);
    if further > 0 {
        let facts = vec![Fact::values(None, further)];
        let finding = case.finding(FindingCode::DecidingValueLost, Severity::Warning, facts);
        report.add(finding.at_least(Verdict::Unknown));
    }
    if let Some(first) = other.first() {
        let facts = vec![Fact::values(Some(&first.path), other.len())];
        report.add(case.finding(FindingCode::ValuesLost, Severity::Notice, facts));
    }
}

/// The finding for one value.
fn lost(case: &Case<'_>, loss: &Loss, severity: Severity) -> Finding {
    // A second body has no value that was kept in its place.
    let is_body = loss.path.segments().is_empty();
    let kept = (!is_body).then(|| match loss.kept.as_deref() {
        Some(kept) => Fact::field(loss.path.clone(), Some(kept)),
        None => Fact::unreadable(loss.path.clone()),
    });
    let lost = Fact::lost(loss.path.clone(), &loss.lost);
    let facts = kept.into_iter().chain([lost]).collect();
    let mut finding = case.finding(FindingCode::DecidingValueLost, severity, facts);
    finding.subject = (!is_body).then(|| loss.path.to_string());
    if is_of_unknown_unit(loss, case.job) {
        finding = finding.with_remedy(
            "Name the kind of the job (`--kind` of the command, `Decoder::kind`): the unit of this delay depends on it.",
        );
    }
    finding
}
