//! The text of one value of a record: [`value_at`].

use std::mem;

use super::write::Members;
use crate::excerpt::{self, cut};
use crate::field::Field;
use crate::path::Segment;
use crate::wire::record::{Table, Writer};
use crate::wire::scalar::{JsonType, Spelled};

/// The value at a path of a record, cut like any text that is shown: a plain value in its spelling on the wire, a record
/// or a list as JSON. `None` if the record has no value there.
pub(in crate::wire) fn value_at<T: Table>(model: &T::Model, path: &[Segment]) -> Option<String> {
    let mut search = Search { path, is_inside: false, json: Members::default(), found: None };
    if !path.is_empty() {
        T::write(model, &mut search);
    }
    search.found.map(|found| cut(&found).to_owned())
}

/// Writes the value at a path, and nothing else.
struct Search<'p> {
    /// The path from the value that is being written.
    path: &'p [Segment],
    /// True inside a record or a list at the path.
    is_inside: bool,
    json: Members,
    found: Option<String>,
}

impl Search<'_> {
    /// Calls `write` with the rest of the path, if the path begins with the field.
    fn enter(&mut self, field: Field, write: impl FnOnce(&mut Self)) {
        if let [Segment::Field(first), rest @ ..] = self.path
            && *first == field
        {
            let path = mem::replace(&mut self.path, rest);
            write(self);
            self.path = path;
        }
    }

    /// Writes a record or a list: all of it if the path ends here.
    fn value(&mut self, write: impl FnOnce(&mut Self)) {
        self.is_inside = self.path.is_empty();
        write(self);
        if mem::replace(&mut self.is_inside, false) {
            self.found = Some(String::from_utf8_lossy(&mem::take(&mut self.json.body)).into_owned());
        }
    }

    fn object(&mut self, content: impl FnOnce(&mut Self)) {
        if !self.is_inside {
            return content(self);
        }
        self.json.body.push(b'{');
        content(self);
        self.json.body.push(b'}');
    }

    fn array<T>(&mut self, items: &[T], content: impl Fn(&mut Self, &T)) {
        self.json.body.push(b'[');
        for item in items {
            if self.is_full() {
                break;
            }
            self.json.comma();
            self.object(|search| content(search, item));
        }
        self.json.body.push(b']');
    }

    /// Returns true if what follows would be cut.
    fn is_full(&self) -> bool {
        self.json.body.len() > excerpt::LIMIT
    }
}

impl Writer for Search<'_> {
    fn wants(&self, field: Field) -> bool {
        self.is_inside || matches!(self.path, [Segment::Field(first), ..] if *first == field)
    }

    fn scalar(&mut self, field: Field, value: Spelled<'_>, json: JsonType) {
        if !self.is_inside {
            self.enter(field, |search| {
                if search.path.is_empty() {
                    search.found = Some(value.to_string());
                }
            });
        } else if !self.is_full() {
            self.json.scalar(field, value, json);
        }
    }

    fn record(&mut self, field: Field, content: impl FnOnce(&mut Self)) {
        if self.is_inside {
            self.json.name(field);
            self.object(content);
        } else {
            self.enter(field, |search| search.value(|search| search.object(content)));
        }
    }

    fn list<T>(&mut self, field: Field, items: &[T], content: impl Fn(&mut Self, &T)) {
        if self.is_inside {
            self.json.name(field);
            return self.array(items, content);
        }
        self.enter(field, |search| match search.path {
            [] => search.value(|search| search.array(items, content)),
            [Segment::Index(index), rest @ ..] => {
                if let Some(item) = items.get(*index) {
                    search.path = rest;
                    search.value(|search| search.object(|search| content(search, item)));
                }
            }
            _ => {}
        });
    }

    /// The wrapper has no place in a path.
    fn wrapped_list<T>(
        &mut self,
        field: Field,
        _: &'static str,
        items: &[T],
        content: impl Fn(&mut Self, &T),
    ) {
        match self.is_inside {
            true => {
                self.json.name(field);
                self.array(items, content);
            }
            false => self.list(field, items, content),
        }
    }

    fn texts(&mut self, field: Field, texts: &[String]) {
        if self.is_inside {
            return self.json.texts(field, texts);
        }
        self.enter(field, |search| match search.path {
            [] => search.value(|search| search.json.text_items(texts)),
            [Segment::Index(index)] => search.found = texts.get(*index).cloned(),
            _ => {}
        });
    }

    fn text_map<'t>(&mut self, field: Field, mut texts: impl Iterator<Item = (&'t str, &'t str)>) {
        self.enter(field, |search| match search.path {
            [] => search.value(|search| search.json.text_members(texts)),
            [step] => {
                let name = match step {
                    Segment::Field(field) => field.as_str(),
                    Segment::Name(name) => name,
                    Segment::Index(_) => return,
                };
                search.found = texts.find(|(known, _)| *known == name).map(|(_, text)| text.to_owned());
            }
            _ => {}
        });
    }
}
