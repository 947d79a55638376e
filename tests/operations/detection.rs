//! Which operation a body shows.

use aliyun_dts_status::{Decoded, Decoder, Format, Operation, encode};
use serde_json::json;

use crate::bodies::{bodies, decode};

fn detected(body: &str) -> Decoded {
    Decoder::new()
        .detect_operation()
        .decode(body.as_bytes())
        .unwrap_or_else(|error| panic!("{error}: {body}"))
}

use Operation::{
    DescribeDtsJobDetail as Detail, DescribeDtsJobs as DtsJobs,
    DescribeMigrationJobStatus as MigrationStatus, DescribeMigrationJobs as MigrationJobs,
    DescribeSynchronizationJobStatus as Own, DescribeSynchronizationJobStatusList as StatusList,
    DescribeSynchronizationJobs as Jobs,
};

#[rustfmt::skip]
const ROWS: &[(&str, Operation)] = &[
    (r#"{"SynchronizationJobId":"a"}"#, Own),
    (r#"{"Status":"Failed"}"#, Own),
    (r#"{"RequestId":"a"}"#, Own),
    (r#"{"Code":"Throttling","Message":"m"}"#, Own),
    (r#"{"SynchronizationInstances":[]}"#, Jobs),
    (r#"{"SynchronizationJobListStatusList":[]}"#, StatusList),
    (r#"{"DtsJobId":"a"}"#, Detail),
    (r#"{"DtsInstanceID":"a"}"#, Detail),
    (r#"{"DtsJobList":[]}"#, DtsJobs),
    (r#"{"MigrationJobStatus":"Migrating"}"#, MigrationStatus),
    (r#"{"Success":false,"MigrationJobId":"a"}"#, MigrationStatus),
    (r#"{"MigrationJobs":{}}"#, MigrationJobs),
    // The name may be anywhere at the top, and in any spelling.
    (r#"{"RequestId":"a","Status":"Failed","Delay":5,"DtsJobId":"a"}"#, Detail),
    (r#"{"dts_instance_id":"a","delay":5}"#, Detail),
    (r#"{"dtsJobList":[{"DtsJobId":"a"}]}"#, DtsJobs),
    // An empty id shows its operation only where no other name shows another.
    (r#"{"SynchronizationJobId":""}"#, Own),
    (r#"{"SynchronizationJobId":null,"Status":"Failed","Delay":5}"#, Own),
    (r#"{"SynchronizationJobId":"","DtsJobId":"a"}"#, Detail),
    (r#"{"synchronization_job_id":{},"DtsInstanceID":"","Delay":5}"#, Detail),
    (r#"{"SynchronizationJobId":[],"DtsJobList":[]}"#, DtsJobs),
    ("<SynchronizationJobId/><MigrationJobId/>", MigrationStatus),
    ("<root><SynchronizationJobId> </SynchronizationJobId><DtsJobId>a</DtsJobId></root>", Detail),
    // Any other outweighs names of other operations, wherever it is.
    (r#"{"DtsJobId":"b","SynchronizationJobId":"a","Status":"Failed"}"#, Own),
    (r#"{"MigrationJobId":null,"Status":"Failed","SynchronizationJobId":"a"}"#, Own),
    ("<DtsJobId>b</DtsJobId><SynchronizationJobId>a</SynchronizationJobId>", Own),
    // An envelope or a dump is named or opened.
    (r#"{"DescribeDtsJobsResponse":{"DtsJobList":[]}}"#, DtsJobs),
    (r#"{"DescribeMigrationJobsResponse":{"Success":"true"}}"#, MigrationJobs),
    (r#"{"statusCode":200,"headers":{},"body":{"DtsJobList":[]}}"#, DtsJobs),
    (r#"{"statusCode":200,"headers":{},"body":"{\"MigrationJobStatus\":\"Finished\"}"}"#, MigrationStatus),
    (r#"{"statusCode":200,"headers":{},"body":"<DescribeDtsJobsResponse><RequestId>a</RequestId></DescribeDtsJobsResponse>"}"#, DtsJobs),
    // A root in XML is named; fields without one show it too.
    ("<DescribeSynchronizationJobStatusResponse><RequestId>a</RequestId></DescribeSynchronizationJobStatusResponse>", Own),
    ("<DescribeSynchronizationJobsResponse><RequestId>a</RequestId></DescribeSynchronizationJobsResponse>", Jobs),
    ("<DescribeSynchronizationJobStatusListResponse><RequestId>a</RequestId></DescribeSynchronizationJobStatusListResponse>", StatusList),
    ("<DescribeDtsJobDetailResponse><Status>Failed</Status></DescribeDtsJobDetailResponse>", Detail),
    ("<DescribeDtsJobsResponse><RequestId>a</RequestId></DescribeDtsJobsResponse>", DtsJobs),
    ("<DescribeMigrationJobStatusResponse><RequestId>a</RequestId></DescribeMigrationJobStatusResponse>", MigrationStatus),
    ("<DescribeMigrationJobsResponse><RequestId>a</RequestId></DescribeMigrationJobsResponse>", MigrationJobs),
    ("<describe_dts_jobs_response><RequestId>a</RequestId></describe_dts_jobs_response>", DtsJobs),
    ("<root><DtsJobId>a</DtsJobId></root>", Detail),
    ("<Status>Failed</Status><DtsJobId>a</DtsJobId>", Detail),
    ("<DtsJobId>a</DtsJobId>", Detail),
    ("<DtsJobList><DtsJobId>a</DtsJobId></DtsJobList>", DtsJobs),
];

#[test]
fn a_body_is_detected_by_what_cannot_be_mistaken() {
    for (body, operation) in ROWS {
        assert_eq!(detected(body).operation, *operation, "{body}");
    }
}

#[test]
fn every_body_is_detected_and_read_as_if_its_operation_was_given() {
    for body in bodies() {
        // A failed call of a page in JSON has no name of its operation.
        let shows_nothing = body.name.contains("failed-call")
            && body.is_json()
            && !["DtsJobId", "MigrationJobId"].iter().any(|name| body.text.contains(name));
        if shows_nothing {
            assert_eq!(detected(&body.text).operation, Operation::default(), "{}", body.name);
            continue;
        }
        assert_eq!(detected(&body.text), decode(body.operation, &body.text), "{}", body.name);
    }
}

#[test]
fn a_body_that_was_encoded_is_detected() {
    for body in bodies() {
        let decoded = decode(body.operation, &body.text);
        for format in [Format::Json, Format::Xml] {
            let is_call = body.name.contains("failed-call");
            if format == Format::Json && is_call && body.operation == MigrationStatus {
                continue;
            }
            let written = String::from_utf8(encode(&decoded.response, format)).unwrap();
            let again = detected(&written);
            assert_eq!(again.response, decoded.response, "{}: {written}", body.name);
            assert_eq!(again.operation, body.operation, "{}: {written}", body.name);
        }
    }
}

/// The name of an operation inside a job is no sign.
#[test]
fn names_inside_a_record_show_nothing() {
    let body = json!({"SynchronizationJobName": "a", "Performance": {"DtsJobId": "x"}}).to_string();
    assert_eq!(detected(&body).operation, Operation::default());
}
