//! The values of a response that were kept at paths: [`Kept`].

use std::ops::Range;

use super::draft::{Draft, PageDraft};
use super::json::value_at;
use super::schema::{
    DtsJobDetail, DtsJobsPage, FaultDocument, JobStatusResponse, MigrationJobStatusResponse,
    MigrationJobsPage, StatusListPage, SynchronizationJobsPage,
};
use crate::field::Field;
use crate::model::{Operation, Page, Response};
use crate::path::Segment;

/// The values of a response that were kept at paths.
pub(super) struct Kept<'r> {
    response: &'r Response,
    /// Of a page, which directions of each item of its list are jobs.
    items: &'r [Vec<bool>],
    /// The record of a job.
    job: Option<Draft>,
    /// The record of the item of a page that was asked for last, with its index. Most paths in a row are of one item.
    item: Option<(usize, PageDraft)>,
}

impl<'r> Kept<'r> {
    pub(super) fn new(response: &'r Response, items: &'r [Vec<bool>]) -> Self {
        Kept { response, items, job: None, item: None }
    }

    /// The jobs of a page that a path is about, by index, and the value that the response has there. The jobs are none
    /// where an item could not be read.
    pub(super) fn at(&mut self, path: &[Segment]) -> (Option<Range<usize>>, Option<String>) {
        // Tags are kept by key, so an index of their list has no meaning in the model.
        let is_in_tag = |pair: &[Segment]| {
            matches!(pair, [Segment::Field(Field::Tags | Field::TagList), Segment::Index(_)])
        };
        let is_tag = path.windows(2).any(is_in_tag);
        let (jobs, kept) = match self.response {
            Response::Fault(fault) => (None, value_at::<FaultDocument>(fault, path)),
            Response::Job(_) => (None, self.in_job(path)),
            Response::Page(page) => self.in_page(page, path),
        };
        (jobs, kept.filter(|_| !is_tag))
    }

    fn in_job(&mut self, path: &[Segment]) -> Option<String> {
        let job = self.response.job()?;
        match job.operation {
            Operation::DescribeDtsJobDetail => {
                value_at::<DtsJobDetail>(self.job.get_or_insert_with(|| Draft::from(job)), path)
            }
            Operation::DescribeMigrationJobStatus => {
                value_at::<MigrationJobStatusResponse>(self.job.get_or_insert_with(|| Draft::from(job)), path)
            }
            _ => value_at::<JobStatusResponse>(job, path),
        }
    }

    fn in_page(&mut self, page: &Page, path: &[Segment]) -> (Option<Range<usize>>, Option<String>) {
        let [Segment::Field(list), Segment::Index(index), rest @ ..] = path else {
            // A value of a list is shown by its first item.
            let first = page.jobs.first().cloned().map(|job| vec![Some(job)]);
            let page = PageDraft { page: page.without_jobs(), items: first.into_iter().collect() };
            return (None, value_in_page(&page, path));
        };
        let jobs = self.jobs(page.operation, *index, rest);
        let all = self.jobs(page.operation, *index, &[]);
        if self.item.as_ref().is_none_or(|(known, _)| known != index) {
            let item = page.jobs.get(all).unwrap_or_default().iter().cloned().map(Some).collect();
            let draft = PageDraft { page: Page::new(page.operation), items: vec![item] };
            self.item = Some((*index, draft));
        }
        let path: Vec<Segment> =
            [Segment::Field(*list), Segment::Index(0)].into_iter().chain(rest.iter().cloned()).collect();
        let item = self.item.as_ref().filter(|_| !jobs.is_empty());
        let kept = item.and_then(|(_, draft)| value_in_page(draft, &path));
        (Some(jobs), kept)
    }

    /// The jobs of an item, or that of one of its directions, by index.
    fn jobs(&self, operation: Operation, index: usize, rest: &[Segment]) -> Range<usize> {
        let count = |places: &[bool]| places.iter().filter(|is_job| **is_job).count();
        let first: usize = self.items.iter().take(index).map(|places| count(places)).sum();
        let Some(places) = self.items.get(index) else { return first..first };
        let direction = match rest {
            [Segment::Field(Field::ReverseJob), ..] => Some(1),
            [Segment::Field(Field::SynchronizationDirectionInfoList), Segment::Index(index), ..] => {
                Some(*index)
            }
            [_, ..] if operation == Operation::DescribeDtsJobs => Some(0),
            _ => None,
        };
        let place = direction.and_then(|direction| Some((direction, *places.get(direction)?)));
        match place {
            Some((direction, is_job)) => {
                let start = first.saturating_add(count(places.get(..direction).unwrap_or_default()));
                start..start.saturating_add(is_job.into())
            }
            None => first..first.saturating_add(count(places)),
        }
    }
}

fn value_in_page(draft: &PageDraft, path: &[Segment]) -> Option<String> {
    match draft.page.operation {
        Operation::DescribeSynchronizationJobStatusList => value_at::<StatusListPage>(draft, path),
        Operation::DescribeDtsJobs => value_at::<DtsJobsPage>(draft, path),
        Operation::DescribeMigrationJobs => value_at::<MigrationJobsPage>(draft, path),
        _ => value_at::<SynchronizationJobsPage>(draft, path),
    }
}
