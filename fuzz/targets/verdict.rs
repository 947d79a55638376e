//! Verdicts on any models, at any time, with any thresholds: single, over time, in pairs and in a fleet.
#![no_main]

use aliyun_dts_status::export::{Dialect, HealthJson, metrics, nagios};
use aliyun_dts_status::health::{
    Context, Policy, PolicyUnit, PolicyValue, Topology, Tracker, Verdict, assess, compare, fleet, two_way,
};
use aliyun_dts_status::model::Direction;
use aliyun_dts_status::validate;
use aliyun_dts_status_fuzz::Choices;
use aliyun_dts_status_fuzz::models::{Values, job, seconds, time};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let from = &mut Choices::new(bytes);
    let policy = policy(from);
    let mut tracker = Tracker::new();
    let mut all = Vec::new();
    for _ in 0..3 {
        let (job, context) = (job(Values::Free, from), context(from));
        let _ = validate(&job);
        let alone = assess(&job, &context, &policy);
        // A failed call or a job without a status is never Healthy.
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
    let _ = metrics(&all, Dialect::Prometheus);
    let _ = serde_json::to_string(&HealthJson::fleet(&fleet(&all)));
});

/// When and in which direction a job was asked for.
fn context(from: &mut Choices<'_>) -> Context {
    let now = time(Values::Free, from);
    let observed_at = from.maybe(|from| time(Values::Free, from)).unwrap_or(now);
    let direction = from.any(&["Forward", "Reverse", "Sideways"]);
    let since = from.maybe(|from| time(Values::Free, from));
    Context::at(now).observed_at(observed_at).since(since).direction(Direction::from(direction))
}

/// The default thresholds, or any.
fn policy(from: &mut Choices<'_>) -> Policy {
    let mut policy = Policy::default();
    if from.seldom(4) {
        for field in Policy::FIELDS {
            let value = match field.unit {
                PolicyUnit::Length => from.maybe(|from| seconds(Values::Free, from)).map(PolicyValue::Length),
                PolicyUnit::Time => Some(PolicyValue::Time(from.maybe(|from| time(Values::Free, from)))),
                _ => None,
            };
            if let Some(value) = value {
                assert!(policy.set_value(field.name, value), "{}", field.name);
            }
        }
    }
    policy
}
