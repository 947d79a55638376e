//! Quirks that only sister operations have, one departure in a body.

use aliyun_dts_status::Operation;
use serde_json::Value;

use crate::bodies::decode;
use crate::support::{kinds_and_paths, model};

use Operation::{
    DescribeDtsJobDetail as Detail, DescribeDtsJobs as DtsJobs,
    DescribeMigrationJobStatus as MigrationStatus, DescribeMigrationJobs as MigrationJobs,
    DescribeSynchronizationJobStatusList as StatusList, DescribeSynchronizationJobs as Jobs,
};

/// An operation, a body, the quirks, and a part of the model.
type Row = (Operation, &'static str, &'static [&'static str], &'static str);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // The kind of a job.
    (Detail, r#"{"DtsJobId":"q7","JobType":"SYNC"}"#, &[], r#""kind":"synchronization""#),
    (Detail, r#"{"DtsJobId":"q7","JobType":"Migration"}"#, &["value_case JobType"], r#""kind":"migration""#),
    (Detail, r#"{"DtsJobId":"q7","JobType":" SUBSCRIBE "}"#, &["padded JobType"], r#""kind":"subscription""#),
    (Detail, r#"{"DtsJobId":"q7","JobType":"orchard"}"#, &["unreadable JobType"], r#""task_id":"q7"}"#),
    (Detail, r#"{"DtsJobId":"q7","JobType":7}"#, &["unreadable JobType"], r#""task_id":"q7"}"#),
    (Detail, r#"{"DtsJobId":"q7","JobType":"orchard","Status":"Migrating"}"#, &["unreadable JobType"], r#""kind":"migration""#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","JobType":"ONLINE","Delay":5}]}"#, &["value_case DtsJobList[0].JobType"], r#""delay_millis":5"#),

    // A unit that is not known.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","Delay":5}]}"#, &["unit_unknown DtsJobList[0].Delay"], r#""task_id":"q7"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","Delay":"5"}]}"#, &["unit_unknown DtsJobList[0].Delay"], r#""task_id":"q7"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","Delay":"x"}]}"#, &["unreadable DtsJobList[0].Delay"], r#""task_id":"q7"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","Delay":""}]}"#, &["empty_value DtsJobList[0].Delay"], r#""task_id":"q7"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","Delay":5,"Delay":6}]}"#, &["duplicate_field DtsJobList[0].Delay", "unit_unknown DtsJobList[0].Delay"], r#""task_id":"q7"}"#),

    // Two names of the direction.
    (Detail, r#"{"DtsJobId":"q7","SynchronizationDirection":"Reverse"}"#, &[], r#""direction":"Reverse""#),
    (Detail, r#"{"DtsJobId":"q7","DtsJobDirection":"Forward","SynchronizationDirection":"Forward"}"#, &[], r#""direction":"Forward""#),
    (Detail, r#"{"DtsJobId":"q7","DtsJobDirection":"Forward","SynchronizationDirection":"Reverse"}"#, &["duplicate_field DtsJobDirection"], r#""direction":"Forward""#),
    (Detail, r#"{"DtsJobId":"q7","SynchronizationDirection":"Reverse","DtsJobDirection":"Forward"}"#, &["duplicate_field DtsJobDirection"], r#""direction":"Forward""#),
    (Detail, r#"{"DtsJobId":"q7","SynchronizationDirection":"Reverse","DtsJobDirection":""}"#, &["empty_value DtsJobDirection"], r#""direction":"Reverse""#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","SynchronizationDirection":"Reverse"}]}"#, &["field_alias DtsJobList[0].DtsJobDirection"], r#""direction":"Reverse""#),

    // Tags.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"TagKey":"a","TagValue":"b"}]}]}"#, &[], r#""tags":{"a":"b"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"TagValue":"b"}]}]}"#, &["unreadable DtsJobList[0].TagList[0]"], r#""task_id":"q7"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"TagKey":"a","TagValue":"b"},{"TagKey":"a","TagValue":"c"}]}]}"#, &["duplicate_field DtsJobList[0].TagList[1]"], r#""tags":{"a":"b"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"TagKey":"a"}]}]}"#, &[], r#""tags":{"a":""}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"Key":"a","Value":"b"}]}]}"#, &["field_alias DtsJobList[0].TagList[0].TagKey", "field_alias DtsJobList[0].TagList[0].TagValue"], r#""tags":{"a":"b"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":{"Tag":[{"TagKey":"a","TagValue":"b"}]}}]}"#, &["wrapped_list DtsJobList[0].TagList"], r#""tags":{"a":"b"}"#),
    (Detail, r#"{"DtsJobId":"q7","TagList":[{"TagValue":"b"}]}"#, &["unreadable TagList[0]"], r#""task_id":"q7"}"#),
    (Detail, r#"{"DtsJobId":"q7","TagList":[{"TagKey":"a"},{"TagKey":"a","TagValue":"c"}]}"#, &["duplicate_field TagList[1]"], r#""tags":{"a":""}"#),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"q7","Tags":[{"Value":"b"}]}]}"#, &["unreadable SynchronizationInstances[0].Tags[0]"], r#""job_id":"q7","kind":"synchronization"}"#),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"q7","Tags":[{"TagKey":"a","TagValue":"b"}]}]}"#, &["field_alias SynchronizationInstances[0].Tags[0].Key", "field_alias SynchronizationInstances[0].Tags[0].Value"], r#""tags":{"a":"b"}"#),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":[{"MigrationJobID":"q7","Tags":{"Tag":[{"Key":"a","Value":"b"},{"Key":"a","Value":"b"}]}}]}}"#, &["duplicate_field MigrationJobs[0].Tags[1]"], r#""tags":{"a":"b"}"#),

    // Lists that are documented as wrapped.
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":[{"MigrationJobID":"q7"}]}}"#, &[], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"q7"}]}"#, &["unwrapped_list MigrationJobs"], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"q7"},{"MigrationJobID":"q8"}]}"#, &["unwrapped_list MigrationJobs"], r#""job_id":"q8""#),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJobID":"q7"}}"#, &["single_for_list MigrationJobs"], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":{"MigrationJobID":"q7"}}}"#, &["single_for_list MigrationJobs"], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":{"item":[{"MigrationJobID":"q7"}]}}"#, &["wrapped_list MigrationJobs"], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":[]}"#, &[], r#""jobs":[]"#),
    (MigrationJobs, r#"{"MigrationJobs":{}}"#, &[], r#""jobs":[]"#),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":[]}}"#, &[], r#""jobs":[]"#),
    (MigrationStatus, r#"{"MigrationJobId":"q7","PrecheckStatus":{"Detail":{"CheckItem":[{"ItemName":"CHECK_SRC"}]}}}"#, &[], r#""items":[{"name":"CHECK_SRC"}]"#),
    (MigrationStatus, r#"{"MigrationJobId":"q7","PrecheckStatus":{"Detail":[{"ItemName":"CHECK_SRC"}]}}"#, &["unwrapped_list PrecheckStatus.Detail"], r#""items":[{"name":"CHECK_SRC"}]"#),
    (MigrationJobs, "<DescribeMigrationJobsResponse><MigrationJobs><MigrationJobID>q7</MigrationJobID></MigrationJobs><MigrationJobs><MigrationJobID>q8</MigrationJobID></MigrationJobs></DescribeMigrationJobsResponse>", &["unwrapped_list MigrationJobs"], r#""job_id":"q8""#),
    (MigrationJobs, "<DescribeMigrationJobsResponse><MigrationJobs><MigrationJob><MigrationJobID>q7</MigrationJobID></MigrationJob></MigrationJobs><MigrationJobs><MigrationJob><MigrationJobID>q8</MigrationJobID></MigrationJob></MigrationJobs></DescribeMigrationJobsResponse>", &[], r#""job_id":"q8""#),

    // `CheckItem` is the name of an item, or wraps items.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","PrecheckStatus":{"Detail":[{"CheckItem":"CHECK_SRC","CheckResult":"Failed"}]}}]}"#, &[], r#""items":[{"name":"CHECK_SRC","status":"Failed"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","PrecheckStatus":{"Detail":[{"CheckItem":"CHECK_SRC"}]}}]}"#, &[], r#""items":[{"name":"CHECK_SRC"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","PrecheckStatus":{"Detail":{"CheckItem":"CHECK_SRC"}}}]}"#, &["single_for_list DtsJobList[0].PrecheckStatus.Detail"], r#""items":[{"name":"CHECK_SRC"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","PrecheckStatus":{"Detail":{"CheckItem":[{"CheckItem":"CHECK_SRC"}]}}}]}"#, &["wrapped_list DtsJobList[0].PrecheckStatus.Detail"], r#""items":[{"name":"CHECK_SRC"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","PrecheckStatus":{"Detail":[{"CheckItem":{"CheckItem":"CHECK_SRC"}}]}}]}"#, &["wrapped_list DtsJobList[0].PrecheckStatus.Detail"], r#""items":[{"name":"CHECK_SRC"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","PrecheckStatus":{"Detail":[{"ItemName":"CHECK_SRC"}]}}]}"#, &["field_alias DtsJobList[0].PrecheckStatus.Detail[0].CheckItem"], r#""items":[{"name":"CHECK_SRC"}]"#),

    // The reverse direction.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8"}}]}"#, &[], r#""task_id":"q8","kind":"synchronization","direction":"Reverse"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{}}]}"#, &[], r#""task_id":"q7"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":null}]}"#, &[], r#""task_id":"q7"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"SourceEndpoint":{},"Performance":{}}}]}"#, &[], r#""task_id":"q7"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8","ReverseJob":{"DtsJobId":"q9"}}}]}"#, &["unknown_field DtsJobList[0].ReverseJob.ReverseJob"], r#""task_id":"q8""#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":[{"DtsJobId":"q8"}]}]}"#, &["list_for_record DtsJobList[0].ReverseJob"], r#""task_id":"q8""#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":"q8"}]}"#, &["text_for_record DtsJobList[0].ReverseJob"], r#""task_id":"q7"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8"},"ReverseJob":{"DtsJobId":"q9"}}]}"#, &["duplicate_field DtsJobList[0].ReverseJob"], r#""task_id":"q8""#),

    // Items that are none.
    (DtsJobs, r#"{"DtsJobList":[{"Orchard":1},{"DtsJobId":"q7"}]}"#, &["unknown_item DtsJobList[0]"], r#""task_id":"q7"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"Status":""},{"DtsJobId":"q7"}]}"#, &["empty_value DtsJobList[0].Status", "empty_value DtsJobList[0]"], r#""task_id":"q7"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"Delay":5}]}"#, &["unit_unknown DtsJobList[0].Delay", "empty_value DtsJobList[0]"], r#""jobs":[]"#),
    (DtsJobs, r#"{"DtsJobList":[{"JobType":"SYNC"}]}"#, &[], r#""kind":"synchronization"}]"#),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":[{"Tags":{"Tag":[{"Value":"b"}]}}]}}"#, &["unreadable MigrationJobs[0].Tags[0]", "empty_value MigrationJobs[0]"], r#""jobs":[]"#),
    (DtsJobs, r#"{"DtsJobList":["q7"]}"#, &["unknown_item DtsJobList[0]"], r#""jobs":[]"#),
    (StatusList, r#"{"SynchronizationJobListStatusList":[{"SynchronizationJobId":"q7","SynchronizationDirectionInfoList":[{"Orchard":1}]}]}"#, &["unknown_item SynchronizationJobListStatusList[0].SynchronizationDirectionInfoList[0]"], r#""job_id":"q7","kind":"synchronization"}]"#),
    (StatusList, r#"{"SynchronizationJobListStatusList":[{"SynchronizationDirectionInfoList":[{"Status":"Failed"}]}]}"#, &[], r#""kind":"synchronization","status":"Failed"}]"#),

    // Spelling.
    (DtsJobs, r#"{"dts_job_list":[{"dts_job_id":"q7","job_type":"SYNC","delay":5}]}"#, &["field_case DtsJobList", "field_case DtsJobList[0].DtsJobId", "field_case DtsJobList[0].JobType", "field_case DtsJobList[0].Delay"], r#""delay_seconds":5"#),
    (Detail, r#"{"DtsInstanceId":"q7"}"#, &["field_case DtsInstanceID"], r#""job_id":"q7""#),
    (Detail, r#"{"DtsJobId":"q7","RetryState":{"ErrMsg":"a"}}"#, &["field_alias RetryState.ErrMessage"], r#""retry":{"error_message":"a"}"#),
    (Detail, r#"{"DtsJobId":"q7","SourceEndpoint":{"IP":"a","InstanceId":"b"}}"#, &["field_alias SourceEndpoint.Ip", "field_alias SourceEndpoint.InstanceID"], r#""source":{"instance_id":"b","ip":"a"}"#),
    (MigrationStatus, r#"{"MigrationJobId":"q7","MigrationMode":{"DataInitialization":true}}"#, &["field_case MigrationMode.dataInitialization"], r#""data_initialization":true"#),
    (Detail, r#"{"DtsJobId":"q7","Code":"200","Success":true}"#, &[], r#""code":"200""#),
    (Detail, r#"{"DtsJobId":"q7","Code":200,"Success":true}"#, &[], r#""code":"200""#),
];

#[test]
fn quirks_of_sister_operations() {
    for (operation, body, quirks, part) in ROWS {
        let decoded = decode(*operation, body);
        assert_eq!(kinds_and_paths(&decoded.quirks), *quirks, "{body}");
        let model = model(&decoded.response);
        assert!(model.contains(part), "{part} is not in {model}");
    }
}

/// The offset of a quirk is that of the key or of the element, also where a value is settled after its record was read.
#[test]
fn settled_values_keep_their_offset() {
    let rows = [
        (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","^Delay":5,"Status":"Failed"}]}"#),
        (
            DtsJobs,
            r#"{"DtsJobList":[{"TagList":[{"TagKey":"a"},{"TagKey":"a","^TagValue":"c"}],"DtsJobId":"q7"}]}"#,
        ),
        (DtsJobs, r#"{"DtsJobList":[{"TagList":[{"^TagValue":"c"}],"DtsJobId":"q7"}]}"#),
        (Detail, r#"{"DtsJobId":"q7","^SynchronizationDirection":"Reverse","DtsJobDirection":"Forward"}"#),
    ];
    for (operation, marked) in rows {
        let body = marked.replace('^', "");
        let decoded = decode(operation, &body);
        assert_eq!(decoded.quirks.len(), 1, "{body}: {:?}", decoded.quirks);
        assert_eq!(decoded.quirks[0].offset, marked.find('^').unwrap() - 1, "{body}");
    }
}

/// What a migration copies is the same text, whether the body has it as a record or as a text.
#[test]
fn a_record_of_migrated_objects_becomes_a_text() {
    let text = r#"{"SynchronousObject":[{"DatabaseName":"a","WholeDatabase":"false","TableList":{"Table":["t","u"]}}]}"#;
    let object: Value = serde_json::from_str(text).unwrap();
    let xml = "<SynchronousObject><DatabaseName>a</DatabaseName><WholeDatabase>false</WholeDatabase>\
               <TableList><Table>t</Table><Table>u</Table></TableList></SynchronousObject>";
    let as_record = serde_json::json!({"MigrationJobId": "q7", "MigrationObject": object});
    let as_text = serde_json::json!({"MigrationJobId": "q7", "MigrationObject": text});
    let in_xml = crate::bodies::document(
        MigrationStatus,
        &format!("<MigrationJobId>q7</MigrationJobId><MigrationObject>{xml}</MigrationObject>"),
    );
    for body in [as_record.to_string(), as_text.to_string(), in_xml] {
        let decoded = decode(MigrationStatus, &body);
        assert_eq!(decoded.jobs()[0].db_object.as_deref(), Some(text), "{body}");
        assert!(decoded.is_clean(), "{body}: {:?}", decoded.quirks);
    }
}
