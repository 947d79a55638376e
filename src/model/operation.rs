//! The operations whose answers are read: [`Operation`].

use crate::named_enum::named_enum;

/// Defines [`Operation`]. The name of a variant is the name of the operation in the API.
macro_rules! operations {
    ($($(#[$meta:meta])* $operation:ident,)+) => {
        named_enum! {
            /// An operation of the API whose answers are read. Its text is its name in the API.
            ///
            /// All of them say how jobs are doing, under different names and in different units: see
            /// [`docs::operations`](crate::docs::operations).
            ///
            /// ```
            /// use aliyun_dts_status::Operation;
            ///
            /// assert_eq!("DescribeDtsJobs".parse(), Ok(Operation::DescribeDtsJobs));
            /// assert!(Operation::DescribeDtsJobs.is_page());
            /// assert_eq!(Operation::default().as_str(), "DescribeSynchronizationJobStatus");
            /// ```
            #[derive(PartialOrd, Ord, Default)]
            #[non_exhaustive]
            pub enum Operation as "operation" {
                $($(#[$meta])* $operation = stringify!($operation),)+
            }
        }

        impl Operation {
            /// The root element of its response in XML, and the envelope around one in JSON.
            pub(crate) const fn root(self) -> &'static str {
                match self {
                    $(Operation::$operation => concat!(stringify!($operation), "Response"),)+
                }
            }
        }
    };
}

operations! {
    /// One direction of one synchronization job. Delays in seconds.
    #[default]
    DescribeSynchronizationJobStatus,
    /// A page of synchronization jobs. Delays in seconds; the synchronization stage was withdrawn.
    DescribeSynchronizationJobs,
    /// The statuses of several synchronization jobs, in both directions. It has no delay, only a checkpoint.
    DescribeSynchronizationJobStatusList,
    /// One direction of one job of any kind. Delays in milliseconds.
    DescribeDtsJobDetail,
    /// A page of jobs of one kind. Delays in milliseconds for migrations, in seconds for synchronizations.
    DescribeDtsJobs,
    /// One migration. Delays in seconds.
    DescribeMigrationJobStatus,
    /// A page of migrations. Delays in seconds.
    DescribeMigrationJobs,
}

impl Operation {
    /// Returns true if an answer is a page of jobs, false if it is one job.
    #[must_use]
    pub const fn is_page(self) -> bool {
        match self {
            Operation::DescribeSynchronizationJobs
            | Operation::DescribeSynchronizationJobStatusList
            | Operation::DescribeDtsJobs
            | Operation::DescribeMigrationJobs => true,
            Operation::DescribeSynchronizationJobStatus
            | Operation::DescribeDtsJobDetail
            | Operation::DescribeMigrationJobStatus => false,
        }
    }

    /// The kind of the jobs that it is about; `None` if they may be of any kind.
    #[must_use]
    pub const fn kind(self) -> Option<super::JobKind> {
        match self {
            Operation::DescribeSynchronizationJobStatus
            | Operation::DescribeSynchronizationJobs
            | Operation::DescribeSynchronizationJobStatusList => Some(super::JobKind::Synchronization),
            Operation::DescribeMigrationJobStatus | Operation::DescribeMigrationJobs => {
                Some(super::JobKind::Migration)
            }
            Operation::DescribeDtsJobDetail | Operation::DescribeDtsJobs => None,
        }
    }

    /// Returns true for the operation that an answer is read as unless another is asked for.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(crate) fn is_default(&self) -> bool {
        *self == Operation::default()
    }
}
