//! What the command prints, and where to: [`Output`].

mod endpoint;
mod error;
mod fault;
mod job;
mod notes;
pub(crate) mod safe;
mod sheet;
pub(crate) mod style;

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use anstream::AutoStream;
use clap::{ColorChoice, ValueEnum};
use serde::Serialize;

pub(crate) use self::error::undecodable;
pub(crate) use self::fault::fault_sheet;
pub(crate) use self::job::job_sheet;
pub(crate) use self::notes::{Notes, count};
use crate::exit::{Exit, Failure};

/// The forms that most commands can print in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people
    Text,
    /// For programs; the shape is stable
    Json,
}

/// Standard output. When its reader goes away, what is still to come goes nowhere, and that is no error.
pub(crate) struct Output {
    color: anstream::ColorChoice,
    closed: bool,
}

impl Output {
    pub(crate) fn new(color: ColorChoice) -> Self {
        let color = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Output { color, closed: false }
    }

    /// Whether its reader went away.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Prints a text, in colour where it has any and colour is wanted.
    pub(crate) fn text(&mut self, text: impl Display) -> Result<(), Failure> {
        let mut stream = AutoStream::new(io::stdout().lock(), self.color);
        self.write(&mut stream, text.to_string().as_bytes())
    }

    /// Prints an object over several lines.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        self.bytes(serde_json::to_vec_pretty(value).map_err(unwritable)?)
    }

    /// Prints an object on one line.
    pub(crate) fn json_line(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        self.bytes(serde_json::to_vec(value).map_err(unwritable)?)
    }

    /// Prints what it is given, unchanged but for a line break at the end.
    pub(crate) fn bytes(&mut self, mut bytes: Vec<u8>) -> Result<(), Failure> {
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        self.write(&mut io::stdout().lock(), &bytes)
    }

    fn write(&mut self, stream: &mut impl Write, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed {
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

pub(crate) fn unwritable(error: impl Display) -> Failure {
    Failure::new(Exit::NoOutput, format_args!("standard output: {error}"))
}
