//! The start of the first source of an archive: [`Start`].

use std::io::{self, Read};
use std::sync::Mutex;

use aliyun_dts_status::Decoder;

use super::threads::lock;
use crate::exit::{Exit, Failure};
use crate::input::Source;
use crate::record::Capture;

/// The start of the first source of an archive: a source without a poll may be one body over several lines.
#[derive(Default)]
pub(crate) struct Start {
    kept: Mutex<Vec<u8>>,
}

/// Bytes that are kept; a longer body is not recognised.
const KEPT: usize = 256 << 10;

impl Start {
    /// A stream whose start is kept.
    pub(super) fn watch<R: Read>(&self, reader: R) -> Kept<'_, R> {
        Kept { reader, kept: &self.kept }
    }

    /// The failure if the only source is one body.
    pub(crate) fn refuse_one_body(&self, sources: &[Source], decoder: &Decoder) -> Result<(), Failure> {
        let [source] = sources else { return Ok(()) };
        // Only a regular file can be read twice, at its start already.
        let content = match source.size() {
            Some(_) => source.read().unwrap_or_default(),
            None => lock(&self.kept).clone(),
        };
        if content.len() >= KEPT || Capture::of(&content, decoder).decoded.is_err() {
            return Ok(());
        }
        let name = source.name();
        Err(Failure::new(
            Exit::BadBody,
            format_args!(
                "{name}: one body, not an archive of one poll a line; `dts-status check` without --archive reads it"
            ),
        ))
    }
}

/// A stream whose start is kept.
pub(super) struct Kept<'a, R> {
    reader: R,
    kept: &'a Mutex<Vec<u8>>,
}

impl<R: Read> Read for Kept<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let mut kept = lock(self.kept);
        let more = count.min(KEPT.saturating_sub(kept.len()));
        kept.extend_from_slice(&buffer[..more]);
        Ok(count)
    }
}
