//! How the command ends: [`Exit`], and [`Failure`] where it ends early.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::output::safe;

/// The exit statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0.
    Done,
    /// 0 to 3: what a Nagios plugin says of a verdict.
    Verdict(u8),
    /// 64: wrong usage.
    Usage,
    /// 65: a body that can't be decoded, or that strict use refuses.
    BadBody,
    /// 66: a file that can't be read.
    NoInput,
    /// 74: what is printed can't be written.
    NoOutput,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Verdict(code) => code,
            Exit::Usage => 64,
            Exit::BadBody => 65,
            Exit::NoInput => 66,
            Exit::NoOutput => 74,
        })
    }
}

/// Why the command ends early.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Display) -> Self {
        Failure { exit, message: message.to_string() }
    }
}

/// Says something on standard error.
pub(crate) fn complain(message: impl Display) {
    // There is nobody left to tell if this fails.
    let _ = writeln!(io::stderr(), "dts-status: {}", safe::block(&message.to_string()));
}
