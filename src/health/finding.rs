//! One reason of a verdict: [`Finding`], its [`FindingCode`], [`Severity`], [`Phase`] and [`Evidence`].

mod code;
mod sentence;

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::fmt::Display;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::catalog;
use super::verdict::Verdict;
use crate::field::Field;
use crate::model::spelling;
use crate::named_enum::named_enum;
use crate::path::{Path, Segment};

pub use code::FindingCode;

/// One reason of a verdict, or something worth knowing beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of reason it is.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// What part of the job it is about.
    pub phase: Phase,
    /// What direction of the job it is about.
    pub direction: Scope,
    /// What it is about, where that has a name: the precheck item.
    pub subject: Option<String>,
    /// What it rests on, the deciding field first. Never empty.
    pub evidence: Vec<Evidence>,
    /// DTS error codes in the messages among the evidence, the outermost first, as they are spelled there.
    pub upstream: Vec<String>,
    /// What is the matter, a sentence with the values in it. Made from code and evidence alone.
    pub message: String,
    /// What to do about it.
    pub remedy: Cow<'static, str>,
    /// The least verdict that the finding allows, if it decides one.
    #[serde(skip)]
    pub(super) floor: Option<Verdict>,
}

impl Finding {
    /// The least verdict that the finding allows; `None` if it decides none.
    #[must_use]
    pub fn floor(&self) -> Option<Verdict> {
        self.floor
    }

    /// A finding that decides no verdict by itself. The deciding evidence stands first.
    #[cold]
    pub(super) fn new(
        code: FindingCode,
        severity: Severity,
        direction: Scope,
        evidence: Vec<Evidence>,
    ) -> Self {
        let upstream = upstream(&evidence);
        Finding {
            code,
            severity,
            phase: code.phase(),
            direction,
            subject: None,
            message: sentence::message(code, &evidence),
            remedy: catalog::advise(code.remedy(), &upstream),
            evidence,
            upstream,
            floor: None,
        }
    }

    /// With the least verdict that it allows.
    pub(super) fn at_least(mut self, floor: Verdict) -> Self {
        self.floor = Some(floor);
        self
    }

    /// In the phase of the stage that it is about.
    pub(super) fn in_phase(mut self, phase: Phase) -> Self {
        self.phase = phase;
        self
    }

    /// The order of a report: the worst first, then by phase, code, place and direction.
    pub(super) fn report_order(&self, other: &Self) -> Ordering {
        fn key(finding: &Finding) -> (Reverse<Severity>, Phase, FindingCode) {
            (Reverse(finding.severity), finding.phase, finding.code)
        }
        // A place is compared by its names, an item of a list by its number.
        fn place(finding: &Finding) -> impl Iterator<Item = (&str, usize)> {
            let segments = finding.evidence.first().map_or(&[][..], |evidence| evidence.path.segments());
            segments.iter().map(|segment| match segment {
                Segment::Field(field) => (field.as_str(), 0),
                Segment::Index(index) => ("", *index),
                Segment::Name(name) => (&**name, 0),
            })
        }
        key(self)
            .cmp(&key(other))
            .then_with(|| place(self).cmp(place(other)))
            .then_with(|| self.direction.cmp(&other.direction))
    }
}

named_enum! {
    /// How much a finding matters. A total order: worse is greater.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Severity as "severity" {
        /// `Info`: Good to know.
        Info = "Info",
        /// `Notice`: To be looked at some time.
        Notice = "Notice",
        /// `Warning`: To be looked at soon; nothing with a Warning is healthy.
        Warning = "Warning",
        /// `Critical`: To be looked at now.
        Critical = "Critical",
    }
}

named_enum! {
    /// What part of a job a finding is about, in the order of a report.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Phase as "phase" {
        /// `Envelope`: The response as such.
        Envelope = "Envelope",
        /// `Job`: The job as a whole.
        Job = "Job",
        /// `Precheck`: The precheck.
        Precheck = "Precheck",
        /// `Schema`: The copying of the schema.
        Schema = "Schema",
        /// `Full`: The copying of the full data.
        Full = "Full",
        /// `Incremental`: The synchronization of changes.
        Incremental = "Incremental",
        /// `Billing`: The subscription.
        Billing = "Billing",
        /// `Trend`: What changed between two snapshots.
        Trend = "Trend",
        /// `Aggregate`: Several directions or jobs together.
        Aggregate = "Aggregate",
    }
}

named_enum! {
    /// Which directions of a job an assessment or a finding is about.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum Scope as "direction" {
        /// `Forward`: Source to destination; the only one of a one-way job.
        Forward = "Forward",
        /// `Reverse`: Destination to source.
        Reverse = "Reverse",
        /// `TwoWay`: Both together.
        TwoWay = "TwoWay",
    }
}

/// What a finding rests on: a place in the response, and what stands there.
///
/// Evidence that is no field has a name in brackets: `(observed_at)`, `(direction)`, `(previous)` (what was
/// known from before) and `(jobs)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The place, in the notation of the wire.
    pub path: Path,
    /// What stands there, in its canonical spelling on the wire; `None` where it is the absence that counts.
    pub value: Option<String>,
}

impl Evidence {
    /// What stands at a place.
    #[must_use]
    pub fn new(path: impl Into<Path>, value: Option<String>) -> Self {
        Evidence { path: path.into(), value }
    }
}

/// Names of evidence that is no field.
pub(super) const OBSERVED_AT: &str = "(observed_at)";
pub(super) const DIRECTION: &str = "(direction)";
pub(super) const PREVIOUS: &str = "(previous)";
pub(super) const JOBS: &str = "(jobs)";

impl Evidence {
    /// What stands in a field, spelled as on the wire; a value without text of its own (a status, a number)
    /// is spelled by its `Display`.
    pub(super) fn of(path: impl Into<Path>, value: Option<impl Display>) -> Self {
        Evidence::new(path, value.map(|value| value.to_string()))
    }

    /// Evidence that is no field.
    pub(super) fn named(name: &str, value: impl Display) -> Self {
        Evidence::of(Path::root().then(name), Some(value))
    }

    /// When the response was received.
    pub(super) fn observed_at(at: DateTime<Utc>) -> Self {
        Evidence::named(OBSERVED_AT, spelling::time(&at))
    }
}

/// Whether a field holds free text in which DTS error codes may stand.
fn is_message(field: Field) -> bool {
    matches!(field, Field::ErrorMessage | Field::ErrMessage | Field::DynamicMessage | Field::Message)
}

/// The DTS error codes in the messages among the evidence.
fn upstream(evidence: &[Evidence]) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for piece in evidence {
        let Some(Segment::Field(field)) = piece.path.segments().last() else { continue };
        let Some(text) = piece.value.as_deref().filter(|_| is_message(*field)) else { continue };
        for code in catalog::error_codes(text) {
            if !codes.iter().any(|known| catalog::same_error_code(known, code)) {
                codes.push(code.to_owned());
            }
        }
    }
    codes
}
