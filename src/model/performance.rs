//! How much is going through: [`Performance`].

use serde::Serialize;

use super::{DataRate, spelling};

/// How much is going through: `Performance`.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct Performance {
    /// `RPS`: SQL statements a second, BEGIN and COMMIT counted.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "spelling::serialize_optional_number")]
    pub rps: Option<f64>,
    /// `FLOW`: data a second.
    #[serde(rename = "flow_mb_per_s", skip_serializing_if = "Option::is_none")]
    pub flow: Option<DataRate>,
}
