//! The job's `Status` compared with those of its stages.

use crate::field::Field;
use crate::health::facts::answers::has_stage;
use crate::health::facts::case::Case;
use crate::health::facts::stage::StageFacts;
use crate::health::finding::{Fact, Finding, FindingCode, Severity};
use crate::health::lifecycle::is_before_start;
use crate::health::report::Report;
use crate::health::verdict::Verdict;
use crate::model::{JobStatus, StageKind, StageStatus};

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    use JobStatus as Status;
    odd_stages(case, report);
    match case.status {
        Some(
            Status::Synchronizing
            | Status::Migrating
            | Status::Retrying
            | Status::Modifying
            | Status::Upgrade
            | Status::Downgrade,
        ) => running(case, report),
        Some(Status::Suspending) => incremental_failed(case, report),
        Some(Status::Initializing | Status::InitializeFailed) => initializing(case, report),
        Some(Status::Failed | Status::MigrationFailed) => failed(case, report),
        // A change of the objects failed, and the stages may go on.
        Some(Status::ModifyFailed) => failed_stages(case, report),
        Some(
            Status::NotConfigured
            | Status::NotStarted
            | Status::PreCheckPass
            | Status::Prechecking
            | Status::PrecheckFailed
            | Status::Finished,
        ) => at_rest(case, report),
        Some(Status::Locked) => {}
        Some(Status::Unknown(_)) | None => {
            for stage in case.stages().into_iter().filter(|stage| is_failed(stage)) {
                report.add(failure(case, stage, Severity::Critical).at_least(Verdict::Failed));
            }
        }
    }
}

/// Stages that are locked, or whose status is unknown to this crate.
fn odd_stages(case: &Case<'_>, report: &mut Report) {
    // Before the start and after the end a stage does not matter.
    let matters = !is_before_start(case.status) && case.status != Some(&JobStatus::Finished);
    for stage in case.stages() {
        let (code, severity, floor) = match stage.status {
            Some(StageStatus::Locked) => (FindingCode::StageLocked, Severity::Critical, Verdict::Failed),
            Some(StageStatus::Unknown(_)) => {
                (FindingCode::StageStatusUnrecognized, Severity::Warning, Verdict::Unknown)
            }
            _ => continue,
        };
        let severity = if matters { severity } else { Severity::Notice };
        let facts = vec![stage.status_fact()];
        let finding = case.finding(code, severity, facts).in_phase(stage.phase());
        report.add(finding.at_least(matters.then_some(floor)));
    }
}

fn running(case: &Case<'_>, report: &mut Report) {
    incremental_failed(case, report);
    let incremental = &case.incremental;
    match incremental.status {
        Some(StageStatus::Suspending) => {
            let conflict = conflict(case, incremental, Severity::Warning);
            report.add_some(conflict.map(|found| found.at_least(Verdict::Suspended)));
        }
        Some(StageStatus::NotStarted) => {
            let conflict = conflict(case, incremental, Severity::Notice);
            report.add_some(conflict.map(|found| found.at_least(Verdict::Progressing)));
        }
        Some(StageStatus::Finished) => report.add_some(conflict(case, incremental, Severity::Notice)),
        _ => {}
    }
    for stage in [&case.schema, &case.full] {
        match stage.status {
            Some(StageStatus::Failed) => {
                report.add(failure(case, stage, Severity::Warning).at_least(Verdict::Degraded));
                let conflict = conflict(case, stage, Severity::Warning);
                report.add_some(conflict.map(|found| found.at_least(Verdict::Degraded)));
            }
            Some(StageStatus::Migrating | StageStatus::Checking) => {
                let conflict = conflict(case, stage, Severity::Notice);
                report.add_some(conflict.map(|found| found.at_least(Verdict::Progressing)));
            }
            _ => {}
        }
    }
}

/// For a job that runs or is paused.
fn incremental_failed(case: &Case<'_>, report: &mut Report) {
    let stage = &case.incremental;
    if is_failed(stage) {
        report.add(failure(case, stage, Severity::Critical).at_least(Verdict::Failed));
        // A job that is being retried has a failed stage.
        if case.status != Some(&JobStatus::Retrying) {
            report.add_some(conflict(case, stage, Severity::Warning));
        }
    }
}

fn initializing(case: &Case<'_>, report: &mut Report) {
    let still_running = case.status == Some(&JobStatus::Initializing);
    let mut any = false;
    for stage in case.stages().into_iter().filter(|stage| is_failed(stage)) {
        any = true;
        report.add(failure(case, stage, Severity::Critical).at_least(Verdict::Failed));
        if still_running || stage.kind == StageKind::Synchronization {
            report.add_some(conflict(case, stage, Severity::Warning));
        }
    }
    if !any && !still_running && StageKind::ALL.iter().all(|stage| is_reported(case, *stage)) {
        // No stage has failed, so all of them are the evidence.
        let mut facts: Vec<_> = case.stages().into_iter().map(StageFacts::status_fact).collect();
        facts.push(case.status_fact());
        report.add(case.finding(FindingCode::StatusPhaseConflict, Severity::Notice, facts));
    }
}

fn failed_stages(case: &Case<'_>, report: &mut Report) {
    for stage in case.stages().into_iter().filter(|stage| is_failed(stage)) {
        report.add(failure(case, stage, Severity::Critical));
    }
}

fn failed(case: &Case<'_>, report: &mut Report) {
    failed_stages(case, report);
    let stage = &case.incremental;
    if stage.status.is_some_and(StageStatus::is_known)
        && ![stage, &case.schema, &case.full].into_iter().any(is_failed)
        && [StageKind::Schema, StageKind::Data].iter().all(|stage| is_reported(case, *stage))
    {
        // The job may be being resumed.
        report.add_some(conflict(case, stage, Severity::Notice));
    }
}

/// For a job before its start or after its end.
fn at_rest(case: &Case<'_>, report: &mut Report) {
    let runs = |stage: &&StageFacts<'_>| {
        stage.is(&StageStatus::Migrating)
            || stage.kind == StageKind::Synchronization && stage.is(&StageStatus::Catched)
    };
    let severity = match case.status {
        Some(JobStatus::PrecheckFailed) => Severity::Warning,
        _ => Severity::Notice,
    };
    if case.stages().iter().any(runs) {
        let conflicts = case.stages().into_iter().filter(runs);
        report.findings.extend(conflicts.filter_map(|stage| conflict(case, stage, severity)));
    } else {
        let conflicts = case.stages().into_iter().filter(|stage| is_failed(stage));
        report.findings.extend(conflicts.filter_map(|stage| conflict(case, stage, Severity::Notice)));
    }
}

fn is_failed(stage: &StageFacts<'_>) -> bool {
    stage.is(&StageStatus::Failed)
}

/// The finding for a failed stage, with its message.
fn failure(case: &Case<'_>, stage: &StageFacts<'_>, severity: Severity) -> Finding {
    let code = match stage.kind {
        StageKind::Schema => FindingCode::SchemaInitFailed,
        StageKind::Data => FindingCode::FullInitFailed,
        StageKind::Synchronization => FindingCode::IncrementalFailed,
    };
    let mut facts = vec![stage.status_fact()];
    if let Some(text) = stage.message.filter(|text| !text.is_empty()) {
        facts.push(Fact::field([stage.kind.record(), Field::ErrorMessage], Some(text)));
    }
    case.finding(code, severity, facts)
}

/// Returns true if the answer can have the stage, so that its absence says something.
fn is_reported(case: &Case<'_>, stage: StageKind) -> bool {
    has_stage(case.operation(), stage)
}

/// The finding for a stage whose status contradicts the job's. A migration that still copies has no such stage.
fn conflict(case: &Case<'_>, stage: &StageFacts<'_>, severity: Severity) -> Option<Finding> {
    if case.course.copies {
        return None;
    }
    let facts = vec![stage.status_fact(), case.status_fact()];
    Some(case.finding(FindingCode::StatusPhaseConflict, severity, facts).in_phase(stage.phase()))
}
