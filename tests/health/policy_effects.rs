//! Every threshold of the policy has an effect: a result by default, and another one by another value.

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{Assessment, Context, FindingCode, Policy, Trackers, assess, compare};

use crate::builders::{DAY, HOUR, at, job, lagging, severity};
use crate::policy::subscription;
use crate::polls::{Poll, result};

/// What is observed under a policy.
type Observe = Box<dyn Fn(&Policy) -> String>;

/// A threshold with another value, and what is observed by default and by that value.
struct Case {
    name: &'static str,
    value: &'static str,
    default: &'static str,
    changed: &'static str,
    observe: Observe,
}

#[test]
fn every_threshold_has_an_effect() {
    let cases = cases();
    for Case { name, value, default, changed, observe } in &cases {
        assert_eq!(&observe(&Policy::default()), default, "{name} by default");
        let mut policy = Policy::default();
        assert_eq!(policy.set(name, value), Ok(()), "{name}");
        assert_eq!(&observe(&policy), changed, "{name} of {value}");
    }
    let mut tried: Vec<_> = cases.iter().map(|case| case.name).collect();
    tried.dedup();
    let all: Vec<_> = Policy::FIELDS.iter().map(|field| field.name).collect();
    assert_eq!(tried, all);
}

/// Cases in the order of the table of thresholds.
fn cases() -> Vec<Case> {
    let mut cases = cases_of_one_answer();
    cases.extend(cases_of_two_answers());
    cases.extend(cases_of_polls());
    let place = |case: &Case| Policy::FIELDS.iter().position(|field| field.name == case.name);
    cases.sort_by_key(place);
    cases
}

/// The severity of a finding of one answer, judged now.
#[rustfmt::skip]
fn cases_of_one_answer() -> Vec<Case> {
    use FindingCode as Code;
    let now = || Context::at(at(0));
    let judged = |name, value, default, changed, code, job: SyncJob, context: Context| {
        let observe: Observe = Box::new(move |policy| severity_of(&assess(&job, &context, policy), code));
        Case { name, value, default, changed, observe }
    };
    let aged = |status, age: i64| job(status, |job| job.checkpoint = Some(at(-age)));
    let busy = |lag: i64| lagging("Retrying", lag, |_| {});
    let since = |seconds: i64| Context::at(at(0)).since(at(-seconds));
    let quiet = lagging("Synchronizing", DAY, |job| job.checkpoint = None);
    let overdue = |name, value, status, seconds: i64| {
        judged(name, value, "Warning", "-", Code::StatusOverdue, aged(status, 0), since(seconds))
    };
    vec![
        judged("lag_warn", "61s", "Warning", "-", Code::LagHigh, busy(61), now()),
        judged("lag_critical", "601s", "Critical", "-", Code::LagCritical, busy(601), now()),
        judged("log_retention", "24h1s", "Critical", "-", Code::LogRetentionRisk, busy(DAY), now()),
        judged("coherence_tolerance", "61s", "Warning", "-", Code::LagCheckpointConflict, aged("Retrying", 61), now()),
        judged("clock_skew", "31s", "Warning", "-", Code::CheckpointInFuture, aged("Retrying", -31), now()),
        judged("max_observation_age", "301s", "Warning", "-", Code::ObservationStale, aged("Locked", 0), now().observed_at(at(-301))),
        judged("suspend_soft", "6h1s", "Warning", "-", Code::SuspendOverSoftLimit, aged("Suspending", 6 * HOUR), now()),
        judged("suspend_critical", "24h1s", "Critical", "Warning", Code::SuspendOverSoftLimit, aged("Suspending", DAY), now()),
        judged("suspend_hard", "7d1s", "Critical", "-", Code::SuspendOverHardLimit, aged("Suspending", 7 * DAY), now()),
        judged("recovery_warn", "5d1s", "Critical", "-", Code::RecoveryWindowClosing, aged("Failed", 5 * DAY), now()),
        judged("recovery_window", "7d1s", "Critical", "-", Code::RecoveryWindowExpired, aged("Failed", 7 * DAY), now()),
        judged("retry_window", "12h1s", "Critical", "-", Code::RetryWindowExhausted, aged("Retrying", 0), since(12 * HOUR)),
        overdue("init_overdue", "24h1s", "Initializing", DAY),
        overdue("modify_overdue", "24h1s", "Modifying", DAY),
        overdue("resize_overdue", "2h1s", "Upgrade", 2 * HOUR),
        overdue("precheck_overdue", "1h1s", "Prechecking", HOUR),
        judged("expire_warn", "215h", "Warning", "-", Code::ExpiringSoon, subscription("Locked", 9 * DAY), now()),
        judged("expire_critical", "71h", "Critical", "Warning", Code::ExpiringSoon, subscription("Locked", 3 * DAY), now()),
        judged("release_after", "7d1s", "Critical", "-", Code::ReleaseDue, subscription("Locked", -7 * DAY), now()),
        judged("idle_critical", "23h", "-", "Critical", Code::LagCritical, quiet, now()),
    ]
}

/// The severity of a finding of two answers.
#[rustfmt::skip]
fn cases_of_two_answers() -> Vec<Case> {
    use FindingCode as Code;
    let compared = |name, value, default, changed, code, before: SyncJob, after: SyncJob, seconds: i64| {
        let observe: Observe = Box::new(move |policy| {
            let before = assess(&before, &Context::at(at(-seconds)), policy);
            let after = assess(&after, &Context::at(at(0)), policy);
            severity_of(&compare(&before, after, policy), code)
        });
        Case { name, value, default, changed, observe }
    };
    let aged = |status, age: i64| job(status, |job| job.checkpoint = Some(at(-age)));
    let loading =
        || job("Initializing", |job| job.data_stage.as_mut().unwrap().status = Some("Migrating".into()));
    vec![
        compared("stall_after", "301s", "Warning", "-", Code::CheckpointStalled, aged("Synchronizing", 300), aged("Synchronizing", 300), 300),
        compared("init_stall_after", "30m1s", "Warning", "-", Code::InitStalled, loading(), loading(), 1800),
        compared("regress_tolerance", "301s", "Warning", "Notice", Code::CheckpointRegressed, aged("Failed", 60), aged("Retrying", 361), 60),
        compared("min_interval", "31s", "Info", "-", Code::Recovered, aged("Failed", 60), aged("Synchronizing", 30), 30),
    ]
}

/// The result of the last poll of a table without results.
#[rustfmt::skip]
fn cases_of_polls() -> Vec<Case> {
    let polled = |name, value, default, changed, table: &str| {
        let table = table.to_owned();
        let observe: Observe = Box::new(move |policy| {
            let mut trackers = Trackers::new();
            let polls = table.split(',').map(|line| Poll::read(line).observe(&mut trackers, policy));
            result(&polls.last().unwrap(), false)
        });
        Case { name, value, default, changed, observe }
    };
    const HIGH: &str = "Degraded LAG_HIGH 1";
    const CRITICAL: &str = "Degraded LAG_CRITICAL 2";
    const DOUBTED: &str = "Degraded IDLE_SOURCE_DOUBTED 2";
    const HEALTHY: &str = "Healthy - 0";
    const FLAPPING: &str = "Degraded FLAPPING 1";
    let flips = "0 Synchronizing,60 Retrying,120 Synchronizing,180 Retrying,240 Synchronizing,300 Retrying,\
                 360 Synchronizing";
    // The sixth change is that at 360 s; the last of these polls is the 21st from it on.
    let calm: String = (361..=380).map(|seconds| format!(",{seconds} Synchronizing")).collect();
    let flips_and_calm = format!("{flips}{calm}");
    let learnt = "0 Synchronizing,600 Synchronizing lag=500 rps=0,660 Synchronizing,720 Synchronizing,\
                  4320 Synchronizing lag=1400 rps=0";
    let late = "1000 Suspending,10 Synchronizing lag=80,20 Synchronizing lag=80,30 Synchronizing lag=80,\
                40 Synchronizing lag=80,50 Synchronizing lag=80";
    let vanished = "0 Synchronizing direction=Reverse,400 Synchronizing direction=Reverse,401 Synchronizing,\
                    402 Synchronizing,403 Synchronizing,1601 Synchronizing";
    vec![
        polled("lag_for", "61s", "Healthy - 0 pending=LAG_HIGH@60..180", HIGH, "0 Synchronizing,60 Synchronizing lag=80,121 Synchronizing lag=80"),
        polled("calm_for", "61s", HEALTHY, HIGH, "0 Synchronizing lag=200,60 Synchronizing,120 Synchronizing"),
        polled("clear_at", "79%", HIGH, CRITICAL, "0 Synchronizing lag=900,60 Synchronizing lag=480,120 Synchronizing lag=480"),
        polled("hold_last", "60s", "Healthy - 0 held=60", "Unknown NO_ANSWER 3", "0 Synchronizing,60 no-answer,61 no-answer"),
        polled("idle_factor", "2", HIGH, DOUBTED, learnt),
        polled("idle_busy", "1h1s", DOUBTED, HIGH, "0 Synchronizing,3600 Synchronizing lag=601 rps=0"),
        polled("idle_unlearnt", "59m59s", HIGH, DOUBTED, "0 Synchronizing lag=3600 rps=0"),
        polled("vanish_after", "4", "Degraded REVERSE_NOT_OBSERVED 1", HEALTHY, vanished),
        polled("restart_after", "6", "Healthy - 0 pending=LAG_HIGH@10..130", HIGH, late),
        polled("flap_polls", "24", HEALTHY, FLAPPING, &flips_and_calm),
        polled("flap_on", "7", FLAPPING, HEALTHY, flips),
        polled("flap_off", "0", HEALTHY, FLAPPING, &flips_and_calm),
        polled("ended_is_ok", "true", "Ended JOB_ENDED 1", "Ended JOB_ENDED 0", "0 Finished"),
        polled("maintenance_until", "2021-01-14T09:22:31Z", "Failed JOB_FAILED 2", "Failed JOB_FAILED 1", "0 Failed"),
    ]
}

fn severity_of(assessment: &Assessment, code: FindingCode) -> String {
    severity(assessment, code).unwrap_or("-").to_owned()
}
