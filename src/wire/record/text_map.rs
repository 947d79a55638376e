//! A record of texts with names of their own, as the shape of a field: [`TextMap`].

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use super::body_reader::BodyReader;
use super::location::Location;
use super::nested::{is_absent, read_container_again, read_listed};
use super::table::Shape;
use super::value::Scalar;
use super::writer::Writer;
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::scalar::{JsonType, Text};
use crate::wire::source::{Content, Source};

/// A record of texts with names of their own.
pub(in crate::wire) struct TextMap;

impl Shape<BTreeMap<String, String>> for TextMap {
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut BTreeMap<String, String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        if is_absent(reader, location) {
            return;
        }
        match location.entry.content {
            Content::Record => {}
            Content::List => {
                read_listed(self, slot, reader, location);
                return;
            }
            _ => {
                reader.report(QuirkKind::TextForRecord, location);
                return;
            }
        }
        let mut empty = BTreeSet::new();
        let mut members = reader.source.open(location.entry);
        while let Some((name, entry)) = reader.source.member(&mut members) {
            let member = location.unknown_member(name, &entry);
            if let Content::LooseText(_) = entry.content {
                reader.report(QuirkKind::TextForRecord, &location.within(&entry));
                continue;
            }
            if !is_plain_name(name) {
                reader.report_unknown(&member);
                continue;
            }
            reader.report_attributes(&member);
            if let Some(kept) = slot.get_mut(name) {
                let mut text = Some(mem::take(kept));
                TEXT.read_again(&mut text, reader, &member);
                *kept = text.unwrap_or_default();
                continue;
            }
            if !reader.has_room(slot.len(), &member) {
                return;
            }
            let mut text = None;
            match empty.contains(name) {
                true => TEXT.read_again(&mut text, reader, &member),
                false => TEXT.read(&mut text, reader, &member),
            }
            match text {
                Some(text) => drop(slot.insert(name.to_owned(), text)),
                None => drop(empty.insert(name)),
            }
        }
    }

    #[cold]
    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut BTreeMap<String, String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_container_again(self, slot, reader, location);
    }

    fn write<W: Writer>(&self, slot: &BTreeMap<String, String>, field: Field, writer: &mut W) {
        if !slot.is_empty() {
            writer.text_map(field, slot.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        }
    }
}

const TEXT: Scalar<Text> = Scalar(Text, JsonType::Text);

/// Returns true if both formats can write a name.
fn is_plain_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}
