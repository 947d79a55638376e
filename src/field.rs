//! The names on the wire, each written once in the crate: [`Field`].

pub(crate) mod not_kept;

use std::borrow::Cow;

use crate::named_enum::named_enum;

/// Defines [`Field`]. The name of a variant is its name on the wire, unless another is given.
macro_rules! fields {
    ($($variant:ident $(= $name:literal)?,)+) => {
        named_enum! {
            /// A field of a response or of a gateway's error document.
            ///
            /// `as_str` returns the documented spelling. All names come from the vendor's API pages of the operations
            /// and their metadata. Where operations write a name in different letter cases, each spelling is a field.
            #[derive(PartialOrd, Ord)]
            #[non_exhaustive]
            #[allow(missing_docs, reason = "a variant says no more than its name on the wire")]
            pub enum Field as "field" {
                $($variant = fields!(@name $variant $($name)?),)+
            }
        }
    };
    (@name $variant:ident) => { stringify!($variant) };
    (@name $variant:ident $name:literal) => { $name };
}

fields! {
    RequestId,
    Success,
    ErrCode,
    ErrMessage,
    DynamicCode,
    DynamicMessage,
    HttpStatusCode,
    TaskId,
    SynchronizationJobId,
    SynchronizationJobName,
    SynchronizationJobClass,
    SynchronizationDirection,
    PayType,
    ExpireTime,
    Status,
    ErrorMessage,
    DataInitialization,
    StructureInitialization,
    Delay,
    DelayMillis,
    Checkpoint,
    SourceEndpoint,
    DestinationEndpoint,
    PrecheckStatus,
    StructureInitializationStatus,
    DataInitializationStatus,
    DataSynchronizationStatus,
    Performance,
    SynchronizationObjects,
    InstanceId,
    InstanceType,
    EngineName,
    Ip = "IP",
    Port,
    UserName,
    Percent,
    Detail,
    ItemName,
    CheckStatus,
    RepairMethod,
    Progress,
    Rps = "RPS",
    Flow = "FLOW",
    SchemaName,
    NewSchemaName,
    TableIncludes,
    TableExcludes,
    TableName,
    Code,
    Message,
    HostId,
    Recommend,
    Description,
    AccessDeniedDetail,
    TotalRecordCount,
    PageNumber,
    PageRecordCount,
    SynchronizationInstances,
    SynchronizationJobListStatusList,
    SynchronizationDirectionInfoList,
    DtsJobList,
    MigrationJobs,
    DtsInstanceId = "DtsInstanceID",
    DtsJobId,
    DtsJobName,
    DtsJobClass,
    DtsJobDirection,
    JobType,
    MigrationMode,
    CreateTime,
    JobCreateTime,
    InstanceCreateTime,
    FinishTime,
    RetryState,
    DbObject,
    ReverseJob,
    InstanceIdUpper = "InstanceID",
    IpMixed = "Ip",
    Region,
    DatabaseName,
    OracleSid = "OracleSID",
    OracleSidLower = "oracleSID",
    RpsMixed = "Rps",
    FlowMixed = "Flow",
    CheckItem,
    CheckItemDescription,
    CheckResult,
    FailedReason,
    RetryCount,
    RetryTime,
    MaxRetryTime,
    Retrying,
    RetryTarget,
    Module,
    Tags,
    Key,
    Value,
    TagList,
    TagKey,
    TagValue,
    MigrationJobId,
    MigrationJobIdUpper = "MigrationJobID",
    MigrationJobName,
    MigrationJobClass,
    MigrationJobStatus,
    MigrationObject,
    SynchronousObject,
    DataSynchronization,
    DataInitializationLower = "dataInitialization",
    DataSynchronizationLower = "dataSynchronization",
    StructureInitializationLower = "structureInitialization",
    Precheck,
    StatusLower = "status",
    WholeDatabase,
    TableList,
    Table,
}

/// The root element of a gateway's error document.
pub(crate) const ERROR_ROOT: &str = "Error";

/// The member of an SDK's dump of a response (`{"body": …, "headers": …, "statusCode": …}`) that holds the response.
pub(crate) const DUMP_BODY: &str = "body";

/// The member of an SDK's dump that holds the HTTP status.
pub(crate) const DUMP_STATUS: &str = "statusCode";

/// The members next to [`DUMP_BODY`] in an SDK's dump.
pub(crate) const DUMP_SIBLINGS: [&str; 2] = ["headers", DUMP_STATUS];

/// Keys of the JSON that this crate writes of a job or an assessment, as far as they are no spelling of a field.
pub(crate) const OWN_KEYS: [&str; 33] = [
    "job_id",
    "job_name",
    "job_class",
    "direction",
    "delay_seconds",
    "source",
    "destination",
    "precheck",
    "structure_stage",
    "data_stage",
    "synchronization_stage",
    "data_synchronization",
    "created_at",
    "finished_at",
    "retry",
    "db_object",
    "objects",
    "jobs",
    "record_count",
    "verdict",
    "reason",
    "exit_code",
    "lag_seconds",
    "data_age_seconds",
    "observed_at",
    "findings",
    "deadlines",
    "pending",
    "held_since",
    "lost",
    "snapshot",
    "quirks",
    "violations",
];

/// Names that only responses of other operations have, as far as they are no field of one that is read. Their `Delay` is
/// in other units, so such a body is refused unless it names a job of the operation that it is read as.
pub(crate) const OTHER_OPERATIONS: [&str; 18] = [
    "EtlDemoList",
    "SubSyncJob",
    "SubDistributedJob",
    "SyncStatusList",
    "SubscriptionInstances",
    "SubscriptionInstanceId",
    "SubscriptionInstanceName",
    "StructureInitializationDetails",
    "StructureInitializationDetailList",
    "DataInitializationDetails",
    "DataInitializationDetailList",
    "JobProgress",
    "DelayOverSeconds",
    Field::TotalRecordCount.as_str(),
    Field::PageRecordCount.as_str(),
    Field::JobType.as_str(),
    Field::ReverseJob.as_str(),
    Field::MigrationMode.as_str(),
];

/// Returns true for a code, without blanks around it, that says that the call succeeded.
pub(crate) fn says_success(code: &str) -> bool {
    ["0", "200", "OK", "Success"].iter().any(|known| known.eq_ignore_ascii_case(code))
}

/// What a `Success` says, in any of its spellings; `None` for another text.
pub(crate) fn success_of(text: &str) -> Option<bool> {
    match &*text.trim().to_ascii_lowercase() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The element that wraps each item of a list, where a body wraps them:
/// `<SynchronizationObjects><SynchronizationObject>…`. [`Field::CheckItem`] is one too.
pub(crate) const SYNCHRONIZATION_OBJECT: &str = "SynchronizationObject";
/// See [`SYNCHRONIZATION_OBJECT`].
pub(crate) const TABLE_INCLUDE: &str = "TableInclude";
/// See [`SYNCHRONIZATION_OBJECT`].
pub(crate) const TABLE_EXCLUDE: &str = "TableExclude";
/// See [`SYNCHRONIZATION_OBJECT`].
pub(crate) const SYNCHRONIZATION_INSTANCE: &str = "SynchronizationInstance";
/// See [`SYNCHRONIZATION_OBJECT`].
pub(crate) const STATUS_INFO: &str = "SynchronizationJobStatusInfo";
/// See [`SYNCHRONIZATION_OBJECT`].
pub(crate) const DIRECTION_INFO: &str = "SynchronizationDirectionInfo";
/// See [`SYNCHRONIZATION_OBJECT`].
pub(crate) const DTS_JOB_STATUS: &str = "DtsJobStatus";
/// The element around each job in documented bodies.
pub(crate) const MIGRATION_JOB: &str = "MigrationJob";
/// The element around each tag in documented bodies of migrations.
pub(crate) const TAG: &str = "Tag";
/// Names that wrap an item of any list.
pub(crate) const ANY_ITEM: [&str; 3] = ["item", "element", "member"];

/// Other names of fields, seen in bodies and on the vendor's pages, that are no field themselves.
pub(crate) mod alias {
    pub(crate) const DELAY_MILLS: &str = "DelayMills";
    pub(crate) const ERR_MSG: &str = "ErrMsg";
}

impl Field {
    /// The bytes of the longest name.
    #[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
    pub(crate) const LONGEST: usize = {
        let mut longest = 0;
        let mut index = 0;
        while index < NAMES.len() {
            let len = NAMES[index].len();
            longest = if len > longest { len } else { longest };
            index += 1;
        }
        longest
    };

    /// The place of the field in [`Field::ALL`].
    #[inline]
    #[allow(clippy::as_conversions, reason = "the number of a variant")]
    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    /// The field with exactly this name.
    #[inline]
    pub(crate) fn exact(name: &str) -> Option<Field> {
        Field::of_bytes(name.as_bytes()).map(|(field, _)| field)
    }

    /// The field with exactly this name, and the name.
    #[inline]
    pub(crate) fn of_bytes(name: &[u8]) -> Option<(Field, &'static str)> {
        let field = SLOTS.get(slot(name)).copied().flatten()?;
        let known = *NAMES.get(field.index())?;
        same_bytes(known.as_bytes(), name).then_some((field, known))
    }

    /// The fields with this name, as [`same_name`] compares. Operations write some names in different letter cases.
    #[cold]
    pub(crate) fn folded(name: &str) -> impl Iterator<Item = Field> {
        let name = bare(name);
        Field::ALL.iter().copied().filter(move |field| field.as_str().eq_ignore_ascii_case(&name))
    }
}

/// Returns true for equal bytes. For most names, comparing both ends, which overlap, is faster than a call.
#[inline(always)]
pub(crate) fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match one.len() {
        4..8 => same_ends::<4>(one, other),
        8..=16 => same_ends::<8>(one, other),
        _ => one == other,
    }
}

#[inline(always)]
fn same_ends<const N: usize>(one: &[u8], other: &[u8]) -> bool {
    one.first_chunk::<N>() == other.first_chunk() && one.last_chunk::<N>() == other.last_chunk()
}

/// Returns true if a name is a known one but for letter case and any `_` and `-`.
pub(crate) fn same_name(known: &str, name: &str) -> bool {
    known.eq_ignore_ascii_case(name) || known.eq_ignore_ascii_case(&bare(name))
}

/// A name without `_` and `-`.
pub(crate) fn bare(name: &str) -> Cow<'_, str> {
    let is_separator = |c: char| matches!(c, '_' | '-');
    match name.contains(is_separator) {
        true => name.replace(is_separator, "").into(),
        false => name.into(),
    }
}

/// The name of each field, by its [`Field::index`]. One load is quicker than [`Field::as_str`].
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
static NAMES: [&str; Field::ALL.len()] = {
    let mut names = [""; Field::ALL.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = Field::ALL[index].as_str();
        index += 1;
    }
    names
};

/// Each field at the [`slot`] of its name. A name that falls on the slot of another does not compile; then other
/// multipliers are needed.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
const SLOTS: [Option<Field>; 1024] = {
    let mut slots = [None; 1024];
    let mut index = 0;
    while index < Field::ALL.len() {
        let field = Field::ALL[index];
        let slot = slot(field.as_str().as_bytes());
        assert!(slots[slot].is_none(), "two names share a slot");
        slots[slot] = Some(field);
        index += 1;
    }
    slots
};

/// A number below 1024 from the length of a name and three of its bytes; different for every [`Field`].
///
/// One look-up and one comparison per key make the table as quick as a derived `match`.
#[inline]
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "the name has two bytes or more, and four small products cannot overflow; `usize::from` is not const"
)]
const fn slot(name: &[u8]) -> usize {
    let [first, _, ..] = name else { return 0 };
    let middle = name[name.len() / 2 - 1];
    let last = name[name.len() - 1];
    let sum = name.len() * 502 + *first as usize * 824 + middle as usize * 142 + last as usize * 627;
    sum & 1023
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_exactly_and_in_any_case() {
        for &field in Field::ALL {
            let name = field.as_str();
            assert_eq!(Field::exact(name), Some(field), "{name}");
            assert!(Field::folded(&name.to_uppercase()).any(|found| found == field), "{name}");
            let bare = format!("_{}-_", name.to_lowercase());
            assert!(Field::folded(&bare).any(|found| found == field), "{name}");
        }
        for name in ["", "x", "sTATUS", "Statu", "StatusX", "同步"] {
            assert_eq!(Field::exact(name), None, "{name}");
        }
    }
}
