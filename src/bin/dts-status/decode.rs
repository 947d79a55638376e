//! `dts-status decode`: the content of a body, its quirks and violations.

use std::path::{Path, PathBuf};

use aliyun_dts_status::{DecodeError, Decoded, Fault, Format, Quirk, Response, SyncJob, Violation, validate};
use serde::Serialize;

use crate::escape;
use crate::exit::{Exit, Failure, warn};
use crate::input::{self, Source};
use crate::options::{DecodeOptions, OutputFormat};
use crate::output::style::STRONG;
use crate::output::{Diagnostics, Output, Table, fault_table, job_table, undecodable};
use crate::strict;

/// Show the content of a body, its quirks and violations
///
/// Prints the canonical model, which is the same for XML and JSON; then the quirks: departures from the documented
/// form that the decoder tolerated; then the violations: broken rules of the published contract.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Decode {
    /// A response body; none, or `-`, is standard input; a directory is every file below it
    file: Option<PathBuf>,
    /// The format of the output
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    output: OutputFormat,
    /// Exit with 65 if a body has a quirk or a violation
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    decode: DecodeOptions,
}

const AFTER: &str = "\
Examples:
  dts-status decode response.json
  dts-status decode < response.json
  dts-status decode --output json body.xml | jq .job.status
  dts-status decode --strict captured/ > /dev/null && echo all as documented

With --output json a file gives one object; a directory gives one object a
line, each with the member \"file\".

Exit status:
  0   decoded, whatever the job's state
  64  wrong usage
  65  a body that can't be decoded; with --strict also one with a quirk or a
      violation
  66  a file that can't be read
  74  output that can't be written";

impl Decode {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        let many = self.file.as_deref().is_some_and(input::is_directory);
        let sources = input::sources(self.file.as_slice())?;
        if sources.is_empty() {
            let name = self.file.as_deref().unwrap_or_else(|| Path::new("")).display();
            return Err(Failure::new(Exit::NoInput, format_args!("{name}: is a directory without files")));
        }
        let mut exit = Exit::Done;
        for source in &sources {
            let name = many.then(|| source.name());
            if self.decode_one(source, name.as_deref(), output)? != Exit::Done {
                exit = Exit::BadBody;
            }
        }
        Ok(exit)
    }

    fn decode_one(&self, source: &Source, file: Option<&str>, output: &mut Output) -> Result<Exit, Failure> {
        let body = source.read()?;
        let decoded = match self.decode.decoder().decode(&body) {
            Ok(decoded) => decoded,
            Err(error) => {
                warn(format_args!("{}: {}", source.name(), undecodable(&error)));
                if self.output == OutputFormat::Json {
                    print(output, file, &Undecodable { file, error: &error })?;
                }
                return Ok(Exit::BadBody);
            }
        };
        let violations = decoded.job().map(validate).unwrap_or_default();
        match self.output {
            OutputFormat::Json => print(output, file, &Json::new(file, &decoded, &violations))?,
            OutputFormat::Text => {
                let table = match &decoded.response {
                    Response::Job(job) => job_table(job),
                    Response::Fault(fault) => fault_table(fault),
                    _ => Table::default(),
                };
                let diagnostics = Diagnostics { decoded: &decoded, violations: &violations };
                let heading = file
                    .map_or_else(String::new, |file| format!("{STRONG}{}{STRONG:#}\n", escape::line(file)));
                let gap = if file.is_some() { "\n" } else { "" };
                output.text(format_args!("{heading}{table}\n{diagnostics}{gap}"))?;
            }
        }
        Ok(if self.strict { strict::check(source, &decoded, &violations) } else { Exit::Done })
    }
}

/// The object of `--output json`; its shape is stable.
#[derive(Serialize)]
struct Json<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    format: Format,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<&'a SyncJob>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'a Fault>,
    quirks: &'a [Quirk],
    #[serde(skip_serializing_if = "Option::is_none")]
    quirks_omitted: Option<usize>,
    violations: &'a [Violation],
}

impl<'a> Json<'a> {
    fn new(file: Option<&'a str>, decoded: &'a Decoded, violations: &'a [Violation]) -> Self {
        Json {
            file,
            format: decoded.format,
            kind: if decoded.job().is_some() { "job" } else { "fault" },
            job: decoded.job(),
            fault: decoded.response.fault(),
            quirks: &decoded.quirks,
            quirks_omitted: (decoded.quirks_omitted > 0).then_some(decoded.quirks_omitted),
            violations,
        }
    }
}

#[derive(Serialize)]
struct Undecodable<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    error: &'a DecodeError,
}

/// Prints an object of several on one line, for tools that read lines.
fn print(output: &mut Output, file: Option<&str>, value: &impl Serialize) -> Result<(), Failure> {
    if file.is_some() { output.json_line(value) } else { output.json(value) }
}
