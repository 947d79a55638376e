//! The request of any operation: [`Request`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::parameter::{JOB_TYPES, Parameter};
use super::parse::COMMON;
use super::{
    ACTION, API_VERSION, DescribeSynchronizationJobStatus, ParameterError, RequestError, VERSION, percent,
};
use crate::model::{Direction, JobKind, Operation, Page};

/// A request of any operation whose answers are read.
///
/// ```
/// use aliyun_dts_status::Operation;
/// use aliyun_dts_status::model::{Direction, JobKind};
/// use aliyun_dts_status::request::{Parameter, Request};
///
/// let detail = Request::new(Operation::DescribeDtsJobDetail).job_id("dtsi03e3zty16iwxyz");
/// let [forward, reverse] = detail.both_directions();
/// assert_eq!(forward, detail);
/// assert_eq!(
///     reverse.query(),
///     "Action=DescribeDtsJobDetail&DtsInstanceID=dtsi03e3zty16iwxyz&SynchronizationDirection=Reverse\
///      &Version=2020-01-01"
/// );
///
/// let page = Request::new(Operation::DescribeDtsJobs)
///     .set(Parameter::Region, "cn-hangzhou")
///     .kind(JobKind::Synchronization)
///     .page(2, 50);
/// page.check()?;
/// assert_eq!(
///     page.query(),
///     "Action=DescribeDtsJobs&JobType=SYNC&PageNumber=2&PageSize=50&Region=cn-hangzhou&Version=2020-01-01"
/// );
/// # Ok::<(), aliyun_dts_status::request::RequestError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Request {
    pub(super) operation: Operation,
    pub(super) values: BTreeMap<Parameter, String>,
}

/// The jobs of a page, unless `PageSize` says otherwise.
const PAGE_SIZE: u32 = 30;

impl Request {
    /// A request without parameters.
    #[must_use]
    pub const fn new(operation: Operation) -> Self {
        Request { operation, values: BTreeMap::new() }
    }

    /// The operation.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    /// The value of a parameter, if it is set.
    #[must_use]
    pub fn get(&self, parameter: Parameter) -> Option<&str> {
        self.values.get(&parameter).map(String::as_str)
    }

    /// Sets a parameter. [`check`](Self::check) refuses one that the operation does not have.
    #[must_use]
    pub fn set(mut self, parameter: Parameter, value: impl Into<String>) -> Self {
        self.values.insert(parameter, value.into());
        self
    }

    /// Asks for the job with this id: `SynchronizationJobId`, `MigrationJobId`, `DtsInstanceID` or `DtsInstanceId`, or a
    /// list of one. Two operations list jobs and cannot ask for one.
    #[must_use]
    pub fn job_id(self, job_id: impl Into<String>) -> Self {
        let parameter = match self.operation {
            Operation::DescribeSynchronizationJobStatusList => return self.job_ids([job_id.into()]),
            Operation::DescribeDtsJobDetail => Parameter::DtsInstanceIdUpper,
            Operation::DescribeDtsJobs => Parameter::DtsInstanceId,
            Operation::DescribeMigrationJobStatus | Operation::DescribeMigrationJobs => {
                Parameter::MigrationJobId
            }
            _ => Parameter::SynchronizationJobId,
        };
        self.set(parameter, job_id)
    }

    /// Asks for the jobs with these ids: `SynchronizationJobIdListJsonStr`.
    #[must_use]
    pub fn job_ids<I: AsRef<str>>(self, job_ids: impl IntoIterator<Item = I>) -> Self {
        let ids: Vec<_> = job_ids.into_iter().map(|id| serde_json::json!(id.as_ref()).to_string()).collect();
        self.set(Parameter::SynchronizationJobIds, format!("[{}]", ids.join(",")))
    }

    /// Asks for the task with this id: `DtsJobId`.
    #[must_use]
    pub fn task_id(self, task_id: impl Into<String>) -> Self {
        self.set(Parameter::DtsJobId, task_id)
    }

    /// Asks for a direction. Forward is the default and is not sent.
    #[must_use]
    pub fn direction(mut self, direction: &Direction) -> Self {
        if *direction == Direction::Forward {
            self.values.remove(&Parameter::SynchronizationDirection);
            return self;
        }
        self.set(Parameter::SynchronizationDirection, direction.as_str())
    }

    /// Asks for jobs of this kind: `JobType`. `DescribeDtsJobs` lists migrations unless it is set.
    #[must_use]
    pub fn kind(self, kind: JobKind) -> Self {
        let [migration, synchronization, subscription] = JOB_TYPES;
        let job_type = match kind {
            JobKind::Migration => migration,
            JobKind::Synchronization => synchronization,
            JobKind::Subscription => subscription,
        };
        self.set(Parameter::JobType, job_type)
    }

    /// Asks for a page, counted from 1, with at most `size` jobs.
    #[must_use]
    pub fn page(self, number: u32, size: u32) -> Self {
        let parameter = self.page_number();
        self.set(parameter, number.to_string()).set(Parameter::PageSize, size.to_string())
    }

    /// The request for the page after the one that this request got; `None` if there is none.
    ///
    /// `TotalRecordCount` and the number of the page decide it. Without a total, the page after
    /// one with jobs is asked for. A page without jobs is the last one, whatever the total is.
    ///
    /// ```
    /// use aliyun_dts_status::request::{Parameter, Request};
    /// use aliyun_dts_status::{Operation, Page, SyncJob};
    ///
    /// let request = Request::new(Operation::DescribeMigrationJobs);
    /// let mut page = Page::new(Operation::DescribeMigrationJobs);
    /// page.total = Some(31);
    /// page.jobs.push(SyncJob::sample());
    /// let next = request.next_page(&page).unwrap();
    /// assert_eq!(next.get(Parameter::PageNum), Some("2"));
    /// assert_eq!(next.next_page(&page), None);
    /// ```
    #[must_use]
    pub fn next_page(&self, page: &Page) -> Option<Self> {
        if !self.operation.is_page() || self.operation == Operation::DescribeSynchronizationJobStatusList {
            return None;
        }
        let number = |parameter, default| self.get(parameter).map_or(Some(default), |text| text.parse().ok());
        let (number, size): (u32, u32) =
            (number(self.page_number(), 1)?, number(Parameter::PageSize, PAGE_SIZE)?);
        let seen = i64::from(number).checked_mul(i64::from(size))?;
        let is_last = page.jobs.is_empty() || page.total.is_some_and(|total| total <= seen);
        let next = number.checked_add(1).filter(|_| !is_last)?;
        let next = self.clone().set(self.page_number(), next.to_string());
        Some(next.without_token())
    }

    /// The two requests for a two-way job: forward, then reverse. Neither has a `ClientToken`: each request needs one of
    /// its own. An operation that lists jobs answers with both directions, so [`check`](Self::check) refuses its request for
    /// Reverse.
    #[must_use]
    pub fn both_directions(&self) -> [Self; 2] {
        [Direction::Forward, Direction::Reverse]
            .map(|direction| self.clone().direction(&direction).without_token())
    }

    /// Checks the documented rules: all parameters are of the operation, none is empty or out of its bounds, and those
    /// that are required are there.
    ///
    /// # Errors
    ///
    /// Names the first parameter that breaks a rule, in the order of [`parameters`](Self::parameters); then one that is
    /// missing.
    ///
    /// ```
    /// use aliyun_dts_status::Operation;
    /// use aliyun_dts_status::request::Request;
    ///
    /// let error = Request::new(Operation::DescribeDtsJobs).page(0, 30).check().unwrap_err();
    /// assert_eq!(error.to_string(), "PageNumber: expected a number from 1 to 2147483647, found \"0\"");
    /// ```
    pub fn check(&self) -> Result<(), RequestError> {
        let known = Parameter::of(self.operation);
        for (parameter, value) in self.sorted() {
            let defect = if known.contains(&parameter) {
                parameter.defect(value)
            } else {
                Some(ParameterError::NotOfOperation { operation: self.operation })
            };
            if let Some(defect) = defect {
                return Err(RequestError::new(parameter.as_str(), defect));
            }
        }
        let required = Parameter::required(self.operation);
        match required.first() {
            Some(first) if required.iter().all(|parameter| self.get(*parameter).is_none()) => {
                Err(RequestError::new(first.as_str(), ParameterError::Absent))
            }
            _ => Ok(()),
        }
    }

    /// The parameters as (name, value), sorted by name and not encoded, with `Action` and `Version`; see
    /// [`DescribeSynchronizationJobStatus::parameters`].
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, &str)> {
        let own = self.values.iter().map(|(parameter, value)| (parameter.as_str(), value.as_str()));
        let mut all: Vec<_> =
            own.chain([(ACTION, self.operation.as_str()), (VERSION, API_VERSION)]).collect();
        all.sort_unstable();
        all
    }

    /// The [`parameters`](Self::parameters) as a query string; see [`DescribeSynchronizationJobStatus::query`].
    #[must_use]
    pub fn query(&self) -> String {
        percent::query(&self.parameters())
    }

    /// Reads a request of any operation from its decoded (name, value) pairs, in any order. `Action` names the operation.
    ///
    /// Ignores the common parameters of the RPC style, and does not check the values: see [`check`](Self::check).
    ///
    /// # Errors
    ///
    /// `Action` is absent or names an operation whose answers are not read, or a parameter is repeated or unknown.
    ///
    /// ```
    /// use aliyun_dts_status::request::Request;
    ///
    /// let logged = [("DtsJobId", "i03e3zty16iwxyz"), ("Action", "DescribeDtsJobDetail"), ("Format", "JSON")];
    /// let request = Request::from_parameters(logged)?;
    /// assert_eq!(request.check(), Ok(()));
    /// # Ok::<(), aliyun_dts_status::request::RequestError>(())
    /// ```
    pub fn from_parameters<N, V>(parameters: impl IntoIterator<Item = (N, V)>) -> Result<Self, RequestError>
    where
        N: AsRef<str>,
        V: Into<String>,
    {
        let mut action: Option<String> = None;
        let mut values: BTreeMap<&'static str, (Parameter, String)> = BTreeMap::new();
        let mut unknown = None;
        for (name, value) in parameters {
            let name = name.as_ref();
            let repeated = || Err(RequestError::new(name.to_owned(), ParameterError::Repeated));
            let known = Parameter::ALL.iter().find(|parameter| parameter.as_str() == name);
            match known {
                _ if name == ACTION => {
                    if action.replace(value.into()).is_some() {
                        return repeated();
                    }
                }
                Some(known) => {
                    if values.insert(known.as_str(), (*known, value.into())).is_some() {
                        return repeated();
                    }
                }
                None if name == VERSION || COMMON.contains(&name) => {}
                None => unknown = unknown.or_else(|| Some(name.to_owned())),
            }
        }
        let action = action.ok_or(RequestError::new(ACTION, ParameterError::Absent))?;
        let operation = Operation::ALL.iter().copied().find(|operation| operation.as_str() == action);
        let operation = operation.ok_or_else(|| {
            RequestError::new(ACTION, ParameterError::UnknownOperation { found: action.into() })
        })?;
        let not_known = values.values().find(|(parameter, _)| !Parameter::of(operation).contains(parameter));
        if let Some(name) = unknown.or_else(|| not_known.map(|(parameter, _)| parameter.as_str().to_owned()))
        {
            return Err(RequestError::new(name, ParameterError::NotOfOperation { operation }));
        }
        Ok(Request { operation, values: values.into_values().collect() })
    }

    /// The parameter with the number of the page.
    pub(super) const fn page_number(&self) -> Parameter {
        match self.operation {
            Operation::DescribeDtsJobs => Parameter::PageNumber,
            _ => Parameter::PageNum,
        }
    }

    fn without_token(mut self) -> Self {
        self.values.remove(&Parameter::ClientToken);
        self
    }

    /// The parameters in the order of their names.
    fn sorted(&self) -> Vec<(Parameter, &str)> {
        let mut all: Vec<_> =
            self.values.iter().map(|(parameter, value)| (*parameter, value.as_str())).collect();
        all.sort_unstable_by_key(|(parameter, _)| parameter.as_str());
        all
    }
}

#[allow(deprecated, reason = "still sent if set")]
impl From<&DescribeSynchronizationJobStatus> for Request {
    fn from(request: &DescribeSynchronizationJobStatus) -> Self {
        let optional = [
            (Parameter::AccountId, &request.account_id),
            (Parameter::ClientToken, &request.client_token),
            (Parameter::RegionId, &request.region_id),
            (Parameter::ResourceGroupId, &request.resource_group_id),
        ];
        let values = optional.into_iter().filter_map(|(parameter, value)| Some((parameter, value.clone()?)));
        let operation = Operation::DescribeSynchronizationJobStatus;
        let request_of = Request { operation, values: values.collect() };
        request_of.job_id(request.job_id.as_str()).direction(&request.direction)
    }
}
