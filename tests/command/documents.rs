//! The pages of the repository: tables that the crate defines, and output that the command prints.

use std::process::Command;

use aliyun_dts_status::health::{Context, FindingCode, Policy, Verdict, assess};
use aliyun_dts_status::model::JobStatus;
use aliyun_dts_status::{ErrorKind, QuirkKind, SyncJob};
use chrono::{DateTime, TimeDelta};
use serde_json::Value;

use crate::run::run;

const README: &str = include_str!("../../README.md");
const VERDICTS: &str = include_str!("../../docs/verdicts.md");

/// The rows of the table under the heading of a section, without its head.
fn table<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let (_, section) = page.split_once(heading).unwrap_or_else(|| panic!("{heading}"));
    let rows = section.lines().skip_while(|line| !line.starts_with('|'));
    rows.take_while(|line| line.starts_with('|')).skip(2).collect()
}

#[test]
fn the_page_has_every_threshold() {
    let rows: Vec<_> = Policy::FIELDS
        .iter()
        .map(|field| {
            let values = field.expected();
            let values = values.split(", not negative").next().unwrap();
            format!("| `{}` | {} | {values} | {} |", field.name, field.default, field.sentence)
        })
        .collect();
    assert_eq!(table(VERDICTS, "\n## 11. "), rows, "\n{}\n", rows.join("\n"));
}

#[test]
fn the_page_has_the_verdict_of_every_status() {
    let rows = table(VERDICTS, "\n## 2. ");
    for status in JobStatus::KNOWN {
        let mut job = SyncJob::default();
        (job.job_id, job.status, job.delay) =
            (Some("a".into()), Some(status.clone()), Some(TimeDelta::zero()));
        let assessment = assess(&job, &Context::at(DateTime::UNIX_EPOCH), &Policy::default());
        let finding = assessment
            .cause()
            .map_or_else(|| "none".to_owned(), |cause| format!("{} {}", cause.code, cause.severity));
        let end = format!("| {} | {finding} |", assessment.verdict());
        let names = |row: &str| row.split(['|', ',']).any(|name| name.trim() == status.as_str());
        assert!(rows.iter().any(|row| row.ends_with(&end) && names(row)), "{status} {end}");
    }
}

#[test]
fn the_page_has_the_table_of_stages() {
    let stages = include_str!("../../testdata/health-stages.txt");
    let rows: Vec<_> = stages.lines().filter(|line| line.starts_with('|')).skip(2).collect();
    assert_eq!(table(VERDICTS, "\n## 4. "), rows);
}

#[test]
fn the_page_has_the_incident() {
    let rows = table(VERDICTS, "\n### One incident");
    let outcome =
        run(["check", "--archive", "--output", "json", "testdata/archive/incident.ndjson"]).finish();
    let polls: Vec<Value> = outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let polls: Vec<_> = polls.iter().filter(|object| object["line"].is_u64()).collect();
    assert_eq!(rows.len(), polls.len());
    for (row, poll) in rows.iter().zip(polls) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let reason = poll["reason"].as_str().map(|reason| format!(", {reason}")).unwrap_or_default();
        let verdict = format!("{}{reason}", poll["verdict"].as_str().unwrap());
        let time = &poll["observed_at"].as_str().unwrap()[11..16];
        assert_eq!(
            (cells[0], cells[2], cells[3]),
            (time, &*verdict, &*poll["exit_code"].to_string()),
            "{row}"
        );
    }
}

#[test]
fn the_readme_names_every_kind_of_quirk_and_error_and_every_verdict() {
    for kind in QuirkKind::ALL {
        let is_starred = README.contains(&format!("`{kind}`*"));
        assert!(README.contains(&format!("`{kind}`")) && is_starred == kind.loses_value(), "{kind}");
    }
    for kind in ErrorKind::ALL {
        assert!(README.contains(&format!("`{kind}`")), "{kind}");
    }
    for verdict in Verdict::ALL {
        let exit_code = verdict.exit_code();
        for page in [README, VERDICTS] {
            let names = |row: &str| row.split(['|', ',']).any(|name| name.trim() == verdict.as_str());
            let mut rows = page.lines().filter(|row| row.starts_with('|') && names(row));
            assert!(rows.any(|row| row.ends_with(&format!("| {exit_code} |"))), "{verdict}");
        }
    }
}

#[test]
fn every_finding_is_on_the_page() {
    for code in FindingCode::ALL {
        assert!(VERDICTS.contains(code.as_str()), "{code}");
    }
}

/// Runs each command of a console block, and compares what it prints with the page.
#[cfg(unix)]
#[test]
fn the_commands_of_the_pages_print_what_the_pages_show() {
    let mut commands = 0;
    for page in [README, VERDICTS] {
        for block in page.split("```console\n").skip(1) {
            let (block, _) = block.split_once("\n```").unwrap();
            let (first, shown) = block.split_once('\n').unwrap();
            let command = first.strip_prefix("$ ").unwrap();
            let directory = std::path::Path::new(env!("CARGO_BIN_EXE_dts-status")).parent().unwrap();
            let path = format!("{}:{}", directory.display(), std::env::var("PATH").unwrap());
            let mut shell = Command::new("sh");
            shell.args(["-c", command]).current_dir(env!("CARGO_MANIFEST_DIR")).env("PATH", path);
            let output = shell.output().unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            assert_eq!(printed.trim_end(), shown.trim_end(), "{command}");
            commands += 1;
        }
    }
    assert!(commands >= 4, "{commands}");
}
