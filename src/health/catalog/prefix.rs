//! Matching of the beginning of a text.

/// The text after a prefix in any letter case.
pub(in crate::health) fn after_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// The text after its leading digits, of which there must be one.
pub(in crate::health) fn after_digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}
