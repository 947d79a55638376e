//! Bodies of all operations, and pages of jobs, in every command.

use std::fs;

use serde_json::{Value, json};

use crate::run::{RunOutput, directory, run};

const NOW: &str = "2021-01-14T09:22:30Z";

/// A page of three jobs of five: one in two directions that lags, a migration that is done, one that is healthy.
fn page() -> Value {
    json!({
        "RequestId": "5B0C", "Success": true, "TotalRecordCount": 5, "PageNumber": 1, "PageRecordCount": 3,
        "DtsJobList": [
            {
                "DtsInstanceID": "dtsapple", "DtsJobId": "apple", "DtsJobName": "apples", "JobType": "SYNC",
                "DtsJobDirection": "Forward", "Status": "Synchronizing", "Delay": 61, "Checkpoint": "1610616089",
                "ReverseJob": {
                    "DtsInstanceID": "dtsapple", "DtsJobId": "elppa", "DtsJobDirection": "Reverse",
                    "JobType": "SYNC", "Status": "Synchronizing", "Delay": 5, "Checkpoint": "1610616145"
                }
            },
            {"DtsInstanceID": "dtspear", "DtsJobName": "梨", "JobType": "MIGRATION", "Status": "Finished"},
            {
                "DtsInstanceID": "dtsplum", "DtsJobName": "plums", "JobType": "SYNC", "DtsJobDirection": "Forward",
                "Status": "Synchronizing", "Delay": 0, "Checkpoint": "1610616150"
            }
        ]
    })
}

fn check(arguments: &[&str], body: &Value) -> RunOutput {
    run(["check", "--now", NOW].iter().chain(arguments)).input(body.to_string()).finish()
}

/// A record of a poll of the page, this many seconds after the first.
fn line(seconds: i64, body: &Value) -> String {
    format!("{}\n", json!({"observed_at": 1_610_616_150 + seconds, "body": body}))
}

fn archive(arguments: &[&str], input: &str) -> RunOutput {
    run(["check", "--archive"].iter().chain(arguments)).input(input).finish()
}

#[test]
fn a_page_is_a_fleet() {
    let outcome = check(&[], &page());
    insta::assert_snapshot!(outcome.text());
    let all = check(&["--all"], &page()).stdout;
    assert!(all.contains("\nHEALTHY   0 s   ") && all.contains("  plums\n"), "{all}");

    let object = check(&["--output", "json"], &page()).json();
    assert_eq!((&object["verdict"], &object["exit_code"]), (&json!("Degraded"), &json!(1)));
    assert_eq!(object["counts"], json!({"Degraded": 1, "Ended": 1, "Healthy": 1}));
    let row = |job: &Value| {
        json!([
            job["job_id"],
            job["job_name"],
            job["direction"],
            job["verdict"],
            job["reason"],
            job["exit_code"]
        ])
    };
    let rows: Vec<_> = object["jobs"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        rows,
        [
            json!(["dtsapple", "apples", "TwoWay", "Degraded", "LAG_HIGH", 1]),
            json!(["dtspear", "梨", "Forward", "Ended", "MIGRATION_DONE", 0]),
            json!(["dtsplum", "plums", "Forward", "Healthy", null, 0]),
        ]
    );

    for (format, seen) in [
        ("nagios", "DTS DEGRADED - 1 Degraded, 1 Ended, 1 Healthy; dtsapple/TwoWay: LAG_HIGH: "),
        ("openmetrics", "dts_sync_info{job_id=\"dtspear\",direction=\"Forward\",job_name=\"梨\"} 1"),
        ("prometheus", "dts_sync_lag_seconds{job_id=\"dtsapple\",direction=\"Reverse\"} 5"),
        ("health-json", "\"jobs:Ended\""),
    ] {
        let outcome = check(&["--output", format], &page());
        assert_eq!(outcome.exit, 1, "{format}");
        assert!(outcome.stdout.contains(seen), "{}", outcome.stdout);
        assert_eq!(
            outcome.stderr,
            "dts-status: a part of the fleet: 3 of 5 jobs; the others are on other pages\n"
        );
    }
}

#[test]
fn pages_of_several_files_are_one_fleet() {
    let folder = directory("operations-pages");
    let mut second = page();
    second["PageNumber"] = json!(2);
    let jobs = second["DtsJobList"].as_array_mut().unwrap();
    jobs.truncate(2);
    jobs[0]["DtsInstanceID"] = json!("dtsfig");
    jobs[0]["ReverseJob"]["DtsInstanceID"] = json!("dtsfig");
    jobs[1]["DtsInstanceID"] = json!("dtslime");
    fs::write(folder.join("1.json"), page().to_string()).unwrap();
    fs::write(folder.join("2.json"), second.to_string()).unwrap();
    let fleet = run(["check", "--now", NOW, "1.json", "2.json"]).directory(&folder).finish();
    assert_eq!(fleet.stderr, "", "both pages together are the whole fleet");
    assert!(fleet.stdout.contains("dtsfig/TwoWay"), "{}", fleet.stdout);
    assert!(fleet.stdout.contains("2.json"), "{}", fleet.stdout);
    assert!(fleet.stdout.ends_with("DEGRADED  5 jobs: 2 Degraded, 2 Ended, 1 Healthy (see --all)\n"));
}

#[test]
fn one_job_of_a_page_is_asked_for() {
    let outcome = check(&["--job", "dtsapple"], &page());
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (1, ""));
    assert!(
        outcome.stdout.starts_with("DEGRADED  LAG_HIGH  Forward 61 s behind, Reverse 5 s behind\n"),
        "{}",
        outcome.stdout
    );
    assert!(outcome.stdout.contains("dtsapple/TwoWay  \"apples\"  Synchronizing\n"), "{}", outcome.stdout);
    let outcome = check(&["--job", "dtsapple", "--direction", "reverse"], &page());
    assert!(outcome.stdout.starts_with("HEALTHY  5 s behind\n"), "{}", outcome.stdout);
    let outcome = check(&["--job", "dtspear"], &page());
    assert_eq!(outcome.exit, 0);
    assert!(outcome.stdout.starts_with("ENDED  MIGRATION_DONE\n"), "{}", outcome.stdout);
    let outcome = check(&["--job", "dtsnone"], &page());
    assert_eq!(outcome.exit, 3);
    assert!(outcome.stdout.starts_with("UNKNOWN  JOB_UNNAMED\n"), "{}", outcome.stdout);

    // A record names the job too.
    let record = json!({"observed_at": NOW, "job_id": "dtsplum", "body": page()});
    assert!(check(&[], &record).stdout.starts_with("HEALTHY  0 s behind\n"));
    // A direction alone leaves out the other one.
    let object = check(&["--direction", "reverse", "--output", "json"], &page()).json();
    assert_eq!((object["jobs"].as_array().unwrap().len(), &object["verdict"]), (1, &json!("Healthy")));
    // No job has both directions unless the page says so.
    let object = check(&["--two-way", "--output", "json"], &page()).json();
    assert_eq!(object["jobs"][2]["reason"], "REVERSE_NOT_OBSERVED");
    assert_eq!(object["jobs"][0]["reason"], "LAG_HIGH");
}

#[test]
fn a_page_without_jobs_and_a_failed_call_are_unknown() {
    let empty = json!({"RequestId": "5B0C", "Success": true, "TotalRecordCount": 0, "DtsJobList": []});
    let outcome = check(&[], &empty);
    assert_eq!(
        (outcome.exit, outcome.stdout.as_str()),
        (3, "There is no job to judge: 0 jobs.\n\nUNKNOWN  0 jobs\n")
    );
    let failed =
        json!({"RequestId": "5B0C", "Success": false, "ErrCode": "Throttling.User", "DtsJobList": []});
    let outcome = check(&[], &failed);
    assert_eq!(outcome.exit, 3);
    assert!(
        outcome.stdout.starts_with("UNKNOWN  API_CALL_FAILED\nThe API call failed"),
        "{}",
        outcome.stdout
    );
    let object = check(&["--output", "json"], &failed).json();
    assert_eq!(object["jobs"][0]["reason"], "API_CALL_FAILED");
}

/// Jobs may share a masked id.
#[test]
fn what_is_lost_of_a_job_is_not_said_of_another_with_its_id() {
    let job = |more: &str| {
        format!(r#"{{"SynchronizationJobId":"dts****","Status":"Synchronizing","Delay":"0"{more}}}"#)
    };
    let page = format!(r#"{{"SynchronizationInstances":[{},{}]}}"#, job(""), job(r#","Status":"Failed""#));
    let object = run(["check", "--output", "json", "--now", "0"]).input(page).finish().json();
    let lost = |job: usize| object["jobs"][job]["lost"].as_array().map(Vec::len);
    let verdicts = [0, 1].map(|job: usize| object["jobs"][job]["verdict"].as_str().unwrap_or_default());
    let healthy = verdicts.iter().position(|verdict| *verdict == "Healthy").unwrap();
    assert_eq!((lost(healthy), lost(1 - healthy)), (None, Some(1)), "{object}");
}

#[test]
fn what_is_lost_of_a_page_is_about_its_job() {
    let mut page = page();
    page["DtsJobList"][2]["Delay"] = json!("soon");
    page["DtsJobList"][2]["Checkpoint"] = json!("?");
    let object = check(&["--output", "json"], &page).json();
    assert_eq!(object["jobs"][2]["reason"], "DECIDING_VALUE_LOST");
    assert_eq!(object["jobs"][2]["lost"][1]["path"], "DtsJobList[2].Delay");
    assert_eq!(object["jobs"][0].get("lost"), None);
    let text = check(&[], &page).stdout;
    assert!(text.contains("\ndtsplum: 2 values of the body could not be used\n"), "{text}");
    let text = check(&["--job", "dtsplum"], &page).stdout;
    assert!(text.contains("\nValues that decoding could not use\n"), "{text}");
    assert!(!check(&["--job", "dtspear"], &page).stdout.contains("could not use"));
}

#[test]
fn a_page_is_decoded_and_encoded() {
    let decode =
        |arguments: &[&str], body: String| run(["decode"].iter().chain(arguments)).input(body).finish();
    insta::assert_snapshot!(decode(&[], page().to_string()).text());
    let object = decode(&["--output", "json"], page().to_string()).json();
    assert_eq!((&object["kind"], &object["operation"]), (&json!("page"), &json!("DescribeDtsJobs")));
    assert_eq!(object["page"]["total"], 5);
    assert_eq!(object["page"]["jobs"].as_array().unwrap().len(), 4);
    assert_eq!(object["page"]["jobs"][1]["direction"], "Reverse");
    assert_eq!(object.get("job"), None);

    for format in ["xml", "json"] {
        let encoded = run(["encode", "--to", format]).input(page().to_string()).finish();
        assert_eq!(
            (encoded.exit, encoded.stderr.as_str()),
            (0, "dts-status: a part of the fleet: 3 of 5 jobs; the others are on other pages\n")
        );
        let again = decode(&["--output", "json"], encoded.stdout).json();
        assert_eq!((&again["page"], &again["quirks"]), (&object["page"], &json!([])), "{format}");
    }
    // The violations of a page have the place of the job.
    let mut page = page();
    page["DtsJobList"][0]["ReverseJob"]["Status"] = json!("Sleeping");
    let strict = decode(&["--strict", "--output", "json"], page.to_string());
    assert_eq!(strict.exit, 65);
    assert_eq!(strict.json()["violations"][0]["path"], "DtsJobList[0].ReverseJob.Status");
    assert_eq!(run(["encode", "--to", "xml", "--strict"]).input(page.to_string()).finish().exit, 65);
}

#[test]
fn an_operation_is_detected_or_named() {
    let detail = json!({"RequestId": "5B0C", "DtsJobId": "fig", "DtsInstanceID": "dtsfig", "Status": "Synchronizing",
        "Delay": 90_000});
    let outcome = check(&["--output", "json"], &detail);
    assert_eq!(outcome.json()["lag_seconds"], 90, "milliseconds");
    for name in ["DescribeDtsJobDetail", "describedtsjobdetail"] {
        assert_eq!(
            check(&["--output", "json", "--operation", name], &detail).json(),
            outcome.json(),
            "{name}"
        );
    }
    let text = run(["decode"]).input(detail.to_string()).finish().stdout;
    assert!(text.contains("\nOperation    DescribeDtsJobDetail\n"), "{text}");
    let refused = check(&["--operation", "DescribeMigrationJobStatus", "--output", "json"], &detail);
    assert_eq!((refused.exit, &refused.json()["error"]["kind"]), (3, &json!("other_operation")));
    let unknown = check(&["--operation", "DescribeDtsJob"], &detail);
    assert_eq!(unknown.exit, 64);
    assert!(unknown.stderr.contains("'DescribeDtsJobs'"), "{}", unknown.stderr);

    // A record names the operation; only a contradiction is refused.
    let record = |operation: &str| json!({"observed_at": NOW, "operation": operation, "body": detail});
    assert_eq!(check(&["--output", "json"], &record("DescribeDtsJobDetail")).json()["lag_seconds"], 90);
    let outcome = check(&["--output", "json"], &record("DescribeDtsJobs"));
    assert_eq!((outcome.exit, &outcome.json()["error"]["kind"]), (3, &json!("other_operation")));
    // Without its ids a body shows nothing; its record does.
    let bare = json!({"observed_at": NOW, "job_id": "dtsfig", "operation": "DescribeDtsJobDetail",
        "body": {"RequestId": "5B0C", "DtsJobName": "figs", "Status": "Synchronizing", "Delay": 90_000}});
    assert_eq!(check(&["--output", "json"], &bare).json()["lag_seconds"], 90);
}

#[test]
fn the_kind_of_jobs_that_do_not_say_it_is_an_option() {
    let mut page = page();
    let job = &mut page["DtsJobList"][2];
    job.as_object_mut().unwrap().remove("JobType");
    job["Delay"] = json!(90_000);
    job["Status"] = json!("Suspending");
    page["DtsJobList"] = json!([job.clone()]);
    let delay = |arguments: &[&str]| {
        let arguments = ["decode", "--output", "json"].iter().chain(arguments);
        let object = run(arguments).input(page.to_string()).finish().json();
        (object["quirks"][0]["kind"].clone(), object["page"]["jobs"][0]["delay_millis"].clone())
    };
    assert_eq!(delay(&[]), (json!("unit_unknown"), Value::Null));
    assert_eq!(delay(&["--kind", "migration"]), (Value::Null, json!(90_000)));
}

#[test]
fn a_page_in_a_line_is_a_poll_of_each_job() {
    let input = line(0, &page()) + &line(60, &page());
    let outcome = archive(&[], &input);
    insta::assert_snapshot!(outcome.text());
    let lines: Vec<Value> = archive(&["--output", "json"], &input)
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 9, "four jobs and directions at two times, and the summary");
    assert_eq!((&lines[7]["line"], &lines[7]["job_name"]), (&json!(2), &json!("plums")));

    // The latest of each job, in the outputs of the present.
    let nagios = archive(&["--output", "nagios"], &input).stdout;
    assert!(nagios.contains("| 'jobs'=4 "), "{nagios}");
    // One job of them.
    let only = archive(&["--job", "dtsplum"], &input).stdout;
    assert_eq!(only.lines().filter(|line| line.contains("dtsplum/Forward")).count(), 2, "{only}");
    assert!(!only.contains("dtspear"), "{only}");
    // It may be on another page, which is another line.
    let mut other = page();
    other["DtsJobList"].as_array_mut().unwrap().pop();
    let only = archive(&["--job", "dtsplum"], &(line(0, &page()) + &line(1, &other))).stdout;
    assert!(only.ends_with("\n1 poll: 1 Healthy\n"), "{only}");
    // A late page is one line out of order.
    let late = archive(&["--output", "json"], &(line(60, &page()) + &line(0, &page()))).stdout;
    let summary: Value = serde_json::from_str(late.lines().last().unwrap()).unwrap();
    assert_eq!(summary["summary"]["skipped"]["out_of_order"]["lines"], 1);
}

#[test]
fn jobs_of_a_page_keep_their_state() {
    let folder = directory("operations-state");
    let state = folder.join("dts.state");
    let metrics = folder.join("dts.prom");
    let arguments =
        ["--state", state.to_str().unwrap(), "--output", "prometheus", "--no-state-sets", "--out"];
    let run_at = |seconds| {
        let arguments: Vec<_> = arguments.into_iter().chain([metrics.to_str().unwrap()]).collect();
        let outcome = archive(&arguments, &line(seconds, &page()));
        assert_eq!(outcome.stdout, "");
        (outcome.exit, fs::read_to_string(&metrics).unwrap())
    };
    let (exit, text) = run_at(0);
    assert_eq!(exit, 0, "a lag counts once it has lasted");
    assert!(text.contains("dts_sync_verdict_rank{job_id=\"dtsapple\",direction=\"Forward\"} 0\n"), "{text}");
    assert!(!text.contains("dts_sync_verdict{") && !text.contains("# EOF"), "{text}");
    run_at(60);
    run_at(120);
    let (exit, text) = run_at(180);
    assert_eq!(exit, 1);
    assert!(text.contains("dts_sync_verdict_rank{job_id=\"dtsapple\",direction=\"Forward\"} 5\n"), "{text}");
    assert!(text.contains("dts_sync_verdict_rank{job_id=\"dtsplum\",direction=\"Forward\"} "), "{text}");
}

#[test]
fn a_page_may_have_more_jobs_than_are_kept() {
    let mut pages = String::new();
    for seconds in [0, 60, 120, 180] {
        pages.push_str(&line(seconds, &page()));
    }
    let outcome = archive(&["--jobs-limit", "1", "--output", "nagios"], &pages);
    assert_eq!(
        outcome.stderr.lines().next(),
        Some("dts-status: 8 polls of jobs beyond --jobs-limit judged without memory")
    );
    // The job that is kept has its memory, the others are judged all the same.
    assert!(outcome.stdout.contains("dtsapple/Forward: LAG_HIGH: "), "{}", outcome.stdout);
    assert_eq!(outcome.exit, 1);
    let all = archive(&["--jobs-limit", "1"], &pages).stdout;
    assert!(all.contains("dtspear/Forward  \"梨\"  ENDED  MIGRATION_DONE"), "{all}");
}

#[test]
fn lines_without_jobs_are_reported() {
    let empty = json!({"RequestId": "5B0C", "Success": true, "TotalRecordCount": 0, "DtsJobList": []});
    let outcome = archive(&[], &line(0, &empty));
    assert_eq!(outcome.exit, 3);
    assert_eq!(outcome.stderr, "dts-status: line 1: a page without jobs\n");
    assert_eq!(
        outcome.stdout,
        "UNKNOWN  NO_JOBS: There is no job to judge: 0 jobs.\n\n0 polls\n1 line with a problem: 1 no jobs (line 1)\n"
    );
    let failed =
        json!({"RequestId": "5B0C", "Success": false, "ErrCode": "Throttling.User", "DtsJobList": []});
    let outcome = archive(&[], &(line(0, &page()) + &line(60, &failed)));
    // A throttled call keeps the verdict of every job that the page would have shown.
    assert!(!outcome.stdout.contains("(no job id)"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("dtsplum/Forward  HEALTHY  held since "), "{}", outcome.stdout);
    let unreadable = json!({"DtsJobList": [page()["DtsJobList"][0], {"Status": {"a": "Failed"}}]});
    let outcome = archive(&[], &line(0, &unreadable));
    assert!(
        outcome.stdout.contains("(no job id)/Forward  UNKNOWN  DECIDING_VALUE_LOST"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn a_timeline_has_the_jobs_of_pages_by_name() {
    let input: String = (0..6).map(|minute| line(60 * minute, &page())).collect();
    let timeline =
        |arguments: &[&str]| run(["timeline"].iter().chain(arguments)).input(input.clone()).finish();
    let text = timeline(&[]).stdout;
    assert!(text.contains("dtspear/Forward  \"梨\"  "), "{text}");
    assert!(text.contains("\n24 polls, 3 incidents, 3 still open\n"), "{text}");
    let object = timeline(&["--output", "json", "--job", "dtsapple"]).json();
    let rows = object["jobs"].as_array().unwrap().iter();
    let rows: Vec<_> =
        rows.map(|job| json!([job["job_id"], job["direction"], job["job_name"], job["polls"]])).collect();
    assert_eq!(rows, [json!(["dtsapple", "Forward", "apples", 6]), json!(["dtsapple", "Reverse", null, 6])]);
}

#[test]
fn metrics_have_two_dialects() {
    let outcome = check(&["--output", "prometheus", "--job", "dtsplum"], &page());
    assert!(
        !outcome.stdout.contains("stateset") && outcome.stdout.contains("# TYPE dts_sync_verdict gauge\n")
    );
    let few = check(&["--output", "openmetrics", "--no-state-sets", "--job", "dtsplum"], &page()).stdout;
    assert!(!few.contains("stateset") && few.ends_with("# EOF\n"), "{few}");
    let refused = check(&["--no-state-sets"], &page());
    assert_eq!(refused.exit, 64);
    assert_eq!(
        refused.stderr,
        "dts-status: --no-state-sets can be used with --output openmetrics and prometheus only\n"
    );
}

#[test]
fn operations_and_their_codes_are_explained() {
    for (words, seen) in [
        ("describe dts jobs", "DescribeDtsJobs, an operation of the API, whose answers are read\n"),
        ("MIGRATION_DONE", "\nFloor     Ended, with exit status 0\n"),
        ("lag-unit-suspected", "\nOption    --coherence-tolerance "),
        ("unit_unknown", "unit_unknown, a quirk"),
        ("unwrapped list", "unwrapped_list, a quirk"),
    ] {
        let outcome = run(["explain", words]).finish();
        assert_eq!(outcome.exit, 0, "{words}");
        assert!(outcome.stdout.contains(seen), "{words}: {}", outcome.stdout);
    }
}

#[test]
fn every_body_of_every_operation_is_read() {
    let folder = "testdata/operations";
    let decoded = run(["decode", "--output", "json", folder]).finish();
    assert_eq!(decoded.exit, 0, "{}", decoded.stderr);
    let objects = decoded.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let objects: Vec<_> = objects.filter(|object| object.get("summary").is_none()).collect();
    assert!(objects.len() > 100, "{}", objects.len());
    for object in objects {
        let file = object["file"].as_str().unwrap();
        let operation = object["operation"].as_str().unwrap();
        // A failed call may show no operation.
        let is_right = file.starts_with(&format!("{folder}/{operation}-")) || file.contains("-failed-call");
        assert!(is_right, "{file}: {operation}");
        let kind = object["kind"].as_str().unwrap();
        // What is written reads back as the same.
        let to = if file.ends_with("xml") { "json" } else { "xml" };
        let encoded = run(["encode", "--to", to, file]).finish();
        assert_eq!(encoded.exit, 0, "{file}: {}", encoded.stderr);
        let again =
            run(["decode", "--output", "json", "--operation", operation]).input(encoded.stdout).finish();
        assert_eq!(again.json()[kind], object[kind], "{file}");
    }
}

#[test]
fn a_folder_of_pages_is_judged_as_each_page() {
    let object = run(["check", "--now", "2024-05-06T12:54:00Z", "--output", "json", "testdata/operations"])
        .finish()
        .json();
    let jobs = object["jobs"].as_array().unwrap();
    let counted: u64 = object["counts"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(jobs.len() as u64, counted);
    assert!(jobs.iter().all(|job| job.get("error").is_none() && job["observed_at"].is_string()));
    let done: Vec<_> = jobs.iter().filter(|job| job["reason"] == "MIGRATION_DONE").collect();
    assert!(!done.is_empty() && done.iter().all(|job| job["exit_code"] == 0));
    let both = jobs.iter().filter(|job| job["direction"] == "TwoWay").count();
    assert!(both >= 4, "{both}");
}
