//! Rules on what every response carries: its ids, its status, the outcome of the API call.

use super::{Places, given, quoted};
use crate::field::Field;
use crate::model::{Direction, SyncJob, spelling};

pub(super) fn request_id_absent(job: &SyncJob) -> Places {
    // That of a page is not repeated in its jobs.
    let absent = given(job.request_id.as_deref()).is_none() && !job.operation.is_page();
    absent_from_response(job, Field::RequestId, absent)
}

pub(super) fn job_id_absent(job: &SyncJob) -> Places {
    absent_from_response(job, Field::SynchronizationJobId, given(job.job_id.as_deref()).is_none())
}

pub(super) fn status_absent(job: &SyncJob) -> Places {
    absent_from_response(job, Field::Status, job.status.is_none())
}

pub(super) fn err_code_with_success(job: &SyncJob) -> Places {
    let code = given(job.err_code.as_deref()).filter(|_| job.success == Some(true));
    let found = |code| format!("expected none where {} is true, found {}", Field::Success, quoted(code));
    code.map(|code| (Field::ErrCode.into(), found(code))).into_iter().collect()
}

pub(super) fn err_code_absent(job: &SyncJob) -> Places {
    if job.success != Some(false) || given(job.err_code.as_deref()).is_some() {
        return Places::new();
    }
    vec![(Field::ErrCode.into(), format!("expected a code where {} is false, found none", Field::Success))]
}

pub(super) fn task_id_mismatch(job: &SyncJob) -> Places {
    /// Start of a job's id; the id of its forward task is the rest.
    const PREFIX: &str = "dts";
    if !matches!(job.direction, None | Some(Direction::Forward)) {
        return Places::new();
    }
    let ids = spelling::unmasked(job.job_id.as_deref()).zip(spelling::unmasked(job.task_id.as_deref()));
    match ids {
        Some((id, task)) if id.strip_prefix(PREFIX) != Some(task) => {
            let message =
                format!("expected the part of {} after {PREFIX:?}, found {}", quoted(id), quoted(task));
            vec![(Field::TaskId.into(), message)]
        }
        _ => Places::new(),
    }
}

/// The response to a failed API call says nothing about the job, so the field may be absent there.
fn absent_from_response(job: &SyncJob, field: Field, absent: bool) -> Places {
    if absent && job.success != Some(false) {
        vec![(field.into(), "expected in a successful response, found none".to_owned())]
    } else {
        Places::new()
    }
}
