//! A request read back from its parameters, for tools that log requests.

use super::{
    ACCOUNT_ID, ACTION, CLIENT_TOKEN, DIRECTION, Defect, DescribeSynchronizationJobStatus, JOB_ID, OPERATION,
    REGION_ID, RESOURCE_GROUP_ID, RequestError, VERSION,
};
use crate::model::Direction;

/// What every request of the RPC style may carry beside `Action`: its envelope, its signature, its accounts.
/// The vendor's page of DTS spells the key's id `AccessKeyID`, the SDKs `AccessKeyId`.
const COMMON: [&str; 16] = [
    VERSION,
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
    /// Reads a request back from its (name, value) pairs, in any order, decoded.
    ///
    /// What every request of the RPC style carries (`Version`, `Format`, `Timestamp`, the key, the signature, the
    /// owner's accounts) is passed over. The values are taken as they are: [`check`](Self::check) says whether they
    /// keep to the rules. `Action` may be absent, since the newer signature carries it in a header.
    ///
    /// # Errors
    ///
    /// `Action` names another operation, the job's id is absent, a parameter comes twice, or one is unknown.
    ///
    /// ```
    /// use aliyun_dts_status::DescribeSynchronizationJobStatus;
    /// use aliyun_dts_status::model::Direction;
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
        let mut request = DescribeSynchronizationJobStatus::new("");
        for (name, value) in parameters {
            let name = name.as_ref();
            let slot = match name {
                ACTION => &mut action,
                JOB_ID => &mut job_id,
                DIRECTION => &mut direction,
                REGION_ID => &mut request.region_id,
                CLIENT_TOKEN => &mut request.client_token,
                ACCOUNT_ID => &mut request.account_id,
                RESOURCE_GROUP_ID => &mut request.resource_group_id,
                _ if COMMON.contains(&name) => continue,
                _ => return Err(RequestError::new(name.to_owned(), Defect::NotAParameter)),
            };
            if slot.replace(value.into()).is_some() {
                return Err(RequestError::new(name.to_owned(), Defect::Repeated));
            }
        }
        if let Some(found) = action.filter(|action| action != OPERATION) {
            return Err(RequestError::new(ACTION, Defect::OtherOperation { found: found.into() }));
        }
        request.job_id = job_id.ok_or(RequestError::new(JOB_ID, Defect::Absent))?;
        if let Some(direction) = direction {
            request.direction = Direction::from(direction.as_str());
        }
        Ok(request)
    }
}
