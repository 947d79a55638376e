//! A record as a document: [`write()`].

use super::chars::is_char;
use crate::field::Field;
use crate::wire::record::{JsonType, Record, Sink, Spelled};

/// Writes a record as an element.
pub(in crate::wire) fn write<R: Record>(root: &str, record: &R) -> Vec<u8> {
    let mut document = Elements { text: String::with_capacity(1024) };
    document.element(root, |inside| record.write(inside));
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

    /// A text with what would be read as markup, or changed by a reader, written as references. Characters that
    /// XML can't hold become U+FFFD.
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
                // A reader may turn a bare carriage return into a line feed.
                '\r' => self.text.push_str("&#13;"),
                c if is_char(c) => self.text.push(c),
                _ => self.text.push('\u{FFFD}'),
            }
        }
    }
}

/// Whether a byte of a text needs no second look.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=0x7F | b'\t' | b'\n') && !matches!(byte, b'<' | b'>' | b'&')
}

impl Sink for Elements {
    fn scalar(&mut self, field: Field, value: Spelled<'_>, _: JsonType) {
        self.element(field.as_str(), |inside| match value {
            Spelled::Text(text) => inside.escaped(text),
            Spelled::Shown(shown) => inside.escaped(&shown.to_string()),
            Spelled::Int(value) => inside.text.push_str(&value.to_string()),
            Spelled::Bool(value) => inside.text.push_str(if value { "true" } else { "false" }),
        });
    }

    fn record<R: Record>(&mut self, field: Field, record: &R) {
        self.element(field.as_str(), |inside| record.write(inside));
    }

    fn list<R: Record>(&mut self, field: Field, items: &[R]) {
        for item in items {
            self.record(field, item);
        }
    }

    fn names(&mut self, field: Field, item: Field, names: &[String]) {
        for name in names {
            self.element(field.as_str(), |inside| {
                inside.element(item.as_str(), |inside| inside.escaped(name));
            });
        }
    }

    fn texts<'t>(&mut self, field: Field, texts: impl Iterator<Item = (&'t str, &'t str)>) {
        self.element(field.as_str(), |inside| {
            for (name, text) in texts {
                inside.element(name, |inside| inside.escaped(text));
            }
        });
    }
}
