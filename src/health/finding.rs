//! One reason of a verdict: [`Finding`], its [`FindingCode`], [`Severity`], [`Phase`] and [`Evidence`].

mod code;
mod evidence;
mod phase;
mod sentence;
mod severity;

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::catalog;
use super::exact;
use super::scope::Scope;
use super::verdict::Verdict;
use crate::excerpt;
use crate::path::Segment;

pub use code::FindingCode;
pub use evidence::Evidence;
pub(super) use evidence::Fact;
pub use phase::Phase;
pub use severity::Severity;

/// One reason of a verdict, or a fact worth knowing that changes no verdict.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::health::{Context, FindingCode, Policy, Severity, assess};
///
/// let context = Context::at("2021-01-14T09:22:30Z".parse()?);
/// let assessment = assess(&SyncJob::failed_sample(), &context, &Policy::default());
/// let worst = &assessment.findings()[0];
/// assert_eq!((worst.code, worst.severity), (FindingCode::JobFailed, Severity::Critical));
/// assert_eq!(worst.upstream, ["DTS-070211"]);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The kind of reason.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// The part of the job that it is about.
    pub phase: Phase,
    /// The direction of the job that it is about.
    pub direction: Scope,
    /// The name of what it is about, where that has one: the precheck item.
    pub subject: Option<String>,
    /// The facts it rests on, the deciding one first. Never empty.
    pub evidence: Vec<Evidence>,
    /// DTS error codes in the messages among the evidence, the outermost first, in the spelling of the message.
    pub upstream: Vec<String>,
    /// What is wrong: one sentence with the values in it, built from code and evidence alone.
    pub message: String,
    /// What to do about it.
    pub remedy: Cow<'static, str>,
    /// The time from which on the fact holds, where the finding is about a value that does not change.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "exact::optional_time")]
    pub since: Option<DateTime<Utc>>,
    /// The seconds until a shrinking lag is gone.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "as_text")]
    pub(super) caught_up_in: Option<f64>,
    /// The least verdict that the finding allows, if it decides one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) floor: Option<Verdict>,
}

impl Finding {
    /// The least verdict that the finding allows; `None` if it decides none.
    #[must_use]
    pub fn floor(&self) -> Option<Verdict> {
        self.floor
    }

    /// A finding made by hand, for tests of code that handles findings. The deciding evidence comes first.
    ///
    /// ```
    /// use aliyun_dts_status::health::{Evidence, Finding, FindingCode, Scope, Severity, Verdict};
    /// use aliyun_dts_status::Field;
    ///
    /// let evidence = vec![Evidence::new(Field::Status, Some("Failed".to_owned()))];
    /// let finding = Finding::of(FindingCode::JobFailed, Severity::Critical, Scope::Forward, evidence)
    ///     .floored(Verdict::Failed);
    /// assert!(finding.to_string().starts_with("JOB_FAILED (Critical): "));
    /// assert!(finding.to_string().ends_with(": Status is Failed."));
    /// ```
    #[must_use]
    pub fn of(code: FindingCode, severity: Severity, direction: Scope, evidence: Vec<Evidence>) -> Self {
        let facts = evidence.into_iter().map(|evidence| Fact::field(evidence.path, evidence.value));
        Finding::new(code, severity, direction, facts.collect())
    }

    /// The finding with the least verdict that it allows, for tests of code that handles findings.
    #[must_use]
    pub fn floored(self, floor: Verdict) -> Self {
        self.at_least(floor)
    }

    /// A finding that decides no verdict by itself. The deciding fact comes first.
    #[cold]
    pub(super) fn new(code: FindingCode, severity: Severity, direction: Scope, facts: Vec<Fact>) -> Self {
        let message = sentence::message(code, &facts);
        let evidence: Vec<_> = facts.into_iter().map(|fact| fact.evidence).collect();
        let upstream = upstream(&evidence);
        // The messages of the envelope are about the call, not about a database.
        let cause_of = if code.phase() == Phase::Envelope { catalog::cause_by_code } else { catalog::cause };
        let cause = evidence.iter().filter_map(Evidence::error_text).find_map(cause_of);
        Finding {
            code,
            severity,
            phase: code.phase(),
            direction,
            subject: None,
            message,
            remedy: catalog::advise(code.remedy(), cause.as_ref()),
            evidence,
            upstream,
            since: None,
            caught_up_in: None,
            floor: None,
        }
    }

    /// Replaces the remedy of the code by a more precise one. That of a cause named in a message stays.
    pub(super) fn with_remedy(mut self, remedy: &'static str) -> Self {
        self.remedy = Cow::Owned(self.remedy.replacen(self.code.remedy(), remedy, 1));
        self
    }

    /// Sets the least verdict that the finding allows.
    pub(super) fn at_least(mut self, floor: impl Into<Option<Verdict>>) -> Self {
        self.floor = floor.into();
        self
    }

    /// Sets the phase to that of the stage that the finding is about.
    pub(super) fn in_phase(mut self, phase: Phase) -> Self {
        self.phase = phase;
        self
    }

    /// Sets the time from which on the fact holds.
    pub(super) fn since(mut self, since: DateTime<Utc>) -> Self {
        self.since = Some(since);
        self
    }

    /// Replaces the sentence of the code by a more precise one.
    pub(super) fn sentence(mut self, sentence: &str) -> Self {
        self.message = self.message.replacen(self.code.sentence(), sentence, 1);
        self
    }

    /// Adds a fact to evidence and message.
    pub(super) fn append(&mut self, fact: Fact) {
        self.message.truncate(self.message.trim_end_matches('.').len());
        self.message.push_str(&format!(", {}.", fact.words));
        self.evidence.push(fact.evidence);
    }

    /// Lowers the severity. A finding that is only a Notice decides no verdict.
    pub(super) fn soften(&mut self, most: Severity) {
        self.severity = self.severity.min(most);
        if self.severity <= Severity::Notice {
            self.floor = None;
        }
    }

    /// Returns true if the finding can degrade a healthy job.
    pub(super) fn counts(&self) -> bool {
        self.severity >= Severity::Warning || self.floor >= Some(Verdict::Degraded)
    }

    /// The order of a report: the worst first, then by phase, code, place and direction.
    pub(super) fn report_order(&self, other: &Self) -> Ordering {
        fn key(finding: &Finding) -> (Reverse<Severity>, Phase, FindingCode) {
            (Reverse(finding.severity), finding.phase, finding.code)
        }
        // A place is compared by its names, an item of a list by its number. Fields are before what is none.
        fn place(finding: &Finding) -> impl Iterator<Item = (bool, &str, usize)> {
            let segments = finding.evidence.first().map_or(&[][..], |evidence| evidence.path.segments());
            segments.iter().map(|segment| match segment {
                Segment::Field(field) => (false, field.as_str(), 0),
                Segment::Index(index) => (false, "", *index),
                Segment::Name(name) => (true, &**name, 0),
            })
        }
        key(self)
            .cmp(&key(other))
            .then_with(|| place(self).cmp(place(other)))
            .then_with(|| self.direction.cmp(&other.direction))
    }
}

/// A number as text: a reader of JSON may miss a double by the last bit.
pub(super) mod as_text {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::health) fn serialize<S: Serializer>(
        number: &Option<f64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => serializer.collect_str(number),
            None => serializer.serialize_none(),
        }
    }

    pub(in crate::health) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<f64>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
    }
}

/// One line: `LAG_HIGH (Warning): The target lags …`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.severity, excerpt::on_one_line(&self.message))
    }
}

/// The DTS error codes in the messages among the evidence, each once.
fn upstream(evidence: &[Evidence]) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in evidence.iter().filter_map(Evidence::error_text).flat_map(catalog::error_codes) {
        if !codes.iter().any(|known| catalog::same_error_code(known, code)) {
            codes.push(code.to_owned());
        }
    }
    codes
}
