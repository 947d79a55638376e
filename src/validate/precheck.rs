//! Rules on the precheck and its items.

use std::collections::BTreeSet;

use super::{Places, given, quoted};
use crate::field::Field;
use crate::model::{CheckStatus, Operation, Precheck, PrecheckItem, PrecheckStatus, SyncJob};
use crate::path::Path;

pub(super) fn failure_text_on_passed_item(job: &SyncJob) -> Places {
    failure_texts(job, &CheckStatus::Success)
        .filter_map(|(index, field, text)| {
            let found = quoted(text?);
            Some((path(index, field), format!("expected none on an item that passed, found {found}")))
        })
        .collect()
}

pub(super) fn failure_text_absent(job: &SyncJob) -> Places {
    failure_texts(job, &CheckStatus::Failed)
        .filter(|(.., text)| text.is_none())
        .map(|(index, field, _)| {
            (path(index, field), "expected on an item that failed, found none".to_owned())
        })
        .collect()
}

pub(super) fn failed_precheck_without_failed_item(job: &SyncJob) -> Places {
    let failed =
        |status: &PrecheckStatus| matches!(status, PrecheckStatus::Failed | PrecheckStatus::PrecheckFailed);
    // Its answers have no items.
    if job.operation == Operation::DescribeMigrationJobs {
        return Places::new();
    }
    let status = status_where(job, failed).filter(|(precheck, _)| first_failed(precheck).is_none());
    status
        .map(|(_, status)| {
            let message = format!(
                "{status} needs an item whose {} is {}, found none",
                Field::CheckStatus,
                CheckStatus::Failed
            );
            ([Field::PrecheckStatus, Field::Status].into(), message)
        })
        .into_iter()
        .collect()
}

pub(super) fn passed_precheck_with_failed_item(job: &SyncJob) -> Places {
    status_where(job, |status| *status == PrecheckStatus::Success)
        .and_then(|(precheck, status)| {
            let index = first_failed(precheck)?;
            let message = format!(
                "{status} allows no item that failed, found {}",
                Path::from(Field::Detail).then(index)
            );
            Some(([Field::PrecheckStatus, Field::Status].into(), message))
        })
        .into_iter()
        .collect()
}

pub(super) fn duplicate_precheck_item(job: &SyncJob) -> Places {
    let mut seen = BTreeSet::new();
    items(job)
        .filter_map(|(index, item)| Some((index, item.name.as_ref()?)))
        .filter(|(_, name)| !seen.insert(*name))
        .map(|(index, name)| {
            (
                path(index, Field::ItemName),
                format!("expected each item once, found {} again", quoted(name.as_str())),
            )
        })
        .collect()
}

fn items(job: &SyncJob) -> impl Iterator<Item = (usize, &PrecheckItem)> {
    job.precheck.iter().flat_map(|precheck| precheck.items.iter().enumerate())
}

/// For each item with this status, the two texts that only a failed item has.
fn failure_texts<'a>(
    job: &'a SyncJob,
    status: &CheckStatus,
) -> impl Iterator<Item = (usize, Field, Option<&'a str>)> {
    items(job).filter(move |(_, item)| item.status.as_ref() == Some(status)).flat_map(|(index, item)| {
        [
            (index, Field::ErrorMessage, given(item.error_message.as_deref())),
            (index, Field::RepairMethod, given(item.repair_method.as_deref())),
        ]
    })
}

fn status_where(
    job: &SyncJob,
    wanted: impl Fn(&PrecheckStatus) -> bool,
) -> Option<(&Precheck, &PrecheckStatus)> {
    let precheck = job.precheck.as_ref()?;
    let status = precheck.status.as_ref().filter(|status| wanted(status))?;
    Some((precheck, status))
}

fn first_failed(precheck: &Precheck) -> Option<usize> {
    precheck.items.iter().position(|item| item.status == Some(CheckStatus::Failed))
}

fn path(index: usize, field: Field) -> Path {
    Path::from([Field::PrecheckStatus, Field::Detail]).then(index).then(field)
}
