//! The scenarios: a body with a change, and its verdict.

use aliyun_dts_status::decode;
use aliyun_dts_status::health::{
    Assessment, Context, FleetAssessment, Policy, Topology, assess_outcome, compare, fleet, two_way,
};
use aliyun_dts_status::model::Direction;
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::patch::merge;

/// Each case is a merge patch of the documented sample, with verdict, codes and exit status.
const SCENARIOS: &str = include_str!("../../testdata/health-scenarios.json");
const BASE: &str = include_str!("../../testdata/docs-en.json");

#[test]
fn every_scenario_gets_its_verdict() {
    let scenarios: Value = serde_json::from_str(SCENARIOS).unwrap();
    let seed_now = scenarios["seed_now"].as_i64().unwrap();
    let cases = scenarios["cases"].as_array().unwrap();
    assert!(cases.len() >= 73, "{}", cases.len());
    let mut failures = Vec::new();
    for case in cases {
        let actual = run(case, seed_now);
        let codes: Vec<_> =
            case["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        let expected = Judged {
            verdict: case["verdict"].as_str().unwrap().to_owned(),
            codes: codes.into_iter().map(str::to_owned).collect(),
            exit: case["exit"].as_u64().unwrap(),
        };
        if actual != expected {
            failures.push(format!(
                "{}: {}\n  is     {actual:?}\n  not    {expected:?}",
                case["id"], case["title"]
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[derive(Debug, PartialEq)]
struct Judged {
    verdict: String,
    codes: Vec<String>,
    exit: u64,
}

impl Judged {
    fn of_job(assessment: &Assessment) -> Self {
        let mut codes: Vec<_> =
            assessment.findings().iter().map(|finding| finding.code.to_string()).collect();
        codes.sort();
        Judged { verdict: assessment.verdict().to_string(), codes, exit: u64::from(assessment.exit_code()) }
    }

    fn of_fleet(fleet: &FleetAssessment) -> Self {
        let mut codes: Vec<_> =
            fleet.causes().iter().filter_map(|cause| cause.code).map(|code| code.to_string()).collect();
        codes.sort();
        Judged { verdict: fleet.verdict().to_string(), codes, exit: u64::from(fleet.exit_code()) }
    }
}

fn run(case: &Value, seed_now: i64) -> Judged {
    let policy = Policy::default();
    let now = case["now"].as_i64().unwrap_or(seed_now);
    let observed_at = case["observed_at"].as_i64().unwrap_or(now);
    let context =
        Context::at(time(now)).observed_at(time(observed_at)).since(case["since"].as_i64().map(time));

    if let Some(patches) = case["fleet"].as_array() {
        let jobs: Vec<_> = patches.iter().map(|patch| judge(patch, &context, &policy)).collect();
        return Judged::of_fleet(&fleet(&jobs));
    }
    let mut current = judge(&case["patch"], &context, &policy);
    if let Some(previous) = case.get("prev") {
        let observed_at = time(previous["observed_at"].as_i64().unwrap());
        let earlier = judge(&previous["patch"], &Context::at(observed_at), &policy);
        current = compare(&earlier, current, &policy);
    }
    let reverse = case.get("reverse");
    let expected = match case["expected"].as_str() {
        Some("TwoWay") => Topology::TwoWay,
        _ => Topology::OneWay,
    };
    let reverse = reverse.map(|patch| judge(patch, &context.clone().direction(Direction::Reverse), &policy));
    Judged::of_job(&two_way(Some(current), reverse, expected))
}

fn judge(patch: &Value, context: &Context, policy: &Policy) -> Assessment {
    let body = match patch.as_str().map(|text| text.strip_prefix("REPLACE:").unwrap()) {
        Some(body) => body.to_owned(),
        None => {
            let mut body: Value = serde_json::from_str(BASE).unwrap();
            merge(&mut body, patch);
            body.to_string()
        }
    };
    let decoded = decode(body.as_bytes()).unwrap();
    assess_outcome(&aliyun_dts_status::model::Outcome::from(&decoded), context, policy)
}

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}
