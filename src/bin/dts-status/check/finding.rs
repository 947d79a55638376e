//! A finding as text: [`FindingText`].

use std::fmt::{self, Display};

use aliyun_dts_status::health::{Evidence, Finding, Severity};
use anstyle::Style;

use crate::escape;
use crate::output::cut;
use crate::output::style::{BAD, FAINT, FAIR};

/// A finding with its evidence and remedy.
pub(super) struct FindingText<'a> {
    pub(super) finding: &'a Finding,
    pub(super) shows_message: bool,
    pub(super) shows_direction: bool,
}

impl Display for FindingText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FindingText { finding, shows_message, shows_direction } = *self;
        let style = severity_style(finding.severity);
        write!(f, "{style}{:10}{style:#}{}  {}", finding.severity, finding.code, finding.phase)?;
        if shows_direction {
            write!(f, "  {}", finding.direction)?;
        }
        writeln!(f)?;
        if shows_message {
            writeln!(f, "  {}", escape::line(&finding.message))?;
        }
        for (index, evidence) in finding.evidence.iter().enumerate() {
            row(f, if index == 0 { "evidence" } else { "" }, &evidence_text(evidence))?;
        }
        if !finding.upstream.is_empty() {
            row(f, "codes", &finding.upstream.join(", "))?;
        }
        row(f, "remedy", &finding.remedy)
    }
}

fn row(f: &mut fmt::Formatter<'_>, label: &str, text: &str) -> fmt::Result {
    writeln!(f, "  {FAINT}{label:10}{FAINT:#}{}", escape::line(text))
}

/// `Delay = 61`, `Status is absent`
fn evidence_text(evidence: &Evidence) -> String {
    /// Limit of a value in characters; `decode` shows long error messages whole.
    const LIMIT: usize = 400;
    match &evidence.value {
        None => format!("{} is absent", evidence.path),
        // About the answer as a whole.
        Some(value) if evidence.path.segments().is_empty() => cut(value, LIMIT).into_owned(),
        Some(value) => format!("{} = {}", evidence.path, cut(value, LIMIT)),
    }
}

fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical => BAD,
        Severity::Warning => FAIR,
        _ => FAINT,
    }
}
