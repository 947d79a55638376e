//! Rules on open sets: values that are unknown, or not documented for this operation.

use super::{Places, quoted};
use crate::field::Field;
use crate::model::{JobStatus, OpenSet, Operation, PrecheckStatus, StageKind, StageStatus, SyncJob};
use crate::path::Path;

pub(super) fn value_not_known(job: &SyncJob) -> Places {
    values(job, Class::Unknown, "expected a known value")
}

pub(super) fn value_not_documented(job: &SyncJob) -> Places {
    values(job, Class::Undocumented, "expected a value that is documented for this operation")
}

/// What is known of a value.
#[derive(PartialEq)]
enum Class {
    Documented,
    /// Known from the samples of the vendor's API page or from sister operations.
    Undocumented,
    Unknown,
}

/// The values of this class.
fn values(job: &SyncJob, class: Class, expected: &'static str) -> Places {
    let operation = job.operation;
    let mut search = Search { class, expected, found: Places::new() };
    search.visit(job.direction.as_ref(), || Field::SynchronizationDirection.into());
    search.visit(job.pay_type.as_ref(), || Field::PayType.into());
    search.visit_of(job.status.as_ref(), statuses(operation), || Field::Status.into());
    if let Some(precheck) = &job.precheck {
        let documented = precheck_statuses(operation);
        let path = || [Field::PrecheckStatus, Field::Status].into();
        search.visit_of(precheck.status.as_ref(), documented, path);
        for (index, item) in precheck.items.iter().enumerate() {
            let path = || Path::from([Field::PrecheckStatus, Field::Detail]).then(index);
            search.visit(item.name.as_ref(), || path().then(Field::ItemName));
            search.visit(item.status.as_ref(), || path().then(Field::CheckStatus));
        }
    }
    for stage in job.stages() {
        let documented = stage_statuses(operation, stage.kind);
        search.visit_of(stage.status, documented, || [stage.kind.record(), Field::Status].into());
    }
    search.found
}

struct Search {
    class: Class,
    expected: &'static str,
    found: Places,
}

impl Search {
    /// Adds a value of the class. The path is built only then: a precheck may have 100,000 items, nearly all valid.
    fn visit<T: OpenSet + PartialEq>(&mut self, value: Option<&T>, path: impl FnOnce() -> Path) {
        self.visit_of(value, None, path);
    }

    /// The same for a set whose documented values differ from those of `DescribeSynchronizationJobStatus`.
    fn visit_of<T: OpenSet + PartialEq>(
        &mut self,
        value: Option<&T>,
        documented: Option<&[T]>,
        path: impl FnOnce() -> Path,
    ) {
        if let Some(value) = value.filter(|value| class(*value, documented) == self.class) {
            self.found.push((path(), format!("{}, found {}", self.expected, quoted(value.as_str()))));
        }
    }
}

fn class<T: OpenSet + PartialEq>(value: &T, documented: Option<&[T]>) -> Class {
    let is_documented = documented.map_or_else(|| value.is_documented(), |values| values.contains(value));
    match (value.is_known(), is_documented) {
        (false, _) => Class::Unknown,
        (true, false) => Class::Undocumented,
        (true, true) => Class::Documented,
    }
}

/// The documented statuses of a job; `None` where they are those of `DescribeSynchronizationJobStatus`.
fn statuses(operation: Operation) -> Option<&'static [JobStatus]> {
    use JobStatus::{
        Downgrade, Failed, Finished, InitializeFailed, Initializing, Locked, Migrating, MigrationFailed,
        Modifying, NotConfigured, NotStarted, PreCheckPass, PrecheckFailed, Prechecking, Retrying,
        Suspending, Synchronizing, Upgrade,
    };
    match operation {
        Operation::DescribeDtsJobDetail | Operation::DescribeDtsJobs => Some(&[
            NotStarted,
            NotConfigured,
            Prechecking,
            PrecheckFailed,
            PreCheckPass,
            Initializing,
            InitializeFailed,
            Synchronizing,
            Migrating,
            Failed,
            MigrationFailed,
            Suspending,
            Modifying,
            Retrying,
            Upgrade,
            Downgrade,
            Locked,
            Finished,
        ]),
        Operation::DescribeMigrationJobStatus | Operation::DescribeMigrationJobs => {
            Some(&[NotStarted, Prechecking, PrecheckFailed, Migrating, Suspending, MigrationFailed, Finished])
        }
        Operation::DescribeSynchronizationJobStatus
        | Operation::DescribeSynchronizationJobs
        | Operation::DescribeSynchronizationJobStatusList => None,
    }
}

/// The documented statuses of a stage; `None` where they are those of `DescribeSynchronizationJobStatus`.
fn stage_statuses(operation: Operation, stage: StageKind) -> Option<&'static [StageStatus]> {
    use StageStatus::{Catched, Checking, Failed, Finished, Migrating, NotStarted, Suspending};
    match (operation, stage) {
        (Operation::DescribeDtsJobDetail, StageKind::Synchronization) => {
            Some(&[NotStarted, Migrating, Suspending, Checking, Failed, Finished, Catched])
        }
        (
            Operation::DescribeDtsJobs
            | Operation::DescribeMigrationJobStatus
            | Operation::DescribeMigrationJobs,
            StageKind::Synchronization,
        ) => Some(&[NotStarted, Migrating, Failed, Finished, Catched]),
        _ => None,
    }
}

/// The documented statuses of the precheck; `None` where they are those of `DescribeSynchronizationJobStatus`.
fn precheck_statuses(operation: Operation) -> Option<&'static [PrecheckStatus]> {
    use PrecheckStatus::{Checking, Failed, Finished, NotStarted, Suspending};
    match operation {
        Operation::DescribeDtsJobs | Operation::DescribeMigrationJobStatus => {
            Some(&[NotStarted, Suspending, Checking, Failed, Finished])
        }
        _ => None,
    }
}
