//! JSON: text to [`Tree`], and records to bytes. Only this room names serde_json's reader and writer.

mod syntax;
mod value_at;
mod write;

use std::{fmt, iter};

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use self::syntax::{Json, node_offsets, number};
pub(super) use self::syntax::{container_at, number_at};
pub(super) use self::value_at::value_at;
pub(super) use self::write::write;
use super::error::Refusal;
use super::limits::Limits;
use super::tree::{Builder, Excess, Span, Tree, Value, narrow};
use crate::excerpt;
use crate::model::ErrorKind;

/// Reads a text from an offset on (after a byte order mark).
pub(super) fn read<'a>(text: &'a str, start: usize, limits: &Limits) -> Result<Tree<'a>, Box<Refusal>> {
    let (tree, has_numbers) = match parse(text, start, limits) {
        Err(stop) if stop.is_out_of_range() => parse_out_of_range(text, start, limits),
        outcome => outcome,
    }
    .map_err(|stop| refusal(stop, text, start))?;
    if has_numbers {
        check_numbers(&tree, limits)?;
    }
    Ok(tree)
}

/// Why the reader stopped.
struct Stop {
    error: serde_json::Error,
    /// The limit that was exceeded, if this crate raised the error.
    excess: Option<Box<Excess>>,
}

impl Stop {
    /// The message of serde_json without the position.
    fn what(&self) -> String {
        let shown = self.error.to_string();
        shown.split_once(" at line ").map_or(shown.as_str(), |(what, _)| what).to_owned()
    }

    /// Returns true for a number that no `f64` holds, in a text that is well-formed so far.
    #[cold]
    fn is_out_of_range(&self) -> bool {
        self.excess.is_none() && self.what() == "number out of range"
    }
}

/// The tree of a text; true if it has numbers whose spelling must be checked.
fn parse<'a>(text: &'a str, start: usize, limits: &Limits) -> Result<(Tree<'a>, bool), Stop> {
    let mut reader =
        Reader { builder: Builder::new(text, start, &Json, limits), excess: None, has_numbers: false };
    let mut json = serde_json::Deserializer::from_str(text.get(start..).unwrap_or_default());
    let root = ValueSeed { reader: &mut reader, name: Span::NONE, depth: 0 };
    match root.deserialize(&mut json).and_then(|()| json.end()) {
        Ok(()) => Ok((reader.builder.finish(), reader.has_numbers)),
        Err(error) => Err(Stop { error, excess: reader.excess }),
    }
}

/// [`parse`] of a text with numbers that serde_json refuses, such as `1e400`. These are not syntax errors, and their
/// value is read from the text in any case; so serde_json gets other numbers of the same length instead.
#[cold]
fn parse_out_of_range<'a>(text: &'a str, start: usize, limits: &Limits) -> Result<(Tree<'a>, bool), Stop> {
    let mut json = serde_json::Deserializer::from_str(text.get(start..).unwrap_or_default());
    let syntax = IgnoredAny::deserialize(&mut json).and_then(|_| json.end());
    syntax.map_err(|error| Stop { error, excess: None })?;
    /// serde_json reads every number up to this one; it fails on some a little below the largest.
    const SAFE: f64 = 1e300;
    let mut repaired = String::with_capacity(text.len());
    for place in node_offsets(text, start) {
        let number = number_at(text.get(place.value as usize..).unwrap_or_default());
        if number.parse().is_ok_and(|value: f64| value.abs() > SAFE) {
            repaired.push_str(text.get(repaired.len()..place.value as usize).unwrap_or_default());
            repaired.push_str("1.");
            repaired.extend(iter::repeat_n('0', number.len().saturating_sub(2)));
        }
    }
    repaired.push_str(text.get(repaired.len()..).unwrap_or_default());
    let (tree, has_numbers) = parse(&repaired, start, limits)?;
    Ok((tree.over(text), has_numbers))
}

struct Reader<'a, 'l> {
    builder: Builder<'a, 'l>,
    /// The limit that was exceeded, if this crate raised the error.
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

    /// The number itself is not kept, as it may have been rounded.
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

/// The error in this crate's words.
#[cold]
fn refusal(stop: Stop, text: &str, start: usize) -> Box<Refusal> {
    let what = stop.what();
    let Stop { error, excess } = stop;
    let offset = start.saturating_add(offset(&error, text.get(start..).unwrap_or_default()));
    if let Some(excess) = excess {
        return Refusal::new(excess.kind, offset, excess.message);
    }
    // When serde_json checks only the syntax, it has the same error for a number cut off at the end and a malformed one.
    let is_cut = what == "invalid number"
        && offset.saturating_add(1) >= text.len()
        && text.ends_with(['-', '+', '.', 'e', 'E']);
    if is_cut || error.classify() == Category::Eof {
        return Refusal::new(ErrorKind::Truncated, text.len(), "the body ends inside its JSON")
            .caused_by(error);
    }
    if what == "recursion limit exceeded" {
        return Refusal::new(
            ErrorKind::TooDeep,
            offset,
            "objects and lists nested too deep for the JSON reader",
        );
    }
    // serde_json has both for a surrogate without its other half.
    let what = match &*what {
        "unexpected end of hex escape" | "lone leading surrogate in hex escape" => {
            "a `\\u` escape that is half of a character (a lone surrogate)"
        }
        what => what,
    };
    Refusal::new(ErrorKind::Syntax, offset, format!("not well-formed JSON: {what}")).caused_by(error)
}

/// The offset of the byte of an error: the last one read, from the line and column of serde_json.
fn offset(error: &serde_json::Error, text: &str) -> usize {
    let lines_before = error.line().saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(lines_before).map(str::len).sum();
    let offset = line_start.saturating_add(error.column()).saturating_sub(1).min(text.len());
    excerpt::floor_boundary(text, offset)
}

/// Checks the limit on the length of numbers, which only the text shows.
#[cold]
fn check_numbers(tree: &Tree<'_>, limits: &Limits) -> Result<(), Box<Refusal>> {
    for (id, node) in tree.nodes().iter().enumerate() {
        if let Value::Number = node.value
            && number(tree, id).len() > limits.number
        {
            let offset = tree.offsets(id).map_or(0, |place| place.value as usize);
            let message = format!("a number of more than {} characters", limits.number);
            return Err(Refusal::new(ErrorKind::TooLarge, offset, message));
        }
    }
    Ok(())
}
