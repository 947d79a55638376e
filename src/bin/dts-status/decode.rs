//! `dts-status decode`: the content of a body, its quirks and violations.

use std::path::{Path, PathBuf};

use aliyun_dts_status::{Decoded, Fault, Format, Operation, Page, Quirk, Response, SyncJob, Violation};
use serde::Serialize;

use crate::exit::{Exit, Failure, warn};
use crate::input::{self, Source};
use crate::options::{Below, DecodeOptions, OutputFormat};
use crate::output::style::STRONG;
use crate::output::{
    BodyError, Diagnostics, Output, Table, count, fault_table, job_table, join, page_table, rfc3339, safe,
};
use crate::page::violations_of;
use crate::record::{Capture, Noted, body_of};
use crate::strict;

/// Show the content of a body, its quirks and violations
///
/// Prints the canonical model, which is the same for XML and JSON; then the quirks: departures from the documented
/// form that the decoder tolerated; then the violations: broken rules of the published contract.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Decode {
    /// Response bodies; none, or `-`, is standard input; a directory is every file below it
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of the output
    #[arg(long, short, value_enum, default_value = "text", value_name = "FORMAT")]
    output: OutputFormat,
    /// Exit with 65 if a body has a quirk or a violation
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    decode: DecodeOptions,
    #[command(flatten)]
    below: Below,
}

const AFTER: &str = "\
Examples:
  dts-status decode response.json
  dts-status decode < response.json
  dts-status decode --output json body.xml | jq .job.status
  dts-status decode --strict captured/ -q && echo all as documented

With --output json a file gives one object; several files or a directory
give one object a line, each with the member \"file\", and a summary last.

A record {\"observed_at\": TIME, \"body\": BODY} is read as by `check`.

Exit status:
  0   decoded, whatever the job's state
  64  wrong usage
  65  a body that can't be decoded; with --strict also one with a quirk
      or a violation
  66  a file that can't be read
  74  output that can't be written";

impl Decode {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        input::refuse_second_standard_input(&self.files, self.files.is_empty())?;
        let sources = self.below.sources(&self.files);
        let is_single = self.files.len() < 2 && !self.files.iter().any(|file| input::is_directory(file));
        match sources.as_slice() {
            [] => {
                let name = self.files.first().map_or(Path::new(""), PathBuf::as_path).display();
                return Err(Failure::new(
                    Exit::NoInput,
                    format_args!("{name}: is a directory without files to read"),
                ));
            }
            [only] => only.check()?,
            _ => {}
        }
        let mut total = Total::default();
        for source in &sources {
            let name = (!is_single).then(|| source.name());
            self.decode_one(source, name.as_deref(), &mut total, output)?;
        }
        if !is_single {
            total.print(self.output, output)?;
        }
        Ok(total.exit)
    }

    fn decode_one(
        &self,
        source: &Source,
        file: Option<&str>,
        total: &mut Total,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let (capture, content) = Capture::read_with_content(source, &self.decode.decoder());
        let noted = capture.noted;
        let decoded = match capture.decoded {
            Ok(decoded) => decoded,
            Err(error) => {
                warn(format_args!("{}: {error}", safe::line(&source.name())));
                let is_unreadable = matches!(error, BodyError::Unreadable(_));
                if self.output == OutputFormat::Json && (file.is_some() || !is_unreadable) {
                    print(output, file, &NoBody { file, error: &error })?;
                }
                total.add_failure(if is_unreadable { Exit::NoInput } else { Exit::BadBody });
                return Ok(());
            }
        };
        let violations = violations_of(&decoded.response);
        match self.output {
            OutputFormat::Json => print(output, file, &Json::new(file, &noted, &decoded, &violations))?,
            OutputFormat::Text => {
                let tables = tables(&decoded, recorded(&noted));
                let body = body_of(&content);
                let diagnostics = Diagnostics { decoded: &decoded, violations: &violations, body: &body };
                let heading =
                    file.map_or_else(String::new, |file| format!("{STRONG}{}{STRONG:#}\n", safe::line(file)));
                let gap = if file.is_some() { "\n" } else { "" };
                output.text(format_args!("{heading}{tables}\n{diagnostics}{gap}"))?;
            }
        }
        let exit = if self.strict { strict::check(source, &decoded, &violations) } else { Exit::Done };
        total.add(&decoded, violations.len(), exit);
        Ok(())
    }
}

/// The response as text: a job, a fault, or the head of a page and then its jobs.
fn tables(decoded: &Decoded, recorded: Option<String>) -> String {
    let mut head = match &decoded.response {
        Response::Job(job) => job_table(job),
        Response::Fault(fault) => fault_table(fault),
        Response::Page(page) => page_table(page),
        _ => Table::default(),
    };
    if decoded.operation != Operation::default() && decoded.response.page().is_none() {
        head.row_if("Operation", Some(decoded.operation));
    }
    let mut text = head.row_if("Recorded", recorded).to_string();
    for job in decoded.response.page().iter().flat_map(|page| &page.jobs) {
        text.push_str(&format!("\n{}", job_table(job)));
    }
    text
}

/// What came of all files.
#[derive(Default, Serialize)]
struct Total {
    files: usize,
    decoded: usize,
    quirks: usize,
    violations: usize,
    #[serde(skip)]
    exit: Exit,
}

impl Total {
    fn add(&mut self, decoded: &Decoded, violations: usize, exit: Exit) {
        self.decoded += 1;
        self.quirks += decoded.quirks.len().saturating_add(decoded.quirks_omitted);
        self.violations += violations;
        self.add_failure(exit);
    }

    fn add_failure(&mut self, exit: Exit) {
        self.files += 1;
        // A body that is missing altogether is worse than one that is there.
        if exit != Exit::Done && self.exit != Exit::NoInput {
            self.exit = exit;
        }
    }

    fn print(&self, format: OutputFormat, output: &mut Output) -> Result<(), Failure> {
        let Total { files, decoded, quirks, violations, .. } = self;
        match format {
            OutputFormat::Json => output.json_line(&serde_json::json!({ "summary": self })),
            OutputFormat::Text => output.text(format_args!(
                "{}, {decoded} decoded: {}, {}\n",
                count(files, "file"),
                count(quirks, "quirk"),
                count(violations, "violation"),
            )),
        }
    }
}

/// `2021-01-14T09:22:30Z  job dtsexjk1alb116****  Forward  HTTP 200`; `None` where the record says nothing.
fn recorded(noted: &Noted) -> Option<String> {
    join([
        noted.observed_at.map(rfc3339),
        noted.job_id.as_ref().map(|id| format!("job {id}")),
        noted.direction.as_ref().map(ToString::to_string),
        noted.http_status.map(|status| format!("HTTP {status}")),
    ])
}

/// The object of `--output json`; its shape is stable.
#[derive(Serialize)]
struct Json<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a Noted>,
    format: Format,
    operation: Operation,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<&'a SyncJob>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'a Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a Page>,
    quirks: &'a [Quirk],
    #[serde(skip_serializing_if = "Option::is_none")]
    quirks_omitted: Option<usize>,
    violations: &'a [Violation],
}

impl<'a> Json<'a> {
    fn new(
        file: Option<&'a str>,
        noted: &'a Noted,
        decoded: &'a Decoded,
        violations: &'a [Violation],
    ) -> Self {
        Json {
            file,
            record: recorded(noted).is_some().then_some(noted),
            format: decoded.format,
            operation: decoded.operation,
            kind: match decoded.response {
                Response::Job(_) => "job",
                Response::Page(_) => "page",
                _ => "fault",
            },
            job: decoded.job(),
            fault: decoded.response.fault(),
            page: decoded.response.page(),
            quirks: &decoded.quirks,
            quirks_omitted: (decoded.quirks_omitted > 0).then_some(decoded.quirks_omitted),
            violations,
        }
    }
}

#[derive(Serialize)]
struct NoBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    error: &'a BodyError,
}

/// Prints an object of several on one line, for tools that read lines.
fn print(output: &mut Output, file: Option<&str>, value: &impl Serialize) -> Result<(), Failure> {
    if file.is_some() { output.json_line(value) } else { output.json(value) }
}
