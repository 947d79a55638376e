//! Judges each poll with those before it: [`PollJudge`].

use aliyun_dts_status::Response;
use aliyun_dts_status::health::{Assessment, Context, Policy, Scope, Trackers, assess_outcome};
use aliyun_dts_status::model::{Direction, Outcome};

use super::clock::{Clock, PollTime};
use super::poll::Poll;
use super::skip::SkipReason;

/// The settings for judging polls, and the state of the jobs.
pub(crate) struct PollJudge {
    pub(crate) trackers: Trackers,
    pub(crate) policy: Policy,
    /// The requested direction of polls that do not name one.
    pub(crate) direction: Direction,
    pub(crate) clock: Clock,
}

/// A poll with its verdict.
pub(crate) struct JudgedPoll {
    /// The job; empty if unknown.
    pub(crate) job_id: String,
    pub(crate) assessment: Assessment,
    /// The poll is not later than the previous one, and is judged without it.
    pub(crate) is_late: bool,
}

impl PollJudge {
    /// Judges the next poll.
    pub(crate) fn judge(&mut self, poll: Poll) -> Result<JudgedPoll, SkipReason> {
        let Poll { observed_at, job_id, direction, response } = poll;
        let direction = direction
            .or_else(|| response.job().and_then(|job| job.direction.clone()))
            .unwrap_or_else(|| self.direction.clone());
        let (at, is_alone) = match self.clock.next(observed_at) {
            PollTime::Own(at) => (at, false),
            PollTime::Shared(at) => (at, true),
            PollTime::Unknown => return Err(SkipReason::NoTime),
        };
        let context = Context::at(at).direction(direction);
        let job_id = self.job_id(job_id, &response);
        if is_alone {
            let assessment = assess_outcome(&Outcome::response(&response), &context, &self.policy);
            return Ok(JudgedPoll { job_id, assessment, is_late: false });
        }
        let tracker = self.trackers.tracker(&job_id, Scope::from(&context.requested_direction));
        let is_late = tracker.is_past(at);
        let assessment = tracker.observe_outcome(&Outcome::response(&response), &context, &self.policy);
        Ok(JudgedPoll { job_id, assessment, is_late })
    }

    /// The job of a poll: that of the record, that of the body, or else the only known job. A failed call does not
    /// name its job.
    fn job_id(&self, requested: Option<String>, response: &Response) -> String {
        let named = requested.or_else(|| response.job().and_then(|job| job.job_id.clone()));
        if let Some(job_id) = named.filter(|job_id| !job_id.is_empty()) {
            return job_id;
        }
        let mut known = self.trackers.iter().map(|(job_id, ..)| job_id).filter(|job_id| !job_id.is_empty());
        let only = known.next().filter(|first| known.all(|other| other == *first));
        only.unwrap_or_default().to_owned()
    }
}
