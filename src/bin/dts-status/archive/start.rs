//! The start of the first source of an archive: [`Start`].

use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

use aliyun_dts_status::Decoder;

use crate::exit::warn;
use crate::input::Source;
use crate::record::Capture;

/// The start of the first source of an archive: a source without a poll may be one body over several lines.
#[derive(Default)]
pub(crate) struct Start {
    kept: Mutex<Vec<u8>>,
    /// True if any line of the archive has a response.
    pub(crate) has_response: bool,
}

/// Bytes that are kept; a longer body is not recognised.
const KEPT: usize = 256 << 10;

impl Start {
    /// A stream whose start is kept.
    pub(super) fn watch<R: Read>(&self, reader: R) -> Kept<'_, R> {
        Kept { reader, kept: &self.kept }
    }

    /// Returns true, and warns, if all of the archive is one body.
    pub(crate) fn report_one_body(&self, sources: &[Source], decoder: &Decoder) -> bool {
        let content = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let [source] = sources else { return false };
        let is_one = content.len() < KEPT && Capture::of(&content, decoder).decoded.is_ok();
        if is_one {
            let name = source.name();
            warn(format_args!(
                "{name}: one body, not an archive of one poll a line; `dts-status check` without --archive reads it"
            ));
        }
        is_one
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
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let more = count.min(KEPT.saturating_sub(kept.len()));
        kept.extend_from_slice(&buffer[..more]);
        Ok(count)
    }
}
