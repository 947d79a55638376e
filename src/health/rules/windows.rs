//! Time limits: how long a job may be paused, failed, retried, or on its way.

use chrono::{DateTime, TimeDelta, Utc};

use crate::field::Field;
use crate::health::deadline::DeadlineKind;
use crate::health::facts::case::{Case, MessageOf};
use crate::health::finding::{Fact, FindingCode, Severity};
use crate::health::lifecycle::{is_failed, is_failing};
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::{JobStatus, Percent, StageStatus};

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    use JobStatus as Status;
    let policy = case.policy;
    let reported = Retries::reported(case);
    if let Some(retries) = &reported {
        retries.judge(case, report);
    }
    match case.status {
        Some(Status::Suspending) => suspended(case, report),
        Some(Status::Failed | Status::MigrationFailed | Status::InitializeFailed) => failed(case, report),
        Some(Status::Retrying) if reported.is_none() => retrying(case, report),
        Some(Status::Initializing) => overdue(case, policy.init_overdue, report),
        Some(Status::Modifying) => overdue(case, policy.modify_overdue, report),
        Some(Status::Upgrade | Status::Downgrade) => overdue(case, policy.resize_overdue, report),
        Some(Status::Prechecking) => overdue(case, policy.precheck_overdue, report),
        _ => {}
    }
}

/// The time for which the job has had its status.
struct Elapsed {
    time: TimeDelta,
    /// The begin of the status, where it is known or was seen.
    since: Option<DateTime<Utc>>,
    /// True if the status has lasted for `time` at least; false for an estimate.
    is_certain: bool,
}

impl Elapsed {
    /// By the time that the caller or a tracker knows.
    fn known(case: &Case<'_>) -> Option<Self> {
        let is_certain = case.context.since.is_some();
        let since = case.context.since.or(case.context.seen_since)?;
        let time = case.context.now.signed_duration_since(since).max(TimeDelta::zero());
        Some(Elapsed { time, since: Some(since), is_certain })
    }

    /// The same for a job that synchronizes nothing: if the begin is not known, by the age of the data at least.
    fn at_rest(case: &Case<'_>, limit: TimeDelta) -> Option<Self> {
        let known = Elapsed::known(case).map(|known| known.certain_from(limit));
        if known.as_ref().is_some_and(|known| known.is_certain) {
            return known;
        }
        let estimated = case.lag.data_age.map(|time| Elapsed { time, since: None, is_certain: false });
        match (known, estimated) {
            (Some(known), Some(estimated)) if estimated.time > known.time => Some(estimated),
            (known, estimated) => known.or(estimated),
        }
    }

    /// A status that was seen for as long as the limit has lasted that long, whenever it began.
    fn certain_from(self, limit: TimeDelta) -> Self {
        Elapsed { is_certain: self.is_certain || self.time >= limit, ..self }
    }

    /// The begin of the status, where it is known.
    fn exact_since(&self, case: &Case<'_>) -> Option<DateTime<Utc>> {
        self.since.filter(|_| case.context.since.is_some())
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
    let Some(elapsed) = Elapsed::at_rest(case, policy.suspend_hard) else { return };
    if let Some(since) = elapsed.exact_since(case) {
        report.add_deadline(DeadlineKind::ResumeBySoft, since, policy.suspend_soft);
        report.add_deadline(DeadlineKind::ResumeBy, since, policy.suspend_hard);
    }
    let (code, severity, floor) = if elapsed.time >= policy.suspend_hard {
        let floor = if elapsed.is_certain { Verdict::Unrecoverable } else { Verdict::Suspended };
        (FindingCode::SuspendOverHardLimit, Severity::Critical, Some(floor))
    } else if elapsed.time >= policy.suspend_critical {
        (FindingCode::SuspendOverSoftLimit, Severity::Critical, None)
    } else if elapsed.time >= policy.suspend_soft {
        (FindingCode::SuspendOverSoftLimit, Severity::Warning, None)
    } else {
        return;
    };
    let mut facts = elapsed.facts(case);
    facts.extend(left(policy.suspend_hard, elapsed.time, "it can be resumed for another"));
    report.add(case.finding(code, severity, facts).at_least(floor));
}

fn failed(case: &Case<'_>, report: &mut Report) {
    let policy = case.policy;
    // A job that failed to initialize has no data whose age says anything.
    let elapsed = if is_failed(case.status) {
        Elapsed::at_rest(case, policy.recovery_window)
    } else {
        Elapsed::known(case).map(|known| known.certain_from(policy.recovery_window))
    };
    let Some(elapsed) = elapsed else { return };
    if let Some(since) = elapsed.exact_since(case) {
        report.add_deadline(DeadlineKind::RecoverBy, since, policy.recovery_window);
    }
    let mut facts = elapsed.facts(case);
    if elapsed.time >= policy.recovery_window {
        let floor = elapsed.is_certain.then_some(Verdict::Unrecoverable);
        let finding = case.finding(FindingCode::RecoveryWindowExpired, Severity::Critical, facts);
        report.add(finding.at_least(floor));
    } else if elapsed.time >= policy.recovery_warn {
        facts.extend(left(policy.recovery_window, elapsed.time, "it can be recovered for another"));
        report.add(case.finding(FindingCode::RecoveryWindowClosing, Severity::Critical, facts));
    }
}

/// How long DTS has retried, and how long it does, by the answer itself.
struct Retries {
    elapsed: TimeDelta,
    limit: TimeDelta,
}

impl Retries {
    /// Those of a job that is being retried or has failed. Numbers of retries that are over mean nothing else.
    fn reported(case: &Case<'_>) -> Option<Self> {
        let retry = case.job.retry.as_ref().filter(|_| case.retries() || is_failing(case.status))?;
        let (elapsed, limit) = retry.elapsed.zip(retry.limit)?;
        (elapsed >= TimeDelta::zero() && limit > TimeDelta::zero()).then_some(Retries { elapsed, limit })
    }

    fn judge(&self, case: &Case<'_>, report: &mut Report) {
        if case.retries()
            && let Some(left) = self.limit.checked_sub(&self.elapsed)
        {
            report.add_deadline(DeadlineKind::RetryUntil, case.context.observed_at, left);
        }
        if self.elapsed >= self.limit {
            let seconds = |field, length: TimeDelta| {
                Fact::delay([Field::RetryState, field].into(), length, length.num_seconds())
            };
            let mut facts =
                vec![seconds(Field::RetryTime, self.elapsed), seconds(Field::MaxRetryTime, self.limit)];
            let own = case.messages().filter(|message| message.of == MessageOf::Retry);
            facts.extend(own.map(|message| message.fact()));
            let finding = case.finding(FindingCode::RetryWindowExhausted, Severity::Critical, facts);
            report.add(finding.at_least(Verdict::Degraded));
        }
    }
}

fn retrying(case: &Case<'_>, report: &mut Report) {
    let policy = case.policy;
    let Some(elapsed) = Elapsed::known(case) else { return };
    if let Some(since) = elapsed.exact_since(case) {
        report.add_deadline(DeadlineKind::RetryUntil, since, policy.retry_window);
    }
    if elapsed.time >= policy.retry_window {
        let facts = elapsed.facts(case);
        let finding = case.finding(FindingCode::RetryWindowExhausted, Severity::Critical, facts);
        report.add(finding.at_least(Verdict::Degraded));
    }
}

/// A job that has been on its way for too long.
fn overdue(case: &Case<'_>, limit: TimeDelta, report: &mut Report) {
    let Some(elapsed) = Elapsed::known(case).filter(|elapsed| elapsed.time >= limit) else { return };
    let mut facts = elapsed.facts(case);
    let running = [&case.full, &case.schema].into_iter().find(|stage| stage.is(&StageStatus::Migrating));
    if let Some((stage, percent)) = running.and_then(|stage| Some((stage, stage.percent?)))
        && case.status == Some(&JobStatus::Initializing)
        && let Some(left) = left_by(percent, elapsed.time)
    {
        facts.push(Fact::field([stage.kind.record(), Field::Percent], Some(percent.get())));
        facts.push(Fact::left(left, "done in about"));
    }
    let finding = case.finding(FindingCode::StatusOverdue, Severity::Warning, facts);
    report.add(finding.at_least(Verdict::Degraded));
}

/// The time left of a limit.
fn left(limit: TimeDelta, elapsed: TimeDelta, words: &str) -> Option<Fact> {
    let left = limit.checked_sub(&elapsed).filter(|left| *left > TimeDelta::zero())?;
    Some(Fact::left(left, words))
}

/// The time left by the share that is done.
fn left_by(percent: Percent, elapsed: TimeDelta) -> Option<TimeDelta> {
    let percent = percent.get();
    let seconds = elapsed.as_seconds_f64() * (100.0 - percent) / percent;
    (percent > 0.0 && percent <= 100.0)
        .then(|| format!("{seconds:.0}").parse().ok().and_then(TimeDelta::try_seconds))?
}
