//! A record as an object: [`write()`].

use serde::Serialize;

use crate::field::Field;
use crate::wire::record::{JsonType, Record, Sink, Spelled};

/// Writes a record as one object.
pub(in crate::wire) fn write<R: Record>(record: &R) -> Vec<u8> {
    let mut object = Members { body: Vec::with_capacity(2048) };
    object.object(|members| record.write(members));
    object.body
}

/// A body being written.
struct Members {
    body: Vec<u8>,
}

impl Members {
    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.body.push(b'{');
        members(self);
        self.body.push(b'}');
    }

    fn array<T>(&mut self, items: impl IntoIterator<Item = T>, mut item: impl FnMut(&mut Self, T)) {
        self.body.push(b'[');
        for one in items {
            self.comma();
            item(self, one);
        }
        self.body.push(b']');
    }

    /// The name of a field has nothing to escape.
    #[inline]
    fn name(&mut self, field: Field) {
        self.comma();
        self.body.push(b'"');
        self.body.extend_from_slice(field.as_str().as_bytes());
        self.body.extend_from_slice(b"\":");
    }

    /// Behind what was written before, unless that is the beginning of the object or array.
    #[inline]
    fn comma(&mut self) {
        if !matches!(self.body.last(), Some(b'{' | b'[')) {
            self.body.push(b',');
        }
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        let written = serde_json::to_writer(&mut self.body, value);
        debug_assert!(written.is_ok(), "memory takes all, and texts and numbers can be written");
    }

    fn quoted(&mut self, value: &impl Serialize) {
        self.body.push(b'"');
        self.value(value);
        self.body.push(b'"');
    }
}

impl Sink for Members {
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

    fn record<R: Record>(&mut self, field: Field, record: &R) {
        self.name(field);
        self.object(|members| record.write(members));
    }

    fn list<R: Record>(&mut self, field: Field, items: &[R]) {
        self.name(field);
        self.array(items, |items, item| items.object(|members| item.write(members)));
    }

    fn names(&mut self, field: Field, item: Field, names: &[String]) {
        self.name(field);
        self.array(names, |items, name| {
            items.object(|members| members.scalar(item, Spelled::Text(name), JsonType::Text));
        });
    }

    fn texts<'t>(&mut self, field: Field, texts: impl Iterator<Item = (&'t str, &'t str)>) {
        self.name(field);
        self.object(|members| {
            for (name, text) in texts {
                members.comma();
                members.value(name);
                members.body.push(b':');
                members.value(text);
            }
        });
    }
}
