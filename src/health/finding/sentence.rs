//! The message of a finding: the sentence of its code, then its facts in words.

use super::code::FindingCode;
use super::evidence::Fact;

/// The sentence of a code with its facts: `The target lags …: Delay is 61 s.`
pub(super) fn message(code: FindingCode, facts: &[Fact]) -> String {
    let mut message = String::from(code.sentence());
    for (position, fact) in facts.iter().enumerate() {
        message.push_str(if position == 0 { ": " } else { ", " });
        message.push_str(&fact.words);
    }
    message.push('.');
    message
}
