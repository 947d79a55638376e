//! The JSON of an assessment, written and read: the object of `check --output json`.

use std::borrow::Cow;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Assessment, Held, Pending, serialize_seconds};
use crate::health::deadline::Deadline;
use crate::health::exact;
use crate::health::facts::phases::Phases;
use crate::health::facts::snapshot::{Signs, Snapshot};
use crate::health::finding::{Evidence, Finding, FindingCode, Phase, Severity, as_text};
use crate::health::identity::Identity;
use crate::health::scope::Scope;
use crate::health::verdict::Verdict;
use crate::model::{JobStatus, spelling};

/// The members that are written. Those that follow from others are not read.
#[derive(Serialize)]
struct Written<'a> {
    verdict: Verdict,
    reason: Option<FindingCode>,
    exit_code: u8,
    #[serde(serialize_with = "serialize_seconds")]
    lag_seconds: Option<TimeDelta>,
    #[serde(serialize_with = "serialize_seconds")]
    data_age_seconds: Option<TimeDelta>,
    #[serde(serialize_with = "serialize_number")]
    rps: Option<f64>,
    checkpoint: Option<String>,
    observed_at: String,
    findings: Vec<Shown<'a>>,
    deadlines: &'a [Deadline],
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<Pending>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held_since: Option<String>,
    snapshot: Exact<'a>,
    job_id: Option<&'a str>,
    job_name: Option<&'a str>,
    direction: Scope,
    status: Option<&'a JobStatus>,
}

/// The members that are read.
#[derive(Deserialize)]
struct Read {
    verdict: Verdict,
    reason: Option<FindingCode>,
    exit_code: u8,
    findings: Vec<Finding>,
    deadlines: Vec<Deadline>,
    #[serde(default)]
    pending: Option<Pending>,
    snapshot: Exact<'static>,
    job_id: Option<String>,
    job_name: Option<String>,
    direction: Scope,
}

/// All that comparing and joining need of an answer, exact.
#[derive(Serialize, Deserialize)]
struct Exact<'a> {
    #[serde(flatten)]
    snapshot: Cow<'a, Snapshot>,
    signs: Cow<'a, Signs>,
    /// What the findings have besides what is shown of them, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Hidden>,
    judged: Phases,
    comparable: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    held: Option<Held>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sides: Vec<Side>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    task_id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    destination: Option<Cow<'a, str>>,
    #[serde(with = "exact::time")]
    now: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "exact::optional_time")]
    maintenance_until: Option<DateTime<Utc>>,
}

/// A finding without what only further judging needs.
#[derive(Serialize)]
struct Shown<'a> {
    code: FindingCode,
    severity: Severity,
    phase: Phase,
    direction: Scope,
    subject: &'a Option<String>,
    evidence: &'a [Evidence],
    upstream: &'a [String],
    message: &'a str,
    remedy: &'a str,
}

/// What further judging needs of a finding.
#[derive(Serialize, Deserialize)]
struct Hidden {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    floor: Option<Verdict>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "exact::optional_time")]
    since: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "as_text")]
    caught_up_in: Option<f64>,
}

/// The lag of one of two joined directions.
#[derive(Serialize, Deserialize)]
struct Side {
    direction: Scope,
    #[serde(with = "exact::optional_length")]
    lag: Option<TimeDelta>,
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [source, destination] = self.identity.endpoints().map(|id| id.map(Cow::Borrowed));
        let snapshot = Exact {
            snapshot: Cow::Borrowed(&self.snapshot),
            signs: Cow::Borrowed(&self.signs),
            findings: self.findings.iter().map(hidden).collect(),
            judged: self.judged,
            comparable: self.comparable,
            held: self.held,
            sides: self.sides.iter().map(|&(direction, lag)| Side { direction, lag }).collect(),
            task_id: self.identity.task_id().map(Cow::Borrowed),
            source,
            destination,
            now: self.now,
            maintenance_until: self.maintenance_until,
        };
        Written {
            verdict: self.verdict,
            reason: self.reason,
            exit_code: self.exit_code,
            lag_seconds: self.lag(),
            data_age_seconds: self.data_age(),
            rps: self.rps(),
            checkpoint: self.checkpoint().map(|at| spelling::time(&at)),
            observed_at: spelling::time(&self.observed_at()),
            findings: self.findings.iter().map(shown).collect(),
            deadlines: &self.deadlines,
            pending: self.pending,
            held_since: self.held_since().map(|at| spelling::time(&at)),
            snapshot,
            job_id: self.job_id(),
            job_name: self.job_name(),
            direction: self.direction,
            status: self.status(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Assessment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Read::deserialize(deserializer)?;
        for (finding, Hidden { floor, since, caught_up_in }) in
            read.findings.iter_mut().zip(read.snapshot.findings)
        {
            (finding.floor, finding.since, finding.caught_up_in) = (floor, since, caught_up_in);
        }
        let Exact { snapshot, signs, judged, comparable, held, sides, now, maintenance_until, .. } =
            read.snapshot;
        let identity = Identity::new(
            read.job_id.as_deref(),
            read.snapshot.task_id.as_deref(),
            read.snapshot.source.as_deref(),
            read.snapshot.destination.as_deref(),
            read.job_name.as_deref(),
        );
        Ok(Assessment {
            verdict: read.verdict,
            reason: read.reason,
            findings: read.findings,
            deadlines: read.deadlines,
            direction: read.direction,
            identity,
            snapshot: snapshot.into_owned(),
            signs: signs.into_owned(),
            judged,
            comparable,
            exit_code: read.exit_code,
            pending: read.pending,
            held,
            sides: sides.into_iter().map(|side| (side.direction, side.lag)).collect(),
            now,
            maintenance_until,
        })
    }
}

fn shown(finding: &Finding) -> Shown<'_> {
    let Finding { code, severity, phase, direction, subject, evidence, upstream, message, remedy, .. } =
        finding;
    let (code, severity, phase, direction) = (*code, *severity, *phase, *direction);
    Shown { code, severity, phase, direction, subject, evidence, upstream, message, remedy }
}

fn hidden(finding: &Finding) -> Hidden {
    Hidden { floor: finding.floor, since: finding.since, caught_up_in: finding.caught_up_in }
}

fn serialize_number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => spelling::serialize_number(*value, serializer),
        None => serializer.serialize_none(),
    }
}
