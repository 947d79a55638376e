//! One run over an archive, whose state is saved while it goes on: [`Session`].

use std::path::Path;
use std::sync::{Condvar, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use aliyun_dts_status::health::Span;
use chrono::TimeDelta;

use super::printer::Printer;
use crate::archive::{self, Line, Memory, OnDrop, PollJudge, Progress, Saved, State, lock};
use crate::exit::{Exit, Failure, warn};
use crate::options::now;
use crate::output::{Output, count, rfc3339};

/// One run over an archive.
///
/// Two threads work next to the one that judges: one saves the state, the other ends the run on a signal. A thread that
/// takes both locks takes `writing` first.
pub(super) struct Session<'a> {
    shared: Mutex<Shared<'a>>,
    /// Polls were judged, or the run has ended.
    changed: Condvar,
    file: Option<StateFile<'a>>,
    /// Opened when the first polls arrive, so that a slow poller does not keep others waiting.
    state: OnceLock<State>,
    writing: Mutex<()>,
    progress: &'a Progress,
}

/// The options of the state.
pub(super) struct StateFile<'a> {
    pub(super) path: &'a Path,
    pub(super) wait: TimeDelta,
    pub(super) forget: Option<TimeDelta>,
    pub(super) jobs_limit: usize,
}

struct Shared<'a> {
    judge: PollJudge,
    printer: Printer,
    output: &'a mut Output,
    is_unsaved: bool,
    is_ended: bool,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        judge: PollJudge,
        printer: Printer,
        file: Option<StateFile<'a>>,
        progress: &'a Progress,
        output: &'a mut Output,
    ) -> Self {
        Session {
            shared: Mutex::new(Shared { judge, printer, output, is_unsaved: false, is_ended: false }),
            changed: Condvar::new(),
            file,
            state: OnceLock::new(),
            writing: Mutex::new(()),
            progress,
        }
    }

    /// Runs the work that adds the lines, and saves the state while they arrive and on a signal.
    pub(super) fn run<T>(&self, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        archive::until_signal(
            || self.interrupt(),
            || {
                thread::scope(|scope| {
                    if self.file.is_some() {
                        scope.spawn(|| self.save_as_polls_arrive());
                    }
                    // The thread ends even if the work panics.
                    let _end = OnDrop(|| {
                        lock(&self.shared).is_ended = true;
                        self.changed.notify_all();
                    });
                    work()
                })
            },
        )
    }

    /// Judges and prints lines. Returns false if no more are wanted.
    pub(super) fn add(&self, lines: Vec<Line>) -> Result<bool, Failure> {
        self.open_state()?;
        let mut shared = lock(&self.shared);
        let Shared { judge, printer, output, is_unsaved, .. } = &mut *shared;
        lines.into_iter().try_for_each(|line| printer.add(line, judge))?;
        if printer.has_text() {
            self.progress.hide();
        }
        printer.print(output)?;
        *is_unsaved = true;
        // With a state file all polls are judged, even if the output has no reader.
        let goes_on = self.file.is_some() || !output.is_closed();
        drop(shared);
        self.changed.notify_all();
        Ok(goes_on)
    }

    /// Prints the summary and saves the state.
    pub(super) fn end(&self) -> Result<Exit, Failure> {
        self.open_state()?;
        self.finish(&mut lock(&self.shared))
    }

    /// Ends the run before the process is ended.
    fn interrupt(&self) {
        let _writing = lock(&self.writing);
        let mut shared = lock(&self.shared);
        self.progress.end();
        let finished = self.finish(&mut shared).and_then(|_| shared.output.commit());
        if let Err(failure) = finished {
            warn(failure.message);
        }
        // Never released: nothing is printed after the summary.
        std::mem::forget(shared);
    }

    fn finish(&self, shared: &mut Shared<'_>) -> Result<Exit, Failure> {
        let Shared { judge, printer, output, .. } = shared;
        if judge.memory.refused() > 0 {
            let polls = count(judge.memory.refused(), "poll");
            warn(format_args!("{polls} of jobs beyond --jobs-limit judged without memory"));
        }
        judge.pages.warn();
        if self.file.is_some() && printer.late() > 0 {
            warn(format_args!(
                "{} out of order: the state has later ones; give it each poll once, and judge an archive again without \
                 --state",
                count(printer.late(), "poll")
            ));
        }
        if let Some(at) = printer.latest()
            && let age = now().signed_duration_since(at)
            && age > judge.policy.max_observation_age
        {
            let at = rfc3339(at);
            warn(format_args!("no poll is later than {at}, {} ago: the output shows that time", Span(age)));
        }
        let saved = self.save_last(&mut judge.memory);
        // A plugin prints one line, which is that of a failure.
        if printer.is_of_latest() {
            saved?;
            return printer.print_end(&judge.policy, output);
        }
        let exit = printer.print_end(&judge.policy, output);
        saved.and(exit)
    }

    fn save_last(&self, memory: &mut Memory) -> Result<(), Failure> {
        let (Some(state), Some(file)) = (self.state.get(), &self.file) else { return Ok(()) };
        if let Some(length) = file.forget {
            memory.forget(length);
        }
        state.save(&Saved::of(&memory.trackers)?)
    }

    fn open_state(&self) -> Result<(), Failure> {
        let Some(file) = self.file.as_ref().filter(|_| self.state.get().is_none()) else { return Ok(()) };
        let (state, trackers) = State::open(file.path, file.wait)?;
        lock(&self.shared).judge.memory = Memory::new(trackers, file.jobs_limit);
        // Only the thread whose turn it is comes here.
        let _ = self.state.set(state);
        Ok(())
    }

    fn save_as_polls_arrive(&self) {
        // A short run is saved at its end only.
        const LEAST: Duration = Duration::from_millis(100);
        let mut rest = LEAST;
        loop {
            let is_idle = |shared: &mut Shared<'_>| !shared.is_ended && !shared.is_unsaved;
            let waited = self.changed.wait_while(lock(&self.shared), is_idle);
            let shared = waited.unwrap_or_else(PoisonError::into_inner);
            let waited = self.changed.wait_timeout_while(shared, rest, |shared| !shared.is_ended);
            let (shared, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if shared.is_ended {
                return;
            }
            drop(shared);
            rest = self.save().max(LEAST);
        }
    }

    /// Saves the state, and returns how long to wait before the next time.
    fn save(&self) -> Duration {
        /// Saving takes at most this part of the time.
        const PART: u32 = 20;
        const AFTER_FAILURE: Duration = Duration::from_secs(60);
        let _writing = lock(&self.writing);
        #[allow(clippy::disallowed_methods, reason = "measures work, no poll")]
        let start = Instant::now();
        let saved = {
            let mut shared = lock(&self.shared);
            shared.is_unsaved = false;
            Saved::of(&shared.judge.memory.trackers)
        };
        let Some(state) = self.state.get() else { return Duration::ZERO };
        match saved.and_then(|saved| state.save(&saved)) {
            Ok(()) => start.elapsed() * PART,
            Err(failure) => {
                warn(failure.message);
                AFTER_FAILURE
            }
        }
    }
}
