//! A place of a body, shown as a compiler shows source: [`Body`].

use std::borrow::Cow;
use std::ops::Range;

use super::columns::{char_width, terminal_width, width, wrap};
use super::safe;
use crate::utf16::ByteOrder;

/// A body as text.
pub(crate) struct Body<'a> {
    bytes: &'a [u8],
    text: Cow<'a, str>,
}

impl<'a> Body<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Body { bytes, text: text_of(bytes) }
    }

    /// The line of a byte with a caret under it and a label.
    pub(crate) fn at(&self, byte: usize, label: &str) -> String {
        let start = self.offset(byte);
        let length = self.text[start..].chars().next().map_or(0, char::len_utf8);
        self.snippet(start..start + length, label)
    }

    /// The line of a value with carets under it and a label. `byte` is the start of the element or of the key, `found`
    /// the text of the value.
    pub(crate) fn value(&self, byte: usize, found: &str, label: &str) -> String {
        self.snippet(value_span(&self.text, self.offset(byte), found), label)
    }

    /// The line of the name of an element or a key with carets under it and a label.
    pub(crate) fn name(&self, byte: usize, label: &str) -> String {
        let start = self.offset(byte);
        self.snippet(start..start + name_length(&self.text[start..]), label)
    }

    /// Where a byte of the body is in the text.
    fn offset(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes.len());
        let offset = match &self.text {
            Cow::Borrowed(_) => byte,
            Cow::Owned(_) => text_of(&self.bytes[..byte]).len(),
        };
        // Never within a character.
        (0..=offset.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
    }

    fn snippet(&self, span: Range<usize>, label: &str) -> String {
        let before = &self.text[..span.start];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[span.start..].find('\n').map_or(self.text.len(), |at| span.start + at);
        let number = (before.matches('\n').count() + 1).to_string();
        let line = self.text[start..end].trim_end_matches('\r');
        let from = (span.start - start).min(line.len());
        let to = span.end.saturating_sub(start).clamp(from, line.len());

        // The last column is for a caret after the end of the line.
        let room = terminal_width().saturating_sub(number.len() + "   |  ".len());
        let Window { text, column, carets } = Window::of(line, from..to, room);
        let gutter = " ".repeat(number.len());
        let under = format!("{:column$}{}", "", "^".repeat(carets));
        let mut shown = format!("  {number} | {text}\n  {gutter} | {under}");
        if !label.is_empty() && width(&under) + 1 + width(label) <= room {
            shown.push_str(&format!(" {label}\n"));
        } else if label.is_empty() {
            shown.push('\n');
        } else {
            shown.push('\n');
            let indent = format!("  {gutter} | ");
            shown.push_str(&wrap(&format!("{indent}{label}"), &indent));
        }
        shown
    }
}

/// The part of a line that fits, and where the carets are below it.
struct Window {
    text: String,
    column: usize,
    carets: usize,
}

impl Window {
    fn of(line: &str, span: Range<usize>, room: usize) -> Self {
        /// Columns before the value that are kept.
        const BEFORE: usize = 24;
        let ellipsis = 1;
        // The columns of the line, as it is printed.
        let cell = |letter: char| {
            if safe::is_unsafe(letter) { safe::line(&letter.to_string()) } else { letter.to_string() }
        };
        let columns = |part: &str| {
            part.chars()
                .map(|letter| if safe::is_unsafe(letter) { width(&cell(letter)) } else { char_width(letter) })
                .sum::<usize>()
        };
        let mut first = 0;
        // A line may be the whole of a large body: it is measured only where it may fit.
        if line.len() > 8 * room || columns(line) > room {
            // Walks back from the value.
            let mut used = ellipsis;
            for (at, letter) in line[..span.start].char_indices().rev() {
                used += width(&cell(letter));
                if used > BEFORE {
                    first = at + letter.len_utf8();
                    break;
                }
            }
        }
        let mut text = if first > 0 { "…".to_owned() } else { String::new() };
        let column = width(&text) + columns(&line[first..span.start]);
        let mut end = line.len();
        let mut used = width(&text);
        for (at, letter) in line[first..].char_indices() {
            let letter_width = width(&cell(letter));
            let is_last = first + at + letter.len_utf8() == line.len();
            if used + letter_width + if is_last { 0 } else { ellipsis } > room {
                end = first + at;
                break;
            }
            used += letter_width;
            text.push_str(&cell(letter));
        }
        if end < line.len() {
            text.push('…');
        }
        let shown = columns(&line[span.start.min(end)..span.end.min(end)]);
        Window { text, column, carets: shown.max(1) }
    }
}

/// The text of a body: UTF-16 with a byte order mark, or UTF-8.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let Some(order) = ByteOrder::of(bytes) else { return String::from_utf8_lossy(bytes) };
    Cow::Owned(String::from_utf16_lossy(&order.units(bytes).collect::<Vec<_>>()))
}

/// The text of the value whose key or element is at the offset; its first character where it has an inner structure.
fn value_span(text: &str, offset: usize, found: &str) -> Range<usize> {
    let rest = &text[offset..];
    let extent = value_extent(rest, name_length(rest));
    let value = &rest[extent.clone()];
    let is_string = value.starts_with('"');
    let part = match value.find(found) {
        Some(at) if !found.is_empty() && !is_string => extent.start + at..extent.start + at + found.len(),
        // An attribute.
        _ if rest.starts_with('<') && rest[..extent.start].contains(found) && !found.is_empty() => {
            let at = rest.find(found).unwrap_or(0);
            at..at + found.len()
        }
        _ if value.starts_with(['{', '[']) => extent.start..extent.start + 1,
        _ if value.is_empty() => 0..name_length(rest),
        _ => extent,
    };
    offset + part.start..offset + part.end
}

/// The length of the element's start or the key in quotes at the start of a text; that of one character elsewhere.
fn name_length(rest: &str) -> usize {
    if rest.starts_with('"') {
        string_length(rest)
    } else if rest.starts_with('<') {
        rest.find(['>', '\n']).map_or(rest.len(), |end| end + 1)
    } else {
        rest.chars().next().map_or(0, char::len_utf8)
    }
}

/// The part of the text that is the value after the name, or its first part.
fn value_extent(rest: &str, name: usize) -> Range<usize> {
    /// Limit of a part.
    const LIMIT: usize = 4096;
    let limit =
        |end: usize| (0..=end.min(rest.len())).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
    if let Some(element) = rest.strip_prefix('<') {
        // An element ends where its end tag begins.
        let tag = element.split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default();
        let end = limit(name + LIMIT);
        let close = rest[name..end].find(&format!("</{tag}")).map_or(end, |at| name + at);
        return name..close;
    }
    if !rest.starts_with('"') {
        return 0..limit(LIMIT);
    }
    let after = rest[name..].trim_start();
    let after = after.strip_prefix(':').map_or(after, str::trim_start);
    let start = rest.len() - after.len();
    let length = match after.as_bytes().first() {
        Some(b'"') => string_length(after),
        Some(b'{' | b'[') => limit(start + LIMIT) - start,
        _ => after.find([',', '}', ']', '\n']).map_or(after.len(), |end| after[..end].trim_end().len()),
    };
    start..start + length
}

/// The length of the JSON string in quotes at the start of a text.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_place_of_any_body_is_shown_in_lines_that_fit(
            body in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..400),
                "[{}\\[\\]<>/\"\\\\:, \n\ra-c同\u{9b}\u{202e}]{0,300}".prop_map(String::into_bytes),
            ],
            byte in 0_usize..420,
            found in "[a-c同\"]{0,3}",
        ) {
            let shown = Body::new(&body);
            for text in [shown.at(byte, "label"), shown.name(byte, ""), shown.value(byte, &found, "read as it")] {
                prop_assert!(text.ends_with('\n') && text.contains('^'), "{}", text);
                for line in text.lines() {
                    prop_assert!(width(line) <= 80 && !line.contains(safe::is_unsafe), "{}", text);
                }
            }
        }
    }

    #[test]
    fn a_large_body_is_shown_at_once() {
        let body = format!("{{\"a\": \"{}\"}}", "同".repeat(5_000_000));
        let shown = Body::new(body.as_bytes());
        for byte in [0, 1, 7, 8_000_000, body.len()] {
            let start = cpu_time::ThreadTime::now();
            assert!(shown.at(byte, "here").contains('^'));
            assert!(start.elapsed() < std::time::Duration::from_secs(1), "{byte}");
        }
    }

    #[test]
    fn carets_are_under_the_value() {
        for (body, byte, found, expected) in [
            (
                "{\n  \"Status\": \"synchronizing\"\n}",
                4,
                "synchronizing",
                "  2 |   \"Status\": \"synchronizing\"\n    |             ^^^^^^^^^^^^^^^ read\n",
            ),
            (
                "<a><Delay> 61 </Delay></a>",
                3,
                "61",
                "  1 | <a><Delay> 61 </Delay></a>\n    |            ^^ read\n",
            ),
            (
                "{\"a\":[\"b\",\"同步\"]}",
                1,
                "同步",
                "  1 | {\"a\":[\"b\",\"同步\"]}\n    |            ^^^^ read\n",
            ),
            ("{\"a\": tru}", 1, "?", "  1 | {\"a\": tru}\n    |       ^^^ read\n"),
            ("{\"\u{9b}\": \"x\"}", 1, "x", "  1 | {\"\\u009b\": \"x\"}\n    |            ^^^ read\n"),
            ("{\"a\": {\n}}", 1, "?", "  1 | {\"a\": {\n    |       ^ read\n"),
            ("", 0, "", "  1 | \n    | ^ read\n"),
        ] {
            assert_eq!(Body::new(body.as_bytes()).value(byte, found, "read"), expected, "{body}");
        }
        let utf_16: Vec<u8> = "\u{feff}{\"a\": \"b\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            Body::new(&utf_16).value(4, "b", ""),
            "  1 | \\ufeff{\"a\": \"b\"}\n    |             ^^^\n"
        );
        assert_eq!(Body::new(b"ab\xffcd").at(2, ""), "  1 | ab\u{fffd}cd\n    |   ^\n");
        assert_eq!(Body::new(b"ab").at(9, "the end"), "  1 | ab\n    |   ^ the end\n");
    }

    #[test]
    fn a_long_line_is_cut_around_the_value() {
        for (before, after) in [(0, 900), (900, 0), (900, 900), (50, 20), (23, 900)] {
            let body = format!("{}\"Status\": \"synchronizing\"{}", "同".repeat(before), "步".repeat(after));
            let shown =
                Body::new(body.as_bytes()).value(before * 3, "synchronizing", "read as \"Synchronizing\"");
            let lines: Vec<_> = shown.lines().collect();
            assert!(lines.iter().all(|line| width(line) <= 80), "{shown}");
            let place = width(&lines[0][..lines[0].find("\"synchronizing\"").unwrap()]);
            assert_eq!(lines[1].find('^'), Some(place), "{shown}");
            assert!(
                lines[1].contains("^^^^^^^^^^^^^^^ read") && !lines[1].contains(&"^".repeat(16)),
                "{shown}"
            );
        }
    }
}
