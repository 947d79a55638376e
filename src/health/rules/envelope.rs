//! The envelope: the time of observation, the result of the call, the job that the answer is about.

use chrono::TimeDelta;

use crate::excerpt::cut;
use crate::field::Field;
use crate::health::catalog::{api_error, api_error_remedy, is_benign};
use crate::health::facts::answers::{has_job_name, has_precheck, has_stage, has_task};
use crate::health::facts::case::{Answer, Case, is_blank};
use crate::health::facts::page::Unnamed;
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::{ErrorKind, Failure, Fault, Operation, Page, StageKind, SyncJob};
use crate::path::Path;

/// Stops the report where the answer says nothing about the job.
pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    observation(case, report);
    match case.answer {
        Answer::Job | Answer::Model => judge_job(case, report),
        Answer::Page(page, why) => judge_page(case, page, why, report),
        Answer::Fault(fault) => {
            call_failed(case, fault_facts(fault), Field::Code, fault.code.as_deref(), report);
        }
        Answer::Failure(failure) => {
            // A refused call often has a web page, or no body at all.
            if has_failed(case) {
                call_has_failed(case, report);
            }
            undecodable(case, failure, report);
        }
        Answer::Nothing => {
            let facts = vec![Fact::observed_at(case.context.observed_at)];
            stop(case.finding(FindingCode::NoAnswer, Severity::Warning, facts), report);
        }
    }
}

/// The codes of a job that does not exist.
const NOT_FOUND: [&str; 3] = ["Forbidden.InstanceNotFound", "InvalidJobId", "InstanceNotFound"];

/// The lowest HTTP status of a failed call.
const HTTP_FAILURE: i64 = 400;

fn observation(case: &Case<'_>, report: &mut Report) {
    let context = case.context;
    let after_now = context.observed_at.signed_duration_since(context.now);
    let ahead = || match context.now <= context.not_after {
        true => after_now,
        false => context.observed_at.signed_duration_since(context.not_after),
    };
    let code = if after_now.min(TimeDelta::zero()).abs() > case.policy.max_observation_age {
        FindingCode::ObservationStale
    } else if ahead() > case.policy.clock_skew {
        FindingCode::ObservationInFuture
    } else {
        return;
    };
    let facts = vec![Fact::observed_at(context.observed_at)];
    report.add(case.finding(code, Severity::Warning, facts).at_least(Verdict::Unknown));
}

fn judge_job(case: &Case<'_>, report: &mut Report) {
    if has_failed(case) {
        call_has_failed(case, report);
    } else if is_empty(case.job) {
        error_with_success(case, report);
        let facts = statuses(case.operation()).map(|path| Fact::field(path, None::<&str>)).collect();
        stop(case.finding(FindingCode::ResponseEmpty, Severity::Warning, facts), report);
    } else {
        error_with_success(case, report);
        which_job(case, report);
    }
}

/// A page of which no job is judged.
fn judge_page(case: &Case<'_>, page: &Page, why: Unnamed, report: &mut Report) {
    if has_failed(case) {
        call_has_failed(case, report);
        return;
    }
    error_with_success(case, report);
    let (sentence, remedy) = match why {
        Unnamed::NotAsked => (
            "The answer is a page of jobs, and none of them was asked for",
            "Ask for one of its jobs, or judge each of them.",
        ),
        Unnamed::NotOnPage => (
            "The page does not have the job that was asked for",
            "Look on the other pages, and check the job id, the region and the kind of job of the request.",
        ),
        Unnamed::Ambiguous => (
            "Several jobs of the page may be the one that was asked for",
            "Ask for the whole job id, and for one direction.",
        ),
        Unnamed::Unreadable => (
            "An item of the page cannot be read, so the state of its job is unknown",
            "Look at the body at the place of the value that was lost; its form may be new.",
        ),
    };
    let is_asked = !matches!(why, Unnamed::NotAsked | Unnamed::Unreadable);
    let requested = case.context.job_id.as_deref().filter(|_| is_asked);
    let facts = requested.map(Fact::requested_job).into_iter().chain([Fact::jobs(page.jobs.len())]);
    let finding = case.finding(FindingCode::JobUnnamed, Severity::Warning, facts.collect());
    stop(finding.sentence(sentence).with_remedy(remedy), report);
}

/// Returns true if the call failed, by `Success`, by an HTTP status, or by a code where there is nothing else.
pub(super) fn has_failed(case: &Case<'_>) -> bool {
    let says_nothing = || match case.answer {
        Answer::Page(page, _) => page.jobs.iter().all(has_no_status),
        _ => has_no_status(case.job),
    };
    case.call.success == Some(false)
        || case.http_status.is_some_and(|status| status >= HTTP_FAILURE)
        || case.call.success.is_none() && error_code(case.call).is_some() && says_nothing()
}

fn call_has_failed(case: &Case<'_>, report: &mut Report) {
    let (field, code) = error_code(case.call).unwrap_or((Field::ErrCode, ""));
    call_failed(case, failure_facts(case), field, Some(code), report);
}

/// The error code of a response and its field.
fn error_code(job: &SyncJob) -> Option<(Field, &str)> {
    [(Field::ErrCode, &job.err_code), (Field::Code, &job.code)]
        .into_iter()
        .filter_map(|(field, code)| Some((field, code.as_deref()?)))
        .find(|(_, code)| !is_benign(code))
}

fn failure_facts(case: &Case<'_>) -> Vec<Fact> {
    let job = case.call;
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
    let Some((field, code)) = error_code(case.call) else { return };
    // Each job of a page has this finding, so the texts of the page are not repeated in full.
    let facts = if case.is_of_page() {
        vec![Fact::field(field, Some(cut(code)))]
    } else {
        let message = present(Field::ErrMessage, case.call.err_message.as_deref());
        std::iter::once(Fact::field(field, Some(code))).chain(message).collect()
    };
    let finding = case.finding(FindingCode::ApiErrorWithSuccess, Severity::Warning, facts);
    let floor = says_no_status(case).then_some(Verdict::Unknown);
    report.add(finding.at_least(floor));
}

fn call_failed(case: &Case<'_>, facts: Vec<Fact>, field: Field, code: Option<&str>, report: &mut Report) {
    let http_status = case.http_status.and_then(|status| u16::try_from(status).ok());
    let finding = case.finding(FindingCode::ApiCallFailed, Severity::Warning, facts);
    let mut finding = finding.with_remedy(api_error_remedy(code, http_status));
    finding.subject = Some(api_error(code, http_status).to_string());
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
            finding.with_remedy("Check which operation the request calls, and read the answer as that one.")
        }
        ErrorKind::OwnModel => {
            finding.with_remedy("Pass the body that the API sent, not what this crate made of it.")
        }
        ErrorKind::UnknownFormat => finding.with_remedy(
            "Read the answer: an error text, such as that of the vendor's command line, names its cause.",
        ),
        kind if kind.is_retryable() => finding,
        _ => finding.with_remedy(
            "Look at the answer at this place, and at what wrote it, such as the poller or a proxy.",
        ),
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
    if !of_caller && names(job).iter().all(|(_, name)| name.is_none_or(is_blank)) {
        let operation = case.operation();
        let has = |field: &Field| match field {
            Field::SynchronizationJobName | Field::SynchronizationJobClass => has_job_name(operation),
            Field::TaskId => has_task(operation),
            _ => true,
        };
        let fields = names(job).into_iter().map(|(field, _)| field).filter(has);
        let facts = fields.map(|field| Fact::field(field, None::<&str>)).collect();
        let mut finding = case.finding(FindingCode::JobUnnamed, Severity::Warning, facts);
        if operation != Operation::default() {
            finding = finding
                .with_remedy("Check which operation the request calls, and read the answer as that one.");
        }
        stop(finding, report);
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

/// The fields that name a job.
fn names(job: &SyncJob) -> [(Field, Option<&str>); 4] {
    [
        (Field::SynchronizationJobId, job.job_id.as_deref()),
        (Field::SynchronizationJobName, job.job_name.as_deref()),
        (Field::SynchronizationJobClass, job.job_class.as_deref()),
        (Field::TaskId, job.task_id.as_deref()),
    ]
}

/// Adds a finding after which nothing more can be said about the job.
fn stop(finding: Finding, report: &mut Report) {
    report.add(finding.at_least(Verdict::Unknown));
    report.stopped = true;
}

/// The places of the statuses that answers of an operation have.
fn statuses(operation: Operation) -> impl Iterator<Item = Path> {
    let precheck = has_precheck(operation).then_some(Field::PrecheckStatus);
    let stages = StageKind::ALL.iter().filter(move |stage| has_stage(operation, **stage));
    let records = precheck.into_iter().chain(stages.map(|stage| stage.record()));
    std::iter::once(Path::from(Field::Status)).chain(records.map(|record| [record, Field::Status].into()))
}

/// Returns true if no job of the answer has a status.
fn says_no_status(case: &Case<'_>) -> bool {
    match case.answer {
        Answer::Page(page, _) => page.jobs.iter().all(|job| job.status.is_none()),
        _ => case.job.status.is_none(),
    }
}

fn is_empty(job: &SyncJob) -> bool {
    has_no_status(job) && job.precheck.as_ref().is_none_or(|precheck| precheck.status.is_none())
}

/// Returns true if neither the job nor one of its stages has a status.
fn has_no_status(job: &SyncJob) -> bool {
    job.status.is_none() && job.stages().iter().all(|stage| stage.status.is_none())
}

/// A field as a fact, if it has a text.
fn present(field: Field, text: Option<&str>) -> Option<Fact> {
    text.filter(|text| !text.is_empty()).map(|text| Fact::field(field, Some(text)))
}
