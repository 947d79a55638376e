//! Short pieces of a body for errors and quirks: [`cut`].

/// At most so many bytes of a body are shown or kept.
pub(super) const LIMIT: usize = 128;

/// The text, cut at [`LIMIT`] bytes on a character boundary.
pub(super) fn cut(text: &str) -> &str {
    text.get(..floor_boundary(text, LIMIT)).unwrap_or_default()
}

/// A text from the body in a message: on one line whatever stands in it, and cut.
pub(super) fn shown(text: &str) -> String {
    let escaped = cut(text).escape_debug().to_string();
    cut(&escaped).to_owned()
}

/// The last character boundary at or before an offset.
pub(super) fn floor_boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
}
