//! The error messages of the job and its stages.

use crate::health::catalog::prefix::{after_digits, after_prefix};
use crate::health::facts::case::{Case, Message};
use crate::health::finding::{FindingCode, Severity};
use crate::health::report::Report;
use crate::health::verdict::Verdict;

pub(super) fn judge(case: &Case<'_>, report: &mut Report) {
    for message in case.messages() {
        judge_one(case, &message, report);
    }
}

/// Phrases of DTS for a job that must be created again.
const UNRECOVERABLE: [&str; 3] = ["cannot be recovered", "无法恢复", "無法恢復"];

/// The pieces between the numbers of "retry N times, S seconds, which exceed the supposed T seconds".
const RETRIES: [&str; 4] = ["retry ", " times, ", " seconds, which exceed the supposed ", " seconds"];

fn judge_one(case: &Case<'_>, message: &Message<'_>, report: &mut Report) {
    let finding =
        |code, severity| case.finding(code, severity, vec![message.fact()]).in_phase(message.phase());
    let unrecoverable = UNRECOVERABLE.iter().any(|phrase| after(message.text, phrase).is_some());
    match (message.failing, unrecoverable) {
        (true, true) => {
            let finding = finding(FindingCode::UnrecoverableReported, Severity::Critical);
            report.add(finding.at_least(Verdict::Unrecoverable));
        }
        (true, false) => {}
        // A text left over from the past must not page anyone.
        (false, true) => report.add(finding(FindingCode::ErrorResidual, Severity::Warning)),
        (false, false) => report.add(finding(FindingCode::ErrorResidual, Severity::Notice)),
    }
    if exceeds_retries(message.text) {
        let severity = if message.failing { Severity::Critical } else { Severity::Warning };
        report.add(finding(FindingCode::RetryWindowExhausted, severity));
    }
}

/// True if the text says that the retries are used up.
fn exceeds_retries(text: &str) -> bool {
    let [first, second, third, last] = RETRIES;
    let number_then = |text, piece| after_prefix(after_digits(text)?, piece);
    let mut rest = text;
    while let Some(numbers) = after(rest, first) {
        let end = number_then(numbers, second)
            .and_then(|rest| number_then(rest, third))
            .and_then(|rest| number_then(rest, last));
        if end.is_some() {
            return true;
        }
        rest = numbers;
    }
    false
}

/// The text after the first occurrence of a phrase in any letter case.
fn after<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let windows = text.as_bytes().windows(phrase.len());
    let start = windows.into_iter().position(|window| window.eq_ignore_ascii_case(phrase.as_bytes()))?;
    text.get(start..)?.get(phrase.len()..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn used_up_retries_are_recognized() {
        for text in [
            "retry 120 times, 43200 seconds, which exceed the supposed 43200 seconds",
            "DTS-100047: Retry 1 times, 2 seconds, which exceed the supposed 3 seconds cause: ...",
            "will retry soon; retry 7 times, 8 seconds, which exceed the supposed 9 seconds",
        ] {
            assert!(exceeds_retries(text), "{text}");
        }
        for text in [
            "",
            "retry",
            "retry 120 times, 43200 seconds",
            "retry  times, 43200 seconds, which exceed the supposed 43200 seconds",
            "retry many times, 43200 seconds, which exceed the supposed 43200 seconds",
            "retry 120 times, 43200 seconds, which exceed the supposed seconds",
        ] {
            assert!(!exceeds_retries(text), "{text}");
        }
    }

    #[test]
    fn phrases_are_found_in_any_case_and_script() {
        assert_eq!(after("It CANNOT be Recovered.", "cannot be recovered"), Some("."));
        assert_eq!(after("任务失败太久 无法恢复", "无法恢复"), Some(""));
        assert_eq!(after("任务", "cannot be recovered"), None);
    }
}
