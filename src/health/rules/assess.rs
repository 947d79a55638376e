//! Judges one poll by itself: [`assess`], [`assess_outcome`], [`assess_each`].

use super::{billing, envelope, lag, losses, messages, precheck, stages, status, windows};
use crate::health::assessment::Assessment;
use crate::health::context::Context;
use crate::health::facts::case::Case;
use crate::health::facts::phases::Phases;
use crate::health::facts::snapshot::{Signs, Snapshot};
use crate::health::identity::Identity;
use crate::health::policy::Policy;
use crate::health::report::Report;
use crate::model::{Outcome, SyncJob};

/// The rules in the order in which they apply. The envelope may stop those after it.
const RULES: [fn(&Case<'_>, &mut Report); 9] = [
    losses::judge,
    envelope::judge,
    status::judge,
    stages::judge,
    precheck::judge,
    lag::judge,
    messages::judge,
    windows::judge,
    billing::judge,
];

/// Judges a job that the caller made or changed. An answer of the API is judged by [`assess_outcome`], which also
/// knows what decoding could not use of it.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::health::{Context, Policy, Verdict, assess};
/// use chrono::{DateTime, Utc};
///
/// let now = "2021-01-14T09:22:30Z".parse::<DateTime<Utc>>()?;
/// let assessment = assess(&SyncJob::sample(), &Context::at(now), &Policy::default());
/// assert_eq!(assessment.verdict(), Verdict::Healthy);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn assess(job: &SyncJob, context: &Context, policy: &Policy) -> Assessment {
    let mut assessment = assess_unfinished(job, context, policy);
    assessment.finish(policy);
    assessment
}

/// Judges what came of a poll: a response with what decoding could not use of it, a body that could not be decoded, or
/// no answer.
///
/// ```
/// use aliyun_dts_status::decode;
/// use aliyun_dts_status::health::{Context, FindingCode, Policy, Verdict, assess_outcome};
/// use aliyun_dts_status::model::Outcome;
/// use chrono::{DateTime, Utc};
///
/// let now = "2021-01-14T09:22:30Z".parse::<DateTime<Utc>>()?;
/// let context = Context::at(now).job_id("dtsexjk1alb116wxyz".to_owned());
/// let outcome = match decode(b"<html>Bad gateway</html>") {
///     Ok(decoded) => Outcome::from(decoded),
///     Err(error) => Outcome::from(&error),
/// };
/// let assessment = assess_outcome(&outcome, &context, &Policy::default());
/// assert_eq!(assessment.verdict(), Verdict::Unknown);
/// assert_eq!(assessment.reason(), Some(FindingCode::BodyUndecodable));
/// assert_eq!(assessment.job_id(), Some("dtsexjk1alb116wxyz"));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn assess_outcome(outcome: &Outcome<'_>, context: &Context, policy: &Policy) -> Assessment {
    let mut assessment = assess_outcome_unfinished(outcome, context, policy);
    assessment.finish(policy);
    assessment
}

/// Judges what came of a poll, with one assessment for each job and direction of the answer.
///
/// ```
/// use aliyun_dts_status::health::{Context, Policy, assess_each};
/// use aliyun_dts_status::model::Outcome;
/// use aliyun_dts_status::{Response, SyncJob};
///
/// let context = Context::at("2021-01-14T09:22:30Z".parse()?);
/// let outcome = Outcome::response(Response::from(SyncJob::sample()));
/// assert_eq!(assess_each(&outcome, &context, &Policy::default()).len(), 1);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn assess_each(outcome: &Outcome<'_>, context: &Context, policy: &Policy) -> Vec<Assessment> {
    vec![assess_outcome(outcome, context, policy)]
}

/// As [`assess`], without the exceptions for the exit status, which come last.
pub(in crate::health) fn assess_unfinished(job: &SyncJob, context: &Context, policy: &Policy) -> Assessment {
    judge(&Case::of_model(job, context, policy))
}

/// As [`assess_outcome`], without the exceptions for the exit status, which come last.
pub(in crate::health) fn assess_outcome_unfinished(
    outcome: &Outcome<'_>,
    context: &Context,
    policy: &Policy,
) -> Assessment {
    judge(&Case::of_outcome(outcome, &SyncJob::default(), context, policy))
}

fn judge(case: &Case<'_>) -> Assessment {
    let mut report = Report::default();
    for rule in RULES {
        rule(case, &mut report);
        if report.stopped {
            break;
        }
    }
    let read = if report.stopped {
        let nothing = Snapshot::empty(case.context.observed_at);
        (Snapshot { status: case.status.cloned(), ..nothing }, Signs::default())
    } else {
        (Snapshot::of(case), Signs::of(case))
    };
    let comparable = !report.stopped;
    let identity = Identity::of(case.job, case.job_id());
    let mut assessment =
        Assessment::new(report, case.context.scope(), identity, read, comparable, case.context.now);
    if comparable {
        assessment.judged = assessment.judged.and(Phases::of(case));
    }
    assessment
}
