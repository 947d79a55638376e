//! A value that is settled when its record is read whole: [`Value`], and its shape, [`Placed`].

use crate::field::Field;
use crate::wire::record::{BodyReader, Location, Scalar, Shape, Writer};
use crate::wire::scalar::Coercion;
use crate::wire::source::Source;

/// A value, and the anchor of its place in the body.
#[derive(Debug, Clone, Copy)]
pub(in crate::wire) struct Value<V> {
    pub(in crate::wire) value: V,
    pub(in crate::wire) anchor: usize,
}

impl<V> Value<V> {
    /// A value that has no place yet.
    pub(super) fn new(value: V) -> Self {
        Value { value, anchor: 0 }
    }
}

/// Two that say the same are the same, wherever they are.
impl<V: PartialEq> PartialEq for Value<V> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A plain value with its place.
pub(in crate::wire) struct Placed<C>(pub(in crate::wire) Scalar<C>);

impl<C: Coercion> Shape<Option<Value<C::Value>>> for Placed<C> {
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<Value<C::Value>>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        let mut value = None;
        self.0.read(&mut value, reader, location);
        *slot = value.map(|value| Value { value, anchor: location.anchor });
    }

    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<Value<C::Value>>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        let before = slot.take();
        let anchor = before.as_ref().map_or(location.anchor, |before| before.anchor);
        let mut value = before.map(|before| before.value);
        self.0.read_again(&mut value, reader, location);
        *slot = value.map(|value| Value { value, anchor });
    }

    fn write<W: Writer>(&self, slot: &Option<Value<C::Value>>, field: Field, writer: &mut W) {
        if let Some(Value { value, .. }) = slot {
            C::spell(value, &mut |spelled| writer.scalar(field, spelled, self.0.1));
        }
    }
}
