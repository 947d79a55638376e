//! A cursor over an XML text: [`XmlCursor`].

mod markup;

use std::borrow::Cow;

use self::markup::{Tag, comment_end, has_no_control, inner, usual_tag};
use super::scan::{blanks_end, text_end};
use super::{Content, Cursor, DEEPEST, Entry, Source, promised};
use crate::field::{Field, same_bytes};
use crate::wire::limits::Limits;
use crate::wire::xml::{
    check_encoding, declaration, is_blank, normalise_line_ends, reference, scan_attributes,
};

/// A cursor over an XML text. It gives up on whatever is not well-formed, on text between elements, on processing
/// instructions and document types, and at a limit.
pub(in crate::wire) struct XmlCursor<'a> {
    text: &'a str,
    at: usize,
    /// True before the first child of a record that was found and not opened.
    is_unread: bool,
    has_given_up: bool,
    /// The name of the element that was found last, with its prefix.
    name: &'a str,
    /// The number of records that are open.
    depth: usize,
    /// The limit of `depth`.
    deepest: usize,
    nodes: usize,
    limits: &'a Limits,
}

/// A record that is open.
pub(in crate::wire) struct Inside<'a> {
    name: &'a str,
}

/// A state of a cursor to return to.
pub(in crate::wire) struct Mark<'a> {
    at: usize,
    nodes: usize,
    depth: usize,
    name: &'a str,
}

impl<'a> XmlCursor<'a> {
    /// A cursor after the start tag of the root, the name of the root, and the root; `None` if it is no record.
    pub(in crate::wire) fn new(
        text: &'a str,
        start: usize,
        transcoded: bool,
        limits: &'a Limits,
    ) -> Option<(Self, &'a str, Entry<'a>)> {
        let has_illegal = !text.is_ascii() && (text.contains('\u{FFFE}') || text.contains('\u{FFFF}'));
        if has_illegal {
            return None;
        }
        let mut at = start;
        if let Some(rest) = text.get(start..)?.strip_prefix("<?xml").filter(|rest| rest.starts_with(' ')) {
            let (parts, after) = rest.split_once("?>")?;
            let is_plain = parts.bytes().all(|byte| matches!(byte, b' '..=b'~'));
            let encoding = declaration(parts).ok().filter(|_| is_plain)?;
            if encoding.is_some_and(|name| check_encoding(name, text, transcoded).is_err()) {
                return None;
            }
            at = text.len().checked_sub(after.len())?;
        }
        let mut cursor = XmlCursor {
            text,
            at,
            is_unread: false,
            has_given_up: false,
            name: "",
            depth: 0,
            deepest: limits.depth.min(DEEPEST),
            nodes: 0,
            limits,
        };
        cursor.blanks();
        let (name, root) = cursor.element()?;
        (name.len() <= limits.name && cursor.is_unread).then_some((cursor, name, root))
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
    fn byte(&self, at: usize) -> u8 {
        self.bytes().get(at).copied().unwrap_or(0)
    }

    /// Passes over blanks and comments.
    #[inline]
    fn blanks(&mut self) {
        self.at = blanks_end(self.bytes(), self.at);
        while self.byte(self.at.wrapping_add(1)) == b'!' {
            match comment_end(self.text, self.at) {
                Some(end) => self.at = blanks_end(self.bytes(), end),
                None => {
                    self.give_up::<()>();
                }
            }
        }
    }

    /// Returns true if a tag has attributes; `None` if they are wrong.
    #[cold]
    fn has_attributes(&self, attributes: &str) -> Option<bool> {
        let limit = self.limits.attributes;
        let found = scan_attributes(attributes, limit).ok().filter(|found| found.len() <= limit)?;
        has_no_control(attributes).then_some(!found.is_empty())
    }

    /// The element at the cursor: its local name and its value. A record is not opened.
    #[inline(always)]
    fn element(&mut self) -> Option<(&'a str, Entry<'a>)> {
        let place = self.at;
        let Some((field, name, text)) = self.usual_element() else { return self.unusual_element() };
        let content = match text {
            Some(text) => Content::Text(Cow::Borrowed(text)),
            None => Content::Record,
        };
        self.name = name;
        self.nodes = self.nodes.wrapping_add(1);
        let field = Some(field);
        Some((name, Entry { field, content, place, anchor: place, may_have_attributes: false }))
    }

    /// The element at the cursor, if it is a field with a plain text or a record: the field, its name, and the text.
    #[inline(always)]
    fn usual_element(&mut self) -> Option<(Field, &'a str, Option<&'a str>)> {
        // Names of fields are within the limit.
        let (field, name, start) = usual_tag(self.text, self.at)?;
        let first = blanks_end(self.bytes(), start);
        if self.byte(first) == b'<' && !matches!(self.byte(first.wrapping_add(1)), b'/' | b'!' | b'?') {
            self.at = first;
            self.is_unread = true;
            return Some((field, name, None));
        }
        let end = text_end(self.bytes(), start);
        let text = self.text.get(start..end)?;
        if text.len() > self.limits.scalar {
            return None;
        }
        let after = end.wrapping_add(name.len()).wrapping_add("</>".len());
        let [b'<', b'/', closed @ .., b'>'] = self.bytes().get(end..after)? else { return None };
        if !same_bytes(closed, name.as_bytes()) {
            return None;
        }
        self.at = after;
        Some((field, name, Some(text)))
    }

    /// [`XmlCursor::element`] with attributes, without content, or with a name that is no field.
    #[cold]
    #[inline(never)]
    fn unusual_element(&mut self) -> Option<(&'a str, Entry<'a>)> {
        let place = self.at;
        let Some(tag) = Tag::at(self.text, place) else { return self.give_up() };
        let Tag { field, name, local, attributes, is_empty, end } = tag;
        if name.len() > self.limits.name {
            return self.give_up();
        }
        let mut may_have_attributes = false;
        if !attributes.is_empty() {
            match self.has_attributes(attributes) {
                Some(has) => may_have_attributes = has,
                None => return self.give_up(),
            }
        }
        self.nodes = self.nodes.wrapping_add(1);
        self.name = name;
        self.at = end;
        let content = match is_empty {
            true => Content::Text(Cow::Borrowed("")),
            false => self.content()?,
        };
        Some((local, Entry { field, content, place, anchor: place, may_have_attributes }))
    }

    /// The value of an element, from the end of its start tag on.
    fn content(&mut self) -> Option<Content<'a>> {
        let start = self.at;
        let first = blanks_end(self.bytes(), start);
        if self.byte(first) == b'<' && !matches!(self.byte(first.wrapping_add(1)), b'/' | b'!' | b'?') {
            self.at = first;
            self.is_unread = true;
            return Some(Content::Record);
        }
        let mut end = text_end(self.bytes(), start);
        while matches!(self.byte(end), b'\n' | b'\t') {
            end = text_end(self.bytes(), end.wrapping_add(1));
        }
        let text = self.text.get(start..end)?;
        let after = self.byte(end.wrapping_add(1));
        if self.byte(end) == b'<' && after == b'/' {
            self.at = end;
            return self.plain_text(text.into());
        }
        self.pieced_content(start)
    }

    fn plain_text(&mut self, text: Cow<'a, str>) -> Option<Content<'a>> {
        if text.len() > self.limits.scalar {
            return self.give_up();
        }
        self.end_tag(self.name)?;
        Some(Content::Text(text))
    }

    /// [`XmlCursor::content`] with references, CDATA sections, comments, or line ends to normalise.
    #[cold]
    fn pieced_content(&mut self, start: usize) -> Option<Content<'a>> {
        let Some(text) = self.pieces(start) else { return self.give_up() };
        if self.byte(self.at.wrapping_add(1)) == b'/' {
            return self.plain_text(text.into());
        }
        // Only blanks may come before the first child of a record.
        if !is_blank(&text) {
            return self.give_up();
        }
        self.is_unread = true;
        Some(Content::Record)
    }

    /// Reads the end tag at the cursor.
    #[inline(always)]
    fn end_tag(&mut self, name: &str) -> Option<()> {
        let start = self.at.wrapping_add(2);
        let end = start.wrapping_add(name.len());
        if !self.bytes().get(start..end).is_some_and(|closed| same_bytes(closed, name.as_bytes())) {
            return self.give_up();
        }
        let end = blanks_end(self.bytes(), end);
        if self.byte(end) != b'>' {
            return self.give_up();
        }
        self.at = end.wrapping_add(1);
        Some(())
    }

    /// The text from an offset on. The cursor goes to the tag after it.
    #[cold]
    fn pieces(&mut self, start: usize) -> Option<String> {
        let mut text = String::new();
        let mut at = start;
        loop {
            let end = text_end(self.bytes(), at);
            text.push_str(self.text.get(at..end)?);
            let rest = self.text.get(end..)?;
            at = match *self.bytes().get(end)? {
                b'<' if rest.starts_with("<!--") => comment_end(self.text, end)?,
                b'<' => match rest.strip_prefix("<![CDATA[") {
                    Some(inside) => {
                        let (data, after) =
                            inside.split_once("]]>").filter(|(data, _)| has_no_control(data))?;
                        text.push_str(&normalise_line_ends(data));
                        self.text.len().checked_sub(after.len())?
                    }
                    None => {
                        self.at = end;
                        return Some(text);
                    }
                },
                b'&' => {
                    // A reference is too short for a search by words to pay.
                    let len = rest.bytes().position(|byte| byte == b';')?;
                    text.push(reference(rest.get(1..len)?).ok()?);
                    end.checked_add(len)?.checked_add(1)?
                }
                b'\r' => {
                    text.push('\n');
                    end.wrapping_add(if rest.starts_with("\r\n") { 2 } else { 1 })
                }
                byte @ (b'\n' | b'\t' | b']') if !rest.starts_with("]]>") => {
                    text.push(char::from(byte));
                    end.wrapping_add(1)
                }
                _ => return None,
            };
        }
    }

    /// Reads the record before the cursor to its end.
    #[cold]
    fn skip(&mut self) {
        let mut inside = self.enter();
        while self.member(&mut inside).is_some() {}
    }

    /// Opens the record before the cursor.
    #[inline]
    fn enter(&mut self) -> Inside<'a> {
        self.is_unread = false;
        self.depth = self.depth.wrapping_add(1);
        if self.depth >= self.deepest {
            self.give_up::<()>();
        }
        Inside { name: self.name }
    }
}

impl<'a> Cursor<'a> for XmlCursor<'a> {
    fn is_done(&mut self) -> bool {
        self.blanks();
        !self.has_given_up
            && self.depth == 0
            && self.nodes <= self.limits.nodes
            && self.at == self.bytes().len()
    }
}

impl<'a> Source<'a> for XmlCursor<'a> {
    type Inside = Inside<'a>;
    type Mark = Mark<'a>;

    #[inline]
    fn repeats(&self) -> bool {
        true
    }

    #[inline]
    fn open(&mut self, _: &Entry<'_>) -> Inside<'a> {
        self.enter()
    }

    #[inline(always)]
    fn member(&mut self, inside: &mut Inside<'a>) -> Option<(&'a str, Entry<'a>)> {
        if self.is_unread {
            self.skip();
        }
        self.blanks();
        if self.byte(self.at) == b'<' && self.byte(self.at.wrapping_add(1)) == b'/' {
            self.depth = self.depth.wrapping_sub(1);
            self.end_tag(inside.name);
            return None;
        }
        self.element()
    }

    fn element(&mut self, _: &mut Inside<'a>, _: usize) -> Option<Entry<'a>> {
        None
    }

    /// An empty element is an empty text.
    fn is_empty(&mut self, _: &Entry<'_>) -> bool {
        false
    }

    fn mark(&self) -> Mark<'a> {
        Mark { at: self.at, nodes: self.nodes, depth: self.depth, name: self.name }
    }

    fn restore(&mut self, mark: &Mark<'a>) {
        if !self.has_given_up {
            Mark { at: self.at, nodes: self.nodes, depth: self.depth, name: self.name } = *mark;
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
        match &entry.content {
            Content::Text(text) => (**text).into(),
            Content::Record => inner(self.text, entry.place).unwrap_or_default().into(),
            _ => "".into(),
        }
    }

    #[cold]
    fn attributes(&self, entry: &Entry<'_>) -> Option<(&'a str, Cow<'a, str>)> {
        let tag = Tag::at(self.text, entry.place)?;
        let attributes = Some(tag.attributes.trim()).filter(|attributes| !attributes.is_empty())?;
        let attributes = match attributes.contains('\r') {
            true => normalise_line_ends(attributes).into(),
            false => attributes.into(),
        };
        Some((tag.local, attributes))
    }
}
