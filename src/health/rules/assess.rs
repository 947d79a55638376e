//! Judges one poll by itself: [`assess`], [`assess_outcome`], [`assess_each`].

use super::{billing, envelope, lag, losses, messages, precheck, stages, status, windows};
use crate::health::assessment::Assessment;
use crate::health::context::Context;
use crate::health::facts::case::Case;
use crate::health::facts::losses::is_deciding;
use crate::health::facts::page::{Unnamed, asked_for, item_context};
use crate::health::facts::phases::Phases;
use crate::health::facts::snapshot::{Signs, Snapshot};
use crate::health::identity::Identity;
use crate::health::policy::Policy;
use crate::health::report::Report;
use crate::model::{Outcome, Page, Response, SyncJob};

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
/// no answer. Of a page it judges the job and direction that the context names; without one the answer is `JOB_UNNAMED`,
/// and [`assess_each`] judges all of them.
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

/// Judges what came of a poll, with one assessment for each job and direction of the answer, in the order of the answer.
///
/// Only a page has several. Each of its jobs is judged in its own direction; [`Context::job_id`] and [`Context::since`] do
/// not count, and what decoding lost counts for the jobs that it is about. Items that cannot be read have one assessment
/// of their own, the last one. A page whose call failed has one assessment, and a page without jobs none. [`join_directions`](super::super::join_directions()) joins the two directions of a job,
/// and [`fleet`](super::super::fleet()) all of them, which is `NO_JOBS` without any.
///
/// ```
/// use aliyun_dts_status::health::{Context, Policy, Verdict, assess_each, fleet, join_directions};
/// use aliyun_dts_status::model::Outcome;
/// use aliyun_dts_status::{Operation, Page, Response, SyncJob};
/// use chrono::DateTime;
///
/// let mut page = Page::new(Operation::DescribeSynchronizationJobs);
/// page.jobs = vec![SyncJob::sample(), SyncJob::sample()];
/// page.jobs[1].job_id = Some("dtskfq1149w254wxyz".to_owned());
/// let context = Context::at(DateTime::from_timestamp(1_610_616_150, 0).unwrap());
/// let each = assess_each(&Outcome::response(Response::from(page)), &context, &Policy::default());
/// assert_eq!(each.len(), 2);
/// assert_eq!(fleet(&join_directions(each)).verdict(), Verdict::Healthy);
/// ```
#[must_use]
pub fn assess_each(outcome: &Outcome<'_>, context: &Context, policy: &Policy) -> Vec<Assessment> {
    let Some(Response::Page(page)) = outcome.response.as_deref() else {
        return vec![assess_outcome(outcome, context, policy)];
    };
    let mut each = match judge_whole(outcome, page, context, policy) {
        Some(whole) => vec![whole],
        None => assess_items(outcome, page, context, policy),
    };
    each.extend(judge_unreadable(outcome, page, context, policy));
    for assessment in &mut each {
        assessment.finish(policy);
    }
    each
}

/// The assessment of a page whose call failed, or that has no job and lost a deciding value; `None` for any other.
pub(in crate::health) fn judge_whole(
    outcome: &Outcome<'_>,
    page: &Page,
    context: &Context,
    policy: &Policy,
) -> Option<Assessment> {
    let call = page.call();
    let case = Case::of_page(outcome, (page, &call), Err(Unnamed::NotAsked), context, policy);
    let has_lost =
        || case.losses.omitted > 0 || case.losses.iter().any(|loss| is_deciding(&loss.path, false));
    (envelope::has_failed(&case) || page.jobs.is_empty() && has_lost()).then(|| judge(&case))
}

/// The assessment of the items of a page that cannot be read; `None` if there are none.
pub(in crate::health) fn judge_unreadable(
    outcome: &Outcome<'_>,
    page: &Page,
    context: &Context,
    policy: &Policy,
) -> Option<Assessment> {
    let call = page.call();
    let case = Case::of_page(outcome, (page, &call), Err(Unnamed::Unreadable), context, policy);
    case.losses.iter().any(|loss| is_deciding(&loss.path, false)).then(|| judge(&case))
}

/// One job of a page.
pub(in crate::health) struct Item<'a> {
    pub(in crate::health) outcome: &'a Outcome<'a>,
    pub(in crate::health) page: &'a Page,
    /// The values of the page itself.
    pub(in crate::health) call: &'a SyncJob,
    pub(in crate::health) index: usize,
}

/// As [`assess_outcome_unfinished`], of one job of a page.
pub(in crate::health) fn assess_item_unfinished(
    item: &Item<'_>,
    context: &Context,
    policy: &Policy,
) -> Assessment {
    judge(&Case::of_page(item.outcome, (item.page, item.call), Ok(item.index), context, policy))
}

fn assess_items(outcome: &Outcome<'_>, page: &Page, context: &Context, policy: &Policy) -> Vec<Assessment> {
    let call = page.call();
    let assess = |(index, job)| {
        let context = item_context(job, context);
        judge(&Case::of_page(outcome, (page, &call), Ok(index), &context, policy))
    };
    page.jobs.iter().enumerate().map(assess).collect()
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
    match outcome.response.as_deref() {
        Some(Response::Page(page)) => {
            let index = asked_for(page, context);
            judge(&Case::of_page(outcome, (page, &page.call()), index, context, policy))
        }
        _ => judge(&Case::of_outcome(outcome, &SyncJob::default(), context, policy)),
    }
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
        (Snapshot { status: case.status.cloned(), ..nothing }, Signs::of_stopped(case))
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
