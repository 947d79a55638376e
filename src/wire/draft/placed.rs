//! A value that is settled when its record is read whole: [`Value`], and its shape, [`Placed`].

use crate::excerpt::cut;
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::record::{BodyReader, Location, Scalar, Shape, Writer};
use crate::wire::scalar::{Coercion, Spelled};
use crate::wire::source::Source;

/// A value, and the anchor of its place in the body.
#[derive(Debug, Clone)]
pub(in crate::wire) struct Value<V> {
    pub(in crate::wire) value: V,
    anchor: usize,
    /// Its text in the body; `None` for the documented spelling, as nearly always.
    raw: Option<Box<str>>,
}

impl<V> Value<V> {
    /// A value that has no place yet.
    pub(super) fn new(value: V) -> Self {
        Value { value, anchor: 0, raw: None }
    }

    /// Its text in the body.
    pub(super) fn found<C: Coercion<Value = V>>(&self) -> String {
        match &self.raw {
            Some(raw) => raw.to_string(),
            None => {
                let mut text = String::new();
                C::spell(&self.value, &mut |spelled| text = spelled.to_string());
                text
            }
        }
    }

    /// Its location, as the value of a field of a record.
    pub(super) fn location<'p>(&self, field: Field, record: &'p Location<'p>) -> Location<'p> {
        record.member(field, record.entry).anchored(self.anchor)
    }

    /// Reports a departure of this value of a field, after the record was read.
    #[cold]
    pub(super) fn report<'a, C: Coercion<Value = V>, S: Source<'a>>(
        &self,
        kind: QuirkKind,
        field: Field,
        reader: &mut BodyReader<'a, S>,
        record: &Location<'_>,
    ) {
        reader.report_found(kind, &self.location(field, record), &self.found::<C>());
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
        *slot = value.map(|value| place::<C, S>(value, reader, location));
    }

    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<Value<C::Value>>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        let Some(Value { value, anchor, raw }) = slot.take() else {
            let mut value = None;
            self.0.read_again(&mut value, reader, location);
            *slot = value.map(|value| place::<C, S>(value, reader, location));
            return;
        };
        let mut value = Some(value);
        self.0.read_again(&mut value, reader, location);
        *slot = value.map(|value| Value { value, anchor, raw });
    }

    fn write<W: Writer>(&self, slot: &Option<Value<C::Value>>, field: Field, writer: &mut W) {
        if let Some(Value { value, .. }) = slot {
            C::spell(value, &mut |spelled| writer.scalar(field, spelled, self.0.1));
        }
    }
}

/// A value that was read at a location.
fn place<'a, C: Coercion, S: Source<'a>>(
    value: C::Value,
    reader: &BodyReader<'a, S>,
    location: &Location<'_>,
) -> Value<C::Value> {
    let raw = reader.source.raw(location.entry);
    let mut is_documented = false;
    C::spell(&value, &mut |spelled| {
        is_documented = match spelled {
            Spelled::Text(text) => text == raw,
            other => other.to_string() == raw,
        };
    });
    let raw = (!is_documented).then(|| cut(&raw).into());
    Value { value, anchor: location.anchor, raw }
}
