//! A record inside a record, as the shape of a field: [`Nested`].

use super::body_reader::BodyReader;
use super::location::Location;
use super::table::{Shape, Slot, Table};
use super::writer::Writer;
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::source::{Content, Source};

/// A record inside a record, with its table.
pub(in crate::wire) struct Nested<T>(pub(in crate::wire) T);

impl<T: Table> Shape<Option<T::Model>> for Nested<T> {
    #[inline]
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<T::Model>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        match location.entry.content {
            Content::Record => {
                // It is filled where it stays.
                let record = slot.insert(T::Model::default());
                let quirks = reader.quirks.len();
                let fields = reader.record::<T>(record, location);
                // A record without a value counts as absent; otherwise it would not survive being written and read.
                if !T::is_set(record) {
                    *slot = None;
                    if fields == 0 && reader.quirks.len() > quirks {
                        reader.report(QuirkKind::UnknownItem, location);
                    }
                }
            }
            Content::List => read_listed(self, slot, reader, location),
            _ if is_absent(reader, location) => {}
            _ => reader.report(QuirkKind::TextForRecord, location),
        }
    }

    #[cold]
    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<T::Model>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_container_again(self, slot, reader, location);
    }

    fn write<W: Writer>(&self, slot: &Option<T::Model>, field: Field, writer: &mut W) {
        if let Some(record) = slot {
            writer.record(field, |writer| T::write(record, writer));
        }
    }
}

/// Reads a further value of a field that holds a record or a list.
#[cold]
pub(in crate::wire) fn read_container_again<'a, T: Slot, S: Source<'a>>(
    shape: &impl Shape<T>,
    slot: &mut T,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) {
    let is_empty = is_empty(reader, location);
    if slot.is_set() && !is_empty {
        let mut again = T::default();
        // Without the quirks of its own it would seem to say the same when it contradicts itself.
        let lost_nothing = reader.quietly(|reader| shape.read(&mut again, reader, location));
        reader.report_duplicate(location, lost_nothing && again == *slot);
        return;
    }
    reader.report(QuirkKind::RepeatedName, location);
    if !is_empty {
        shape.read(slot, reader, location);
    }
}

/// Reads each element of a list as if it were the value itself; a list inside the list is not used.
#[cold]
pub(super) fn read_listed<'a, T: Slot, S: Source<'a>>(
    shape: &impl Shape<T>,
    slot: &mut T,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) {
    reader.report(QuirkKind::ListForRecord, location);
    let mut inside = reader.source.open(location.entry);
    while let Some(element) = reader.source.element(&mut inside, location.anchor) {
        let location = location.at(&element);
        match element.content {
            Content::List => reader.report(QuirkKind::Unreadable, &location),
            _ if slot.is_set() => shape.read_again(slot, reader, &location),
            _ => shape.read(slot, reader, &location),
        }
    }
}

/// Returns true if a record or a list is present but empty: null, an empty text, an empty element.
#[inline]
pub(super) fn is_absent<'a, S: Source<'a>>(reader: &mut BodyReader<'a, S>, location: &Location<'_>) -> bool {
    match &location.entry.content {
        Content::Null => true,
        Content::Text(text) if text.trim().is_empty() => {
            // In XML an empty element is how an empty record is written.
            if !reader.source.repeats() {
                reader.report(QuirkKind::EmptyValue, location);
            }
            true
        }
        _ => false,
    }
}

/// Returns true if a value is absent or has no content.
fn is_empty<'a, S: Source<'a>>(reader: &mut BodyReader<'a, S>, location: &Location<'_>) -> bool {
    match &location.entry.content {
        Content::Null => true,
        Content::Text(text) => text.trim().is_empty(),
        Content::List | Content::Record => reader.source.is_empty(location.entry),
        _ => false,
    }
}
