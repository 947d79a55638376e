//! A record of texts under names of their own, as the shape of a field: [`Texts`].

use std::collections::BTreeMap;

use super::nested::{is_absent, read_listed};
use super::{JsonType, Place, Scalar, Shape, Sink, Walk};
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::scalar::Text;
use crate::wire::tree::Value;

/// A record of texts under names of their own.
pub(in crate::wire) struct Texts;

impl Shape<BTreeMap<String, String>> for Texts {
    fn read(&self, slot: &mut BTreeMap<String, String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        if !slot.is_empty() {
            walk.report(QuirkKind::DuplicateField, place);
            return;
        }
        if is_absent(walk, place) {
            return;
        }
        match place.value {
            Value::Record { .. } => {}
            Value::List { .. } => {
                read_listed(walk, place, |walk, element| self.read(slot, walk, element));
                return;
            }
            _ => {
                walk.report(QuirkKind::TextForRecord, place);
                return;
            }
        }
        for (id, node) in walk.tree.children(place.id) {
            let name = walk.tree.str(node.name);
            let member = place.stranger(name, id, node.value);
            if let Value::LooseText(_) = node.value {
                walk.report(QuirkKind::TextForRecord, &place.through(id, node.value, place.anchor));
                continue;
            }
            if !is_plain_name(name) {
                walk.report_unknown(&member);
                continue;
            }
            walk.report_attributes(&member);
            if slot.contains_key(name) {
                walk.report(QuirkKind::DuplicateField, &member);
                continue;
            }
            if !walk.has_room(slot.len(), &member) {
                return;
            }
            let mut text = None;
            Scalar(Text, JsonType::Text).read(&mut text, walk, &member);
            if let Some(text) = text {
                slot.insert(name.to_owned(), text);
            }
        }
    }

    fn write<S: Sink>(&self, slot: &BTreeMap<String, String>, field: Field, sink: &mut S) {
        if !slot.is_empty() {
            sink.texts(field, slot.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        }
    }
}

/// Whether a name can be written in both formats.
fn is_plain_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}
