//! The limit of the jobs of a page, which counts both directions of a job.

use aliyun_dts_status::{Decoder, ErrorKind, Limits, Operation};

use crate::bodies::document;

/// An operation, an item, and the number of its jobs, in JSON and in XML.
const ROWS: &[(Operation, &str, &str, usize)] = &[
    (
        Operation::DescribeSynchronizationJobs,
        r#"{"SynchronizationJobId":"q7"}"#,
        "<SynchronizationInstances><SynchronizationJobId>q7</SynchronizationJobId></SynchronizationInstances>",
        1,
    ),
    (
        Operation::DescribeSynchronizationJobStatusList,
        r#"{"SynchronizationJobId":"q7","SynchronizationDirectionInfoList":[{"Status":"Failed"},{"Status":"Failed"}]}"#,
        "<SynchronizationJobListStatusList><SynchronizationJobId>q7</SynchronizationJobId>\
         <SynchronizationDirectionInfoList><Status>Failed</Status></SynchronizationDirectionInfoList>\
         <SynchronizationDirectionInfoList><Status>Failed</Status></SynchronizationDirectionInfoList>\
         </SynchronizationJobListStatusList>",
        2,
    ),
    (
        Operation::DescribeDtsJobs,
        r#"{"DtsJobId":"q7","ReverseJob":{"DtsJobId":"q8"}}"#,
        "<DtsJobList><DtsJobId>q7</DtsJobId><ReverseJob><DtsJobId>q8</DtsJobId></ReverseJob></DtsJobList>",
        2,
    ),
    (
        Operation::DescribeDtsJobs,
        r#"{"DtsJobId":"q7","ReverseJob":{}}"#,
        "<DtsJobList><DtsJobId>q7</DtsJobId></DtsJobList>",
        1,
    ),
    (
        Operation::DescribeMigrationJobs,
        r#"{"MigrationJobID":"q7"}"#,
        "<MigrationJobs><MigrationJob><MigrationJobID>q7</MigrationJobID></MigrationJob></MigrationJobs>",
        1,
    ),
];

#[test]
fn a_page_holds_no_more_jobs_than_its_limit() {
    for &(operation, json, xml, each) in ROWS {
        for items in [1, 2, 7] {
            let jobs = items * each;
            let list = vec![json; items].join(",");
            let list = match operation {
                Operation::DescribeMigrationJobs => format!(r#"{{"MigrationJob":[{list}]}}"#),
                _ => format!("[{list}]"),
            };
            let json = format!(r#"{{"{}":{list}}}"#, crate::bodies::list(operation));
            for body in [json, document(operation, &xml.repeat(items))] {
                let with = |most| {
                    let mut limits = Limits::default();
                    limits.jobs = most;
                    Decoder::new().operation(operation).limits(limits).decode(body.as_bytes())
                };
                assert_eq!(with(jobs).expect(&body).jobs().len(), jobs, "{body}");
                for most in 0..jobs {
                    let error = with(most).expect_err(&body);
                    assert_eq!(error.kind(), ErrorKind::TooLarge, "{body}");
                    assert_eq!(error.message(), format!("a page of more than {most} jobs"), "{body}");
                }
            }
        }
    }
    assert_eq!(Limits::default().jobs, 5_000);
}

/// The limit is also that of a page inside a text.
#[test]
fn a_page_in_a_dump_has_the_same_limit() {
    let page = r#"{"DtsJobList":[{"DtsJobId":"a"},{"DtsJobId":"b"}]}"#;
    let body = format!(r#"{{"statusCode":200,"headers":{{}},"body":{page:?}}}"#);
    let with = |most| {
        let mut limits = Limits::default();
        limits.jobs = most;
        Decoder::new().operation(Operation::DescribeDtsJobs).limits(limits).decode(body.as_bytes())
    };
    assert_eq!(with(2).unwrap().jobs().len(), 2);
    assert_eq!(with(1).unwrap_err().kind(), ErrorKind::TooLarge);
}

/// A single job is no page.
#[test]
fn a_job_alone_does_not_count() {
    let mut limits = Limits::default();
    limits.jobs = 0;
    let body = br#"{"DtsJobId":"q7"}"#;
    let decoder = Decoder::new().operation(Operation::DescribeDtsJobDetail).limits(limits);
    assert_eq!(decoder.decode(body).unwrap().jobs().len(), 1);
}
