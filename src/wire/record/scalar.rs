//! A plain value, as the shape of a field: [`Scalar`].

use super::{JsonType, Place, Shape, Sink, Walk};
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::scalar::{Coercion, Raw};
use crate::wire::tree::Value;

/// A plain value, and how JSON documents it.
pub(in crate::wire) struct Scalar<C>(pub(in crate::wire) C, pub(in crate::wire) JsonType);

impl<C: Coercion> Shape<Option<C::Value>> for Scalar<C> {
    #[inline]
    fn read(&self, slot: &mut Option<C::Value>, walk: &mut Walk<'_>, place: &Place<'_>) {
        if slot.is_some() {
            walk.report(QuirkKind::DuplicateField, place);
            return;
        }
        let tree = walk.tree;
        let raw = match place.value {
            Value::Text(span) | Value::LooseText(span) => Raw::Text(tree.str(span)),
            Value::Int(bytes) => Raw::Int(i64::from_ne_bytes(bytes)),
            Value::Bool(value) => Raw::Bool(value),
            Value::Null => return,
            Value::Number => {
                let spelling = tree.raw(place.id);
                *slot = C::coerce(Raw::Number(&spelling), &mut |kind| walk.report(kind, place));
                return;
            }
            Value::List { .. } | Value::Record { .. } => {
                walk.report(QuirkKind::RecordForText, place);
                return;
            }
        };
        *slot = C::coerce(raw, &mut |kind| walk.report(kind, place));
    }

    #[inline]
    fn write<S: Sink>(&self, slot: &Option<C::Value>, field: Field, sink: &mut S) {
        if let Some(value) = slot {
            C::spell(value, &mut |spelled| sink.scalar(field, spelled, self.1));
        }
    }
}
