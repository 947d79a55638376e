//! Results as text: [`JobText`], [`FleetText`].

use std::cmp::Reverse;
use std::fmt::{self, Display};

use aliyun_dts_status::health::{Assessment, Deadline, Finding, FindingCode, Scope, Severity, Span, Verdict};
use aliyun_dts_status::model::Loss;
use chrono::{DateTime, Utc};

use super::finding::Findings;
use super::headline::{alarm, lag_text, notes};
use super::report::{FileReport, FleetReport};
use crate::escape;
use crate::output::style::{BAD, STRONG};
use crate::output::{count, rfc3339, verdict_counts, verdict_word};

/// One job: verdict, reason, findings, deadlines, lost values.
pub(super) struct JobText<'a> {
    pub(super) report: &'a FileReport,
    pub(super) now: DateTime<Utc>,
}

impl Display for JobText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FileReport { assessment, errors, lost, .. } = self.report;
        let verdict = verdict_word(self.report.summary().verdict());
        writeln!(f, "{verdict}  {}", escape::line(&facts(assessment)))?;
        let mut findings = Findings::new(assessment.direction() == Scope::TwoWay);
        for finding in assessment.cause().into_iter().chain(alarm(assessment)) {
            findings.headline(f, finding)?;
        }
        for failed in errors {
            writeln!(f, "{}", escape::lines(&failed.to_string()))?;
        }
        for finding in assessment.findings() {
            writeln!(f)?;
            findings.whole(f, finding)?;
        }
        self.deadlines(f, assessment)?;
        lost_values(f, lost)
    }
}

impl JobText<'_> {
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
            writeln!(f, "  {kind:16}{}  {when}{estimate}", rfc3339(at))?;
        }
        Ok(())
    }
}

fn lost_values(f: &mut fmt::Formatter<'_>, lost: &[(String, Loss)]) -> fmt::Result {
    /// Limit of the values shown, so that the verdict stays on the screen.
    const LIMIT: usize = 10;
    if !lost.is_empty() {
        writeln!(f, "\n{STRONG}Values that decoding could not use{STRONG:#}")?;
    }
    for (file, Loss { path, kept, lost, .. }) in lost.iter().take(LIMIT) {
        let place = if path.segments().is_empty() { "the body".to_owned() } else { path.to_string() };
        let kept = kept.as_ref().map_or_else(String::new, |kept| format!(", {kept:?} was kept"));
        writeln!(f, "  {}: {}", escape::line(file), escape::line(&format!("{place}: {lost:?}{kept}")))?;
    }
    if lost.len() > LIMIT {
        writeln!(f, "  and {} more; `dts-status decode` lists them", lost.len() - LIMIT)?;
    }
    Ok(())
}

/// `dtsexjk1alb116****/Forward  Synchronizing, 61 s behind`
fn facts(assessment: &Assessment) -> String {
    let job = assessment.job_id().unwrap_or("(no job id)");
    // Status and lag of a two-way job are those of Forward, or of Reverse if only that was observed.
    let of = match assessment.direction() {
        Scope::TwoWay => {
            let is_missing =
                assessment.findings().iter().any(|finding| finding.code == FindingCode::ForwardNotObserved);
            if is_missing { "Reverse " } else { "Forward " }
        }
        _ => "",
    };
    let status = assessment.status().map_or("no status", |status| status.as_str());
    let mut facts = format!("{job}/{}  {of}{status}", assessment.direction());
    for fact in lag_text(assessment).into_iter().chain(notes(assessment)) {
        facts.push_str(&format!(", {fact}"));
    }
    facts
}

/// A fleet: the worst verdict, the number of jobs of each verdict, then the jobs, the worst first.
pub(super) struct FleetText<'a> {
    pub(super) fleet: &'a FleetReport,
}

impl Display for FleetText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FleetReport { files, summary } = self.fleet;
        let (jobs, counts) = (count(files.len(), "job"), verdict_counts(summary));
        writeln!(f, "{}  {jobs}{counts}", verdict_word(summary.verdict()))?;
        if files.is_empty() {
            return summary.causes().iter().try_for_each(|cause| writeln!(f, "{}", cause.message));
        }
        writeln!(f)?;
        let mut rows: Vec<_> = files.iter().map(|report| (report.summary().verdict(), report)).collect();
        rows.sort_by_key(|(verdict, _)| Reverse(*verdict));
        rows.into_iter().try_for_each(|(verdict, report)| job_rows(f, verdict, report))
    }
}

fn job_rows(f: &mut fmt::Formatter<'_>, verdict: Verdict, report: &FileReport) -> fmt::Result {
    let assessment = &report.assessment;
    let mut text = facts(assessment);
    match assessment.cause() {
        // The error says more than the finding.
        Some(cause) if report.errors.is_empty() => {
            let others = other_findings(assessment, cause);
            text.push_str(&format!("\n{}: {}{others}", cause.code, cause.message));
        }
        Some(cause) => report.errors.iter().for_each(|failed| {
            text.push_str(&format!("\n{}: {}", cause.code, failed.error));
        }),
        None => {}
    }
    let mut lines = text.lines();
    let first = escape::line(lines.next().unwrap_or_default());
    writeln!(f, "{}  {}  {first}", verdict_word(verdict), escape::line(&report.file))?;
    for line in lines {
        writeln!(f, "  {}", escape::line(line))?;
    }
    if !report.lost.is_empty() {
        writeln!(f, "  {} of the body could not be used", count(report.lost.len(), "value"))?;
    }
    Ok(())
}

/// The codes of the other findings from Warning on.
fn other_findings(assessment: &Assessment, cause: &Finding) -> String {
    let others = assessment.findings().iter().filter(|finding| !std::ptr::eq(*finding, cause));
    let names: Vec<_> = others
        .filter(|finding| finding.severity >= Severity::Warning)
        .map(|finding| match &finding.subject {
            Some(subject) => format!("{} {subject}", finding.code),
            None => finding.code.to_string(),
        })
        .collect();
    if names.is_empty() { String::new() } else { format!("\nalso {}", names.join(", ")) }
}
