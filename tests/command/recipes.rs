//! The scripts of docs/recipes.md, with a command that plays the vendor's.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use crate::run::directory;

/// Prints a healthy job or a page of 60, or fails as `FAIL` says.
const ALIYUN: &str = r#"#!/bin/sh
fail() { printf "$1" >&2; exit 1; }
case "$FAIL" in
throttled) fail 'ERROR: SDK.ServerError\nErrorCode: Throttling.User\nRecommend: \nRequestId: r\nMessage: Too fast.\n' ;;
refused) fail 'ERROR: SDK.ServerError\nErrorCode: Forbidden.RAM\nRecommend: \nRequestId: r\nMessage: No.\n' ;;
broken) fail 'ERROR: Post "https://dts.aliyuncs.com": dial tcp: i/o timeout\n' ;;
esac
[ "$FAIL $2 ${12}" != 'second DescribeDtsJobs 2' ] ||
    { sleep 1.1; fail 'ERROR: SDK.ServerError\nErrorCode: Throttling.User\nRecommend: \nRequestId: r\nMessage: Too fast.\n'; }
[ "$2" != DescribeDtsJobs ] || printf '{"TotalRecordCount": 60, "DtsJobList": [
    {"DtsInstanceID": "dts%s", "JobType": "SYNC", "Status": "Synchronizing", "Delay": "2"}]}' "${12}"
[ "$2" != DescribeSynchronizationJobStatus ] ||
    printf '{"SynchronizationJobId": "%s", "Status": "Synchronizing", "Delay": "2", "Checkpoint": "%s"}' "$6" "$(date +%s)"
"#;

/// A directory with the scripts of the page; `None` where jq is missing, which they need.
fn scripts(name: &str) -> Option<PathBuf> {
    Command::new("jq").arg("--version").output().ok()?;
    let directory = directory(name);
    let page = include_str!("../../docs/recipes.md");
    let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let named = blocks.filter_map(|(script, _)| {
        let (_, usage) = script.split_once("# Usage: ")?;
        Some((usage.split_whitespace().next()?, script))
    });
    let all: Vec<_> = named.chain([("aliyun", ALIYUN)]).collect();
    assert_eq!(all.len(), 4);
    for (name, script) in all {
        let file = directory.join(name);
        fs::write(&file, script).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
    Some(directory)
}

/// The exit status and the standard output of a pipe, run in the directory of the scripts.
fn shell(directory: &Path, fail: &str, pipe: &str) -> (i32, String) {
    let command = Path::new(env!("CARGO_BIN_EXE_dts-status")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{}:{path}", directory.display(), command.display());
    let mut shell = Command::new("sh");
    let output =
        shell.args(["-c", pipe]).current_dir(directory).env("PATH", path).env("FAIL", fail).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_throttled_call_and_a_broken_connection_keep_the_verdict() {
    let Some(directory) = scripts("recipes-held") else { return };
    let poll =
        "printf dtsa | dts-poll cn-hangzhou | dts-status check --archive --state STATE --output nagios";
    let first = shell(&directory, "", &poll.replace("STATE", "first"));
    assert_eq!(first.0, 0, "{first:?}");
    // The times of two polls must differ.
    sleep(Duration::from_millis(1100));
    for (fail, exit, start) in [
        ("throttled", 0, "DTS HEALTHY - dtsa/Forward: "),
        ("broken", 0, "DTS HEALTHY - dtsa/Forward: "),
        ("refused", 3, "DTS UNKNOWN - dtsa/Forward: API_CALL_FAILED: "),
    ] {
        fs::copy(directory.join("first"), directory.join(fail)).unwrap();
        let outcome = shell(&directory, fail, &poll.replace("STATE", fail));
        assert!(outcome.0 == exit && outcome.1.starts_with(start), "{fail}: {outcome:?}");
    }
}

#[test]
fn all_pages_are_polled() {
    let Some(directory) = scripts("recipes-pages") else { return };
    let (_, records) = shell(&directory, "", "dts-poll-all cn-hangzhou SYNC");
    let bodies: Vec<_> =
        records.lines().map(|record| record.contains(r#"\"DtsInstanceID\": \"dts"#)).collect();
    assert_eq!(bodies, [true, true], "{records}");
}

#[test]
fn a_page_that_is_throttled_holds_the_verdicts_of_its_own_jobs() {
    let Some(directory) = scripts("recipes-page-held") else { return };
    let poll = "dts-poll-all cn-hangzhou SYNC | dts-status check --archive --state state";
    let first = shell(&directory, "", poll);
    assert_eq!(first.0, 0, "{first:?}");
    sleep(Duration::from_millis(1100));
    let (exit, text) = shell(&directory, "second", poll);
    let verdict_of = |job: &str| text.lines().find(|line| line.contains(job)).unwrap_or_default();
    assert_eq!(exit, 0, "{text}");
    assert!(verdict_of("dts1").ends_with("  HEALTHY"), "{text}");
    assert!(verdict_of("dts2").contains("  HEALTHY  held since"), "{text}");
}
