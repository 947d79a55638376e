//! The file that keeps the trackers between two runs: [`State`].

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use aliyun_dts_status::health::Trackers;

use crate::exit::{Exit, Failure};

/// A file with saved trackers.
pub(crate) struct State<'a> {
    file: &'a Path,
}

impl<'a> State<'a> {
    pub(crate) fn new(file: &'a Path) -> Self {
        State { file }
    }

    /// The trackers in the file; none if there is no file.
    pub(crate) fn load(&self) -> Result<Trackers, Failure> {
        let text = match fs::read(self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Trackers::new()),
            Err(error) => return Err(self.failure(Exit::NoInput, &error)),
        };
        serde_json::from_slice(&text)
            .map_err(|error| self.failure(Exit::NoInput, &format!("not a saved state: {error}")))
    }

    /// Replaces the file in one step: a reader finds either the old state or the new one, even after a crash.
    pub(crate) fn save(&self, trackers: &Trackers) -> Result<(), Failure> {
        let temporary = self.temporary();
        let written = write(&temporary, trackers).and_then(|()| fs::rename(&temporary, self.file));
        written.map_err(|error| {
            // A partial file is useless.
            let _ = fs::remove_file(&temporary);
            self.failure(Exit::NoOutput, &error)
        })
    }

    /// A name in the same directory: a rename is one step only within a file system.
    fn temporary(&self) -> PathBuf {
        let mut name = std::ffi::OsString::from(".");
        name.push(self.file.file_name().unwrap_or_default());
        name.push(format!(".{}.new", std::process::id()));
        self.file.with_file_name(name)
    }

    fn failure(&self, exit: Exit, error: &dyn std::fmt::Display) -> Failure {
        Failure::new(exit, format_args!("{}: {error}", self.file.display()))
    }
}

fn write(file: &Path, trackers: &Trackers) -> io::Result<()> {
    let mut stream = BufWriter::new(File::create(file)?);
    serde_json::to_writer(&mut stream, trackers)?;
    stream.write_all(b"\n")?;
    stream.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}
