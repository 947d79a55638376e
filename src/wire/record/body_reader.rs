//! Reads the model from a tree, and collects the quirks: [`BodyReader`].

use std::collections::BTreeSet;
use std::mem;

use super::location::Location;
use super::quirks::Quirks;
use crate::excerpt::cut;
use crate::path::Path;
use crate::wire::limits::Limits;
use crate::wire::quirk::{Quirk, QuirkKind};
use crate::wire::tree::Tree;

/// Reads the model from a tree, and collects the quirks.
pub(in crate::wire) struct BodyReader<'t> {
    pub(in crate::wire) tree: &'t Tree<'t>,
    pub(super) repeats: bool,
    pub(super) has_attributes: bool,
    pub(super) limits: &'t Limits,
    pub(in crate::wire) quirks: Quirks,
    /// True if a field was not known.
    pub(in crate::wire) has_unknown_field: bool,
    /// The names of the elements whose attributes were reported.
    attributed: BTreeSet<&'t str>,
    /// The record that was last searched for the value of a field with a fallback, and the node found.
    pub(super) own_value: Option<(usize, Option<usize>)>,
    /// The number of bare texts that are items of JSON lists, in all lists together: each costs two bytes to send and
    /// many times that to keep.
    pub(super) bare_items: usize,
    /// The node where a list exceeded the limit.
    pub(in crate::wire) too_long_list: Option<usize>,
}

impl<'t> BodyReader<'t> {
    pub(in crate::wire) fn new(tree: &'t Tree<'t>, limits: &'t Limits) -> Self {
        BodyReader {
            tree,
            repeats: tree.syntax().repeats(),
            has_attributes: tree.has_attributes(),
            limits,
            quirks: Quirks::new(limits.quirks),
            has_unknown_field: false,
            attributed: BTreeSet::new(),
            own_value: None,
            bare_items: 0,
            too_long_list: None,
        }
    }

    /// Reports a departure, with the text of the body at the location.
    #[cold]
    pub(in crate::wire) fn report(&mut self, kind: QuirkKind, location: &Location<'_>) {
        self.add(kind, location, false, None);
    }

    /// Reports a departure with a text of its own.
    #[cold]
    pub(in crate::wire) fn report_found(&mut self, kind: QuirkKind, location: &Location<'_>, found: &str) {
        self.add(kind, location, false, Some(found));
    }

    /// Reports a second value of a field. `is_same`: it says the same as the first one.
    #[cold]
    pub(in crate::wire) fn report_duplicate(&mut self, location: &Location<'_>, is_same: bool) {
        self.add(QuirkKind::DuplicateField, location, is_same, None);
    }

    /// Reports a departure of the body as a whole.
    #[cold]
    pub(in crate::wire) fn report_at(&mut self, kind: QuirkKind, offset: usize, found: &str) {
        let found = cut(found).to_owned();
        self.quirks.add(kind, false, || Quirk { kind, path: Path::root(), offset, found });
    }

    fn add(&mut self, kind: QuirkKind, location: &Location<'_>, is_same: bool, found: Option<&str>) {
        let tree = self.tree;
        self.quirks.add(kind, is_same, || {
            let found =
                found.map_or_else(|| cut(&tree.raw(location.id)).to_owned(), |found| cut(found).to_owned());
            Quirk { kind, path: location.path(), offset: tree.offset(location.anchor), found }
        });
    }

    /// Reads a value only to compare it: nothing of it is reported or counted.
    #[cold]
    pub(in crate::wire) fn quietly<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let quirks = mem::take(&mut self.quirks);
        let before = (self.has_attributes, self.has_unknown_field, self.bare_items, self.too_long_list);
        self.has_attributes = false;
        let value = read(self);
        (self.has_attributes, self.has_unknown_field, self.bare_items, self.too_long_list) = before;
        self.quirks = quirks;
        value
    }

    /// Reports a field that is not known.
    #[cold]
    pub(in crate::wire) fn report_unknown(&mut self, member: &Location<'_>) {
        self.has_unknown_field = true;
        self.report_attributes(member);
        self.report(QuirkKind::UnknownField, member);
    }

    /// Reports attributes, which hold no field, once for each element name.
    #[inline]
    pub(in crate::wire) fn report_attributes(&mut self, location: &Location<'_>) {
        if self.has_attributes {
            self.report_some_attributes(location);
        }
    }

    #[cold]
    fn report_some_attributes(&mut self, location: &Location<'_>) {
        if let Some(attributes) = self.tree.attributes(location.id)
            && self.attributed.insert(self.tree.name(location.id))
        {
            self.report_found(QuirkKind::Attribute, location, attributes);
        }
    }

    /// Returns true if a list of this length may grow. If not, the body is refused after reading.
    pub(super) fn has_room(&mut self, len: usize, location: &Location<'_>) -> bool {
        if len < self.limits.items {
            return true;
        }
        self.too_long_list.get_or_insert(location.anchor);
        false
    }
}
