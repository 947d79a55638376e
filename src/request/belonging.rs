//! Whether an answer belongs to a request: [`Belonging`].

use super::DescribeSynchronizationJobStatus;
use crate::model::{Direction, SyncJob, spelling};

/// Whether an answer belongs to a request: what [`matches`](DescribeSynchronizationJobStatus::matches) says.
///
/// ```
/// use aliyun_dts_status::{DescribeSynchronizationJobStatus, SyncJob};
/// use aliyun_dts_status::model::Direction;
/// use aliyun_dts_status::request::Belonging;
///
/// // Asked for the other half, a one-way job answers for the one it has.
/// let reverse = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz").direction(Direction::Reverse);
/// let mut answer = SyncJob::sample();
/// answer.direction = Some(Direction::Forward);
/// assert_eq!(reverse.matches(&answer), Belonging::OtherDirection);
/// assert_eq!(reverse.matches(&answer).known(), Some(false));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Belonging {
    /// It does: the job and the direction that were asked for.
    Yes,
    /// It does not: it is about another job.
    OtherJob,
    /// It does not: it is about the other direction of the job. A one-way job answers so if asked for Reverse.
    OtherDirection,
    /// It does not tell: an id is masked or absent, or a direction.
    Unknown,
}

impl Belonging {
    /// Yes, no, or `None` where the answer does not tell.
    #[must_use]
    pub fn known(self) -> Option<bool> {
        match self {
            Belonging::Yes => Some(true),
            Belonging::OtherJob | Belonging::OtherDirection => Some(false),
            Belonging::Unknown => None,
        }
    }
}

impl DescribeSynchronizationJobStatus {
    /// Whether an answer belongs to this request, by the job's id and the direction.
    ///
    /// A masked id (`dtsexjk1alb116****`) tells nothing. A one-way job answers Forward or no direction, so an
    /// answer without one is taken for Forward where that was asked for; where Reverse was, it tells nothing.
    ///
    /// ```
    /// use aliyun_dts_status::{DescribeSynchronizationJobStatus, SyncJob};
    /// use aliyun_dts_status::model::Direction;
    /// use aliyun_dts_status::request::Belonging;
    ///
    /// let request = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz");
    /// let mut answer = SyncJob::sample();
    /// assert_eq!(request.matches(&answer), Belonging::Unknown, "the sample's id is masked");
    ///
    /// answer.job_id = Some("dtsexjk1alb116wxyz".into());
    /// assert_eq!(request.matches(&answer), Belonging::Yes);
    ///
    /// answer.direction = Some(Direction::Reverse);
    /// assert_eq!(request.matches(&answer).known(), Some(false));
    /// ```
    #[must_use]
    pub fn matches(&self, answer: &SyncJob) -> Belonging {
        let same_job = same_job(&self.job_id, answer.job_id.as_deref());
        let same_direction = same_direction(&self.direction, answer.direction.as_ref());
        match (same_job, same_direction) {
            (Some(false), _) => Belonging::OtherJob,
            (_, Some(false)) => Belonging::OtherDirection,
            (Some(true), Some(true)) => Belonging::Yes,
            _ => Belonging::Unknown,
        }
    }
}

fn same_job(asked: &str, answered: Option<&str>) -> Option<bool> {
    Some(spelling::unmasked(Some(asked))? == spelling::unmasked(answered)?)
}

fn same_direction(asked: &Direction, answered: Option<&Direction>) -> Option<bool> {
    match answered {
        None => (*asked == Direction::Forward).then_some(true),
        Some(answered) => (asked.is_known() && answered.is_known()).then(|| asked == answered),
    }
}
