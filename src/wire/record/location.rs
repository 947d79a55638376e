//! The location of a value that is being read: [`Location`].

use std::iter;

use crate::excerpt::cut;
use crate::field::Field;
use crate::path::{Path, Segment};
use crate::wire::source::Entry;

/// The location of a value that is being read: its path, its entry, and the anchor whose offset is reported for it.
pub(in crate::wire) struct Location<'p> {
    parent: Option<&'p Location<'p>>,
    step: Step<'p>,
    pub(in crate::wire) entry: &'p Entry<'p>,
    pub(in crate::wire) anchor: usize,
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
    pub(in crate::wire) fn root(entry: &'p Entry<'p>) -> Self {
        Location { parent: None, step: Step::None, entry, anchor: entry.anchor }
    }

    /// Returns true for the location of the whole response.
    pub(super) fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// A member of the record at this location.
    #[inline]
    pub(in crate::wire) fn member(&'p self, field: Field, entry: &'p Entry<'p>) -> Self {
        Location { parent: Some(self), step: Step::Field(field), entry, anchor: entry.anchor }
    }

    /// A member with an unknown name.
    pub(in crate::wire) fn unknown_member(&'p self, name: &'p str, entry: &'p Entry<'p>) -> Self {
        Location { parent: Some(self), step: Step::Name(name), entry, anchor: entry.anchor }
    }

    /// The same path at another entry.
    #[inline]
    pub(super) fn at(&'p self, entry: &'p Entry<'p>) -> Self {
        Location { parent: Some(self), step: Step::None, entry, anchor: entry.anchor }
    }

    /// The same path at another entry, reported with the offset of this location.
    pub(super) fn within(&'p self, entry: &'p Entry<'p>) -> Self {
        Location { anchor: self.anchor, ..self.at(entry) }
    }

    /// An item of the list at this location.
    #[inline]
    pub(in crate::wire) fn item(&'p self, index: usize) -> Self {
        Location { parent: Some(self), step: Step::Index(index), entry: self.entry, anchor: self.anchor }
    }

    /// Returns true for the value of a member, false for one inside a list or a wrapper.
    pub(super) fn is_of_field(&self) -> bool {
        matches!(self.step, Step::Field(_))
    }

    /// Returns true for a value somewhere inside the value of a field.
    pub(in crate::wire) fn is_inside(&self, field: Field) -> bool {
        self.parent.is_some_and(|parent| {
            parent.outwards().any(|outer| matches!(outer.step, Step::Field(step) if step == field))
        })
    }

    /// The same location, reported with another offset.
    pub(in crate::wire) fn anchored(self, anchor: usize) -> Self {
        Location { anchor, ..self }
    }

    /// The location of the enclosing value.
    pub(super) fn parent(&self) -> Option<&Location<'p>> {
        self.parent
    }

    /// The field of the value, or the nearest one around it.
    pub(super) fn field(&self) -> Option<Field> {
        self.outwards().find_map(|location| match location.step {
            Step::Field(field) => Some(field),
            _ => None,
        })
    }

    pub(super) fn path(&self) -> Path {
        Path::filled(self.steps().count(), |free| {
            for (free, step) in free.iter_mut().rev().zip(self.steps()) {
                match step {
                    Step::None => {}
                    Step::Field(field) => *free = Segment::Field(field),
                    Step::Index(index) => *free = Segment::Index(index),
                    Step::Name(name) => *free = name_segment(name),
                }
            }
        })
    }

    /// The steps of the path, the last one first.
    fn steps(&self) -> impl Iterator<Item = Step<'p>> {
        self.outwards().map(|location| location.step).filter(|step| !matches!(step, Step::None))
    }

    fn outwards(&self) -> impl Iterator<Item = &Location<'p>> {
        iter::successors(Some(self), |location| location.parent)
    }
}

#[cold]
fn name_segment(name: &str) -> Segment {
    Segment::from(cut(name))
}
