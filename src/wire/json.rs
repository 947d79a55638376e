//! JSON: bytes to [`Tree`] and back. The only file that names serde_json's reader and writer.

use std::borrow::Cow;
use std::{fmt, iter};

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use super::Limits;
use super::error::{ErrorKind, Failure};
use super::excerpt;
use super::record::{JsonType, Record, Sink, Spelled};
use super::tree::{Builder, Excess, Place, Span, Syntax, Tree, Value, narrow};
use crate::field::Field;

/// Reads a text from an offset on (behind a byte order mark).
pub(super) fn read<'a>(text: &'a str, start: usize, limits: &Limits) -> Result<Tree<'a>, Box<Failure>> {
    let (tree, has_numbers) = match parse(text, start, limits) {
        Err(stop) if stop.is_out_of_range() => parse_out_of_range(text, start, limits),
        outcome => outcome,
    }
    .map_err(|stop| failure(stop, text, start))?;
    if has_numbers {
        check_numbers(&tree, limits)?;
    }
    Ok(tree)
}

/// Writes a record as one object.
pub(super) fn write<R: Record>(record: &R) -> Vec<u8> {
    let mut object = Members { body: Vec::with_capacity(2048) };
    object.object(|members| record.write(members));
    object.body
}

/// Why the reader stopped.
struct Stop {
    error: serde_json::Error,
    /// Why this crate raised the error, if it did.
    excess: Option<Box<Excess>>,
}

impl Stop {
    /// What serde_json says is wrong, without the place.
    fn what(&self) -> String {
        let shown = self.error.to_string();
        shown.split_once(" at line ").map_or(shown.as_str(), |(what, _)| what).to_owned()
    }

    /// Whether it was a number that no `f64` holds, in a text that is well-formed so far.
    #[cold]
    fn is_out_of_range(&self) -> bool {
        self.excess.is_none() && self.what() == "number out of range"
    }
}

/// The tree of a text, and whether there are numbers whose spelling must be looked at.
fn parse<'a>(text: &'a str, start: usize, limits: &Limits) -> Result<(Tree<'a>, bool), Stop> {
    let mut reader = Reader { builder: Builder::new(text, &Json, limits), excess: None, has_numbers: false };
    let mut json = serde_json::Deserializer::from_str(text.get(start..).unwrap_or_default());
    let root = ValueSeed { reader: &mut reader, name: Span::NONE, depth: 0 };
    match root.deserialize(&mut json).and_then(|()| json.end()) {
        Ok(()) => Ok((reader.builder.finish(), reader.has_numbers)),
        Err(error) => Err(Stop { error, excess: reader.excess }),
    }
}

/// [`parse`] of a text with numbers that serde_json refuses, `1e400`. They are no syntax errors, and their value
/// is read from the text in any case; so it gets others in their place, and no byte of the text moves.
#[cold]
fn parse_out_of_range<'a>(text: &'a str, start: usize, limits: &Limits) -> Result<(Tree<'a>, bool), Stop> {
    let mut json = serde_json::Deserializer::from_str(text.get(start..).unwrap_or_default());
    let syntax = IgnoredAny::deserialize(&mut json).and_then(|_| json.end());
    syntax.map_err(|error| Stop { error, excess: None })?;
    /// Up to here serde_json holds a number for sure; a little below the largest, it rounds to none.
    const SAFE: f64 = 1e300;
    let mut mended = String::with_capacity(text.len());
    for place in places(text) {
        let number = number_at(text, place);
        if number.parse().is_ok_and(|value: f64| value.abs() > SAFE) {
            mended.push_str(text.get(mended.len()..place.value as usize).unwrap_or_default());
            mended.push_str("1.");
            mended.extend(iter::repeat_n('0', number.len().saturating_sub(2)));
        }
    }
    mended.push_str(text.get(mended.len()..).unwrap_or_default());
    let (tree, has_numbers) = parse(&mended, start, limits)?;
    Ok((tree.over(text), has_numbers))
}

struct Reader<'a, 'l> {
    builder: Builder<'a, 'l>,
    /// Why the reader's error was raised by this crate, if it was.
    excess: Option<Box<Excess>>,
    has_numbers: bool,
}

impl Reader<'_, '_> {
    #[cold]
    fn stop<E: de::Error>(&mut self, excess: Box<Excess>) -> E {
        self.excess = Some(excess);
        E::custom("limit")
    }

    #[inline]
    fn push<E: de::Error>(&mut self, name: Span, value: Value) -> Result<usize, E> {
        match self.builder.push(name, value) {
            Ok(id) => Ok(id),
            Err(excess) => Err(self.stop(excess)),
        }
    }

    #[inline]
    fn check_len<E: de::Error>(&mut self, len: usize, limit: usize, what: &str) -> Result<(), E> {
        match self.builder.check_len(len, limit, what) {
            Ok(()) => Ok(()),
            Err(excess) => Err(self.stop(excess)),
        }
    }

    fn joined(&mut self, text: &str) -> Span {
        let start = self.builder.joined();
        self.builder.join(text);
        self.builder.joined_since(start)
    }

    /// Opens a container; it gets its value when it is closed.
    fn open<E: de::Error>(&mut self, name: Span, depth: usize) -> Result<usize, E> {
        let limit = self.builder.limits().depth;
        if depth >= limit {
            return Err(self.stop(Excess::new(
                ErrorKind::TooDeep,
                format_args!("objects and lists nested more than {limit} deep"),
            )));
        }
        self.push(name, Value::Null)
    }
}

/// Reads one value into a node.
struct ValueSeed<'r, 'a, 'l> {
    reader: &'r mut Reader<'a, 'l>,
    name: Span,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, 'de, '_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, 'de, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.reader.push(self.name, Value::Null).map(|_| ())
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.reader.push(self.name, Value::Bool(value)).map(|_| ())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.reader.push(self.name, Value::Int(value.to_ne_bytes())).map(|_| ())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => self.visit_f64(0.0),
        }
    }

    /// The number itself is not kept: it may have been rounded.
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        self.reader.has_numbers = true;
        self.reader.push(self.name, Value::Number).map(|_| ())
    }

    #[inline]
    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<(), E> {
        self.reader.check_len(text.len(), self.reader.builder.limits().scalar, "text")?;
        let span = self.reader.builder.span(text);
        self.reader.push(self.name, Value::Text(span)).map(|_| ())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        self.reader.check_len(text.len(), self.reader.builder.limits().scalar, "text")?;
        let span = self.reader.joined(text);
        self.reader.push(self.name, Value::Text(span)).map(|_| ())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let ValueSeed { reader, name, depth } = self;
        let id = reader.open(name, depth)?;
        let mut len = 0_usize;
        let depth = depth.saturating_add(1);
        while items.next_element_seed(ValueSeed { reader, name: Span::NONE, depth })?.is_some() {
            len = len.saturating_add(1);
        }
        let end = reader.builder.end();
        reader.builder.set(id, Value::List { end, len: narrow(len) });
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let ValueSeed { reader, name, depth } = self;
        let id = reader.open(name, depth)?;
        let depth = depth.saturating_add(1);
        while let Some(name) = members.next_key_seed(NameSeed { reader })? {
            members.next_value_seed(ValueSeed { reader, name, depth })?;
        }
        let end = reader.builder.end();
        reader.builder.set(id, Value::Record { end, close: 0 });
        Ok(())
    }
}

/// Reads the name of a member.
struct NameSeed<'r, 'a, 'l> {
    reader: &'r mut Reader<'a, 'l>,
}

impl<'de> DeserializeSeed<'de> for NameSeed<'_, 'de, '_> {
    type Value = Span;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Span, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed<'_, 'de, '_> {
    type Value = Span;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Span, E> {
        self.reader.check_len(name.len(), self.reader.builder.limits().name, "name")?;
        Ok(self.reader.builder.span(name))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Span, E> {
        self.reader.check_len(name.len(), self.reader.builder.limits().name, "name")?;
        Ok(self.reader.joined(name))
    }
}

/// What went wrong, in this crate's words.
#[cold]
fn failure(stop: Stop, text: &str, start: usize) -> Box<Failure> {
    let what = stop.what();
    let Stop { error, excess } = stop;
    let offset = start.saturating_add(offset(&error, text.get(start..).unwrap_or_default()));
    if let Some(excess) = excess {
        return Failure::new(excess.kind, offset, excess.message);
    }
    // Where serde_json reads for the syntax alone, it does not tell a number that is cut off from a malformed one.
    let is_cut = what == "invalid number"
        && offset.saturating_add(1) >= text.len()
        && text.ends_with(['-', '+', '.', 'e', 'E']);
    if is_cut || error.classify() == Category::Eof {
        return Failure::new(ErrorKind::Truncated, text.len(), "the body ends inside its JSON")
            .caused_by(error);
    }
    if what == "recursion limit exceeded" {
        return Failure::new(
            ErrorKind::TooDeep,
            offset,
            "objects and lists nested too deep for the JSON reader",
        );
    }
    Failure::new(ErrorKind::Syntax, offset, format!("not well-formed JSON: {what}")).caused_by(error)
}

/// The offset of the byte that an error is about: the last one read, of which serde_json tells line and column.
fn offset(error: &serde_json::Error, text: &str) -> usize {
    let lines_before = error.line().saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(lines_before).map(str::len).sum();
    let offset = line_start.saturating_add(error.column()).saturating_sub(1).min(text.len());
    excerpt::floor_boundary(text, offset)
}

/// Long numbers cost the reader's users time, so there is a limit; their length shows in the text alone.
#[cold]
fn check_numbers(tree: &Tree<'_>, limits: &Limits) -> Result<(), Box<Failure>> {
    for (id, node) in tree.nodes().iter().enumerate() {
        if let Value::Number = node.value
            && number(tree, id).len() > limits.number
        {
            let offset = tree.place(id).map_or(0, |place| place.value as usize);
            let message = format!("a number of more than {} characters", limits.number);
            return Err(Failure::new(ErrorKind::TooLarge, offset, message));
        }
    }
    Ok(())
}

struct Json;

impl Syntax for Json {
    fn repeats(&self) -> bool {
        false
    }

    fn offset(&self, tree: &Tree<'_>, id: usize) -> usize {
        if id == 0 {
            return 0;
        }
        let Some(node) = tree.nodes().get(id) else { return 0 };
        match node.name.start() {
            // The quote stands before the name.
            Some(start) if start > 0 => start.saturating_sub(1),
            _ => tree.place(id).map_or(0, |place| place.key as usize),
        }
    }

    fn raw<'t>(&self, tree: &'t Tree<'_>, id: usize) -> Cow<'t, str> {
        match tree.value(id) {
            Value::Null => "null".into(),
            Value::Bool(value) => if value { "true" } else { "false" }.into(),
            Value::Int(bytes) => i64::from_ne_bytes(bytes).to_string().into(),
            Value::Number => number(tree, id).into(),
            Value::Text(span) | Value::LooseText(span) => tree.str(span).into(),
            Value::List { .. } | Value::Record { .. } => container(tree, id).into(),
        }
    }

    fn places(&self, tree: &Tree<'_>) -> Vec<Place> {
        let mut all = Vec::with_capacity(tree.nodes().len());
        all.extend(places(tree.text()));
        all
    }
}

/// A number as it stands in the body.
fn number<'t>(tree: &'t Tree<'_>, id: usize) -> &'t str {
    tree.place(id).map_or("", |place| number_at(tree.text(), place))
}

/// The number that begins at a place; empty if something else does.
fn number_at(text: &str, place: Place) -> &str {
    let from = text.get(place.value as usize..).unwrap_or_default();
    let end =
        from.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(from.len());
    from.get(..end).unwrap_or_default()
}

/// The text of an object or a list, as far as it may be shown.
fn container<'t>(tree: &'t Tree<'_>, id: usize) -> &'t str {
    let from = tree.place(id).and_then(|place| tree.text().get(place.value as usize..)).unwrap_or_default();
    let shown = excerpt::cut(from);
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (index, byte) in shown.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return shown.get(..=index).unwrap_or(shown);
        }
    }
    shown
}

/// Where every node of a well-formed text stands, in the order of the text, which is the order of the nodes.
#[cold]
fn places(text: &str) -> impl Iterator<Item = Place> {
    let mut key = 0;
    let mut rest = text.bytes().enumerate().peekable();
    iter::from_fn(move || {
        loop {
            let (start, byte) = rest.next()?;
            match byte {
                b'"' => {
                    let mut escaped = false;
                    for (_, byte) in rest.by_ref() {
                        match byte {
                            _ if escaped => escaped = false,
                            b'\\' => escaped = true,
                            b'"' => break,
                            _ => {}
                        }
                    }
                    while rest.next_if(|(_, byte)| byte.is_ascii_whitespace()).is_some() {}
                    if rest.next_if(|(_, byte)| *byte == b':').is_some() {
                        key = narrow(start);
                        continue;
                    }
                }
                b'{' | b'[' => {}
                b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                    let goes_on =
                        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
                    while rest.next_if(|(_, byte)| goes_on(*byte)).is_some() {}
                }
                _ => continue,
            }
            return Some(Place { key, value: narrow(start) });
        }
    })
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
