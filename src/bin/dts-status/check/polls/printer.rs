//! Prints the verdicts of polls: [`Printer`].

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::io::{self, Write as _};

use aliyun_dts_status::health::{FindingCode, FleetAssessment, Policy, Scope, Verdict};
use aliyun_dts_status::model::Loss;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::super::arguments::{Check, ReportFormat};
use super::super::finding::Findings;
use super::super::headline::{alarm, lag_text, notes};
use super::latest::Latest;
use crate::archive::{JudgedPoll, Line, LineProblem, PollJudge, ProblemLines};
use crate::exit::{Exit, Failure};
use crate::input::{self, Source};
use crate::output::style::FAINT;
use crate::output::{
    Output, count, job_name, rfc3339, safe, unwritable, verdict_counts, verdict_word, wrap_on_terminal,
};

/// Prints the verdicts and a summary, or the latest polls at the end.
pub(super) struct Printer {
    format: ReportFormat,
    /// The names of the files; empty for a single one.
    names: Vec<String>,
    /// Text that is not printed yet.
    text: Vec<u8>,
    verdicts: FleetAssessment,
    problems: ProblemLines,
    /// `None` prints all polls.
    changes: Option<Changes>,
    /// `None` prints polls as they are judged.
    latest: Option<Latest>,
}

impl Printer {
    pub(super) fn new(check: &Check, sources: &[Source]) -> Self {
        let is_of_polls = matches!(check.output, ReportFormat::Text | ReportFormat::Json);
        Printer {
            format: check.output,
            names: input::names_of_several(sources),
            text: Vec::new(),
            verdicts: FleetAssessment::new(),
            problems: ProblemLines::of(sources),
            changes: check.changes.then(|| Changes { before: BTreeMap::new(), limit: check.jobs_limit }),
            latest: (!is_of_polls).then(|| Latest::new(check.jobs_limit, check.metrics_options())),
        }
    }

    pub(super) fn add(&mut self, line: Line, judge: &mut PollJudge) -> Result<(), Failure> {
        let Line { source, number, poll } = line;
        self.problems.warn_of_unknown(source, number, &poll.noted.unknown);
        let judged = match judge.judge(poll) {
            Ok(judged) => judged,
            Err(reason) => {
                self.problems.add(source, number, &reason);
                return Ok(());
            }
        };
        self.problems.add_all(source, number, judged.iter().flat_map(JudgedPoll::problems));
        for judged in judged {
            if let Some(latest) = &mut self.latest {
                latest.add(judged);
                continue;
            }
            self.verdicts.add(&judged.assessment);
            if self.changes.as_mut().is_none_or(|changes| changes.is_one(&judged)) {
                self.add_judged(source, number, &judged).map_err(unwritable)?;
            }
        }
        Ok(())
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
                #[serde(skip_serializing_if = "Option::is_none")]
                error: Option<&'a LineProblem>,
                #[serde(skip_serializing_if = "<[_]>::is_empty")]
                lost: &'a [Loss],
            }
            let head = Head { file, line: number, error: judged.failure.as_ref(), lost: &judged.losses };
            write_merged(&mut self.text, &head, assessment)
        } else {
            let line = format!("{}  {}", location(file, number), JudgedText(judged));
            self.text.write_all(wrap_on_terminal(&line, "        ").as_bytes())
        }
    }

    /// The number of polls that are not later than an earlier one.
    pub(super) fn late(&self) -> u64 {
        self.problems.late()
    }

    /// The time of the latest poll, where the output shows only that.
    pub(super) fn latest(&self) -> Option<DateTime<Utc>> {
        self.latest.as_ref()?.observed_at()
    }

    /// Returns true if all is printed at the end.
    pub(super) fn is_of_latest(&self) -> bool {
        self.latest.is_some()
    }

    /// Returns true if something is to be printed.
    pub(super) fn has_text(&self) -> bool {
        !self.text.is_empty()
    }

    /// Prints the polls that were added.
    pub(super) fn print(&mut self, output: &mut Output) -> Result<(), Failure> {
        if !self.has_text() {
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        if self.format == ReportFormat::Json {
            output.json_text(text)
        } else {
            output.text(String::from_utf8_lossy(&text))
        }
    }

    /// Prints the summary, or the latest polls.
    pub(super) fn print_end(&self, policy: &Policy, output: &mut Output) -> Result<Exit, Failure> {
        let Printer { verdicts, problems, .. } = self;
        let exit_code = verdicts.exit_code();
        if let Some(latest) = &self.latest {
            return latest.print(self.format, policy, output).map(Exit::Verdict);
        }
        if self.format == ReportFormat::Json {
            let summary = json!({ "exit_code": exit_code, "counts": verdicts.counts(), "skipped": problems });
            output.json_line(&json!({ "summary": summary }))?;
        } else {
            let polls = count(verdicts.job_count(), "poll");
            let problems = safe::lines(&problems.to_string());
            // Without any poll the exit status has no line above that explains it.
            let nothing = verdicts.causes().iter().filter(|_| verdicts.job_count() == 0);
            let nothing: String = nothing.map(|cause| format!("UNKNOWN  {cause}\n")).collect();
            output.text(format_args!("{nothing}\n{polls}{}\n{problems}", verdict_counts(verdicts)))?;
        }
        Ok(Exit::Verdict(exit_code))
    }
}

/// The polls whose verdict or reason is not that of the poll before, for each job and direction.
struct Changes {
    before: BTreeMap<(String, Scope, usize), (Verdict, Option<FindingCode>)>,
    /// Limit of the jobs that are kept; each poll of a further one counts as a change.
    limit: usize,
}

impl Changes {
    fn is_one(&mut self, judged: &JudgedPoll) -> bool {
        let key = judged.key();
        let current = (judged.assessment.verdict(), judged.assessment.reason());
        let is_full = self.before.len() >= self.limit;
        match self.before.get_mut(&key) {
            Some(before) => std::mem::replace(before, current) != current,
            None if is_full => true,
            None => self.before.insert(key, current).is_none(),
        }
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
        Some(file) => format!("{FAINT}{}:{number}{FAINT:#}", safe::line(file)),
        None => format!("{FAINT}{number:6}{FAINT:#}"),
    }
}

/// `2021-01-14T09:22:30Z  dtsexjk1alb116****/Forward  "orders"  DEGRADED  LAG_HIGH: …`
///
/// `2021-01-14T09:22:30Z  dtsexjk1alb116****/Forward  "orders"  HEALTHY  14 min behind, LAG_CRITICAL pending: counts in 60 s`
struct JudgedText<'a>(&'a JudgedPoll);

impl Display for JudgedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let JudgedPoll { job_id, assessment, losses, misdated, .. } = self.0;
        let job = job_name(Some(job_id));
        let verdict = verdict_word(assessment.verdict());
        let name = assessment.job_name().filter(|name| !name.is_empty());
        let name = name.map(|name| format!("  {}", safe::quoted(name))).unwrap_or_default();
        let at = rfc3339(assessment.observed_at());
        write!(f, "{at}  {job}/{}{name}  {verdict}", assessment.direction())?;
        let mut notes = notes(assessment);
        match (assessment.cause(), assessment.reason()) {
            (Some(cause), _) => {
                let mut findings = Findings::new(false, false);
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
