//! Reads the model from a tree, and collects the quirks: [`BodyReader`].

use std::collections::BTreeSet;

use super::location::Location;
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
    pub(in crate::wire) quirks: Vec<Quirk>,
    /// The number of quirks beyond the limit.
    pub(in crate::wire) quirks_omitted: usize,
    /// True if one of them lost content.
    pub(in crate::wire) omitted_loses_value: bool,
    /// The names of the elements whose attributes were reported.
    attributed: BTreeSet<&'t str>,
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
            quirks: Vec::new(),
            quirks_omitted: 0,
            omitted_loses_value: false,
            attributed: BTreeSet::new(),
            bare_items: 0,
            too_long_list: None,
        }
    }

    /// Reports a departure, with the text of the body at the location.
    #[cold]
    pub(in crate::wire) fn report(&mut self, kind: QuirkKind, location: &Location<'_>) {
        if self.is_full(kind) {
            return;
        }
        let found = cut(&self.tree.raw(location.id)).to_owned();
        self.push(kind, location, found);
    }

    /// Reports a departure with a text of its own.
    #[cold]
    pub(in crate::wire) fn report_found(&mut self, kind: QuirkKind, location: &Location<'_>, found: &str) {
        if !self.is_full(kind) {
            self.push(kind, location, cut(found).to_owned());
        }
    }

    /// Reports a departure of the body as a whole.
    #[cold]
    pub(in crate::wire) fn report_at(&mut self, kind: QuirkKind, offset: usize, found: &str) {
        if !self.is_full(kind) {
            self.quirks.push(Quirk { kind, path: Path::root(), offset, found: cut(found).to_owned() });
        }
    }

    fn is_full(&mut self, kind: QuirkKind) -> bool {
        let full = self.quirks.len() >= self.limits.quirks;
        if full {
            self.quirks_omitted = self.quirks_omitted.saturating_add(1);
            self.omitted_loses_value |= kind.loses_value();
        }
        full
    }

    fn push(&mut self, kind: QuirkKind, location: &Location<'_>, found: String) {
        let offset = self.tree.offset(location.anchor);
        self.quirks.push(Quirk { kind, path: location.path(), offset, found });
    }

    /// Reports a field that is not known.
    #[cold]
    pub(in crate::wire) fn report_unknown(&mut self, member: &Location<'_>) {
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
