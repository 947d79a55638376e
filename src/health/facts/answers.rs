//! What the answers of an operation have: what they never have is no evidence where it is absent.

use super::lag::Source;
use crate::model::{Operation, StageKind};

/// Returns true if answers of the operation have this stage. `DescribeSynchronizationJobs` has its synchronization stage
/// in old answers only.
pub(in crate::health) fn has_stage(operation: Operation, stage: StageKind) -> bool {
    match operation {
        Operation::DescribeSynchronizationJobStatus
        | Operation::DescribeDtsJobs
        | Operation::DescribeMigrationJobStatus
        | Operation::DescribeMigrationJobs => true,
        Operation::DescribeSynchronizationJobs => stage != StageKind::Synchronization,
        Operation::DescribeDtsJobDetail => stage == StageKind::Synchronization,
        Operation::DescribeSynchronizationJobStatusList => false,
    }
}

/// Returns true if answers of the operation have a precheck.
pub(in crate::health) fn has_precheck(operation: Operation) -> bool {
    !matches!(operation, Operation::DescribeDtsJobDetail | Operation::DescribeSynchronizationJobStatusList)
}

/// The fields of its answers that report a delay or a checkpoint.
pub(in crate::health) fn lag_sources(operation: Operation) -> &'static [Source] {
    match operation {
        Operation::DescribeSynchronizationJobStatus => {
            &[Source::Delay, Source::DelayMillis, Source::Checkpoint]
        }
        Operation::DescribeSynchronizationJobs => &[Source::Delay],
        Operation::DescribeSynchronizationJobStatusList => &[Source::Checkpoint],
        Operation::DescribeDtsJobDetail | Operation::DescribeDtsJobs => &[Source::Delay, Source::Checkpoint],
        Operation::DescribeMigrationJobStatus => &[Source::StageDelay, Source::StageCheckpoint],
        Operation::DescribeMigrationJobs => &[Source::StageDelay],
    }
}

/// Returns true if answers of the operation name the task of a job.
pub(in crate::health) fn has_task(operation: Operation) -> bool {
    !matches!(
        operation,
        Operation::DescribeSynchronizationJobs
            | Operation::DescribeSynchronizationJobStatusList
            | Operation::DescribeMigrationJobs
    )
}

/// Returns true if answers of the operation have the name and the class of a job.
pub(in crate::health) fn has_job_name(operation: Operation) -> bool {
    operation != Operation::DescribeSynchronizationJobStatusList
}
