//! What is printed can't control a terminal, hide text or change the direction of writing.

use std::fs;

use serde_json::{Value, json};

use crate::run::{RunOutput, directory, run};

/// Controls of C0 and C1, DEL, bidi controls, separators, zero-width and tag characters.
const HOSTILE: &str = "\u{1}\u{7}\u{8}\u{b}\u{1b}[31m\u{1b}[2J\u{1b}]0;x\u{7f}\u{80}\u{85}\u{9b}\u{9f}\u{61c}\u{200b}\u{200c}\
    \u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{feff}\u{e0001}\u{e0041}\u{e007f}";

const NOW: &str = "2021-01-14T09:22:30Z";

fn is_unsafe(letter: char) -> bool {
    matches!(letter,
        '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn assert_safe(what: &str, output: &RunOutput) {
    for text in [&output.stdout, &output.stderr] {
        if let Some(letter) = text.chars().find(|letter| is_unsafe(*letter)) {
            panic!("{what}: {letter:?} in {text}");
        }
    }
}

/// The pointers of all texts in a value.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| texts(item, &format!("{at}/{index}"), found));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, item)| texts(item, &format!("{at}/{name}"), found));
        }
        _ => {}
    }
}

/// Runs every command with every output.
fn every_output(what: &str, body: &Value, record: &Value) {
    let folder = directory("safe-outputs").join(what.replace('/', "_"));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("body.json").to_str().unwrap().to_owned();
    let archive = folder.join("archive.ndjson").to_str().unwrap().to_owned();
    fs::write(&file, body.to_string()).unwrap();
    fs::write(&archive, format!("{record}\n{record}\n")).unwrap();
    let check = ["check", "--now", NOW, "--output"];
    for format in ["text", "json", "nagios", "openmetrics", "prometheus", "health-json"] {
        assert_safe(what, &run(check.iter().chain(&[format, "-v", &file])).finish());
        assert_safe(what, &run(check.iter().chain(&[format, "--all", &file, &file])).finish());
    }
    for format in ["text", "json"] {
        assert_safe(what, &run(["decode", "--output", format, &file]).finish());
        assert_safe(what, &run(["check", "--archive", "--output", format, &archive]).finish());
        assert_safe(what, &run(["timeline", "--output", format, &archive]).finish());
    }
    for format in ["json", "xml"] {
        let encoded = run(["encode", "--to", format, &file]).finish();
        assert_safe(what, &encoded);
        // The values are still there.
        let again = run(["decode", "--output", "json"]).input(encoded.stdout).finish();
        assert_eq!(again.exit, 0, "{what}: {again:?}");
    }
    let svg = folder.join("lag.svg");
    let _ = run(["timeline", &archive, "--svg", svg.to_str().unwrap()]).finish();
    if let Ok(picture) = fs::read_to_string(svg) {
        assert!(!picture.contains(is_unsafe), "{what}: {picture}");
    }
}

#[test]
fn every_field_is_safe_in_every_output() {
    let sample = fs::read_to_string("testdata/samples/every-field.json").unwrap();
    let sample: Value = serde_json::from_str(&sample).unwrap();
    let mut pointers = Vec::new();
    texts(&sample, "", &mut pointers);
    assert!(pointers.len() > 40, "{pointers:?}");
    let record = |body: &Value| json!({"observed_at": NOW, "body": body, "job_id": "dtsa"});
    let mut all = sample.clone();
    for pointer in &pointers {
        let mut one = sample.clone();
        for body in [&mut one, &mut all] {
            let Some(Value::String(text)) = body.pointer_mut(pointer) else { panic!("{pointer}") };
            text.push_str(HOSTILE);
        }
        every_output(pointer, &one, &record(&one));
    }
    all[HOSTILE] = "unknown field".into();
    let record =
        json!({"observed_at": NOW, "body": all, "job_id": HOSTILE, "direction": HOSTILE, HOSTILE: 1});
    every_output("all", &all, &record);
    every_output("fault", &json!({"Code": HOSTILE, "Message": HOSTILE, "RequestId": HOSTILE}), &record);
    every_output("failed", &json!({"Success": "false", "ErrCode": HOSTILE, "ErrMessage": HOSTILE}), &record);
}

#[test]
fn broken_bodies_are_safe_in_every_output() {
    let folder = directory("safe-broken");
    let file = folder.join("broken").to_str().unwrap().to_owned();
    for body in [HOSTILE.to_owned(), format!("<html>{HOSTILE}"), format!("{{\"Status\": {HOSTILE}}}")] {
        fs::write(&file, &body).unwrap();
        for arguments in [&["check"][..], &["check", "-o", "json"], &["check", "-o", "nagios"], &["decode"]] {
            assert_safe(&body, &run(arguments.iter().chain(&[&*file])).finish());
            assert_safe(&body, &run(arguments.iter().chain(&[&*file, &*file])).finish());
        }
        assert_safe(&body, &run(["check", "--archive", &file]).finish());
        assert_safe(&body, &run(["timeline", &file]).finish());
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_are_safe_in_every_output() {
    let name = HOSTILE.replace('/', "");
    let folder = directory("safe-names");
    let file = folder.join(&name).to_str().unwrap().to_owned();
    fs::write(&file, fs::read("testdata/docs-en.json").unwrap()).unwrap();
    for format in ["text", "json", "nagios", "openmetrics", "prometheus", "health-json"] {
        let outcome =
            run(["check", "--all", "--output", format, &file, &file, "no/such/\u{9b}file"]).finish();
        assert!(outcome.exit > 1, "{outcome:?}");
        assert_safe(format, &outcome);
    }
    assert_safe("decode", &run(["decode", "--strict", &file, &file]).finish());
    assert_safe("archive", &run(["check", "--archive", &file, &file]).finish());
    assert_safe("timeline", &run(["timeline", &file, &file]).finish());
    let json = run(["decode", "--output", "json", &file, &file]).finish();
    let first: Value = serde_json::from_str(json.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(first["file"], file.as_str());
}

#[test]
fn arguments_are_safe_in_errors() {
    let hostile = format!("{HOSTILE}\nline");
    for arguments in [
        &["explain", &hostile][..],
        &["explain", "-o", &hostile],
        &["check", &hostile],
        &["check", "--lag-warn", &hostile],
        &["check", "--output", &hostile],
        &["check", &format!("--{hostile}")],
        &["check", "--policy", &hostile],
        &[&hostile],
        &["decode", "--format", &hostile],
        &["timeline", "--gap", &hostile],
    ] {
        let outcome = run(arguments).finish();
        assert!(outcome.exit > 0, "{outcome:?}");
        assert_safe("argument", &outcome);
        // A line of an argument is no line of the message.
        assert!(!outcome.stderr.lines().any(|line| line.starts_with("line")), "{}", outcome.stderr);
    }
    // Known text among hostile characters is explained, and they are escaped.
    let outcome = run(["explain", &format!("{HOSTILE} DTS-070211 {HOSTILE}")]).finish();
    assert_eq!(outcome.exit, 0);
    assert_safe("explain", &outcome);
}
