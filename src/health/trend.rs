//! Two polls of one job and direction compared: [`compare`].

use chrono::{DateTime, TimeDelta, Utc};

use super::assessment::Assessment;
use super::facts::lag::Lag;
use super::facts::snapshot::Snapshot;
use super::facts::stalls::{Stalls, has_not_advanced};
use super::finding::{Fact, Finding, FindingCode, Phase, Severity};
use super::lifecycle::{base, is_failed, is_running, step_of_life};
use super::policy::Policy;
use super::verdict::Verdict;
use crate::field::Field;
use crate::model::{JobStatus, StageKind, spelling};

/// The current assessment, with what its comparison with the previous one adds.
///
/// The caller makes sure that both are of the same job and direction. An assessment that stopped at the envelope (a
/// failed call, an empty response) or that joins two directions is compared with nothing and returned unchanged.
///
/// ```
/// use std::time::Duration;
///
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::health::{Context, FindingCode, Policy, assess, compare};
/// use chrono::{DateTime, TimeDelta, Utc};
///
/// let policy = Policy::default();
/// let at = "2021-01-14T09:22:30Z".parse::<DateTime<Utc>>()?;
/// let mut job = SyncJob::sample();
/// let before = assess(&job, &Context::at(at), &policy);
/// job.delay = TimeDelta::try_seconds(90);
/// let after = assess(&job, &Context::at(at + Duration::from_secs(60)), &policy);
/// let compared = compare(&before, after, &policy);
/// assert!(compared.findings().iter().any(|finding| finding.code == FindingCode::LagGrowing));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn compare(previous: &Assessment, current: Assessment, policy: &Policy) -> Assessment {
    if !previous.comparable {
        return current;
    }
    let found = trend(&previous.snapshot, &Stalls::of(&previous.snapshot, &previous.signs), &current, policy);
    let mut compared = current;
    if compared.comparable {
        compared.judged = compared.judged.with(Phase::Trend);
    }
    compared.add(found);
    compared.finish(policy);
    compared
}

/// The findings that earlier polls add to the current assessment: a snapshot, and since when nothing has changed.
pub(super) fn trend(
    previous: &Snapshot,
    stalls: &Stalls,
    current: &Assessment,
    policy: &Policy,
) -> Vec<Finding> {
    let mut found = Vec::new();
    if current.comparable {
        let interval = current.observed_at().signed_duration_since(previous.observed_at);
        let current_snapshot = &current.snapshot;
        Pair { previous, stalls, current: current_snapshot, assessment: current, policy, interval }
            .judge(&mut found);
    }
    found
}

/// Two snapshots.
struct Pair<'a> {
    previous: &'a Snapshot,
    stalls: &'a Stalls,
    current: &'a Snapshot,
    assessment: &'a Assessment,
    policy: &'a Policy,
    /// The time between the two.
    interval: TimeDelta,
}

impl Pair<'_> {
    fn judge(&self, found: &mut Vec<Finding>) {
        if self.interval <= TimeDelta::zero() {
            let facts = vec![
                Fact::observed_at(self.current.observed_at),
                Fact::previous_poll(self.previous.observed_at),
            ];
            found.push(self.finding(FindingCode::SnapshotOrder, Severity::Notice, facts));
        } else if self.interval >= self.policy.min_interval {
            self.judge_life(found);
            self.judge_checkpoint(found);
            self.judge_stall(found);
            self.judge_lag(found);
            self.judge_progress(StageKind::Schema, found);
            self.judge_progress(StageKind::Data, found);
        }
    }

    fn judge_life(&self, found: &mut Vec<Finding>) {
        let (Some(before), Some(after)) = (&self.previous.status, &self.current.status) else { return };
        let (Some(step_before), Some(step_after)) = (step_of_life(before), step_of_life(after)) else {
            return;
        };
        if before == after {
            return;
        }
        let finding = |code, severity| {
            let facts = vec![Fact::field(Field::Status, Some(after)), Fact::previous(before)];
            self.finding(code, severity, facts)
        };
        let verdict = |status| base(Some(status)).0;
        if *before == JobStatus::Finished {
            found.push(finding(FindingCode::StatusTransitionUnexpected, Severity::Notice));
        } else if step_after < step_before {
            found.push(finding(FindingCode::StatusRegressed, Severity::Warning).at_least(Verdict::Degraded));
        } else if verdict(before) == Verdict::Failed
            && matches!(verdict(after), Verdict::Healthy | Verdict::Progressing)
        {
            found.push(finding(FindingCode::Recovered, Severity::Info));
        }
    }

    fn judge_checkpoint(&self, found: &mut Vec<Finding>) {
        use JobStatus::{Downgrade, Retrying, Suspending, Upgrade};
        let (Some(before), Some(after)) = (self.previous.checkpoint, self.current.checkpoint) else { return };
        if !is_running(self.current.status.as_ref()) {
            return;
        }
        if after.at < before.at {
            let facts = vec![after.fact(), Fact::previous_checkpoint(before.at)];
            let status = self.previous.status.as_ref();
            let interrupted =
                is_failed(status) || matches!(status, Some(Suspending | Retrying | Upgrade | Downgrade));
            let back = before.at.signed_duration_since(after.at);
            let code = FindingCode::CheckpointRegressed;
            // After an interruption DTS applies the last changes again, which does no harm.
            let harmless = back <= self.policy.coherence_tolerance
                || interrupted && back <= self.policy.regress_tolerance;
            found.push(if harmless {
                self.finding(code, Severity::Notice, facts)
            } else {
                self.finding(code, Severity::Warning, facts).at_least(Verdict::Degraded)
            });
        }
    }

    fn judge_stall(&self, found: &mut Vec<Finding>) {
        let (Some(before), Some(after)) = (self.stalls.checkpoint, self.current.checkpoint) else { return };
        if is_running(self.current.status.as_ref())
            && has_not_advanced(before.value, after.at, self.policy.coherence_tolerance)
            && self.elapsed(before.since) >= self.policy.stall_after
        {
            let mut facts = vec![after.fact(), Fact::unchanged_since(before.since)];
            facts.extend(
                self.assessment.signs.rps.map(|rps| Fact::field([Field::Performance, Field::Rps], Some(rps))),
            );
            let finding = self.finding(FindingCode::CheckpointStalled, Severity::Warning, facts);
            found.push(finding.since(before.since).at_least(Verdict::Degraded));
        }
    }

    fn judge_lag(&self, found: &mut Vec<Finding>) {
        let (Some(before), Some(after)) = (self.previous.lag, self.current.lag) else { return };
        let Some(change) = after.length.checked_sub(&before.length) else { return };
        if after.length <= self.policy.lag_warn {
            return;
        }
        // Half a second per second: twice the change is at least the time that passed.
        if change.checked_add(&change).unwrap_or(change) >= self.interval {
            let finding =
                self.finding(FindingCode::LagGrowing, Severity::Warning, self.lag_facts(after, before));
            found.push(finding.at_least(Verdict::Degraded));
        } else if change < TimeDelta::zero() {
            let mut facts = self.lag_facts(after, before);
            let left = spelling::seconds(after.length) * spelling::seconds(self.interval)
                / -spelling::seconds(change);
            facts.push(Fact::caught_up_in(left));
            let mut finding = self.finding(FindingCode::LagShrinking, Severity::Info, facts);
            finding.caught_up_in = Some(left);
            found.push(finding);
        }
    }

    fn lag_facts(&self, after: Lag, before: Lag) -> Vec<Fact> {
        let mut facts = after.facts(self.current.checkpoint, self.current.observed_at);
        facts.push(Fact::previous_lag(before.length));
        facts
    }

    fn judge_progress(&self, stage: StageKind, found: &mut Vec<Finding>) {
        let signs = &self.assessment.signs;
        let (before, after, stall, migrates) = match stage {
            StageKind::Schema => {
                (self.previous.schema, self.current.schema, self.stalls.schema, signs.schema_migrates)
            }
            _ => (self.previous.full, self.current.full, self.stalls.full, signs.full_migrates),
        };
        let Some(done) = after else { return };
        let here = || Fact::field([stage.record(), Field::Progress], Some(done));
        if let Some(before) = before.filter(|before| done < *before) {
            let facts = vec![here(), Fact::previous(before)];
            found.push(self.finding(FindingCode::CounterReset, Severity::Notice, facts));
        } else if let Some(stall) = stall
            && migrates
            && stall.value == done
            && self.elapsed(stall.since) >= self.policy.init_stall_after
        {
            let facts = vec![here(), Fact::unchanged_since(stall.since)];
            let finding = self.finding(FindingCode::InitStalled, Severity::Warning, facts);
            found.push(finding.since(stall.since).at_least(Verdict::Degraded));
        }
    }

    #[cold]
    fn finding(&self, code: FindingCode, severity: Severity, facts: Vec<Fact>) -> Finding {
        let operation = self.assessment.signs.operation;
        let facts = facts.into_iter().map(|fact| fact.of_operation(operation)).collect();
        Finding::new(code, severity, self.assessment.direction, facts)
    }

    /// The time from then to the current response.
    fn elapsed(&self, since: DateTime<Utc>) -> TimeDelta {
        self.current.observed_at.signed_duration_since(since)
    }
}
