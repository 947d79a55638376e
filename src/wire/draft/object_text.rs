//! What a migration copies, kept as JSON in a text: [`ObjectText`].

use crate::field::Field;
use crate::wire::json;
use crate::wire::limits::Limits;
use crate::wire::record::{BodyReader, Location, Nested, Scalar, Shape, Table, Writer, read_container_again};
use crate::wire::scalar::{JsonType, Text};
use crate::wire::source::{JsonCursor, Source};

/// What a migration copies: a text that holds JSON, or a record with this table, which becomes the same JSON in either
/// format.
pub(in crate::wire) struct ObjectText<T> {
    pub(in crate::wire) table: T,
    /// True if the field is documented as a record.
    pub(in crate::wire) is_record: bool,
}

const TEXT: Scalar<Text> = Scalar(Text, JsonType::Text);

impl<T: Table + Copy> Shape<Option<String>> for ObjectText<T> {
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        if !location.entry.content.is_container() {
            return TEXT.read(slot, reader, location);
        }
        let mut objects = None;
        Nested(self.table).read(&mut objects, reader, location);
        *slot = objects.map(|objects| to_text::<T>(&objects));
    }

    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        match location.entry.content.is_container() {
            true => read_container_again(self, slot, reader, location),
            false => TEXT.read_again(slot, reader, location),
        }
    }

    fn write<W: Writer>(&self, slot: &Option<String>, field: Field, writer: &mut W) {
        match slot.as_deref().filter(|_| self.is_record).and_then(from_text::<T>) {
            Some(objects) => writer.record(field, |writer| T::write(&objects, writer)),
            None => TEXT.write(slot, field, writer),
        }
    }
}

fn to_text<T: Table>(objects: &T::Model) -> String {
    String::from_utf8(json::write::<T>(objects)).unwrap_or_default()
}

/// The objects of a text that was made of them. Without any the record would be absent when it is read again.
fn from_text<T: Table>(text: &str) -> Option<T::Model> {
    let limits = Limits::default();
    let (cursor, root) = JsonCursor::new(text, 0, &limits);
    let mut reader = BodyReader::new(cursor, &limits);
    let mut objects = T::Model::default();
    reader.record::<T>(&mut objects, &Location::root(&root));
    (objects != T::Model::default() && to_text::<T>(&objects) == text).then_some(objects)
}
