//! From bytes to the model and back: [`decode`], [`Decoder`], [`encode`].

mod error;

mod json;
mod quirk;
mod record;
mod root;
mod scalar;
mod schema;
mod sniff;
mod tree;
mod xml;

use std::error::Error;
use std::fmt;

use serde::{Serialize, Serializer};

pub use self::error::DecodeError;
use self::error::Refusal;
pub use self::quirk::{Quirk, QuirkKind};
use self::record::{Record, Walk};
use self::sniff::Sniffed;
use crate::field::{ERROR_ROOT, ROOT};
use crate::model::{ErrorKind, Fault, Response, SyncJob};

/// Decodes a body, XML or JSON by its content, within the default [`Limits`].
///
/// # Errors
///
/// If the body is no well-formed XML or JSON, nothing in it is known, or it is larger than the limits. One
/// field that can't be read is no error but a [`Quirk`].
pub fn decode(body: &[u8]) -> Result<Decoded, DecodeError> {
    Decoder::new().decode(body)
}

/// Encodes a response as a clean, documented body. Characters that XML can't hold become U+FFFD there.
///
/// What comes out decodes to an equal response, for every response that [`decode`] gives.
#[must_use]
pub fn encode(response: &Response, format: Format) -> Vec<u8> {
    match response {
        Response::Job(job) if **job == SyncJob::default() => {
            // A body without a field is nobody's; one with an empty text says as little, and can be read.
            encode_record(&SyncJob { request_id: Some(String::new()), ..SyncJob::default() }, ROOT, format)
        }
        Response::Job(job) => encode_record(&**job, ROOT, format),
        Response::Fault(fault) if fault.code.is_none() && fault.message.is_none() => {
            // `Code` is what tells an error document from a job.
            encode_record(&Fault { code: Some(String::new()), ..fault.clone() }, ERROR_ROOT, format)
        }
        Response::Fault(fault) => encode_record(fault, ERROR_ROOT, format),
    }
}

fn encode_record<R: Record>(record: &R, root: &str, format: Format) -> Vec<u8> {
    match format {
        Format::Json => json::write(record),
        Format::Xml => xml::write(root, record),
    }
}

/// The two formats of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "the API has two formats")]
pub enum Format {
    /// `Format=XML`, the API's default.
    Xml,
    /// `Format=JSON`.
    Json,
}

/// Decodes bodies, with a format or limits of the caller's choice.
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    format: Option<Format>,
    limits: Limits,
}

impl Decoder {
    /// A decoder that finds out the format and has the default limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes every body as one of this format.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// Sets the limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Decodes a body.
    ///
    /// # Errors
    ///
    /// As [`decode`].
    pub fn decode(&self, body: &[u8]) -> Result<Decoded, DecodeError> {
        check_size(body, body.len(), self.limits.bytes.min(tree::MAX_BYTES))?;
        let sniffed = sniff::sniff(body)?;
        // UTF-16 may grow by half when it becomes UTF-8.
        check_size(body, sniffed.text.len(), tree::MAX_BYTES)?;
        self.decode_text(&sniffed).map_err(|failure| {
            failure.locate(sniffed.text.as_bytes(), |offset| sniffed.original_offset(offset))
        })
    }

    fn decode_text(&self, sniffed: &Sniffed<'_>) -> Result<Decoded, Box<Refusal>> {
        let Sniffed { ref text, start, transcoded } = *sniffed;
        let format = sniffed.format(self.format)?;
        let tree = match format {
            Format::Json => json::read(text, start, &self.limits)?,
            Format::Xml => xml::read(text, start, transcoded.is_some(), &self.limits)?,
        };
        let mut walk = Walk::new(&tree, &self.limits);
        if start > 0 {
            walk.report_at(QuirkKind::ByteOrderMark, 0, "\u{FEFF}");
        }
        if let Some(encoding) = transcoded {
            walk.report_at(QuirkKind::Transcoded, 0, encoding);
        }
        if let Some(doctype) = tree.doctype {
            walk.report_at(QuirkKind::Doctype, doctype.start().unwrap_or(0), tree.str(doctype));
        }
        let response = root::read(&mut walk)?;
        if let Some(id) = walk.overlong {
            let message = format!("a list of more than {} items", self.limits.items);
            return Err(Refusal::new(ErrorKind::TooLarge, tree.offset(id), message));
        }
        let mut quirks = walk.quirks;
        sniffed.restore_offsets(quirks.iter_mut().map(|quirk| &mut quirk.offset));
        Ok(Decoded {
            response,
            format,
            quirks,
            quirks_omitted: walk.more_quirks,
            omitted_loses_value: walk.more_losses,
        })
    }
}

/// Refuses a body of too many bytes, or whose text would have too many.
fn check_size(body: &[u8], len: usize, most: usize) -> Result<(), DecodeError> {
    if len > most {
        let message = format!("a body of more than {most} bytes");
        let end = most.min(body.len());
        return Err(Refusal::new(ErrorKind::TooLarge, end, message).locate(body, |offset| offset));
    }
    Ok(())
}

/// How much a body may hold. Beyond a limit it is refused, except that quirks are only counted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the body: 16 MiB. 2 GiB is the most that can be set.
    pub bytes: usize,
    /// Objects and lists, or elements, within each other: 64. The JSON reader stops at 127 whatever is set.
    pub depth: usize,
    /// Values, objects, lists and elements: 1,000,000.
    pub nodes: usize,
    /// Items of one list of the response, and members of `AccessDeniedDetail`: 100,000. Bare texts in JSON that stand
    /// for items count together.
    pub items: usize,
    /// Attributes of one tag: 256.
    pub attributes: usize,
    /// Bytes of a name: 1 KiB.
    pub name: usize,
    /// Bytes of one text: 1 MiB.
    pub scalar: usize,
    /// Characters of a number in JSON that is no plain 64-bit integer: 1,000.
    pub number: usize,
    /// Quirks that are kept: 1,000. The rest is counted.
    pub quirks: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 16 << 20,
            depth: 64,
            nodes: 1_000_000,
            items: 100_000,
            attributes: 256,
            name: 1 << 10,
            scalar: 1 << 20,
            number: 1_000,
            quirks: 1_000,
        }
    }
}

/// A body, decoded: what it says, and all that had to be tolerated for that.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Decoded {
    /// What the body says.
    pub response: Response,
    /// Which format it is in.
    pub format: Format,
    /// What had to be tolerated, in the order of reading.
    pub quirks: Vec<Quirk>,
    /// How many quirks there were beyond [`Limits::quirks`].
    pub quirks_omitted: usize,
    omitted_loses_value: bool,
}

impl Decoded {
    /// Whether the body is in the documented form throughout.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.quirks.is_empty() && self.quirks_omitted == 0
    }

    /// Whether content of the body is missing from the response; each piece stands in a quirk.
    #[must_use]
    pub fn loses_value(&self) -> bool {
        self.omitted_loses_value || self.quirks.iter().any(|quirk| quirk.kind.loses_value())
    }

    /// The job, if the response is one.
    #[must_use]
    pub fn job(&self) -> Option<&SyncJob> {
        self.response.job()
    }

    /// The response of a clean body.
    ///
    /// # Errors
    ///
    /// If anything had to be tolerated; the error has all of it, and the response.
    pub fn into_strict(self) -> Result<Response, NotClean> {
        if self.is_clean() { Ok(self.response) } else { Err(NotClean(Box::new(self))) }
    }
}

/// A body that strict use refuses: [`Decoded::into_strict`].
#[derive(Debug, Clone, PartialEq)]
pub struct NotClean(Box<Decoded>);

impl NotClean {
    /// What was decoded all the same.
    #[must_use]
    pub fn into_decoded(self) -> Decoded {
        *self.0
    }
}

impl fmt::Display for NotClean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = self.0.quirks.len().saturating_add(self.0.quirks_omitted).saturating_sub(1);
        f.write_str("the body is not in the documented form")?;
        if let Some(first) = self.0.quirks.first() {
            write!(f, ": {first}")?;
        }
        if more > 0 { write!(f, " and {more} more") } else { Ok(()) }
    }
}

impl Error for NotClean {}

impl Format {
    /// The name in lower case: `xml`, `json`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Xml => "xml",
            Format::Json => "json",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
