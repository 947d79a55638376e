//! The places of the jobs of a page: [`paths`].

use crate::field::Field;
use crate::model::{Operation, Page, SyncJob};
use crate::path::Path;

/// The place of each job, as the operation writes the page.
pub(super) fn paths(page: &Page) -> Vec<Path> {
    let list = match page.operation {
        Operation::DescribeSynchronizationJobs => Field::SynchronizationInstances,
        Operation::DescribeSynchronizationJobStatusList => Field::SynchronizationJobListStatusList,
        Operation::DescribeMigrationJobs => Field::MigrationJobs,
        _ => Field::DtsJobList,
    };
    let mut paths = Vec::with_capacity(page.jobs.len());
    let mut before: Option<&SyncJob> = None;
    // The number of items of the list, and of jobs in the latest one.
    let (mut items, mut in_item) = (0_usize, 0_usize);
    for job in &page.jobs {
        let in_same_item = before.is_some_and(|before| match page.operation {
            Operation::DescribeDtsJobs => job.is_reverse_of(before),
            Operation::DescribeSynchronizationJobStatusList => job.job_id == before.job_id,
            _ => false,
        });
        if in_same_item {
            in_item = in_item.saturating_add(1);
        } else {
            (items, in_item) = (items.saturating_add(1), 0);
        }
        let item = Path::from(list).then(items.saturating_sub(1));
        paths.push(match page.operation {
            Operation::DescribeSynchronizationJobStatusList => {
                item.then(Field::SynchronizationDirectionInfoList).then(in_item)
            }
            Operation::DescribeDtsJobs if in_item > 0 => item.then(Field::ReverseJob),
            _ => item,
        });
        before = Some(job);
    }
    paths
}
