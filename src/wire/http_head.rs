//! An HTTP head in front of a body, as captures have it (docs/wire.md, section 3): [`Head`].

use crate::excerpt::cut;

/// The heads in front of a body, of which the last one counts.
pub(super) struct Head {
    pub(super) offset: usize,
    /// The end of the heads: the start of the body.
    pub(super) end: usize,
    /// True if the last head ends with a blank line.
    pub(super) is_complete: bool,
    pub(super) status: Option<u16>,
    /// The first line.
    pub(super) line: String,
}

impl Head {
    /// The heads at an offset, after any blank lines. Each ends after a blank line, or before a line that is no header.
    pub(super) fn at(text: &str, offset: usize) -> Option<Self> {
        let mut head = None;
        let mut end = offset;
        loop {
            let rest = text.get(end..).unwrap_or_default().trim_ascii_start();
            if !rest.starts_with("HTTP/") {
                return head;
            }
            let offset = text.len().saturating_sub(rest.len());
            let (line, mut after) = split_line(rest);
            let status = line.split_ascii_whitespace().nth(1).and_then(|status| status.parse().ok());
            let mut is_complete = false;
            while !is_complete && !after.is_empty() {
                let (next, rest) = split_line(after);
                is_complete = next.trim().is_empty();
                if !is_complete && !is_header(next) {
                    break;
                }
                after = rest;
            }
            end = text.len().saturating_sub(after.len());
            head = Some(Head { offset, end, is_complete, status, line: cut(line.trim_end()).to_owned() });
        }
    }
}

/// The first line with its end (CRLF, LF or CR), and the rest.
fn split_line(text: &str) -> (&str, &str) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let breaks = if text.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
    text.split_at_checked(end.saturating_add(breaks)).unwrap_or((text, ""))
}

/// Returns true for a header, for one that the end of the text cuts off, and for a further line of one.
fn is_header(line: &str) -> bool {
    if line.starts_with([' ', '\t']) {
        return !line.trim_start().starts_with(['<', '{', '[']);
    }
    /// The characters that RFC 9110 excludes from a name, as far as they are visible.
    const NEVER: &str = "\"(),/;<=>?@[\\]{}";
    // Without a colon, the line break is part of the name, and no name has one.
    let name = line.split(':').next().unwrap_or_default();
    !name.is_empty() && name.chars().all(|c| c.is_ascii_graphic() && !NEVER.contains(c))
}
