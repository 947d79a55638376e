//! The command line: [`Args`], and what several commands have in common.

use aliyun_dts_status::{Decoder, Format};
use clap::error::ErrorKind;
use clap::{ColorChoice, Parser, Subcommand, ValueEnum};

use crate::check::Check;
use crate::completions::Completions;
use crate::decode::Decode;
use crate::encode::Encode;
use crate::exit::{Exit, Failure};
use crate::explain::Explain;
use crate::timeline::Timeline;

/// Decode and judge what Alibaba Cloud DTS answers to DescribeSynchronizationJobStatus.
///
/// Reads captured response bodies, XML or JSON, from files or standard input. It never opens a connection and
/// needs no configuration.
#[derive(Debug, Parser)]
#[command(name = "dts-status", version, arg_required_else_help = false, after_long_help = AFTER)]
pub(crate) struct Args {
    /// When to colour what is printed
    ///
    /// `auto` colours on a terminal, unless NO_COLOR is set.
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
  dts-status check response.json           how the job is, why, and what to do
  dts-status decode response.json          what a body says, and what is odd about it
  dts-status encode --to json < body.xml   the same response as a clean body
  dts-status timeline polls.ndjson         an archive of polls as incidents
  dts-status explain LAG_HIGH              what a code means

Exit status:
  0   done; of check: Healthy or Progressing, nothing to warn of
  1   of check: Ended, Idle, Suspended, Degraded, or a warning
  2   of check: Failed, Unrecoverable, or something critical
  3   of check: Unknown; also a body that can't be decoded
  64  wrong usage
  65  of decode and encode: a body that can't be decoded; with --strict also one that is not as documented
  66  a file that can't be read
A closed pipe is no error.";

/// Reads the command line. `None` if it asked for help or the version, which is printed by then.
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

/// How the bodies are written.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Reading {
    /// Take every body as one of this format, instead of finding out
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatName>,
}

impl Reading {
    pub(crate) fn decoder(&self) -> Decoder {
        match self.format {
            Some(format) => Decoder::new().format(format.into()),
            None => Decoder::new(),
        }
    }
}

/// A [`Format`] as an argument.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FormatName {
    Json,
    Xml,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Json => Format::Json,
            FormatName::Xml => Format::Xml,
        }
    }
}
