//! Rules on open sets: values that are unknown, or not documented for this operation.

use super::{Places, quoted};
use crate::field::Field;
use crate::model::{OpenSet, SyncJob};
use crate::path::Path;

pub(super) fn value_not_known(job: &SyncJob) -> Places {
    values(job, Class::Unknown, "expected a known value")
}

pub(super) fn value_not_documented(job: &SyncJob) -> Places {
    values(job, Class::Undocumented, "expected a value that is documented for this operation")
}

/// What is known of a value.
#[derive(PartialEq)]
enum Class {
    Documented,
    /// Known from the samples of the vendor's API page or from sister operations.
    Undocumented,
    Unknown,
}

/// The values of this class.
fn values(job: &SyncJob, class: Class, expected: &'static str) -> Places {
    let mut search = Search { class, expected, found: Places::new() };
    search.visit(job.direction.as_ref(), || Field::SynchronizationDirection.into());
    search.visit(job.pay_type.as_ref(), || Field::PayType.into());
    search.visit(job.status.as_ref(), || Field::Status.into());
    if let Some(precheck) = &job.precheck {
        search.visit(precheck.status.as_ref(), || [Field::PrecheckStatus, Field::Status].into());
        for (index, item) in precheck.items.iter().enumerate() {
            let path = || Path::from([Field::PrecheckStatus, Field::Detail]).then(index);
            search.visit(item.name.as_ref(), || path().then(Field::ItemName));
            search.visit(item.status.as_ref(), || path().then(Field::CheckStatus));
        }
    }
    for stage in job.stages() {
        search.visit(stage.status, || [stage.kind.record(), Field::Status].into());
    }
    search.found
}

struct Search {
    class: Class,
    expected: &'static str,
    found: Places,
}

impl Search {
    /// Adds a value of the class. The path is built only then: a precheck may have 100,000 items, nearly all valid.
    fn visit<T: OpenSet>(&mut self, value: Option<&T>, path: impl FnOnce() -> Path) {
        if let Some(value) = value.filter(|value| class(*value) == self.class) {
            self.found.push((path(), format!("{}, found {}", self.expected, quoted(value.as_str()))));
        }
    }
}

fn class<T: OpenSet>(value: &T) -> Class {
    match (value.is_known(), value.is_documented()) {
        (false, _) => Class::Unknown,
        (true, false) => Class::Undocumented,
        (true, true) => Class::Documented,
    }
}
