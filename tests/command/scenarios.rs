//! The health scenarios through the command: verdict, codes, exit status.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::patch::merge;
use crate::run::{directory, run};

#[test]
fn every_scenario_has_its_verdict_in_the_command() {
    let scenarios: Value =
        serde_json::from_str(&fs::read_to_string("testdata/health-scenarios.json").unwrap()).unwrap();
    let cases = scenarios["cases"].as_array().unwrap();
    assert!(cases.len() >= 50, "{}", cases.len());
    let top = directory("scenarios");
    let mut failures = Vec::new();
    for case in cases {
        let folder = top.join(case["id"].as_str().unwrap());
        fs::create_dir(&folder).unwrap();
        let arguments = arguments(case, scenarios["seed_now"].as_i64().unwrap(), &folder);
        let outcome = run(&arguments).finish();
        let object = outcome.json();
        let actual = (&object["verdict"], &Value::from(codes(&object)), outcome.exit, &object["exit_code"]);
        let expected =
            (&case["verdict"], &case["codes"], case["exit"].as_i64().unwrap() as i32, &case["exit"]);
        if actual != expected {
            failures.push(format!("{}: {}\n  is  {actual:?}\n  not {expected:?}", case["id"], case["title"]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The command line of a case, with its bodies written to files.
fn arguments(case: &Value, seed_now: i64, folder: &Path) -> Vec<String> {
    let write = |name: &str, patch: &Value| {
        let path = folder.join(name);
        fs::write(&path, body(patch)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mut arguments = vec!["check".to_owned(), "--output=json".to_owned()];
    let now = case["now"].as_i64().unwrap_or(seed_now);
    arguments.push(format!("--now={now}"));
    for (name, option) in [("observed_at", "--observed-at"), ("since", "--since")] {
        if let Some(at) = case[name].as_i64() {
            arguments.push(format!("{option}={at}"));
        }
    }
    if let Some(previous) = case.get("prev") {
        arguments.push(format!("--previous={}", write("previous", &previous["patch"])));
        arguments.push(format!("--previous-at={}", previous["observed_at"]));
    }
    if let Some(reverse) = case.get("reverse") {
        arguments.push(format!("--reverse={}", write("reverse", reverse)));
    }
    if case["expected"] == "TwoWay" {
        arguments.push("--two-way".to_owned());
    }
    match case["fleet"].as_array() {
        Some(patches) => {
            arguments
                .extend(patches.iter().enumerate().map(|(index, patch)| write(&index.to_string(), patch)));
        }
        None => arguments.push(write("current", &case["patch"])),
    }
    arguments
}

/// The sorted codes of a job's findings, or of a fleet's causes.
fn codes(object: &Value) -> Vec<Value> {
    let list = object.get("findings").or(object.get("causes")).unwrap().as_array().unwrap();
    let mut codes: Vec<_> = list.iter().map(|entry| entry["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    codes.into_iter().map(Value::from).collect()
}

/// The documented sample, with a patch applied.
fn body(patch: &Value) -> String {
    if let Some(body) = patch.as_str() {
        return body.strip_prefix("REPLACE:").unwrap().to_owned();
    }
    let mut body: Value =
        serde_json::from_str(&fs::read_to_string("testdata/docs-en.json").unwrap()).unwrap();
    merge(&mut body, patch);
    body.to_string()
}
