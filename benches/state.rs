//! Saving and loading the state of many jobs: `cargo bench --bench state` prints the table.
//!
//! Bold numbers miss the goal, which is for saving and loading together.

mod support;

use std::hint::black_box;
use std::time::Duration;

use aliyun_dts_status::health::{Context, Policy, Scope, Tracker, Trackers};
use aliyun_dts_status::model::Outcome;
use aliyun_dts_status::{Response, SyncJob};
use chrono::{DateTime, TimeDelta};
use support::measure::{Effort, wall_time};

/// Limit of microseconds for a job and direction.
const MOST: f64 = 10.0;

fn main() {
    let effort = Effort::from_args();
    let (jobs, rounds) = if effort.is_smoke() { (100, 1) } else { (100_000, 5) };
    println!("\n## Saving and loading {jobs} jobs, at most {MOST} microseconds for each\n");
    println!(
        "| format | bytes a job | saving, microseconds | loading, microseconds | together |\n|---|--:|--:|--:|--:|"
    );
    let trackers = trackers(jobs);
    let json = || serde_json::to_vec(&trackers).expect("a state is saved");
    let from_json = |saved: &[u8]| serde_json::from_slice(saved).expect("a state is loaded");
    measure("JSON", jobs, rounds, &json, &from_json);
    let postcard = || postcard::to_stdvec(&trackers).expect("a state is saved");
    let from_postcard = |saved: &[u8]| postcard::from_bytes(saved).expect("a state is loaded");
    measure("postcard", jobs, rounds, &postcard, &from_postcard);
}

fn measure(
    format: &str,
    jobs: usize,
    rounds: u32,
    save: &dyn Fn() -> Vec<u8>,
    load: &dyn Fn(&[u8]) -> Trackers,
) {
    let [mut saving, mut loading] = [Duration::MAX; 2];
    let saved = save();
    for _ in 0..rounds {
        saving = saving.min(wall_time(|| drop(black_box(save()))));
        loading = loading.min(wall_time(|| {
            black_box(load(&saved));
        }));
    }
    let [saving, loading] = [saving, loading].map(|time| time.as_secs_f64() * 1e6 / jobs as f64);
    let together = saving + loading;
    let mark = if together > MOST { "**" } else { "" };
    let bytes = saved.len() / jobs;
    println!("| {format} | {bytes} | {saving:.2} | {loading:.2} | {mark}{together:.2}{mark} |");
}

/// Trackers of jobs that were polled for an hour, every second one with a lag.
fn trackers(jobs: usize) -> Trackers {
    let seconds = |seconds| TimeDelta::try_seconds(seconds).expect("a short time");
    let start = DateTime::from_timestamp(1_610_616_150, 123_456_789).expect("a time of today");
    let [healthy, lagging] = [1, 900].map(|lag| {
        let mut tracker = Tracker::new();
        for minute in 0..60 {
            let now = start + seconds(minute * 60);
            let mut job = SyncJob::sample();
            job.checkpoint = Some(now - seconds(lag));
            job.performance.get_or_insert_default().rps = Some(5.0);
            let outcome = Outcome::response(Response::from(job));
            tracker.observe_outcome(&outcome, &Context::at(now), &Policy::default());
        }
        tracker
    });
    let entry = |number| {
        let tracker = if number % 2 == 0 { &healthy } else { &lagging };
        (format!("dtsexjk1alb1{number:06}"), Scope::Forward, tracker.clone())
    };
    (0..jobs).map(entry).collect()
}
