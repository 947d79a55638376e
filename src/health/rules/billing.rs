//! The subscription: when it ends, and what its end does to the job.

use chrono::TimeDelta;

use super::case::Case;
use super::lag::Measured;
use crate::field::Field;
use crate::health::assessment::{Deadline, DeadlineKind};
use crate::health::finding::{Evidence, Finding, FindingCode, Severity};
use crate::health::standing::{is_before_start, is_running};
use crate::health::verdict::Verdict;
use crate::model::{JobStatus, PayType, spelling};

pub(super) fn judge(
    case: &Case<'_>,
    measured: &Measured,
    findings: &mut Vec<Finding>,
    deadlines: &mut Vec<Deadline>,
) {
    let policy = case.policy;
    // A job whose way of paying is not told is taken for a subscription if it has an end.
    if case.job.pay_type == Some(PayType::PostPaid) || case.status == Some(&JobStatus::Finished) {
        return;
    }
    let Some(expires_at) = case.job.expire_time else { return };
    deadlines.extend(Deadline::after(DeadlineKind::ExpiresAt, expires_at, TimeDelta::zero()));
    deadlines.extend(Deadline::after(DeadlineKind::ReleasedAt, expires_at, policy.release_after));

    let left = expires_at.signed_duration_since(case.context.now);
    let overdue = case.context.now.signed_duration_since(expires_at);
    // A job that keeps up is evidently not frozen yet, whatever the date says.
    let fresh = is_running(case.status) && measured.lag.is_some_and(|(lag, _)| lag <= policy.lag_critical);
    let bites = !is_before_start(case.status);
    let floor = |stopped| {
        if fresh { Some(Verdict::Degraded) } else { bites.then_some(stopped) }
    };
    let (code, severity, floor) = if overdue >= policy.release_after {
        (FindingCode::ReleaseDue, Severity::Critical, floor(Verdict::Unrecoverable))
    } else if left <= TimeDelta::zero() {
        (FindingCode::Expired, Severity::Critical, floor(Verdict::Failed))
    } else if left <= policy.expire_critical {
        (FindingCode::ExpiringSoon, Severity::Critical, None)
    } else if left <= policy.expire_warn {
        (FindingCode::ExpiringSoon, Severity::Warning, None)
    } else {
        return;
    };
    let evidence = vec![Evidence::of(Field::ExpireTime, Some(spelling::time(&expires_at)))];
    let finding = case.finding(code, severity, evidence);
    findings.push(match floor {
        Some(floor) => finding.at_least(floor),
        None => finding,
    });
}
