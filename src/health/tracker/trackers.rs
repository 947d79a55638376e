//! The trackers of many jobs: [`Trackers`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Tracker, is_misdated};
use crate::health::assessment::Assessment;
use crate::health::context::Context;
use crate::health::facts::page::item_context;
use crate::health::policy::Policy;
use crate::health::rules::assess::judge_whole;
use crate::health::scope::Scope;
use crate::model::{Outcome, Response, SyncJob};

/// A [`Tracker`] for each job and direction.
///
/// Its size grows with the number of jobs, not of polls. It is saved and restored through serde; see [`Tracker`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trackers {
    by_job: BTreeMap<Box<str>, Directions>,
}

/// The trackers of one job, by [`Scope`].
#[derive(Debug, Clone, PartialEq, Default)]
struct Directions([Option<Box<Tracker>>; 3]);

impl Directions {
    fn slot(&mut self, direction: Scope) -> &mut Option<Box<Tracker>> {
        let [forward, reverse, two_way] = &mut self.0;
        match direction {
            Scope::Forward => forward,
            Scope::Reverse => reverse,
            Scope::TwoWay => two_way,
        }
    }

    fn iter(&self) -> impl Iterator<Item = (Scope, &Tracker)> {
        Scope::ALL
            .iter()
            .zip(&self.0)
            .filter_map(|(direction, tracker)| Some((*direction, &**tracker.as_ref()?)))
    }
}

impl Trackers {
    /// Trackers of no job.
    #[must_use]
    pub fn new() -> Self {
        Trackers::default()
    }

    /// Judges what came of the next poll of a job, in the direction that was asked for. The job is the one that was asked
    /// for ([`Context::job_id`]), else the one that the answer names, else the job with the empty id.
    ///
    /// If the job was seen in the other direction too and that is no longer polled, each poll of this one says so.
    pub fn observe_outcome(
        &mut self,
        outcome: &Outcome<'_>,
        context: &Context,
        policy: &Policy,
    ) -> Assessment {
        let named =
            || outcome.response.as_deref().and_then(Response::job).and_then(|job| job.job_id.as_deref());
        let job_id = context.job_id.as_deref().or_else(named).unwrap_or_default();
        let vanished = self.vanished(job_id, context, policy);
        self.tracker(job_id, context.scope()).observe_beside(outcome, context, policy, vanished)
    }

    /// Judges what came of the next poll, with one assessment for each job and direction of a page, as
    /// [`assess_each`](super::super::assess_each()) does. Each is followed by its job id, else by the id of its task, else
    /// by its name.
    pub fn observe_each(
        &mut self,
        outcome: &Outcome<'_>,
        context: &Context,
        policy: &Policy,
    ) -> Vec<Assessment> {
        let page = outcome.response.as_deref().and_then(Response::page);
        let Some(page) = page.filter(|page| judge_whole(outcome, page, context, policy).is_none()) else {
            return vec![self.observe_outcome(outcome, context, policy)];
        };
        let observe = |(index, job): (usize, &SyncJob)| {
            let names = [&job.job_id, &job.task_id, &job.job_name].into_iter().flatten();
            let name = names.map(|name| name.trim()).find(|name| !name.is_empty()).unwrap_or_default();
            let context = item_context(job, context);
            let vanished = self.vanished(name, &context, policy);
            let tracker = self.tracker(name, context.scope());
            tracker.observe_item((outcome, page, index), &context, policy, vanished)
        };
        page.jobs.iter().enumerate().map(observe).collect()
    }

    /// The tracker of a job in a direction; a new one if there is none yet.
    pub fn tracker(&mut self, job_id: &str, direction: Scope) -> &mut Tracker {
        self.by_job.entry(job_id.into()).or_default().slot(direction).get_or_insert_default()
    }

    /// The tracker of a job in a direction, if there is one.
    #[must_use]
    pub fn get(&self, job_id: &str, direction: Scope) -> Option<&Tracker> {
        let (_, tracker) = self.by_job.get(job_id)?.iter().find(|(known, _)| *known == direction)?;
        Some(tracker)
    }

    /// Forgets a job in a direction, and returns its tracker.
    pub fn remove(&mut self, job_id: &str, direction: Scope) -> Option<Tracker> {
        let directions = self.by_job.get_mut(job_id)?;
        let tracker = directions.slot(direction).take();
        if directions.iter().next().is_none() {
            self.by_job.remove(job_id);
        }
        tracker.map(|tracker| *tracker)
    }

    /// Forgets all jobs and directions but those for which `keep` returns true.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, Scope, &Tracker) -> bool) {
        self.by_job.retain(|job_id, directions| {
            for direction in Scope::ALL {
                let slot = directions.slot(*direction);
                if slot.as_deref().is_some_and(|tracker| !keep(job_id, *direction, tracker)) {
                    *slot = None;
                }
            }
            directions.iter().next().is_some()
        });
    }

    /// Forgets all jobs and directions whose latest poll is earlier than a time.
    ///
    /// ```
    /// use aliyun_dts_status::health::{Context, Policy, Trackers};
    /// use aliyun_dts_status::model::Outcome;
    /// use aliyun_dts_status::{Response, SyncJob};
    /// use chrono::DateTime;
    ///
    /// let at = DateTime::from_timestamp(1_610_616_150, 0).unwrap();
    /// let mut trackers = Trackers::new();
    /// let outcome = Outcome::response(Response::from(SyncJob::sample()));
    /// trackers.observe_outcome(&outcome, &Context::at(at), &Policy::default());
    /// trackers.forget_before(at);
    /// assert_eq!(trackers.len(), 1);
    /// trackers.forget_before(DateTime::from_timestamp(1_610_616_151, 0).unwrap());
    /// assert!(trackers.is_empty());
    /// ```
    pub fn forget_before(&mut self, time: DateTime<Utc>) {
        self.retain(|_, _, tracker| tracker.latest().is_some_and(|latest| latest >= time));
    }

    /// Every tracker with its job and direction, in the order of job ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Scope, &Tracker)> {
        self.by_job.iter().flat_map(|(job_id, directions)| {
            directions.iter().map(move |(direction, tracker)| (&**job_id, direction, tracker))
        })
    }

    /// The number of jobs and directions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// True if there is no tracker.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_job.is_empty()
    }

    /// Counts the polls of one direction since the latest of the other; returns that one if it is no longer polled.
    fn vanished(&mut self, job_id: &str, context: &Context, policy: &Policy) -> Option<Scope> {
        let direction = context.scope();
        let other = if direction == Scope::Forward { Scope::Reverse } else { Scope::Forward };
        let vanished = !is_misdated(context, policy)
            && self.has_vanished(job_id, [direction, other], context.observed_at, policy);
        vanished.then_some(other)
    }

    fn has_vanished(
        &mut self,
        job_id: &str,
        [direction, other]: [Scope; 2],
        now: DateTime<Utc>,
        policy: &Policy,
    ) -> bool {
        let tracker = self.tracker(job_id, direction);
        if tracker.is_past(now) {
            return false;
        }
        let Some(directions) = self.by_job.get_mut(job_id) else { return false };
        let Some(other) = directions.slot(other).as_deref_mut() else { return false };
        other.alone = 0;
        let Some(latest) = other.latest().filter(|latest| now > *latest) else { return false };
        let times = i32::try_from(policy.vanish_after).unwrap_or(i32::MAX);
        let usual = other.interval.and_then(|interval| interval.checked_mul(times)).unwrap_or_default();
        let tracker = self.tracker(job_id, direction);
        tracker.alone = tracker.alone.saturating_add(1);
        tracker.alone >= policy.vanish_after
            && now.signed_duration_since(latest) > usual.max(policy.max_observation_age)
    }
}
