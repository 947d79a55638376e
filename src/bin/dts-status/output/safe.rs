//! The one place that makes text from bodies, file names and arguments safe to print: [`line()`], [`lines`], [`quoted`],
//! [`printed`], [`json`], [`metrics`], [`xml`].

use std::borrow::Cow;
use std::fmt::Write as _;

/// A text on one line.
pub(crate) fn line(text: &str) -> String {
    escaped(text, |_| false)
}

/// A text of any number of lines.
pub(crate) fn lines(text: &str) -> String {
    escaped(text, |letter| letter == '\n')
}

/// A text on one line, in quotes.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", line(text).replace('"', "\\\""))
}

/// Text with colours, as it goes out: keeps line breaks and the sequences that set a colour. Its parts are escaped
/// already; this catches the one that was forgotten.
pub(crate) fn printed(text: &str) -> Cow<'_, str> {
    if !text.contains(|letter| letter != '\n' && letter != ESCAPE && is_unsafe(letter)) && are_colors(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = if letter == ESCAPE { color(rest) } else { None };
        match length {
            Some(length) => out.push_str(&rest[..length]),
            None if letter == '\n' || !is_unsafe(letter) => out.push(letter),
            None => out.push_str(&escape(letter)),
        }
        rest = &rest[length.unwrap_or(letter.len_utf8())..];
    }
    out.into()
}

/// A JSON document: `\u` escapes keep the values.
pub(crate) fn json(document: Vec<u8>) -> Vec<u8> {
    let is_plain = |byte: &u8| *byte < 0x7f;
    if document.iter().all(is_plain) {
        return document;
    }
    rewritten(document, |letter| {
        let mut units = [0; 2];
        letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
    })
}

/// Metrics: a backslash is escaped in the values of labels.
pub(crate) fn metrics(document: Vec<u8>) -> Vec<u8> {
    rewritten(document, |letter| format!("\\{}", escape(letter)))
}

/// An XML document: character references keep the values.
pub(crate) fn xml(document: Vec<u8>) -> Vec<u8> {
    rewritten(document, |letter| format!("&#x{:x};", u32::from(letter)))
}

const ESCAPE: char = '\u{1b}';

/// Returns true for controls of C0 and C1 and DEL, for characters that change the direction of writing or end a line,
/// and for those that are invisible: zero-width, tags.
pub(crate) fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn escaped(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    replaced(text, is_kept, escape)
}

/// Replaces what is unsafe.
fn replaced(text: &str, is_kept: impl Fn(char) -> bool, escape: impl Fn(char) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_unsafe(letter) && !is_kept(letter) {
            out.push_str(&escape(letter));
        } else {
            out.push(letter);
        }
    }
    out
}

/// `\n`, `\u009b`, `\u{e0041}`
fn escape(letter: char) -> String {
    let mut out = String::new();
    let _ = match letter {
        '\n' => write!(out, "\\n"),
        '\r' => write!(out, "\\r"),
        '\t' => write!(out, "\\t"),
        '\u{ffff}'.. => write!(out, "\\u{{{:x}}}", u32::from(letter)),
        _ => write!(out, "\\u{:04x}", u32::from(letter)),
    };
    out
}

/// Replaces what is unsafe, but not the blanks between the parts of a document.
fn rewritten(document: Vec<u8>, escape: impl Fn(char) -> String) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&document) else { return document };
    let is_kept = |letter| matches!(letter, '\n' | '\r' | '\t');
    if !text.contains(|letter| is_unsafe(letter) && !is_kept(letter)) {
        return document;
    }
    replaced(text, is_kept, escape).into_bytes()
}

/// Returns true if every escape character of the text begins a colour.
fn are_colors(text: &str) -> bool {
    text.match_indices(ESCAPE).all(|(index, _)| color(&text[index..]).is_some())
}

/// The length of the sequence that sets a colour at the start of a text.
fn color(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|letter: char| !letter.is_ascii_digit() && letter != ';')?;
    parameters[end..].starts_with('m').then_some("\u{1b}[".len() + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of each kind.
    const HOSTILE: &str =
        "\u{1}\u{1b}\u{7f}\u{9b}\u{61c}\u{200b}\u{200f}\u{202e}\u{2028}\u{2069}\u{feff}\u{e0041}";

    #[test]
    fn unsafe_characters_are_escaped() {
        assert_eq!(line("\u{1b}[2J同步\ttab\nnext\u{202e}"), r"\u001b[2J同步\ttab\nnext\u202e");
        assert_eq!(lines("a\r\nb"), "a\\r\nb");
        assert_eq!(quoted("a\"\u{9b}"), r#""a\"\u009b""#);
        let expected = r"\u0001\u001b\u007f\u009b\u061c\u200b\u200f\u202e\u2028\u2069\ufeff\u{e0041}";
        assert_eq!(line(HOSTILE), expected);
        assert_eq!(printed(HOSTILE), expected);
        assert_eq!(line("Zürich 同步 é 🚀 ❤️"), "Zürich 同步 é 🚀 ❤️");
    }

    #[test]
    fn only_colours_are_kept_in_what_goes_out() {
        let text = "\u{1b}[1m\u{1b}[31mFAILED\u{1b}[0m\n";
        assert_eq!(printed(text), text);
        assert_eq!(printed("\u{1b}[2Ja\u{1b}[31m\u{1b}]0;x\u{7}"), "\\u001b[2Ja\u{1b}[31m\\u001b]0;x\\u0007");
        assert_eq!(printed("end \u{1b}"), "end \\u001b");
    }

    #[test]
    fn documents_keep_their_values() {
        let value = serde_json::json!({ "name": HOSTILE, "同": "步" });
        let document = json(serde_json::to_vec_pretty(&value).unwrap());
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&document).unwrap(), value);
        let document = String::from_utf8(document).unwrap();
        assert!(document.contains("\\udb40\\udc41") && !document.replace('\n', "").contains(is_unsafe));
        assert_eq!(xml("<a>\n\u{9b}\u{202e}</a>".into()), b"<a>\n&#x9b;&#x202e;</a>");
        assert_eq!(metrics("a{b=\"\u{9b}\"} 1\n".into()), b"a{b=\"\\\\u009b\"} 1\n");
    }
}
