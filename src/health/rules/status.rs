//! The verdict of the job's `Status` by itself.

use crate::field::Field;
use crate::health::facts::case::{Case, MessageOf};
use crate::health::finding::{Fact, FindingCode, Severity};
use crate::health::lifecycle::{base, is_failing, is_running};
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::{JobStatus, StageStatus};

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    retries(case, report);
    let (verdict, code, severity) = match (case.status, base(case.status)) {
        (Some(JobStatus::Finished), _) if case.course.is_migration => {
            (Verdict::Ended, FindingCode::MigrationDone, Severity::Info)
        }
        (Some(JobStatus::Migrating), _) if case.course.copies => {
            (Verdict::Progressing, FindingCode::InitRunning, Severity::Info)
        }
        (_, (verdict, Some((code, severity)))) => (verdict, code, severity),
        (_, (_, None)) => return,
    };
    let mut facts = vec![case.status_fact()];
    if code == FindingCode::InitRunning && case.course.copies {
        facts.push(copying_fact(case));
    }
    if case.status == Some(&JobStatus::PrecheckFailed) {
        facts.extend(precheck_message(case));
    }
    if is_failing(case.status) || case.status == Some(&JobStatus::Retrying) {
        // A failed stage has a finding of its own with its message.
        let is_of_failed_stage = |of: MessageOf| {
            let is_of = |kind| of == MessageOf::Stage(kind);
            case.stages().iter().any(|stage| is_of(stage.kind) && stage.is(&StageStatus::Failed))
        };
        let own = case.messages().filter(|message| message.failing && !is_of_failed_stage(message.of));
        facts.extend(own.map(|message| message.fact()));
    }
    report.add(case.finding(code, severity, facts).at_least(verdict));
}

/// Retries that the answer reports of a job that runs by its status.
fn retries(case: &Case<'_>, report: &mut Report) {
    let runs = is_running(case.status) && case.status != Some(&JobStatus::Retrying);
    if !runs || !case.retries() {
        return;
    }
    let mut facts = vec![Fact::field([Field::RetryState, Field::Retrying], Some(true)), case.status_fact()];
    let own = case.messages().filter(|message| message.of == MessageOf::Retry);
    facts.extend(own.map(|message| message.fact()));
    report.add(case.finding(FindingCode::JobRetrying, Severity::Warning, facts).at_least(Verdict::Degraded));
}

/// The message of the precheck as a whole.
fn precheck_message(case: &Case<'_>) -> Option<Fact> {
    let text = case.job.precheck.as_ref()?.error_message.as_deref().filter(|text| !text.is_empty())?;
    Some(Fact::field([Field::PrecheckStatus, Field::ErrorMessage], Some(text)))
}

/// The stage that shows that a migration still copies.
fn copying_fact(case: &Case<'_>) -> Fact {
    let at_work = [&case.schema, &case.full]
        .into_iter()
        .find(|stage| stage.is(&StageStatus::Migrating) || stage.is(&StageStatus::Checking));
    at_work.unwrap_or(&case.incremental).status_fact()
}
