//! A plain value, as the shape of a field: [`Scalar`].

use super::body_reader::BodyReader;
use super::location::Location;
use super::table::Shape;
use super::writer::Writer;
use crate::field::{Field, same_name};
use crate::wire::quirk::QuirkKind;
use crate::wire::scalar::{Coercion, JsonType, Note, Raw};
use crate::wire::tree::{Tree, Value};

/// A plain value; with its coercion and its type in JSON.
pub(in crate::wire) struct Scalar<C>(pub(in crate::wire) C, pub(in crate::wire) JsonType);

impl<C: Coercion> Shape<Option<C::Value>> for Scalar<C> {
    #[inline]
    fn read(&self, slot: &mut Option<C::Value>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        let tree = reader.tree;
        match location.value {
            Value::Null => {}
            Value::List { .. } | Value::Record { .. } => report_container(reader, location),
            value => {
                *slot = Self::coerce(tree, location.id, value, &mut |kind| reader.report(kind, location));
            }
        }
    }

    #[cold]
    fn read_again(&self, slot: &mut Option<C::Value>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        let mut kinds = Vec::new();
        let again = Self::coerce(reader.tree, location.id, location.value, &mut |kind| kinds.push(kind));
        let is_absent = match location.value {
            Value::Null => true,
            Value::Text(text) => again.is_none() && reader.tree.str(text).trim().is_empty(),
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
    #[inline]
    fn coerce(tree: &Tree<'_>, id: usize, value: Value, note: Note<'_>) -> Option<C::Value> {
        let raw = match value {
            Value::Text(span) | Value::LooseText(span) => Raw::Text(tree.str(span)),
            Value::Int(bytes) => Raw::Int(i64::from_ne_bytes(bytes)),
            Value::Bool(value) => Raw::Bool(value),
            Value::Number => return C::coerce(Raw::Number(&tree.raw(id)), note),
            Value::Null | Value::List { .. } | Value::Record { .. } => return None,
        };
        C::coerce(raw, note)
    }
}

/// Reports an object or a list where a plain value is expected. An empty one is no loss if the name is repeated.
#[cold]
fn report_container(reader: &mut BodyReader<'_>, location: &Location<'_>) {
    let kind = match is_empty_container(reader, location) && is_repeated(reader, location) {
        true => QuirkKind::EmptyValue,
        false => QuirkKind::RecordForText,
    };
    reader.report(kind, location);
}

fn is_empty_container(reader: &BodyReader<'_>, location: &Location<'_>) -> bool {
    matches!(location.value, Value::List { .. } | Value::Record { .. })
        && reader.tree.children(location.id).next().is_none()
}

/// Returns true if another member of the enclosing record has the same name.
fn is_repeated(reader: &BodyReader<'_>, location: &Location<'_>) -> bool {
    let (Some(parent), Some(field)) = (location.parent, location.field()) else { return false };
    let tree = reader.tree;
    let is_same = |name| same_name(field.as_str(), name);
    is_same(tree.name(location.id))
        && tree.children(parent.id).any(|(id, node)| id != location.id && is_same(tree.str(node.name)))
}
