//! The outcome: [`Assessment`] of one job, and its [`Deadline`]s.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, Serializer};

use super::finding::{Finding, FindingCode, Scope, Severity};
use super::names::Names;
use super::rules::lag::Source;
use super::verdict::{Verdict, worse_exit_code};
use crate::model::{JobStatus, spelling};
use crate::named_enum::named_enum;

/// How one job is, and why.
///
/// It serialises to what `check --output json` prints.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    pub(super) verdict: Verdict,
    pub(super) reason: Option<FindingCode>,
    pub(super) findings: Vec<Finding>,
    pub(super) lag: Option<TimeDelta>,
    pub(super) data_age: Option<TimeDelta>,
    pub(super) deadlines: Vec<Deadline>,
    pub(super) direction: Scope,
    pub(super) status: Option<JobStatus>,
    pub(super) rps: Option<f64>,
    pub(super) checkpoint: Option<DateTime<Utc>>,
    pub(super) observed_at: DateTime<Utc>,
    pub(super) names: Names,
    /// `None` where nothing was judged beyond the envelope, or where two directions are joined.
    pub(super) memory: Option<Memory>,
}

/// What a later snapshot is compared with, beside what is public.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Memory {
    pub(super) lag_source: Option<Source>,
    pub(super) checkpoint_source: Option<Source>,
    pub(super) schema: StageMemory,
    pub(super) full: StageMemory,
}

/// How far a stage was.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StageMemory {
    pub(super) migrating: bool,
    pub(super) progress: Option<i64>,
}

impl Assessment {
    /// A job of which nothing is known yet.
    pub(super) fn bare(direction: Scope, observed_at: DateTime<Utc>) -> Self {
        Assessment {
            verdict: Verdict::Healthy,
            reason: None,
            findings: Vec::new(),
            lag: None,
            data_age: None,
            deadlines: Vec::new(),
            direction,
            status: None,
            rps: None,
            checkpoint: None,
            observed_at,
            names: Names::default(),
            memory: None,
        }
    }

    /// How the job is.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The code of the first finding that gave the verdict. Healthy has none.
    #[must_use]
    pub fn reason(&self) -> Option<FindingCode> {
        self.reason
    }

    /// The finding that gave the verdict. Healthy has none.
    #[must_use]
    pub fn cause(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| Some(finding.code) == self.reason)
    }

    /// All that was found, the worst first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The worst severity among the findings.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// How far the target is behind the source; `None` where that is not known or not judged. Never negative.
    #[must_use]
    pub fn lag(&self) -> Option<TimeDelta> {
        self.lag
    }

    /// How old the checkpoint was when it was observed. Never negative.
    #[must_use]
    pub fn data_age(&self) -> Option<TimeDelta> {
        self.data_age
    }

    /// When something ends.
    #[must_use]
    pub fn deadlines(&self) -> &[Deadline] {
        &self.deadlines
    }

    /// The job's id, if the response tells it.
    #[must_use]
    pub fn job_id(&self) -> Option<&str> {
        self.names.job_id()
    }

    /// Which directions of the job this is about.
    #[must_use]
    pub fn direction(&self) -> Scope {
        self.direction
    }

    /// The job's `Status`; of a two-way job that of Forward.
    #[must_use]
    pub fn status(&self) -> Option<&JobStatus> {
        self.status.as_ref()
    }

    /// SQL statements a second, if the response tells.
    #[must_use]
    pub fn rps(&self) -> Option<f64> {
        self.rps
    }

    /// The time of the latest record synchronized, if the response tells one that can be used.
    #[must_use]
    pub fn checkpoint(&self) -> Option<DateTime<Utc>> {
        self.checkpoint
    }

    /// When the response was received.
    #[must_use]
    pub fn observed_at(&self) -> DateTime<Utc> {
        self.observed_at
    }

    /// The exit status of a Nagios plugin: 0 well, 1 warning, 2 critical, 3 unknown.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let by_severity = match self.severity() {
            None | Some(Severity::Info | Severity::Notice) => 0,
            Some(Severity::Warning) => 1,
            Some(Severity::Critical) => 2,
        };
        worse_exit_code(self.verdict.exit_code(), by_severity)
    }
}

/// A time at which something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Deadline {
    /// What ends.
    pub kind: DeadlineKind,
    /// When.
    #[serde(serialize_with = "serialize_time")]
    pub at: DateTime<Utc>,
    /// Whether the time follows from what is known, and is no estimate.
    pub exact: bool,
}

impl Deadline {
    /// The end of a window that began at a known time; `None` beyond the end of time.
    pub(super) fn after(kind: DeadlineKind, start: DateTime<Utc>, window: TimeDelta) -> Option<Self> {
        Some(Deadline { kind, at: start.checked_add_signed(window)?, exact: true })
    }
}

named_enum! {
    /// What ends at a [`Deadline`].
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum DeadlineKind as "kind of deadline" {
        /// `ResumeBySoft`: A paused job may not start again after this.
        ResumeBySoft = "resume_by_soft",
        /// `ResumeBy`: A paused job can't be resumed after this.
        ResumeBy = "resume_by",
        /// `RecoverBy`: A failed job can't be recovered after this.
        RecoverBy = "recover_by",
        /// `RetryUntil`: DTS stops trying again.
        RetryUntil = "retry_until",
        /// `ExpiresAt`: The subscription ends.
        ExpiresAt = "expires_at",
        /// `ReleasedAt`: The instance is released.
        ReleasedAt = "released_at",
    }
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Json<'a> {
            verdict: Verdict,
            reason: Option<FindingCode>,
            exit_code: u8,
            #[serde(serialize_with = "serialize_seconds")]
            lag_seconds: Option<TimeDelta>,
            #[serde(serialize_with = "serialize_seconds")]
            data_age_seconds: Option<TimeDelta>,
            findings: &'a [Finding],
            deadlines: &'a [Deadline],
            job_id: Option<&'a str>,
            direction: Scope,
            status: Option<&'a JobStatus>,
        }
        Json {
            verdict: self.verdict,
            reason: self.reason,
            exit_code: self.exit_code(),
            lag_seconds: self.lag,
            data_age_seconds: self.data_age,
            findings: &self.findings,
            deadlines: &self.deadlines,
            job_id: self.job_id(),
            direction: self.direction,
            status: self.status(),
        }
        .serialize(serializer)
    }
}

fn serialize_time<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&spelling::time(at))
}

/// Seconds as a number, with a fraction only where there is one.
pub(super) fn serialize_seconds<S: Serializer>(
    value: &Option<TimeDelta>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        None => serializer.serialize_none(),
        Some(value) if value.subsec_nanos() == 0 => serializer.serialize_i64(value.num_seconds()),
        Some(value) => serializer.serialize_f64(seconds(*value)),
    }
}

/// A length of time in seconds, as the number closest to it.
#[allow(clippy::cast_precision_loss, reason = "a lag of 285 000 years may be off by a millisecond")]
pub(crate) fn seconds(value: TimeDelta) -> f64 {
    match value.subsec_nanos() % 1_000_000 {
        // One division rounds once, so that 900123 ms is written 900.123.
        0 => value.num_milliseconds() as f64 / 1e3,
        _ => value.as_seconds_f64(),
    }
}
