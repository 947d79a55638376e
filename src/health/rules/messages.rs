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
const UNRECOVERABLE: [&str; 3] = ["cannot be recovered", "can not be recovered", "can't be recovered"];

/// The same in Chinese, with the simplified and the traditional forms of each character.
const UNRECOVERABLE_CHINESE: [&str; 4] = ["无無", "法", "恢", "复復複"];

/// The pieces between the numbers of "retry N times, S seconds, which exceed the supposed T seconds".
const RETRIES: [&str; 4] = ["retry ", " times, ", " seconds, which exceed the supposed ", " seconds"];

fn judge_one(case: &Case<'_>, message: &Message<'_>, report: &mut Report) {
    let finding =
        |code, severity| case.finding(code, severity, vec![message.fact()]).in_phase(message.phase());
    let unrecoverable = is_unrecoverable(message.text);
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
        // A text left over from the past must not page anyone.
        let severity = if message.failing { Severity::Critical } else { Severity::Notice };
        report.add(finding(FindingCode::RetryWindowExhausted, severity));
    }
}

fn is_unrecoverable(text: &str) -> bool {
    UNRECOVERABLE.iter().any(|phrase| after(text, phrase).is_some())
        || text.char_indices().any(|(start, _)| {
            let mut following = text.get(start..).unwrap_or_default().chars();
            UNRECOVERABLE_CHINESE
                .iter()
                .all(|forms| following.next().is_some_and(|next| forms.contains(next)))
        })
}

/// Returns true if the text says that the retries are used up. The vendor prints the same sentence with fewer seconds
/// than the limit for errors that are not retried at all.
fn exceeds_retries(text: &str) -> bool {
    let [first, second, third, last] = RETRIES;
    let mut rest = text;
    while let Some(numbers) = after(rest, first) {
        let seconds = number_then(numbers, second)
            .and_then(|(_, rest)| number_then(rest, third))
            .and_then(|(spent, rest)| Some((spent, number_then(rest, last)?.0)));
        if seconds.is_some_and(|(spent, limit)| spent >= limit) {
            return true;
        }
        rest = numbers;
    }
    false
}

/// The number at the beginning of a text, and the text after the piece that follows it. A number beyond 64 bits counts as
/// the largest.
fn number_then<'a>(text: &'a str, piece: &str) -> Option<(u64, &'a str)> {
    let rest = after_digits(text)?;
    let digits = text.get(..text.len().checked_sub(rest.len())?)?;
    Some((digits.parse().unwrap_or(u64::MAX), after_prefix(rest, piece)?))
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
            "DTS-100047: Retry 1 times, 4 seconds, which exceed the supposed 3 seconds cause: ...",
            "will retry soon; retry 7 times, 9 seconds, which exceed the supposed 9 seconds",
            "retry 0 times, 0 seconds, which exceed the supposed 9 seconds, retry 1 times, 9 seconds, which exceed the \
             supposed 9 seconds",
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
            "retry 0 times, 0 seconds, which exceed the supposed 43200 seconds",
        ] {
            assert!(!exceeds_retries(text), "{text}");
        }
    }

    #[test]
    fn unrecoverable_jobs_are_recognized_in_any_script() {
        for text in [
            "This job CANNOT be recovered.",
            "it can not be recovered",
            "can't be recovered",
            "任务失败太久无法恢复",
            "任務失敗太久無法恢複",
            "無法恢復",
        ] {
            assert!(is_unrecoverable(text), "{text}");
        }
        for text in ["", "无法", "无法恢", "法恢复", "cannot be  recovered", "无法连接，正在恢复"]
        {
            assert!(!is_unrecoverable(text), "{text}");
        }
    }

    #[test]
    fn phrases_are_found_in_any_case_and_script() {
        assert_eq!(after("It CANNOT be Recovered.", "cannot be recovered"), Some("."));
        assert_eq!(after("任务失败太久 无法恢复", "无法恢复"), Some(""));
        assert_eq!(after("任务", "cannot be recovered"), None);
    }
}
