//! The gateway's error document: [`Fault`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The gateway's error document: the API call never reached the operation.
///
/// An operation that ran and failed answers with an ordinary body instead, a [`SyncJob`](crate::SyncJob) with
/// `Success` false and an `ErrCode`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Fault {
    /// `Code`, for example `Throttling.User`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `Message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// `RequestId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// `HostId`: the endpoint that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_id: Option<String>,
    /// `Recommend`: the address of a web page about the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommend: Option<String>,
    /// `Description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `AccessDeniedDetail`: which policy refused the call, under the names on the wire.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub access_denied_detail: BTreeMap<String, String>,
}
