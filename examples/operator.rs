//! Turns assessments into the status of a Kubernetes-like object: one condition for each part of the job.
//!
//!     cargo run --example operator -- target/operator.json 2021-01-14T09:22:30Z testdata/docs-en.json
//!
//! The assessment is stored and read back, so that the next round compares with it and keeps the times of conditions
//! that did not change.

use std::error::Error;
use std::fs;

use aliyun_dts_status::chrono::{DateTime, Utc};
use aliyun_dts_status::decode;
use aliyun_dts_status::health::{Assessment, Context, Phase, Policy, Severity, assess_outcome, compare};
use aliyun_dts_status::model::Outcome;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Status {
    assessment: Assessment,
    conditions: Vec<Condition>,
}

#[derive(Serialize, Deserialize)]
struct Condition {
    r#type: String,
    /// True if nothing is wrong, False if something is, Unknown if the answer has nothing to judge it by.
    status: String,
    reason: String,
    message: String,
    last_transition_time: String,
}

fn condition(assessment: &Assessment, phase: Phase, previous: Option<&Status>) -> Condition {
    let status = match assessment.worst(phase) {
        None => "Unknown",
        Some(severity) if severity < Severity::Warning => "True",
        Some(_) => "False",
    };
    let worst = assessment.findings().iter().find(|finding| finding.phase == phase);
    let known = previous
        .and_then(|status| status.conditions.iter().find(|condition| condition.r#type == phase.as_str()));
    let unchanged = known.filter(|known| known.status == status);
    let now = assessment.observed_at().to_rfc3339();
    Condition {
        r#type: phase.to_string(),
        status: status.to_owned(),
        reason: worst.map_or("AsExpected", |finding| finding.code.as_camel_case()).to_owned(),
        message: worst.map_or_else(String::new, ToString::to_string),
        last_transition_time: unchanged.map_or(now, |known| known.last_transition_time.clone()),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, now, body] = arguments.as_slice() else {
        return Err("usage: operator STATUS NOW BODY".into());
    };
    let now: DateTime<Utc> = now.parse()?;
    let policy = Policy::default();

    let previous: Option<Status> =
        fs::read_to_string(file).ok().map(|text| serde_json::from_str(&text)).transpose()?;
    let outcome = match decode(&fs::read(body)?) {
        Ok(decoded) => Outcome::from(decoded),
        Err(error) => Outcome::from(&error),
    };
    let mut assessment = assess_outcome(&outcome, &Context::at(now), &policy);
    if let Some(previous) = &previous {
        assessment = compare(&previous.assessment, assessment, &policy);
    }
    let conditions =
        Phase::ALL.iter().map(|phase| condition(&assessment, *phase, previous.as_ref())).collect();
    let status = Status { assessment, conditions };
    println!("{}", serde_json::to_string_pretty(&status.conditions)?);
    fs::write(file, serde_json::to_string(&status)?)?;
    Ok(())
}
