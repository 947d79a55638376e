//! `dts-status check --archive`.

use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use crate::run::{RunOutput, directory, run};

pub(crate) const STORY: &str = "testdata/archive/story.ndjson";

pub(crate) fn story() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(STORY)).unwrap()
}

fn check(input: impl Into<Vec<u8>>) -> RunOutput {
    run(["check", "--ndjson", "--output", "json"]).input(input).finish()
}

/// The objects of the lines, and the summary.
fn objects(outcome: &RunOutput) -> (Vec<Value>, Value) {
    let mut objects: Vec<Value> =
        outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let summary = objects.pop().unwrap();
    (objects, summary["summary"].clone())
}

/// The objects of the lines, without file and line.
fn verdicts(outcome: &RunOutput) -> Vec<Value> {
    let (mut objects, _) = objects(outcome);
    for object in &mut objects {
        let object = object.as_object_mut().unwrap();
        object.remove("line");
        object.remove("file");
    }
    objects
}

/// A poll, at a time in seconds after the first.
fn poll(seconds: i64, body: &str) -> String {
    format!("{{\"observed_at\":{},\"body\":{body}}}\n", 1_610_616_150 + seconds)
}

const RUNNING: &str = r#"{"SynchronizationJobId":"a","Status":"Synchronizing","Delay":0}"#;
const FAILED: &str = r#"{"SynchronizationJobId":"a","Status":"Failed"}"#;

#[test]
fn the_story_line_by_line() {
    let outcome = run(["check", "--ndjson", STORY]).finish();
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (2, ""));
    let mut lines = outcome.stdout.lines();
    // Only the lines with a new verdict or reason, without the values.
    let mut changes = String::new();
    let mut before = String::new();
    for line in lines.by_ref().take(180) {
        let mut parts = line.trim().splitn(5, "  ");
        let head: Vec<_> = parts.by_ref().take(4).collect();
        let reason = parts.next().unwrap_or_default().split(": ").next().unwrap();
        let verdict = format!("{}  {reason}", head[3]);
        if verdict != before {
            changes += &format!("{}  {verdict}\n", head[..3].join("  "));
        }
        before = verdict;
    }
    changes += &lines.collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(changes);
}

#[test]
fn polls_are_compared_with_those_before() {
    let (polls, summary) = objects(&check(poll(0, FAILED) + &poll(60, RUNNING)));
    assert_eq!(polls[0]["line"], 1);
    assert_eq!(polls[1]["findings"][0]["code"], "RECOVERED");
    assert_eq!(polls[1]["observed_at"], "2021-01-14T09:23:30Z");
    assert_eq!((&polls[1]["verdict"], &polls[1]["job_id"]), (&json!("Healthy"), &json!("a")));
    assert_eq!(summary, json!({"exit_code": 2, "counts": {"Healthy": 1, "Failed": 1}, "skipped": {}}));
}

#[test]
fn a_line_is_a_body_or_a_record() {
    let xml = "<R><SynchronizationJobId>a</SynchronizationJobId><Status>Failed</Status></R>";
    let input = [
        // Bodies alone, in both formats.
        FAILED.to_owned() + "\n",
        xml.to_owned() + "\r\n",
        "\n  \n".to_owned(),
        // Bodies as strings.
        poll(0, &json!(xml).to_string()),
        poll(60, &json!(FAILED).to_string()),
        format!("{{\"body\":{FAILED},\"observed_at\":\"2021-01-14T09:24:30Z\"}}"),
    ];
    let outcome = check(input.concat());
    let (polls, summary) = objects(&outcome);
    let lines: Vec<_> = polls.iter().map(|object| object["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [1, 2, 5, 6, 7]);
    assert!(polls.iter().all(|object| object["verdict"] == "Failed"), "{polls:?}");
    assert_eq!((summary["counts"]["Failed"].as_u64(), &summary["skipped"]), (Some(5), &json!({})));
    assert_eq!(outcome.stderr, "");
}

#[test]
fn lines_without_a_time_are_judged_alone_or_at_an_interval() {
    let input = format!("{FAILED}\n{RUNNING}\n");
    let at = ["check", "--ndjson", "--output", "json", "--observed-at", "1610616150"];
    let alone = run(at).input(input.clone()).finish();
    assert_eq!(objects(&alone).0[1]["findings"], json!([]));
    let paced = run(at.into_iter().chain(["--every", "60s"])).input(input).finish();
    let (polls, _) = objects(&paced);
    assert_eq!(polls[1]["findings"][0]["code"], "RECOVERED");
    assert_eq!(polls[1]["observed_at"], "2021-01-14T09:23:30Z");
    // From the time of the clock on, these times are no mistake.
    let paced = run(["check", "--ndjson", "--every", "1h"]).input(format!("{RUNNING}\n").repeat(3)).finish();
    assert_eq!((paced.exit, paced.stderr.as_str()), (0, ""), "{}", paced.stdout);
}

#[test]
fn a_failed_call_belongs_to_the_only_job() {
    let throttled = r#"{"Code":"Throttling.User","Message":"slow down","RequestId":"x"}"#;
    let paused = r#"{"SynchronizationJobId":"a","Status":"Suspending"}"#;
    let refused = r#"{"Code":"Forbidden.RAM","Message":"no","RequestId":"x"}"#;
    let input = [poll(0, RUNNING), poll(60, paused), poll(120, throttled), poll(180, refused)];
    let outcome = run(["check", "--ndjson"]).input(input.concat()).finish();
    let lines: Vec<_> = outcome.stdout.lines().collect();
    // A throttled call keeps the verdict of the poll before for a while.
    let held = "  a/Forward  SUSPENDED  JOB_SUSPENDED, held since 2021-01-14T09:24:30Z: API_CALL_FAILED: The API \
                call failed, so the state of the job is unknown: Code is Throttling.User, Message is \"slow down\".";
    assert!(lines[2].ends_with(held), "{}", lines[2]);
    assert!(lines[3].contains("  a/Forward  UNKNOWN  API_CALL_FAILED: "), "{}", lines[3]);
    // A record may name job and direction.
    let line = throttled
        .replace('{', "{\"observed_at\":1610616150,\"job_id\":\"b\",\"direction\":\"Reverse\",\"body\":{")
        + "}";
    let outcome = run(["check", "--ndjson"]).input(line).finish();
    assert!(outcome.stdout.contains("  b/Reverse  UNKNOWN  "), "{}", outcome.stdout);
}

#[test]
fn a_pending_lag_and_the_finding_that_raises_the_exit_status_are_said() {
    let directory = directory("pending");
    let state = directory.join("dts.state");
    // One poll a run, as a poller with a state file does it.
    let judge = |seconds: i64, body: &str| {
        let arguments = ["check", "--archive", "--state", state.to_str().unwrap()];
        let outcome = run(arguments).input(poll(seconds, body)).finish();
        let line = outcome.stdout.lines().next().unwrap().to_owned();
        (outcome.exit, line.split_once("/Forward  ").unwrap().1.to_owned())
    };
    let late = RUNNING.replace("\"Delay\":0", "\"Delay\":840");
    assert_eq!(judge(0, RUNNING), (0, "HEALTHY".to_owned()));
    let (exit, line) = judge(60, &late);
    assert_eq!((exit, &*line), (0, "HEALTHY  14 min behind, LAG_CRITICAL pending: counts in 2 min"));
    let (exit, line) = judge(120, &late);
    assert_eq!((exit, &*line), (0, "HEALTHY  14 min behind, LAG_CRITICAL pending: counts in 60 s"));
    let (exit, line) = judge(180, &late);
    assert!(exit == 2 && line.starts_with("DEGRADED  LAG_CRITICAL: "), "{line}");
    let (exit, line) = judge(240, &late.replace("840", "780"));
    assert!(exit == 2 && line.ends_with(", caught up in 13 min."), "{line}");

    let retrying = r#"{"SynchronizationJobId":"a","Status":"Retrying","Delay":0,"ErrorMessage":
        "retry 9 times, 43200 seconds, which exceed the supposed 43200 seconds"}"#;
    let (exit, line) = judge(270, &retrying.replace('\n', ""));
    assert!(exit == 2 && line.starts_with("DEGRADED  JOB_RETRYING: "), "{line}");
    let exhausted = " And RETRY_WINDOW_EXHAUSTED: DTS has retried for the longest time that it does.";
    assert!(line.ends_with(exhausted) && line.matches("43200 seconds, which").count() == 1, "{line}");

    let paused = r#"{"SynchronizationJobId":"a","Status":"Suspending"}"#;
    assert_eq!(judge(300, paused).0, 1);
    let (exit, line) = judge(300 + 25 * 3600, paused);
    let both =
        "SUSPENDED  JOB_SUSPENDED: The job is paused: Status is Suspending. And SUSPEND_OVER_SOFT_LIMIT: ";
    assert!(exit == 2 && line.starts_with(both), "{line}");
    assert!(line.ends_with(", it can be resumed for another 5 d 23 h."), "{line}");
}

#[test]
fn damaged_lines_do_not_change_the_others() {
    let whole = story();
    let lines: Vec<_> = whole.lines().collect();
    let expected = verdicts(&check(whole.clone()));

    // A line of garbage, and an empty line.
    let mut damaged = lines.clone();
    damaged.insert(20, "\u{0}garbage");
    damaged.insert(100, "");
    let outcome = check(damaged.join("\n"));
    let mut polls = verdicts(&outcome);
    let garbage = polls.remove(20);
    assert_eq!((&garbage["verdict"], &garbage["exit_code"]), (&json!("Unknown"), &json!(3)));
    assert_eq!(polls, expected);
    assert!(outcome.stderr.starts_with("dts-status: line 21: "), "{}", outcome.stderr);
    let ranges = json!({"lines": 1, "ranges": [{"first": 21, "last": 21}], "more": 0});
    assert_eq!(objects(&outcome).1["skipped"], json!({"undecodable": ranges}));

    // The last line is cut off.
    let outcome = check(&whole.as_bytes()[..whole.len() - 50]);
    let polls = verdicts(&outcome);
    assert_eq!(polls[..179], expected[..179]);
    assert_eq!(polls[179]["error"]["kind"], "syntax");
    assert!(outcome.stderr.starts_with("dts-status: line 180: "), "{}", outcome.stderr);

    // Four polls twice; a fifth would be taken for a clock that was set back.
    let mut damaged = lines.clone();
    damaged.splice(90..90, lines[86..90].iter().copied());
    let outcome = check(damaged.join("\n"));
    let mut polls = verdicts(&outcome);
    let again: Vec<_> = polls.splice(90..94, []).collect();
    assert!(again.iter().all(|poll| poll["findings"].to_string().contains("SNAPSHOT_ORDER")));
    assert_eq!(polls, expected);
    let ranges = json!({"lines": 4, "ranges": [{"first": 91, "last": 94}], "more": 0});
    assert_eq!(objects(&outcome).1["skipped"], json!({"out_of_order": ranges}));
    assert_eq!(outcome.stderr, "");
    let text = run(["check", "--ndjson"]).input(damaged.join("\n")).finish().stdout;
    assert!(text.ends_with("4 lines with a problem: 4 out of order (lines 91-94)\n"), "{text}");
}

#[test]
fn a_line_that_is_too_long_is_unknown() {
    let long = "x".repeat(17 << 20);
    let outcome = check(format!("{RUNNING}\n{long}\n{RUNNING}\n"));
    let (polls, summary) = objects(&outcome);
    assert_eq!((&polls[1]["line"], &polls[1]["error"]["kind"]), (&json!(2), &json!("too_long")));
    assert_eq!((&polls[2]["line"], &polls[2]["verdict"]), (&json!(3), &json!("Healthy")));
    assert_eq!(summary["skipped"]["too_long"]["lines"], 1);
    assert_eq!(outcome.stderr, "dts-status: line 2: longer than a body may be\n");
}

#[test]
fn archives_are_decompressed_whatever_their_names() {
    let whole = story();
    let expected = verdicts(&check(whole.clone()));
    let gzip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let zstd =
        ruzstd::encoding::compress_to_vec(whole.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    assert_eq!(verdicts(&check(gzip(&whole))), expected);
    assert_eq!(verdicts(&check(zstd)), expected);

    // A directory, in the order of the names; output names the file of each line.
    let directory = directory("archive-of-files");
    let (first, second) = whole.split_at(whole.match_indices('\n').nth(89).unwrap().0 + 1);
    std::fs::write(directory.join("1"), gzip(first)).unwrap();
    std::fs::write(directory.join("2.ndjson"), second).unwrap();
    let outcome =
        run(["check", "--ndjson", "--output", "json"].map(Path::new).into_iter().chain([&*directory]))
            .finish();
    assert_eq!(verdicts(&outcome), expected);
    let (polls, _) = objects(&outcome);
    assert_eq!(
        (polls[90]["line"].as_u64(), polls[90]["file"].as_str().unwrap().ends_with("2.ndjson")),
        (Some(1), true)
    );

    // A stream that is cut off: the polls before the cut are judged.
    let packed = gzip(&whole);
    let outcome = check(&packed[..packed.len() - 200]);
    let polls = verdicts(&outcome);
    let whole_lines = polls.iter().filter(|object| object.get("error").is_none()).count();
    assert!(whole_lines > 50, "{whole_lines}");
    assert_eq!(polls[..whole_lines], expected[..whole_lines]);
    assert!(
        outcome.stderr.contains("the rest can't be read: unexpected end of the stream"),
        "{}",
        outcome.stderr
    );
    assert_eq!(objects(&outcome).1["skipped"]["broken_off"]["lines"], 1);
}

/// A pager that runs the command once for each poll gets what one run over the whole archive gives.
#[test]
fn an_incident_polled_by_one_process_each_has_the_same_exit_statuses() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/archive/incident.ndjson");
    let whole = std::fs::read_to_string(file).unwrap();
    let expected = verdicts(&check(whole.clone()));
    let state = directory("incident").join("dts.state");
    let arguments = ["check", "--archive", "--output", "json", "--state", state.to_str().unwrap()];
    let mut exits = Vec::new();
    for (line, expected) in whole.lines().zip(&expected) {
        let outcome = run(arguments).input(line).finish();
        assert_eq!(verdicts(&outcome), std::slice::from_ref(expected));
        exits.push(outcome.exit);
    }
    // One page: at the critical lag, until the job catches up.
    assert_eq!(exits, [0, 0, 0, 0, 1, 1, 2, 2, 2, 1, 1, 1, 1, 0]);
}

#[test]
fn a_state_file_continues_the_previous_run() {
    let whole = story();
    let expected = verdicts(&check(whole.clone()));
    let directory = directory("state");
    let state = directory.join("dts.state");
    let arguments = ["check", "--ndjson", "--output", "json", "--state", state.to_str().unwrap()];
    let mut polls = Vec::new();
    for lines in whole.lines().collect::<Vec<_>>().chunks(25) {
        let outcome = run(arguments).input(lines.join("\n")).finish();
        assert_eq!(outcome.stderr, "");
        polls.extend(verdicts(&outcome));
    }
    assert_eq!(polls, expected);
    let files: Vec<_> =
        std::fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files.len(), 2, "no temporary file is left: {files:?}");
}

#[test]
fn conflicting_options_are_refused() {
    for arguments in [
        &["--now", "0"][..],
        &["--since", "0"],
        &["--two-way"],
        &["--reverse", STORY],
        &["--previous", STORY, "--previous-at", "0"],
        &["--changes", "--output", "health-json"],
        &["--observed-at", "mtime"],
        &["--jobs-limit", "-1"],
        &["--state-wait", "1s"],
        &["--forget", "1d"],
        &["--every", "never"],
    ] {
        let outcome = run(["check", "--ndjson", STORY].iter().chain(arguments)).finish();
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (64, ""), "{arguments:?}");
    }
    for arguments in [&["--every", "60s"][..], &["--state", "x"], &["--changes"], &["--jobs-limit", "9"]] {
        assert_eq!(run(["check", STORY].iter().chain(arguments)).finish().exit, 64, "{arguments:?}");
        // Each is wrong next to an option that archives refuse too, and not ignored.
        for other in ["--now=0", "--since=0", "--two-way", "--reverse=x", "--http-status=200"] {
            let outcome = run(["check", STORY, other].iter().chain(arguments)).finish();
            assert_eq!((outcome.exit, &*outcome.stdout), (64, ""), "{other} {arguments:?}");
        }
    }
    let outcome = run(["check", STORY, "--reverse", STORY, "--previous-at", "0"]).finish();
    assert_eq!((outcome.exit, &*outcome.stdout), (64, ""));
    assert_eq!(run(["check", "--ndjson", "no/such/file"]).finish().exit, 66);
    // The health of an empty archive is unknown.
    let outcome = run(["check", "--ndjson"]).input("\n\n").finish();
    assert_eq!(
        (outcome.exit, outcome.stdout.as_str()),
        (3, "UNKNOWN  NO_JOBS: There is no job to judge: 0 jobs.\n\n0 polls\n")
    );
    let (_, summary) = objects(&check("\n\n"));
    assert_eq!(summary, json!({"exit_code": 3, "counts": {}, "skipped": {}}));
}

#[test]
fn the_direction_that_was_asked_for_wins_over_that_of_the_answer() {
    let answer = |direction: &str| {
        poll(0, &RUNNING.replace("{", &format!(r#"{{"SynchronizationDirection":"{direction}","#)))
    };
    for (answered, asked, exit, reason) in [
        ("Forward", Some("forward"), 0, Value::Null),
        ("Reverse", Some("reverse"), 0, Value::Null),
        ("Forward", Some("reverse"), 3, json!("DIRECTION_MISMATCH")),
        ("Reverse", Some("forward"), 3, json!("DIRECTION_MISMATCH")),
        // Nothing says what was asked for.
        ("Reverse", None, 0, Value::Null),
        ("Both", None, 3, json!("DIRECTION_MISMATCH")),
        ("Both", Some("reverse"), 3, json!("DIRECTION_MISMATCH")),
    ] {
        let mut arguments = vec!["check", "--archive", "--output", "json"];
        arguments.extend(asked.iter().flat_map(|asked| ["--direction", asked]));
        let outcome = run(&arguments).input(answer(answered)).finish();
        let verdict = &verdicts(&outcome)[0];
        assert_eq!((outcome.exit, &verdict["reason"]), (exit, &reason), "{answered} {asked:?}");
    }
}

#[test]
fn a_closed_pipe_ends_the_run() {
    let outcome = run(["check", "--ndjson", STORY]).finish_unread();
    assert_eq!(outcome.stderr, "");
}

/// The job, the direction, the reason and the exit status of each poll.
fn reasons(lines: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let objects = verdicts(&check(lines));
    objects
        .iter()
        .map(|object| {
            let [job, direction, reason] = ["job_id", "direction", "reason"].map(|key| text(&object[key]));
            format!("{job} {direction} {reason} {}", object["exit_code"])
        })
        .collect()
}

#[test]
fn jobs_that_are_named_by_their_tasks_are_several_jobs() {
    let body = |task: &str, status: &str| format!(r#"{{"TaskId":"{task}","Status":"{status}","Delay":0}}"#);
    let mut lines = poll(0, RUNNING);
    for minute in [1, 2] {
        lines += &poll(60 * minute, &body("t1", "Synchronizing"));
        lines += &poll(60 * minute, &body("t2", "Failed"));
    }
    let [one, two] = ["- Forward - 0", "- Forward JOB_FAILED 2"];
    assert_eq!(reasons(&lines), ["a Forward - 0", one, two, one, two]);
}

#[test]
fn a_call_that_fails_is_held_for_both_directions_of_the_only_job() {
    let page = |time: i64| {
        let at = 1_610_616_150 + time;
        let job = format!(
            r#""DtsInstanceID":"a","DtsJobDirection":"Forward","JobType":"SYNC","Status":"Synchronizing","Delay":0,"Checkpoint":"{at}""#
        );
        let reverse = job.replace("Forward", "Reverse");
        poll(
            time,
            &format!(r#"{{"TotalRecordCount":1,"DtsJobList":[{{{job},"ReverseJob":{{{reverse}}}}}]}}"#),
        )
    };
    let throttled = |time: i64| poll(time, r#"{"Success":false,"ErrCode":"Throttling.User"}"#);
    let mut lines = page(0) + &page(60);
    (2..10).for_each(|minute| lines += &throttled(60 * minute));
    lines += &page(600);
    let lines = run(["check", "--archive", "--operation", "DescribeDtsJobs", "--output", "json"])
        .input(lines)
        .finish();
    let objects = verdicts(&lines);
    for direction in ["Forward", "Reverse"] {
        let exits = objects.iter().filter(|object| object["direction"] == direction);
        let exits: Vec<_> = exits.map(|object| object["exit_code"].as_i64().unwrap()).collect();
        assert_eq!(exits, [0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 0], "{direction}");
    }
    assert!(!lines.stdout.contains("NOT_OBSERVED"), "{}", lines.stdout);
}
