//! Polls that say nothing about the job keep the verdict of the poll before: [`Hold`].

use chrono::{DateTime, Utc};

use super::packed::Time;
use crate::health::assessment::{Assessment, Held};
use crate::health::catalog::ApiErrorClass;
use crate::health::exact::save_as_list;
use crate::health::finding::{Finding, FindingCode, Severity};
use crate::health::policy::Policy;
use crate::health::verdict::Verdict;
use crate::model::ErrorKind;

/// What polls that say nothing keep.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Hold {
    /// The last poll that did not keep the verdict of another one.
    pub(super) said: Option<Said>,
    /// Only of a job whose latest poll said nothing.
    pub(super) silent: Option<Box<Silent>>,
    /// The last poll without an unknown lag.
    pub(super) lag_known: Option<Time>,
    /// True if the poll before had an unknown lag.
    pub(super) lag_unknown: bool,
}

/// What a poll said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    pub(super) verdict: Verdict,
    pub(super) reason: Option<FindingCode>,
    pub(super) exit_code: u8,
}

/// Polls in a row that said nothing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Silent {
    /// The first of them.
    pub(super) since: Time,
    /// The poll before it.
    pub(super) said_at: Option<Time>,
}

save_as_list!(Hold { said, silent, lag_known, lag_unknown });
save_as_list!(Said { verdict, reason, exit_code });
save_as_list!(Silent { since, said_at });

impl Hold {
    /// The first of the latest polls in a row that said nothing.
    pub(super) fn silent_since(&self) -> Option<DateTime<Utc>> {
        self.silent.as_ref().map(|silent| silent.since.get())
    }

    pub(super) fn each_time(&mut self, change: &mut dyn FnMut(&mut Time)) {
        if let Some(silent) = &mut self.silent {
            change(&mut silent.since);
            silent.said_at.as_mut().map(&mut *change);
        }
        self.lag_known.as_mut().map(change);
    }

    /// Keeps the verdict of the last poll that said something, for a poll that says nothing: at the first such poll in a
    /// row, and for [`Policy::hold_last`]. `before` is the poll before this one.
    pub(super) fn keep(&mut self, assessment: &mut Assessment, before: Option<Time>, policy: &Policy) {
        let at = assessment.observed_at();
        let is_first = self.silent.is_none();
        let silent = || Box::new(Silent { since: Time::new(at), said_at: before });
        let Silent { since, said_at } = **self.silent.get_or_insert_with(silent);
        let recent = said_at.is_some_and(|said_at| said_at.to(at) <= policy.hold_last);
        let Some(said) = &self.said else { return };
        if is_first || recent {
            for finding in &mut assessment.findings {
                finding.soften(Severity::Notice);
            }
            let Said { verdict, reason, exit_code, .. } = *said;
            assessment.held = Some(Held { since: since.get(), verdict, reason, exit_code });
            assessment.settle();
        }
    }

    /// Ends a row of polls that say nothing.
    pub(super) fn end(&mut self) {
        self.silent = None;
    }

    /// Takes the floor from an unknown lag, at the first such poll and for [`Policy::hold_last`]; true if it did.
    pub(super) fn excuse_unknown_lag(&mut self, assessment: &mut Assessment, policy: &Policy) -> bool {
        let at = assessment.observed_at();
        let unknown = |code| code == FindingCode::LagUnknown;
        let is_unknown = assessment.findings.iter().any(|finding| unknown(finding.code));
        let is_first = is_unknown && !self.lag_unknown;
        self.lag_unknown = is_unknown;
        if !is_unknown {
            self.lag_known = Some(Time::new(at));
            return false;
        }
        let others = assessment.findings.iter().filter(|finding| !unknown(finding.code));
        let by_lag_alone = others.filter_map(|finding| finding.floor).all(|floor| floor < Verdict::Unknown);
        let recent = |known: Time| is_first || known.to(at) <= policy.hold_last;
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
            verdict: assessment.verdict,
            reason: assessment.reason,
            exit_code: assessment.exit_code,
        });
    }
}

/// Returns true for an answer that lost a deciding value: it counts at once, and is not remembered.
pub(super) fn is_contradictory(assessment: &Assessment) -> bool {
    let lost = assessment.findings.iter().filter(|finding| finding.code == FindingCode::DecidingValueLost);
    lost.map(|finding| finding.severity).max() >= Some(Severity::Warning)
}

/// Returns true for a poll that says nothing about the job, and that the next poll may well replace.
pub(super) fn is_silent(assessment: &Assessment) -> bool {
    let retryable =
        |name: Option<&str>| name.and_then(|name| name.parse().ok()).is_some_and(ApiErrorClass::is_retryable);
    let is_refused = |finding: &Finding| {
        finding.code == FindingCode::ApiCallFailed && !retryable(finding.subject.as_deref())
    };
    if is_contradictory(assessment) || assessment.findings.iter().any(is_refused) {
        return false;
    }
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
