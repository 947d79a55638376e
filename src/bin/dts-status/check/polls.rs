//! `dts-status check --ndjson`: a verdict for each poll of an archive: [`run`].

use std::fmt::{self, Display};
use std::io::{self, Write as _};

use aliyun_dts_status::health::{FleetAssessment, Trackers, Verdict};
use serde::Serialize;
use serde_json::json;

use super::arguments::{Check, ReportFormat};
use crate::archive::{self, Clock, JudgedPoll, Line, PollJudge, Progress, SkipReason, SkippedLines, State};
use crate::escape;
use crate::exit::{Exit, Failure};
use crate::input::{self, Source};
use crate::options;
use crate::output::style::FAINT;
use crate::output::{Output, count, rfc3339, unwritable, verdict_counts, verdict_word};

/// Judges each poll with those before it, and prints its verdict.
pub(super) fn run(check: &Check, sources: &[Source], output: &mut Output) -> Result<Exit, Failure> {
    let state = check.state.as_deref().map(State::new);
    let trackers = state.as_ref().map_or_else(|| Ok(Trackers::new()), State::load)?;
    let mut judge = PollJudge {
        trackers,
        policy: check.thresholds.policy()?,
        direction: check.direction.into(),
        clock: Clock { next: Some(check.observed_at.unwrap_or_else(options::now)), every: check.every },
    };
    let mut printer = Printer {
        format: check.output,
        names: input::names_of_several(sources),
        text: Vec::new(),
        verdicts: FleetAssessment::new(),
        skipped: SkippedLines::of(sources),
    };
    let progress = Progress::over(sources);
    archive::read(sources, &check.decode.decoder(), &progress, |lines| {
        progress.suspend(|| {
            for line in lines {
                printer.add(line, &mut judge)?;
            }
            printer.print(output)?;
            // With a state file all polls are judged, even if the output has no reader.
            Ok(state.is_some() || !output.is_closed())
        })
    })?;
    progress.end();
    printer.print_summary(output)?;
    if let Some(state) = state {
        state.save(&judge.trackers)?;
    }
    Ok(Exit::Verdict(printer.verdicts.exit_code()))
}

/// Prints the verdicts, then a summary.
struct Printer {
    format: ReportFormat,
    /// The names of the files; empty for a single one.
    names: Vec<String>,
    /// Text that is not printed yet.
    text: Vec<u8>,
    /// The verdicts of all lines; the verdict of a skipped line is Unknown.
    verdicts: FleetAssessment,
    skipped: SkippedLines,
}

impl Printer {
    fn add(&mut self, line: Line, judge: &mut PollJudge) -> Result<(), Failure> {
        let Line { source, number, content } = line;
        match content.and_then(|poll| judge.judge(poll)) {
            Ok(judged) => {
                if judged.is_late {
                    self.skipped.add(source, number, &SkipReason::OutOfOrder);
                }
                self.verdicts.add(&judged.assessment);
                self.add_judged(source, number, &judged)
            }
            Err(reason) => {
                self.skipped.add(source, number, &reason);
                self.verdicts.add_undecodable(&format!("line {number}"), &reason.to_string());
                self.add_skipped(source, number, &reason)
            }
        }
        .map_err(unwritable)
    }

    fn add_judged(&mut self, source: usize, number: u64, judged: &JudgedPoll) -> io::Result<()> {
        let file = self.names.get(source).map(String::as_str);
        let JudgedPoll { assessment, .. } = judged;
        if self.format == ReportFormat::Json {
            #[derive(Serialize)]
            struct Head<'a> {
                #[serde(skip_serializing_if = "Option::is_none")]
                file: Option<&'a str>,
                line: u64,
                observed_at: String,
            }
            let observed_at = rfc3339(assessment.observed_at());
            write_merged(&mut self.text, &Head { file, line: number, observed_at }, assessment)
        } else {
            writeln!(self.text, "{}  {}", location(file, number), JudgedText(judged))
        }
    }

    fn add_skipped(&mut self, source: usize, number: u64, reason: &SkipReason) -> io::Result<()> {
        let file = self.names.get(source).map(String::as_str);
        let verdict = Verdict::Unknown;
        if self.format == ReportFormat::Json {
            #[derive(Serialize)]
            struct Skipped<'a> {
                #[serde(skip_serializing_if = "Option::is_none")]
                file: Option<&'a str>,
                line: u64,
                error: &'a SkipReason,
                verdict: Verdict,
                exit_code: u8,
            }
            let skipped =
                Skipped { file, line: number, error: reason, verdict, exit_code: verdict.exit_code() };
            serde_json::to_writer(&mut self.text, &skipped)?;
            self.text.write_all(b"\n")
        } else {
            let reason = reason.to_string();
            let reason = escape::line(reason.lines().next().unwrap_or_default());
            writeln!(self.text, "{}  {}  {reason}", location(file, number), verdict_word(verdict))
        }
    }

    fn print(&mut self, output: &mut Output) -> Result<(), Failure> {
        if self.text.is_empty() {
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        if self.format == ReportFormat::Json {
            output.bytes(text)
        } else {
            output.text(String::from_utf8_lossy(&text))
        }
    }

    fn print_summary(&self, output: &mut Output) -> Result<(), Failure> {
        let Printer { verdicts, skipped, .. } = self;
        if self.format == ReportFormat::Json {
            let (exit_code, counts) = (verdicts.exit_code(), verdicts.counts());
            let summary = json!({ "exit_code": exit_code, "counts": counts, "skipped": skipped });
            return output.json_line(&json!({ "summary": summary }));
        }
        let lines = count(verdicts.jobs(), "line");
        let skipped = escape::lines(&skipped.to_string());
        output.text(format_args!("\n{lines}{}\n{skipped}", verdict_counts(verdicts.counts())))
    }
}

/// Writes one object with the members of two.
fn write_merged(text: &mut Vec<u8>, first: &impl Serialize, second: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *text, first)?;
    let seam = text.len() - 1;
    serde_json::to_writer(&mut *text, second)?;
    // The closing brace of the first object and the opening brace of the second become a comma.
    text.splice(seam..seam + 2, *b",");
    text.write_all(b"\n")
}

/// The location of a line, as the first column.
fn location(file: Option<&str>, number: u64) -> String {
    match file {
        Some(file) => format!("{FAINT}{}:{number}{FAINT:#}", escape::line(file)),
        None => format!("{FAINT}{number:6}{FAINT:#}"),
    }
}

/// `2021-01-14T09:22:30Z  dtsexjk1alb116****/Forward  DEGRADED  LAG_HIGH: …`
struct JudgedText<'a>(&'a JudgedPoll);

impl Display for JudgedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let JudgedPoll { job_id, assessment, is_late } = self.0;
        let job = if job_id.is_empty() { "(no job id)".into() } else { escape::line(job_id) };
        write!(
            f,
            "{}  {job}/{}  {}",
            rfc3339(assessment.observed_at()),
            assessment.direction(),
            verdict_word(assessment.verdict()),
        )?;
        if let Some(cause) = assessment.cause() {
            write!(f, "  {}: {}", cause.code, escape::line(&cause.message))?;
        }
        if *is_late { write!(f, "  {FAINT}(out of order){FAINT:#}") } else { Ok(()) }
    }
}
