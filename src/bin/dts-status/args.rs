//! The command line: [`Args`], [`parse`], [`command`].

use std::env;
use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Arg, ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::check::Check;
use crate::completions::Completions;
use crate::decode::Decode;
use crate::encode::Encode;
use crate::exit::{Exit, Failure};
use crate::explain::Explain;
use crate::man::Man;
use crate::timeline::Timeline;

/// Decode and judge what Alibaba Cloud DTS says of its jobs.
///
/// Reads captured response bodies, XML or JSON, from files or standard input. It never opens a connection and
/// needs no configuration.
#[derive(Debug, Parser)]
#[command(name = "dts-status", version, after_long_help = AFTER, max_term_width = 80)]
pub(crate) struct Args {
    /// When to colour the output; `auto`: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
    /// Print no result; only set the exit status
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// `None` asks for the help.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Box<Check>),
    Decode(Decode),
    Encode(Encode),
    Timeline(Box<Timeline>),
    Explain(Explain),
    Completions(Completions),
    Man(Man),
}

const AFTER: &str = "\
Examples:
  dts-status check response.json          health, reason and remedy
  dts-status decode response.json         the content of a body, its quirks
  dts-status encode --to json < body.xml  the response as a clean body
  dts-status timeline polls.ndjson        an archive of polls as incidents
  dts-status explain LAG_HIGH             the meaning of a code

Exit status:
  0   done; check: Healthy or Progressing, without a warning
  1   check: Ended, Idle, Suspended, Degraded, or a warning
  2   check: Failed, Unrecoverable, or a critical finding
  3   check: Unknown, or a body that can't be decoded
  64  wrong usage
  65  decode, encode: a body that can't be decoded, or that --strict
      refuses; timeline: an archive without a poll
  66  a file that can't be read
  74  output that can't be written
A closed pipe is no error.";

/// Parses the command line. `None` if it asks for help or the version, which are then printed.
pub(crate) fn parse() -> Result<Option<(Args, Command)>, Failure> {
    let parsed = command().try_get_matches().and_then(|matches| Args::from_arg_matches(&matches));
    let error = match parsed {
        Ok(Args { command: None, .. }) => {
            // A closed pipe is no error.
            let _ = command().print_help();
            return Ok(None);
        }
        Ok(Args { command: Some(command), color, quiet }) => {
            return Ok(Some((Args { command: None, color, quiet }, command)));
        }
        Err(error) => error,
    };
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return Ok(None);
    }
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
    Err(Failure::new(Exit::Usage, text))
}

/// Returns true for a command line that asks for the output of a Nagios plugin, even if it is wrong.
pub(crate) fn wants_plugin(arguments: impl IntoIterator<Item = OsString>) -> bool {
    let arguments: Vec<_> = arguments.into_iter().take_while(|argument| argument != "--").collect();
    let is_name = |argument: &OsString| argument == "--output" || argument == "-o";
    let is_both = |argument: &OsString| {
        ["--output=nagios", "-onagios", "-o=nagios"].iter().any(|both| argument == both)
    };
    arguments.iter().any(is_both) || arguments.windows(2).any(|pair| is_name(&pair[0]) && pair[1] == "nagios")
}

/// The clap tree. With `-h` it has few options under one heading, so that the help fits a terminal of 80 x 24.
pub(crate) fn command() -> clap::Command {
    let command = Args::command();
    if env::args_os().skip(1).take_while(|argument| argument != "--").all(|argument| argument != "-h") {
        return command;
    }
    command.mut_args(short).mut_subcommands(|command| command.mut_args(short))
}

/// An argument in the help of `-h`: one line, without a heading.
fn short(argument: Arg) -> Arg {
    let is_output = argument.get_id() == "output";
    let is_long = LONG_LISTS.contains(&argument.get_id().as_str());
    let is_shown = SHORT_HELP.contains(&argument.get_id().as_str());
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let help = match argument.is_positional() {
        true if help.matches("; ").count() > 1 => help.rsplit_once("; ").map_or(&*help, |(start, _)| start),
        true => &help,
        // What follows is in the long help.
        false => help.split([';', '[', ':', ',']).next().unwrap_or_default().trim_end(),
    };
    let argument = argument.help(help.to_owned()).help_heading(None).hide_short_help(!is_shown);
    match argument.get_action().takes_values() {
        true if is_output => argument.hide_default_value(true),
        true => argument.hide_possible_values(is_long).hide_default_value(true),
        false => argument,
    }
}

/// Arguments with more possible values than a line has room for.
const LONG_LISTS: [&str; 3] = ["operation", "color", "direction"];

/// The arguments that `-h` shows. All of them are in `--help`.
const SHORT_HELP: &[&str] = &[
    "all",
    "archive",
    "command",
    "direction",
    "file",
    "files",
    "from",
    "job",
    "now",
    "observed_at",
    "only_incidents",
    "operation",
    "output",
    "previous",
    "quiet",
    "reverse",
    "shell",
    "state",
    "strict",
    "svg",
    "to",
    "verbose",
    "words",
];
