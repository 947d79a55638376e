//! Rules on how the job is paid for.

use super::Breaches;
use crate::field::Field;
use crate::model::{PayType, SyncJob, spelling};

pub(super) fn expire_time_with_post_paid(job: &SyncJob) -> Breaches {
    match (&job.pay_type, &job.expire_time) {
        (Some(PayType::PostPaid), Some(time)) => breach(&PayType::PostPaid, "none", &spelling::time(time)),
        _ => Breaches::new(),
    }
}

pub(super) fn expire_time_absent(job: &SyncJob) -> Breaches {
    match (&job.pay_type, &job.expire_time) {
        (Some(PayType::PrePaid), None) => breach(&PayType::PrePaid, "a time", "none"),
        _ => Breaches::new(),
    }
}

fn breach(pay_type: &PayType, expected: &str, found: &str) -> Breaches {
    let message = format!("expected {expected} where {} is {pay_type}, found {found}", Field::PayType);
    vec![(Field::ExpireTime.into(), message)]
}
