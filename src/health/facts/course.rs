//! What a job does at the moment: [`Course`].

use super::stage::StageFacts;
use crate::health::lifecycle::{is_before_start, is_running};
use crate::model::{JobKind, JobStatus, Operation, StageStatus, SyncJob};

/// What a job does at the moment, as far as its kind decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::health) struct Course {
    pub(in crate::health) is_migration: bool,
    /// True for a migration in `Migrating` that still copies the schema or the existing data.
    pub(in crate::health) copies: bool,
    /// True for a migration without a synchronization stage.
    pub(in crate::health) never_lags: bool,
    /// True if the checkpoint is not that of the latest record: the job does not apply changes yet, or never does.
    pub(in crate::health) checkpoint_is_start: bool,
}

impl Course {
    pub(super) fn new(job: &SyncJob, [schema, full, incremental]: [&StageFacts<'_>; 3]) -> Self {
        use JobStatus::{InitializeFailed, Initializing};
        let status = job.status.as_ref();
        let kind = job.job_kind().or_else(|| JobKind::of_status(status?));
        let is_migration = kind == Some(JobKind::Migration);
        let at_work =
            |stage: &StageFacts<'_>| stage.is(&StageStatus::Migrating) || stage.is(&StageStatus::Checking);
        let initializes = at_work(schema) || at_work(full);
        let not_started = incremental.is(&StageStatus::NotStarted);
        let has_no_stage = incremental.status.is_none();
        let copies = is_migration
            && status == Some(&JobStatus::Migrating)
            && (initializes || not_started || has_no_stage);
        let never_lags = is_migration && job.data_synchronization == Some(false);

        let of_dts = matches!(job.operation, Operation::DescribeDtsJobDetail | Operation::DescribeDtsJobs);
        let starts = is_before_start(status) || matches!(status, Some(Initializing | InitializeFailed));
        let loads = initializes && kind != Some(JobKind::Synchronization);
        let rests = is_migration && has_no_stage && !is_running(status);
        let before_changes = of_dts && (starts || not_started || loads || rests);
        let checkpoint_is_start = copies || never_lags || before_changes;
        Course { is_migration, copies, never_lags, checkpoint_is_start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::facts::stage::StageFacts;
    use crate::model::{InitializationStage, SynchronizationStage};

    /// A job of an operation with a status, a full stage and an incremental stage.
    fn course(operation: Operation, kind: Option<JobKind>, stages: [&str; 3]) -> Course {
        let [status, full, incremental] = stages;
        let given = |text: &str| (!text.is_empty()).then(|| StageStatus::from(text));
        let mut job = SyncJob { operation, kind, status: Some(status.into()), ..SyncJob::default() };
        job.data_stage = Some(InitializationStage { status: given(full), ..InitializationStage::default() });
        job.synchronization_stage =
            Some(SynchronizationStage { status: given(incremental), ..SynchronizationStage::default() });
        let [schema, full, incremental] = job.stages().map(StageFacts::new);
        Course::new(&job, [&schema, &full, &incremental])
    }

    #[test]
    fn a_migration_copies_until_it_applies_changes() {
        let migration = Some(JobKind::Migration);
        for (stages, copies) in [
            (["Migrating", "Migrating", ""], true),
            (["Migrating", "Checking", "Migrating"], true),
            (["Migrating", "Finished", ""], true),
            (["Migrating", "Finished", "NotStarted"], true),
            (["Migrating", "Finished", "Migrating"], false),
            (["Migrating", "Finished", "Catched"], false),
            (["Migrating", "Failed", "Migrating"], false),
            (["Synchronizing", "Finished", ""], false),
            (["Synchronizing", "Migrating", "NotStarted"], false),
            (["Retrying", "Migrating", ""], false),
            (["Modifying", "Migrating", ""], false),
            (["Upgrade", "Finished", ""], false),
            (["Downgrade", "Finished", ""], false),
            (["Suspending", "Migrating", ""], false),
            (["Finished", "Finished", ""], false),
        ] {
            for operation in [Operation::DescribeMigrationJobStatus, Operation::DescribeDtsJobs] {
                let course = course(operation, migration, stages);
                assert_eq!(course.copies, copies, "{operation} {stages:?}");
                assert!(course.is_migration);
            }
            let synchronization = Some(JobKind::Synchronization);
            assert!(!course(Operation::DescribeDtsJobs, synchronization, stages).copies, "{stages:?}");
        }
    }

    #[test]
    fn a_checkpoint_is_that_of_a_record_once_changes_are_applied() {
        let (migration, synchronization) = (Some(JobKind::Migration), Some(JobKind::Synchronization));
        let dts = Operation::DescribeDtsJobs;
        for (operation, kind, stages, is_start) in [
            (dts, synchronization, ["Synchronizing", "Finished", "Catched"], false),
            (dts, synchronization, ["Synchronizing", "Finished", ""], false),
            (dts, synchronization, ["Synchronizing", "Finished", "NotStarted"], true),
            (dts, synchronization, ["Initializing", "Migrating", ""], true),
            (dts, synchronization, ["Failed", "Finished", "Failed"], false),
            (dts, synchronization, ["Failed", "Failed", "NotStarted"], true),
            (dts, migration, ["Synchronizing", "Finished", ""], false),
            (dts, migration, ["Migrating", "Finished", ""], true),
            (dts, migration, ["Retrying", "Finished", ""], false),
            (dts, migration, ["Retrying", "Migrating", ""], true),
            (dts, migration, ["Suspending", "Migrating", ""], true),
            (dts, migration, ["Suspending", "Finished", "Suspending"], false),
            (dts, migration, ["MigrationFailed", "Failed", ""], true),
            (dts, None, ["Retrying", "Migrating", ""], true),
            (dts, None, ["Retrying", "Finished", ""], false),
            (Operation::default(), None, ["Initializing", "Migrating", "NotStarted"], false),
            (Operation::DescribeMigrationJobStatus, None, ["Migrating", "Migrating", "NotStarted"], true),
        ] {
            let course = course(operation, kind, stages);
            assert_eq!(course.checkpoint_is_start, is_start, "{operation} {kind:?} {stages:?}");
        }
    }
}
