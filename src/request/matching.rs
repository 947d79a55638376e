//! Comparing a response with its request: [`Match`].

use super::DescribeSynchronizationJobStatus;
use crate::model::{Direction, SyncJob, spelling};
use crate::named_enum::named_enum;

named_enum! {
    /// The result of [`matches`](DescribeSynchronizationJobStatus::matches): whether a response answers a request.
    ///
    /// ```
    /// use aliyun_dts_status::SyncJob;
    /// use aliyun_dts_status::model::Direction;
    /// use aliyun_dts_status::request::{DescribeSynchronizationJobStatus, Match};
    ///
    /// // A one-way job has no reverse direction. A request for it gets the forward one.
    /// let reverse = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz").direction(Direction::Reverse);
    /// let mut response = SyncJob::sample();
    /// response.direction = Some(Direction::Forward);
    /// assert_eq!(reverse.matches(&response), Match::OtherDirection);
    /// assert_eq!(reverse.matches(&response).known(), Some(false));
    /// ```
    #[non_exhaustive]
    pub enum Match as "match" {
        /// `yes`: the response is about the requested job and direction.
        Yes = "yes",
        /// `other_job`: the response is about another job.
        OtherJob = "other_job",
        /// `other_direction`: the response is about the other direction of the job.
        OtherDirection = "other_direction",
        /// `unknown`: an id or a direction is masked, absent or not known.
        Unknown = "unknown",
    }
}

impl Match {
    /// Yes or no; `None` if unknown.
    #[must_use]
    pub fn known(self) -> Option<bool> {
        match self {
            Match::Yes => Some(true),
            Match::OtherJob | Match::OtherDirection => Some(false),
            Match::Unknown => None,
        }
    }
}

impl DescribeSynchronizationJobStatus {
    /// Compares the job id and the direction of a response with this request.
    ///
    /// A masked id (`dtsexjk1alb116****`) cannot be compared. A one-way job answers with Forward or without a
    /// direction. So a response without a direction matches a request for Forward; for Reverse the result is unknown.
    ///
    /// ```
    /// use aliyun_dts_status::SyncJob;
    /// use aliyun_dts_status::model::Direction;
    /// use aliyun_dts_status::request::{DescribeSynchronizationJobStatus, Match};
    ///
    /// let request = DescribeSynchronizationJobStatus::new("dtsexjk1alb116wxyz");
    /// let mut response = SyncJob::sample();
    /// assert_eq!(request.matches(&response), Match::Unknown, "the sample's id is masked");
    ///
    /// response.job_id = Some("dtsexjk1alb116wxyz".into());
    /// assert_eq!(request.matches(&response), Match::Yes);
    ///
    /// response.direction = Some(Direction::Reverse);
    /// assert_eq!(request.matches(&response).known(), Some(false));
    /// ```
    #[must_use]
    pub fn matches(&self, response: &SyncJob) -> Match {
        let same_job = same_job(&self.job_id, response.job_id.as_deref());
        let same_direction = same_direction(&self.direction, response.direction.as_ref());
        match (same_job, same_direction) {
            (Some(false), _) => Match::OtherJob,
            (_, Some(false)) => Match::OtherDirection,
            (Some(true), Some(true)) => Match::Yes,
            _ => Match::Unknown,
        }
    }
}

fn same_job(requested: &str, found: Option<&str>) -> Option<bool> {
    Some(spelling::unmasked(Some(requested))? == spelling::unmasked(found)?)
}

fn same_direction(requested: &Direction, found: Option<&Direction>) -> Option<bool> {
    match found {
        None => (*requested == Direction::Forward).then_some(true),
        Some(found) => (requested.is_known() && found.is_known()).then(|| requested == found),
    }
}
