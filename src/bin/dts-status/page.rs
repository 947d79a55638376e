//! The jobs of a page: [`key`], [`has_job`], [`asked_directions`], [`JobFacts`], [`violations_of`]; and the others, [`OtherPages`].

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use aliyun_dts_status::health::{Assessment, Scope};
use aliyun_dts_status::model::{Direction, Loss};
use aliyun_dts_status::{Page, Response, SyncJob, Violation, validate, validate_page};

use crate::exit::warn;
use crate::output::count;

/// The name that the output shows for a job, and its direction: its id, else that of its task, else its name.
pub(crate) fn key(job: &SyncJob) -> (String, Scope) {
    let name = named(job).or_else(|| first_of([&job.job_name])).unwrap_or_default();
    (name.to_owned(), scope(job))
}

/// The id by which an answer names its job: that of the job, else that of its task.
pub(crate) fn named(job: &SyncJob) -> Option<&str> {
    first_of([&job.job_id, &job.task_id])
}

/// Returns true if a page has the job that was asked for.
pub(crate) fn has_job(page: &Page, job_id: &str) -> bool {
    page.jobs.iter().any(|job| is_asked(job, job_id))
}

/// The directions in which a page has the job that was asked for; Forward if it has none.
pub(crate) fn asked_directions(page: &Page, job_id: &str) -> Vec<Direction> {
    let scopes: BTreeSet<_> = page.jobs.iter().filter(|job| is_asked(job, job_id)).map(scope).collect();
    let direction = |scope| if scope == Scope::Reverse { Direction::Reverse } else { Direction::Forward };
    if scopes.is_empty() { vec![Direction::Forward] } else { scopes.into_iter().map(direction).collect() }
}

/// What an answer has of each job, for assessments of them.
pub(crate) struct JobFacts<'a> {
    jobs: &'a [SyncJob],
    is_page: bool,
    /// The jobs of each id and direction that were not found yet, by index.
    by_id: BTreeMap<(String, Scope), VecDeque<usize>>,
    losses: Vec<Loss>,
}

impl<'a> JobFacts<'a> {
    /// The facts of a response, with what decoding lost of it.
    pub(crate) fn of(response: &'a Response, losses: Vec<Loss>) -> Self {
        let jobs = response.jobs();
        let mut by_id: BTreeMap<_, VecDeque<_>> = BTreeMap::new();
        for (index, job) in jobs.iter().enumerate() {
            by_id.entry((trimmed(job.job_id.as_deref()), scope(job))).or_default().push_back(index);
        }
        JobFacts { jobs, is_page: response.page().is_some(), by_id, losses }
    }

    /// The job that an assessment is about, Forward of a job in two directions; and the losses: those of the job, and
    /// those of the whole answer. The assessments are in the order of the answer, since jobs may share a masked id.
    pub(crate) fn take(&mut self, assessment: &Assessment) -> (Option<&'a SyncJob>, Vec<Loss>) {
        if !self.is_page {
            return (self.jobs.first(), self.losses.clone());
        }
        let scopes: &[Scope] = match assessment.direction() {
            Scope::Reverse => &[Scope::Reverse],
            Scope::TwoWay => &[Scope::Forward, Scope::Reverse],
            _ => &[Scope::Forward],
        };
        let id = trimmed(assessment.job_id());
        let mut next = |scope: &Scope| {
            if let Some(index) = self.by_id.get_mut(&(id.clone(), *scope)).and_then(VecDeque::pop_front) {
                return Some(index);
            }
            // The job was asked for by the id of its task.
            let unnamed = self.by_id.get_mut(&(String::new(), *scope))?;
            let place = unnamed
                .iter()
                .position(|index| self.jobs.get(*index).is_some_and(|job| is_asked(job, &id)))?;
            unnamed.remove(place)
        };
        let indices: Vec<_> = scopes.iter().filter_map(&mut next).collect();
        let job = indices.first().and_then(|index| self.jobs.get(*index));
        // Items that cannot be read are of no job.
        let is_of_none = |loss: &&Loss| loss.jobs.as_ref().is_none_or(Range::is_empty);
        let losses = match (job, assessment.job_id()) {
            (None, None) => self.losses.iter().filter(is_of_none).cloned().collect(),
            _ => losses_of(&self.losses, &indices),
        };
        (job, losses)
    }
}

/// The losses of some jobs of a page, and those of the whole answer.
pub(crate) fn losses_of(losses: &[Loss], jobs: &[usize]) -> Vec<Loss> {
    let is_own =
        |loss: &&Loss| loss.jobs.as_ref().is_none_or(|range| jobs.iter().any(|index| range.contains(index)));
    losses.iter().filter(is_own).cloned().collect()
}

fn trimmed(id: Option<&str>) -> String {
    id.unwrap_or_default().trim().to_owned()
}

/// The violations of a response.
pub(crate) fn violations_of(response: &Response) -> Vec<Violation> {
    match response {
        Response::Job(job) => validate(job),
        Response::Page(page) => validate_page(page),
        _ => Vec::new(),
    }
}

fn is_asked(job: &SyncJob, job_id: &str) -> bool {
    [&job.job_id, &job.task_id].into_iter().any(|id| id.as_deref().map(str::trim) == Some(job_id.trim()))
}

/// The first name that is not empty.
fn first_of<const N: usize>(names: [&Option<String>; N]) -> Option<&str> {
    names.into_iter().flatten().map(|name| name.trim()).find(|name| !name.is_empty())
}

fn scope(job: &SyncJob) -> Scope {
    match job.direction {
        Some(Direction::Reverse) => Scope::Reverse,
        _ => Scope::Forward,
    }
}

/// The jobs of all pages that were read, and how many there are in all.
#[derive(Debug, Default)]
pub(crate) struct OtherPages {
    total: i64,
    seen: BTreeSet<String>,
}

impl OtherPages {
    /// Adds a page that was read.
    pub(crate) fn add(&mut self, page: &Page) {
        /// Limit of the jobs that are kept.
        const LIMIT: usize = 100_000;
        if !page.is_partial() && self.total == 0 {
            return;
        }
        self.total = self.total.max(page.total.unwrap_or_default());
        if self.seen.len() < LIMIT {
            self.seen.extend(page.jobs.iter().map(|job| key(job).0));
        }
    }

    /// Warns if there are jobs on pages that were not read.
    pub(crate) fn warn(&self) {
        let seen = self.seen.len();
        if usize::try_from(self.total).is_ok_and(|total| total > seen) {
            let total = count(self.total, "job");
            warn(format_args!("a part of the fleet: {seen} of {total}; the others are on other pages"));
        }
    }
}
