//! The state of a job: [`SyncJob`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{
    Direction, Endpoint, InitializationStage, JobStatus, PayType, Performance, Precheck, SyncObject,
    SynchronizationStage, spelling,
};

/// The state of one direction of a synchronization job, as one response tells it.
///
/// `None` says that the body held no usable value. It serialises to the `job` of the command's JSON.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct SyncJob {
    /// `RequestId`: unique to the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// `Success`: whether the call went through. It says nothing of the job's health.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    /// `ErrCode`. The vendor's metadata sample has one with `Success` true, so it alone is no failure.
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
    /// `DynamicMessage`, seen on sister operations: what stands for `%s` in `ErrMessage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dynamic_message: Option<String>,
    /// `HttpStatusCode`, seen on sister operations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status_code: Option<i64>,
    /// `TaskId`: of the task behind this direction of the job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// `SynchronizationJobId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    /// `SynchronizationJobName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_name: Option<String>,
    /// `SynchronizationJobClass`: micro, small, medium, large and more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_class: Option<String>,
    /// `SynchronizationDirection`. Absent for a one-way job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// `PayType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_type: Option<PayType>,
    /// `ExpireTime`: when a subscription ends. PrePaid only.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "spelling::serialize_time")]
    pub expire_time: Option<DateTime<Utc>>,
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<JobStatus>,
    /// `ErrorMessage` of the job. May be left over from a failure that is past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// `DataInitialization`: whether the job has a stage for the full data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_initialization: Option<bool>,
    /// `StructureInitialization`: whether the job has a stage for the schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure_initialization: Option<bool>,
    /// `Delay`, in whole seconds on the wire.
    #[serde(
        rename = "delay_seconds",
        skip_serializing_if = "Option::is_none",
        serialize_with = "spelling::serialize_seconds"
    )]
    pub delay: Option<TimeDelta>,
    /// `DelayMillis`, in milliseconds on the wire.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "spelling::serialize_millis")]
    pub delay_millis: Option<TimeDelta>,
    /// `Checkpoint`: the time of the latest record synchronized, to the second.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "spelling::serialize_time")]
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
    /// `DataInitializationStatus`: the full data stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_stage: Option<InitializationStage>,
    /// `DataSynchronizationStatus`: the incremental stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synchronization_stage: Option<SynchronizationStage>,
    /// `Performance`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub performance: Option<Performance>,
    /// `SynchronizationObjects`: what is synchronized, in the order of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<SyncObject>,
}
