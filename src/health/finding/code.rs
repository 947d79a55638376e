//! Every reason a verdict can have: [`FindingCode`], one table of text, phase, sentence and remedy.

use std::cmp::Ordering;

use super::Phase;
use crate::named_enum::named_enum;

/// Defines [`FindingCode`] from one table.
macro_rules! codes {
    ($($variant:ident $text:literal $phase:ident $sentence:literal $remedy:literal)+) => {
        named_enum! {
            /// Why a verdict is what it is. The text is stable and never renamed.
            ///
            /// Codes are ordered by their text.
            #[non_exhaustive]
            pub enum FindingCode as "finding" {
                $(#[doc = concat!("`", $text, "`: ", $sentence, ".")] $variant = $text,)+
            }
        }

        impl FindingCode {
            /// What it means, as a sentence without its full stop. A finding's message adds the values.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(FindingCode::$variant => $sentence,)+ }
            }

            /// What to do about it.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self { $(FindingCode::$variant => $remedy,)+ }
            }

            /// The phase it belongs to. A finding about one stage belongs to the phase of that stage instead.
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
        "The response is dated later than the time of judgement, so one of two clocks is wrong"
        "Set the clocks of the poller and of the judge, or pass the right times."
    ObservationStale "OBSERVATION_STALE" Envelope
        "The response is too old to tell how the job is now"
        "Poll the job again; if this stays, see why the poller has stopped."
    ApiCallFailed "API_CALL_FAILED" Envelope
        "The API call failed, so it is not known how the job is"
        "Look the error code up: throttling wants fewer calls, a refusal wants a permission for the caller."
    JobNotFound "JOB_NOT_FOUND" Envelope
        "There is no such job for this account and region"
        "Check the job id, the region and the account; if the job was released, stop monitoring it."
    ApiErrorWithSuccess "API_ERROR_WITH_SUCCESS" Envelope
        "The API call succeeded, yet its answer carries an error code"
        "Poll again; if the code stays, read its message and take it to the vendor."
    ResponseEmpty "RESPONSE_EMPTY" Envelope
        "The response tells the status of neither the job nor any stage"
        "Check the request's job id, region and API version, and what a proxy in between may have cut."
    DirectionMismatch "DIRECTION_MISMATCH" Envelope
        "The response is about another direction than the one asked for"
        "Send the direction with the request, and check that the job is a two-way one."

    // The job.
    JobNotConfigured "JOB_NOT_CONFIGURED" Job
        "The job was bought and never configured"
        "Configure the job, or release it."
    JobNotStarted "JOB_NOT_STARTED" Job
        "The job has not been started"
        "Start the job when it is wanted."
    PrecheckRunning "PRECHECK_RUNNING" Precheck
        "The precheck is running"
        "Nothing to do; it takes minutes."
    PrecheckFailed "PRECHECK_FAILED" Precheck
        "The precheck failed, so the job does not start"
        "Repair what the failed items name, then run the precheck again."
    InitRunning "INIT_RUNNING" Job
        "The schema or the full data are being copied"
        "Nothing to do; see that the progress grows."
    InitFailed "INIT_FAILED" Job
        "The copying of the schema or the full data failed"
        "Read the error message, repair its cause and start the job again."
    JobRetrying "JOB_RETRYING" Job
        "The job broke off and DTS is trying again"
        "See that both databases can be reached; DTS gives up after its retry window."
    JobFailed "JOB_FAILED" Job
        "The job failed"
        "Read the error message, repair its cause and start the job again before its recovery window ends."
    JobSuspended "JOB_SUSPENDED" Job
        "The job is paused"
        "Resume the job before the source's logs are gone."
    JobModifying "JOB_MODIFYING" Job
        "The objects of the job are being changed"
        "Nothing to do; the job goes on afterwards."
    JobResizing "JOB_RESIZING" Job
        "The class of the job is being changed"
        "Nothing to do; the job goes on afterwards."
    JobLocked "JOB_LOCKED" Job
        "The job is locked by the vendor"
        "Pay what is overdue, or ask the vendor why the job is locked."
    JobEnded "JOB_ENDED" Job
        "The job was ended"
        "If it was ended on purpose, stop monitoring it; else make a new job."
    StatusUnrecognized "STATUS_UNRECOGNIZED" Job
        "The job's status is one that nobody knows"
        "Look at the job in the console, and report the status so that it becomes known."
    StatusMissing "STATUS_MISSING" Job
        "The response does not tell the job's status"
        "Poll again; if it stays, look at the job in the console."

    // The stages.
    StatusPhaseConflict "STATUS_PHASE_CONFLICT" Job
        "The job's status and the status of a stage do not fit together"
        "Poll again, since one may be behind the other; if it stays, look at the job in the console."
    SchemaInitFailed "SCHEMA_INIT_FAILED" Schema
        "The copying of the schema failed"
        "Read the error message, repair the object it names, then start the job again."
    FullInitFailed "FULL_INIT_FAILED" Full
        "The copying of the full data failed"
        "Read the error message, repair its cause, then start the job again."
    IncrementalFailed "INCREMENTAL_FAILED" Incremental
        "The incremental synchronization failed, so changes no longer reach the target"
        "Read the error message, repair its cause, then start the job again before the source's logs are gone."

    // The precheck.
    PrecheckItemFailed "PRECHECK_ITEM_FAILED" Precheck
        "An item of the precheck failed"
        "Repair what the item names, then run the precheck again."

    // The lag.
    CheckpointInFuture "CHECKPOINT_IN_FUTURE" Incremental
        "The checkpoint lies ahead of the observation, so it tells nothing of the lag"
        "Set the clocks of the source database and of the poller."
    CheckpointsDisagree "CHECKPOINTS_DISAGREE" Incremental
        "The two checkpoints of the response lie apart"
        "Nothing to do at once; the older one is used."
    LagFieldsDisagree "LAG_FIELDS_DISAGREE" Incremental
        "Fields that tell the same delay differ"
        "Nothing to do at once; the largest one is used."
    LagUnknown "LAG_UNKNOWN" Incremental
        "The job should be running, yet nothing tells how far the target is behind"
        "Look at the delay in the console; poll again."
    LagCheckpointConflict "LAG_CHECKPOINT_CONFLICT" Incremental
        "The reported delay and the age of the checkpoint do not fit together"
        "Trust the greater of the two; write one row in the source and see whether it reaches the target."
    IdleSourceSuspected "IDLE_SOURCE_SUSPECTED" Incremental
        "The lag may be none: nothing goes through, as when the source is quiet"
        "Write one row in the source, or set up a heartbeat table: the delay falls if the source was merely quiet."
    LagCritical "LAG_CRITICAL" Incremental
        "The target is far behind the source, beyond the critical threshold"
        "Look for large transactions, missing keys and load on the target, and for a job class that is too small."
    LagHigh "LAG_HIGH" Incremental
        "The target is behind the source, beyond the warning threshold"
        "See whether it shrinks; if not, look for large transactions and load on the target."
    LogRetentionRisk "LOG_RETENTION_RISK" Incremental
        "The position is so old that the source may no longer keep its logs"
        "Keep the source's logs for longer at once, then repair the job; when the logs are gone it must be made anew."

    // The messages.
    UnrecoverableReported "UNRECOVERABLE_REPORTED" Job
        "DTS says that the job cannot be recovered"
        "Make the job anew."
    ErrorResidual "ERROR_RESIDUAL" Job
        "An error message stands there though what it belongs to is not failing"
        "Nothing to do at once; it may be left over from a failure that is past."
    RetryWindowExhausted "RETRY_WINDOW_EXHAUSTED" Job
        "DTS has tried again for as long as it does"
        "Repair the connection or the error named, then start the job by hand."

    // The clocks.
    SuspendOverHardLimit "SUSPEND_OVER_HARD_LIMIT" Job
        "The job has been paused for longer than a job can be and still be resumed"
        "Try to resume it now; be ready to make it anew."
    SuspendOverSoftLimit "SUSPEND_OVER_SOFT_LIMIT" Job
        "The job has been paused for so long that it may not start again"
        "Resume it now."
    RecoveryWindowExpired "RECOVERY_WINDOW_EXPIRED" Job
        "The job has been failed for longer than a failed job can be recovered"
        "Be ready to make the job anew."
    RecoveryWindowClosing "RECOVERY_WINDOW_CLOSING" Job
        "The job has been failed for so long that it soon can't be recovered"
        "Repair the cause and start the job now; resuming may overwrite newer data in the target."
    ReleaseDue "RELEASE_DUE" Billing
        "The subscription ended so long ago that the instance is due for release"
        "Renew at once if the instance still exists; else make the job anew."
    Expired "EXPIRED" Billing
        "The subscription has ended and the instance is frozen or about to be"
        "Renew the subscription at once; the instance is released 7 days after its end."
    ExpiringSoon "EXPIRING_SOON" Billing
        "The subscription ends soon"
        "Renew the subscription, or check that auto-renewal is on."

    // Two snapshots.
    SnapshotOrder "SNAPSHOT_ORDER" Trend
        "The two snapshots are not in the order of time, so they are not compared"
        "Pass the earlier snapshot as the previous one."
    StatusRegressed "STATUS_REGRESSED" Trend
        "The job went back to an earlier step of its life"
        "Find out who restarted or reset the job; the target may be initialized anew."
    StatusTransitionUnexpected "STATUS_TRANSITION_UNEXPECTED" Trend
        "The job was ended and yet has another status now"
        "Find out who started the job again."
    Recovered "RECOVERED" Trend
        "The job has come back from a failure"
        "Nothing to do; check the data that were written meanwhile."
    CheckpointRegressed "CHECKPOINT_REGRESSED" Trend
        "The checkpoint went back, so changes are being applied again"
        "Look in the console for a restart or a reset position; compare the data of source and target."
    CheckpointStalled "CHECKPOINT_STALLED" Trend
        "The checkpoint stands still though the job runs"
        "Look for a blocked or very large transaction, and for locks in the target."
    LagGrowing "LAG_GROWING" Trend
        "The target falls further behind"
        "Look for large transactions and load on the target, and for a job class that is too small."
    LagShrinking "LAG_SHRINKING" Trend
        "The target is catching up"
        "Nothing to do; wait."
    CounterReset "COUNTER_RESET" Trend
        "The progress of a stage went back"
        "Find out whether the stage was started anew."
    InitStalled "INIT_STALLED" Trend
        "The progress of a stage stands still though it runs"
        "Look for locks and slow queries in both databases."
    Flapping "FLAPPING" Trend
        "The verdict on the job changes to and fro"
        "Look at what the verdicts of the last polls have in common; treat the job as degraded until it is steady."

    // Directions and fleets.
    ForwardNotObserved "FORWARD_NOT_OBSERVED" Aggregate
        "The job is a two-way one, yet its forward direction was not observed"
        "Poll the job for direction Forward too."
    ReverseNotObserved "REVERSE_NOT_OBSERVED" Aggregate
        "The job is a two-way one, yet its reverse direction was not observed"
        "Poll the job for direction Reverse too."
    DirectionsAliased "DIRECTIONS_ALIASED" Aggregate
        "Both answers are about one and the same task, so one direction was not observed"
        "Send the direction with the request, and check that the job is a two-way one."
    TwoWayHalfOpen "TWO_WAY_HALF_OPEN" Aggregate
        "Only one direction of the two-way job is live, so the databases drift apart"
        "Start the other direction, or stop writing to its source."
    EndpointsNotMirrored "ENDPOINTS_NOT_MIRRORED" Aggregate
        "The endpoints of the two directions are not each other's mirror image"
        "Check that both answers belong to the same two-way job."
    NoJobs "NO_JOBS" Aggregate
        "There is no job to judge"
        "Check what the jobs are listed from."
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
