//! The kind of a job: [`JobKind`].

use super::JobStatus;
use crate::named_enum::named_enum;

named_enum! {
    /// The kind of a job. On the wire it is `JobType`, where an operation has it.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum JobKind as "kind of job" {
        /// `synchronization`: keeps a target up to date until it is ended.
        Synchronization = "synchronization",
        /// `migration`: copies a source to a target, and ends.
        Migration = "migration",
        /// `subscription`: hands the changes of a source to consumers.
        Subscription = "subscription",
    }
}

impl JobKind {
    /// The kind of a job that may have this status; `None` if jobs of several kinds have it.
    #[must_use]
    pub const fn of_status(status: &JobStatus) -> Option<Self> {
        match status {
            JobStatus::Migrating | JobStatus::MigrationFailed => Some(JobKind::Migration),
            JobStatus::Synchronizing
            | JobStatus::Modifying
            | JobStatus::ModifyFailed
            | JobStatus::Initializing
            | JobStatus::InitializeFailed => Some(JobKind::Synchronization),
            _ => None,
        }
    }
}
