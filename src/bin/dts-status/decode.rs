//! `dts-status decode`: what a body says, and what is odd about it.

use std::path::{Path, PathBuf};

use aliyun_dts_status::{Decoded, Fault, Format, Quirk, Response, SyncJob, Violation, validate};
use serde::Serialize;

use crate::args::Reading;
use crate::exit::{Exit, Failure, complain};
use crate::input::{self, Source};
use crate::output::style::STRONG;
use crate::output::{Form, Notes, Output, count, fault_sheet, job_sheet, safe, undecodable};

/// Show what a body says, and what is odd about it
///
/// Prints the canonical model, the same for XML and JSON; then the quirks, which are departures from the
/// documented form that were tolerated; then the violations, which are broken rules of the published contract.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Decode {
    /// A response body; none, or `-`, is standard input; a directory is every file below it
    file: Option<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value = "text", value_name = "FORM")]
    output: Form,
    /// Exit with 65 if anything had to be tolerated or breaks the contract
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    reading: Reading,
}

const AFTER: &str = "\
Examples:
  dts-status decode response.json
  aliyun dts DescribeSynchronizationJobStatus --SynchronizationJobId dtsx | dts-status decode
  dts-status decode --output json body.xml | jq .job.status
  dts-status decode --strict captured/ > /dev/null && echo all as documented

With --output json a file gives one object, a directory one object a line, each with its \"file\".

Exit status:
  0   decoded, whatever the job's state
  64  wrong usage
  65  a body that can't be decoded; with --strict also one with a quirk or a violation
  66  a file that can't be read";

impl Decode {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        let many = self.file.as_deref().is_some_and(input::is_directory);
        let sources = input::sources(self.file.as_slice())?;
        if sources.is_empty() {
            let name = self.file.as_deref().unwrap_or_else(|| Path::new("")).display();
            return Err(Failure::new(Exit::NoInput, format_args!("{name}: a directory without files")));
        }
        let mut exit = Exit::Done;
        for source in &sources {
            let name = many.then(|| source.name());
            if self.one(source, name.as_deref(), output)? != Exit::Done {
                exit = Exit::BadBody;
            }
        }
        Ok(exit)
    }

    fn one(&self, source: &Source, file: Option<&str>, output: &mut Output) -> Result<Exit, Failure> {
        let body = source.read()?;
        let decoded = match self.reading.decoder().decode(&body) {
            Ok(decoded) => decoded,
            Err(error) => {
                complain(format_args!("{}: {}", source.name(), undecodable(&error)));
                if self.output == Form::Json {
                    print(output, file, &Undecodable { file, error: &error })?;
                }
                return Ok(Exit::BadBody);
            }
        };
        let violations = decoded.job().map(validate).unwrap_or_default();
        match self.output {
            Form::Json => print(output, file, &Json::new(file, &decoded, &violations))?,
            Form::Text => {
                let sheet = match &decoded.response {
                    Response::Job(job) => job_sheet(job),
                    Response::Fault(fault) => fault_sheet(fault),
                    _ => Default::default(),
                };
                let notes = Notes { decoded: &decoded, violations: &violations };
                let heading =
                    file.map_or_else(String::new, |file| format!("{STRONG}{}{STRONG:#}\n", safe::line(file)));
                let gap = if file.is_some() { "\n" } else { "" };
                output.text(format_args!("{heading}{sheet}\n{notes}{gap}"))?;
            }
        }
        Ok(if self.strict { strict(source, &decoded, &violations) } else { Exit::Done })
    }
}

/// Refuses a body that is not as documented throughout.
pub(crate) fn strict(source: &Source, decoded: &Decoded, violations: &[Violation]) -> Exit {
    if decoded.is_clean() && violations.is_empty() {
        return Exit::Done;
    }
    let quirks = decoded.quirks.len().saturating_add(decoded.quirks_omitted);
    complain(format_args!(
        "{}: not as documented: {}, {}",
        source.name(),
        count(quirks, "quirk"),
        count(violations.len(), "violation"),
    ));
    Exit::BadBody
}

/// The stable shape of `--output json`.
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
    error: &'a aliyun_dts_status::DecodeError,
}

/// Several objects stand one a line, so that tools for lines can tell them apart.
fn print(output: &mut Output, file: Option<&str>, value: &impl Serialize) -> Result<(), Failure> {
    if file.is_some() { output.json_line(value) } else { output.json(value) }
}
