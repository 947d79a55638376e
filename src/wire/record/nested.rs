//! A record within a record, as the shape of a field: [`Nested`].

use super::{Place, Record, Shape, Sink, Walk};
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::tree::Value;

/// A record within a record.
pub(in crate::wire) struct Nested;

impl<R: Record> Shape<Option<R>> for Nested {
    fn read(&self, slot: &mut Option<R>, walk: &mut Walk<'_>, place: &Place<'_>) {
        if slot.is_some() {
            walk.report(QuirkKind::DuplicateField, place);
            return;
        }
        if let Value::List { .. } = place.value {
            read_listed(walk, place, |walk, element| self.read(slot, walk, element));
            return;
        }
        if is_absent(walk, place) {
            return;
        }
        match place.value {
            Value::Record { .. } => {
                let mut record = R::default();
                walk.record(&mut record, place);
                // A record that says nothing is no record; else it could not be written and read again.
                *slot = Some(record).filter(|record| *record != R::default());
            }
            _ => walk.report(QuirkKind::TextForRecord, place),
        }
    }

    fn write<S: Sink>(&self, slot: &Option<R>, field: Field, sink: &mut S) {
        if let Some(record) = slot {
            sink.record(field, record);
        }
    }
}

/// Reads the elements of a list as if each stood in its place; a list within it is not used.
#[cold]
pub(super) fn read_listed(
    walk: &mut Walk<'_>,
    place: &Place<'_>,
    mut read: impl FnMut(&mut Walk<'_>, &Place<'_>),
) {
    walk.report(QuirkKind::ListForRecord, place);
    for (id, node) in walk.tree.children(place.id) {
        let element = place.through(id, node.value, place.anchor);
        match node.value {
            Value::List { .. } => walk.report(QuirkKind::Unreadable, &element),
            _ => read(walk, &element),
        }
    }
}

/// Whether a record or a list is present but empty: null, an empty text, an empty element.
pub(super) fn is_absent(walk: &mut Walk<'_>, place: &Place<'_>) -> bool {
    match place.value {
        Value::Null => true,
        Value::Text(span) if walk.tree.str(span).trim().is_empty() => {
            // In XML an empty element is how an empty record is written.
            if !walk.repeats {
                walk.report(QuirkKind::EmptyValue, place);
            }
            true
        }
        _ => false,
    }
}
