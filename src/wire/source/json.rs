//! A cursor over a JSON text: [`JsonCursor`].

use std::borrow::Cow;

use super::scan::{blanks_end, quote, string_end};
use super::{Content, Cursor, DEEPEST, Entry, Source, promised};
use crate::field::Field;
use crate::wire::json::{container_at, number_at};
use crate::wire::limits::Limits;

/// A cursor over a JSON text. It gives up on whatever is not well-formed, on names with escapes, and at a limit.
pub(in crate::wire) struct JsonCursor<'a> {
    text: &'a str,
    at: usize,
    /// True before a record or a list that was found and not opened.
    is_unread: bool,
    has_given_up: bool,
    /// The number of records and lists that are open.
    depth: usize,
    nodes: usize,
    limits: &'a Limits,
}

/// A record or a list that is open.
pub(in crate::wire) struct Inside {
    is_first: bool,
}

/// A state of a cursor to return to.
pub(in crate::wire) struct Mark {
    at: usize,
    nodes: usize,
    depth: usize,
}

impl<'a> JsonCursor<'a> {
    /// A cursor before the object at an offset, and the object.
    pub(in crate::wire) fn new(text: &'a str, start: usize, limits: &'a Limits) -> (Self, Entry<'a>) {
        let at = blanks_end(text.as_bytes(), start);
        // `name` does not compare the length of a field with the limit.
        let mut cursor = JsonCursor {
            text,
            at,
            is_unread: true,
            has_given_up: limits.name < Field::LONGEST,
            depth: 0,
            nodes: 1,
            limits,
        };
        if cursor.peek() != b'{' {
            cursor.give_up::<()>();
        }
        (
            cursor,
            Entry { field: None, content: Content::Record, place: at, anchor: 0, may_have_attributes: false },
        )
    }

    /// Ends all reading.
    #[cold]
    fn give_up<T>(&mut self) -> Option<T> {
        self.has_given_up = true;
        self.is_unread = false;
        self.at = self.bytes().len();
        None
    }

    #[inline]
    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    #[inline]
    fn peek(&self) -> u8 {
        self.bytes().get(self.at).copied().unwrap_or(0)
    }

    #[inline]
    fn step(&mut self) {
        self.at = self.at.wrapping_add(1);
    }

    #[inline]
    fn blanks(&mut self) {
        self.at = blanks_end(self.bytes(), self.at);
    }

    /// Goes to the next value of a record or a list, or to its end.
    #[inline(always)]
    fn advance(&mut self, inside: &mut Inside, close: u8) -> Option<()> {
        if self.is_unread {
            self.skip()?;
        }
        self.blanks();
        match self.peek() {
            byte if byte == close => {
                self.step();
                self.depth = self.depth.wrapping_sub(1);
                return None;
            }
            b',' if !inside.is_first => {
                self.step();
                self.blanks();
            }
            _ if inside.is_first => {}
            _ => return self.give_up(),
        }
        inside.is_first = false;
        self.nodes = self.nodes.wrapping_add(1);
        Some(())
    }

    /// The name of a member, up to its value, and the field with exactly this name.
    #[inline(always)]
    fn name(&mut self) -> Option<(&'a str, Option<Field>)> {
        let start = self.at.wrapping_add(1);
        let end = quote(self.bytes(), start);
        let (name, field) = match Field::of_bytes(self.bytes().get(start..end).unwrap_or_default()) {
            Some((field, name)) => (name, Some(field)),
            None => (self.unusual_name(start, end)?, None),
        };
        if self.peek() != b'"' {
            return self.give_up();
        }
        let colon = blanks_end(self.bytes(), end.wrapping_add(1));
        if self.bytes().get(colon) != Some(&b':') {
            return self.give_up();
        }
        let mut value = colon.wrapping_add(1);
        if self.bytes().get(value) == Some(&b' ') {
            value = value.wrapping_add(1);
        }
        self.at = blanks_end(self.bytes(), value);
        Some((name, field))
    }

    /// A name that is no field, if it has no escape and no control character.
    #[cold]
    fn unusual_name(&mut self, start: usize, end: usize) -> Option<&'a str> {
        let is_plain = |name: &str| string_end(name.as_bytes(), 0) == name.len();
        match self.text.get(start..end) {
            Some(name) if name.len() <= self.limits.name && is_plain(name) => Some(name),
            _ => self.give_up(),
        }
    }

    /// The value at the cursor, if it is a record or a list, which are not opened, or a string without escapes.
    #[inline(always)]
    fn usual_value(&mut self) -> Option<Content<'a>> {
        match self.peek() {
            b'"' => {
                let start = self.at.wrapping_add(1);
                let end = string_end(self.bytes(), start);
                if self.bytes().get(end) != Some(&b'"') || end.wrapping_sub(start) > self.limits.scalar {
                    return None;
                }
                let text = self.text.get(start..end)?;
                self.at = end.wrapping_add(1);
                Some(Content::Text(Cow::Borrowed(text)))
            }
            b'{' => {
                self.is_unread = true;
                Some(Content::Record)
            }
            b'[' => {
                self.is_unread = true;
                Some(Content::List)
            }
            _ => None,
        }
    }

    /// The value at the cursor, of any kind.
    #[inline(never)]
    fn value(&mut self) -> Option<Content<'a>> {
        match self.peek() {
            b't' => self.literal("true", Content::Bool(true)),
            b'f' => self.literal("false", Content::Bool(false)),
            b'n' => self.literal("null", Content::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.usual_value().or_else(|| self.string_with_escapes()),
        }
    }

    /// The member or the element at the cursor, from its value on.
    #[inline(never)]
    fn entry(&mut self, field: Option<Field>, anchor: usize) -> Option<Entry<'a>> {
        let place = self.at;
        let content = self.value()?;
        Some(Entry { field, content, place, anchor, may_have_attributes: false })
    }

    #[cold]
    fn string_with_escapes(&mut self) -> Option<Content<'a>> {
        if self.peek() != b'"' {
            return self.give_up();
        }
        let start = self.at.wrapping_add(1);
        match self.unescaped(start) {
            // With escapes it is longer than without.
            Some(text) if self.at.wrapping_sub(start) <= self.limits.scalar => {
                Some(Content::Text(Cow::Owned(text)))
            }
            _ => self.give_up(),
        }
    }

    /// A string with escapes, from the offset after its first quote.
    #[cold]
    fn unescaped(&mut self, start: usize) -> Option<String> {
        let mut text = String::new();
        let mut start = start;
        loop {
            let end = string_end(self.bytes(), start);
            text.push_str(self.text.get(start..end)?);
            self.at = end.wrapping_add(1);
            match self.bytes().get(end)? {
                b'"' => return Some(text),
                b'\\' => text.push(self.escape()?),
                _ => return None,
            }
            start = self.at;
        }
    }

    /// The character of an escape, from the offset after the backslash.
    fn escape(&mut self) -> Option<char> {
        let byte = self.peek();
        self.step();
        match byte {
            b'"' | b'\\' | b'/' => Some(char::from(byte)),
            b'b' => Some('\u{8}'),
            b'f' => Some('\u{C}'),
            b'n' => Some('\n'),
            b'r' => Some('\r'),
            b't' => Some('\t'),
            b'u' => match self.hex()? {
                high @ 0xD800..0xDC00 => {
                    let is_pair = self.bytes().get(self.at..)?.starts_with(b"\\u");
                    self.at = self.at.wrapping_add(2);
                    let low = is_pair.then(|| self.hex()).flatten()?;
                    char::decode_utf16([high, low]).next()?.ok()
                }
                unit => char::from_u32(unit.into()),
            },
            _ => None,
        }
    }

    fn hex(&mut self) -> Option<u16> {
        let digits = self.bytes().get(self.at..)?.first_chunk::<4>()?;
        self.at = self.at.wrapping_add(4);
        digits.iter().try_fold(0_u16, |sum, byte| {
            let digit = char::from(*byte).to_digit(16)?;
            Some(sum << 4 | u16::try_from(digit).ok()?)
        })
    }

    fn literal(&mut self, word: &str, content: Content<'a>) -> Option<Content<'a>> {
        match self.bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            true => {
                self.at = self.at.wrapping_add(word.len());
                Some(content)
            }
            false => self.give_up(),
        }
    }

    fn number(&mut self) -> Option<Content<'a>> {
        let start = self.at;
        let Some(is_whole) = self.pass_number() else { return self.give_up() };
        let spelling = self.text.get(start..self.at)?;
        match spelling.parse() {
            // The zero below zero is no `i64`.
            Ok(value) if is_whole && spelling != "-0" => Some(Content::Int(value)),
            _ if spelling.len() > self.limits.number => self.give_up(),
            _ => Some(Content::Number),
        }
    }

    /// Returns true after a whole number, false after another one.
    fn pass_number(&mut self) -> Option<bool> {
        if self.peek() == b'-' {
            self.step();
        }
        let first = self.peek();
        let digits = self.digits()?;
        if first == b'0' && digits > 1 {
            return None;
        }
        let mut is_whole = true;
        if self.peek() == b'.' {
            self.step();
            self.digits()?;
            is_whole = false;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.step();
            if matches!(self.peek(), b'+' | b'-') {
                self.step();
            }
            self.digits()?;
            is_whole = false;
        }
        Some(is_whole)
    }

    /// The number of digits at the cursor, if there are some.
    fn digits(&mut self) -> Option<usize> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.step();
        }
        Some(self.at.wrapping_sub(start)).filter(|len| *len > 0)
    }

    /// Reads the record or the list at the cursor to its end.
    #[cold]
    fn skip(&mut self) -> Option<()> {
        let is_record = self.peek() == b'{';
        let mut inside = self.enter();
        let close = if is_record { b'}' } else { b']' };
        while self.advance(&mut inside, close).is_some() {
            if is_record {
                self.name()?;
            }
            self.entry(None, 0)?;
        }
        (!self.has_given_up).then_some(())
    }

    /// Opens the record or the list at the cursor.
    #[inline]
    fn enter(&mut self) -> Inside {
        self.is_unread = false;
        if self.depth >= self.limits.depth.min(DEEPEST) {
            self.give_up::<()>();
        }
        self.depth = self.depth.wrapping_add(1);
        self.step();
        Inside { is_first: true }
    }
}

impl<'a> Cursor<'a> for JsonCursor<'a> {
    fn is_done(&mut self) -> bool {
        !self.has_given_up
            && self.depth == 0
            && self.nodes <= self.limits.nodes
            && blanks_end(self.bytes(), self.at) == self.bytes().len()
    }
}

impl<'a> Source<'a> for JsonCursor<'a> {
    type Inside = Inside;
    type Mark = Mark;

    #[inline]
    fn repeats(&self) -> bool {
        false
    }

    #[inline]
    fn open(&mut self, _: &Entry<'_>) -> Inside {
        self.enter()
    }

    #[inline(always)]
    fn member(&mut self, inside: &mut Inside) -> Option<(&'a str, Entry<'a>)> {
        self.advance(inside, b'}')?;
        let anchor = self.at;
        let (name, field) = self.name()?;
        let place = self.at;
        match self.usual_value() {
            Some(content) => {
                Some((name, Entry { field, content, place, anchor, may_have_attributes: false }))
            }
            None => Some((name, self.entry(field, anchor)?)),
        }
    }

    #[inline]
    fn element(&mut self, inside: &mut Inside, anchor: usize) -> Option<Entry<'a>> {
        self.advance(inside, b']')?;
        let place = self.at;
        match self.usual_value() {
            Some(content) => Some(Entry { field: None, content, place, anchor, may_have_attributes: false }),
            None => self.entry(None, anchor),
        }
    }

    fn is_empty(&mut self, entry: &Entry<'_>) -> bool {
        let first = blanks_end(self.bytes(), entry.place.wrapping_add(1));
        matches!(self.bytes().get(first), Some(b'}' | b']'))
    }

    fn mark(&self) -> Mark {
        Mark { at: self.at, nodes: self.nodes, depth: self.depth }
    }

    fn restore(&mut self, mark: &Mark) {
        if !self.has_given_up {
            Mark { at: self.at, nodes: self.nodes, depth: self.depth } = *mark;
            self.is_unread = true;
        }
    }

    fn find_sibling(
        &mut self,
        _: &Entry<'_>,
        _: &mut dyn FnMut(&str, &Entry<'_>) -> bool,
    ) -> Option<Entry<'a>> {
        self.give_up()
    }

    fn len(&self, _: &Entry<'_>, _: bool) -> usize {
        0
    }

    #[cold]
    fn more_room(&self, len: usize, _: &Entry<'_>, _: Option<&Entry<'_>>) -> usize {
        promised(len, self.at, self.bytes().len())
    }

    fn offset(&self, anchor: usize) -> usize {
        anchor
    }

    fn raw<'e>(&'e self, entry: &'e Entry<'_>) -> Cow<'e, str> {
        let from = || self.text.get(entry.place..).unwrap_or_default();
        match &entry.content {
            Content::Null => "null".into(),
            Content::Bool(value) => value.to_string().into(),
            Content::Int(value) => value.to_string().into(),
            Content::Number => number_at(from()).into(),
            Content::Text(text) | Content::LooseText(text) => (**text).into(),
            Content::List | Content::Record => container_at(from()).into(),
        }
    }

    fn attributes(&self, _: &Entry<'_>) -> Option<(&'a str, Cow<'a, str>)> {
        None
    }
}
