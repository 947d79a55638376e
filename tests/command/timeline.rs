//! `dts-status timeline`.

use std::fmt::Write as _;

use serde_json::Value;

use crate::polls::{STORY, story};
use crate::run::{RunOutput, directory, run, unwrapped};

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
    assert!(text.contains("#1   SUSPENDED  JOB_SUSPENDED  a/Forward\n"), "{text}");
    assert!(text.contains("     since 2021-01-14T06:30:00Z, end not observed  1 h 19 min\n"), "{text}");
    assert!(text.contains("#2   FAILED  JOB_FAILED  a/Forward\n"), "{text}");
    assert!(text.contains("Z, still open  4 min\n"), "{text}");
    // The gaps are at their place in time: within the pause, and between it and the failure.
    let places: Vec<_> =
        text.match_indices("  1 h 1 min  not observed\n     a/Forward\n").map(|(at, _)| at).collect();
    let (pause, failure) = (text.find("#1 ").unwrap(), text.find("#2 ").unwrap());
    assert!(places.len() == 2 && places.iter().all(|at| (pause..failure).contains(at)), "{text}");
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
        "<a> & \\u001b\u{fffd}/Forward",
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
    assert!(picture.len() < 33_000, "{}", picture.len());
    assert_eq!(picture.matches("<path class=\"v-failed\" d=\"M").count(), 1, "{picture}");
    assert_eq!(picture.matches("class=\"swatch v-failed\"").count(), 1, "{picture}");
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

/// Two jobs for three hours: b lags in the first hour, a fails in the second one and lags in the third one.
fn two_jobs() -> String {
    let mut lines = String::new();
    for minute in 0..180 {
        let (status, lag) = match minute {
            60..=90 => ("Failed", 1),
            120..=130 => ("Synchronizing", 100 + 10 * minute),
            _ => ("Synchronizing", 1),
        };
        lines += &poll(minute, "a", status, lag);
        lines +=
            &poll(minute, "b", "Synchronizing", if (10..30).contains(&minute) { 60 * minute } else { 1 });
        lines += &poll(minute, "c", "Synchronizing", 1);
    }
    lines
}

#[test]
fn incidents_of_all_jobs_are_numbered_in_the_order_of_time() {
    let text = run(["timeline"]).input(two_jobs()).finish().stdout;
    let heads: Vec<_> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        heads,
        [
            "#1   DEGRADED  LAG_CRITICAL  lag up to 29 min  b/Forward",
            "#2   FAILED  JOB_FAILED  a/Forward",
            "#3   DEGRADED  LAG_CRITICAL  lag up to 23 min 20 s  a/Forward"
        ],
        "{text}"
    );
    // The message is that of the worst poll: the greatest lag of the worst severity.
    let flat = unwrapped(&text);
    assert!(flat.contains("Delay is 29 min.") && !flat.contains("Delay is 10 min"), "{text}");
    let history = json(two_jobs(), &[]);
    let numbers = |job: usize| -> Vec<_> {
        let incidents = history["jobs"][job]["incidents"].as_array().unwrap();
        incidents.iter().map(|incident| incident["number"].as_i64().unwrap()).collect()
    };
    assert_eq!((numbers(0), numbers(1), numbers(2)), (vec![2, 3], vec![1], vec![]));
}

#[test]
fn filters_leave_out_jobs_directions_and_times() {
    let heads = |arguments: &[&str]| {
        let outcome = run(["timeline"].iter().chain(arguments)).input(two_jobs()).finish();
        let lines = outcome.stdout.lines().filter(|line| line.starts_with('#'));
        let heads: Vec<_> = lines.map(|line| line.rsplit("  ").next().unwrap().to_owned()).collect();
        let panels = outcome.stdout.lines().filter(|line| line.contains("/Forward  2021")).count();
        (outcome.exit, heads.join(" "), panels)
    };
    let found = |heads: &str, panels| (0, heads.to_owned(), panels);
    assert_eq!(heads(&[]), found("b/Forward a/Forward a/Forward", 3));
    assert_eq!(heads(&["--only-incidents"]), found("b/Forward a/Forward a/Forward", 2));
    assert_eq!(heads(&["--job", "a"]), found("a/Forward a/Forward", 1));
    assert_eq!(heads(&["--from", "2021-01-14T07:45:00Z"]), found("a/Forward", 3));
    assert_eq!(heads(&["--to", "2021-01-14T06:50:00Z"]), found("b/Forward", 3));
    assert_eq!(heads(&["--to", "2021-01-14T06:50:00Z", "--only-incidents"]), found("b/Forward", 1));
    assert_eq!(heads(&["--direction", "forward"]), found("b/Forward a/Forward a/Forward", 3));
    assert_eq!(heads(&["--job", "none"]), (65, String::new(), 0));
    let stderr = run(["timeline", "--job", "none"]).input(two_jobs()).finish().stderr;
    assert!(
        stderr.contains(" polls, but none that passes --job, --direction, --from and --to\n"),
        "{stderr}"
    );
    // Without an incident there is nothing to show, which is no failure.
    assert_eq!(heads(&["--job", "c", "--only-incidents"]), found("", 0));
    // Earlier polls are judged: the lag at the first poll shown counts already.
    let text = run(["timeline", "--from", "2021-01-14T06:20:00Z"]).input(two_jobs()).finish().stdout;
    assert!(text.contains("     2021-01-14T06:20:00Z to "), "{text}");
}

#[test]
fn times_are_in_the_zone_that_is_asked_for() {
    let zoned = |zone: &str| run(["timeline", STORY, "--tz", zone]).finish().stdout;
    assert!(
        zoned("+08:00").contains("2021-01-14T14:34:00+08:00 to 2021-01-14T16:03:00+08:00"),
        "{}",
        zoned("+08:00")
    );
    assert!(zoned("+08:00").contains("       14:34:00  DEGRADED"), "{}", zoned("+08:00"));
    let local = run(["timeline", STORY, "--tz", "local"]).env("TZ", "CST-8").finish().stdout;
    assert_eq!(local, zoned("+08:00"));
    assert_eq!(run(["timeline", STORY, "--tz", "Mars"]).finish().exit, 64);
    let picture = run(["timeline", STORY, "--tz", "+08:00", "--svg", "-"]).finish().stdout;
    assert!(
        picture.contains(">01-14 14:00</text>") && picture.contains("16:59 UTC+08:00</text>"),
        "{picture}"
    );
}

#[test]
fn the_picture_has_a_title_tooltips_and_dark_colours() {
    let outcome = run(["timeline", STORY, "--svg", "-"]).finish();
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    let document = roxmltree::Document::parse(&outcome.stdout).unwrap();
    let root = document.root_element();
    let child =
        |name: &str| root.children().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
    assert_eq!(
        child("title").unwrap().text(),
        Some("Lag and verdicts, 2021-01-14 06:00 to 2021-01-14 08:59 UTC")
    );
    let description = child("desc").unwrap().text().unwrap();
    assert_eq!(
        description,
        "180 polls of 1 panel. dtsexjk1alb116****/Forward: 2 incidents, the worst Failed."
    );
    let tips: Vec<_> = root
        .descendants()
        .filter(|node| node.tag_name().name() == "title" && node.parent() != Some(root))
        .filter_map(|node| node.text())
        .collect();
    for tip in [
        "lag, at most 1 h",
        "#1 Failed JOB_FAILED, 1 h 29 min, ",
        "Suspended for 20 min",
        "checkpoint stalled for ",
    ] {
        assert!(tips.iter().any(|own| own.starts_with(tip)), "{tip}: {tips:?}");
    }
    let style = child("style").unwrap().text().unwrap();
    assert!(style.contains("@media (prefers-color-scheme:dark)"), "{style}");
    for size in
        style.split("px").filter_map(|part| part.rsplit([':', ' ']).next()).filter(|part| part.len() == 2)
    {
        assert!(size.parse::<u32>().unwrap() >= 11, "{style}");
    }
}

#[test]
fn a_week_of_six_noisy_jobs_is_a_small_picture() {
    let mut lines = String::new();
    let mut noise: u32 = 1;
    for minute in 0..7 * 24 * 60 {
        for job in 0..6 {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let lag = if noise >> 24 < 8 { 5000 } else { i64::from(noise >> 22) % 50 };
            lines += &poll(
                minute,
                &format!("dts{job}"),
                if noise >> 20 < 3 { "Failed" } else { "Synchronizing" },
                lag,
            );
        }
    }
    let picture = run(["timeline", "--svg", "-"]).input(lines).finish().stdout;
    assert_eq!(picture.matches("class=\"job\"").count(), 6);
    assert!(picture.len() <= 200_000, "{}", picture.len());
}
