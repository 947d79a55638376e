//! Requests: [`DescribeSynchronizationJobStatus`], and [`Request`] for any operation.
//!
//! This module checks and encodes the parameters for a signer; it does not sign or send.

mod any;
mod error;
mod matching;
mod parameter;
mod parse;
mod percent;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::model::Direction;
use crate::optional_text::OptionalText;

pub use any::Request;
pub use error::{ParameterError, RequestError};
pub use matching::Match;
pub use parameter::Parameter;

/// The name of the operation.
const OPERATION: &str = "DescribeSynchronizationJobStatus";
/// The version of the API by default.
const API_VERSION: &str = "2020-01-01";

const ACCOUNT_ID: &str = "AccountId";
const ACTION: &str = "Action";
const CLIENT_TOKEN: &str = "ClientToken";
const REGION_ID: &str = "RegionId";
const RESOURCE_GROUP_ID: &str = "ResourceGroupId";
const DIRECTION: &str = Field::SynchronizationDirection.as_str();
const JOB_ID: &str = Field::SynchronizationJobId.as_str();
const VERSION: &str = "Version";

/// A request for the state of one direction of a synchronization job.
///
/// ```
/// use aliyun_dts_status::request::DescribeSynchronizationJobStatus;
///
/// let request = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz").region_id("cn-hangzhou");
/// request.check()?;
/// assert_eq!(
///     request.parameters(),
///     [
///         ("Action", "DescribeSynchronizationJobStatus"),
///         ("RegionId", "cn-hangzhou"),
///         ("SynchronizationJobId", "dtsexjk1alb116wxyz"),
///         ("Version", "2020-01-01"),
///     ]
/// );
/// # Ok::<(), aliyun_dts_status::request::RequestError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
#[allow(deprecated, reason = "derives read every field")]
pub struct DescribeSynchronizationJobStatus {
    /// `SynchronizationJobId`: the job. The only required parameter.
    pub job_id: String,
    /// `RegionId`: the job's region, for example `cn-hangzhou`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_id: Option<String>,
    /// `SynchronizationDirection`: the direction of the job. Forward is the default and is not sent. Reverse has an
    /// effect on two-way jobs only.
    #[serde(default = "forward")]
    pub direction: Direction,
    /// `ClientToken`: makes the request idempotent. At most 64 ASCII characters, unique to the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_token: Option<String>,
    /// `AccountId`: the owner's account. The vendor says that it is not needed and will be removed.
    #[deprecated(note = "the vendor is removing this parameter")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// `ResourceGroupId`: the job's resource group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// `Version` of the API: `2020-01-01`.
    #[serde(default = "api_version")]
    pub version: Cow<'static, str>,
}

fn forward() -> Direction {
    Direction::Forward
}

fn api_version() -> Cow<'static, str> {
    Cow::Borrowed(API_VERSION)
}

impl DescribeSynchronizationJobStatus {
    /// A request for the forward direction of a job. A one-way job has no other.
    #[must_use]
    #[allow(deprecated, reason = "sets every field")]
    pub fn new(job_id: impl Into<String>) -> Self {
        DescribeSynchronizationJobStatus {
            job_id: job_id.into(),
            region_id: None,
            direction: Direction::Forward,
            client_token: None,
            account_id: None,
            resource_group_id: None,
            version: Cow::Borrowed(API_VERSION),
        }
    }

    /// Sets the `RegionId`.
    #[must_use]
    pub fn region_id(mut self, region_id: impl OptionalText) -> Self {
        self.region_id = region_id.into_text();
        self
    }

    /// Sets the direction.
    #[must_use]
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Sets the `ClientToken`.
    #[must_use]
    pub fn client_token(mut self, client_token: impl OptionalText) -> Self {
        self.client_token = client_token.into_text();
        self
    }

    /// Sets the `AccountId`.
    #[must_use]
    #[deprecated(note = "the vendor is removing this parameter")]
    #[allow(deprecated, reason = "sets the deprecated field")]
    pub fn account_id(mut self, account_id: impl OptionalText) -> Self {
        self.account_id = account_id.into_text();
        self
    }

    /// Sets the `ResourceGroupId`.
    #[must_use]
    pub fn resource_group_id(mut self, resource_group_id: impl OptionalText) -> Self {
        self.resource_group_id = resource_group_id.into_text();
        self
    }

    /// Sets the `Version` of the API.
    #[must_use]
    pub fn version(mut self, version: impl Into<Cow<'static, str>>) -> Self {
        self.version = version.into();
        self
    }

    /// The two requests for a two-way job: forward, then reverse.
    ///
    /// Neither has a `ClientToken`: each request needs one of its own.
    ///
    /// ```
    /// use aliyun_dts_status::request::DescribeSynchronizationJobStatus;
    ///
    /// let job = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz");
    /// let [forward, reverse] = job.both_directions();
    /// assert_eq!(forward, job);
    /// assert!(reverse.parameters().contains(&("SynchronizationDirection", "Reverse")));
    /// ```
    #[must_use]
    pub fn both_directions(&self) -> [Self; 2] {
        [Direction::Forward, Direction::Reverse].map(|direction| DescribeSynchronizationJobStatus {
            direction,
            client_token: None,
            ..self.clone()
        })
    }

    /// Checks the documented rules: no parameter is empty, the direction is Forward or Reverse, and `ClientToken` has at
    /// most 64 ASCII characters.
    ///
    /// # Errors
    ///
    /// Names the first parameter that breaks a rule, in the order of [`parameters`](Self::parameters).
    ///
    /// ```
    /// use aliyun_dts_status::request::DescribeSynchronizationJobStatus;
    ///
    /// let request = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz").client_token("x".repeat(65));
    /// let error = request.check().unwrap_err();
    /// assert_eq!(error.parameter(), "ClientToken");
    /// assert_eq!(error.to_string(), "ClientToken: expected at most 64 characters, found 65");
    /// ```
    pub fn check(&self) -> Result<(), RequestError> {
        Request::from(self).check()
    }

    /// The parameters as (name, value), sorted by name and not encoded. They include `Action` and `Version`; a signer
    /// adds its own.
    ///
    /// The values are not checked: see [`check`](Self::check).
    #[must_use]
    #[allow(deprecated, reason = "still sent if set")]
    pub fn parameters(&self) -> Vec<(&'static str, &str)> {
        let direction = (self.direction != Direction::Forward).then(|| self.direction.as_str());
        // In the order of the names.
        let parameters = [
            (ACCOUNT_ID, self.account_id.as_deref()),
            (ACTION, Some(OPERATION)),
            (CLIENT_TOKEN, self.client_token.as_deref()),
            (REGION_ID, self.region_id.as_deref()),
            (RESOURCE_GROUP_ID, self.resource_group_id.as_deref()),
            (DIRECTION, direction),
            (JOB_ID, Some(self.job_id.as_str())),
            (VERSION, Some(&*self.version)),
        ];
        parameters.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The [`parameters`](Self::parameters) as a query string, encoded as signatures of the RPC style need it.
    ///
    /// The unreserved characters of RFC 3986 (letters, digits, `-`, `_`, `.`, `~`) stay as they are. Each other byte
    /// of the UTF-8 text becomes `%XY` in upper case: a space becomes `%20`, an asterisk `%2A`.
    ///
    /// ```
    /// use aliyun_dts_status::request::DescribeSynchronizationJobStatus;
    ///
    /// let request = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz").client_token("a b*~");
    /// assert_eq!(
    ///     request.query(),
    ///     "Action=DescribeSynchronizationJobStatus&ClientToken=a%20b%2A~\
    ///      &SynchronizationJobId=dtsexjk1alb116wxyz&Version=2020-01-01"
    /// );
    /// ```
    #[must_use]
    pub fn query(&self) -> String {
        percent::query(&self.parameters())
    }
}
