//! Verdicts for people: [`Single`], [`Many`].

use std::cmp::Reverse;
use std::fmt::{self, Display};

use aliyun_dts_status::health::{
    Assessment, Deadline, Evidence, Finding, FindingCode, Scope, Severity, Verdict,
};
use aliyun_dts_status::model::spelling;
use anstyle::Style;
use chrono::{DateTime, Utc};

use super::moment::span;
use super::report::{Fleet, Lost, Report};
use crate::output::style::{BAD, DOUBTFUL, FAINT, FAIR, GOOD, STRONG};
use crate::output::{count, safe, undecodable};

/// One job: the verdict, the reason, the findings, the deadlines.
pub(super) struct Single<'a> {
    pub(super) report: &'a Report,
    pub(super) now: DateTime<Utc>,
}

impl Display for Single<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { file, assessment, undecodable: failed, lost } = self.report;
        let verdict = word(self.report.summary().verdict());
        let Some(assessment) = assessment else {
            writeln!(f, "{verdict}  {}", safe::line(file))?;
            return match failed {
                Some(failed) => writeln!(f, "The body can't be decoded: {}", undecodable(&failed.error)),
                None => Ok(()),
            };
        };
        writeln!(f, "{verdict}  {}", safe::line(&facts(assessment)))?;
        if let Some(failed) = failed {
            writeln!(
                f,
                "{}: can't be decoded, so this is told by the other body alone",
                safe::line(&failed.file)
            )?;
        }
        if let Some(cause) = assessment.cause() {
            writeln!(f, "{STRONG}{}{STRONG:#}: {}", cause.code, safe::line(&cause.message))?;
        }
        for finding in assessment.findings() {
            let is_told = assessment.cause().is_some_and(|cause| std::ptr::eq(cause, finding));
            write!(
                f,
                "\n{}",
                Details { finding, is_told, is_two_way: assessment.direction() == Scope::TwoWay }
            )?;
        }
        if !assessment.deadlines().is_empty() {
            writeln!(f, "\n{STRONG}Deadlines{STRONG:#}")?;
        }
        let mut deadlines = assessment.deadlines().to_vec();
        deadlines.sort_by_key(|deadline| deadline.at);
        for deadline in &deadlines {
            writeln!(f, "  {}", self.deadline(deadline))?;
        }
        if !lost.is_empty() {
            writeln!(f, "\n{STRONG}Could not be used{STRONG:#}, so the verdict does without")?;
        }
        for Lost { file, quirk } in lost.iter().take(LOST) {
            writeln!(f, "  {}: {}", safe::line(file), safe::line(&quirk.to_string()))?;
        }
        if lost.len() > LOST {
            writeln!(f, "  and {} more; `dts-status decode` tells them", lost.len() - LOST)?;
        }
        Ok(())
    }
}

/// Hundreds of lines would push the verdict off the screen.
const LOST: usize = 10;

impl Single<'_> {
    fn deadline(&self, deadline: &Deadline) -> String {
        let left = deadline.at.signed_duration_since(self.now);
        let when = if deadline.at < self.now {
            format!("{BAD}{} ago{BAD:#}", span(left))
        } else {
            format!("in {}", span(left))
        };
        let doubt = if deadline.exact { "" } else { ", an estimate" };
        format!("{:14}{}  {when}{doubt}", deadline.kind, spelling::time(&deadline.at))
    }
}

/// `dtsexjk1alb116****/Forward  Synchronizing, 1 min 1 s behind`
fn facts(assessment: &Assessment) -> String {
    let job = assessment.job_id().unwrap_or("(no job id)");
    // Status and lag of a two-way job are those of one direction: Forward's, if that was observed.
    let of = match assessment.direction() {
        Scope::TwoWay => {
            let is_missing =
                assessment.findings().iter().any(|finding| finding.code == FindingCode::ForwardNotObserved);
            if is_missing { "Reverse " } else { "Forward " }
        }
        _ => "",
    };
    let status = assessment.status().map_or("no status", |status| status.as_str());
    let lag = assessment.lag().map(|lag| format!(", {} behind", span(lag)));
    format!("{job}/{}  {of}{status}{}", assessment.direction(), lag.unwrap_or_default())
}

/// One finding with its evidence and what to do.
struct Details<'a> {
    finding: &'a Finding,
    /// Whether its message stands further up already.
    is_told: bool,
    /// Whether the job has two directions.
    is_two_way: bool,
}

impl Display for Details<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { finding, is_told, is_two_way } = *self;
        let style = severity(finding.severity);
        write!(f, "{style}{:10}{style:#}{}  {}", finding.severity, finding.code, finding.phase)?;
        if is_two_way {
            write!(f, "  {}", finding.direction)?;
        }
        writeln!(f)?;
        if !is_told {
            writeln!(f, "  {}", safe::line(&finding.message))?;
        }
        for (index, piece) in finding.evidence.iter().enumerate() {
            row(f, if index == 0 { "evidence" } else { "" }, &evidence(piece))?;
        }
        if !finding.upstream.is_empty() {
            row(f, "codes", &finding.upstream.join(", "))?;
        }
        row(f, "remedy", &finding.remedy)
    }
}

fn row(f: &mut fmt::Formatter<'_>, label: &str, text: &str) -> fmt::Result {
    writeln!(f, "  {FAINT}{label:10}{FAINT:#}{}", safe::line(text))
}

/// `Delay = 61`, `Status is absent`
fn evidence(piece: &Evidence) -> String {
    /// Error messages can be very long; `decode` shows all of them.
    const LONGEST: usize = 400;
    match &piece.value {
        None => format!("{} is absent", piece.path),
        Some(value) => match value.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{} = {}…", piece.path, &value[..end]),
            None => format!("{} = {value}", piece.path),
        },
    }
}

/// A fleet: the worst verdict, how many jobs there are of each, then the jobs, the worst first.
pub(super) struct Many<'a> {
    pub(super) fleet: &'a Fleet,
}

impl Display for Many<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fleet { reports, summary } = self.fleet;
        let counts: Vec<_> =
            summary.counts().iter().rev().map(|(verdict, count)| format!("{count} {verdict}")).collect();
        let colon = if counts.is_empty() { "" } else { ": " };
        writeln!(
            f,
            "{}  {}{colon}{}",
            word(summary.verdict()),
            count(reports.len(), "job"),
            counts.join(", ")
        )?;
        if reports.is_empty() {
            return summary.causes().iter().try_for_each(|cause| writeln!(f, "{}", cause.message));
        }
        writeln!(f)?;
        let mut rows: Vec<_> = reports.iter().map(|report| (report.summary().verdict(), report)).collect();
        rows.sort_by_key(|(verdict, _)| Reverse(*verdict));
        for (verdict, report) in rows {
            let told = match (&report.assessment, &report.undecodable) {
                (Some(assessment), _) => match assessment.cause() {
                    Some(cause) => {
                        let also = also(assessment, cause);
                        format!("{}\n{}: {}{also}", facts(assessment), cause.code, cause.message)
                    }
                    None => facts(assessment),
                },
                (None, Some(failed)) => format!("can't be decoded\n{}", undecodable(&failed.error)),
                (None, None) => String::new(),
            };
            let mut lines = told.lines();
            let first = lines.next().unwrap_or_default();
            writeln!(f, "{}  {}  {}", word(verdict), safe::line(&report.file), safe::line(first))?;
            for line in lines {
                writeln!(f, "  {}", safe::line(line))?;
            }
            if !report.lost.is_empty() {
                let values = count(report.lost.len(), "value");
                writeln!(f, "  {values} of the body could not be used, so the verdict does without")?;
            }
        }
        Ok(())
    }
}

/// The other findings that matter, by name.
fn also(assessment: &Assessment, cause: &Finding) -> String {
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

/// A verdict in capitals, coloured by its exit status.
pub(crate) fn word(verdict: Verdict) -> String {
    let style = match verdict.exit_code() {
        0 => GOOD,
        1 => FAIR,
        2 => BAD,
        _ => DOUBTFUL,
    };
    let style = style.bold();
    format!("{style}{}{style:#}", verdict.as_str().to_uppercase())
}

fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Critical => BAD,
        Severity::Warning => FAIR,
        _ => FAINT,
    }
}
