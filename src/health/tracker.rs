//! One job and direction, poll after poll: [`Tracker`]; many of them: [`Trackers`].

mod flaps;
mod map;
mod saved;

use chrono::{DateTime, Utc};

use super::assess::{assess, assess_response};
use super::assessment::Assessment;
use super::combine::settle;
use super::finding::{Evidence, Finding, FindingCode, PREVIOUS, Severity};
use super::policy::{Context, Policy};
use super::snapshot::Snapshot;
use super::trend::trend;
use super::verdict::Verdict;
use crate::model::{JobStatus, Response, SyncJob, spelling};
use flaps::Flaps;

pub use map::Trackers;
pub use saved::{SavedTracker, SavedTrackers};

/// Follows one job in one direction from poll to poll, and judges each poll by what it saw before.
///
/// To what [`assess`](super::assess()) finds in a poll it adds
///
/// * **what changed**, as [`compare`](super::compare) finds it, between this poll and the latest one at least
///   [`Policy::min_interval`] older. What stands still counts from the first poll at which it stood there, so a
///   stall shows however often the job is polled;
/// * **exact windows**. [`Context::since`] is the first poll with the current `Status`, so the deadlines of a
///   pause or a failure are exact, to the time between two polls. A status that the first poll of all had began
///   at a time unknown: it has no exact deadline, and is judged by the time it was seen or by the age of the
///   checkpoint, whichever is worse. A `since` in the context is then used instead;
/// * **lag that lasts**. A job that was well (better than Suspended, or not seen before) and now would be Degraded
///   for its lag alone stays as well as it is otherwise until [`LAG_POLLS`](Self::LAG_POLLS) polls in a row say
///   so. Until then `LAG_HIGH`, `LAG_CRITICAL`, `LAG_GROWING` and `LAG_CHECKPOINT_CONFLICT` stand among the findings as
///   Notices without a floor. Any other reason counts at once, and so does the lag of a job that was not well
///   anyway, such as one that comes back from a failure;
/// * **flapping**. `FLAPPING`, a Warning with floor Degraded, from the poll on at which more than 20 % of the
///   verdicts of the last [`FLAP_POLLS`](Self::FLAP_POLLS) polls differ from the one before, until fewer than
///   5 % do. It is not a change of verdict itself.
///
/// A poll that tells nothing of the job (a failed call, an empty response) is judged and changes nothing here. A
/// poll that is not later than the latest one is judged by itself, gets `SNAPSHOT_ORDER`, and changes nothing
/// either.
///
/// A tracker's size does not grow. [`save`](Self::save) keeps it between two runs of a poller.
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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tracker {
    /// When the latest poll was received.
    latest: Option<DateTime<Utc>>,
    status: Option<Tenure>,
    /// What the next poll is compared with.
    baseline: Option<Snapshot>,
    /// The verdict on the latest poll that told something, flapping aside.
    verdict: Option<Verdict>,
    /// How many polls in a row had too much lag.
    lagging: u32,
    flaps: Flaps,
}

/// A status, and the first poll at which it was seen.
#[derive(Debug, Clone, PartialEq)]
struct Tenure {
    status: JobStatus,
    since: DateTime<Utc>,
    /// Whether the job was seen with another status before.
    exact: bool,
}

impl Tracker {
    /// So many polls in a row must have too much lag until that alone degrades a job.
    pub const LAG_POLLS: u32 = 3;

    /// So many polls are looked at for flapping.
    pub const FLAP_POLLS: u32 = flaps::POLLS;

    /// Nothing seen yet.
    #[must_use]
    pub fn new() -> Self {
        Tracker::default()
    }

    /// Judges the next poll, and remembers it.
    pub fn observe(&mut self, job: &SyncJob, context: &Context, policy: &Policy) -> Assessment {
        if self.is_past(context.observed_at) {
            return self.out_of_order(assess(job, &context.clone().since(None), policy));
        }
        let tenure = self.tenure(job, context.observed_at);
        let mut assessment = match &tenure {
            Some(tenure) if has_window(&tenure.status) => judge_window(tenure, job, context, policy),
            _ => assess(job, context, policy),
        };
        self.latest = Some(context.observed_at);
        if let Some(snapshot) = Snapshot::of(&assessment) {
            self.status = tenure;
            self.compare(snapshot, &mut assessment, policy);
            self.debounce(&mut assessment);
            self.flap(&mut assessment);
        }
        assessment
    }

    /// Judges the next poll, whatever its body turned out to be, and remembers it.
    pub fn observe_response(
        &mut self,
        response: &Response,
        context: &Context,
        policy: &Policy,
    ) -> Assessment {
        if let Response::Job(job) = response {
            return self.observe(job, context, policy);
        }
        if !self.is_past(context.observed_at) {
            self.latest = Some(context.observed_at);
        }
        assess_response(response, context, policy)
    }

    /// When the latest poll was received; `None` before the first.
    #[must_use]
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.latest
    }

    /// Whether a poll received at this time comes too late to be remembered: not after the latest one.
    #[must_use]
    pub fn is_past(&self, observed_at: DateTime<Utc>) -> bool {
        self.latest.is_some_and(|latest| observed_at <= latest)
    }

    /// The job's `Status` by the latest poll that told one.
    #[must_use]
    pub fn status(&self) -> Option<&JobStatus> {
        self.status.as_ref().map(|tenure| &tenure.status)
    }

    /// The first poll with the current `Status`. The status began then if the job had another one before, and
    /// else at an earlier time that is not known.
    #[must_use]
    pub fn since(&self) -> Option<DateTime<Utc>> {
        self.status.as_ref().map(|tenure| tenure.since)
    }

    /// Whether the verdict changes to and fro.
    #[must_use]
    pub fn is_flapping(&self) -> bool {
        self.flaps.is_on()
    }

    /// The status of a poll with its begin. A poll that tells none leaves it as it was.
    fn tenure(&self, job: &SyncJob, observed_at: DateTime<Utc>) -> Option<Tenure> {
        match (&job.status, &self.status) {
            (None, known) => known.clone(),
            (Some(status), Some(known)) if *status == known.status => Some(known.clone()),
            (Some(status), known) => {
                Some(Tenure { status: status.clone(), since: observed_at, exact: known.is_some() })
            }
        }
    }

    fn out_of_order(&self, mut assessment: Assessment) -> Assessment {
        if let Some(latest) = self.latest.filter(|_| assessment.memory.is_some()) {
            let evidence = vec![
                Evidence::observed_at(assessment.observed_at),
                Evidence::named(PREVIOUS, spelling::time(&latest)),
            ];
            let finding =
                Finding::new(FindingCode::SnapshotOrder, Severity::Notice, assessment.direction, evidence);
            add(&mut assessment, vec![finding]);
        }
        assessment
    }

    fn compare(&mut self, snapshot: Snapshot, assessment: &mut Assessment, policy: &Policy) {
        let Some(baseline) = &self.baseline else {
            self.baseline = Some(snapshot);
            return;
        };
        let found = trend(baseline, assessment, policy);
        // Polls in quick succession are all compared with one that is old enough.
        if snapshot.observed_at.signed_duration_since(baseline.observed_at) >= policy.min_interval {
            self.baseline = Some(snapshot.following(baseline));
        }
        add(assessment, found);
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
            resettle(assessment);
        }
    }

    fn flap(&mut self, assessment: &mut Assessment) {
        let changed = self.verdict.is_some_and(|before| before != assessment.verdict);
        self.verdict = Some(assessment.verdict);
        self.flaps.add(changed);
        if self.flaps.is_on() {
            let evidence = vec![Evidence::named(PREVIOUS, self.flaps.changes())];
            let finding =
                Finding::new(FindingCode::Flapping, Severity::Warning, assessment.direction, evidence);
            add(assessment, vec![finding.at_least(Verdict::Degraded)]);
        }
    }
}

/// Whether it matters for how long a job has had a status.
fn has_window(status: &JobStatus) -> bool {
    use JobStatus::{Failed, InitializeFailed, Retrying, Suspending};
    matches!(status, Suspending | Failed | InitializeFailed | Retrying)
}

fn judge_window(tenure: &Tenure, job: &SyncJob, context: &Context, policy: &Policy) -> Assessment {
    let by_time_seen = || assess(job, &context.clone().since(tenure.since), policy);
    if tenure.exact {
        return by_time_seen();
    }
    let by_estimate = assess(job, context, policy);
    if context.since.is_some() {
        return by_estimate;
    }
    // It has lasted for at least as long as it was seen, and perhaps since the checkpoint.
    let by_time_seen = by_time_seen();
    let weight = |assessment: &Assessment| (assessment.verdict, assessment.severity());
    if weight(&by_time_seen) > weight(&by_estimate) { by_time_seen } else { by_estimate }
}

/// The findings that say nothing but that the target is behind.
fn is_of_lag(finding: &Finding) -> bool {
    use FindingCode::{LagCheckpointConflict, LagCritical, LagGrowing, LagHigh};
    matches!(finding.code, LagHigh | LagCritical | LagGrowing | LagCheckpointConflict)
}

/// Whether a finding can degrade a healthy job.
fn weighs(finding: &Finding) -> bool {
    finding.severity >= Severity::Warning || finding.floor >= Some(Verdict::Degraded)
}

fn add(assessment: &mut Assessment, findings: Vec<Finding>) {
    if !findings.is_empty() {
        assessment.findings.extend(findings);
        resettle(assessment);
    }
}

fn resettle(assessment: &mut Assessment) {
    (assessment.verdict, assessment.reason) = settle(Verdict::Healthy, &mut assessment.findings);
}
