//! A response in usual form is read from the text without a tree: [`read`].

use super::format::Format;
use super::limits::Limits;
use super::names::{shows, unmistakable};
use super::quirk::{Quirk, QuirkKind};
use super::record::{BodyReader, Location, Quirks};
use super::response::{self, Read};
use super::root_name::{is_envelope, operation_with_root};
use super::source::{Cursor, Entry, JsonCursor, Source, XmlCursor};
use crate::field::{DUMP_STATUS, Field, OWN_KEYS, same_name};
use crate::model::{JobKind, Operation, Response};
use crate::path::Segment;

/// A body in usual form: what to read it as.
pub(super) struct Body<'a> {
    pub(super) text: &'a str,
    /// The offset of the body in the text.
    pub(super) start: usize,
    pub(super) format: Format,
    pub(super) transcoded: bool,
    /// The operation; `None` for the one that the body shows.
    pub(super) operation: Option<Operation>,
    pub(super) kind: Option<JobKind>,
}

/// The response in a body, its operation, and the quirks, added to those that are known. `None` if the body is not in
/// usual form: then it is read by way of a tree.
pub(super) fn read(body: &Body<'_>, limits: &Limits, quirks: Quirks) -> Option<(Read, Operation, Quirks)> {
    let Body { text, start, transcoded, .. } = *body;
    match body.format {
        Format::Json => {
            let new = || JsonCursor::new(text, start, limits);
            let (mut cursor, root) = new();
            let operation = match body.operation {
                Some(operation) => operation,
                None => {
                    // Most bodies are of the first operation.
                    match response(cursor, &root, Operation::default(), body.kind, limits, quirks.clone()) {
                        Err(Unread::Unsure) => cursor = new().0,
                        first => return first.ok(),
                    }
                    shown(&mut cursor, &root).filter(|shown| *shown != Operation::default())?
                }
            };
            response(cursor, &root, operation, body.kind, limits, quirks).ok()
        }
        Format::Xml => {
            let (cursor, name, root) = XmlCursor::new(text, start, transcoded, limits)?;
            let operation = operation_with_root(name).filter(|operation| operation.root() == name)?;
            if body.operation.is_some_and(|asked| asked != operation) {
                return None;
            }
            response(cursor, &root, operation, body.kind, limits, quirks).ok()
        }
    }
}

/// The operation that the names in the root show beyond doubt, else the first of all; `None` for an envelope.
fn shown<'a, S: Source<'a>>(source: &mut S, root: &Entry<'a>) -> Option<Operation> {
    let mut shown = None;
    let mut is_envelope_seen = false;
    source.any_member(root, &mut |name, entry| {
        shown = unmistakable(name, &entry.content);
        is_envelope_seen = is_envelope(name, None);
        shown.is_some() || is_envelope_seen
    });
    (!is_envelope_seen).then(|| shown.unwrap_or_default())
}

/// Why a body was not read.
enum Unread {
    /// The cursor gave up, as it would for any operation.
    GaveUp,
    /// It may be of another operation, or needs a survey of all fields.
    Unsure,
}

/// The response in a record that is the root.
fn response<'a, S: Cursor<'a>>(
    cursor: S,
    root: &Entry<'a>,
    operation: Operation,
    kind: Option<JobKind>,
    limits: &'a Limits,
    quirks: Quirks,
) -> Result<(Read, Operation, Quirks), Unread> {
    let mut reader = BodyReader::new(cursor, limits);
    reader.quirks = quirks;
    reader.operation = operation;
    reader.kind = kind;
    let location = Location::root(root);
    reader.report_attributes(&location);
    let read = response::read(&mut reader, &location);
    if !reader.source.is_done() {
        return Err(Unread::GaveUp);
    }
    let is_whole = reader.too_long_list.is_none() && reader.too_many_jobs.is_none();
    match is_whole && is_sure(&reader, &read) {
        true => Ok((read, operation, reader.quirks)),
        false => Err(Unread::Unsure),
    }
}

/// Returns true if fields are surely those of a response, in no envelope, and without a status that only a survey of all
/// fields shows.
fn is_sure<'a, S: Source<'a>>(reader: &BodyReader<'a, S>, read: &Read) -> bool {
    let operation = reader.operation;
    if operation != Operation::default() {
        return !reader.has_unknown_field && read.has_any(|field| shows(operation, field));
    }
    if names_job(&read.response) {
        let is_clean = reader.quirks.kept.is_empty() && reader.quirks.omitted == 0;
        return (!read.has(Field::HttpStatusCode) || is_clean)
            && !(reader.has_unknown_field && may_say_more(&reader.quirks));
    }
    !read.is_empty()
        && !read.has(Field::Code)
        && !read.has(Field::HttpStatusCode)
        && !reader.has_unknown_field
        && !may_have_body(&reader.quirks)
}

/// Returns true for a job with an id that is not blank.
fn names_job(response: &Response) -> bool {
    matches!(response, Response::Job(job) if job.job_id.as_ref().is_some_and(|id| !id.trim().is_empty()))
}

/// Returns true if the record may be an envelope: then the walk reports the body at the root.
fn may_have_body(quirks: &Quirks) -> bool {
    may_be_among(quirks, |quirk| quirk.kind == QuirkKind::DuplicateField && quirk.path.segments().is_empty())
}

/// Returns true if an unknown field may be one of the JSON that this crate writes, or the HTTP status of a dump.
fn may_say_more(quirks: &Quirks) -> bool {
    may_be_among(quirks, |quirk| match quirk.path.segments() {
        [Segment::Name(name)] => {
            quirk.kind == QuirkKind::UnknownField
                && (OWN_KEYS.contains(&&**name) || same_name(DUMP_STATUS, name))
        }
        _ => false,
    })
}

/// Returns true if there is such a quirk, or there may be one among those beyond the limit.
fn may_be_among(quirks: &Quirks, is_such: impl Fn(&Quirk) -> bool) -> bool {
    quirks.omitted > 0 || quirks.kept.iter().any(is_such)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::wire::sniff;

    fn is_read(body: &[u8], limits: &Limits) -> bool {
        let sniffed = sniff::sniff(body).unwrap();
        let body = Body {
            text: &sniffed.text,
            start: sniffed.start,
            format: sniff::format(&sniffed.text, sniffed.start).unwrap(),
            transcoded: sniffed.transcoded.is_some(),
            operation: Some(Operation::default()),
            kind: None,
        };
        read(&body, limits, Quirks::new(limits.quirks)).is_some()
    }

    fn bodies(folder: &str) -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(folder);
        let mut bodies: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        bodies.sort();
        bodies
    }

    #[test]
    fn only_unusual_bodies_need_a_tree() {
        let mut unusual = Vec::new();
        for folder in ["samples", "shapes", "values", "quirks"] {
            for path in bodies(folder) {
                if path.is_file() && !is_read(&fs::read(&path).unwrap(), &Limits::default()) {
                    unusual.push(format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap()));
                }
            }
        }
        let expected = [
            "samples/chinese-job-rootless.xml",
            "samples/http-200-failure.json",
            "samples/http-200-failure.xml",
            "shapes/comments-cdata-references.xml",
            "shapes/escaped-keys.json",
            "shapes/rootless-stage.xml",
            "shapes/rootless.xml",
            "shapes/sdk-dump-next-to-a-call.json",
            "shapes/sdk-dump-of-envelope.json",
            "shapes/sdk-dump-with-text-body.json",
            "shapes/sdk-dump-with-xml-as-text.json",
            "shapes/sdk-dump.json",
            "values/code-and-message-next-to-fields.json",
            "values/code-and-message-next-to-fields.xml",
            "values/every-null.json",
            "values/every-wrong.json",
            "values/every-wrong.xml",
            "values/json-every-empty.json",
            "values/long-numbers.json",
            "values/xml-every-empty.xml",
            "quirks/doctype.xml",
            "quirks/envelope.json",
            "quirks/http-head-and-xml.txt",
            "quirks/names-and-root-with-separators.xml",
            "quirks/root-missing.xml",
            "quirks/root-name-case.xml",
            "quirks/root-name.xml",
            "quirks/second-body.json",
            "quirks/text-beside-elements.xml",
        ];
        assert_eq!(unusual, expected);
    }

    /// What is read without a tree, also exactly at a limit.
    #[test]
    fn usual_forms_need_no_tree() {
        let root = |inner: &str| {
            format!(
                "<DescribeSynchronizationJobStatusResponse>{inner}</DescribeSynchronizationJobStatusResponse>"
            )
        };
        let id = "<SynchronizationJobId>dtsabcdefgh</SynchronizationJobId>";
        let bodies = [
            r#"{"SynchronizationJobId":"a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}"#.to_owned(),
            r#" {"SynchronizationJobId" : "dtsabcdefgh", "Delay" : -12.5e+3, "Unknown":{"a":[1,null]}} "#
                .to_owned(),
            root(&format!("<!-- - -->{id}<!-- a - b --><Status>Syn<!-- -->chronizing</Status>")),
            root(&format!("{id}<ErrorMessage>a ] b]] &lt;&#x41;<![CDATA[<]]>\r\n</ErrorMessage>")),
            root(&format!("{id}<Status a=\"b\"/><Unknown_Name>dtsabcdefgh</Unknown_Name >")),
        ];
        for body in &bodies {
            assert!(is_read(body.as_bytes(), &Limits::default()), "{body}");
        }
        // The longest text is of 11 bytes. A limit below the names of fields is for the tree.
        let at_limit = Limits { name: Field::LONGEST, scalar: 11, number: 20, ..Limits::default() };
        let number = r#"{"SynchronizationJobId":"dtsabcdefgh","Delay":12345678901234567890}"#;
        for body in [number, &root(id), &root(&format!("{id}<Unknown a=\"b\">dtsabcdefgh</Unknown>"))] {
            let name = if body.starts_with('<') { 40 } else { Field::LONGEST };
            let limits = Limits { name, ..at_limit.clone() };
            assert!(is_read(body.as_bytes(), &limits), "{body}");
            assert!(!is_read(body.as_bytes(), &Limits { scalar: 10, ..limits.clone() }), "{body}");
            assert!(!is_read(body.as_bytes(), &Limits { name: name - 1, ..limits }), "{body}");
        }
        let name = "Unknown_Unknown_Unknown_Unknown_Unknown_Unknown";
        let json = format!(r#"{{"SynchronizationJobId":"a","{name}":1}}"#);
        for body in [root(&format!("{id}<{name}></{name}>")), json] {
            assert!(is_read(body.as_bytes(), &Limits { name: 47, ..Limits::default() }));
            for len in [20, 45, 46] {
                assert!(!is_read(body.as_bytes(), &Limits { name: len, ..Limits::default() }), "{len}");
            }
        }
    }
}
