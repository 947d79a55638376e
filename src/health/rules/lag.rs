//! How far the target is behind the source.

use chrono::{DateTime, TimeDelta, Utc};

use super::case::Case;
use crate::field::Field;
use crate::health::finding::{Evidence, Finding, FindingCode, Severity};
use crate::health::standing::{is_recognized, is_running};
use crate::health::verdict::Verdict;
use crate::model::{JobStatus, StageStatus, spelling};
use crate::path::Path;

/// What a response tells of the lag.
pub(in crate::health) struct Measured {
    /// The lag and the field that told it. `None` where it is not judged, or not known.
    pub(in crate::health) lag: Option<(TimeDelta, Source)>,
    /// The checkpoint that is used: the older one.
    pub(in crate::health) checkpoint: Option<(DateTime<Utc>, Place)>,
    /// Its age when it was observed, never negative.
    pub(in crate::health) data_age: Option<TimeDelta>,
    /// Whether the lag of this job is judged at all.
    judged: bool,
    /// The largest delay reported.
    reported: Option<(TimeDelta, Source)>,
}

/// A field that told a lag: `Delay`, `DelayMillis` or `Checkpoint`, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::health) struct Source {
    pub(in crate::health) place: Place,
    pub(in crate::health) field: Field,
}

/// One of the two places where a response tells the lag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::health) enum Place {
    Job,
    Stage,
}

impl Place {
    pub(in crate::health) fn path(self, field: Field) -> Path {
        match self {
            Place::Job => Path::from(field),
            Place::Stage => Path::from([Field::DataSynchronizationStatus, field]),
        }
    }
}

pub(in crate::health) fn measure(case: &Case<'_>) -> Measured {
    let observed_at = case.context.observed_at;
    let mut checkpoint: Option<(DateTime<Utc>, Place)> = None;
    for (at, place) in checkpoints(case) {
        if !is_future(case, at) && checkpoint.is_none_or(|(oldest, _)| at < oldest) {
            checkpoint = Some((at, place));
        }
    }
    let data_age = checkpoint.map(|(at, _)| observed_at.signed_duration_since(at).max(TimeDelta::zero()));

    let mut reported: Option<(TimeDelta, Source)> = None;
    for (delay, source) in delays(case).into_iter().flatten() {
        if reported.is_none_or(|(largest, _)| delay > largest) {
            reported = Some((delay, source));
        }
    }

    let judged = is_judged(case);
    let by_age = checkpoint.zip(data_age).map(|((_, place), age)| {
        let source = Source { place, field: Field::Checkpoint };
        (age, source)
    });
    let lag = match (reported, by_age) {
        _ if !judged => None,
        (Some(reported), Some(by_age)) if by_age.0 > reported.0 => Some(by_age),
        (reported, by_age) => reported.or(by_age),
    };
    Measured { lag, checkpoint, data_age, judged, reported }
}

pub(super) fn judge(case: &Case<'_>, measured: &Measured, findings: &mut Vec<Finding>) {
    judge_checkpoints(case, findings);
    if measured.judged {
        judge_delays(case, findings);
        judge_lag(case, measured, findings);
    }
    judge_retention(case, measured, findings);
}

/// The lag as evidence: the field that told it; an age needs the observation beside the checkpoint.
pub(in crate::health) fn evidence(
    (lag, source): (TimeDelta, Source),
    checkpoint: Option<DateTime<Utc>>,
    observed_at: DateTime<Utc>,
) -> Vec<Evidence> {
    let path = source.place.path(source.field);
    match source.field {
        Field::Delay => vec![Evidence::of(path, Some(lag.num_seconds()))],
        Field::DelayMillis => vec![Evidence::of(path, Some(lag.num_milliseconds()))],
        _ => vec![
            Evidence::of(path, checkpoint.as_ref().map(spelling::checkpoint)),
            Evidence::observed_at(observed_at),
        ],
    }
}

/// Two numbers of one place tell the same, one of them in whole seconds; from here on it is not the rounding.
const ROUNDING: TimeDelta = match TimeDelta::try_seconds(2) {
    Some(value) => value,
    None => TimeDelta::zero(),
};

fn judge_checkpoints(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut usable: [Option<(DateTime<Utc>, Place)>; 2] = [None, None];
    for ((at, place), slot) in checkpoints(case).zip(&mut usable) {
        if !is_future(case, at) {
            *slot = Some((at, place));
            continue;
        }
        let severity = if is_running(case.status) { Severity::Warning } else { Severity::Notice };
        let evidence = vec![checkpoint_evidence(at, place), Evidence::observed_at(case.context.observed_at)];
        findings.push(case.finding(FindingCode::CheckpointInFuture, severity, evidence));
    }
    if let [Some((one, one_place)), Some((other, other_place))] = usable
        && one.signed_duration_since(other).abs() > case.policy.coherence_tolerance
    {
        let evidence = vec![checkpoint_evidence(one, one_place), checkpoint_evidence(other, other_place)];
        findings.push(case.finding(FindingCode::CheckpointsDisagree, Severity::Notice, evidence));
    }
}

fn judge_delays(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let delays = delays(case);
    let disagree = |one: Option<(TimeDelta, Source)>,
                    other: Option<(TimeDelta, Source)>,
                    findings: &mut Vec<_>| {
        let evidence =
            one.into_iter().chain(other).flat_map(|delay| evidence(delay, None, case.context.observed_at));
        let finding = case.finding(FindingCode::LagFieldsDisagree, Severity::Notice, evidence.collect());
        findings.push(finding);
    };
    let [seconds, millis, stage_seconds, stage_millis] = delays;
    let mut coherent = true;
    for (one, other) in [(seconds, millis), (stage_seconds, stage_millis)] {
        if one.zip(other).is_some_and(|((one, _), (other, _))| apart(one, other) >= ROUNDING) {
            coherent = false;
            disagree(one, other, findings);
        }
    }
    let used = || delays.into_iter().flatten();
    let largest = used().max_by_key(|(delay, _)| *delay);
    let smallest = used().min_by_key(|(delay, _)| *delay);
    if coherent
        && let (Some((most, _)), Some((least, _))) = (largest, smallest)
        && apart(most, least) > case.policy.coherence_tolerance
    {
        disagree(largest, smallest, findings);
    }
}

fn judge_lag(case: &Case<'_>, measured: &Measured, findings: &mut Vec<Finding>) {
    let policy = case.policy;
    let Some((lag, source)) = measured.lag else {
        let finding = case.finding(FindingCode::LagUnknown, Severity::Warning, unknown_evidence(case));
        findings.push(finding.at_least(Verdict::Unknown));
        return;
    };
    let evidence =
        || evidence((lag, source), measured.checkpoint.map(|(at, _)| at), case.context.observed_at);
    if is_conflict(case, measured) {
        let mut both = Vec::new();
        if let Some((delay, source)) = measured.reported {
            both.extend(self::evidence((delay, source), None, case.context.observed_at));
        }
        both.extend(measured.checkpoint.map(|(at, place)| checkpoint_evidence(at, place)));
        both.push(Evidence::observed_at(case.context.observed_at));
        findings.push(case.finding(FindingCode::LagCheckpointConflict, Severity::Warning, both));
    }
    let idle = is_idle(case, measured);
    if idle {
        let mut all = Vec::new();
        if let Some(performance) = &case.job.performance {
            all.push(Evidence::of([Field::Performance, Field::Rps], performance.rps));
            all.extend(
                performance.flow.map(|flow| Evidence::of([Field::Performance, Field::Flow], Some(flow))),
            );
        }
        all.extend(evidence());
        findings.push(case.finding(FindingCode::IdleSourceSuspected, Severity::Notice, all));
    }
    let (code, severity) = if lag > policy.lag_critical && !idle {
        (FindingCode::LagCritical, Severity::Critical)
    } else if lag > policy.lag_warn {
        (FindingCode::LagHigh, Severity::Warning)
    } else {
        return;
    };
    findings.push(case.finding(code, severity, evidence()).at_least(Verdict::Degraded));
}

fn judge_retention(case: &Case<'_>, measured: &Measured, findings: &mut Vec<Finding>) {
    let failed = case.status == Some(&JobStatus::Failed);
    let Some((at, place)) = measured.checkpoint.filter(|_| measured.judged || failed) else { return };
    if measured.data_age.is_none_or(|age| age < case.policy.log_retention) {
        return;
    }
    let severity = if is_idle(case, measured) { Severity::Warning } else { Severity::Critical };
    let evidence = vec![checkpoint_evidence(at, place), Evidence::observed_at(case.context.observed_at)];
    let finding = case.finding(FindingCode::LogRetentionRisk, severity, evidence);
    findings.push(if measured.judged { finding.at_least(Verdict::Degraded) } else { finding });
}

/// Whether changes should be reaching the target.
fn is_judged(case: &Case<'_>) -> bool {
    use StageStatus::{Catched, Migrating};
    is_running(case.status)
        || !is_recognized(case.status) && matches!(case.incremental.status, Some(Migrating | Catched))
}

/// Whether the delay reported and the age of the checkpoint tell different things.
fn is_conflict(case: &Case<'_>, measured: &Measured) -> bool {
    let both = measured.reported.zip(measured.data_age);
    both.is_some_and(|((reported, _), age)| apart(reported, age) > case.policy.coherence_tolerance)
}

/// Whether the lag may come from a source in which nothing happens.
fn is_idle(case: &Case<'_>, measured: &Measured) -> bool {
    let Some(performance) = &case.job.performance else { return false };
    performance.rps == Some(0.0)
        && performance.flow.is_none_or(|flow| flow.mb_per_s() == 0.0)
        && !case.incremental.is(&StageStatus::Failed)
        && matches!(case.status, Some(JobStatus::Synchronizing | JobStatus::Modifying))
        && measured.lag.is_some_and(|(lag, _)| lag > case.policy.lag_warn)
        && !is_conflict(case, measured)
}

/// The checkpoints of the response.
fn checkpoints(case: &Case<'_>) -> impl Iterator<Item = (DateTime<Utc>, Place)> {
    let stage = case.job.synchronization_stage.as_ref().and_then(|stage| stage.checkpoint);
    let both = [case.job.checkpoint.map(|at| (at, Place::Job)), stage.map(|at| (at, Place::Stage))];
    both.into_iter().flatten()
}

fn is_future(case: &Case<'_>, at: DateTime<Utc>) -> bool {
    at.signed_duration_since(case.context.observed_at) > case.policy.clock_skew
}

/// `Delay` and `DelayMillis` of the job, then of the incremental stage. A negative one tells nothing.
fn delays(case: &Case<'_>) -> [Option<(TimeDelta, Source)>; 4] {
    let job = case.job;
    let stage = job.synchronization_stage.as_ref();
    let used = |delay: Option<TimeDelta>, place, field| {
        delay.filter(|delay| *delay >= TimeDelta::zero()).map(|delay| (delay, Source { place, field }))
    };
    [
        used(job.delay, Place::Job, Field::Delay),
        used(job.delay_millis, Place::Job, Field::DelayMillis),
        used(stage.and_then(|stage| stage.delay), Place::Stage, Field::Delay),
        used(stage.and_then(|stage| stage.delay_millis), Place::Stage, Field::DelayMillis),
    ]
}

/// How far two lengths of time that are not negative lie apart.
fn apart(one: TimeDelta, other: TimeDelta) -> TimeDelta {
    one.checked_sub(&other).unwrap_or(TimeDelta::MAX).abs()
}

fn checkpoint_evidence(at: DateTime<Utc>, place: Place) -> Evidence {
    Evidence::of(place.path(Field::Checkpoint), Some(spelling::checkpoint(&at)))
}

/// What stands where a lag was looked for, absent or of no use.
fn unknown_evidence(case: &Case<'_>) -> Vec<Evidence> {
    let job = case.job;
    let mut evidence = vec![
        Evidence::of(Field::Delay, job.delay.map(|delay| delay.num_seconds())),
        Evidence::of(Field::DelayMillis, job.delay_millis.map(|delay| delay.num_milliseconds())),
        Evidence::of(Field::Checkpoint, job.checkpoint.as_ref().map(spelling::checkpoint)),
    ];
    if let Some(stage) = &job.synchronization_stage {
        let values = [
            (Field::Delay, stage.delay.map(|delay| delay.num_seconds().to_string())),
            (Field::DelayMillis, stage.delay_millis.map(|delay| delay.num_milliseconds().to_string())),
            (Field::Checkpoint, stage.checkpoint.as_ref().map(spelling::checkpoint)),
        ];
        let said = values.into_iter().filter(|(_, value)| value.is_some());
        evidence.extend(said.map(|(field, value)| Evidence::of(Place::Stage.path(field), value)));
    }
    evidence
}
