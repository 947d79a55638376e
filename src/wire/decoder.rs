//! From bytes to the model: [`decode`], [`Decoder`].

use std::mem;

use super::decoded::Decoded;
use super::error::{DecodeError, Refusal};
use super::format::Format;
use super::limits::Limits;
use super::quirk::QuirkKind;
use super::record::{BodyReader, Quirks, TreeReader};
use super::response::status_in;
use super::root::{self, Found};
use super::sniff::{self, Sniffed};
use super::tree::{MAX_BYTES, Tree};
use super::{json, usual, xml};
use crate::model::{ErrorKind, JobKind, Operation, Response};

/// Decodes a body of `DescribeSynchronizationJobStatus`, in the format that its first character shows, within the default
/// [`Limits`]. For other operations and other limits, use a [`Decoder`].
///
/// # Errors
///
/// If the body is not well-formed XML or JSON, if nothing in it is known, or if it is larger than the limits. A
/// field that cannot be read is not an error but a [`Quirk`](crate::Quirk).
///
/// ```
/// use aliyun_dts_status::decode;
/// use aliyun_dts_status::model::JobStatus;
///
/// let decoded = decode(br#"{"SynchronizationJobId": "dtsexjk1alb116****", "Status": "failed"}"#)?;
/// let job = decoded.job();
/// assert_eq!(job.and_then(|job| job.status.as_ref()), Some(&JobStatus::Failed));
/// assert_eq!(decoded.quirks[0].to_string(), r#"value_case at Status (byte 47): "failed""#);
/// # Ok::<(), aliyun_dts_status::DecodeError>(())
/// ```
pub fn decode(body: &[u8]) -> Result<Decoded, DecodeError> {
    Decoder::new().decode(body)
}

/// Decodes bodies of a given operation, in a given format or within given limits.
///
/// ```
/// use aliyun_dts_status::{Decoder, Format, Limits, Operation};
/// use chrono::TimeDelta;
///
/// let mut limits = Limits::default();
/// limits.bytes = 1 << 20;
/// let body = br#"{"DtsJobId": "i03e3zty16i", "Status": "Synchronizing", "Delay": 90000}"#;
/// let decoded = Decoder::new().operation(Operation::DescribeDtsJobDetail).limits(limits).decode(body)?;
/// // This operation gives delays in milliseconds.
/// assert_eq!(decoded.jobs()[0].delay_millis, TimeDelta::try_seconds(90));
///
/// let detected = Decoder::new().format(Format::Json).detect_operation().decode(body)?;
/// assert_eq!(detected, decoded);
/// # Ok::<(), aliyun_dts_status::DecodeError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Decoder {
    format: Option<Format>,
    /// `None` for the operation that a body shows.
    operation: Option<Operation>,
    kind: Option<JobKind>,
    limits: Limits,
}

/// As [`Decoder::new`].
impl Default for Decoder {
    fn default() -> Self {
        Decoder { format: None, operation: Some(Operation::default()), kind: None, limits: Limits::default() }
    }
}

/// What a body holds: the response, its operation, which directions of each item of a page are jobs, and the quirks.
type Parts = (Response, Operation, Vec<Vec<bool>>, Quirks);

impl Decoder {
    /// A decoder of `DescribeSynchronizationJobStatus` that detects the format and has the default limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads every body as the response of this operation. A body that shows another operation is refused: see
    /// [`DecodeError::operation`].
    #[must_use]
    pub fn operation(mut self, operation: Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Reads each body as the response of the operation that it shows beyond doubt: by an XML root, by the name of its
    /// list, by the id of its job. Any other is read as the response of `DescribeSynchronizationJobStatus`.
    #[must_use]
    pub fn detect_operation(mut self) -> Self {
        self.operation = None;
        self
    }

    /// Sets the kind of jobs whose record does not say it. Callers of `DescribeDtsJobs` know it: they ask for jobs of one
    /// kind. The unit of a delay there depends on it.
    #[must_use]
    pub fn kind(mut self, kind: JobKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Reads every body as this format.
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
        check_size(body, body.len(), self.limits.bytes.min(MAX_BYTES))?;
        let sniffed = sniff::sniff(body)?;
        // UTF-16 may grow by half when it becomes UTF-8.
        check_size(body, sniffed.text.len(), MAX_BYTES)?;
        let mut status = sniffed.head.as_ref().and_then(|head| head.status);
        self.decode_text(&sniffed, &mut status).map_err(|refusal| {
            let refusal = refusal.with_http_status(status);
            refusal.locate(sniffed.text.as_bytes(), |offset| sniffed.original_offset(offset))
        })
    }

    fn decode_text(&self, sniffed: &Sniffed<'_>, status: &mut Option<u16>) -> Result<Decoded, Box<Refusal>> {
        let text = &sniffed.text;
        if sniffed.ends_in_head() {
            let message = "the body ends inside its HTTP head";
            return Err(Refusal::new(ErrorKind::Truncated, text.len(), message));
        }
        let format = match self.format {
            Some(forced) => sniff::check(text, sniffed.start).map(|()| forced)?,
            None => sniff::format(text, sniffed.start)?,
        };
        let (response, operation, items, mut quirks) = match self.read_usual(sniffed, format, status) {
            Some(read) => {
                debug_assert!(
                    self.is_as_by_tree(&read, sniffed, format, *status),
                    "a tree gives another response"
                );
                read
            }
            None => self.read_by_tree(sniffed, format, status)?,
        };
        sniffed.restore_offsets(quirks.kept.iter_mut().map(|quirk| &mut quirk.offset));
        Ok(Decoded {
            response,
            format,
            operation,
            http_status: *status,
            quirks: quirks.kept,
            quirks_omitted: quirks.omitted,
            omitted_loses_value: quirks.omitted_loses_value,
            losses_omitted: quirks.losses_omitted,
            same_value: quirks.same_value,
            items,
        })
    }

    /// The quirks of what comes before the body.
    fn marks(&self, sniffed: &Sniffed<'_>) -> Quirks {
        let mut quirks = Quirks::new(self.limits.quirks);
        if let Some(offset) = sniffed.mark {
            quirks.add_at(QuirkKind::ByteOrderMark, offset, sniff::MARK);
        }
        if let Some(encoding) = sniffed.transcoded {
            quirks.add_at(QuirkKind::Transcoded, 0, encoding);
        }
        if let Some(head) = &sniffed.head {
            quirks.add_at(QuirkKind::HttpHead, head.offset, &head.line);
            if head.status.is_none() {
                quirks.add_at(QuirkKind::Unreadable, head.offset, &head.line);
            }
        }
        quirks
    }

    /// Reads a body in usual form.
    fn read_usual(&self, sniffed: &Sniffed<'_>, format: Format, status: &mut Option<u16>) -> Option<Parts> {
        let body = usual::Body {
            text: &sniffed.text,
            start: sniffed.start,
            format,
            transcoded: sniffed.transcoded.is_some(),
            operation: self.operation,
            kind: self.kind,
        };
        let (read, operation, quirks) = usual::read(&body, &self.limits, self.marks(sniffed))?;
        *status = (*status).max(status_in(&read.response));
        Some((read.response, operation, read.items, quirks))
    }

    /// Returns true if a body is read the same by way of a tree. Long bodies are not compared.
    fn is_as_by_tree(
        &self,
        read: &Parts,
        sniffed: &Sniffed<'_>,
        format: Format,
        status: Option<u16>,
    ) -> bool {
        const LONG: usize = 65_536;
        if sniffed.text.len() > LONG {
            return true;
        }
        let mut status_by_tree = sniffed.head.as_ref().and_then(|head| head.status);
        let by_tree = self.read_by_tree(sniffed, format, &mut status_by_tree);
        by_tree.is_ok_and(|by_tree| by_tree == *read) && status_by_tree == status
    }

    /// Reads a body by way of a tree.
    fn read_by_tree(
        &self,
        sniffed: &Sniffed<'_>,
        format: Format,
        status: &mut Option<u16>,
    ) -> Result<Parts, Box<Refusal>> {
        let tree = self.parse(&sniffed.text, sniffed.start, format, sniffed.transcoded.is_some())?;
        let mut reader = self.reader(&tree, self.marks(sniffed));
        let (response, items) = self.read(&mut reader, status)?;
        Ok((response, reader.operation, items, reader.quirks))
    }

    fn reader<'t>(&'t self, tree: &'t Tree<'t>, quirks: Quirks) -> TreeReader<'t> {
        let mut reader = BodyReader::new(tree, &self.limits);
        reader.quirks = quirks;
        reader.kind = self.kind;
        reader
    }

    fn parse<'a>(
        &self,
        text: &'a str,
        start: usize,
        format: Format,
        transcoded: bool,
    ) -> Result<Tree<'a>, Box<Refusal>> {
        match format {
            Format::Json => json::read(text, start, &self.limits),
            Format::Xml => xml::read(text, start, transcoded, &self.limits),
        }
    }

    /// Reads the response from a tree.
    fn read(
        &self,
        reader: &mut TreeReader<'_>,
        status: &mut Option<u16>,
    ) -> Result<(Response, Vec<Vec<bool>>), Box<Refusal>> {
        let tree = reader.source;
        if let Some(doctype) = tree.doctype {
            reader.quirks.add_at(QuirkKind::Doctype, doctype.start().unwrap_or(0), tree.str(doctype));
        }
        let read = match root::find(reader, self.operation, status)? {
            Found::Fields(fields) => fields.read(reader, status)?,
            Found::Text(id) => self.read_text(reader, id, status)?,
        };
        if let Some(id) = reader.too_many_jobs {
            let message = format!("a page of more than {} jobs", self.limits.jobs);
            return Err(Refusal::new(ErrorKind::TooLarge, tree.offset(id), message));
        }
        match reader.too_long_list {
            Some(id) => {
                let message = format!("a list of more than {} items", self.limits.items);
                Err(Refusal::new(ErrorKind::TooLarge, tree.offset(id), message))
            }
            None => Ok(read),
        }
    }

    /// Reads the response from a text in a tree: the body of an SDK's dump. Its offsets become that of the text's key.
    #[cold]
    fn read_text(
        &self,
        outer: &mut TreeReader<'_>,
        id: usize,
        status: &mut Option<u16>,
    ) -> Result<(Response, Vec<Vec<bool>>), Box<Refusal>> {
        let offset = outer.source.offset(id);
        let text = outer.source.raw(id);
        let before = outer.quirks.kept.len();
        let start = if text.starts_with(sniff::MARK) { sniff::MARK.len() } else { 0 };
        if start > 0 {
            outer.quirks.add_at(QuirkKind::ByteOrderMark, offset, sniff::MARK);
        }
        let read = sniff::format(&text, start).and_then(|format| {
            let tree = self.parse(&text, start, format, false)?;
            let mut reader = self.reader(&tree, mem::take(&mut outer.quirks));
            let read = match root::find(&mut reader, self.operation, status)? {
                Found::Fields(fields) => fields.read(&mut reader, status)?,
                Found::Text(_) => {
                    let message = "a dump inside the text of a dump";
                    return Err(Refusal::new(ErrorKind::UnrecognizedBody, 0, message));
                }
            };
            outer.quirks = reader.quirks;
            // The node is of another tree, but the error only needs an offset.
            outer.too_long_list = reader.too_long_list.map(|_| id);
            outer.too_many_jobs = reader.too_many_jobs.map(|_| id);
            outer.operation = reader.operation;
            Ok(read)
        });
        for quirk in outer.quirks.kept.iter_mut().skip(before) {
            quirk.offset = offset;
        }
        read.map_err(|refusal| refusal.at(offset))
    }
}

/// Refuses a body with too many bytes, or whose text would have too many.
fn check_size(body: &[u8], len: usize, limit: usize) -> Result<(), DecodeError> {
    if len > limit {
        let message = format!("a body of more than {limit} bytes");
        let end = limit.min(body.len());
        return Err(Refusal::new(ErrorKind::TooLarge, end, message).locate(body, |offset| offset));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
