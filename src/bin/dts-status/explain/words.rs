//! Sentences for names whose meaning the library has in its documentation only.

use aliyun_dts_status::health::{DeadlineKind, Verdict};
use aliyun_dts_status::model::StageStatus;
use aliyun_dts_status::{ErrorKind, Operation};

pub(super) fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Healthy => "The job runs without a problem.",
        Verdict::Ended => "The job has ended and will not continue.",
        Verdict::Idle => "The job is not started.",
        Verdict::Progressing => "The job is starting or changing, and will run.",
        Verdict::Suspended => "The job is paused.",
        Verdict::Degraded => "The job runs with a problem.",
        Verdict::Unknown => "The state of the job is not known, which is never the same as healthy.",
        Verdict::Failed => "The job does not run.",
        Verdict::Unrecoverable => "The job does not run and can't be recovered.",
        _ => "",
    }
}

pub(super) fn of_stage_status(status: &StageStatus) -> &'static str {
    match status {
        StageStatus::NotStarted => "The stage has not begun.",
        StageStatus::Checking => "The stage checks its data.",
        StageStatus::Migrating => "The stage copies or synchronizes data.",
        StageStatus::Suspending => "The stage is paused.",
        StageStatus::Failed => "The stage failed.",
        StageStatus::Catched => "The target has caught up: the synchronization has no latency.",
        StageStatus::Finished => "The stage is done.",
        StageStatus::Locked => "The vendor has stopped the stage, mostly over a bill.",
        _ => "",
    }
}

pub(super) fn of_deadline(kind: DeadlineKind) -> &'static str {
    match kind {
        DeadlineKind::ResumeBySoft => "After this a paused job may not start again.",
        DeadlineKind::ResumeBy => "After this a paused job can't be resumed.",
        DeadlineKind::RecoverBy => "After this a failed job can't be recovered.",
        DeadlineKind::RetryUntil => "After this DTS stops retrying.",
        DeadlineKind::ExpiresAt => "The subscription ends.",
        DeadlineKind::ReleasedAt => "The instance is released, and the job with it.",
        _ => "",
    }
}

pub(super) fn of_error_kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Empty => "There are no bytes, or blanks only.",
        ErrorKind::UnknownFormat => "The body is neither XML nor JSON.",
        ErrorKind::Html => "The body is a web page, as proxies and login pages send it.",
        ErrorKind::Encoding => "The body is not UTF-8, or not in the encoding that it declares.",
        ErrorKind::Syntax => "The body is not well-formed.",
        ErrorKind::Truncated => "The body ends too early.",
        ErrorKind::TooLarge => "The body, or a part of it, is larger than a limit.",
        ErrorKind::TooDeep => "The body is nested deeper than the limit.",
        ErrorKind::TooManyNodes => "The body has more values than the limit.",
        ErrorKind::OtherOperation => "The body is the response of another operation.",
        ErrorKind::UnrecognizedBody => "The body is well-formed, but has no known field.",
        ErrorKind::OwnModel => "The body is JSON that this program wrote.",
        _ => "",
    }
}

pub(super) fn of_operation(operation: Operation) -> &'static str {
    match operation {
        Operation::DescribeSynchronizationJobStatus => {
            "One direction of one synchronization job. Delays are in seconds."
        }
        Operation::DescribeSynchronizationJobs => {
            "A page of synchronization jobs. Delays are in seconds; the incremental stage was withdrawn."
        }
        Operation::DescribeSynchronizationJobStatusList => {
            "The statuses of several synchronization jobs, in both directions. It has a checkpoint and no delay."
        }
        Operation::DescribeDtsJobDetail => {
            "One direction of one job of any kind. Delays are in milliseconds."
        }
        Operation::DescribeDtsJobs => {
            "A page of jobs of one kind. Delays are in milliseconds for migrations, in seconds for synchronizations."
        }
        Operation::DescribeMigrationJobStatus => "One migration. Delays are in seconds.",
        Operation::DescribeMigrationJobs => "A page of migrations. Delays are in seconds.",
        _ => "",
    }
}
