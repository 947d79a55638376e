//! The XML declaration and the document type declaration, which may come before the root.

use super::attributes::scan;
use super::chars::{is_blank_byte, is_name};
use crate::wire::sniff::BLANKS;

/// Checks an XML declaration, given the text between `<?xml` and `?>`; returns the encoding that it declares.
pub(super) fn declaration(raw: &str) -> Result<Option<&str>, &'static str> {
    let parts = scan(raw, 3).map_err(|(_, what)| what)?;
    let mut parts = parts.as_slice();
    let Some((("version", version), rest)) = parts.split_first() else {
        return Err("an XML declaration without a version");
    };
    parts = rest;
    let minor = version.strip_prefix("1.").unwrap_or_default();
    if minor.is_empty() || !minor.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("an XML declaration with a version other than 1.x");
    }
    let mut encoding = None;
    if let Some((("encoding", name), rest)) = parts.split_first() {
        if !is_encoding_name(name) {
            return Err("an XML declaration with an encoding that is not a name");
        }
        encoding = Some(*name);
        parts = rest;
    }
    match parts {
        [] | [("standalone", "yes" | "no")] => Ok(encoding),
        _ => Err("an XML declaration with an unknown part"),
    }
}

fn is_encoding_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// Returns true if a text in UTF-8 may declare an encoding: UTF-8 itself, or one that extends ASCII where the text is
/// ASCII only. A body that was UTF-16 has a mark, which counts more than the declaration.
pub(super) fn encoding_fits(name: &str, text: &str, transcoded: bool) -> bool {
    let name = name.to_ascii_uppercase();
    if name.starts_with("UTF-16") || name.starts_with("UTF-32") || name.starts_with("ISO-10646") {
        return transcoded && name.starts_with("UTF-16");
    }
    matches!(name.as_str(), "UTF-8" | "UTF8") || text.is_ascii()
}

/// Checks a document type declaration, given the text between `<!` and `>`; returns the name of the root.
pub(super) fn doctype(raw: &str) -> Result<&str, &'static str> {
    const MALFORMED: &str = "a malformed document type declaration";
    let rest = raw.strip_prefix("DOCTYPE").ok_or("a document type declaration that is not in capitals")?;
    let rest = blank(rest).ok_or(MALFORMED)?;
    let end = rest.bytes().position(|byte| is_blank_byte(byte) || byte == b'[').unwrap_or(rest.len());
    let (name, rest) = rest.split_at_checked(end).ok_or(MALFORMED)?;
    if !is_name(name) {
        return Err(MALFORMED);
    }
    let rest = external_id(rest).ok_or(MALFORMED)?;
    match rest.trim_start_matches(BLANKS) {
        "" => Ok(name),
        subset if subset.starts_with('[') => {
            Err("a document type declaration with a subset of its own, which is refused")
        }
        _ => Err(MALFORMED),
    }
}

/// The text after `SYSTEM "…"` or `PUBLIC "…" "…"`, if there is one of them.
fn external_id(rest: &str) -> Option<&str> {
    let Some(id) = blank(rest) else { return Some(rest) };
    if let Some(system) = id.strip_prefix("SYSTEM") {
        return quoted(blank(system)?).map(|(_, rest)| rest);
    }
    if let Some(public) = id.strip_prefix("PUBLIC") {
        let (public, rest) = quoted(blank(public)?)?;
        public.chars().all(is_public_id_char).then_some(())?;
        return quoted(blank(rest)?).map(|(_, rest)| rest);
    }
    Some(rest)
}

fn is_public_id_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || " \r\n-'()+,./:=?;!*#@$_%".contains(c)
}

/// The text after one blank or more.
fn blank(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(BLANKS);
    (rest.len() < text.len()).then_some(rest)
}

/// A literal in quotes, and the text after it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text.strip_prefix(quote)?.split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        assert_eq!(declaration(" version='1.0'"), Ok(None));
        assert_eq!(declaration(" version=\"1.1\" encoding='UTF-8' standalone='yes' "), Ok(Some("UTF-8")));
        assert_eq!(declaration(" version='1.0' standalone='no'"), Ok(None));
        for wrong in [
            "",
            " encoding='UTF-8'",
            " version='2.0'",
            " version='1.'",
            " version='1.0 '",
            " version='1.0'encoding='UTF-8'",
            " encoding='UTF-8' version='1.0'",
            " version='1.0' encoding=''",
            " version='1.0' encoding='-8'",
            " version='1.0' standalone='YES'",
            " version='1.0' standalone='yes' encoding='UTF-8'",
            " version='1.0' version='1.0'",
            " version='1.0' valid='no'",
            " VERSION='1.0'",
        ] {
            assert!(declaration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn document_types() {
        for right in ["DOCTYPE a", "DOCTYPE a ", "DOCTYPE a SYSTEM 'x'", "DOCTYPE\na PUBLIC \"-//A//B\" 'x' "]
        {
            assert_eq!(doctype(right), Ok("a"), "{right}");
        }
        for wrong in [
            "doctype a",
            "DOCTYPE",
            "DOCTYPEa",
            "DOCTYPE a b",
            "DOCTYPE a SYSTEM",
            "DOCTYPE a SYSTEM'x'",
            "DOCTYPE a PUBLIC 'x'",
            "DOCTYPE a PUBLIC '{' 'x'",
            "DOCTYPE a [<!ENTITY b 'c'>]",
            "DOCTYPE a[]",
            "DOCTYPE 1",
        ] {
            assert!(doctype(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn encodings() {
        assert!(encoding_fits("utf-8", "同", false));
        assert!(encoding_fits("GBK", "abc", false));
        assert!(!encoding_fits("GBK", "同", false));
        assert!(!encoding_fits("UTF-16", "abc", false));
        assert!(encoding_fits("UTF-16", "abc", true));
    }
}
