//! The vendor's time limits: how long a job may be paused, failed or retried.

use chrono::{DateTime, TimeDelta, Utc};

use crate::health::deadline::DeadlineKind;
use crate::health::facts::case::Case;
use crate::health::finding::{Fact, FindingCode, Severity};
use crate::health::lifecycle::is_failed;
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::JobStatus;

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    match case.status {
        Some(JobStatus::Suspending) => suspended(case, report),
        Some(JobStatus::Failed | JobStatus::MigrationFailed | JobStatus::InitializeFailed) => {
            failed(case, report);
        }
        Some(JobStatus::Retrying) => retrying(case, report),
        _ => {}
    }
}

/// The time for which the job has had its status.
struct Elapsed {
    time: TimeDelta,
    /// The begin of the status, where it is known.
    since: Option<DateTime<Utc>>,
}

impl Elapsed {
    /// By the time that the caller tracks.
    fn tracked(case: &Case<'_>) -> Option<Self> {
        let since = case.context.since?;
        let time = case.context.now.signed_duration_since(since).max(TimeDelta::zero());
        Some(Elapsed { time, since: Some(since) })
    }

    /// By the age of the data: nothing has been synchronized since then.
    fn estimated(case: &Case<'_>) -> Option<Self> {
        Some(Elapsed { time: case.lag.data_age?, since: None })
    }

    fn facts(&self, case: &Case<'_>) -> Vec<Fact> {
        let mut facts = vec![case.status_fact()];
        match (self.since, case.lag.checkpoint) {
            (Some(since), _) => facts.push(Fact::since(since)),
            (None, Some(used)) => facts.extend([used.fact(), case.observed_after(used.at)]),
            (None, None) => {}
        }
        facts
    }
}

fn suspended(case: &Case<'_>, report: &mut Report) {
    let policy = case.policy;
    let Some(elapsed) = Elapsed::tracked(case).or_else(|| Elapsed::estimated(case)) else { return };
    if let Some(since) = elapsed.since {
        report.add_deadline(DeadlineKind::ResumeBySoft, since, policy.suspend_soft);
        report.add_deadline(DeadlineKind::ResumeBy, since, policy.suspend_hard);
    }
    let finding = |code, severity| case.finding(code, severity, elapsed.facts(case));
    if elapsed.time >= policy.suspend_hard {
        let floor = if elapsed.since.is_some() { Verdict::Unrecoverable } else { Verdict::Suspended };
        report.add(finding(FindingCode::SuspendOverHardLimit, Severity::Critical).at_least(floor));
    } else if elapsed.time >= policy.suspend_soft {
        report.add(finding(FindingCode::SuspendOverSoftLimit, Severity::Warning));
    }
}

fn failed(case: &Case<'_>, report: &mut Report) {
    let policy = case.policy;
    let estimate = || Elapsed::estimated(case).filter(|_| is_failed(case.status));
    let Some(elapsed) = Elapsed::tracked(case).or_else(estimate) else { return };
    if let Some(since) = elapsed.since {
        report.add_deadline(DeadlineKind::RecoverBy, since, policy.recovery_window);
    }
    let finding = |code| case.finding(code, Severity::Critical, elapsed.facts(case));
    if elapsed.time >= policy.recovery_window {
        let floor = elapsed.since.map(|_| Verdict::Unrecoverable);
        report.add(finding(FindingCode::RecoveryWindowExpired).at_least(floor));
    } else if elapsed.time >= policy.recovery_warn {
        report.add(finding(FindingCode::RecoveryWindowClosing));
    }
}

fn retrying(case: &Case<'_>, report: &mut Report) {
    let policy = case.policy;
    let Some((elapsed, since)) = Elapsed::tracked(case).zip(case.context.since) else { return };
    report.add_deadline(DeadlineKind::RetryUntil, since, policy.retry_window);
    if elapsed.time >= policy.retry_window {
        let facts = vec![case.status_fact(), Fact::since(since)];
        let finding = case.finding(FindingCode::RetryWindowExhausted, Severity::Critical, facts);
        report.add(finding.at_least(Verdict::Degraded));
    }
}
