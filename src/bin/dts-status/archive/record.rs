//! Parses a line: a body, or a record around one: [`Record`].

use std::borrow::Cow;

use aliyun_dts_status::model::Direction;
use chrono::{DateTime, Utc};

/// A body, and what its record says about it.
#[derive(Debug, PartialEq)]
pub(super) struct Record<'a> {
    pub(super) observed_at: Option<DateTime<Utc>>,
    pub(super) job_id: Option<String>,
    pub(super) direction: Option<Direction>,
    pub(super) body: Cow<'a, [u8]>,
}

/// Parses a line. An object with an `observed_at` and a `body` is a record; any other line is a body.
///
/// Only the extent of the body is found here. The decoder reports what is wrong with it, and with a line that is not
/// one object, such as a line that is cut off.
pub(super) fn parse(line: &[u8]) -> Result<Record<'_>, String> {
    let line = line.trim_ascii();
    let bare = Record { observed_at: None, job_id: None, direction: None, body: Cow::Borrowed(line) };
    let text = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
    if !text.starts_with(b"{") || memchr::memmem::find(text, b"\"observed_at\"").is_none() {
        return Ok(bare);
    }
    let Some(members) = Members::of(text) else { return Ok(bare) };
    let Some(time) = members.observed_at else { return Ok(bare) };
    let observed_at = time_of(time).ok_or_else(|| {
        format!("observed_at is {}, expected RFC 3339 or Unix seconds", String::from_utf8_lossy(time))
    })?;
    let body = members.body.ok_or("a record without a body")?;
    Ok(Record {
        observed_at: Some(observed_at),
        job_id: members.job_id.and_then(string).filter(|id| !id.is_empty()),
        direction: members.direction.and_then(string).map(|text| Direction::from(text.as_str())),
        body: match body.first() {
            Some(b'"') => string(body).ok_or("the body is not a valid JSON string")?.into_bytes().into(),
            _ => body.into(),
        },
    })
}

/// Some programs write it at the start of a line.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A time as RFC 3339 or Unix seconds, perhaps with a fraction, as a string or a number.
fn time_of(value: &[u8]) -> Option<DateTime<Utc>> {
    let text = match value.first()? {
        b'"' => Cow::Owned(string(value)?),
        _ => Cow::Borrowed(std::str::from_utf8(value).ok()?),
    };
    if let Ok(at) = DateTime::parse_from_rfc3339(&text) {
        return Some(at.to_utc());
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let nanos = format!("{fraction:0<9}");
    DateTime::from_timestamp(whole.parse().ok()?, nanos.get(..9)?.parse().ok()?)
}

/// The value of a JSON string.
fn string(value: &[u8]) -> Option<String> {
    serde_json::from_slice(value).ok()
}

/// The members of a record, unparsed.
#[derive(Default)]
struct Members<'a> {
    observed_at: Option<&'a [u8]>,
    body: Option<&'a [u8]>,
    job_id: Option<&'a [u8]>,
    direction: Option<&'a [u8]>,
}

impl<'a> Members<'a> {
    /// The members of a text that is one object, otherwise `None`. Values are not checked.
    fn of(text: &'a [u8]) -> Option<Self> {
        let mut members = Members::default();
        let mut finder = ValueFinder { text, at: 0 };
        finder.expect(b'{')?;
        loop {
            let name = finder.value().filter(|name| name.starts_with(b"\""))?;
            finder.expect(b':')?;
            let value = finder.value()?;
            match name {
                b"\"observed_at\"" => members.observed_at = Some(value),
                b"\"body\"" => members.body = Some(value),
                b"\"job_id\"" => members.job_id = Some(value),
                b"\"direction\"" => members.direction = Some(value),
                _ => {}
            }
            match finder.next()? {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
        finder.next().is_none().then_some(members)
    }
}

/// Finds the end of each JSON value, without checking it.
struct ValueFinder<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> ValueFinder<'a> {
    /// Takes the next byte that is not a blank.
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then_some(())
    }

    fn peek(&mut self) -> Option<u8> {
        while self.text.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    /// Takes the next value.
    fn value(&mut self) -> Option<&'a [u8]> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'"' => self.skip_string()?,
            b'{' | b'[' => self.skip_nested()?,
            _ => {
                let ends =
                    |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':') || byte.is_ascii_whitespace();
                self.at += self.text[start..].iter().position(ends)?;
            }
        }
        self.text.get(start..self.at).filter(|value| !value.is_empty())
    }

    fn skip_string(&mut self) -> Option<()> {
        loop {
            self.at += 1;
            match self.text.get(self.at)? {
                b'"' => break,
                b'\\' => self.at += 1,
                _ => {}
            }
        }
        self.at += 1;
        Some(())
    }

    fn skip_nested(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.text.get(self.at)? {
                b'"' => {
                    self.skip_string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64, nanos: u32) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(seconds, nanos)
    }

    fn body(line: &str) -> String {
        String::from_utf8(parse(line.as_bytes()).unwrap().body.into_owned()).unwrap()
    }

    #[test]
    fn a_body_without_a_record_is_unchanged() {
        for line in [
            "",
            "{}",
            r#"{"Status": "Synchronizing"}"#,
            // The envelope of an SDK; the decoder knows it.
            r#"{"body": {"Status": "Failed"}, "statusCode": 200}"#,
            "<Response><Status>Failed</Status></Response>",
            r#"{"ErrorMessage": "no \"observed_at\" here", "body": 1}"#,
            r#"{"Performance": {"observed_at": 1}}"#,
            // Cut off, followed by garbage, not JSON.
            r#"{"observed_at": 1610616150, "body": {"Status": "Fai"#,
            r#"{"observed_at": 1610616150, "body": {}} {}"#,
            r#"{"observed_at": 1610616150, "body": {}"#,
            r#"{"observed_at" 1610616150, "body": {}}"#,
            r#"{"observed_at": 1610616150 "body": {}}"#,
            r#"{"observed_at": , "body": {}}"#,
            r#"{observed_at: 1, "observed_at": 1, "body": {}}"#,
        ] {
            assert_eq!(body(line), line);
            assert_eq!(parse(line.as_bytes()).unwrap().observed_at, None, "{line}");
        }
    }

    #[test]
    fn a_record_contains_a_body() {
        for (line, expected) in [
            (r#"{"observed_at":1610616150,"body":{"a":"}\"{"}}"#, r#"{"a":"}\"{"}"#),
            (r#" { "body" : {"a": [1, {}]} , "observed_at" : 1610616150 } "#, r#"{"a": [1, {}]}"#),
            ("\u{feff}{\"observed_at\":1610616150,\"more\":[null],\"body\":{}}\r", "{}"),
            (r#"{"observed_at":1610616150,"body":"<Status>\u4e2d\"<\/Status>"}"#, "<Status>中\"</Status>"),
            (r#"{"observed_at":1610616150,"body":"{\"a\":1}"}"#, r#"{"a":1}"#),
            (r#"{"observed_at":1610616150,"body":null}"#, "null"),
            (r#"{"observed_at":1610616150,"body":[}}"#, "[}"),
        ] {
            assert_eq!(body(line), expected, "{line}");
            assert_eq!(parse(line.as_bytes()).unwrap().observed_at, at(1_610_616_150, 0), "{line}");
        }
    }

    #[test]
    fn a_record_may_name_job_and_direction() {
        let line = br#"{"observed_at":1,"job_id":"a","direction":"reverse","body":{}}"#;
        let record = parse(line).unwrap();
        assert_eq!((record.job_id.as_deref(), record.direction), (Some("a"), Some(Direction::Reverse)));
        let line = br#"{"observed_at":1,"job_id":"","direction":null,"body":{}}"#;
        let record = parse(line).unwrap();
        assert_eq!((record.job_id, record.direction), (None, None));
    }

    #[test]
    fn times_are_rfc_3339_or_unix_seconds() {
        for (text, expected) in [
            ("1610616150", at(1_610_616_150, 0)),
            ("\"1610616150\"", at(1_610_616_150, 0)),
            ("1610616150.5", at(1_610_616_150, 500_000_000)),
            ("1610616150.1234567891", at(1_610_616_150, 123_456_789)),
            ("\"2021-01-14T09:22:30Z\"", at(1_610_616_150, 0)),
            ("\"2021-01-14T17:22:30.25+08:00\"", at(1_610_616_150, 250_000_000)),
            ("\"\"", None),
            ("\"soon\"", None),
            ("null", None),
            ("1e9", None),
            ("-1", None),
            ("1.2.3", None),
            ("99999999999999", None),
            ("{}", None),
        ] {
            let line = format!(r#"{{"observed_at": {text}, "body": {{}}}}"#);
            match parse(line.as_bytes()) {
                Ok(record) => assert_eq!(record.observed_at, expected, "{text}"),
                Err(error) => {
                    assert_eq!(expected, None, "{text}");
                    assert_eq!(error, format!("observed_at is {text}, expected RFC 3339 or Unix seconds"));
                }
            }
        }
        assert_eq!(parse(br#"{"observed_at":1}"#), Err("a record without a body".to_owned()));
        assert_eq!(
            parse(br#"{"observed_at":1,"body":"\q"}"#),
            Err("the body is not a valid JSON string".to_owned())
        );
    }
}
