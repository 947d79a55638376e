//! A record inside a record, as the shape of a field: [`Nested`].

use super::body_reader::BodyReader;
use super::location::Location;
use super::table::{Record, Shape};
use super::writer::Writer;
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::tree::Value;

/// A record inside a record.
pub(in crate::wire) struct Nested;

impl<R: Record> Shape<Option<R>> for Nested {
    fn read(&self, slot: &mut Option<R>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        if slot.is_some() {
            reader.report(QuirkKind::DuplicateField, location);
            return;
        }
        if let Value::List { .. } = location.value {
            read_listed(reader, location, |reader, element| self.read(slot, reader, element));
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
                *slot = Some(record).filter(|record| *record != R::default());
            }
            _ => reader.report(QuirkKind::TextForRecord, location),
        }
    }

    fn write<W: Writer>(&self, slot: &Option<R>, field: Field, writer: &mut W) {
        if let Some(record) = slot {
            writer.record(field, |writer| record.write(writer));
        }
    }
}

/// Reads each element of a list as if it were the value itself; a list inside the list is not used.
#[cold]
pub(super) fn read_listed(
    reader: &mut BodyReader<'_>,
    location: &Location<'_>,
    mut read: impl FnMut(&mut BodyReader<'_>, &Location<'_>),
) {
    reader.report(QuirkKind::ListForRecord, location);
    for (id, node) in reader.tree.children(location.id) {
        let element = location.at_node(id, node.value, location.anchor);
        match node.value {
            Value::List { .. } => reader.report(QuirkKind::Unreadable, &element),
            _ => read(reader, &element),
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
