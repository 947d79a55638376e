//! The records of the stages: [`InitializationStage`], [`SynchronizationStage`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Percent, StageStatus, spelling};

/// A stage that ends: `StructureInitializationStatus` (the schema stage) or `DataInitializationStatus` (the data
/// stage).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct InitializationStage {
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StageStatus>,
    /// `Percent` done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// `Progress`: tables done in the schema stage, rows done in the data stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<i64>,
    /// `ErrorMessage`. May be left over from an earlier failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

/// The stage that runs until the job ends: `DataSynchronizationStatus`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SynchronizationStage {
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StageStatus>,
    /// `Percent`. It means nothing in this stage: the vendor's sample has 95 with Catched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
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
    /// `Progress`, of `DescribeDtsJobDetail` and `DescribeDtsJobs`: `0/0`, `20001`, or the throughput
    /// (`0.00RPS/(0.000MB/s)`), which is then also the job's [`Performance`](super::Performance).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress_text: Option<String>,
    /// `ErrorMessage`. May be left over from an earlier failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}
