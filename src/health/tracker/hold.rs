//! Polls that say nothing about the job keep the verdict of the poll before: [`Hold`].

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::health::assessment::{Assessment, Held};
use crate::health::catalog::ApiErrorClass;
use crate::health::exact;
use crate::health::finding::{FindingCode, Severity};
use crate::health::policy::Policy;
use crate::health::verdict::Verdict;
use crate::model::ErrorKind;

/// What polls that say nothing keep.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Hold {
    /// The last poll that did not keep the verdict of another one.
    said: Option<Said>,
    /// The first of the polls in a row that said nothing.
    #[serde(with = "exact::optional_time")]
    silent_since: Option<DateTime<Utc>>,
    /// The last poll without an unknown lag.
    #[serde(with = "exact::optional_time")]
    lag_known: Option<DateTime<Utc>>,
    /// True if the poll before had an unknown lag.
    lag_unknown: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Said {
    #[serde(with = "exact::time")]
    at: DateTime<Utc>,
    verdict: Verdict,
    reason: Option<FindingCode>,
    exit_code: u8,
}

impl Hold {
    /// The first of the latest polls in a row that said nothing.
    pub(super) fn silent_since(&self) -> Option<DateTime<Utc>> {
        self.silent_since
    }

    /// Keeps the verdict of the last poll that said something, for a poll that says nothing: at the first such poll in a
    /// row, and for [`Policy::hold_last`].
    pub(super) fn keep(&mut self, assessment: &mut Assessment, policy: &Policy) {
        let at = assessment.observed_at();
        let since = self.silent_since.unwrap_or(at);
        let is_first = self.silent_since.replace(since).is_none();
        let Some(said) = &self.said else { return };
        if is_first || at.signed_duration_since(said.at) <= policy.hold_last {
            for finding in &mut assessment.findings {
                finding.soften(Severity::Notice);
            }
            let Said { verdict, reason, exit_code, .. } = *said;
            assessment.held = Some(Held { since, verdict, reason, exit_code });
            assessment.settle();
        }
    }

    /// Ends a row of polls that say nothing.
    pub(super) fn end(&mut self) {
        self.silent_since = None;
    }

    /// Takes the floor from an unknown lag, at the first such poll and for [`Policy::hold_last`]; true if it did.
    pub(super) fn excuse_unknown_lag(&mut self, assessment: &mut Assessment, policy: &Policy) -> bool {
        let at = assessment.observed_at();
        let unknown = |code| code == FindingCode::LagUnknown;
        let is_unknown = assessment.findings.iter().any(|finding| unknown(finding.code));
        let is_first = is_unknown && !self.lag_unknown;
        self.lag_unknown = is_unknown;
        if !is_unknown {
            self.lag_known = Some(at);
            return false;
        }
        let others = assessment.findings.iter().filter(|finding| !unknown(finding.code));
        let by_lag_alone = others.filter_map(|finding| finding.floor).all(|floor| floor < Verdict::Unknown);
        let recent = |known: DateTime<Utc>| is_first || at.signed_duration_since(known) <= policy.hold_last;
        let excused = by_lag_alone && self.lag_known.is_some_and(recent);
        if excused {
            for finding in assessment.findings.iter_mut().filter(|finding| unknown(finding.code)) {
                finding.floor = None;
            }
        }
        excused
    }

    /// Remembers a poll that says something, be it that the call was refused.
    pub(super) fn remember(&mut self, assessment: &Assessment) {
        self.said = Some(Said {
            at: assessment.observed_at(),
            verdict: assessment.verdict,
            reason: assessment.reason,
            exit_code: assessment.exit_code,
        });
    }
}

/// True for a poll that says nothing about the job, and that the next poll may well replace.
pub(super) fn is_silent(assessment: &Assessment) -> bool {
    let retryable =
        |name: Option<&str>| name.and_then(|name| name.parse().ok()).is_some_and(ApiErrorClass::is_retryable);
    let cut_off = |name: Option<&str>| {
        let kind = name.and_then(|name| name.parse().ok());
        matches!(kind, Some(ErrorKind::Empty | ErrorKind::Truncated | ErrorKind::Html))
    };
    assessment.findings.iter().any(|finding| match finding.code {
        FindingCode::NoAnswer | FindingCode::ResponseEmpty => true,
        FindingCode::ApiCallFailed => retryable(finding.subject.as_deref()),
        FindingCode::BodyUndecodable => cut_off(finding.subject.as_deref()),
        _ => false,
    })
}
