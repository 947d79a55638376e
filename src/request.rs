//! The request that a response answers: [`DescribeSynchronizationJobStatus`].
//!
//! Its parameters, checked and in order, ready for any signer; nothing here signs or sends.

mod belonging;
mod error;
mod percent;
mod reading;

use crate::field::Field;
use crate::model::Direction;

pub use belonging::Belonging;
pub use error::{Defect, RequestError};

/// The name of the operation.
const OPERATION: &str = "DescribeSynchronizationJobStatus";
/// The version of the API that [`DescribeSynchronizationJobStatus::parameters`] asks for.
const API_VERSION: &str = "2020-01-01";

const ACCOUNT_ID: &str = "AccountId";
const ACTION: &str = "Action";
const CLIENT_TOKEN: &str = "ClientToken";
const REGION_ID: &str = "RegionId";
const RESOURCE_GROUP_ID: &str = "ResourceGroupId";
const DIRECTION: &str = Field::SynchronizationDirection.as_str();
const JOB_ID: &str = Field::SynchronizationJobId.as_str();
const VERSION: &str = "Version";

/// The longest `ClientToken`, in characters.
const CLIENT_TOKEN_MAX: usize = 64;

/// A request for the state of one direction of a synchronization job.
///
/// ```
/// use aliyun_dts_status::DescribeSynchronizationJobStatus;
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DescribeSynchronizationJobStatus {
    /// `SynchronizationJobId`: which job. The one parameter that the operation requires.
    pub job_id: String,
    /// `RegionId`: where the job is, for example `cn-hangzhou`.
    pub region_id: Option<String>,
    /// `SynchronizationDirection`: which half of the job. Forward is the default, and is not sent. Reverse has an
    /// effect on a two-way job only.
    pub direction: Direction,
    /// `ClientToken`: makes the request idempotent. Unique to the request, ASCII, at most 64 characters.
    pub client_token: Option<String>,
    /// `AccountId`: the owner's account. The vendor says that it need not be set and is going to be removed.
    #[deprecated(note = "the vendor is removing this parameter")]
    pub account_id: Option<String>,
    /// `ResourceGroupId`: the group that the job is in.
    pub resource_group_id: Option<String>,
}

impl DescribeSynchronizationJobStatus {
    /// A request for the forward direction of a job: all there is of a one-way job.
    #[must_use]
    #[allow(deprecated, reason = "every field is set here")]
    pub fn new(job_id: impl Into<String>) -> Self {
        DescribeSynchronizationJobStatus {
            job_id: job_id.into(),
            region_id: None,
            direction: Direction::Forward,
            client_token: None,
            account_id: None,
            resource_group_id: None,
        }
    }

    /// The same with a `RegionId`.
    #[must_use]
    pub fn region_id(mut self, region_id: impl Into<String>) -> Self {
        self.region_id = Some(region_id.into());
        self
    }

    /// The same for this direction.
    #[must_use]
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// The same with a `ClientToken`.
    #[must_use]
    pub fn client_token(mut self, client_token: impl Into<String>) -> Self {
        self.client_token = Some(client_token.into());
        self
    }

    /// The same with an `AccountId`.
    #[must_use]
    #[deprecated(note = "the vendor is removing this parameter")]
    #[allow(deprecated, reason = "sets the field that is deprecated with it")]
    pub fn account_id(mut self, account_id: impl Into<String>) -> Self {
        self.account_id = Some(account_id.into());
        self
    }

    /// The same with a `ResourceGroupId`.
    #[must_use]
    pub fn resource_group_id(mut self, resource_group_id: impl Into<String>) -> Self {
        self.resource_group_id = Some(resource_group_id.into());
        self
    }

    /// The two requests for a two-way job: forward, then reverse.
    ///
    /// Neither has a `ClientToken`, which must be unique to a request: give each its own.
    ///
    /// ```
    /// use aliyun_dts_status::DescribeSynchronizationJobStatus;
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

    /// Whether the documented rules hold: what is sent is not empty, the direction is Forward or Reverse, the
    /// token is short ASCII.
    ///
    /// # Errors
    ///
    /// The first parameter that breaks a rule, in the order of [`parameters`](Self::parameters).
    ///
    /// ```
    /// use aliyun_dts_status::DescribeSynchronizationJobStatus;
    ///
    /// let request = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz").client_token("x".repeat(65));
    /// let error = request.check().unwrap_err();
    /// assert_eq!(error.parameter(), "ClientToken");
    /// assert_eq!(error.to_string(), "ClientToken: expected at most 64 characters, found 65");
    /// ```
    pub fn check(&self) -> Result<(), RequestError> {
        for (name, value) in self.parameters() {
            let defect = match name {
                _ if value.is_empty() => Defect::Empty,
                CLIENT_TOKEN if !value.is_ascii() => Defect::NotAscii,
                CLIENT_TOKEN if value.len() > CLIENT_TOKEN_MAX => {
                    Defect::TooLong { limit: CLIENT_TOKEN_MAX, found: value.len() }
                }
                DIRECTION if !self.direction.is_documented() => Defect::NotADirection { found: value.into() },
                _ => continue,
            };
            return Err(RequestError::new(name, defect));
        }
        Ok(())
    }

    /// The parameters of the operation, `Action` and `Version` among them, sorted by name: (name, value), not
    /// encoded. A signer adds its own.
    ///
    /// They are given as they are: [`check`](Self::check) says whether they keep to the rules.
    #[must_use]
    #[allow(deprecated, reason = "it is still sent where it is set")]
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
            (VERSION, Some(API_VERSION)),
        ];
        parameters.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The [`parameters`](Self::parameters) as a query, encoded the way the signature of the RPC style wants it.
    ///
    /// Only the unreserved characters of RFC 3986 stay (letters, digits, `-`, `_`, `.`, `~`); each other byte of
    /// the UTF-8 text becomes `%XY` in upper case: a blank `%20`, an asterisk `%2A`.
    ///
    /// ```
    /// use aliyun_dts_status::DescribeSynchronizationJobStatus;
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
