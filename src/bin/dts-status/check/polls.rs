//! `dts-status check --ndjson`: an archive of polls, a verdict for each: [`run`].

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::io::{self, Write as _};

use aliyun_dts_status::health::{Trackers, Verdict};
use aliyun_dts_status::model::spelling;
use serde::Serialize;

use super::text::word;
use super::{Check, Form, moment};
use crate::archive::{self, Clock, Judge, Judged, Line, Progress, Skip, Skips, State};
use crate::exit::{Exit, Failure};
use crate::input::Source;
use crate::output::style::FAINT;
use crate::output::{Output, count, safe, unwritable};

/// Judges each line by itself and by those before it.
pub(super) fn run(check: &Check, sources: &[Source], output: &mut Output) -> Result<Exit, Failure> {
    let state = check.state.as_deref().map(State::new);
    let trackers = state.as_ref().map_or_else(|| Ok(Trackers::new()), State::load)?;
    let mut judge = Judge {
        trackers,
        policy: check.thresholds.policy()?,
        direction: check.direction.into(),
        clock: Clock { next: Some(check.observed_at.unwrap_or_else(moment::now)), every: check.every },
    };
    let mut report = Report {
        form: check.output,
        names: if sources.len() > 1 { sources.iter().map(Source::name).collect() } else { Vec::new() },
        text: Vec::new(),
        summary: Summary {
            exit_code: Verdict::Healthy.exit_code(),
            counts: BTreeMap::new(),
            skipped: Skips::of(sources),
        },
    };
    let progress = Progress::over(sources);
    archive::read(sources, &check.reading.decoder(), &progress, |lines| {
        progress.aside(|| {
            for line in lines {
                report.add(line, &mut judge)?;
            }
            report.print(output)?;
            // What nobody reads is still to be known by the next run.
            Ok(state.is_some() || !output.is_closed())
        })
    })?;
    progress.end();
    report.print_summary(output)?;
    if let Some(state) = state {
        state.save(&judge.trackers)?;
    }
    Ok(Exit::Verdict(report.summary.exit_code()))
}

/// What is printed of an archive.
struct Report {
    form: Form,
    /// The names of the files, if there are several.
    names: Vec<String>,
    /// What is still to be printed.
    text: Vec<u8>,
    summary: Summary,
}

/// All lines together.
#[derive(Serialize)]
struct Summary {
    exit_code: u8,
    counts: BTreeMap<Verdict, u64>,
    skipped: Skips,
}

impl Report {
    fn add(&mut self, line: Line, judge: &mut Judge) -> Result<(), Failure> {
        let Line { source, number, content } = line;
        match content.and_then(|poll| judge.judge(poll)) {
            Ok(judged) => {
                if judged.is_late {
                    self.summary.skipped.add(source, number, &Skip::OutOfOrder);
                }
                self.summary.add(judged.assessment.verdict(), judged.assessment.exit_code());
                self.tell(source, number, &judged)
            }
            Err(skip) => {
                self.summary.skipped.add(source, number, &skip);
                self.summary.add(Verdict::Unknown, Verdict::Unknown.exit_code());
                self.tell_skip(source, number, &skip)
            }
        }
    }

    fn tell(&mut self, source: usize, number: u64, judged: &Judged) -> Result<(), Failure> {
        let file = self.names.get(source).map(String::as_str);
        let assessment = &judged.assessment;
        let written = if self.form == Form::Json {
            #[derive(Serialize)]
            struct Head<'a> {
                #[serde(skip_serializing_if = "Option::is_none")]
                file: Option<&'a str>,
                line: u64,
                observed_at: String,
            }
            let observed_at = spelling::time(&assessment.observed_at());
            join(&mut self.text, &Head { file, line: number, observed_at }, assessment)
        } else {
            writeln!(self.text, "{}", Row { place: Place { file, number }, judged })
        };
        written.map_err(unwritable)
    }

    fn tell_skip(&mut self, source: usize, number: u64, skip: &Skip) -> Result<(), Failure> {
        let file = self.names.get(source).map(String::as_str);
        let verdict = Verdict::Unknown;
        let written = if self.form == Form::Json {
            #[derive(Serialize)]
            struct Skipped<'a> {
                #[serde(skip_serializing_if = "Option::is_none")]
                file: Option<&'a str>,
                line: u64,
                error: &'a Skip,
                verdict: Verdict,
                exit_code: u8,
            }
            let skipped =
                Skipped { file, line: number, error: skip, verdict, exit_code: verdict.exit_code() };
            serde_json::to_writer(&mut self.text, &skipped)
                .map_err(io::Error::from)
                .and_then(|()| self.text.write_all(b"\n"))
        } else {
            let place = Place { file, number };
            let reason = skip.to_string();
            let reason = safe::line(reason.lines().next().unwrap_or_default());
            writeln!(self.text, "{place}  {}  {reason}", word(verdict))
        };
        written.map_err(unwritable)
    }

    fn print(&mut self, output: &mut Output) -> Result<(), Failure> {
        if self.text.is_empty() {
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        if self.form == Form::Json { output.bytes(text) } else { output.text(String::from_utf8_lossy(&text)) }
    }

    fn print_summary(&self, output: &mut Output) -> Result<(), Failure> {
        if self.form == Form::Json {
            return output.json_line(&serde_json::json!({ "summary": self.summary }));
        }
        output.text(format_args!("\n{}", self.summary))
    }
}

/// An object with the members of two.
fn join(text: &mut Vec<u8>, head: &impl Serialize, body: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *text, head)?;
    let seam = text.len() - 1;
    serde_json::to_writer(&mut *text, body)?;
    // The end of the one and the begin of the other.
    text.splice(seam..seam + 2, *b",");
    text.write_all(b"\n")
}

/// `  12  2021-01-14T09:22:30Z  dtsexjk1alb116****/Forward  DEGRADED  LAG_HIGH: …`
struct Row<'a> {
    place: Place<'a>,
    judged: &'a Judged,
}

impl Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Judged { job_id, assessment, is_late } = self.judged;
        let job = if job_id.is_empty() { "(no job id)".into() } else { safe::line(job_id) };
        write!(
            f,
            "{}  {}  {job}/{}  {}",
            self.place,
            spelling::time(&assessment.observed_at()),
            assessment.direction(),
            word(assessment.verdict()),
        )?;
        if let Some(cause) = assessment.cause() {
            write!(f, "  {}: {}", cause.code, safe::line(&cause.message))?;
        }
        if *is_late { write!(f, "  {FAINT}(out of order){FAINT:#}") } else { Ok(()) }
    }
}

/// Where a line is.
struct Place<'a> {
    file: Option<&'a str>,
    number: u64,
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.file {
            Some(file) => write!(f, "{FAINT}{}:{}{FAINT:#}", safe::line(file), self.number),
            None => write!(f, "{FAINT}{:6}{FAINT:#}", self.number),
        }
    }
}

impl Summary {
    fn add(&mut self, verdict: Verdict, exit_code: u8) {
        /// From good to bad, as in a fleet.
        const RANK: [u8; 4] = [0, 1, 3, 2];
        let rank = |code| RANK.iter().position(|known| *known == code);
        *self.counts.entry(verdict).or_default() += 1;
        if rank(exit_code) > rank(self.exit_code) {
            self.exit_code = exit_code;
        }
    }

    fn exit_code(&self) -> u8 {
        // As in a fleet, nothing to judge is nothing known.
        if self.counts.is_empty() { Verdict::Unknown.exit_code() } else { self.exit_code }
    }
}

impl Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts: Vec<_> =
            self.counts.iter().rev().map(|(verdict, count)| format!("{count} {verdict}")).collect();
        let all: u64 = self.counts.values().sum();
        let colon = if counts.is_empty() { "" } else { ": " };
        writeln!(f, "{}{colon}{}", count(all, "line"), counts.join(", "))?;
        write!(f, "{}", safe::block(&self.skipped.to_string()))
    }
}
