//! What a tracker remembers from poll to poll.

use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, Policy, Scope, Severity, Tracker, Trackers, Verdict, assess,
};
use aliyun_dts_status::model::{Direction, InitializationStage, JobStatus, Outcome, StageStatus};
use aliyun_dts_status::{Fault, Response, SyncJob};
use chrono::{DateTime, Utc};
use proptest::prelude::*;

use crate::builders::{DAY, HOUR, MINUTE, at, codes, lagging, secs};
use crate::invariants::check_shape;
use crate::strategy::{any_context, any_job};

/// Polls at equal intervals: a status, and how far the job has come.
type Steps = &'static [(&'static str, i64)];

#[test]
fn a_stall_starts_again_after_progress_or_an_interruption() {
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
        // In any status of a running job, and in Failed.
        (&[("Synchronizing", 0), ("Retrying", 0), ("Upgrade", 0)], 2),
        (&[("Synchronizing", 0), ("Failed", 0), ("Synchronizing", 0)], 2),
    ];
    for (polls, expected) in table {
        let mut tracker = Tracker::new();
        let first = polls.iter().enumerate().find(|(index, (status, moved))| {
            let job = lagging(status, 0, |job| job.checkpoint = Some(at(moved - 30)));
            let now = at(*index as i64 * 200);
            let assessment = tracker.observe(&job, &Context::at(now), &Policy::default());
            codes(&assessment).contains(&"CHECKPOINT_STALLED")
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
fn a_pause_that_began_between_two_polls_has_exact_deadlines() {
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
        (MINUTE + DAY - 1, Verdict::Suspended, Some("SUSPEND_OVER_SOFT_LIMIT")),
        (MINUTE + 7 * DAY, Verdict::Unrecoverable, Some("SUSPEND_OVER_HARD_LIMIT")),
    ] {
        let assessment = poll(seconds, "Suspending");
        let deadlines: Vec<_> =
            assessment.deadlines().iter().map(|deadline| (deadline.at, deadline.exact)).collect();
        assert_eq!(deadlines, [(begin + secs(6 * HOUR), true), (begin + secs(7 * DAY), true)]);
        assert_eq!(assessment.verdict(), verdict, "{seconds}");
        assert_eq!(
            codes(&assessment).into_iter().find(|code| code.starts_with("SUSPEND")),
            code,
            "{seconds}"
        );
    }
    // A pause after another status is another pause.
    poll(8 * DAY, "Failed");
    let again = poll(8 * DAY + 60, "Suspending");
    assert_eq!(again.deadlines()[0].at, at(8 * DAY + 60 + 6 * HOUR));
}

#[test]
fn the_status_of_the_first_poll_began_then_or_at_its_checkpoint() {
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
    // If both are short, it is still an estimate.
    let same = Tracker::new().observe(&paused(Some(at(-60))), &Context::at(at(0)), &policy);
    assert_eq!((codes(&same), same.deadlines()), (vec!["JOB_SUSPENDED"], [].as_slice()));
    // Seven days of polls are certain, whatever the checkpoint says.
    let last = tracker.observe(&job, &Context::at(at(7 * DAY)), &policy);
    assert_eq!(last.verdict(), Verdict::Unrecoverable);
    // Without a checkpoint the first poll counts.
    let mut tracker = Tracker::new();
    tracker.observe(&paused(None), &Context::at(at(0)), &policy);
    let later = tracker.observe(&paused(None), &Context::at(at(6 * HOUR)), &policy);
    assert_eq!(codes(&later), ["JOB_SUSPENDED", "SUSPEND_OVER_SOFT_LIMIT"]);
    // The caller knows the begin.
    let assessment = tracker.observe(&job, &Context::at(at(6 * HOUR + 60)).since(at(-DAY)), &policy);
    assert_eq!(assessment.deadlines()[0].at, at(-DAY + 6 * HOUR));
    assert_eq!(tracker.since(), Some(at(0)));
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

    assert_eq!(trackers.get("a", Scope::Reverse).and_then(Tracker::latest), Some(at(60)));
    assert_eq!(trackers.get("a", Scope::TwoWay), None);
    trackers.retain(|job_id, direction, _| job_id == "a" || direction == Scope::Reverse);
    assert_eq!(trackers.len(), 2);
    let removed = trackers.remove("a", Scope::Forward).unwrap();
    assert_eq!(removed.status(), Some(&JobStatus::Synchronizing));
    assert_eq!(trackers.remove("a", Scope::Forward), None);
    trackers.forget_before(at(60));
    assert_eq!(trackers.len(), 1);
    trackers.forget_before(at(61));
    assert!(trackers.is_empty());
}

#[test]
fn trackers_are_a_map_that_is_read_changed_and_extended() {
    let policy = Policy::default();
    let seen = |seconds| {
        let mut tracker = Tracker::new();
        tracker.observe(&lagging("Synchronizing", 0, |_| {}), &Context::at(at(seconds)), &policy);
        tracker
    };
    let mut trackers: Trackers =
        [("a", Scope::TwoWay, seen(0)), ("b", Scope::Reverse, seen(0))].into_iter().collect();
    // The last tracker of a job and direction counts.
    trackers.extend([("a", Scope::Forward, seen(0)), ("a", Scope::TwoWay, seen(60))]);
    for (job_id, _, tracker) in &mut trackers {
        if job_id == "b" {
            *tracker = seen(120);
        }
    }
    let rows = |(job_id, direction, tracker): (&str, Scope, &Tracker)| {
        (job_id.to_owned(), direction, tracker.latest().unwrap())
    };
    let read: Vec<_> = (&trackers).into_iter().map(rows).collect();
    let expected = [("a", Scope::Forward, 0), ("a", Scope::TwoWay, 60), ("b", Scope::Reverse, 120)];
    assert_eq!(
        read,
        expected.map(|(job_id, direction, seconds)| (job_id.to_owned(), direction, at(seconds)))
    );
    let taken: Vec<_> = trackers
        .clone()
        .into_iter()
        .map(|(job_id, direction, tracker)| rows((&job_id, direction, &tracker)))
        .collect();
    assert_eq!(taken, read);
    assert!(format!("{trackers:?}").contains(r#"("a", TwoWay)"#), "{trackers:?}");
    trackers.clear();
    assert!(trackers.is_empty());
}

#[test]
fn what_a_tracker_remembers_can_be_read() {
    let policy = Policy::default();
    let mut tracker = Tracker::new();
    let mut poll = |seconds, lag, status| {
        // The checkpoint is the one of the poll, not of the first one.
        let job = lagging(status, lag, |job| job.checkpoint = Some(at(seconds - lag)));
        tracker.observe(&job, &Context::at(at(seconds)), &policy);
        tracker.clone()
    };
    let first = poll(0, 0, "Synchronizing");
    assert_eq!((first.interval(), first.lagging_since(), first.is_catching_up()), (None, None, false));
    let late = poll(60, 70, "Synchronizing");
    assert_eq!((late.interval(), late.lagging_since()), (Some(secs(60)), Some(at(60))));
    // The sample has RPS 0, so the next poll shows that the source was idle.
    let calm = poll(120, 0, "Synchronizing");
    assert_eq!(calm.learnt_idle_lag(), Some(secs(70)));
    assert!(poll(180, 0, "Retrying").is_catching_up());
    let outcome = Outcome::no_answer();
    tracker.observe_outcome(&outcome, &Context::at(at(240)), &policy);
    assert_eq!(tracker.silent_since(), Some(at(240)));
}

#[test]
fn polls_out_of_order_and_failed_calls_leave_what_is_known() {
    let policy = Policy::default();
    let mut tracker = Tracker::new();
    let job = lagging("Synchronizing", 0, |_| {});
    let paused = || lagging("Suspending", 0, |_| {});
    tracker.observe(&job, &Context::at(at(0)), &policy);
    tracker.observe(&paused(), &Context::at(at(60)), &policy);
    let known = |tracker: &Tracker| (tracker.status().cloned(), tracker.since());
    let before = known(&tracker);
    assert_eq!(before, (Some(JobStatus::Suspending), Some(at(60))));
    for seconds in [60, 59, 0, -DAY] {
        assert!(tracker.is_past(at(seconds)));
        tracker.observe(&job, &Context::at(at(seconds)), &policy);
        assert_eq!((known(&tracker), tracker.latest()), (before.clone(), Some(at(60))));
    }
    let mut failed = SyncJob::default();
    (failed.success, failed.status) = (Some(false), Some(JobStatus::Synchronizing));
    let refused = tracker.observe(&failed, &Context::at(at(120)), &policy);
    assert_eq!(refused, assess(&failed, &Context::at(at(120)), &policy));
    let fault = Response::Fault(Fault::default());
    let refused = tracker.observe_outcome(&Outcome::response(&fault), &Context::at(at(180)), &policy);
    assert_eq!((refused.verdict(), refused.held_since()), (Verdict::Unknown, None));
    assert_eq!((known(&tracker), tracker.latest()), (before, Some(at(180))));
    let again = tracker.observe(&paused(), &Context::at(at(240)), &policy);
    assert_eq!(again.deadlines()[0].at, at(60 + 6 * HOUR));
}

/// Polls: the time since the poll before, a job, a context.
pub(crate) fn any_polls() -> impl Strategy<Value = Vec<(i64, SyncJob, Context)>> {
    let interval = prop_oneof![6 => 1..120_i64, 2 => -60..4000_i64, 1 => -DAY..8 * DAY];
    prop::collection::vec((interval, any_job(), any_context()), 1..12)
}

/// The contexts of these polls. Some keep the unusual times that they were made with.
pub(crate) fn contexts(polls: &[(i64, SyncJob, Context)]) -> Vec<Context> {
    let mut now = at(0);
    let timed = polls.iter().enumerate().map(|(index, (interval, _, context))| {
        now += secs(*interval);
        if index % 4 == 3 { context.clone() } else { Context::at(now) }
    });
    timed.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tracker_softens_only_what_the_rules_name(polls in any_polls()) {
        let policy = Policy::default();
        let mut tracker = Tracker::new();
        for ((_, job, _), context) in polls.iter().zip(contexts(&polls)) {
            let was_flapping = tracker.is_flapping();
            let is_past = tracker.is_past(context.observed_at);
            let tracked = tracker.observe(job, &context, &policy);
            check_tracked(&tracked, &assess(job, &context.since(None), &policy))?;
            if is_past && tracked.findings().iter().any(|finding| finding.code == FindingCode::SnapshotOrder) {
                prop_assert_eq!(tracker.is_flapping(), was_flapping);
            }
        }
    }
}

/// Checks an assessment of a tracker against that of the answer alone: a floor disappears only if it is that of a lag
/// or of a poll whose verdict is held.
fn check_tracked(tracked: &Assessment, alone: &Assessment) -> Result<(), TestCaseError> {
    check_shape(tracked)?;
    for finding in alone.findings().iter().filter(|finding| finding.floor() > Some(tracked.verdict())) {
        let of_lag = ["LAG_HIGH", "LAG_CRITICAL", "LAG_UNKNOWN"].contains(&finding.code.as_str());
        prop_assert!(of_lag || tracked.held_since().is_some(), "{finding:?}");
    }
    prop_assert_eq!((tracked.lag(), tracked.data_age()), (alone.lag(), alone.data_age()));
    if let Some(pending) = tracked.pending() {
        let softened = tracked.findings().iter().find(|finding| finding.code == pending.code);
        prop_assert_eq!(softened.map(|finding| finding.severity), Some(Severity::Notice));
        prop_assert!(pending.since <= tracked.observed_at() && pending.counts_at > tracked.observed_at());
    }
    Ok(())
}
