//! How the command ends: [`Exit`], [`Failure`]; and warnings on standard error.

use std::env;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::output::{safe, wrap};

/// The exit statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Exit {
    /// 0.
    #[default]
    Done,
    /// 0 to 3: the status of a Nagios plugin for a verdict.
    Verdict(u8),
    /// 64: wrong usage.
    Usage,
    /// 65: a body that can't be decoded, or that `--strict` refuses.
    BadBody,
    /// 66: a file that can't be read.
    NoInput,
    /// 74: output that can't be written.
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

/// Prints a failure as the line of a Nagios plugin, which reads standard output only.
pub(crate) fn unknown_to_plugins(message: &str) -> Exit {
    let first = message.split("\n\n").next().unwrap_or_default();
    // A `|` starts performance data.
    let words: Vec<_> = first.split_whitespace().map(|word| word.replace('|', "¦")).collect();
    // A failure to write here can't be reported anywhere.
    let _ = writeln!(io::stdout(), "DTS UNKNOWN - {}", safe::line(&words.join(" ")));
    Exit::Verdict(3)
}

/// Prints a message to standard error.
pub(crate) fn warn(message: impl Display) {
    let mut message = message.to_string();
    // The lines of an argument, such as the name of a file, are no lines of the message.
    for argument in env::args_os().skip(1) {
        let argument = argument.to_string_lossy();
        if argument.contains('\n') {
            message = message.replace(&*argument, &safe::line(&argument));
        }
    }
    let message = format!("dts-status: {}", safe::lines(&message));
    // A failure to write here can't be reported anywhere.
    let _ = match io::stderr().is_terminal() {
        // The line may show the progress of a long run.
        true => {
            let lines: String = message.lines().map(|line| wrap(line, "  ")).collect();
            write!(io::stderr(), "{ERASE_LINE}{lines}")
        }
        false => writeln!(io::stderr(), "{message}"),
    };
}

/// Erases the current line of a terminal.
pub(crate) const ERASE_LINE: &str = "\r\u{1b}[K";
