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
use crate::wire::tree::Value;

/// A list of records with one field, kept as a list of texts; with the name that may wrap each item, and the field.
pub(in crate::wire) struct NameList(pub(in crate::wire) &'static str, pub(in crate::wire) Field);

impl Shape<Vec<String>> for NameList {
    fn read(&self, slot: &mut Vec<String>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        read_list(self, slot, reader, location);
    }

    fn read_again(&self, slot: &mut Vec<String>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        match reader.repeats {
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
    fn wrapper(&self) -> &'static str {
        self.0
    }

    #[inline]
    fn is_field(&self, name: &str, _: Value) -> bool {
        let known = self.1.as_str();
        name == known || same_name(known, name)
    }

    fn room(&self, _: &BodyReader<'_>, _: usize, len: usize) -> usize {
        len
    }

    /// One name in its field; or several, repeated in XML or listed in JSON, each of them an item.
    fn read_record(&self, list: &mut Vec<String>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        match self.lone_name(reader, location) {
            Some(name) => list.push(name.to_owned()),
            None => self.read_names(list, reader, location),
        }
    }

    fn read_plain(&self, reader: &mut BodyReader<'_>, item: &Location<'_>) -> Option<String> {
        if !reader.repeats && !reader.has_room(reader.bare_items, item) {
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
    /// The name in a record that holds nothing else, as in nearly all.
    #[inline]
    fn lone_name<'t>(&self, reader: &BodyReader<'t>, location: &Location<'_>) -> Option<&'t str> {
        let mut members = reader.tree.children(location.id);
        let (_, member) = members.next()?;
        let Value::Text(name) = member.value else { return None };
        let is_lone = members.next().is_none()
            && !reader.has_attributes
            && reader.tree.str(member.name) == self.1.as_str();
        Some(reader.tree.str(name)).filter(|name| is_lone && !name.is_empty())
    }

    #[cold]
    fn read_names(&self, list: &mut Vec<String>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        let NameList(_, field) = *self;
        let tree = reader.tree;
        let named = tree
            .children(location.id)
            .filter(|(_, node)| self.is_field(tree.str(node.name), node.value))
            .count();
        let mut name = None;
        let mut is_read = false;
        let before = list.len();
        for (id, node) in tree.children(location.id) {
            let item = location.item(list.len());
            let member = item.member(field, id, node.value);
            match tree.str(node.name) {
                _ if matches!(node.value, Value::LooseText(_)) => {
                    reader
                        .report(QuirkKind::TextForRecord, &location.at_node(id, node.value, location.anchor));
                    continue;
                }
                unknown if !self.is_field(unknown, node.value) => {
                    reader.report_unknown(&item.unknown_member(unknown, id, node.value));
                    continue;
                }
                exact if exact == field.as_str() => {}
                other_case => reader.report_found(QuirkKind::FieldCase, &member, other_case),
            }
            reader.report_attributes(&member);
            match node.value {
                Value::List { .. } => {
                    for (element, node) in tree.children(id) {
                        self.read_name(list, reader, &location.at_node(element, node.value, id));
                    }
                }
                _ if reader.repeats && named > 1 => {
                    self.read_name(list, reader, &location.at_node(id, node.value, id));
                }
                _ if mem::replace(&mut is_read, true) => TEXT.read_again(&mut name, reader, &member),
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

    /// Reads one of several names in one field. A record there is not read, so that a body cannot choose the depth of
    /// the recursion.
    fn read_name(&self, list: &mut Vec<String>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        if !reader.has_room(list.len(), location) {
            return;
        }
        let item = location.item(list.len());
        match location.value {
            Value::Record { .. } | Value::List { .. } => reader.report(QuirkKind::UnknownItem, &item),
            _ => list.extend(self.read_plain(reader, &item)),
        }
    }
}

const TEXT: Scalar<Text> = Scalar(Text, JsonType::Text);
