//! The order of polls, and which of them are compared.

use aliyun_dts_status::health::{Policy, Trackers};

use crate::polls::{Poll, check, check_moment};

#[test]
fn a_late_poll_is_judged_alone() {
    check(
        "a poll that is not later than the latest one",
        "0   Synchronizing           | Healthy - 0
         60  Suspending              | Suspended JOB_SUSPENDED 1
         60  Synchronizing           | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         59  Synchronizing lag=900   | Degraded LAG_CRITICAL 2 [LAG_CRITICAL:Critical SNAPSHOT_ORDER:Notice]
         58  no-answer               | Unknown NO_ANSWER 3 [NO_ANSWER:Warning SNAPSHOT_ORDER:Notice]
         120 Suspending              | Suspended JOB_SUSPENDED 1 [JOB_SUSPENDED:Notice]",
    );
}

#[test]
fn five_late_polls_in_order_restart_the_tracker() {
    check(
        "the fifth is judged by the five",
        "1000 Suspending            | Suspended JOB_SUSPENDED 1
         10   Synchronizing lag=80  | Degraded LAG_HIGH 1 [LAG_HIGH:Warning SNAPSHOT_ORDER:Notice]
         30   Synchronizing lag=80  | Degraded LAG_HIGH 1 [LAG_HIGH:Warning SNAPSHOT_ORDER:Notice]
         50   Synchronizing lag=80  | Degraded LAG_HIGH 1 [LAG_HIGH:Warning SNAPSHOT_ORDER:Notice]
         70   Synchronizing lag=80  | Degraded LAG_HIGH 1 [LAG_HIGH:Warning SNAPSHOT_ORDER:Notice]
         90   Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@10..130 [LAG_HIGH:Notice]
         110  Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@10..130 [LAG_HIGH:Notice]
         130  Synchronizing lag=80  | Degraded LAG_HIGH 1 [LAG_HIGH:Warning]",
    );
    check(
        "a poll out of order starts another row",
        "1000 Synchronizing  | Healthy - 0 []
         10   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         20   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         15   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         25   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         35   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         45   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         55   Synchronizing  | Healthy - 0 []",
    );
    check(
        "a poll later than the latest one ends the row",
        "1000 Synchronizing  | Healthy - 0 []
         10   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         20   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         30   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         40   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         1060 Synchronizing  | Healthy - 0 []
         50   Synchronizing  | Healthy - 0 [SNAPSHOT_ORDER:Notice]",
    );
}

#[test]
fn a_poll_of_a_wrong_clock_changes_nothing() {
    check(
        "dated more than 30 s after the clock",
        "1000 Synchronizing                          | Healthy - 0 []
         10   Synchronizing                          | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         20   Synchronizing                          | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         5000 Synchronizing now=1000 not_after=1000  | Unknown OBSERVATION_IN_FUTURE 3
         30   Synchronizing                          | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         40   Synchronizing                          | Healthy - 0 [SNAPSHOT_ORDER:Notice]
         50   Synchronizing                          | Healthy - 0 []",
    );
    check(
        "dated 30 s after the clock",
        "1000 Synchronizing                          | Healthy - 0 []
         1030 Synchronizing now=1000 not_after=1000  | Healthy - 0 []
         1020 Synchronizing                          | Healthy - 0 [SNAPSHOT_ORDER:Notice]",
    );
}

#[test]
fn a_poll_of_a_wrong_clock_in_an_archive_is_not_healthy() {
    check(
        "in an archive each poll is judged at its own time",
        "1000 Synchronizing                 | Healthy - 0
         5000 Synchronizing not_after=1000  | Unknown OBSERVATION_IN_FUTURE 3
         1060 Synchronizing                 | Healthy - 0",
    );
}

#[test]
fn a_poll_of_a_wrong_clock_does_not_count_for_the_other_direction() {
    check(
        "three polls of a wrong clock and one of a right one",
        "0    Synchronizing direction=Reverse      | *
         0    Synchronizing                        | *
         5000 Synchronizing now=60 not_after=60    | *
         5060 Synchronizing now=60 not_after=60    | *
         5120 Synchronizing now=60 not_after=60    | *
         1000 Synchronizing                        | Healthy - 0",
    );
    let (mut trackers, policy) = (Trackers::new(), Policy::default());
    Poll::read("0 Synchronizing").observe(&mut trackers, &policy);
    let before = trackers.clone();
    Poll::read("5000 Synchronizing now=60 not_after=60").observe(&mut trackers, &policy);
    assert_eq!(trackers, before);
}

#[test]
fn a_poll_is_compared_with_one_at_least_30_s_old() {
    check(
        "polled every 10 s",
        "0  Failed         | Failed JOB_FAILED 2 [JOB_FAILED:Critical]
         10 Synchronizing  | Healthy - 0 []
         20 Synchronizing  | Healthy - 0 []
         30 Synchronizing  | Healthy - 0 [RECOVERED:Info]
         40 Synchronizing  | Healthy - 0 [RECOVERED:Info]
         50 Synchronizing  | Healthy - 0 [RECOVERED:Info]
         60 Synchronizing  | Healthy - 0 []",
    );
    check(
        "an answer about no job is compared with nothing",
        "0   Failed         | Failed JOB_FAILED 2
         60  refused        | Unknown API_CALL_FAILED 3 [API_CALL_FAILED:Warning]
         120 no-answer      | *
         180 Synchronizing  | Healthy - 0 [RECOVERED:Info]",
    );
}

#[test]
fn a_stall_counts_from_the_first_poll_with_its_checkpoint() {
    check(
        "no poll interrupts it that says nothing",
        "0   Synchronizing lag=? checkpoint=-30  | Healthy - 0
         60  Synchronizing lag=? checkpoint=-30  | Healthy - 0 pending=LAG_HIGH@60..180
         120 Synchronizing lag=? checkpoint=-30  | Healthy - 0 pending=LAG_HIGH@60..180
         180 Synchronizing lag=? checkpoint=-30  | Degraded LAG_HIGH 1
         240 no-answer                           | Degraded LAG_HIGH 1 held=240
         300 Synchronizing lag=? checkpoint=-30  | Degraded LAG_HIGH 1 [LAG_HIGH:Warning CHECKPOINT_STALLED:Warning LAG_GROWING:Warning]
         360 Synchronizing lag=? checkpoint=300  | Degraded LAG_HIGH 1 [LAG_HIGH:Warning]",
    );
    check(
        "a failure does not interrupt it, a pause does",
        "0   Synchronizing checkpoint=0  | *
         100 Failed checkpoint=0         | *
         400 Synchronizing checkpoint=0  | Degraded LAG_HIGH 1 [LAG_CHECKPOINT_CONFLICT:Warning LAG_HIGH:Warning CHECKPOINT_STALLED:Warning RECOVERED:Info]
         500 Suspending checkpoint=0     | Suspended JOB_SUSPENDED 1
         700 Synchronizing checkpoint=0  | *
         990 Synchronizing checkpoint=0  | Degraded LAG_CRITICAL 1 [LAG_CHECKPOINT_CONFLICT:Warning LAG_CRITICAL:Warning LAG_GROWING:Warning]
         1000 Synchronizing checkpoint=0 | Degraded LAG_CRITICAL 2 [LAG_CRITICAL:Critical LAG_CHECKPOINT_CONFLICT:Warning CHECKPOINT_STALLED:Warning FLAPPING:Warning LAG_GROWING:Warning]",
    );
}

#[test]
fn a_poll_without_a_checkpoint_does_not_end_a_stall() {
    check(
        "one poll without a checkpoint",
        "0   Synchronizing lag=10 checkpoint=0  | *
         200 Synchronizing lag=10               | *
         400 Synchronizing lag=10 checkpoint=0  | Healthy - 0 pending=LAG_HIGH@400..520 [LAG_CHECKPOINT_CONFLICT:Notice LAG_HIGH:Notice CHECKPOINT_STALLED:Notice LAG_GROWING:Notice]",
    );
}

/// A paused job is not expected to advance: the stall counts from the first poll after the pause.
#[test]
fn a_pause_ends_a_stall() {
    for pause in ["Suspending checkpoint=0", "Suspending"] {
        check(
            pause,
            &format!(
                "0   Synchronizing lag=? checkpoint=0  | *
                 200 {pause}                           | *
                 600 Synchronizing lag=? checkpoint=0  | *
                 899 Synchronizing lag=? checkpoint=0  | Degraded LAG_CRITICAL 1 [LAG_CRITICAL:Warning LAG_GROWING:Warning]
                 900 Synchronizing lag=? checkpoint=0  | Degraded LAG_CRITICAL 2 [LAG_CRITICAL:Critical CHECKPOINT_STALLED:Warning LAG_GROWING:Warning]"
            ),
        );
    }
}

#[test]
fn a_load_that_does_not_grow_counts_from_the_first_poll_with_its_progress() {
    check(
        "a load",
        "0    Initializing rows=5  | Progressing INIT_RUNNING 0
         600  Initializing rows=5  | Progressing INIT_RUNNING 0
         1200 Initializing rows=5  | Progressing INIT_RUNNING 0
         1500 throttled            | Progressing INIT_RUNNING 0 held=1500
         1800 Initializing rows=5  | Degraded INIT_STALLED 1 [INIT_STALLED:Warning INIT_RUNNING:Info]
         2400 Initializing rows=6  | Progressing INIT_RUNNING 0
         3000 Initializing rows=6  | Progressing INIT_RUNNING 0",
    );
}

#[test]
fn stalls_are_found_at_the_same_moment_however_often_a_job_is_polled() {
    check_moment("CHECKPOINT_STALLED:Warning", 900, |now| {
        format!("Synchronizing lag=? checkpoint={}", now.min(600))
    });
    check_moment("INIT_STALLED:Warning", 2400, |now| format!("Initializing rows={}", now.min(600)));
}
