//! Standard output, or the file in its place: [`Output`].

use std::fmt::Display;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;
use clap::ColorChoice;
use serde::Serialize;

use super::safe;
use crate::exit::{Exit, Failure};
use crate::replace::{self, Mode, Replacement};

/// Standard output, or the file of `--out`. Once its reader has closed the pipe, further output is dropped; that is no error.
pub(crate) struct Output {
    color: anstream::ColorChoice,
    /// Prints nothing.
    is_quiet: bool,
    closed: bool,
    file: Option<PathBuf>,
    /// The new content of the file; `None` until something is printed.
    replacement: Option<Replacement>,
}

impl Output {
    pub(crate) fn new(color: ColorChoice, is_quiet: bool) -> Self {
        let color = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Output { color, is_quiet, closed: false, file: None, replacement: None }
    }

    /// Prints to a file, which is replaced on [`commit`](Self::commit); `-` is standard output.
    pub(crate) fn write_to(&mut self, file: Option<&Path>) {
        self.file = file.filter(|file| file.as_os_str() != "-").map(Path::to_owned);
    }

    /// Ends the output: replaces the file, if something was printed.
    pub(crate) fn commit(&mut self) -> Result<(), Failure> {
        match self.replacement.take() {
            Some(replacement) => replacement.commit(Mode::Readable).map_err(|error| self.unwritable(error)),
            None => Ok(()),
        }
    }

    /// True once the reader has closed the pipe.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Prints a text, without its colours where they are not wanted.
    pub(crate) fn text(&mut self, text: impl Display) -> Result<(), Failure> {
        let text = text.to_string();
        let text = safe::printed(&text);
        if self.file.is_some() {
            let is_plain = self.color != anstream::ColorChoice::Always;
            let plain = is_plain.then(|| anstream::adapter::strip_str(&text).to_string());
            return self.write_file(plain.as_deref().unwrap_or(&text).as_bytes());
        }
        let mut stream = AutoStream::new(io::stdout().lock(), self.color);
        self.write(&mut stream, text.as_bytes())
    }

    /// Prints metrics.
    pub(crate) fn metrics(&mut self, metrics: impl Display) -> Result<(), Failure> {
        self.bytes(safe::metrics(metrics.to_string().into_bytes()))
    }

    /// Prints an object over several lines.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        self.json_text(serde_json::to_vec_pretty(value).map_err(unwritable)?)
    }

    /// Prints an object on one line.
    pub(crate) fn json_line(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        self.json_text(serde_json::to_vec(value).map_err(unwritable)?)
    }

    /// Prints a JSON document, or several lines of them.
    pub(crate) fn json_text(&mut self, document: Vec<u8>) -> Result<(), Failure> {
        self.bytes(safe::json(document))
    }

    /// Prints bytes unchanged, with a line break at the end.
    pub(crate) fn bytes(&mut self, mut bytes: Vec<u8>) -> Result<(), Failure> {
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        if self.file.is_some() {
            return self.write_file(&bytes);
        }
        self.write(&mut io::stdout().lock(), &bytes)
    }

    fn write_file(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut write = || {
            let target = replace::target(file)?;
            let is_device = fs::metadata(&target).is_ok_and(|metadata| !metadata.is_file());
            match &mut self.replacement {
                Some(replacement) => replacement.write_all(bytes),
                // A device or a pipe must not become a file.
                None if is_device => fs::OpenOptions::new().append(true).open(target)?.write_all(bytes),
                None => self.replacement.insert(Replacement::of(&target)?).write_all(bytes),
            }
        };
        write().map_err(|error| self.unwritable(error))
    }

    fn unwritable(&self, error: io::Error) -> Failure {
        match &self.file {
            Some(file) => Failure::new(Exit::NoOutput, format_args!("{}: {error}", file.display())),
            None => unwritable(error),
        }
    }

    fn write(&mut self, stream: &mut impl Write, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed || self.is_quiet {
            return Ok(());
        }
        match stream.write_all(bytes).and_then(|()| stream.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            written => written.map_err(unwritable),
        }
    }
}

/// The failure of standard output.
pub(crate) fn unwritable(error: impl Display) -> Failure {
    Failure::new(Exit::NoOutput, format_args!("standard output: {error}"))
}
