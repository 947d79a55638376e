//! The parameters of each operation: [`Parameter`].

use super::error::ParameterError;
use crate::model::Operation;
use crate::named_enum::named_enum;

/// Defines [`Parameter`]. The name of a variant is its name on the wire, unless another is given.
macro_rules! parameters {
    ($($variant:ident $(= $name:literal)?,)+) => {
        named_enum! {
            /// A parameter of an operation whose answers are read, from the vendor's API pages and SDKs.
            #[derive(PartialOrd, Ord)]
            #[non_exhaustive]
            #[allow(missing_docs, reason = "a variant says no more than its name on the wire")]
            pub enum Parameter as "parameter" {
                $($variant = parameters!(@name $variant $($name)?),)+
            }
        }
    };
    (@name $variant:ident) => { stringify!($variant) };
    (@name $variant:ident $name:literal) => { $name };
}

parameters! {
    AccountId,
    ClientToken,
    DedicatedClusterId,
    DestProductType,
    DtsBisLabel,
    DtsInstanceIdUpper = "DtsInstanceID",
    DtsInstanceId,
    DtsJobId,
    GroupId,
    InstanceId,
    InstanceType,
    JobType,
    MigrationJobId,
    MigrationJobName,
    OrderColumn,
    OrderDirection,
    PageNum,
    PageNumber,
    PageSize,
    Params,
    Region,
    RegionId,
    ResourceGroupId,
    SrcProductType,
    Status,
    SyncSubJobHistory,
    SynchronizationDirection,
    SynchronizationJobId,
    SynchronizationJobIds = "SynchronizationJobIdListJsonStr",
    SynchronizationJobName,
    Tags,
    Type,
    WithoutDbList,
    ZeroEtlJob,
}

/// Limit of `ClientToken`, in characters.
const CLIENT_TOKEN_MAX: usize = 64;
/// Limit of a page number: that of the API's Integer.
const PAGE_NUMBER_MAX: u32 = 2_147_483_647;
/// Limit of `PageSize`. The vendor's pages list 10, 20, 30, 50 and 100, and contradict each other on which of them each
/// operation takes.
const PAGE_SIZE_MAX: u32 = 100;

/// The values of `SynchronizationDirection`.
const DIRECTIONS: [&str; 2] = ["Forward", "Reverse"];

/// The kinds of job that `JobType` asks for.
pub(super) const JOB_TYPES: [&str; 3] = ["MIGRATION", "SYNC", "SUBSCRIBE"];

impl Parameter {
    /// The parameters of an operation.
    #[must_use]
    pub const fn of(operation: Operation) -> &'static [Parameter] {
        use Parameter as P;
        match operation {
            Operation::DescribeSynchronizationJobStatus => &[
                P::AccountId,
                P::ClientToken,
                P::RegionId,
                P::ResourceGroupId,
                P::SynchronizationDirection,
                P::SynchronizationJobId,
            ],
            Operation::DescribeSynchronizationJobs => &[
                P::AccountId,
                P::ClientToken,
                P::PageNum,
                P::PageSize,
                P::RegionId,
                P::ResourceGroupId,
                P::SynchronizationJobName,
            ],
            Operation::DescribeSynchronizationJobStatusList => {
                &[P::AccountId, P::ClientToken, P::RegionId, P::ResourceGroupId, P::SynchronizationJobIds]
            }
            Operation::DescribeDtsJobDetail => &[
                P::DtsInstanceIdUpper,
                P::DtsJobId,
                P::RegionId,
                P::ResourceGroupId,
                P::SyncSubJobHistory,
                P::SynchronizationDirection,
                P::ZeroEtlJob,
            ],
            Operation::DescribeDtsJobs => OF_DTS_JOBS,
            Operation::DescribeMigrationJobStatus => {
                &[P::AccountId, P::ClientToken, P::MigrationJobId, P::RegionId, P::ResourceGroupId]
            }
            Operation::DescribeMigrationJobs => {
                &[P::AccountId, P::MigrationJobName, P::PageNum, P::PageSize, P::RegionId, P::ResourceGroupId]
            }
        }
    }

    /// The parameters of an operation of which one must be given.
    pub(super) const fn required(operation: Operation) -> &'static [Parameter] {
        match operation {
            Operation::DescribeSynchronizationJobStatus => &[Parameter::SynchronizationJobId],
            Operation::DescribeSynchronizationJobStatusList => &[Parameter::SynchronizationJobIds],
            Operation::DescribeDtsJobDetail => &[Parameter::DtsInstanceIdUpper, Parameter::DtsJobId],
            Operation::DescribeDtsJobs => &[Parameter::Region],
            Operation::DescribeMigrationJobStatus => &[Parameter::MigrationJobId],
            Operation::DescribeSynchronizationJobs | Operation::DescribeMigrationJobs => &[],
        }
    }

    /// The rule that a value breaks, if it breaks one.
    pub(super) fn defect(self, value: &str) -> Option<ParameterError> {
        match self {
            _ if value.trim().is_empty() => Some(ParameterError::Empty),
            Parameter::ClientToken if !value.is_ascii() => Some(ParameterError::NotAscii),
            Parameter::ClientToken if value.len() > CLIENT_TOKEN_MAX => {
                Some(ParameterError::TooLong { limit: CLIENT_TOKEN_MAX, found: value.len() })
            }
            Parameter::SynchronizationDirection if !DIRECTIONS.contains(&value) => {
                Some(ParameterError::NotADirection { found: value.into() })
            }
            Parameter::JobType if !JOB_TYPES.contains(&value) => {
                Some(ParameterError::NotAJobType { found: value.into() })
            }
            Parameter::PageNum | Parameter::PageNumber => not_within(PAGE_NUMBER_MAX, value),
            Parameter::PageSize => not_within(PAGE_SIZE_MAX, value),
            _ => None,
        }
    }
}

/// The parameters of `DescribeDtsJobs`.
const OF_DTS_JOBS: &[Parameter] = &[
    Parameter::DedicatedClusterId,
    Parameter::DestProductType,
    Parameter::DtsBisLabel,
    Parameter::DtsInstanceId,
    Parameter::DtsJobId,
    Parameter::GroupId,
    Parameter::InstanceId,
    Parameter::InstanceType,
    Parameter::JobType,
    Parameter::OrderColumn,
    Parameter::OrderDirection,
    Parameter::PageNumber,
    Parameter::PageSize,
    Parameter::Params,
    Parameter::Region,
    Parameter::RegionId,
    Parameter::ResourceGroupId,
    Parameter::SrcProductType,
    Parameter::Status,
    Parameter::Tags,
    Parameter::Type,
    Parameter::WithoutDbList,
    Parameter::ZeroEtlJob,
];

/// The defect of a text that is no whole number from 1 to a limit.
fn not_within(limit: u32, value: &str) -> Option<ParameterError> {
    let number = value.parse::<u32>().ok().filter(|number| (1..=limit).contains(number));
    number.is_none().then(|| ParameterError::NotWithin { limit, found: value.into() })
}
