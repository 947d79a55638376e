//! Jobs and assessments for the tests.

use aliyun_dts_status::health::{Assessment, Context, FindingCode, Policy, assess};
use aliyun_dts_status::model::{InitializationStage, JobStatus, StageStatus, SynchronizationStage};
use aliyun_dts_status::{Operation, SyncJob};
use chrono::{DateTime, TimeDelta, Utc};

/// The time of observation of the sample, 6 s after its checkpoint.
pub(crate) const NOW: i64 = 1_610_616_150;

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// The time this many seconds after [`NOW`].
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(NOW + seconds, 0).unwrap()
}

pub(crate) fn secs(seconds: i64) -> TimeDelta {
    TimeDelta::try_seconds(seconds).unwrap()
}

pub(crate) fn millis(millis: i64) -> TimeDelta {
    TimeDelta::try_milliseconds(millis).unwrap()
}

/// The documented sample with this status and a change.
pub(crate) fn job(status: impl Into<Option<&'static str>>, change: impl FnOnce(&mut SyncJob)) -> SyncJob {
    let mut job = SyncJob::sample();
    job.status = status.into().map(JobStatus::from);
    change(&mut job);
    job
}

/// A job of another operation with a status, an id, a task and a change.
pub(crate) fn job_of(
    operation: Operation,
    status: impl Into<Option<&'static str>>,
    change: impl FnOnce(&mut SyncJob),
) -> SyncJob {
    let mut job = SyncJob::default();
    job.operation = operation;
    job.job_id = Some("dtsi03e3zty16iwxyz".to_owned());
    job.task_id = Some("i03e3zty16iwxyz".to_owned());
    job.status = status.into().map(JobStatus::from);
    change(&mut job);
    job
}

/// A schema or full stage with this status alone.
pub(crate) fn initial_stage(status: &str) -> Option<InitializationStage> {
    let mut stage = InitializationStage::default();
    stage.status = Some(StageStatus::from(status));
    Some(stage)
}

/// The documented sample with this lag in every field.
pub(crate) fn lagging(status: &'static str, seconds: i64, change: impl FnOnce(&mut SyncJob)) -> SyncJob {
    job(status, |job| {
        job.delay = Some(secs(seconds));
        job.delay_millis = Some(secs(seconds));
        job.checkpoint = Some(at(-seconds));
        change(job);
    })
}

/// An incremental stage with this status alone.
pub(crate) fn stage(status: &str) -> Option<SynchronizationStage> {
    let mut stage = SynchronizationStage::default();
    stage.status = Some(StageStatus::from(status));
    Some(stage)
}

/// Judges a job at [`NOW`] by the default policy.
pub(crate) fn judge(job: &SyncJob) -> Assessment {
    judge_at(job, &Context::at(at(0)))
}

/// Judges a job by the default policy.
pub(crate) fn judge_at(job: &SyncJob, context: &Context) -> Assessment {
    assess(job, context, &Policy::default())
}

/// The codes of the findings, sorted.
pub(crate) fn codes(assessment: &Assessment) -> Vec<&'static str> {
    let mut codes: Vec<_> = assessment.findings().iter().map(|finding| finding.code.as_str()).collect();
    codes.sort_unstable();
    codes
}

/// The severity of the first finding with this code.
pub(crate) fn severity(assessment: &Assessment, code: FindingCode) -> Option<&'static str> {
    assessment.findings().iter().find(|finding| finding.code == code).map(|finding| finding.severity.as_str())
}
