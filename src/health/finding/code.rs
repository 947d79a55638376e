//! The reasons of a verdict: [`FindingCode`], one table of text, phase, sentence and remedy.

use std::cmp::Ordering;

use super::phase::Phase;
use crate::named_enum::named_enum;

/// Defines [`FindingCode`] from one table.
macro_rules! codes {
    ($($variant:ident $text:literal $phase:ident $sentence:literal $remedy:literal)+) => {
        named_enum! {
            /// The reason of a verdict. The text is stable and never renamed.
            ///
            /// Codes are ordered by their text.
            #[non_exhaustive]
            pub enum FindingCode as "finding" {
                $(#[doc = concat!("`", $text, "`: ", $sentence, ".")] $variant = $text,)+
            }
        }

        impl FindingCode {
            /// The name in camel case, as conditions of Kubernetes have it: `LagHigh`.
            #[must_use]
            pub const fn as_camel_case(self) -> &'static str {
                match self { $(FindingCode::$variant => stringify!($variant),)+ }
            }

            /// What is wrong: a sentence without its full stop. The message of a finding adds the values.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(FindingCode::$variant => $sentence,)+ }
            }

            /// What to do about it.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self { $(FindingCode::$variant => $remedy,)+ }
            }

            /// The phase it belongs to. A finding about one stage has the phase of that stage instead.
            #[must_use]
            pub const fn phase(self) -> Phase {
                match self { $(FindingCode::$variant => Phase::$phase,)+ }
            }
        }
    };
}

codes! {
    // The envelope.
    ObservationInFuture "OBSERVATION_IN_FUTURE" Envelope
        "The response is dated after the time of judgement, so one of two clocks is wrong"
        "Correct the clock of the poller or of the judge, or pass the right times."
    ObservationStale "OBSERVATION_STALE" Envelope
        "The response is too old to judge the job by"
        "Poll the job again; if the poller has stopped, restart it."
    ApiCallFailed "API_CALL_FAILED" Envelope
        "The API call failed, so the state of the job is unknown"
        "Look up the error code: call less often if it is throttling, grant the permission if it is a refusal."
    JobNotFound "JOB_NOT_FOUND" Envelope
        "This account and region have no such job"
        "Check the job id, the region and the account; if the job was released, stop monitoring it."
    ApiErrorWithSuccess "API_ERROR_WITH_SUCCESS" Envelope
        "The API call succeeded, but its answer has an error code"
        "Poll again; if the code remains, report it to the vendor with its message."
    DecidingValueLost "DECIDING_VALUE_LOST" Envelope
        "Decoding lost a value that may change the verdict"
        "Look at the body and poll again; do not trust an answer that contradicts itself."
    ValuesLost "VALUES_LOST" Envelope
        "Decoding lost values"
        "Decode the body to see them."
    BodyUndecodable "BODY_UNDECODABLE" Envelope
        "The answer could not be decoded, so the state of the job is unknown"
        "Poll again; if it remains, look at what sends the answer, such as a proxy, and at the request."
    NoAnswer "NO_ANSWER" Envelope
        "There was no answer, so the state of the job is unknown"
        "Check the network between the poller and the API; poll again."
    JobMismatch "JOB_MISMATCH" Envelope
        "The response is about another job than the requested one"
        "Check that requests and responses are paired correctly, and the job id of the request."
    JobUnnamed "JOB_UNNAMED" Envelope
        "The response names no job, so it may be the answer of another operation"
        "Check which operation the request calls, and that the answer is read as that one."
    ResponseEmpty "RESPONSE_EMPTY" Envelope
        "The response has no status, neither of the job nor of a stage"
        "Check the job id, region and API version of the request, and any proxy that may cut the response."
    DirectionMismatch "DIRECTION_MISMATCH" Envelope
        "The response is about another direction than the requested one"
        "Send the direction with the request, and check that the job has two directions."

    // The job.
    JobNotConfigured "JOB_NOT_CONFIGURED" Job
        "The job was bought but not configured"
        "Configure the job, or release it."
    JobNotStarted "JOB_NOT_STARTED" Job
        "The job is not started"
        "Start the job when you need it."
    PrecheckRunning "PRECHECK_RUNNING" Precheck
        "The precheck is running"
        "Wait; a precheck takes minutes."
    PrecheckFailed "PRECHECK_FAILED" Precheck
        "The precheck failed, so the job does not start"
        "Fix the failed items, then run the precheck again."
    InitRunning "INIT_RUNNING" Job
        "The schema or the existing data are being copied"
        "Wait, and check that the progress grows."
    InitFailed "INIT_FAILED" Job
        "Copying the schema or the existing data failed"
        "Fix the cause named in the error message, then start the job again."
    JobRetrying "JOB_RETRYING" Job
        "The job was interrupted and DTS is retrying it"
        "Check that DTS can reach both databases; it gives up at the end of its retry window."
    JobFailed "JOB_FAILED" Job
        "The job failed"
        "Fix the cause named in the error message, then restart the job before its recovery window ends."
    ModifyFailed "MODIFY_FAILED" Job
        "Changing the objects of the job failed"
        "Fix the cause named in the error message, then change the objects again."
    JobSuspended "JOB_SUSPENDED" Job
        "The job is paused"
        "Resume the job before the source deletes its logs."
    JobModifying "JOB_MODIFYING" Job
        "The objects of the job are being changed"
        "Wait; the job continues afterwards."
    JobResizing "JOB_RESIZING" Job
        "The class of the job is being changed"
        "Wait; the job continues afterwards."
    JobLocked "JOB_LOCKED" Job
        "The vendor has locked the job"
        "Pay overdue bills, or ask the vendor why the job is locked."
    JobEnded "JOB_ENDED" Job
        "The job has ended"
        "If that is intended, stop monitoring it; else create a new job."
    MigrationDone "MIGRATION_DONE" Job
        "The migration is done"
        "Compare the data of source and target, then stop monitoring the migration and release it."
    StatusUnrecognized "STATUS_UNRECOGNIZED" Job
        "The job's status is unknown to this crate"
        "Look at the job in the console, and report the status to this project."
    StatusMissing "STATUS_MISSING" Job
        "The response does not contain the job's status"
        "Poll again; if it is still missing, look at the job in the console."

    // The stages.
    StatusPhaseConflict "STATUS_PHASE_CONFLICT" Job
        "The status of the job and the status of a stage contradict each other"
        "Poll again, since one may lag the other; if they still do, look at the job in the console."
    StageStatusUnrecognized "STAGE_STATUS_UNRECOGNIZED" Job
        "The status of a stage is unknown to this crate"
        "Look at the job in the console, and report the status to this project."
    StageLocked "STAGE_LOCKED" Job
        "The vendor has locked a stage of the job"
        "Pay overdue bills, or ask the vendor why it is locked."
    SchemaInitFailed "SCHEMA_INIT_FAILED" Schema
        "Copying the schema failed"
        "Fix the object named in the error message, then start the job again."
    FullInitFailed "FULL_INIT_FAILED" Full
        "Copying the existing data failed"
        "Fix the cause named in the error message, then start the job again."
    IncrementalFailed "INCREMENTAL_FAILED" Incremental
        "The incremental synchronization failed, so changes do not reach the target"
        "Fix the cause named in the error message, then start the job again before the source deletes its logs."

    // The precheck.
    PrecheckItemFailed "PRECHECK_ITEM_FAILED" Precheck
        "An item of the precheck failed"
        "Fix what the item names, then run the precheck again."

    // The lag.
    CheckpointInFuture "CHECKPOINT_IN_FUTURE" Incremental
        "The checkpoint is after the time of observation, so it does not show the lag"
        "Correct the clocks of the source database and of the poller."
    CheckpointsDisagree "CHECKPOINTS_DISAGREE" Incremental
        "The two checkpoints of the response differ"
        "No action needed; the older one is used."
    LagFieldsDisagree "LAG_FIELDS_DISAGREE" Incremental
        "Fields that report the same delay differ"
        "No action needed; the largest one is used."
    LagUnknown "LAG_UNKNOWN" Incremental
        "The job should be running, but the response has no lag"
        "Poll again; if it is still missing, look at the delay in the console."
    LagCheckpointConflict "LAG_CHECKPOINT_CONFLICT" Incremental
        "The reported delay and the age of the checkpoint contradict each other"
        "Trust the greater one; write one row in the source and check that it reaches the target."
    LagUnitSuspected "LAG_UNIT_SUSPECTED" Incremental
        "The reported delay contradicts the checkpoint as seconds, but agrees with it as milliseconds"
        "Look at the delay in the console, or call DescribeDtsJobDetail, whose unit is certain."
    IdleSourceSuspected "IDLE_SOURCE_SUSPECTED" Incremental
        "The source may be idle rather than the target late, since no changes pass"
        "Write one row in the source, or set up a heartbeat table: the delay falls if the source was idle."
    IdleSourceDoubted "IDLE_SOURCE_DOUBTED" Incremental
        "No changes have passed for so long that the job may hang"
        "Write one row in the source: if it does not reach the target within minutes, restart the job."
    LagCritical "LAG_CRITICAL" Incremental
        "The target lags the source by more than the critical threshold"
        "Look for large transactions, missing keys and load on the target, and for a job class that is too small."
    LagHigh "LAG_HIGH" Incremental
        "The target lags the source by more than the warning threshold"
        "Check whether the lag shrinks; if not, look for large transactions and load on the target."
    LogRetentionRisk "LOG_RETENTION_RISK" Incremental
        "The checkpoint is so old that the source may delete the logs the job needs"
        "Make the source keep its logs longer now, then repair the job; without the logs it must be created again."

    // The messages.
    UnrecoverableReported "UNRECOVERABLE_REPORTED" Job
        "DTS reports that the job cannot be recovered"
        "Create the job again."
    ErrorResidual "ERROR_RESIDUAL" Job
        "There is an error message although nothing it belongs to is failing"
        "No action needed; it may be left over from an earlier failure."
    RetryWindowExhausted "RETRY_WINDOW_EXHAUSTED" Job
        "DTS has retried for the longest time that it does"
        "Fix the connection or the error named in the message, then start the job by hand."

    // The vendor's time limits.
    SuspendOverHardLimit "SUSPEND_OVER_HARD_LIMIT" Job
        "The job has been paused for longer than a paused job can be resumed"
        "Try to resume it now; be ready to create it again."
    SuspendOverSoftLimit "SUSPEND_OVER_SOFT_LIMIT" Job
        "The job has been paused for so long that it may not start again"
        "Resume it now."
    RecoveryWindowExpired "RECOVERY_WINDOW_EXPIRED" Job
        "The job has been failed for longer than a failed job can be recovered"
        "Be ready to create the job again."
    RecoveryWindowClosing "RECOVERY_WINDOW_CLOSING" Job
        "The job has been failed for so long that its recovery window ends soon"
        "Fix the cause and start the job now; resuming may overwrite newer data in the target."
    StatusOverdue "STATUS_OVERDUE" Job
        "The job has been in a temporary status for too long"
        "Look at the progress of the job in the console; look for locks and load in both databases."
    ReleaseDue "RELEASE_DUE" Billing
        "The subscription ended so long ago that the instance is due for release"
        "Renew it at once if the instance still exists; else create the job again."
    Expired "EXPIRED" Billing
        "The subscription has ended, so the instance is frozen or soon will be"
        "Renew the subscription at once; the instance is released 7 days after its end."
    ExpiringSoon "EXPIRING_SOON" Billing
        "The subscription ends soon"
        "Renew the subscription, or check that auto-renewal is on."

    // Two polls.
    SnapshotOrder "SNAPSHOT_ORDER" Trend
        "The two polls are not in the order of time, so they are not compared"
        "Pass the earlier poll as the previous one."
    StatusRegressed "STATUS_REGRESSED" Trend
        "The job went back to an earlier step of its life"
        "Find out who restarted or reset the job; it may copy the existing data again."
    StatusTransitionUnexpected "STATUS_TRANSITION_UNEXPECTED" Trend
        "The job had ended, but has another status now"
        "Find out who started the job again."
    Recovered "RECOVERED" Trend
        "The job has recovered from a failure"
        "Check the data that were written in the meantime."
    CheckpointRegressed "CHECKPOINT_REGRESSED" Trend
        "The checkpoint went back, so changes are applied again"
        "Look in the console for a restart or a reset position; compare the data of source and target."
    CheckpointStalled "CHECKPOINT_STALLED" Trend
        "The checkpoint does not advance although the job runs"
        "Look for a blocked or very large transaction, and for locks in the target."
    LagGrowing "LAG_GROWING" Trend
        "The lag grows"
        "Look for large transactions and load on the target, and for a job class that is too small."
    LagShrinking "LAG_SHRINKING" Trend
        "The target is catching up"
        "Wait until the lag is gone."
    CounterReset "COUNTER_RESET" Trend
        "The progress of a stage went back"
        "Find out whether the stage was started again."
    InitStalled "INIT_STALLED" Trend
        "The progress of a stage does not grow although the stage runs"
        "Look for locks and slow queries in both databases."
    Flapping "FLAPPING" Trend
        "The verdict on the job keeps changing"
        "Compare the findings of the last polls; treat the job as degraded until its verdict is steady."

    InMaintenance "IN_MAINTENANCE" Envelope
        "The policy says that this is a time of maintenance, so the exit status is 1 at most"
        "No action needed until the maintenance ends."

    // Directions and fleets.
    ForwardNotObserved "FORWARD_NOT_OBSERVED" Aggregate
        "The job has two directions, but its forward direction was not observed"
        "Poll the job for direction Forward too."
    ReverseNotObserved "REVERSE_NOT_OBSERVED" Aggregate
        "The job has two directions, but its reverse direction was not observed"
        "Poll the job for direction Reverse too."
    DirectionsAliased "DIRECTIONS_ALIASED" Aggregate
        "Both answers are about the same task, so one direction was not observed"
        "Send the direction with the request, and check that the job has two directions."
    TwoWayHalfOpen "TWO_WAY_HALF_OPEN" Aggregate
        "Only one direction of the two-way job is running, so the databases diverge"
        "Start the other direction, or stop writing to its source."
    EndpointsNotMirrored "ENDPOINTS_NOT_MIRRORED" Aggregate
        "The endpoints of one direction are not those of the other direction swapped"
        "Check that both answers belong to the same two-way job."
    NoJobs "NO_JOBS" Aggregate
        "There is no job to judge"
        "Check the list of jobs to monitor."
}

impl Ord for FindingCode {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for FindingCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
