//! `dts-status explain`: the meaning of a code, and its remedy.

use std::fmt::Write as _;

use aliyun_dts_status::health::FindingCode;
use aliyun_dts_status::health::catalog::{self, ErrorGuide, PrecheckGuide};
use aliyun_dts_status::{QuirkKind, Rule};

use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::output::style::{FAINT, STRONG};

/// Explain a code, and its remedy
///
/// CODE is the code of a finding, the kind of a quirk, the rule of a violation, an item of the precheck, or an error
/// code of DTS. Without CODE all of them are listed.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Explain {
    /// The code, in any letter case
    #[arg(allow_hyphen_values = true)]
    code: Option<String>,
}

const AFTER: &str = "\
Examples:
  dts-status explain
  dts-status explain LAG_HIGH
  dts-status explain DTS-1020042
  dts-status explain check_conn_src

Exit status:
  0   explained
  64  an unknown code";

impl Explain {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        let Some(code) = self.code.as_deref().map(str::trim) else {
            output.text(list())?;
            return Ok(Exit::Done);
        };
        let entries = Entry::called(code);
        if entries.is_empty() {
            return Err(Failure::new(Exit::Usage, unknown(code)));
        }
        let texts: Vec<_> = entries.iter().map(Entry::text).collect();
        output.text(texts.join("\n"))?;
        Ok(Exit::Done)
    }
}

/// One row of one of the library's tables.
enum Entry {
    Finding(FindingCode),
    Quirk(QuirkKind),
    Violation(Rule),
    Precheck(&'static PrecheckGuide),
    Error(&'static ErrorGuide),
    ApiError(&'static str),
}

impl Entry {
    fn all() -> impl Iterator<Item = Entry> {
        let findings = FindingCode::ALL.iter().copied().map(Entry::Finding);
        let quirks = QuirkKind::ALL.iter().copied().map(Entry::Quirk);
        let violations = Rule::ALL.iter().copied().map(Entry::Violation);
        let precheck = catalog::PRECHECK_ITEMS.iter().map(Entry::Precheck);
        let errors = catalog::error_guides().map(Entry::Error);
        let api_errors = catalog::API_ERROR_CODES.iter().copied().map(Entry::ApiError);
        findings.chain(quirks).chain(violations).chain(precheck).chain(errors).chain(api_errors)
    }

    /// The entries with this name in any of its spellings.
    fn called(code: &str) -> Vec<Entry> {
        let (guide, item) = (catalog::error_guide(code), catalog::precheck_item(code));
        let called = |entry: &Entry| match entry {
            Entry::Error(own) => guide == Some(own),
            Entry::Precheck(own) => item == Some(own),
            _ => entry.name().eq_ignore_ascii_case(code),
        };
        Entry::all().filter(called).collect()
    }

    fn table(&self) -> &'static str {
        match self {
            Entry::Finding(_) => "Findings",
            Entry::Quirk(_) => "Quirks",
            Entry::Violation(_) => "Violations",
            Entry::Precheck(_) => "Precheck items",
            Entry::Error(_) => "DTS error codes",
            Entry::ApiError(_) => "API error codes",
        }
    }

    fn name(&self) -> String {
        match self {
            Entry::Finding(code) => code.to_string(),
            Entry::Quirk(kind) => kind.to_string(),
            Entry::Violation(rule) => rule.to_string(),
            Entry::Precheck(guide) => guide.name.to_string(),
            Entry::Error(guide) => guide.code.to_owned(),
            Entry::ApiError(code) => (*code).to_owned(),
        }
    }

    fn meaning(&self) -> String {
        match self {
            Entry::Finding(code) => format!("{}.", code.sentence()),
            Entry::Quirk(kind) => kind.meaning().to_owned(),
            Entry::Violation(rule) => rule.sentence().to_owned(),
            Entry::Precheck(guide) => format!("Checks {}.", guide.checks),
            Entry::Error(guide) => format!("{}.", capitalized(guide.class.meaning)),
            Entry::ApiError(code) => {
                let class = catalog::api_error(Some(code), None);
                let retry = if class.is_retryable() { "may succeed later" } else { "fails again" };
                format!("A call failed: {class}. The same call {retry}.")
            }
        }
    }

    /// The full explanation.
    fn text(&self) -> String {
        let (class, details) = match self {
            Entry::Finding(code) => {
                ("a finding", vec![("Phase", code.phase().as_str()), ("Remedy", code.remedy())])
            }
            Entry::Quirk(kind) => {
                let loss = if kind.loses_value() {
                    "the value is in the quirk, not in the model"
                } else {
                    "nothing is lost"
                };
                ("a quirk: a departure from the documented form", vec![("Loss", loss)])
            }
            Entry::Violation(rule) => (
                "a violation: this rule of the published contract is broken",
                vec![("Source", rule.source())],
            ),
            Entry::Precheck(guide) => {
                let waiver = if guide.may_be_waived { "it may be waived" } else { "it must pass" };
                let mut further = vec![("Waiver", waiver), ("Remedy", guide.remedy)];
                further.extend(guide.console_name.map(|name| ("Console", name)));
                ("an item of the precheck", further)
            }
            Entry::Error(guide) => {
                ("an error of DTS", vec![("Fact", guide.fact), ("Remedy", guide.class.remedy)])
            }
            Entry::ApiError(code) => {
                ("an error of the API", vec![("Remedy", catalog::api_error_remedy(Some(code), None))])
            }
        };
        let mut text = format!("{STRONG}{}{STRONG:#}, {class}\n{}\n", self.name(), self.meaning());
        for (label, value) in details {
            let _ = writeln!(text, "{FAINT}{label:8}{FAINT:#}{value}");
        }
        text
    }
}

fn list() -> String {
    let mut list = String::new();
    let mut table = "";
    let width =
        Entry::all().filter(|entry| !matches!(entry, Entry::Error(_))).map(|entry| entry.name().len()).max();
    let width = width.unwrap_or_default() + 2;
    for entry in Entry::all() {
        if entry.table() != table {
            table = entry.table();
            let gap = if list.is_empty() { "" } else { "\n" };
            let _ = writeln!(list, "{gap}{STRONG}{table}{STRONG:#}");
        }
        let meaning = match &entry {
            Entry::Error(guide) => format!("{}.", capitalized(&guide.meaning())),
            _ => entry.meaning(),
        };
        let _ = writeln!(list, "  {:width$}{meaning}", format!("{}  ", entry.name()));
    }
    list
}

fn unknown(code: &str) -> String {
    let part = code.to_ascii_lowercase();
    let similar: Vec<_> = Entry::all()
        .map(|entry| entry.name())
        .filter(|name| part.len() > 2 && name.to_ascii_lowercase().contains(&part))
        .collect();
    if similar.is_empty() {
        format!("unknown code {code:?}; `dts-status explain` lists the known codes")
    } else {
        format!("unknown code {code:?}; did you mean one of {}?", similar.join(", "))
    }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}
