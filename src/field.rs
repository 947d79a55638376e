//! The names on the wire, each written once in the crate: [`Field`].

use std::fmt;

/// Defines [`Field`] from one list of variants and names.
macro_rules! fields {
    ($($variant:ident = $name:literal,)+) => {
        /// A field of a `DescribeSynchronizationJobStatus` response or of a gateway's error document.
        ///
        /// `as_str` gives the documented spelling; the page of the operation is the source of all names but
        /// `DynamicCode`, `DynamicMessage` and `HttpStatusCode`, seen on bodies of sister operations.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "a variant says no more than its name on the wire")]
        pub enum Field {
            $($variant,)+
        }

        impl Field {
            /// Every field, in the order of the enum.
            pub const ALL: &'static [Field] = &[$(Field::$variant,)+];

            /// The documented spelling.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Field::$variant => $name,)+
                }
            }
        }
    };
}

fields! {
    RequestId = "RequestId",
    Success = "Success",
    ErrCode = "ErrCode",
    ErrMessage = "ErrMessage",
    DynamicCode = "DynamicCode",
    DynamicMessage = "DynamicMessage",
    HttpStatusCode = "HttpStatusCode",
    TaskId = "TaskId",
    SynchronizationJobId = "SynchronizationJobId",
    SynchronizationJobName = "SynchronizationJobName",
    SynchronizationJobClass = "SynchronizationJobClass",
    SynchronizationDirection = "SynchronizationDirection",
    PayType = "PayType",
    ExpireTime = "ExpireTime",
    Status = "Status",
    ErrorMessage = "ErrorMessage",
    DataInitialization = "DataInitialization",
    StructureInitialization = "StructureInitialization",
    Delay = "Delay",
    DelayMillis = "DelayMillis",
    Checkpoint = "Checkpoint",
    SourceEndpoint = "SourceEndpoint",
    DestinationEndpoint = "DestinationEndpoint",
    PrecheckStatus = "PrecheckStatus",
    StructureInitializationStatus = "StructureInitializationStatus",
    DataInitializationStatus = "DataInitializationStatus",
    DataSynchronizationStatus = "DataSynchronizationStatus",
    Performance = "Performance",
    SynchronizationObjects = "SynchronizationObjects",
    InstanceId = "InstanceId",
    InstanceType = "InstanceType",
    EngineName = "EngineName",
    Ip = "IP",
    Port = "Port",
    UserName = "UserName",
    Percent = "Percent",
    Detail = "Detail",
    ItemName = "ItemName",
    CheckStatus = "CheckStatus",
    RepairMethod = "RepairMethod",
    Progress = "Progress",
    Rps = "RPS",
    Flow = "FLOW",
    SchemaName = "SchemaName",
    NewSchemaName = "NewSchemaName",
    TableIncludes = "TableIncludes",
    TableExcludes = "TableExcludes",
    TableName = "TableName",
    Code = "Code",
    Message = "Message",
    HostId = "HostId",
    Recommend = "Recommend",
    Description = "Description",
    AccessDeniedDetail = "AccessDeniedDetail",
}

/// The root element of a response in XML, and the envelope around one in JSON.
pub(crate) const ROOT: &str = "DescribeSynchronizationJobStatusResponse";

/// The root element of a gateway's error document.
pub(crate) const ERROR_ROOT: &str = "Error";

/// Where an SDK's dump of a response (`{"body": …, "headers": …, "statusCode": …}`) keeps the response.
pub(crate) const DUMP_BODY: &str = "body";

/// What stands beside [`DUMP_BODY`] in an SDK's dump.
pub(crate) const DUMP_SIBLINGS: [&str; 2] = ["headers", "statusCode"];

/// Names that only other operations' responses carry. Their `Delay` is in other units, so such a body is
/// refused unless it names a synchronization job.
pub(crate) const OTHER_OPERATIONS: [&str; 8] = [
    "DtsJobId",
    "DtsInstanceID",
    "DtsJobList",
    "MigrationJobId",
    "MigrationJobStatus",
    "SubscriptionInstanceId",
    "SynchronizationInstances",
    "SynchronizationJobListStatusList",
];

/// The element that wraps each item of a list, where a body wraps them: `<Detail><CheckItem>…`.
pub(crate) const CHECK_ITEM: &str = "CheckItem";
/// See [`CHECK_ITEM`].
pub(crate) const SYNCHRONIZATION_OBJECT: &str = "SynchronizationObject";
/// See [`CHECK_ITEM`].
pub(crate) const TABLE_INCLUDE: &str = "TableInclude";
/// See [`CHECK_ITEM`].
pub(crate) const TABLE_EXCLUDE: &str = "TableExclude";
/// Names that wrap an item of any list.
pub(crate) const ANY_ITEM: [&str; 3] = ["item", "element", "member"];

/// Other names of fields, seen in bodies and in other operations' pages.
pub(crate) mod alias {
    pub(crate) const STATUS: &str = "status";
    pub(crate) const DELAY_MILLS: &str = "DelayMills";
    pub(crate) const IP: &str = "Ip";
    pub(crate) const INSTANCE_ID: &str = "InstanceID";
    pub(crate) const FLOW: &str = "Flow";
    pub(crate) const RPS: &str = "Rps";
    pub(crate) const CHECK_RESULT: &str = "CheckResult";
    pub(crate) const FAILED_REASON: &str = "FailedReason";
}

impl Field {
    /// The field with exactly this name.
    #[inline]
    pub(crate) fn exact(name: &str) -> Option<Field> {
        let field = SLOTS.get(slot(name.as_bytes())).copied().flatten()?;
        (field.as_str() == name).then_some(field)
    }

    /// The field with this name in any letter case.
    #[cold]
    pub(crate) fn folded(name: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.as_str().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where each field stands by [`slot`] of its name. A name added to the list that falls on another's slot does
/// not compile; then other multipliers are wanted.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
const SLOTS: [Option<Field>; 256] = {
    let mut slots = [None; 256];
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

/// A number below 256 from a name's length and three of its bytes; different for every [`Field`].
///
/// One look-up and one comparison per key is what makes the table as quick as a derived `match`.
#[inline]
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "the name has two bytes or more, and four small products cannot overflow; `usize::from` is not const"
)]
const fn slot(name: &[u8]) -> usize {
    let [_, second, ..] = name else { return 0 };
    let middle = name[name.len() / 2];
    let last = name[name.len() - 1];
    let sum = name.len() * 58 + *second as usize * 95 + middle as usize * 199 + last as usize * 20;
    sum & 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_exactly_and_in_any_case() {
        for &field in Field::ALL {
            let name = field.as_str();
            assert_eq!(Field::exact(name), Some(field), "{name}");
            assert_eq!(Field::folded(&name.to_uppercase()), Some(field), "{name}");
        }
        for name in ["", "x", "status", "Statu", "StatusX", "同步"] {
            assert_eq!(Field::exact(name), None, "{name}");
        }
    }
}
