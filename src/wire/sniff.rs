//! What a body is before it is read: its encoding and its format: [`sniff`].

use std::borrow::Cow;

use super::Format;
use super::error::{ErrorKind, Failure};

/// What is said of a web page, wherever it shows itself.
pub(super) const HTML: &str = "the body is a web page";

/// A body as text, and what had to be done for that.
pub(super) struct Sniffed<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where the text begins: behind a byte order mark in UTF-8.
    pub(super) start: usize,
    pub(super) format: Format,
    /// The encoding's name, if it was not UTF-8.
    pub(super) transcoded: Option<&'static str>,
}

impl Sniffed<'_> {
    /// What an offset into the text is in the body.
    pub(super) fn original_offset(&self, offset: usize) -> usize {
        let mut offset = offset;
        self.restore_offsets(std::iter::once(&mut offset));
        offset
    }

    /// Turns offsets into the text into offsets into the body, all in one pass over the text.
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
            // The mark stands before the text, but what is told of the whole body stands at 0.
            *offset = if *offset == 0 { 0 } else { units.saturating_add(1).saturating_mul(2) };
        }
    }
}

/// Looks at the mark and the first bytes. A forced format is taken as given.
pub(super) fn sniff(body: &[u8], forced: Option<Format>) -> Result<Sniffed<'_>, Box<Failure>> {
    let (text, start, transcoded) = text(body)?;
    let rest = text.get(start..).unwrap_or_default();
    let content = rest.trim_start_matches(BLANKS);
    let offset = text.len().saturating_sub(content.len());
    if content.is_empty() {
        return Err(Failure::new(ErrorKind::Empty, text.len(), "the body is empty"));
    }
    if is_html(content) {
        return Err(Failure::new(ErrorKind::Html, offset, HTML));
    }
    let seen = match content.bytes().next() {
        Some(b'<') => Some(Format::Xml),
        Some(b'{' | b'[') => Some(Format::Json),
        _ => None,
    };
    let Some(format) = forced.or(seen) else {
        return Err(Failure::new(ErrorKind::UnknownFormat, offset, "the body is neither XML nor JSON"));
    };
    Ok(Sniffed { text, start, format, transcoded })
}

/// The blanks that XML and JSON have in common.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";

type Text<'a> = (Cow<'a, str>, usize, Option<&'static str>);

/// The body in UTF-8, where its text begins, and the encoding it was in if that was another.
fn text(body: &[u8]) -> Result<Text<'_>, Box<Failure>> {
    let refuse = |message: &'static str| Err(Failure::new(ErrorKind::Encoding, 0, message));
    match body {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return refuse("the body is UTF-32, which is not read");
        }
        [0xFF, 0xFE, units @ ..] => return Ok((from_utf16(units, u16::from_le_bytes)?, 0, Some("UTF-16LE"))),
        [0xFE, 0xFF, units @ ..] => return Ok((from_utf16(units, u16::from_be_bytes)?, 0, Some("UTF-16BE"))),
        [b'<' | b'{' | b'[', 0, 0, 0, ..] | [0, 0, 0, b'<' | b'{' | b'[', ..] => {
            return refuse("the body is UTF-32, which is not read");
        }
        [b'<' | b'{' | b'[', 0, ..] | [0, b'<' | b'{' | b'[', ..] => {
            return refuse("the body is UTF-16 without a byte order mark, which is not read");
        }
        [0x1F, 0x8B, ..] => {
            return Err(Failure::new(ErrorKind::UnknownFormat, 0, "the body is compressed with gzip"));
        }
        _ => {}
    }
    let start = if body.starts_with(UTF_8_MARK) { UTF_8_MARK.len() } else { 0 };
    match std::str::from_utf8(body) {
        Ok(text) => Ok((text.into(), start, None)),
        Err(error) => {
            let first = body.iter().skip(start).find(|byte| !b" \t\r\n".contains(byte));
            let failure = match (first, error.error_len()) {
                (Some(b'<' | b'{' | b'['), None) => {
                    Failure::new(ErrorKind::Truncated, body.len(), "the body ends inside a character")
                }
                (Some(b'<' | b'{' | b'['), Some(_)) => {
                    Failure::new(ErrorKind::Encoding, error.valid_up_to(), "the body is not UTF-8")
                }
                _ => Failure::new(ErrorKind::UnknownFormat, 0, "the body is neither XML nor JSON"),
            };
            Err(failure.caused_by(error))
        }
    }
}

fn from_utf16(units: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, Box<Failure>> {
    let (pairs, odd) = units.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match c {
            Ok(c) => text.push(c),
            Err(error) => {
                let failure = Failure::new(ErrorKind::Encoding, 0, "the body is not well-formed UTF-16");
                return Err(failure.caused_by(error));
            }
        }
    }
    if !odd.is_empty() {
        return Err(Failure::new(ErrorKind::Truncated, 0, "the body ends inside a character of UTF-16"));
    }
    Ok(text.into())
}

/// Whether a text begins as a web page does, behind an XML declaration and comments.
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
            && rest.as_bytes().get(tag.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
    })
}
