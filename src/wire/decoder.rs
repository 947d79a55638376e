//! From bytes to the model: [`decode`], [`Decoder`].

use super::decoded::Decoded;
use super::error::{DecodeError, Refusal};
use super::format::Format;
use super::limits::Limits;
use super::quirk::QuirkKind;
use super::record::BodyReader;
use super::sniff::{self, Sniffed};
use super::tree::MAX_BYTES;
use super::{json, root, xml};
use crate::model::{ErrorKind, Response};

/// Decodes a body, in the format that its first character shows, within the default [`Limits`].
///
/// # Errors
///
/// If the body is not well-formed XML or JSON, if nothing in it is known, or if it is larger than the limits. A
/// field that cannot be read is not an error but a [`Quirk`](crate::Quirk).
pub fn decode(body: &[u8]) -> Result<Decoded, DecodeError> {
    Decoder::new().decode(body)
}

/// Decodes bodies with a given format or given limits.
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    format: Option<Format>,
    limits: Limits,
}

impl Decoder {
    /// A decoder that detects the format and has the default limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
        self.decode_text(&sniffed).map_err(|refusal| {
            refusal.locate(sniffed.text.as_bytes(), |offset| sniffed.original_offset(offset))
        })
    }

    fn decode_text(&self, sniffed: &Sniffed<'_>) -> Result<Decoded, Box<Refusal>> {
        let Sniffed { ref text, start, transcoded } = *sniffed;
        let format = sniffed.format(self.format)?;
        let tree = match format {
            Format::Json => json::read(text, start, &self.limits)?,
            Format::Xml => xml::read(text, start, transcoded.is_some(), &self.limits)?,
        };
        let mut reader = BodyReader::new(&tree, &self.limits);
        if start > 0 {
            reader.report_at(QuirkKind::ByteOrderMark, 0, "\u{FEFF}");
        }
        if let Some(encoding) = transcoded {
            reader.report_at(QuirkKind::Transcoded, 0, encoding);
        }
        if let Some(doctype) = tree.doctype {
            reader.report_at(QuirkKind::Doctype, doctype.start().unwrap_or(0), tree.str(doctype));
        }
        let response = root::read(&mut reader)?;
        if let Some(id) = reader.too_long_list {
            let message = format!("a list of more than {} items", self.limits.items);
            return Err(Refusal::new(ErrorKind::TooLarge, tree.offset(id), message));
        }
        let mut quirks = reader.quirks;
        sniffed.restore_offsets(quirks.kept.iter_mut().map(|quirk| &mut quirk.offset));
        let http_status = status_field(&response);
        Ok(Decoded {
            response,
            format,
            http_status,
            quirks: quirks.kept,
            quirks_omitted: quirks.omitted,
            omitted_loses_value: quirks.omitted_loses_value,
            losses_omitted: quirks.losses_omitted,
            same_value: quirks.same_value,
        })
    }
}

/// The HTTP status that a job carries as a field.
fn status_field(response: &Response) -> Option<u16> {
    response.job()?.http_status_code.and_then(|status| u16::try_from(status).ok())
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
