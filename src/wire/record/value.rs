//! A plain value, as the shape of a field: [`Scalar`].

use super::body_reader::BodyReader;
use super::location::Location;
use super::table::Shape;
use super::writer::Writer;
use crate::field::{Field, same_name};
use crate::wire::quirk::QuirkKind;
use crate::wire::scalar::{Coercion, JsonType, Raw};
use crate::wire::source::{Content, Source};

/// A plain value; with its coercion and its type in JSON.
pub(in crate::wire) struct Scalar<C>(pub(in crate::wire) C, pub(in crate::wire) JsonType);

impl<C: Coercion> Shape<Option<C::Value>> for Scalar<C> {
    #[inline]
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<C::Value>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        match &location.entry.content {
            // Nearly every value is a text.
            Content::Text(text) => {
                *slot = C::coerce(Raw::Text(text), &mut |kind| reader.report(kind, location));
            }
            Content::List | Content::Record => report_container(reader, location),
            _ => *slot = Self::coerce(reader, location, |reader, kind| reader.report(kind, location)),
        }
    }

    #[cold]
    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<C::Value>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        let again = Self::coerce(reader, location, |_, _| {});
        let is_absent = match &location.entry.content {
            Content::Null => true,
            Content::Text(text) => again.is_none() && text.trim().is_empty(),
            _ => is_empty_container(reader, location),
        };
        match slot {
            _ if is_absent => reader.report(QuirkKind::RepeatedName, location),
            None => {
                reader.report(QuirkKind::RepeatedName, location);
                self.read(slot, reader, location);
            }
            Some(_) => reader.report_duplicate(location, again == *slot),
        }
    }

    #[inline]
    fn write<W: Writer>(&self, slot: &Option<C::Value>, field: Field, writer: &mut W) {
        if let Some(value) = slot {
            C::spell(value, &mut |spelled| writer.scalar(field, spelled, self.1));
        }
    }
}

impl<C: Coercion> Scalar<C> {
    fn coerce<'a, S: Source<'a>>(
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
        note: impl Fn(&mut BodyReader<'a, S>, QuirkKind),
    ) -> Option<C::Value> {
        let spelling;
        let raw = match &location.entry.content {
            Content::Text(text) | Content::LooseText(text) => Raw::Text(text),
            Content::Int(value) => Raw::Int(*value),
            Content::Bool(value) => Raw::Bool(*value),
            Content::Number => {
                spelling = reader.source.raw(location.entry).into_owned();
                Raw::Number(&spelling)
            }
            Content::Null | Content::List | Content::Record => return None,
        };
        C::coerce(raw, &mut |kind| note(reader, kind))
    }
}

/// Reports an object or a list where a plain value is expected. An empty one is no loss if the name is repeated.
#[cold]
fn report_container<'a, S: Source<'a>>(reader: &mut BodyReader<'a, S>, location: &Location<'_>) {
    let kind = match is_empty_container(reader, location) && is_repeated(reader, location) {
        true => QuirkKind::EmptyValue,
        false => QuirkKind::RecordForText,
    };
    reader.report(kind, location);
}

fn is_empty_container<'a, S: Source<'a>>(reader: &mut BodyReader<'a, S>, location: &Location<'_>) -> bool {
    location.entry.content.is_container() && reader.source.is_empty(location.entry)
}

/// Returns true if another member of the enclosing record has the same name.
fn is_repeated<'a, S: Source<'a>>(reader: &mut BodyReader<'a, S>, location: &Location<'_>) -> bool {
    let (Some(parent), Some(field)) = (location.parent(), location.field()) else { return false };
    let is_same = |name: &str| same_name(field.as_str(), name);
    let mut has_one = false;
    let second = reader
        .source
        .find_sibling(parent.entry, &mut |name, _| is_same(name) && std::mem::replace(&mut has_one, true));
    second.is_some()
}
