//! Rules on the open sets: values that are not known, or not documented for this operation.

use super::{Breaches, quoted};
use crate::field::Field;
use crate::model::{OpenSet, SyncJob};
use crate::path::Path;

pub(super) fn value_not_known(job: &SyncJob) -> Breaches {
    values(job, Standing::Unknown, "expected a known value")
}

pub(super) fn value_not_documented(job: &SyncJob) -> Breaches {
    values(job, Standing::Undocumented, "expected a value that is documented for this operation")
}

/// How a value stands to its vocabulary.
#[derive(PartialEq)]
enum Standing {
    Documented,
    /// Known from the page's samples or from sister operations.
    Undocumented,
    Unknown,
}

/// The values of this standing.
fn values(job: &SyncJob, standing: Standing, expected: &'static str) -> Breaches {
    let mut search = Search { standing, expected, found: Breaches::new() };
    search.look(&job.direction, || Field::SynchronizationDirection.into());
    search.look(&job.pay_type, || Field::PayType.into());
    search.look(&job.status, || Field::Status.into());
    if let Some(precheck) = &job.precheck {
        search.look(&precheck.status, || [Field::PrecheckStatus, Field::Status].into());
        for (index, item) in precheck.items.iter().enumerate() {
            let place = || Path::from([Field::PrecheckStatus, Field::Detail]).then(index);
            search.look(&item.name, || place().then(Field::ItemName));
            search.look(&item.status, || place().then(Field::CheckStatus));
        }
    }
    let stages = [
        (Field::StructureInitializationStatus, job.structure_stage.as_ref().map(|stage| &stage.status)),
        (Field::DataInitializationStatus, job.data_stage.as_ref().map(|stage| &stage.status)),
        (Field::DataSynchronizationStatus, job.synchronization_stage.as_ref().map(|stage| &stage.status)),
    ];
    for (record, status) in stages {
        search.look(status.unwrap_or(&None), || [record, Field::Status].into());
    }
    search.found
}

struct Search {
    standing: Standing,
    expected: &'static str,
    found: Breaches,
}

impl Search {
    /// The path is made only for what is found: a precheck may have 100,000 items, nearly all in order.
    fn look<T: OpenSet>(&mut self, value: &Option<T>, path: impl FnOnce() -> Path) {
        if let Some(value) = value.as_ref().filter(|value| standing(*value) == self.standing) {
            self.found.push((path(), format!("{}, found {}", self.expected, quoted(value.as_str()))));
        }
    }
}

fn standing<T: OpenSet>(value: &T) -> Standing {
    match (value.is_known(), value.is_documented()) {
        (false, _) => Standing::Unknown,
        (true, false) => Standing::Undocumented,
        (true, true) => Standing::Documented,
    }
}
