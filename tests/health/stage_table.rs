//! The status of the job against those of its stages: the whole table.

use std::collections::BTreeSet;

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{Assessment, FindingCode, Verdict};
use aliyun_dts_status::model::{InitializationStage, StageStatus};

use crate::builders::{job, judge, stage};

/// A row for each status, a column for each status of a stage.
const TABLE: &str = include_str!("../../testdata/health-stages.txt");

#[test]
fn every_cell_of_the_table_holds() {
    let mut rows = TABLE.lines().filter(|line| line.starts_with('|')).map(cells);
    let columns: Vec<Vec<Change>> = rows.next().unwrap()[1..].iter().map(|cell| changes(cell)).collect();
    let mut checked = 0;
    for row in rows.skip(1) {
        for status in row[0].split(", ") {
            for (cell, changes) in row[1..].iter().zip(&columns) {
                for change in changes {
                    check(status, cell, change);
                    checked += 1;
                }
            }
        }
    }
    // 21 statuses and 17 changes of the stages.
    assert_eq!(checked, 21 * 17);
}

/// Statuses, a column of the table, and the findings with their severities. `C` is the conflict.
const SEVERITIES: &[(&str, &str, &str)] = &[
    (
        "Synchronizing, Modifying, Upgrade, Downgrade, Suspending",
        "Failed",
        "INCREMENTAL_FAILED Critical, C Warning",
    ),
    ("Retrying", "Failed", "INCREMENTAL_FAILED Critical"),
    (RUNNING, "Suspending", "C Warning"),
    (RUNNING, "NotStarted", "C Notice"),
    (RUNNING, "Finished", "C Notice"),
    (RUNNING, "full=Failed", "FULL_INIT_FAILED Warning, C Warning"),
    (RUNNING, "full=Migrating", "C Notice"),
    (RUNNING, "full=Checking", "C Notice"),
    ("Initializing, InitializeFailed", "Failed", "INCREMENTAL_FAILED Critical, C Warning"),
    ("Initializing", "full=Failed", "FULL_INIT_FAILED Critical, C Warning"),
    ("InitializeFailed", "full=Failed", "FULL_INIT_FAILED Critical"),
    ("InitializeFailed", "full=Migrating", "C Notice"),
    ("InitializeFailed", "Migrating, Catched", "C Notice"),
    ("Failed", "Failed", "INCREMENTAL_FAILED Critical"),
    ("Failed", "full=Failed", "FULL_INIT_FAILED Critical"),
    ("Failed", "Migrating, Catched", "C Notice"),
    ("NotConfigured, NotStarted, PreCheckPass, Prechecking, Finished", "Migrating, Catched", "C Notice"),
    ("NotConfigured, NotStarted, PreCheckPass, Prechecking, Finished", "full=Migrating", "C Notice"),
    ("PrecheckFailed", "Migrating, Catched", "C Warning"),
    ("PrecheckFailed", "full=Migrating", "C Warning"),
    ("NotConfigured, NotStarted, PreCheckPass, Prechecking, PrecheckFailed, Finished", "Failed", "C Notice"),
    (
        "NotConfigured, NotStarted, PreCheckPass, Prechecking, PrecheckFailed, Finished",
        "full=Failed",
        "C Notice",
    ),
    ("unrecognized, absent", "Failed", "INCREMENTAL_FAILED Critical"),
    ("unrecognized, absent", "full=Failed", "FULL_INIT_FAILED Critical"),
];

const RUNNING: &str = "Synchronizing, Retrying, Modifying, Upgrade, Downgrade";

#[test]
fn every_conflict_has_its_severity() {
    for (statuses, heading, expected) in SEVERITIES {
        for status in statuses.split(", ") {
            for (name, change) in changes(heading) {
                let assessment = judge_with(status, &change);
                let found = assessment.findings().iter().filter_map(|finding| {
                    let code = match finding.code {
                        FindingCode::StatusPhaseConflict => "C",
                        FindingCode::IncrementalFailed => "INCREMENTAL_FAILED",
                        FindingCode::SchemaInitFailed | FindingCode::FullInitFailed => "FULL_INIT_FAILED",
                        _ => return None,
                    };
                    Some(format!("{code} {}", finding.severity))
                });
                // Two failed stages have the same finding.
                let found: BTreeSet<_> = found.collect();
                let expected: BTreeSet<_> = expected.split(", ").map(str::to_owned).collect();
                assert_eq!(found, expected, "{status} with {name}");
            }
        }
    }
}

/// A name, and a change of the stages.
type Change = (String, Box<dyn Fn(&mut SyncJob)>);

/// Judges a job of this status whose stages are those of the change.
fn judge_with(status: &'static str, change: &dyn Fn(&mut SyncJob)) -> Assessment {
    let status = match status {
        "absent" => None,
        "unrecognized" => Some("Rebalancing"),
        known => Some(known),
    };
    judge(&job(status, |job| {
        job.structure_stage = None;
        job.data_stage = None;
        change(job);
    }))
}

fn check(status: &'static str, cell: &str, (name, change): &Change) {
    let assessment = judge_with(status, change);
    let conflicts =
        assessment.findings().iter().any(|finding| finding.code == FindingCode::StatusPhaseConflict);
    let actual = format!("{}{}", assessment.verdict(), if conflicts { "*" } else { "" });
    let cell = if assessment.findings().iter().any(|finding| {
        finding.code == FindingCode::StageStatusUnrecognized && finding.floor() == Some(Verdict::Unknown)
    }) {
        at_least_unknown(cell)
    } else {
        cell.to_owned()
    };
    assert_eq!(actual, cell, "{status:?} with {name}: {:?}", assessment.findings());
}

/// The cell of a stage whose status is unknown, which alone makes the verdict Unknown.
fn at_least_unknown(cell: &str) -> String {
    let (verdict, star) = cell.strip_suffix('*').map_or((cell, ""), |verdict| (verdict, "*"));
    format!("{}{star}", verdict.parse::<Verdict>().unwrap().max(Verdict::Unknown))
}

fn cells(line: &'static str) -> Vec<&'static str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

/// The changes of a column, by its heading.
fn changes(heading: &str) -> Vec<Change> {
    if let Some(status) = heading.strip_prefix("full=") {
        let (full, schema) = (initialization(status), initialization(status));
        let (both, other) = (initialization(status), initialization(status));
        return vec![
            (heading.to_owned(), Box::new(move |job| job.data_stage.clone_from(&full))),
            (format!("schema={status}"), Box::new(move |job| job.structure_stage.clone_from(&schema))),
            (
                format!("schema, full={status}"),
                Box::new(move |job| {
                    job.structure_stage.clone_from(&both);
                    job.data_stage.clone_from(&other);
                }),
            ),
        ];
    }
    let statuses: Vec<Option<&'static str>> = match heading {
        "inc absent or other" => vec![None, Some("Rebalancing"), Some("")],
        "NotStarted" => vec![Some("NotStarted")],
        "Migrating, Catched" => vec![Some("Migrating"), Some("Catched")],
        "Suspending" => vec![Some("Suspending")],
        "Failed" => vec![Some("Failed"), Some("failed")],
        "Finished" => vec![Some("Finished"), Some("Success")],
        other => panic!("unknown heading {other}"),
    };
    let change = |status: Option<&'static str>| -> Change {
        let change = move |job: &mut SyncJob| job.synchronization_stage = status.and_then(stage);
        (format!("inc={status:?}"), Box::new(change))
    };
    statuses.into_iter().map(change).collect()
}

fn initialization(status: &str) -> Option<InitializationStage> {
    let mut stage = InitializationStage::default();
    stage.status = Some(StageStatus::from(status));
    Some(stage)
}
