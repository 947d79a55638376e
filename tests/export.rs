//! Verdicts in the formats of monitoring systems, for jobs in all states.

use std::io::Write;
use std::process::{Command, Stdio};

use aliyun_dts_status::export::{
    Dialect, HealthJson, MetricFamily, Metrics, MetricsError, MetricsOptions, OwnFamily, metrics, nagios,
    nagios_fleet,
};
use aliyun_dts_status::health::{
    Assessment, Context, FleetAssessment, Policy, Topology, Tracker, Verdict, assess, assess_outcome, fleet,
    two_way,
};
use aliyun_dts_status::model::{Direction, ItemName, JobStatus, Outcome, PayType, PrecheckItem};
use aliyun_dts_status::{Response, SyncJob, decode};
use chrono::{DateTime, TimeDelta, Utc};

fn now() -> DateTime<Utc> {
    "2021-01-14T09:22:30Z".parse().unwrap()
}

fn openmetrics<'a>(assessments: impl IntoIterator<Item = &'a Assessment>) -> String {
    metrics(assessments, Dialect::OpenMetrics)
}

fn judge(job: &SyncJob) -> Assessment {
    assess(job, &Context::at(now()), &Policy::default())
}

fn changed(change: impl FnOnce(&mut SyncJob)) -> Assessment {
    let mut job = SyncJob::sample();
    change(&mut job);
    judge(&job)
}

/// One assessment of each kind that exports distinguish.
fn cases() -> Vec<(&'static str, Assessment)> {
    let seconds = |seconds| TimeDelta::try_seconds(seconds);
    let fault = decode(include_bytes!("../testdata/faults/gateway-fault.xml")).unwrap();
    let reverse = {
        let mut job = SyncJob::sample();
        job.direction = Some(Direction::Reverse);
        job.task_id = Some("another".to_owned());
        std::mem::swap(&mut job.source, &mut job.destination);
        job.pay_type = Some(PayType::PrePaid);
        job.expire_time = Some(now() + seconds(3 * 86_400).unwrap());
        assess(&job, &Context::at(now()).direction(Direction::Reverse), &Policy::default())
    };
    let forward = changed(|job| {
        job.pay_type = Some(PayType::PrePaid);
        job.expire_time = Some(now() + seconds(2 * 86_400).unwrap());
    });
    vec![
        ("healthy", judge(&SyncJob::sample())),
        ("lagging", judge(&SyncJob::lagging_sample())),
        ("failed", judge(&SyncJob::failed_sample())),
        ("lag-of-a-fraction", changed(|job| job.delay_millis = TimeDelta::try_milliseconds(1_500))),
        ("call-failed", assess_outcome(&Outcome::from(&fault), &Context::at(now()), &Policy::default())),
        ("status-unrecognized", changed(|job| job.status = Some(JobStatus::from("Re\"bal\\an\ncing|")))),
        (
            "progressing-yet-expiring",
            changed(|job| {
                job.status = Some(JobStatus::Initializing);
                job.pay_type = Some(PayType::PrePaid);
                job.expire_time = Some(now() + seconds(86_400).unwrap());
            }),
        ),
        (
            "precheck-failed",
            changed(|job| {
                job.job_id = Some("odd \"job\" \\ | of\ntwo lines".to_owned());
                job.status = Some(JobStatus::PrecheckFailed);
                let items = &mut job.precheck.as_mut().unwrap().items;
                for (item, name) in items.iter_mut().zip([ItemName::ConnectionSource, ItemName::SqlMode]) {
                    let mut failed = PrecheckItem::default();
                    failed.name = Some(name);
                    failed.status = Some("Failed".into());
                    failed.error_message = Some("a | b\nDTS-1020042: c".into());
                    *item = failed;
                }
            }),
        ),
        ("two-way", two_way(Some(forward), Some(reverse), Topology::TwoWay)),
    ]
}

#[test]
fn nagios_lines() {
    let lines: Vec<_> = cases()
        .iter()
        .map(|(name, case)| {
            let line = nagios(case, &Policy::default());
            assert_eq!(line.matches('|').count(), 1, "{name}: {line}");
            assert!(!line.contains(char::is_control), "{name}: {line}");
            format!("{name} ({}):\n{line}\n", case.exit_code())
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn nagios_has_the_thresholds_of_the_policy() {
    let mut policy = Policy::default();
    policy.lag_warn = TimeDelta::try_milliseconds(1_500).unwrap();
    let line = nagios(&judge(&SyncJob::sample()), &policy);
    assert!(line.ends_with("| 'lag'=6s;1.5;600;0 'data_age'=6s 'rps'=0"), "{line}");
}

#[test]
#[rustfmt::skip]
fn nagios_says_what_earlier_polls_add() {
    let answer = |change: &dyn Fn(&mut SyncJob)| {
        let mut job = SyncJob::sample();
        change(&mut job);
        Outcome::response(Response::from(job))
    };
    let healthy = answer(&|_| ());
    let failed = answer(&|job| job.status = Some(JobStatus::Failed));
    let lagging = answer(&|job| job.delay = TimeDelta::try_seconds(700));
    let silence = Outcome::no_answer();
    let at = "2021-01-14T09:23:30Z";
    for (first, second, expected) in [
        (&healthy, &lagging, "HEALTHY - dtsexjk1alb116****/Forward: Synchronizing. And LAG_HIGH pending: counts from 2021-01-14T09:25:30Z."),
        (&healthy, &silence, "HEALTHY - dtsexjk1alb116****/Forward: Held since {at}: the polls since then say nothing about the job. There was no answer, so the state of the job is unknown."),
        (&failed, &silence, "FAILED - dtsexjk1alb116****/Forward: JOB_FAILED: Held since {at}: the polls since then say nothing about the job. There was no answer, so the state of the job is unknown."),
    ] {
        let (mut tracker, policy) = (Tracker::new(), Policy::default());
        tracker.observe_outcome(first, &Context::at(now()), &policy);
        let context = Context::at(now() + std::time::Duration::from_secs(60)).job_id(Some("dtsexjk1alb116****".to_owned()));
        let line = nagios(&tracker.observe_outcome(second, &context, &policy), &policy);
        let expected = expected.replace("{at}", at);
        assert!(line.starts_with(&format!("DTS {expected} | ")), "{line}");
    }
}

#[test]
fn nagios_lines_of_fleets() {
    let lines: Vec<_> =
        fleets().iter().map(|(name, fleet)| format!("{name}:\n{}\n", nagios_fleet(fleet))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

fn fleets() -> Vec<(&'static str, FleetAssessment)> {
    let cases = cases();
    let all = fleet(cases.iter().map(|(_, case)| case));
    let healthy = fleet([&cases[0].1, &cases[0].1]);
    let mut undecodable = fleet([&cases[0].1]);
    undecodable.add_named(&broken(None), "captured/three|1.json");
    let mut unknown = FleetAssessment::new();
    for _ in 0..5 {
        unknown.add(&cases[5].1);
    }
    vec![
        ("all", all),
        ("healthy", healthy),
        ("undecodable", undecodable),
        ("five alike", unknown),
        ("none", FleetAssessment::new()),
    ]
}

#[test]
fn openmetrics_of_one_job() {
    insta::assert_snapshot!(openmetrics([&judge(&SyncJob::lagging_sample())]));
}

#[test]
fn openmetrics_escapes_line_breaks_and_control_characters() {
    let text = openmetrics([&changed(|job| job.job_id = Some("a\tb\u{7}c\rd\u{85}\"\\\n".to_owned()))]);
    let label = r#"job_id="a b c d \"\\\n""#;
    assert!(text.contains(label), "{text}");
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text}");
}

#[test]
fn openmetrics_of_no_job() {
    insta::assert_snapshot!(openmetrics([]));
}

/// All the cases twice, so that every name repeats, and a body that cannot be decoded.
fn exposition() -> String {
    all_cases(&MetricsOptions::default()).to_string()
}

fn all_cases(options: &MetricsOptions) -> Metrics {
    let cases = cases();
    let mut metrics = Metrics::new(options);
    for (_, case) in cases.iter().chain(&cases) {
        metrics.add(case);
    }
    metrics.add_named(&broken(None), "broken.json");
    metrics
}

#[test]
fn an_exposition_repeats_no_family_and_no_series() {
    let text = exposition();
    assert!(text.ends_with("\n# EOF\n"));
    assert_eq!(text.matches("# EOF").count(), 1);
    let mut series: Vec<_> = text
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(_) => line,
            None => line.rsplit_once(' ').unwrap().0,
        })
        .collect();
    let all = series.len();
    series.sort_unstable();
    series.dedup();
    assert_eq!(series.len(), all);

    let mut current = "";
    for line in text.lines().filter(|line| *line != "# EOF") {
        if let Some(help) = line.strip_prefix("# HELP ") {
            current = help.split(' ').next().unwrap();
        } else {
            assert!(
                line.strip_prefix("# TYPE ")
                    .or(line.strip_prefix("# UNIT "))
                    .unwrap_or(line)
                    .starts_with(current)
            );
        }
    }
}

#[test]
fn every_state_is_there_and_exactly_one_is_set() {
    for (name, case) in cases() {
        let text = openmetrics([&case]);
        let states = |family: &str| {
            let lines = text.lines().filter(|line| line.starts_with(&format!("{family}{{")));
            let set = lines.clone().filter(|line| line.ends_with(" 1")).count();
            (lines.count(), set)
        };
        assert_eq!(states("dts_sync_verdict"), (Verdict::ALL.len(), 1), "{name}");
        assert_eq!(states("dts_sync_status"), (JobStatus::KNOWN.len() + 2, 1), "{name}");
        let lags = case.lags();
        let known = lags.iter().filter(|(_, lag)| lag.is_some()).count();
        assert_eq!(states("dts_sync_lag_seconds").0, known, "{name}");
        assert_eq!(states("dts_sync_lag_known"), (lags.len(), known), "{name}");
    }
}

#[test]
fn openmetrics_of_an_undecodable_body() {
    let mut metrics = Metrics::new(&MetricsOptions::default());
    metrics.add_named(&broken(None), "broken.json");
    metrics.add_named(&broken(Some("dtsa")), "other.json");
    let text = metrics.to_string();
    let set: Vec<_> = text.lines().filter(|line| !line.starts_with('#') && !line.ends_with("} 0")).collect();
    let finding = r#"code="BODY_UNDECODABLE",severity="Warning",phase="Envelope"} 1"#;
    assert_eq!(
        set,
        [
            r#"dts_sync_info{job_id="broken.json",direction="Reverse"} 1"#,
            r#"dts_sync_info{job_id="dtsa",direction="Reverse"} 1"#,
            r#"dts_sync_verdict{job_id="broken.json",direction="Reverse",dts_sync_verdict="Unknown"} 1"#,
            r#"dts_sync_verdict{job_id="dtsa",direction="Reverse",dts_sync_verdict="Unknown"} 1"#,
            r#"dts_sync_verdict_rank{job_id="broken.json",direction="Reverse"} 6"#,
            r#"dts_sync_verdict_rank{job_id="dtsa",direction="Reverse"} 6"#,
            r#"dts_sync_status{job_id="broken.json",direction="Reverse",dts_sync_status="Missing"} 1"#,
            r#"dts_sync_status{job_id="dtsa",direction="Reverse",dts_sync_status="Missing"} 1"#,
            r#"dts_sync_observed_timestamp_seconds{job_id="broken.json",direction="Reverse"} 1610616150"#,
            r#"dts_sync_observed_timestamp_seconds{job_id="dtsa",direction="Reverse"} 1610616150"#,
            &format!(r#"dts_sync_finding{{job_id="broken.json",direction="Reverse",{finding}"#),
            &format!(r#"dts_sync_finding{{job_id="dtsa",direction="Reverse",{finding}"#),
            r#"dts_sync_undecodable{file="broken.json"} 1"#,
        ]
    );
    assert!(
        text.contains("\ndts_sync_lag_known{job_id=\"broken.json\",direction=\"Reverse\"} 0\n"),
        "{text}"
    );
}

#[test]
fn a_failed_call_keeps_its_name_in_every_exposition() {
    let unnamed = |file: &str| {
        let mut metrics = Metrics::new(&MetricsOptions::default());
        for name in ["a.json", file] {
            metrics.add_named(&broken(None), name);
        }
        metrics.to_string()
    };
    assert!(unnamed("b.json").contains("dts_sync_lag_known{job_id=\"b.json\","));
    // Without a name there is but one for all.
    let fault = decode(include_bytes!("../testdata/faults/gateway-fault.xml")).unwrap();
    let context = Context::at(now()).job_id("dtsa".to_owned());
    let failed = assess_outcome(&Outcome::from(&fault), &context, &Policy::default());
    assert!(openmetrics([&failed]).contains("dts_sync_lag_known{job_id=\"dtsa\","));
    assert!(nagios(&failed, &Policy::default()).starts_with("DTS UNKNOWN - dtsa/Forward: API_CALL_FAILED: "));
    assert!(HealthJson::job(&failed).to_string().contains("\"serviceId\":\"dtsa\""));
}

/// A body that cannot be decoded, of this job if one is given.
fn broken(job_id: Option<&str>) -> Assessment {
    let error = decode(b"{").unwrap_err();
    let context = Context::at(now()).direction(Direction::Reverse).job_id(job_id.map(str::to_owned));
    assess_outcome(&Outcome::from(&error), &context, &Policy::default())
}

/// Exit status of `.ci/openmetrics` if Python or its package is missing.
const SKIPPED: i32 = 77;

#[test]
fn prometheus_reads_the_exposition() {
    python_reads(&exposition());
    python_reads(&openmetrics([]));
}

/// Checks a text in OpenMetrics by Prometheus' own parser, where that is installed.
fn python_reads(text: &str) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/openmetrics");
    let python = Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = python else {
        eprintln!("skipped: python3 is not installed");
        return;
    };
    // The script may exit without reading.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    let output = child.wait_with_output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    match output.status.code() {
        Some(0) => assert!(printed.ends_with(" samples\n"), "{printed}"),
        Some(SKIPPED) => eprintln!("{printed}"),
        // The packaged crate does not contain the script.
        Some(2) if !std::path::Path::new(script).exists() => eprintln!("skipped: {script} is missing"),
        _ => panic!("{printed}\n{text}"),
    }
}

#[test]
fn health_json_of_jobs() {
    for (name, case) in cases() {
        insta::assert_snapshot!(format!("health-json-{name}"), format!("{:#}", HealthJson::job(&case)));
    }
}

#[test]
fn health_json_of_fleets() {
    let texts: Vec<_> =
        fleets().iter().map(|(name, fleet)| format!("{name}:\n{:#}\n", HealthJson::fleet(fleet))).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn health_json_says_pass_warn_or_fail_by_the_verdict() {
    let expected = [
        (Verdict::Healthy, "pass"),
        (Verdict::Ended, "pass"),
        (Verdict::Idle, "warn"),
        (Verdict::Progressing, "pass"),
        (Verdict::Suspended, "warn"),
        (Verdict::Degraded, "warn"),
        (Verdict::Unknown, "fail"),
        (Verdict::Failed, "fail"),
    ];
    let mut seen = Vec::new();
    for status in JobStatus::KNOWN.iter().cloned().map(Some).chain([None]) {
        let case = changed(|job| job.status = status);
        let json: serde_json::Value = serde_json::from_str(&HealthJson::job(&case).to_string()).unwrap();
        let (_, word) = expected.iter().find(|(verdict, _)| *verdict == case.verdict()).unwrap();
        assert_eq!(json["status"], *word);
        assert_eq!(json.get("output").is_some(), *word != "pass");
        seen.push(case.verdict());
    }
    assert!(expected.iter().all(|(verdict, _)| seen.contains(verdict)), "{seen:?}");
}

#[test]
fn extreme_times_do_not_panic() {
    let mut job = SyncJob::sample();
    job.checkpoint = Some(DateTime::<Utc>::MIN_UTC);
    job.pay_type = Some(PayType::PrePaid);
    for (now, expire) in [
        (DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC),
        (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC),
    ] {
        job.expire_time = Some(expire);
        let case = assess(&job, &Context::at(now).since(expire), &Policy::default());
        assert!(nagios(&case, &Policy::default()).starts_with("DTS "));
        assert!(openmetrics([&case]).ends_with("# EOF\n"));
        assert!(HealthJson::job(&case).to_string().starts_with('{'));
    }
}

#[test]
fn nagios_keeps_its_labels_if_nothing_is_known() {
    let line = nagios(&broken(Some("a|b")), &Policy::default());
    assert!(line.starts_with("DTS UNKNOWN - a¦b/Reverse: BODY_UNDECODABLE: "), "{line}");
    assert!(line.ends_with(" | 'lag'=U;60;600;0 'data_age'=U 'rps'=U"), "{line}");
}

#[test]
fn a_nagios_line_has_8_kb_at_most_and_all_its_performance_data() {
    for letters in [8_100, 8_200, 20_000] {
        let assessment = changed(|job| job.job_id = Some("é".repeat(letters)));
        let line = nagios(&assessment, &Policy::default());
        assert!(line.len() <= 8_192, "{}", line.len());
        let (text, data) = line.split_once(" | ").unwrap();
        assert!(text.starts_with("DTS HEALTHY - éé") && text.ends_with("é…"), "{letters}");
        assert_eq!(data.matches('=').count(), 3, "{data}");
    }
}

#[test]
#[rustfmt::skip]
fn nagios_says_what_decoding_lost() {
    let judge = |body: &str| {
        let decoded = decode(body.as_bytes()).unwrap();
        let assessment = assess_outcome(&Outcome::from(&decoded), &Context::at(now()), &Policy::default());
        nagios(&assessment, &Policy::default())
    };
    let line = judge(r#"{"SynchronizationJobId":"a","Status":"Failed","Delay":"soon"}"#);
    assert!(line.starts_with("DTS FAILED - a/Forward: JOB_FAILED: "), "{line}");
    assert!(line.contains(" And DECIDING_VALUE_LOST: "), "{line}");
    let line = judge(
        r#"{"SynchronizationJobId":"a","Status":"Synchronizing","Delay":0,"Performance":{"RPS":"many"}}"#,
    );
    assert!(line.starts_with("DTS HEALTHY - a/Forward: Synchronizing. And VALUES_LOST: "), "{line}");
}

#[test]
fn both_dialects_have_the_same_samples() {
    let samples = |dialect| {
        let text = all_cases(&MetricsOptions::new(dialect)).to_string();
        text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(samples(Dialect::OpenMetrics), samples(Dialect::Prometheus));
    let text = all_cases(&MetricsOptions::new(Dialect::Prometheus)).to_string();
    for absent in ["# EOF", "# UNIT", "stateset", " info\n"] {
        assert!(!text.contains(absent), "{absent}");
    }
    assert_eq!(text.matches(" gauge\n").count(), MetricFamily::ALL.len());
}

#[test]
fn every_family_of_the_table_is_written_and_can_be_left_out() {
    let text = exposition();
    for family in MetricFamily::ALL {
        let samples = format!("\n{}{{", MetricsOptions::default().name(*family));
        assert!(text.contains(&samples), "{family}");
        let without = all_cases(&MetricsOptions::default().without(*family)).to_string();
        assert!(!without.contains(&samples), "{family}");
    }
    let small = all_cases(&MetricsOptions::default().without_state_sets()).to_string();
    assert!(!small.contains("stateset") && small.contains("\ndts_sync_verdict_rank{"), "{small}");
}

#[test]
fn a_two_way_job_has_the_lag_of_both_directions() {
    let (_, both) = cases().pop().unwrap();
    // The same job, followed in one direction too, is another series.
    let text = openmetrics([&both, &judge(&SyncJob::sample())]);
    let lags: Vec<_> = text.lines().filter(|line| line.starts_with("dts_sync_lag_seconds{")).collect();
    assert_eq!(
        lags,
        [
            r#"dts_sync_lag_seconds{job_id="dtsexjk1alb116****",direction="Forward"} 6"#,
            r#"dts_sync_lag_seconds{job_id="dtsexjk1alb116****",direction="Reverse"} 6"#,
            r#"dts_sync_lag_seconds{job_id="dtsexjk1alb116****#2",direction="Forward"} 6"#,
        ]
    );
}

#[test]
fn labels_are_cut_and_stay_different() {
    let long = changed(|job| job.job_id = Some("数".repeat(200)));
    let alike = changed(|job| job.job_id = Some("a\tb".to_owned()));
    let other = changed(|job| job.job_id = Some("a b".to_owned()));
    let text = openmetrics([&long, &long, &alike, &other]);
    let known: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("dts_sync_lag_known{job_id=\"")?.split_once('"'))
        .map(|(id, _)| id)
        .collect();
    let cut = "数".repeat(126) + "#2";
    assert_eq!(known, [&*"数".repeat(128), &cut, "a b", "a b#2"]);
}

#[test]
fn own_families_are_written_after_ours() {
    let options = MetricsOptions::new(Dialect::OpenMetrics).prefix("dts").unwrap();
    let options = options.label("region", "cn-\"x\"").unwrap().without_state_sets();
    let mut calls = OwnFamily::counter("api_calls", "Calls, by \"result\".\nOf all jobs.").unwrap();
    calls.sample(&[("result", "ok")], 41.0).unwrap();
    calls.sample(&[("result", "throttled")], f64::INFINITY).unwrap();
    let mut up = OwnFamily::gauge("poll_age_seconds", "Age of the last poll.").unwrap();
    up.sample(&[], 0.25).unwrap();
    let mut metrics = Metrics::new(&options);
    metrics.add(&judge(&SyncJob::sample()));
    metrics.add_family(calls).unwrap();
    metrics.add_family(up).unwrap();
    let mut written = Vec::new();
    metrics.write_to(&mut written).unwrap();
    let text = String::from_utf8(written).unwrap();
    assert_eq!(text, metrics.to_string());
    insta::assert_snapshot!(text);
    assert_eq!(metrics.content_type(), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    python_reads(&text);
}

#[test]
fn a_bad_name_is_refused() {
    let options = MetricsOptions::default;
    let label = |name: &str| options().label(name, "a").unwrap_err().to_string();
    let mut own = OwnFamily::gauge("a", "b").unwrap();
    own.sample(&[("x", "1"), ("y", "2")], 1.0).unwrap();
    let repeated = own.sample(&[("y", "2"), ("x", "1")], 2.0).unwrap_err();
    assert_eq!(repeated, MetricsError::SampleRepeated("a{x=\"1\",y=\"2\"}".to_owned()));
    let mut metrics = Metrics::new(&options());
    metrics.add_family(own.clone()).unwrap();
    let name = "\" is no name of a metric: expected ASCII letters, digits and _";
    let of_label = "\" is no name of a label: expected ASCII letters, digits and _";
    for (error, expected) in [
        (options().prefix("dts-sync").unwrap_err().to_string(), format!("\"dts-sync{name}")),
        (options().prefix("").unwrap_err().to_string(), format!("\"{name}")),
        (OwnFamily::gauge("1a", "b").unwrap_err().to_string(), format!("\"1a{name}")),
        (OwnFamily::counter("_total", "b").unwrap_err().to_string(), format!("\"_total{name}")),
        (label("région"), format!("\"région{of_label}")),
        (label("__name__"), format!("\"__name__{of_label}")),
        (label("job"), "the label job is taken".to_owned()),
        (label("job_id"), "the label job_id is taken".to_owned()),
        (label("dts_sync_status"), "the label dts_sync_status is taken".to_owned()),
        (
            options().label("a", "1").and_then(|options| options.label("a", "2")).unwrap_err().to_string(),
            "the label a is taken".to_owned(),
        ),
        (
            options().label("a_status", "1").and_then(|options| options.prefix("a")).unwrap_err().to_string(),
            "the label a_status is taken".to_owned(),
        ),
        (
            own.sample(&[("x", "1"), ("x", "2")], 1.0).unwrap_err().to_string(),
            "the label x is taken".to_owned(),
        ),
        (metrics.add_family(own).unwrap_err().to_string(), "the family a is taken".to_owned()),
        (
            metrics.add_family(OwnFamily::counter("a", "b").unwrap()).unwrap_err().to_string(),
            "the family a_total is taken".to_owned(),
        ),
        (
            metrics.add_family(OwnFamily::gauge("dts_sync_rps", "b").unwrap()).unwrap_err().to_string(),
            "the family dts_sync_rps is taken".to_owned(),
        ),
    ] {
        assert_eq!(error, expected);
    }
}

#[test]
fn promtool_finds_nothing_to_complain_about() {
    let text = all_cases(&MetricsOptions::new(Dialect::Prometheus)).to_string();
    let promtool = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = promtool else {
        eprintln!("skipped: promtool is not installed");
        return;
    };
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}\n{text}");
}
