//! The attributes of a tag: no field is read from them, but they must be well-formed: [`scan`].

use super::chars::{is_blank_byte, is_name, reference};
use crate::wire::sniff::BLANKS;

/// An error in attributes: the offset in their text, and the message.
pub(in crate::wire) type Wrong = (usize, &'static str);

/// Names and values of the attributes in the text after a tag's name; at most one more than `limit`.
pub(in crate::wire) fn scan(raw: &str, limit: usize) -> Result<Vec<(&str, &str)>, Wrong> {
    let mut found = Vec::new();
    let mut rest = raw;
    while found.len() <= limit {
        let trimmed = rest.trim_start_matches(BLANKS);
        if trimmed.is_empty() {
            return unique(raw, found);
        }
        let wrong = |at: &str, what| Err((raw.len().saturating_sub(at.len()), what));
        if trimmed.len() == rest.len() {
            return wrong(trimmed, "no blank before an attribute");
        }
        let name_end = trimmed.bytes().position(|byte| byte == b'=' || is_blank_byte(byte));
        let Some((name, after)) = name_end.and_then(|end| trimmed.split_at_checked(end)) else {
            return wrong(trimmed, "an attribute without a value");
        };
        if !is_name(name) {
            return wrong(trimmed, "an attribute with a name that XML does not allow");
        }
        let Some(after) = after.trim_start_matches(BLANKS).strip_prefix('=') else {
            return wrong(trimmed, "an attribute without a value");
        };
        let after = after.trim_start_matches(BLANKS);
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some((value, after)) =
            quote.and_then(|quote| after.strip_prefix(quote).and_then(|after| after.split_once(quote)))
        else {
            return wrong(after, "an attribute value without quotes");
        };
        if let Some(what) = wrong_in_value(value) {
            return wrong(trimmed, what);
        }
        found.push((name, value));
        rest = after;
    }
    Ok(found)
}

fn wrong_in_value(value: &str) -> Option<&'static str> {
    if value.contains('<') {
        return Some("`<` in an attribute value");
    }
    value.split('&').skip(1).find_map(|after| match after.split_once(';') {
        Some((content, _)) => reference(content).err(),
        None => Some("a bare `&`, which must be written `&amp;`"),
    })
}

fn unique<'r>(raw: &'r str, found: Vec<(&'r str, &'r str)>) -> Result<Vec<(&'r str, &'r str)>, Wrong> {
    let mut names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
    // A stable sort: of two that are equal, the later comes second.
    names.sort();
    let twice = names.windows(2).find_map(|pair| match pair {
        [one, other] if one == other => Some(other.as_ptr().addr().saturating_sub(raw.as_ptr().addr())),
        _ => None,
    });
    match twice {
        Some(offset) => Err((offset, "a repeated attribute")),
        None => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes() {
        assert_eq!(scan("", 9), Ok(vec![]));
        assert_eq!(scan(" \n", 9), Ok(vec![]));
        assert_eq!(scan(" a = '1'\tb:c=\"<\"", 9), Err((9, "`<` in an attribute value")));
        assert_eq!(scan(" a = '1'\tb:c=\"'&#65;&lt;\" ", 9), Ok(vec![("a", "1"), ("b:c", "'&#65;&lt;")]));
        assert_eq!(scan(" a='1'b='2'", 9), Err((6, "no blank before an attribute")));
        assert_eq!(scan(" a", 9), Err((1, "an attribute without a value")));
        assert_eq!(scan(" a b='1'", 9), Err((1, "an attribute without a value")));
        assert_eq!(scan(" a=1", 9), Err((3, "an attribute value without quotes")));
        assert_eq!(scan(" a='1", 9), Err((3, "an attribute value without quotes")));
        assert_eq!(scan(" 1='1'", 9), Err((1, "an attribute with a name that XML does not allow")));
        assert_eq!(scan(" a='1' a='a'", 9), Err((7, "a repeated attribute")));
        assert_eq!(scan(" a='&'", 9), Err((1, "a bare `&`, which must be written `&amp;`")));
        assert_eq!(scan(" a='&b;'", 9), Err((1, "a reference to an entity that is not declared")));
        assert_eq!(scan(" a='1' b='2' c='3'", 1).map(|found| found.len()), Ok(2));
    }
}
