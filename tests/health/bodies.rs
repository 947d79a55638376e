//! Bodies of other operations, from their bytes to a verdict.

use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, Policy, Verdict, assess_each, assess_outcome, fleet, join_directions,
};
use aliyun_dts_status::model::Outcome;
use aliyun_dts_status::{Decoded, Decoder, Operation, decode};

use crate::builders::{NOW, at, codes, secs, severity};

fn read(operation: Operation, body: &str) -> Decoded {
    Decoder::new().operation(operation).decode(body.as_bytes()).unwrap()
}

fn each(decoded: &Decoded) -> Vec<Assessment> {
    assess_each(&Outcome::from(decoded), &Context::at(at(0)), &Policy::default())
}

#[test]
fn a_delay_of_ninety_thousand_is_ninety_seconds_in_the_detail_of_a_job() {
    let detail = read(
        Operation::DescribeDtsJobDetail,
        r#"{"DtsJobId": "l3m1213ye7lwxyz", "DtsInstanceID": "dtsl3m1213ye7lwxyz", "Status": "Synchronizing",
            "JobType": "sync", "Delay": 90000, "Success": true, "Code": 200}"#,
    );
    let ours = decode(
        br#"{"SynchronizationJobId": "dtsl3m1213ye7lwxyz", "Status": "Synchronizing", "DelayMillis": 90000,
             "Success": true}"#,
    );
    for decoded in [detail, ours.unwrap()] {
        let [assessment] = each(&decoded).try_into().unwrap();
        assert_eq!((assessment.lag(), codes(&assessment)), (Some(secs(90)), vec!["LAG_HIGH"]));
        assert_eq!(assessment.job_id(), Some("dtsl3m1213ye7lwxyz"));
    }
}

/// A page of `DescribeDtsJobs` with these jobs.
fn dts_page(jobs: &[String]) -> Decoded {
    let list = jobs.join(", ");
    read(Operation::DescribeDtsJobs, &format!(r#"{{"Success": true, "DtsJobList": [{list}]}}"#))
}

/// A job of `DescribeDtsJobs`, with more of its members.
fn dts_job(id: &str, more: &str) -> String {
    let checkpoint = NOW - 6;
    format!(r#"{{"DtsInstanceID": "dts{id}", "DtsJobId": "{id}", "Checkpoint": "{checkpoint}", {more}}}"#)
}

#[test]
fn the_kind_of_a_job_decides_the_unit_of_its_delay() {
    let page = dts_page(&[
        dts_job("a", r#""Status": "Synchronizing", "JobType": "SYNC", "Delay": 90"#),
        dts_job(
            "b",
            r#""Status": "Migrating", "JobType": "MIGRATION", "Delay": 90000,
               "DataSynchronizationStatus": {"Status": "Catched"}"#,
        ),
        dts_job("c", r#""Status": "Retrying", "Delay": 90000"#),
        dts_job("d", r#""Status": "Retrying", "Delay": "soon""#),
        dts_job("e", r#""Status": "Synchronizing", "JobType": "SYNC", "Delay": 9000"#),
    ]);
    let each = each(&page);
    let seen: Vec<_> =
        each.iter().map(|one| (one.job_id().unwrap(), one.lag(), one.verdict(), codes(one))).collect();
    let conflict = "LAG_CHECKPOINT_CONFLICT";
    assert_eq!(
        seen,
        [
            ("dtsa", Some(secs(90)), Verdict::Degraded, vec![conflict, "LAG_HIGH", "LAG_UNIT_SUSPECTED"]),
            ("dtsb", Some(secs(90)), Verdict::Degraded, vec![conflict, "LAG_HIGH"]),
            ("dtsc", Some(secs(6)), Verdict::Degraded, vec!["DECIDING_VALUE_LOST", "JOB_RETRYING"]),
            ("dtsd", Some(secs(6)), Verdict::Unknown, vec!["DECIDING_VALUE_LOST", "JOB_RETRYING"]),
            (
                "dtse",
                Some(secs(9000)),
                Verdict::Degraded,
                vec![conflict, "LAG_CRITICAL", "LAG_UNIT_SUSPECTED"]
            ),
        ]
    );
    assert_eq!(severity(&each[2], FindingCode::DecidingValueLost), Some("Notice"));
}

#[test]
fn what_is_wrong_with_one_job_of_a_body_leaves_the_others_alone() {
    let sound = r#""Status": "Synchronizing", "JobType": "SYNC", "Delay": 0"#;
    let reverse = |status: &str| {
        let reverse = dts_job("r", &format!(r#""DtsJobDirection": "Reverse", {status}, "Delay": 0"#));
        let of_job = reverse.replace(r#""dtsr""#, r#""dtsb""#);
        dts_job("b", &format!(r#"{sound}, "ReverseJob": {of_job}"#))
    };
    let twice = r#""Status": "Synchronizing", "Status": "Failed""#;
    for (body, expected) in [
        (reverse(r#""Status": "Synchronizing""#), [Verdict::Healthy; 4]),
        (reverse(twice), [Verdict::Healthy, Verdict::Healthy, Verdict::Unknown, Verdict::Healthy]),
    ] {
        let page = dts_page(&[dts_job("a", sound), body, dts_job("c", sound)]);
        let each = each(&page);
        let verdicts: Vec<_> = each.iter().map(Assessment::verdict).collect();
        assert_eq!(verdicts, expected);
        let joined = join_directions(each);
        assert_eq!(joined.len(), 3, "two directions of one job");
        assert_eq!(fleet(&joined).verdict(), verdicts.into_iter().max().unwrap());
        let asked = Context::at(at(0)).job_id("dtsb".to_owned());
        let one = assess_outcome(&Outcome::from(&page), &asked, &Policy::default());
        assert_eq!(one.verdict(), Verdict::Healthy);
    }
}

#[test]
fn a_migration_of_a_body_copies_runs_and_is_done() {
    let page = |status: &str, rest: &str| {
        let mode =
            r#"{"DataInitialization": true, "DataSynchronization": true, "StructureInitialization": true}"#;
        let body = format!(
            r#"{{"RequestId": "A", "Success": "true", "MigrationJobs": {{"MigrationJob": [{{
                "MigrationJobID": "dtson2z28evwxyz", "MigrationJobStatus": "{status}", "MigrationMode": {mode},
                {rest} }}]}}}}"#
        );
        let [assessment] = each(&read(Operation::DescribeMigrationJobs, &body)).try_into().unwrap();
        (assessment.verdict(), assessment.exit_code(), codes(&assessment), assessment.lag())
    };
    let full = r#""DataInitialization": {"status": "Migrating", "Percent": "40", "Progress": "4711"}"#;
    let both = r#""DataInitialization": {"status": "Finished"}, "DataSynchronization": {"status": "Catched", "Delay": "3"}"#;
    assert_eq!(page("Migrating", full), (Verdict::Progressing, 0, vec!["INIT_RUNNING"], None));
    assert_eq!(page("Migrating", both), (Verdict::Healthy, 0, vec![], Some(secs(3))));
    assert_eq!(page("MigrationFailed", full), (Verdict::Failed, 2, vec!["JOB_FAILED"], None));
    let done = r#""DataInitialization": {"status": "Finished"}"#;
    assert_eq!(page("Finished", done), (Verdict::Ended, 0, vec!["MIGRATION_DONE"], None));
    let lost = page("Finished", r#""DataInitialization": "Failed""#);
    assert_eq!((lost.0, lost.2), (Verdict::Unknown, vec!["DECIDING_VALUE_LOST", "MIGRATION_DONE"]));
}

#[test]
fn a_body_that_is_a_page_without_jobs_or_a_failed_call() {
    let list = Operation::DescribeSynchronizationJobStatusList;
    let empty =
        read(list, r#"{"RequestId": "A", "Success": "true", "SynchronizationJobListStatusList": []}"#);
    assert!(each(&empty).is_empty());
    let failed = read(
        list,
        r#"{"RequestId": "A", "Success": "false", "ErrCode": "Throttling.User", "SynchronizationJobListStatusList": []}"#,
    );
    assert_eq!(codes(&each(&failed)[0]), ["API_CALL_FAILED"]);
}
