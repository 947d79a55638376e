//! Every threshold: exactly at it, and just above it.

use aliyun_dts_status::health::{
    Assessment, Context, DeadlineKind, Finding, FindingCode, Policy, Verdict, assess, assess_outcome,
};
use aliyun_dts_status::model::{
    CheckStatus, DataRate, Direction, Endpoint, InitializationStage, ItemName, JobStatus, Outcome, PayType,
    Percent, Precheck, PrecheckItem, PrecheckStatus, StageStatus,
};
use aliyun_dts_status::{Fault, Response, SyncJob};
use chrono::TimeDelta;

use crate::builders::{DAY, HOUR, at, codes, job, judge, judge_at, lagging, millis, secs, severity, stage};

use FindingCode as Code;

/// A job that applies changes, so that its source is not idle.
fn busy(status: &'static str, lag: i64) -> SyncJob {
    lagging(status, lag, |job| job.performance.as_mut().unwrap().rps = Some(40.0))
}

#[test]
fn an_observation_has_an_age_limit_and_a_future_limit() {
    for (seconds, expected) in [
        (-300, None),
        (-301, Some(Code::ObservationStale)),
        (0, None),
        (30, None),
        (31, Some(Code::ObservationInFuture)),
    ] {
        let job = job("Synchronizing", |job| {
            job.delay_millis = None;
            job.checkpoint = Some(at(seconds));
        });
        let assessment = judge_at(&job, &Context::at(at(0)).observed_at(at(seconds)));
        assert_eq!(assessment.reason(), expected, "{seconds}");
        let verdict = if expected.is_some() { Verdict::Unknown } else { Verdict::Healthy };
        assert_eq!(assessment.verdict(), verdict, "{seconds}");
    }
}

#[test]
fn lag_is_high_over_a_minute_and_critical_over_ten() {
    for (lag, code, severity) in [
        (0, None, ""),
        (60, None, ""),
        (61, Some(Code::LagHigh), "Warning"),
        (600, Some(Code::LagHigh), "Warning"),
        (601, Some(Code::LagCritical), "Critical"),
    ] {
        let assessment = judge(&busy("Synchronizing", lag));
        assert_eq!(assessment.reason(), code, "{lag}");
        assert_eq!(assessment.findings().len(), usize::from(code.is_some()), "{lag}");
        assert_eq!(assessment.lag(), Some(secs(lag)));
        assert_eq!(assessment.data_age(), Some(secs(lag)));
        if let Some(code) = code {
            assert_eq!(self::severity(&assessment, code), Some(severity), "{lag}");
        }
    }
    let millis_over = |lag| judge(&job("Synchronizing", |job| job.delay_millis = Some(millis(lag)))).reason();
    assert_eq!(millis_over(60_000), None);
    assert_eq!(millis_over(60_001), Some(Code::LagHigh));
}

#[test]
fn a_quiet_source_is_not_critical_by_its_lag() {
    let idle = |change: fn(&mut SyncJob)| judge(&lagging("Synchronizing", 601, change));
    assert_eq!(codes(&idle(|_| {})), ["IDLE_SOURCE_SUSPECTED", "LAG_HIGH"]);
    let flow = |flow| move |job: &mut SyncJob| job.performance.as_mut().unwrap().flow = flow;
    assert_eq!(
        codes(&judge(&lagging("Modifying", 601, flow(None)))),
        ["IDLE_SOURCE_SUSPECTED", "JOB_MODIFYING", "LAG_HIGH"]
    );
    assert_eq!(
        codes(&judge(&lagging("Synchronizing", 601, flow(DataRate::from_mb_per_s(0.01))))),
        ["LAG_CRITICAL"]
    );
    assert_eq!(codes(&idle(|job| job.performance.as_mut().unwrap().rps = None)), ["LAG_CRITICAL"]);
    assert_eq!(codes(&idle(|job| job.performance = None)), ["LAG_CRITICAL"]);
    // A conflict decides nothing else.
    assert_eq!(
        codes(&idle(|job| job.checkpoint = Some(at(-540)))),
        ["IDLE_SOURCE_SUSPECTED", "LAG_CHECKPOINT_CONFLICT", "LAG_HIGH"]
    );
    let quiet_for = |seconds| codes(&judge(&lagging("Synchronizing", seconds, |job| job.checkpoint = None)));
    assert_eq!(quiet_for(DAY), ["IDLE_SOURCE_SUSPECTED", "LAG_HIGH"]);
    assert_eq!(quiet_for(DAY + 1), ["LAG_CRITICAL"]);
    assert_eq!(
        codes(&idle(|job| job.synchronization_stage = stage("Failed"))),
        ["INCREMENTAL_FAILED", "LAG_CRITICAL", "STATUS_PHASE_CONFLICT"]
    );
    assert_eq!(codes(&judge(&lagging("Upgrade", 601, |_| {}))), ["JOB_RESIZING", "LAG_CRITICAL"]);
    // A lag that is not high needs no explanation.
    assert_eq!(codes(&judge(&lagging("Synchronizing", 60, |_| {}))), [""; 0]);
}

#[test]
fn a_source_with_a_heartbeat_is_never_idle() {
    let of_engine = |engine: Option<&str>| {
        codes(&judge(&lagging("Synchronizing", 601, |job| {
            let mut source = Endpoint::default();
            source.engine_name = engine.map(Into::into);
            job.source = Some(source);
        })))
    };
    for engine in [
        "SQLServer",
        "sql server",
        "MSSQL",
        "PostgreSQL",
        "postgresql 14",
        "PolarDB-O",
        "POLARDB_O",
        "polardb o",
        "PolarDB-PG",
        "Redis",
        "Tair",
    ] {
        assert_eq!(of_engine(Some(engine)), ["LAG_CRITICAL"], "{engine}");
    }
    for engine in [None, Some(""), Some("MySQL"), Some("MongoDB"), Some("polardb"), Some("Oracle")] {
        assert_eq!(of_engine(engine), ["IDLE_SOURCE_SUSPECTED", "LAG_HIGH"], "{engine:?}");
    }
}

#[test]
fn a_lag_is_judged_only_where_changes_should_flow() {
    let lag = |status: Option<&str>, stage_status: Option<&str>| {
        let assessment = judge(&lagging("x", 700, |job| {
            job.status = status.map(JobStatus::from);
            job.synchronization_stage = stage_status.and_then(stage);
        }));
        assessment.lag().map(|lag| lag.num_seconds())
    };
    for status in ["Synchronizing", "Retrying", "Modifying", "Upgrade", "Downgrade"] {
        assert_eq!(lag(Some(status), None), Some(700), "{status}");
        assert_eq!(lag(Some(status), Some("NotStarted")), Some(700), "{status}");
    }
    for status in ["NotStarted", "Prechecking", "Initializing", "Failed", "Suspending", "Locked", "Finished"]
    {
        assert_eq!(lag(Some(status), Some("Catched")), None, "{status}");
    }
    for status in [Some("Rebalancing"), None] {
        assert_eq!(lag(status, Some("Migrating")), Some(700), "{status:?}");
        assert_eq!(lag(status, Some("Catched")), Some(700), "{status:?}");
        assert_eq!(lag(status, Some("Finished")), None, "{status:?}");
        assert_eq!(lag(status, None), None, "{status:?}");
    }
}

/// The lag in milliseconds, and the path of the first evidence of the last finding.
fn lag_and_path(assessment: &Assessment) -> (Option<i64>, String) {
    let last = assessment.findings().last();
    let place = last.map(|finding| finding.evidence[0].path.to_string());
    (assessment.lag().map(|lag| lag.num_milliseconds()), place.unwrap_or_default())
}

#[test]
fn the_lag_is_the_largest_of_all_fields() {
    let lag = |change: fn(&mut SyncJob)| {
        let assessment = judge(&job("Synchronizing", |job| {
            (job.delay, job.delay_millis, job.checkpoint, job.performance) = (None, None, None, None);
            job.synchronization_stage = stage("Catched");
            change(job);
        }));
        lag_and_path(&assessment)
    };
    assert_eq!(lag(|_| {}), (None, "Delay".into()));
    assert_eq!(lag(|job| job.delay = Some(secs(-1))), (None, "Delay".into()));
    assert_eq!(lag(|job| job.delay = Some(secs(90))), (Some(90_000), "Delay".into()));
    assert_eq!(lag(|job| job.delay_millis = Some(millis(90_001))), (Some(90_001), "DelayMillis".into()));
    assert_eq!(lag(|job| job.checkpoint = Some(at(-90))), (Some(90_000), "Checkpoint".into()));
    assert_eq!(lag(|job| job.checkpoint = Some(at(30))), (Some(0), String::new()));
    let in_stage = |change: fn(&mut aliyun_dts_status::model::SynchronizationStage)| {
        let assessment = judge(&job("Synchronizing", |job| {
            (job.delay, job.delay_millis, job.checkpoint, job.performance) = (None, None, None, None);
            job.synchronization_stage = stage("Catched");
            change(job.synchronization_stage.as_mut().unwrap());
        }));
        lag_and_path(&assessment)
    };
    let path = |field| format!("DataSynchronizationStatus.{field}");
    assert_eq!(in_stage(|stage| stage.delay = Some(secs(90))), (Some(90_000), path("Delay")));
    assert_eq!(
        in_stage(|stage| stage.delay_millis = Some(millis(61_000))),
        (Some(61_000), path("DelayMillis"))
    );
    assert_eq!(in_stage(|stage| stage.checkpoint = Some(at(-61))), (Some(61_000), path("Checkpoint")));
}

#[test]
fn checkpoints_have_limits_for_the_future_and_for_their_difference() {
    let with = |status, first, second: Option<i64>| {
        judge(&job(status, |job| {
            job.delay = Some(secs(55));
            job.delay_millis = None;
            job.checkpoint = Some(at(first));
            job.synchronization_stage = stage("Checking");
            job.synchronization_stage.as_mut().unwrap().checkpoint = second.map(at);
        }))
    };
    assert_eq!(codes(&with("Synchronizing", 30, None)), [""; 0]);
    // A checkpoint after the observation has the age 0.
    assert_eq!(with("Synchronizing", 30, None).data_age(), Some(TimeDelta::zero()));
    let ahead = with("Synchronizing", 31, None);
    assert_eq!(codes(&ahead), ["CHECKPOINT_IN_FUTURE"]);
    assert_eq!(ahead.data_age(), None);
    assert_eq!(ahead.checkpoint(), None);
    assert_eq!(severity(&ahead, Code::CheckpointInFuture), Some("Warning"));
    assert_eq!(severity(&with("Initializing", 31, None), Code::CheckpointInFuture), Some("Notice"));
    assert_eq!(codes(&with("Synchronizing", 31, Some(40))), ["CHECKPOINT_IN_FUTURE", "CHECKPOINT_IN_FUTURE"]);
    // A checkpoint in the future is not used, so only one is left.
    assert_eq!(codes(&with("Synchronizing", 100, Some(-50))), ["CHECKPOINT_IN_FUTURE"]);

    assert_eq!(codes(&with("Synchronizing", 0, Some(-60))), [""; 0]);
    assert_eq!(codes(&with("Synchronizing", 5, Some(-56))), ["CHECKPOINTS_DISAGREE"]);
    assert_eq!(codes(&with("Finished", -56, Some(5))), ["CHECKPOINTS_DISAGREE", "JOB_ENDED"]);
    assert_eq!(with("Synchronizing", 5, Some(-56)).checkpoint(), Some(at(-56)));
}

#[test]
fn delays_have_a_limit_for_their_difference() {
    let with = |delay, delay_millis, stage_delay: Option<i64>, stage_millis: Option<i64>| {
        codes(&judge(&job("Synchronizing", |job| {
            job.delay = Some(secs(delay));
            job.delay_millis = Some(millis(delay_millis));
            job.synchronization_stage = stage("Catched");
            let stage = job.synchronization_stage.as_mut().unwrap();
            stage.delay = stage_delay.map(secs);
            stage.delay_millis = stage_millis.map(millis);
            (job.checkpoint, job.performance) = (None, None);
        })))
    };
    const NONE: [&str; 0] = [];
    assert_eq!(with(5, 6_999, None, None), NONE);
    assert_eq!(with(5, 7_000, None, None), ["LAG_FIELDS_DISAGREE"]);
    assert_eq!(with(7, 5_000, None, None), ["LAG_FIELDS_DISAGREE"]);
    assert_eq!(with(5, 7_000, Some(3), Some(5_000)), ["LAG_FIELDS_DISAGREE", "LAG_FIELDS_DISAGREE"]);
    assert_eq!(with(5, 5_000, Some(3), Some(5_000)), ["LAG_FIELDS_DISAGREE"]);
    // Between the job and its stage, where each agrees with itself.
    assert_eq!(with(0, 0, Some(60), None), NONE);
    assert_eq!(with(0, 0, None, Some(60_000)), NONE);
    assert_eq!(with(0, 0, None, Some(60_001)), ["LAG_FIELDS_DISAGREE", "LAG_HIGH"]);
    assert_eq!(with(0, 5_000, Some(61), None), ["LAG_FIELDS_DISAGREE", "LAG_HIGH"]);
    // A negative delay is not used.
    assert_eq!(with(-5, 0, None, None), NONE);
}

#[test]
fn findings_of_one_code_are_sorted_by_path() {
    let places = |job: &SyncJob, code| -> Vec<String> {
        let assessment = judge(job);
        let found = assessment.findings().iter().filter(|finding| finding.code == code);
        found.map(|finding| finding.evidence[0].path.to_string()).collect()
    };
    let apart = job("Synchronizing", |job| {
        (job.delay, job.delay_millis) = (Some(secs(5)), Some(millis(7_000)));
        job.synchronization_stage = stage("Catched");
        let stage = job.synchronization_stage.as_mut().unwrap();
        (stage.delay, stage.delay_millis) = (Some(secs(5)), Some(millis(7_000)));
    });
    assert_eq!(places(&apart, Code::LagFieldsDisagree), ["DataSynchronizationStatus.Delay", "Delay"]);
    let failed = job("PrecheckFailed", |job| {
        let items = &mut job.precheck.as_mut().unwrap().items;
        items.resize_with(11, PrecheckItem::default);
        for item in items {
            item.status = Some(CheckStatus::Failed);
        }
    });
    let by_number: Vec<_> =
        (0..11).map(|index| format!("PrecheckStatus.Detail[{index}].CheckStatus")).collect();
    assert_eq!(places(&failed, Code::PrecheckItemFailed), by_number);
}

#[test]
fn the_delay_and_the_age_of_the_checkpoint_have_a_limit_for_their_difference() {
    let with = |delay, age: i64| {
        codes(&judge(&job("Retrying", |job| {
            job.delay = Some(millis(delay));
            job.delay_millis = None;
            job.checkpoint = Some(at(-age));
        })))
    };
    assert_eq!(with(0, 60), ["JOB_RETRYING"]);
    assert_eq!(with(0, 61), ["JOB_RETRYING", "LAG_CHECKPOINT_CONFLICT", "LAG_HIGH"]);
    assert_eq!(with(60_000, 0), ["JOB_RETRYING"]);
    assert_eq!(with(60_001, 0), ["JOB_RETRYING", "LAG_CHECKPOINT_CONFLICT", "LAG_HIGH"]);
}

#[test]
fn a_day_old_position_may_be_lost() {
    let old = judge(&busy("Synchronizing", DAY - 1));
    assert_eq!(codes(&old), ["LAG_CRITICAL"]);
    let older = judge(&busy("Synchronizing", DAY));
    assert_eq!(codes(&older), ["LAG_CRITICAL", "LOG_RETENTION_RISK"]);
    assert_eq!(severity(&older, Code::LogRetentionRisk), Some("Critical"));
    let idle = judge(&lagging("Synchronizing", DAY, |_| {}));
    assert_eq!(codes(&idle), ["IDLE_SOURCE_SUSPECTED", "LAG_HIGH", "LOG_RETENTION_RISK"]);
    assert_eq!(severity(&idle, Code::LogRetentionRisk), Some("Critical"));
    assert_eq!(idle.verdict(), Verdict::Degraded);
    let failed = judge(&busy("Failed", DAY));
    assert_eq!(codes(&failed), ["JOB_FAILED", "LOG_RETENTION_RISK"]);
    let floors: Vec<_> = failed.findings().iter().map(Finding::floor).collect();
    assert_eq!(floors, [Some(Verdict::Failed), None]);
    for status in ["InitializeFailed", "Suspending", "Initializing", "Finished"] {
        assert_eq!(severity(&judge(&busy(status, DAY)), Code::LogRetentionRisk), None, "{status}");
    }
    // A delay alone is no position in the log.
    let delay_alone = judge(&lagging("Retrying", DAY, |job| job.checkpoint = None));
    assert_eq!(codes(&delay_alone), ["JOB_RETRYING", "LAG_CRITICAL"]);
}

/// Judges a job that has had its status for this long.
fn since(status: &'static str, seconds: i64, age: Option<i64>) -> Assessment {
    let job = job(status, |job| job.checkpoint = age.map(|age| at(-age)));
    judge_at(&job, &Context::at(at(0)).since(at(-seconds)))
}

#[test]
fn a_pause_has_three_limits() {
    for (seconds, code, verdict) in [
        (-60, None, Verdict::Suspended),
        (6 * HOUR - 1, None, Verdict::Suspended),
        (6 * HOUR, Some((Code::SuspendOverSoftLimit, "Warning")), Verdict::Suspended),
        (DAY - 1, Some((Code::SuspendOverSoftLimit, "Warning")), Verdict::Suspended),
        (DAY, Some((Code::SuspendOverSoftLimit, "Critical")), Verdict::Suspended),
        (7 * DAY - 1, Some((Code::SuspendOverSoftLimit, "Critical")), Verdict::Suspended),
        (7 * DAY, Some((Code::SuspendOverHardLimit, "Critical")), Verdict::Unrecoverable),
    ] {
        // A known begin is not estimated from the checkpoint.
        for age in [None, Some(0), Some(30 * DAY)] {
            let exact = since("Suspending", seconds, age);
            assert_eq!(exact.verdict(), verdict, "{seconds}");
            assert_eq!(exact.findings().len(), 1 + usize::from(code.is_some()), "{seconds}");
            assert_eq!(exact.deadlines()[0].at, at(-seconds + 6 * HOUR));
            assert_eq!(exact.deadlines()[1].at, at(-seconds + 7 * DAY));
            if let Some((code, severity)) = code {
                assert_eq!(self::severity(&exact, code), Some(severity), "{seconds}");
            }
        }
        let estimate = judge(&job("Suspending", |job| job.checkpoint = Some(at(-seconds.max(0)))));
        assert_eq!(estimate.verdict(), Verdict::Suspended, "{seconds}");
        assert_eq!(estimate.findings().len(), 1 + usize::from(code.is_some()), "{seconds}");
        assert_eq!(estimate.deadlines(), []);
    }
    assert_eq!(codes(&judge(&job("Suspending", |job| job.checkpoint = None))), ["JOB_SUSPENDED"]);
}

#[test]
fn a_failure_has_two_limits() {
    for (seconds, code, verdict) in [
        (5 * DAY - 1, None, Verdict::Failed),
        (5 * DAY, Some(Code::RecoveryWindowClosing), Verdict::Failed),
        (7 * DAY - 1, Some(Code::RecoveryWindowClosing), Verdict::Failed),
        (7 * DAY, Some(Code::RecoveryWindowExpired), Verdict::Unrecoverable),
    ] {
        let windows = |assessment: &Assessment| {
            let codes = [Code::RecoveryWindowClosing, Code::RecoveryWindowExpired];
            codes.into_iter().find(|code| severity(assessment, *code) == Some("Critical"))
        };
        for status in ["Failed", "InitializeFailed"] {
            let exact = since(status, seconds, None);
            assert_eq!((exact.verdict(), windows(&exact)), (verdict, code), "{status} {seconds}");
            let deadline = exact.deadlines()[0];
            assert_eq!((deadline.kind, deadline.at), (DeadlineKind::RecoverBy, at(7 * DAY - seconds)));
            // An estimate makes no job unrecoverable, and is made for Failed only.
            let estimate = judge(&job(status, |job| job.checkpoint = Some(at(-seconds))));
            let expected = code.filter(|_| status == "Failed");
            assert_eq!((estimate.verdict(), windows(&estimate)), (Verdict::Failed, expected));
            assert_eq!(estimate.deadlines(), []);
        }
        assert_eq!(since("PrecheckFailed", seconds, None).findings().len(), 1);
    }
}

#[test]
fn retries_have_a_limit() {
    assert_eq!(codes(&since("Retrying", 12 * HOUR - 1, Some(0))), ["JOB_RETRYING"]);
    let long = since("Retrying", 12 * HOUR, Some(0));
    assert_eq!(codes(&long), ["JOB_RETRYING", "RETRY_WINDOW_EXHAUSTED"]);
    assert_eq!(long.exit_code(), 2);
    assert_eq!(long.deadlines()[0].kind, DeadlineKind::RetryUntil);
    assert_eq!(long.deadlines()[0].at, at(0));
    // Without a known begin there is no window.
    let unknown = judge(&lagging("Retrying", 2 * DAY, |_| {}));
    assert_eq!(codes(&unknown), ["JOB_RETRYING", "LAG_CRITICAL", "LOG_RETENTION_RISK"]);
    assert_eq!(unknown.deadlines(), []);
}

fn expiring(status: &'static str, left: i64, change: impl FnOnce(&mut SyncJob)) -> Assessment {
    judge(&job(status, |job| {
        job.pay_type = Some(PayType::PrePaid);
        job.expire_time = Some(at(left));
        change(job);
    }))
}

#[test]
fn a_subscription_ends_step_by_step() {
    use Verdict::{Degraded, Failed, Healthy, Idle, Unrecoverable};
    for (left, code, severity, fresh, stopped, unstarted) in [
        (9 * DAY + 1, None, "", Healthy, Failed, Idle),
        (9 * DAY, Some(Code::ExpiringSoon), "Warning", Degraded, Failed, Idle),
        (3 * DAY + 1, Some(Code::ExpiringSoon), "Warning", Degraded, Failed, Idle),
        (3 * DAY, Some(Code::ExpiringSoon), "Critical", Degraded, Failed, Idle),
        (1, Some(Code::ExpiringSoon), "Critical", Degraded, Failed, Idle),
        (0, Some(Code::Expired), "Critical", Degraded, Failed, Idle),
        (-7 * DAY + 1, Some(Code::Expired), "Critical", Degraded, Failed, Idle),
        (-7 * DAY, Some(Code::ReleaseDue), "Critical", Degraded, Unrecoverable, Idle),
    ] {
        for (status, verdict) in [("Synchronizing", fresh), ("Locked", stopped), ("NotStarted", unstarted)] {
            let assessment = expiring(status, left, |_| {});
            assert_eq!(assessment.verdict(), verdict, "{status} {left}");
            let deadlines: Vec<_> = assessment.deadlines().iter().map(|end| (end.kind, end.at)).collect();
            assert_eq!(
                deadlines,
                [(DeadlineKind::ExpiresAt, at(left)), (DeadlineKind::ReleasedAt, at(left + 7 * DAY))]
            );
            if let Some(code) = code {
                assert_eq!(self::severity(&assessment, code), Some(severity), "{status} {left}");
            }
        }
    }
}

#[test]
fn an_expired_job_that_keeps_up_is_not_frozen_yet() {
    let lag =
        |lag: i64| move |job: &mut SyncJob| (job.delay, job.checkpoint) = (Some(secs(lag)), Some(at(-lag)));
    assert_eq!(expiring("Synchronizing", -DAY, lag(600)).verdict(), Verdict::Degraded);
    assert_eq!(expiring("Synchronizing", -DAY, lag(601)).verdict(), Verdict::Failed);
    assert_eq!(expiring("Synchronizing", -8 * DAY, lag(601)).verdict(), Verdict::Unrecoverable);
    // A job that does not run, or whose lag is unknown, counts as frozen.
    assert_eq!(expiring("Suspending", -DAY, |_| {}).verdict(), Verdict::Failed);
    let unknown = expiring("Synchronizing", -DAY, |job| {
        (job.delay, job.delay_millis, job.checkpoint) = (None, None, None);
    });
    assert_eq!(unknown.verdict(), Verdict::Failed);
    for status in ["NotConfigured", "NotStarted", "PreCheckPass", "Prechecking", "PrecheckFailed"] {
        assert_ne!(expiring(status, -8 * DAY, |_| {}).verdict(), Verdict::Unrecoverable, "{status}");
    }
    assert_eq!(expiring("Rebalancing", -8 * DAY, |_| {}).verdict(), Verdict::Unrecoverable);
}

#[test]
fn only_a_subscription_ends() {
    for (pay_type, judged) in
        [(Some("PrePaid"), true), (Some("PostPaid"), false), (None, true), (Some("Barter"), true)]
    {
        let assessment = expiring("Locked", -DAY, |job| job.pay_type = pay_type.map(PayType::from));
        assert_eq!(severity(&assessment, Code::Expired).is_some(), judged, "{pay_type:?}");
        assert_eq!(assessment.deadlines().is_empty(), !judged, "{pay_type:?}");
    }
    let ended = expiring("Finished", -DAY, |_| {});
    assert_eq!((codes(&ended), ended.deadlines().len()), (vec!["JOB_ENDED"], 0));
    assert_eq!(codes(&expiring("Synchronizing", 0, |job| job.expire_time = None)), [""; 0]);
}

#[test]
fn a_stage_that_is_switched_off_counts_as_absent() {
    let with = |status: &str, switch| {
        let mut full = InitializationStage::default();
        full.status = Some(StageStatus::from(status));
        full.error_message = Some("DTS-1020042".into());
        let job = job("Synchronizing", |job| {
            job.structure_stage = Some(full.clone());
            job.structure_initialization = switch;
        });
        codes(&judge(&job))
    };
    for status in ["Failed", "Migrating", "Checking"] {
        assert_eq!(with(status, Some(false)), ["ERROR_RESIDUAL"], "{status}");
    }
    assert_eq!(with("Failed", Some(true)), ["SCHEMA_INIT_FAILED", "STATUS_PHASE_CONFLICT"]);
    assert_eq!(with("Failed", None), ["SCHEMA_INIT_FAILED", "STATUS_PHASE_CONFLICT"]);
    assert_eq!(with("Checking", None), ["ERROR_RESIDUAL", "STATUS_PHASE_CONFLICT"]);
}

#[test]
fn the_severity_of_a_failed_item_depends_on_what_it_blocks() {
    let with = |status, precheck: &str| {
        let mut item = PrecheckItem::default();
        item.name = Some(ItemName::SameObject);
        item.status = Some(CheckStatus::Failed);
        let mut warned = PrecheckItem::default();
        warned.status = Some(CheckStatus::Warning);
        let mut record = Precheck::default();
        record.status = Some(PrecheckStatus::from(precheck));
        record.items = vec![warned, item];
        judge(&job(status, |job| job.precheck = Some(record)))
    };
    for (status, precheck, severity, verdict, own) in [
        ("PrecheckFailed", "Finished", "Critical", Verdict::Failed, 1),
        ("NotStarted", "Failed", "Critical", Verdict::Failed, 1),
        ("NotConfigured", "Failed", "Critical", Verdict::Failed, 1),
        ("PreCheckPass", "Failed", "Critical", Verdict::Failed, 1),
        ("NotStarted", "Finished", "Notice", Verdict::Idle, 0),
        ("Prechecking", "Failed", "Warning", Verdict::Degraded, 0),
        ("Synchronizing", "Failed", "Notice", Verdict::Healthy, 0),
    ] {
        let assessment = with(status, precheck);
        assert_eq!(assessment.verdict(), verdict, "{status} {precheck}");
        assert_eq!(
            self::severity(&assessment, Code::PrecheckItemFailed),
            Some(severity),
            "{status} {precheck}"
        );
        assert_eq!(codes(&assessment).iter().filter(|code| **code == "PRECHECK_FAILED").count(), own);
        let item =
            assessment.findings().iter().find(|finding| finding.code == Code::PrecheckItemFailed).unwrap();
        assert_eq!(item.subject.as_deref(), Some("CHECK_SAME_OBJ"));
        assert_eq!(item.evidence[0].path.to_string(), "PrecheckStatus.Detail[1].CheckStatus");
        assert!(item.remedy.contains("objects of the same names"), "{}", item.remedy);
    }
}

#[test]
fn messages_count_where_something_fails() {
    let with = |status, stage_status: &str, text: &str| {
        let job = job(status, |job| {
            job.checkpoint = Some(at(0));
            job.synchronization_stage = stage(stage_status);
            job.synchronization_stage.as_mut().unwrap().error_message = Some(text.into());
        });
        let assessment = judge(&job);
        let message = [Code::UnrecoverableReported, Code::ErrorResidual, Code::RetryWindowExhausted];
        let found: Vec<_> = message
            .into_iter()
            .filter_map(|code| Some((code.as_str(), severity(&assessment, code)?)))
            .collect();
        (assessment.verdict(), found)
    };
    let plain = "DTS-1020042: oops";
    let lost = "It CANNOT be recovered";
    let spent = "retry 2 times, 3 seconds, which exceed the supposed 3 seconds";
    use Verdict::{Degraded, Failed, Healthy, Unrecoverable};
    assert_eq!(with("Synchronizing", "Catched", plain), (Healthy, vec![("ERROR_RESIDUAL", "Notice")]));
    assert_eq!(with("Synchronizing", "Catched", lost), (Degraded, vec![("ERROR_RESIDUAL", "Warning")]));
    assert_eq!(
        with("Synchronizing", "Catched", spent),
        (Healthy, vec![("ERROR_RESIDUAL", "Notice"), ("RETRY_WINDOW_EXHAUSTED", "Notice")])
    );
    // The vendor prints the same sentence with fewer seconds for errors that are not retried at all.
    let not_retried = "retry 0 times, 0 seconds, which exceed the supposed 43200 seconds";
    assert_eq!(with("Failed", "Catched", not_retried), (Failed, vec![]));
    assert_eq!(with("Synchronizing", "Failed", plain), (Failed, vec![]));
    assert_eq!(
        with("Synchronizing", "Failed", lost),
        (Unrecoverable, vec![("UNRECOVERABLE_REPORTED", "Critical")])
    );
    assert_eq!(
        with("Failed", "Catched", "無法恢復"),
        (Unrecoverable, vec![("UNRECOVERABLE_REPORTED", "Critical")])
    );
    assert_eq!(with("Failed", "Catched", spent), (Failed, vec![("RETRY_WINDOW_EXHAUSTED", "Critical")]));
    // The job's own message counts while DTS is retrying; a stage's does not.
    assert_eq!(with("Retrying", "Catched", lost), (Degraded, vec![("ERROR_RESIDUAL", "Warning")]));
    let own = |status| judge(&job(status, |job| job.error_message = Some(lost.into()))).verdict();
    assert_eq!(own("Retrying"), Unrecoverable);
    assert_eq!(own("Synchronizing"), Degraded);
    assert_eq!(own("PrecheckFailed"), Unrecoverable);
}

#[test]
fn error_codes_are_listed_where_their_message_is_evidence() {
    let job = job("Synchronizing", |job| {
        job.synchronization_stage = stage("Failed");
        job.synchronization_stage.as_mut().unwrap().error_message =
            Some("DTS-100047: retry cause: DTS-1050002 binlog lost (DTS-1050002)".into());
    });
    let assessment = judge(&job);
    let finding = assessment.cause().unwrap();
    assert_eq!(finding.code, Code::IncrementalFailed);
    assert_eq!(finding.upstream, ["DTS-100047", "DTS-1050002"]);
    assert!(
        finding.remedy.contains("DTS-1050002: the source has lost the log that the job needs"),
        "{}",
        finding.remedy
    );
    let conflict =
        assessment.findings().iter().find(|finding| finding.code == Code::StatusPhaseConflict).unwrap();
    assert!(conflict.upstream.is_empty());
}

#[test]
fn a_status_carries_the_messages_of_no_failed_stage() {
    for (status, expected) in [
        ("Failed", "Status, ErrorMessage, DataInitializationStatus.ErrorMessage"),
        ("InitializeFailed", "Status, ErrorMessage, DataInitializationStatus.ErrorMessage"),
        ("Retrying", "Status, ErrorMessage"),
        ("Modifying", "Status"),
        ("Suspending", "Status"),
    ] {
        let assessment = judge(&job(status, |job| {
            job.error_message = Some("of the job".into());
            job.data_stage.as_mut().unwrap().error_message = Some("of a stage that did not fail".into());
            job.synchronization_stage = stage("Failed");
            job.synchronization_stage.as_mut().unwrap().error_message = Some("of one that did".into());
        }));
        let of_status = |finding: &&Finding| {
            finding.code != Code::StatusPhaseConflict && finding.evidence[0].path.to_string() == "Status"
        };
        let finding = assessment.findings().iter().find(of_status).unwrap();
        let paths: Vec<_> = finding.evidence.iter().map(|piece| piece.path.to_string()).collect();
        assert_eq!(paths.join(", "), expected, "{status}");
    }
}

#[test]
fn a_failed_call_says_nothing_about_the_job() {
    for (code, not_found, exit) in [
        (None, false, 3),
        (Some("Throttling.User"), false, 3),
        (Some("Forbidden.InstanceNotFound"), true, 2),
        (Some("invalidjobid"), true, 2),
        (Some("InstanceNotFound"), true, 2),
    ] {
        let failed = judge(&job("Locked", |job| {
            job.success = Some(false);
            job.err_code = code.map(Into::into);
        }));
        let mut fault = Fault::default();
        fault.code = code.map(Into::into);
        let (context, policy) = (Context::at(at(0)), Policy::default());
        let refused = assess_outcome(&Outcome::response(Response::Fault(fault)), &context, &policy);
        for assessment in [failed, refused] {
            assert_eq!(assessment.verdict(), Verdict::Unknown);
            assert_eq!(assessment.exit_code(), exit, "{code:?}");
            assert_eq!(severity(&assessment, Code::JobNotFound).is_some(), not_found, "{code:?}");
            assert_eq!(assessment.findings().len(), 1 + usize::from(not_found));
            assert_eq!((assessment.lag(), assessment.data_age()), (None, None));
        }
    }
}

#[test]
fn an_error_code_with_success_is_a_warning() {
    for code in ["", "0", "200", "OK", "ok", "SUCCESS"] {
        assert_eq!(
            codes(&judge(&job("Synchronizing", |job| job.err_code = Some(code.into())))),
            [""; 0],
            "{code}"
        );
    }
    let with = |status: Option<&'static str>| {
        judge(&job(status, |job| {
            job.err_code = Some("InternalError".into());
            job.success = None;
        }))
    };
    let running = with(Some("Synchronizing"));
    assert_eq!((codes(&running), running.verdict()), (vec!["API_ERROR_WITH_SUCCESS"], Verdict::Degraded));
    let absent = with(None);
    assert_eq!(absent.reason(), Some(Code::ApiErrorWithSuccess));
    assert_eq!(absent.findings()[0].floor(), Some(Verdict::Unknown));
}

#[test]
fn only_a_response_without_any_status_is_empty() {
    let empty = |change: fn(&mut SyncJob)| {
        let mut job = SyncJob::default();
        job.job_name = Some("orders".into());
        change(&mut job);
        codes(&assess(&job, &Context::at(at(0)), &Policy::default()))
    };
    assert_eq!(empty(|_| {}), ["RESPONSE_EMPTY"]);
    assert_eq!(empty(|job| job.success = Some(true)), ["RESPONSE_EMPTY"]);
    assert_eq!(empty(|job| job.precheck = Some(Precheck::default())), ["RESPONSE_EMPTY"]);
    assert_eq!(empty(|job| job.synchronization_stage = stage("Finished")), ["STATUS_MISSING"]);
    assert_eq!(
        empty(|job| {
            let mut precheck = Precheck::default();
            precheck.status = Some(PrecheckStatus::Finished);
            job.precheck = Some(precheck);
        }),
        ["STATUS_MISSING"]
    );
    assert_eq!(empty(|job| job.direction = Some(Direction::Reverse)), ["RESPONSE_EMPTY"]);
}

#[test]
fn the_answer_must_be_for_the_direction_asked_for() {
    let with = |answered: Option<&str>, requested: Direction| {
        let job = job("Synchronizing", |job| job.direction = answered.map(Direction::from));
        codes(&judge_at(&job, &Context::at(at(0)).direction(requested)))
    };
    assert_eq!(with(Some("Forward"), Direction::Forward), [""; 0]);
    assert_eq!(with(None, Direction::Forward), [""; 0]);
    assert_eq!(with(None, Direction::Reverse), [""; 0]);
    assert_eq!(with(Some("Reverse"), Direction::Reverse), [""; 0]);
    assert_eq!(with(Some("Reverse"), Direction::Forward), ["DIRECTION_MISMATCH"]);
    assert_eq!(with(Some("Forward"), Direction::Reverse), ["DIRECTION_MISMATCH"]);
    assert_eq!(with(Some("Sideways"), Direction::Forward), ["DIRECTION_MISMATCH"]);
}

#[test]
fn an_overdue_load_has_the_time_left_by_its_share() {
    for (percent, left) in
        [(75.0, Some("10 h")), (100.0, Some("0 s")), (0.0, None), (-5.0, None), (100.5, None)]
    {
        let loading = job("Initializing", |job| {
            let stage = job.data_stage.as_mut().unwrap();
            (stage.status, stage.percent) = (Some(StageStatus::Migrating), Percent::new(percent));
        });
        let assessment = judge_at(&loading, &Context::at(at(0)).since(at(-30 * HOUR)));
        let overdue = assessment.findings().iter().find(|finding| finding.code == Code::StatusOverdue);
        let message = &overdue.unwrap().message;
        let said = message.split_once("done in about ").map(|(_, left)| left.trim_end_matches('.'));
        assert_eq!(said, left, "{percent}: {message}");
    }
}

#[test]
fn a_conflict_of_delay_and_checkpoint_warns_above_the_warning_threshold() {
    let mut policy = Policy::default();
    policy.lag_warn = secs(100);
    for (age, expected) in [(100, "Notice"), (101, "Warning")] {
        let mut job = busy("Synchronizing", 0);
        job.checkpoint = Some(at(-age));
        let assessment = assess(&job, &Context::at(at(0)), &policy);
        assert_eq!(severity(&assessment, Code::LagCheckpointConflict), Some(expected), "{age}");
    }
}

#[test]
fn a_job_that_is_past_its_limit_has_no_time_left() {
    for (seconds, is_left) in [(7 * DAY - 1, true), (7 * DAY, false)] {
        let suspended = job("Suspending", |job| job.checkpoint = Some(at(0)));
        let assessment = judge_at(&suspended, &Context::at(at(0)).since(at(-seconds)));
        let message = &assessment.findings()[0].message;
        assert_eq!(message.contains("it can be resumed for another"), is_left, "{message}");
    }
}
