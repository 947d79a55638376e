//! A line that says how far an archive is read: [`Progress`].

use std::io::{self, IsTerminal, Read, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::threads::lock;
use crate::exit::ERASE_LINE;
use crate::input::Source;
use crate::output::count;

/// A line on standard error if that is a terminal. It is shorter than a terminal is wide and ends without a line break,
/// so that what is printed or typed next leaves nothing of it.
pub(crate) struct Progress {
    /// Number of all bytes; `None` if the size of a source is unknown.
    total: Option<u64>,
    bytes: AtomicU64,
    lines: AtomicU64,
    /// `None` where no line is wanted.
    state: Option<Mutex<State>>,
}

struct State {
    /// The time of the next update; `None` after the end.
    next: Option<Instant>,
    is_shown: bool,
}

/// A short run shows no line.
const FIRST: Duration = Duration::from_secs(1);
const INTERVAL: Duration = Duration::from_millis(200);

impl Progress {
    pub(crate) fn over(sources: &[Source]) -> Self {
        // It would be in the way of what is typed.
        let is_typed = sources.contains(&Source::StandardInput) && io::stdin().is_terminal();
        let is_wanted = io::stderr().is_terminal() && !is_typed;
        let state = || Mutex::new(State { next: after(FIRST), is_shown: false });
        Progress {
            total: sources.iter().map(Source::size).sum(),
            bytes: AtomicU64::new(0),
            lines: AtomicU64::new(0),
            state: is_wanted.then(state),
        }
    }

    /// A stream whose bytes are counted as they are read.
    pub(super) fn watch<R: Read>(&self, reader: R) -> Watched<'_, R> {
        Watched { reader, progress: self }
    }

    /// Counts lines that are done.
    pub(super) fn lines(&self, more: u64) {
        self.lines.fetch_add(more, Ordering::Relaxed);
        self.with_state(|state| {
            if state.next.is_some_and(|next| next <= now()) {
                state.next = after(INTERVAL);
                self.show(state);
            }
        });
    }

    /// Hides the line before something is printed to standard output. Warnings replace it themselves.
    pub(crate) fn hide(&self) {
        if io::stdout().is_terminal() {
            self.with_state(hide);
        }
    }

    /// Hides the line for good.
    pub(crate) fn end(&self) {
        self.with_state(|state| {
            state.next = None;
            hide(state);
        });
    }

    fn with_state(&self, each: impl FnOnce(&mut State)) {
        if let Some(state) = &self.state {
            each(&mut lock(state));
        }
    }

    fn show(&self, state: &mut State) {
        let [bytes, lines] = [&self.bytes, &self.lines].map(|number| number.load(Ordering::Relaxed));
        let megabytes = |bytes: u64| format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10);
        let total = self.total.map(|total| format!(" of {}", megabytes(total))).unwrap_or_default();
        // A failure to write here can't be reported anywhere.
        let _ = write!(io::stderr(), "{ERASE_LINE}{}{total}, {} ", megabytes(bytes), count(lines, "line"));
        state.is_shown = true;
    }
}

fn hide(state: &mut State) {
    if std::mem::take(&mut state.is_shown) {
        let _ = write!(io::stderr(), "{ERASE_LINE}");
    }
}

#[allow(clippy::disallowed_methods, reason = "measures work, no poll")]
fn now() -> Instant {
    Instant::now()
}

fn after(time: Duration) -> Option<Instant> {
    now().checked_add(time)
}

/// A stream whose bytes are counted.
pub(super) struct Watched<'a, R> {
    reader: R,
    progress: &'a Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.progress.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
