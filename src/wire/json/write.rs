//! A record as an object: [`write()`].

use serde::Serialize;

use crate::field::Field;
use crate::wire::record::{Table, Writer};
use crate::wire::scalar::{JsonType, Spelled};

/// Writes a record as one object.
pub(in crate::wire) fn write<T: Table>(model: &T::Model) -> Vec<u8> {
    let mut object = Members { body: Vec::with_capacity(2048) };
    object.object(|members| T::write(model, members));
    object.body
}

/// A body that is being written.
#[derive(Default)]
pub(super) struct Members {
    pub(super) body: Vec<u8>,
}

impl Members {
    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.body.push(b'{');
        members(self);
        self.body.push(b'}');
    }

    /// Writes the name of a field, which has nothing to escape.
    #[inline]
    pub(super) fn name(&mut self, field: Field) {
        self.plain_name(field.as_str());
    }

    #[inline]
    fn plain_name(&mut self, name: &str) {
        self.comma();
        self.body.push(b'"');
        self.body.extend_from_slice(name.as_bytes());
        self.body.extend_from_slice(b"\":");
    }

    /// Writes a comma, unless the object or array has just begun.
    #[inline]
    pub(super) fn comma(&mut self) {
        if !matches!(self.body.last(), Some(b'{' | b'[')) {
            self.body.push(b',');
        }
    }

    fn array<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.body.push(b'[');
        for item in items {
            self.comma();
            write(self, item);
        }
        self.body.push(b']');
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        let written = serde_json::to_writer(&mut self.body, value);
        debug_assert!(
            written.is_ok(),
            "writing to memory does not fail, and texts and numbers can be written"
        );
    }

    pub(super) fn text_items(&mut self, texts: &[String]) {
        self.array(texts, Members::value);
    }

    pub(super) fn text_members<'t>(&mut self, texts: impl Iterator<Item = (&'t str, &'t str)>) {
        self.object(|members| {
            for (name, text) in texts {
                members.comma();
                members.value(name);
                members.body.push(b':');
                members.value(text);
            }
        });
    }

    fn quoted(&mut self, value: &impl Serialize) {
        self.body.push(b'"');
        self.value(value);
        self.body.push(b'"');
    }
}

impl Writer for Members {
    #[inline]
    fn scalar(&mut self, field: Field, value: Spelled<'_>, json: JsonType) {
        self.name(field);
        match (value, json) {
            (Spelled::Text(text), _) => self.value(text),
            (Spelled::Shown(shown), _) => self.value(&shown.to_string()),
            (Spelled::Bool(value), JsonType::Native) => self.value(&value),
            (Spelled::Int(value), JsonType::Native) => self.value(&value),
            (Spelled::Bool(value), JsonType::Text) => self.quoted(&value),
            (Spelled::Int(value), JsonType::Text) => self.quoted(&value),
        }
    }

    fn record(&mut self, field: Field, content: impl FnOnce(&mut Self)) {
        self.name(field);
        self.object(content);
    }

    fn list<T>(&mut self, field: Field, items: &[T], content: impl Fn(&mut Self, &T)) {
        self.name(field);
        self.array(items, |members, item| members.object(|members| content(members, item)));
    }

    fn wrapped_list<T>(
        &mut self,
        field: Field,
        inner: &'static str,
        items: &[T],
        content: impl Fn(&mut Self, &T),
    ) {
        self.name(field);
        self.object(|members| {
            members.plain_name(inner);
            members.array(items, |members, item| members.object(|members| content(members, item)));
        });
    }

    fn texts(&mut self, field: Field, texts: &[String]) {
        self.name(field);
        self.text_items(texts);
    }

    fn text_map<'t>(&mut self, field: Field, texts: impl Iterator<Item = (&'t str, &'t str)>) {
        self.name(field);
        self.text_members(texts);
    }
}
