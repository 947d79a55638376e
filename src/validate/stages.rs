//! Rules on the schema and data stages: status against percent, status against switch.

use super::Places;
use crate::field::Field;
use crate::model::{Stage, StageStatus, SyncJob};

pub(super) fn finished_below_100(job: &SyncJob) -> Places {
    percent_against_status(job, &StageStatus::Finished, |percent| percent < 100.0, "expected 100")
}

pub(super) fn migrating_at_100(job: &SyncJob) -> Places {
    percent_against_status(job, &StageStatus::Migrating, |percent| percent >= 100.0, "expected less than 100")
}

pub(super) fn switched_off_stage_active(job: &SyncJob) -> Places {
    initialization_stages(job)
        .filter(|(_, stage)| stage.is_on == Some(false))
        .filter_map(|(switch, stage)| {
            let (field, found) = activity(&stage)?;
            let message = format!("expected no activity where {switch} is false, found {found}");
            Some(([stage.kind.record(), field].into(), message))
        })
        .collect()
}

/// The stages that have a switch, each with the field of the switch.
fn initialization_stages(job: &SyncJob) -> impl Iterator<Item = (Field, Stage<'_>)> {
    job.stages().into_iter().filter_map(|stage| Some((stage.kind.switch()?, stage)))
}

fn percent_against_status(
    job: &SyncJob,
    status: &StageStatus,
    breaks: fn(f64) -> bool,
    expected: &str,
) -> Places {
    initialization_stages(job)
        .filter(|(_, stage)| stage.status == Some(status))
        .filter_map(|(_, stage)| {
            let percent = stage.percent.filter(|percent| breaks(percent.get()))?;
            Some((
                [stage.kind.record(), Field::Percent].into(),
                format!("{expected} where {} is {status}, found {percent}", Field::Status),
            ))
        })
        .collect()
}

/// The field and the value that show that a stage did something.
fn activity(stage: &Stage<'_>) -> Option<(Field, String)> {
    // A stage with nothing to do is Finished. Unknown text proves nothing.
    let idle = |status: &StageStatus| {
        matches!(status, StageStatus::NotStarted | StageStatus::Finished) || !status.is_known()
    };
    let status = stage.status.filter(|status| !idle(status));
    let progress = || stage.progress.filter(|&progress| progress > 0);
    status
        .map(|status| (Field::Status, status.to_string()))
        .or_else(|| progress().map(|progress| (Field::Progress, progress.to_string())))
}
