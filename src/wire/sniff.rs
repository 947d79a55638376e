//! The encoding and the format of a body, before it is read: [`sniff`].

use std::borrow::Cow;
use std::str::Utf8Error;

use super::error::{DecodeError, Refusal};
use super::format::Format;
use super::http_head::Head;
use crate::excerpt::shown;
use crate::field::Field;
use crate::model::ErrorKind;

/// The message about an empty body.
pub(super) const EMPTY: &str = "the body is empty";

/// The message about a web page, wherever one is recognized.
pub(super) const HTML: &str = "the body is a web page";

/// A body as text, and how it was converted.
pub(super) struct Sniffed<'a> {
    pub(super) text: Cow<'a, str>,
    /// The start of the body in the text: after a byte order mark and an HTTP head.
    pub(super) start: usize,
    /// The offset of a byte order mark.
    pub(super) mark: Option<usize>,
    /// The name of the encoding, if it was not UTF-8.
    pub(super) transcoded: Option<&'static str>,
    pub(super) head: Option<Head>,
}

/// Converts a body to text, by its mark and its first bytes.
pub(super) fn sniff(body: &[u8]) -> Result<Sniffed<'_>, DecodeError> {
    let refuse =
        |kind, message: &'static str| Err(Refusal::new(kind, 0, message).locate(body, |offset| offset));
    match body {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return refuse(ErrorKind::Encoding, "the body is UTF-32, which is not read");
        }
        [0xFF, 0xFE, ..] => return from_utf16(body, u16::from_le_bytes, "UTF-16LE"),
        [0xFE, 0xFF, ..] => return from_utf16(body, u16::from_be_bytes, "UTF-16BE"),
        [b'<' | b'{' | b'[', 0, 0, 0, ..] | [0, 0, 0, b'<' | b'{' | b'[', ..] => {
            return refuse(ErrorKind::Encoding, "the body is UTF-32, which is not read");
        }
        [b'<' | b'{' | b'[', 0, ..] | [0, b'<' | b'{' | b'[', ..] => {
            let message = "the body is UTF-16 without a byte order mark, which is not read";
            return refuse(ErrorKind::Encoding, message);
        }
        _ => {}
    }
    match std::str::from_utf8(body) {
        Ok(text) => Ok(Sniffed::of(text.into(), None)),
        Err(error) => Err(not_utf8(body, error)),
    }
}

impl<'a> Sniffed<'a> {
    fn of(text: Cow<'a, str>, transcoded: Option<&'static str>) -> Self {
        let mut start = 0;
        let mut mark = None;
        let mut skip_mark = |start: &mut usize| {
            if text.get(*start..).is_some_and(|rest| rest.starts_with(MARK)) {
                mark.get_or_insert(*start);
                *start = start.saturating_add(MARK.len());
            }
        };
        skip_mark(&mut start);
        let head = Head::at(&text, start);
        if let Some(head) = &head {
            start = head.end;
            skip_mark(&mut start);
        }
        Sniffed { text, start, mark, transcoded, head }
    }

    /// Returns true if the text ends before the blank line after an HTTP head.
    pub(super) fn ends_in_head(&self) -> bool {
        self.head.as_ref().is_some_and(|head| !head.is_complete && head.end == self.text.len())
    }

    /// Converts an offset into the text to one into the body.
    pub(super) fn original_offset(&self, offset: usize) -> usize {
        let mut offset = offset;
        self.restore_offsets(std::iter::once(&mut offset));
        offset
    }

    /// Converts offsets into the text to offsets into the body, all in one pass over the text.
    pub(super) fn restore_offsets<'o>(&self, offsets: impl Iterator<Item = &'o mut usize>) {
        if self.transcoded.is_none() {
            return;
        }
        let mut offsets: Vec<&mut usize> = offsets.collect();
        offsets.sort_unstable();
        let mut chars = self.text.char_indices().peekable();
        let mut units = 0_usize;
        for offset in offsets {
            while let Some((_, c)) = chars.next_if(|(start, _)| start < &*offset) {
                units = units.saturating_add(c.len_utf16());
            }
            *offset = units.saturating_mul(2);
        }
    }
}

/// The format of a text, by its first character after an offset.
pub(super) fn format(text: &str, start: usize) -> Result<Format, Box<Refusal>> {
    check(text, start)?;
    let content = text.get(start..).unwrap_or_default().trim_matches(BLANKS);
    match content.bytes().next() {
        Some(b'<') => Ok(Format::Xml),
        Some(b'{' | b'[') => Ok(Format::Json),
        _ if is_json_scalar(content) => Ok(Format::Json),
        _ => Err(unknown_format(text, content)),
    }
}

/// Refuses a text that is empty or a web page, whatever its format.
pub(super) fn check(text: &str, start: usize) -> Result<(), Box<Refusal>> {
    let content = text.get(start..).unwrap_or_default().trim_start_matches(BLANKS);
    let offset = text.len().saturating_sub(content.len());
    if content.is_empty() {
        return Err(Refusal::new(ErrorKind::Empty, offset, EMPTY));
    }
    if is_html(content) {
        return Err(Refusal::new(ErrorKind::Html, offset, HTML));
    }
    Ok(())
}

/// The blanks that XML and JSON have in common.
pub(super) const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// A byte order mark.
pub(super) const MARK: &str = "\u{FEFF}";

const GZIP: &[u8] = &[0x1F, 0x8B];

const COMPRESSED: &str = "the body is compressed with gzip";

const NO_FORMAT: &str = "the body is neither XML nor JSON";

/// Returns true if a text is a JSON value other than an object or a list, or looks like one.
fn is_json_scalar(content: &str) -> bool {
    let is_number =
        || content.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && content.parse::<f64>().is_ok();
    matches!(content, "null" | "true" | "false")
        || content.len() > 1 && content.starts_with('"') && content.ends_with('"')
        || is_number()
}

/// The refusal of a text without a known format. The error text of the vendor's command is refused by its code.
#[cold]
fn unknown_format(text: &str, content: &str) -> Box<Refusal> {
    let offset = text.trim_end_matches(BLANKS).len().saturating_sub(content.len());
    let field = |name| {
        let value =
            content.lines().find_map(|line| line.trim_start().strip_prefix(name))?.strip_prefix(':')?;
        Some(shown(value.trim())).filter(|value| !value.is_empty())
    };
    let first = content.lines().next().unwrap_or_default();
    let first = first.strip_prefix("ERROR:").unwrap_or(first).trim();
    if !first.starts_with("SDK.") {
        return Refusal::new(ErrorKind::UnknownFormat, offset, NO_FORMAT);
    }
    let code = field("ErrorCode").unwrap_or_else(|| shown(first));
    let message = match field(Field::Message.as_str()) {
        Some(message) => {
            format!("an error of the vendor's command, {code}: {}", message.trim_end_matches('.'))
        }
        None => format!("an error of the vendor's command, {code}"),
    };
    Refusal::new(ErrorKind::UnknownFormat, offset, message)
}

/// The error about a body that is not UTF-8, by its readable beginning.
#[cold]
fn not_utf8(body: &[u8], error: Utf8Error) -> DecodeError {
    let readable = body.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok());
    let sniffed = Sniffed::of(readable.unwrap_or_default().into(), None);
    let content = sniffed.text.get(sniffed.start..).unwrap_or_default().trim_start_matches(BLANKS);
    let offset = error.valid_up_to().saturating_sub(content.len());
    let refusal = match (content.bytes().next(), error.error_len()) {
        _ if sniffed.ends_in_head() => {
            Refusal::new(ErrorKind::Encoding, error.valid_up_to(), "the HTTP head is not UTF-8")
        }
        _ if is_html(content) => Refusal::new(ErrorKind::Html, offset, HTML),
        (Some(b'<' | b'{' | b'['), None) => {
            Refusal::new(ErrorKind::Truncated, body.len(), "the body ends inside a character")
        }
        (Some(b'<' | b'{' | b'['), Some(_)) => {
            Refusal::new(ErrorKind::Encoding, error.valid_up_to(), "the body is not UTF-8")
        }
        _ if body.get(sniffed.start..).is_some_and(|rest| rest.starts_with(GZIP)) => {
            Refusal::new(ErrorKind::UnknownFormat, sniffed.start, COMPRESSED)
        }
        _ => Refusal::new(ErrorKind::UnknownFormat, sniffed.start, NO_FORMAT),
    };
    let refusal = refusal.with_http_status(sniffed.head.and_then(|head| head.status));
    refusal.caused_by(error).locate(body, |offset| offset)
}

#[cold]
fn from_utf16(
    body: &[u8],
    unit: fn([u8; 2]) -> u16,
    encoding: &'static str,
) -> Result<Sniffed<'static>, DecodeError> {
    let (pairs, _) = body.as_chunks::<2>();
    let mut units = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let mut text = String::with_capacity(pairs.len());
    text.extend(units.by_ref().map_while(Result::ok));
    let end = text.len();
    let mut sniffed = Sniffed::of(text.into(), Some(encoding));
    let read = sniffed.original_offset(end);
    // The character after the last complete one has less than a unit, or only the first of two.
    let is_truncated = match body.get(read..).unwrap_or_default() {
        [] => return Ok(sniffed),
        [_] => true,
        [one, other] | [one, other, _] => (0xD800..0xDC00).contains(&unit([*one, *other])),
        _ => false,
    };
    if is_truncated {
        let message = "the body ends inside a character of UTF-16";
        let refusal = Refusal::new(ErrorKind::Truncated, end, message);
        return Err(refusal.locate(sniffed.text.as_bytes(), |_| body.len()));
    }
    let text = sniffed.text.to_mut();
    text.push(char::REPLACEMENT_CHARACTER);
    text.extend(units.filter_map(Result::ok));
    let refusal = Refusal::new(ErrorKind::Encoding, end, "the body is not well-formed UTF-16");
    Err(refusal.locate(text.as_bytes(), |_| read))
}

/// Returns true if a text begins as a web page does, after an XML declaration and comments.
fn is_html(content: &str) -> bool {
    let mut rest = content;
    loop {
        rest = rest.trim_start_matches(BLANKS);
        let after = match rest {
            _ if rest.starts_with("<?") => rest.split_once("?>"),
            _ if rest.starts_with("<!--") => rest.split_once("-->"),
            _ => break,
        };
        match after {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    let begins_with = |tag: &&str| {
        rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
            && rest.as_bytes().get(tag.len()).is_none_or(|next| b" \t\r\n/>".contains(next))
    };
    ["<!doctype html", "<html"].iter().any(begins_with)
        || ["<head", "<body"].iter().any(begins_with) && !has_field(rest)
}

/// Returns true if a text has an element with exactly the name of a field.
fn has_field(text: &str) -> bool {
    let ends_name = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
    let mut names = text.split('<').filter_map(|tag| tag.split(ends_name).next());
    names.any(|name| Field::exact(name).is_some())
}
