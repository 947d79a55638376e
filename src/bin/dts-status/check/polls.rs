//! `dts-status check --archive`: a verdict for each poll of an archive: [`run`].

use std::fmt::{self, Display};
use std::io::{self, Write as _};

use aliyun_dts_status::health::{FleetAssessment, Trackers};
use aliyun_dts_status::model::Loss;
use serde::Serialize;
use serde_json::json;

use super::arguments::{Check, ReportFormat};
use super::finding::Findings;
use super::headline::{alarm, lag_text, notes};
use crate::archive::{self, Clock, JudgedPoll, Line, LineProblem, PollJudge, ProblemLines, Progress, State};
use crate::escape;
use crate::exit::{Exit, Failure};
use crate::input::{self, Source};
use crate::options;
use crate::output::style::FAINT;
use crate::output::{Output, count, rfc3339, unwritable, verdict_counts, verdict_word};

/// Judges each poll with those before it, and prints its verdict.
pub(super) fn run(check: &Check, sources: Vec<Source>, output: &mut Output) -> Result<Exit, Failure> {
    let sources = archive::by_first_time(sources);
    let state = check.state.as_deref().map(State::new);
    let trackers = state.as_ref().map_or_else(|| Ok(Trackers::new()), State::load)?;
    let mut judge = PollJudge {
        trackers,
        policy: check.thresholds.policy()?,
        job_id: check.job.clone(),
        direction: check.direction(),
        clock: Clock { next: Some(check.observed_at.unwrap_or_else(options::now)), every: check.every },
    };
    let mut printer = Printer {
        format: check.output,
        names: input::names_of_several(&sources),
        text: Vec::new(),
        verdicts: FleetAssessment::new(),
        problems: ProblemLines::of(&sources),
    };
    let progress = Progress::over(&sources);
    let decoder = check.decode.decoder();
    let start = archive::read(&sources, &decoder, &progress, |lines| {
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
    if !start.has_response {
        start.report_one_body(&sources, &decoder);
    }
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
    verdicts: FleetAssessment,
    problems: ProblemLines,
}

impl Printer {
    fn add(&mut self, line: Line, judge: &mut PollJudge) -> Result<(), Failure> {
        let Line { source, number, poll } = line;
        self.problems.warn_of_unknown(source, number, &poll.unknown);
        match judge.judge(poll) {
            Ok(judged) => {
                judged.problems().for_each(|reason| self.problems.add(source, number, reason));
                self.verdicts.add(&judged.assessment);
                self.add_judged(source, number, &judged).map_err(unwritable)
            }
            // The clock always has a time here.
            Err(reason) => {
                self.problems.add(source, number, &reason);
                Ok(())
            }
        }
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
                #[serde(skip_serializing_if = "Option::is_none")]
                error: Option<&'a LineProblem>,
                #[serde(skip_serializing_if = "<[_]>::is_empty")]
                lost: &'a [Loss],
            }
            let head = Head {
                file,
                line: number,
                observed_at: rfc3339(assessment.observed_at()),
                error: judged.failure.as_ref(),
                lost: &judged.losses,
            };
            write_merged(&mut self.text, &head, assessment)
        } else {
            writeln!(self.text, "{}  {}", location(file, number), JudgedText(judged))
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
        let Printer { verdicts, problems, .. } = self;
        if self.format == ReportFormat::Json {
            let (exit_code, counts) = (verdicts.exit_code(), verdicts.counts());
            let summary = json!({ "exit_code": exit_code, "counts": counts, "skipped": problems });
            return output.json_line(&json!({ "summary": summary }));
        }
        let lines = count(verdicts.jobs(), "line");
        let problems = escape::lines(&problems.to_string());
        output.text(format_args!("\n{lines}{}\n{problems}", verdict_counts(verdicts)))
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
///
/// `2021-01-14T09:22:30Z  dtsexjk1alb116****/Forward  HEALTHY  14 min behind, LAG_CRITICAL pending: counts in 60 s`
struct JudgedText<'a>(&'a JudgedPoll);

impl Display for JudgedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let JudgedPoll { job_id, assessment, losses, misdated, .. } = self.0;
        let job = if job_id.is_empty() { "(no job id)".into() } else { escape::line(job_id) };
        let verdict = verdict_word(assessment.verdict());
        write!(f, "{}  {job}/{}  {verdict}", rfc3339(assessment.observed_at()), assessment.direction())?;
        let mut notes = notes(assessment);
        match (assessment.cause(), assessment.reason()) {
            (Some(cause), _) => {
                let mut findings = Findings::new(false);
                write!(f, "  {}: {}", cause.code, findings.message(cause))?;
                if let Some(alarm) = alarm(assessment) {
                    write!(f, " And {}: {}", alarm.code, findings.message(alarm))?;
                }
            }
            // The finding belongs to an earlier poll.
            (None, Some(reason)) => notes.insert(0, reason.to_string()),
            (None, None) if assessment.pending().is_some() => {
                notes = lag_text(assessment).into_iter().chain(notes).collect();
            }
            (None, None) => {}
        }
        if !notes.is_empty() {
            write!(f, "  {}", notes.join(", "))?;
        }
        if !losses.is_empty() {
            write!(f, "  {FAINT}({} lost){FAINT:#}", count(losses.len(), "value"))?;
        }
        match misdated {
            Some(reason) => write!(f, "  {FAINT}({}){FAINT:#}", reason.words()),
            None => Ok(()),
        }
    }
}
