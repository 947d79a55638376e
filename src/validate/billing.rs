//! Rules on how the job is paid for.

use super::Places;
use crate::field::Field;
use crate::model::{PayType, SyncJob, spelling};

pub(super) fn expire_time_with_post_paid(job: &SyncJob) -> Places {
    match (&job.pay_type, &job.expire_time) {
        (Some(PayType::PostPaid), Some(time)) => {
            wrong_expire_time(&PayType::PostPaid, "none", &spelling::time(time))
        }
        _ => Places::new(),
    }
}

pub(super) fn expire_time_absent(job: &SyncJob) -> Places {
    match (&job.pay_type, &job.expire_time) {
        (Some(PayType::PrePaid), None) => wrong_expire_time(&PayType::PrePaid, "a time", "none"),
        _ => Places::new(),
    }
}

fn wrong_expire_time(pay_type: &PayType, expected: &str, found: &str) -> Places {
    let message = format!("expected {expected} where {} is {pay_type}, found {found}", Field::PayType);
    vec![(Field::ExpireTime.into(), message)]
}
