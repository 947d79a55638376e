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
    /// The heads at an offset, after any blank lines. Each ends after a blank line, or before a line that begins with
    /// `<` or `{`.
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
                if next.starts_with(['<', '{']) {
                    break;
                }
                after = rest;
            }
            end = text.len().saturating_sub(after.len());
            head = Some(Head { offset, end, is_complete, status, line: cut(line.trim_end()).to_owned() });
        }
    }
}

/// The first line with its end (CRLF, LF or CR; also CRCRLF, which writing CRLF as text gives on Windows), and the rest.
fn split_line(text: &str) -> (&str, &str) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let breaks = text.get(end..).unwrap_or_default();
    let after_cr = breaks.trim_start_matches('\r');
    let len = if after_cr.starts_with('\n') { breaks.len().saturating_sub(after_cr.len()) } else { 0 };
    text.split_at_checked(end.saturating_add(len).saturating_add(1)).unwrap_or((text, ""))
}
