//! A job in usual form is read from the text without a tree: [`read`].

use super::format::Format;
use super::limits::Limits;
use super::quirk::{Quirk, QuirkKind};
use super::record::{BodyReader, Location, Quirks, bit};
use super::source::{Cursor, Entry, JsonCursor, Source, XmlCursor};
use crate::field::{Field, OWN_KEYS};
use crate::model::SyncJob;
use crate::path::Segment;

/// The job in a text from an offset on, and the quirks, added to those that are known. `None` if the body is not in usual
/// form: then it is read by way of a tree.
pub(super) fn read(
    text: &str,
    start: usize,
    format: Format,
    transcoded: bool,
    limits: &Limits,
    quirks: Quirks,
) -> Option<(Box<SyncJob>, Quirks)> {
    match format {
        Format::Json => {
            let (cursor, root) = JsonCursor::new(text, start, limits);
            job(cursor, &root, limits, quirks)
        }
        Format::Xml => {
            let (cursor, root) = XmlCursor::new(text, start, transcoded, limits)?;
            job(cursor, &root, limits, quirks)
        }
    }
}

/// The job in a record that is the root.
fn job<'a, S: Cursor<'a>>(
    cursor: S,
    root: &Entry<'a>,
    limits: &'a Limits,
    quirks: Quirks,
) -> Option<(Box<SyncJob>, Quirks)> {
    let mut reader = BodyReader::new(cursor, limits);
    reader.quirks = quirks;
    let location = Location::root(root);
    reader.report_attributes(&location);
    let mut job = Box::<SyncJob>::default();
    let fields = reader.record(&mut *job, &location);
    let is_whole = reader.source.is_done() && reader.too_long_list.is_none();
    (is_whole && is_job(&reader, fields)).then_some((job, reader.quirks))
}

/// Returns true if fields are surely those of a job, in no envelope, and without a status that only a survey of all fields
/// shows.
fn is_job<'a, S: Source<'a>>(reader: &BodyReader<'a, S>, fields: u128) -> bool {
    let has = |field| fields & bit(field) != 0;
    if has(Field::SynchronizationJobId) {
        let is_clean = reader.quirks.kept.is_empty() && reader.quirks.omitted == 0;
        return (!has(Field::HttpStatusCode) || is_clean)
            && !(reader.has_unknown_field && may_be_own_model(&reader.quirks));
    }
    fields != 0 && !has(Field::Code) && !has(Field::HttpStatusCode) && !reader.has_unknown_field
}

/// Returns true if an unknown field may be one of the JSON that this crate writes.
fn may_be_own_model(quirks: &Quirks) -> bool {
    let is_own = |quirk: &Quirk| match quirk.path.segments() {
        [Segment::Name(name)] => quirk.kind == QuirkKind::UnknownField && OWN_KEYS.contains(&&**name),
        _ => false,
    };
    quirks.omitted > 0 || quirks.kept.iter().any(is_own)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::wire::sniff;

    fn is_read(body: &[u8]) -> bool {
        let limits = Limits::default();
        let sniffed = sniff::sniff(body).unwrap();
        let format = sniff::format(&sniffed.text, sniffed.start).unwrap();
        let transcoded = sniffed.transcoded.is_some();
        read(&sniffed.text, sniffed.start, format, transcoded, &limits, Quirks::new(limits.quirks)).is_some()
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
                if path.is_file() && !is_read(&fs::read(&path).unwrap()) {
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
            "shapes/sdk-dump-of-envelope.json",
            "shapes/sdk-dump-with-text-body.json",
            "shapes/sdk-dump-with-xml-as-text.json",
            "shapes/sdk-dump.json",
            "values/code-and-message-next-to-fields.json",
            "values/code-and-message-next-to-fields.xml",
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
}
