//! Properties: a job that gets worse never looks better, and the moment of a page depends on time, not on the poller.

use aliyun_dts_status::SyncJob;
use aliyun_dts_status::health::{
    Assessment, Context, Policy, Topology, Tracker, Trackers, Verdict, assess, two_way,
};
use aliyun_dts_status::model::{Direction, JobStatus};
use chrono::TimeDelta;

use crate::incidents;
use crate::judge::secs;
use crate::poller::{Poll, Polling};
use crate::random::Random;
use crate::reference::worst;
use crate::series::series;
use crate::truth::{DAY, JOB, Truth, at, performance};
use crate::wants::{Incident, Run};

/// Jobs of random series, each with the circumstances of its poll.
fn jobs() -> impl Iterator<Item = (SyncJob, Context)> {
    (0..120).flat_map(|seed| series(10_000 + seed, 25, false)).filter_map(|poll: Poll| {
        let job = poll.outcome.response.as_ref()?.job()?.clone();
        Some((job, Context::at(poll.context.observed_at)))
    })
}

fn judge(job: &SyncJob, context: &Context) -> Assessment {
    assess(job, context, &Policy::default())
}

/// Fails if the second assessment is better than the first.
fn check_no_better(before: &Assessment, after: &Assessment, what: &str) {
    let is_worse = worst(before.exit_code(), after.exit_code()) == after.exit_code();
    assert!(after.verdict() >= before.verdict() && is_worse, "{what}\nbefore: {before:?}\nafter: {after:?}");
}

#[test]
fn more_delay_and_an_older_checkpoint_never_improve_an_answer() {
    let mut random = Random::new(1);
    for (mut job, context) in jobs() {
        let mut before = judge(&job, &context);
        for _ in 0..4 {
            let more = secs(random.pick(&[1, 30, 61, 600, 90_000]));
            let stage = job.synchronization_stage.get_or_insert_default();
            let what = random.between(0, 5);
            let value = match what {
                0 => &mut job.delay,
                1 => &mut job.delay_millis,
                2 => &mut stage.delay,
                _ => &mut stage.delay_millis,
            };
            let checkpoint = if what == 4 { &mut job.checkpoint } else { &mut stage.checkpoint };
            match (what, value, checkpoint) {
                (0..4, Some(delay), _) if *delay >= TimeDelta::zero() => *delay += more,
                (4.., _, Some(time)) if *time <= context.observed_at + secs(30) => *time -= more,
                _ => continue,
            }
            let after = judge(&job, &context);
            check_no_better(&before, &after, "more delay, or an older checkpoint");
            before = after;
        }
    }
}

#[test]
fn a_source_that_falls_silent_turns_critical_into_high_lag_and_nothing_else_better() {
    for (mut job, context) in jobs() {
        job.performance = Some(performance(40.0));
        let before = judge(&job, &context);
        job.performance = Some(performance(0.0));
        let after = judge(&job, &context);
        assert!(after.verdict() >= before.verdict(), "before: {before:?}\nafter: {after:?}");
        let has = |assessment: &Assessment, code: &str| {
            assessment.findings().iter().any(|finding| finding.code.as_str() == code)
        };
        let excused = has(&before, "LAG_CRITICAL") && has(&after, "IDLE_SOURCE_SUSPECTED");
        if !excused {
            check_no_better(&before, &after, "RPS fell to 0");
        }
    }
}

#[test]
fn a_second_direction_never_improves_a_job() {
    let others: Vec<_> = jobs().step_by(7).collect();
    for (index, (job, context)) in jobs().enumerate() {
        let (mut other, other_context) = others[index % others.len()].clone();
        let context = context.direction(Direction::Forward);
        other.direction = Some(Direction::Reverse);
        let forward = judge(&job, &context);
        let reverse = judge(&other, &other_context.direction(Direction::Reverse));
        let both = two_way(Some(forward.clone()), Some(reverse.clone()), Topology::TwoWay);
        for (one, second) in [(&forward, &reverse), (&reverse, &forward)] {
            let waits = matches!(one.status(), Some(JobStatus::NotStarted | JobStatus::PreCheckPass))
                && second.verdict() == Verdict::Progressing;
            if !waits {
                check_no_better(one, &both, "the other direction was added");
            }
        }
    }
}

/// The seconds after which a checkpoint that stays is found to be stalled. One poll may be of status Failed.
fn stalled_after(polls: i64, every: i64, failed: Option<i64>) -> Option<i64> {
    let mut tracker = Tracker::new();
    (0..polls).find_map(|index| {
        let mut job = SyncJob::default();
        (job.success, job.job_id) = (Some(true), Some(JOB.into()));
        job.status = Some(if failed == Some(index) { JobStatus::Failed } else { JobStatus::Synchronizing });
        (job.checkpoint, job.performance) = (Some(at(0)), Some(performance(40.0)));
        let context = Context::at(at(index * every));
        let assessment = tracker.observe(&job, &context, &Policy::default());
        let stalled =
            assessment.findings().iter().any(|finding| finding.code.as_str() == "CHECKPOINT_STALLED");
        stalled.then_some(index * every)
    })
}

#[test]
fn one_poll_failed_never_restarts_the_clock_of_a_stall() {
    for every in [10, 30, 60, 100, 300] {
        let polls = 900 / every + 2;
        let wanted = stalled_after(polls, every, None);
        assert_eq!(wanted, Some((300 + every - 1) / every * every), "every {every} s");
        for failed in 0..polls {
            let found = stalled_after(polls, every, Some(failed));
            let late = if Some(failed * every) == wanted { every } else { 0 };
            assert_eq!(found, wanted.map(|time| time + late), "every {every} s, poll {failed} failed");
        }
    }
}

/// Incidents without chance: what the API loses and the noise of a lag differ from poll to poll.
fn certain_incidents() -> impl Iterator<Item = Incident> {
    let is_certain =
        |(truth, polling): (&Truth, &Polling)| polling.trouble.is_empty() && truth.wave.is_none();
    incidents::all().into_iter().filter(move |incident| {
        let reverse = incident.reverse.as_ref().map(|(truth, polling)| (truth, polling));
        let directions = [Some((&incident.forward, &incident.polling)), reverse];
        directions.into_iter().flatten().all(is_certain) && incident.length < 30 * DAY
    })
}

#[test]
fn polling_twice_as_often_pages_as_early_and_no_more() {
    let mut differing = Vec::new();
    for mut incident in certain_incidents() {
        let every = incident.polling.every;
        let slow: Run = incident.run(&mut Trackers::default(), 1);
        let halve = |polling: &mut Polling| polling.every /= 2;
        halve(&mut incident.polling);
        if let Some((_, polling)) = &mut incident.reverse {
            halve(polling);
        }
        let fast = incident.run(&mut Trackers::default(), 1);
        let later = slow.pages.iter().zip(&fast.pages).any(|(slow, fast)| *fast > slow + every);
        if later || fast.pages.len() > slow.pages.len() {
            differing
                .push(format!("{}: pages at {:?} s, then at {:?} s", incident.name, slow.pages, fast.pages));
        }
    }
    assert!(differing.is_empty(), "polled twice as often:\n{}", differing.join("\n"));
}
