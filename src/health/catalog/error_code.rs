//! DTS error codes in free text: [`error_codes`].

use super::prefix::{after_digits, after_prefix};

/// The DTS error codes in a message, each once, in the order of the text (the outermost first) and in its spelling: `DTS-070211`, `DTS--0001`, `DTS-RETRY-ERR-0046`, `dts.retry.err.0046`, `DTS.Msg.Xxx`.
///
/// At most 64 codes are returned.
#[must_use]
pub fn error_codes(message: &str) -> Vec<&str> {
    const MOST: usize = 64;
    let mut codes: Vec<&str> = Vec::new();
    for code in occurrences(message) {
        if !codes.iter().any(|known| same_error_code(known, code)) {
            codes.push(code);
        }
        if codes.len() == MOST {
            break;
        }
    }
    codes
}

/// Returns true if two spellings are of the same code.
pub(in crate::health) fn same_error_code(one: &str, other: &str) -> bool {
    spelled(one, Spelling::Exact).eq(spelled(other, Spelling::Exact))
}

/// Every code in a message, in the order of the text.
pub(super) fn occurrences(message: &str) -> impl Iterator<Item = &str> {
    let mut before = ' ';
    let mut text = message;
    std::iter::from_fn(move || {
        while let Some(char) = text.chars().next() {
            let code = if before.is_ascii_alphanumeric() { None } else { leading_code(text) };
            before = char;
            text = text.get(code.map_or(char.len_utf8(), str::len)..).unwrap_or_default();
            if code.is_some() {
                return code;
            }
        }
        None
    })
}

/// How closely two spellings of a code have to agree. Letter case never counts, nor a leading `DTS-`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `.`, `-`, `_` and a blank are the same.
    Exact,
    /// As `Exact`, without leading zeros.
    WithoutZeros,
    /// Letters and digits alone.
    WithoutSeparators,
}

/// The bytes of a code that count.
pub(super) fn spelled(code: &str, spelling: Spelling) -> impl Iterator<Item = u8> {
    let code = code.trim();
    let bare = after_prefix(code, "DTS").map_or(code, |rest| rest.strip_prefix(SEPARATORS).unwrap_or(rest));
    let mut before = b'-';
    bare.bytes().filter_map(move |byte| {
        let separator = SEPARATORS.contains(&char::from(byte));
        let skipped = match spelling {
            Spelling::Exact => false,
            Spelling::WithoutZeros => byte == b'0' && !before.is_ascii_digit(),
            Spelling::WithoutSeparators => separator,
        };
        if skipped {
            return None;
        }
        before = byte;
        Some(if separator { b'-' } else { byte.to_ascii_uppercase() })
    })
}

/// What may separate the parts of a code.
const SEPARATORS: [char; 4] = ['-', '.', '_', ' '];

/// The code at the beginning of a text.
fn leading_code(text: &str) -> Option<&str> {
    let after = after_prefix(text, "DTS")?;
    let number = after_prefix(after, "-RETRY-ERR-").or_else(|| after_prefix(after, ".retry.err."));
    let rest = if let Some(number) = number {
        after_digits(number)?
    } else if let Some(name) = after_prefix(after, ".Msg.") {
        words(name)?
    } else {
        let number = after_prefix(after, "-")?;
        after_digits(after_prefix(number, "-").unwrap_or(number))?
    };
    if rest.starts_with(|next: char| next.is_ascii_alphanumeric()) {
        return None;
    }
    text.get(..text.len().checked_sub(rest.len())?)
}

/// The text after words joined by dots. A dot at the end belongs to the sentence.
fn words(text: &str) -> Option<&str> {
    let mut rest = word(text)?;
    while let Some(further) = rest.strip_prefix('.').and_then(word) {
        rest = further;
    }
    Some(rest)
}

/// The text after one word.
fn word(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    (rest.len() < text.len()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_found_and_nothing_else() {
        let cases: [(&str, &[&str]); 16] = [
            ("DTS-070211: cannot connect", &["DTS-070211"]),
            ("code DTS-1020042, sql error", &["DTS-1020042"]),
            ("[DTS--0001] etl", &["DTS--0001"]),
            ("x DTS-RETRY-ERR-0046.", &["DTS-RETRY-ERR-0046"]),
            ("dts.retry.err.0046: fk", &["dts.retry.err.0046"]),
            ("dts.retry.err.0046 (DTS-RETRY-ERR-0046)", &["dts.retry.err.0046"]),
            ("failed: DTS.Msg.OperationDenied.", &["DTS.Msg.OperationDenied"]),
            ("DTS.Msg.A.B, DTS.Msg.A", &["DTS.Msg.A.B", "DTS.Msg.A"]),
            ("DTS-100047: retry 1 times cause: DTS-70019: DTS-100047", &["DTS-100047", "DTS-70019"]),
            ("任务失败DTS-10015，无法连接", &["DTS-10015"]),
            ("DTS-070211 DTS-70211", &["DTS-070211", "DTS-70211"]),
            ("dtsexjk1alb116****", &[]),
            ("DTS-, DTS--, DTS-RETRY-ERR-, DTS.Msg., DTS", &[]),
            ("MYDTS-10015", &[]),
            ("dts-1a2b3c.example.com", &[]),
            ("", &[]),
        ];
        for (message, codes) in cases {
            assert_eq!(error_codes(message), codes, "{message}");
        }
    }

    #[test]
    fn a_hostile_message_is_read_in_time() {
        assert_eq!(error_codes(&"DTS.Msg.".repeat(100_000)).len(), 1);
        let many: String = (0..100_000).map(|number| format!("DTS-{number} ")).collect();
        assert_eq!(error_codes(&many).len(), 64);
        assert_eq!(occurrences(&many).count(), 100_000);
    }
}
