//! The XML declaration and the document type declaration, which may come before the root.

use super::attributes::scan;
use super::chars::{is_blank_byte, is_name};
use crate::wire::sniff::BLANKS;

/// Checks an XML declaration, given the text between `<?xml` and `?>`; returns the encoding that it declares.
pub(in crate::wire) fn declaration(raw: &str) -> Result<Option<&str>, &'static str> {
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

/// Checks a declared encoding (docs/wire.md, section 4): UTF-8, or a known one that extends ASCII if the text is ASCII
/// only. A body that was UTF-16 has a mark, which counts more than the declaration.
pub(in crate::wire) fn check_encoding(name: &str, text: &str, transcoded: bool) -> Result<(), &'static str> {
    const NOT_WRITTEN_IN_IT: &str = "but is not written in it";
    let name = name.to_ascii_uppercase();
    match name.as_str() {
        "UTF-8" => Ok(()),
        "UTF-16" | "UTF-16LE" | "UTF-16BE" => transcoded.then_some(()).ok_or(NOT_WRITTEN_IN_IT),
        _ if !extends_ascii(&name) => Err("which is not read"),
        _ => text.is_ascii().then_some(()).ok_or(NOT_WRITTEN_IN_IT),
    }
}

/// Returns true for the name of an encoding, in capitals, in which ASCII texts are the same as in UTF-8.
fn extends_ascii(name: &str) -> bool {
    const NAMES: [&str; 6] = ["US-ASCII", "GB2312", "GBK", "GB18030", "BIG5", "SHIFT_JIS"];
    const FAMILIES: [&str; 3] = ["ISO-8859-", "EUC-", "KOI8-"];
    let is_windows = |page: &str| page.len() == 1 && page.bytes().all(|byte| byte.is_ascii_digit());
    NAMES.contains(&name)
        || FAMILIES.iter().any(|family| name.strip_prefix(family).is_some_and(|part| !part.is_empty()))
        || name.strip_prefix("WINDOWS-125").is_some_and(is_windows)
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
        for name in ["UTF-8", "utf-8", "UTF-16", "UTF-16LE", "GBK"] {
            assert_eq!(check_encoding(name, "abc", true), Ok(()), "{name}");
        }
        assert_eq!(check_encoding("UTF-8", "同", false), Ok(()));
        assert_eq!(check_encoding("UTF-16", "abc", false), Err("but is not written in it"));
        for name in [
            "US-ASCII",
            "ISO-8859-1",
            "iso-8859-15",
            "Windows-1252",
            "GB2312",
            "GBK",
            "GB18030",
            "Big5",
            "EUC-JP",
            "EUC-KR",
            "Shift_JIS",
            "KOI8-R",
        ] {
            assert_eq!(check_encoding(name, "abc", false), Ok(()), "{name}");
            assert_eq!(check_encoding(name, "同", false), Err("but is not written in it"), "{name}");
        }
        for name in [
            "UTF-7",
            "UTF8",
            "UTF16",
            "UTF-32",
            "UTF32",
            "UCS-2",
            "UCS-4",
            "ISO-10646-UCS-2",
            "HZ",
            "HZ-GB-2312",
            "EBCDIC-CP-US",
            "IBM037",
            "ISO-2022-JP",
            "ISO-8859-",
            "Windows-125",
            "Windows-12520",
            "Windows-874",
            "latin1",
            "x",
        ] {
            assert_eq!(check_encoding(name, "abc", false), Err("which is not read"), "{name}");
            assert_eq!(check_encoding(name, "abc", true), Err("which is not read"), "{name}");
        }
    }
}
