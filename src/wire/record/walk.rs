//! Fills the model from a tree, and gathers the quirks: [`Walk`].

use std::collections::BTreeSet;

use super::{Place, Record, resolve};
use crate::excerpt::cut;
use crate::field::Field;
use crate::path::Path;
use crate::wire::Limits;
use crate::wire::quirk::{Quirk, QuirkKind};
use crate::wire::tree::{Tree, Value};

/// Fills the model from a tree, and gathers the quirks.
pub(in crate::wire) struct Walk<'t> {
    pub(in crate::wire) tree: &'t Tree<'t>,
    pub(super) repeats: bool,
    pub(super) has_attributes: bool,
    pub(super) limits: &'t Limits,
    pub(in crate::wire) quirks: Vec<Quirk>,
    /// How many quirks there were beyond the limit, and whether one of them lost content.
    pub(in crate::wire) more_quirks: usize,
    pub(in crate::wire) more_losses: bool,
    /// The elements whose attributes were reported.
    attributed: BTreeSet<&'t str>,
    /// Texts that stand for items in lists of JSON, in all lists together: what costs two bytes to send and many
    /// times that to keep.
    pub(super) bare_items: usize,
    /// The node where a list grew beyond the limit.
    pub(in crate::wire) overlong: Option<usize>,
}

impl<'t> Walk<'t> {
    pub(in crate::wire) fn new(tree: &'t Tree<'t>, limits: &'t Limits) -> Self {
        Walk {
            tree,
            repeats: tree.syntax().repeats(),
            has_attributes: tree.has_attributes(),
            limits,
            quirks: Vec::new(),
            more_quirks: 0,
            more_losses: false,
            attributed: BTreeSet::new(),
            bare_items: 0,
            overlong: None,
        }
    }

    /// Reports a departure, with what stands in the body at the place.
    #[cold]
    pub(in crate::wire) fn report(&mut self, kind: QuirkKind, place: &Place<'_>) {
        if self.is_full(kind) {
            return;
        }
        let found = cut(&self.tree.raw(place.id)).to_owned();
        self.push(kind, place, found);
    }

    /// Reports a departure with a text of its own.
    #[cold]
    pub(in crate::wire) fn report_found(&mut self, kind: QuirkKind, place: &Place<'_>, found: &str) {
        if !self.is_full(kind) {
            self.push(kind, place, cut(found).to_owned());
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
            self.more_quirks = self.more_quirks.saturating_add(1);
            self.more_losses |= kind.loses_value();
        }
        full
    }

    fn push(&mut self, kind: QuirkKind, place: &Place<'_>, found: String) {
        let offset = self.tree.offset(place.anchor);
        self.quirks.push(Quirk { kind, path: place.path(), offset, found });
    }

    /// Reads the members of the record at a place.
    pub(in crate::wire) fn record<R: Record>(&mut self, record: &mut R, place: &Place<'_>) {
        let tree = self.tree;
        for (id, node) in tree.children(place.id) {
            let name = tree.str(node.name);
            let field = match Field::exact(name) {
                Some(field) if R::has(field) => field,
                _ => match self.loosely::<R>(name, place, id, node.value) {
                    Some(field) => field,
                    None => continue,
                },
            };
            let member = place.member(field, id, node.value);
            self.report_attributes(&member);
            record.read(field, self, &member);
        }
    }

    /// The field with a name in another spelling; anything else is reported.
    #[cold]
    fn loosely<R: Record>(
        &mut self,
        name: &str,
        place: &Place<'_>,
        id: usize,
        value: Value,
    ) -> Option<Field> {
        if let Value::LooseText(_) = value {
            self.report(QuirkKind::TextForRecord, &place.through(id, value, place.anchor));
            return None;
        }
        match resolve::<R>(name) {
            Some((field, kind)) => {
                self.report_found(kind, &place.member(field, id, value), name);
                Some(field)
            }
            None => {
                self.report_unknown(&place.stranger(name, id, value));
                None
            }
        }
    }

    /// Reports a field that is not known.
    #[cold]
    pub(in crate::wire) fn report_unknown(&mut self, stranger: &Place<'_>) {
        self.report_attributes(stranger);
        self.report(QuirkKind::UnknownField, stranger);
    }

    /// Attributes carry no field; they are reported once for each name of an element.
    #[inline]
    pub(in crate::wire) fn report_attributes(&mut self, place: &Place<'_>) {
        if self.has_attributes {
            self.report_some_attributes(place);
        }
    }

    #[cold]
    fn report_some_attributes(&mut self, place: &Place<'_>) {
        if let Some(attributes) = self.tree.attributes(place.id)
            && self.attributed.insert(self.tree.name(place.id))
        {
            self.report_found(QuirkKind::Attribute, place, attributes);
        }
    }

    /// A list must not grow beyond the limit; that it would is told after the walk, as an error.
    pub(super) fn has_room(&mut self, len: usize, place: &Place<'_>) -> bool {
        if len < self.limits.items {
            return true;
        }
        self.overlong.get_or_insert(place.anchor);
        false
    }
}
