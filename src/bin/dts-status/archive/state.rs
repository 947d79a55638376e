//! The file that keeps the trackers between two runs: [`State`].

use std::fmt::Display;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use aliyun_dts_status::health::{Span, Trackers};
use chrono::TimeDelta;
use fs4::{FileExt, TryLockError};

use crate::exit::{Exit, Failure, warn};
use crate::options::now;
use crate::output::rfc3339;
use crate::replace::{self, Mode, Replacement};

/// A file with saved trackers. Until it is dropped, other runs wait for it.
pub(crate) struct State {
    file: PathBuf,
    _lock: File,
}

impl State {
    /// Locks the file, and loads its trackers; none if there is no file. Waits for as long as this while another run has
    /// the lock.
    ///
    /// A file that is no saved state is set aside, so that it never stops a poller.
    pub(crate) fn open(path: &Path, wait: TimeDelta) -> Result<(Self, Trackers), Failure> {
        let failure =
            |exit, error: &dyn Display| Failure::new(exit, format_args!("{}: {error}", path.display()));
        let unwritable = |error: io::Error| failure(Exit::NoOutput, &error);
        let file = replace::target(path).map_err(unwritable)?;
        // A device or a pipe cannot be replaced by a file, and reading it may never end.
        if fs::metadata(&file).is_ok_and(|known| !known.is_file()) {
            return Err(failure(Exit::NoInput, &"not a regular file, so it cannot keep a state"));
        }
        let lock = lock(&file, wait).map_err(unwritable)?;
        // They are harmless; a directory that can't be listed is no reason to stop.
        let _ = replace::remove_leftovers(&file);
        let trackers = match fs::read(&file) {
            Ok(text) => serde_json::from_slice(&text).or_else(|error| {
                let aside = set_aside(&file).map_err(unwritable)?;
                let (name, aside) = (path.display(), aside.display());
                warn(format_args!(
                    "{name}: not a saved state: {error}; it is now {aside}, and a new state is started"
                ));
                Ok(Trackers::new())
            })?,
            Err(error) if error.kind() == ErrorKind::NotFound => Trackers::new(),
            Err(error) => return Err(failure(Exit::NoInput, &error)),
        };
        Ok((State { file, _lock: lock }, trackers))
    }

    /// Replaces the file in one step.
    pub(crate) fn save(&self, trackers: &Saved) -> Result<(), Failure> {
        let replace = || {
            let mut replacement = Replacement::of(&self.file)?;
            replacement.write_all(&trackers.0)?;
            replacement.commit(Mode::Kept)
        };
        replace()
            .map_err(|error| Failure::new(Exit::NoOutput, format_args!("{}: {error}", self.file.display())))
    }
}

/// Trackers as the text of a state file.
pub(crate) struct Saved(Vec<u8>);

impl Saved {
    pub(crate) fn of(trackers: &Trackers) -> Result<Self, Failure> {
        let mut text = serde_json::to_vec(trackers)
            .map_err(|error| Failure::new(Exit::NoOutput, format_args!("state: {error}")))?;
        text.push(b'\n');
        Ok(Saved(text))
    }
}

/// Locks the file next to the state. It stays for the next run: without it two runs could lock two files of one name.
fn lock(file: &Path, wait: TimeDelta) -> io::Result<File> {
    /// Time between two attempts.
    const PAUSE: Duration = Duration::from_millis(10);
    let lock = open_lock(&with_ending(file, ".lock"))?;
    let mut left = wait.to_std().unwrap_or_default();
    loop {
        match FileExt::try_lock(&lock) {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if left > Duration::ZERO => {
                let pause = PAUSE.min(left);
                thread::sleep(pause);
                left -= pause;
            }
            Err(TryLockError::WouldBlock) => {
                let wait = Span(wait);
                let reason =
                    format!("another run uses this state and did not end within {wait} (--state-wait)");
                return Err(io::Error::other(reason));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Opens a file that may be another user's: a lock needs no right to write.
fn open_lock(path: &Path) -> io::Result<File> {
    match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
        }
        opened => opened,
    }
}

/// Renames a file that is no state, and returns its new name.
fn set_aside(file: &Path) -> io::Result<PathBuf> {
    let time = rfc3339(now()).replace([':', '-'], "");
    let names = (1_u64..).map(|number| match number {
        1 => with_ending(file, &format!(".broken-{time}")),
        _ => with_ending(file, &format!(".broken-{time}-{number}")),
    });
    // The file is locked, so no other run takes the same name.
    let free = names.into_iter().find(|name| fs::symlink_metadata(name).is_err()).unwrap_or_default();
    fs::rename(file, &free)?;
    Ok(free)
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
