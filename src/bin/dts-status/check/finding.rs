//! A finding as text: [`Findings`], which prints an error message and its remedy once.

use std::fmt;

use aliyun_dts_status::health::catalog::cause;
use aliyun_dts_status::health::{Evidence, Finding, Severity};
use aliyun_dts_status::{Field, Segment};
use anstyle::Style;

use crate::escape;
use crate::output::cut;
use crate::output::style::{BAD, FAINT, FAIR, STRONG};

/// Prints the findings of one job. Several of them may rest on the same error message.
#[derive(Default)]
pub(super) struct Findings<'a> {
    shows_direction: bool,
    /// The findings whose message is printed already.
    headlines: Vec<&'a Finding>,
    /// The error messages that are printed whole.
    quoted: Vec<&'a str>,
    /// The causes whose remedy is printed.
    causes: Vec<String>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(shows_direction: bool) -> Self {
        Findings { shows_direction, ..Findings::default() }
    }

    /// One line: the code and what is wrong.
    pub(super) fn headline(&mut self, f: &mut fmt::Formatter<'_>, finding: &'a Finding) -> fmt::Result {
        let message = self.message(finding);
        self.headlines.push(finding);
        writeln!(f, "{STRONG}{}{STRONG:#}: {message}", finding.code)
    }

    /// What is wrong, without the values if they repeat an error message.
    pub(super) fn message(&mut self, finding: &'a Finding) -> String {
        let texts: Vec<_> = finding.evidence.iter().filter_map(error_text).collect();
        if texts.iter().any(|text| self.quoted.contains(text)) {
            return format!("{}.", finding.code.sentence());
        }
        self.quoted.extend(texts.into_iter().filter(|text| text.chars().count() <= LONGEST_QUOTED));
        escape::line(&finding.message)
    }

    /// All of a finding: what is wrong if that is not printed yet, evidence and remedies.
    pub(super) fn whole(&mut self, f: &mut fmt::Formatter<'_>, finding: &'a Finding) -> fmt::Result {
        let style = severity_style(finding.severity);
        write!(f, "{style}{:10}{style:#}{}  {}", finding.severity, finding.code, finding.phase)?;
        if self.shows_direction {
            write!(f, "  {}", finding.direction)?;
        }
        writeln!(f)?;
        if !self.headlines.iter().any(|known| std::ptr::eq(*known, finding)) {
            let message = self.message(finding);
            writeln!(f, "  {message}")?;
        }
        let shown = finding.evidence.iter().filter(|evidence| is_of_body(evidence));
        for (index, evidence) in shown.enumerate() {
            row(f, if index == 0 { "evidence" } else { "" }, &self.evidence(evidence))?;
        }
        if !finding.upstream.is_empty() {
            row(f, "codes", &finding.upstream.join(", "))?;
        }
        for (index, remedy) in self.remedies(finding).iter().enumerate() {
            row(f, if index == 0 { "remedy" } else { "" }, remedy)?;
        }
        Ok(())
    }

    /// `Delay = 61`, `Status is absent`
    fn evidence(&mut self, evidence: &'a Evidence) -> String {
        /// Limit of a value in characters; `decode` shows long error messages whole.
        const LIMIT: usize = 400;
        if let Some(text) = error_text(evidence) {
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

    /// The remedy of the cause that an error message names, unless it is printed already, then that of the finding.
    fn remedies(&mut self, finding: &Finding) -> Vec<String> {
        let causes = finding.evidence.iter().filter_map(error_text).filter_map(cause);
        for cause in causes.map(|cause| cause.to_string()) {
            if let Some(own) = finding.remedy.strip_prefix(&cause) {
                let own = own.trim_start().to_owned();
                if self.causes.contains(&cause) {
                    return vec![own];
                }
                self.causes.push(cause.clone());
                return vec![cause, own];
            }
        }
        vec![finding.remedy.clone().into_owned()]
    }
}

/// The library cuts longer error messages in the message of a finding.
const LONGEST_QUOTED: usize = 200;

/// The value of an error message. An empty one is no text.
fn error_text(evidence: &Evidence) -> Option<&str> {
    let texts = [Field::ErrorMessage, Field::ErrMessage, Field::DynamicMessage, Field::Message];
    match evidence.path.segments().last()? {
        Segment::Field(field) if texts.contains(field) => evidence.value.as_deref(),
        _ => None,
    }
}

/// True for a value of the body. What is known from elsewhere has a name in brackets, and words in the message only.
fn is_of_body(evidence: &Evidence) -> bool {
    !matches!(evidence.path.segments(), [Segment::Name(name)] if name.starts_with('('))
}

fn row(f: &mut fmt::Formatter<'_>, label: &str, text: &str) -> fmt::Result {
    writeln!(f, "  {FAINT}{label:10}{FAINT:#}{}", escape::line(text))
}

fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical => BAD,
        Severity::Warning => FAIR,
        _ => FAINT,
    }
}
