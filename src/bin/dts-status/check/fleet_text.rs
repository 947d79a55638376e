//! Many jobs as text: [`FleetText`].

use std::cmp::Reverse;
use std::fmt::{self, Display, Write as _};

use aliyun_dts_status::health::{
    Assessment, Finding, FindingCode, FleetAssessment, Scope, Severity, Span, Verdict,
};
use chrono::TimeDelta;
use clap::ValueEnum;

use super::finding::Findings;
use super::report::{FileReport, FleetReport};
use crate::output::style::FAINT;
use crate::output::{
    Grid, count, cut_end, cut_start, job_name, safe, terminal_width, verdict_counts, verdict_style,
    verdict_word, wrap,
};

/// Which rows of a fleet are shown, and in which order.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct FleetView {
    /// Show the healthy jobs too, which are otherwise only counted
    #[arg(long, help_heading = FLEETS)]
    all: bool,
    /// The order of the jobs: the worst first by verdict or by lag, or by job id
    #[arg(long, value_enum, default_value = "verdict", value_name = "ORDER", help_heading = FLEETS)]
    sort: Order,
    /// Show this many jobs at most, and count the others [default: 12; with --all no limit]
    #[arg(long, value_name = "N", help_heading = FLEETS)]
    limit: Option<usize>,
}

const FLEETS: &str = "Fleets";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    Verdict,
    Lag,
    Job,
}

/// One row a job, why the worst have their verdict, and a summary.
pub(super) struct FleetText<'a> {
    pub(super) rows: Vec<Row<'a>>,
    pub(super) summary: &'a FleetAssessment,
    pub(super) view: FleetView,
}

/// One job of a fleet.
pub(super) struct Row<'a> {
    pub(super) verdict: Verdict,
    pub(super) assessment: &'a Assessment,
    pub(super) name: Option<&'a str>,
    /// Where the answer comes from.
    pub(super) file: Option<&'a str>,
    /// What is wrong, if the finding says less.
    pub(super) error: Option<String>,
    /// The number of values that decoding could not use.
    pub(super) lost: usize,
}

impl<'a> FleetText<'a> {
    pub(super) fn new(fleet: &'a FleetReport, view: FleetView) -> Self {
        let mut rows: Vec<_> = fleet.files.iter().map(Row::from).collect();
        // The jobs of one page all have its file.
        let is_page = |report: &FileReport| report.is_of_page && report.file == fleet.files[0].file;
        if fleet.files.iter().all(is_page) {
            rows.iter_mut().for_each(|row| row.file = None);
        }
        FleetText { rows, summary: &fleet.summary, view }
    }

    /// Returns true for a job that has a row of its own: not one of many healthy ones, unless all are wanted.
    fn shows(&self, row: &Row<'_>) -> bool {
        self.view.all || self.rows.len() == 1 || !row.is_fine()
    }
}

impl<'a> From<&'a FileReport> for Row<'a> {
    fn from(report: &'a FileReport) -> Self {
        Row {
            verdict: report.summary().verdict(),
            assessment: &report.assessment,
            name: report.name.as_deref(),
            file: Some(&report.file),
            error: report.errors.first().map(|failed| failed.error.to_string()),
            lost: report.lost.len(),
        }
    }
}

impl Display for FleetText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Rows that leave room for the head and the summary on a screen of 24 lines.
        const ROWS: usize = 12;
        if self.rows.is_empty() {
            self.summary.causes().iter().try_for_each(|cause| writeln!(f, "{}\n", cause.message))?;
        }
        let mut rows: Vec<_> = self.rows.iter().filter(|row| self.shows(row)).collect();
        match self.view.sort {
            Order::Verdict => rows.sort_by_key(|row| Reverse((row.verdict, row.lag(), row.severity()))),
            Order::Lag => rows.sort_by_key(|row| Reverse((row.lag(), row.verdict, row.severity()))),
            Order::Job => rows.sort_by_key(|row| (row.assessment.job_id(), row.file)),
        }
        let healthy = self.rows.len() - rows.len();
        let limit = self.view.limit.unwrap_or(if self.view.all { usize::MAX } else { ROWS });
        let shown = &rows[..rows.len().min(limit)];
        if !shown.is_empty() {
            write!(f, "{}", grid(shown))?;
        }
        if rows.len() > shown.len() {
            writeln!(f, "{FAINT}and {} more; --limit N shows them{FAINT:#}", rows.len() - shown.len())?;
        }
        write_causes(f, &rows)?;
        write_lost(f, &self.rows)?;
        let jobs = count(self.rows.len(), "job");
        let hidden = if healthy > 0 { format!(" {FAINT}(see --all){FAINT:#}") } else { String::new() };
        let summary = self.summary;
        let verdict = verdict_word(summary.verdict());
        f.write_str(&wrap(&format!("{verdict}  {jobs}{}{hidden}", verdict_counts(summary)), "  "))
    }
}

fn grid(rows: &[&Row<'_>]) -> Grid {
    /// A few letters of a name and of a file say little.
    const LEAST: usize = 12;
    /// Columns of a file in place of a job id.
    const FILE: usize = 32;
    let mut grid = Grid::new(["VERDICT", "LAG", "REASON", "JOB", "NAME", "FILE"], LEAST);
    for row in rows {
        let style = verdict_style(row.verdict);
        let lag = row.lag().map_or_else(|| "-".to_owned(), |lag| Span(lag).to_string());
        let cell = |text: Option<&str>| text.map(safe::line).unwrap_or_default();
        // Without a job id the file names the row.
        let (job, file) = match (row.assessment.job_id(), row.file) {
            (None, Some(file)) => (cut_start(&safe::line(file), FILE), None),
            (_, file) => (row.job(), file),
        };
        grid.row(
            style,
            [row.verdict.as_str().to_uppercase(), lag, row.reason(), job, cell(row.name), cell(file)],
        );
    }
    grid
}

/// What is wrong, for the first reasons: the message of the worst job, two lines each at most.
fn write_causes(f: &mut fmt::Formatter<'_>, rows: &[&Row<'_>]) -> fmt::Result {
    /// Limit of the reasons, so that a fleet fits a screen.
    const LIMIT: usize = 3;
    let mut groups: Vec<(FindingCode, Vec<(&Row<'_>, &Finding)>)> = Vec::new();
    for row in rows {
        let causes = [row.assessment.cause(), row.assessment.worse_finding()];
        for cause in causes.into_iter().flatten().filter(|cause| cause.severity > Severity::Info) {
            match groups.iter_mut().find(|(code, _)| *code == cause.code) {
                Some((_, rows)) => rows.push((row, cause)),
                None => groups.push((cause.code, vec![(row, cause)])),
            }
        }
    }
    let mut text = String::new();
    for (code, rows) in groups.iter().take(LIMIT) {
        let [(worst, cause), rest @ ..] = rows.as_slice() else { continue };
        let error = worst
            .error
            .as_deref()
            .filter(|_| matches!(code, FindingCode::BodyUndecodable | FindingCode::NoAnswer));
        let message = match error {
            Some(error) => safe::line(error.lines().next().unwrap_or_default()),
            None => Findings::new(false, false).headline(cause),
        };
        let which = match rest.len() {
            0 => worst.label(),
            _ => format!("{}, such as {}", count(rows.len(), "job"), worst.label()),
        };
        let line = format!("{code}  {which}: {message}");
        text.push_str(&wrap(&cut_end(&line, 2 * terminal_width() - 16), "  "));
    }
    if text.is_empty() { Ok(()) } else { writeln!(f, "\n{text}") }
}

/// The files of which decoding could not use everything.
fn write_lost(f: &mut fmt::Formatter<'_>, rows: &[Row<'_>]) -> fmt::Result {
    /// Limit of the jobs named.
    const LIMIT: usize = 3;
    let lossy: Vec<_> = rows.iter().filter(|row| row.lost > 0).collect();
    let mut text = String::new();
    for row in lossy.iter().take(LIMIT) {
        let place = row.file.map_or_else(|| row.label(), safe::line);
        let values = count(row.lost, "value");
        let line = format!("{place}: {values} of the body could not be used");
        let _ = writeln!(text, "{}", cut_end(&line, terminal_width()));
    }
    if lossy.len() > LIMIT {
        let _ = writeln!(text, "and values of {} more", count(lossy.len() - LIMIT, "job"));
    }
    if text.is_empty() { Ok(()) } else { writeln!(f, "{text}") }
}

impl Row<'_> {
    /// Returns true if there is nothing to say about the job.
    fn is_fine(&self) -> bool {
        self.verdict == Verdict::Healthy
            && self.assessment.exit_code() == 0
            && self.assessment.pending().is_none()
            && self.assessment.held_since().is_none()
            && self.error.is_none()
            && self.lost == 0
    }

    fn severity(&self) -> Option<Severity> {
        self.assessment.severity()
    }

    fn lag(&self) -> Option<TimeDelta> {
        self.assessment.lag()
    }

    /// `LAG_HIGH`, `LAG_HIGH pending`, `LAG_HIGH held`
    fn reason(&self) -> String {
        let reason = self.assessment.reason().map(FindingCode::as_str);
        if self.assessment.held_since().is_some() {
            return [reason.unwrap_or_default(), "held"].join(" ").trim_start().to_owned();
        }
        match (reason, self.assessment.pending()) {
            (Some(code), _) => code.to_owned(),
            (None, Some(pending)) => format!("{} pending", pending.code),
            (None, None) => String::new(),
        }
    }

    /// The job, or the file of an unknown one.
    fn label(&self) -> String {
        match (self.assessment.job_id(), self.file) {
            (None, Some(file)) => safe::line(file),
            _ => self.job(),
        }
    }

    /// The job, with the direction where it is not the usual one.
    fn job(&self) -> String {
        let job = job_name(self.assessment.job_id());
        match self.assessment.direction() {
            Scope::Forward => job,
            direction => format!("{job}/{direction}"),
        }
    }
}
