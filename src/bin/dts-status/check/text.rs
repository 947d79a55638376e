//! The result of one job as text: [`JobText`].

use std::fmt::{self, Display, Write as _};

use aliyun_dts_status::health::{Assessment, Deadline, Scope, Span};
use aliyun_dts_status::model::Loss;
use chrono::{DateTime, Utc};

use super::finding::Findings;
use super::headline::{alarm, headline};
use super::report::FileReport;
use crate::options::Zone;
use crate::output::style::{BAD, FAINT, STRONG};
use crate::output::{BodyError, job_name, safe, verdict_word, wrap};

/// One job: verdict and reason, the job, findings, deadlines, lost values.
pub(super) struct JobText<'a> {
    pub(super) report: &'a FileReport,
    pub(super) now: DateTime<Utc>,
    pub(super) zone: &'a Zone,
    /// Adds all evidence.
    pub(super) is_verbose: bool,
}

impl Display for JobText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FileReport { assessment, errors, lost, .. } = self.report;
        let verdict = self.report.summary().verdict();
        let line = format!("{}  {}", verdict_word(verdict), headline(assessment));
        f.write_str(&wrap(line.trim_end(), INDENT))?;
        let mut findings = Findings::new(assessment.direction() == Scope::TwoWay, self.is_verbose);
        // The error of the file says more.
        if errors.is_empty()
            && let Some(cause) = assessment.cause()
        {
            f.write_str(&wrap(&findings.headline(cause), INDENT))?;
        }
        if let Some(alarm) = alarm(assessment) {
            let text = format!("{STRONG}{}{STRONG:#}: {}", alarm.code, findings.headline(alarm));
            f.write_str(&wrap(&text, INDENT))?;
        }
        for failed in errors {
            f.write_str(&error_text(&failed.file, &failed.error))?;
            findings.error(assessment.cause(), failed.error.to_string());
        }
        self.job(f, assessment)?;
        for finding in assessment.findings() {
            writeln!(f)?;
            findings.whole(f, finding)?;
        }
        self.deadlines(f, assessment)?;
        lost_values(f, lost)
    }
}

/// Further lines of a headline.
const INDENT: &str = "  ";

/// The vendor's pages name no address of a single task.
const CONSOLE: &str = "https://dtsnew.console.aliyun.com/";

impl JobText<'_> {
    fn job(&self, f: &mut fmt::Formatter<'_>, assessment: &Assessment) -> fmt::Result {
        let job = job_name(assessment.job_id());
        let mut text = format!("{FAINT}job{FAINT:#}       {job}/{}", assessment.direction());
        if let Some(name) = &self.report.name {
            let _ = write!(text, "  {}", safe::quoted(name));
        }
        let status = assessment.status().map_or("no status", |status| status.as_str());
        let _ = write!(text, "  {}", safe::line(status));
        f.write_str(&wrap(&text, COLUMN))?;
        let task = self.report.task_id.as_deref();
        if let Some(task) = task.filter(|_| assessment.exit_code() > 0 || self.is_verbose) {
            let text = format!("{FAINT}console{FAINT:#}   {CONSOLE}  task {}", safe::line(task));
            f.write_str(&wrap(&text, COLUMN))?;
        }
        Ok(())
    }

    fn deadlines(&self, f: &mut fmt::Formatter<'_>, assessment: &Assessment) -> fmt::Result {
        let mut deadlines = assessment.deadlines().to_vec();
        deadlines.sort_by_key(|deadline| deadline.at);
        if !deadlines.is_empty() {
            writeln!(f, "\n{STRONG}Deadlines{STRONG:#}")?;
        }
        for Deadline { kind, at, exact, .. } in deadlines {
            let left = Span(at.signed_duration_since(self.now).abs());
            let when = if at < self.now { format!("{BAD}{left} ago{BAD:#}") } else { format!("in {left}") };
            let estimate = if exact { "" } else { ", an estimate" };
            writeln!(f, "  {kind:16}{}  {when}{estimate}", self.zone.text(at))?;
        }
        Ok(())
    }
}

/// The indent below the rows of the job.
const COLUMN: &str = "          ";

/// The error of a file, with an excerpt of it.
fn error_text(file: &str, error: &BodyError) -> String {
    let text = safe::lines(&format!("{}: {error}", safe::line(file)));
    text.lines().map(|line| wrap(line, "    ")).collect()
}

fn lost_values(f: &mut fmt::Formatter<'_>, lost: &[(String, Loss)]) -> fmt::Result {
    /// Limit of the values shown, so that the verdict stays on the screen.
    const LIMIT: usize = 10;
    if !lost.is_empty() {
        writeln!(f, "\n{STRONG}Values that decoding could not use{STRONG:#}")?;
    }
    for (file, Loss { path, kept, lost, .. }) in lost.iter().take(LIMIT) {
        let place = if path.segments().is_empty() { "the body".to_owned() } else { path.to_string() };
        let kept =
            kept.as_ref().map_or_else(String::new, |kept| format!(", {} was kept", safe::quoted(kept)));
        let text = format!("  {}: {}: {}{kept}", safe::line(file), safe::line(&place), safe::quoted(lost));
        f.write_str(&wrap(&text, "    "))?;
    }
    if lost.len() > LIMIT {
        writeln!(f, "  and {} more; `dts-status decode` lists them", lost.len() - LIMIT)?;
    }
    Ok(())
}
