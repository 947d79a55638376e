//! Patterns with `*`: [`Pattern`].

/// A text in which `*` matches any text, also none. Letter case does not count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern(pub(super) &'static str);

impl Pattern {
    /// True if there is no `*`.
    pub(super) fn is_exact(self) -> bool {
        !self.0.contains('*')
    }

    /// The number of bytes that are no `*`.
    pub(super) fn literal_len(self) -> usize {
        self.pieces().map(str::len).sum()
    }

    /// True if the whole text matches. The pattern has one `*` at most.
    pub(super) fn matches(self, text: &str) -> bool {
        match self.0.split_once('*') {
            None => text.eq_ignore_ascii_case(self.0),
            Some((start, end)) => {
                let bytes = text.as_bytes();
                let middle = bytes
                    .split_at_checked(start.len())
                    .filter(|(head, _)| head.eq_ignore_ascii_case(start.as_bytes()));
                middle.is_some_and(|(_, rest)| {
                    rest.len()
                        .checked_sub(end.len())
                        .and_then(|at| rest.get(at..))
                        .is_some_and(|tail| tail.eq_ignore_ascii_case(end.as_bytes()))
                })
            }
        }
    }

    fn pieces(self) -> impl Iterator<Item = &'static str> {
        self.0.split('*')
    }
}
