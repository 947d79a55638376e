//! The four kinds of status: of the job, of a stage, of the precheck, of a precheck item (docs/wire.md, section 2).

use super::open::open_enum;

open_enum! {
    /// What the job as a whole is doing: `Status`.
    JobStatus {
        /// Made, but no objects were chosen yet:
        NotConfigured = "NotConfigured";
        NotStarted = "NotStarted", documented;
        Prechecking = "Prechecking", documented;
        /// The precheck passed, nothing runs yet:
        PreCheckPass = "PreCheckPass";
        PrecheckFailed = "PrecheckFailed", documented;
        Initializing = "Initializing" | "Initializating", documented;
        InitializeFailed = "InitializeFailed", documented;
        Synchronizing = "Synchronizing", documented;
        /// Broken off, and being tried again by DTS:
        Retrying = "Retrying";
        Failed = "Failed", documented;
        /// Paused:
        Suspending = "Suspending", documented;
        Modifying = "Modifying", documented;
        /// A change of the objects failed:
        ModifyFailed = "ModifyFailed";
        Upgrade = "Upgrade";
        Downgrade = "Downgrade";
        /// Stopped by the vendor, mostly over a bill:
        Locked = "Locked";
        Finished = "Finished", documented;
        /// Of a migration:
        Migrating = "Migrating";
        /// Of a migration:
        MigrationFailed = "MigrationFailed";
    }
}

open_enum! {
    /// What one stage is doing: `Status` of `StructureInitializationStatus`, `DataInitializationStatus` and
    /// `DataSynchronizationStatus`.
    StageStatus {
        NotStarted = "NotStarted", documented;
        Checking = "Checking";
        Migrating = "Migrating", documented;
        Suspending = "Suspending";
        Failed = "Failed", documented;
        /// No latency, in the words of the vendor's sample:
        Catched = "Catched";
        Finished = "Finished" | "Success", documented;
        /// Stopped by the vendor, mostly over a bill:
        Locked = "Locked" | "finaciallocked" | "FinancialLocked";
    }
}

open_enum! {
    /// How the precheck stands: `PrecheckStatus.Status`. The page lists Success and Failed, its samples say
    /// Finished.
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
    /// How one item of the precheck came out: `CheckStatus`.
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
