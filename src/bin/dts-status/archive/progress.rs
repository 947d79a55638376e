//! The progress bar while an archive is read: [`Progress`].

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::input::Source;

/// A bar on standard error if that is a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    lines: AtomicU64,
}

impl Progress {
    /// A bar for all of these sources; without a length if the size of one is unknown.
    pub(crate) fn over(sources: &[Source]) -> Self {
        let total = sources.iter().map(Source::size).sum::<Option<u64>>();
        let (bar, template) = match total {
            Some(total) => (
                ProgressBar::new(total),
                "{bar:30} {bytes} of {total_bytes}, {msg}, {bytes_per_sec}, {eta} left",
            ),
            None => (ProgressBar::no_length(), "{spinner} {bytes}, {msg}, {bytes_per_sec}, {elapsed}"),
        };
        // The templates are valid constants; the default style is a fallback only.
        let bar = match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
        bar.set_message("0 lines");
        bar.set_draw_target(ProgressDrawTarget::stderr());
        Progress { bar, lines: AtomicU64::new(0) }
    }

    /// A stream whose bytes are counted as they are read.
    pub(super) fn watch<R: Read>(&self, reader: R) -> Watched<'_, R> {
        Watched { reader, bar: &self.bar }
    }

    /// Counts lines that are done.
    pub(super) fn lines(&self, more: u64) {
        let lines = self.lines.fetch_add(more, Ordering::Relaxed) + more;
        if !self.bar.is_hidden() {
            self.bar.set_message(format!("{lines} lines"));
        }
    }

    /// Hides the bar while something is printed.
    pub(crate) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Removes the bar.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// A stream whose bytes are counted.
pub(super) struct Watched<'a, R> {
    reader: R,
    bar: &'a ProgressBar,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.bar.inc(count as u64);
        Ok(count)
    }
}
