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
    /// The checkpoint that is used, the older one, and the field that told it.
    pub(in crate::health) checkpoint: Option<(DateTime<Utc>, Source)>,
    /// Its age when it was observed, never negative.
    pub(in crate::health) data_age: Option<TimeDelta>,
    /// Whether the lag of this job is judged at all.
    judged: bool,
    /// The largest delay reported.
    reported: Option<(TimeDelta, Source)>,
    /// The delays reported, each in the place of its field in [`Source::DELAYS`].
    delays: [Option<TimeDelta>; 4],
    /// The checkpoints reported that do not lie in the future, likewise in [`Source::CHECKPOINTS`].
    usable: [Option<DateTime<Utc>>; 2],
}

/// A field that tells a lag, of the job or of its incremental stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::health) enum Source {
    Delay,
    DelayMillis,
    StageDelay,
    StageDelayMillis,
    Checkpoint,
    StageCheckpoint,
}

impl Source {
    const DELAYS: [Source; 4] =
        [Source::Delay, Source::DelayMillis, Source::StageDelay, Source::StageDelayMillis];
    const CHECKPOINTS: [Source; 2] = [Source::Checkpoint, Source::StageCheckpoint];

    pub(in crate::health) fn path(self) -> Path {
        let stage = |field| Path::from([Field::DataSynchronizationStatus, field]);
        match self {
            Source::Delay => Path::from(Field::Delay),
            Source::DelayMillis => Path::from(Field::DelayMillis),
            Source::StageDelay => stage(Field::Delay),
            Source::StageDelayMillis => stage(Field::DelayMillis),
            Source::Checkpoint => Path::from(Field::Checkpoint),
            Source::StageCheckpoint => stage(Field::Checkpoint),
        }
    }

    /// A delay told by this field, as evidence.
    fn delay(self, delay: TimeDelta) -> Evidence {
        let number = match self {
            Source::DelayMillis | Source::StageDelayMillis => delay.num_milliseconds(),
            _ => delay.num_seconds(),
        };
        Evidence::of(self.path(), Some(number))
    }

    /// A checkpoint told by this field, as evidence.
    pub(in crate::health) fn checkpoint(self, at: DateTime<Utc>) -> Evidence {
        Evidence::of(self.path(), Some(spelling::checkpoint(&at)))
    }
}

pub(in crate::health) fn measure(case: &Case<'_>) -> Measured {
    let observed_at = case.context.observed_at;
    let usable = checkpoints(case).map(|at| at.filter(|at| !is_future(case, *at)));
    let checkpoint = match usable {
        [Some(job), Some(stage)] if stage < job => Some((stage, Source::StageCheckpoint)),
        [Some(job), _] => Some((job, Source::Checkpoint)),
        [None, Some(stage)] => Some((stage, Source::StageCheckpoint)),
        [None, None] => None,
    };
    let data_age = checkpoint.map(|(at, _)| observed_at.signed_duration_since(at).max(TimeDelta::zero()));

    let delays = delays(case);
    let mut reported: Option<(TimeDelta, Source)> = None;
    for (delay, source) in delays.iter().zip(Source::DELAYS) {
        if let Some(delay) = *delay
            && reported.is_none_or(|(largest, _)| delay > largest)
        {
            reported = Some((delay, source));
        }
    }

    let judged = is_judged(case);
    let by_age = data_age.zip(checkpoint.map(|(_, source)| source));
    let lag = match (reported, by_age) {
        _ if !judged => None,
        (Some(reported), Some(by_age)) if by_age.0 > reported.0 => Some(by_age),
        (reported, by_age) => reported.or(by_age),
    };
    Measured { lag, checkpoint, data_age, judged, reported, delays, usable }
}

pub(super) fn judge(case: &Case<'_>, measured: &Measured, findings: &mut Vec<Finding>) {
    judge_checkpoints(case, measured, findings);
    if measured.judged {
        judge_delays(case, measured, findings);
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
    match (source, checkpoint) {
        (Source::Checkpoint | Source::StageCheckpoint, Some(at)) => {
            vec![source.checkpoint(at), Evidence::observed_at(observed_at)]
        }
        _ => vec![source.delay(lag)],
    }
}

/// Two numbers of one place tell the same, one of them in whole seconds; from here on it is not the rounding.
const ROUNDING: TimeDelta = match TimeDelta::try_seconds(2) {
    Some(value) => value,
    None => TimeDelta::zero(),
};

fn judge_checkpoints(case: &Case<'_>, measured: &Measured, findings: &mut Vec<Finding>) {
    for (at, source) in checkpoints(case).into_iter().zip(Source::CHECKPOINTS) {
        if let Some(at) = at.filter(|at| is_future(case, *at)) {
            let severity = if is_running(case.status) { Severity::Warning } else { Severity::Notice };
            let evidence = vec![source.checkpoint(at), Evidence::observed_at(case.context.observed_at)];
            findings.push(case.finding(FindingCode::CheckpointInFuture, severity, evidence));
        }
    }
    if let [Some(job), Some(stage)] = measured.usable
        && job.signed_duration_since(stage).abs() > case.policy.coherence_tolerance
    {
        let evidence = vec![Source::Checkpoint.checkpoint(job), Source::StageCheckpoint.checkpoint(stage)];
        findings.push(case.finding(FindingCode::CheckpointsDisagree, Severity::Notice, evidence));
    }
}

fn judge_delays(case: &Case<'_>, measured: &Measured, findings: &mut Vec<Finding>) {
    let [seconds, millis, stage_seconds, stage_millis] = measured.delays;
    let pairs = [
        (seconds, millis, [Source::Delay, Source::DelayMillis]),
        (stage_seconds, stage_millis, [Source::StageDelay, Source::StageDelayMillis]),
    ];
    let mut disagree = |one: TimeDelta, other: TimeDelta, [source, other_source]: [Source; 2]| {
        let evidence = vec![source.delay(one), other_source.delay(other)];
        findings.push(case.finding(FindingCode::LagFieldsDisagree, Severity::Notice, evidence));
    };
    let mut coherent = true;
    for (one, other, sources) in pairs {
        if let (Some(one), Some(other)) = (one, other)
            && apart(one, other) >= ROUNDING
        {
            coherent = false;
            disagree(one, other, sources);
        }
    }
    let told = measured.delays.iter().zip(Source::DELAYS);
    let smallest =
        told.filter_map(|(delay, source)| Some(((*delay)?, source))).min_by_key(|(delay, _)| *delay);
    if coherent
        && let (Some((most, most_source)), Some((least, least_source))) = (measured.reported, smallest)
        && apart(most, least) > case.policy.coherence_tolerance
    {
        disagree(most, least, [most_source, least_source]);
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
    if is_conflict(case, measured)
        && let (Some((delay, source)), Some((at, checkpoint))) = (measured.reported, measured.checkpoint)
    {
        let observed_at = Evidence::observed_at(case.context.observed_at);
        let both = vec![source.delay(delay), checkpoint.checkpoint(at), observed_at];
        findings.push(case.finding(FindingCode::LagCheckpointConflict, Severity::Warning, both));
    }
    let idle = is_idle(case, measured);
    if idle && let Some(performance) = &case.job.performance {
        let mut all = vec![Evidence::of([Field::Performance, Field::Rps], performance.rps)];
        all.extend(performance.flow.map(|flow| Evidence::of([Field::Performance, Field::Flow], Some(flow))));
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
    let Some((at, source)) = measured.checkpoint.filter(|_| measured.judged || failed) else { return };
    if measured.data_age.is_none_or(|age| age < case.policy.log_retention) {
        return;
    }
    let severity = if is_idle(case, measured) { Severity::Warning } else { Severity::Critical };
    let evidence = vec![source.checkpoint(at), Evidence::observed_at(case.context.observed_at)];
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
    measured.lag.is_some_and(|(lag, _)| lag > case.policy.lag_warn)
        && performance.rps == Some(0.0)
        && performance.flow.is_none_or(|flow| flow.mb_per_s() == 0.0)
        && !case.incremental.is(&StageStatus::Failed)
        && matches!(case.status, Some(JobStatus::Synchronizing | JobStatus::Modifying))
        && !is_conflict(case, measured)
}

fn is_future(case: &Case<'_>, at: DateTime<Utc>) -> bool {
    at.signed_duration_since(case.context.observed_at) > case.policy.clock_skew
}

/// Each in the place of its field in [`Source::CHECKPOINTS`].
fn checkpoints(case: &Case<'_>) -> [Option<DateTime<Utc>>; 2] {
    let stage = case.job.synchronization_stage.as_ref();
    [case.job.checkpoint, stage.and_then(|stage| stage.checkpoint)]
}

/// Each in the place of its field in [`Source::DELAYS`]. A negative one tells nothing.
fn delays(case: &Case<'_>) -> [Option<TimeDelta>; 4] {
    let job = case.job;
    let stage = job.synchronization_stage.as_ref();
    let stage_delay = stage.and_then(|stage| stage.delay);
    let stage_millis = stage.and_then(|stage| stage.delay_millis);
    [job.delay, job.delay_millis, stage_delay, stage_millis]
        .map(|delay| delay.filter(|delay| *delay >= TimeDelta::zero()))
}

/// How far two lengths of time that are not negative lie apart.
fn apart(one: TimeDelta, other: TimeDelta) -> TimeDelta {
    one.checked_sub(&other).unwrap_or(TimeDelta::MAX).abs()
}

/// What stands where a lag was looked for, absent or of no use.
fn unknown_evidence(case: &Case<'_>) -> Vec<Evidence> {
    let job = case.job;
    let seconds = |delay: Option<TimeDelta>| delay.map(|delay| delay.num_seconds().to_string());
    let millis = |delay: Option<TimeDelta>| delay.map(|delay| delay.num_milliseconds().to_string());
    let checkpoint = |at: &Option<DateTime<Utc>>| at.as_ref().map(spelling::checkpoint);
    let mut evidence = vec![
        Evidence::new(Source::Delay.path(), seconds(job.delay)),
        Evidence::new(Source::DelayMillis.path(), millis(job.delay_millis)),
        Evidence::new(Source::Checkpoint.path(), checkpoint(&job.checkpoint)),
    ];
    if let Some(stage) = &job.synchronization_stage {
        let told = [
            (Source::StageDelay, seconds(stage.delay)),
            (Source::StageDelayMillis, millis(stage.delay_millis)),
            (Source::StageCheckpoint, checkpoint(&stage.checkpoint)),
        ];
        let told = told.into_iter().filter(|(_, value)| value.is_some());
        evidence.extend(told.map(|(source, value)| Evidence::new(source.path(), value)));
    }
    evidence
}
