//! A plain value, as the shape of a field: [`Scalar`].

use super::body_reader::BodyReader;
use super::location::Location;
use super::table::Shape;
use super::writer::Writer;
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::scalar::{Coercion, JsonType, Raw};
use crate::wire::tree::Value;

/// A plain value; with its coercion and its type in JSON.
pub(in crate::wire) struct Scalar<C>(pub(in crate::wire) C, pub(in crate::wire) JsonType);

impl<C: Coercion> Shape<Option<C::Value>> for Scalar<C> {
    #[inline]
    fn read(&self, slot: &mut Option<C::Value>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        if slot.is_some() {
            reader.report(QuirkKind::DuplicateField, location);
            return;
        }
        let tree = reader.tree;
        let raw = match location.value {
            Value::Text(span) | Value::LooseText(span) => Raw::Text(tree.str(span)),
            Value::Int(bytes) => Raw::Int(i64::from_ne_bytes(bytes)),
            Value::Bool(value) => Raw::Bool(value),
            Value::Null => return,
            Value::Number => {
                let spelling = tree.raw(location.id);
                *slot = C::coerce(Raw::Number(&spelling), &mut |kind| reader.report(kind, location));
                return;
            }
            Value::List { .. } | Value::Record { .. } => {
                reader.report(QuirkKind::RecordForText, location);
                return;
            }
        };
        *slot = C::coerce(raw, &mut |kind| reader.report(kind, location));
    }

    #[inline]
    fn write<W: Writer>(&self, slot: &Option<C::Value>, field: Field, writer: &mut W) {
        if let Some(value) = slot {
            C::spell(value, &mut |spelled| writer.scalar(field, spelled, self.1));
        }
    }
}
