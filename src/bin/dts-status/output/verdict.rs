//! Verdicts as text: [`verdict_word`], [`verdict_style`], [`verdict_counts`].

use aliyun_dts_status::health::{FleetAssessment, Verdict};
use anstyle::Style;

use super::style::{BAD, FAIR, GOOD, UNKNOWN};

/// A verdict in capitals, coloured by its exit status.
pub(crate) fn verdict_word(verdict: Verdict) -> String {
    let style = verdict_style(verdict);
    format!("{style}{}{style:#}", verdict.as_str().to_uppercase())
}

/// The colour of a verdict: that of its exit status.
pub(crate) fn verdict_style(verdict: Verdict) -> Style {
    let style = match verdict.exit_code() {
        0 => GOOD,
        1 => FAIR,
        2 => BAD,
        _ => UNKNOWN,
    };
    style.bold()
}

/// The counts of a fleet, after the total that they explain: `: 1 Failed, 2 Healthy`; empty without jobs.
pub(crate) fn verdict_counts(fleet: &FleetAssessment) -> String {
    match fleet.summary() {
        summary if summary.is_empty() => summary,
        summary => format!(": {summary}"),
    }
}
