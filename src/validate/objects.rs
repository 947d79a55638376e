//! Rules on the synchronized databases and tables.

use std::collections::BTreeSet;

use super::{Places, given, quoted};
use crate::field::Field;
use crate::model::{SyncJob, SyncObject};
use crate::path::Path;

pub(super) fn schema_name_absent(job: &SyncJob) -> Places {
    objects(job)
        .filter(|(_, object)| given(object.schema_name.as_deref()).is_none())
        .map(|(index, _)| {
            (path(index).then(Field::SchemaName), "expected the name of a database, found none".to_owned())
        })
        .collect()
}

pub(super) fn table_included_and_excluded(job: &SyncJob) -> Places {
    objects(job)
        .flat_map(|(index, object)| {
            // A set, because an object may name 100,000 tables.
            let includes: BTreeSet<&str> = object.table_includes.iter().map(String::as_str).collect();
            let excludes = object.table_excludes.iter().enumerate();
            excludes.filter(move |(_, table)| includes.contains(table.as_str())).map(
                move |(position, table)| {
                    let path = path(index).then(Field::TableExcludes).then(position).then(Field::TableName);
                    (
                        path,
                        format!(
                            "expected a table that is not in {}, found {}",
                            Field::TableIncludes,
                            quoted(table)
                        ),
                    )
                },
            )
        })
        .collect()
}

fn objects(job: &SyncJob) -> impl Iterator<Item = (usize, &SyncObject)> {
    job.objects.iter().enumerate()
}

fn path(index: usize) -> Path {
    Path::from(Field::SynchronizationObjects).then(index)
}
