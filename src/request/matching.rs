//! Comparing a response with its request: [`Match`].

use super::{DescribeSynchronizationJobStatus, Parameter, Request};
use crate::model::{Direction, Page, Response, SyncJob, spelling};
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
        /// `other_page`: the response is another page than the requested one.
        OtherPage = "other_page",
        /// `other_operation`: the response is one of another operation.
        OtherOperation = "other_operation",
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
            Match::OtherJob | Match::OtherDirection | Match::OtherPage | Match::OtherOperation => Some(false),
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

impl Request {
    /// Compares a response with this request: its operation, the ids, the directions and the kinds of its jobs, and the
    /// number of the page.
    ///
    /// A page belongs to the request unless one of its jobs shows that it does not. The error document of a gateway names
    /// no job, so for it the result is unknown.
    ///
    /// ```
    /// use aliyun_dts_status::request::{Match, Request};
    /// use aliyun_dts_status::{Operation, Page, Response, SyncJob};
    ///
    /// let request = Request::new(Operation::DescribeSynchronizationJobStatusList).job_ids(["dtsa", "dtsb"]);
    /// let mut job = SyncJob::sample();
    /// (job.operation, job.job_id) = (request.operation(), Some("dtsb".to_owned()));
    /// let mut page = Page::new(request.operation());
    /// page.jobs = vec![job];
    /// assert_eq!(request.matches(&Response::from(page.clone())), Match::Yes);
    ///
    /// page.jobs[0].job_id = Some("dtsc".to_owned());
    /// assert_eq!(request.matches(&Response::from(page)), Match::OtherJob);
    /// ```
    #[must_use]
    pub fn matches(&self, response: &Response) -> Match {
        match response {
            Response::Fault(_) => Match::Unknown,
            Response::Job(job) if job.operation == self.operation => self.matches_job(job),
            Response::Page(page) if page.operation == self.operation => self.matches_page(page),
            Response::Job(_) | Response::Page(_) => Match::OtherOperation,
        }
    }

    fn matches_page(&self, page: &Page) -> Match {
        let number = self.get(self.page_number()).and_then(|number| number.parse::<i64>().ok());
        if number.zip(page.number).is_some_and(|(requested, found)| requested != found) {
            return Match::OtherPage;
        }
        let mut unknown = false;
        for job in &page.jobs {
            match self.matches_job(job) {
                Match::Yes => {}
                Match::Unknown => unknown = true,
                other => return other,
            }
        }
        if unknown { Match::Unknown } else { Match::Yes }
    }

    fn matches_job(&self, job: &SyncJob) -> Match {
        let kind = self.get(Parameter::JobType).zip(job.job_kind());
        let is_other_kind = kind.is_some_and(|(requested, found)| {
            Request::new(self.operation).kind(found).get(Parameter::JobType) != Some(requested)
        });
        let task = self.get(Parameter::DtsJobId).map(|task| same_job(task, job.task_id.as_deref()));
        let same = [self.same_id(job), task].into_iter().flatten();
        let (mut is_other, mut is_unknown) = (is_other_kind, false);
        for same in same {
            is_other |= same == Some(false);
            is_unknown |= same.is_none();
        }
        // An operation that lists jobs answers with both directions.
        let direction = Direction::from(self.get(Parameter::SynchronizationDirection).unwrap_or("Forward"));
        let has_direction = Parameter::of(self.operation).contains(&Parameter::SynchronizationDirection);
        let same_direction =
            if has_direction { same_direction(&direction, job.direction.as_ref()) } else { Some(true) };
        match (is_other, same_direction) {
            (true, _) => Match::OtherJob,
            (_, Some(false)) => Match::OtherDirection,
            (_, Some(true)) if !is_unknown => Match::Yes,
            _ => Match::Unknown,
        }
    }

    /// Compares the id of a job with those that the request has; `None` if it has none.
    fn same_id(&self, job: &SyncJob) -> Option<Option<bool>> {
        let ids = [
            Parameter::SynchronizationJobId,
            Parameter::MigrationJobId,
            Parameter::DtsInstanceIdUpper,
            Parameter::DtsInstanceId,
        ];
        if let Some(requested) = ids.into_iter().find_map(|parameter| self.get(parameter)) {
            return Some(same_job(requested, job.job_id.as_deref()));
        }
        let list = self.get(Parameter::SynchronizationJobIds)?;
        let found = spelling::unmasked(job.job_id.as_deref());
        // The list is JSON. An id has no character that JSON would write in another way, so each is between two quotes.
        let has = |id: &str| list.split('"').skip(1).step_by(2).any(|requested| requested == id);
        Some(found.filter(|_| !list.contains('*')).map(has))
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
