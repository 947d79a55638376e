//! The exit status over time: flapping, ended jobs, maintenance, and the other direction.

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, Policy, Scope, Topology, Tracker, Verdict, assess, compare, two_way,
};
use aliyun_dts_status::model::{CheckStatus, Direction, ItemName, Precheck, PrecheckItem, PrecheckStatus};

use crate::builders::{DAY, HOUR, at, codes, job, lagging};
use crate::polls::{check, check_by};

/// Alternates two lines every 60 s, then repeats the first one.
fn alternating(lines: [&str; 2], changes: i64, calm: i64) -> Vec<String> {
    let line = |poll: i64| if poll <= changes { lines[usize::from(poll % 2 != 0)] } else { lines[0] };
    (0..=changes + calm).map(|poll| format!("{} {}", poll * 60, line(poll))).collect()
}

#[test]
fn five_changes_in_21_polls_are_flapping() {
    check(
        "from the fifth change on",
        "0   Synchronizing  | Healthy - 0
         60  Retrying       | Degraded JOB_RETRYING 1
         120 Synchronizing  | Healthy - 0
         180 Retrying       | Degraded JOB_RETRYING 1
         240 Synchronizing  | Healthy - 0 []
         300 Retrying       | Degraded JOB_RETRYING 1 [JOB_RETRYING:Warning FLAPPING:Warning]
         360 Synchronizing  | Degraded FLAPPING 1 [FLAPPING:Warning]
         420 Failed         | Failed JOB_FAILED 2 [JOB_FAILED:Critical FLAPPING:Warning]",
    );
    check(
        "Unknown counts",
        "0   Synchronizing  | Healthy - 0
         60  refused        | Unknown API_CALL_FAILED 3
         120 Synchronizing  | Healthy - 0
         180 refused        | Unknown API_CALL_FAILED 3
         240 Synchronizing  | Healthy - 0
         300 refused        | Unknown API_CALL_FAILED 3 [API_CALL_FAILED:Warning FLAPPING:Warning]",
    );
    check(
        "a verdict that is held does not",
        "0   Synchronizing  | Healthy - 0
         60  throttled      | Healthy - 0 held=60
         120 Synchronizing  | Healthy - 0
         180 throttled      | Healthy - 0 held=180
         240 Synchronizing  | Healthy - 0
         300 throttled      | Healthy - 0 held=300
         360 Synchronizing  | Healthy - 0 []",
    );
}

#[test]
fn flapping_ends_when_at_most_one_of_21_polls_changed() {
    // The changes are at the polls 1 to 6, the last of them back to the calm exit status.
    let mut table = String::new();
    for (poll, line) in alternating(["Synchronizing", "Retrying"], 6, 24).into_iter().enumerate() {
        let result = match poll {
            0..=6 => "*",
            7..=25 => "Degraded FLAPPING 1",
            _ => "Healthy - 0 []",
        };
        table.push_str(&format!("{line} | {result}\n"));
    }
    check("21 polls", &table);
}

#[test]
fn the_evidence_of_flapping_is_its_changes_and_exit_statuses() {
    let mut tracker = Tracker::new();
    let mut last = None;
    for poll in 0..6 {
        let status = ["Synchronizing", "Failed"][usize::from(poll % 2 != 0)];
        let polled = lagging(status, 0, |job| job.checkpoint = None);
        last = Some(tracker.observe(&polled, &Context::at(at(poll * 60)), &Policy::default()));
        assert_eq!(tracker.is_flapping(), poll == 5);
    }
    let last = last.unwrap();
    let finding = last.findings().iter().find(|finding| finding.code == FindingCode::Flapping).unwrap();
    assert!(finding.message.contains('5') && finding.message.contains("among 0, 2"), "{}", finding.message);
}

#[test]
fn an_ended_job_may_exit_0() {
    let mut policy = Policy::default();
    policy.ended_is_ok = true;
    check_by(
        "flapping counts what the exit status would be without the exception",
        &policy,
        "0   Synchronizing  | Healthy - 0
         60  Finished       | Ended JOB_ENDED 0
         120 Synchronizing  | Healthy - 0
         180 Finished       | Ended JOB_ENDED 0
         240 Synchronizing  | Healthy - 0
         300 Finished       | Degraded FLAPPING 1",
    );
    check("by default", "0 Finished | Ended JOB_ENDED 1");
    let ended = assess(&job("Finished", |_| {}), &Context::at(at(0)), &policy);
    assert_eq!((ended.verdict(), ended.exit_code()), (Verdict::Ended, 0));
    let with_warning = job("Finished", |job| job.err_code = Some("InternalError".into()));
    assert_eq!(assess(&with_warning, &Context::at(at(0)), &policy).exit_code(), 1);
}

#[test]
fn in_maintenance_everything_but_a_lost_job_exits_at_most_1() {
    let mut policy = Policy::default();
    policy.maintenance_until = Some(at(100));
    check_by(
        "until its end",
        &policy,
        "0   Failed         | Failed JOB_FAILED 1 [JOB_FAILED:Critical IN_MAINTENANCE:Info]
         20  refused        | Unknown API_CALL_FAILED 1 [API_CALL_FAILED:Warning IN_MAINTENANCE:Info]
         40  Retrying       | Degraded JOB_RETRYING 1
         60  Suspending     | Suspended JOB_SUSPENDED 1 [JOB_SUSPENDED:Notice]
         99  Failed         | Failed JOB_FAILED 1 [JOB_FAILED:Critical IN_MAINTENANCE:Info]
         100 Failed         | Failed JOB_FAILED 2 [JOB_FAILED:Critical]",
    );
    let lost = job("Suspending", |_| {});
    let lost = assess(&lost, &Context::at(at(0)).since(at(-8 * DAY)), &policy);
    assert_eq!((lost.verdict(), lost.exit_code()), (Verdict::Unrecoverable, 2));
    assert!(!codes(&lost).contains(&"IN_MAINTENANCE"));
    // Compared, it is lowered once.
    let failed = || job("Failed", |job| job.checkpoint = None);
    let before = assess(&failed(), &Context::at(at(-60)), &policy);
    let compared = compare(&before, assess(&failed(), &Context::at(at(0)), &policy), &policy);
    assert_eq!((codes(&compared), compared.exit_code()), (vec!["IN_MAINTENANCE", "JOB_FAILED"], 1));
    check_by(
        "flapping counts what the exit status would be without maintenance",
        &{
            let mut policy = Policy::default();
            policy.maintenance_until = Some(at(HOUR));
            policy
        },
        "0   Retrying  | *
         60  Failed    | *
         120 Retrying  | *
         180 Failed    | *
         240 Retrying  | Degraded JOB_RETRYING 1 [JOB_RETRYING:Warning]
         300 Failed    | Failed JOB_FAILED 1 [JOB_FAILED:Critical FLAPPING:Warning IN_MAINTENANCE:Info]",
    );
}

/// One direction of a job, judged by the default policy.
fn side(direction: &'static str, status: &'static str, change: impl FnOnce(&mut SyncJob)) -> Assessment {
    side_by(&Policy::default(), direction, status, change)
}

fn side_by(
    policy: &Policy,
    direction: &'static str,
    status: &'static str,
    change: impl FnOnce(&mut SyncJob),
) -> Assessment {
    let job = job(status, |job| {
        (job.task_id, job.source, job.destination) = (None, None, None);
        change(job);
    });
    assess(&job, &Context::at(at(0)).direction(Direction::from(direction)), policy)
}

fn joined(forward: Assessment, reverse: Assessment) -> Assessment {
    two_way(Some(forward), Some(reverse), Topology::TwoWay)
}

#[test]
fn two_directions_exit_with_the_worst_of_both_and_of_the_pair() {
    for (forward, reverse, verdict, exit_code) in [
        ("Synchronizing", "Synchronizing", Verdict::Healthy, 0),
        ("Synchronizing", "Retrying", Verdict::Degraded, 1),
        ("Synchronizing", "Initializing", Verdict::Progressing, 0),
        // Half open.
        ("Synchronizing", "Suspending", Verdict::Degraded, 1),
        ("Synchronizing", "NotStarted", Verdict::Degraded, 1),
        ("Synchronizing", "Failed", Verdict::Failed, 2),
        ("Failed", "Rebalancing", Verdict::Failed, 2),
        ("Synchronizing", "Rebalancing", Verdict::Unknown, 3),
        // A side that waits for the other one.
        ("Initializing", "NotStarted", Verdict::Progressing, 0),
        ("Initializing", "PreCheckPass", Verdict::Progressing, 0),
        ("Prechecking", "NotStarted", Verdict::Progressing, 0),
        ("Initializing", "NotConfigured", Verdict::Progressing, 1),
        ("Initializing", "Suspending", Verdict::Suspended, 1),
        ("NotStarted", "NotStarted", Verdict::Idle, 1),
    ] {
        for (one, other) in [(forward, reverse), (reverse, forward)] {
            let joined = joined(side("Forward", one, |_| {}), side("Reverse", other, |_| {}));
            assert_eq!((joined.verdict(), joined.exit_code()), (verdict, exit_code), "{one} and {other}");
        }
    }
}

#[test]
fn a_side_that_waits_hides_no_finding() {
    let forward = || side("Forward", "Initializing", |_| {});
    let gating = side("Reverse", "NotStarted", |job| {
        let mut item = PrecheckItem::default();
        (item.name, item.status) = (Some(ItemName::SameObject), Some(CheckStatus::Failed));
        let mut precheck = Precheck::default();
        (precheck.status, precheck.items) = (Some(PrecheckStatus::Failed), vec![item]);
        job.precheck = Some(precheck);
    });
    assert_eq!((gating.verdict(), gating.exit_code()), (Verdict::Failed, 2));
    let gated = joined(forward(), gating);
    assert_eq!((gated.verdict(), gated.exit_code()), (Verdict::Failed, 2));
    let context = Context::at(at(0)).observed_at(at(-301)).direction(Direction::Reverse);
    let stale = assess(&job("NotStarted", |job| job.task_id = None), &context, &Policy::default());
    let stale = joined(forward(), stale);
    assert_eq!((stale.verdict(), stale.exit_code()), (Verdict::Unknown, 3));
    let warned = side("Reverse", "NotStarted", |job| job.err_code = Some("InternalError".into()));
    let warned = joined(forward(), warned);
    assert_eq!((warned.verdict(), warned.exit_code()), (Verdict::Progressing, 1));
}

#[test]
fn a_side_whose_call_failed_keeps_what_the_other_side_reports() {
    let failed = || side("Forward", "Synchronizing", |job| job.success = Some(false));
    let lagging = side("Reverse", "Synchronizing", |job| job.checkpoint = Some(at(-50)));
    let joined = joined(failed(), lagging.clone());
    assert_eq!((joined.verdict(), joined.exit_code()), (Verdict::Unknown, 3));
    assert_eq!((joined.lag(), joined.status()), (lagging.lag(), lagging.status()));
    assert_eq!(joined.job_id(), lagging.job_id());
    assert_eq!(joined.direction(), Scope::TwoWay);
}

#[test]
fn two_answers_of_one_direction_are_aliased() {
    let task = |id: &'static str| move |job: &mut SyncJob| job.task_id = Some(id.into());
    let pair = |one: &'static str, other: &'static str| {
        joined(side("Forward", "Synchronizing", task(one)), side("Reverse", "Suspending", task(other)))
    };
    let aliased = pair("exjk1alb116wxyz", "exjk1alb116wxyz");
    assert_eq!(codes(&aliased), ["DIRECTIONS_ALIASED", "JOB_SUSPENDED"]);
    assert_eq!((aliased.verdict(), aliased.exit_code()), (Verdict::Unknown, 3));
    for (one, other) in [("exjk", "exjl"), ("", ""), ("exjk****", "exjk****")] {
        assert_eq!(codes(&pair(one, other)), ["JOB_SUSPENDED", "TWO_WAY_HALF_OPEN"], "{one} {other}");
    }
}

#[test]
fn maintenance_of_a_pair_says_so_too() {
    let mut policy = Policy::default();
    policy.maintenance_until = Some(at(HOUR));
    let forward = side_by(&policy, "Forward", "Synchronizing", |_| {});
    let alone = two_way(Some(forward), None, Topology::TwoWay);
    assert_eq!(alone.exit_code(), 1);
    assert_eq!(codes(&alone), ["IN_MAINTENANCE", "REVERSE_NOT_OBSERVED"]);
}

#[test]
fn a_direction_that_is_no_longer_polled_is_missed() {
    check(
        "after 300 s at least",
        "0   Synchronizing                    | Healthy - 0
         0   Synchronizing direction=Reverse  | Healthy - 0
         60  Synchronizing                    | Healthy - 0
         60  Synchronizing direction=Reverse  | Healthy - 0
         120 Synchronizing                    | Healthy - 0
         180 Synchronizing                    | Healthy - 0
         360 Synchronizing                    | Healthy - 0
         361 Synchronizing                    | Degraded REVERSE_NOT_OBSERVED 1 [REVERSE_NOT_OBSERVED:Warning]
         420 Failed                           | Failed JOB_FAILED 2 [JOB_FAILED:Critical REVERSE_NOT_OBSERVED:Warning]
         480 Synchronizing                    | Degraded REVERSE_NOT_OBSERVED 1
         540 Synchronizing direction=Reverse  | Healthy - 0
         540 Synchronizing                    | Healthy - 0",
    );
    check(
        "after three times the time between its last two polls",
        "0    Synchronizing                    | Healthy - 0
         0    Synchronizing direction=Reverse  | Healthy - 0
         200  Synchronizing direction=Reverse  | Healthy - 0
         300  Synchronizing                    | Healthy - 0
         600  Synchronizing                    | Healthy - 0
         800  Synchronizing                    | Healthy - 0
         801  Synchronizing                    | Degraded REVERSE_NOT_OBSERVED 1",
    );
    check(
        "after three polls of the other one at least",
        "0    Synchronizing                    | Healthy - 0
         0    Synchronizing direction=Reverse  | Healthy - 0
         1000 Synchronizing                    | Healthy - 0
         1000 Synchronizing                    | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         2000 Synchronizing                    | Healthy - 0
         3000 Synchronizing                    | Degraded REVERSE_NOT_OBSERVED 1",
    );
    check(
        "in the other direction likewise",
        "0    Synchronizing direction=Reverse  | Healthy - 0
         0    Synchronizing                    | Healthy - 0
         1000 Synchronizing direction=Reverse  | Healthy - 0
         2000 Synchronizing direction=Reverse  | Healthy - 0
         3000 Synchronizing direction=Reverse  | Degraded FORWARD_NOT_OBSERVED 1",
    );
    check(
        "a job with one direction nothing is missed",
        "0    Synchronizing  | Healthy - 0
         1000 Synchronizing  | Healthy - 0
         2000 Synchronizing  | Healthy - 0
         3000 Synchronizing  | Healthy - 0",
    );
}

#[test]
fn a_poll_at_the_same_time_does_not_count_as_a_poll_since() {
    check(
        "reverse is polled after forward, at the same time",
        "0    Synchronizing                    | Healthy - 0
         0    Synchronizing direction=Reverse  | Healthy - 0
         1000 Synchronizing direction=Reverse  | Healthy - 0
         2000 Synchronizing direction=Reverse  | Healthy - 0
         3000 Synchronizing direction=Reverse  | Degraded FORWARD_NOT_OBSERVED 1",
    );
}
