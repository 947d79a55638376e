//! Poll after poll: what a tracker adds to the judgement of each.

use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, Policy, Scope, Severity, Tracker, Trackers, Verdict, assess, compare,
};
use aliyun_dts_status::model::{Direction, InitializationStage, JobStatus, Outcome, StageStatus};
use aliyun_dts_status::{Fault, Response, SyncJob};
use chrono::{DateTime, Utc};
use proptest::prelude::*;

use crate::builders::{DAY, HOUR, MINUTE, at, codes, lagging, secs, severity};
use crate::invariants::check_shape;
use crate::strategy::{any_context, any_job};

/// The job so many seconds behind, by its delay alone.
fn behind(status: &'static str, seconds: i64) -> SyncJob {
    lagging(status, seconds, |job| {
        job.checkpoint = None;
        job.performance.as_mut().unwrap().rps = Some(40.0);
    })
}

/// The verdicts on polls a minute apart: each a status and a lag in seconds.
fn verdicts(tracker: &mut Tracker, polls: &[(&'static str, i64)]) -> Vec<Told> {
    let first = tracker.latest().map_or(at(0), |latest| latest + secs(MINUTE));
    let mut told = Vec::new();
    for (index, (status, lag)) in polls.iter().enumerate() {
        let now = first + secs(index as i64 * MINUTE);
        let assessment = tracker.observe(&behind(status, *lag), &Context::at(now), &Policy::default());
        told.push((assessment.verdict(), assessment.reason().map(FindingCode::as_str)));
    }
    told
}

type Told = (Verdict, Option<&'static str>);

const HEALTHY: Told = (Verdict::Healthy, None);

#[test]
fn lag_counts_when_it_lasts_and_failures_count_at_once() {
    use Verdict::{Degraded, Failed, Progressing, Suspended};
    const HIGH: Told = (Degraded, Some("LAG_HIGH"));
    const CRITICAL: Told = (Degraded, Some("LAG_CRITICAL"));
    type Case = (&'static str, &'static [(&'static str, i64)], &'static [Told]);
    let table: &[Case] = &[
        (
            "the third in a row",
            &[("Synchronizing", 0), ("Synchronizing", 80), ("Synchronizing", 80), ("Synchronizing", 80)],
            &[HEALTHY, HEALTHY, HEALTHY, HIGH],
        ),
        (
            "also where the first poll lags, and however much",
            &[("Synchronizing", 900), ("Synchronizing", 900), ("Synchronizing", 900), ("Synchronizing", 80)],
            &[HEALTHY, HEALTHY, CRITICAL, HIGH],
        ),
        (
            "two in a row and a good one begin anew",
            &[
                ("Synchronizing", 80),
                ("Synchronizing", 80),
                ("Synchronizing", 60),
                ("Synchronizing", 80),
                ("Synchronizing", 80),
                ("Synchronizing", 80),
            ],
            &[HEALTHY, HEALTHY, HEALTHY, HEALTHY, HEALTHY, HIGH],
        ),
        (
            "a failure at once, and the lag after it too",
            &[("Synchronizing", 0), ("Failed", 0), ("Synchronizing", 900), ("Synchronizing", 0)],
            &[HEALTHY, (Failed, Some("JOB_FAILED")), CRITICAL, HEALTHY],
        ),
        (
            "the lag after a pause at once",
            &[("Suspending", 0), ("Synchronizing", 900)],
            &[(Suspended, Some("JOB_SUSPENDED")), CRITICAL],
        ),
        (
            "polls with lag and another reason are in the row",
            &[("Synchronizing", 0), ("Retrying", 80), ("Retrying", 80), ("Synchronizing", 80)],
            &[HEALTHY, (Degraded, Some("JOB_RETRYING")), (Degraded, Some("JOB_RETRYING")), HIGH],
        ),
        (
            "as well as it is otherwise",
            &[("Synchronizing", 0), ("Modifying", 80), ("Modifying", 80), ("Modifying", 80)],
            &[HEALTHY, (Progressing, Some("JOB_MODIFYING")), (Progressing, Some("JOB_MODIFYING")), HIGH],
        ),
    ];
    for (name, polls, expected) in table {
        assert_eq!(verdicts(&mut Tracker::new(), polls), *expected, "{name}");
    }
}

#[test]
fn lag_held_back_stands_among_the_findings() {
    let mut tracker = Tracker::new();
    let policy = Policy::default();
    let mut poll = |minute: i64, lag| {
        let now = at(minute * MINUTE);
        tracker.observe(&behind("Synchronizing", lag), &Context::at(now), &policy)
    };
    poll(0, 0);
    let first = poll(1, 700);
    assert_eq!(codes(&first), ["LAG_CRITICAL", "LAG_GROWING"]);
    assert_eq!(first.severity(), Some(Severity::Notice));
    assert_eq!((first.lag(), first.exit_code()), (Some(secs(700)), 0));
    assert!(first.findings().iter().all(|finding| finding.floor().is_none()));
    poll(2, 760);
    let third = poll(3, 820);
    assert_eq!(codes(&third), ["LAG_CRITICAL", "LAG_GROWING"]);
    assert_eq!((third.severity(), third.exit_code()), (Some(Severity::Critical), 2));
}

#[test]
fn polls_with_other_troubles_are_no_polls_with_lag() {
    let mut tracker = Tracker::new();
    let mut poll = |minute: i64, lag| {
        let mut job = behind("Modifying", lag);
        job.err_code = Some("InternalError".into());
        tracker.observe(&job, &Context::at(at(minute * MINUTE)), &Policy::default()).severity()
    };
    assert_eq!([poll(0, 0), poll(1, 0)], [Some(Severity::Warning); 2]);
    // Held back, as any first poll with lag.
    let mut job = behind("Modifying", 700);
    job.err_code = None;
    let told = tracker.observe(&job, &Context::at(at(2 * MINUTE)), &Policy::default());
    assert_eq!(told.severity(), Some(Severity::Notice));
}

#[test]
fn flapping_begins_and_ends() {
    let mut tracker = Tracker::new();
    let flip = [("Synchronizing", 0), ("Retrying", 0)];
    let flapping = |tracker: &mut Tracker, polls: &[(&'static str, i64)]| {
        verdicts(tracker, polls).into_iter().map(|(_, reason)| reason == Some("FLAPPING")).collect::<Vec<_>>()
    };
    assert_eq!(flapping(&mut tracker, &[flip[0], flip[1], flip[0], flip[1], flip[0]]), [false; 5]);
    assert!(!tracker.is_flapping(), "four changes are no more than a fifth");
    verdicts(&mut tracker, &flip[1..]);
    assert!(tracker.is_flapping());

    // It is degraded throughout, and its own findings come first where they weigh the same.
    let told = verdicts(&mut tracker, &[flip[0], flip[1], ("Failed", 0)]);
    assert_eq!(told[0], (Verdict::Degraded, Some("FLAPPING")));
    assert_eq!(told[1], (Verdict::Degraded, Some("JOB_RETRYING")));
    assert_eq!(told[2], (Verdict::Failed, Some("JOB_FAILED")));

    // The last change is that to the first calm poll; twenty polls without one must follow.
    let calm = flapping(&mut tracker, &[flip[0]; 22]);
    assert_eq!(calm.iter().filter(|on| **on).count(), 20, "{calm:?}");
    assert_eq!(calm[20..], [false, false]);
    assert!(!tracker.is_flapping());
}

#[test]
fn a_stall_shows_however_often_the_job_is_polled() {
    for interval in [10, 30, 60, 299, 300, 900] {
        let mut tracker = Tracker::new();
        let mut first = None;
        for index in 0..=3600 / interval {
            let now = at(index * interval);
            let job = lagging("Synchronizing", 30, |job| {
                job.checkpoint = Some(at(-30));
                job.performance.as_mut().unwrap().rps = Some(40.0);
            });
            let assessment = tracker.observe(&job, &Context::at(now), &Policy::default());
            let stalled =
                assessment.findings().iter().find(|finding| finding.code.as_str() == "CHECKPOINT_STALLED");
            if let Some(finding) = stalled {
                first.get_or_insert(index * interval);
                assert_eq!(finding.severity, Severity::Critical);
                assert_eq!(
                    finding.evidence[1].value.as_deref(),
                    Some("2021-01-14T09:22:30Z"),
                    "the first poll"
                );
            }
        }
        let expected = (300 + interval - 1) / interval * interval;
        assert_eq!(first, Some(expected), "every {interval} s");
    }
}

#[test]
fn a_stage_that_stands_still_shows_too() {
    let mut tracker = Tracker::new();
    let mut poll = |minute: i64, rows| {
        let mut job = lagging("Initializing", 0, |_| {});
        let mut stage = InitializationStage::default();
        (stage.status, stage.progress) = (Some(StageStatus::Migrating), Some(rows));
        job.data_stage = Some(stage);
        codes(&tracker.observe(&job, &Context::at(at(minute * MINUTE)), &Policy::default()))
    };
    for minute in 0..40 {
        let rows = if minute < 5 { minute } else { 5 };
        let stalled = poll(minute, rows).contains(&"INIT_STALLED");
        assert_eq!(stalled, minute >= 35, "{minute}");
    }
    assert!(!poll(40, 6).contains(&"INIT_STALLED"));
    assert!(!poll(41, 6).contains(&"INIT_STALLED"));
}

/// Polls two hundred seconds apart: a status, and how far it has come.
type Steps = &'static [(&'static str, i64)];

#[test]
fn what_moved_or_stopped_in_between_stands_still_anew() {
    let table: &[(Steps, usize)] = &[
        (&[("Synchronizing", 0), ("Synchronizing", 0), ("Synchronizing", 0)], 2),
        (&[("Synchronizing", 0), ("Synchronizing", 1), ("Synchronizing", 1), ("Synchronizing", 1)], 3),
        (
            &[
                ("Synchronizing", 0),
                ("Suspending", 0),
                ("Synchronizing", 0),
                ("Synchronizing", 0),
                ("Synchronizing", 0),
            ],
            4,
        ),
        // Any status of a running job will do.
        (&[("Synchronizing", 0), ("Retrying", 0), ("Upgrade", 0)], 2),
    ];
    for (polls, expected) in table {
        let mut tracker = Tracker::new();
        let first = polls.iter().enumerate().find(|(index, (status, moved))| {
            let job = lagging(status, 0, |job| job.checkpoint = Some(at(moved - 30)));
            let now = at(*index as i64 * 200);
            let told = tracker.observe(&job, &Context::at(now), &Policy::default());
            codes(&told).contains(&"CHECKPOINT_STALLED")
        });
        assert_eq!(first.map(|(index, _)| index), Some(*expected), "{polls:?}");
    }
    let table: &[(Steps, usize)] = &[
        (&[("Migrating", 5), ("Migrating", 5), ("Migrating", 5), ("Migrating", 5)], 3),
        (&[("Migrating", 4), ("Migrating", 5), ("Migrating", 5), ("Migrating", 5), ("Migrating", 5)], 4),
        (
            &[
                ("Migrating", 5),
                ("Suspending", 5),
                ("Migrating", 5),
                ("Migrating", 5),
                ("Migrating", 5),
                ("Migrating", 5),
            ],
            5,
        ),
    ];
    for (polls, expected) in table {
        let mut tracker = Tracker::new();
        let first = polls.iter().enumerate().find(|(index, (status, rows))| {
            let mut job = lagging("Initializing", 0, |_| {});
            let mut stage = InitializationStage::default();
            (stage.status, stage.progress) = (Some(StageStatus::from(*status)), Some(*rows));
            job.data_stage = Some(stage);
            let now = at(*index as i64 * 600);
            codes(&tracker.observe(&job, &Context::at(now), &Policy::default())).contains(&"INIT_STALLED")
        });
        assert_eq!(first.map(|(index, _)| index), Some(*expected), "{polls:?}");
    }
}

#[test]
fn a_pause_that_was_seen_to_begin_has_exact_deadlines() {
    let mut tracker = Tracker::new();
    let policy = Policy::default();
    let mut poll = |seconds: i64, status| {
        let now = at(seconds);
        let job = lagging(status, 0, |job| job.checkpoint = Some(at(-6)));
        tracker.observe(&job, &Context::at(now), &policy)
    };
    poll(0, "Synchronizing");
    let begin = at(MINUTE);
    for (seconds, verdict, code) in [
        (MINUTE, Verdict::Suspended, None),
        (MINUTE + 6 * HOUR - 1, Verdict::Suspended, None),
        (MINUTE + 6 * HOUR, Verdict::Suspended, Some("SUSPEND_OVER_SOFT_LIMIT")),
        (MINUTE + 7 * DAY, Verdict::Unrecoverable, Some("SUSPEND_OVER_HARD_LIMIT")),
    ] {
        let assessment = poll(seconds, "Suspending");
        let told: Vec<_> =
            assessment.deadlines().iter().map(|deadline| (deadline.at, deadline.exact)).collect();
        assert_eq!(told, [(begin + secs(6 * HOUR), true), (begin + secs(7 * DAY), true)]);
        assert_eq!(assessment.verdict(), verdict, "{seconds}");
        assert_eq!(
            codes(&assessment).into_iter().find(|code| code.starts_with("SUSPEND")),
            code,
            "{seconds}"
        );
    }
    // Another status and back is another pause.
    poll(8 * DAY, "Failed");
    let again = poll(8 * DAY + 60, "Suspending");
    assert_eq!(again.deadlines()[0].at, at(8 * DAY + 60 + 6 * HOUR));
}

#[test]
fn a_status_whose_begin_was_not_seen_is_judged_by_what_is_worse() {
    let policy = Policy::default();
    let paused =
        |checkpoint: Option<DateTime<Utc>>| lagging("Suspending", 0, |job| job.checkpoint = checkpoint);
    // Paused for at least seven hours by the checkpoint: as without a tracker.
    let mut tracker = Tracker::new();
    let job = paused(Some(at(-7 * HOUR)));
    let first = tracker.observe(&job, &Context::at(at(0)), &policy);
    assert_eq!(first, assess(&job, &Context::at(at(0)), &policy));
    assert_eq!(codes(&first), ["JOB_SUSPENDED", "SUSPEND_OVER_SOFT_LIMIT"]);
    assert!(first.deadlines().is_empty());
    // Where both say the same, it is still an estimate.
    let same = Tracker::new().observe(&paused(Some(at(-60))), &Context::at(at(0)), &policy);
    assert_eq!((codes(&same), same.deadlines()), (vec!["JOB_SUSPENDED"], [].as_slice()));
    // Seen paused for seven days: that is certain, whatever the checkpoint says.
    let last = tracker.observe(&job, &Context::at(at(7 * DAY)), &policy);
    assert_eq!(last.verdict(), Verdict::Unrecoverable);
    // Without a checkpoint there is only what was seen.
    let mut tracker = Tracker::new();
    tracker.observe(&paused(None), &Context::at(at(0)), &policy);
    let later = tracker.observe(&paused(None), &Context::at(at(6 * HOUR)), &policy);
    assert_eq!(codes(&later), ["JOB_SUSPENDED", "SUSPEND_OVER_SOFT_LIMIT"]);
    // The caller may know better.
    let told = tracker.observe(&job, &Context::at(at(6 * HOUR + 60)).since(at(-DAY)), &policy);
    assert_eq!(told.deadlines()[0].at, at(-DAY + 6 * HOUR));
    assert_eq!(tracker.since(), Some(at(0)));
}

#[test]
fn polls_that_tell_nothing_or_come_late_change_nothing() {
    let policy = Policy::default();
    let mut tracker = Tracker::new();
    let job = lagging("Synchronizing", 0, |_| {});
    tracker.observe(&job, &Context::at(at(0)), &policy);
    tracker.observe(&lagging("Suspending", 0, |_| {}), &Context::at(at(60)), &policy);
    let before = tracker.clone();

    for seconds in [60, 59, 0, -DAY] {
        let late = tracker.observe(&job, &Context::at(at(seconds)), &policy);
        assert_eq!(severity(&late, FindingCode::SnapshotOrder), Some("Notice"));
        assert_eq!(tracker, before);
    }
    let mut failed = SyncJob::default();
    failed.success = Some(false);
    failed.status = Some(JobStatus::Synchronizing);
    let told = tracker.observe(&failed, &Context::at(at(120)), &policy);
    assert_eq!(told, assess(&failed, &Context::at(at(120)), &policy));
    let fault = Response::Fault(Fault::default());
    let told = tracker.observe_outcome(&Outcome::response(&fault), &Context::at(at(180)), &policy);
    assert_eq!(told.verdict(), Verdict::Unknown);
    assert_eq!((tracker.since(), tracker.status()), (before.since(), before.status()));
    assert_eq!(tracker.latest(), Some(at(180)));
    assert_eq!(tracker.status(), Some(&JobStatus::Suspending));
    // The pause goes on as if nothing had happened.
    let paused = tracker.observe(&lagging("Suspending", 0, |_| {}), &Context::at(at(240)), &policy);
    assert_eq!(paused.deadlines()[0].at, at(60 + 6 * HOUR));
}

#[test]
fn jobs_and_directions_are_kept_apart() {
    let policy = Policy::default();
    let mut trackers = Trackers::new();
    assert!(trackers.is_empty());
    let job = |id: &str, status| {
        let mut job = lagging(status, 0, |_| {});
        job.job_id = Some(id.into());
        Response::Job(Box::new(job))
    };
    let reverse = |seconds| Context::at(at(seconds)).direction(Direction::Reverse);
    trackers.observe_outcome(&Outcome::response(job("a", "Failed")), &Context::at(at(0)), &policy);
    trackers.observe_outcome(&Outcome::response(job("b", "Synchronizing")), &Context::at(at(60)), &policy);
    trackers.observe_outcome(&Outcome::response(job("a", "Synchronizing")), &reverse(60), &policy);
    let recovered = trackers.observe_outcome(
        &Outcome::response(job("a", "Synchronizing")),
        &Context::at(at(60)),
        &policy,
    );
    assert_eq!(codes(&recovered), ["RECOVERED"]);
    let known: Vec<_> = trackers.iter().map(|(job_id, direction, _)| (job_id, direction)).collect();
    assert_eq!(known, [("a", Scope::Forward), ("a", Scope::Reverse), ("b", Scope::Forward)]);
    assert_eq!((trackers.len(), trackers.is_empty()), (3, false));
}

#[test]
fn a_saved_state_reads_well_and_only_by_its_own_version() {
    let mut trackers = Trackers::new();
    let response = |status| Response::Job(Box::new(lagging(status, 80, |_| {})));
    trackers.observe_outcome(
        &Outcome::response(response("Synchronizing")),
        &Context::at(at(0)),
        &Policy::default(),
    );
    trackers.observe_outcome(
        &Outcome::response(response("Retrying")),
        &Context::at(at(60)),
        &Policy::default(),
    );
    insta::assert_json_snapshot!(trackers);

    let text = serde_json::to_string(&trackers).unwrap();
    let read = |text: &str| serde_json::from_str::<Trackers>(text);
    assert_eq!(read(&text).unwrap(), trackers);
    for (from, to, message) in [
        ("\"version\":1", "\"version\":2", "a saved state of version 2, expected 1"),
        ("\"Forward\"", "\"Sideways\"", "unknown direction \"Sideways\""),
        ("\"Degraded\"", "\"Bad\"", "unknown verdict \"Bad\""),
        ("2021-01-14T09:22:30Z", "soon", "invalid time \"soon\""),
        ("[140,0]", "[140,1000000000]", "invalid length of time [140, 1000000000]"),
    ] {
        assert!(text.contains(from), "{from}");
        let error = read(&text.replace(from, to)).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

fn through_text(tracker: &Tracker) -> Tracker {
    let text = serde_json::to_string(&tracker).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// So long after the poll before, a job in circumstances.
fn any_polls() -> impl Strategy<Value = Vec<(i64, SyncJob, Context)>> {
    let interval = prop_oneof![6 => 1..120_i64, 2 => -60..4000_i64, 1 => -DAY..8 * DAY];
    prop::collection::vec((interval, any_job(), any_context()), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_polled(polls in any_polls()) {
        let policy = Policy::default();
        let mut tracker = Tracker::new();
        let mut now = at(0);
        for (index, (interval, job, context)) in polls.iter().enumerate() {
            now += secs(*interval);
            // Some keep the odd times that they were made with.
            let context = if index % 4 == 3 { context.clone() } else { Context::at(now) };
            let restored = through_text(&tracker);
            prop_assert_eq!(&restored, &tracker);
            let mut twin = restored;
            let was_flapping = tracker.is_flapping();
            let is_past = tracker.is_past(context.observed_at);

            let told = tracker.observe(job, &context, &policy);
            check_shape(&told)?;
            prop_assert_eq!(&twin.observe(job, &context, &policy), &told);
            prop_assert_eq!(through_text(&tracker), twin);
            if is_past {
                prop_assert_eq!(tracker.is_flapping(), was_flapping);
            }
            held_back_at_most(&told, &assess(job, &context.clone().since(None), &policy))?;
        }
    }

    #[test]
    fn two_polls_are_compared_as_by_hand(job in any_job(), next in any_job(), seconds in 30..4000_i64) {
        let policy = Policy::default();
        let mut tracker = Tracker::new();
        let contexts = [Context::at(at(0)), Context::at(at(seconds))];
        tracker.observe(&job, &contexts[0], &policy);
        let told = tracker.observe(&next, &contexts[1], &policy);
        let since = tracker.since().filter(|_| tracker.status() == next.status.as_ref());
        let previous = assess(&job, &contexts[0], &policy);
        let by_hand = |since| compare(&previous, assess(&next, &contexts[1].clone().since(since), &policy), &policy);
        let candidates = [by_hand(since), by_hand(None)];
        prop_assert!(candidates.iter().any(|other| codes(other) == codes(&told)), "{told:?} {candidates:?}");
        if told.verdict() != candidates[0].verdict() {
            prop_assert!(candidates[0].verdict() == Verdict::Degraded || candidates[1].verdict() == told.verdict());
        }
    }
}

/// Only a degraded verdict is ever held back, and only by findings of lag.
fn held_back_at_most(told: &Assessment, alone: &Assessment) -> Result<(), TestCaseError> {
    if told.verdict() < alone.verdict() {
        prop_assert_eq!(alone.verdict(), Verdict::Degraded);
        for finding in alone.findings().iter().filter(|finding| finding.severity >= Severity::Warning) {
            let lag = ["LAG_HIGH", "LAG_CRITICAL", "LAG_CHECKPOINT_CONFLICT"];
            prop_assert!(lag.contains(&finding.code.as_str()), "{:?}", finding);
        }
    }
    prop_assert_eq!((told.lag(), told.data_age()), (alone.lag(), alone.data_age()));
    Ok(())
}
