//! The vendor's clocks: how long a job may be paused, failed or tried again.

use chrono::{DateTime, TimeDelta, Utc};

use super::case::Case;
use super::lag::Measured;
use crate::health::assessment::{Deadline, DeadlineKind};
use crate::health::finding::{Evidence, Finding, FindingCode, PREVIOUS, Severity};
use crate::health::verdict::Verdict;
use crate::model::{JobStatus, spelling};

pub(super) fn judge(
    case: &Case<'_>,
    measured: &Measured,
    findings: &mut Vec<Finding>,
    deadlines: &mut Vec<Deadline>,
) {
    match case.status {
        Some(JobStatus::Suspending) => suspended(case, measured, findings, deadlines),
        Some(JobStatus::Failed | JobStatus::InitializeFailed) => failed(case, measured, findings, deadlines),
        Some(JobStatus::Retrying) => retrying(case, findings, deadlines),
        _ => {}
    }
}

/// How long the job has had its status.
struct Elapsed {
    time: TimeDelta,
    /// When it began, where that is known.
    since: Option<DateTime<Utc>>,
}

impl Elapsed {
    /// As the caller kept track of it.
    fn tracked(case: &Case<'_>) -> Option<Self> {
        let since = case.context.since?;
        let time = case.context.now.signed_duration_since(since).max(TimeDelta::zero());
        Some(Elapsed { time, since: Some(since) })
    }

    /// By the age of the data: nothing has been synchronized since then.
    fn estimated(measured: &Measured) -> Option<Self> {
        Some(Elapsed { time: measured.data_age?, since: None })
    }

    fn evidence(&self, case: &Case<'_>, measured: &Measured) -> Vec<Evidence> {
        let mut evidence = vec![case.status_evidence()];
        match (self.since, measured.checkpoint) {
            (Some(since), _) => evidence.push(Evidence::named(PREVIOUS, spelling::time(&since))),
            (None, Some((at, source))) => {
                evidence.push(source.checkpoint(at));
                evidence.push(Evidence::observed_at(case.context.observed_at));
            }
            (None, None) => {}
        }
        evidence
    }
}

fn suspended(
    case: &Case<'_>,
    measured: &Measured,
    findings: &mut Vec<Finding>,
    deadlines: &mut Vec<Deadline>,
) {
    let policy = case.policy;
    let Some(elapsed) = Elapsed::tracked(case).or_else(|| Elapsed::estimated(measured)) else { return };
    if let Some(since) = elapsed.since {
        deadlines.extend(Deadline::after(DeadlineKind::ResumeBySoft, since, policy.suspend_soft));
        deadlines.extend(Deadline::after(DeadlineKind::ResumeBy, since, policy.suspend_hard));
    }
    let finding = |code, severity| case.finding(code, severity, elapsed.evidence(case, measured));
    if elapsed.time >= policy.suspend_hard {
        let floor = if elapsed.since.is_some() { Verdict::Unrecoverable } else { Verdict::Suspended };
        findings.push(finding(FindingCode::SuspendOverHardLimit, Severity::Critical).at_least(floor));
    } else if elapsed.time >= policy.suspend_soft {
        findings.push(finding(FindingCode::SuspendOverSoftLimit, Severity::Warning));
    }
}

fn failed(case: &Case<'_>, measured: &Measured, findings: &mut Vec<Finding>, deadlines: &mut Vec<Deadline>) {
    let policy = case.policy;
    let estimate = || match case.status {
        Some(JobStatus::Failed) => Elapsed::estimated(measured),
        _ => None,
    };
    let Some(elapsed) = Elapsed::tracked(case).or_else(estimate) else { return };
    if let Some(since) = elapsed.since {
        deadlines.extend(Deadline::after(DeadlineKind::RecoverBy, since, policy.recovery_window));
    }
    let finding = |code| case.finding(code, Severity::Critical, elapsed.evidence(case, measured));
    if elapsed.time >= policy.recovery_window {
        let finding = finding(FindingCode::RecoveryWindowExpired);
        let exact = elapsed.since.is_some();
        findings.push(if exact { finding.at_least(Verdict::Unrecoverable) } else { finding });
    } else if elapsed.time >= policy.recovery_warn {
        findings.push(finding(FindingCode::RecoveryWindowClosing));
    }
}

fn retrying(case: &Case<'_>, findings: &mut Vec<Finding>, deadlines: &mut Vec<Deadline>) {
    let policy = case.policy;
    let Some((elapsed, since)) = Elapsed::tracked(case).zip(case.context.since) else { return };
    deadlines.extend(Deadline::after(DeadlineKind::RetryUntil, since, policy.retry_window));
    if elapsed.time >= policy.retry_window {
        let evidence = vec![case.status_evidence(), Evidence::named(PREVIOUS, spelling::time(&since))];
        let finding = case.finding(FindingCode::RetryWindowExhausted, Severity::Critical, evidence);
        findings.push(finding.at_least(Verdict::Degraded));
    }
}
