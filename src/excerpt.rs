//! The one way to cut a text: [`cut`] by bytes, [`start`] by characters, [`shown`] and [`line()`] for messages.

use std::borrow::Cow;

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

/// A text without line breaks and other control characters.
pub(crate) fn on_one_line(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() }
}

/// A text on one line, cut at 200 characters.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    let cut = start(text, LONGEST);
    if cut.is_none() && !text.contains(char::is_control) {
        return text.into();
    }
    let mut line = cut.unwrap_or(text).replace(char::is_control, " ");
    if cut.is_some() {
        line.push('…');
    }
    line.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_broken_text_is_made_to_fit() {
        assert_eq!(line("a\nb\tc"), "a b c");
        let long = "无".repeat(201);
        assert_eq!(line(&long), "无".repeat(200) + "…");
        assert_eq!(line(&"x".repeat(200)), "x".repeat(200));
    }
}
