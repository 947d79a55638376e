//! One job and direction, poll after poll: [`Tracker`]; many of them: [`Trackers`].

mod catching_up;
mod hold;
mod idle;
mod kept;
mod key;
mod lag_clock;
mod old_form;
mod packed;
mod saved;
mod trackers;

use chrono::{DateTime, TimeDelta, Utc};

use self::catching_up::CatchingUp;
use self::hold::{Hold, is_contradictory, is_silent};
use self::idle::IdleMemory;
use self::kept::{Kept, KeptStalls};
use self::lag_clock::LagClock;
use self::packed::{Length, Time};
use super::assessment::Assessment;
use super::context::Context;
use super::exact::save_as_list;
use super::facts::page::asked_for;
use super::finding::{Fact, Finding, FindingCode, Phase, Severity};
use super::flapping::Flapping;
use super::policy::Policy;
use super::rules::assess::{Item, assess_item_unfinished, assess_outcome_unfinished, assess_unfinished};
use super::scope::Scope;
use super::trend::trend;
use super::verdict::Verdict;
use crate::model::{JobStatus, Outcome, Response, SyncJob};

pub use self::trackers::{Trackers, TrackersIntoIter, TrackersIter, TrackersIterMut};

/// Follows one job in one direction from poll to poll, and judges each poll with what it saw before.
///
/// To the findings of [`assess_outcome`](super::assess_outcome()) it adds, in this order (each number is a field of
/// [`Policy`]; lengths of time where it can be, so that the verdict does not depend on how often the job is polled):
///
/// 1. **Order.** A poll that is not later than the latest one is judged by itself, gets `SNAPSHOT_ORDER`, and changes
///    nothing. After five of them in a row that are in order among themselves the tracker starts again from these. A poll
///    dated after [`Context::not_after`] changes nothing either.
/// 2. **Changes**, as [`compare`](super::compare) finds them. A value that does not change counts from the first poll
///    with this value.
/// 3. **Held verdicts.** A poll that says nothing about the job (no answer, a throttled call, a web page) keeps the
///    verdict of the poll before for 300 s, and at the first such poll; see [`Assessment::held_since`]. Other failures
///    count at once.
/// 4. **Windows.** [`Context::since`] is the first poll with the current `Status`, so the deadlines of a pause or a
///    failure are exact, to the time between two polls. The begin of a status that the very first poll had is not known.
/// 5. **Lag that lasts.** A lag counts once it has lasted for 120 s; until then its findings are Notices, and
///    [`Assessment::pending`] says when it will count.
/// 6. **Hysteresis.** It stops counting when it is at or below 80 % of its threshold for 60 s.
/// 7. **Idle sources.** A source without changes is believed to be idle only as this job's own past allows; else
///    `IDLE_SOURCE_DOUBTED`.
/// 8. **Catching up.** After an interruption a lag that shrinks is at most a Warning.
/// 9. **A direction that vanished**: `FORWARD_NOT_OBSERVED`, `REVERSE_NOT_OBSERVED`; by [`Trackers`] only.
/// 10. **Flapping.** `FLAPPING` while the exit status keeps changing: from 5 changes within 21 polls on, until at most 1.
///
/// The size of a tracker does not grow. It is saved and restored through serde, between two runs of a poller. The saved
/// form begins with its version; every version since the first is read. Times are kept to the microsecond.
///
/// ```
/// use std::time::Duration;
///
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::health::{Context, Policy, Tracker, Verdict};
/// use aliyun_dts_status::model::JobStatus;
/// use chrono::{DateTime, Utc};
///
/// let mut tracker = Tracker::new();
/// let mut at = "2021-01-14T09:22:30Z".parse::<DateTime<Utc>>()?;
/// let mut job = SyncJob::sample();
/// let running = tracker.observe(&job, &Context::at(at), &Policy::default());
/// assert_eq!(running.verdict(), Verdict::Healthy);
///
/// at += Duration::from_secs(60);
/// job.status = Some(JobStatus::Suspending);
/// let paused = tracker.observe(&job, &Context::at(at), &Policy::default());
/// assert_eq!(paused.verdict(), Verdict::Suspended);
/// assert_eq!(paused.deadlines()[0].at, at + Duration::from_secs(6 * 3600));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tracker {
    /// The time of the latest poll.
    latest: Option<Time>,
    /// The time between the last two polls.
    interval: Option<Length>,
    /// The number of polls since the latest one of the other direction.
    alone: u32,
    /// The latest status, and the first poll at which it was seen.
    status: Option<(JobStatus, Time)>,
    /// True if the job was seen with another status before.
    since_is_exact: bool,
    /// What a poll is compared with.
    base: Option<Kept>,
    /// What a poll is compared with once this is old enough.
    next: Option<Kept>,
    stalls: KeptStalls,
    hold: Hold,
    lag: LagClock,
    idle: IdleMemory,
    catching_up: CatchingUp,
    flapping: Flapping,
    /// The polls in a row that are not later than the latest one.
    restart: Option<Box<Restart>>,
}

/// A tracker of the polls that are out of order, which takes over after a few.
#[derive(Debug, Clone, PartialEq, Default)]
struct Restart {
    tracker: Tracker,
    polls: u32,
}

save_as_list!(Restart { tracker, polls });

/// Judges one poll in a context.
type Judge<'a> = &'a dyn Fn(&Context) -> Assessment;

impl Tracker {
    /// A tracker that has seen no poll.
    #[must_use]
    pub fn new() -> Self {
        Tracker::default()
    }

    /// Judges the next poll, and remembers it. `job` is one that the caller made or changed; an answer of the API is
    /// judged by [`observe_outcome`](Self::observe_outcome).
    pub fn observe(&mut self, job: &SyncJob, context: &Context, policy: &Policy) -> Assessment {
        let judge = |context: &Context| assess_unfinished(job, context, policy);
        let mut assessment = self.follow(job.status.as_ref(), context, policy, None, &judge);
        assessment.finish(policy);
        assessment
    }

    /// Judges what came of the next poll, and remembers it.
    pub fn observe_outcome(
        &mut self,
        outcome: &Outcome<'_>,
        context: &Context,
        policy: &Policy,
    ) -> Assessment {
        self.observe_answer(outcome, context, policy, None)
    }

    /// The time of the latest poll; `None` before the first.
    #[must_use]
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.latest.map(Time::get)
    }

    /// Returns true if a poll of this time is not later than the latest one, so that it is not remembered.
    #[must_use]
    pub fn is_past(&self, observed_at: DateTime<Utc>) -> bool {
        self.latest.is_some_and(|latest| Time::new(observed_at) <= latest)
    }

    /// The job's `Status` in the latest poll that has one.
    #[must_use]
    pub fn status(&self) -> Option<&JobStatus> {
        self.status.as_ref().map(|(status, _)| status)
    }

    /// The time of the first poll with the current `Status`. If the job never had another one, the status began earlier,
    /// at an unknown time.
    #[must_use]
    pub fn since(&self) -> Option<DateTime<Utc>> {
        self.status.as_ref().map(|(_, since)| since.get())
    }

    /// The time between the last two polls; `None` before the second.
    #[must_use]
    pub fn interval(&self) -> Option<TimeDelta> {
        self.interval.map(Length::get)
    }

    /// The first poll with a lag above the warning threshold, while that lasts.
    #[must_use]
    pub fn lagging_since(&self) -> Option<DateTime<Utc>> {
        self.lag.since()
    }

    /// The largest lag of an idle source that this job is known to recover from at once.
    #[must_use]
    pub fn learnt_idle_lag(&self) -> Option<TimeDelta> {
        self.idle.learnt()
    }

    /// Returns true from an interruption on until the lag is gone.
    #[must_use]
    pub fn is_catching_up(&self) -> bool {
        self.catching_up.is_active()
    }

    /// The first of the latest polls in a row that say nothing about the job.
    #[must_use]
    pub fn silent_since(&self) -> Option<DateTime<Utc>> {
        self.hold.silent_since()
    }

    /// Returns true if the exit status keeps changing.
    #[must_use]
    pub fn is_flapping(&self) -> bool {
        self.flapping.on
    }

    /// As [`observe_outcome`](Self::observe_outcome), with the other direction if that was not polled any more.
    fn observe_answer(
        &mut self,
        outcome: &Outcome<'_>,
        context: &Context,
        policy: &Policy,
        vanished: Option<Scope>,
    ) -> Assessment {
        let job = outcome.response.as_deref().and_then(|response| match response {
            Response::Page(page) => page.jobs.get(asked_for(page, context).ok()?),
            response => response.job(),
        });
        let status = job.and_then(|job| job.status.as_ref());
        let judge = |context: &Context| assess_outcome_unfinished(outcome, context, policy);
        let mut assessment = self.follow(status, context, policy, vanished, &judge);
        assessment.finish(policy);
        assessment
    }

    /// As [`observe_answer`](Self::observe_answer), of one job of a page.
    fn observe_item(
        &mut self,
        item: &Item<'_>,
        context: &Context,
        policy: &Policy,
        vanished: Option<Scope>,
    ) -> Assessment {
        let status = item.page.jobs.get(item.index).and_then(|job| job.status.as_ref());
        let judge = |context: &Context| assess_item_unfinished(item, context, policy);
        let mut assessment = self.follow(status, context, policy, vanished, &judge);
        assessment.finish(policy);
        assessment
    }

    /// Judges a call that says nothing about any job. It is not a poll of this job, so only its silence and its exit
    /// status are remembered.
    fn hold_outcome(&mut self, outcome: &Outcome<'_>, context: &Context, policy: &Policy) -> Assessment {
        let mut assessment = assess_outcome_unfinished(outcome, context, policy);
        self.hold.keep(&mut assessment, self.latest, policy);
        self.flap(&mut assessment, policy);
        assessment.finish(policy);
        assessment
    }

    /// The time without a poll after which the job is no longer polled.
    fn vanishes_after(&self, policy: &Policy) -> TimeDelta {
        let times = i32::try_from(policy.vanish_after).unwrap_or(i32::MAX);
        let usual = self.interval().and_then(|interval| interval.checked_mul(times)).unwrap_or_default();
        usual.max(policy.max_observation_age)
    }

    fn follow(
        &mut self,
        status: Option<&JobStatus>,
        context: &Context,
        policy: &Policy,
        vanished: Option<Scope>,
        judge: Judge<'_>,
    ) -> Assessment {
        let at = context.observed_at;
        if is_misdated(context, policy) {
            // By a wrong clock every later poll would seem to be out of order.
            return judge(context);
        }
        if let Some(latest) = self.latest.filter(|latest| Time::new(at) <= *latest) {
            return self.out_of_order(latest.get(), status, context, policy, judge);
        }
        self.restart = None;
        let (status, since_is_exact) = self.status_since(status, at);
        let mut assessment = judge(&in_window(context, status.as_ref(), since_is_exact));
        let before = self.latest;
        self.interval = self.latest.map(|latest| Length::new(latest.to(at)));
        self.latest = Some(Time::new(at));

        if is_silent(&assessment) {
            self.hold.keep(&mut assessment, before, policy);
        } else {
            self.hold.end();
            if assessment.comparable && !is_contradictory(&assessment) {
                (self.status, self.since_is_exact) = (status, since_is_exact);
                self.judge_job(&mut assessment, policy);
            }
            self.hold.remember(&assessment);
        }
        if let Some(direction) = vanished {
            let code = match direction {
                Scope::Reverse => FindingCode::ReverseNotObserved,
                _ => FindingCode::ForwardNotObserved,
            };
            let finding = Finding::new(code, Severity::Warning, direction, vec![Fact::missing(direction)]);
            assessment.add(vec![finding.at_least(Verdict::Degraded)]);
        }
        self.flap(&mut assessment, policy);
        assessment
    }

    /// Judges a poll about the job by those before it.
    fn judge_job(&mut self, assessment: &mut Assessment, policy: &Policy) {
        let excused = self.hold.excuse_unknown_lag(assessment, policy);
        self.compare(assessment, policy);
        self.lag.judge(assessment, policy);
        if excused {
            self.lag.keep_unknown(assessment, policy);
        }
        self.idle.judge(assessment, policy, excused);
        self.catching_up.judge(assessment, policy);
        self.lag.remember(assessment);
        assessment.settle();
        say_when_caught_up(assessment);
    }

    fn compare(&mut self, assessment: &mut Assessment, policy: &Policy) {
        let is_old = |next: &mut Kept| next.at.to(assessment.observed_at()) >= policy.min_interval;
        if let Some(next) = self.next.take_if(is_old) {
            self.base = Some(next);
        }
        let stalls = self.stalls.stalls();
        if let Some(base) = &self.base {
            let found = trend(&base.snapshot(), &stalls, assessment, policy);
            assessment.findings.extend(found);
            assessment.judged = assessment.judged.with(Phase::Trend);
        }
        let tolerance = policy.coherence_tolerance;
        let stalls = stalls.followed_by(&assessment.snapshot, &assessment.signs, tolerance);
        self.stalls = KeptStalls::new(&stalls);
        self.next.get_or_insert_with(|| Kept::new(&assessment.snapshot));
    }

    fn flap(&mut self, assessment: &mut Assessment, policy: &Policy) {
        self.flapping.add(assessment.exit_code, policy);
        if self.flapping.on {
            let (changes, exits) = (self.flapping.changes(policy), self.flapping.exits_seen(policy));
            let facts = vec![Fact::changes(changes, policy.flap_polls, &exits)];
            let finding = Finding::new(FindingCode::Flapping, Severity::Warning, assessment.direction, facts);
            assessment.add(vec![finding.at_least(Verdict::Degraded)]);
        }
    }

    /// The status of a poll with its begin, and true if that is exact. A poll without a status changes nothing.
    fn status_since(
        &self,
        status: Option<&JobStatus>,
        at: DateTime<Utc>,
    ) -> (Option<(JobStatus, Time)>, bool) {
        match (status, &self.status) {
            (Some(status), known) if known.as_ref().is_none_or(|(known, _)| status != known) => {
                (Some((status.clone(), Time::new(at))), known.is_some())
            }
            (_, known) => (known.clone(), self.since_is_exact),
        }
    }

    /// Judges a poll that is not later than the latest one.
    fn out_of_order(
        &mut self,
        latest: DateTime<Utc>,
        status: Option<&JobStatus>,
        context: &Context,
        policy: &Policy,
        judge: Judge<'_>,
    ) -> Assessment {
        let restart = self.restart.get_or_insert_default();
        if restart.tracker.is_past(context.observed_at) {
            **restart = Restart::default();
        }
        let restarted = restart.tracker.follow(status, context, policy, None, judge);
        restart.polls = restart.polls.saturating_add(1);
        if restart.polls >= policy.restart_after
            && let Some(restart) = self.restart.take()
        {
            *self = restart.tracker;
            return restarted;
        }
        let mut assessment = judge(context);
        let facts = vec![Fact::observed_at(context.observed_at), Fact::previous_poll(latest)];
        let order = Finding::new(FindingCode::SnapshotOrder, Severity::Notice, assessment.direction, facts);
        assessment.add(vec![order]);
        assessment
    }
}

/// The context with the begin of the status. One that the caller knows wins over one that is not exact.
fn in_window(context: &Context, status: Option<&(JobStatus, Time)>, is_exact: bool) -> Context {
    let mut context = context.clone();
    match status {
        Some((_, since)) if is_exact => context.since = Some(since.get()),
        Some((_, since)) if context.since.is_none() => context.seen_since = Some(since.get()),
        _ => {}
    }
    context
}

/// Returns true for a poll that is dated by a wrong clock.
fn is_misdated(context: &Context, policy: &Policy) -> bool {
    context.observed_at.signed_duration_since(context.not_after) > policy.clock_skew
}

/// Adds the time until the lag is gone to the reason.
fn say_when_caught_up(assessment: &mut Assessment) {
    use FindingCode::{CheckpointStalled, LagCheckpointConflict, LagCritical, LagHigh, LogRetentionRisk};
    let Some(left) = assessment.findings.iter().find_map(|finding| finding.caught_up_in) else { return };
    let reason = assessment.reason;
    let of_lag = [LagCritical, LagHigh, LagCheckpointConflict, CheckpointStalled, LogRetentionRisk];
    let cause = assessment.findings.iter_mut().find(|finding| Some(finding.code) == reason);
    if let Some(cause) = cause.filter(|cause| of_lag.contains(&cause.code)) {
        cause.append(Fact::caught_up_in(left));
    }
}
