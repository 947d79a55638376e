//! Every threshold of the policy has its effect.

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{Assessment, Context, FindingCode, Policy, assess, compare};
use aliyun_dts_status::model::PayType;
use chrono::TimeDelta;

use crate::builders::{DAY, HOUR, at, job, lagging, secs, severity, stage};

/// Judges something by a policy.
type Judge = Box<dyn Fn(&Policy) -> Assessment>;

/// A threshold, something that is found by the default and not by this many seconds, and the severity lost.
type Case = (&'static str, i64, FindingCode, &'static str, Judge);

#[test]
fn every_threshold_is_heeded() {
    let cases = cases();
    for (name, seconds, code, severity, judge) in &cases {
        let by_default = self::severity(&judge(&Policy::default()), *code);
        assert_eq!(by_default, Some(*severity), "{name}");
        let mut policy = Policy::default();
        assert!(policy.set(name, secs(*seconds)));
        assert_ne!(self::severity(&judge(&policy), *code), Some(*severity), "{name}");
    }
    let tried: Vec<_> = cases.iter().map(|case| case.0).collect();
    let all: Vec<_> = Policy::FIELDS.iter().map(|(name, _)| *name).collect();
    assert_eq!(tried, all);
}

#[test]
fn a_threshold_may_be_nothing_at_all_but_not_less() {
    let all = |value| {
        let mut policy = Policy::default();
        for (name, _) in Policy::FIELDS {
            assert!(policy.set(name, value));
        }
        policy.check().map_err(|error| error.to_string())
    };
    assert_eq!(all(TimeDelta::zero()), Ok(()));
    let error = "lag_warn is negative";
    assert_eq!(all(TimeDelta::try_milliseconds(-1).unwrap()), Err(error.into()));
}

#[test]
fn a_policy_out_of_order_still_judges() {
    for extreme in [TimeDelta::MIN, TimeDelta::MAX, TimeDelta::zero(), secs(-1)] {
        let mut policy = Policy::default();
        for (name, _) in Policy::FIELDS {
            assert!(policy.set(name, extreme));
        }
        for status in ["Synchronizing", "Suspending", "Failed", "Retrying"] {
            let judged = assess(&subscription(status, DAY), &Context::at(at(0)).since(at(-DAY)), &policy);
            let again = assess(&subscription(status, -DAY), &Context::at(at(60)), &policy);
            assert!(!compare(&judged, again, &policy).findings().is_empty());
        }
    }
}

fn cases() -> Vec<Case> {
    use FindingCode as Code;
    let now = || Context::at(at(0));
    let judged =
        |job: SyncJob, context: Context| -> Judge { Box::new(move |policy| assess(&job, &context, policy)) };
    let compared = |before: SyncJob, after: SyncJob, seconds: i64| -> Judge {
        Box::new(move |policy| {
            let before = assess(&before, &Context::at(at(-seconds)), policy);
            compare(&before, assess(&after, &Context::at(at(0)), policy), policy)
        })
    };
    let agreeing = |status, age: i64| job(status, |job| job.checkpoint = Some(at(-age)));
    let busy = |lag: i64| lagging("Retrying", lag, |_| {});
    vec![
        ("lag_warn", 61, Code::LagHigh, "Warning", judged(busy(61), now())),
        ("lag_critical", 601, Code::LagCritical, "Critical", judged(busy(601), now())),
        ("log_retention", DAY + 1, Code::LogRetentionRisk, "Critical", judged(busy(DAY), now())),
        ("coherence_tolerance", 61, Code::LagCheckpointConflict, "Warning", {
            judged(agreeing("Retrying", 61), now())
        }),
        ("clock_skew", 31, Code::CheckpointInFuture, "Warning", judged(agreeing("Retrying", -31), now())),
        ("max_observation_age", 301, Code::ObservationStale, "Warning", {
            judged(agreeing("Locked", 0), now().observed_at(at(-301)))
        }),
        ("suspend_soft", 6 * HOUR + 1, Code::SuspendOverSoftLimit, "Warning", {
            judged(agreeing("Suspending", 6 * HOUR), now())
        }),
        ("suspend_hard", 7 * DAY + 1, Code::SuspendOverHardLimit, "Critical", {
            judged(agreeing("Suspending", 7 * DAY), now())
        }),
        ("recovery_warn", 5 * DAY + 1, Code::RecoveryWindowClosing, "Critical", {
            judged(agreeing("Failed", 5 * DAY), now())
        }),
        ("recovery_window", 7 * DAY + 1, Code::RecoveryWindowExpired, "Critical", {
            judged(agreeing("Failed", 7 * DAY), now())
        }),
        ("retry_window", 12 * HOUR + 1, Code::RetryWindowExhausted, "Critical", {
            judged(agreeing("Retrying", 0), now().since(at(-12 * HOUR)))
        }),
        ("expire_warn", 9 * DAY - 1, Code::ExpiringSoon, "Warning", {
            judged(subscription("Locked", 9 * DAY), now())
        }),
        ("expire_critical", 3 * DAY - 1, Code::ExpiringSoon, "Critical", {
            judged(subscription("Locked", 3 * DAY), now())
        }),
        ("release_after", 7 * DAY + 1, Code::ReleaseDue, "Critical", {
            judged(subscription("Locked", -7 * DAY), now())
        }),
        ("stall_after", 301, Code::CheckpointStalled, "Warning", {
            compared(agreeing("Synchronizing", 300), agreeing("Synchronizing", 300), 300)
        }),
        ("init_stall_after", 1801, Code::InitStalled, "Warning", {
            let migrating = || {
                job("Initializing", |job| {
                    job.data_stage.as_mut().unwrap().status = Some("Migrating".into());
                })
            };
            compared(migrating(), migrating(), 1800)
        }),
        // More patience makes the Warning a Notice.
        ("regress_tolerance", 301, Code::CheckpointRegressed, "Warning", {
            compared(agreeing("Failed", 60), agreeing("Retrying", 361), 60)
        }),
        ("min_interval", 31, Code::Recovered, "Info", {
            compared(agreeing("Failed", 60), agreeing("Synchronizing", 30), 30)
        }),
    ]
}

/// A subscription that ends so many seconds from now.
fn subscription(status: &'static str, left: i64) -> SyncJob {
    job(status, |job| {
        job.pay_type = Some(PayType::PrePaid);
        job.expire_time = Some(at(left));
        job.synchronization_stage = stage("Migrating");
    })
}
