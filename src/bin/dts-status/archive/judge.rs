//! From polls to verdicts, each judged by those before it: [`Judge`].

use aliyun_dts_status::Response;
use aliyun_dts_status::health::{Assessment, Context, Policy, Scope, Trackers, assess_response};
use aliyun_dts_status::model::Direction;

use super::{Clock, Pace, Poll, Skip};

/// What polls are judged by.
pub(crate) struct Judge {
    pub(crate) trackers: Trackers,
    pub(crate) policy: Policy,
    /// The direction that was asked for where a poll does not tell it.
    pub(crate) direction: Direction,
    pub(crate) clock: Clock,
}

/// A poll with its verdict.
pub(crate) struct Judged {
    /// The job it is about; empty if nothing tells.
    pub(crate) job_id: String,
    pub(crate) assessment: Assessment,
    /// Whether it is not later than the one before, so that it is judged by itself.
    pub(crate) is_late: bool,
}

impl Judge {
    /// Judges the next poll.
    pub(crate) fn judge(&mut self, poll: Poll) -> Result<Judged, Skip> {
        let Poll { observed_at, job_id, direction, response } = poll;
        let job = response.job();
        let direction = direction
            .or_else(|| job.and_then(|job| job.direction.clone()))
            .unwrap_or_else(|| self.direction.clone());
        let (at, is_alone) = match self.clock.tell(observed_at) {
            Pace::Own(at) => (at, false),
            Pace::Shared(at) => (at, true),
            Pace::Unknown => return Err(Skip::NoTime),
        };
        let context = Context::at(at).direction(direction);
        let job_id = self.job_id(job_id, &response);
        if is_alone {
            let assessment = assess_response(&response, &context, &self.policy);
            return Ok(Judged { job_id, assessment, is_late: false });
        }
        let tracker = self.trackers.tracker(&job_id, scope(&context.requested_direction));
        let is_late = tracker.is_past(at);
        let assessment = tracker.observe_response(&response, &context, &self.policy);
        Ok(Judged { job_id, assessment, is_late })
    }

    /// The job that a poll is about: by the record, by the body, or else the only one there is. A failed call
    /// does not tell.
    fn job_id(&self, asked_for: Option<String>, response: &Response) -> String {
        let told = asked_for.or_else(|| response.job().and_then(|job| job.job_id.clone()));
        if let Some(job_id) = told.filter(|job_id| !job_id.is_empty()) {
            return job_id;
        }
        let mut known = self.trackers.iter().map(|(job_id, ..)| job_id).filter(|job_id| !job_id.is_empty());
        let only = known.next().filter(|first| known.all(|other| other == *first));
        only.unwrap_or_default().to_owned()
    }
}

/// A direction that is not known counts as Forward, as in the API.
fn scope(direction: &Direction) -> Scope {
    match direction {
        Direction::Reverse => Scope::Reverse,
        _ => Scope::Forward,
    }
}
