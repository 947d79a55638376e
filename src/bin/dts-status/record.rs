//! A body, and what was noted when it was received: [`Record`]; decoded: [`Capture`].

mod capture;
mod members;

use std::borrow::Cow;

use aliyun_dts_status::model::{Direction, Failure, Position};
use aliyun_dts_status::{ErrorKind, Operation};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::IgnoredAny;

pub(crate) use self::capture::{Capture, unknown_member};
use self::members::{Members, Name, is_envelope, is_field, is_result};
use crate::options::{operation_of, parse_time};
use crate::output::{cut, serialize_time};
use crate::utf16;

/// A body, and what its record says about it.
#[derive(Debug, PartialEq)]
pub(crate) struct Record<'a> {
    pub(crate) noted: Noted,
    /// The operation that was called.
    pub(crate) operation: Option<Operation>,
    /// The body, or why the record cannot be trusted to have one.
    pub(crate) body: Result<Cow<'a, [u8]>, Failure>,
}

/// What was noted when a body was received.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Noted {
    /// When the body was received.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "serialize_time")]
    pub(crate) observed_at: Option<DateTime<Utc>>,
    /// The requested job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) job_id: Option<String>,
    /// The requested direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) direction: Option<Direction>,
    /// The status of the HTTP answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) http_status: Option<u16>,
    /// Members with a value that this command does not know, such as `host`.
    #[serde(skip)]
    pub(crate) unknown: Vec<String>,
}

impl<'a> Record<'a> {
    /// Reads a text: a record if it is an object with an `observed_at`, or with a `body` or an envelope and another
    /// known member; otherwise a bare body.
    ///
    /// The body itself is not checked: the decoder reports what is wrong with it, and with a text that is not one
    /// object.
    pub(crate) fn parse(content: &'a [u8]) -> Self {
        Record::parse_by(content, true)
    }

    /// Like [`parse`](Self::parse), without a look into the body. The record is the same if its body turns out to be one
    /// JSON value.
    pub(crate) fn parse_around_body(content: &'a [u8]) -> Self {
        Record::parse_by(content, false)
    }

    fn parse_by(content: &'a [u8], checks_body: bool) -> Self {
        let record = match utf16::to_text(content) {
            Some(text) => of_text(text.as_bytes(), content, checks_body).map(Record::into_owned),
            None => of_text(content.strip_prefix(BYTE_ORDER_MARK).unwrap_or(content), content, checks_body),
        };
        record.unwrap_or_else(|| Record::bare(content))
    }

    /// A body without a record.
    fn bare(body: &'a [u8]) -> Self {
        Record { noted: Noted::default(), operation: None, body: Ok(body.into()) }
    }

    fn into_owned<'b>(self) -> Record<'b> {
        Record { body: self.body.map(|body| body.into_owned().into()), ..self }
    }
}

/// The body of a content, as it was received; the content itself where a record cannot be trusted.
pub(crate) fn body_of(content: &[u8]) -> Cow<'_, [u8]> {
    Record::parse(content).body.unwrap_or(Cow::Borrowed(content))
}

/// Some programs write it at the start of a file or line.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The record that a text is; `None` for a text that is no object. `content` is the text as it was received.
fn of_text<'a>(text: &'a [u8], content: &'a [u8], checks_body: bool) -> Option<Record<'a>> {
    let text = text.trim_ascii();
    if !text.starts_with(b"{") {
        return None;
    }
    let members = if checks_body { Members::of(text) } else { Members::around_body(text) };
    if !members.are_of_a_record() {
        // What is next to a body may contradict it: the decoder reads all of it. It may be meant as a record, unless it
        // has names of a response.
        let may_be_meant = members.get(Name::Body).is_some() && !members.have_a_field();
        let unknown = if may_be_meant { unknown(&members, false) } else { Vec::new() };
        return Some(Record { noted: Noted { unknown, ..Noted::default() }, ..Record::bare(content) });
    }
    let mut values = Values { members: &members, wrong: None };
    let observed_at =
        values.read(Name::ObservedAt, "RFC 3339 with a zone, Unix seconds or milliseconds", time);
    let job_id = values.read(Name::JobId, "a text", string);
    let direction = values.read(Name::Direction, "Forward or Reverse", direction);
    let status = "a status of HTTP, from 100 to 599";
    let http_status = values.read(Name::HttpStatus, status, http_status);
    let status_codes =
        [Name::StatusCode, Name::HttpStatusCode].map(|name| values.read(name, status, self::http_status));
    let named = values.read(Name::Operation, "a text", string).filter(|name| !name.trim().is_empty());
    let wrong = values.wrong;
    let is_of_call = members.say_how_the_call_went();

    let operation = named.as_deref().and_then(operation_of);
    let noted = Noted {
        observed_at: observed_at.filter(|_| members.is_single(Name::ObservedAt)),
        job_id: job_id.filter(|id| !id.trim().is_empty() && members.is_single(Name::JobId)),
        direction: direction.flatten().filter(|_| members.is_single(Name::Direction)),
        http_status: status_codes.into_iter().fold(http_status, Option::max),
        unknown: unknown(&members, is_of_call),
    };
    Some(Record {
        noted,
        operation,
        body: match named {
            Some(other) if operation.is_none() && wrong.is_none() && members.are_json() => {
                Err(of_unknown_operation(&other))
            }
            // What the call says next to the body may contradict it: the decoder reads all of it.
            _ if is_of_call && wrong.is_none() && members.are_json() && members.repeated.is_empty() => {
                Ok(content.into())
            }
            _ => body(text, &members, wrong),
        },
    })
}

/// The names of the members that are not known. `decoder_reads`: the decoder reads those of a response.
fn unknown(members: &Members<'_>, decoder_reads: bool) -> Vec<String> {
    let is_of_response = |name: &&[u8]| is_result(name) || is_envelope(name) || is_field(name);
    members.unknown().filter(|name| !(decoder_reads && is_of_response(name))).filter_map(string).collect()
}

fn body<'a>(text: &'a [u8], members: &Members<'a>, wrong: Option<String>) -> Result<Cow<'a, [u8]>, Failure> {
    let refused = |message: String| Err(Failure::new(ErrorKind::Syntax, message));
    if !members.are_json() {
        return Err(not_json(text));
    }
    if let Some(name) = members.repeated.first() {
        return refused(format!("the record has {} twice", name.as_str()));
    }
    if let Some(wrong) = wrong {
        return refused(wrong);
    }
    let Some(body) = members.get(Name::Body) else { return refused("the record has no body".to_owned()) };
    match body.first() {
        Some(b'"') => match string(body) {
            Some(text) => Ok(text.into_bytes().into()),
            None => refused("the body of the record is not a valid JSON string".to_owned()),
        },
        _ => Ok(body.into()),
    }
}

fn of_unknown_operation(name: &str) -> Failure {
    /// Limit of the characters that are shown of a name.
    const SHOWN: usize = 60;
    let message = format!("the record is of an operation whose answers are not read: {}", cut(name, SHOWN));
    Failure::new(ErrorKind::OtherOperation, message)
}

/// Says what is wrong with a record that is not JSON.
fn not_json(text: &[u8]) -> Failure {
    let Err(error) = serde_json::from_slice::<IgnoredAny>(text) else {
        return Failure::new(ErrorKind::Syntax, "the record is not JSON");
    };
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(&*message, |(message, _)| message);
    // The error has a line, and a column in bytes.
    let before: usize = text
        .split_inclusive(|&byte| byte == b'\n')
        .take(error.line().saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    let offset = before + error.column().saturating_sub(1);
    Failure::new(ErrorKind::Syntax, format!("the record is not JSON: {message}"))
        .at(Position::at(text, offset))
}

/// The known members of a record, and the first of them with a value that cannot be read.
struct Values<'a> {
    members: &'a Members<'a>,
    wrong: Option<String>,
}

impl Values<'_> {
    /// The value of a member; `null` counts as absent.
    fn read<T>(&mut self, name: Name, expected: &str, parse: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
        let value = self.members.get(name).filter(|value| *value != b"null")?;
        let parsed = parse(value);
        if parsed.is_none() {
            /// Limit of the characters that are shown of a value.
            const SHOWN: usize = 60;
            let text = String::from_utf8_lossy(value);
            let wrong = format!("{} is {}, expected {expected}", name.as_str(), cut(&text, SHOWN));
            self.wrong.get_or_insert(wrong);
        }
        parsed
    }
}

/// The value of a JSON string.
fn string(value: &[u8]) -> Option<String> {
    serde_json::from_slice(value).ok()
}

/// The text of a JSON string or number.
fn scalar(value: &[u8]) -> Option<Cow<'_, str>> {
    match value.first()? {
        b'"' => string(value).map(Cow::Owned),
        _ => std::str::from_utf8(value).ok().map(Cow::Borrowed),
    }
}

fn time(value: &[u8]) -> Option<DateTime<Utc>> {
    // A negative number is a mark for "unknown", not a time before 1970.
    scalar(value).filter(|text| !text.starts_with('-')).and_then(|text| parse_time(&text).ok())
}

/// A known direction; an empty text names none.
fn direction(value: &[u8]) -> Option<Option<Direction>> {
    let text = string(value)?;
    if text.is_empty() {
        return Some(None);
    }
    Some(Direction::from(text.as_str())).filter(Direction::is_known).map(Some)
}

fn http_status(value: &[u8]) -> Option<u16> {
    scalar(value)?.parse().ok().filter(|status| (100..600).contains(status))
}

#[cfg(test)]
mod tests;
