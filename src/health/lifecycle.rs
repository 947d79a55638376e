//! The life of a job by its `Status`: groups of statuses, base verdicts, the order of statuses.

use super::finding::{FindingCode, Severity};
use super::verdict::Verdict;
use crate::model::JobStatus;

/// Returns true for a status in which changes should reach the target.
pub(super) fn is_running(status: Option<&JobStatus>) -> bool {
    use JobStatus::{Downgrade, Migrating, Modifying, Retrying, Synchronizing, Upgrade};
    matches!(status, Some(Synchronizing | Migrating | Retrying | Modifying | Upgrade | Downgrade))
}

/// Returns true for a job that synchronizes or migrates changes without interruption.
pub(super) fn is_synchronizing(status: Option<&JobStatus>) -> bool {
    matches!(status, Some(JobStatus::Synchronizing | JobStatus::Migrating))
}

/// Returns true for a job that ran and failed.
pub(super) fn is_failed(status: Option<&JobStatus>) -> bool {
    matches!(status, Some(JobStatus::Failed | JobStatus::MigrationFailed))
}

/// Returns true for a status of failure, at any step.
pub(super) fn is_failing(status: Option<&JobStatus>) -> bool {
    use JobStatus::{Failed, InitializeFailed, MigrationFailed, ModifyFailed, PrecheckFailed};
    matches!(status, Some(Failed | MigrationFailed | ModifyFailed | InitializeFailed | PrecheckFailed))
}

/// Returns true for a status before the start.
pub(super) fn is_before_start(status: Option<&JobStatus>) -> bool {
    use JobStatus::{NotConfigured, NotStarted, PreCheckPass, PrecheckFailed, Prechecking};
    matches!(status, Some(NotConfigured | NotStarted | PreCheckPass | Prechecking | PrecheckFailed))
}

/// Returns true for a status that this crate knows.
pub(super) fn is_recognized(status: Option<&JobStatus>) -> bool {
    status.is_some_and(JobStatus::is_known)
}

/// The verdict of a status by itself, and its finding. Only Healthy has none.
pub(super) fn base(status: Option<&JobStatus>) -> (Verdict, Option<(FindingCode, Severity)>) {
    use FindingCode as Code;
    use JobStatus as Status;
    use Severity::{Critical, Info, Notice, Warning};
    let (verdict, code, severity) = match status {
        Some(Status::Synchronizing | Status::Migrating) => return (Verdict::Healthy, None),
        Some(Status::NotConfigured) => (Verdict::Idle, Code::JobNotConfigured, Notice),
        Some(Status::NotStarted | Status::PreCheckPass) => (Verdict::Idle, Code::JobNotStarted, Notice),
        Some(Status::Prechecking) => (Verdict::Progressing, Code::PrecheckRunning, Info),
        Some(Status::PrecheckFailed) => (Verdict::Failed, Code::PrecheckFailed, Critical),
        Some(Status::Initializing) => (Verdict::Progressing, Code::InitRunning, Info),
        Some(Status::InitializeFailed) => (Verdict::Failed, Code::InitFailed, Critical),
        Some(Status::Retrying) => (Verdict::Degraded, Code::JobRetrying, Warning),
        Some(Status::Failed | Status::MigrationFailed) => (Verdict::Failed, Code::JobFailed, Critical),
        Some(Status::ModifyFailed) => (Verdict::Failed, Code::ModifyFailed, Critical),
        Some(Status::Suspending) => (Verdict::Suspended, Code::JobSuspended, Notice),
        Some(Status::Modifying) => (Verdict::Progressing, Code::JobModifying, Info),
        Some(Status::Upgrade | Status::Downgrade) => (Verdict::Progressing, Code::JobResizing, Info),
        Some(Status::Locked) => (Verdict::Failed, Code::JobLocked, Critical),
        Some(Status::Finished) => (Verdict::Ended, Code::JobEnded, Notice),
        Some(Status::Unknown(_)) => (Verdict::Unknown, Code::StatusUnrecognized, Warning),
        None => (Verdict::Unknown, Code::StatusMissing, Warning),
    };
    (verdict, Some((code, severity)))
}

/// The step of a job's life, from 0 (not configured) to 6 (ended). `None` for an unknown status.
pub(super) fn step_of_life(status: &JobStatus) -> Option<u8> {
    use JobStatus as Status;
    Some(match status {
        Status::NotConfigured => 0,
        Status::NotStarted => 1,
        Status::Prechecking | Status::PrecheckFailed => 2,
        Status::PreCheckPass => 3,
        Status::Initializing | Status::InitializeFailed => 4,
        Status::Synchronizing
        | Status::Retrying
        | Status::Failed
        | Status::Suspending
        | Status::Modifying
        | Status::Upgrade
        | Status::Downgrade
        | Status::Locked
        | Status::ModifyFailed
        | Status::Migrating
        | Status::MigrationFailed => 5,
        Status::Finished => 6,
        Status::Unknown(_) => return None,
    })
}
