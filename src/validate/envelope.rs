//! Rules on what every answer carries: its ids, its status, whether the call went through.

use super::{Breaches, given, quoted};
use crate::field::Field;
use crate::model::{Direction, SyncJob, spelling};

pub(super) fn request_id_absent(job: &SyncJob) -> Breaches {
    absent_from_answer(job, Field::RequestId, given(&job.request_id).is_none())
}

pub(super) fn job_id_absent(job: &SyncJob) -> Breaches {
    absent_from_answer(job, Field::SynchronizationJobId, given(&job.job_id).is_none())
}

pub(super) fn status_absent(job: &SyncJob) -> Breaches {
    absent_from_answer(job, Field::Status, job.status.is_none())
}

pub(super) fn err_code_with_success(job: &SyncJob) -> Breaches {
    let code = given(&job.err_code).filter(|_| job.success == Some(true));
    let found = |code| format!("expected none where {} is true, found {}", Field::Success, quoted(code));
    code.map(|code| (Field::ErrCode.into(), found(code))).into_iter().collect()
}

pub(super) fn err_code_absent(job: &SyncJob) -> Breaches {
    if job.success != Some(false) || given(&job.err_code).is_some() {
        return Breaches::new();
    }
    vec![(Field::ErrCode.into(), format!("expected a code where {} is false, found none", Field::Success))]
}

pub(super) fn task_id_mismatch(job: &SyncJob) -> Breaches {
    /// What a job's id has before its forward task's.
    const PREFIX: &str = "dts";
    if !matches!(job.direction, None | Some(Direction::Forward)) {
        return Breaches::new();
    }
    let ids = spelling::unmasked(job.job_id.as_deref()).zip(spelling::unmasked(job.task_id.as_deref()));
    match ids {
        Some((id, task)) if id.strip_prefix(PREFIX) != Some(task) => {
            let message =
                format!("expected what follows {PREFIX:?} in {}, found {}", quoted(id), quoted(task));
            vec![(Field::TaskId.into(), message)]
        }
        _ => Breaches::new(),
    }
}

/// A failed call has nothing to tell of the job, so only a successful one owes the field.
fn absent_from_answer(job: &SyncJob, field: Field, absent: bool) -> Breaches {
    if absent && job.success != Some(false) {
        vec![(field.into(), "expected in a successful answer, found none".to_owned())]
    } else {
        Breaches::new()
    }
}
