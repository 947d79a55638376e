//! The throughput: [`Performance`].

use serde::{Deserialize, Serialize};

use super::{DataRate, spelling};

/// The throughput: `Performance`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Performance {
    /// `RPS`: SQL statements per second, including BEGIN and COMMIT.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "spelling::serialize_optional_number")]
    pub rps: Option<f64>,
    /// `FLOW`: data per second.
    #[serde(rename = "flow_mb_per_s", skip_serializing_if = "Option::is_none")]
    pub flow: Option<DataRate>,
}
