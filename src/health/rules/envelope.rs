//! The envelope: the time of observation, the result of the call, the job that the answer is about.

use chrono::TimeDelta;

use crate::field::Field;
use crate::health::catalog::{api_error, api_error_remedy, is_benign};
use crate::health::facts::case::{Answer, Case};
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::{ErrorKind, Failure, Fault, SyncJob};
use crate::path::Path;

/// Stops the report where the answer says nothing about the job.
pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    observation(case, report);
    match case.answer {
        Answer::Job | Answer::Model => judge_job(case, report),
        Answer::Fault(fault) => {
            call_failed(case, fault_facts(fault), Field::Code, fault.code.as_deref(), report);
        }
        Answer::Failure(failure) => undecodable(case, failure, report),
        Answer::Nothing => {
            let facts = vec![Fact::observed_at(case.context.observed_at)];
            stop(case.finding(FindingCode::NoAnswer, Severity::Warning, facts), report);
        }
    }
}

/// The codes of a job that does not exist.
const NOT_FOUND: [&str; 3] = ["Forbidden.InstanceNotFound", "InvalidJobId", "InstanceNotFound"];

/// The records that have a status, apart from the job itself.
const STAGES: [Field; 4] = [
    Field::PrecheckStatus,
    Field::StructureInitializationStatus,
    Field::DataInitializationStatus,
    Field::DataSynchronizationStatus,
];

/// The lowest HTTP status of a failed call.
const HTTP_FAILURE: u16 = 400;

fn observation(case: &Case<'_>, report: &mut Report) {
    let context = case.context;
    let age: TimeDelta = context.now.signed_duration_since(context.observed_at);
    let code = if age > case.policy.max_observation_age {
        FindingCode::ObservationStale
    } else if context.observed_at.signed_duration_since(context.now.min(context.not_after))
        > case.policy.clock_skew
    {
        FindingCode::ObservationInFuture
    } else {
        return;
    };
    let facts = vec![Fact::observed_at(context.observed_at)];
    report.add(case.finding(code, Severity::Warning, facts).at_least(Verdict::Unknown));
}

fn judge_job(case: &Case<'_>, report: &mut Report) {
    if has_failed(case) {
        let (field, code) = error_code(case.job).unwrap_or((Field::ErrCode, ""));
        call_failed(case, failure_facts(case), field, Some(code), report);
    } else if is_empty(case.job) {
        error_with_success(case, report);
        let stages = STAGES.map(|stage| Path::from([stage, Field::Status]));
        let paths = std::iter::once(Path::from(Field::Status)).chain(stages);
        let facts = paths.map(|path| Fact::field(path, None::<&str>)).collect();
        stop(case.finding(FindingCode::ResponseEmpty, Severity::Warning, facts), report);
    } else {
        error_with_success(case, report);
        which_job(case, report);
    }
}

/// True if the call failed, by `Success`, by an HTTP status, or by a code where there is nothing else.
fn has_failed(case: &Case<'_>) -> bool {
    case.job.success == Some(false)
        || case.http_status.is_some_and(|status| status >= HTTP_FAILURE)
        || case.job.success.is_none() && error_code(case.job).is_some() && is_empty(case.job)
}

/// The error code of a response and its field.
fn error_code(job: &SyncJob) -> Option<(Field, &str)> {
    [(Field::ErrCode, &job.err_code), (Field::Code, &job.code)]
        .into_iter()
        .filter_map(|(field, code)| Some((field, code.as_deref()?)))
        .find(|(_, code)| !is_benign(code))
}

fn failure_facts(case: &Case<'_>) -> Vec<Fact> {
    let job = case.job;
    let mut facts = Vec::new();
    facts.extend(
        job.success.filter(|success| !success).map(|success| Fact::field(Field::Success, Some(success))),
    );
    facts.extend(present(Field::ErrCode, job.err_code.as_deref()));
    facts.extend(present(Field::Code, job.code.as_deref()));
    let failed = case.http_status.filter(|status| *status >= HTTP_FAILURE);
    facts.extend(failed.map(|status| Fact::field(Field::HttpStatusCode, Some(status))));
    facts.extend(present(Field::ErrMessage, job.err_message.as_deref()));
    facts.extend(present(Field::DynamicMessage, job.dynamic_message.as_deref()));
    facts
}

fn fault_facts(fault: &Fault) -> Vec<Fact> {
    let mut facts = vec![Fact::field(Field::Code, fault.code.as_deref())];
    facts.extend(present(Field::Message, fault.message.as_deref()));
    facts
}

fn error_with_success(case: &Case<'_>, report: &mut Report) {
    let Some((field, code)) = error_code(case.job) else { return };
    let mut facts = vec![Fact::field(field, Some(code))];
    facts.extend(present(Field::ErrMessage, case.job.err_message.as_deref()));
    let finding = case.finding(FindingCode::ApiErrorWithSuccess, Severity::Warning, facts);
    let floor = case.job.status.is_none().then_some(Verdict::Unknown);
    report.add(finding.at_least(floor));
}

fn call_failed(case: &Case<'_>, facts: Vec<Fact>, field: Field, code: Option<&str>, report: &mut Report) {
    let finding = case.finding(FindingCode::ApiCallFailed, Severity::Warning, facts);
    let mut finding = finding.remedy(api_error_remedy(code, case.http_status));
    finding.subject = Some(api_error(code, case.http_status).to_string());
    stop(finding, report);
    if let Some(code) = code
        && NOT_FOUND.iter().any(|known| known.eq_ignore_ascii_case(code.trim()))
    {
        let facts = vec![Fact::field(field, Some(code))];
        stop(case.finding(FindingCode::JobNotFound, Severity::Critical, facts), report);
    }
}

fn undecodable(case: &Case<'_>, failure: &Failure, report: &mut Report) {
    // It may end with a sentence of the vendor.
    let message = failure.message.trim_end_matches('.');
    let sentence = match failure.position {
        Some(at) => format!("{message} at line {}, column {}", at.line, at.column),
        None => message.to_owned(),
    };
    let mut finding =
        case.finding(FindingCode::BodyUndecodable, Severity::Warning, vec![Fact::answer(&sentence)]);
    finding = match failure.kind {
        ErrorKind::OtherOperation => {
            finding.remedy("Check that the request calls DescribeSynchronizationJobStatus.")
        }
        ErrorKind::OwnModel => {
            finding.remedy("Pass the body that the API sent, not what this crate made of it.")
        }
        _ => finding,
    };
    finding.subject = Some(failure.kind.to_string());
    stop(finding, report);
}

/// The job and the direction of the answer against those that were asked for.
fn which_job(case: &Case<'_>, report: &mut Report) {
    let job = case.job;
    if let Some(requested) = case.context.job_id.as_deref()
        && case.is_of_other_job()
    {
        let mut facts = vec![Fact::field(Field::SynchronizationJobId, job.job_id.as_deref())];
        facts.extend(present(Field::TaskId, job.task_id.as_deref()));
        facts.push(Fact::requested_job(requested));
        stop(case.finding(FindingCode::JobMismatch, Severity::Warning, facts), report);
        return;
    }
    let of_caller = matches!(case.answer, Answer::Model) && case.context.job_id.is_some();
    if !of_caller && names(job).iter().all(|(_, name)| name.is_none()) {
        let facts = names(job).map(|(field, _)| Fact::field(field, None::<&str>)).into();
        stop(case.finding(FindingCode::JobUnnamed, Severity::Warning, facts), report);
        return;
    }
    if let Some(answered) = &job.direction
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

/// The fields that name a job. An empty one names nothing.
fn names(job: &SyncJob) -> [(Field, Option<&str>); 4] {
    [
        (Field::SynchronizationJobId, &job.job_id),
        (Field::SynchronizationJobName, &job.job_name),
        (Field::SynchronizationJobClass, &job.job_class),
        (Field::TaskId, &job.task_id),
    ]
    .map(|(field, name)| (field, name.as_deref().filter(|name| !name.trim().is_empty())))
}

/// Adds a finding after which nothing more can be said about the job.
fn stop(finding: Finding, report: &mut Report) {
    report.add(finding.at_least(Verdict::Unknown));
    report.stopped = true;
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
