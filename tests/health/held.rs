//! Polls that say nothing about the job, and the begin of a status.

use aliyun_dts_status::export::nagios;
use aliyun_dts_status::health::{FindingCode, Policy, Topology, Trackers, Verdict, fleet, two_way};

use crate::builders::{DAY, HOUR};
use crate::polls::{Poll, check, check_moment};

#[test]
fn a_poll_that_says_nothing_keeps_the_last_verdict_for_300_s() {
    check(
        "each of its kinds",
        "0   Synchronizing  | Healthy - 0
         60  no-answer      | Healthy - 0 held=60 [NO_ANSWER:Notice]
         120 throttled      | Healthy - 0 held=60 [API_CALL_FAILED:Notice]
         180 web-page       | Healthy - 0 held=60 [BODY_UNDECODABLE:Notice]
         240 no-status      | Healthy - 0 held=60 [RESPONSE_EMPTY:Notice]
         299 unavailable    | Healthy - 0 held=60 [API_CALL_FAILED:Notice]
         300 truncated      | Healthy - 0 held=60 [BODY_UNDECODABLE:Notice]
         301 empty-body     | Unknown BODY_UNDECODABLE 3 [BODY_UNDECODABLE:Warning]
         360 throttled      | Unknown API_CALL_FAILED 3 [API_CALL_FAILED:Warning]
         420 Synchronizing  | Healthy - 0 []
         480 throttled      | Healthy - 0 held=480 [API_CALL_FAILED:Notice]",
    );
    check(
        "of any verdict",
        "0   Failed          | Failed JOB_FAILED 2 [JOB_FAILED:Critical]
         60  no-answer       | Failed JOB_FAILED 2 held=60 [NO_ANSWER:Notice]
         120 Suspending      | Suspended JOB_SUSPENDED 1
         180 no-answer       | Suspended JOB_SUSPENDED 1 held=180 [NO_ANSWER:Notice]",
    );
    check_moment("NO_ANSWER:Warning", 900, |now| {
        if now <= 600 { "Synchronizing".into() } else { "no-answer".into() }
    });
}

#[test]
fn the_first_poll_that_says_nothing_always_keeps_the_verdict() {
    check(
        "polled every hour",
        "0     Failed         | Failed JOB_FAILED 2
         3600  no-answer      | Failed JOB_FAILED 2 held=3600 [NO_ANSWER:Notice]
         7200  no-answer      | Unknown NO_ANSWER 3 [NO_ANSWER:Warning]
         10800 Synchronizing  | Healthy - 0
         14400 throttled      | Healthy - 0 held=14400",
    );
    check(
        "without a verdict to keep",
        "0  no-answer  | Unknown NO_ANSWER 3
         60 no-answer  | Unknown NO_ANSWER 3",
    );
}

#[test]
fn other_failures_count_at_once_and_leave_the_status() {
    check(
        "each of its kinds",
        "0     Synchronizing  | Healthy - 0
         60    Suspending     | Suspended JOB_SUSPENDED 1
         120   refused        | Unknown API_CALL_FAILED 3
         240   other-job      | Unknown JOB_MISMATCH 3
         300   not-json       | Unknown BODY_UNDECODABLE 3
         360   lost-status    | Unknown DECIDING_VALUE_LOST 3
         21659 Suspending     | Suspended JOB_SUSPENDED 1 [JOB_SUSPENDED:Notice]
         21660 Suspending     | Suspended JOB_SUSPENDED 1 [SUSPEND_OVER_SOFT_LIMIT:Warning JOB_SUSPENDED:Notice]",
    );
    check(
        "the HTTP status of what cannot be decoded",
        "0   Synchronizing   | Healthy - 0
         60  no-gateway      | Healthy - 0 held=60
         120 forbidden-page  | Unknown API_CALL_FAILED 3 [API_CALL_FAILED:Warning BODY_UNDECODABLE:Warning]",
    );
    check(
        "a status that was lost, in an answer that has nothing else",
        "0   Synchronizing      | Healthy - 0
         60  only-lost-status   | Unknown DECIDING_VALUE_LOST 3
         120 only-lost-status   | Unknown DECIDING_VALUE_LOST 3",
    );
    check(
        "a job that does not exist",
        "0   Synchronizing  | Healthy - 0
         60  not-found      | Unknown JOB_NOT_FOUND 2",
    );
}

#[test]
fn the_verdict_of_a_refused_call_is_kept_too() {
    check(
        "refused, then throttled",
        "0   Synchronizing  | Healthy - 0
         60  refused        | Unknown API_CALL_FAILED 3
         120 throttled      | Unknown API_CALL_FAILED 3 held=120",
    );
}

#[test]
fn the_reason_of_a_held_verdict_is_shown() {
    let (mut trackers, policy) = (Trackers::new(), Policy::default());
    Poll::read("0 Failed").observe(&mut trackers, &policy);
    let held = Poll::read("60 no-answer").observe(&mut trackers, &policy);
    let line = nagios(&held, &policy);
    assert!(line.starts_with("DTS FAILED - dtsorders/Forward: JOB_FAILED"), "{line}");
    let causes: Vec<_> = fleet([&held]).causes().iter().map(|cause| cause.code).collect();
    assert_eq!(causes, [Some(FindingCode::JobFailed)]);

    // It is also that of two directions, whatever the better one says.
    let reverse = Poll::read("0 Suspending direction=Reverse").observe(&mut trackers, &policy);
    assert_eq!(reverse.reason(), Some(FindingCode::JobSuspended));
    let both = two_way(Some(held), Some(reverse), Topology::TwoWay);
    assert_eq!((both.verdict(), both.reason()), (Verdict::Failed, Some(FindingCode::JobFailed)));
}

#[test]
fn an_unknown_lag_alone_has_no_floor_for_300_s() {
    check(
        "after a good poll",
        "0   Synchronizing lag=0  | Healthy - 0
         60  Synchronizing lag=?  | Degraded LAG_UNKNOWN 1
         300 Synchronizing lag=?  | Degraded LAG_UNKNOWN 1
         301 Synchronizing lag=?  | Unknown LAG_UNKNOWN 3
         360 Synchronizing lag=0  | Healthy - 0",
    );
    check(
        "polled every hour",
        "0    Synchronizing lag=0  | Healthy - 0
         3600 Synchronizing lag=?  | Degraded LAG_UNKNOWN 1
         7200 Synchronizing lag=?  | Unknown LAG_UNKNOWN 3",
    );
    check(
        "its status counts",
        "0   Synchronizing lag=0      | Healthy - 0
         60  Retrying lag=?           | Degraded JOB_RETRYING 1
         120 Modifying lag=?          | Progressing JOB_MODIFYING 1
         180 Retrying lag=? inc=Failed | Failed INCREMENTAL_FAILED 2",
    );
    check("without a good poll", "0 Synchronizing lag=?  | Unknown LAG_UNKNOWN 3");
    check(
        "with the lag of the last good poll",
        "0   Synchronizing lag=900  | Degraded LAG_CRITICAL 2
         60  Synchronizing lag=?    | Degraded LAG_CRITICAL 2 [LAG_CRITICAL:Critical LAG_UNKNOWN:Warning]
         120 Synchronizing lag=900  | Degraded LAG_CRITICAL 2 [LAG_CRITICAL:Critical]",
    );
}

#[test]
fn an_unknown_lag_keeps_the_doubt_about_an_idle_source() {
    check(
        "one poll without a lag",
        "0   Synchronizing lag=4000 rps=0  | Degraded IDLE_SOURCE_DOUBTED 2
         60  Synchronizing lag=? rps=0     | Degraded IDLE_SOURCE_DOUBTED 2
         120 Synchronizing lag=4120 rps=0  | Degraded IDLE_SOURCE_DOUBTED 2",
    );
}

#[test]
fn a_kept_lag_is_the_one_of_the_poll_that_measured_it() {
    let (mut trackers, policy) = (Trackers::new(), Policy::default());
    let mut evidence = |line: &str| {
        let assessment = Poll::read(line).observe(&mut trackers, &policy);
        let kept = assessment.findings().iter().find(|finding| finding.code == FindingCode::LagCritical);
        kept.unwrap().evidence[0].clone()
    };
    let measured = evidence("0 Synchronizing lag=? checkpoint=-900");
    assert_eq!(measured.value.as_deref(), Some("1610615250"));
    let kept = evidence("60 Synchronizing lag=?");
    assert_eq!((kept.path.to_string().as_str(), kept.value.as_deref()), ("(previous)", Some("900")));
}

#[test]
fn windows_run_from_the_first_poll_with_the_status() {
    check(
        "a status that began between two polls",
        "0     Synchronizing  | Healthy - 0
         60    Retrying       | Degraded JOB_RETRYING 1 [JOB_RETRYING:Warning]
         43259 Retrying       | Degraded JOB_RETRYING 1 [JOB_RETRYING:Warning]
         43260 Retrying       | Degraded RETRY_WINDOW_EXHAUSTED 2 [RETRY_WINDOW_EXHAUSTED:Critical JOB_RETRYING:Warning]
         43320 Synchronizing  | *
         43380 Retrying       | Degraded JOB_RETRYING 1 [JOB_RETRYING:Warning]",
    );
    for (status, limit, reason) in [
        ("Initializing", DAY, "INIT_RUNNING"),
        ("Modifying", DAY, "JOB_MODIFYING"),
        ("Upgrade", 2 * HOUR, "JOB_RESIZING"),
        ("Downgrade", 2 * HOUR, "JOB_RESIZING"),
        ("Prechecking", HOUR, "PRECHECK_RUNNING"),
    ] {
        check(
            "a status on its way for too long, also if the first poll has it",
            &format!(
                "0   {status} | Progressing {reason} 0
                 {} {status} | Progressing {reason} 0
                 {limit} {status} | Degraded STATUS_OVERDUE 1",
                limit - 1
            ),
        );
    }
    check_moment("SUSPEND_OVER_SOFT_LIMIT:Critical", 600 + DAY, |now| {
        if now < 600 { "Synchronizing".into() } else { "Suspending".into() }
    });
}

/// What was seen says more than an estimate that is no longer.
#[test]
fn the_evidence_of_a_pause_is_what_was_seen() {
    for (checkpoint, evidence) in [
        (-1, "Checkpoint is 2021-01-14T09:22:29Z"),
        (0, "since 2021-01-14T09:22:30Z"),
        (1, "since 2021-01-14T09:22:30Z"),
    ] {
        let (mut trackers, policy) = (Trackers::new(), Policy::default());
        let mut poll = |seconds| {
            let line = format!("{seconds} Suspending checkpoint={checkpoint}");
            Poll::read(&line).observe(&mut trackers, &policy)
        };
        poll(0);
        let message = poll(21_600).findings()[0].message.clone();
        assert!(message.contains(&format!("Status is Suspending, {evidence}, ")), "{message}");
    }
}

#[test]
fn the_status_of_the_first_poll_may_be_older() {
    let day = DAY;
    check(
        "the checkpoint is older than the poll",
        &format!(
            "0    Suspending checkpoint={}  | Suspended JOB_SUSPENDED 2 [SUSPEND_OVER_SOFT_LIMIT:Critical JOB_SUSPENDED:Notice]
             {day} Suspending checkpoint={} | Suspended JOB_SUSPENDED 2 [SUSPEND_OVER_SOFT_LIMIT:Critical JOB_SUSPENDED:Notice]
             {} Suspending checkpoint={}    | Suspended SUSPEND_OVER_HARD_LIMIT 2 [SUSPEND_OVER_HARD_LIMIT:Critical JOB_SUSPENDED:Notice]
             {} Suspending checkpoint={}    | Unrecoverable SUSPEND_OVER_HARD_LIMIT 2",
            -DAY, -DAY, 6 * DAY, -DAY, 7 * DAY, -DAY
        ),
    );
    check(
        "the checkpoint is later than the first poll",
        "0     Suspending checkpoint=0      | Suspended JOB_SUSPENDED 1
         21599 Suspending checkpoint=21000  | Suspended JOB_SUSPENDED 1 [JOB_SUSPENDED:Notice]
         21600 Suspending checkpoint=21000  | Suspended JOB_SUSPENDED 1 [SUSPEND_OVER_SOFT_LIMIT:Warning JOB_SUSPENDED:Notice]",
    );
    check(
        "a failure, by what was seen alone",
        &format!(
            "0  InitializeFailed checkpoint={}  | Failed INIT_FAILED 2
             {} InitializeFailed checkpoint={}  | Failed INIT_FAILED 2
             {} InitializeFailed checkpoint={}  | Unrecoverable RECOVERY_WINDOW_EXPIRED 2",
            -9 * DAY,
            7 * DAY - 1,
            -9 * DAY,
            7 * DAY,
            -9 * DAY
        ),
    );
    check(
        "the caller knows the begin",
        "0     Suspending since=-21540  | Suspended JOB_SUSPENDED 1 [JOB_SUSPENDED:Notice]
         60    Suspending since=-21540  | Suspended JOB_SUSPENDED 1 [SUSPEND_OVER_SOFT_LIMIT:Warning JOB_SUSPENDED:Notice]
         120   Synchronizing            | *
         180   Suspending since=-21540  | Suspended JOB_SUSPENDED 1 [JOB_SUSPENDED:Notice]",
    );
}
