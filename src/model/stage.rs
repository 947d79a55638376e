//! The stages of a job: [`InitializationStage`], [`SynchronizationStage`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::{Percent, StageStatus, spelling};

/// A stage that comes to an end: `StructureInitializationStatus` (schema) and `DataInitializationStatus`
/// (full data).
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
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
    /// `ErrorMessage`. May be left over from a failure that is past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

/// The stage that goes on: `DataSynchronizationStatus`.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct SynchronizationStage {
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StageStatus>,
    /// `Percent`. It means nothing here: the vendor's sample has 95 with Catched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
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
    /// `ErrorMessage`. May be left over from a failure that is past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}
