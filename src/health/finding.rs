//! One reason of a verdict: [`Finding`], its [`FindingCode`], [`Severity`], [`Phase`] and [`Evidence`].

mod code;

use std::borrow::Cow;

use serde::Serialize;

use super::named::named_enum;
use super::verdict::Verdict;
use crate::path::Path;

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
}

named_enum! {
    /// How much a finding matters. A total order: worse is greater.
    Severity {
        /// Good to know:
        Info = "Info";
        /// To be looked at some time:
        Notice = "Notice";
        /// To be looked at soon; nothing with a Warning is healthy:
        Warning = "Warning";
        /// To be looked at now:
        Critical = "Critical";
    }
}

named_enum! {
    /// What part of a job a finding is about, in the order of a report.
    Phase {
        /// The response as such:
        Envelope = "Envelope";
        /// The job as a whole:
        Job = "Job";
        /// The precheck:
        Precheck = "Precheck";
        /// The copying of the schema:
        Schema = "Schema";
        /// The copying of the full data:
        Full = "Full";
        /// The synchronization of changes:
        Incremental = "Incremental";
        /// The subscription:
        Billing = "Billing";
        /// What changed between two snapshots:
        Trend = "Trend";
        /// Several directions or jobs together:
        Aggregate = "Aggregate";
    }
}

named_enum! {
    /// Which directions of a job an assessment or a finding is about.
    Scope {
        /// Source to destination; the only one of a one-way job:
        Forward = "Forward";
        /// Destination to source:
        Reverse = "Reverse";
        /// Both together:
        TwoWay = "TwoWay";
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
