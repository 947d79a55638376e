//! A quiet source is believed to be idle only as the job's own past allows.

use crate::polls::{check, check_moment};

#[test]
fn without_a_past_a_quiet_source_is_doubted_after_an_hour() {
    check(
        "by the reported lag",
        "0    Synchronizing lag=0 rps=0     | Healthy - 0
         1000 Synchronizing lag=1000 rps=0  | Degraded LAG_HIGH 1
         3600 Synchronizing lag=3600 rps=0  | Degraded LAG_HIGH 1
         3601 Synchronizing lag=3601 rps=0  | Degraded IDLE_SOURCE_DOUBTED 2
         3700 Synchronizing lag=0 rps=40    | *",
    );
    check(
        "the age of the checkpoint counts only where no lag is reported",
        "0    Synchronizing lag=0 checkpoint=0 rps=0    | Healthy - 0
         4000 Synchronizing lag=100 checkpoint=0 rps=0  | Degraded LAG_HIGH 1
         4060 Synchronizing lag=? checkpoint=0 rps=0    | Degraded IDLE_SOURCE_DOUBTED 2",
    );
    check_moment("IDLE_SOURCE_DOUBTED:Critical", 4200, |now| {
        format!("Synchronizing lag={} rps=0", (now - 600).max(0))
    });
}

#[test]
fn a_source_known_to_be_busy_is_doubted_at_a_critical_lag() {
    check(
        "busy an hour before it became quiet",
        "0    Synchronizing lag=0 rps=40   | Healthy - 0
         3600 Synchronizing lag=61 rps=0   | Healthy - 0 pending=LAG_HIGH@3600..3720
         4140 Synchronizing lag=600 rps=0  | Degraded LAG_HIGH 1
         4200 Synchronizing lag=601 rps=0  | Degraded IDLE_SOURCE_DOUBTED 2",
    );
    check(
        "busy for less than an hour",
        "0    Synchronizing lag=0 rps=40   | Healthy - 0
         3599 Synchronizing lag=61 rps=0   | Healthy - 0 pending=LAG_HIGH@3599..3719
         4140 Synchronizing lag=600 rps=0  | Degraded LAG_HIGH 1
         4200 Synchronizing lag=661 rps=0  | Degraded LAG_HIGH 1",
    );
}

#[test]
fn a_quiet_spell_that_ended_well_is_learnt() {
    check(
        "three times its largest lag is believed",
        "0    Synchronizing lag=0 rps=40    | Healthy - 0
         600  Synchronizing lag=500 rps=0   | Degraded LAG_HIGH 1
         630  Synchronizing lag=400 rps=0   | Degraded LAG_HIGH 1
         660  Synchronizing lag=60 rps=40   | Degraded LAG_HIGH 1
         720  Synchronizing lag=0 rps=40    | Degraded LAG_HIGH 1
         780  Synchronizing lag=0 rps=40    | Healthy - 0
         4320 Synchronizing lag=1500 rps=0  | Degraded LAG_HIGH 1
         4321 Synchronizing lag=1501 rps=0  | Degraded IDLE_SOURCE_DOUBTED 2",
    );
    check(
        "a critical lag at least",
        "0    Synchronizing lag=0 rps=40    | *
         600  Synchronizing lag=100 rps=0   | *
         660  Synchronizing lag=0 rps=0     | *
         4320 Synchronizing lag=600 rps=0   | Degraded LAG_HIGH 1
         4321 Synchronizing lag=601 rps=0   | Degraded IDLE_SOURCE_DOUBTED 2",
    );
}

#[test]
fn a_spell_with_a_lag_to_drain_is_not_learnt() {
    check(
        "the poll after the spell still has a lag",
        "0    Synchronizing lag=0 rps=40    | Healthy - 0
         600  Synchronizing lag=500 rps=0   | Degraded LAG_HIGH 1
         660  Synchronizing lag=300 rps=40  | Degraded LAG_HIGH 1
         720  Synchronizing lag=0 rps=40    | *
         780  Synchronizing lag=0 rps=40    | Healthy - 0
         4320 Synchronizing lag=700 rps=0   | Degraded IDLE_SOURCE_DOUBTED 2",
    );
    check(
        "the spell ended with a pause",
        "0    Synchronizing lag=0 rps=40    | Healthy - 0
         600  Synchronizing lag=500 rps=0   | Degraded LAG_HIGH 1
         660  Suspending                    | Suspended JOB_SUSPENDED 1
         720  Synchronizing lag=0 rps=40    | Healthy - 0
         4320 Synchronizing lag=700 rps=0   | Degraded IDLE_SOURCE_DOUBTED 2",
    );
}
