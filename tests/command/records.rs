//! Records around bodies, for every command that reads them.

use std::fs;
use std::io::Write;

use serde_json::{Value, json};

use crate::run::{RunOutput, directory, run};

const GOOD: &str = r#"{"SynchronizationJobId":"dtsb","Status":"Synchronizing","Delay":0}"#;
const FAULT: &str = r#"{"Code":"Throttling.User","Message":"slow down","RequestId":"x"}"#;
const NOW: &str = "1610616150";

fn record(members: &str, body: &str) -> String {
    format!("{{\"observed_at\":{NOW}{members},\"body\":{body}}}")
}

fn check(arguments: &[&str], input: &str) -> RunOutput {
    run(["check", "--now", NOW].iter().chain(arguments)).input(input).finish()
}

fn verdict(arguments: &[&str], input: &str) -> (i32, Value, Value, Value) {
    let outcome = check(&[&["--output", "json"], arguments].concat(), input);
    let object = outcome.json();
    (outcome.exit, object["reason"].clone(), object["job_id"].clone(), object["direction"].clone())
}

#[test]
fn check_judges_a_file_with_what_its_record_says() {
    let (a, b) = (json!("dtsa"), json!("dtsb"));
    let (forward, reverse) = (json!("Forward"), json!("Reverse"));
    let null = Value::Null;
    for (members, body, exit, reason, job, direction) in [
        ("", GOOD, 0, null.clone(), &b, &forward),
        (r#","job_id":"dtsb""#, GOOD, 0, null.clone(), &b, &forward),
        (r#","job_id":"dtsa""#, GOOD, 3, json!("JOB_MISMATCH"), &a, &forward),
        (r#","jobId":"dtsa""#, FAULT, 3, json!("API_CALL_FAILED"), &a, &forward),
        (r#","job_id":"dtsa","direction":"reverse""#, FAULT, 3, json!("API_CALL_FAILED"), &a, &reverse),
        (r#","job_id":"dtsa""#, "\"<html>\"", 3, json!("BODY_UNDECODABLE"), &a, &forward),
        (r#","direction":"Reverse""#, GOOD, 0, null.clone(), &b, &reverse),
        (r#","http_status":503"#, GOOD, 3, json!("API_CALL_FAILED"), &b, &forward),
        (r#","statusCode":"503","headers":{}"#, GOOD, 3, json!("API_CALL_FAILED"), &b, &forward),
        (r#","http_status":200"#, GOOD, 0, null.clone(), &b, &forward),
    ] {
        let input = record(members, body);
        assert_eq!(verdict(&[], &input), (exit, reason, job.clone(), direction.clone()), "{input}");
    }
    // The time of the record counts, not the time of judgement.
    let old = record("", GOOD).replace(NOW, "1484385750");
    assert_eq!(verdict(&[], &old).1, "OBSERVATION_STALE");
    assert_eq!(verdict(&["--observed-at", NOW], &old).1, Value::Null);
    // A file over several lines may be a record, and so may each of several files.
    assert_eq!(verdict(&[], &record("", GOOD).replace(',', ",\n  ")).0, 0);
    let folder = directory("records-of-a-fleet");
    fs::write(folder.join("1"), record(r#","job_id":"dtsa""#, GOOD)).unwrap();
    fs::write(folder.join("2"), record(r#","job_id":"dtsc""#, FAULT)).unwrap();
    let fleet = check(&["--output", "json", folder.to_str().unwrap()], "").json();
    let jobs: Vec<_> =
        fleet["jobs"].as_array().unwrap().iter().map(|job| (&job["job_id"], &job["reason"])).collect();
    assert_eq!(jobs, [(&json!("dtsa"), &json!("JOB_MISMATCH")), (&json!("dtsc"), &json!("API_CALL_FAILED"))]);
}

#[test]
fn options_name_the_call_and_win_over_the_record() {
    assert_eq!(verdict(&["--job", "dtsb"], GOOD).1, Value::Null);
    assert_eq!(verdict(&["--job", "dtsa"], GOOD).1, "JOB_MISMATCH");
    assert_eq!(verdict(&["--job", "dtsa"], FAULT).2, "dtsa");
    assert_eq!(verdict(&["--job", "dtsa"], "<html>").2, "dtsa");
    assert_eq!(verdict(&["--job", "dtsa"], &record(r#","job_id":"dtsb""#, GOOD)).1, "JOB_MISMATCH");
    assert_eq!(verdict(&["--http-status", "503"], GOOD).1, "API_CALL_FAILED");
    assert_eq!(verdict(&["--http-status", "200"], GOOD).1, Value::Null);
    assert_eq!(verdict(&["--direction", "forward"], &record(r#","direction":"Reverse""#, GOOD)).3, "Forward");
    for arguments in [
        &["--http-status", "99"][..],
        &["--http-status", "OK"],
        &["--job", ""],
        &["--job", "a", "testdata/docs-en.json", "testdata/docs-en.xml"],
        &["--http-status", "200", "testdata/docs-en.json", "testdata/docs-en.xml"],
        &["--ndjson", "--http-status", "200"],
    ] {
        let outcome = run(["check"].iter().chain(arguments)).finish();
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (64, ""), "{arguments:?}");
    }
    // Of an archive: the job of polls whose record names none.
    let archive = format!("{}\n{}\n", record("", FAULT), record(r#","job_id":"dtsc""#, FAULT));
    let outcome = run(["check", "--archive", "--job", "dtsa"]).input(archive).finish();
    assert!(outcome.stdout.contains("  dtsa/Forward  UNKNOWN"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("  dtsc/Forward  UNKNOWN"), "{}", outcome.stdout);
}

#[test]
fn an_earlier_record_needs_no_time_of_its_own() {
    let folder = directory("records-previous");
    let previous = folder.join("previous.json");
    let failed = r#"{"SynchronizationJobId":"dtsb","Status":"Failed"}"#;
    fs::write(&previous, format!("{{\"observed_at\":\"2021-01-14T09:17:30Z\",\"body\":{failed}}}")).unwrap();
    let previous = previous.to_str().unwrap();
    let object = check(&["--output", "json", "--previous", previous], GOOD).json();
    assert_eq!(object["findings"][0]["code"], "RECOVERED");
    fs::write(previous, failed).unwrap();
    let outcome = check(&["--previous", previous], GOOD);
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (64, ""));
    assert!(outcome.stderr.contains("--previous-at"), "{}", outcome.stderr);
}

#[test]
fn a_two_way_job_may_be_two_records() {
    let reverse = directory("records-two-way").join("reverse.json");
    fs::write(&reverse, record(r#","job_id":"dtsa","direction":"Reverse""#, GOOD)).unwrap();
    let reverse = reverse.to_str().unwrap();
    let input = record(r#","job_id":"dtsb""#, GOOD);
    let object = check(&["--output", "json", "--reverse", reverse], &input).json();
    assert_eq!((&object["direction"], &object["reason"]), (&json!("TwoWay"), &json!("JOB_MISMATCH")));
    assert_eq!(object["findings"][0]["direction"], "Reverse");
}

#[test]
fn a_failed_call_keeps_the_name_of_its_job_in_every_output() {
    for body in [FAULT, "\"<html>\"", "{}"] {
        let input = record(r#","job_id":"dtsa""#, body);
        for format in ["text", "json", "nagios", "openmetrics", "prometheus", "health-json"] {
            let outcome = check(&["--output", format], &input);
            assert_eq!(outcome.exit, 3, "{format}");
            assert!(outcome.stdout.contains("dtsa"), "{format} {body}: {}", outcome.stdout);
            assert!(!outcome.stdout.contains("unknown\""), "{format} {body}: {}", outcome.stdout);
        }
        let text = run(["check", "--ndjson"]).input(input.clone()).finish().stdout;
        assert!(text.contains("  dtsa/Forward  UNKNOWN  "), "{text}");
        let history = run(["timeline", "--output", "json"]).input(input).finish().json();
        assert_eq!((&history["jobs"][0]["job_id"], &history["polls"]), (&json!("dtsa"), &json!(1)));
    }
    // Without any name a job of a fleet has that of its file, from one run to the next.
    let folder = directory("unnamed");
    let metrics = |names: &[&str]| {
        names.iter().for_each(|name| fs::write(folder.join(name), FAULT).unwrap());
        check(&["--output", "openmetrics", folder.to_str().unwrap()], "").stdout
    };
    let name = |name: &str| format!("dts_sync_lag_known{{job_id=\"{}\",", folder.join(name).display());
    let before = metrics(&["b"]);
    assert!(before.contains(&name("b")), "{before}");
    let after = metrics(&["a"]);
    assert!(after.contains(&name("a")) && after.contains(&name("b")) && !after.contains("#2"), "{after}");
}

#[test]
fn what_decoding_lost_is_in_every_output() {
    let body = r#"{"SynchronizationJobId":"dtsb","Status":"Synchronizing","Delay":0,"DelayMillis":"soon"}"#;
    let object = check(&["--output", "json"], body).json();
    assert_eq!(object["lost"], json!([{"path": "DelayMillis", "kept": null, "lost": "soon"}]));
    assert_eq!(check(&["--output", "json"], GOOD).json().get("lost"), None);
    for (format, seen) in [
        ("text", ": DelayMillis: \"soon\"\n"),
        ("nagios", ": DECIDING_VALUE_LOST: "),
        ("openmetrics", "code=\"DECIDING_VALUE_LOST\""),
        ("health-json", "\"finding:DECIDING_VALUE_LOST\""),
    ] {
        let outcome = check(&["--output", format], body);
        assert_eq!(outcome.exit, 3, "{format}");
        assert!(outcome.stdout.contains(seen), "{format}: {}", outcome.stdout);
    }
    let archive = format!("{}\n", record("", body));
    let outcome = run(["check", "--ndjson", "--output", "json"]).input(archive.clone()).finish();
    let line: Value = serde_json::from_str(outcome.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(line["lost"][0]["lost"], "soon");
    let text = run(["check", "--ndjson"]).input(archive).finish().stdout;
    assert!(text.contains("DECIDING_VALUE_LOST: ") && text.contains("  (1 value lost)\n"), "{text}");
}

#[test]
fn a_packed_file_is_read_by_every_command() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(record("", GOOD).as_bytes()).unwrap();
    let gzip = [encoder.finish().unwrap(), vec![0; 512]].concat();
    let zstd =
        ruzstd::encoding::compress_to_vec(GOOD.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    for packed in [&gzip, &zstd] {
        for command in
            [&["check", "--now", NOW][..], &["check", "--ndjson"], &["decode"], &["encode", "--to", "xml"]]
        {
            let outcome = run(command).input(packed.clone()).finish();
            assert_eq!(outcome.exit, 0, "{command:?}: {outcome:?}");
        }
    }
    let outcome = run(["check"]).input(&gzip[..40]).finish();
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (66, ""), "{outcome:?}");
}

#[test]
fn decode_shows_the_record() {
    let input = record(r#","job_id":"dtsa","direction":"Reverse","http_status":200"#, GOOD);
    let outcome = run(["decode", "--output", "json"]).input(input.clone()).finish();
    let expected = json!({
        "observed_at": "2021-01-14T09:22:30Z", "job_id": "dtsa", "direction": "Reverse", "http_status": 200
    });
    let object = outcome.json();
    assert_eq!((outcome.exit, &object["record"]), (0, &expected));
    assert_eq!((&object["job"]["job_id"], &object["quirks"]), (&json!("dtsb"), &json!([])));
    let text = run(["decode"]).input(input).finish().stdout;
    assert!(text.contains("\nRecorded     2021-01-14T09:22:30Z  job dtsa  Reverse  HTTP 200\n"), "{text}");
    assert_eq!(run(["decode", "--output", "json"]).input(GOOD).finish().json().get("record"), None);

    let outcome = run(["decode", "--output", "json"]).input(record(",\"body\":{}", GOOD)).finish();
    assert_eq!((outcome.exit, &outcome.json()["error"]["kind"]), (65, &json!("syntax")));
    assert_eq!(outcome.json()["error"]["message"], "the record has body twice");
}

#[test]
fn a_broken_record_is_an_unknown_poll_with_its_line() {
    let lines = [
        record("", GOOD),
        record(r#","body":{}"#, GOOD),
        record(r#","note":[}"#, GOOD),
        r#"{"observed_at":"2021-01-14 09:22:30","body":{}}"#.to_owned(),
        r#"{"observed_at":1610616155,"job_id":"dtsb","body":{"Status":"Synchr"#.to_owned(),
    ];
    let outcome = run(["check", "--ndjson", "--output", "json"]).input(lines.join("\n")).finish();
    let objects: Vec<Value> =
        outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (index, object) in objects[1..5].iter().enumerate() {
        assert_eq!(object["line"], index + 2);
        assert_eq!((&object["verdict"], &object["reason"]), (&json!("Unknown"), &json!("BODY_UNDECODABLE")));
        assert_eq!(object["error"]["kind"], "syntax");
        assert!(outcome.stderr.contains(&format!("dts-status: line {}: ", index + 2)), "{}", outcome.stderr);
    }
    // The time and the job are known where the record breaks off after them.
    assert_eq!(
        (&objects[4]["observed_at"], &objects[4]["job_id"]),
        (&json!("2021-01-14T09:22:35Z"), &json!("dtsb"))
    );
    let summary = &objects[5]["summary"];
    assert_eq!(
        (&summary["counts"], &summary["skipped"]["no_record"]["lines"]),
        (&json!({"Healthy": 1, "Unknown": 4}), &json!(4))
    );
    for (number, reason) in [
        (2, "the record has body twice"),
        (3, "the record is not JSON: "),
        (
            4,
            "observed_at is \"2021-01-14 09:22:30\", expected RFC 3339 with a zone, Unix seconds or milliseconds",
        ),
    ] {
        assert!(outcome.stderr.contains(&format!("line {number}: {reason}")), "{}", outcome.stderr);
    }
    // The timeline has them where it knows their time.
    let history = run(["timeline", "--output", "json"]).input(lines.join("\n")).finish().json();
    assert_eq!(history["skipped"]["no_record"]["ranges"][0], json!({"first": 2, "last": 5}));
    assert_eq!(history["jobs"][0]["incidents"][0]["reason"], "BODY_UNDECODABLE");
}

#[test]
fn unknown_members_are_reported_with_their_line() {
    let line = |members: &str| record(members, GOOD) + "\n";
    let input =
        line("") + &line(r#","host":"x","region":null"#) + &line(r#","operation":"DescribePreCheckStatus""#);
    let outcome = run(["check", "--ndjson"]).input(input).finish();
    assert_eq!(
        outcome.stderr,
        "dts-status: line 2: the record has an unknown member \"host\"\n\
         dts-status: line 3: the record is of an operation whose answers are not read: DescribePreCheckStatus\n"
    );
    let outcome = check(&[], &record(r#","h\u006fst":"x""#, GOOD));
    assert_eq!(outcome.exit, 0);
    assert!(outcome.stderr.ends_with(": the record has an unknown member \"host\"\n"));
    let many = line(r#","host":"x""#).repeat(50);
    let outcome = run(["check", "--ndjson"]).input(many).finish();
    assert_eq!(outcome.stderr.lines().count(), 11, "{}", outcome.stderr);
}

#[test]
fn rotated_files_are_read_in_the_order_of_their_polls() {
    let folder = directory("rotated");
    let poll = |seconds: i64, status: &str| {
        let body = format!(r#"{{"SynchronizationJobId":"dtsb","Status":"{status}","Delay":0}}"#);
        format!("{{\"observed_at\":{},\"body\":{body}}}\n", 1_610_616_150 + seconds)
    };
    // The names sort in another order than the polls. A file may start with damage.
    for (name, text) in [
        ("polls.log", poll(240, "Synchronizing") + &poll(300, "Synchronizing")),
        ("polls.log.1", format!("garbage\n{}", poll(120, "Failed") + &poll(180, "Failed"))),
        ("polls.log.10", poll(0, "Synchronizing") + &poll(60, "Synchronizing")),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let folder = folder.to_str().unwrap();
    let outcome = run(["check", "--ndjson", "--output", "json", folder]).finish();
    let objects: Vec<Value> =
        outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let verdicts: Vec<_> = objects[..7].iter().map(|object| object["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["Healthy", "Healthy", "Unknown", "Failed", "Failed", "Healthy", "Healthy"]);
    assert_eq!(objects[5]["findings"][0]["code"], "RECOVERED");
    assert!(objects[0]["file"].as_str().unwrap().ends_with("polls.log.10"));
    assert_eq!(objects[7]["summary"]["skipped"].as_object().unwrap().len(), 1, "{}", objects[7]);

    let history = run(["timeline", "--output", "json", folder]).finish().json();
    assert_eq!((&history["polls"], &history["incidents"]), (&json!(6), &json!(1)));
    assert_eq!(history["jobs"][0]["incidents"][0]["duration_seconds"].as_f64(), Some(120.0));
}

#[test]
fn the_wrong_command_for_an_input_is_named() {
    let archive = format!("{}\n{}\n\n{}\n", record("", GOOD), record("", FAULT), record("", GOOD));
    let outcome = check(&["--output", "json"], &archive);
    assert_eq!(outcome.exit, 3);
    let message = "3 lines, one poll each: this is an archive; read it with `dts-status check --archive` or `dts-status timeline`";
    assert_eq!(outcome.json()["error"]["message"], message);
    let damaged = check(&["--output", "json"], &archive.replace(FAULT, "\"<html>\""));
    assert_eq!(damaged.json()["error"]["message"], message);
    let outcome = run(["decode"]).input(format!("{GOOD}\n{GOOD}\n")).finish();
    assert_eq!(outcome.exit, 65);
    assert!(outcome.stderr.contains(&message[1..]), "{}", outcome.stderr);

    let message =
        "one body, not an archive of one poll a line; `dts-status check` without --archive reads it\n";
    let pretty = fs::read_to_string("testdata/docs-en.json").unwrap();
    for input in [&pretty, GOOD, &record("", GOOD).replace(',', ",\n")] {
        let outcome = run(["timeline"]).input(input.to_owned()).finish();
        assert_eq!(outcome.exit, 65, "{input}");
        assert!(outcome.stderr.ends_with(message), "{input}: {}", outcome.stderr);
    }
    let outcome = run(["check", "--ndjson"]).input(pretty).finish();
    assert_eq!(outcome.exit, 3);
    assert!(outcome.stderr.ends_with(message), "{}", outcome.stderr);
    // Nothing of the kind for an archive that is merely damaged.
    let outcome = run(["timeline"]).input("garbage\n<html>\n").finish();
    assert!(!outcome.stderr.contains("one body"), "{}", outcome.stderr);
}

/// A poller may add its time to an answer that says how the call went next to the response.
#[test]
fn what_a_call_says_next_to_the_body_of_a_record_counts() {
    let good = r#"{"SynchronizationJobId":"dtsb","Success":true,"Status":"Synchronizing","Delay":0}"#;
    let record = |call: &str| format!(r#"{{"observed_at":1610616150,"job_id":"dtsb",{call}}}"#);
    for (call, reason) in [
        (format!(r#""RequestId":"a","Success":true,"Code":"200","body":{good}"#), Value::Null),
        (format!(r#""statusCode":200,"HttpStatusCode":200,"headers":{{}},"body":{good}"#), Value::Null),
        (format!(r#""statusCode":200,"HttpStatusCode":503,"body":{good}"#), json!("API_CALL_FAILED")),
        (format!(r#""Success":false,"Code":"Throttling","body":{good}"#), json!("DECIDING_VALUE_LOST")),
        (
            format!(r#""DescribeSynchronizationJobStatusResponse":{good},"ErrCode":"InternalError""#),
            json!("DECIDING_VALUE_LOST"),
        ),
        (format!(r#""success":"false","body":{good}"#), json!("DECIDING_VALUE_LOST")),
        (r#""Success":false,"body":null"#.into(), json!("API_CALL_FAILED")),
        (r#""Code":"Throttling.User","Message":"m","body":null"#.into(), json!("API_CALL_FAILED")),
        (
            r#""DescribeDtsJobDetailResponse":{"DtsInstanceID":"dtsb","Status":"failed"}"#.into(),
            json!("JOB_FAILED"),
        ),
    ] {
        let input = record(&call);
        assert_eq!(verdict(&[], &input).1, reason, "{input}");
        let outcome = run(["check", "--archive", "--output", "json"]).input(input.clone()).finish();
        let poll: Value = serde_json::from_str(outcome.stdout.lines().next().unwrap()).unwrap();
        assert_eq!((&poll["reason"], outcome.stderr.as_str()), (&reason, ""), "{input}");
    }
}

/// A response may have a member `body` and an HttpStatusCode, and is no record all the same.
#[test]
fn a_response_with_a_body_is_no_record() {
    let good = r#""SynchronizationJobId":"dtsb","Success":true,"Status":"Synchronizing","Delay":0"#;
    for (input, status, reason) in [
        (format!(r#"{{{good},"HttpStatusCode":200,"body":"a text"}}"#), "Synchronizing", Value::Null),
        (
            format!(r#"{{{good},"HttpStatusCode":503,"body":null}}"#),
            "Synchronizing",
            json!("API_CALL_FAILED"),
        ),
        (
            format!(
                r#"{{"SynchronizationJobId":"dtsb","Status":"Failed","HttpStatusCode":200,"body":{{{good}}}}}"#
            ),
            "Failed",
            json!("JOB_FAILED"),
        ),
        (
            format!(r#"{{"RequestId":"a","HttpStatusCode":503,"body":{{{good}}}}}"#),
            "Synchronizing",
            json!("API_CALL_FAILED"),
        ),
    ] {
        assert_eq!(verdict(&[], &input).1, reason, "{input}");
        let outcome = run(["decode", "--output", "json"]).input(input.clone()).finish();
        let object = outcome.json();
        assert_eq!((&object["job"]["status"], object.get("record")), (&json!(status), None), "{input}");
        assert_eq!(outcome.stderr, "", "{input}");
    }
}
