//! Jobs of other operations: kinds, stages that an answer never has, units, retries, names.

use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, Policy, Severity, Tracker, Verdict, assess, assess_outcome, compare,
};
use aliyun_dts_status::model::{
    JobKind, JobStatus, Loss, Outcome, Performance, Precheck, PrecheckStatus, RetryState,
};
use aliyun_dts_status::{Field, Operation, Response, SyncJob};
use proptest::prelude::*;

use crate::builders::{
    DAY, HOUR, at, codes, initial_stage, job, job_of, judge, judge_at, millis, secs, severity, stage,
};
use crate::invariants::check_shape;
use crate::strategy::{any_context, any_delay, any_job};

use Operation::{
    DescribeDtsJobDetail, DescribeDtsJobs, DescribeMigrationJobStatus, DescribeMigrationJobs,
    DescribeSynchronizationJobStatusList, DescribeSynchronizationJobs,
};

type Change = fn(&mut SyncJob);

fn migration(operation: Operation, status: &'static str, change: Change) -> SyncJob {
    job_of(operation, status, |job| {
        job.kind = Some(JobKind::Migration);
        change(job);
    })
}

fn synchronization(operation: Operation, status: &'static str, change: Change) -> SyncJob {
    job_of(operation, status, |job| {
        job.kind = Some(JobKind::Synchronization);
        change(job);
    })
}

/// The codes without those of a lag's size.
fn outcome(assessment: &Assessment) -> (Verdict, u8, Vec<&'static str>) {
    (assessment.verdict(), assessment.exit_code(), codes(assessment))
}

#[test]
#[rustfmt::skip]
fn migrations_by_status_and_stages() {
    let lag: Change = |job| {
        job.synchronization_stage = stage("Migrating");
        job.synchronization_stage.as_mut().unwrap().delay = Some(secs(5));
    };
    let full: Change = |job| job.data_stage = initial_stage("Migrating");
    let schema: Change = |job| job.structure_stage = initial_stage("Checking");
    let waits: Change = |job| {
        job.data_stage = initial_stage("Finished");
        job.synchronization_stage = stage("NotStarted");
    };
    let failed_schema: Change = |job| {
        job.structure_stage = initial_stage("Failed");
        job.data_stage = initial_stage("Migrating");
    };
    let failed: Change = |job| job.synchronization_stage = stage("Failed");
    let full_alone: Change = |job| {
        job.data_stage = initial_stage("Finished");
        job.synchronization_stage = stage("Finished");
        job.data_synchronization = Some(false);
    };
    let off: Change = |job| {
        job.data_initialization = Some(false);
        job.data_stage = initial_stage("Migrating");
        job.synchronization_stage = stage("Catched");
        job.synchronization_stage.as_mut().unwrap().delay = Some(secs(5));
    };
    let plain: Change = |_| {};
    for (name, status, change, expected) in [
        ("it applies changes", "Migrating", lag, (Verdict::Healthy, 0, vec![])),
        ("it copies rows", "Migrating", full, (Verdict::Progressing, 0, vec!["INIT_RUNNING"])),
        ("it checks the schema", "Migrating", schema, (Verdict::Progressing, 0, vec!["INIT_RUNNING"])),
        ("it waits for changes", "Migrating", waits, (Verdict::Progressing, 0, vec!["INIT_RUNNING"])),
        ("it has no stage", "Migrating", plain, (Verdict::Progressing, 0, vec!["INIT_RUNNING"])),
        ("a switched-off stage", "Migrating", off, (Verdict::Healthy, 0, vec![])),
        ("the schema failed", "Migrating", failed_schema, (Verdict::Degraded, 1, vec!["INIT_RUNNING", "SCHEMA_INIT_FAILED"])),
        ("no changes are applied", "Migrating", failed, (Verdict::Failed, 2, vec!["INCREMENTAL_FAILED", "LAG_UNKNOWN", "STATUS_PHASE_CONFLICT"])),
        ("without a synchronization stage", "Migrating", full_alone, (Verdict::Healthy, 0, vec!["STATUS_PHASE_CONFLICT"])),
        ("done", "Finished", lag, (Verdict::Ended, 0, vec!["MIGRATION_DONE", "STATUS_PHASE_CONFLICT"])),
        ("done at rest", "Finished", plain, (Verdict::Ended, 0, vec!["MIGRATION_DONE"])),
        ("failed", "MigrationFailed", plain, (Verdict::Failed, 2, vec!["JOB_FAILED"])),
        ("retried while it copies", "Retrying", full, (Verdict::Unknown, 3, vec!["JOB_RETRYING", "LAG_UNKNOWN", "STATUS_PHASE_CONFLICT"])),
        ("resized while it copies", "Upgrade", full, (Verdict::Unknown, 3, vec!["JOB_RESIZING", "LAG_UNKNOWN", "STATUS_PHASE_CONFLICT"])),
        ("paused", "Suspending", full, (Verdict::Suspended, 1, vec!["JOB_SUSPENDED"])),
    ] {
        for operation in [DescribeMigrationJobStatus, DescribeMigrationJobs, DescribeDtsJobs] {
            let assessment = judge(&migration(operation, status, change));
            assert_eq!(outcome(&assessment), expected, "{name}, {operation}");
        }
    }
    let ended = judge(&synchronization(DescribeDtsJobs, "Finished", plain));
    assert_eq!(outcome(&ended), (Verdict::Ended, 1, vec!["JOB_ENDED"]));
}

#[test]
fn a_migration_copies_without_a_lag_only_in_migrating() {
    let late = secs(999_999_999);
    for status in ["Migrating", "Synchronizing", "Retrying", "Modifying", "Upgrade", "Downgrade"] {
        for operation in [DescribeMigrationJobStatus, DescribeDtsJobs] {
            let by_delay = migration(operation, status, |job| job.delay = Some(secs(999_999_999)));
            let by_checkpoint = migration(operation, status, |job| job.checkpoint = Some(at(-DAY)));
            for (job, lag) in [(by_delay, late), (by_checkpoint, secs(DAY))] {
                let assessment = judge(&job);
                let copies = status == "Migrating";
                assert_eq!(assessment.lag(), (!copies).then_some(lag), "{status} {operation}");
                assert_eq!(assessment.exit_code(), if copies { 0 } else { 2 }, "{status} {operation}");
                assert_eq!(codes(&assessment).contains(&"LAG_CRITICAL"), !copies, "{status} {operation}");
            }
        }
    }
    // Without a stage for changes it never has a lag.
    let full_alone = migration(DescribeDtsJobs, "Synchronizing", |job| {
        job.data_synchronization = Some(false);
        job.delay = Some(secs(999_999_999));
    });
    assert_eq!(outcome(&judge(&full_alone)), (Verdict::Healthy, 0, vec![]));
}

#[test]
fn a_kind_that_is_not_known_follows_from_the_status() {
    for (status, is_migration) in [("Migrating", true), ("MigrationFailed", true), ("Retrying", false)] {
        let assessment = judge(&job_of(DescribeDtsJobDetail, status, |_| {}));
        let has_lag = codes(&assessment).contains(&"LAG_UNKNOWN");
        assert_eq!(status == "Migrating", assessment.verdict() == Verdict::Progressing, "{status}");
        assert_eq!(has_lag, !is_migration, "{status}");
    }
    // Without a kind an end may not be wanted.
    assert_eq!(judge(&job_of(DescribeDtsJobDetail, "Finished", |_| {})).exit_code(), 1);
}

#[test]
fn what_an_answer_never_has_is_no_evidence() {
    let checkpoint: Change = |job| job.checkpoint = Some(at(-6));
    let nothing: Change = |_| {};
    let delay: Change = |job| job.delay = Some(secs(6));
    let millis: Change = |job| job.delay_millis = Some(millis(6000));
    let paused: Change = |job| {
        job.delay_millis = Some(secs(6));
        job.synchronization_stage = stage("Suspending");
    };
    let runs: Change = |job| job.synchronization_stage = stage("Migrating");
    for (operation, status, change, expected) in [
        (DescribeSynchronizationJobStatusList, "Synchronizing", checkpoint, vec![]),
        (DescribeSynchronizationJobStatusList, "Synchronizing", nothing, vec!["LAG_UNKNOWN"]),
        (DescribeSynchronizationJobStatusList, "InitializeFailed", nothing, vec!["INIT_FAILED"]),
        (DescribeSynchronizationJobStatusList, "PrecheckFailed", nothing, vec!["PRECHECK_FAILED"]),
        (DescribeSynchronizationJobs, "Synchronizing", delay, vec![]),
        (DescribeSynchronizationJobs, "InitializeFailed", nothing, vec!["INIT_FAILED"]),
        (DescribeDtsJobDetail, "Synchronizing", millis, vec![]),
        (DescribeDtsJobDetail, "Synchronizing", paused, vec!["STATUS_PHASE_CONFLICT"]),
        (DescribeDtsJobDetail, "InitializeFailed", nothing, vec!["INIT_FAILED"]),
        (DescribeDtsJobDetail, "Failed", runs, vec!["JOB_FAILED"]),
        (DescribeDtsJobs, "InitializeFailed", nothing, vec!["INIT_FAILED", "STATUS_PHASE_CONFLICT"]),
        (DescribeDtsJobs, "Failed", runs, vec!["JOB_FAILED", "STATUS_PHASE_CONFLICT"]),
    ] {
        let assessment = judge(&synchronization(operation, status, change));
        assert_eq!(codes(&assessment), expected, "{operation} {status}");
    }
    // The synchronization stage of DescribeSynchronizationJobs was withdrawn. Where it is filled it counts.
    let failed = judge(&synchronization(DescribeSynchronizationJobs, "Synchronizing", |job| {
        job.delay = Some(secs(6));
        job.synchronization_stage = stage("Failed");
    }));
    assert_eq!(failed.verdict(), Verdict::Failed);
}

#[test]
fn an_absent_lag_names_the_fields_that_the_operation_has() {
    let prefix = "The job should be running, but the response has no lag: ";
    for (operation, expected) in [
        (Operation::default(), "Delay is absent, DelayMillis is absent, Checkpoint is absent."),
        (DescribeSynchronizationJobs, "Delay is absent."),
        (DescribeSynchronizationJobStatusList, "Checkpoint is absent."),
        (DescribeDtsJobDetail, "Delay is absent, Checkpoint is absent."),
        (DescribeDtsJobs, "Delay is absent, Checkpoint is absent."),
        (
            DescribeMigrationJobStatus,
            "DataSynchronizationStatus.Delay is absent, DataSynchronizationStatus.Checkpoint is absent.",
        ),
        (DescribeMigrationJobs, "DataSynchronization.Delay is absent."),
    ] {
        let assessment = judge(&job_of(operation, "Retrying", |job| {
            (job.synchronization_stage, job.data_stage) = (stage("Migrating"), initial_stage("Finished"));
        }));
        let finding = assessment.findings().iter().find(|finding| finding.code == FindingCode::LagUnknown);
        assert_eq!(finding.unwrap().message, format!("{prefix}{expected}"), "{operation}");
    }
    let negative = judge(&synchronization(DescribeDtsJobDetail, "Synchronizing", |job| {
        job.delay_millis = Some(millis(-5));
    }));
    assert_eq!(negative.findings()[0].message, format!("{prefix}Delay is -0.005 s, Checkpoint is absent."));
}

#[test]
fn an_answer_without_a_status_names_the_statuses_that_the_operation_has() {
    let prefix = "The response has no status, neither of the job nor of a stage: ";
    for (operation, expected) in [
        (DescribeSynchronizationJobStatusList, "Status is absent."),
        (DescribeDtsJobDetail, "Status is absent, DataSynchronizationStatus.Status is absent."),
        (
            DescribeMigrationJobs,
            "MigrationJobStatus is absent, Precheck.Status is absent, StructureInitialization.status is absent, \
             DataInitialization.status is absent, DataSynchronization.status is absent.",
        ),
    ] {
        let assessment = judge(&job_of(operation, None, |_| {}));
        assert_eq!(assessment.reason(), Some(FindingCode::ResponseEmpty));
        assert_eq!(assessment.findings()[0].message, format!("{prefix}{expected}"), "{operation}");
    }
}

#[test]
fn a_checkpoint_before_the_changes_is_not_that_of_the_latest_record() {
    let old: Change = |job| job.checkpoint = Some(at(-8 * DAY));
    let loading: Change = |job| {
        job.checkpoint = Some(at(-8 * DAY));
        job.data_stage = initial_stage("Migrating");
    };
    // Its age would say that a pause or a failure has lasted for 8 days, and that the logs are gone.
    for (name, job) in [
        ("a migration that copies", migration(DescribeDtsJobs, "Migrating", loading)),
        ("a paused migration", migration(DescribeDtsJobDetail, "Suspending", old)),
        ("a failed migration", migration(DescribeDtsJobs, "MigrationFailed", loading)),
        ("a job that is not started", synchronization(DescribeDtsJobs, "NotStarted", old)),
        ("a job that initializes", synchronization(DescribeDtsJobs, "Initializing", loading)),
        ("a job that failed to initialize", synchronization(DescribeDtsJobs, "InitializeFailed", loading)),
        (
            "a migration without changes",
            migration(DescribeDtsJobs, "Suspending", |job| {
                (job.checkpoint, job.data_synchronization) = (Some(at(-8 * DAY)), Some(false));
                job.synchronization_stage = stage("Suspending");
            }),
        ),
    ] {
        let assessment = judge(&job);
        assert_eq!((assessment.data_age(), assessment.lag()), (None, None), "{name}");
        let found = codes(&assessment);
        assert!(
            found.iter().all(|code| !code.contains("LIMIT") && !code.contains("RETENTION")),
            "{name}: {found:?}"
        );
        let next = compare(&judge_at(&job, &Context::at(at(-HOUR))), assessment, &Policy::default());
        assert!(!codes(&next).contains(&"CHECKPOINT_STALLED"), "{name}");
    }
    let paused = judge(&synchronization(DescribeDtsJobs, "Suspending", old));
    assert_eq!(codes(&paused), ["JOB_SUSPENDED", "SUSPEND_OVER_HARD_LIMIT"]);
}

#[test]
fn a_delay_that_can_only_be_milliseconds_is_suspected() {
    for (delay, age, suspected) in [
        (90, 90, false),
        (90_000, 90, true),
        (90_000, 200, false),
        (1_000_000, 940, true),
        (65, 5, false),
        (66, 5, true),
        (0, 900, false),
        (900, 900_000, false),
        (4_000_000, 5, false),
    ] {
        let judged = |operation| {
            let mut job = synchronization(operation, "Synchronizing", |_| {});
            (job.delay, job.checkpoint) = (Some(secs(delay)), Some(at(-age)));
            judge(&job)
        };
        let found = severity(&judged(DescribeDtsJobs), FindingCode::LagUnitSuspected);
        assert_eq!(found, suspected.then_some("Notice"), "{delay} s, {age} s old");
        // It counts as seconds all the same.
        assert_eq!(judged(DescribeDtsJobs).lag(), Some(secs(delay.max(age))));
        let certain = judged(DescribeSynchronizationJobs);
        assert_eq!(severity(&certain, FindingCode::LagUnitSuspected), None, "{delay} s, {age} s old");
    }
}

#[test]
fn a_delay_in_an_unknown_unit_matters_where_nothing_else_shows_the_lag() {
    let judged = |checkpoint, kind, lost: &str| {
        let job = job_of(DescribeDtsJobs, "Retrying", |job| (job.checkpoint, job.kind) = (checkpoint, kind));
        let response = Response::from(job);
        let mut outcome = Outcome::response(&response);
        outcome.losses = vec![Loss::new(Field::Delay, None, lost)];
        assess_outcome(&outcome, &Context::at(at(0)), &Policy::default())
    };
    let recent = Some(at(-6));
    for (checkpoint, kind, lost, expected) in [
        (recent, None, "90000", "Notice"),
        (recent, None, "\"90000\"", "Notice"),
        (recent, None, " +061", "Notice"),
        (recent, None, "9.00e2", "Notice"),
        (recent, None, "61.5", "Warning"),
        (recent, None, "61.", "Warning"),
        (recent, None, "1e30", "Warning"),
        (recent, None, "inf", "Warning"),
        (recent, None, "soon", "Warning"),
        (None, None, "90000", "Warning"),
        (Some(at(DAY)), None, "90000", "Warning"),
        (recent, Some(JobKind::Subscription), "90000", "Notice"),
        (None, Some(JobKind::Subscription), "90000", "Warning"),
        (recent, Some(JobKind::Synchronization), "90000", "Warning"),
    ] {
        let assessment = judged(checkpoint, kind, lost);
        let found = severity(&assessment, FindingCode::DecidingValueLost);
        assert_eq!(found, Some(expected), "{checkpoint:?} {kind:?} {lost}");
        assert_eq!(assessment.verdict() >= Verdict::Unknown, expected == "Warning");
    }
    let notice = judged(recent, None, "90000");
    assert_eq!(notice.lag(), Some(secs(6)));
    assert_eq!(
        notice.findings()[1].message,
        "Decoding lost a value that may change the verdict: Delay cannot be read, the body has \"90000\"."
    );
}

#[test]
fn many_delays_in_an_unknown_unit_are_counted() {
    let response = Response::from(job_of(DescribeDtsJobs, "Retrying", |job| job.checkpoint = Some(at(-6))));
    let mut outcome = Outcome::response(&response);
    outcome.losses = vec![Loss::new(Field::Delay, None, "90000"); 5];
    let assessment = assess_outcome(&outcome, &Context::at(at(0)), &Policy::default());
    let lost = "DECIDING_VALUE_LOST";
    assert_eq!(codes(&assessment), [lost, lost, lost, "JOB_RETRYING", "VALUES_LOST"]);
    assert_eq!(assessment.verdict(), Verdict::Degraded);
}

fn retry(retrying: Option<bool>, elapsed: i64, limit: i64) -> Option<RetryState> {
    let mut retry = RetryState::default();
    retry.retrying = retrying;
    (retry.elapsed, retry.limit) = (Some(secs(elapsed)), Some(secs(limit)));
    retry.error_message = Some("DTS-30019 oops".into());
    Some(retry)
}

#[test]
#[rustfmt::skip]
fn retries_by_the_answers_own_numbers() {
    for (status, state, expected, until) in [
        ("Retrying", retry(Some(true), 3600, 7200), (Verdict::Degraded, 1, vec!["JOB_RETRYING"]), Some(3600)),
        ("Retrying", retry(None, 3600, 7200), (Verdict::Degraded, 1, vec!["JOB_RETRYING"]), Some(3600)),
        ("Retrying", retry(Some(true), 7200, 7200), (Verdict::Degraded, 2, vec!["JOB_RETRYING", "RETRY_WINDOW_EXHAUSTED"]), Some(0)),
        ("Synchronizing", retry(Some(true), 3600, 7200), (Verdict::Degraded, 1, vec!["JOB_RETRYING"]), Some(3600)),
        ("Synchronizing", retry(Some(false), 3600, 7200), (Verdict::Healthy, 0, vec!["ERROR_RESIDUAL"]), None),
        ("Synchronizing", retry(None, 7200, 7200), (Verdict::Healthy, 0, vec!["ERROR_RESIDUAL"]), None),
        ("Failed", retry(Some(false), 7200, 7200), (Verdict::Failed, 2, vec!["JOB_FAILED", "RETRY_WINDOW_EXHAUSTED"]), None),
        ("Failed", retry(Some(false), 60, 7200), (Verdict::Failed, 2, vec!["JOB_FAILED"]), None),
        ("Retrying", retry(Some(false), 7200, 7200), (Verdict::Degraded, 2, vec!["JOB_RETRYING", "RETRY_WINDOW_EXHAUSTED"]), Some(0)),
        ("Retrying", retry(Some(true), 60, 0), (Verdict::Degraded, 1, vec!["JOB_RETRYING"]), None),
    ] {
        let mut job = synchronization(DescribeDtsJobs, status, |job| job.delay = Some(secs(0)));
        job.retry = state.clone();
        let assessment = judge(&job);
        assert_eq!(outcome(&assessment), expected, "{status} {state:?}");
        let deadlines: Vec<_> =
            assessment.deadlines().iter().map(|end| (end.kind.as_str(), end.at, end.exact)).collect();
        let expected: Vec<_> = until.map(|left| ("retry_until", at(left), true)).into_iter().collect();
        assert_eq!(deadlines, expected, "{status} {state:?}");
        let failing = !codes(&assessment).contains(&"ERROR_RESIDUAL");
        assert_eq!(failing, assessment.verdict() > Verdict::Healthy);
    }
    // Numbers of the answer are better than those of the policy.
    let mut job = synchronization(DescribeDtsJobs, "Retrying", |job| job.delay = Some(secs(0)));
    let long_ago = Context::at(at(0)).since(at(-13 * HOUR));
    assert!(codes(&judge_at(&job, &long_ago)).contains(&"RETRY_WINDOW_EXHAUSTED"));
    job.retry = retry(Some(true), 60, 7200);
    assert!(!codes(&judge_at(&job, &long_ago)).contains(&"RETRY_WINDOW_EXHAUSTED"));
}

#[test]
fn retries_of_a_job_at_rest_are_over() {
    for (status, expected) in [
        ("Finished", (Verdict::Ended, 1, vec!["ERROR_RESIDUAL", "JOB_ENDED"])),
        ("Suspending", (Verdict::Suspended, 1, vec!["ERROR_RESIDUAL", "JOB_SUSPENDED"])),
        ("NotStarted", (Verdict::Idle, 1, vec!["ERROR_RESIDUAL", "JOB_NOT_STARTED"])),
    ] {
        let mut job = synchronization(DescribeDtsJobs, status, |_| {});
        job.retry = retry(Some(true), 9000, 7200);
        job.retry.as_mut().unwrap().error_message = Some("The job cannot be recovered".into());
        let assessment = judge(&job);
        assert_eq!(outcome(&assessment), expected, "{status}");
        assert_eq!(severity(&assessment, FindingCode::ErrorResidual), Some("Warning"));
        assert!(assessment.deadlines().is_empty(), "{status}");
    }
    let mut job = synchronization(DescribeDtsJobs, "Synchronizing", |job| job.delay = Some(secs(0)));
    job.retry = retry(Some(true), 9000, 7200);
    job.retry.as_mut().unwrap().error_message = Some("The job cannot be recovered".into());
    assert_eq!(judge(&job).verdict(), Verdict::Unrecoverable);
}

#[test]
fn the_precheck_of_a_dts_job_has_a_message_of_its_own() {
    let mut job = synchronization(DescribeDtsJobs, "PrecheckFailed", |_| {});
    let mut precheck = Precheck::default();
    precheck.status = Some(PrecheckStatus::Failed);
    precheck.error_message = Some("CHECK__ERROR_SAME_OBJ".into());
    job.precheck = Some(precheck);
    assert_eq!(
        judge(&job).findings()[0].message,
        "The precheck failed, so the job does not start: Status is PrecheckFailed, PrecheckStatus.ErrorMessage is \
         \"CHECK__ERROR_SAME_OBJ\"."
    );
    // The same of a job that has not begun.
    for (text, end) in
        [("CHECK__ERROR_SAME_OBJ", ", PrecheckStatus.ErrorMessage is \"CHECK__ERROR_SAME_OBJ\"."), ("", ".")]
    {
        job.status = Some("NotStarted".into());
        job.precheck.as_mut().unwrap().error_message = Some(text.into());
        let message = "The precheck failed, so the job does not start: PrecheckStatus.Status is Failed, Status is NotStarted";
        assert_eq!(judge(&job).findings()[0].message, format!("{message}{end}"));
    }
}

#[test]
fn findings_name_the_fields_as_the_operation_does() {
    let mut idle = Performance::default();
    idle.rps = Some(0.0);
    let mut dts = synchronization(DescribeDtsJobs, "Synchronizing", |_| {});
    (dts.delay_millis, dts.performance) = (Some(millis(90_000)), Some(idle));
    let assessment = judge(&dts);
    let messages: Vec<_> = assessment.findings().iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "The target lags the source by more than the warning threshold: Delay is 90 s.",
            "The source may be idle rather than the target late, since no changes pass: Performance.Rps is 0, Delay is \
             90 s."
        ]
    );
    let paths: Vec<_> = assessment.findings()[0]
        .evidence
        .iter()
        .map(|fact| (fact.path.to_string(), fact.value.clone()))
        .collect();
    assert_eq!(paths, [("Delay".to_owned(), Some("90000".to_owned()))]);

    let before =
        judge_at(&migration(DescribeMigrationJobStatus, "MigrationFailed", |_| {}), &Context::at(at(-60)));
    let after = judge(&migration(DescribeMigrationJobStatus, "Migrating", |_| {}));
    assert_eq!(
        compare(&before, after, &Policy::default()).findings()[1].message,
        "The job has recovered from a failure: MigrationJobStatus is Migrating, was MigrationFailed before."
    );
}

#[test]
fn a_migration_that_has_copied_catches_up() {
    let policy = Policy::default();
    let mut tracker = Tracker::new();
    let copies = migration(DescribeMigrationJobStatus, "Migrating", |job| {
        job.data_stage = initial_stage("Migrating");
    });
    let mut exits = Vec::new();
    for poll in 0..5 {
        let mut job = copies.clone();
        if poll > 0 {
            job.data_stage = initial_stage("Finished");
            job.synchronization_stage = stage("Migrating");
            job.synchronization_stage.as_mut().unwrap().delay = Some(secs(7200 - 1800 * (poll - 1)));
        }
        let assessment = tracker.observe(&job, &Context::at(at(300 * poll)), &policy);
        exits.push(assessment.exit_code());
    }
    assert_eq!(exits, [0, 1, 1, 1, 1], "a lag that shrinks is at most a warning");
    assert_eq!(tracker.status().map(JobStatus::as_str), Some("Migrating"));
}

/// Random jobs of an operation and a kind.
fn any_job_of_any_operation() -> impl Strategy<Value = SyncJob> {
    let operation = prop::sample::select(Operation::ALL.to_vec());
    let kind = prop::option::of(prop::sample::select(JobKind::ALL.to_vec()));
    let switch = prop::option::of(any::<bool>());
    let state = prop::option::of((prop::option::of(any::<bool>()), 0..3_i64, 0..3_i64));
    (any_job(), operation, kind, switch, state).prop_map(|(mut job, operation, kind, switch, state)| {
        (job.operation, job.kind, job.data_synchronization) = (operation, kind, switch);
        job.retry = state.and_then(|(retrying, elapsed, limit)| retry(retrying, elapsed, limit));
        job
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_job_of_any_operation_keeps_the_invariants((job, context) in (any_job_of_any_operation(), any_context())) {
        let assessment = assess(&job, &context, &Policy::default());
        let is_done = assessment.reason() == Some(FindingCode::MigrationDone);
        if is_done {
            prop_assert_eq!(assessment.verdict(), Verdict::Ended);
            let worst = assessment.severity();
            prop_assert_eq!(assessment.exit_code() == 0, worst < Some(Severity::Warning));
        } else {
            check_shape(&assessment)?;
        }
    }

    /// I10: of the lag that an answer reports, and of a migration too.
    #[test]
    fn a_larger_delay_or_an_older_checkpoint_never_improves(
        (job, context, delay) in (any_job_of_any_operation(), any_context(), any_delay())
    ) {
        let policy = Policy::default();
        let before = assess(&job, &context, &policy);
        let rank = |assessment: &Assessment| [0, 1, 3, 2].into_iter().position(|exit| exit == assessment.exit_code());
        let raised = |change: fn(&mut SyncJob) -> &mut Option<chrono::TimeDelta>| {
            let mut job = job.clone();
            let slot = change(&mut job);
            let known = slot.filter(|known| *known >= secs(0) && *known <= delay)?;
            *slot = Some(delay);
            (known < delay).then(|| assess(&job, &context, &policy))
        };
        let after = [raised(|job| &mut job.delay), raised(|job| &mut job.delay_millis)];
        for after in after.into_iter().flatten() {
            prop_assert!(after.verdict() >= before.verdict() && rank(&after) >= rank(&before));
        }
        let used = job.checkpoint.filter(|at| *at - context.observed_at <= policy.clock_skew);
        if let Some(older) = used.and_then(|at| at.checked_sub_signed(secs(4000))) {
            let mut job = job.clone();
            job.checkpoint = Some(older);
            let after = assess(&job, &context, &policy);
            prop_assert!(after.verdict() >= before.verdict() && rank(&after) >= rank(&before));
        }
    }

    /// The unit of a delay does not change what it means.
    #[test]
    fn a_delay_in_milliseconds_is_that_of_our_own_operation(delay in 0..2_000_000_i64) {
        let lag = |operation| {
            let mut job = job("Synchronizing", |_| {});
            (job.operation, job.delay, job.checkpoint) = (operation, None, None);
            job.delay_millis = Some(millis(delay));
            judge(&job)
        };
        let (detail, ours) = (lag(DescribeDtsJobDetail), lag(Operation::default()));
        prop_assert_eq!(detail.lag(), ours.lag());
        prop_assert_eq!(outcome(&detail), outcome(&ours));
    }
}
