//! Text from bodies and file names, made safe for a terminal: [`line()`], [`block`].
//!
//! A body may hold anything, the codes that move a cursor or turn text around included.

/// A text on one line.
pub(crate) fn line(text: &str) -> String {
    escape(text, "")
}

/// A text that may have several lines.
pub(crate) fn block(text: &str) -> String {
    escape(text, "\n")
}

fn escape(text: &str, kept: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if (character.is_control() || turns_text(character)) && !kept.contains(character) {
            safe.extend(character.escape_default());
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Whether a character changes the direction of what follows it.
fn turns_text(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_spelled_out() {
        assert_eq!(line("\u{1b}[2J同步\ttab\nnext\u{202e}"), r"\u{1b}[2J同步\ttab\nnext\u{202e}");
        assert_eq!(block("a\r\nb"), "a\\r\nb");
    }
}
