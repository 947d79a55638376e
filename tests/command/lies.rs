//! Inputs that plainly say "broken", or that cannot be what they seem: none of them is healthy.

#[cfg(unix)]
use std::fs;

use serde_json::{Value, json};

use crate::run::run;
#[cfg(unix)]
use crate::run::{directory, unwrapped};

const NOW: &str = "1610616150";
const IDS: &str = r#""Success":true,"SynchronizationJobId":"dtsabc1def23456","TaskId":"abc1def23456""#;

fn body(more: &str) -> String {
    format!("{{{IDS},{more}}}")
}

const GOOD: &str = r#""Status":"Synchronizing","Delay":0"#;

#[test]
fn a_good_body_is_healthy() {
    let outcome = run(["check", "--now", NOW]).input(body(GOOD)).finish();
    assert_eq!(outcome.exit, 0, "{outcome:?}");
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn no_body_that_contradicts_itself_is_healthy() {
    let good = body(GOOD);
    let failed = body(r#""Status":"Failed""#);
    for (what, input) in [
        ("the dump of a failed call", format!(r#"{{"headers":{{}},"statusCode":503,"body":{good}}}"#)),
        (
            "a second envelope",
            format!(
                r#"{{"DescribeSynchronizationJobStatusResponse":{good},"DescribeSynchronizationJobStatusResponse":{failed}}}"#
            ),
        ),
        ("a second body", format!(r#"{{"statusCode":200,"body":{good},"body":{failed}}}"#)),
        (
            "a dump next to an envelope",
            format!(
                r#"{{"headers":{{}},"body":{good},"DescribeSynchronizationJobStatusResponse":{failed}}}"#
            ),
        ),
        ("a dump next to a Status", format!(r#"{{"body":{good},"Status":"Failed"}}"#)),
        ("a dump next to a Success", format!(r#"{{"Success":false,"body":{good}}}"#)),
        ("a dump next to an HttpStatusCode", format!(r#"{{"body":{good},"HttpStatusCode":500}}"#)),
        (
            "an error around job fields",
            "<Error><SynchronizationJobId>dtsa</SynchronizationJobId><Success>true</Success>\
             <Status>Synchronizing</Status><Delay>0</Delay></Error>"
                .to_owned(),
        ),
        ("HttpStatusCode 500", body(&format!(r#"{GOOD},"HttpStatusCode":500"#))),
        ("Code next to job fields", body(&format!(r#"{GOOD},"Code":"Forbidden""#))),
        ("a second Status", body(&format!(r#"{GOOD},"Status":"Failed""#))),
        ("a second Success", body(&format!(r#"{GOOD},"Success":false"#))),
        ("Success failed", body(GOOD).replace("true", "\"failed\"")),
        (
            "a second stage",
            body(&format!(
                r#"{GOOD},"DataSynchronizationStatus":{{"Status":"Migrating"}},"DataSynchronizationStatus":{{"Status":"Failed"}}"#
            )),
        ),
        ("a stage as text", body(&format!(r#"{GOOD},"DataSynchronizationStatus":"Failed""#))),
        (
            "an unknown stage status",
            body(&format!(r#"{GOOD},"DataSynchronizationStatus":{{"Status":"Failed."}}"#)),
        ),
        ("an unreadable Delay", body(r#""Status":"Synchronizing","Delay":"2 h","DelayMillis":0"#)),
        ("a record of long ago", format!(r#"{{"observed_at":"2017-01-14T09:22:30Z","body":{good}}}"#)),
        ("a record of a failed call", format!(r#"{{"observed_at":{NOW},"http_status":503,"body":{good}}}"#)),
        ("a record of another job", format!(r#"{{"observed_at":{NOW},"job_id":"dtsother","body":{good}}}"#)),
        ("a record with two bodies", format!(r#"{{"observed_at":{NOW},"body":{failed},"body":{good}}}"#)),
        (
            "a record with a body and an envelope",
            format!(
                r#"{{"observed_at":{NOW},"body":{good},"DescribeSynchronizationJobStatusResponse":{failed}}}"#
            ),
        ),
        (
            "a record with an HttpStatusCode",
            format!(r#"{{"observed_at":{NOW},"HttpStatusCode":500,"body":{good}}}"#),
        ),
        (
            "the envelope of a refused call",
            format!(r#"{{"http_status":503,"DescribeSynchronizationJobStatusResponse":{good}}}"#),
        ),
        ("a record that is not JSON", format!(r#"{{"observed_at":{NOW},"note":[}},"body":{good}}}"#)),
        ("a record without a zone", format!(r#"{{"observed_at":"2021-01-14 09:22:30","body":{good}}}"#)),
    ] {
        for format in ["text", "json", "nagios", "openmetrics", "prometheus", "health-json"] {
            let outcome = run(["check", "--now", NOW, "--output", format]).input(input.clone()).finish();
            assert!((1..=3).contains(&outcome.exit), "{what}: {input}\n{outcome:?}");
            if format == "json" {
                assert_ne!(outcome.json()["verdict"], "Healthy", "{what}: {input}");
            }
        }
    }
}

/// A line of an archive, whose last poll decides: its record may say more.
fn line(minute: i64, more: &str, body: &str) -> String {
    format!("{{\"observed_at\":{}{more},\"body\":{body}}}\n", 1_610_616_000 + minute * 60)
}

/// The objects of the lines of an archive, without the summary; the run exits with a failure.
fn lines(what: &str, input: impl Into<Vec<u8>>) -> Vec<Value> {
    let outcome = run(["check", "--ndjson", "--output", "json"]).input(input).finish();
    assert!((1..=3).contains(&outcome.exit), "{what}: {outcome:?}");
    let mut objects: Vec<Value> =
        outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    objects.pop();
    objects
}

#[test]
fn no_line_of_an_archive_that_lies_is_healthy() {
    let good = body(GOOD);
    let failed = body(r#""Status":"Failed""#);
    let old = body(r#""Status":"Synchronizing","Checkpoint":"1610616144""#);
    let first = line(0, "", &good);
    for (what, lie, reason) in [
        ("of job A with the answer of B", line(1, r#","job_id":"dtsother""#, &good), "JOB_MISMATCH"),
        (
            "of the other direction",
            line(
                1,
                r#","direction":"Reverse""#,
                &body(&format!(r#"{GOOD},"SynchronizationDirection":"Forward""#)),
            ),
            "DIRECTION_MISMATCH",
        ),
        ("of another operation", line(1, r#","operation":"DescribeDtsJobs""#, &good), "BODY_UNDECODABLE"),
        ("with two bodies", line(1, &format!(r#","body":{failed}"#), &good), "BODY_UNDECODABLE"),
        ("that is not JSON", line(1, r#","note":[}"#, &good), "BODY_UNDECODABLE"),
        ("of a refused call", line(1, r#","http_status":403"#, &good), "API_CALL_FAILED"),
        // Only with the time of the record, however its key is spelled, is the checkpoint old.
        (
            "with an escaped key",
            line(30, "", &old).replace("observed_at", r"observed\u005fat"),
            "LAG_CRITICAL",
        ),
        ("with observedAt", line(30, "", &old).replace("observed_at", "observedAt"), "LAG_CRITICAL"),
        ("with milliseconds", format!("{{\"observed_at\":1610617800000,\"body\":{old}}}\n"), "LAG_CRITICAL"),
    ] {
        // A lag counts once it has lasted.
        let again: String = (1..=3)
            .map(|again| lie.replace("1610617800", &(1_610_617_800 + again * 60).to_string()))
            .collect();
        let input = if reason == "LAG_CRITICAL" { first.clone() + &again } else { first.clone() + &lie };
        let objects = lines(what, input);
        let last = objects.last().unwrap();
        assert_ne!(last["verdict"], "Healthy", "a record {what}: {last}");
        assert_eq!(last["reason"], reason, "a record {what}: {last}");
    }
}

#[test]
fn a_line_in_utf_16_is_read_as_the_record_that_it_is() {
    let lagging = body(r#""Status":"Synchronizing","Delay":3600"#);
    let text: String = (0..4).map(|minute| line(minute, "", &lagging)).collect();
    let units: Vec<u16> = std::iter::once(0xfeff).chain(text.encode_utf16()).collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for (what, archive) in [
        ("little endian", little.clone()),
        ("big endian", big.clone()),
        ("after a mark", format!("\u{feff}{text}").into_bytes()),
    ] {
        let objects = lines(what, archive);
        assert_eq!(objects.len(), 4, "{what}");
        assert_eq!(objects[3]["observed_at"], "2021-01-14T09:23:00Z", "{what}");
        assert_eq!(objects[3]["reason"], "LAG_CRITICAL", "{what}");
    }
    // Single lines that were appended to others.
    let one = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let text = line(9, "", &lagging);
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(order).collect()
    };
    for (what, appended) in [("little endian", one(u16::to_le_bytes)), ("big endian", one(u16::to_be_bytes))]
    {
        let after = line(10, "", &lagging);
        let objects = lines(what, [text.as_bytes(), &appended, after.as_bytes()].concat());
        assert_eq!(objects.len(), 6, "{what}");
        assert_eq!(objects[4]["observed_at"], "2021-01-14T09:29:00Z", "{what}");
        assert_eq!(objects[5]["observed_at"], "2021-01-14T09:30:00Z", "{what}");
    }
}

#[test]
fn a_poll_of_the_far_future_does_not_silence_those_after_it() {
    let good = body(GOOD);
    let failed = body(r#""Status":"Failed""#);
    // Microseconds, read as milliseconds.
    let far = format!("{{\"observed_at\":1610616060000000,\"body\":{good}}}\n");
    let input = line(0, "", &good) + &far + &line(2, "", &failed);
    let objects = lines("the year 53008", input.clone());
    assert_eq!(
        (&objects[1]["verdict"], &objects[1]["reason"]),
        (&json!("Unknown"), &json!("OBSERVATION_IN_FUTURE"))
    );
    assert_eq!(objects[2]["reason"], "JOB_FAILED");
    assert!(!objects[2]["findings"].to_string().contains("SNAPSHOT_ORDER"), "{}", objects[2]);
    let outcome = run(["check", "--ndjson"]).input(input.clone()).finish();
    assert!(outcome.stderr.contains("line 2: dated after the clock of this computer"), "{}", outcome.stderr);
    let history = run(["timeline", "--output", "json"]).input(input).finish().json();
    assert_eq!((&history["polls"], &history["jobs"][0]["to"]), (&json!(2), &json!("2021-01-14T09:22:00Z")));
    assert_eq!(history["skipped"]["in_future"]["lines"], 1);
}

#[cfg(unix)]
#[test]
fn a_file_that_can_not_be_read_is_an_unknown_job() {
    let top = directory("unreadable");
    fs::write(top.join("good.json"), body(GOOD)).unwrap();
    std::os::unix::fs::symlink("nowhere", top.join("gone.json")).unwrap();
    let folder = top.to_str().unwrap();
    let gone = top.join("gone.json").to_str().unwrap().to_owned();

    let outcome = run(["check", "--now", NOW, "--output", "json", folder]).finish();
    let object = outcome.json();
    assert_eq!((outcome.exit, &object["counts"]), (3, &json!({"Healthy": 1, "Unknown": 1})));
    let job = &object["jobs"][0];
    assert_eq!((&job["file"], &job["verdict"]), (&json!(gone), &json!("Unknown")));
    assert_eq!((&job["error"]["kind"], &job["reason"]), (&json!("unreadable"), &json!("NO_ANSWER")));
    assert!(outcome.stderr.contains(&format!("{gone}: No such file")), "{}", outcome.stderr);
    for (format, seen) in [
        ("text", "/gone.json: No such file"),
        ("nagios", "DTS UNKNOWN - 1 Unknown, 1 Healthy; "),
        ("openmetrics", "gone.json\",direction=\"Forward\",dts_sync_verdict=\"Unknown\"} 1"),
        ("health-json", "\"jobs:Unknown\""),
    ] {
        let outcome = run(["check", "--now", NOW, "--output", format, folder]).finish();
        assert_eq!(outcome.exit, 3, "{format}");
        assert!(unwrapped(&outcome.stdout).contains(seen), "{format}: {}", outcome.stdout);
    }
    // Named next to others, in an archive, and by the other commands.
    let good = top.join("good.json").to_str().unwrap().to_owned();
    assert_eq!(run(["check", "--now", NOW, &good, &gone]).finish().exit, 3);
    fs::write(&good, line(0, "", &body(GOOD))).unwrap();
    let outcome = run(["check", "--ndjson", "--output", "json", folder]).finish();
    assert_eq!(outcome.exit, 3);
    assert!(outcome.stdout.contains("\"unreadable\""), "{}", outcome.stdout);
    let outcome = run(["timeline", "--output", "json", folder]).finish();
    assert_eq!((outcome.exit, &outcome.json()["polls"]), (66, &json!(1)));
    let outcome = run(["decode", "--output", "json", folder]).finish();
    assert_eq!(outcome.exit, 66);
    assert!(outcome.stdout.contains("\"unreadable\""), "{}", outcome.stdout);

    // The only input: there is nothing to judge.
    fs::remove_file(&good).unwrap();
    for command in [&["check"][..], &["check", "--ndjson"], &["decode"], &["timeline"]] {
        for input in [folder, &gone] {
            let outcome = run(command.iter().chain(&[input])).finish();
            assert_eq!((outcome.exit, outcome.stdout.as_str()), (66, ""), "{command:?} {input}");
        }
    }
}
