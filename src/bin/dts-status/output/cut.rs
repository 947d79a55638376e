//! Cuts long text: [`cut`].

use std::borrow::Cow;

/// The text, cut after this many characters; an ellipsis marks the cut.
pub(crate) fn cut(text: &str, characters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_longer_text_is_cut() {
        assert_eq!(cut("同步", 2), "同步");
        assert_eq!(cut("同步中", 2), "同步…");
        assert_eq!(cut("", 0), "");
    }
}
