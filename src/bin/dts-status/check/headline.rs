//! The facts of the first line of a job or a poll: [`lag_text`], [`notes`], [`alarm`].

use aliyun_dts_status::health::{Assessment, Finding, FindingCode, Severity, Span};
use chrono::TimeDelta;

use crate::escape;
use crate::output::rfc3339;

/// `14 min behind`, with the time until the lag is gone if it shrinks; `None` if the lag is unknown.
pub(super) fn lag_text(assessment: &Assessment) -> Option<String> {
    let lag = Span(assessment.lag()?);
    let left = caught_up_in(assessment).map(|left| format!(", caught up in about {}", Span(left)));
    Some(format!("{lag} behind{}", left.unwrap_or_default()))
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
        let silence =
            silence.map(|finding| format!(": {}: {}", finding.code, escape::line(&finding.message)));
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
fn caught_up_in(assessment: &Assessment) -> Option<TimeDelta> {
    let shrinks = |finding: &&Finding| finding.code == FindingCode::LagShrinking;
    let shrinking = assessment.findings().iter().find(shrinks)?;
    // The last fact of this finding is the number of seconds.
    let seconds = shrinking.evidence.last()?.value.as_deref()?;
    TimeDelta::try_seconds(seconds.parse().ok()?)
}
