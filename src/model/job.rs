//! The state of a job: [`SyncJob`].

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Direction, Endpoint, InitializationStage, JobKind, JobStatus, Operation, PayType, Performance, Precheck,
    RetryState, SyncObject, SynchronizationStage, spelling,
};

/// The state of one direction of a job, from one response.
///
/// A migration is one too, with a [`kind`](Self::kind) of [`JobKind::Migration`]. Each field is documented with its name
/// in `DescribeSynchronizationJobStatus`; other operations have other names for it: see
/// [`docs::operations`](crate::docs::operations).
///
/// `None` means that the body held no usable value. It serialises to the `job` of the command's JSON.
///
/// ```
/// use aliyun_dts_status::SyncJob;
///
/// let job = SyncJob::sample();
/// let stored = serde_json::to_string(&job)?;
/// assert!(stored.contains(r#""status":"Synchronizing""#));
/// assert_eq!(serde_json::from_str::<SyncJob>(&stored)?, job);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SyncJob {
    /// The operation that the job comes from. It decides what the absence of a value means, and how a job is written.
    #[serde(skip_serializing_if = "Operation::is_default")]
    pub operation: Operation,
    /// `RequestId`: unique to the API call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// `Success`: true if the API call succeeded. It says nothing about the job's health.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    /// `ErrCode`. The vendor's metadata sample has one with `Success` true, so it alone does not mean a failed call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub err_code: Option<String>,
    /// `ErrMessage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub err_message: Option<String>,
    /// `Code`, seen with job fields on sister operations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `DynamicCode`, seen on sister operations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dynamic_code: Option<String>,
    /// `DynamicMessage`, seen on sister operations: the replacement for `%s` in `ErrMessage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dynamic_message: Option<String>,
    /// `HttpStatusCode`, seen on sister operations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status_code: Option<i64>,
    /// `TaskId`, or `DtsJobId`: the task that runs this direction of the job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// `SynchronizationJobId`, `MigrationJobId` or `DtsInstanceID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    /// `SynchronizationJobName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_name: Option<String>,
    /// `SynchronizationJobClass`: micro, small, medium, large or another class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_class: Option<String>,
    /// `JobType`, or what the operation or the status shows; `None` if it is not known. `None` too for
    /// `DescribeSynchronizationJobStatus`, whose jobs are always synchronizations: see [`job_kind`](Self::job_kind).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<JobKind>,
    /// `SynchronizationDirection`. Absent for a one-way job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// `PayType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_type: Option<PayType>,
    /// `ExpireTime`: when the subscription ends. PrePaid only.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "spelling::serialize_time",
        deserialize_with = "spelling::read_time"
    )]
    pub expire_time: Option<DateTime<Utc>>,
    /// `CreateTime` or `JobCreateTime`: when the job was created.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "spelling::serialize_time",
        deserialize_with = "spelling::read_time"
    )]
    pub created_at: Option<DateTime<Utc>>,
    /// `FinishTime`: when the job ended.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "spelling::serialize_time",
        deserialize_with = "spelling::read_time"
    )]
    pub finished_at: Option<DateTime<Utc>>,
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<JobStatus>,
    /// `ErrorMessage` of the job. May be left over from an earlier failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// `DataInitialization`: true if the job copies the existing rows, in its data stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_initialization: Option<bool>,
    /// `StructureInitialization`: true if the job copies the table structures, in its schema stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure_initialization: Option<bool>,
    /// `MigrationMode.DataSynchronization`: true if the job applies changes, in its synchronization stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_synchronization: Option<bool>,
    /// `Delay`, in whole seconds on the wire.
    #[serde(
        rename = "delay_seconds",
        skip_serializing_if = "Option::is_none",
        serialize_with = "spelling::serialize_seconds",
        deserialize_with = "spelling::read_seconds"
    )]
    pub delay: Option<TimeDelta>,
    /// `DelayMillis`, in milliseconds on the wire.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "spelling::serialize_millis",
        deserialize_with = "spelling::read_millis"
    )]
    pub delay_millis: Option<TimeDelta>,
    /// `Checkpoint`: the time of the latest synchronized record, in whole seconds on the wire.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "spelling::serialize_time",
        deserialize_with = "spelling::read_time"
    )]
    pub checkpoint: Option<DateTime<Utc>>,
    /// `SourceEndpoint`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Endpoint>,
    /// `DestinationEndpoint`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<Endpoint>,
    /// `PrecheckStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precheck: Option<Precheck>,
    /// `StructureInitializationStatus`: the schema stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure_stage: Option<InitializationStage>,
    /// `DataInitializationStatus`: the data stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_stage: Option<InitializationStage>,
    /// `DataSynchronizationStatus`: the synchronization stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synchronization_stage: Option<SynchronizationStage>,
    /// `Performance`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub performance: Option<Performance>,
    /// `RetryState`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<RetryState>,
    /// `Tags` or `TagList`: value by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
    /// `DbObject` or `MigrationObject`: what is copied, as JSON in a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub db_object: Option<String>,
    /// `SynchronizationObjects`: the synchronized databases, in the order of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<SyncObject>,
}

impl SyncJob {
    /// The kind of the job: its own, else that of the operation; `None` if it is not known.
    #[must_use]
    pub fn job_kind(&self) -> Option<JobKind> {
        self.kind.or(self.operation.kind())
    }
}
