//! Two snapshots of one job and direction: [`compare`].

use chrono::{DateTime, TimeDelta, Utc};

use super::assessment::{Assessment, Memory, StageMemory, seconds};
use super::combine::settle;
use super::finding::{Evidence, Finding, FindingCode, PREVIOUS, Severity};
use super::policy::Policy;
use super::rules::lag;
use super::snapshot::{Progress, Snapshot};
use super::standing::{base, is_running, step_of_life};
use super::verdict::Verdict;
use crate::field::Field;
use crate::model::{JobStatus, spelling};

/// The current assessment with what the previous one adds to it.
///
/// The caller answers for both being of the same job and direction. An assessment that had nothing to judge (a
/// failed call, an empty response) or that joins two directions is compared with nothing, and comes back as it
/// was.
#[must_use]
pub fn compare(previous: &Assessment, current: Assessment, policy: &Policy) -> Assessment {
    let trend = Snapshot::of(previous).map_or_else(Vec::new, |previous| trend(&previous, &current, policy));
    if trend.is_empty() {
        return current;
    }
    let mut compared = current;
    compared.findings.extend(trend);
    (compared.verdict, compared.reason) = settle(Verdict::Healthy, &mut compared.findings);
    compared
}

/// What an earlier snapshot adds to the current assessment.
pub(super) fn trend(previous: &Snapshot, current: &Assessment, policy: &Policy) -> Vec<Finding> {
    let mut trend = Vec::new();
    if let Some(after) = &current.memory {
        let interval = current.observed_at.signed_duration_since(previous.observed_at);
        Pair { previous, current, after, policy, interval }.judge(&mut trend);
    }
    trend
}

/// Two snapshots.
struct Pair<'a> {
    previous: &'a Snapshot,
    current: &'a Assessment,
    after: &'a Memory,
    policy: &'a Policy,
    /// The time between the two.
    interval: TimeDelta,
}

impl Pair<'_> {
    fn judge(&self, trend: &mut Vec<Finding>) {
        if self.interval <= TimeDelta::zero() {
            let evidence =
                vec![Evidence::observed_at(self.current.observed_at), known(self.previous.observed_at)];
            trend.push(self.finding(FindingCode::SnapshotOrder, Severity::Notice, evidence));
        } else if self.interval >= self.policy.min_interval {
            self.judge_life(trend);
            self.judge_checkpoint(trend);
            self.judge_lag(trend);
            let (full, schema) = (Field::DataInitializationStatus, Field::StructureInitializationStatus);
            self.judge_progress(&self.previous.schema, &self.after.schema, schema, trend);
            self.judge_progress(&self.previous.full, &self.after.full, full, trend);
        }
    }

    fn judge_life(&self, trend: &mut Vec<Finding>) {
        let (Some(before), Some(after)) = (&self.previous.status, &self.current.status) else { return };
        let (Some(step_before), Some(step_after)) = (step_of_life(before), step_of_life(after)) else {
            return;
        };
        if before == after {
            return;
        }
        let finding = |code, severity| {
            let evidence = vec![Evidence::of(Field::Status, Some(after)), Evidence::named(PREVIOUS, before)];
            self.finding(code, severity, evidence)
        };
        let verdict = |status| base(Some(status)).0;
        if *before == JobStatus::Finished {
            trend.push(finding(FindingCode::StatusTransitionUnexpected, Severity::Notice));
        } else if step_after < step_before {
            trend.push(finding(FindingCode::StatusRegressed, Severity::Warning).at_least(Verdict::Degraded));
        } else if verdict(before) == Verdict::Failed
            && matches!(verdict(after), Verdict::Healthy | Verdict::Progressing)
        {
            trend.push(finding(FindingCode::Recovered, Severity::Info));
        }
    }

    fn judge_checkpoint(&self, trend: &mut Vec<Finding>) {
        use JobStatus::{Downgrade, Failed, Retrying, Suspending, Upgrade};
        let (Some(before), Some(after)) = (self.previous.checkpoint, self.current.checkpoint) else { return };
        let Some(source) = self.after.checkpoint_source else { return };
        if !is_running(self.current.status()) {
            return;
        }
        let here = || source.checkpoint(after);
        if after < before {
            let evidence = vec![here(), Evidence::named(PREVIOUS, spelling::checkpoint(&before))];
            let interrupted =
                matches!(self.previous.status, Some(Failed | Suspending | Retrying | Upgrade | Downgrade));
            let back = before.signed_duration_since(after);
            let code = FindingCode::CheckpointRegressed;
            // After an interruption DTS applies the last changes again, which does no harm.
            trend.push(if interrupted && back <= self.policy.regress_tolerance {
                self.finding(code, Severity::Notice, evidence)
            } else {
                self.finding(code, Severity::Warning, evidence).at_least(Verdict::Degraded)
            });
        } else if after == before
            && is_running(self.previous.status.as_ref())
            && self.elapsed(self.previous.checkpoint_since) >= self.policy.stall_after
        {
            let mut evidence = vec![here(), known(self.previous.checkpoint_since)];
            // Nothing to do, nothing done.
            let quiet = self.previous.rps == Some(0.0) && self.current.rps == Some(0.0);
            evidence.extend(
                self.current.rps.map(|rps| Evidence::of([Field::Performance, Field::Rps], Some(rps))),
            );
            let severity = if quiet { Severity::Warning } else { Severity::Critical };
            let finding = self.finding(FindingCode::CheckpointStalled, severity, evidence);
            trend.push(finding.at_least(Verdict::Degraded));
        }
    }

    fn judge_lag(&self, trend: &mut Vec<Finding>) {
        let (Some(before), Some(after)) = (self.previous.lag, self.current.lag) else { return };
        let (Some(change), Some(source)) = (after.checked_sub(&before), self.after.lag_source) else {
            return;
        };
        if after <= self.policy.lag_warn {
            return;
        }
        let here = || {
            let mut evidence =
                lag::evidence((after, source), self.current.checkpoint, self.current.observed_at);
            evidence.push(Evidence::named(PREVIOUS, seconds(before)));
            evidence
        };
        // Half a second a second: twice the change is at least the time that passed.
        if change.checked_add(&change).unwrap_or(change) >= self.interval {
            let finding = self.finding(FindingCode::LagGrowing, Severity::Warning, here());
            trend.push(finding.at_least(Verdict::Degraded));
        } else if change < TimeDelta::zero() {
            let mut evidence = here();
            let caught_up = seconds(after) * seconds(self.interval) / -seconds(change);
            evidence.push(Evidence::named(PREVIOUS, format_args!("{caught_up:.0}")));
            trend.push(self.finding(FindingCode::LagShrinking, Severity::Info, evidence));
        }
    }

    fn judge_progress(&self, before: &Progress, after: &StageMemory, stage: Field, trend: &mut Vec<Finding>) {
        let (Some(done_before), Some(done_after)) = (before.done, after.progress) else { return };
        let here = || Evidence::of([stage, Field::Progress], Some(done_after));
        if done_after < done_before {
            let evidence = vec![here(), Evidence::named(PREVIOUS, done_before)];
            trend.push(self.finding(FindingCode::CounterReset, Severity::Notice, evidence));
        } else if done_after == done_before
            && before.migrating
            && after.migrating
            && self.elapsed(before.since) >= self.policy.init_stall_after
        {
            let evidence = vec![here(), known(before.since)];
            let finding = self.finding(FindingCode::InitStalled, Severity::Warning, evidence);
            trend.push(finding.at_least(Verdict::Degraded));
        }
    }

    #[cold]
    fn finding(&self, code: FindingCode, severity: Severity, evidence: Vec<Evidence>) -> Finding {
        Finding::new(code, severity, self.current.direction, evidence)
    }

    /// The time from then to the current response.
    fn elapsed(&self, since: DateTime<Utc>) -> TimeDelta {
        self.current.observed_at.signed_duration_since(since)
    }
}

/// What was known at an earlier time.
fn known(at: DateTime<Utc>) -> Evidence {
    Evidence::named(PREVIOUS, spelling::time(&at))
}
