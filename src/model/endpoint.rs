//! The source or the destination of a job: [`Endpoint`].

use serde::{Deserialize, Serialize};

/// The source or the destination of a job: `SourceEndpoint`, `DestinationEndpoint`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Endpoint {
    /// `InstanceId`, for example `rm-bp1i99e8l7913****`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// `InstanceType`, for example `RDS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_type: Option<String>,
    /// `EngineName`, for example `MySQL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine_name: Option<String>,
    /// `Region`, for example `cn-hangzhou`; of `DescribeDtsJobDetail` and `DescribeDtsJobs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// `IP`. May be masked (`172.16.88.***`), so it is text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// `Port`. A number outside 1 to 65535 is kept; validation reports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i64>,
    /// `UserName`, the database account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// `DatabaseName`; not of `DescribeSynchronizationJobStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_name: Option<String>,
    /// `OracleSID`; not of `DescribeSynchronizationJobStatus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oracle_sid: Option<String>,
}
