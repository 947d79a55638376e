//! A record as a document: [`write()`].

use super::chars::is_char;
use crate::field::Field;
use crate::wire::record::{Table, Writer};
use crate::wire::scalar::{JsonType, Spelled};

/// Writes a record as an element.
pub(in crate::wire) fn write<T: Table>(root: &str, model: &T::Model) -> Vec<u8> {
    let mut document = Elements { text: String::with_capacity(1024) };
    document.element(root, |inside| T::write(model, inside));
    document.text.into_bytes()
}

/// A document being written.
struct Elements {
    text: String,
}

impl Elements {
    #[inline]
    fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.text.push('<');
        self.text.push_str(name);
        self.text.push('>');
        content(self);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// Writes a text. What would be read as markup, or changed by a reader, becomes a reference. Characters that XML
    /// cannot hold become U+FFFD.
    #[inline]
    fn escaped(&mut self, text: &str) {
        if text.bytes().all(is_plain) {
            self.text.push_str(text);
            return;
        }
        for c in text.chars() {
            match c {
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '&' => self.text.push_str("&amp;"),
                // A reader turns a bare carriage return into a line feed.
                '\r' => self.text.push_str("&#13;"),
                c if is_char(c) => self.text.push(c),
                _ => self.text.push('\u{FFFD}'),
            }
        }
    }
}

/// Returns true if a byte of a text is written as it is.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=0x7F | b'\t' | b'\n') && !matches!(byte, b'<' | b'>' | b'&')
}

impl Writer for Elements {
    fn scalar(&mut self, field: Field, value: Spelled<'_>, _: JsonType) {
        self.element(field.as_str(), |inside| match value {
            Spelled::Text(text) => inside.escaped(text),
            Spelled::Shown(shown) => inside.escaped(&shown.to_string()),
            Spelled::Int(value) => inside.text.push_str(&value.to_string()),
            Spelled::Bool(value) => inside.text.push_str(if value { "true" } else { "false" }),
        });
    }

    fn record(&mut self, field: Field, content: impl FnOnce(&mut Self)) {
        self.element(field.as_str(), content);
    }

    fn list<T>(&mut self, field: Field, items: &[T], content: impl Fn(&mut Self, &T)) {
        if items.is_empty() {
            self.record(field, |_| {});
        }
        for item in items {
            self.record(field, |inside| content(inside, item));
        }
    }

    fn wrapped_list<T>(
        &mut self,
        field: Field,
        inner: &'static str,
        items: &[T],
        content: impl Fn(&mut Self, &T),
    ) {
        self.record(field, |inside| {
            for item in items {
                inside.element(inner, |inside| content(inside, item));
            }
        });
    }

    fn texts(&mut self, field: Field, texts: &[String]) {
        for text in texts {
            self.record(field, |inside| inside.escaped(text));
        }
    }

    fn text_map<'t>(&mut self, field: Field, texts: impl Iterator<Item = (&'t str, &'t str)>) {
        self.element(field.as_str(), |inside| {
            for (name, text) in texts {
                inside.element(name, |inside| inside.escaped(text));
            }
        });
    }
}
