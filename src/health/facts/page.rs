//! Which job of a page is judged: [`asked_for`], [`item_context`].

use crate::health::context::Context;
use crate::health::scope::Scope;
use crate::model::spelling::unmasked;
use crate::model::{Direction, Page, SyncJob};

/// Why no job of a page is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::health) enum Unnamed {
    /// No job was asked for.
    NotAsked,
    /// The page does not have the job that was asked for.
    NotOnPage,
    /// Several jobs of the page may be the one that was asked for.
    Ambiguous,
    /// An item of the page cannot be read.
    Unreadable,
}

/// The index of the job that was asked for, in the direction that was asked for. A job that has only the other direction is
/// returned in that one.
///
/// A masked id is never compared. So it is taken for the one that was asked for only where the page has no other job.
pub(in crate::health) fn asked_for(page: &Page, context: &Context) -> Result<usize, Unnamed> {
    let requested = context.job_id.as_deref().map(str::trim).filter(|id| !id.is_empty());
    let requested = requested.ok_or(Unnamed::NotAsked)?;
    let jobs = || page.jobs.iter().enumerate();
    let mut found: Vec<_> = jobs().filter(|(_, job)| is_job(job, requested) == Some(true)).collect();
    if found.is_empty() {
        found = jobs().filter(|(_, job)| is_job(job, requested).is_none()).collect();
        if found.is_empty() || found.len() < page.jobs.len() {
            return Err(Unnamed::NotOnPage);
        }
    }
    if let [(index, _)] = *found {
        return Ok(index);
    }
    let direction = |job: &SyncJob| job.direction.as_ref().map_or(Scope::Forward, Scope::from);
    found.retain(|(_, job)| direction(job) == context.scope());
    match *found {
        [(index, _)] => Ok(index),
        _ => Err(Unnamed::Ambiguous),
    }
}

/// Compares the ids of a job with the one that was asked for; `None` if they cannot be compared, because they are masked
/// or absent.
pub(in crate::health) fn is_job(job: &SyncJob, requested: &str) -> Option<bool> {
    let job_id = trimmed(&job.job_id);
    if job_id.is_some() && unmasked(job_id).is_none() {
        return None;
    }
    let requested = unmasked(Some(requested))?;
    // The id of a job is `dts` and then that of its task.
    let is_task = |task: &str| requested == task || requested.strip_prefix("dts") == Some(task);
    match (job_id, unmasked(trimmed(&job.task_id))) {
        (Some(job_id), task) => Some(requested == job_id || task == Some(requested)),
        (None, Some(task)) => Some(is_task(task)),
        (None, None) => None,
    }
}

/// The context in which a job of a page is judged: its direction is the one that was asked for, and what the caller knows
/// about a single job does not count.
pub(in crate::health) fn item_context(job: &SyncJob, context: &Context) -> Context {
    let direction = match job.direction {
        Some(Direction::Reverse) => Direction::Reverse,
        _ => Direction::Forward,
    };
    context.clone().direction(direction).job_id(None::<String>).since(None)
}

/// Returns true if the page has the other direction of a job next to it.
pub(in crate::health) fn has_other_direction(page: &Page, index: usize) -> bool {
    let Some(job) = page.jobs.get(index) else { return false };
    let before = index.checked_sub(1).and_then(|before| page.jobs.get(before));
    let after = index.checked_add(1).and_then(|after| page.jobs.get(after));
    before.is_some_and(|before| job.is_reverse_of(before))
        || after.is_some_and(|after| after.is_reverse_of(job))
}

fn trimmed(id: &Option<String>) -> Option<&str> {
    id.as_deref().map(str::trim).filter(|id| !id.is_empty())
}
