//! XML: text to [`Tree`], and records to bytes. Only this file and `refusal` name quick_xml.
//!
//! quick-xml splits a document into tags and texts; this file checks that these make a well-formed document. Plain
//! elements are read without quick-xml, see [`plain`]. Nothing is ever expanded or fetched.

mod attributes;
mod chars;
mod plain;
mod prolog;
mod refusal;
mod syntax;
mod write;

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

pub(super) use self::attributes::scan as scan_attributes;
use self::chars::{check_chars, is_name};
pub(super) use self::chars::{is_blank, local_name, normalise_line_ends, reference};
use self::plain::Plain;
pub(super) use self::prolog::{check_encoding, declaration};
use self::refusal::{refusal, syntax};
use self::syntax::Xml;
pub(super) use self::write::write;
use super::error::Refusal;
use super::limits::Limits;
use super::tree::{Builder, Excess, Span, Tree, Value, narrow};
use crate::excerpt::cut;
use crate::model::ErrorKind;

/// Reads a text from an offset on (after a byte order mark). `transcoded`: it was UTF-16.
///
/// More than one root is accepted here, as they may be the fields of a body without a root.
pub(super) fn read<'a>(
    text: &'a str,
    start: usize,
    transcoded: bool,
    limits: &Limits,
) -> Result<Tree<'a>, Box<Refusal>> {
    let rest = text.get(start..).unwrap_or_default();
    let (illegal, has_carriage_return) = check_chars(rest);
    if let Some((offset, c)) = illegal {
        let message = format!("the character U+{:04X}, which XML does not allow", u32::from(c));
        return Err(Refusal::new(ErrorKind::Syntax, start.saturating_add(offset), message));
    }
    if rest.starts_with('\u{FEFF}') {
        // quick-xml would skip it without counting it.
        return Err(Refusal::new(ErrorKind::Syntax, start, "a second byte order mark"));
    }
    let mut reader = Reader::from_str(rest);
    reader.config_mut().check_comments = true;
    // Then blanks between tags make no events. Blanks that belong to a text are taken from the body.
    reader.config_mut().trim_text_start = true;
    let document = Document {
        builder: Builder::new(text, start, &Xml, limits),
        open: Vec::with_capacity(8),
        pieces: Pieces::None,
        start,
        transcoded,
        has_carriage_return,
    };
    document.read(reader)
}

/// A document being read.
struct Document<'a, 'l> {
    builder: Builder<'a, 'l>,
    /// The elements that are open.
    open: Vec<usize>,
    /// The text of the innermost open element since its start or its last child.
    pieces: Pieces,
    start: usize,
    transcoded: bool,
    /// True if line ends must be normalised.
    has_carriage_return: bool,
}

/// Text that arrives in pieces.
#[derive(Clone, Copy)]
enum Pieces {
    None,
    One(Span),
    /// Since this offset of what was joined.
    Joined(usize),
}

type Check = Result<(), Box<Refusal>>;

impl<'a> Document<'a, '_> {
    fn read(mut self, mut reader: Reader<&'a [u8]>) -> Result<Tree<'a>, Box<Refusal>> {
        loop {
            // The start of the event, or of the blanks before it.
            let offset = self.offset(&reader);
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    let id = self.start(&tag)?;
                    self.open.push(id);
                    self.plain_elements(&mut reader);
                }
                Ok(Event::End(_)) => {
                    self.end(offset)?;
                    self.plain_elements(&mut reader);
                }
                Ok(Event::Text(text)) => self.text(&text, offset)?,
                Ok(Event::Empty(tag)) => {
                    let id = self.start(&tag)?;
                    self.builder.set(id, Value::Text(Span::NONE));
                }
                Ok(Event::Eof) => break,
                event => {
                    let blanks = self.blanks(offset);
                    let offset = offset.saturating_add(blanks.len());
                    if !self.open.is_empty() && !blanks.is_empty() {
                        self.piece(self.builder.span(blanks));
                    }
                    match event {
                        Ok(Event::CData(text)) => self.cdata(&text, offset)?,
                        Ok(Event::GeneralRef(content)) => self.reference(&content, offset)?,
                        Ok(Event::PI(instruction)) => check_instruction(instruction.target(), offset)?,
                        Ok(Event::Decl(declaration)) => self.declaration(&declaration, offset)?,
                        Ok(Event::DocType(_)) => {
                            let end = self.offset(&reader);
                            self.doctype(offset, end)?;
                        }
                        Ok(_) => {}
                        Err(error) => {
                            return Err(refusal(
                                error,
                                self.builder.tree().text(),
                                self.error_offset(&reader, offset),
                                offset,
                            ));
                        }
                    }
                }
            }
        }
        self.finish()
    }

    /// The tree, if the document is complete.
    fn finish(self) -> Result<Tree<'a>, Box<Refusal>> {
        let text = self.builder.tree().text();
        if let Some(&id) = self.open.last() {
            let name = cut(self.builder.tree().name(id));
            let message = format!("the body ends before `</{name}>`");
            return Err(Refusal::new(ErrorKind::Truncated, text.len(), message));
        }
        if self.builder.len() == 0 {
            return Err(Refusal::new(
                ErrorKind::Truncated,
                text.len(),
                "the body ends before a root element",
            ));
        }
        Ok(self.builder.finish())
    }

    fn offset(&self, reader: &Reader<&'a [u8]>) -> usize {
        usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).saturating_add(self.start)
    }

    /// The offset of an error in quick-xml's event at an offset.
    #[cold]
    fn error_offset(&self, reader: &Reader<&'a [u8]>, offset: usize) -> usize {
        usize::try_from(reader.error_position()).unwrap_or(usize::MAX).saturating_add(self.start).max(offset)
    }

    /// Reads the plain elements that come next, up to something that needs quick-xml.
    fn plain_elements(&mut self, reader: &mut Reader<&'a [u8]>) {
        let limits = self.builder.limits();
        if self.open.is_empty() || self.open.len() >= limits.depth {
            return;
        }
        let start = self.offset(reader);
        let mut rest = self.builder.tree().text().get(start..).unwrap_or_default();
        let all = rest.len();
        while let Some(Plain { name, text, rest: after }) = Plain::at(trim_blanks_start(rest)) {
            if name.len() > limits.name || text.len() > limits.scalar {
                break;
            }
            if self.has_carriage_return && text.contains('\r') {
                break;
            }
            let value = if text.is_empty() { Span::NONE } else { self.builder.span(text) };
            if self.builder.push(self.builder.span(name), Value::Text(value)).is_err() {
                break;
            }
            rest = after;
        }
        reader.stream().consume(all.saturating_sub(rest.len()));
    }

    /// The blanks at an offset, which quick-xml skips.
    fn blanks(&self, offset: usize) -> &'a str {
        let rest = self.builder.tree().text().get(offset..).unwrap_or_default();
        let len = rest.len().saturating_sub(trim_blanks_start(rest).len());
        rest.get(..len).unwrap_or_default()
    }

    #[inline]
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<usize, Box<Refusal>> {
        let name = tag.name().0;
        // The `<` is before the name.
        let offset = self.builder.span(name).start().unwrap_or(0).saturating_sub(1);
        self.flush(offset)?;
        let limits = self.builder.limits();
        let Some(local) = local_name(name) else {
            return Err(syntax(offset, "a tag with a name that XML does not allow"));
        };
        self.builder.check_len(name.len(), limits.name, "name").map_err(|excess| exceeded(excess, offset))?;
        if self.open.len() >= limits.depth {
            let excess = Excess::new(
                ErrorKind::TooDeep,
                format_args!("elements nested more than {} deep", limits.depth),
            );
            return Err(exceeded(excess, offset));
        }
        let name = self.builder.span(local);
        let id = self.builder.push(name, Value::Null).map_err(|excess| exceeded(excess, offset))?;
        let attributes = tag.attributes_raw();
        if !attributes.is_empty() {
            self.attributes(id, attributes, offset)?;
        }
        Ok(id)
    }

    #[cold]
    fn attributes(&mut self, id: usize, raw: &str, offset: usize) -> Check {
        let limit = self.builder.limits().attributes;
        let span = self.builder.span(raw);
        match attributes::scan(raw, limit) {
            Ok(found) if found.is_empty() => Ok(()),
            Ok(found) if found.len() > limit => {
                let excess =
                    Excess::new(ErrorKind::TooLarge, format_args!("a tag with more than {limit} attributes"));
                Err(exceeded(excess, offset))
            }
            Ok(_) => {
                let mut trimmed = self.builder.span(raw.trim());
                if self.has_carriage_return && raw.contains('\r') {
                    let start = self.builder.joined();
                    self.builder.join(&normalise_line_ends(raw.trim()));
                    trimmed = self.builder.joined_since(start);
                }
                self.builder.attribute(id, trimmed);
                Ok(())
            }
            Err((inside, what)) => Err(syntax(span.start().unwrap_or(offset).saturating_add(inside), what)),
        }
    }

    fn end(&mut self, offset: usize) -> Check {
        // quick-xml refuses an end tag that does not match the element opened last.
        let Some(id) = self.open.pop() else { return Ok(()) };
        let value = if self.builder.len() == id.saturating_add(1) {
            if self.builder.tree().text().as_bytes().get(offset) != Some(&b'<') {
                let blanks = self.blanks(offset);
                self.piece(self.builder.span(blanks));
            }
            let span = self.take();
            self.builder
                .check_len(span.len(), self.builder.limits().scalar, "text")
                .map_err(|excess| exceeded(excess, offset))?;
            Value::Text(span)
        } else {
            self.flush(offset)?;
            Value::Record { end: self.builder.end(), close: narrow(offset) }
        };
        self.builder.set(id, value);
        Ok(())
    }

    #[inline]
    fn text(&mut self, text: &str, offset: usize) -> Check {
        let span = self.builder.span(text);
        let start = span.start().unwrap_or(offset);
        if self.open.is_empty() {
            return Err(syntax(start, "text outside the root element"));
        }
        if let Some(inside) = text.find("]]>") {
            return Err(syntax(start.saturating_add(inside), "`]]>` in a text"));
        }
        self.piece(Span::between(offset, span.end()));
        Ok(())
    }

    #[cold]
    fn cdata(&mut self, text: &str, offset: usize) -> Check {
        if self.open.is_empty() {
            return Err(syntax(offset, "a CDATA section outside the root element"));
        }
        self.piece(self.builder.span(text));
        Ok(())
    }

    #[cold]
    fn reference(&mut self, content: &str, offset: usize) -> Check {
        if self.open.is_empty() {
            return Err(syntax(offset, "a reference outside the root element"));
        }
        let c = reference(content).map_err(|what| syntax(offset, what))?;
        self.begin_joined();
        self.builder.join(c.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn declaration(&self, raw: &str, offset: usize) -> Check {
        if offset != self.start {
            return Err(syntax(offset, "an XML declaration that is not at the beginning"));
        }
        // The text from quick-xml begins with `xml`.
        let parts = raw.get(3..).unwrap_or_default();
        let encoding = prolog::declaration(parts).map_err(|what| syntax(offset, what))?;
        let text = self.builder.tree().text();
        match encoding {
            None => Ok(()),
            Some(name) => prolog::check_encoding(name, text, self.transcoded).map_err(|what| {
                let message = format!("the body declares the encoding {}, {what}", cut(name));
                Refusal::new(ErrorKind::Encoding, offset, message)
            }),
        }
    }

    fn doctype(&mut self, offset: usize, end: usize) -> Check {
        let tree = self.builder.tree();
        if self.builder.len() > 0 || tree.doctype.is_some() {
            return Err(syntax(
                offset,
                "a document type declaration that is not alone before the root element",
            ));
        }
        let raw = tree.text().get(offset..end).unwrap_or_default();
        let inside = raw.get(2..raw.len().saturating_sub(1)).unwrap_or_default();
        let name = prolog::doctype(inside).map_err(|what| syntax(offset, what))?;
        if name.eq_ignore_ascii_case("html") {
            return Err(Refusal::new(ErrorKind::Html, offset, super::sniff::HTML));
        }
        let span = self.builder.span(raw);
        self.builder.doctype(span);
        Ok(())
    }

    /// Adds a piece to the text of the innermost open element.
    #[inline]
    fn piece(&mut self, piece: Span) {
        if self.has_carriage_return {
            let text = self.builder.tree().str(piece);
            if text.contains('\r') {
                let text = normalise_line_ends(text);
                self.begin_joined();
                self.builder.join(&text);
                return;
            }
        }
        match self.pieces {
            Pieces::None => self.pieces = Pieces::One(piece),
            _ => {
                self.begin_joined();
                self.builder.rejoin(piece);
            }
        }
    }

    /// Starts copying the pieces together.
    fn begin_joined(&mut self) {
        let first = match self.pieces {
            Pieces::Joined(_) => return,
            Pieces::None => None,
            Pieces::One(span) => Some(span),
        };
        self.pieces = Pieces::Joined(self.builder.joined());
        if let Some(span) = first {
            self.builder.rejoin(span);
        }
    }

    /// The text since the start of the innermost open element or its last child.
    fn take(&mut self) -> Span {
        match std::mem::replace(&mut self.pieces, Pieces::None) {
            Pieces::None => Span::NONE,
            Pieces::One(span) => span,
            Pieces::Joined(start) => self.builder.joined_since(start),
        }
    }

    /// Ends a text between child elements: blanks are dropped, anything else is kept to be reported.
    #[inline]
    fn flush(&mut self, offset: usize) -> Check {
        match self.pieces {
            Pieces::None => Ok(()),
            _ => self.flush_pieces(offset),
        }
    }

    #[cold]
    fn flush_pieces(&mut self, offset: usize) -> Check {
        let span = self.take();
        if is_blank(self.builder.tree().str(span)) {
            return Ok(());
        }
        self.builder
            .check_len(span.len(), self.builder.limits().scalar, "text")
            .and_then(|()| self.builder.push(Span::NONE, Value::LooseText(span)))
            .map(|_| ())
            .map_err(|excess| exceeded(excess, offset))
    }
}

/// A piece of a document without leading blanks.
#[inline]
fn trim_blanks_start(text: &str) -> &str {
    let len = text.bytes().position(|byte| !chars::is_blank_byte(byte)).unwrap_or(text.len());
    text.get(len..).unwrap_or_default()
}

#[cold]
fn check_instruction(target: &str, offset: usize) -> Check {
    if target.eq_ignore_ascii_case("xml") {
        return Err(syntax(offset, "an XML declaration that is not at the beginning"));
    }
    if !is_name(target) {
        return Err(syntax(offset, "a processing instruction with a target that XML does not allow"));
    }
    Ok(())
}

#[cold]
#[allow(clippy::boxed_local, reason = "excesses are always boxed")]
fn exceeded(excess: Box<Excess>, offset: usize) -> Box<Refusal> {
    Refusal::new(excess.kind, offset, excess.message)
}
