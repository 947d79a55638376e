//! The unit of each delay, by operation and by the kind of the job.

use aliyun_dts_status::model::{DataRate, JobKind};
use aliyun_dts_status::{Decoder, Operation, QuirkKind, SyncJob};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::bodies::{decode, decode_json};
use crate::support::kinds_and_paths;

use Operation::{DescribeDtsJobDetail, DescribeDtsJobs};

/// The delay of a job in milliseconds, and whether the body had it in milliseconds.
fn delay(job: &SyncJob) -> Option<(i64, bool)> {
    let seconds = job.delay.map(|delay| (delay.num_milliseconds(), false));
    let millis = job.delay_millis.map(|delay| (delay.num_milliseconds(), true));
    assert!(seconds.is_none() || millis.is_none(), "{job:?}");
    seconds.or(millis)
}

const SECONDS: Option<(i64, bool)> = Some((90_000_000, false));
const MILLIS: Option<(i64, bool)> = Some((90_000, true));

#[test]
fn a_detail_has_milliseconds_for_jobs_of_every_kind() {
    for kind in ["SYNC", "sync", "subSync", "MIGRATION", "online", "SUBSCRIBE", ""] {
        for status in ["Synchronizing", "Migrating", "Failed"] {
            let body = json!({"DtsJobId": "q7", "JobType": kind, "Status": status, "Delay": 90_000});
            let decoded = decode_json(DescribeDtsJobDetail, &body);
            assert_eq!(delay(&decoded.jobs()[0]), MILLIS, "{body}");
        }
    }
    let decoded = decode_json(DescribeDtsJobDetail, &json!({"DtsJobId": "q7", "Delay": 90_000}));
    assert!(decoded.is_clean());
    assert_eq!(decoded.jobs()[0].delay_millis, TimeDelta::try_seconds(90));
    // It is the same lag as in `DelayMillis` of the first operation.
    let own =
        decode_json(Operation::default(), &json!({"SynchronizationJobId": "q7", "DelayMillis": 90_000}));
    assert_eq!(own.jobs()[0].delay_millis, decoded.jobs()[0].delay_millis);
}

/// The type of a job, the kind that the caller gave, its status, and what a delay of 90000 is.
type Row = (Option<&'static str>, Option<JobKind>, Option<&'static str>, Option<(i64, bool)>);

use JobKind::{Migration, Subscription, Synchronization};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // The type of the job decides.
    (Some("SYNC"),      None,                  None,                     SECONDS),
    (Some("sync"),      None,                  None,                     SECONDS),
    (Some("subSync"),   None,                  None,                     SECONDS),
    (Some("MIGRATION"), None,                  None,                     MILLIS),
    (Some("online"),    None,                  None,                     MILLIS),
    (Some("SUBSCRIBE"), None,                  None,                     None),
    (Some("SYNC"),      Some(Migration),       Some("Migrating"),        SECONDS),
    (Some("MIGRATION"), Some(Synchronization), Some("Synchronizing"),    MILLIS),
    (Some("migration"), None,                  None,                     MILLIS),
    (Some("Sync"),      None,                  None,                     SECONDS),
    // Then the caller's kind.
    (None,              Some(Synchronization), None,                     SECONDS),
    (None,              Some(Migration),       None,                     MILLIS),
    (None,              Some(Subscription),    None,                     None),
    (None,              Some(Synchronization), Some("Migrating"),        SECONDS),
    (None,              Some(Migration),       Some("Synchronizing"),    MILLIS),
    (Some("orchard"),   Some(Migration),       None,                     MILLIS),
    // Then the status, if only jobs of one kind have it.
    (None,              None,                  Some("Migrating"),        MILLIS),
    (None,              None,                  Some("MigrationFailed"),  MILLIS),
    (None,              None,                  Some("Synchronizing"),    SECONDS),
    (None,              None,                  Some("synchronizing"),    SECONDS),
    (None,              None,                  Some("Modifying"),        SECONDS),
    (None,              None,                  Some("ModifyFailed"),     SECONDS),
    (None,              None,                  Some("Initializing"),     SECONDS),
    (None,              None,                  Some("InitializeFailed"), SECONDS),
    (Some("orchard"),   None,                  Some("Migrating"),        MILLIS),
    // Otherwise the unit is not known.
    (None,              None,                  None,                     None),
    (Some(""),          None,                  None,                     None),
    (Some("orchard"),   None,                  None,                     None),
    (None,              None,                  Some("NotStarted"),       None),
    (None,              None,                  Some("NotConfigured"),    None),
    (None,              None,                  Some("Prechecking"),      None),
    (None,              None,                  Some("PrecheckFailed"),   None),
    (None,              None,                  Some("PreCheckPass"),     None),
    (None,              None,                  Some("Failed"),           None),
    (None,              None,                  Some("Suspending"),       None),
    (None,              None,                  Some("Retrying"),         None),
    (None,              None,                  Some("Upgrade"),          None),
    (None,              None,                  Some("Downgrade"),        None),
    (None,              None,                  Some("Locked"),           None),
    (None,              None,                  Some("Finished"),         None),
    (None,              None,                  Some("orchard"),          None),
];

#[test]
fn the_kind_of_a_listed_job_decides_the_unit_wherever_it_is_in_the_record() {
    for &(job_type, kind, status, expected) in ROWS {
        let mut members = vec![r#""DtsJobId":"q7""#.to_owned(), r#""Delay":90000"#.to_owned()];
        let mut elements = vec!["<DtsJobId>q7</DtsJobId>".to_owned(), "<Delay>90000</Delay>".to_owned()];
        for (name, value) in [("JobType", job_type), ("Status", status)] {
            if let Some(value) = value {
                members.push(format!(r#""{name}":"{value}""#));
                elements.push(format!("<{name}>{value}</{name}>"));
            }
        }
        let mut bodies = Vec::new();
        for _ in 0..members.len() {
            members.rotate_left(1);
            elements.rotate_left(1);
            bodies.push(format!(r#"{{"DtsJobList":[{{{}}}]}}"#, members.join(",")));
            bodies.push(crate::bodies::document(
                DescribeDtsJobs,
                &format!("<DtsJobList>{}</DtsJobList>", elements.concat()),
            ));
        }
        for body in bodies {
            let mut decoder = Decoder::new().operation(DescribeDtsJobs);
            if let Some(kind) = kind {
                decoder = decoder.kind(kind);
            }
            let decoded = decoder.decode(body.as_bytes()).unwrap();
            assert_eq!(delay(&decoded.jobs()[0]), expected, "{body} of {kind:?}");
            let unknown: Vec<_> =
                decoded.quirks.iter().filter(|quirk| quirk.kind == QuirkKind::UnitUnknown).collect();
            match expected {
                Some(_) => assert!(unknown.is_empty(), "{body}"),
                None => {
                    let [quirk] = unknown.as_slice() else { panic!("{body}: {:?}", decoded.quirks) };
                    assert_eq!(quirk.path.to_string(), "DtsJobList[0].Delay");
                    assert_eq!(quirk.found, "90000");
                    assert!(
                        body[quirk.offset..].trim_start_matches(['"', '<']).starts_with("Delay"),
                        "{body}"
                    );
                    assert!(decoded.loses_value(), "{body}");
                }
            }
        }
    }
}

#[test]
fn a_reverse_job_has_seconds() {
    for (forward, job_type) in [("SYNC", None), ("SYNC", Some("SYNC")), ("", None)] {
        let mut reverse = json!({"DtsJobId": "q8", "Delay": 90_000});
        if let Some(job_type) = job_type {
            reverse["JobType"] = json!(job_type);
        }
        let body = json!({"DtsJobList": [{"DtsJobId": "q7", "JobType": forward, "ReverseJob": reverse}]});
        let decoded = decode_json(DescribeDtsJobs, &body);
        assert_eq!(delay(&decoded.jobs()[1]), SECONDS, "{body}");
    }
    // The kind that a caller gives is that of the listed job.
    let body =
        r#"{"DtsJobList":[{"DtsJobId":"q7","Delay":90000,"ReverseJob":{"DtsJobId":"q8","Delay":90000}}]}"#;
    let decoder = Decoder::new().operation(DescribeDtsJobs).kind(Migration);
    let decoded = decoder.decode(body.as_bytes()).unwrap();
    assert_eq!(decoded.jobs().iter().map(delay).collect::<Vec<_>>(), [MILLIS, SECONDS]);
}

#[test]
fn the_other_operations_have_seconds() {
    let job = |name: &str| json!({name: "q7", "Delay": "90000"});
    let bodies: [(Operation, Value); 2] = [
        (Operation::DescribeSynchronizationJobStatus, job("SynchronizationJobId")),
        (
            Operation::DescribeSynchronizationJobs,
            json!({"SynchronizationInstances": [job("SynchronizationJobId")]}),
        ),
    ];
    for (operation, body) in bodies {
        assert_eq!(delay(&decode_json(operation, &body).jobs()[0]), SECONDS, "{body}");
    }
    let stages = [
        (
            Operation::DescribeMigrationJobStatus,
            json!({"MigrationJobId": "q7", "DataSynchronizationStatus": {"Delay": "90000"}}),
        ),
        (
            Operation::DescribeMigrationJobs,
            json!({"MigrationJobs": {"MigrationJob": [{"MigrationJobID": "q7", "DataSynchronization": {"Delay": "90000"}}]}}),
        ),
    ];
    for (operation, body) in stages {
        let decoded = decode_json(operation, &body);
        let stage = decoded.jobs()[0].synchronization_stage.as_ref().unwrap();
        assert_eq!((stage.delay, stage.delay_millis), (TimeDelta::try_seconds(90_000), None), "{body}");
        assert!(decoded.is_clean(), "{body}");
    }
}

/// The end of what the model holds is an error of the value, not of its unit.
#[test]
fn a_delay_beyond_the_model_is_unreadable() {
    for (job_type, delay, kind) in [
        ("SYNC", i64::MAX, "unreadable DtsJobList[0].Delay"),
        ("SYNC", i64::MIN, "unreadable DtsJobList[0].Delay"),
        ("MIGRATION", i64::MIN, "unreadable DtsJobList[0].Delay"),
        ("SUBSCRIBE", i64::MAX, "unit_unknown DtsJobList[0].Delay"),
    ] {
        let body = json!({"DtsJobList": [{"DtsJobId": "q7", "JobType": job_type, "Delay": delay}]});
        let decoded = decode_json(DescribeDtsJobs, &body);
        assert_eq!(kinds_and_paths(&decoded.quirks), [kind], "{body}");
        assert_eq!(decoded.quirks[0].found, delay.to_string());
    }
    let body = json!({"DtsJobId": "q7", "Delay": i64::MIN});
    let decoded = decode(DescribeDtsJobDetail, &body.to_string());
    assert_eq!(kinds_and_paths(&decoded.quirks), ["unreadable Delay"]);
}

/// `Progress` has the throughput in words; a performance of the body comes first.
#[test]
fn the_throughput_of_a_detail_is_in_its_progress() {
    let throughput = |operation, body: &Value| {
        let job = decode_json(operation, body).jobs()[0].clone();
        job.performance.map(|it| (it.rps, it.flow.map(DataRate::mb_per_s)))
    };
    let detail = |progress: &str| {
        let body = json!({"DtsJobId": "q7", "DataSynchronizationStatus": {"Progress": progress}});
        throughput(DescribeDtsJobDetail, &body)
    };
    let read = Some((Some(12.5), Some(0.25)));
    for progress in
        ["12.50RPS/(0.250MB/s)", " 12.5RPS/(0.25MB/s) ", "+12.5RPS/(256KB/s)", "12.5 RPS/( 0.25 MB/s)"]
    {
        assert_eq!(detail(progress), read, "{progress}");
    }
    // What cannot be read exactly stays a text.
    let long = "0.300000000000000041";
    for progress in [
        "12.5RPS",
        "12.5RPS/(0.25MB/s",
        "12.5/(0.25MB/s)",
        "xRPS/(0.25MB/s)",
        "12.5RPS/(x)",
        &format!("{long}RPS/(0.25MB/s)"),
        &format!("12.5RPS/({long}MB/s)"),
    ] {
        assert_eq!(detail(progress), None, "{progress}");
    }

    let job = json!({
        "DtsJobId": "q7",
        "Performance": {"Rps": "1", "Flow": "2"},
        "DataSynchronizationStatus": {"Progress": "12.5RPS/(0.25MB/s)"},
    });
    assert_eq!(throughput(DescribeDtsJobDetail, &job), Some((Some(1.0), Some(2.0))));
    let listed = json!({"DtsJobId": "q7", "DataSynchronizationStatus": {"Progress": "12.5RPS/(0.25MB/s)"}});
    assert_eq!(throughput(DescribeDtsJobs, &json!({"DtsJobList": [listed]})), None);
}

#[test]
fn the_http_status_of_a_response_is_read_with_every_operation() {
    for (operation, body) in [
        (DescribeDtsJobDetail, json!({"DtsJobId": "q7", "DtsInstanceID": "q8", "HttpStatusCode": 503})),
        (DescribeDtsJobs, json!({"DtsJobList": [{"DtsJobId": "q7"}], "HttpStatusCode": "503"})),
        (
            DescribeDtsJobs,
            json!({"DtsJobList": [{"DtsJobId": "q7"}], "Orchard": [], "HttpStatusCode": "503"}),
        ),
    ] {
        assert_eq!(decode_json(operation, &body).http_status, Some(503), "{body}");
    }
}
