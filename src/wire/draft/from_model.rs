//! Jobs and pages of the model as the records that they are written as.

use std::mem;

use super::placed::Value;
use super::{Draft, Item, Mode, PageDraft, Tag};
use crate::model::{JobKind, Operation, Page, SyncJob};

impl From<&SyncJob> for Draft {
    fn from(job: &SyncJob) -> Self {
        let mut draft = Draft {
            job_type: job.kind.map(Value::new),
            direction: job.direction.clone().map(Value::new),
            job: job.clone(),
            ..Draft::default()
        };
        let job = &mut draft.job;
        draft.delay = match job.kind {
            Some(JobKind::Migration) => job.delay_millis.map(|delay| delay.num_milliseconds()),
            _ => job.delay.map(|delay| delay.num_seconds()),
        }
        .map(Value::new);
        let mode = Mode {
            structure: job.structure_initialization,
            data: job.data_initialization,
            synchronization: job.data_synchronization,
        };
        draft.mode = Some(mode).filter(|mode| *mode != Mode::default());
        let tags = mem::take(&mut job.tags).into_iter();
        let text = |text: String| Some(text).filter(|text| !text.is_empty()).map(Value::new);
        draft.tags = tags.map(|(key, value)| Tag { key: text(key), value: text(value) }).collect();
        draft
    }
}

impl Draft {
    /// The record of a job with a value for every name that the job may have been read from.
    pub(in crate::wire) fn with_every_name(job: &SyncJob) -> Self {
        let draft = Draft::from(job);
        Draft {
            create_time: job.created_at,
            instance_create_time: job.created_at,
            second_direction: draft.direction.clone(),
            ..draft
        }
    }
}

/// The record of the jobs of one item of a page.
pub(super) fn item(item: &Item) -> Draft {
    let jobs: Vec<&SyncJob> = item.iter().flatten().collect();
    let Some((&first, others)) = jobs.split_first() else { return Draft::default() };
    if first.operation == Operation::DescribeSynchronizationJobStatusList {
        let named =
            Draft { job: SyncJob { job_id: first.job_id.clone(), ..SyncJob::default() }, ..Draft::default() };
        let has_direction = |job: &&&SyncJob| ***job != bare_id(job);
        // Each is a record of its own, without the directions of another.
        let alone =
            |job: &&SyncJob| vec![Some(SyncJob { operation: Operation::default(), ..(*job).clone() })];
        let directions = jobs.iter().filter(has_direction).map(alone).collect();
        return Draft { directions, ..named };
    }
    Draft { reverse: others.first().map(|job| Box::new((*job).clone())), ..Draft::from(first) }
}

/// A job with the id of another and nothing else.
fn bare_id(job: &SyncJob) -> SyncJob {
    SyncJob { operation: job.operation, kind: job.kind, job_id: job.job_id.clone(), ..SyncJob::default() }
}

impl From<&Page> for PageDraft {
    fn from(page: &Page) -> Self {
        let mut items: Vec<Item> = Vec::new();
        for job in &page.jobs {
            let job = SyncJob { operation: page.operation, ..job.clone() };
            match items.last_mut() {
                Some(item)
                    if item.iter().flatten().last().is_some_and(|before| shares_item(&job, before)) =>
                {
                    item.push(Some(job));
                }
                _ => items.push(vec![Some(job)]),
            }
        }
        PageDraft { page: page.without_jobs(), items }
    }
}

/// Returns true if a job is written in the same item as the one before it.
fn shares_item(job: &SyncJob, before: &SyncJob) -> bool {
    match job.operation {
        // A reverse direction inside another record is read as a synchronization.
        Operation::DescribeDtsJobs => job.kind == Some(JobKind::Synchronization) && job.is_reverse_of(before),
        Operation::DescribeSynchronizationJobStatusList => {
            job.job_id == before.job_id && *job != bare_id(job) && *before != bare_id(before)
        }
        _ => false,
    }
}
