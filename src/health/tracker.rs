//! One job and direction, poll after poll: [`Tracker`]; many of them: [`Trackers`].

mod saved;
mod trackers;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::assessment::Assessment;
use super::context::Context;
use super::exact;
use super::facts::snapshot::Snapshot;
use super::finding::{Fact, Finding, FindingCode, Severity};
use super::flapping::{self, Flapping};
use super::policy::Policy;
use super::rules::assess::{assess, assess_outcome};
use super::trend::trend;
use super::verdict::Verdict;
use crate::model::{JobStatus, Outcome, Response, SyncJob};
use saved::Version;

pub use trackers::Trackers;

/// Follows one job in one direction from poll to poll, and judges each poll with what it saw before.
///
/// To the findings of [`assess`](super::assess()) it adds
///
/// * **changes**, as [`compare`](super::compare) finds them, between this poll and the latest one that is at least
///   [`Policy::min_interval`] older. A value that does not change counts from the first poll at which it had this value,
///   so a stall shows however often the job is polled;
/// * **exact windows**. [`Context::since`] is the first poll with the current `Status`, so the deadlines of a
///   pause or a failure are exact, to the time between two polls. The begin of a status that the very first poll had is
///   not known: it has no exact deadline, and is judged by the time it was seen or by the age of the checkpoint,
///   whichever is worse. A `since` in the context is used instead;
/// * **lag that lasts**. A job that was well (better than Suspended, or not seen before) and would now be Degraded
///   for its lag alone keeps its better verdict until [`LAG_POLLS`](Self::LAG_POLLS) polls in a row agree.
///   Until then `LAG_HIGH`, `LAG_CRITICAL`, `LAG_GROWING` and `LAG_CHECKPOINT_CONFLICT` are Notices without a floor.
///   Any other reason counts at once, and so does the lag of a job that was not well, such as one that comes back from
///   a failure;
/// * **flapping**. `FLAPPING`, a Warning with floor Degraded, from the poll at which more than 20 % of the
///   verdicts of the last [`FLAP_POLLS`](Self::FLAP_POLLS) polls differ from the one before, until fewer than
///   5 % do. It is not a change of verdict itself.
///
/// A poll that says nothing about the job (a failed call, an empty response) is judged and changes nothing here. A
/// poll that is not later than the latest one is judged by itself, gets `SNAPSHOT_ORDER`, and changes nothing. A poll
/// dated after [`Context::not_after`] comes from a wrong clock and changes nothing either.
///
/// The size of a tracker does not grow. It is saved and restored through serde, between two runs of a poller. The saved
/// form starts with its version; another version is not read.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::health::{Context, Policy, Tracker, Verdict};
/// use aliyun_dts_status::model::JobStatus;
/// use chrono::{DateTime, TimeDelta};
///
/// let mut tracker = Tracker::new();
/// let mut at = DateTime::from_timestamp(1_610_616_150, 0).unwrap();
/// let mut job = SyncJob::sample();
/// let running = tracker.observe(&job, &Context::at(at), &Policy::default());
/// assert_eq!(running.verdict(), Verdict::Healthy);
///
/// at += TimeDelta::try_minutes(1).unwrap();
/// job.status = Some(JobStatus::Suspending);
/// let paused = tracker.observe(&job, &Context::at(at), &Policy::default());
/// assert_eq!(paused.verdict(), Verdict::Suspended);
/// assert_eq!(paused.deadlines()[0].at, at + TimeDelta::try_hours(6).unwrap());
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Tracker {
    version: Version,
    /// The time of the latest poll.
    #[serde(with = "exact::optional_time")]
    latest: Option<DateTime<Utc>>,
    status: Option<StatusSince>,
    /// What the next poll is compared with.
    baseline: Option<Snapshot>,
    /// The verdict on the latest poll about the job, without flapping.
    verdict: Option<Verdict>,
    /// The number of polls in a row with too much lag.
    lagging: u32,
    flapping: Flapping,
}

/// A status, and the first poll at which it was seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct StatusSince {
    status: JobStatus,
    #[serde(with = "exact::time")]
    since: DateTime<Utc>,
    /// True if the job was seen with another status before.
    exact: bool,
}

impl Tracker {
    /// The number of polls in a row with too much lag that degrade a job.
    pub const LAG_POLLS: u32 = 3;

    /// The number of polls in which flapping is looked for.
    pub const FLAP_POLLS: u32 = flapping::POLLS;

    /// A tracker that has seen no poll.
    #[must_use]
    pub fn new() -> Self {
        Tracker::default()
    }

    /// Judges the next poll, and remembers it. `job` is one that the caller made or changed; an answer of the API is
    /// judged by [`observe_outcome`](Self::observe_outcome).
    pub fn observe(&mut self, job: &SyncJob, context: &Context, policy: &Policy) -> Assessment {
        self.follow(job.status.as_ref(), context, policy, &|context| assess(job, context, policy))
    }

    /// Judges what came of the next poll, and remembers it.
    pub fn observe_outcome(
        &mut self,
        outcome: &Outcome<'_>,
        context: &Context,
        policy: &Policy,
    ) -> Assessment {
        let job = outcome.response.as_deref().and_then(Response::job);
        self.follow(job.and_then(|job| job.status.as_ref()), context, policy, &|context| {
            assess_outcome(outcome, context, policy)
        })
    }

    /// The time of the latest poll; `None` before the first.
    #[must_use]
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.latest
    }

    /// True if a poll of this time is not later than the latest one, so that it is not remembered.
    #[must_use]
    pub fn is_past(&self, observed_at: DateTime<Utc>) -> bool {
        self.latest.is_some_and(|latest| observed_at <= latest)
    }

    /// The job's `Status` in the latest poll that has one.
    #[must_use]
    pub fn status(&self) -> Option<&JobStatus> {
        self.status.as_ref().map(|known| &known.status)
    }

    /// The time of the first poll with the current `Status`. If the job never had another one, the status began earlier,
    /// at an unknown time.
    #[must_use]
    pub fn since(&self) -> Option<DateTime<Utc>> {
        self.status.as_ref().map(|known| known.since)
    }

    /// True if the verdict keeps changing.
    #[must_use]
    pub fn is_flapping(&self) -> bool {
        self.flapping.on
    }

    fn follow(
        &mut self,
        status: Option<&JobStatus>,
        context: &Context,
        policy: &Policy,
        judge: &dyn Fn(&Context) -> Assessment,
    ) -> Assessment {
        if self.is_past(context.observed_at) {
            return self.out_of_order(judge(&context.clone().since(None)));
        }
        let status = self.status_since(status, context.observed_at);
        let mut assessment = match &status {
            Some(status) if has_window(&status.status) => judge_window(status, context, judge),
            _ => judge(context),
        };
        if context.observed_at.signed_duration_since(context.not_after) > policy.clock_skew {
            // By a wrong clock every later poll would seem to be out of order.
            return assessment;
        }
        self.latest = Some(context.observed_at);
        if assessment.comparable {
            self.status = status;
            self.compare(&mut assessment, policy);
            self.debounce(&mut assessment);
            self.flap(&mut assessment);
        }
        assessment
    }

    /// The status of a poll with its begin. A poll without a status changes nothing.
    fn status_since(&self, status: Option<&JobStatus>, observed_at: DateTime<Utc>) -> Option<StatusSince> {
        match (status, &self.status) {
            (None, known) => known.clone(),
            (Some(status), Some(known)) if *status == known.status => Some(known.clone()),
            (Some(status), known) => {
                Some(StatusSince { status: status.clone(), since: observed_at, exact: known.is_some() })
            }
        }
    }

    fn out_of_order(&self, mut assessment: Assessment) -> Assessment {
        if let Some(latest) = self.latest.filter(|_| assessment.comparable) {
            let facts = vec![Fact::observed_at(assessment.observed_at()), Fact::previous_poll(latest)];
            let finding =
                Finding::new(FindingCode::SnapshotOrder, Severity::Notice, assessment.direction, facts);
            assessment.add(vec![finding]);
        }
        assessment
    }

    fn compare(&mut self, assessment: &mut Assessment, policy: &Policy) {
        let Some(baseline) = &self.baseline else {
            self.baseline = Some(assessment.snapshot.clone());
            return;
        };
        let found = trend(baseline, assessment, policy);
        // Polls in quick succession are all compared with one that is old enough.
        if assessment.observed_at().signed_duration_since(baseline.observed_at) >= policy.min_interval {
            self.baseline = Some(assessment.snapshot.clone().following(baseline));
        }
        assessment.add(found);
    }

    fn debounce(&mut self, assessment: &mut Assessment) {
        let lags = assessment.findings.iter().any(|finding| is_of_lag(finding) && weighs(finding));
        self.lagging = if lags { self.lagging.saturating_add(1) } else { 0 };
        let was_well = self.verdict.is_none_or(|verdict| verdict < Verdict::Suspended);
        let by_lag_alone = assessment.findings.iter().all(|finding| is_of_lag(finding) || !weighs(finding));
        if lags && by_lag_alone && was_well && self.lagging < Self::LAG_POLLS {
            for finding in assessment.findings.iter_mut().filter(|finding| is_of_lag(finding)) {
                finding.severity = finding.severity.min(Severity::Notice);
                finding.floor = None;
            }
            assessment.settle(Verdict::Healthy);
        }
    }

    fn flap(&mut self, assessment: &mut Assessment) {
        let changed = self.verdict.is_some_and(|before| before != assessment.verdict);
        self.verdict = Some(assessment.verdict);
        self.flapping.add(changed);
        if self.flapping.on {
            let facts = vec![Fact::changes(self.flapping.changes())];
            let finding = Finding::new(FindingCode::Flapping, Severity::Warning, assessment.direction, facts);
            assessment.add(vec![finding.at_least(Verdict::Degraded)]);
        }
    }
}

/// True for a status whose duration matters.
fn has_window(status: &JobStatus) -> bool {
    use JobStatus::{Failed, InitializeFailed, MigrationFailed, Retrying, Suspending};
    matches!(status, Suspending | Failed | MigrationFailed | InitializeFailed | Retrying)
}

fn judge_window(
    status: &StatusSince,
    context: &Context,
    judge: &dyn Fn(&Context) -> Assessment,
) -> Assessment {
    let by_time_seen = || judge(&context.clone().since(status.since));
    if status.exact {
        return by_time_seen();
    }
    let by_estimate = judge(context);
    if context.since.is_some() {
        return by_estimate;
    }
    // It has lasted at least for as long as it was seen, and perhaps since the checkpoint.
    let by_time_seen = by_time_seen();
    let weight = |assessment: &Assessment| (assessment.verdict, assessment.severity());
    if weight(&by_time_seen) > weight(&by_estimate) { by_time_seen } else { by_estimate }
}

/// True for the findings about lag alone.
fn is_of_lag(finding: &Finding) -> bool {
    use FindingCode::{LagCheckpointConflict, LagCritical, LagGrowing, LagHigh};
    matches!(finding.code, LagHigh | LagCritical | LagGrowing | LagCheckpointConflict)
}

/// True if a finding can degrade a healthy job.
fn weighs(finding: &Finding) -> bool {
    finding.severity >= Severity::Warning || finding.floor >= Some(Verdict::Degraded)
}
