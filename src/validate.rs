//! Checks of a job against the published contract: [`validate()`].

mod billing;
mod envelope;
mod lag;
mod numbers;
mod objects;
mod pages;
mod precheck;
mod records;
mod rule;
mod stages;
mod vocabulary;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::excerpt;
use crate::model::{Operation, Page, SyncJob, on_wire};
use crate::path::Path;

pub use rule::Rule;

/// Every place where a job breaks the published contract: the rules that the vendor's [API page] states or that its
/// samples keep.
///
/// A [`Violation`] is about meaning: the body was decoded, but its values break a [`Rule`]. The decoder reports
/// departures of form as [quirks](crate::Quirk), and [`health`](crate::health) judges the state of the job. A job in
/// trouble breaks no rule, and the vendor's own samples break some, so a violation is no reason to refuse a body.
///
/// The violations are sorted by rule in the order of [`Rule::ALL`], then in the order of the model's fields. The
/// function is pure and needs no clock. Its time is linear in the size of the job, times the logarithm of its longest
/// list.
///
/// [API page]: https://www.alibabacloud.com/help/en/dts/developer-reference/api-describesynchronizationjobstatus
///
/// ```
/// use aliyun_dts_status::{Rule, SyncJob, validate};
/// use aliyun_dts_status::model::Percent;
///
/// let mut job = SyncJob::sample();
/// job.data_stage.get_or_insert_default().percent = Percent::new(101.0);
///
/// let violation = &validate(&job)[1]; // The documented sample itself breaks a rule first.
/// assert_eq!(violation.rule, Rule::PercentOutOfRange);
/// assert_eq!(
///     violation.to_string(),
///     "DataInitializationStatus.Percent: expected 0 to 100, found 101 (percent_out_of_range)"
/// );
/// ```
#[must_use]
pub fn validate(job: &SyncJob) -> Vec<Violation> {
    let violations = |&rule: &Rule| {
        let places = rule.check(job).into_iter();
        places.map(move |(path, message)| Violation { rule, path: on_wire(&path, job.operation), message })
    };
    Rule::ALL.iter().flat_map(violations).collect()
}

/// Every place where a page breaks the published contract: the rules on the API call, then those on each job, with paths
/// such as `DtsJobList[0].ReverseJob.Status`.
///
/// ```
/// use aliyun_dts_status::{Operation, Page, SyncJob, validate_page};
///
/// let mut page = Page::new(Operation::DescribeDtsJobs);
/// let mut job = SyncJob::sample();
/// (job.operation, job.status) = (page.operation, None);
/// page.jobs = vec![job];
/// let places: Vec<_> = validate_page(&page).iter().map(|violation| violation.path.to_string()).collect();
/// assert_eq!(places, ["RequestId", "DtsJobList[0].Status"]);
/// ```
#[must_use]
pub fn validate_page(page: &Page) -> Vec<Violation> {
    /// The rules on the API call of a page.
    const OF_CALL: [Rule; 3] = [Rule::RequestIdAbsent, Rule::ErrCodeWithSuccess, Rule::ErrCodeAbsent];
    // The operation of a single job, because the RequestId is that of the page.
    let call = SyncJob { operation: Operation::default(), ..page.call() };
    let of_call = validate(&call).into_iter().filter(|violation| OF_CALL.contains(&violation.rule));
    let of_jobs = page.jobs.iter().zip(pages::paths(page)).flat_map(|(job, place)| {
        validate(job).into_iter().map(move |violation| {
            let path = place.segments().iter().chain(violation.path.segments()).cloned().collect();
            Violation { path, ..violation }
        })
    });
    of_call.chain(of_jobs).collect()
}

/// One place where a job breaks the published contract.
///
/// It serialises to `{"rule", "path", "message"}`.
///
/// ```
/// use aliyun_dts_status::{Field, Path, SyncJob, validate};
/// use aliyun_dts_status::model::PrecheckStatus;
///
/// // The documented sample has Finished, where the vendor's API page lists Success and Failed.
/// let violations = validate(&SyncJob::sample());
/// assert_eq!(violations[0].rule.as_str(), "value_not_documented");
/// assert_eq!(violations[0].path, Path::from([Field::PrecheckStatus, Field::Status]));
///
/// let mut job = SyncJob::sample();
/// job.precheck.get_or_insert_default().status = Some(PrecheckStatus::Success);
/// assert!(validate(&job).is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Violation {
    /// The broken rule.
    pub rule: Rule,
    /// The field that is wrong or missing.
    pub path: Path,
    /// What was expected and what was found, for people. The text is not stable.
    pub message: String,
}

impl Violation {
    /// A violation made by hand, for tests of code that handles violations.
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
type Places = Vec<(Path, String)>;

/// The text, if it is present and not empty.
fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// A text of the body for a message: quoted, escaped, and cut if it is long.
fn quoted(text: &str) -> String {
    /// Characters of a text that are shown.
    const LIMIT: usize = 64;
    match excerpt::start(text, LIMIT) {
        Some(start) => format!("{start:?}…"),
        None => format!("{text:?}"),
    }
}
