//! An HTTP head in front of a body, as captures have it (docs/wire.md, section 3): [`Head`].

use crate::excerpt::cut;

/// The heads in front of a body, of which the last one counts.
pub(super) struct Head {
    pub(super) offset: usize,
    /// The end of the heads: the start of the body.
    pub(super) end: usize,
    pub(super) status: Option<u16>,
    /// The first line.
    pub(super) line: String,
}

impl Head {
    /// The heads at an offset. Each ends after a blank line, or before the first line that begins with `<` or `{`.
    pub(super) fn at(text: &str, offset: usize) -> Option<Self> {
        let mut head = None;
        let mut end = offset;
        while let Some(rest) = text.get(end..).filter(|rest| rest.starts_with("HTTP/")) {
            let line = rest.lines().next().unwrap_or_default();
            let status = line.split_ascii_whitespace().nth(1).and_then(|status| status.parse().ok());
            end = end.saturating_add(len(rest));
            head = Some(Head { offset, end, status, line: cut(line).to_owned() });
        }
        head
    }
}

fn len(text: &str) -> usize {
    let mut len = 0_usize;
    for line in text.split_inclusive('\n') {
        if line.starts_with(['<', '{']) {
            break;
        }
        len = len.saturating_add(line.len());
        if line.trim_end().is_empty() {
            break;
        }
    }
    len
}
