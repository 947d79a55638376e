//! A list of records of one field, as the shape of a field: [`NameList`].

use super::list::{Items, read_list};
use super::{JsonType, Place, Scalar, Shape, Sink, Walk};
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::scalar::Text;
use crate::wire::tree::Value;

/// A list of records of one field, kept as a list of its texts; the name that may wrap each item, and the field.
pub(in crate::wire) struct NameList(pub(in crate::wire) &'static str, pub(in crate::wire) Field);

impl Shape<Vec<String>> for NameList {
    fn read(&self, slot: &mut Vec<String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        read_list(self, slot, walk, place);
    }

    fn write<S: Sink>(&self, slot: &Vec<String>, field: Field, sink: &mut S) {
        if !slot.is_empty() {
            sink.names(field, self.1, slot);
        }
    }
}

impl Items<String> for NameList {
    fn wrapper(&self) -> &'static str {
        self.0
    }

    #[inline]
    fn is_field(&self, name: &str) -> bool {
        let known = self.1.as_str();
        name == known || name.eq_ignore_ascii_case(known)
    }

    fn room(&self, _: &Walk<'_>, _: usize, len: usize) -> usize {
        len
    }

    /// One name under its field; or many, repeated in XML or listed in JSON, each of them an item.
    fn read_record(&self, list: &mut Vec<String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        match self.lone_name(walk, place) {
            Some(name) => list.push(name.to_owned()),
            None => self.read_names(list, walk, place),
        }
    }

    fn read_plain(&self, walk: &mut Walk<'_>, item: &Place<'_>) -> Option<String> {
        if !walk.repeats && !walk.has_room(walk.bare_items, item) {
            return None;
        }
        walk.bare_items = walk.bare_items.saturating_add(1);
        let mut name = None;
        Scalar(Text, JsonType::Text).read(&mut name, walk, item);
        let kind = if name.is_some() { QuirkKind::TextForItem } else { QuirkKind::UnknownItem };
        walk.report(kind, item);
        name
    }
}

impl NameList {
    /// The name in a record that holds nothing else, as nearly all do.
    #[inline]
    fn lone_name<'t>(&self, walk: &Walk<'t>, place: &Place<'_>) -> Option<&'t str> {
        let mut members = walk.tree.children(place.id);
        let (_, member) = members.next()?;
        let Value::Text(name) = member.value else { return None };
        let is_lone =
            members.next().is_none() && !walk.has_attributes && walk.tree.str(member.name) == self.1.as_str();
        Some(walk.tree.str(name)).filter(|name| is_lone && !name.is_empty())
    }

    #[cold]
    fn read_names(&self, list: &mut Vec<String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        let NameList(_, field) = *self;
        let tree = walk.tree;
        let named = tree.children(place.id).filter(|(_, node)| self.is_field(tree.str(node.name))).count();
        let mut name = None;
        let before = list.len();
        for (id, node) in tree.children(place.id) {
            let item = place.item(list.len());
            let member = item.member(field, id, node.value);
            match tree.str(node.name) {
                _ if matches!(node.value, Value::LooseText(_)) => {
                    walk.report(QuirkKind::TextForRecord, &place.through(id, node.value, place.anchor));
                    continue;
                }
                stranger if !self.is_field(stranger) => {
                    walk.report_unknown(&item.stranger(stranger, id, node.value));
                    continue;
                }
                exact if exact == field.as_str() => {}
                other_case => walk.report_found(QuirkKind::FieldCase, &member, other_case),
            }
            walk.report_attributes(&member);
            match node.value {
                Value::List { .. } => {
                    for (element, node) in tree.children(id) {
                        self.read_name(list, walk, &place.through(element, node.value, id));
                    }
                }
                _ if walk.repeats && named > 1 => {
                    self.read_name(list, walk, &place.through(id, node.value, id));
                }
                _ => Scalar(Text, JsonType::Text).read(&mut name, walk, &member),
            }
        }
        match name {
            Some(name) => list.push(name),
            // A field, but no value: an item made of that would be a phantom.
            None if list.len() == before => walk.report(QuirkKind::EmptyValue, &place.item(list.len())),
            None => {}
        }
    }
    /// Reads one of many names under one field. A record there is not looked into: else a body could choose how
    /// deep the walk goes.
    fn read_name(&self, list: &mut Vec<String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        if !walk.has_room(list.len(), place) {
            return;
        }
        let item = place.item(list.len());
        match place.value {
            Value::Record { .. } | Value::List { .. } => walk.report(QuirkKind::UnknownItem, &item),
            _ => list.extend(self.read_plain(walk, &item)),
        }
    }
}
