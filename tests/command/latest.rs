//! `dts-status check --archive` with the outputs that show the present, and `--changes`.

use serde_json::{Value, json};

use crate::polls::STORY;
use crate::run::{RunOutput, directory, run};

fn poll(seconds: i64, job: &str, status: &str) -> String {
    let body = json!({"SynchronizationJobId": job, "Status": status, "Delay": 0});
    format!("{}\n", json!({"observed_at": 1_610_616_150 + seconds, "job_id": job, "body": body}))
}

fn check(output: &str, input: String) -> RunOutput {
    run(["check", "--archive", "--output", output]).input(input).finish()
}

#[test]
fn the_latest_poll_of_each_job_is_shown_and_gives_the_exit_status() {
    let input = poll(0, "a", "Failed") + &poll(0, "b", "Synchronizing") + &poll(60, "a", "Synchronizing");
    let outcome = check("nagios", input.clone());
    assert_eq!(outcome.exit, 0);
    assert!(
        outcome.stdout.starts_with("DTS HEALTHY - 2 Healthy | 'jobs'=2 'healthy'=2 "),
        "{}",
        outcome.stdout
    );
    assert_eq!(check("text", input.clone()).exit, 2, "text shows all polls");
    let json: Value = check("health-json", input.clone()).json();
    assert_eq!(
        (&json["status"], &json["checks"]["jobs:Healthy"][0]["observedValue"]),
        (&json!("pass"), &json!(2))
    );
    let metrics = check("openmetrics", input.clone()).stdout;
    assert!(
        metrics.contains("dts_sync_verdict=\"Failed\"} 0")
            && !metrics.contains("dts_sync_verdict=\"Failed\"} 1")
    );
    assert_eq!(metrics.matches("dts_sync_lag_known{").count(), 2, "{metrics}");

    let outcome = check("nagios", input + &poll(120, "b", "Failed"));
    assert_eq!(outcome.exit, 2);
    let start = "DTS FAILED - 1 Failed, 1 Healthy; b/Forward: JOB_FAILED: ";
    assert!(outcome.stdout.starts_with(start), "{}", outcome.stdout);
}

/// The verdict is that of the latest poll, whenever it was: a poller that stopped must not go unseen.
#[test]
fn an_output_of_the_present_says_that_its_latest_poll_is_old() {
    let old = "dts-status: no poll is later than 2021-01-14T09:22:30Z, ";
    for output in ["nagios", "prometheus", "openmetrics", "health-json"] {
        let outcome = check(output, poll(0, "a", "Synchronizing"));
        assert!(outcome.stderr.starts_with(old), "{outcome:?}");
        assert!(outcome.stderr.ends_with(" ago: the output shows that time\n"), "{outcome:?}");
        assert_eq!(outcome.stderr.lines().count(), 1, "{outcome:?}");
    }
    let fresh = json!({"SynchronizationJobId": "a", "Status": "Synchronizing", "Delay": 0}).to_string();
    let outcome = run(["check", "--archive", "--output", "nagios", "--every", "1m"]).input(fresh).finish();
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (0, ""), "the time is that of the clock");
    for output in ["text", "json"] {
        assert_eq!(
            check(output, poll(0, "a", "Synchronizing")).stderr,
            "",
            "{output} has the time of each poll"
        );
    }
}

#[test]
fn a_single_job_has_its_performance_data() {
    let outcome = run(["check", "--archive", "--output", "nagios", STORY]).finish();
    assert_eq!(outcome.exit, 0);
    let line = "DTS HEALTHY - dtsexjk1alb116****/Forward: Synchronizing | 'lag'=3s;60;600;0 'data_age'=3s 'rps'=40\n";
    assert_eq!(outcome.stdout, line);
    let json = run(["check", "--archive", "--output", "health-json", STORY]).finish().json();
    assert_eq!(json["serviceId"], "dtsexjk1alb116****");
}

#[test]
fn a_pager_with_memory_alerts_in_every_output() {
    let folder = directory("latest-memory");
    for (output, pages) in
        [("nagios", "DTS DEGRADED"), ("openmetrics", "=\"Degraded\"} 1"), ("health-json", "\"warn\"")]
    {
        let state = folder.join(output);
        let arguments = ["check", "--archive", "--output", output, "--state", state.to_str().unwrap()];
        let late = |seconds| poll(seconds, "a", "Synchronizing").replace("\"Delay\":0", "\"Delay\":840");
        assert_eq!(run(arguments).input(poll(0, "a", "Synchronizing")).finish().exit, 0, "{output}");
        let exits = [60, 120].map(|seconds| run(arguments).input(late(seconds)).finish().exit);
        assert_eq!(exits, [0, 0], "{output}: a lag counts once it has lasted");
        let outcome = run(arguments).input(late(180)).finish();
        assert_eq!(outcome.exit, 2, "{output}");
        assert!(outcome.stdout.contains(pages), "{output}: {}", outcome.stdout);
    }
}

#[test]
fn jobs_of_a_page_that_share_an_id_are_all_shown() {
    let page = |jobs: &str| format!("{{\"observed_at\":1610616150,\"body\":{jobs}}}\n");
    for jobs in [
        // A masked id, one id twice, one instance of two jobs, and no id at all.
        r#"{"DtsJobList":[{"DtsInstanceID":"dtsk****","DtsJobId":"k****","DtsJobName":"orders","JobType":"SYNC","Status":"Failed"},{"DtsInstanceID":"dtsk****","DtsJobId":"k****","DtsJobName":"users","JobType":"SYNC","Status":"Synchronizing","Delay":0}]}"#,
        r#"{"SynchronizationInstances":[{"SynchronizationJobId":"a","Status":"Failed"},{"SynchronizationJobId":"a","Status":"Synchronizing","Delay":"0"}]}"#,
        r#"{"DtsJobList":[{"DtsInstanceID":"a","DtsJobId":"b","JobType":"SYNC","Status":"Failed"},{"DtsInstanceID":"a","DtsJobId":"c","JobType":"SYNC","Status":"Synchronizing","Delay":0}]}"#,
        r#"{"MigrationJobs":[{"MigrationJobID":"a","MigrationJobStatus":"MigrationFailed"},{"MigrationJobID":"a","MigrationJobStatus":"Finished"}]}"#,
        r#"{"SynchronizationInstances":[{"SynchronizationJobClass":"small","Status":"Failed"},{"SynchronizationJobClass":"small","Status":"Synchronizing","Delay":"0"}]}"#,
    ] {
        for output in ["nagios", "openmetrics", "prometheus", "health-json"] {
            let alone = run(["check", "--now", "1610616150", "--output", output]).input(jobs).finish();
            assert_eq!(alone.exit, 2, "{output} {jobs}");
            assert_eq!(check(output, page(jobs)).exit, 2, "{output} {jobs}");
        }
        // The next poll of the same jobs takes the place of this one.
        let better = jobs.replace("MigrationFailed", "Finished").replace("Failed", "Synchronizing");
        let two = page(jobs) + &page(&better).replace("1610616150", "1610616210");
        assert_ne!(check("nagios", two).exit, 2, "{jobs}");
    }
}

#[test]
fn a_late_poll_is_not_the_latest() {
    let good = poll(60, "a", "Synchronizing");
    let outcome = check("nagios", good.clone() + &poll(0, "a", "Failed"));
    assert_eq!(outcome.exit, 0, "{}", outcome.stdout);
    let future = poll(0, "a", "Failed").replace("1610616150", "9999999999");
    // The clock of the poller was set forward.
    assert_eq!(check("nagios", good.clone() + &future).exit, 2);
    assert_eq!(check("nagios", good.clone() + &future + &good.replace("1610616210", "1610616270")).exit, 0);
    // But it is better than none.
    assert_eq!(check("nagios", future).exit, 2);
    // What has no job or cannot be read is never taken for health.
    let page = "{\"observed_at\":1610617150,\"body\":\"<html>\"}\n";
    // A web page is about all jobs, a line that is no record about none of them.
    let rows = [
        ("garbage\n".to_owned(), "DTS UNKNOWN - 1 Unknown, 2 Healthy; "),
        (page.repeat(2).replacen("1610617150", "1610616250", 1), "DTS UNKNOWN - 2 Unknown; "),
    ];
    for (bad, expected) in rows {
        let outcome = check("nagios", good.clone() + &bad);
        assert_eq!(outcome.exit, 3, "{}", outcome.stdout);
        let two = good.clone() + &poll(60, "b", "Synchronizing") + &bad;
        let outcome = check("nagios", two);
        assert_eq!(outcome.exit, 3, "{}", outcome.stdout);
        assert!(outcome.stdout.starts_with(expected), "{}", outcome.stdout);
    }
    let outcome = check("nagios", String::new());
    assert_eq!(outcome.exit, 3);
    assert!(outcome.stdout.starts_with("DTS UNKNOWN - NO_JOBS: "), "{}", outcome.stdout);
    let metrics = check("openmetrics", String::new());
    assert_eq!((metrics.exit, metrics.stdout.ends_with("# EOF\n")), (3, true));
}

#[test]
fn changes_are_the_polls_with_a_new_verdict_or_reason() {
    let all = run(["check", "--archive", "--output", "json", STORY]).finish().stdout;
    let changes = run(["check", "--archive", "--output", "json", "--changes", STORY]).finish();
    assert_eq!(changes.exit, 2, "the exit status is that of all polls");
    let verdict = |line: &&str| {
        let poll: Value = serde_json::from_str(line).unwrap();
        (poll["verdict"].clone(), poll["reason"].clone())
    };
    let mut expected: Vec<_> = all.lines().collect();
    expected.dedup_by_key(|line| verdict(line));
    assert_eq!(changes.stdout.lines().collect::<Vec<_>>(), expected, "the summary is that of all polls");
    assert_eq!(expected.len(), 13);
    let text = run(["check", "--archive", "--changes", STORY]).finish().stdout;
    assert_eq!(text.lines().count(), 14, "{text}");

    // Each job has its own.
    let input = ["a", "b"].map(|job| poll(0, job, "Failed") + &poll(60, job, "Failed")).concat();
    let outcome = run(["check", "--archive", "--changes", "--output", "json"]).input(input).finish();
    let lines: Vec<Value> = outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines.iter().map(|line| &line["line"]).collect::<Vec<_>>(),
        [&json!(1), &json!(3), &Value::Null]
    );
    assert_eq!(lines[2]["summary"]["counts"]["Failed"], 4);
}
