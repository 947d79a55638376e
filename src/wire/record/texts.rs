//! A list of texts, as the shape of a field: [`Texts`].

use super::body_reader::BodyReader;
use super::list::read_list_again;
use super::location::Location;
use super::table::Shape;
use super::value::Scalar;
use super::writer::Writer;
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::scalar::{JsonType, Text};
use crate::wire::source::{Content, Source};

/// A list of texts: in JSON an array, in XML repeated elements.
pub(in crate::wire) struct Texts;

impl Shape<Vec<String>> for Texts {
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        match location.entry.content {
            Content::List => {
                let mut inside = reader.source.open(location.entry);
                while let Some(element) = reader.source.element(&mut inside, location.anchor) {
                    read_text(slot, reader, &location.at(&element));
                }
            }
            _ => {
                let before = slot.len();
                read_text(slot, reader, location);
                if slot.len() > before && !reader.source.repeats() {
                    reader.report(QuirkKind::SingleForList, location);
                }
            }
        }
    }

    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_list_again(self, slot, reader, location);
    }

    fn write<W: Writer>(&self, slot: &Vec<String>, field: Field, writer: &mut W) {
        if !slot.is_empty() {
            writer.texts(field, slot);
        }
    }
}

/// Reads one text. Each counts as a bare item, which a body can send at little cost.
fn read_text<'a, S: Source<'a>>(
    slot: &mut Vec<String>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) {
    if !reader.has_room(reader.bare_items, location) {
        return;
    }
    reader.bare_items = reader.bare_items.saturating_add(1);
    let mut text = None;
    TEXT.read(&mut text, reader, &location.item(slot.len()));
    slot.extend(text);
}

const TEXT: Scalar<Text> = Scalar(Text, JsonType::Text);
