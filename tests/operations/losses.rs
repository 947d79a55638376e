//! What was lost of a page, and which jobs it is about.

use aliyun_dts_status::model::JobKind;
use aliyun_dts_status::{Decoded, Decoder, Operation};
use serde_json::{Value, json};

use crate::bodies::{decode, decode_json, document};
use crate::documented::{self, Row};

use Operation::{
    DescribeDtsJobDetail as Detail, DescribeDtsJobs as DtsJobs, DescribeMigrationJobs as MigrationJobs,
    DescribeSynchronizationJobStatusList as StatusList, DescribeSynchronizationJobs as Jobs,
};

/// An operation, a body, and its losses: path, jobs, kept and lost.
type LossRow = (
    Operation,
    &'static str,
    &'static [(&'static str, Option<(usize, usize)>, Option<&'static str>, &'static str)],
);

#[rustfmt::skip]
const ROWS: &[LossRow] = &[
    // Of the page itself.
    (DtsJobs, r#"{"TotalRecordCount":"x","DtsJobList":[{"DtsJobId":"q7"}]}"#, &[("TotalRecordCount", None, None, "x")]),
    (DtsJobs, r#"{"PageNumber":1,"PageNumber":2,"DtsJobList":[]}"#, &[("PageNumber", None, Some("1"), "2")]),
    // Of a job.
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a"},{"SynchronizationJobId":"b","Delay":"x"}]}"#, &[("SynchronizationInstances[1].Delay", Some((1, 2)), None, "x")]),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","Status":"Failed","Status":"Finished"}]}"#, &[("SynchronizationInstances[0].Status", Some((0, 1)), Some("Failed"), "Finished")]),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","Status":"Failed","Status":"Finished"},{"SynchronizationJobId":"b","Status":"Locked","Status":"Failed"}]}"#, &[("SynchronizationInstances[0].Status", Some((0, 1)), Some("Failed"), "Finished"), ("SynchronizationInstances[1].Status", Some((1, 2)), Some("Locked"), "Failed")]),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a"},{"SynchronizationJobId":"b","Status":"Failed","Status":"failed"}]}"#, &[]),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","Orchard":1}]}"#, &[]),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":[{"MigrationJobID":"a"},{"MigrationJobID":"b","DataSynchronization":{"Delay":"x"}}]}}"#, &[("MigrationJobs[1].DataSynchronization.Delay", Some((1, 2)), None, "x")]),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a"},{"MigrationJobID":"b","Precheck":{"Status":"Failed","Status":"Success"}}]}"#, &[("MigrationJobs[1].Precheck.Status", Some((1, 2)), Some("Failed"), "Success")]),
    // Items count, and each may be two jobs.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","ReverseJob":{"DtsJobId":"b"}},{"DtsJobId":"c","Delay":5}]}"#, &[("DtsJobList[1].Delay", Some((2, 3)), None, "5")]),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","ReverseJob":{"DtsJobId":"b"}},{"DtsJobId":"c","Status":"Failed","ReverseJob":{"DtsJobId":"d","Status":"Locked","Status":"Failed"}}]}"#, &[("DtsJobList[1].ReverseJob.Status", Some((3, 4)), Some("Locked"), "Failed")]),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","Status":"Failed","Status":"Locked","ReverseJob":{"DtsJobId":"b"}}]}"#, &[("DtsJobList[0].Status", Some((0, 1)), Some("Failed"), "Locked")]),
    (StatusList, r#"{"SynchronizationJobListStatusList":[{"SynchronizationJobId":"a","SynchronizationDirectionInfoList":[{"Status":"Failed"},{"Status":"Finished"}]},{"SynchronizationJobId":"b","SynchronizationDirectionInfoList":[{"Status":"Failed"},{"Status":"Finished","Checkpoint":"x"}]}]}"#, &[("SynchronizationJobListStatusList[1].SynchronizationDirectionInfoList[1].Checkpoint", Some((3, 4)), None, "x")]),
    (StatusList, r#"{"SynchronizationJobListStatusList":[{"SynchronizationJobId":"a","SynchronizationDirectionInfoList":[{"Status":"Failed"},{"Status":"Finished","Status":"Failed"}]}]}"#, &[("SynchronizationJobListStatusList[0].SynchronizationDirectionInfoList[1].Status", Some((1, 2)), Some("Finished"), "Failed")]),
    (StatusList, r#"{"SynchronizationJobListStatusList":[{"SynchronizationJobId":"a","SynchronizationJobId":"b","SynchronizationDirectionInfoList":[{"Status":"Failed"},{"Status":"Finished"}]}]}"#, &[("SynchronizationJobListStatusList[0].SynchronizationJobId", Some((0, 2)), Some("a"), "b")]),
    // A direction that is none is one of its job.
    (StatusList, r#"{"SynchronizationJobListStatusList":[{"SynchronizationJobId":"b","SynchronizationDirectionInfoList":[{"Status":"Failed"}]},{"SynchronizationJobId":"a","SynchronizationDirectionInfoList":[{"Status":"Synchronizing"},{"Orchard":1}]}]}"#, &[("SynchronizationJobListStatusList[1].SynchronizationDirectionInfoList[1]", Some((1, 2)), None, "{\"Orchard\":1}")]),
    // What is lost of it is not shown with a value of another direction.
    (StatusList, r#"{"SynchronizationJobListStatusList":[{"SynchronizationJobId":"a","SynchronizationDirectionInfoList":[{"Status":"Synchronizing"},{"Status":{"x":1}}]}]}"#, &[("SynchronizationJobListStatusList[0].SynchronizationDirectionInfoList[1].Status", Some((0, 1)), None, "{\"x\":1}")]),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","Status":"Synchronizing","ReverseJob":{"Status":{"x":1}}}]}"#, &[("DtsJobList[0].ReverseJob.Status", Some((0, 1)), None, "{\"x\":1}")]),
    // A second list that contradicts itself says something else than the first.
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","Status":"Locked"}],"SynchronizationInstances":[{"SynchronizationJobId":"a","Status":"Locked","Status":"Failed"}]}"#, &[("SynchronizationInstances", None, Some(r#"[{"SynchronizationJobId":"a","Status":"Locked"}]"#), r#"[{"SynchronizationJobId":"a","Status":"Locked","Status":"Failed"}]"#)]),
    // An item that is none is about no job.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a"},{"Orchard":1}]}"#, &[("DtsJobList[1]", Some((1, 1)), None, "{\"Orchard\":1}")]),
    (DtsJobs, r#"{"DtsJobList":[{"Orchard":1},{"DtsJobId":"a"}]}"#, &[("DtsJobList[0]", Some((0, 0)), None, "{\"Orchard\":1}")]),
    (DtsJobs, r#"{"DtsJobList":[{"Status":{"a":1}},{"DtsJobId":"a","Delay":"x"},null,{"DtsJobId":"b","Delay":"y"}]}"#, &[("DtsJobList[0].Status", Some((0, 0)), None, "{\"a\":1}"), ("DtsJobList[1].Delay", Some((0, 1)), None, "x"), ("DtsJobList[2]", Some((1, 1)), None, "null"), ("DtsJobList[3].Delay", Some((1, 2)), None, "y")]),
    // The model has tags by key: the place in the list says nothing of what was kept.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","TagList":[{"TagKey":"z","TagValue":"1"},{"TagKey":"b","TagValue":"2"},{"TagKey":"z","TagValue":"3"}]}]}"#, &[("DtsJobList[0].TagList[2].TagValue", Some((0, 1)), None, "3")]),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","TagList":[{"TagKey":"z","TagValue":"1"},{"TagKey":"z","TagValue":"1"}]}]}"#, &[]),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","TagList":[{"TagValue":"1"},{"TagKey":"b","TagValue":"2"}]}]}"#, &[("DtsJobList[0].TagList[0].TagValue", Some((0, 1)), None, "1")]),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","TagList":[{"TagKey":"z","TagValue":"1","TagKey":"y"},{"TagValue":"2","TagKey":"b","TagValue":"3"}]}]}"#, &[("DtsJobList[0].TagList[0].TagKey", Some((0, 1)), None, "y"), ("DtsJobList[0].TagList[1].TagValue", Some((0, 1)), None, "3")]),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a"},{"TagList":[{"TagKey":"z","TagValue":"1","TagValue":"2"}],"Status":"x","Status":"y","ReverseJob":{"DtsJobId":"b","TagList":[{"TagKey":"z","TagValue":"3","TagValue":"4"}]},"DtsJobId":"c"}]}"#, &[("DtsJobList[1].TagList[0].TagValue", Some((1, 2)), None, "2"), ("DtsJobList[1].Status", Some((1, 2)), Some("x"), "y"), ("DtsJobList[1].ReverseJob.TagList[0].TagValue", Some((2, 3)), None, "4")]),
    (MigrationJobs, r#"{"MigrationJobs":{"MigrationJob":[{"MigrationJobID":"a","Tags":{"Tag":[{"Key":"z","Value":"1"},{"Key":"z","Value":["2"]}]}}]}}"#, &[("MigrationJobs[0].Tags[1].Value", Some((0, 1)), None, r#"["2"]"#)]),
    (Detail, r#"{"DtsJobId":"q7","TagList":[{"TagKey":"z","TagValue":"1"}],"TagList":[{"TagKey":"y"}]}"#, &[("TagList", None, Some(r#"[{"TagKey":"z","TagValue":"1"}]"#), r#"[{"TagKey":"y"}]"#)]),
    // One slot of the model has several names.
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","CreateTime":"2021-01-11 11:39:44.0","CreateTime":"x"}]}"#, &[("SynchronizationInstances[0].CreateTime", Some((0, 1)), Some("2021-01-11 11:39:44.0"), "x")]),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","JobCreateTime":"2021-01-11T03:39:44.5Z","CreateTime":"x","InstanceCreateTime":"y"}]}"#, &[("SynchronizationInstances[0].CreateTime", Some((0, 1)), Some("2021-01-11 11:39:44.500"), "x"), ("SynchronizationInstances[0].InstanceCreateTime", Some((0, 1)), Some("2021-01-11T03:39:44.500Z"), "y")]),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","ReverseJob":{"DtsJobId":"b","JobType":"online","DtsJobDirection":"forward"}}]}"#, &[("DtsJobList[0].ReverseJob.JobType", Some((1, 2)), Some("SYNC"), "online"), ("DtsJobList[0].ReverseJob.DtsJobDirection", Some((1, 2)), Some("Reverse"), "forward")]),
    (Detail, r#"{"DtsJobId":"q7","SynchronizationDirection":"Forward","SynchronizationDirection":"Reverse"}"#, &[("SynchronizationDirection", None, Some("Forward"), "Reverse")]),
    // A record, a list and what a migration copies are shown as JSON.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","PrecheckStatus":{"Status":"Failed","Detail":[{"CheckItem":"CHECK_SRC","CheckResult":"Failed"}]},"PrecheckStatus":"late"}]}"#, &[("DtsJobList[0].PrecheckStatus", Some((0, 1)), Some(r#"{"Status":"Failed","Detail":[{"CheckItem":"CHECK_SRC","CheckResult":"Failed"}]}"#), "late")]),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a","Precheck":{"Status":"Failed","Detail":{"CheckItem":[{"ItemName":"CHECK_SRC","CheckStatus":"Failed"}]}},"Precheck":{"Status":"Success"}}]}"#, &[("MigrationJobs[0].Precheck", Some((0, 1)), Some(r#"{"Status":"Failed","Detail":[{"ItemName":"CHECK_SRC","CheckStatus":"Failed"}]}"#), r#"{"Status":"Success"}"#)]),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a","MigrationObject":{"SynchronousObject":[{"DatabaseName":"s"}]},"MigrationObject":"t"}]}"#, &[("MigrationJobs[0].MigrationObject", Some((0, 1)), Some(r#"{"SynchronousObject":[{"DatabaseName":"s"}]}"#), "t")]),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a","MigrationObject":"t","MigrationObject":{"SynchronousObject":[{"DatabaseName":"s"}]}}]}"#, &[("MigrationJobs[0].MigrationObject", Some((0, 1)), Some("t"), r#"{"SynchronousObject":[{"DatabaseName":"s"}]}"#)]),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","SynchronizationObjects":[{"SchemaName":"s","TableIncludes":[{"TableName":"t"}]}],"SynchronizationObjects":"x"}]}"#, &[("SynchronizationInstances[0].SynchronizationObjects", Some((0, 1)), Some(r#"[{"SchemaName":"s","TableIncludes":[{"TableName":"t"}]}]"#), "x")]),
    // A text that was not kept has the path of the next one, and the loss shows what the model has there.
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a","MigrationObject":{"SynchronousObject":[{"TableList":{"Table":["s",{"x":1},"t"]}}]}}]}"#, &[("MigrationJobs[0].MigrationObject.SynchronousObject[0].TableList.Table[1]", Some((0, 1)), Some("t"), r#"{"x":1}"#)]),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a","MigrationObject":{"SynchronousObject":[{"TableList":{"Table":["s"],"Table":["t","u"]}}]}}]}"#, &[("MigrationJobs[0].MigrationObject.SynchronousObject[0].TableList.Table", Some((0, 1)), Some(r#"["s"]"#), r#"["t","u"]"#)]),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a","MigrationObject":{"SynchronousObject":[{"TableList":{"Table":["s"]}}]},"MigrationObject":"t"}]}"#, &[("MigrationJobs[0].MigrationObject", Some((0, 1)), Some(r#"{"SynchronousObject":[{"TableList":{"Table":["s"]}}]}"#), "t")]),
    // Text between the elements of a list is about the whole list, or its only item.
    (Jobs, "<DescribeSynchronizationJobsResponse><SynchronizationInstances>?<SynchronizationJobId>a</SynchronizationJobId></SynchronizationInstances></DescribeSynchronizationJobsResponse>", &[("SynchronizationInstances[0]", Some((0, 1)), Some(r#"{"SynchronizationJobId":"a"}"#), "?")]),
    (DtsJobs, "<DescribeDtsJobsResponse><DtsJobList>?<DtsJobId>a</DtsJobId></DtsJobList></DescribeDtsJobsResponse>", &[("DtsJobList[0]", Some((0, 1)), Some(r#"{"DtsJobId":"a"}"#), "?")]),
    (DtsJobs, "<DescribeDtsJobsResponse><DtsJobList><DtsJobId>a</DtsJobId><ReverseJob>?<DtsJobId>b</DtsJobId></ReverseJob></DtsJobList></DescribeDtsJobsResponse>", &[("DtsJobList[0].ReverseJob", Some((1, 2)), Some(r#"{"DtsJobId":"b","JobType":"SYNC","DtsJobDirection":"Reverse"}"#), "?")]),
    (MigrationJobs, "<DescribeMigrationJobsResponse><MigrationJobs><MigrationJob>?<MigrationJobID>a</MigrationJobID></MigrationJob></MigrationJobs></DescribeMigrationJobsResponse>", &[("MigrationJobs[0]", Some((0, 1)), Some(r#"{"MigrationJobID":"a"}"#), "?")]),
    (StatusList, "<DescribeSynchronizationJobStatusListResponse><SynchronizationJobListStatusList>?<SynchronizationJobStatusInfo><SynchronizationJobId>a</SynchronizationJobId></SynchronizationJobStatusInfo></SynchronizationJobListStatusList></DescribeSynchronizationJobStatusListResponse>", &[("SynchronizationJobListStatusList", None, Some(r#"[{"SynchronizationJobId":"a","SynchronizationDirectionInfoList":[]}]"#), "?")]),
    // An error document.
    // An error document.
    (Detail, r#"{"Code":"c","Message":"m","AccessDeniedDetail":{"A":"1","A":"2"},"AccessDeniedDetail":"x"}"#, &[("AccessDeniedDetail.A", None, Some("1"), "2"), ("AccessDeniedDetail", None, Some(r#"{"A":"1"}"#), "x")]),
    // A single job.
    (Detail, r#"{"DtsJobId":"q7","DtsJobDirection":"Forward","SynchronizationDirection":"Reverse"}"#, &[("SynchronizationDirection", None, Some("Forward"), "Reverse")]),
    (Detail, r#"{"DtsJobId":"q7","Delay":"x"}"#, &[("Delay", None, None, "x")]),
    (Detail, r#"{"DtsJobId":"q7","Delay":5,"Delay":6}"#, &[("Delay", None, Some("5"), "6")]),
];

#[test]
fn losses_name_their_jobs_and_what_was_kept() {
    for (operation, body, expected) in ROWS {
        let decoded = decode(*operation, body);
        let read_back: Decoded = serde_json::from_str(&serde_json::to_string(&decoded).unwrap()).unwrap();
        assert_eq!(read_back, decoded, "{body}");
        let losses = read_back.losses();
        let losses: Vec<_> = losses
            .iter()
            .map(|loss| {
                let jobs = loss.jobs.as_ref().map(|jobs| (jobs.start, jobs.end));
                (loss.path.to_string(), jobs, loss.kept.as_deref(), loss.lost.as_str())
            })
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|&(path, jobs, kept, lost)| (path.to_owned(), jobs, kept, lost)).collect();
        assert_eq!(losses, expected, "{body}");
    }
}

/// Values of all kinds in their documented spelling, the rarest first.
const VALUES: [&str; 11] = [
    "2.50MB/s",
    "true",
    "2021-03-07T16:00:00Z",
    "2021-01-11 11:39:44.0",
    "Failed",
    "SYNC",
    "MIGRATION",
    "Reverse",
    "PrePaid",
    "CHECK_SRC",
    "7",
];

/// Each documented field of each operation is there twice: the first value is kept, and the loss shows it, but for tags.
#[test]
fn a_loss_of_any_field_shows_the_value_that_was_kept() {
    let mut count = 0;
    for (operation, rows) in documented::ALL {
        let decoder = Decoder::new().operation(operation).kind(JobKind::Synchronization);
        let decode = |body: &str| decoder.decode(body.as_bytes()).unwrap();
        for (record, names) in rows {
            for name in names.split(' ') {
                let with = |value| documented::body(operation, record, name, value);
                let without = decode(&with(Value::Null).to_string());
                // In the documented spelling of a value that the model has.
                let is_kept = |value: &&&str| {
                    let once = decode(&with(json!(value)).to_string());
                    once.is_clean() && once.response != without.response
                };
                let Some(kept) = VALUES.iter().find(is_kept) else {
                    // A record, a list, or a name whose values are not kept.
                    let path = format!("{record}.{name}");
                    let has_members =
                        |row: &Row| row.0.trim_end_matches("[]") == path.trim_start_matches('.');
                    let is_plain = !rows.iter().any(has_members) && name != "Table";
                    let not_kept = decode(&with(json!("7")).to_string());
                    assert!(!is_plain || not_kept.is_clean(), "{operation} {record}.{name}");
                    continue;
                };
                count += 1;
                let body = with(json!("?"));
                let in_json = body.to_string().replace(
                    &format!("\"{name}\":\"?\""),
                    &format!("\"{name}\":\"{kept}\",\"{name}\":\"other\""),
                );
                let in_xml = document(operation, &elements(&body)).replace(
                    &format!("<{name}>?</{name}>"),
                    &format!("<{name}>{kept}</{name}><{name}>other</{name}>"),
                );
                // In XML repeated elements are a list of names.
                let in_xml = (name != "TableName").then_some(in_xml);
                for body in [Some(in_json), in_xml].into_iter().flatten() {
                    let losses = decode(&body).losses();
                    let [loss] = losses.as_slice() else { panic!("{body}: {losses:?}") };
                    assert!(loss.path.to_string().ends_with(name), "{body}: {loss:?}");
                    let is_in_tag = record.contains("Tag");
                    let kept = Some(*kept).filter(|_| !is_in_tag);
                    assert_eq!((loss.kept.as_deref(), loss.lost.as_str()), (kept, "other"), "{body}");
                }
            }
        }
    }
    assert!(count > 350, "{count}");
}

/// The members of an object as elements.
fn elements(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let element = |name: &str, value: &Value| format!("<{name}>{}</{name}>", elements(value));
            let member = |(name, value): (&String, &Value)| match value {
                Value::Array(items) => items.iter().map(|item| element(name, item)).collect(),
                value => element(name, value),
            };
            members.iter().map(member).collect()
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A long page: the jobs of a loss are found by items, not by jobs.
#[test]
fn jobs_of_a_loss_are_counted_over_both_directions() {
    let items: Vec<_> = (0..50)
        .map(|index| {
            let mut item = serde_json::json!({"DtsJobId": format!("f{index}"), "Delay": "x"});
            if index % 3 == 0 {
                item["ReverseJob"] = serde_json::json!({"DtsJobId": format!("r{index}"), "Delay": "x"});
            }
            item
        })
        .collect();
    let decoded = decode_json(DtsJobs, &serde_json::json!({"DtsJobList": items}));
    let losses = decoded.losses();
    assert_eq!(losses.len(), 67);
    for loss in losses {
        let path = loss.path.to_string();
        let (_, rest) = path.split_once('[').unwrap();
        let (index, rest) = rest.split_once(']').unwrap();
        let letter = if rest.contains("ReverseJob") { 'r' } else { 'f' };
        let jobs = loss.jobs.unwrap();
        assert_eq!(jobs.len(), 1, "{path}");
        assert_eq!(
            decoded.jobs()[jobs.start].task_id.as_deref(),
            Some(&*format!("{letter}{index}")),
            "{path}"
        );
    }
}
