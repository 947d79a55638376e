//! A state that is saved and loaded at every poll goes on as one that never was.

use aliyun_dts_status::health::{Policy, Trackers};

use crate::series::series;

/// Runs random series with the state saved and loaded after every poll, and never.
fn check(format: &str, save_and_load: impl Fn(&Trackers) -> Trackers) {
    let policy = Policy::default();
    for seed in 0..60 {
        let (mut kept, mut saved) = (Trackers::new(), Trackers::new());
        for (index, poll) in series(20_000 + seed, 80, seed % 3 == 0).iter().enumerate() {
            let one = kept.observe_outcome(&poll.outcome, &poll.context, &policy);
            let other = saved.observe_outcome(&poll.outcome, &poll.context, &policy);
            assert_eq!(one, other, "{format}, series {seed}, poll {index}: {}", poll.summary());
            saved = save_and_load(&saved);
            assert_eq!(kept, saved, "{format}, series {seed}, after poll {index}: {}", poll.summary());
        }
    }
}

#[test]
fn a_state_survives_json() {
    check("JSON", |trackers| serde_json::from_str(&serde_json::to_string(trackers).unwrap()).unwrap());
}

#[test]
fn a_state_survives_postcard() {
    check("postcard", |trackers| postcard::from_bytes(&postcard::to_allocvec(trackers).unwrap()).unwrap());
}
