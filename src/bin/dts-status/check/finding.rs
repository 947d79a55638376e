//! A finding as text: [`Findings`], which prints an error message and its remedy once.

use std::fmt;

use aliyun_dts_status::Segment;
use aliyun_dts_status::health::catalog::cause;
use aliyun_dts_status::health::{Evidence, Finding, Severity};
use anstyle::Style;

use crate::output::style::{BAD, FAINT, FAIR};
use crate::output::{cut, safe, wrap};

/// Prints the findings of one job. Several of them may rest on the same error message.
#[derive(Default)]
pub(super) struct Findings<'a> {
    shows_direction: bool,
    /// Shows all evidence, one a line.
    is_verbose: bool,
    /// The findings whose message is printed already.
    headlines: Vec<&'a Finding>,
    /// The error messages that are printed whole.
    quoted: Vec<&'a str>,
    /// The errors of files that are printed.
    errors: Vec<String>,
    /// The causes whose remedy is printed.
    causes: Vec<String>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(shows_direction: bool, is_verbose: bool) -> Self {
        Findings { shows_direction, is_verbose, ..Findings::default() }
    }

    /// What is wrong, for the first lines.
    pub(super) fn headline(&mut self, finding: &'a Finding) -> String {
        self.headlines.push(finding);
        self.message(finding)
    }

    /// Notes an error that is printed in place of the cause.
    pub(super) fn error(&mut self, cause: Option<&'a Finding>, error: String) {
        self.headlines.extend(cause);
        self.errors.push(error);
    }

    /// What is wrong, without the values if they repeat an error message.
    pub(super) fn message(&mut self, finding: &'a Finding) -> String {
        let texts: Vec<_> = finding.evidence.iter().filter_map(Evidence::error_text).collect();
        if texts.iter().any(|text| self.quoted.contains(text)) {
            return format!("{}.", finding.code.sentence());
        }
        self.quoted.extend(texts.into_iter().filter(|text| text.chars().count() <= LONGEST_QUOTED));
        safe::line(&finding.message)
    }

    /// All of a finding: what is wrong if that is not printed yet, evidence and the remedy.
    pub(super) fn whole(&mut self, f: &mut fmt::Formatter<'_>, finding: &'a Finding) -> fmt::Result {
        let style = severity_style(finding.severity);
        write!(f, "{style}{:10}{style:#}{}  {}", finding.severity, finding.code, finding.phase)?;
        if self.shows_direction {
            write!(f, "  {}", finding.direction)?;
        }
        writeln!(f)?;
        if !self.headlines.iter().any(|known| std::ptr::eq(*known, finding)) {
            f.write_str(&wrap(&format!("  {}", self.message(finding)), "  "))?;
        }
        self.write_evidence(f, finding)?;
        if !finding.upstream.is_empty() {
            row(f, "codes", &finding.upstream.join(", "))?;
        }
        row(f, "remedy", &self.remedy(finding))
    }

    fn write_evidence(&mut self, f: &mut fmt::Formatter<'_>, finding: &'a Finding) -> fmt::Result {
        if self.is_verbose {
            for (index, evidence) in finding.evidence.iter().enumerate() {
                row(f, if index == 0 { "evidence" } else { "" }, &self.evidence(evidence))?;
            }
            return Ok(());
        }
        let is_quoted = |text: &str| self.quoted.contains(&text);
        let is_said = |value: &str| self.errors.iter().any(|error| error.contains(value));
        let is_new = |evidence: &&Evidence| match evidence.error_text() {
            Some(text) => !is_quoted(text),
            None => !(evidence.path.segments().is_empty() && evidence.value.as_deref().is_some_and(is_said)),
        };
        let evidence = finding.evidence.iter().filter(|evidence| is_of_body(evidence));
        let shown: Vec<_> = evidence.filter(is_new).collect();
        let parts: Vec<_> = shown.into_iter().map(|evidence| self.evidence(evidence)).collect();
        if parts.is_empty() { Ok(()) } else { row(f, "evidence", &parts.join(", ")) }
    }

    /// `Delay = 61`, `Status is absent`
    fn evidence(&mut self, evidence: &'a Evidence) -> String {
        /// Limit of a value in characters; `decode` shows long error messages whole.
        const LIMIT: usize = 400;
        if let Some(text) = evidence.error_text() {
            if self.quoted.contains(&text) {
                return format!("{} is quoted above", evidence.path);
            }
            self.quoted.push(text);
        }
        match &evidence.value {
            None => format!("{} is absent", evidence.path),
            // About the answer as a whole.
            Some(value) if evidence.path.segments().is_empty() => cut(value, LIMIT).into_owned(),
            Some(value) => format!("{} = {}", evidence.path, cut(value, LIMIT)),
        }
    }

    /// The remedy of the cause that an error message names, where that is not printed yet, else that of the finding.
    fn remedy(&mut self, finding: &Finding) -> String {
        let causes = finding.evidence.iter().filter_map(Evidence::error_text).filter_map(cause);
        let cause = causes.map(|cause| cause.to_string()).find(|cause| finding.remedy.starts_with(cause));
        let Some(cause) = cause else { return finding.remedy.clone().into_owned() };
        if self.causes.contains(&cause) {
            return finding.remedy[cause.len()..].trim_start().to_owned();
        }
        self.causes.push(cause.clone());
        cause
    }
}

/// The library cuts longer error messages in the message of a finding.
const LONGEST_QUOTED: usize = 200;

/// Returns true for a value of the body. What is known from elsewhere has a name in brackets, and words in the message
/// only.
fn is_of_body(evidence: &Evidence) -> bool {
    !matches!(evidence.path.segments(), [Segment::Name(name)] if name.starts_with('('))
}

fn row(f: &mut fmt::Formatter<'_>, label: &str, text: &str) -> fmt::Result {
    f.write_str(&wrap(&format!("  {FAINT}{label:10}{FAINT:#}{}", safe::line(text)), "            "))
}

fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical => BAD,
        Severity::Warning => FAIR,
        _ => FAINT,
    }
}
