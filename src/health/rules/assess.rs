//! Judges one response by itself: [`assess`].

use super::{billing, envelope, lag, messages, precheck, stages, status, windows};
use crate::health::assessment::Assessment;
use crate::health::context::Context;
use crate::health::facts::case::Case;
use crate::health::facts::snapshot::Snapshot;
use crate::health::identity::Identity;
use crate::health::policy::Policy;
use crate::health::report::Report;
use crate::model::{Fault, Response, SyncJob};

/// The rules in the order in which they apply. The envelope comes first, since it may stop the others.
const RULES: [fn(&Case<'_>, &mut Report); 8] = [
    envelope::judge,
    status::judge,
    stages::judge,
    precheck::judge,
    lag::judge,
    messages::judge,
    windows::judge,
    billing::judge,
];

/// Judges one response about a job.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::health::{Context, Policy, Verdict, assess};
/// use chrono::DateTime;
///
/// let now = DateTime::from_timestamp(1_610_616_150, 0).unwrap();
/// let assessment = assess(&SyncJob::sample(), &Context::at(now), &Policy::default());
/// assert_eq!(assessment.verdict(), Verdict::Healthy);
/// ```
#[must_use]
pub fn assess(job: &SyncJob, context: &Context, policy: &Policy) -> Assessment {
    let case = Case::new(job, context, policy);
    let mut report = Report::default();
    for rule in RULES {
        rule(&case, &mut report);
        if report.stopped {
            break;
        }
    }
    let snapshot = if report.stopped {
        Snapshot { status: job.status.clone(), ..Snapshot::empty(context.observed_at) }
    } else {
        Snapshot::of(&case)
    };
    let comparable = !report.stopped;
    Assessment::new(report, context.scope(), Identity::of(job), snapshot, comparable)
}

/// Judges the gateway's error document: the call failed, so nothing is known about the job.
#[must_use]
pub fn assess_fault(fault: &Fault, context: &Context, policy: &Policy) -> Assessment {
    let mut report = Report::default();
    envelope::judge_fault(fault, context, policy, &mut report);
    let snapshot = Snapshot::empty(context.observed_at);
    Assessment::new(report, context.scope(), Identity::default(), snapshot, false)
}

/// Judges a response of either kind.
#[must_use]
pub fn assess_response(response: &Response, context: &Context, policy: &Policy) -> Assessment {
    match response {
        Response::Job(job) => assess(job, context, policy),
        Response::Fault(fault) => assess_fault(fault, context, policy),
    }
}
