//! What the timeline keeps of a judged poll: [`Observation`]; and a stretch of time: [`Period`].

use aliyun_dts_status::health::{Assessment, FindingCode, Severity, Verdict};
use aliyun_dts_status::model::JobStatus;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::output::serialize_time;

/// What the timeline keeps of a judged poll.
#[derive(Clone)]
pub(super) struct Observation {
    pub(super) at: DateTime<Utc>,
    pub(super) status: Option<JobStatus>,
    pub(super) verdict: Verdict,
    pub(super) reason: Option<FindingCode>,
    /// The severity of the reason.
    pub(super) severity: Option<Severity>,
    /// The message of the reason; only if the poll belongs to an incident.
    pub(super) message: Option<String>,
    pub(super) lag: Option<TimeDelta>,
    /// Since when the checkpoint has not moved, if that is a finding.
    pub(super) stalled_since: Option<DateTime<Utc>>,
}

/// A stretch of time.
#[derive(Serialize)]
pub(super) struct Period {
    #[serde(serialize_with = "serialize_time")]
    pub(super) from: DateTime<Utc>,
    #[serde(serialize_with = "serialize_time")]
    pub(super) to: DateTime<Utc>,
}

impl Observation {
    /// Returns true if the poll belongs to an incident: from Suspended on.
    pub(super) fn is_incident(&self) -> bool {
        is_incident(self.verdict)
    }
}

fn is_incident(verdict: Verdict) -> bool {
    verdict >= Verdict::Suspended
}

impl From<&Assessment> for Observation {
    fn from(assessment: &Assessment) -> Self {
        let cause = assessment.cause().filter(|_| is_incident(assessment.verdict()));
        Observation {
            at: assessment.observed_at(),
            status: assessment.status().cloned(),
            verdict: assessment.verdict(),
            reason: assessment.reason(),
            severity: assessment.cause().map(|cause| cause.severity),
            message: cause.map(|cause| cause.message.clone()),
            lag: assessment.lag(),
            stalled_since: stalled_since(assessment),
        }
    }
}

fn stalled_since(assessment: &Assessment) -> Option<DateTime<Utc>> {
    assessment.findings().iter().find(|finding| finding.code == FindingCode::CheckpointStalled)?.since
}

impl Period {
    pub(super) fn length(&self) -> TimeDelta {
        self.to.signed_duration_since(self.from)
    }
}
