//! What XML allows in a document: characters, names, references.

/// Returns true if XML 1.0 allows a character in a document.
pub(super) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The first character that XML does not allow, with its offset; true if there is a carriage return. Nearly every text
/// has neither, so that is checked fast.
pub(super) fn check_chars(text: &str) -> (Option<(usize, char)>, bool) {
    let mut suspicious = !text.is_ascii() && (text.contains('\u{FFFE}') || text.contains('\u{FFFF}'));
    for byte in text.bytes() {
        suspicious |= byte < b' ' && byte != b'\t' && byte != b'\n';
    }
    match suspicious {
        true => (text.char_indices().find(|(_, c)| !is_char(*c)), text.contains('\r')),
        false => (None, false),
    }
}

/// A text with its line ends normalised, as section 2.11 of XML 1.0 demands.
#[cold]
pub(in crate::wire) fn normalise_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Returns true if a text consists of blanks of XML.
#[inline]
pub(in crate::wire) fn is_blank(text: &str) -> bool {
    text.bytes().all(is_blank_byte)
}

/// Returns true if a byte is a blank of XML.
#[inline]
pub(super) fn is_blank_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Returns true if a text is a name of XML.
#[inline]
pub(super) fn is_name(text: &str) -> bool {
    local_name(text).is_some()
}

/// The part of a name after its prefix; `None` if the text is not a name.
#[inline]
pub(in crate::wire) fn local_name(text: &str) -> Option<&str> {
    let starts = text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic());
    match starts && text.bytes().all(is_word_byte) {
        true => Some(text),
        false => unusual_local_name(text),
    }
}

/// Returns true if a byte is a letter, a digit or `_`; names of fields have no others.
#[inline]
#[allow(clippy::indexing_slicing, reason = "a table of all bytes")]
pub(super) fn is_word_byte(byte: u8) -> bool {
    const WORD: [bool; 256] = {
        let mut word = [false; 256];
        let mut byte: u8 = 0;
        while byte < 128 {
            word[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
            byte = byte.saturating_add(1);
        }
        word
    };
    WORD[usize::from(byte)]
}

#[cold]
fn unusual_local_name(text: &str) -> Option<&str> {
    match text.split_once(':') {
        _ if !is_foreign_name(text) => None,
        Some((_, local)) if !local.is_empty() => Some(local),
        _ => Some(text),
    }
}

/// [`is_name`] for names beyond ASCII: the productions NameStartChar and NameChar of XML 1.0, fifth edition.
#[cold]
fn is_foreign_name(text: &str) -> bool {
    let starts = |c: char| {
        matches!(c,
            ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
            | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
            | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
    };
    let continues = |c: char| {
        starts(c)
            || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}')
    };
    let mut chars = text.chars();
    chars.next().is_some_and(starts) && chars.all(continues)
}

/// The character that a reference means, from the text between `&` and `;`; or what is wrong with it.
pub(in crate::wire) fn reference(content: &str) -> Result<char, &'static str> {
    match content {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => match content.strip_prefix('#') {
            Some(number) => character(number),
            None if is_name(content) => Err("a reference to an entity that is not declared"),
            None => Err("a bare `&`, which must be written `&amp;`"),
        },
    }
}

fn character(number: &str) -> Result<char, &'static str> {
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    // A number that is too large becomes the largest one, which is no character.
    let code = digits.bytes().try_fold(0_u32, |code, byte| {
        let digit = char::from(byte).to_digit(radix)?;
        Some(code.saturating_mul(radix).saturating_add(digit))
    });
    let code = code.filter(|_| !digits.is_empty()).ok_or("a character reference that is no number")?;
    char::from_u32(code).filter(|c| is_char(*c)).ok_or("a reference to a character that XML does not allow")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["a", "A1", "_x", ":a", "a:b", "a-b.c", "同步", "é", "a·b"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1a", "-a", ".a", "a b", "a/", "<", "a<", "a\"", "·a", "a;"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn references() {
        assert_eq!(reference("amp"), Ok('&'));
        assert_eq!(reference("#65"), Ok('A'));
        assert_eq!(reference("#x1F600"), Ok('\u{1F600}'));
        assert_eq!(reference("#00000000000000000065"), Ok('A'));
        for wrong in [
            "",
            "nbsp",
            " amp",
            "#",
            "#x",
            "#X41",
            "#-65",
            "#+65",
            "#0",
            "#x1F",
            "#xD800",
            "#xFFFE",
            "#x110000",
            "#4294967361",
            "#99999999999999999999",
        ] {
            assert!(reference(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn line_ends() {
        for (text, normalised) in [("a\r\nb", "a\nb"), ("\r\r\n\n\r", "\n\n\n\n"), ("a\nb", "a\nb")] {
            assert_eq!(normalise_line_ends(text), normalised, "{text:?}");
        }
    }

    #[test]
    fn illegal_characters() {
        assert_eq!(check_chars("a\t\n\u{FFFD}同"), (None, false));
        assert_eq!(check_chars("a\r"), (None, true));
        assert_eq!(check_chars("ab\0"), (Some((2, '\0')), false));
        assert_eq!(check_chars("\u{1}"), (Some((0, '\u{1}')), false));
        assert_eq!(check_chars("同\u{FFFF}"), (Some((3, '\u{FFFF}')), false));
    }
}
