//! The trackers of many jobs: [`Trackers`].

use std::collections::BTreeMap;

use super::Tracker;
use crate::health::assessment::Assessment;
use crate::health::context::Context;
use crate::health::policy::Policy;
use crate::health::scope::Scope;
use crate::model::{Outcome, Response};

/// A [`Tracker`] for each job and direction.
///
/// Its size grows with the number of jobs, not of polls. It is saved and restored through serde; see [`Tracker`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trackers {
    by_job: BTreeMap<Box<str>, BTreeMap<Scope, Tracker>>,
}

impl Trackers {
    /// Trackers of no job.
    #[must_use]
    pub fn new() -> Self {
        Trackers::default()
    }

    /// Judges what came of the next poll of a job, in the direction that was asked for. The job is the one that was asked
    /// for ([`Context::job_id`]), else the one that the answer names, else the job with the empty id.
    pub fn observe_outcome(
        &mut self,
        outcome: &Outcome<'_>,
        context: &Context,
        policy: &Policy,
    ) -> Assessment {
        let named =
            || outcome.response.as_deref().and_then(Response::job).and_then(|job| job.job_id.as_deref());
        let job_id = context.job_id.as_deref().or_else(named).unwrap_or_default();
        self.tracker(job_id, context.scope()).observe_outcome(outcome, context, policy)
    }

    /// The tracker of a job in a direction; a new one if there is none yet.
    pub fn tracker(&mut self, job_id: &str, direction: Scope) -> &mut Tracker {
        self.by_job.entry(job_id.into()).or_default().entry(direction).or_default()
    }

    /// Every tracker with its job and direction, in the order of job ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Scope, &Tracker)> {
        self.by_job.iter().flat_map(|(job_id, directions)| {
            directions.iter().map(move |(direction, tracker)| (&**job_id, *direction, tracker))
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
}
