//! One row of one of the library's tables: [`Entry`].

use aliyun_dts_status::health::catalog::{self, ApiErrorClass, DatabaseText, ErrorGuide, PrecheckGuide};
use aliyun_dts_status::health::{
    Assessment, Context, DeadlineKind, FindingCode, Policy, PolicyField, Verdict, assess,
};
use aliyun_dts_status::model::{JobKind, JobStatus, StageStatus};
use aliyun_dts_status::{ErrorKind, Operation, QuirkKind, Rule, SyncJob};
use chrono::{DateTime, TimeDelta};

use super::explanation::Explanation;
use super::section::section;
use super::weight::weight;
use super::words::{of_deadline, of_error_kind, of_operation, of_stage_status, of_verdict};

/// One row of one of the library's tables.
#[derive(PartialEq)]
pub(super) enum Entry {
    Verdict(Verdict),
    Finding(FindingCode),
    Status(&'static JobStatus),
    StageStatus(&'static StageStatus),
    Threshold(&'static PolicyField),
    Deadline(DeadlineKind),
    Operation(Operation),
    Quirk(QuirkKind),
    Violation(Rule),
    ErrorKind(ErrorKind),
    Precheck(&'static PrecheckGuide),
    Error(&'static ErrorGuide),
    DatabaseText(&'static DatabaseText),
    /// An error code of the API, which may be any that the library has a class for.
    ApiError(String),
    ApiErrorClass(ApiErrorClass),
}

impl Entry {
    /// Every row, table by table.
    pub(super) fn all() -> impl Iterator<Item = Entry> {
        let health = Verdict::ALL.iter().copied().map(Entry::Verdict);
        let health = health.chain(FindingCode::ALL.iter().copied().map(Entry::Finding));
        let health = health.chain(JobStatus::KNOWN.iter().map(Entry::Status));
        let health = health.chain(StageStatus::KNOWN.iter().map(Entry::StageStatus));
        let health = health.chain(Policy::FIELDS.iter().map(Entry::Threshold));
        let health = health.chain(DeadlineKind::ALL.iter().copied().map(Entry::Deadline));
        let body = Operation::ALL.iter().copied().map(Entry::Operation);
        let body = body.chain(QuirkKind::ALL.iter().copied().map(Entry::Quirk));
        let body = body.chain(Rule::ALL.iter().copied().map(Entry::Violation));
        let body = body.chain(ErrorKind::ALL.iter().copied().map(Entry::ErrorKind));
        let vendor = catalog::PRECHECK_ITEMS.iter().map(Entry::Precheck);
        let vendor = vendor.chain(catalog::error_guides().map(Entry::Error));
        let vendor = vendor.chain(catalog::DATABASE_TEXTS.iter().map(Entry::DatabaseText));
        let api_errors = catalog::API_ERROR_CODES.iter().map(|code| Entry::ApiError((*code).to_owned()));
        let vendor = vendor.chain(api_errors);
        let vendor = vendor.chain(ApiErrorClass::ALL.iter().copied().map(Entry::ApiErrorClass));
        health.chain(body).chain(vendor)
    }

    /// The heading of its table in the list.
    pub(super) fn table(&self) -> &'static str {
        self.labels().0
    }

    pub(super) fn name(&self) -> String {
        match self {
            Entry::Verdict(verdict) => verdict.to_string(),
            Entry::Finding(code) => code.to_string(),
            Entry::Status(status) => status.to_string(),
            Entry::StageStatus(status) => status.to_string(),
            Entry::Threshold(field) => field.key(),
            Entry::Deadline(kind) => kind.to_string(),
            Entry::Operation(operation) => operation.to_string(),
            Entry::Quirk(kind) => kind.to_string(),
            Entry::Violation(rule) => rule.to_string(),
            Entry::ErrorKind(kind) => kind.to_string(),
            Entry::Precheck(guide) => guide.name.to_string(),
            Entry::Error(guide) => guide.code.to_owned(),
            Entry::DatabaseText(text) => text.pattern.to_owned(),
            Entry::ApiError(code) => code.clone(),
            Entry::ApiErrorClass(class) => class.to_string(),
        }
    }

    /// The meaning, for a list in which it is all that is shown.
    pub(super) fn meaning_in_list(&self) -> String {
        match self {
            Entry::Error(guide) => sentence(&guide.meaning()),
            _ => self.meaning(),
        }
    }

    /// The full explanation.
    pub(super) fn explanation(&self) -> Explanation {
        Explanation {
            name: self.name(),
            kind: self.labels().1,
            meaning: self.meaning(),
            details: self.details(),
        }
    }

    fn meaning(&self) -> String {
        match self {
            Entry::Verdict(verdict) => of_verdict(*verdict).to_owned(),
            Entry::Finding(code) => format!("{}.", code.sentence()),
            Entry::Status(status) => match alone(status, None).reason() {
                Some(code) => format!("{}.", code.sentence()),
                None => "The job runs.".to_owned(),
            },
            Entry::StageStatus(status) => of_stage_status(status).to_owned(),
            Entry::Threshold(field) => field.sentence.to_owned(),
            Entry::Deadline(kind) => of_deadline(*kind).to_owned(),
            Entry::Operation(operation) => of_operation(*operation).to_owned(),
            Entry::Quirk(kind) => kind.meaning().to_owned(),
            Entry::Violation(rule) => rule.sentence().to_owned(),
            Entry::ErrorKind(kind) => of_error_kind(*kind).to_owned(),
            Entry::Precheck(guide) => format!("Checks {}.", guide.checks),
            Entry::Error(guide) => sentence(guide.class.meaning),
            Entry::DatabaseText(text) => sentence(text.class.meaning),
            Entry::ApiError(code) => format!(
                "The API call failed; the class of the error is {}.",
                catalog::api_error(Some(code), None)
            ),
            Entry::ApiErrorClass(class) => {
                let retry = if class.is_retryable() { "may succeed later" } else { "fails again" };
                format!("The same call {retry}.")
            }
        }
    }

    /// What an entry is: the heading of its table in the list, and its words for one.
    fn labels(&self) -> (&'static str, &'static str) {
        match self {
            Entry::Verdict(_) => ("Verdicts", "a verdict"),
            Entry::Finding(_) => ("Findings", "a finding"),
            Entry::Status(_) => ("Statuses of a job", "a status of a job"),
            Entry::StageStatus(_) => ("Statuses of a stage", "a status of a stage"),
            Entry::Threshold(_) => ("Thresholds", "a threshold"),
            Entry::Deadline(_) => ("Deadlines", "a deadline"),
            Entry::Operation(_) => ("Operations", "an operation of the API, whose answers are read"),
            Entry::Quirk(_) => ("Quirks", "a quirk: a departure from the documented form"),
            Entry::Violation(_) => {
                ("Violations", "a violation: this rule of the published contract is broken")
            }
            Entry::ErrorKind(_) => ("Kinds of error", "a kind of error: the body can't be decoded"),
            Entry::Precheck(_) => ("Precheck items", "an item of the precheck"),
            Entry::Error(_) => ("DTS error codes", "an error of DTS"),
            Entry::DatabaseText(_) => ("Error texts of databases", "an error text of a database"),
            Entry::ApiError(_) => ("API error codes", "an error of the API"),
            Entry::ApiErrorClass(_) => ("Classes of API errors", "a class of API errors"),
        }
    }

    fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Entry::Verdict(verdict) => vec![("Exit", verdict.exit_code().to_string())],
            Entry::Finding(code) => finding(*code),
            Entry::Status(status) => {
                let (assessment, migration) = (alone(status, None), alone(status, Some(JobKind::Migration)));
                let mut verdict = with_reason(&assessment);
                if with_reason(&migration) != verdict {
                    verdict += &format!("; of a migration {}", with_reason(&migration));
                    // The stages of a migration decide it.
                    verdict += if **status == JobStatus::Migrating { " while it copies" } else { "" };
                }
                let mut details = vec![("Verdict", verdict)];
                details.extend(assessment.reason().map(|code| ("Remedy", code.remedy().to_owned())));
                details
            }
            Entry::Threshold(field) => {
                let mut details = vec![
                    ("Default", field.default.to_string()),
                    ("Values", field.expected()),
                    ("Option", format!("check --{}", field.key())),
                ];
                details.extend(section(field.name).map(|section| ("Rules", section)));
                details
            }
            Entry::Operation(operation) => {
                let answer = if operation.is_page() { "a page of jobs" } else { "one job" };
                vec![("Answer", answer.to_owned())]
            }
            Entry::Quirk(kind) => {
                let kept = "nothing is lost";
                let lost = "the value is in the quirk, not in the model";
                vec![("Loss", if kind.loses_value() { lost } else { kept }.to_owned())]
            }
            Entry::Violation(rule) => vec![("Source", rule.source().to_owned())],
            Entry::ErrorKind(kind) => {
                let later = "another call may bring a body that can be decoded";
                let again = "another call brings the same";
                vec![("Retry", if kind.is_retryable() { later } else { again }.to_owned())]
            }
            Entry::Precheck(guide) => {
                let waiver = if guide.may_be_waived { "it may be waived" } else { "it must pass" };
                let mut details = vec![("Waiver", waiver.to_owned()), ("Remedy", guide.remedy.to_owned())];
                details.extend(guide.console_name.map(|name| ("Console", name.to_owned())));
                details
            }
            Entry::Error(guide) => {
                vec![("Fact", guide.fact.to_owned()), ("Remedy", guide.class.remedy.to_owned())]
            }
            Entry::ApiError(code) => {
                let class = catalog::api_error(Some(code), None);
                let retry = if class.is_retryable() { "may succeed later" } else { "fails again" };
                let remedy = catalog::api_error_remedy(Some(code), None);
                vec![("Retry", format!("the same call {retry}")), ("Remedy", remedy.to_owned())]
            }
            Entry::DatabaseText(text) => vec![("Remedy", text.class.remedy.to_owned())],
            Entry::ApiErrorClass(class) => vec![("Remedy", class.remedy().to_owned())],
            Entry::StageStatus(_) | Entry::Deadline(_) => Vec::new(),
        }
    }
}

fn finding(code: FindingCode) -> Vec<(&'static str, String)> {
    let mut details = vec![("Phase", code.phase().to_string())];
    if let Some(weight) = weight(code) {
        details.push(("Severity", weight.severity.to_owned()));
        details.push(("Floor", weight.floor.to_owned()));
        let fields = Policy::FIELDS.iter().filter(|field| weight.thresholds.contains(&field.name));
        let options = fields.map(|field| format!("--{} (default {})", field.key(), field.default));
        let options = options.collect::<Vec<_>>().join(", ");
        details.extend((!options.is_empty()).then_some(("Option", options)));
    }
    details.push(("Remedy", code.remedy().to_owned()));
    details.extend(section(code.as_str()).map(|section| ("Rules", section)));
    details
}

/// Part of a sentence as a whole one.
pub(super) fn sentence(part: &str) -> String {
    let mut characters = part.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).chain(['.']).collect()
}

/// `Failed, JOB_FAILED`
fn with_reason(assessment: &Assessment) -> String {
    let reason = assessment.reason().map_or_else(String::new, |code| format!(", {code}"));
    format!("{}{reason}", assessment.verdict())
}

/// The assessment of a job of which nothing but this status and the kind matters.
fn alone(status: &JobStatus, kind: Option<JobKind>) -> Assessment {
    let mut job = SyncJob::default();
    job.kind = kind;
    job.job_id = Some("job".to_owned());
    job.status = Some(status.clone());
    job.delay = Some(TimeDelta::zero());
    assess(&job, &Context::at(DateTime::UNIX_EPOCH), &Policy::default())
}
