//! The space that the trackers of many jobs take, in memory and saved. A program of its own, as the allocator counts
//! everything in it.

use std::alloc::System;

use aliyun_dts_status::health::{Context, Policy, Scope, Tracker, Trackers};
use aliyun_dts_status::model::{InitializationStage, JobStatus, Outcome, StageStatus};
use aliyun_dts_status::{Response, SyncJob};
use chrono::{DateTime, TimeDelta};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const JOBS: usize = 100_000;

/// Limit of bytes in memory for a job and direction, with its id of 18 characters.
const MOST_IN_MEMORY: usize = 400;

/// Limit of bytes in JSON for a job and direction.
const MOST_IN_JSON: usize = 600;

/// One test, because parallel tests would count each other's heap.
#[test]
fn a_job_takes_little_space() {
    for (kind, tracker) in kinds() {
        for (order, step) in [("rising", 1), ("mixed", 7_919)] {
            let before = held();
            let mut trackers = Trackers::new();
            for index in 0..JOBS {
                let number = index * step % JOBS;
                trackers.insert(&format!("dtsexjk1alb1{number:06}"), Scope::Forward, tracker.clone());
            }
            assert_eq!(trackers.len(), JOBS);
            let bytes = (held() - before).div_ceil(JOBS);
            assert!(bytes <= MOST_IN_MEMORY, "{kind}, {order}: {bytes} bytes in memory");
        }
        let trackers: Trackers = (0..1_000)
            .map(|number| (format!("dtsexjk1alb1{number:06}"), Scope::Forward, tracker.clone()))
            .collect();
        let json = serde_json::to_string(&trackers).unwrap();
        let bytes = json.len().div_ceil(trackers.len());
        assert!(bytes <= MOST_IN_JSON, "{kind}: {bytes} bytes in JSON");
        assert_eq!(serde_json::from_str::<Trackers>(&json).unwrap(), trackers);
    }
}

/// Bytes on the heap.
fn held() -> usize {
    let stats = HEAP.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}

/// Jobs of each kind that makes a tracker remember most, after an hour of polls.
fn kinds() -> Vec<(&'static str, Tracker)> {
    let seconds = |seconds| TimeDelta::try_seconds(seconds).unwrap();
    let start = DateTime::from_timestamp(1_610_616_150, 123_456_789).unwrap();
    let follow = |change: &dyn Fn(&mut SyncJob, i64)| {
        let mut tracker = Tracker::new();
        for minute in 0..60 {
            let now = start + seconds(minute * 60);
            let mut job = SyncJob::sample();
            job.checkpoint = Some(now - seconds(6));
            change(&mut job, minute);
            let outcome = Outcome::response(Response::from(job));
            tracker.observe_outcome(&outcome, &Context::at(now), &Policy::default());
        }
        tracker
    };
    vec![
        ("healthy", follow(&|job, _| job.performance.get_or_insert_default().rps = Some(5.0))),
        (
            "flapping",
            follow(&|job, minute| {
                job.status = Some(if minute % 2 == 0 { JobStatus::Synchronizing } else { JobStatus::Failed });
            }),
        ),
        (
            "lagging",
            follow(&|job, _| {
                job.delay = Some(seconds(123_456));
                job.performance.get_or_insert_default().rps = Some(5.0);
            }),
        ),
        (
            "quiet",
            follow(&|job, minute| {
                job.checkpoint = Some(start);
                job.delay = Some(seconds(minute * 60));
                job.performance.get_or_insert_default().rps = Some(0.0);
            }),
        ),
        (
            "copying",
            follow(&|job, _| {
                job.status = Some(JobStatus::Initializing);
                let mut stage = InitializationStage::default();
                (stage.status, stage.progress) = (Some(StageStatus::Migrating), Some(123_456_789_012));
                job.data_stage = Some(stage);
            }),
        ),
    ]
}
