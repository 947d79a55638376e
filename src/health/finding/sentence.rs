//! The message of a finding: the sentence of its code, then its facts in words.

use std::borrow::Cow;

use super::FindingCode;
use super::evidence::Fact;

/// The sentence of a code with its facts: `The target is behind …: Delay is 61 s.`
pub(super) fn message(code: FindingCode, facts: &[Fact]) -> String {
    let mut message = String::from(code.sentence());
    for (position, fact) in facts.iter().enumerate() {
        message.push_str(if position == 0 { ": " } else { ", " });
        message.push_str(&fact.words);
    }
    message.push('.');
    message
}

/// A text on one line, cut at 200 characters.
pub(super) fn short(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    let cut = text.char_indices().nth(LONGEST).and_then(|(end, _)| text.get(..end));
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
        assert_eq!(short("a\nb\tc"), "a b c");
        let long = "无".repeat(201);
        assert_eq!(short(&long), "无".repeat(200) + "…");
        assert_eq!(short(&"x".repeat(200)), "x".repeat(200));
    }
}
