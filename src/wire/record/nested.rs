//! A record inside a record, as the shape of a field: [`Nested`].

use super::body_reader::BodyReader;
use super::location::Location;
use super::table::{Record, Shape, Slot};
use super::writer::Writer;
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::tree::Value;

/// A record inside a record.
pub(in crate::wire) struct Nested;

impl<R: Record> Shape<Option<R>> for Nested {
    fn read(&self, slot: &mut Option<R>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        if let Value::List { .. } = location.value {
            read_listed(self, slot, reader, location);
            return;
        }
        if is_absent(reader, location) {
            return;
        }
        match location.value {
            Value::Record { .. } => {
                let mut record = R::default();
                reader.record(&mut record, location);
                // A record without a value counts as absent; otherwise it would not survive being written and read.
                *slot = Some(record).filter(R::is_set);
            }
            _ => reader.report(QuirkKind::TextForRecord, location),
        }
    }

    #[cold]
    fn read_again(&self, slot: &mut Option<R>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        read_container_again(self, slot, reader, location);
    }

    fn write<W: Writer>(&self, slot: &Option<R>, field: Field, writer: &mut W) {
        if let Some(record) = slot {
            writer.record(field, |writer| record.write(writer));
        }
    }
}

/// Reads a further value of a field that holds a record or a list.
#[cold]
pub(super) fn read_container_again<T: Slot>(
    shape: &impl Shape<T>,
    slot: &mut T,
    reader: &mut BodyReader<'_>,
    location: &Location<'_>,
) {
    if slot.is_set() && !is_empty(reader, location) {
        let mut again = T::default();
        reader.quietly(|reader| shape.read(&mut again, reader, location));
        reader.report_duplicate(location, again == *slot);
        return;
    }
    reader.report(QuirkKind::RepeatedName, location);
    if !is_empty(reader, location) {
        shape.read(slot, reader, location);
    }
}

/// Reads each element of a list as if it were the value itself; a list inside the list is not used.
#[cold]
pub(super) fn read_listed<T: Slot>(
    shape: &impl Shape<T>,
    slot: &mut T,
    reader: &mut BodyReader<'_>,
    location: &Location<'_>,
) {
    reader.report(QuirkKind::ListForRecord, location);
    for (id, node) in reader.tree.children(location.id) {
        let element = location.at_node(id, node.value, location.anchor);
        match node.value {
            Value::List { .. } => reader.report(QuirkKind::Unreadable, &element),
            _ if slot.is_set() => shape.read_again(slot, reader, &element),
            _ => shape.read(slot, reader, &element),
        }
    }
}

/// Returns true if a record or a list is present but empty: null, an empty text, an empty element.
pub(super) fn is_absent(reader: &mut BodyReader<'_>, location: &Location<'_>) -> bool {
    match location.value {
        Value::Null => true,
        Value::Text(span) if reader.tree.str(span).trim().is_empty() => {
            // In XML an empty element is how an empty record is written.
            if !reader.repeats {
                reader.report(QuirkKind::EmptyValue, location);
            }
            true
        }
        _ => false,
    }
}

/// Returns true if a value is absent or has no content.
fn is_empty(reader: &BodyReader<'_>, location: &Location<'_>) -> bool {
    match location.value {
        Value::Null => true,
        Value::Text(span) => reader.tree.str(span).trim().is_empty(),
        Value::List { .. } | Value::Record { .. } => reader.tree.children(location.id).next().is_none(),
        _ => false,
    }
}
