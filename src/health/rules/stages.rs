//! The job's `Status` against those of its stages.

use super::case::{Case, Stage};
use crate::field::Field;
use crate::health::finding::{Evidence, Finding, FindingCode, Phase, Severity};
use crate::health::verdict::Verdict;
use crate::model::{JobStatus, StageStatus};

pub(super) fn judge(case: &Case<'_>, findings: &mut Vec<Finding>) {
    use JobStatus as Status;
    match case.status {
        Some(
            Status::Synchronizing
            | Status::Retrying
            | Status::Modifying
            | Status::Upgrade
            | Status::Downgrade,
        ) => running(case, findings),
        Some(Status::Suspending) => incremental_failed(case, findings),
        Some(Status::Initializing | Status::InitializeFailed) => initializing(case, findings),
        Some(Status::Failed) => failed(case, findings),
        Some(
            Status::NotConfigured
            | Status::NotStarted
            | Status::PreCheckPass
            | Status::Prechecking
            | Status::PrecheckFailed
            | Status::Finished,
        ) => at_rest(case, findings),
        Some(Status::Locked) => {}
        Some(Status::ModifyFailed | Status::Migrating | Status::MigrationFailed | Status::Unknown(_))
        | None => {
            for stage in case.stages().into_iter().filter(|stage| is_failed(stage)) {
                findings.push(failure(case, stage, Severity::Critical).at_least(Verdict::Failed));
            }
        }
    }
}

fn running(case: &Case<'_>, findings: &mut Vec<Finding>) {
    incremental_failed(case, findings);
    let incremental = &case.incremental;
    match incremental.status {
        Some(StageStatus::Suspending) => {
            findings.push(conflict(case, incremental, Severity::Warning).at_least(Verdict::Suspended));
        }
        Some(StageStatus::NotStarted) => {
            findings.push(conflict(case, incremental, Severity::Notice).at_least(Verdict::Progressing));
        }
        Some(StageStatus::Finished) => findings.push(conflict(case, incremental, Severity::Notice)),
        _ => {}
    }
    for stage in [&case.schema, &case.full] {
        match stage.status {
            Some(StageStatus::Failed) => {
                findings.push(failure(case, stage, Severity::Warning).at_least(Verdict::Degraded));
                findings.push(conflict(case, stage, Severity::Warning).at_least(Verdict::Degraded));
            }
            Some(StageStatus::Migrating | StageStatus::Checking) => {
                findings.push(conflict(case, stage, Severity::Notice).at_least(Verdict::Progressing));
            }
            _ => {}
        }
    }
}

/// While the job runs or is paused.
fn incremental_failed(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let stage = &case.incremental;
    if is_failed(stage) {
        findings.push(failure(case, stage, Severity::Critical).at_least(Verdict::Failed));
        // A failed stage is what a job that is tried again has.
        if case.status != Some(&JobStatus::Retrying) {
            findings.push(conflict(case, stage, Severity::Warning));
        }
    }
}

fn initializing(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let still_running = case.status == Some(&JobStatus::Initializing);
    let mut any = false;
    for stage in case.stages().into_iter().filter(|stage| is_failed(stage)) {
        any = true;
        findings.push(failure(case, stage, Severity::Critical).at_least(Verdict::Failed));
        if still_running || stage.phase == Phase::Incremental {
            findings.push(conflict(case, stage, Severity::Warning));
        }
    }
    if !any && !still_running {
        // No stage owns up to the failure, so all of them are the evidence.
        let mut evidence: Vec<_> = case.stages().into_iter().map(Stage::evidence).collect();
        evidence.push(case.status_evidence());
        findings.push(case.finding(FindingCode::StatusPhaseConflict, Severity::Notice, evidence));
    }
}

fn failed(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for stage in case.stages().into_iter().filter(|stage| is_failed(stage)) {
        findings.push(failure(case, stage, Severity::Critical));
    }
    let stage = &case.incremental;
    if stage.status.is_some_and(StageStatus::is_known)
        && ![stage, &case.schema, &case.full].into_iter().any(is_failed)
    {
        // Perhaps the job is being resumed.
        findings.push(conflict(case, stage, Severity::Notice));
    }
}

/// Before the start, and after the end.
fn at_rest(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let runs = |stage: &&Stage<'_>| {
        stage.is(&StageStatus::Migrating)
            || stage.phase == Phase::Incremental && stage.is(&StageStatus::Catched)
    };
    let severity = match case.status {
        Some(JobStatus::PrecheckFailed) => Severity::Warning,
        _ => Severity::Notice,
    };
    if case.stages().iter().any(runs) {
        let conflicts = case.stages().into_iter().filter(runs);
        findings.extend(conflicts.map(|stage| conflict(case, stage, severity)));
    } else {
        let conflicts = case.stages().into_iter().filter(|stage| is_failed(stage));
        findings.extend(conflicts.map(|stage| conflict(case, stage, Severity::Notice)));
    }
}

fn is_failed(stage: &Stage<'_>) -> bool {
    stage.is(&StageStatus::Failed)
}

/// The finding that a stage failed, with its message.
fn failure(case: &Case<'_>, stage: &Stage<'_>, severity: Severity) -> Finding {
    let code = match stage.phase {
        Phase::Schema => FindingCode::SchemaInitFailed,
        Phase::Full => FindingCode::FullInitFailed,
        _ => FindingCode::IncrementalFailed,
    };
    let mut evidence = vec![stage.evidence()];
    if let Some(text) = stage.message.filter(|text| !text.is_empty()) {
        evidence.push(Evidence::of([stage.field(), Field::ErrorMessage], Some(text)));
    }
    case.finding(code, severity, evidence)
}

/// The finding that a stage does not fit the job.
fn conflict(case: &Case<'_>, stage: &Stage<'_>, severity: Severity) -> Finding {
    let evidence = vec![stage.evidence(), case.status_evidence()];
    case.finding(FindingCode::StatusPhaseConflict, severity, evidence).in_phase(stage.phase)
}
