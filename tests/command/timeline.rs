//! `dts-status timeline`.

use std::fmt::Write as _;

use serde_json::Value;

use crate::polls::{STORY, story};
use crate::run::{RunOutput, directory, run};

fn json(input: impl Into<Vec<u8>>, more: &[&str]) -> Value {
    let arguments = ["timeline", "--output", "json"];
    run(arguments.iter().chain(more)).input(input).finish().json()
}

/// A line of an archive: the time in minutes after the first, job, status, lag.
fn poll(minute: i64, job: &str, status: &str, lag: i64) -> String {
    let at = 1_610_604_000 + minute * 60;
    format!(
        "{{\"observed_at\":{at},\"body\":{{\"SynchronizationJobId\":{},\"Status\":\"{status}\",\"Delay\":{lag}}}}}\n",
        Value::from(job)
    )
}

/// An archive of one job with a poll a minute: how many minutes each status lasts.
fn archive(stretches: &[(i64, &str)]) -> String {
    let mut text = String::new();
    let mut minute = 0;
    for (minutes, status) in stretches {
        for _ in 0..*minutes {
            // Without a status there is no poll.
            if !status.is_empty() {
                text += &poll(minute, "a", status, 1);
            }
            minute += 1;
        }
    }
    text
}

#[test]
fn the_story_as_text() {
    let outcome = run(["timeline", STORY]).finish();
    insta::assert_snapshot!(outcome.text());
}

#[test]
fn the_story_as_json() {
    let mut history = run(["timeline", "--output", "json", STORY]).finish().json();
    let curve = history["jobs"][0]["curve"].take();
    insta::assert_json_snapshot!(history);
    let points = curve["points"].as_array().unwrap();
    assert_eq!((curve["resolution_seconds"].as_i64(), points.len()), (Some(1), 180));
    assert_eq!(points[40]["lag_seconds"], serde_json::json!([323.0, 323.0]));
    assert_eq!(points[90]["lag_seconds"], Value::Null);
    assert_eq!(points[90]["verdict"], "Failed");
}

/// `dts-status timeline testdata/archive/story.ndjson --svg testdata/archive/story.svg` updates it.
#[test]
fn the_picture_of_the_story_is_the_one_in_testdata() {
    let file = directory("picture").join("story.svg");
    run(["timeline", STORY, "--svg", file.to_str().unwrap()]).finish();
    let drawn = std::fs::read_to_string(file).unwrap();
    assert!(
        drawn == std::fs::read_to_string("testdata/archive/story.svg").unwrap(),
        "update it and look at it"
    );
}

#[test]
fn fractions_of_seconds_are_exact() {
    let body = r#"{"SynchronizationJobId":"a","Status":"Synchronizing","DelayMillis":1118}"#;
    let line = format!("{{\"observed_at\":1610604000,\"body\":{body}}}\n");
    let history = run(["timeline", "--output", "json"]).input(line).finish().stdout;
    // As text, because parsing could round to the nearest number again.
    assert_eq!(history.matches("1.118").count(), 2, "{history}");
    assert_eq!(history.matches("1.117").count(), 0, "{history}");
    let checked = run(["check", "--output", "json", "--now", "1610604000"]).input(body).finish().stdout;
    assert!(checked.contains("\"lag_seconds\": 1.118,"), "{checked}");
}

#[test]
fn standard_input_and_compression_make_no_difference() {
    let history = json(story(), &[]);
    assert_eq!(json("", &[STORY]), history);
    let packed =
        ruzstd::encoding::compress_to_vec(story().as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    assert_eq!(json(packed, &[]), history);
}

#[test]
fn damaged_lines_do_not_change_the_others() {
    let whole = story();
    let expected = json(whole.clone(), &[]);
    let mut lines: Vec<_> = whole.lines().collect();
    lines.splice(90..90, whole.lines().skip(86).take(4));
    lines.insert(20, "garbage");
    let mut history = json(lines.join("\n") + "\n{\"observed_at\":16106", &[]);
    let skipped = history["skipped"].take();
    assert_eq!(skipped["out_of_order"]["ranges"], serde_json::json!([{"first": 92, "last": 95}]));
    assert_eq!(
        skipped["undecodable"]["ranges"],
        serde_json::json!([{"first": 21, "last": 21}, {"first": 186, "last": 186}])
    );
    for part in ["jobs", "polls", "incidents"] {
        assert_eq!(history[part], expected[part], "{part}");
    }
    let outcome = run(["timeline"]).input(lines.join("\n")).finish();
    assert_eq!(outcome.exit, 0);
    assert!(
        outcome
            .stdout
            .ends_with("5 lines with a problem: 1 undecodable (line 21); 4 out of order (lines 92-95)\n")
    );
    assert!(outcome.stderr.starts_with("dts-status: line 21: "), "{}", outcome.stderr);

    // An hour twice: the time of a timeline never runs back.
    let mut lines: Vec<_> = whole.lines().collect();
    lines.splice(90..90, whole.lines().skip(30).take(60));
    let history = json(lines.join("\n"), &[]);
    assert_eq!(history["skipped"]["out_of_order"]["ranges"], serde_json::json!([{"first": 91, "last": 150}]));
    for part in ["polls", "incidents"] {
        assert_eq!(history[part], expected[part], "{part}");
    }
    assert_eq!(history["jobs"][0]["seconds_by_verdict"], expected["jobs"][0]["seconds_by_verdict"]);
}

#[test]
fn gaps_belong_to_no_verdict() {
    // A pause that continues through one gap, and whose end is in another.
    let polls = archive(&[
        (30, "Synchronizing"),
        (10, "Suspending"),
        (60, ""),
        (10, "Suspending"),
        (60, ""),
        (30, "Synchronizing"),
        (5, "Failed"),
    ]);
    let history = json(polls.clone(), &[]);
    let job = &history["jobs"][0];
    let [pause, failure] = job["incidents"].as_array().unwrap().as_slice() else { panic!("{job}") };
    assert_eq!(
        (pause["duration_seconds"].as_f64(), &pause["to"], &pause["open"]),
        (Some(79.0 * 60.0), &Value::Null, &false.into())
    );
    assert_eq!((failure["duration_seconds"].as_f64(), &failure["open"]), (Some(240.0), &true.into()));
    assert_eq!(job["gaps"].as_array().unwrap().len(), 2);
    assert_eq!(job["unobserved_seconds"].as_f64(), Some(2.0 * 61.0 * 60.0));
    assert_eq!(job["seconds_by_verdict"]["Suspended"].as_f64(), Some(18.0 * 60.0));
    // The times of the verdicts and the gaps add up to the whole.
    let observed: f64 =
        job["seconds_by_verdict"].as_object().unwrap().values().map(|time| time.as_f64().unwrap()).sum();
    assert_eq!(observed, job["observed_seconds"].as_f64().unwrap());
    assert_eq!(observed + 2.0 * 61.0 * 60.0, 204.0 * 60.0);

    let text = run(["timeline"]).input(polls.clone()).finish().stdout;
    assert!(text.contains(" to end not observed  1 h 19 min  SUSPENDED  JOB_SUSPENDED"), "{text}");
    assert!(text.contains(" to still open  4 min  FAILED  JOB_FAILED"), "{text}");
    assert!(text.contains("  1 h 1 min  not observed\n"), "{text}");
    // An option sets the limit for gaps.
    assert_eq!(json(polls, &["--gap", "2h"])["jobs"][0]["gaps"], serde_json::json!([]));
}

#[test]
fn the_limit_for_gaps_is_derived_from_the_archive() {
    let every = |minutes: i64, count: i64| {
        (0..count).map(move |index| poll(index * minutes, "a", "Synchronizing", 1))
    };
    for minutes in [1, 5, 60, 24 * 60] {
        for count in [2, 63, 64, 65, 200] {
            let history = json(every(minutes, count).collect::<String>(), &[]);
            assert_eq!(history["jobs"][0]["gaps"], serde_json::json!([]), "{count} every {minutes} min");
            assert_eq!(history["jobs"][0]["poll_interval_seconds"].as_f64(), Some(minutes as f64 * 60.0));
        }
    }
    let history = json(poll(0, "a", "Synchronizing", 1), &[]);
    assert_eq!((history["polls"].as_i64(), &history["jobs"][0]["gaps"]), (Some(1), &serde_json::json!([])));
}

#[test]
fn jobs_and_directions_have_a_panel_each() {
    let mut lines = String::new();
    for minute in 0..10 {
        lines += &poll(minute, "b", "Synchronizing", 1);
        lines += &poll(minute, "<a> & \u{1b}\u{ffff}", "Synchronizing", 1);
        let reverse = poll(minute, "b", "Failed", 1);
        writeln!(lines, "{}", reverse.trim().replacen('{', "{\"direction\":\"Reverse\",", 1)).unwrap();
    }
    let file = directory("panels").join("panels.svg");
    let history = json(lines, &["--svg", file.to_str().unwrap(), "--scale", "linear"]);
    let jobs: Vec<_> =
        history["jobs"].as_array().unwrap().iter().map(|job| (&job["job_id"], &job["direction"])).collect();
    assert_eq!(
        format!("{jobs:?}"),
        r#"[(String("<a> & \u{1b}\u{ffff}"), String("Forward")), (String("b"), String("Forward")), (String("b"), String("Reverse"))]"#
    );
    let picture = std::fs::read_to_string(file).unwrap();
    let document = roxmltree::Document::parse(&picture).unwrap();
    let texts: Vec<_> = document.descendants().filter_map(|node| node.text()).map(str::trim).collect();
    for text in [
        "<a> & \\u{1b}\u{fffd}/Forward",
        "b/Forward",
        "b/Reverse",
        "no incident",
        "1 incident, 9 min",
        "Failed (F)",
    ] {
        assert!(texts.contains(&text), "{text}: {texts:?}");
    }
}

#[test]
fn the_picture_of_many_polls_is_small() {
    // A week with a failure of one minute, which must stay visible.
    let polls = archive(&[(5000, "Synchronizing"), (1, "Failed"), (5079, "Synchronizing")]);
    let file = directory("week").join("week.svg");
    let history = json(polls, &["--svg", file.to_str().unwrap()]);
    let curve = &history["jobs"][0]["curve"];
    let points = curve["points"].as_array().unwrap();
    assert!(points.len() <= 2048 && points.len() > 1000, "{}", points.len());
    assert_eq!(points.iter().filter(|point| point["verdict"] == "Failed").count(), 1);
    let picture = std::fs::read_to_string(file).unwrap();
    assert!(picture.len() < 100_000, "{}", picture.len());
    assert_eq!(picture.matches("fill=\"#D55E00\"").count(), 2, "once in the ribbon, once in the legend");
}

#[test]
fn lines_without_a_time_need_one() {
    let bodies = "{\"SynchronizationJobId\":\"a\",\"Status\":\"Failed\"}\n".repeat(3);
    let outcome: RunOutput = run(["timeline"]).input(bodies.clone()).finish();
    assert_eq!(outcome.exit, 65);
    assert!(
        outcome.stdout.ends_with("3 lines with a problem: 3 no time (lines 1-3)\n"),
        "{}",
        outcome.stdout
    );
    let history = json(bodies, &["--observed-at", "2021-01-14T06:00:00Z", "--every", "60s"]);
    assert_eq!(history["jobs"][0]["incidents"][0]["duration_seconds"].as_f64(), Some(120.0));
}

#[test]
fn an_empty_archive_and_wrong_options_are_refused() {
    let outcome = run(["timeline"]).input("").finish();
    assert_eq!((outcome.exit, outcome.stdout.as_str()), (65, "0 polls, 0 incidents\n"));
    let file = directory("nothing").join("nothing.svg");
    run(["timeline", "--svg", file.to_str().unwrap()]).input("").finish();
    assert!(std::fs::read_to_string(file).unwrap().contains("no poll"));
    for (arguments, exit) in [
        (&["timeline", "no/such/file"][..], 66),
        (&["timeline", STORY, "--svg", "no/such/directory/x.svg"], 74),
        (&["timeline", STORY, "--scale", "log"], 64),
        (&["timeline", STORY, "--every", "60s"], 64),
        (&["timeline", STORY, "--gap", "soon"], 64),
        (&["timeline", "-", "-"], 64),
    ] {
        assert_eq!(run(arguments).finish().exit, exit, "{arguments:?}");
    }
}
