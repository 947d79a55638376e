//! The quirks of a body, within their limit: [`Quirks`].

use crate::excerpt::cut;
use crate::path::Path;
use crate::wire::quirk::{Quirk, QuirkKind};

/// The quirks of a body. Quirks beyond the limit are counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::wire) struct Quirks {
    pub(in crate::wire) kept: Vec<Quirk>,
    limit: usize,
    /// The number of quirks beyond the limit.
    pub(in crate::wire) omitted: usize,
    /// True if one of them lost content.
    pub(in crate::wire) omitted_loses_value: bool,
    /// The number of those that may each have lost a value of a known field.
    pub(in crate::wire) losses_omitted: usize,
    /// The kept quirks whose value is the same as the one in the model, by index, ascending.
    pub(in crate::wire) same_value: Vec<usize>,
}

impl Quirks {
    pub(in crate::wire) fn new(limit: usize) -> Self {
        Quirks { limit, ..Quirks::default() }
    }

    /// The number of quirks, kept or not.
    pub(super) fn len(&self) -> usize {
        self.kept.len().saturating_add(self.omitted)
    }

    /// Adds a quirk of the body as a whole.
    #[cold]
    pub(in crate::wire) fn add_at(&mut self, kind: QuirkKind, offset: usize, found: &str) {
        let found = cut(found).to_owned();
        self.add(kind, false, || Quirk { kind, path: Path::root(), offset, found });
    }

    /// Adds a quirk. `is_same`: its value is the same as the one in the model.
    #[cold]
    pub(super) fn add(&mut self, kind: QuirkKind, is_same: bool, quirk: impl FnOnce() -> Quirk) {
        if self.kept.len() >= self.limit {
            self.omitted = self.omitted.saturating_add(1);
            self.omitted_loses_value |= kind.loses_value();
            if kind.may_be_loss() && !is_same {
                self.losses_omitted = self.losses_omitted.saturating_add(1);
            }
            return;
        }
        if is_same {
            self.same_value.push(self.kept.len());
        }
        self.kept.push(quirk());
    }
}
