//! A list of records with one field, as the shape of a field: [`NameList`].

use std::mem;

use super::body_reader::BodyReader;
use super::list::{Items, read_list};
use super::location::Location;
use super::nested::read_container_again;
use super::table::Shape;
use super::value::Scalar;
use super::writer::Writer;
use crate::field::{Field, same_name};
use crate::wire::quirk::QuirkKind;
use crate::wire::scalar::{JsonType, Spelled, Text};
use crate::wire::source::{Content, Entry, Source};

/// A list of records with one field, kept as a list of texts; with the name that may wrap each item, and the field.
pub(in crate::wire) struct NameList(pub(in crate::wire) &'static str, pub(in crate::wire) Field);

impl Shape<Vec<String>> for NameList {
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_list(self, slot, reader, location);
    }

    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        match reader.source.repeats() {
            true => self.read(slot, reader, location),
            false => read_container_again(self, slot, reader, location),
        }
    }

    fn write<W: Writer>(&self, slot: &Vec<String>, field: Field, writer: &mut W) {
        if !slot.is_empty() {
            writer.list(field, slot, |writer, name| {
                writer.scalar(self.1, Spelled::Text(name), JsonType::Text);
            });
        }
    }
}

impl Items<String> for NameList {
    const ARE_RECORDS: bool = false;

    fn wrapper(&self) -> &'static str {
        self.0
    }

    #[inline]
    fn is_field(&self, name: &str, entry: &Entry<'_>) -> bool {
        entry.field == Some(self.1) || same_name(self.1.as_str(), name)
    }

    /// One name in its field.
    #[inline]
    fn read_usual<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) -> bool {
        match reader.source.lone_text(location.entry, self.1) {
            Some("") => reader.report(QuirkKind::EmptyValue, &location.item(list.len())),
            Some(name) => {
                list.push(name.to_owned());
                reader.last_names = list.len();
            }
            None => return false,
        }
        true
    }

    /// A name in another form; or several, repeated in XML or listed in JSON, each of them an item.
    #[cold]
    fn read_record<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        self.read_names(list, reader, location);
    }

    fn read_plain<'a, S: Source<'a>>(
        &self,
        reader: &mut BodyReader<'a, S>,
        item: &Location<'_>,
    ) -> Option<String> {
        if !reader.source.repeats() && !reader.has_room(reader.bare_items, item) {
            return None;
        }
        reader.bare_items = reader.bare_items.saturating_add(1);
        let mut name = None;
        TEXT.read(&mut name, reader, item);
        let kind = if name.is_some() { QuirkKind::TextForItem } else { QuirkKind::UnknownItem };
        reader.report(kind, item);
        name
    }
}

impl NameList {
    #[cold]
    fn read_names<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        let NameList(_, field) = *self;
        let has_several = self.has_several(reader, location);
        let mut name = None;
        let mut is_read = false;
        let before = list.len();
        let mut members = reader.source.open(location.entry);
        while let Some((spelling, entry)) = reader.source.member(&mut members) {
            let item = location.item(list.len());
            let member = item.member(field, &entry);
            match spelling {
                _ if matches!(entry.content, Content::LooseText(_)) => {
                    reader.report(QuirkKind::TextForRecord, &location.within(&entry));
                    continue;
                }
                unknown if !self.is_field(unknown, &entry) => {
                    reader.report_unknown(&item.unknown_member(unknown, &entry));
                    continue;
                }
                exact if exact == field.as_str() => {}
                other_case => reader.report_found(QuirkKind::FieldCase, &member, other_case),
            }
            reader.report_attributes(&member);
            let is_again = mem::replace(&mut is_read, true);
            if is_again && has_several && !reader.source.repeats() {
                reader.report(QuirkKind::RepeatedName, &member);
            }
            match entry.content {
                Content::List => {
                    let mut elements = reader.source.open(&entry);
                    while let Some(element) = reader.source.element(&mut elements, entry.anchor) {
                        self.read_name(list, reader, &location.at(&element));
                    }
                }
                _ if has_several => self.read_name(list, reader, &location.at(&entry)),
                _ if is_again => TEXT.read_again(&mut name, reader, &member),
                _ => TEXT.read(&mut name, reader, &member),
            }
        }
        match name {
            Some(name) => list.push(name),
            // A field without a value: the item would be a phantom.
            None if list.len() == before => reader.report(QuirkKind::EmptyValue, &location.item(list.len())),
            None => {}
        }
    }

    /// Returns true if a record has several names, each of them an item. In JSON that takes a list: a text that is
    /// repeated is a duplicate.
    fn has_several<'a, S: Source<'a>>(
        &self,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) -> bool {
        let (mut count, mut may_be_several) = (0_usize, reader.source.repeats());
        reader.source.any_member(location.entry, &mut |name, entry| {
            if self.is_field(name, entry) {
                count = count.saturating_add(1);
                may_be_several |= matches!(entry.content, Content::List);
            }
            count > 1 && may_be_several
        })
    }

    /// Reads one of several names in one field. A record there is not read, so that a body cannot choose the depth of
    /// the recursion.
    fn read_name<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<String>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        if !reader.has_room(list.len(), location) {
            return;
        }
        let item = location.item(list.len());
        match location.entry.content {
            Content::Record | Content::List => reader.report(QuirkKind::UnknownItem, &item),
            _ => list.extend(self.read_plain(reader, &item)),
        }
    }
}

const TEXT: Scalar<Text> = Scalar(Text, JsonType::Text);
