//! How far the reading of an archive is, for whoever waits at a terminal: [`Progress`].

use std::cell::Cell;
use std::io::{self, Read};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::input::Source;

/// A bar on standard error; nothing where that is no terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    lines: Cell<u64>,
}

impl Progress {
    /// Over all of these, if their sizes are known.
    pub(crate) fn over(sources: &[Source]) -> Self {
        let total = sources.iter().map(Source::size).sum::<Option<u64>>();
        let (bar, template) = match total {
            Some(total) => (
                ProgressBar::new(total),
                "{bar:30} {bytes} of {total_bytes}, {msg}, {bytes_per_sec}, {eta} left",
            ),
            None => (ProgressBar::no_length(), "{spinner} {bytes}, {msg}, {bytes_per_sec}, {elapsed}"),
        };
        // The templates are constant; if one were unsound there would be the default.
        let bar = match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
        bar.set_draw_target(ProgressDrawTarget::stderr());
        Progress { bar, lines: Cell::new(0) }
    }

    /// A stream whose bytes are counted as they are read.
    pub(super) fn watch<R: Read>(bar: &ProgressBar, reader: R) -> Watched<R> {
        Watched { reader, bar: bar.clone() }
    }

    /// What threads that read may hold of it.
    pub(super) fn bar(&self) -> &ProgressBar {
        &self.bar
    }

    /// So many more lines are done.
    pub(super) fn lines(&self, more: u64) {
        self.lines.set(self.lines.get() + more);
        if !self.bar.is_hidden() {
            self.bar.set_message(format!("{} lines", self.lines.get()));
        }
    }

    /// Prints something without the bar in its way.
    pub(crate) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// A stream whose bytes are counted.
pub(super) struct Watched<R> {
    reader: R,
    bar: ProgressBar,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.bar.inc(count as u64);
        Ok(count)
    }
}
