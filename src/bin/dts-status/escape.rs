//! Escapes text from bodies and file names, so that it can't control a terminal: [`line()`], [`lines`].

/// A text on one line.
pub(crate) fn line(text: &str) -> String {
    escape(text, "")
}

/// A text of any number of lines.
pub(crate) fn lines(text: &str) -> String {
    escape(text, "\n")
}

fn escape(text: &str, kept: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if (character.is_control() || changes_direction(character)) && !kept.contains(character) {
            escaped.extend(character.escape_default());
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// True for characters that change the writing direction of the text after them.
fn changes_direction(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(line("\u{1b}[2J同步\ttab\nnext\u{202e}"), r"\u{1b}[2J同步\ttab\nnext\u{202e}");
        assert_eq!(lines("a\r\nb"), "a\\r\nb");
    }
}
