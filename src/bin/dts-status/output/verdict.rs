//! Verdicts as text: [`verdict_word`], [`verdict_counts`].

use std::collections::BTreeMap;

use aliyun_dts_status::health::Verdict;

use super::style::{BAD, FAIR, GOOD, UNKNOWN};

/// A verdict in capitals, coloured by its exit status.
pub(crate) fn verdict_word(verdict: Verdict) -> String {
    let style = match verdict.exit_code() {
        0 => GOOD,
        1 => FAIR,
        2 => BAD,
        _ => UNKNOWN,
    };
    let style = style.bold();
    format!("{style}{}{style:#}", verdict.as_str().to_uppercase())
}

/// How often each verdict occurs, after the total that they explain: `: 1 Failed, 2 Healthy`; empty without any.
pub(crate) fn verdict_counts(counts: &BTreeMap<Verdict, usize>) -> String {
    let counts: Vec<_> = counts.iter().rev().map(|(verdict, count)| format!("{count} {verdict}")).collect();
    if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) }
}
