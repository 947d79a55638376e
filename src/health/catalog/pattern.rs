//! Patterns with `*`: [`Pattern`].

/// A text in which `*` is any text, also none. Letter case does not count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern(pub(super) &'static str);

impl Pattern {
    /// Returns true if the whole text matches. The pattern may have one `*`.
    pub(super) fn matches(self, text: &str) -> bool {
        let Some((start, end)) = self.0.split_once('*') else { return text.eq_ignore_ascii_case(self.0) };
        let text = text.as_bytes();
        let rest = text.split_at_checked(start.len());
        let Some((_, rest)) = rest.filter(|(head, _)| head.eq_ignore_ascii_case(start.as_bytes())) else {
            return false;
        };
        let tail = rest.len().checked_sub(end.len()).and_then(|at| rest.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end.as_bytes()))
    }

    /// The end of the last match within a text in lower case, in bytes. The time is linear in the length of the text.
    pub(super) fn last_end(self, lower_case: &str) -> Option<usize> {
        let pattern = self.0.to_ascii_lowercase();
        let mut pieces = pattern.rsplit('*');
        let last = pieces.next()?;
        let mut start = lower_case.rfind(last)?;
        let end = start.checked_add(last.len());
        for piece in pieces {
            start = lower_case.get(..start)?.rfind(piece)?;
        }
        end
    }

    /// The number of bytes other than `*`.
    pub(super) fn literal_len(self) -> usize {
        self.0.split('*').map(str::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_text_matches_around_the_star() {
        for (pattern, text, matches) in [
            ("Abc", "aBC", true),
            ("Abc", "abcd", false),
            ("Abc*", "abc", true),
            ("Abc*", "ABCD", true),
            ("Abc*", "ab", false),
            ("*abc", "xABC", true),
            ("*abc", "abcx", false),
            ("ab*ba", "abba", true),
            ("ab*ba", "aba", false),
            ("*é", "é", true),
            ("a*", "é", false),
        ] {
            assert_eq!(Pattern(pattern).matches(text), matches, "{pattern} {text}");
        }
    }

    #[test]
    fn the_last_match_within_a_text_in_lower_case_counts() {
        for (pattern, text, end) in [
            ("aB", "xabxab.", Some(6)),
            ("ab", "ba", None),
            ("ab", "a", None),
            ("a * b", "a x b, a y b, b", Some(15)),
            ("a * b", "b, a ", None),
            ("ab * ba", "ab ba", None),
            ("ab*ba", "aba", None),
            ("é", "xé", Some(3)),
        ] {
            assert_eq!(Pattern(pattern).last_end(text), end, "{pattern} {text}");
        }
    }
}
