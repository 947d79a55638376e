//! Every documented name is known: read into the model, or listed as known and not kept.

use aliyun_dts_status::{Operation, QuirkKind};
use serde_json::{Map, Value, json};

use crate::bodies::decode_json;

/// A record of a response, and the names of its fields in the vendor's metadata. `[]` follows the name of a list.
pub(crate) type Row = (&'static str, &'static str);

#[rustfmt::skip]
const DESCRIBE_SYNCHRONIZATION_JOBS: &[Row] = &[
    ("", "PageNumber RequestId PageRecordCount TotalRecordCount SynchronizationInstances"),
    ("SynchronizationInstances[]", "DataInitialization Status SynchronizationJobName Delay ErrorMessage ExpireTime CreateTime PayType StructureInitialization SynchronizationJobClass InstanceCreateTime SynchronizationJobId SynchronizationDirection JobCreateTime Tags SynchronizationObjects DataInitializationStatus DataSynchronizationStatus DestinationEndpoint Performance PrecheckStatus SourceEndpoint StructureInitializationStatus"),
    ("SynchronizationInstances[].Tags[]", "Key Value"),
    ("SynchronizationInstances[].SynchronizationObjects[]", "NewSchemaName SchemaName TableExcludes TableIncludes"),
    ("SynchronizationInstances[].SynchronizationObjects[].TableExcludes[]", "TableName"),
    ("SynchronizationInstances[].SynchronizationObjects[].TableIncludes[]", "TableName"),
    ("SynchronizationInstances[].DataInitializationStatus", "Status Percent ErrorMessage Progress"),
    ("SynchronizationInstances[].DataSynchronizationStatus", "Status Delay Percent ErrorMessage"),
    ("SynchronizationInstances[].DestinationEndpoint", "InstanceId IP InstanceType Port UserName EngineName"),
    ("SynchronizationInstances[].Performance", "RPS FLOW"),
    ("SynchronizationInstances[].PrecheckStatus", "Status Percent Detail"),
    ("SynchronizationInstances[].PrecheckStatus.Detail[]", "CheckStatus ErrorMessage ItemName RepairMethod"),
    ("SynchronizationInstances[].SourceEndpoint", "InstanceId IP InstanceType Port UserName EngineName"),
    ("SynchronizationInstances[].StructureInitializationStatus", "Status Percent ErrorMessage Progress"),
];

#[rustfmt::skip]
const DESCRIBE_SYNCHRONIZATION_JOB_STATUS_LIST: &[Row] = &[
    ("", "RequestId ErrCode PageRecordCount Success TotalRecordCount ErrMessage PageNumber SynchronizationJobListStatusList"),
    ("SynchronizationJobListStatusList[]", "SynchronizationJobId SynchronizationDirectionInfoList"),
    ("SynchronizationJobListStatusList[].SynchronizationDirectionInfoList[]", "Status SynchronizationDirection Checkpoint"),
];

#[rustfmt::skip]
const DESCRIBE_DTS_JOB_DETAIL: &[Row] = &[
    ("", "Status DtsJobName FinishTime ErrorMessage DtsJobId CreateTime PayType Reserved DatabaseCount DtsJobClass EndTimestamp AppName DestNetType SubscribeTopic DtsInstanceID RequestId Code Checkpoint Delay ExpireTime ErrCode Success ErrMessage ConsumptionClient DbObject DynamicMessage ConsumptionCheckpoint EtlCalculator HttpStatusCode BeginTimestamp GroupId SynchronizationDirection DtsJobDirection DemoJob SourceEndpoint DestinationEndpoint MigrationMode SubscriptionHost SubscriptionDataType SubDistributedJob SubSyncJob JobType TaskType DedicatedClusterId DataSynchronizationStatus BootTime Binlog BinlogSite BinlogTime LastUpdateTime RetryState ResourceGroupId ResourceGroupDisplayName DtsBisLabel DataDeliveryChannelInfo MinDu MaxDu InitCheckpoint"),
    ("SourceEndpoint", "OracleSID SslSolutionEnum Ip InstanceID RoleName InstanceType Port EngineName Region DatabaseName AliyunUid UserName CanModifyPassword"),
    ("DestinationEndpoint", "SslSolutionEnum OracleSID DatabaseName Region Ip InstanceID Port InstanceType UserName EngineName CanModifyPassword RoleName AliyunUid"),
    ("MigrationMode", "DataExtractTransformLoad DataInitialization DataSynchronization StructureInitialization"),
    ("SubscriptionHost", "VpcHost PublicHost PrivateHost"),
    ("SubscriptionDataType", "Dml Ddl"),
    ("DataSynchronizationStatus", "Status NeedUpgrade Percent Progress ErrorMessage"),
    ("RetryState", "RetryCount MaxRetryTime ErrMessage RetryTarget RetryTime Module JobId Retrying"),
    ("DataDeliveryChannelInfo", "PublicDproxyUrl VpcDproxyUrl Topic Region PartitionNum"),
];

#[rustfmt::skip]
const DESCRIBE_DTS_JOBS: &[Row] = &[
    ("", "HttpStatusCode RequestId ErrCode Success PageRecordCount TotalRecordCount ErrMessage DynamicMessage PageNumber DynamicCode DtsJobList EtlDemoList"),
    ("DtsJobList[]", "Status OriginType DtsJobName Delay ErrorMessage ExpireTime DtsJobId CreateTime PayType Reserved ConsumptionClient DbObject DtsJobClass ConsumptionCheckpoint EndTimestamp AppName BeginTimestamp DtsInstanceID DtsJobDirection Checkpoint TagList DataInitializationStatus DataSynchronizationStatus DataEtlStatus DestinationEndpoint MigrationMode Performance PrecheckStatus ReverseJob SourceEndpoint StructureInitializationStatus RetryState JobType DuUsage CpuUsage MemUsage DedicatedClusterId ErrorDetails DataCloudStatus ResourceGroupId ResourceGroupDisplayName MigrationErrMsg MigrationErrHelpDocId MigrationErrWorkaround MigrationErrCode MigrationErrHelpDocKey MigrationErrType EtlSafeCheckpoint FullDataCheckStatus IncDataCheckStatus DtsBisLabel MinDu MaxDu DuRealUsage StructureDataCheckStatus"),
    ("DtsJobList[].TagList[]", "TagValue TagKey"),
    ("DtsJobList[].DataInitializationStatus", "Status Percent ErrorMessage Progress"),
    ("DtsJobList[].DataSynchronizationStatus", "Status NeedUpgrade Percent Progress ErrorMessage"),
    ("DtsJobList[].DataEtlStatus", "Status Percent ErrorMessage Progress"),
    ("DtsJobList[].DestinationEndpoint", "SslSolutionEnum OracleSID Region DatabaseName Ip InstanceID Port InstanceType UserName EngineName"),
    ("DtsJobList[].MigrationMode", "DataInitialization DataSynchronization StructureInitialization FullDataCheck IncDataCheck StructureDataCheck"),
    ("DtsJobList[].Performance", "Rps Flow"),
    ("DtsJobList[].PrecheckStatus", "Status Percent ErrorMessage Detail"),
    ("DtsJobList[].PrecheckStatus.Detail[]", "CheckResult CheckItemDescription CheckItem RepairMethod FailedReason"),
    ("DtsJobList[].ReverseJob", "Status DtsJobName Delay ErrorMessage DtsJobId ExpireTime CreateTime PayType Reserved DbObject DtsJobClass DtsInstanceID DtsJobDirection Checkpoint DataInitializationStatus DataSynchronizationStatus DestinationEndpoint MigrationMode Performance PrecheckStatus SourceEndpoint StructureInitializationStatus DuUsage CpuUsage MemUsage DedicatedClusterId ErrorDetails EtlSafeCheckpoint MinDu MaxDu FullDataCheckStatus IncDataCheckStatus StructureDataCheckStatus"),
    ("DtsJobList[].ReverseJob.DataInitializationStatus", "Status Percent ErrorMessage Progress"),
    ("DtsJobList[].ReverseJob.DataSynchronizationStatus", "Status NeedUpgrade Percent Progress ErrorMessage"),
    ("DtsJobList[].ReverseJob.DestinationEndpoint", "SslSolutionEnum OracleSID Region DatabaseName Ip InstanceID Port InstanceType UserName EngineName"),
    ("DtsJobList[].ReverseJob.MigrationMode", "DataInitialization DataSynchronization StructureInitialization FullDataCheck IncDataCheck StructureDataCheck"),
    ("DtsJobList[].ReverseJob.Performance", "Rps Flow"),
    ("DtsJobList[].ReverseJob.PrecheckStatus", "Status Percent ErrorMessage Detail"),
    ("DtsJobList[].ReverseJob.PrecheckStatus.Detail[]", "CheckResult CheckItemDescription CheckItem RepairMethod FailedReason"),
    ("DtsJobList[].ReverseJob.SourceEndpoint", "SslSolutionEnum OracleSID Region DatabaseName Ip InstanceID Port InstanceType UserName EngineName"),
    ("DtsJobList[].ReverseJob.StructureInitializationStatus", "Status Percent ErrorMessage Progress"),
    ("DtsJobList[].ReverseJob.ErrorDetails[]", "ErrorCode HelpUrl"),
    ("DtsJobList[].ReverseJob.FullDataCheckStatus", "Status Percent ErrorMessage Progress CanSwitch"),
    ("DtsJobList[].ReverseJob.IncDataCheckStatus", "Status Percent ErrorMessage Progress"),
    ("DtsJobList[].ReverseJob.StructureDataCheckStatus", "Status Percent ErrorMessage Progress"),
    ("DtsJobList[].SourceEndpoint", "SslSolutionEnum OracleSID Region DatabaseName Ip InstanceID Port InstanceType UserName EngineName"),
    ("DtsJobList[].StructureInitializationStatus", "Status Percent ErrorMessage Progress"),
    ("DtsJobList[].RetryState", "RetryCount MaxRetryTime ErrMessage RetryTarget RetryTime Module JobId Retrying MigrationErrHelpDocId MigrationErrHelpDocKey MigrationErrCode MigrationErrType MigrationErrMsg MigrationErrWorkaround"),
    ("DtsJobList[].ErrorDetails[]", "ErrorCode HelpUrl"),
    ("DtsJobList[].DataCloudStatus", "Status NeedUpgrade Percent Progress ErrorMessage"),
    ("DtsJobList[].FullDataCheckStatus", "Status Percent ErrorMessage Progress CanSwitch"),
    ("DtsJobList[].IncDataCheckStatus", "Status Percent ErrorMessage Progress"),
    ("DtsJobList[].StructureDataCheckStatus", "Status Percent ErrorMessage Progress"),
];

#[rustfmt::skip]
const DESCRIBE_MIGRATION_JOB_STATUS: &[Row] = &[
    ("", "RequestId MigrationJobName MigrationJobStatus ErrCode Success PayType ErrMessage MigrationObject MigrationJobId TaskId MigrationJobClass DataInitializationStatus DataSynchronizationStatus DestinationEndpoint MigrationMode PrecheckStatus SourceEndpoint StructureInitializationStatus"),
    ("DataInitializationStatus", "Status Percent ErrorMessage Progress"),
    ("DataSynchronizationStatus", "Status Percent Delay ErrorMessage Checkpoint"),
    ("DestinationEndpoint", "DatabaseName InstanceId IP InstanceType Port UserName oracleSID EngineName"),
    ("MigrationMode", "dataInitialization dataSynchronization structureInitialization"),
    ("PrecheckStatus", "Status Percent Detail"),
    ("PrecheckStatus.Detail", "CheckItem"),
    ("PrecheckStatus.Detail.CheckItem[]", "CheckStatus ErrorMessage ItemName RepairMethod"),
    ("SourceEndpoint", "DatabaseName InstanceId IP InstanceType Port UserName oracleSID EngineName"),
    ("StructureInitializationStatus", "Status Percent ErrorMessage Progress"),
];

#[rustfmt::skip]
const DESCRIBE_MIGRATION_JOBS: &[Row] = &[
    ("", "RequestId ErrCode PageRecordCount Success TotalRecordCount ErrMessage PageNumber MigrationJobs"),
    ("MigrationJobs", "MigrationJob"),
    ("MigrationJobs.MigrationJob[]", "MigrationJobName MigrationJobStatus PayType MigrationJobClass InstanceCreateTime MigrationJobID JobCreateTime MigrationObject Tags DataInitialization DataSynchronization DestinationEndpoint MigrationMode Precheck SourceEndpoint StructureInitialization"),
    ("MigrationJobs.MigrationJob[].MigrationObject", "SynchronousObject"),
    ("MigrationJobs.MigrationJob[].MigrationObject.SynchronousObject[]", "DatabaseName WholeDatabase TableList"),
    ("MigrationJobs.MigrationJob[].MigrationObject.SynchronousObject[].TableList", "Table"),
    ("MigrationJobs.MigrationJob[].Tags", "Tag"),
    ("MigrationJobs.MigrationJob[].Tags.Tag[]", "Key Value"),
    ("MigrationJobs.MigrationJob[].DataInitialization", "Percent status ErrorMessage Progress"),
    ("MigrationJobs.MigrationJob[].DataSynchronization", "Delay Percent status ErrorMessage"),
    ("MigrationJobs.MigrationJob[].DestinationEndpoint", "OracleSID DatabaseName InstanceID Port IP InstanceType UserName EngineName"),
    ("MigrationJobs.MigrationJob[].MigrationMode", "DataInitialization DataSynchronization StructureInitialization"),
    ("MigrationJobs.MigrationJob[].Precheck", "Status Percent"),
    ("MigrationJobs.MigrationJob[].SourceEndpoint", "OracleSID DatabaseName InstanceID Port IP InstanceType UserName EngineName"),
    ("MigrationJobs.MigrationJob[].StructureInitialization", "Percent status ErrorMessage Progress"),
];

pub(crate) const ALL: [(Operation, &[Row]); 6] = [
    (Operation::DescribeSynchronizationJobs, DESCRIBE_SYNCHRONIZATION_JOBS),
    (Operation::DescribeSynchronizationJobStatusList, DESCRIBE_SYNCHRONIZATION_JOB_STATUS_LIST),
    (Operation::DescribeDtsJobDetail, DESCRIBE_DTS_JOB_DETAIL),
    (Operation::DescribeDtsJobs, DESCRIBE_DTS_JOBS),
    (Operation::DescribeMigrationJobStatus, DESCRIBE_MIGRATION_JOB_STATUS),
    (Operation::DescribeMigrationJobs, DESCRIBE_MIGRATION_JOBS),
];

/// Members that show the operation of a body.
fn shown(operation: Operation) -> Value {
    match operation {
        Operation::DescribeDtsJobDetail => json!({"DtsJobId": "q7"}),
        Operation::DescribeMigrationJobStatus => json!({"MigrationJobId": "q7"}),
        _ => json!({"TotalRecordCount": 1}),
    }
}

/// Members that make a record an item of a list.
fn item(list: &str) -> Value {
    match list {
        "DtsJobList[]" => json!({"DtsJobId": "q7"}),
        "MigrationJob[]" => json!({"MigrationJobID": "q7"}),
        "SynchronizationInstances[]" | "SynchronizationJobListStatusList[]" => {
            json!({"SynchronizationJobId": "q7"})
        }
        "TagList[]" => json!({"TagKey": "k"}),
        "Tags[]" | "Tag[]" => json!({"Key": "k"}),
        _ => json!({}),
    }
}

/// Returns a body of an operation in which a record has one more member.
pub(crate) fn body(operation: Operation, record: &str, name: &str, value: Value) -> Value {
    let mut inside = Value::Object(Map::from_iter([(name.to_owned(), value)]));
    for part in record.rsplit('.').filter(|part| !part.is_empty()) {
        merge(&mut inside, item(part));
        let (name, value) = match part.strip_suffix("[]") {
            Some(list) => (list, json!([inside])),
            None => (part, inside),
        };
        inside = json!({ name: value });
    }
    merge(&mut inside, shown(operation));
    inside
}

/// Adds members that are not there yet.
fn merge(value: &mut Value, more: Value) {
    let (Value::Object(members), Value::Object(more)) = (value, more) else { unreachable!() };
    for (name, value) in more {
        members.entry(name).or_insert(value);
    }
}

#[test]
fn documented_names_are_known_in_their_spelling() {
    let mut count = 0;
    for (operation, rows) in ALL {
        for (record, names) in rows {
            for name in names.split(' ') {
                count += 1;
                let path = format!("{record}.{name}");
                let path = path.trim_start_matches('.');
                let is_plain = (name != "CheckItem" || record.ends_with("[]"))
                    && !rows.iter().any(|(record, _)| record.trim_end_matches("[]") == path);
                for value in &[json!(null), json!("1"), json!({}), json!([])] {
                    if value.is_string() && !is_plain {
                        continue;
                    }
                    let body = body(operation, record, name, value.clone());
                    let decoded = decode_json(operation, &body);
                    for quirk in &decoded.quirks {
                        let is_about_name = matches!(
                            quirk.kind,
                            QuirkKind::UnknownField | QuirkKind::FieldCase | QuirkKind::FieldAlias
                        );
                        // An empty object in a wrapper is no item.
                        let is_no_item = quirk.kind == QuirkKind::UnknownItem && value.is_string();
                        let is_about_name = is_about_name || is_no_item;
                        assert!(!is_about_name, "{operation} {record}.{name}: {quirk}");
                    }
                }
            }
        }
    }
    assert!(count > 500, "{count}");
}

#[test]
fn a_documented_record_that_is_not_kept_is_not_looked_into() {
    for (operation, rows) in ALL {
        for (record, names) in rows.iter().filter(|(record, _)| not_kept(record)) {
            for name in names.split(' ') {
                let decoded = decode_json(operation, &body(operation, record, name, json!("?")));
                assert_eq!(decoded.quirks, [], "{operation} {record}.{name}");
            }
        }
    }
}

fn not_kept(record: &str) -> bool {
    let record = record.strip_prefix("DtsJobList[].").unwrap_or(record);
    ["DataEtlStatus", "FullDataCheckStatus", "SubscriptionHost", "ErrorDetails[]"].contains(&record)
}

#[test]
fn other_names_are_unknown_in_every_record() {
    for (operation, rows) in ALL {
        for (record, names) in rows.iter().filter(|(record, _)| !is_in_not_kept(record)) {
            // With a known member, so that the record is read and not an unknown item.
            let known = names.split(' ').next().unwrap();
            let mut body = body(operation, record, known, json!("1"));
            let inner = innermost(&mut body, record);
            merge(inner, json!({"Orchard": 1}));
            let decoded = decode_json(operation, &body);
            let unknown: Vec<_> =
                decoded.quirks.iter().filter(|quirk| quirk.kind == QuirkKind::UnknownField).collect();
            let [quirk] = unknown.as_slice() else { panic!("{operation} {record}: {:?}", decoded.quirks) };
            assert!(quirk.path.to_string().ends_with("Orchard"), "{quirk}");
            assert!(decoded.loses_value(), "{quirk}");
        }
    }
}

/// Records whose values have no place in the model.
fn is_in_not_kept(record: &str) -> bool {
    const NOT_KEPT: [&str; 8] = [
        "SubscriptionHost",
        "SubscriptionDataType",
        "DataDeliveryChannelInfo",
        "DataEtlStatus",
        "ErrorDetails",
        "DataCloudStatus",
        "DataCheckStatus",
        // Wrappers, which hold nothing but their list.
        "Table[]",
    ];
    NOT_KEPT.iter().any(|name| record.contains(name))
}

fn innermost<'v>(body: &'v mut Value, record: &str) -> &'v mut Value {
    let mut value = body;
    for part in record.split('.').filter(|part| !part.is_empty()) {
        value = match part.strip_suffix("[]") {
            Some(list) => &mut value[list][0],
            None => &mut value[part],
        };
    }
    value
}
