//! Whether a response keeps to the published contract: [`validate()`].
//!
//! A [`Violation`] is about meaning: the body could be read, but what it says breaks a [`Rule`] that the
//! vendor's [page of the operation] states, or that its samples keep. Departures of form are quirks, and were
//! told by the decoder; whether the job is well is told by the health rules. A job in trouble breaks no rule,
//! and the vendor's own samples break some: a violation is a fact about a body, never a reason to refuse it.
//!
//! [page of the operation]: https://www.alibabacloud.com/help/en/dts/developer-reference/api-describesynchronizationjobstatus

mod billing;
mod envelope;
mod lag;
mod numbers;
mod objects;
mod precheck;
mod records;
mod rule;
mod stages;
mod vocabulary;

use std::fmt;

use serde::Serialize;

use crate::model::SyncJob;
use crate::path::Path;

pub use rule::Rule;

/// Every place where a job breaks the published contract.
///
/// Sorted by rule in the order of [`Rule::ALL`], then as the fields stand in the model. Pure, without a clock,
/// and linear in the size of the job but for the logarithm of its longest list.
///
/// ```
/// use aliyun_dts_status::{Rule, SyncJob, validate};
/// use aliyun_dts_status::model::Percent;
///
/// let mut job = SyncJob::sample();
/// job.data_stage.as_mut().unwrap().percent = Percent::new(101.0);
///
/// let violation = &validate(&job)[1]; // The first is in the documented sample itself.
/// assert_eq!(violation.rule, Rule::PercentOutOfRange);
/// assert_eq!(
///     violation.to_string(),
///     "DataInitializationStatus.Percent: expected 0 to 100, found 101 (percent_out_of_range)"
/// );
/// ```
#[must_use]
pub fn validate(job: &SyncJob) -> Vec<Violation> {
    let broken = |&rule: &Rule| {
        rule.breaches(job).into_iter().map(move |(path, message)| Violation { rule, path, message })
    };
    Rule::ALL.iter().flat_map(broken).collect()
}

/// One place where a job breaks the published contract.
///
/// It serialises to `{"rule", "path", "message"}`.
///
/// ```
/// use aliyun_dts_status::{Field, Path, SyncJob, validate};
/// use aliyun_dts_status::model::PrecheckStatus;
///
/// // The documented sample says Finished, where the page lists Success and Failed.
/// let violations = validate(&SyncJob::sample());
/// assert_eq!(violations[0].rule.as_str(), "value_not_documented");
/// assert_eq!(violations[0].path, Path::from([Field::PrecheckStatus, Field::Status]));
///
/// let mut job = SyncJob::sample();
/// job.precheck.as_mut().unwrap().status = Some(PrecheckStatus::Success);
/// assert!(validate(&job).is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Violation {
    /// The rule that is broken.
    pub rule: Rule,
    /// Where: the field that is wrong, or that is missing.
    pub path: Path,
    /// What was expected there and what was found, for people. Not stable text.
    pub message: String,
}

impl Violation {
    /// A violation made by hand, for tests of what consumes them.
    #[must_use]
    pub fn new(rule: Rule, path: impl Into<Path>, message: impl Into<String>) -> Self {
        Violation { rule, path: path.into(), message: message.into() }
    }
}

/// `PayType: expected …, found … (rule)`.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.message, self.rule)
    }
}

/// The places that break one rule, each with what was expected and found there.
type Breaches = Vec<(Path, String)>;

/// A text that says something: present and not empty.
fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

/// A text of the body for a message: quoted, escaped, and cut where it is long.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 64;
    match text.char_indices().nth(LONGEST).and_then(|(end, _)| text.get(..end)) {
        Some(start) => format!("{start:?}…"),
        None => format!("{text:?}"),
    }
}
