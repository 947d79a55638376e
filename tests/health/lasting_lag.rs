//! A lag counts once it has lasted, until it is clearly gone, and less while the job catches up.

use aliyun_dts_status::health::{Policy, Trackers};
use chrono::TimeDelta;

use crate::polls::{Poll, check, check_by, check_moment};

#[test]
fn a_lag_counts_after_120_s() {
    check(
        "polled every 60 s",
        "0   Synchronizing lag=0   | Healthy - 0
         60  Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@60..180 [LAG_HIGH:Notice LAG_GROWING:Notice]
         120 Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@60..180 [LAG_HIGH:Notice]
         180 Synchronizing lag=80  | Degraded LAG_HIGH 1 [LAG_HIGH:Warning]",
    );
    check(
        "polled every 10 s, at the threshold and above it",
        "0   Synchronizing lag=60  | Healthy - 0
         10  Synchronizing lag=61  | Healthy - 0 pending=LAG_HIGH@10..130
         120 Synchronizing lag=61  | Healthy - 0 pending=LAG_HIGH@10..130
         129 Synchronizing lag=61  | Healthy - 0 pending=LAG_HIGH@10..130
         130 Synchronizing lag=61  | Degraded LAG_HIGH 1",
    );
    check(
        "with another status the base verdict remains",
        "0   Modifying lag=0                  | Progressing JOB_MODIFYING 0
         60  Modifying lag=700                | Progressing JOB_MODIFYING 0 pending=LAG_CRITICAL@60..180
         120 Retrying lag=700                 | Degraded JOB_RETRYING 1 pending=LAG_CRITICAL@60..180
         150 Synchronizing lag=700 inc=Failed | Failed INCREMENTAL_FAILED 2 pending=LAG_CRITICAL@60..180",
    );
    check(
        "the other findings of a lag are held back with it",
        "0   Synchronizing lag=0 checkpoint=0     | Healthy - 0 []
         200 Synchronizing lag=200 checkpoint=100 | Healthy - 0 pending=LAG_HIGH@200..320 [LAG_CHECKPOINT_CONFLICT:Notice LAG_HIGH:Notice LAG_GROWING:Notice]",
    );
    check_moment("LAG_HIGH:Warning", 415, |now| {
        format!("Synchronizing lag={}", if now < 295 { 0 } else { 90 })
    });
    check_moment("LAG_CRITICAL:Critical", 1460, |now| format!("Synchronizing lag={}", (now - 850).max(0)));
}

#[test]
fn one_good_poll_does_not_restart_the_clock_and_two_over_60_s_do() {
    check(
        "one good poll",
        "0   Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@0..120
         60  Synchronizing lag=60  | Healthy - 0
         120 Synchronizing lag=80  | Degraded LAG_HIGH 1",
    );
    check(
        "one good poll for 300 s",
        "0   Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@0..120
         300 Synchronizing lag=60  | Healthy - 0
         600 Synchronizing lag=80  | Degraded LAG_HIGH 1",
    );
    check(
        "two good polls in 59 s",
        "0   Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@0..120
         30  Synchronizing lag=60  | Healthy - 0
         89  Synchronizing lag=60  | Healthy - 0
         120 Synchronizing lag=80  | Degraded LAG_HIGH 1",
    );
    check(
        "two good polls in 60 s",
        "0   Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@0..120
         30  Synchronizing lag=60  | Healthy - 0
         90  Synchronizing lag=60  | Healthy - 0
         120 Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@120..240",
    );
    check(
        "a poll at which no lag is judged",
        "0   Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@0..120
         60  Suspending            | Suspended JOB_SUSPENDED 1
         120 Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@120..240",
    );
    check(
        "a poll with an unknown lag and one that says nothing",
        "0   Synchronizing lag=80  | Healthy - 0 pending=LAG_HIGH@0..120
         40  Synchronizing lag=?   | *
         80  no-answer             | *
         120 Synchronizing lag=80  | Degraded LAG_HIGH 1",
    );
}

#[test]
fn a_lag_that_must_be_older_than_the_polls_counts_at_once() {
    check("at the first poll", "0 Synchronizing lag=179.999 | Healthy - 0 pending=LAG_HIGH@0..120");
    check("at the first poll", "0 Synchronizing lag=180 | Degraded LAG_HIGH 1");
    check("at the first poll", "0 Synchronizing lag=900 | Degraded LAG_CRITICAL 2");
    check(
        "300 s after the poll before",
        "0   Synchronizing lag=0    | Healthy - 0
         300 Synchronizing lag=900  | Healthy - 0 pending=LAG_CRITICAL@300..420",
    );
    check(
        "301 s after the poll before",
        "0   Synchronizing lag=0    | Healthy - 0
         301 Synchronizing lag=900  | Degraded LAG_CRITICAL 2",
    );
    check(
        "301 s after the last poll with a lag",
        "0   Synchronizing lag=0    | Healthy - 0
         150 Synchronizing lag=?    | Degraded LAG_UNKNOWN 1
         301 Synchronizing lag=900  | Degraded LAG_CRITICAL 2",
    );
}

#[test]
fn a_short_pause_does_not_make_the_previous_poll_with_a_lag_older() {
    check(
        "a pause of 200 s",
        "0   Synchronizing lag=0    | Healthy - 0
         60  Suspending             | Suspended JOB_SUSPENDED 1
         200 Suspending             | Suspended JOB_SUSPENDED 1
         260 Synchronizing lag=250  | Healthy - 0 pending=LAG_HIGH@260..380",
    );
}

#[test]
fn a_lag_counts_until_it_is_below_80_percent_for_60_s() {
    check(
        "critical, then high, then gone",
        "0   Synchronizing lag=900  | Degraded LAG_CRITICAL 2
         60  Synchronizing lag=500  | Degraded LAG_CRITICAL 2
         120 Synchronizing lag=480  | Degraded LAG_CRITICAL 2
         150 Synchronizing lag=480  | Degraded LAG_CRITICAL 2
         180 Synchronizing lag=480  | Degraded LAG_HIGH 1
         240 Synchronizing lag=60   | Degraded LAG_HIGH 1
         300 Synchronizing lag=49   | Degraded LAG_HIGH 1
         360 Synchronizing lag=48   | Degraded LAG_HIGH 1
         420 Synchronizing lag=48   | Healthy - 0 []",
    );
    check(
        "around the threshold the verdict does not change",
        "0   Synchronizing lag=601  | Degraded LAG_CRITICAL 2
         60  Synchronizing lag=480  | Degraded LAG_CRITICAL 2
         120 Synchronizing lag=599  | Degraded LAG_CRITICAL 2
         180 Synchronizing lag=480  | Degraded LAG_CRITICAL 2
         240 Synchronizing lag=601  | Degraded LAG_CRITICAL 2 [LAG_CRITICAL:Critical LAG_GROWING:Warning]",
    );
    check(
        "one poll every 300 s is not enough",
        "0   Synchronizing lag=200  | Degraded LAG_HIGH 1
         300 Synchronizing lag=0    | Degraded LAG_HIGH 1
         600 Synchronizing lag=0    | Healthy - 0",
    );
    check(
        "a poll at which no lag is judged ends it",
        "0   Synchronizing lag=900  | Degraded LAG_CRITICAL 2
         60  Suspending             | Suspended JOB_SUSPENDED 1
         120 Synchronizing lag=70   | Healthy - 0 pending=LAG_HIGH@120..240",
    );
    check(
        "an unknown lag does not",
        "0   Synchronizing lag=900  | Degraded LAG_CRITICAL 2
         60  Synchronizing lag=?    | Degraded LAG_CRITICAL 2
         120 Synchronizing lag=500  | Degraded LAG_CRITICAL 2",
    );
    let mut at_once = Policy::default();
    at_once.calm_for = TimeDelta::zero();
    check_by(
        "two polls at least",
        &at_once,
        "0   Synchronizing lag=900  | Degraded LAG_CRITICAL 2
         60  Synchronizing lag=0    | Degraded LAG_CRITICAL 2
         120 Synchronizing lag=0    | Healthy - 0",
    );
    let (mut trackers, policy) = (Trackers::new(), Policy::default());
    let mut message = |line| {
        let assessment = Poll::read(line).observe(&mut trackers, &policy);
        assessment.cause().unwrap().message.clone()
    };
    assert!(!message("0 Synchronizing lag=900").contains("before"));
    let kept = message("60 Synchronizing lag=500");
    assert!(kept.contains("it was above 10 min before"), "{kept}");
}

#[test]
fn the_message_of_a_kept_lag_is_true() {
    let (mut trackers, policy) = (Trackers::new(), Policy::default());
    Poll::read("0 Synchronizing lag=900").observe(&mut trackers, &policy);
    let kept = Poll::read("60 Synchronizing lag=500").observe(&mut trackers, &policy);
    let message = &kept.cause().unwrap().message;
    assert!(!message.contains("lags the source by more than the critical threshold"), "{message}");
}

#[test]
fn a_job_that_catches_up_is_at_most_a_warning() {
    check(
        "for three polls from the last one with another status or a shrinking lag",
        "0   Failed                  | Failed JOB_FAILED 2
         600 Synchronizing lag=1000  | Degraded LAG_CRITICAL 1
         660 Synchronizing lag=1060  | Degraded LAG_CRITICAL 1
         720 Synchronizing lag=1120  | Degraded LAG_CRITICAL 2
         780 Synchronizing lag=1000  | Degraded LAG_CRITICAL 1
         840 Synchronizing lag=1060  | Degraded LAG_CRITICAL 1
         900 Synchronizing lag=1120  | Degraded LAG_CRITICAL 1
         960 Synchronizing lag=1180  | Degraded LAG_CRITICAL 2",
    );
    check(
        "a poll with another status is one of them",
        "0  Retrying lag=900       | Degraded JOB_RETRYING 1
         60 Synchronizing lag=900  | Degraded LAG_CRITICAL 1",
    );
    check(
        "until the lag is low once",
        "0    Failed                 | Failed JOB_FAILED 2
         60   Synchronizing lag=60   | Healthy - 0
         1000 Synchronizing lag=900  | Degraded LAG_CRITICAL 2",
    );
    check(
        "only after another status",
        "0  Synchronizing lag=1000  | Degraded LAG_CRITICAL 2
         60 Synchronizing lag=900   | Degraded LAG_CRITICAL 2",
    );
    check(
        "the lag that is kept after it stays a warning",
        "0   Failed                 | Failed JOB_FAILED 2
         600 Synchronizing lag=700  | Degraded LAG_CRITICAL 1
         660 Synchronizing lag=590  | Degraded LAG_CRITICAL 1 [LAG_CRITICAL:Warning LAG_SHRINKING:Info]
         720 Synchronizing lag=590  | Degraded LAG_CRITICAL 1
         780 Synchronizing lag=590  | Degraded LAG_CRITICAL 1
         840 Synchronizing lag=590  | Degraded LAG_CRITICAL 1",
    );
    check(
        "also a position that is a day old",
        "0   Suspending checkpoint=-90000                 | *
         60  Synchronizing lag=? checkpoint=-90000        | Degraded LAG_CRITICAL 1 [LAG_CRITICAL:Warning LOG_RETENTION_RISK:Warning]",
    );
}

#[test]
fn the_reason_says_when_the_job_has_caught_up() {
    let (mut trackers, policy) = (Trackers::new(), Policy::default());
    let mut cause = |line| Poll::read(line).observe(&mut trackers, &policy).cause().unwrap().clone();
    cause("0 Failed");
    assert!(!cause("600 Synchronizing lag=1120").message.contains("caught up"));
    let shrinking = cause("660 Synchronizing lag=1000");
    assert!(shrinking.message.contains("caught up"), "{}", shrinking.message);
    // 120 s less in 60 s: the other 1000 s take 500 s.
    assert!(shrinking.evidence.iter().any(|piece| piece.value.as_deref() == Some("500")), "{shrinking:?}");
}
