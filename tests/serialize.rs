//! Serialisation to the command's JSON, without absent values and empty lists; open sets in both directions.

mod support;

use aliyun_dts_status::Format;
use aliyun_dts_status::model::{
    CheckStatus, Direction, ItemName, JobStatus, PayType, PrecheckStatus, StageStatus,
};
use serde_json::{Value, json};

use self::support::decoded;

/// A job with a value in every field.
const JOB: &str = r#"{
    "RequestId": "r", "Success": false, "ErrCode": "c", "ErrMessage": "m", "DynamicCode": "dc", "DynamicMessage": "dm",
    "HttpStatusCode": 200, "TaskId": "t", "SynchronizationJobId": "j", "SynchronizationJobName": "n",
    "SynchronizationJobClass": "large", "SynchronizationDirection": "Reverse", "PayType": "PrePaid",
    "ExpireTime": "2021-03-07T16:00:00.5Z", "Status": "synchronizing", "ErrorMessage": "e", "DataInitialization": true,
    "StructureInitialization": false, "Delay": "1", "DelayMillis": 1041, "Checkpoint": "1610616144",
    "SourceEndpoint": {
        "InstanceId": "i", "InstanceType": "RDS", "EngineName": "MySQL", "IP": "172.16.88.***", "Port": "3306", "UserName": "u"
    },
    "DestinationEndpoint": {"InstanceId": "d"},
    "PrecheckStatus": {
        "Status": "Finished", "Percent": "12.5",
        "Detail": [{"ItemName": "CHECK_SRC", "CheckStatus": "Failed", "ErrorMessage": "e", "RepairMethod": "p"}, {"ItemName": "CHECK_NEW"}]
    },
    "StructureInitializationStatus": {"Status": "Finished", "Percent": "100", "Progress": "1", "ErrorMessage": "e"},
    "DataInitializationStatus": {"Status": "Migrating", "Percent": "0", "Progress": "200001", "ErrorMessage": "e"},
    "DataSynchronizationStatus": {
        "Status": "Catched", "Percent": "95", "Delay": "-1", "DelayMillis": -1, "Checkpoint": "1610616144", "ErrorMessage": "e"
    },
    "Performance": {"RPS": "1.5", "FLOW": "0.25MB/s"},
    "SynchronizationObjects": [
        {"SchemaName": "s", "NewSchemaName": "n", "TableIncludes": ["customer"], "TableExcludes": ["order"]},
        {"SchemaName": "s2", "TableIncludes": []}
    ]
}"#;

#[test]
fn a_job() {
    let decoded = decoded(JOB);
    let expected = r#"{
        "request_id": "r", "success": false, "err_code": "c", "err_message": "m", "dynamic_code": "dc", "dynamic_message": "dm",
        "http_status_code": 200, "task_id": "t", "job_id": "j", "job_name": "n",
        "job_class": "large", "direction": "Reverse", "pay_type": "PrePaid",
        "expire_time": "2021-03-07T16:00:00.500Z", "status": "Synchronizing", "error_message": "e", "data_initialization": true,
        "structure_initialization": false, "delay_seconds": 1, "delay_millis": 1041, "checkpoint": "2021-01-14T09:22:24Z",
        "source": {
            "instance_id": "i", "instance_type": "RDS", "engine_name": "MySQL", "ip": "172.16.88.***", "port": 3306, "user_name": "u"
        },
        "destination": {"instance_id": "d"},
        "precheck": {
            "status": "Finished", "percent": 12.5,
            "items": [{"name": "CHECK_SRC", "status": "Failed", "error_message": "e", "repair_method": "p"}, {"name": "CHECK_NEW"}]
        },
        "structure_stage": {"status": "Finished", "percent": 100, "progress": 1, "error_message": "e"},
        "data_stage": {"status": "Migrating", "percent": 0, "progress": 200001, "error_message": "e"},
        "synchronization_stage": {
            "status": "Catched", "percent": 95, "delay_seconds": -1, "delay_millis": -1, "checkpoint": "2021-01-14T09:22:24Z", "error_message": "e"
        },
        "performance": {"rps": 1.5, "flow_mb_per_s": 0.25},
        "objects": [
            {"schema_name": "s", "new_schema_name": "n", "table_includes": ["customer"], "table_excludes": ["order"]},
            {"schema_name": "s2"}
        ]
    }"#;
    let text = serde_json::to_string(decoded.job().unwrap()).unwrap();
    assert_eq!(text, compact(expected), "the order of the fields counts");
}

/// The text without white space. No value here has any.
fn compact(json: &str) -> String {
    json.split_whitespace().collect()
}

#[test]
fn a_fault() {
    let body = r#"{"Recommend": "u", "Code": "c", "HostId": "h", "Message": "m", "RequestId": "r", "Description": "d",
        "AccessDeniedDetail": {"PolicyType": "p", "AuthAction": "a"}}"#;
    let expected = r#"{
        "code": "c", "message": "m", "request_id": "r", "host_id": "h", "recommend": "u", "description": "d",
        "access_denied_detail": {"AuthAction": "a", "PolicyType": "p"}
    }"#;
    let decoded = decoded(body);
    assert_eq!(serde_json::to_string(decoded.response.fault().unwrap()).unwrap(), compact(expected));
    let little = support::decoded(r#"{"Code": "c", "AccessDeniedDetail": {}}"#);
    assert_eq!(serde_json::to_string(little.response.fault().unwrap()).unwrap(), r#"{"code":"c"}"#);
}

#[test]
fn absent_values_and_empty_lists_are_left_out() {
    let decoded =
        decoded(r#"{"RequestId": "r", "Delay": "", "SourceEndpoint": {}, "SynchronizationObjects": []}"#);
    assert_eq!(serde_json::to_string(decoded.job().unwrap()).unwrap(), r#"{"request_id":"r"}"#);
}

#[test]
fn whole_numbers_have_no_fraction() {
    for (percent, expected) in [
        ("100", json!(100)),
        ("100.0", json!(100)),
        ("12.5", json!(12.5)),
        ("-1", json!(-1)),
        ("9007199254740991", json!(9_007_199_254_740_991_i64)),
    ] {
        let decoded = decoded(format!(r#"{{"PrecheckStatus": {{"Percent": "{percent}"}}}}"#));
        let value = serde_json::to_value(decoded.job().unwrap()).unwrap();
        assert_eq!(value["precheck"]["percent"], expected);
    }
}

#[test]
fn quirks_and_formats() {
    let decoded = decoded(r#"{"Status": "failed", "Other": {"a": 1}}"#);
    let expected: Value = json!([
        {"kind": "value_case", "path": "Status", "offset": 1, "found": "failed"},
        {"kind": "unknown_field", "path": "Other", "offset": 21, "found": "{\"a\": 1}"},
    ]);
    assert_eq!(serde_json::to_value(&decoded.quirks).unwrap(), expected);
    for (format, name) in [(Format::Json, "json"), (Format::Xml, "xml")] {
        assert_eq!(serde_json::to_value(format).unwrap(), name);
        assert_eq!(format.to_string(), name);
    }
}

/// Checks that every known value and any other text survive each way of writing and reading.
macro_rules! check_open_set {
    ($($set:ident)+) => {$(
        let other = $set::from("同 Neu");
        assert!(!other.is_known() && !other.is_documented());
        for value in $set::KNOWN.iter().chain([&other]) {
            let text = value.as_str();
            assert_eq!(text.parse(), Ok(value.clone()));
            assert_eq!(format!("{value:*>40}"), format!("{text:*>40}"));
            let json = serde_json::to_string(value).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<$set>(&json).unwrap(), *value);
            if value.is_known() {
                assert_eq!(serde_json::from_str::<$set>(&json.to_lowercase()).unwrap(), *value);
            }
        }
        assert!(serde_json::from_str::<$set>("5").is_err());
    )+};
}

#[test]
fn open_sets_are_written_and_read_as_their_text() {
    check_open_set!(CheckStatus Direction ItemName JobStatus PayType PrecheckStatus StageStatus);
    assert_eq!(
        serde_json::from_value::<JobStatus>(json!("initializating")).unwrap(),
        JobStatus::Initializing
    );
}
