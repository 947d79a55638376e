//! The saved state of trackers: going on from it is the same as never having saved it.

use aliyun_dts_status::health::{Context, Policy, Scope, Tracker, Trackers};
use aliyun_dts_status::model::{InitializationStage, JobStatus, Outcome, StageStatus};
use aliyun_dts_status::{Response, SyncJob};
use proptest::prelude::*;
use proptest::sample::select;

use crate::builders::{DAY, at, codes, lagging};
use crate::polls::{Poll, result};
use crate::tracker::{any_polls, contexts};

fn through_json<T: serde::Serialize + serde::de::DeserializeOwned>(state: &T) -> T {
    serde_json::from_str(&serde_json::to_string(state).unwrap()).unwrap()
}

fn through_postcard<T: serde::Serialize + serde::de::DeserializeOwned>(state: &T) -> T {
    postcard::from_bytes(&postcard::to_stdvec(state).unwrap()).unwrap()
}

#[test]
fn a_saved_state_is_readable_and_checked() {
    let mut trackers = Trackers::new();
    let mut observe = |seconds, status| {
        let response = Response::from(lagging(status, 80, |_| {}));
        trackers.observe_outcome(&Outcome::response(response), &Context::at(at(seconds)), &Policy::default());
    };
    observe(0, "Synchronizing");
    observe(60, "Retrying");
    insta::assert_json_snapshot!(trackers);

    let text = serde_json::to_string(&trackers).unwrap();
    let read = |text: &str| serde_json::from_str::<Trackers>(text);
    assert_eq!(read(&text).unwrap(), trackers);
    for (from, to, message) in [
        ("\"version\":3", "\"version\":77", "a saved state of version 77, expected 1 to 3"),
        ("\"tracker\":[3,", "\"tracker\":[77,", "a saved state of version 77, expected 1 to 3"),
        ("\"tracker\":[3,", "\"tracker\":[", "invalid type: sequence, expected u32"),
        ("\"Forward\"", "\"Sideways\"", "unknown direction \"Sideways\""),
        ("\"Degraded\"", "\"Bad\"", "unknown verdict \"Bad\""),
        ("1610616210000000", "9000000000000000000", "invalid time 9000000000000000000"),
        ("1610616210000000", "-8334601228799000000", "invalid time -83346012288"),
        ("1610616210000000", "\"soon\"", "invalid type: string \"soon\", expected i64"),
    ] {
        assert!(text.contains(from), "{from}: {text}");
        let error = read(&text.replace(from, to)).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
    let error = serde_json::from_str::<Tracker>("[]").unwrap_err().to_string();
    assert!(error.starts_with("invalid length 0, expected a saved tracker"), "{error}");
}

/// Each time counts from the latest poll, and none may lead beyond the times that there are.
#[test]
fn every_saved_time_is_checked() {
    let trackers: Trackers = serde_json::from_str(include_str!("states/version-2.json")).unwrap();
    let saved = serde_json::to_value(&trackers).unwrap();
    for (job, time) in [
        (3, "/1/3/1"), // the begin of the status
        (3, "/1/5/0"), // the older poll, and its checkpoint
        (3, "/1/5/3/0"),
        (3, "/1/6/0"), // the latest poll, and its checkpoint
        (3, "/1/6/3/0"),
        (3, "/1/7/0/0"), // where the checkpoint is, and since when
        (3, "/1/7/0/1"),
        (0, "/1/7/1/1/1"), // since when the full load is where it is
        (6, "/1/8/1/0"),   // the first silent poll, and the one before
        (6, "/1/8/1/1"),
        (6, "/1/8/2"),   // the latest known lag
        (6, "/1/9/0"),   // the latest lag
        (3, "/1/9/2/0"), // the begin of a high lag, and of its calm
        (5, "/1/9/2/4"),
        (3, "/1/10/1"),   // the first busy poll
        (4, "/1/10/2/0"), // the begin of a quiet spell
    ] {
        let mut saved = saved.clone();
        let place = saved.pointer_mut(&format!("/trackers/{job}/tracker{time}")).unwrap();
        assert!(place.is_i64(), "{time}: {place}");
        *place = serde_json::json!(9_000_000_000_000_000_000_i64);
        let error = serde_json::from_value::<Trackers>(saved).unwrap_err().to_string();
        assert!(error.starts_with("invalid time -89983"), "{time}: {error}");
    }
}

#[test]
fn the_state_of_version_0_1_0_is_read() {
    let read = serde_json::from_str::<Trackers>(include_str!("states/0.1.0.json"));
    let mut trackers = read.unwrap();
    let (_, _, tracker) = trackers.iter().next().unwrap();
    assert_eq!(tracker.latest(), Some(at(60)));
    assert_eq!((tracker.status(), tracker.since()), (Some(&JobStatus::Retrying), Some(at(60))));
    // The status goes on.
    let response = Response::from(lagging("Retrying", 0, |_| {}));
    let outcome = Outcome::response(response);
    let later = trackers.observe_outcome(&outcome, &Context::at(at(120)), &Policy::default());
    assert_eq!(later.deadlines()[0].at, at(60 + 12 * 3600));
}

#[test]
fn the_state_of_version_2_is_read() {
    // Jobs that lag, that are quiet, silent or out of order, and with other statuses.
    let text = include_str!("states/version-2.json");
    let from_json: Trackers = serde_json::from_str(text).unwrap();
    let from_postcard: Trackers = postcard::from_bytes(include_bytes!("states/version-2.postcard")).unwrap();
    assert_eq!(from_json, from_postcard);
    assert_eq!(through_json(&from_json), from_json);
    assert_eq!(through_postcard(&from_json), from_json);
    let get = |job_id: &str| from_json.get(job_id, Scope::Forward).unwrap();
    assert_eq!(get("lagging").lagging_since(), Some(at(0)));
    assert_eq!(get("quiet").status(), Some(&JobStatus::Synchronizing));
    assert_eq!(get("unknown").status().map(JobStatus::as_str), Some("Rebalancing"));
    assert_eq!(get("silent").silent_since(), Some(at(120)));
    assert!(get("resumed").is_catching_up());
    assert_eq!(get("resumed").since(), Some(at(60)));
    assert_eq!(get("disordered").latest(), Some(at(60)));
    assert!(serde_json::from_str::<Trackers>(&text.replace("\"version\":2", "\"version\":0")).is_err());

    // What every rule remembers goes on: the lag still counts, the quiet source is still doubted.
    let policy = Policy::default();
    let mut trackers = from_json.clone();
    for (job_id, code) in [("lagging", "LAG_CRITICAL"), ("quiet", "IDLE_SOURCE_DOUBTED")] {
        let mut job = lagging("Synchronizing", 0, |_| {});
        job.job_id = Some(job_id.to_owned());
        (job.delay, job.delay_millis, job.checkpoint) = (None, None, None);
        let context = Context::at(at(330)).job_id(job_id.to_owned());
        let unknown = trackers.observe_outcome(&Outcome::response(Response::from(job)), &context, &policy);
        assert!(codes(&unknown).contains(&code), "{unknown:?}");
    }
    // The full load has copied nothing since the first poll.
    let mut job = lagging("Initializing", 0, |_| {});
    let mut stage = InitializationStage::default();
    (stage.status, stage.progress) = (Some(StageStatus::Migrating), Some(5));
    (job.job_id, job.data_stage) = (Some("copying".to_owned()), Some(stage));
    let outcome = Outcome::response(Response::from(job));
    for (seconds, is_stalled) in [(1799, false), (1800, true)] {
        let poll = from_json.clone().observe_outcome(&outcome, &Context::at(at(seconds)), &policy);
        assert_eq!(codes(&poll).contains(&"INIT_STALLED"), is_stalled, "{seconds}: {poll:?}");
    }
}

#[test]
fn fractions_of_seconds_are_kept() {
    let mut sample = SyncJob::lagging_sample();
    sample.checkpoint = None;
    for status in ["Synchronizing", "Retrying"] {
        let mut tracker = Tracker::new();
        sample.status = Some(status.into());
        for seconds in [0, 40] {
            let lag = tracker.observe(&sample, &Context::at(at(seconds)), &Policy::default()).lag();
            assert_eq!(lag.map(|lag| lag.num_milliseconds()), Some(900_123));
        }
        for mut restored in [through_json(&tracker), through_postcard(&tracker)] {
            assert_eq!(restored, tracker);
            // An unknown lag shows the last one.
            let mut unknown = sample.clone();
            (unknown.delay, unknown.delay_millis, unknown.synchronization_stage) = (None, None, None);
            let context = Context::at(at(80));
            let kept = restored.observe(&unknown, &context, &Policy::default());
            assert_eq!(kept, tracker.clone().observe(&unknown, &context, &Policy::default()));
            let mut evidence = kept.findings().iter().flat_map(|finding| &finding.evidence);
            assert!(evidence.any(|piece| piece.value.as_deref() == Some("900.123")), "{kept:?}");
        }
    }
}

#[test]
fn a_tracker_is_small() {
    let size = std::mem::size_of::<Tracker>();
    assert!(size <= 288, "{size} bytes");
}

/// Lines of the tables of polls.
fn any_lines() -> impl Strategy<Value = Vec<String>> {
    let interval = prop_oneof![8 => 5..120_i64, 2 => -200..4000_i64, 1 => -DAY..8 * DAY];
    let answer = prop_oneof![
        20 => select(vec![
            "Synchronizing lag=0", "Synchronizing lag=900", "Synchronizing lag=500", "Synchronizing lag=61.5",
            "Synchronizing lag=900 rps=0", "Synchronizing lag=4000.001 rps=0", "Synchronizing lag=?",
            "Synchronizing lag=? checkpoint=-30", "Synchronizing lag=? checkpoint=-30 rps=0",
        ]),
        5 => select(vec!["Retrying", "Retrying lag=900.123", "Failed", "Suspending", "Modifying lag=80", "Finished"]),
        3 => select(vec!["Initializing rows=5", "Initializing rows=6", "Rebalancing", "Rebalancing inc=Catched"]),
        5 => select(vec![
            "no-answer", "throttled", "refused", "not-found", "empty-body", "truncated", "web-page", "not-json",
            "no-status", "other-job", "lost-status",
        ]),
    ];
    let direction = prop_oneof![4 => Just(""), 1 => Just(" direction=Reverse")];
    let ahead = prop_oneof![20 => Just(""), 1 => Just(" not_after=0")];
    prop::collection::vec((interval, answer, direction, ahead), 1..40).prop_map(|polls| {
        let mut seconds = 0;
        let line = |(interval, answer, direction, ahead)| {
            seconds += interval;
            format!("{seconds} {answer}{direction}{ahead}")
        };
        polls.into_iter().map(line).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tracker_goes_on_from_its_saved_state(polls in any_polls()) {
        let policy = Policy::default();
        let mut tracker = Tracker::new();
        for ((_, job, _), context) in polls.iter().zip(contexts(&polls)) {
            let restored = [through_json(&tracker), through_postcard(&tracker)];
            let assessment = tracker.observe(job, &context, &policy);
            for mut restored in restored {
                prop_assert_eq!(&restored.observe(job, &context, &policy), &assessment);
                prop_assert_eq!(&restored, &tracker);
            }
        }
    }

    #[test]
    fn trackers_go_on_from_their_saved_state(lines in any_lines()) {
        let policy = Policy::default();
        let (mut trackers, mut by_json, mut by_postcard) = (Trackers::new(), Trackers::new(), Trackers::new());
        for line in &lines {
            let poll = Poll::read(line);
            let assessment = poll.observe(&mut trackers, &policy);
            for saved in [&mut by_json, &mut by_postcard] {
                let again = poll.observe(saved, &policy);
                prop_assert_eq!(&again, &assessment, "{}: {}", line, result(&again, true));
            }
            by_json = through_json(&by_json);
            by_postcard = through_postcard(&by_postcard);
            prop_assert_eq!((&by_json, &by_postcard), (&trackers, &trackers));
        }
    }
}
