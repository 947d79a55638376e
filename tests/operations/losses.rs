//! What was lost of a page, and which jobs it is about.

use aliyun_dts_status::Operation;

use crate::bodies::{decode, decode_json};

use Operation::{
    DescribeDtsJobDetail as Detail, DescribeDtsJobs as DtsJobs, DescribeMigrationJobs as MigrationJobs,
    DescribeSynchronizationJobStatusList as StatusList, DescribeSynchronizationJobs as Jobs,
};

/// An operation, a body, and its losses: path, jobs, kept and lost.
type Row = (
    Operation,
    &'static str,
    &'static [(&'static str, Option<(usize, usize)>, Option<&'static str>, &'static str)],
);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Of the page itself.
    (DtsJobs, r#"{"TotalRecordCount":"x","DtsJobList":[{"DtsJobId":"q7"}]}"#, &[("TotalRecordCount", None, None, "x")]),
    (DtsJobs, r#"{"PageNumber":1,"PageNumber":2,"DtsJobList":[]}"#, &[("PageNumber", None, Some("1"), "2")]),
    // Of a job.
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a"},{"SynchronizationJobId":"b","Delay":"x"}]}"#, &[("SynchronizationInstances[1].Delay", Some((1, 2)), None, "x")]),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","Status":"Failed","Status":"Finished"}]}"#, &[("SynchronizationInstances[0].Status", Some((0, 1)), Some("Failed"), "Finished")]),
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
    // An item that is none is about no job.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a"},{"Orchard":1}]}"#, &[("DtsJobList[1]", Some((1, 1)), None, "{\"Orchard\":1}")]),
    (DtsJobs, r#"{"DtsJobList":[{"Orchard":1},{"DtsJobId":"a"}]}"#, &[("DtsJobList[0]", Some((0, 0)), None, "{\"Orchard\":1}")]),
    (DtsJobs, r#"{"DtsJobList":[{"Status":{"a":1}},{"DtsJobId":"a","Delay":"x"},null,{"DtsJobId":"b","Delay":"y"}]}"#, &[("DtsJobList[0].Status", Some((0, 0)), None, "{\"a\":1}"), ("DtsJobList[1].Delay", Some((0, 1)), None, "x"), ("DtsJobList[2]", Some((1, 1)), None, "null"), ("DtsJobList[3].Delay", Some((1, 2)), None, "y")]),
    // Tags are kept by key: the place in the list says nothing of what was kept.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","TagList":[{"TagKey":"z","TagValue":"1"},{"TagKey":"b","TagValue":"2"},{"TagKey":"z","TagValue":"3"}]}]}"#, &[("DtsJobList[0].TagList[2].TagValue", Some((0, 1)), None, "3")]),
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","TagList":[{"TagValue":"1"},{"TagKey":"b","TagValue":"2"}]}]}"#, &[("DtsJobList[0].TagList[0].TagValue", Some((0, 1)), None, "1")]),
    // A record, a list and what a migration copies are shown as JSON.
    (DtsJobs, r#"{"DtsJobList":[{"DtsJobId":"a","PrecheckStatus":{"Status":"Failed","Detail":[{"CheckItem":"CHECK_SRC","CheckResult":"Failed"}]},"PrecheckStatus":"late"}]}"#, &[("DtsJobList[0].PrecheckStatus", Some((0, 1)), Some(r#"{"Status":"Failed","Detail":[{"CheckItem":"CHECK_SRC","CheckResult":"Failed"}]}"#), "late")]),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a","Precheck":{"Status":"Failed","Detail":{"CheckItem":[{"ItemName":"CHECK_SRC","CheckStatus":"Failed"}]}},"Precheck":{"Status":"Success"}}]}"#, &[("MigrationJobs[0].Precheck", Some((0, 1)), Some(r#"{"Status":"Failed","Detail":[{"ItemName":"CHECK_SRC","CheckStatus":"Failed"}]}"#), r#"{"Status":"Success"}"#)]),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a","MigrationObject":{"SynchronousObject":[{"DatabaseName":"s"}]},"MigrationObject":"t"}]}"#, &[("MigrationJobs[0].MigrationObject", Some((0, 1)), Some(r#"{"SynchronousObject":[{"DatabaseName":"s"}]}"#), "t")]),
    (MigrationJobs, r#"{"MigrationJobs":[{"MigrationJobID":"a","MigrationObject":"t","MigrationObject":{"SynchronousObject":[{"DatabaseName":"s"}]}}]}"#, &[("MigrationJobs[0].MigrationObject", Some((0, 1)), Some("t"), r#"{"SynchronousObject":[{"DatabaseName":"s"}]}"#)]),
    (Jobs, r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","SynchronizationObjects":[{"SchemaName":"s","TableIncludes":[{"TableName":"t"}]}],"SynchronizationObjects":"x"}]}"#, &[("SynchronizationInstances[0].SynchronizationObjects", Some((0, 1)), Some(r#"[{"SchemaName":"s","TableIncludes":[{"TableName":"t"}]}]"#), "x")]),
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
        let losses = decoded.losses();
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
