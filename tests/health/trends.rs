//! Two snapshots of one job.

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, Policy, Topology, Verdict, assess, compare, two_way,
};
use aliyun_dts_status::model::{InitializationStage, JobStatus, Performance, StageStatus};
use chrono::TimeDelta;

use crate::builders::{at, codes, job, lagging, millis, secs, severity, stage};

use FindingCode as Code;

/// Compares a snapshot with one taken this many seconds earlier.
fn compared(before: &SyncJob, after: &SyncJob, seconds: i64) -> Assessment {
    let policy = Policy::default();
    let before = assess(before, &Context::at(at(-seconds)), &policy);
    compare(&before, assess(after, &Context::at(at(0)), &policy), &policy)
}

/// The codes that the comparison adds.
fn trend(before: &SyncJob, after: &SyncJob, seconds: i64) -> Vec<&'static str> {
    let mut codes = codes(&compared(before, after, seconds));
    let alone = self::codes(&assess(after, &Context::at(at(0)), &Policy::default()));
    for code in alone {
        let position = codes.iter().position(|known| *known == code).unwrap();
        codes.remove(position);
    }
    codes
}

/// A job of this status without a checkpoint.
fn plain(status: &'static str) -> SyncJob {
    job(status, |job| job.checkpoint = None)
}

#[test]
fn snapshots_must_be_in_order_and_30_s_apart() {
    let (before, after) = (plain("Synchronizing"), plain("Initializing"));
    assert_eq!(trend(&before, &after, -1), ["SNAPSHOT_ORDER"]);
    assert_eq!(trend(&before, &after, 0), ["SNAPSHOT_ORDER"]);
    assert_eq!(trend(&before, &after, 1), [""; 0]);
    assert_eq!(trend(&before, &after, 29), [""; 0]);
    assert_eq!(trend(&before, &after, 30), ["STATUS_REGRESSED"]);
    assert_eq!(severity(&compared(&before, &after, 0), Code::SnapshotOrder), Some("Notice"));
}

#[test]
fn an_answer_that_stopped_at_the_envelope_is_not_compared() {
    let failed = job("Initializing", |job| job.success = Some(false));
    let empty = SyncJob::default();
    let running = plain("Synchronizing");
    for stopped in [failed, empty] {
        for seconds in [-60, 0, 60] {
            assert_eq!(trend(&stopped, &running, seconds), [""; 0]);
            assert_eq!(trend(&running, &stopped, seconds), [""; 0]);
        }
    }
    // A wrong direction stops nothing.
    let mismatched = job("Initializing", |job| {
        job.direction = Some("Reverse".into());
        job.checkpoint = None;
    });
    assert_eq!(trend(&running, &mismatched, 60), ["STATUS_REGRESSED"]);
}

#[test]
fn two_joined_directions_are_not_compared() {
    let policy = Policy::default();
    let both = |status, seconds| {
        let side = || assess(&plain(status), &Context::at(at(seconds)), &policy);
        two_way(Some(side()), Some(side()), Topology::TwoWay)
    };
    let (before, after) = (both("Synchronizing", -60), both("Initializing", 0));
    assert_eq!(compare(&before, after.clone(), &policy), after);
    let alone = assess(&plain("Initializing"), &Context::at(at(0)), &policy);
    assert_eq!(compare(&before, alone.clone(), &policy), alone);
    let before = assess(&plain("Synchronizing"), &Context::at(at(-60)), &policy);
    assert_eq!(compare(&before, after.clone(), &policy), after);
}

/// The steps of a job's life.
const LIFE: [&[&str]; 7] = [
    &["NotConfigured"],
    &["NotStarted"],
    &["Prechecking", "PrecheckFailed"],
    &["PreCheckPass"],
    &["Initializing", "InitializeFailed"],
    &[
        "Synchronizing",
        "Retrying",
        "Failed",
        "Suspending",
        "Modifying",
        "Upgrade",
        "Downgrade",
        "Locked",
        "ModifyFailed",
        "Migrating",
        "MigrationFailed",
    ],
    &["Finished"],
];

#[test]
fn every_pair_of_statuses_is_judged_by_the_order_of_life() {
    let failed =
        ["PrecheckFailed", "InitializeFailed", "Failed", "MigrationFailed", "ModifyFailed", "Locked"];
    let good =
        ["Synchronizing", "Migrating", "Prechecking", "Initializing", "Modifying", "Upgrade", "Downgrade"];
    let steps =
        || LIFE.iter().enumerate().flat_map(|(step, all)| all.iter().map(move |status| (step, *status)));
    assert_eq!(steps().count(), JobStatus::KNOWN.len());
    for (step_before, before) in steps() {
        for (step_after, after) in steps() {
            let expected: &[&str] = if before == after {
                &[]
            } else if before == "Finished" {
                &["STATUS_TRANSITION_UNEXPECTED"]
            } else if step_after < step_before {
                &["STATUS_REGRESSED"]
            } else if failed.contains(&before) && good.contains(&after) {
                &["RECOVERED"]
            } else {
                &[]
            };
            assert_eq!(trend(&plain(before), &plain(after), 60), expected, "{before} to {after}");
        }
        assert_eq!(trend(&plain(before), &plain("Rebalancing"), 60), [""; 0]);
        assert_eq!(trend(&plain("Rebalancing"), &plain(before), 60), [""; 0]);
    }
}

/// A job whose checkpoint is this many seconds old.
fn aged(status: &'static str, age: i64) -> SyncJob {
    job(status, |job| job.checkpoint = Some(at(-age)))
}

#[test]
fn a_checkpoint_must_not_go_back() {
    let regressed = |status, by: i64| {
        let compared = compared(&aged(status, 40), &aged("Synchronizing", 40 + by), 60);
        (severity(&compared, Code::CheckpointRegressed), compared.verdict())
    };
    assert_eq!(regressed("Synchronizing", 0), (None, Verdict::Healthy));
    for status in ["Synchronizing", "Modifying"] {
        assert_eq!(regressed(status, 1), (Some("Notice"), Verdict::Healthy), "{status}");
        assert_eq!(regressed(status, 60).0, Some("Notice"), "{status}");
        assert_eq!(regressed(status, 61), (Some("Warning"), Verdict::Degraded), "{status}");
    }
    for status in ["Failed", "Suspending", "Retrying", "Upgrade", "Downgrade"] {
        assert_eq!(regressed(status, 1), (Some("Notice"), Verdict::Healthy), "{status}");
        assert_eq!(regressed(status, 300).0, Some("Notice"), "{status}");
        assert_eq!(regressed(status, 301).0, Some("Warning"), "{status}");
    }
    for status in ["Suspending", "Failed", "Finished", "Initializing"] {
        let compared = compared(&aged("Synchronizing", 40), &aged(status, 50), 60);
        assert_eq!(severity(&compared, Code::CheckpointRegressed), None, "{status}");
    }
}

#[test]
fn a_checkpoint_must_advance() {
    let rps = |rps: Option<f64>| {
        job("Synchronizing", |job| {
            job.checkpoint = Some(at(-400));
            job.performance = Some(Performance::default());
            job.performance.as_mut().unwrap().rps = rps;
        })
    };
    let stalled = |before: &SyncJob, after: &SyncJob, seconds| {
        severity(&compared(before, after, seconds), Code::CheckpointStalled)
    };
    assert_eq!(stalled(&rps(Some(1.0)), &rps(Some(0.0)), 299), None);
    assert_eq!(stalled(&rps(Some(1.0)), &rps(Some(1.0)), 300), Some("Warning"));
    assert_eq!(stalled(&rps(None), &rps(Some(0.0)), 300), Some("Warning"));
    assert_eq!(stalled(&rps(Some(0.0)), &rps(Some(0.0)), 300), Some("Warning"));
    assert_eq!(compared(&rps(Some(0.0)), &rps(Some(0.0)), 300).verdict(), Verdict::Degraded);
    // Back by at most 60 s is not advanced; further back is another finding.
    let back = |by: i64| {
        let compared = compared(&aged("Synchronizing", 400), &aged("Synchronizing", 400 + by), 300);
        codes(&compared).into_iter().filter(|code| code.starts_with("CHECKPOINT")).collect::<Vec<_>>()
    };
    assert_eq!(back(-1), [""; 0]);
    assert_eq!(back(0), ["CHECKPOINT_STALLED"]);
    assert_eq!(back(60), ["CHECKPOINT_REGRESSED", "CHECKPOINT_STALLED"]);
    assert_eq!(back(61), ["CHECKPOINT_REGRESSED"]);
    // A failed job counts before, a paused one does not.
    assert_eq!(stalled(&aged("Failed", 400), &aged("Synchronizing", 400), 300), Some("Warning"));
    assert_eq!(stalled(&aged("MigrationFailed", 400), &aged("Migrating", 400), 300), Some("Warning"));
    assert_eq!(stalled(&aged("Suspending", 400), &aged("Synchronizing", 400), 300), None);
    assert_eq!(stalled(&aged("Synchronizing", 400), &aged("Suspending", 400), 300), None);
    assert_eq!(stalled(&aged("Retrying", 400), &aged("Upgrade", 400), 300), Some("Warning"));
}

#[test]
fn lag_may_grow_by_half_a_second_a_second() {
    let lag = |seconds: i64| lagging("Synchronizing", seconds, |job| job.checkpoint = None);
    assert_eq!(trend(&lag(32), &lag(61), 60), [""; 0]);
    assert_eq!(trend(&lag(31), &lag(61), 60), ["LAG_GROWING"]);
    let fraction =
        |lag| job("Synchronizing", |job| (job.delay_millis, job.checkpoint) = (Some(millis(lag)), None));
    assert_eq!(trend(&fraction(70_001), &fraction(100_000), 60), [""; 0]);
    assert_eq!(trend(&fraction(70_000), &fraction(100_000), 60), ["LAG_GROWING"]);
    // A low lag is fine, however it changed.
    assert_eq!(trend(&lag(0), &lag(60), 60), [""; 0]);
    assert_eq!(trend(&lag(600), &lag(60), 60), [""; 0]);
    assert_eq!(trend(&lag(100), &lag(100), 60), [""; 0]);
    assert_eq!(trend(&lag(100), &lag(99), 60), ["LAG_SHRINKING"]);
    let shrinking = compared(&lag(3600), &lag(3000), 300);
    let finding = shrinking.findings().iter().find(|finding| finding.code == Code::LagShrinking).unwrap();
    assert!(finding.evidence.iter().any(|piece| piece.value.as_deref() == Some("1500")), "{finding:?}");
    // Without both lags there is no slope.
    assert_eq!(trend(&plain("Suspending"), &lag(3000), 300), [""; 0]);
}

#[test]
fn progress_must_grow() {
    let with = |status: &str, progress: Option<i64>, switch| {
        let mut record = InitializationStage::default();
        record.status = Some(StageStatus::from(status));
        record.progress = progress;
        (
            job("Initializing", |job| {
                job.data_stage = Some(record.clone());
                job.data_initialization = switch;
            }),
            job("Initializing", |job| {
                job.structure_stage = Some(record.clone());
                job.structure_initialization = switch;
            }),
        )
    };
    let both = |before: &(SyncJob, SyncJob), after: &(SyncJob, SyncJob), seconds| {
        let full = trend(&before.0, &after.0, seconds);
        assert_eq!(full, trend(&before.1, &after.1, seconds));
        full
    };
    let rows = |status, rows: i64| with(status, Some(rows), Some(true));
    assert_eq!(both(&rows("Migrating", 10), &rows("Migrating", 9), 60), ["COUNTER_RESET"]);
    assert_eq!(both(&rows("Finished", 10), &rows("NotStarted", 0), 60), ["COUNTER_RESET"]);
    assert_eq!(both(&rows("Migrating", 10), &rows("Migrating", 10), 1799), [""; 0]);
    assert_eq!(both(&rows("Migrating", 10), &rows("Migrating", 10), 1800), ["INIT_STALLED"]);
    assert_eq!(both(&rows("Migrating", 10), &rows("Migrating", 11), 1800), [""; 0]);
    assert_eq!(both(&rows("Finished", 10), &rows("Migrating", 10), 1800), [""; 0]);
    assert_eq!(both(&rows("Migrating", 10), &rows("Finished", 10), 1800), [""; 0]);
    let unknown = with("Migrating", None, Some(true));
    assert_eq!(both(&unknown, &unknown, 1800), [""; 0]);
    // A stage that is switched off does not run, but its progress still counts.
    let off = |rows| with("Migrating", Some(rows), Some(false));
    assert_eq!(both(&off(10), &off(10), 1800), [""; 0]);
    assert_eq!(both(&off(10), &off(9), 1800), ["COUNTER_RESET"]);
}

#[test]
fn a_trend_only_adds() {
    let before = lagging("Synchronizing", 61, |_| {});
    let after = lagging("Synchronizing", 700, |job| job.synchronization_stage = stage("Failed"));
    let alone = assess(&after, &Context::at(at(0)), &Policy::default());
    let compared = compared(&before, &after, 600);
    assert_eq!(compared.verdict(), Verdict::Failed);
    assert_eq!(compared.reason(), alone.reason());
    for finding in alone.findings() {
        assert!(compared.findings().contains(finding));
    }
    assert!(compared.findings().len() > alone.findings().len());
    assert_eq!(compared.lag(), Some(secs(700)));
    assert_eq!(compared.data_age().map(|age| age - secs(700)), Some(TimeDelta::zero()));
}

#[test]
fn the_reason_is_the_one_whose_floor_gave_the_verdict() {
    // Degraded by itself for a Warning without a floor. A floor from the trend is the reason then.
    let after = job("Synchronizing", |job| {
        job.err_code = Some("InternalError".into());
        job.checkpoint = Some(at(-50));
    });
    let before = plain("Finished");
    assert_eq!(compared(&before, &after, 60).reason(), Some(Code::ApiErrorWithSuccess));
    let mut policy = Policy::default();
    policy.lag_warn = secs(600);
    let after = job("Synchronizing", |job| {
        job.err_code = Some("InternalError".into());
        job.checkpoint = Some(at(-101));
    });
    let before = assess(&aged("Synchronizing", 40), &Context::at(at(-60)), &policy);
    let after = assess(&after, &Context::at(at(0)), &policy);
    assert_eq!(after.reason(), Some(Code::ApiErrorWithSuccess));
    assert_eq!(compare(&before, after, &policy).reason(), Some(Code::CheckpointRegressed));
}
