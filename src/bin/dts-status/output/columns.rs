//! Text in the columns of a terminal: [`terminal_width`], [`wrap`], [`wrap_on_terminal`], [`width`], [`cut_end`], [`cut_start`].

use std::io::{self, IsTerminal as _};

use terminal_size::{Width, terminal_size_of};
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns of the terminal that standard output is; 80 if it is none.
pub(crate) fn terminal_width() -> usize {
    /// Limit below which text can't be read anyway.
    const LEAST: usize = 40;
    match terminal_size_of(io::stdout()) {
        Some((Width(columns), _)) if columns > 0 => usize::from(columns).max(LEAST),
        _ => 80,
    }
}

/// A text, wrapped at words to the width of the terminal; each further line begins with the indent. Ends with a line
/// break. Error codes, addresses and other long words stay whole, so that they can be copied.
pub(crate) fn wrap(text: &str, indent: &str) -> String {
    let options = Options::new(terminal_width())
        .word_splitter(WordSplitter::NoHyphenation)
        .word_separator(WordSeparator::Custom(words))
        .break_words(false)
        .subsequent_indent(indent);
    let mut wrapped = textwrap::fill(text, options);
    wrapped.push('\n');
    wrapped
}

/// Like [`wrap`], but only on a terminal: a line of a log stays one line for the tools that read it.
pub(crate) fn wrap_on_terminal(text: &str, indent: &str) -> String {
    if io::stdout().is_terminal() { wrap(text, indent) } else { format!("{text}\n") }
}

/// The words of a line: a line may be broken after blanks, and after any Chinese character.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut letters = line.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let is_end = match letters.peek() {
            None => true,
            Some((_, next)) => *next != ' ' && (letter == ' ' || char_width(letter) > 1),
        };
        if is_end {
            let end = at + letter.len_utf8();
            words.push(Word::from(&line[start..end]));
            start = end;
        }
    }
    Box::new(words.into_iter())
}

/// The columns that a text takes: two for a Chinese character.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The columns that a character takes.
pub(crate) fn char_width(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

/// The text, cut at its end to these columns; an ellipsis marks the cut.
pub(crate) fn cut_end(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept = taken(text.chars(), columns);
    format!("{}…", text.chars().take(kept).collect::<String>())
}

/// The text, cut at its start to these columns; an ellipsis marks the cut.
pub(crate) fn cut_start(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept = taken(text.chars().rev(), columns);
    let all = text.chars().count();
    format!("…{}", text.chars().skip(all - kept).collect::<String>())
}

/// The number of characters that leave a column for the ellipsis.
fn taken(letters: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut used = 1;
    letters
        .take_while(|letter| {
            used += char_width(*letter);
            used <= columns
        })
        .count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn wrapping_and_cutting_keep_to_the_columns(text in "[ a-y\u{301}同步，🚀-]{0,300}", columns in 1_usize..120) {
            let wrapped = wrap(&text, "    ");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&wrapped), letters(&text));
            for line in wrapped.lines() {
                // A longer word stays whole.
                let is_word = !line.trim_start().contains(' ') && line.chars().all(|letter| char_width(letter) < 2);
                prop_assert!(width(line) <= 80 || is_word, "{}", wrapped);
            }
            for cut in [cut_end(&text, columns), cut_start(&text, columns)] {
                prop_assert!(width(&cut) <= columns.max(1), "{}", cut);
            }
        }
    }

    #[test]
    fn text_is_cut_to_columns() {
        assert_eq!(cut_end("同步任务", 8), "同步任务");
        assert_eq!(cut_end("同步任务", 7), "同步任…");
        assert_eq!(cut_end("同步任务", 6), "同步…");
        assert_eq!(cut_start("a/b/c.json", 7), "…c.json");
        assert_eq!(cut_start("同步任务", 6), "…任务");
        assert_eq!(cut_end("", 0), "");
    }

    #[test]
    fn text_is_wrapped_at_words() {
        let text = format!("{} DTS-1020042 {}", "word ".repeat(14).trim(), "同".repeat(50));
        let wrapped = wrap(&text, "  ");
        assert!(wrapped.lines().all(|line| width(line) <= 80), "{wrapped}");
        assert!(wrapped.lines().nth(1).unwrap().starts_with("  DTS-1020042 同"), "{wrapped}");
        let address = format!("https://example.com/{}", "x".repeat(100));
        assert_eq!(wrap(&format!("see {address}"), "  "), format!("see\n  {address}\n"));
        assert_eq!(wrap("", "  "), "\n");
    }
}
