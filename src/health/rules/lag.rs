//! The lag of the target behind the source, and the fields that report it.

use chrono::TimeDelta;

use crate::field::Field;
use crate::health::facts::answers::lag_sources;
use crate::health::facts::case::Case;
use crate::health::facts::lag::{Lag, Source};
use crate::health::finding::{Fact, FindingCode, Severity};
use crate::health::lifecycle::{is_failed, is_running};
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::Operation;
use crate::model::spelling::DELAY_ROUNDING;

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    judge_checkpoints(case, report);
    if case.lag.judged {
        judge_delays(case, report);
        judge_lag(case, report);
    }
    judge_retention(case, report);
}

fn judge_checkpoints(case: &Case<'_>, report: &mut Report) {
    for (reported, usable) in case.lag.checkpoints.iter().zip(&case.lag.usable) {
        if let Some(checkpoint) = reported
            && usable.is_none()
        {
            let severity = if is_running(case.status) { Severity::Warning } else { Severity::Notice };
            let facts = vec![checkpoint.fact(), case.observed_after(checkpoint.at)];
            report.add(case.finding(FindingCode::CheckpointInFuture, severity, facts));
        }
    }
    if let [Some(job), Some(stage)] = case.lag.usable
        && job.at.signed_duration_since(stage.at).abs() > case.policy.coherence_tolerance
    {
        let facts = vec![job.fact(), stage.fact()];
        report.add(case.finding(FindingCode::CheckpointsDisagree, Severity::Notice, facts));
    }
}

fn judge_delays(case: &Case<'_>, report: &mut Report) {
    let mut disagree = |one: &Lag, other: &Lag| {
        let facts = vec![one.fact(), other.fact()];
        report.add(case.finding(FindingCode::LagFieldsDisagree, Severity::Notice, facts));
    };
    let [seconds, millis, stage_seconds, stage_millis] = &case.lag.delays;
    let mut coherent = true;
    for pair in [(seconds, millis), (stage_seconds, stage_millis)] {
        if let (Some(one), Some(other)) = pair
            && apart(one.length, other.length) >= DELAY_ROUNDING
        {
            coherent = false;
            disagree(one, other);
        }
    }
    let smallest = case.lag.delays.iter().flatten().min_by_key(|delay| delay.length);
    if coherent
        && let (Some(largest), Some(smallest)) = (&case.lag.reported, smallest)
        && apart(largest.length, smallest.length) > case.policy.coherence_tolerance
    {
        disagree(largest, smallest);
    }
}

fn judge_lag(case: &Case<'_>, report: &mut Report) {
    let policy = case.policy;
    let Some(lag) = case.lag.lag else {
        let finding = case.finding(FindingCode::LagUnknown, Severity::Warning, unknown_facts(case));
        report.add(finding.at_least(Verdict::Unknown));
        return;
    };
    let facts = || lag.facts(case.lag.checkpoint, case.context.observed_at);
    if is_conflict(case)
        && let (Some(reported), Some(used)) = (case.lag.reported, case.lag.checkpoint)
    {
        let both = vec![reported.fact(), used.fact(), case.observed_after(used.at)];
        let severity = if lag.length > policy.lag_warn { Severity::Warning } else { Severity::Notice };
        report.add(case.finding(FindingCode::LagCheckpointConflict, severity, both));
    }
    judge_unit(case, report);
    let idle = is_idle(case, lag.length);
    if idle && let Some(performance) = &case.job.performance {
        let mut all = vec![Fact::field([Field::Performance, Field::Rps], performance.rps)];
        all.extend(performance.flow.map(|flow| Fact::field([Field::Performance, Field::Flow], Some(flow))));
        all.extend(facts());
        report.add(case.finding(FindingCode::IdleSourceSuspected, Severity::Notice, all));
    }
    let (code, severity) = if lag.length > policy.lag_critical && !idle {
        (FindingCode::LagCritical, Severity::Critical)
    } else if lag.length > policy.lag_warn {
        (FindingCode::LagHigh, Severity::Warning)
    } else {
        return;
    };
    report.add(case.finding(code, severity, facts()).at_least(Verdict::Degraded));
}

fn judge_retention(case: &Case<'_>, report: &mut Report) {
    let failed = is_failed(case.status);
    let Some(used) = case.lag.checkpoint.filter(|_| case.lag.judged || failed) else { return };
    if case.lag.data_age.is_none_or(|age| age < case.policy.log_retention) {
        return;
    }
    let facts = vec![used.fact(), case.observed_after(used.at)];
    let finding = case.finding(FindingCode::LogRetentionRisk, Severity::Critical, facts);
    report.add(finding.at_least(case.lag.judged.then_some(Verdict::Degraded)));
}

/// A delay of `DescribeDtsJobs` in seconds that can only be one in milliseconds. It still counts as seconds, since
/// a lag must not become smaller by a larger delay.
fn judge_unit(case: &Case<'_>, report: &mut Report) {
    if case.operation() != Operation::DescribeDtsJobs {
        return;
    }
    let [Some(Lag { length: delay, .. }), ..] = case.lag.delays else { return };
    let (Some(used), Some(age)) = (case.lag.checkpoint, case.lag.data_age) else { return };
    let tolerance = case.policy.coherence_tolerance;
    let as_millis = TimeDelta::try_milliseconds(delay.num_seconds()).unwrap_or(TimeDelta::MAX);
    if delay > age && apart(delay, age) > tolerance && apart(as_millis, age) <= tolerance {
        let facts = vec![Source::Delay.delay(delay), used.fact(), case.observed_after(used.at)];
        report.add(case.finding(FindingCode::LagUnitSuspected, Severity::Notice, facts));
    }
}

/// Returns true if the reported delay and the age of the checkpoint contradict each other.
fn is_conflict(case: &Case<'_>) -> bool {
    let both = case.lag.reported.zip(case.lag.data_age);
    both.is_some_and(|(reported, age)| apart(reported.length, age) > case.policy.coherence_tolerance)
}

/// Returns true if the lag may come from a source without changes. Into some engines DTS writes a heartbeat itself, so
/// that the lag of an idle source does not grow.
fn is_idle(case: &Case<'_>, lag: TimeDelta) -> bool {
    let engine = case.job.source.as_ref().and_then(|source| source.engine_name.as_deref());
    case.lag.quiet
        && lag > case.policy.lag_warn
        && lag <= case.policy.idle_critical
        && !engine.is_some_and(has_heartbeat)
}

/// Returns true for an engine into which DTS writes a heartbeat.
fn has_heartbeat(engine: &str) -> bool {
    const ENGINES: [&str; 7] = ["sqlserver", "mssql", "postgresql", "polardbo", "polardbpg", "redis", "tair"];
    let engine: String = engine.chars().filter(|letter| !" -_\t".contains(*letter)).collect();
    let engine = engine.to_ascii_lowercase();
    ENGINES.iter().any(|known| engine.starts_with(known))
}

/// The difference of two lengths of time that are not negative.
fn apart(one: TimeDelta, other: TimeDelta) -> TimeDelta {
    one.checked_sub(&other).unwrap_or(TimeDelta::MAX).abs()
}

/// The fields that should report a lag: absent or unusable.
fn unknown_facts(case: &Case<'_>) -> Vec<Fact> {
    let job = case.job;
    let stage = job.synchronization_stage.as_ref();
    let delays = [
        job.delay,
        job.delay_millis,
        stage.and_then(|stage| stage.delay),
        stage.and_then(|stage| stage.delay_millis),
    ];
    let checkpoints = [job.checkpoint, stage.and_then(|stage| stage.checkpoint)];
    let delays = Source::DELAYS.into_iter().zip(delays);
    let given = delays.map(|(source, delay)| (source, delay.map(|delay| source.delay(delay)))).chain(
        Source::CHECKPOINTS
            .into_iter()
            .zip(checkpoints)
            .map(|(source, at)| (source, at.map(|at| source.checkpoint(at)))),
    );
    let expected = lag_sources(case.operation());
    // Some operations have one delay, in a unit that depends on the job.
    let is_other_unit = |source| {
        source == Source::Delay && !expected.contains(&Source::DelayMillis) && job.delay_millis.is_some()
    };
    let absent = |source: Source| {
        let is_absent = expected.contains(&source) && !is_other_unit(source);
        is_absent.then(|| Fact::field(source.path(), None::<&str>))
    };
    let mut facts: Vec<_> =
        given.filter_map(|(source, fact)| Some((source, fact.or_else(|| absent(source))?))).collect();
    // The fields of the job come first.
    facts.sort_by_key(|(source, _)| source.path().segments().len());
    facts.into_iter().map(|(_, fact)| fact).collect()
}
