//! The subscription: the time until it ends, and what its end does to the job.

use chrono::TimeDelta;

use crate::field::Field;
use crate::health::deadline::DeadlineKind;
use crate::health::facts::case::Case;
use crate::health::finding::{Fact, FindingCode, Severity};
use crate::health::lifecycle::{is_before_start, is_running};
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::{JobStatus, PayType, spelling};

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    let policy = case.policy;
    // A job of unknown pay type that has an end is a subscription.
    if case.job.pay_type == Some(PayType::PostPaid) || case.status == Some(&JobStatus::Finished) {
        return;
    }
    let Some(expires_at) = case.job.expire_time else { return };
    report.add_deadline(DeadlineKind::ExpiresAt, expires_at, TimeDelta::zero());
    report.add_deadline(DeadlineKind::ReleasedAt, expires_at, policy.release_after);

    let left = expires_at.signed_duration_since(case.context.now);
    let overdue = case.context.now.signed_duration_since(expires_at);
    // A job that keeps up is not frozen yet, whatever the date says.
    let fresh = is_running(case.status) && case.lag.lag.is_some_and(|lag| lag.length <= policy.lag_critical);
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
    let facts = vec![Fact::field(Field::ExpireTime, Some(spelling::time(&expires_at)))];
    report.add(case.finding(code, severity, facts).at_least(floor));
}
