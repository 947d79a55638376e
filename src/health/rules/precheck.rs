//! The precheck and its items.

use crate::field::Field;
use crate::health::catalog;
use crate::health::facts::case::Case;
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::{CheckStatus, JobStatus, PrecheckItem, PrecheckStatus};
use crate::path::Path;

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    let Some(precheck) = &case.job.precheck else { return };
    let unstarted = matches!(
        case.status,
        Some(JobStatus::NotStarted | JobStatus::NotConfigured | JobStatus::PreCheckPass)
    );
    let failed_by_itself = unstarted && precheck.status == Some(PrecheckStatus::Failed);
    if failed_by_itself {
        let path = [Field::PrecheckStatus, Field::Status];
        let mut facts = vec![Fact::field(path, precheck.status.as_ref()), case.status_fact()];
        let text = precheck.error_message.as_deref().filter(|text| !text.is_empty());
        facts.extend(text.map(|text| Fact::field([Field::PrecheckStatus, Field::ErrorMessage], Some(text))));
        let finding = case.finding(FindingCode::PrecheckFailed, Severity::Critical, facts);
        report.add(finding.at_least(Verdict::Failed));
    }
    let (severity, floor) = match case.status {
        Some(JobStatus::PrecheckFailed) => (Severity::Critical, Some(Verdict::Failed)),
        _ if failed_by_itself => (Severity::Critical, Some(Verdict::Failed)),
        Some(JobStatus::Prechecking) => (Severity::Warning, Some(Verdict::Degraded)),
        // The item was waived, or the precheck is old.
        _ => (Severity::Notice, None),
    };
    for (index, item) in precheck.items.iter().enumerate() {
        if item.status == Some(CheckStatus::Failed) {
            report.add(failed_item(case, index, item, severity).at_least(floor));
        }
    }
}

fn failed_item(case: &Case<'_>, index: usize, item: &PrecheckItem, severity: Severity) -> Finding {
    let path = |field| Path::from([Field::PrecheckStatus, Field::Detail]).then(index).then(field);
    let mut facts = vec![
        Fact::field(path(Field::CheckStatus), item.status.as_ref()),
        Fact::field(path(Field::ItemName), item.name.as_ref()),
    ];
    if let Some(text) = item.error_message.as_deref().filter(|text| !text.is_empty()) {
        facts.push(Fact::field(path(Field::ErrorMessage), Some(text)));
    }
    let mut finding = case.finding(FindingCode::PrecheckItemFailed, severity, facts);
    if let Some(name) = &item.name {
        finding.subject = Some(name.as_str().to_owned());
        if let Some(guide) = catalog::precheck_item(name.as_str()) {
            return finding.with_remedy(guide.remedy);
        }
    }
    finding
}
