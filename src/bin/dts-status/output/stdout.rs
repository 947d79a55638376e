//! Standard output: [`Output`].

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use anstream::AutoStream;
use clap::ColorChoice;
use serde::Serialize;

use crate::exit::{Exit, Failure};

/// Standard output. Once its reader has closed the pipe, further output is dropped; that is no error.
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

    /// True once the reader has closed the pipe.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Prints a text, without its colours where they are not wanted.
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

    /// Prints bytes unchanged, with a line break at the end.
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

/// The failure of standard output.
pub(crate) fn unwritable(error: impl Display) -> Failure {
    Failure::new(Exit::NoOutput, format_args!("standard output: {error}"))
}
