//! The value of a response that was kept at a path: [`at`].

use std::ops::Range;

use super::draft::{Draft, PageDraft};
use super::json::value_at;
use super::schema::{
    DtsJobDetail, DtsJobsPage, FaultDocument, JobStatusResponse, MigrationJobStatusResponse,
    MigrationJobsPage, StatusListPage, SynchronizationJobsPage,
};
use crate::field::Field;
use crate::model::{Operation, Page, Response, SyncJob};
use crate::path::Segment;

/// The jobs of a page that a path is about, by index, and the value that the response has there. `items`: the number of
/// jobs of each item of a page.
pub(super) fn at(
    response: &Response,
    items: &[usize],
    path: &[Segment],
) -> (Option<Range<usize>>, Option<String>) {
    // Tags are kept by key, so an index of their list has no meaning in the model.
    let is_in_tag =
        |pair: &[Segment]| matches!(pair, [Segment::Field(Field::Tags | Field::TagList), Segment::Index(_)]);
    let is_tag = path.windows(2).any(is_in_tag);
    let (jobs, kept) = kept_at(response, items, path);
    (jobs, kept.filter(|_| !is_tag))
}

fn kept_at(response: &Response, items: &[usize], path: &[Segment]) -> (Option<Range<usize>>, Option<String>) {
    match response {
        Response::Fault(fault) => (None, value_at::<FaultDocument>(fault, path)),
        Response::Job(job) => (None, in_job(job, path)),
        Response::Page(page) => {
            let [Segment::Field(list), Segment::Index(item), rest @ ..] = path else {
                let page = PageDraft { page: page.without_jobs(), items: Vec::new() };
                return (None, in_page(&page, path));
            };
            let first: usize = items.iter().take(*item).sum();
            let all = first..items.get(*item).map_or(first, |len| first.saturating_add(*len));
            let item = page.jobs.get(all.clone()).unwrap_or_default();
            let item = PageDraft { page: Page::new(page.operation), items: vec![item.to_vec()] };
            let path: Vec<Segment> =
                [Segment::Field(*list), Segment::Index(0)].into_iter().chain(rest.iter().cloned()).collect();
            let nested = match rest {
                [Segment::Field(Field::ReverseJob), ..] => Some(1),
                [Segment::Field(Field::SynchronizationDirectionInfoList), Segment::Index(index), ..] => {
                    Some(*index)
                }
                _ if page.operation == Operation::DescribeDtsJobs => Some(0),
                _ => None,
            };
            let jobs = match nested.and_then(|nested| all.clone().nth(nested)) {
                Some(job) => job..job.saturating_add(1),
                None => all,
            };
            (Some(jobs), in_page(&item, &path))
        }
    }
}

fn in_job(job: &SyncJob, path: &[Segment]) -> Option<String> {
    match job.operation {
        Operation::DescribeDtsJobDetail => value_at::<DtsJobDetail>(&Draft::from(job), path),
        Operation::DescribeMigrationJobStatus => {
            value_at::<MigrationJobStatusResponse>(&Draft::from(job), path)
        }
        _ => value_at::<JobStatusResponse>(job, path),
    }
}

fn in_page(draft: &PageDraft, path: &[Segment]) -> Option<String> {
    match draft.page.operation {
        Operation::DescribeSynchronizationJobStatusList => value_at::<StatusListPage>(draft, path),
        Operation::DescribeDtsJobs => value_at::<DtsJobsPage>(draft, path),
        Operation::DescribeMigrationJobs => value_at::<MigrationJobsPage>(draft, path),
        _ => value_at::<SynchronizationJobsPage>(draft, path),
    }
}
