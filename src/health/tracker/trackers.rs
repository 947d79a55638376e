//! The trackers of many jobs: [`Trackers`].

use std::collections::BTreeMap;
use std::collections::btree_map;

use chrono::{DateTime, Utc};

use super::hold::is_silent;
use super::key::{AsKey, Key};
use super::{Item, Tracker, is_misdated};
use crate::health::assessment::Assessment;
use crate::health::context::Context;
use crate::health::facts::page::item_context;
use crate::health::policy::Policy;
use crate::health::rules::assess::{assess_each, judge_unreadable, judge_whole};
use crate::health::scope::Scope;
use crate::model::spelling::unmasked;
use crate::model::{Direction, Outcome, Response, SyncJob};

/// A [`Tracker`] for each job and direction: a map, in the order of job ids.
///
/// Its size grows with the number of jobs, not of polls: at most 400 bytes for a job and direction. It is saved and
/// restored through serde; see [`Tracker`].
///
/// ```
/// use aliyun_dts_status::health::{Context, Policy, Scope, Trackers};
/// use aliyun_dts_status::model::Outcome;
/// use aliyun_dts_status::{Response, SyncJob};
/// use chrono::DateTime;
///
/// let mut trackers = Trackers::new();
/// let outcome = Outcome::response(Response::from(SyncJob::sample()));
/// let context = Context::at(DateTime::UNIX_EPOCH).job_id("dtsexjk1alb116wxyz".to_owned());
/// trackers.observe_outcome(&outcome, &context, &Policy::default());
///
/// let saved = serde_json::to_string(&trackers)?;
/// let restored: Trackers = serde_json::from_str(&saved)?;
/// assert_eq!(restored, trackers);
/// for (job_id, direction, tracker) in &restored {
///     assert_eq!((job_id, direction), ("dtsexjk1alb116wxyz", Scope::Forward));
///     assert_eq!(tracker.latest(), Some(DateTime::UNIX_EPOCH));
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trackers {
    by_job: BTreeMap<Key, Box<Tracker>>,
}

impl Trackers {
    /// Trackers of no job.
    #[must_use]
    pub fn new() -> Self {
        Trackers::default()
    }

    /// Judges what came of the next poll of a job, in the direction that was asked for. The job is the one that was asked
    /// for ([`Context::job_id`]), else the one that the answer names by its job id or its task id, else the job with the
    /// empty id.
    ///
    /// If the job was seen in the other direction too and that is no longer polled, each poll of this one says so.
    pub fn observe_outcome(
        &mut self,
        outcome: &Outcome<'_>,
        context: &Context,
        policy: &Policy,
    ) -> Assessment {
        let answered = outcome.response.as_deref().and_then(Response::job);
        let of_answer = answered.into_iter().flat_map(|job| [job.job_id.as_deref(), job.task_id.as_deref()]);
        let names = [context.job_id.as_deref()].into_iter().chain(of_answer).flatten().map(str::trim);
        let job_id = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        let vanished = self.vanished(job_id, context, policy);
        self.tracker(job_id, context.scope()).observe_answer(outcome, context, policy, vanished)
    }

    /// Judges what came of the next poll, with one assessment for each job and direction of a page, as
    /// [`assess_each`](super::super::assess_each()) does. Each is followed by its [`key_of`](Self::key_of); jobs of a page
    /// that share a key and a direction are judged alone, and not remembered.
    ///
    /// A failed call that names no job is one assessment, as in `assess_each`. But if it says nothing about any job (a
    /// throttled call, no answer), there is one for each job and direction that
    ///
    /// * is known,
    /// * was not polled at this time yet: give all pages of one round the same time, so that a page that fails holds the
    ///   verdicts of its own jobs only,
    /// * and is still polled as the others are.
    ///
    /// It keeps the verdict of the latest poll, as [`Tracker`] does by its third rule. A job that a page no longer lists is
    /// not judged.
    pub fn observe_each(
        &mut self,
        outcome: &Outcome<'_>,
        context: &Context,
        policy: &Policy,
    ) -> Vec<Assessment> {
        let page = outcome.response.as_deref().and_then(Response::page);
        let Some(page) = page.filter(|page| judge_whole(outcome, page, context, policy).is_none()) else {
            let job = outcome.response.as_deref().and_then(Response::job);
            let names = [context.job_id.as_deref().map(str::trim), job.map(Trackers::key_of)];
            if names.into_iter().flatten().any(|name| !name.is_empty()) {
                return vec![self.observe_outcome(outcome, context, policy)];
            }
            return self.observe_call(outcome, context, policy);
        };
        let call = page.call();
        let mut polls: BTreeMap<(&str, Scope), u32> = BTreeMap::new();
        for job in &page.jobs {
            let count = polls.entry((Trackers::key_of(job), item_context(job, context).scope())).or_default();
            *count = count.saturating_add(1);
        }
        let observe = |(index, job): (usize, &SyncJob)| {
            let (name, context) = (Trackers::key_of(job), item_context(job, context));
            let item = Item { outcome, page, call: &call, index };
            if name.is_empty() || polls.get(&(name, context.scope())).is_some_and(|count| *count > 1) {
                return Tracker::new().observe_item(&item, &context, policy, None);
            }
            let vanished = self.vanished(name, &context, policy);
            self.tracker(name, context.scope()).observe_item(&item, &context, policy, vanished)
        };
        let mut each: Vec<_> = page.jobs.iter().enumerate().map(observe).collect();
        // Nothing says whose items these are, so they have no tracker.
        let unreadable = judge_unreadable(outcome, page, context, policy);
        each.extend(unreadable.map(|mut unreadable| {
            unreadable.finish(policy);
            unreadable
        }));
        each
    }

    /// The key by which a job of a page is followed: its job id, else the id of its task, else its name. A masked id
    /// (`dts****`) may be that of several jobs, so it is the last choice.
    #[must_use]
    pub fn key_of(job: &SyncJob) -> &str {
        let [job_id, task_id, name] =
            [&job.job_id, &job.task_id, &job.job_name].map(|name| name.as_deref().unwrap_or_default().trim());
        let ids = [job_id, task_id].map(|id| unmasked(Some(id)).unwrap_or_default());
        let names = ids.into_iter().chain([name, job_id, task_id]);
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
    }

    /// Judges a poll that names no job.
    fn observe_call(&mut self, outcome: &Outcome<'_>, context: &Context, policy: &Policy) -> Vec<Assessment> {
        let whole = assess_each(outcome, context, policy);
        if is_misdated(context, policy) || !whole.iter().all(is_silent) {
            return whole;
        }
        let newest = self.by_job.values().filter_map(|tracker| tracker.latest()).max();
        let hold = |(key, tracker): (&Key, &mut Box<Tracker>)| {
            let age = newest?.signed_duration_since(tracker.latest()?);
            if age > tracker.vanishes_after(policy) || tracker.is_past(context.observed_at) {
                return None;
            }
            let (job_id, scope) = key.key();
            let direction = if scope == Scope::Reverse { Direction::Reverse } else { Direction::Forward };
            let context = context.clone().job_id(job_id.to_owned()).direction(direction).since(None);
            Some(tracker.hold_outcome(outcome, &context, policy))
        };
        let held: Vec<_> = self.by_job.iter_mut().filter_map(hold).collect();
        if held.is_empty() { whole } else { held }
    }

    /// The tracker of a job in a direction; a new one if there is none yet.
    pub fn tracker(&mut self, job_id: &str, direction: Scope) -> &mut Tracker {
        self.by_job.entry(Key::new(job_id, direction)).or_default()
    }

    /// The tracker of a job in a direction, if there is one.
    #[must_use]
    pub fn get(&self, job_id: &str, direction: Scope) -> Option<&Tracker> {
        self.by_job.get(&(job_id, direction) as &dyn AsKey).map(|tracker| &**tracker)
    }

    /// The tracker of a job in a direction, if there is one, to be changed.
    pub fn get_mut(&mut self, job_id: &str, direction: Scope) -> Option<&mut Tracker> {
        self.by_job.get_mut(&(job_id, direction) as &dyn AsKey).map(|tracker| &mut **tracker)
    }

    /// Sets the tracker of a job in a direction, and returns the one that was there.
    pub fn insert(&mut self, job_id: &str, direction: Scope, tracker: Tracker) -> Option<Tracker> {
        self.by_job.insert(Key::new(job_id, direction), Box::new(tracker)).map(|tracker| *tracker)
    }

    /// Forgets a job in a direction, and returns its tracker.
    pub fn remove(&mut self, job_id: &str, direction: Scope) -> Option<Tracker> {
        self.by_job.remove(&(job_id, direction) as &dyn AsKey).map(|tracker| *tracker)
    }

    /// Forgets all jobs and directions but those for which `keep` returns true.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, Scope, &mut Tracker) -> bool) {
        self.by_job.retain(|key, tracker| {
            let (job_id, direction) = key.key();
            keep(job_id, direction, tracker)
        });
    }

    /// Forgets all jobs and directions whose latest poll is earlier than a time.
    ///
    /// ```
    /// use aliyun_dts_status::health::{Context, Policy, Trackers};
    /// use aliyun_dts_status::model::Outcome;
    /// use aliyun_dts_status::{Response, SyncJob};
    /// use chrono::{DateTime, Utc};
    ///
    /// let at = "2021-01-14T09:22:30Z".parse::<DateTime<Utc>>()?;
    /// let mut trackers = Trackers::new();
    /// let outcome = Outcome::response(Response::from(SyncJob::sample()));
    /// trackers.observe_outcome(&outcome, &Context::at(at), &Policy::default());
    /// trackers.forget_before(at);
    /// assert_eq!(trackers.len(), 1);
    /// trackers.forget_before(at + std::time::Duration::from_secs(1));
    /// assert!(trackers.is_empty());
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    pub fn forget_before(&mut self, time: DateTime<Utc>) {
        self.retain(|_, _, tracker| tracker.latest().is_some_and(|latest| latest >= time));
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.by_job.clear();
    }

    /// Every tracker with its job and direction, in the order of job ids.
    #[must_use]
    pub fn iter(&self) -> TrackersIter<'_> {
        TrackersIter(self.by_job.iter())
    }

    /// Every tracker with its job and direction, to be changed, in the order of job ids.
    pub fn iter_mut(&mut self) -> TrackersIterMut<'_> {
        TrackersIterMut(self.by_job.iter_mut())
    }

    /// The number of jobs and directions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_job.len()
    }

    /// Returns true if there is no tracker.
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
        if self.get(job_id, direction).is_some_and(|tracker| tracker.is_past(now)) {
            return false;
        }
        let Some(other) = self.get_mut(job_id, other) else { return false };
        other.alone = 0;
        let Some(latest) = other.latest().filter(|latest| now > *latest) else { return false };
        let limit = other.vanishes_after(policy);
        let tracker = self.tracker(job_id, direction);
        tracker.alone = tracker.alone.saturating_add(1);
        tracker.alone >= policy.vanish_after && now.signed_duration_since(latest) > limit
    }
}

/// The items of [`Trackers::iter`].
#[derive(Debug, Clone)]
pub struct TrackersIter<'a>(btree_map::Iter<'a, Key, Box<Tracker>>);

/// The items of [`Trackers::iter_mut`].
#[derive(Debug)]
pub struct TrackersIterMut<'a>(btree_map::IterMut<'a, Key, Box<Tracker>>);

/// The trackers of [`Trackers`], taken out of it.
#[derive(Debug)]
pub struct TrackersIntoIter(btree_map::IntoIter<Key, Box<Tracker>>);

/// Implements an iterator over the entries of the map.
macro_rules! iterator {
    ($name:ident $(<$life:lifetime>)?, $item:ty, |$key:ident, $tracker:ident| $entry:expr) => {
        impl $(<$life>)? Iterator for $name $(<$life>)? {
            type Item = $item;

            fn next(&mut self) -> Option<Self::Item> {
                self.0.next().map(|($key, $tracker)| $entry)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl $(<$life>)? DoubleEndedIterator for $name $(<$life>)? {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back().map(|($key, $tracker)| $entry)
            }
        }

        impl $(<$life>)? ExactSizeIterator for $name $(<$life>)? {}
    };
}

iterator!(TrackersIter<'a>, (&'a str, Scope, &'a Tracker), |key, tracker| {
    let (job_id, direction) = key.key();
    (job_id, direction, &**tracker)
});
iterator!(TrackersIterMut<'a>, (&'a str, Scope, &'a mut Tracker), |key, tracker| {
    let (job_id, direction) = key.key();
    (job_id, direction, &mut **tracker)
});
iterator!(TrackersIntoIter, (Box<str>, Scope, Tracker), |key, tracker| {
    let (_, direction) = key.key();
    (key.into_job_id(), direction, *tracker)
});

impl<'a> IntoIterator for &'a Trackers {
    type Item = (&'a str, Scope, &'a Tracker);
    type IntoIter = TrackersIter<'a>;

    fn into_iter(self) -> TrackersIter<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut Trackers {
    type Item = (&'a str, Scope, &'a mut Tracker);
    type IntoIter = TrackersIterMut<'a>;

    fn into_iter(self) -> TrackersIterMut<'a> {
        self.iter_mut()
    }
}

impl IntoIterator for Trackers {
    type Item = (Box<str>, Scope, Tracker);
    type IntoIter = TrackersIntoIter;

    fn into_iter(self) -> TrackersIntoIter {
        TrackersIntoIter(self.by_job.into_iter())
    }
}

impl<S: AsRef<str>> FromIterator<(S, Scope, Tracker)> for Trackers {
    /// Of several trackers of the same job and direction the last counts.
    fn from_iter<I: IntoIterator<Item = (S, Scope, Tracker)>>(trackers: I) -> Self {
        let entry = |(job_id, direction, tracker): (S, Scope, Tracker)| {
            (Key::new(job_id.as_ref(), direction), Box::new(tracker))
        };
        Trackers { by_job: trackers.into_iter().map(entry).collect() }
    }
}

impl<S: AsRef<str>> Extend<(S, Scope, Tracker)> for Trackers {
    fn extend<I: IntoIterator<Item = (S, Scope, Tracker)>>(&mut self, trackers: I) {
        self.by_job.extend(Trackers::from_iter(trackers).by_job);
    }
}
