//! The command line: [`Args`], [`parse`].

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ColorChoice, Parser, Subcommand};

use crate::check::Check;
use crate::completions::Completions;
use crate::decode::Decode;
use crate::encode::Encode;
use crate::exit::{Exit, Failure};
use crate::explain::Explain;
use crate::timeline::Timeline;

/// Decode and judge responses of Alibaba Cloud DTS to DescribeSynchronizationJobStatus.
///
/// Reads captured response bodies, XML or JSON, from files or standard input. It never opens a connection and
/// needs no configuration.
#[derive(Debug, Parser)]
#[command(name = "dts-status", version, arg_required_else_help = false, after_long_help = AFTER)]
pub(crate) struct Args {
    /// When to colour the output; `auto`: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Box<Check>),
    Decode(Decode),
    Encode(Encode),
    Timeline(Box<Timeline>),
    Explain(Explain),
    Completions(Completions),
}

const AFTER: &str = "\
Examples:
  dts-status check response.json           the job's health, why, and the remedy
  dts-status decode response.json          the content of a body, and its quirks
  dts-status encode --to json < body.xml   the same response as a clean body
  dts-status timeline polls.ndjson         an archive of polls as incidents
  dts-status explain LAG_HIGH              the meaning of a code

Exit status:
  0   done; check: Healthy or Progressing, without a warning
  1   check: Ended, Idle, Suspended, Degraded, or a warning
  2   check: Failed, Unrecoverable, or a critical finding
  3   check: Unknown, or a body that can't be decoded
  64  wrong usage
  65  decode, encode: a body that can't be decoded, or that --strict refuses;
      timeline: an archive without a poll
  66  a file that can't be read
  74  output that can't be written
A closed pipe is no error.";

/// Parses the command line. `None` if it asks for help or the version, which are then printed.
pub(crate) fn parse() -> Result<Option<Args>, Failure> {
    let error = match Args::try_parse() {
        Ok(args) => return Ok(Some(args)),
        Err(error) => error,
    };
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe is no error.
        let _ = error.print();
        return Ok(None);
    }
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
    Err(Failure::new(Exit::Usage, text))
}

/// True for a command line that asks for the output of a Nagios plugin, even if it is wrong.
pub(crate) fn wants_plugin(arguments: impl IntoIterator<Item = OsString>) -> bool {
    let arguments: Vec<_> = arguments.into_iter().take_while(|argument| argument != "--").collect();
    let is_name = |argument: &OsString| argument == "--output" || argument == "-o";
    let is_both = |argument: &OsString| {
        ["--output=nagios", "-onagios", "-o=nagios"].iter().any(|both| argument == both)
    };
    arguments.iter().any(is_both) || arguments.windows(2).any(|pair| is_name(&pair[0]) && pair[1] == "nagios")
}
