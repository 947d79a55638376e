//! When a job was created: of three times the most exact one counts, wherever it is.

use aliyun_dts_status::Operation;
use serde_json::json;

use crate::bodies::{decode, decode_json, document};
use crate::support::kinds_and_paths;

const CHINA: (&str, &str) = ("CreateTime", "2024-05-01 10:00:01.0");
const JOB: (&str, &str) = ("JobCreateTime", "2024-05-01T02:00:02Z");
const INSTANCE: (&str, &str) = ("InstanceCreateTime", "2024-05-01T02:00:03Z");

#[test]
fn the_most_exact_time_counts_in_any_order() {
    let orders: &[(&[(&str, &str)], &str)] = &[
        (&[CHINA], "2024-05-01T02:00:01Z"),
        (&[JOB], "2024-05-01T02:00:02Z"),
        (&[INSTANCE], "2024-05-01T02:00:03Z"),
        (&[CHINA, INSTANCE], "2024-05-01T02:00:01Z"),
        (&[INSTANCE, CHINA], "2024-05-01T02:00:01Z"),
        (&[CHINA, JOB], "2024-05-01T02:00:02Z"),
        (&[JOB, CHINA], "2024-05-01T02:00:02Z"),
        (&[JOB, INSTANCE], "2024-05-01T02:00:02Z"),
        (&[INSTANCE, JOB], "2024-05-01T02:00:02Z"),
        (&[CHINA, JOB, INSTANCE], "2024-05-01T02:00:02Z"),
        (&[CHINA, INSTANCE, JOB], "2024-05-01T02:00:02Z"),
        (&[JOB, CHINA, INSTANCE], "2024-05-01T02:00:02Z"),
        (&[JOB, INSTANCE, CHINA], "2024-05-01T02:00:02Z"),
        (&[INSTANCE, CHINA, JOB], "2024-05-01T02:00:02Z"),
        (&[INSTANCE, JOB, CHINA], "2024-05-01T02:00:02Z"),
    ];
    let operation = Operation::DescribeSynchronizationJobs;
    for (members, expected) in orders {
        let json: Vec<_> = members.iter().map(|(name, time)| format!("{name:?}:{time:?}")).collect();
        let json =
            format!(r#"{{"SynchronizationInstances":[{{"SynchronizationJobId":"q7",{}}}]}}"#, json.join(","));
        let xml: String = members.iter().map(|(name, time)| format!("<{name}>{time}</{name}>")).collect();
        let xml = format!(
            "<SynchronizationInstances><SynchronizationJobId>q7</SynchronizationJobId>{xml}</SynchronizationInstances>"
        );
        for body in [json, document(operation, &xml)] {
            let decoded = decode(operation, &body);
            assert!(decoded.is_clean(), "{body}: {:?}", decoded.quirks);
            let created_at = decoded.jobs()[0].created_at.unwrap();
            assert_eq!(created_at.to_rfc3339().replace("+00:00", "Z"), *expected, "{body}");
        }
    }
}

/// A time of China, the time in UTC, and the quirks.
#[rustfmt::skip]
const CREATE_TIMES: &[(&str, Option<&str>, &[&str])] = &[
    ("2024-05-01 10:00:00.0", Some("2024-05-01T02:00:00Z"), &[]),
    ("2024-05-01 10:00:00", Some("2024-05-01T02:00:00Z"), &[]),
    ("2024-05-01 07:59:59.5", Some("2024-04-30T23:59:59.500Z"), &[]),
    ("2024-05-01 07:59:59.123", Some("2024-04-30T23:59:59.123Z"), &["time_form"]),
    ("2024-05-01 10:00", Some("2024-05-01T02:00:00Z"), &["time_form"]),
    ("2024-05-01  10:00:00", Some("2024-05-01T02:00:00Z"), &["time_form"]),
    (" 2024-05-01 10:00 ", Some("2024-05-01T02:00:00Z"), &["padded", "time_form"]),
    ("2017-01-01 07:59:60", Some("2016-12-31T23:59:60Z"), &[]),
    ("2024-03-01 00:00:00.0", Some("2024-02-29T16:00:00Z"), &[]),
    (" 2024-05-01 10:00:00.0", Some("2024-05-01T02:00:00Z"), &["padded"]),
    // With a zone it means that zone.
    ("2024-05-01T10:00:00Z", Some("2024-05-01T10:00:00Z"), &["time_form"]),
    ("2024-05-01T10:00:00+02:00", Some("2024-05-01T08:00:00Z"), &["time_form"]),
    ("2024-05-01 10:00:00+02:00", Some("2024-05-01T08:00:00Z"), &["time_form"]),
    ("2024-05-01 10:00:00.0Z", Some("2024-05-01T10:00:00Z"), &["time_form"]),
    // Each part has all its digits, and the date is before a blank.
    ("2021-1-1 1:2:3", None, &["unreadable"]),
    ("2021-01-1 01:02:03", None, &["unreadable"]),
    ("2021-01-01 1:02:03", None, &["unreadable"]),
    ("2021- 1- 1 11: 9: 4", None, &["unreadable"]),
    ("2021 -01-11 11:39:44", None, &["unreadable"]),
    ("2021-01-1111:39:44", None, &["unreadable"]),
    ("2021-01-11\t11:39:44", None, &["unreadable"]),
    ("2021-01-11 11:39:44.", None, &["unreadable"]),
    ("2021-01-11 11", None, &["unreadable"]),
    ("2021-01-11", None, &["unreadable"]),
    ("+2021-01-11 11:39:44", None, &["unreadable"]),
    ("12021-01-11 11:39:44", None, &["unreadable"]),
    ("-001-01-01 00:00:00", None, &["unreadable"]),
    // With a `T` and without a zone it may be of UTC.
    ("2024-05-01T10:00:00", None, &["unreadable"]),
    ("0000-01-01 07:59:59.0", None, &["unreadable"]),
    ("0000-01-01 08:00:00.0", Some("0000-01-01T00:00:00Z"), &[]),
    ("9999-12-31 23:59:59.0", Some("9999-12-31T15:59:59Z"), &[]),
    ("2024-02-30 10:00:00.0", None, &["unreadable"]),
    ("yesterday", None, &["unreadable"]),
    ("", None, &["empty_value"]),
];

#[test]
fn a_create_time_without_a_zone_is_of_china() {
    for (text, expected, quirks) in CREATE_TIMES {
        let body = json!({"SynchronizationInstances": [{"SynchronizationJobId": "q7", "CreateTime": text}]});
        let decoded = decode_json(Operation::DescribeSynchronizationJobs, &body);
        let job = serde_json::to_value(&decoded.jobs()[0]).unwrap();
        assert_eq!(job.get("created_at").and_then(|time| time.as_str()), *expected, "{text}");
        let paths: Vec<_> =
            quirks.iter().map(|kind| format!("{kind} SynchronizationInstances[0].CreateTime")).collect();
        assert_eq!(kinds_and_paths(&decoded.quirks), paths, "{text}");
    }
}

/// An unreadable time gives way to another one.
#[test]
fn another_time_counts_if_one_is_unreadable() {
    for (unreadable, expected) in
        [("JobCreateTime", "2024-05-01T02:00:01Z"), ("CreateTime", "2024-05-01T02:00:02Z")]
    {
        let mut job = json!({"SynchronizationJobId": "q7"});
        for (name, time) in [CHINA, JOB, INSTANCE] {
            job[name] = json!(if name == unreadable { "?" } else { time });
        }
        let body = json!({"SynchronizationInstances": [job]});
        let decoded = decode_json(Operation::DescribeSynchronizationJobs, &body);
        let job = serde_json::to_value(&decoded.jobs()[0]).unwrap();
        assert_eq!(job["created_at"], expected, "{body}");
    }
}

/// Only `DescribeSynchronizationJobs` writes times of China.
#[test]
fn times_of_jobs_of_any_kind_are_utc() {
    let body =
        json!({"DtsJobId": "q7", "CreateTime": "2024-05-01T02:00:00Z", "FinishTime": "2024-05-02T02:00:00Z"});
    let decoded = decode_json(Operation::DescribeDtsJobDetail, &body);
    let job = serde_json::to_value(&decoded.jobs()[0]).unwrap();
    assert_eq!(job["created_at"], "2024-05-01T02:00:00Z");
    assert_eq!(job["finished_at"], "2024-05-02T02:00:00Z");
    let body = json!({"DtsJobId": "q7", "CreateTime": "2024-05-01 10:00:00.0"});
    let decoded = decode_json(Operation::DescribeDtsJobDetail, &body);
    assert_eq!(decoded.jobs()[0].created_at, None);
    assert_eq!(kinds_and_paths(&decoded.quirks), ["unreadable CreateTime"]);
}
