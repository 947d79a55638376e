//! Quirks that only sister operations have, one departure in a body.

use aliyun_dts_status::{Decoder, Format, Operation, encode};
use serde_json::{Value, json};

use crate::bodies::{decode, document};
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
    (Detail, r#"{"DtsJobId":"q7","DtsJobDirection":"Forward","SynchronizationDirection":"Reverse"}"#, &["duplicate_field SynchronizationDirection"], r#""direction":"Forward""#),
    (Detail, r#"{"DtsJobId":"q7","SynchronizationDirection":"Reverse","DtsJobDirection":"Forward"}"#, &["duplicate_field SynchronizationDirection"], r#""direction":"Forward""#),
    (Detail, r#"{"DtsJobId":"q7","SynchronizationDirection":"Reverse","DtsJobDirection":""}"#, &["empty_value DtsJobDirection"], r#""direction":"Reverse""#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","SynchronizationDirection":"Reverse"}]}"#, &["field_alias DtsJobList[0].DtsJobDirection"], r#""direction":"Reverse""#),

    // A body is an envelope at the top only.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","body":{"DtsJobId":"q8"}}]}"#, &["unknown_field DtsJobList[0].body"], r#""task_id":"q7"}"#),
    // A wrapper without content.
    (DtsJobs, "<DescribeDtsJobsResponse><DtsJobList><DtsJobId>q7</DtsJobId><ReverseJob><DtsJobId>q8</DtsJobId><PrecheckStatus><Detail><CheckItem></CheckItem></Detail></PrecheckStatus></ReverseJob></DtsJobList></DescribeDtsJobsResponse>", &["empty_value DtsJobList[0].ReverseJob.PrecheckStatus.Detail[0].CheckItem", "empty_value DtsJobList[0].ReverseJob.PrecheckStatus.Detail[0]"], r#""task_id":"q8","kind":"synchronization","direction":"Reverse"}"#),

    // Tags.
    // Tags.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"TagKey":"a","TagValue":"b"}]}]}"#, &[], r#""tags":{"a":"b"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"TagValue":"b"}]}]}"#, &["unreadable DtsJobList[0].TagList[0].TagValue"], r#""task_id":"q7"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"TagKey":"a","TagValue":"b"},{"TagKey":"a","TagValue":"c"}]}]}"#, &["duplicate_field DtsJobList[0].TagList[1].TagValue"], r#""tags":{"a":"b"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"TagKey":"a"}]}]}"#, &[], r#""tags":{"a":""}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":[{"Key":"a","Value":"b"}]}]}"#, &["field_alias DtsJobList[0].TagList[0].TagKey", "field_alias DtsJobList[0].TagList[0].TagValue"], r#""tags":{"a":"b"}"#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","TagList":{"Tag":[{"TagKey":"a","TagValue":"b"}]}}]}"#, &["wrapped_list DtsJobList[0].TagList"], r#""tags":{"a":"b"}"#),
    (Detail, r#"{"DtsJobId":"q7","TagList":[{"TagValue":"b"}]}"#, &["unreadable TagList[0].TagValue"], r#""task_id":"q7"}"#),
    (Detail, r#"{"DtsJobId":"q7","TagList":[{"TagKey":"a"},{"TagKey":"a","TagValue":"c"}]}"#, &["repeated_name TagList[1].TagValue"], r#""tags":{"a":"c"}"#),
    (Detail, r#"{"DtsJobId":"q7","TagList":[{"TagKey":"a","TagValue":"b"},{"TagKey":"a"}]}"#, &["repeated_name TagList[1].TagKey"], r#""tags":{"a":"b"}"#),
    (Detail, r#"{"DtsJobId":"q7","TagList":[{"TagKey":"a"},{"TagKey":"a"}]}"#, &["repeated_name TagList[1].TagKey"], r#""tags":{"a":""}"#),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"q7","Tags":[{"Value":"b"}]}]}"#, &["unreadable SynchronizationInstances[0].Tags[0].Value"], r#""job_id":"q7","kind":"synchronization"}"#),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"q7","Tags":[{"TagKey":"a","TagValue":"b"}]}]}"#, &["field_alias SynchronizationInstances[0].Tags[0].Key", "field_alias SynchronizationInstances[0].Tags[0].Value"], r#""tags":{"a":"b"}"#),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":[{"MigrationJobID":"q7","Tags":{"Tag":[{"Key":"a","Value":"b"},{"Key":"a","Value":"b"}]}}]}}"#, &["duplicate_field MigrationJobs[0].Tags[1].Value"], r#""tags":{"a":"b"}"#),

    // Lists that are documented as wrapped.
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":[{"MigrationJobID":"q7"}]}}"#, &[], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"q7"}]}"#, &["unwrapped_list MigrationJobs"], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"q7"},{"MigrationJobID":"q8"}]}"#, &["unwrapped_list MigrationJobs"], r#""job_id":"q8""#),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJobID":"q7"}}"#, &["single_for_list MigrationJobs"], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":{"MigrationJobID":"q7"}}}"#, &["single_for_list MigrationJobs"], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":{"item":[{"MigrationJobID":"q7"}]}}"#, &["wrapped_list MigrationJobs"], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":[]}"#, &[], r#""jobs":[]"#),
    (MigrationJobs, r#"{"MigrationJobs":{}}"#, &[], r#""jobs":[]"#),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"q7","MigrationObject":{"SynchronousObject":[{"TableList":{"Table":{"item":["t"]}}}]}}]}"#, &["unwrapped_list MigrationJobs", "record_for_text MigrationJobs[0].MigrationObject.SynchronousObject[0].TableList.Table[0]", "empty_value MigrationJobs[0].MigrationObject.SynchronousObject[0]"], r#""job_id":"q7""#),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJob":"x"}]}"#, &["unwrapped_list MigrationJobs", "wrapped_list MigrationJobs", "unknown_item MigrationJobs[0]"], r#""jobs":[]"#),
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
    (DtsJobs, r#"{"DtsJobList":[{"Delay":3,"ReverseJob":{"DtsJobId":"q8"}}]}"#, &["unit_unknown DtsJobList[0].Delay"], r#""jobs":[{"operation":"DescribeDtsJobs","task_id":"q8""#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8"},"ReverseJob":{"DtsJobId":"q9"}}]}"#, &["duplicate_field DtsJobList[0].ReverseJob"], r#""task_id":"q8""#),

    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8","JobType":"MIGRATION"}}]}"#, &["duplicate_field DtsJobList[0].ReverseJob.JobType"], r#""task_id":"q8","kind":"synchronization""#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8","JobType":"SYNC","DtsJobDirection":"Reverse"}}]}"#, &[], r#""direction":"Reverse""#),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8","DtsJobDirection":"Forward"}}]}"#, &["duplicate_field DtsJobList[0].ReverseJob.DtsJobDirection"], r#""direction":"Reverse""#),

    // Items that are none.
    (DtsJobs, r#"{"DtsJobList":[{"Orchard":1},{"DtsJobId":"q7"}]}"#, &["unknown_item DtsJobList[0]"], r#""task_id":"q7"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"Status":""},{"DtsJobId":"q7"}]}"#, &["empty_value DtsJobList[0].Status", "empty_value DtsJobList[0]"], r#""task_id":"q7"}]"#),
    (DtsJobs, r#"{"DtsJobList":[{"Delay":5}]}"#, &["unit_unknown DtsJobList[0].Delay", "empty_value DtsJobList[0]"], r#""jobs":[]"#),
    (DtsJobs, r#"{"DtsJobList":[{"JobType":"SYNC"}]}"#, &[], r#""kind":"synchronization"}]"#),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":[{"Tags":{"Tag":[{"Value":"b"}]}}]}}"#, &["unreadable MigrationJobs[0].Tags[0].Value", "empty_value MigrationJobs[0]"], r#""jobs":[]"#),
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
        for format in [Format::Json, Format::Xml] {
            let encoded = encode(&decoded.response, format);
            let again =
                Decoder::new().operation(*operation).decode(&encoded).expect("an encoded body decodes");
            assert_eq!(again.response, decoded.response, "{body} in {format}");
        }
    }
}

/// A quirk of a value that is settled after its record was read: an operation, a body with a `^` at the offset, the kind
/// and the path, and the text found. It is the last quirk of the body.
type Settled = (Operation, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const SETTLED: &[Settled] = &[
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7",^"Delay":5,"Status":"Failed"}]}"#, "unit_unknown DtsJobList[0].Delay", "5"),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7",^"Delay":"+061","Status":"Failed"}]}"#, "unit_unknown DtsJobList[0].Delay", "+061"),
    (DtsJobs, "<DtsJobList><DtsJobId>q7</DtsJobId>^<Delay>\n+061</Delay><JobType/></DtsJobList>", "unit_unknown DtsJobList[0].Delay", "\n+061"),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7",^"Delay":1e2,"JobType":"SUBSCRIBE"}]}"#, "unit_unknown DtsJobList[0].Delay", "1e2"),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","Delay":"x",^"Delay":" 07 ","Status":"Failed"}]}"#, "unit_unknown DtsJobList[0].Delay", " 07 "),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7",^"Delay":" 07 ","Delay":"8","Status":"Failed"}]}"#, "unit_unknown DtsJobList[0].Delay", " 07 "),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7",^"Delay":" 09223372036854775807","JobType":"SYNC"}]}"#, "unreadable DtsJobList[0].Delay", " 09223372036854775807"),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"Status":"Failed",^"Delay":9223372036854775807}}]}"#, "unreadable DtsJobList[0].ReverseJob.Delay", "9223372036854775807"),
    (Detail, r#"{"DtsJobId":"q7",^"SynchronizationDirection":"Reverse","DtsJobDirection":"Forward"}"#, "duplicate_field SynchronizationDirection", "Reverse"),
    (Detail, r#"{"DtsJobId":"q7","DtsJobDirection":"Forward",^"SynchronizationDirection":" REVERSE"}"#, "duplicate_field SynchronizationDirection", " REVERSE"),
    (Detail, "<DtsJobId>q7</DtsJobId>^<SynchronizationDirection>REVERSE</SynchronizationDirection><DtsJobDirection>Forward</DtsJobDirection>", "duplicate_field SynchronizationDirection", "REVERSE"),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8",^"JobType":"migration"}}]}"#, "duplicate_field DtsJobList[0].ReverseJob.JobType", "migration"),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":[{"DtsJobId":"q8",^"JobType":"online"}]}]}"#, "duplicate_field DtsJobList[0].ReverseJob.JobType", "online"),
    (DtsJobs, "<DtsJobList><DtsJobId>q7</DtsJobId><ReverseJob><DtsJobId>q8</DtsJobId>^<JobType>SUBSCRIBE</JobType></ReverseJob></DtsJobList>", "duplicate_field DtsJobList[0].ReverseJob.JobType", "SUBSCRIBE"),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8",^"DtsJobDirection":" FORWARD "}}]}"#, "duplicate_field DtsJobList[0].ReverseJob.DtsJobDirection", " FORWARD "),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8",^"SynchronizationDirection":"Forward"}}]}"#, "duplicate_field DtsJobList[0].ReverseJob.DtsJobDirection", "Forward"),
    (DtsJobs, "<DtsJobList><DtsJobId>q7</DtsJobId><ReverseJob><DtsJobId>q8</DtsJobId>^<DtsJobDirection>Sideways</DtsJobDirection></ReverseJob></DtsJobList>", "duplicate_field DtsJobList[0].ReverseJob.DtsJobDirection", "Sideways"),
    (DtsJobs, r#"{"DtsJobList":[{"TagList":[{"TagKey":"a","TagValue":"b"},{^"TagValue":"c","TagKey":"a"}],"DtsJobId":"q7"}]}"#, "duplicate_field DtsJobList[0].TagList[1].TagValue", "c"),
    (DtsJobs, r#"{"DtsJobList":[{"TagList":[{"TagKey":"a","TagValue":"b"},{"TagKey":"a",^"TagValue":1.50}],"DtsJobId":"q7"}]}"#, "duplicate_field DtsJobList[0].TagList[1].TagValue", "1.50"),
    (DtsJobs, r#"{"DtsJobList":[{"TagList":[{"TagKey":"a","TagValue":"b"},{^"TagKey":"a"}],"DtsJobId":"q7"}]}"#, "repeated_name DtsJobList[0].TagList[1].TagKey", "a"),
    (DtsJobs, r#"{"DtsJobList":[{"TagList":[{"TagKey":"a"},{"TagKey":"a",^"TagValue":"c"}],"DtsJobId":"q7"}]}"#, "repeated_name DtsJobList[0].TagList[1].TagValue", "c"),
    (DtsJobs, r#"{"DtsJobList":[{"TagList":[{^"TagValue":"c"}],"DtsJobId":"q7"}]}"#, "unreadable DtsJobList[0].TagList[0].TagValue", "c"),
    (DtsJobs, "<DtsJobList><DtsJobId>q7</DtsJobId><TagList><TagKey>a</TagKey><TagValue>b</TagValue></TagList><TagList><TagKey>a</TagKey>^<TagValue>b</TagValue></TagList></DtsJobList>", "duplicate_field DtsJobList[0].TagList[1].TagValue", "b"),
    (Jobs, "<SynchronizationInstances><SynchronizationJobId>q7</SynchronizationJobId><Tags>^<Value>c</Value></Tags></SynchronizationInstances>", "unreadable SynchronizationInstances[0].Tags[0].Value", "c"),
];

#[test]
fn settled_values_keep_their_place_and_their_text() {
    for (operation, marked, quirk, found) in SETTLED {
        let marked = match marked.starts_with('<') {
            true => document(*operation, marked),
            false => (*marked).to_owned(),
        };
        let body = marked.replace('^', "");
        let decoded = decode(*operation, &body);
        let last = decoded.quirks.last().unwrap();
        assert_eq!(format!("{} {}", last.kind, last.path), *quirk, "{body}");
        assert_eq!((last.offset, last.found.as_str()), (marked.find('^').unwrap(), *found), "{body}");
    }
}

/// What a migration copies is the same text, whether the body has it as a record or as a text.
#[test]
fn a_record_of_migrated_objects_becomes_a_text() {
    let text = r#"{"SynchronousObject":[{"DatabaseName":"a","WholeDatabase":"false","TableList":{"Table":["t","u"]}}]}"#;
    let object: Value = serde_json::from_str(text).unwrap();
    let xml = "<SynchronousObject><DatabaseName>a</DatabaseName><WholeDatabase>false</WholeDatabase>\
               <TableList><Table>t</Table><Table>u</Table></TableList></SynchronousObject>";
    let as_record = json!({"MigrationJobId": "q7", "MigrationObject": object});
    let as_text = json!({"MigrationJobId": "q7", "MigrationObject": text});
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

/// An encoded page has the record, but only where it becomes the same text again.
#[test]
fn a_text_of_migrated_objects_is_written_as_the_record_that_it_is() {
    let record = r#"{"SynchronousObject":[{"DatabaseName":"a"}]}"#;
    for (text, is_record) in [
        (record, true),
        ("{}", false),
        (r#"{"SynchronousObject":[{"DatabaseName": "a"}]}"#, false),
        (r#"{"SynchronousObject":[{"DatabaseName":"a"}]} "#, false),
        (r#"{"SynchronousObject":[{"DatabaseName":"a"}]"#, false),
        (r#"{"SynchronousObject":[{"DatabaseName":"a"}],"Orchard":1}"#, false),
        (r#"{"SynchronousObject":[]}"#, false),
        ("null", false),
        ("orchard", false),
    ] {
        let body = json!({"MigrationJobs": [{"MigrationJobID": "q7", "MigrationObject": text}]}).to_string();
        let decoded = decode(MigrationJobs, &body);
        for format in [Format::Json, Format::Xml] {
            let written = encode(&decoded.response, format);
            let again = decode(MigrationJobs, &String::from_utf8(written.clone()).unwrap());
            assert_eq!(again.response, decoded.response, "{text} in {format}");
            if format == Format::Json {
                let written: Value = serde_json::from_slice(&written).unwrap();
                let written = &written["MigrationJobs"]["MigrationJob"][0]["MigrationObject"];
                assert_eq!(written.is_object(), is_record, "{text}: {written}");
            }
        }
    }
}
