//! The first line of a job or a poll: [`headline`], [`lag_text`], [`notes`], [`alarm`].

use aliyun_dts_status::health::{Assessment, Finding, FindingCode, Scope, Severity, Span};
use chrono::TimeDelta;

use crate::output::style::STRONG;
use crate::output::{rfc3339, safe};

/// `LAG_CRITICAL  14 min behind, caught up in about 9 min`; without a reason `14 min behind, LAG_CRITICAL pending: counts
/// in 60 s`. Of a two-way job it has both lags: `Forward 61 s behind, Reverse 6 s behind`.
pub(super) fn headline(assessment: &Assessment) -> String {
    let facts: Vec<_> = lag_text(assessment).into_iter().chain(notes(assessment)).collect();
    let reason = assessment.reason().map(|code| format!("{STRONG}{code}{STRONG:#}  ")).unwrap_or_default();
    format!("{reason}{}", facts.join(", "))
}

/// `14 min behind`, with the time until the lag is gone if it shrinks; `None` if the lag is unknown.
pub(super) fn lag_text(assessment: &Assessment) -> Option<String> {
    let is_two_way = assessment.direction() == Scope::TwoWay;
    let lags = assessment.lags().into_iter().filter_map(|(side, lag)| {
        let of = if is_two_way { format!("{side} ") } else { String::new() };
        let left = caught_up_in(assessment, side);
        let left = left.map(|left| format!(", caught up in about {}", Span(left))).unwrap_or_default();
        Some(format!("{of}{} behind{left}", Span(lag?)))
    });
    Some(lags.collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty())
}

/// What earlier polls say about this one: a lag that does not count yet, a verdict that is held.
pub(super) fn notes(assessment: &Assessment) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(pending) = assessment.pending() {
        let left = Span(pending.counts_at.signed_duration_since(assessment.observed_at()));
        notes.push(format!("{} pending: counts in {left}", pending.code));
    }
    if let Some(since) = assessment.held_since() {
        let silence = assessment.findings().first();
        let silence = silence.map(|finding| format!(": {}: {}", finding.code, safe::line(&finding.message)));
        notes.push(format!("held since {}{}", rfc3339(since), silence.unwrap_or_default()));
    }
    notes
}

/// The worst finding, where it is worse than the one that gave the verdict: it may be what raises the exit status.
pub(super) fn alarm(assessment: &Assessment) -> Option<&Finding> {
    let cause = assessment.cause()?;
    let worst = assessment.findings().first()?;
    (worst.severity >= Severity::Warning && worst.severity > cause.severity).then_some(worst)
}

/// The time until a shrinking lag is gone.
fn caught_up_in(assessment: &Assessment, side: Scope) -> Option<TimeDelta> {
    let shrinks = |finding: &&Finding| finding.code == FindingCode::LagShrinking && finding.direction == side;
    let shrinking = assessment.findings().iter().find(shrinks)?;
    // The last fact of this finding is the number of seconds.
    let seconds = shrinking.evidence.last()?.value.as_deref()?;
    TimeDelta::try_seconds(seconds.parse().ok()?)
}
