//! Trackers of many jobs: [`Trackers`].

use std::collections::BTreeMap;

use super::Tracker;
use crate::health::assessment::Assessment;
use crate::health::finding::Scope;
use crate::health::policy::{Context, Policy};
use crate::health::rules::case::scope;
use crate::model::Response;

/// A [`Tracker`] for each job and direction.
///
/// Its size grows with the number of jobs, not with that of polls.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trackers {
    pub(super) by_job: BTreeMap<Box<str>, BTreeMap<Scope, Tracker>>,
}

impl Trackers {
    /// No job seen yet.
    #[must_use]
    pub fn new() -> Self {
        Trackers::default()
    }

    /// Judges the next poll of the job that the response names, in the direction that was asked for.
    ///
    /// A response that names no job counts as one of a job with an empty name; where it is known which job was
    /// asked for, use [`tracker`](Self::tracker).
    pub fn observe(&mut self, response: &Response, context: &Context, policy: &Policy) -> Assessment {
        let job_id = response.job().and_then(|job| job.job_id.as_deref()).unwrap_or_default();
        self.tracker(job_id, scope(context)).observe_response(response, context, policy)
    }

    /// The tracker of a job in a direction, a new one if the job was not seen before.
    pub fn tracker(&mut self, job_id: &str, direction: Scope) -> &mut Tracker {
        self.by_job.entry(job_id.into()).or_default().entry(direction).or_default()
    }

    /// Every tracker with its job and direction, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Scope, &Tracker)> {
        self.by_job.iter().flat_map(|(job_id, directions)| {
            directions.iter().map(move |(direction, tracker)| (&**job_id, *direction, tracker))
        })
    }

    /// How many jobs and directions are tracked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether no job was seen yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_job.is_empty()
    }
}
