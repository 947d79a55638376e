//! The encoding and the format of a body, before it is read: [`sniff`].

use std::borrow::Cow;
use std::str::Utf8Error;

use super::error::{DecodeError, Refusal};
use super::format::Format;
use crate::model::ErrorKind;

/// The message about a web page, wherever one is recognized.
pub(super) const HTML: &str = "the body is a web page";

/// A body as text, and how it was converted.
pub(super) struct Sniffed<'a> {
    pub(super) text: Cow<'a, str>,
    /// The start of the text: after a byte order mark.
    pub(super) start: usize,
    /// The name of the encoding, if it was not UTF-8.
    pub(super) transcoded: Option<&'static str>,
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
        [0x1F, 0x8B, ..] => return refuse(ErrorKind::UnknownFormat, "the body is compressed with gzip"),
        _ => {}
    }
    let start = if body.starts_with(MARK.as_bytes()) { MARK.len() } else { 0 };
    match std::str::from_utf8(body) {
        Ok(text) => Ok(Sniffed { text: text.into(), start, transcoded: None }),
        Err(error) => Err(not_utf8(body, start, error)),
    }
}

impl Sniffed<'_> {
    /// The format: the given one, else by the first character.
    pub(super) fn format(&self, forced: Option<Format>) -> Result<Format, Box<Refusal>> {
        let content = self.text.get(self.start..).unwrap_or_default().trim_start_matches(BLANKS);
        let offset = self.text.len().saturating_sub(content.len());
        if content.is_empty() {
            return Err(Refusal::new(ErrorKind::Empty, offset, "the body is empty"));
        }
        if is_html(content) {
            return Err(Refusal::new(ErrorKind::Html, offset, HTML));
        }
        let seen = match content.bytes().next() {
            Some(b'<') => Some(Format::Xml),
            Some(b'{' | b'[') => Some(Format::Json),
            _ => None,
        };
        forced.or(seen).ok_or_else(|| Refusal::new(ErrorKind::UnknownFormat, offset, NO_FORMAT))
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

/// The blanks that XML and JSON have in common.
pub(super) const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

const MARK: &str = "\u{FEFF}";

const NO_FORMAT: &str = "the body is neither XML nor JSON";

/// The error about a body that is not UTF-8, by its readable beginning.
#[cold]
fn not_utf8(body: &[u8], start: usize, error: Utf8Error) -> DecodeError {
    let readable = body.get(start..error.valid_up_to()).unwrap_or_default();
    let content = std::str::from_utf8(readable).unwrap_or_default().trim_start_matches(BLANKS);
    let offset = error.valid_up_to().saturating_sub(content.len());
    let refusal = match (content.bytes().next(), error.error_len()) {
        _ if is_html(content) => Refusal::new(ErrorKind::Html, offset, HTML),
        (Some(b'<' | b'{' | b'['), None) => {
            Refusal::new(ErrorKind::Truncated, body.len(), "the body ends inside a character")
        }
        (Some(b'<' | b'{' | b'['), Some(_)) => {
            Refusal::new(ErrorKind::Encoding, error.valid_up_to(), "the body is not UTF-8")
        }
        _ => Refusal::new(ErrorKind::UnknownFormat, 0, NO_FORMAT),
    };
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
    let mut sniffed = Sniffed { text: text.into(), start: MARK.len(), transcoded: Some(encoding) };
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
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| {
        rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
            && rest.as_bytes().get(tag.len()).is_none_or(|next| b" \t\r\n/>".contains(next))
    })
}
