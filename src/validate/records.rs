//! The rule on empty records.

use super::Places;
use crate::field::Field;
use crate::model::SyncJob;
use crate::path::Path;

pub(super) fn empty_record(job: &SyncJob) -> Places {
    let records = [
        (Field::SourceEndpoint, is_empty(&job.source)),
        (Field::DestinationEndpoint, is_empty(&job.destination)),
        (Field::PrecheckStatus, is_empty(&job.precheck)),
        (Field::StructureInitializationStatus, is_empty(&job.structure_stage)),
        (Field::DataInitializationStatus, is_empty(&job.data_stage)),
        (Field::DataSynchronizationStatus, is_empty(&job.synchronization_stage)),
        (Field::Performance, is_empty(&job.performance)),
        (Field::RetryState, is_empty(&job.retry)),
    ];
    let records = records.into_iter().filter(|(_, empty)| *empty).map(|(field, _)| Path::from(field));
    let items = job.precheck.iter().flat_map(|precheck| {
        empty_items(&precheck.items, Path::from([Field::PrecheckStatus, Field::Detail]))
    });
    let objects = empty_items(&job.objects, Field::SynchronizationObjects.into());
    records
        .chain(items)
        .chain(objects)
        .map(|path| (path, "expected at least one field, found none".to_owned()))
        .collect()
}

fn is_empty<T: Default + PartialEq>(record: &Option<T>) -> bool {
    record.as_ref().is_some_and(|record| *record == T::default())
}

fn empty_items<T: Default + PartialEq>(items: &[T], list: Path) -> impl Iterator<Item = Path> {
    let empty = T::default();
    let empty = items.iter().enumerate().filter(move |(_, item)| **item == empty);
    empty.map(move |(index, _)| list.clone().then(index))
}
