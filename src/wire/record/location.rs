//! The location of a value that is being read: [`Location`].

use std::iter;

use crate::excerpt::cut;
use crate::field::Field;
use crate::path::{Path, Segment};
use crate::wire::tree::Value;

/// The location of a value that is being read: its path, its node, and the node whose offset is reported for it.
pub(in crate::wire) struct Location<'p> {
    pub(super) parent: Option<&'p Location<'p>>,
    step: Step<'p>,
    pub(in crate::wire) id: usize,
    pub(super) value: Value,
    /// The nearest node with a name.
    pub(super) anchor: usize,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    /// The root, or a wrapper that the canonical path leaves out.
    None,
    Field(Field),
    Index(usize),
    Name(&'p str),
}

impl<'p> Location<'p> {
    pub(in crate::wire) fn root(id: usize, value: Value) -> Self {
        Location { parent: None, step: Step::None, id, value, anchor: id }
    }

    /// Returns true for the location of the whole response.
    pub(super) fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// A member of the record at this location.
    #[inline]
    pub(in crate::wire) fn member(&'p self, field: Field, id: usize, value: Value) -> Self {
        Location { parent: Some(self), step: Step::Field(field), id, value, anchor: id }
    }

    /// A member with an unknown name.
    pub(in crate::wire) fn unknown_member(&'p self, name: &'p str, id: usize, value: Value) -> Self {
        Location { parent: Some(self), step: Step::Name(name), id, value, anchor: id }
    }

    /// The same path at another node.
    pub(super) fn at_node(&'p self, id: usize, value: Value, anchor: usize) -> Self {
        Location { parent: Some(self), step: Step::None, id, value, anchor }
    }

    /// An item of the list at this location.
    #[inline]
    pub(super) fn item(&'p self, index: usize) -> Self {
        Location { parent: Some(self), step: Step::Index(index), ..*self }
    }

    /// The field of the value, or the nearest one around it.
    pub(super) fn field(&self) -> Option<Field> {
        self.outwards().find_map(|location| match location.step {
            Step::Field(field) => Some(field),
            _ => None,
        })
    }

    #[cold]
    pub(super) fn path(&self) -> Path {
        let mut steps = Vec::with_capacity(self.outwards().count());
        steps.extend(self.outwards().filter_map(|location| match location.step {
            Step::None => None,
            Step::Field(field) => Some(Segment::Field(field)),
            Step::Index(index) => Some(Segment::Index(index)),
            Step::Name(name) => Some(Segment::from(cut(name))),
        }));
        steps.reverse();
        Path::from(steps)
    }

    fn outwards(&self) -> impl Iterator<Item = &Location<'p>> {
        iter::successors(Some(self), |location| location.parent)
    }
}
