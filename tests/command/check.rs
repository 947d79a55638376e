//! `dts-status check`.

use std::fs;
use std::path::PathBuf;

use aliyun_dts_status::health::Assessment;
use serde_json::{Value, json};

use crate::run::{RunOutput, directory, documented, run, unwrapped};

const NOW: &str = "2021-01-14T09:22:30Z";
const SAMPLE: &str = "testdata/docs-en.json";

/// Judges at the time of the documented sample.
fn check(arguments: &[&str]) -> RunOutput {
    run(["check", "--now", NOW].iter().chain(arguments)).finish()
}

/// The files of one test.
struct Files(PathBuf);

impl Files {
    fn new(name: &str) -> Self {
        Files(directory(name))
    }

    fn write(&self, name: &str, body: &str) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, body).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The documented sample with some text replaced.
    fn sample(&self, name: &str, replacements: &[(&str, &str)]) -> String {
        let mut body = fs::read_to_string(SAMPLE).unwrap();
        for (from, to) in replacements {
            assert!(body.contains(from), "{from}");
            body = body.replace(from, to);
        }
        self.write(name, &body)
    }
}

/// Turns the documented sample into the response for direction Reverse.
const REVERSED: &[(&str, &str)] = &[
    ("\"exjk1alb116****\"", "\"rev0k1alb116****\""),
    ("rm-bp1u40w1ip917****", "rm-x"),
    ("rm-bp1i99e8l7913****", "rm-bp1u40w1ip917****"),
    ("rm-x", "rm-bp1i99e8l7913****"),
    (
        "\"Status\": \"synchronizing\"",
        "\"Status\": \"Synchronizing\", \"SynchronizationDirection\": \"Reverse\"",
    ),
];

const LAGGING: &[(&str, &str)] =
    &[("\"Delay\": \"0\"", "\"Delay\": \"61\""), ("\"DelayMillis\": 0", "\"DelayMillis\": 61000")];

const BROKEN: &str = "<html><body>Please log in</body></html>";

#[test]
fn the_documented_sample_is_healthy_at_its_time_only() {
    let outcome = check(&[SAMPLE]);
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""));
    let job = "dtsexjk1alb116****/Forward  \"MySQL Synchronization\"  Synchronizing";
    assert_eq!(outcome.stdout, format!("HEALTHY  6 s behind\njob       {job}\n"));

    let now = run(["check", SAMPLE, "--output", "json"]).finish();
    assert_eq!((now.exit, &now.json()["verdict"]), (2, &json!("Degraded")));
    // The clock is cut to whole seconds.
    assert!(now.json()["lag_seconds"].is_u64(), "{}", now.stdout);
}

#[test]
fn json_has_the_pinned_shape() {
    let mut healthy = check(&["--output", "json", SAMPLE]).json();
    assert!(serde_json::from_value::<Assessment>(healthy.clone()).is_ok());
    assert!(healthy.as_object_mut().unwrap().remove("snapshot").unwrap().is_object());
    assert_eq!(
        healthy,
        json!({
            "verdict": "Healthy", "reason": null, "exit_code": 0, "lag_seconds": 6, "data_age_seconds": 6, "rps": 0,
            "checkpoint": "2021-01-14T09:22:24Z", "observed_at": "2021-01-14T09:22:30Z",
            "findings": [], "deadlines": [], "job_id": "dtsexjk1alb116****", "job_name": "MySQL Synchronization",
            "direction": "Forward", "status": "Synchronizing"
        })
    );

    let files = Files::new("check-json");
    let lagging = check(&["--output", "json", &files.sample("lagging", LAGGING)]).json();
    assert_eq!(lagging["reason"], "LAG_HIGH");
    let finding = &lagging["findings"][0];
    let mut members: Vec<_> = finding.as_object().unwrap().keys().map(String::as_str).collect();
    members.sort_unstable();
    assert_eq!(
        members,
        ["code", "direction", "evidence", "message", "phase", "remedy", "severity", "subject", "upstream"]
    );
    assert_eq!(finding["evidence"][0], json!({"path": "Delay", "value": "61"}));
}

#[test]
fn text_has_verdict_reason_findings_and_deadlines() {
    let files = Files::new("check-text");
    let failed = files.sample(
        "failed",
        &[
            (
                "\"Status\": \"synchronizing\"",
                "\"Status\": \"Failed\", \"ErrorMessage\": \"DTS-070211: Connect\\n\\u001b[2J\"",
            ),
            (
                "\"PayType\": \"PostPaid\"",
                "\"PayType\": \"PrePaid\", \"ExpireTime\": \"2021-01-16T16:00:00Z\"",
            ),
        ],
    );
    insta::assert_snapshot!("failed", check(&[&failed, "--since", "2021-01-12T00:00:00Z"]).text());
    insta::assert_snapshot!("failed-too-long", check(&[&failed, "--since", "2021-01-01T00:00:00Z"]).text());
    insta::assert_snapshot!("lagging", check(&[&files.sample("lagging", LAGGING)]).text());
    insta::assert_snapshot!("fault", check(&["testdata/faults/gateway-fault.xml"]).text());
    let reverse = files.sample("reverse", &[REVERSED, LAGGING].concat());
    insta::assert_snapshot!("two-way", check(&[SAMPLE, "--reverse", &reverse]).text());
    let undecodable = run(["check", "--now", NOW]).input(BROKEN).finish();
    insta::assert_snapshot!("undecodable", undecodable.text());
}

/// The number of times that a text is in another one.
fn times(part: &str, text: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn an_error_message_and_its_remedy_are_printed_once() {
    let files = Files::new("check-once");
    let message = "DTS-70019: column a is missing; this job cannot be recovered";
    let failure = format!("\"Status\": \"Failed\", \"ErrorMessage\": \"{message}\"");
    let both = format!("{failure}, \"DataSynchronizationStatus\": {{{failure}}}");
    let failed = files.sample("failed", &[("\"Status\": \"synchronizing\"", &both)]);
    let text = check(&[&failed]).text();
    assert_eq!(times(message, &unwrapped(&text)), 1, "{text}");
    assert_eq!(times("remedy DTS-70019: a column is missing", &unwrapped(&text)), 1, "{text}");
    for code in ["UNRECOVERABLE_REPORTED  Incremental", "INCREMENTAL_FAILED  Incremental", "JOB_FAILED  Job"]
    {
        assert_eq!(times(&format!("\nCritical  {code}\n"), &text), 1, "{text}");
    }
    insta::assert_snapshot!(text);

    // The library cuts a long message in the first line, so that the evidence has more of it.
    let long = format!("DTS-70019: {}end of it", "x ".repeat(100));
    let quoted = format!("\"Failed\", \"ErrorMessage\": \"{long}\"");
    let text = check(&[&files.sample("long", &[("\"synchronizing\"", &quoted)])]).text();
    assert_eq!(times("end of it", &text), 1, "{text}");
}

#[test]
fn the_first_lines_say_how_long_it_takes_and_what_raises_the_exit_status() {
    let files = Files::new("check-first-lines");
    let busy = ("\"RPS\": \"0\"", "\"RPS\": \"40\"");
    let lag = |name: &str, seconds: i64| {
        let delay = format!("\"Delay\": \"{seconds}\"");
        files.sample(name, &[("\"Delay\": \"0\"", &delay), ("\"DelayMillis\": 0,", ""), busy])
    };
    let trend = ["--previous", &lag("before", 900), "--previous-at", "2021-01-14T09:21:30Z"];
    let text = check(&[&[&*lag("now", 840)], &trend[..]].concat()).text();
    assert!(
        text.contains("\nDEGRADED  LAG_CRITICAL  14 min behind, caught up in about 14 min\nThe target lags "),
        "{text}"
    );

    let paused = files.sample("paused", &[("\"synchronizing\"", "\"Suspending\"")]);
    let text = check(&[&paused, "--since", "2021-01-13T00:00:00Z"]).text();
    let (first, _) = text.split_once("\njob  ").unwrap();
    assert!(
        first.starts_with("exit: 2\n--- stdout\nSUSPENDED  JOB_SUSPENDED\nThe job is paused: "),
        "{text}"
    );
    assert!(first.contains("\nSUSPEND_OVER_SOFT_LIMIT: "), "{text}");
    assert!(unwrapped(first).ends_with(", it can be resumed for another 5 d 14 h."), "{text}");
    assert!(text.contains("\n  resume_by_soft  2021-01-13T06:00:00Z  1 d 3 h ago\n"), "{text}");
    // What is no value of the body is in the message.
    let flat = unwrapped(&text);
    assert!(flat.contains(", since 2021-01-13T00:00:00Z, ") && !flat.contains("(previous)"), "{text}");

    let failed = files.sample("failed", &[("\"synchronizing\"", "\"Failed\"")]);
    let text = check(&[&failed, "--since", "2021-01-09T00:00:00Z"]).text();
    assert!(unwrapped(&text).contains(", it can be recovered for another 1 d 14 h."), "{text}");
}

#[test]
fn values_that_can_not_be_used_are_shown() {
    let files = Files::new("check-lost");
    let unreadable = [
        ("\"Delay\": \"0\"", "\"Delay\": \"soon\""),
        ("\"Checkpoint\": \"1610616144\"", "\"Checkpoint\": \"?\""),
    ];
    let unknown = ("\"DelayMillis\": 0", "\"Novelty\": 0");
    let file = files.sample("lost/job", &[&unreadable[..], &[unknown]].concat());
    let text = |arguments: &[&str]| check(arguments).text().replace(&file, "lost/job");
    insta::assert_snapshot!("lost", text(&[&file]));
    let fleet = run(["check", "--now", NOW, "lost"]).directory(&files.0).finish();
    insta::assert_snapshot!("lost-in-a-fleet", fleet.text());
}

#[test]
fn the_verdict_is_coloured() {
    let colored = |file: &str| check(&["--color", "always", file]).stdout;
    assert!(colored(SAMPLE).contains("\u{1b}[1m\u{1b}[32mHEALTHY\u{1b}[0m"));
    assert!(colored("testdata/faults/gateway-fault.xml").contains("\u{1b}[1m\u{1b}[35mUNKNOWN\u{1b}[0m"));
    assert!(!check(&[SAMPLE]).stdout.contains('\u{1b}'));
}

#[test]
fn times_have_two_forms_and_default_to_each_other() {
    let reason = |arguments: &[&str]| {
        let outcome = run(["check", "--output", "json", SAMPLE].iter().chain(arguments)).finish();
        outcome.json()["reason"].clone()
    };
    assert_eq!(reason(&["--now", "1610616150"]), Value::Null);
    assert_eq!(reason(&["--now", "2021-01-14T17:22:30+08:00"]), Value::Null);
    assert_eq!(reason(&["--now", "1610619750", "--observed-at", "1610616150"]), "OBSERVATION_STALE");
    assert_eq!(reason(&["--now", "1610619750"]), "LAG_HIGH");
    assert_eq!(reason(&["--now", "-5"]), "CHECKPOINT_IN_FUTURE");
}

#[test]
fn the_direction_can_be_requested() {
    let files = Files::new("check-direction");
    let reverse = files.sample("reverse", REVERSED);
    let result = |arguments: &[&str]| {
        let outcome = check(&[&["--output", "json"], arguments].concat());
        (outcome.exit, outcome.json()["direction"].clone(), outcome.json()["reason"].clone())
    };
    assert_eq!(result(&[&reverse, "--direction", "reverse"]), (0, json!("Reverse"), Value::Null));
    assert_eq!(result(&[&reverse]), (3, json!("Forward"), json!("DIRECTION_MISMATCH")));
    assert_eq!(result(&[SAMPLE, "--two-way"]), (3, json!("TwoWay"), json!("REVERSE_NOT_OBSERVED")));
    assert_eq!(
        result(&[&reverse, "--two-way", "--direction", "reverse"]),
        (3, json!("TwoWay"), json!("FORWARD_NOT_OBSERVED"))
    );
    assert_eq!(result(&[SAMPLE, "--reverse", &reverse]), (0, json!("TwoWay"), Value::Null));
    assert_eq!(result(&[SAMPLE, "--reverse", &reverse, "--two-way"]), (0, json!("TwoWay"), Value::Null));
    // Its TaskId is masked, so that both are one answer cannot be known from it.
    assert_eq!(result(&[SAMPLE, "--reverse", SAMPLE]).2, "ENDPOINTS_NOT_MIRRORED");
    // The reverse direction is of the same job, also where none was asked for.
    let one = files.sample("one", &[("dtsexjk1alb116****", "dtsone")]);
    let other = files.sample("other", &[&[("dtsexjk1alb116****", "dtsother")], REVERSED].concat());
    assert_eq!(result(&[&one, "--reverse", &other]), (3, json!("TwoWay"), json!("JOB_MISMATCH")));
}

#[test]
fn a_trend_needs_a_previous_response() {
    let files = Files::new("check-trend");
    let failed = files.sample("failed", &[("synchronizing", "Failed")]);
    let trend = ["--previous", &failed, "--previous-at", "2021-01-14T09:17:30Z"];
    let object = check(&[&["--output", "json", SAMPLE], &trend[..]].concat()).json();
    assert_eq!(
        (&object["verdict"], &object["findings"][0]["code"]),
        (&json!("Healthy"), &json!("RECOVERED"))
    );
}

#[test]
fn thresholds_come_from_options_and_files() {
    let files = Files::new("check-policy");
    let policy = files.write("policy.toml", "# strict\nlag-warn = \"2s\"\nlag-critical = 5400\n");
    let reason = |arguments: &[&str]| {
        check(&[&["--output", "json", SAMPLE], arguments].concat()).json()["reason"].clone()
    };
    assert_eq!(reason(&[]), Value::Null);
    assert_eq!(reason(&["--lag-warn", "5s"]), "LAG_HIGH");
    assert_eq!(reason(&["--lag-warn", "5"]), "LAG_HIGH");
    assert_eq!(reason(&["--lag-warn", "6s"]), Value::Null);
    assert_eq!(reason(&["--policy", &policy]), "LAG_HIGH");
    assert_eq!(reason(&["--policy", &policy, "--lag-warn", "10m"]), Value::Null);
    let nagios = check(&["--output", "nagios", SAMPLE, "--policy", &policy]).stdout;
    assert!(nagios.contains("'lag'=6s;2;5400;0"), "{nagios}");
}

#[test]
fn a_time_has_the_same_forms_in_every_option() {
    let files = Files::new("check-maintenance");
    let failed = files.sample("failed", &[("synchronizing", "Failed")]);
    for (until, exit) in [
        ("2021-01-14T09:22:30Z", 2),
        ("1610616150", 2),
        ("2021-01-14T09:22:31Z", 1),
        ("1610616151", 1),
        ("1610616150001", 1),
        ("none", 2),
    ] {
        assert_eq!(check(&[&failed, "--maintenance-until", until]).exit, exit, "{until}");
    }
    let wrong = check(&[&failed, "--maintenance-until", "soon"]);
    assert!(
        wrong.stderr.contains("expected a time such as 2021-01-14T09:22:30Z, or none"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn every_threshold_has_an_option_and_a_key() {
    let files = Files::new("check-thresholds");
    let help = run(["check", "--help"]).finish().stdout;
    let mut all = String::new();
    for field in aliyun_dts_status::health::Policy::FIELDS {
        let (name, default) = (field.key(), field.default);
        assert!(help.contains(&format!(" --{name}")), "{name}");
        assert_eq!(check(&[SAMPLE, &format!("--{name}={default}")]).exit, 0, "{name}");
        all.push_str(&format!("{name} = \"{default}\"\n"));
    }
    for option in
        ["lag-warn <DURATION>", "clear-at <PERCENT>", "flap-on <NUMBER>", "maintenance-until <TIME>"]
    {
        assert!(help.contains(&format!(" --{option}\n")), "{option}: {help}");
    }
    assert!(help.contains("[default: 80%]"), "{help}");
    assert_eq!(check(&[SAMPLE, "--ended-is-ok"]).exit, 0);
    assert_eq!(check(&[SAMPLE, "--policy", &files.write("all.toml", &all)]).exit, 0);
}

#[test]
fn a_wrong_policy_is_refused() {
    let files = Files::new("check-wrong-policy");
    let with_file = |text: &str| {
        let policy = files.write("policy.toml", text);
        let outcome = check(&[SAMPLE, "--policy", &policy]);
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (64, ""), "{text}");
        outcome.stderr.replace(&policy, "policy.toml")
    };
    let texts = [
        "lag-wrn = \"60s\"",
        "lag_warn = \"60s\"",
        "lag-warn = \"soon\"\nflap-polls = 99\nclear-at = \"0%\"",
        "lag-warn = ",
        "[lag]",
    ];
    let messages: Vec<_> = texts.iter().map(|text| format!("{text}\n{}", with_file(text))).collect();
    insta::assert_snapshot!(messages.join("\n"));

    let order = check(&[SAMPLE, "--lag-warn", "11m"]);
    assert_eq!(order.exit, 64);
    assert_eq!(order.stderr, "dts-status: lag-warn is greater than lag-critical\n");
    assert_eq!(check(&[SAMPLE, "--policy", "no/such.toml"]).exit, 66);
    let long = files.write("long.toml", &"#".repeat(1 << 20));
    assert_eq!(check(&[SAMPLE, "--policy", &long]).exit, 0);
    let longer = files.write("longer.toml", &"#".repeat((1 << 20) + 1));
    assert_eq!(check(&[SAMPLE, "--policy", &longer]).exit, 66);
}

#[test]
fn wrong_usage_is_64() {
    let files = Files::new("check-usage");
    let other = files.sample("other", &[]);
    let empty = directory("check-usage-directory");
    let empty = empty.to_str().unwrap();
    for arguments in [
        &[SAMPLE, "--now", "yesterday"][..],
        &[SAMPLE, "--lag-warn", "soon"],
        &[SAMPLE, "--lag-warn", "-60s"],
        &[SAMPLE, "--clear-at", "101"],
        &[SAMPLE, "--ended-is-ok=yes"],
        &[SAMPLE, "--output", "yaml"],
        &[SAMPLE, "--direction", "sideways"],
        &[SAMPLE, "--previous", &other],
        &[SAMPLE, "--previous-at", NOW],
        &[SAMPLE, "--reverse", &other, "--previous", &other, "--previous-at", NOW],
        &[SAMPLE, "--reverse", &other, "--direction", "reverse"],
        &[SAMPLE, &other, "--reverse", &other],
        &[empty, "--reverse", &other],
        &[SAMPLE, &other, "--previous", &other, "--previous-at", NOW],
        &["-", "-"],
        &["--reverse", "-"],
        &["-", "--previous", "-", "--previous-at", NOW],
    ] {
        let outcome = check(arguments);
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (64, ""), "{arguments:?}");
        assert!(outcome.stderr.starts_with("dts-status: "), "{arguments:?}: {}", outcome.stderr);
    }
    for arguments in [
        &["no/such/file"][..],
        &["testdata/docs-en.json/file"],
        &[SAMPLE, "--reverse", "no/such/file"],
        &[SAMPLE, "--previous", "no/such/file", "--previous-at", NOW],
    ] {
        let outcome = check(arguments);
        assert_eq!((outcome.exit, outcome.stdout.as_str()), (66, ""), "{arguments:?}");
    }
}

#[test]
fn an_undecodable_body_is_unknown_in_every_format() {
    let files = Files::new("check-undecodable");
    let broken = files.write("broken.json", BROKEN);
    for (format, seen) in [
        ("text", "Please log in"),
        ("json", "\"verdict\": \"Unknown\""),
        ("nagios", "DTS UNKNOWN - "),
        ("openmetrics", "dts_sync_verdict=\"Unknown\"} 1"),
        ("health-json", "\"status\": \"fail\""),
    ] {
        let outcome = check(&["--output", format, &broken]);
        assert_eq!(outcome.exit, 3, "{format}");
        assert!(outcome.stdout.contains(seen), "{format}: {}", outcome.stdout);
        let is_warned = outcome.stderr.starts_with(&format!("dts-status: {broken}: "));
        assert_eq!(is_warned, format != "text", "{format}: {}", outcome.stderr);
    }
    let object = check(&["--output", "json", &broken]).json();
    let decoded = run(["decode", "--output", "json", &broken]).finish().json();
    assert_eq!(object["error"], decoded["error"]);
    assert_eq!(
        (&object["verdict"], &object["exit_code"], &object["reason"], &object["job_id"]),
        (&json!("Unknown"), &json!(3), &json!("BODY_UNDECODABLE"), &Value::Null)
    );
}

#[test]
fn the_other_body_of_an_undecodable_one_is_judged() {
    let files = Files::new("check-half");
    let broken = files.write("broken.json", BROKEN);
    let lagging = files.sample("lagging", LAGGING);
    let locked = files.sample("locked", &[("synchronizing", "Locked")]);
    let reverse = files.sample("reverse", REVERSED);
    for (arguments, reason, direction, exit) in [
        (&[&*lagging, "--previous", &broken, "--previous-at", "1610615850"][..], "LAG_HIGH", "Forward", 3),
        (&[&*locked, "--previous", &broken, "--previous-at", "1610615850"], "JOB_LOCKED", "Forward", 2),
        (&[SAMPLE, "--reverse", &broken], "BODY_UNDECODABLE", "TwoWay", 3),
        (&[&*locked, "--reverse", &broken], "JOB_LOCKED", "TwoWay", 2),
        (&[&*broken, "--reverse", &reverse], "BODY_UNDECODABLE", "TwoWay", 3),
    ] {
        let outcome = check(&[&["--output", "json"], arguments].concat());
        let object = outcome.json();
        assert_eq!(outcome.exit, exit, "{arguments:?}");
        assert_eq!(object["exit_code"], exit, "{arguments:?}");
        assert_eq!(object["verdict"], if exit == 3 { "Unknown" } else { "Failed" }, "{arguments:?}");
        assert_eq!(object["reason"], reason, "{arguments:?}");
        assert_eq!(object["direction"], direction, "{arguments:?}");
        assert_eq!(object["error"]["kind"], "html", "{arguments:?}");
        assert!(outcome.stderr.starts_with(&format!("dts-status: {broken}: ")), "{}", outcome.stderr);
        let text = check(arguments);
        assert_eq!(text.exit, exit);
        assert!(
            unwrapped(&text.stdout).contains(&format!("{broken}: the body is a web page")),
            "{}",
            text.stdout
        );
        for format in ["nagios", "openmetrics", "health-json"] {
            let outcome = check(&[&["--output", format], arguments].concat());
            assert_eq!(outcome.exit, exit, "{format} {arguments:?}");
            // Where another reason is worse, the finding is not among what the format shows.
            let is_shown = outcome.stdout.contains("BODY_UNDECODABLE");
            assert!(is_shown || exit == 2, "{format}: {}", outcome.stdout);
        }
    }
    // An earlier body says nothing about the present. Two undecodable bodies are both reported.
    for second in [SAMPLE, &broken] {
        for arguments in
            [&[&*broken, "--previous", second, "--previous-at", NOW][..], &[&broken, "--reverse", &broken]]
        {
            let outcome = check(&[&["--output", "json"], arguments].concat());
            let object = outcome.json();
            assert_eq!((outcome.exit, &object["reason"]), (3, &json!("BODY_UNDECODABLE")), "{arguments:?}");
            assert_eq!(object["error"]["kind"], "html", "{arguments:?}");
            let errors = outcome.stderr.matches("Please log in").count();
            assert_eq!(errors, if second == SAMPLE && arguments[1] == "--previous" { 1 } else { 2 });
        }
    }
}

#[test]
fn several_files_and_directories_are_a_fleet() {
    let files = Files::new("check-fleet");
    let lagging = files.sample("jobs/2/lagging.json", LAGGING);
    let locked =
        files.sample("jobs/1.json", &[("synchronizing", "Locked"), ("dtsexjk1alb116****", "dtsother")]);
    let broken = files.write("jobs/3", BROKEN);
    let jobs = files.0.join("jobs").to_str().unwrap().to_owned();

    let outcome = check(&["--output", "json", SAMPLE, &jobs]);
    let object = outcome.json();
    assert_eq!((outcome.exit, &object["exit_code"], &object["verdict"]), (2, &json!(2), &json!("Failed")));
    assert_eq!(object["counts"], json!({"Healthy": 1, "Degraded": 1, "Unknown": 1, "Failed": 1}));
    let jobs_with_verdicts: Vec<_> =
        object["jobs"].as_array().unwrap().iter().map(|job| (&job["file"], &job["verdict"])).collect();
    let (sample, locked, lagging, broken) = (json!(SAMPLE), json!(locked), json!(lagging), json!(broken));
    let (healthy, failed, degraded, unknown) =
        (json!("Healthy"), json!("Failed"), json!("Degraded"), json!("Unknown"));
    assert_eq!(
        jobs_with_verdicts,
        [(&sample, &healthy), (&locked, &failed), (&lagging, &degraded), (&broken, &unknown)]
    );
    assert_eq!(object["jobs"][3]["error"]["kind"], "html");
    assert_eq!(object["causes"][0]["code"], "JOB_LOCKED");
    assert!(outcome.stderr.contains("/jobs/3: "), "{}", outcome.stderr);

    let sample = fs::canonicalize(SAMPLE).unwrap();
    let fleet = run(["check", "--now", NOW, sample.to_str().unwrap(), "jobs"]).directory(&files.0).finish();
    insta::assert_snapshot!(fleet.text());
    for (format, seen) in [
        ("nagios", "DTS FAILED - 1 Failed, 1 Unknown, 1 Degraded, 1 Healthy; dtsother/Forward: JOB_LOCKED: "),
        (
            "openmetrics",
            "dts_sync_verdict{job_id=\"dtsother\",direction=\"Forward\",dts_sync_verdict=\"Failed\"} 1",
        ),
        ("health-json", "\"jobs:Failed\""),
    ] {
        let outcome = check(&["--output", format, SAMPLE, &jobs]);
        assert_eq!(outcome.exit, 2);
        assert!(outcome.stdout.contains(seen), "{format}: {}", outcome.stdout);
    }
}

#[test]
fn a_directory_is_always_a_fleet() {
    let files = Files::new("check-small-fleets");
    let one = check(&[
        "--output",
        "json",
        PathBuf::from(files.sample("one/job", &[])).parent().unwrap().to_str().unwrap(),
    ]);
    assert_eq!((one.exit, one.json()["jobs"].as_array().unwrap().len()), (0, 1));
    let empty = directory("check-empty-fleet");
    let none = check(&[empty.to_str().unwrap()]);
    assert_eq!(
        none.text(),
        "exit: 3\n--- stdout\nThere is no job to judge: 0 jobs.\n\nUNKNOWN  0 jobs\n--- stderr\n"
    );
}

#[test]
fn standard_input_is_judged() {
    for arguments in [&["check", "--now", NOW][..], &["check", "--now", NOW, "-"]] {
        assert_eq!(run(arguments).input(documented()).finish().exit, 0);
    }
    let files = Files::new("check-standard-input");
    let reverse = files.sample("reverse", REVERSED);
    assert_eq!(run(["check", "--now", NOW, "--reverse", &reverse]).input(documented()).finish().exit, 0);
}

#[test]
fn a_closed_pipe_changes_no_exit_status() {
    for format in ["text", "json", "nagios", "openmetrics", "prometheus", "health-json"] {
        for (file, exit) in [(SAMPLE, 0), ("testdata/faults/gateway-fault.xml", 3)] {
            let outcome = run(["check", "--now", NOW, "--output", format, file]).finish_unread();
            assert_eq!((outcome.exit, outcome.stderr.as_str()), (exit, ""), "{format}");
        }
    }
}

/// A folder of 200 jobs with Chinese names, of which ten need a look.
fn fleet_of_200(files: &Files) -> String {
    for index in 0..200 {
        let delay = format!("\"Delay\": \"{}\"", 100 + index * 10);
        let bad = match index % 20 {
            7 if index % 40 == 7 => (
                "\"Status\": \"synchronizing\"",
                "\"Status\": \"Failed\", \"ErrorMessage\": \"DTS-070211: Connect\"",
            ),
            7 => ("\"Delay\": \"0\"", &*delay),
            _ => ("\"PayType\"", "\"PayType\""),
        };
        let id = format!("dtse{index:03}alb116w");
        let name = format!("用户数据同步到分析库 {index}");
        let busy = ("\"RPS\": \"0\"", "\"RPS\": \"40\"");
        let names = [("dtsexjk1alb116****", &*id), ("MySQL Synchronization", &*name)];
        files.sample(&format!("jobs/region-{index:03}/answer.json"), &[bad, busy, names[0], names[1]]);
    }
    files.0.join("jobs").to_str().unwrap().to_owned()
}

#[test]
fn a_fleet_of_200_with_10_bad_jobs_fits_a_screen() {
    let folder = fleet_of_200(&Files::new("check-fleet-of-200"));
    let outcome = check(&[&folder]);
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (2, ""));
    let lines: Vec<_> = outcome.stdout.lines().collect();
    assert!(lines.len() <= 23, "{}", outcome.stdout);
    // A Chinese character takes two columns.
    let columns =
        |line: &str| line.chars().map(|letter| if letter > '\u{2e80}' { 2 } else { 1 }).sum::<usize>();
    assert!(lines.iter().all(|line| columns(line) <= 80), "{}", outcome.stdout);
    let head = lines[0];
    assert_eq!(
        head.split_whitespace().collect::<Vec<_>>(),
        ["VERDICT", "LAG", "REASON", "JOB", "NAME", "FILE"]
    );
    let rows: Vec<_> = lines[1..11].iter().map(|row| row.split_whitespace().next().unwrap()).collect();
    assert_eq!(rows, [["FAILED"; 5], ["DEGRADED"; 5]].concat());
    // Of one verdict and severity the greatest lag comes first, and columns are aligned.
    assert!(
        lines[6].contains("  dtse187alb116w  用户") && lines[10].contains("  dtse027alb116w  "),
        "{}",
        outcome.stdout
    );
    let place = |line: &str, part: &str| line.find(part).map(|at| columns(&line[..at]));
    assert_eq!(place(lines[1], "dtse"), place(head, "JOB"));
    assert_eq!(place(lines[6], "…"), place(lines[7], "…"));
    assert_eq!(lines[lines.len() - 1], "FAILED  200 jobs: 5 Failed, 5 Degraded, 190 Healthy (see --all)");
}

/// A few letters of a name and of a file say nothing: a whole column says more.
#[test]
fn a_table_without_room_for_name_and_file_has_one_of_them() {
    let name = ("MySQL Synchronization", "orders to warehouse (production)");
    let text_of = |id: &str, more: &str| {
        let files = Files::new("check-narrow");
        let changes = [&[name, ("dtsexjk1alb116****", id)], LAGGING].concat();
        files.sample("jobs/cn-hangzhou/2026-01-14/capture-1.json", &changes);
        files.sample("jobs/cn-hangzhou/2026-01-14/capture-2.json", &changes);
        fs::write(files.0.join("jobs").join(more), "x").unwrap();
        check(&[files.0.join("jobs").to_str().unwrap()]).stdout
    };
    let text = text_of("dtse000alb116wxyz-of-a-page", "picture.svg");
    assert!(text.lines().next().unwrap().ends_with("  NAME") && text.contains("  orders to ware"), "{text}");
    // Nothing but its file names an answer that is none, in place of the job.
    let text = text_of("dtse000alb116wxyz", "broken.json");
    assert!(
        text.lines().next().unwrap().ends_with("  NAME") && text.contains("/jobs/broken.json\n"),
        "{text}"
    );
}

#[test]
fn rows_of_a_fleet_are_chosen_and_sorted() {
    let folder = fleet_of_200(&Files::new("check-fleet-view"));
    let rows = |more: &[&str]| {
        let outcome = check(&[&[&*folder], more].concat());
        let rows = outcome.stdout.lines().filter(|line| line.contains("alb116w  ") && line.contains(".json"));
        (rows.map(|row| row.split("  ").next().unwrap().to_owned()).collect::<Vec<_>>(), outcome.stdout)
    };
    let (all, text) = rows(&["--all"]);
    assert_eq!((all.len(), all[199].as_str()), (200, "HEALTHY"));
    assert!(text.ends_with("FAILED  200 jobs: 5 Failed, 5 Degraded, 190 Healthy\n"), "{text}");
    let (few, text) = rows(&["--limit", "3"]);
    assert_eq!(few, ["FAILED"; 3]);
    assert!(text.contains("\nand 7 more; --limit N shows them\n"), "{text}");
    let (by_lag, text) = rows(&["--sort", "lag", "--limit", "6"]);
    assert_eq!(by_lag, [["DEGRADED"; 5].as_slice(), &["FAILED"]].concat(), "{text}");
    let (by_job, text) = rows(&["--sort", "job"]);
    assert_eq!(by_job, ["FAILED", "DEGRADED"].repeat(5), "{text}");
}

#[test]
fn the_first_screen_has_the_name_the_console_and_the_time_left() {
    let files = Files::new("check-first-screen");
    let expiring =
        ("\"PayType\": \"PostPaid\"", "\"PayType\": \"PrePaid\", \"ExpireTime\": \"2021-01-16T16:00:00Z\"");
    let file = files.sample("job", &[&[expiring, ("MySQL Synchronization", "订单 同步")], LAGGING].concat());
    let text = check(&[&file]).stdout;
    assert!(
        text.contains("\njob       dtsexjk1alb116****/Forward  \"订单 同步\"  Synchronizing\n"),
        "{text}"
    );
    assert!(
        text.contains("\nconsole   https://dtsnew.console.aliyun.com/  task exjk1alb116****\n"),
        "{text}"
    );
    assert!(text.contains("\n  expires_at      2021-01-16T16:00:00Z  in 2 d 6 h\n"), "{text}");
    let zoned = check(&[&file, "--tz", "+08:00"]).stdout;
    assert!(zoned.contains("\n  expires_at      2021-01-17T00:00:00+08:00  in 2 d 6 h\n"), "{zoned}");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_wrong_body_is_shown_with_a_caret() {
    let body = documented().replace("\"Delay\": \"0\"", "\"Delay\": 0x1");
    let outcome = run(["check", "--now", NOW]).input(&*body).finish();
    let caret = "  16 |     \"Delay\": 0x1,\n     |               ^ dts-status explain syntax\n";
    assert!(outcome.stdout.contains(caret), "{}", outcome.stdout);
    // In a minified body the line is cut around the place.
    let minified = body.split('\n').map(str::trim).collect::<String>();
    let outcome = run(["check", "--now", NOW]).input(minified).finish();
    let lines: Vec<_> = outcome.stdout.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("  1 | …")).unwrap();
    let place = lines[at].chars().position(|letter| letter == 'x').unwrap();
    assert_eq!(lines[at + 1].find('^'), Some(place), "{}", outcome.stdout);
    assert!(lines.iter().all(|line| line.chars().count() <= 80), "{}", outcome.stdout);
}
