//! The envelope: the time of observation, the result of the call, the presence of any content.

use chrono::TimeDelta;

use crate::field::Field;
use crate::health::context::Context;
use crate::health::facts::case::Case;
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::policy::Policy;
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::{Fault, SyncJob};
use crate::path::Path;

/// Stops the report where the response says nothing about the job.
pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    observation(case.context, case.policy, report);
    if case.job.success == Some(false) {
        failed(case, report);
        report.stopped = true;
        return;
    }
    error_with_success(case, report);
    if is_empty(case.job) {
        let stages = STAGES.map(|stage| Path::from([stage, Field::Status]));
        let paths = std::iter::once(Path::from(Field::Status)).chain(stages);
        let facts = paths.map(|path| Fact::field(path, None::<&str>)).collect();
        let finding = case.finding(FindingCode::ResponseEmpty, Severity::Warning, facts);
        report.add(finding.at_least(Verdict::Unknown));
        report.stopped = true;
        return;
    }
    if let Some(answered) = &case.job.direction
        && *answered != case.context.requested_direction
    {
        let facts = vec![
            Fact::field(Field::SynchronizationDirection, Some(answered)),
            Fact::requested(&case.context.requested_direction),
        ];
        let finding = case.finding(FindingCode::DirectionMismatch, Severity::Warning, facts);
        report.add(finding.at_least(Verdict::Unknown));
    }
}

/// Judges the gateway's error document: the call failed, and nothing is known about the job.
pub(super) fn judge_fault(fault: &Fault, context: &Context, policy: &Policy, report: &mut Report) {
    observation(context, policy, report);
    let mut facts = vec![Fact::field(Field::Code, fault.code.as_deref())];
    facts.extend(present(Field::Message, fault.message.as_deref()));
    call_failed(context, Field::Code, fault.code.as_deref(), facts, report);
    report.stopped = true;
}

/// The codes of a job that does not exist.
const NOT_FOUND: [&str; 3] = ["Forbidden.InstanceNotFound", "InvalidJobId", "InstanceNotFound"];

/// Values of an error code that mean no error.
const BENIGN: [&str; 5] = ["", "0", "200", "OK", "Success"];

/// The records that have a status, apart from the job itself.
const STAGES: [Field; 4] = [
    Field::PrecheckStatus,
    Field::StructureInitializationStatus,
    Field::DataInitializationStatus,
    Field::DataSynchronizationStatus,
];

fn observation(context: &Context, policy: &Policy, report: &mut Report) {
    let age: TimeDelta = context.now.signed_duration_since(context.observed_at);
    let code = if age > policy.max_observation_age {
        FindingCode::ObservationStale
    } else if context.observed_at.signed_duration_since(context.now) > policy.clock_skew {
        FindingCode::ObservationInFuture
    } else {
        return;
    };
    let facts = vec![Fact::observed_at(context.observed_at)];
    report.add(Finding::new(code, Severity::Warning, context.scope(), facts).at_least(Verdict::Unknown));
}

/// An answer with `Success` false.
fn failed(case: &Case<'_>, report: &mut Report) {
    let job = case.job;
    let mut facts = vec![Fact::field(Field::Success, Some(false))];
    facts.extend(present(Field::ErrCode, job.err_code.as_deref()));
    facts.extend(present(Field::ErrMessage, job.err_message.as_deref()));
    facts.extend(present(Field::DynamicMessage, job.dynamic_message.as_deref()));
    call_failed(case.context, Field::ErrCode, job.err_code.as_deref(), facts, report);
}

fn error_with_success(case: &Case<'_>, report: &mut Report) {
    let Some(code) = case.job.err_code.as_deref().filter(|code| !is_benign(code)) else { return };
    let mut facts = vec![Fact::field(Field::ErrCode, Some(code))];
    facts.extend(present(Field::ErrMessage, case.job.err_message.as_deref()));
    let finding = case.finding(FindingCode::ApiErrorWithSuccess, Severity::Warning, facts);
    let floor = case.job.status.is_none().then_some(Verdict::Unknown);
    report.add(finding.at_least(floor));
}

fn call_failed(
    context: &Context,
    code_field: Field,
    code: Option<&str>,
    facts: Vec<Fact>,
    report: &mut Report,
) {
    let finding = |code, severity, facts| {
        Finding::new(code, severity, context.scope(), facts).at_least(Verdict::Unknown)
    };
    report.add(finding(FindingCode::ApiCallFailed, Severity::Warning, facts));
    if let Some(code) = code
        && NOT_FOUND.iter().any(|known| known.eq_ignore_ascii_case(code))
    {
        let facts = vec![Fact::field(code_field, Some(code))];
        report.add(finding(FindingCode::JobNotFound, Severity::Critical, facts));
    }
}

fn is_benign(code: &str) -> bool {
    BENIGN.iter().any(|known| known.eq_ignore_ascii_case(code))
}

fn is_empty(job: &SyncJob) -> bool {
    job.status.is_none()
        && job.precheck.as_ref().is_none_or(|precheck| precheck.status.is_none())
        && job.stages().iter().all(|stage| stage.status.is_none())
}

/// A field as a fact, if it has a text.
fn present(field: Field, text: Option<&str>) -> Option<Fact> {
    text.filter(|text| !text.is_empty()).map(|text| Fact::field(field, Some(text)))
}
