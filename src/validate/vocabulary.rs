//! Rules on the open sets: values that are not known, or not documented for this operation.

use super::{Breaches, quoted};
use crate::field::Field;
use crate::model::{
    CheckStatus, Direction, ItemName, JobStatus, PayType, PrecheckStatus, StageStatus, SyncJob,
};
use crate::path::Path;

pub(super) fn value_not_known(job: &SyncJob) -> Breaches {
    terms_where(job, |term| !term.is_known(), "expected a known value")
}

pub(super) fn value_not_documented(job: &SyncJob) -> Breaches {
    terms_where(
        job,
        |term| term.is_known() && !term.is_documented(),
        "expected a value that is documented for this operation",
    )
}

/// A value of an open set, whichever.
trait Term {
    fn text(&self) -> &str;
    fn is_known(&self) -> bool;
    fn is_documented(&self) -> bool;
}

macro_rules! terms {
    ($($set:ty),+) => {$(
        impl Term for $set {
            fn text(&self) -> &str {
                self.as_str()
            }
            fn is_known(&self) -> bool {
                self.is_known()
            }
            fn is_documented(&self) -> bool {
                self.is_documented()
            }
        }
    )+};
}

terms!(CheckStatus, Direction, ItemName, JobStatus, PayType, PrecheckStatus, StageStatus);

/// The places of the terms that a rule is broken by.
fn terms_where(job: &SyncJob, breaks: fn(&dyn Term) -> bool, expected: &str) -> Breaches {
    let mut breaches = Breaches::new();
    // The path is made only for a breach: a precheck may have 100,000 items, nearly all in order.
    let mut look = |term: Option<&dyn Term>, path: &dyn Fn() -> Path| {
        if let Some(term) = term.filter(|&term| breaks(term)) {
            breaches.push((path(), format!("{expected}, found {}", quoted(term.text()))));
        }
    };

    look(term(&job.direction), &|| Field::SynchronizationDirection.into());
    look(term(&job.pay_type), &|| Field::PayType.into());
    look(term(&job.status), &|| Field::Status.into());
    if let Some(precheck) = &job.precheck {
        look(term(&precheck.status), &|| [Field::PrecheckStatus, Field::Status].into());
        for (index, item) in precheck.items.iter().enumerate() {
            let place = || Path::from([Field::PrecheckStatus, Field::Detail]).then(index);
            look(term(&item.name), &|| place().then(Field::ItemName));
            look(term(&item.status), &|| place().then(Field::CheckStatus));
        }
    }
    let stages = [
        (Field::StructureInitializationStatus, job.structure_stage.as_ref().map(|stage| &stage.status)),
        (Field::DataInitializationStatus, job.data_stage.as_ref().map(|stage| &stage.status)),
        (Field::DataSynchronizationStatus, job.synchronization_stage.as_ref().map(|stage| &stage.status)),
    ];
    for (record, status) in stages {
        look(status.and_then(term), &|| [record, Field::Status].into());
    }
    breaches
}

fn term<T: Term>(value: &Option<T>) -> Option<&dyn Term> {
    value.as_ref().map(|value| value as &dyn Term)
}
