//! Parsing of logged requests: [`DescribeSynchronizationJobStatus::from_parameters`].

use super::percent;
use super::{
    ACCOUNT_ID, ACTION, API_VERSION, CLIENT_TOKEN, DIRECTION, DescribeSynchronizationJobStatus, JOB_ID,
    OPERATION, ParameterError, REGION_ID, RESOURCE_GROUP_ID, RequestError, VERSION,
};
use crate::model::{Direction, Operation};

/// Parameters that every request of the RPC style may have in addition to `Action`.
///
/// The vendor's DTS pages write `AccessKeyID`, the SDKs `AccessKeyId`.
pub(super) const COMMON: [&str; 15] = [
    "Format",
    "Timestamp",
    "AccessKeyId",
    "AccessKeyID",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "SecurityToken",
    "BearerToken",
    "OwnerId",
    "OwnerAccount",
    "ResourceOwnerId",
    "ResourceOwnerAccount",
];

impl DescribeSynchronizationJobStatus {
    /// Reads a request from a query string, such as [`query`](Self::query) returns, or from a URL with one.
    ///
    /// # Errors
    ///
    /// As [`from_parameters`](Self::from_parameters); and where what follows a `%` is no byte of UTF-8.
    ///
    /// ```
    /// use aliyun_dts_status::request::DescribeSynchronizationJobStatus;
    ///
    /// let request = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz").client_token("a b*~");
    /// let url = format!("https://dts.aliyuncs.com/?{}", request.query());
    /// assert_eq!(DescribeSynchronizationJobStatus::from_query(&url)?, request);
    /// # Ok::<(), aliyun_dts_status::request::RequestError>(())
    /// ```
    pub fn from_query(query: &str) -> Result<Self, RequestError> {
        let bad = |name: &str| RequestError::new(name.to_owned(), ParameterError::BadEncoding);
        Self::from_parameters(percent::parameters(query).map_err(bad)?)
    }

    /// Reads a request from its decoded (name, value) pairs, in any order.
    ///
    /// Ignores the common parameters of the RPC style (`Format`, `Timestamp`, and those of the key, the
    /// signature and the owner). Does not check the values: see [`check`](Self::check). `Action` may be absent, because
    /// requests with the newer signature have it in a header.
    ///
    /// # Errors
    ///
    /// `Action` names another operation, the job's id is absent, or a parameter is repeated or unknown.
    ///
    /// ```
    /// use aliyun_dts_status::model::Direction;
    /// use aliyun_dts_status::request::DescribeSynchronizationJobStatus;
    ///
    /// let logged = [
    ///     ("AccessKeyId", "testid"),
    ///     ("Action", "DescribeSynchronizationJobStatus"),
    ///     ("SynchronizationDirection", "Reverse"),
    ///     ("SynchronizationJobId", "dtsexjk1alb116wxyz"),
    ///     ("Version", "2020-01-01"),
    /// ];
    /// let request = DescribeSynchronizationJobStatus::from_parameters(logged)?;
    /// assert_eq!(request.direction, Direction::Reverse);
    ///
    /// let other = DescribeSynchronizationJobStatus::from_parameters([("Action", "StartSynchronizationJob")]);
    /// assert_eq!(
    ///     other.unwrap_err().to_string(),
    ///     "Action: expected DescribeSynchronizationJobStatus, found \"StartSynchronizationJob\""
    /// );
    /// # Ok::<(), aliyun_dts_status::request::RequestError>(())
    /// ```
    #[allow(deprecated, reason = "a logged request may still have it")]
    pub fn from_parameters<N, V>(parameters: impl IntoIterator<Item = (N, V)>) -> Result<Self, RequestError>
    where
        N: AsRef<str>,
        V: Into<String>,
    {
        let mut action = None;
        let mut job_id = None;
        let mut direction = None;
        let mut version = None;
        let mut request = DescribeSynchronizationJobStatus::new("");
        for (name, value) in parameters {
            let name = name.as_ref();
            let slot = match name {
                ACTION => &mut action,
                JOB_ID => &mut job_id,
                DIRECTION => &mut direction,
                VERSION => &mut version,
                REGION_ID => &mut request.region_id,
                CLIENT_TOKEN => &mut request.client_token,
                ACCOUNT_ID => &mut request.account_id,
                RESOURCE_GROUP_ID => &mut request.resource_group_id,
                _ if COMMON.contains(&name) => continue,
                _ => {
                    let operation = Operation::DescribeSynchronizationJobStatus;
                    return Err(RequestError::new(
                        name.to_owned(),
                        ParameterError::NotOfOperation { operation },
                    ));
                }
            };
            if slot.replace(value.into()).is_some() {
                return Err(RequestError::new(name.to_owned(), ParameterError::Repeated));
            }
        }
        if let Some(found) = action.filter(|action| action != OPERATION) {
            return Err(RequestError::new(ACTION, ParameterError::OtherOperation { found: found.into() }));
        }
        request.job_id = job_id.ok_or(RequestError::new(JOB_ID, ParameterError::Absent))?;
        if let Some(version) = version.filter(|version| version != API_VERSION) {
            request.version = version.into();
        }
        if let Some(direction) = direction {
            request.direction = Direction::from(direction.as_str());
        }
        Ok(request)
    }
}
