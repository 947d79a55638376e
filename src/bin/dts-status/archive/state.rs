//! What is known of the jobs, kept in a file between two runs: [`State`].

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use aliyun_dts_status::health::Trackers;

use crate::exit::{Exit, Failure};

/// A file with the state of trackers.
pub(crate) struct State<'a> {
    file: &'a Path,
}

impl<'a> State<'a> {
    pub(crate) fn new(file: &'a Path) -> Self {
        State { file }
    }

    /// What the file knows; nothing if there is none.
    pub(crate) fn load(&self) -> Result<Trackers, Failure> {
        let text = match fs::read(self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Trackers::new()),
            Err(error) => return Err(self.failure(Exit::NoInput, &error)),
        };
        serde_json::from_slice(&text)
            .map_err(|error| self.failure(Exit::NoInput, &format!("no state of this command: {error}")))
    }

    /// Replaces the file. Whoever reads it meanwhile, and whatever happens, finds the old state or the new one,
    /// whole.
    pub(crate) fn save(&self, trackers: &Trackers) -> Result<(), Failure> {
        let beside = self.beside();
        let written = write(&beside, trackers).and_then(|()| fs::rename(&beside, self.file));
        written.map_err(|error| {
            // What is half written is of no use.
            let _ = fs::remove_file(&beside);
            self.failure(Exit::NoOutput, &error)
        })
    }

    /// A file in the same directory, since a file can be renamed in one step only within a file system.
    fn beside(&self) -> PathBuf {
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
