//! Rules on the two stages of initialization: status against percent, status against switch.

use super::Breaches;
use crate::field::Field;
use crate::model::{InitializationStage, StageStatus, SyncJob};

pub(super) fn finished_below_100(job: &SyncJob) -> Breaches {
    percent_against_status(job, &StageStatus::Finished, |percent| percent < 100.0, "expected 100")
}

pub(super) fn migrating_at_100(job: &SyncJob) -> Breaches {
    percent_against_status(job, &StageStatus::Migrating, |percent| percent >= 100.0, "expected less than 100")
}

pub(super) fn switched_off_stage_active(job: &SyncJob) -> Breaches {
    let switches = [
        (Field::StructureInitialization, job.structure_initialization),
        (Field::DataInitialization, job.data_initialization),
    ];
    switches
        .into_iter()
        .zip(stages(job))
        .filter(|((_, on), _)| *on == Some(false))
        .filter_map(|((switch, _), (record, stage))| {
            let (field, found) = activity(stage?)?;
            let message = format!("expected no activity where {switch} is false, found {found}");
            Some(([record, field].into(), message))
        })
        .collect()
}

fn stages(job: &SyncJob) -> [(Field, Option<&InitializationStage>); 2] {
    [
        (Field::StructureInitializationStatus, job.structure_stage.as_ref()),
        (Field::DataInitializationStatus, job.data_stage.as_ref()),
    ]
}

fn percent_against_status(
    job: &SyncJob,
    status: &StageStatus,
    breaks: fn(f64) -> bool,
    expected: &str,
) -> Breaches {
    stages(job)
        .into_iter()
        .filter_map(|(record, stage)| {
            let stage = stage.filter(|stage| stage.status.as_ref() == Some(status))?;
            let percent = stage.percent.filter(|percent| breaks(percent.get()))?;
            Some((
                [record, Field::Percent].into(),
                format!("{expected} where {} is {status}, found {percent}", Field::Status),
            ))
        })
        .collect()
}

/// What shows that a stage does or did something.
fn activity(stage: &InitializationStage) -> Option<(Field, String)> {
    // Finished is no activity: a stage with nothing to do is over. Unknown text says nothing.
    let idle = |status: &StageStatus| {
        matches!(status, StageStatus::NotStarted | StageStatus::Finished) || !status.is_known()
    };
    let status = stage.status.as_ref().filter(|status| !idle(status));
    let progress = || stage.progress.filter(|&progress| progress > 0);
    status
        .map(|status| (Field::Status, status.to_string()))
        .or_else(|| progress().map(|progress| (Field::Progress, progress.to_string())))
}
