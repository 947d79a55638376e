//! The statuses of a job, a stage, the precheck and a precheck item (docs/wire.md, section 2).

use super::open::open_enum;

open_enum! {
    /// The state of the job as a whole: `Status`.
    JobStatus {
        /// Bought, but not configured yet:
        NotConfigured = "NotConfigured";
        NotStarted = "NotStarted", documented;
        Prechecking = "Prechecking", documented;
        /// The precheck passed, the job has not started:
        PreCheckPass = "PreCheckPass";
        PrecheckFailed = "PrecheckFailed", documented;
        Initializing = "Initializing" | "Initializating", documented;
        InitializeFailed = "InitializeFailed", documented;
        Synchronizing = "Synchronizing", documented;
        /// Interrupted; DTS is retrying:
        Retrying = "Retrying";
        Failed = "Failed", documented;
        /// Paused:
        Suspending = "Suspending", documented;
        Modifying = "Modifying", documented;
        /// A change of the objects failed:
        ModifyFailed = "ModifyFailed";
        Upgrade = "Upgrade";
        Downgrade = "Downgrade";
        /// Stopped by the vendor, usually for an unpaid bill:
        Locked = "Locked";
        Finished = "Finished", documented;
        /// Of a migration:
        Migrating = "Migrating";
        /// Of a migration:
        MigrationFailed = "MigrationFailed";
    }
}

open_enum! {
    /// The state of one stage: `Status` of `StructureInitializationStatus`, `DataInitializationStatus` and
    /// `DataSynchronizationStatus`.
    StageStatus {
        NotStarted = "NotStarted", documented;
        Checking = "Checking";
        Migrating = "Migrating", documented;
        Suspending = "Suspending";
        Failed = "Failed", documented;
        /// Synchronization without latency, as the vendor's sample puts it:
        Catched = "Catched";
        Finished = "Finished" | "Success", documented;
        /// Stopped by the vendor, mostly over a bill:
        Locked = "Locked" | "finaciallocked" | "FinancialLocked";
    }
}

open_enum! {
    /// The state of the precheck: `PrecheckStatus.Status`. The vendor's API page lists Success and Failed; its
    /// samples have Finished.
    PrecheckStatus {
        NotStarted = "NotStarted";
        Checking = "Checking";
        Prechecking = "Prechecking";
        Success = "Success", documented;
        Failed = "Failed", documented;
        Finished = "Finished";
        PrecheckFailed = "PrecheckFailed";
        Suspending = "Suspending";
    }
}

open_enum! {
    /// The result of one item of the precheck: `CheckStatus`.
    CheckStatus {
        Success = "Success", documented;
        Failed = "Failed", documented;
        Warning = "Warning";
        Checking = "Checking";
        NotStarted = "NotStarted";
        /// Passed, in the vendor's page of 2016:
        Finished = "Finished";
    }
}
