//! The JSON of an assessment.

use aliyun_dts_status::health::{Assessment, Context, Topology, fleet, two_way};
use aliyun_dts_status::model::{Direction, JobStatus, PayType};
use serde_json::{Value, json};

use crate::builders::{DAY, at, job, judge, judge_at, lagging, millis};

#[test]
fn an_assessment_is_the_documented_object() {
    let assessment = judge(&lagging("Synchronizing", 61, |job| {
        job.pay_type = Some(PayType::PrePaid);
        job.expire_time = Some(at(30 * DAY));
        job.performance = None;
    }));
    let expected = json!({
        "verdict": "Degraded", "reason": "LAG_HIGH", "exit_code": 1, "lag_seconds": 61, "data_age_seconds": 61,
        "findings": [{
            "code": "LAG_HIGH", "severity": "Warning", "phase": "Incremental", "direction": "Forward",
            "subject": null, "evidence": [{"path": "Delay", "value": "61"}], "upstream": [],
            "message": "The target lags the source by more than the warning threshold: Delay is 61 s.",
            "remedy": "Check whether the lag shrinks; if not, look for large transactions and load on the target.",
        }],
        "deadlines": [
            {"kind": "expires_at", "at": "2021-02-13T09:22:30Z", "exact": true},
            {"kind": "released_at", "at": "2021-02-20T09:22:30Z", "exact": true},
        ],
        "rps": null, "checkpoint": "2021-01-14T09:21:29Z", "observed_at": "2021-01-14T09:22:30Z",
        "job_id": "dtsexjk1alb116****", "job_name": "MySQL Synchronization", "direction": "Forward",
        "status": "Synchronizing",
    });
    let mut written = value(&assessment);
    let snapshot = written.as_object_mut().unwrap().remove("snapshot").unwrap();
    assert_eq!(written, expected);
    assert_eq!(
        (&snapshot["lag"]["length"], &snapshot["findings"][0]),
        (&json!([61, 0]), &json!({"floor": "Degraded"}))
    );
    let text = serde_json::to_string(&assessment).unwrap();
    assert!(
        text.starts_with(r#"{"verdict":"Degraded","reason":"LAG_HIGH","exit_code":1,"lag_seconds":61,"#),
        "{text}"
    );
}

#[test]
fn unknown_values_are_null() {
    let assessment = judge(&job(None, |job| {
        job.job_id = None;
        job.checkpoint = None;
    }));
    let value = value(&assessment);
    for name in ["lag_seconds", "data_age_seconds", "job_id", "status"] {
        assert_eq!(value.get(name), Some(&Value::Null), "{name}");
    }
    assert_eq!(value["findings"][0]["evidence"], json!([{"path": "Status", "value": null}]));
    assert_eq!(self::value(&judge(&lagging("Synchronizing", 0, |_| {})))["reason"], Value::Null);
}

#[test]
fn fractions_of_seconds_are_written() {
    // The sum of 1 s and 122 ms as floating-point numbers is 1.1219999999999999.
    let table =
        [(61_500, "61.5"), (900_123, "900.123"), (1_122, "1.122"), (856, "0.856"), (61_000, "61"), (0, "0")];
    for (lag, expected) in table {
        let assessment = judge(&lagging("Synchronizing", 0, |job| job.delay_millis = Some(millis(lag))));
        assert_eq!(value(&assessment)["lag_seconds"].to_string(), expected);
    }
}

#[test]
fn two_directions_have_the_values_of_forward_and_the_findings_of_both() {
    let forward = judge(&lagging("Synchronizing", 61, |_| {}));
    let reverse = lagging("Suspending", 5, |job| {
        job.task_id = Some("reverse".into());
        job.direction = Some(Direction::Reverse);
        std::mem::swap(&mut job.source, &mut job.destination);
    });
    let reverse = judge_at(&reverse, &Context::at(at(0)).direction(Direction::Reverse));
    let both = two_way(Some(forward), Some(reverse), Topology::TwoWay);
    let value = value(&both);
    assert_eq!(value["direction"], "TwoWay");
    assert_eq!(value["status"], JobStatus::Synchronizing.as_str());
    assert_eq!(value["lag_seconds"], 61);
    let found: Vec<_> = value["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (&finding["code"], &finding["direction"]))
        .collect();
    let expected = [
        ("LAG_HIGH", "Forward"),
        ("TWO_WAY_HALF_OPEN", "TwoWay"),
        ("IDLE_SOURCE_SUSPECTED", "Forward"),
        ("JOB_SUSPENDED", "Reverse"),
    ];
    let mut expected: Vec<_> = expected.map(|(code, direction)| (json!(code), json!(direction))).into();
    let mut found: Vec<_> =
        found.into_iter().map(|(code, direction)| (code.clone(), direction.clone())).collect();
    expected.sort_by_key(|(code, _)| code.to_string());
    found.sort_by_key(|(code, _)| code.to_string());
    assert_eq!(found, expected);
}

#[test]
fn a_fleet_has_counts_and_causes() {
    let jobs = [
        judge(&job("Synchronizing", |_| {})),
        judge(&job("Synchronizing", |_| {})),
        judge(&lagging("Synchronizing", 100, |job| job.performance = None)),
    ];
    let expected = json!({
        "verdict": "Degraded", "exit_code": 1, "counts": {"Healthy": 2, "Degraded": 1}, "more": 0,
        "causes": [{
            "job_id": "dtsexjk1alb116****", "direction": "Forward", "verdict": "Degraded", "severity": "Warning",
            "lag_seconds": 100, "code": "LAG_HIGH",
            "message": "The target lags the source by more than the warning threshold: Delay is 100 s.",
        }],
    });
    assert_eq!(serde_json::to_value(fleet(&jobs)).unwrap(), expected);
}

#[test]
fn the_largest_lag_is_a_number() {
    let assessment = judge(&job("Synchronizing", |job| job.delay = Some(chrono::TimeDelta::MAX)));
    assert!(value(&assessment)["lag_seconds"].is_number());
}

fn value(assessment: &Assessment) -> Value {
    serde_json::to_value(assessment).unwrap()
}
