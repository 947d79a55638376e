//! The values of a response that were kept at paths: [`Kept`].

use std::collections::BTreeMap;
use std::ops::Range;

use super::draft::{Draft, PageDraft};
use super::json::value_at;
use super::schema::{
    DirectionOfList, DtsJobDetail, DtsJobOfPage, DtsJobsPage, FaultDocument, JobStatusResponse,
    MigrationJobOfPage, MigrationJobStatusResponse, MigrationJobsPage, StatusListPage, StatusOfList,
    SynchronizationJobOfPage, SynchronizationJobsPage,
};
use crate::field::Field;
use crate::model::{Operation, Page, Response};
use crate::path::Segment;

/// The values of a response that were kept at paths.
///
/// A record is copied once for many paths, since it may be large and have many losses.
pub(super) struct Kept<'r> {
    response: &'r Response,
    /// Of a page, which directions of each item of its list are jobs.
    items: &'r [Vec<bool>],
    /// The record of the job that was asked for last, with its index. Most paths in a row are of one job.
    job: Option<(usize, Draft)>,
    /// The places of the paths that were asked for.
    known: BTreeMap<&'r [Segment], Place>,
}

/// The jobs of a page that a path is about, by index, and the value that the response has there. The jobs are none where
/// an item could not be read.
type Place = (Option<Range<usize>>, Option<String>);

impl<'r> Kept<'r> {
    pub(super) fn new(response: &'r Response, items: &'r [Vec<bool>]) -> Self {
        Kept { response, items, job: None, known: BTreeMap::new() }
    }

    /// The jobs and the value at a path.
    pub(super) fn at(&mut self, path: &'r [Segment]) -> Place {
        if let Some(place) = self.known.get(path) {
            return place.clone();
        }
        let place = match self.response {
            Response::Fault(fault) => (None, value_at::<FaultDocument>(fault, path)),
            Response::Job(_) => (None, self.in_job(0, path)),
            Response::Page(page) => self.in_page(page, path),
        };
        self.known.insert(path, place.clone());
        place
    }

    fn in_page(&mut self, page: &Page, path: &[Segment]) -> Place {
        let [Segment::Field(list), Segment::Index(index), rest @ ..] = path else {
            // A value of a list is shown by its first item.
            let first = page.jobs.first().cloned().map(|job| vec![Some(job)]);
            let page = PageDraft { page: page.without_jobs(), items: first.into_iter().collect() };
            return (None, value_in_page(&page, path));
        };
        let jobs = self.jobs(page.operation, *index, rest);
        if jobs.is_empty() {
            return (Some(jobs), None);
        }
        let kept = match is_whole(rest) {
            true => {
                let all = self.jobs(page.operation, *index, &[]);
                let item = page.jobs.get(all).unwrap_or_default().iter().cloned().map(Some).collect();
                let draft = PageDraft { page: Page::new(page.operation), items: vec![item] };
                let first = [Segment::Field(*list), Segment::Index(0)];
                value_in_page(&draft, &[&first, rest].concat())
            }
            false if self.is_of_no_job(page.operation, *index, rest) => None,
            false => self.in_job(jobs.start, rest),
        };
        (Some(jobs), kept)
    }

    /// The value in a job. Of a page the path begins in the item of its list.
    fn in_job(&mut self, index: usize, path: &[Segment]) -> Option<String> {
        // Tags are kept by key, so an index of their list has no meaning in the model.
        let is_in_tag = |pair: &[Segment]| {
            matches!(pair, [Segment::Field(Field::Tags | Field::TagList), Segment::Index(_)])
        };
        if path.windows(2).any(is_in_tag) {
            return None;
        }
        let job = self.response.jobs().get(index)?;
        let operation = job.operation;
        if operation == Operation::DescribeSynchronizationJobStatus {
            return value_at::<JobStatusResponse>(job, path);
        }
        let draft = match &mut self.job {
            Some((known, draft)) if *known == index => draft,
            job_before => &mut job_before.insert((index, Draft::with_every_name(job))).1,
        };
        match (operation, path) {
            (Operation::DescribeDtsJobDetail, _) => value_at::<DtsJobDetail>(draft, path),
            (Operation::DescribeMigrationJobStatus, _) => value_at::<MigrationJobStatusResponse>(draft, path),
            (Operation::DescribeMigrationJobs, _) => value_at::<MigrationJobOfPage>(draft, path),
            (Operation::DescribeDtsJobs, [Segment::Field(Field::ReverseJob), path @ ..] | path) => {
                value_at::<DtsJobOfPage>(draft, path)
            }
            (
                Operation::DescribeSynchronizationJobStatusList,
                [Segment::Field(Field::SynchronizationDirectionInfoList), Segment::Index(_), path @ ..],
            ) => value_at::<DirectionOfList>(draft, path),
            (Operation::DescribeSynchronizationJobStatusList, _) => value_at::<StatusOfList>(draft, path),
            _ => value_at::<SynchronizationJobOfPage>(draft, path),
        }
    }

    /// Returns true for a path in a direction that could not be read.
    fn is_of_no_job(&self, operation: Operation, index: usize, rest: &[Segment]) -> bool {
        let is_job =
            |direction| self.items.get(index).and_then(|places| places.get(direction)) == Some(&true);
        direction(operation, rest).is_some_and(|direction| !is_job(direction))
    }

    /// The job of a direction of an item, by index; all jobs of the item for what is about none of its directions.
    fn jobs(&self, operation: Operation, index: usize, rest: &[Segment]) -> Range<usize> {
        let count = |places: &[bool]| places.iter().filter(|is_job| **is_job).count();
        let first: usize = self.items.iter().take(index).map(|places| count(places)).sum();
        let Some(places) = self.items.get(index) else { return first..first };
        match direction(operation, rest).filter(|direction| places.get(*direction) == Some(&true)) {
            Some(direction) => {
                let start = first.saturating_add(count(places.get(..direction).unwrap_or_default()));
                start..start.saturating_add(1)
            }
            // A direction that cannot be read is one of the job that the others are of.
            None => first..first.saturating_add(count(places)),
        }
    }
}

/// The direction that a path in an item is about, by its index in the item.
fn direction(operation: Operation, path: &[Segment]) -> Option<usize> {
    match path {
        [Segment::Field(Field::ReverseJob), ..] => Some(1),
        [Segment::Field(Field::SynchronizationDirectionInfoList), Segment::Index(index), ..] => Some(*index),
        [_, ..] if operation == Operation::DescribeDtsJobs => Some(0),
        _ => None,
    }
}

/// Returns true for the path of an item or of a direction in it, or of the list of its directions.
fn is_whole(path: &[Segment]) -> bool {
    use Field::{ReverseJob, SynchronizationDirectionInfoList};
    matches!(
        path,
        [] | [Segment::Field(ReverseJob | SynchronizationDirectionInfoList)]
            | [Segment::Field(SynchronizationDirectionInfoList), Segment::Index(_)]
    )
}

fn value_in_page(draft: &PageDraft, path: &[Segment]) -> Option<String> {
    match draft.page.operation {
        Operation::DescribeSynchronizationJobStatusList => value_at::<StatusListPage>(draft, path),
        Operation::DescribeDtsJobs => value_at::<DtsJobsPage>(draft, path),
        Operation::DescribeMigrationJobs => value_at::<MigrationJobsPage>(draft, path),
        _ => value_at::<SynchronizationJobsPage>(draft, path),
    }
}
