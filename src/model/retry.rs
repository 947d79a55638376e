//! What is retried: [`RetryState`].

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::spelling;

/// The retries after an error: `RetryState`, of `DescribeDtsJobDetail` and `DescribeDtsJobs`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct RetryState {
    /// `Retrying`: true while the job retries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrying: Option<bool>,
    /// `RetryCount`: the number of retries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// `RetryTime`: how long the job has retried, in whole seconds on the wire.
    #[serde(
        rename = "elapsed_seconds",
        skip_serializing_if = "Option::is_none",
        serialize_with = "spelling::serialize_seconds",
        deserialize_with = "spelling::read_seconds"
    )]
    pub elapsed: Option<TimeDelta>,
    /// `MaxRetryTime`: how long the job retries at most, in whole seconds on the wire.
    #[serde(
        rename = "limit_seconds",
        skip_serializing_if = "Option::is_none",
        serialize_with = "spelling::serialize_seconds",
        deserialize_with = "spelling::read_seconds"
    )]
    pub limit: Option<TimeDelta>,
    /// `RetryTarget`: what fails: srcDB, destDB or inner_module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// `Module`: the module that retries, as a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// `ErrMessage`: the error that is retried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}
