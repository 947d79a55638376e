//! Any model judged at any time, by any thresholds, alone, after another, in a pair and in a fleet.
#![no_main]

use aliyun_dts_status::export::{HealthJson, nagios, openmetrics};
use aliyun_dts_status::health::{Topology, Tracker, Verdict, assess, compare, fleet, two_way};
use aliyun_dts_status::validate;
use aliyun_dts_status_fuzz::model;
use arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = judge(&mut Unstructured::new(bytes));
});

fn judge(bytes: &mut Unstructured<'_>) -> Result<()> {
    let policy = model::policy(bytes)?;
    let mut tracker = Tracker::new();
    let mut all = Vec::new();
    for _ in 0..3 {
        let (job, context) = (model::job(bytes)?, model::context(bytes)?);
        let _ = validate(&job);
        let alone = assess(&job, &context, &policy);
        // Health is never the answer to a call that failed, or to a job that does not say how it is.
        assert!(alone.verdict() != Verdict::Healthy || job.success != Some(false), "{job:?}");
        assert!(alone.verdict() != Verdict::Healthy || job.status.is_some(), "{job:?}");
        all.push(tracker.observe(&job, &context, &policy));
        if let Some(previous) = all.first() {
            all.push(compare(previous, alone, &policy));
        }
    }
    let pair = two_way(all.first().cloned(), all.last().cloned(), Topology::default());
    all.push(pair);
    for assessment in &all {
        let _ = nagios(assessment, &policy);
        let _ = serde_json::to_string(&HealthJson::job(assessment));
    }
    let _ = openmetrics(&all);
    let _ = serde_json::to_string(&HealthJson::fleet(&fleet(&all)));
    Ok(())
}
