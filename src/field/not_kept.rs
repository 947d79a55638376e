//! Names that are known and whose values have no place in the model, one list for each record. All but the first are of
//! sister operations.

use super::Field;

/// Of an error document. Its code says that the call failed; `Decoded::http_status` has the HTTP status.
pub(crate) const FAULT: &[&str] = &[Field::Success.as_str(), Field::HttpStatusCode.as_str()];

/// Of `DescribeDtsJobDetail`, of an item of `DescribeDtsJobs`, and of its `ReverseJob`.
pub(crate) const DTS_JOB: &[&str] = &[
    "AppName",
    "BeginTimestamp",
    "Binlog",
    "BinlogSite",
    "BinlogTime",
    "BootTime",
    "ConsumptionCheckpoint",
    "ConsumptionClient",
    "CpuUsage",
    "DataCloudStatus",
    "DataDeliveryChannelInfo",
    "DataEtlStatus",
    "DatabaseCount",
    "DedicatedClusterId",
    "DemoJob",
    "DestNetType",
    "DtsBisLabel",
    "DuRealUsage",
    "DuUsage",
    "EndTimestamp",
    "ErrorDetails",
    "EtlCalculator",
    "EtlSafeCheckpoint",
    "FullDataCheckStatus",
    "GroupId",
    "IncDataCheckStatus",
    "InitCheckpoint",
    "IsDemoJob",
    "LastUpdateTime",
    "MaxDu",
    "MemUsage",
    "MigrationErrCode",
    "MigrationErrHelpDocId",
    "MigrationErrHelpDocKey",
    "MigrationErrMsg",
    "MigrationErrType",
    "MigrationErrWorkaround",
    "MinDu",
    "OriginType",
    "Reserved",
    "ResourceGroupDisplayName",
    "ResourceGroupId",
    "StructureDataCheckStatus",
    "SubDistributedJob",
    "SubSyncJob",
    "SubscribeTopic",
    "SubscriptionDataType",
    "SubscriptionHost",
    "TaskType",
];

/// Of a page of `DescribeDtsJobs`.
pub(crate) const DTS_PAGE: &[&str] = &["EtlDemoList"];

/// Of an endpoint of those.
pub(crate) const DTS_ENDPOINT: &[&str] = &["AliyunUid", "CanModifyPassword", "RoleName", "SslSolutionEnum"];

/// Of their `MigrationMode`.
pub(crate) const DTS_MODE: &[&str] =
    &["DataExtractTransformLoad", "FullDataCheck", "IncDataCheck", "StructureDataCheck"];

/// Of their stages.
pub(crate) const DTS_STAGE: &[&str] = &["NeedUpgrade"];

/// Of their `RetryState`.
pub(crate) const RETRY_STATE: &[&str] = &[
    "JobId",
    "MigrationErrCode",
    "MigrationErrHelpDocId",
    "MigrationErrHelpDocKey",
    "MigrationErrMsg",
    "MigrationErrType",
    "MigrationErrWorkaround",
];

/// Of an item of `TagList`.
pub(crate) const DTS_TAG: &[&str] = &[
    "AliUid",
    "Creator",
    "GmtCreate",
    "GmtModified",
    "Id",
    "RegionId",
    "ResourceId",
    "ResourceType",
    "Scope",
    "SrcRegion",
    "TagCategory",
];
