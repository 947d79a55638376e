//! The one way to cut a text: [`cut`] by bytes, [`start`] by characters, [`shown`] for messages.

/// Limit of what is shown or kept of a text, in bytes.
pub(crate) const LIMIT: usize = 128;

/// The text, cut at [`LIMIT`] bytes on a character boundary.
pub(crate) fn cut(text: &str) -> &str {
    text.get(..floor_boundary(text, LIMIT)).unwrap_or_default()
}

/// The first `limit` characters of a longer text; `None` if the text is no longer than that.
pub(crate) fn start(text: &str, limit: usize) -> Option<&str> {
    text.char_indices().nth(limit).and_then(|(end, _)| text.get(..end))
}

/// A text in a message: escaped, so that it keeps to one line, and cut.
pub(crate) fn shown(text: &str) -> String {
    let escaped = cut(text).escape_debug().to_string();
    cut(&escaped).to_owned()
}

/// The last character boundary at or before an offset.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
}
