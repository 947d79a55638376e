//! Judges each poll with those before it: [`PollJudge`].

use aliyun_dts_status::Response;
use aliyun_dts_status::health::{Assessment, Context, Policy, Scope, assess_outcome};
use aliyun_dts_status::model::{Direction, Loss};

use super::clock::{Clock, PollTime};
use super::memory::Memory;
use super::poll::Poll;
use super::problem::LineProblem;
use crate::options::now;

/// The settings for judging polls, and the state of the jobs.
pub(crate) struct PollJudge {
    pub(crate) memory: Memory,
    pub(crate) policy: Policy,
    /// The requested job of polls whose record names none.
    pub(crate) job_id: Option<String>,
    /// The requested direction of polls that do not name one.
    pub(crate) direction: Direction,
    pub(crate) clock: Clock,
    /// True if polls of the same time are compared with those before them: each run of a poller may be one poll.
    pub(crate) compares_all: bool,
}

/// A poll with its verdict.
pub(crate) struct JudgedPoll {
    /// The job; empty if unknown.
    pub(crate) job_id: String,
    pub(crate) assessment: Assessment,
    /// What decoding could not use.
    pub(crate) losses: Vec<Loss>,
    /// Why it has no response.
    pub(crate) failure: Option<LineProblem>,
    /// Why it is judged without the polls before it.
    pub(crate) misdated: Option<LineProblem>,
}

impl JudgedPoll {
    /// All that is wrong with the line.
    pub(crate) fn problems(&self) -> impl Iterator<Item = &LineProblem> {
        self.failure.iter().chain(&self.misdated)
    }

    /// True for a poll whose time can be relied on.
    pub(crate) fn has_time(&self) -> bool {
        !matches!(self.misdated, Some(LineProblem::InFuture))
            && !self.failure.as_ref().is_some_and(LineProblem::is_no_line)
    }
}

impl PollJudge {
    /// Judges the next poll. One without any time cannot be judged.
    pub(crate) fn judge(&mut self, poll: Poll) -> Result<JudgedPoll, LineProblem> {
        let time = match &poll.failure {
            Some(failure) if failure.is_no_line() => self.clock.now(),
            _ => self.clock.next(poll.observed_at),
        };
        let (at, is_shared) = match time {
            PollTime::Own(at) => (at, false),
            PollTime::Shared(at) => (at, true),
            PollTime::Unknown => return Err(poll.failure.unwrap_or(LineProblem::NoTime)),
        };
        let answered = poll.outcome.response.as_deref().and_then(Response::job);
        let direction = poll
            .direction
            .or_else(|| answered.and_then(|job| job.direction.clone()))
            .unwrap_or_else(|| self.direction.clone());
        let named = answered.and_then(|job| job.job_id.clone()).filter(|id| !id.is_empty());
        let mut requested = poll.job_id.or_else(|| self.job_id.clone());
        if requested.is_none() && named.is_none() {
            requested = self.only_job();
        }
        // A time that was derived from the options is not after the clock.
        let clock = if poll.observed_at.is_some() { now() } else { at };
        let context = Context::at(at.min(clock))
            .observed_at(at)
            .not_after(clock)
            .direction(direction)
            .job_id(requested.clone())
            .http_status(poll.http_status);

        let job_id = requested.or(named).unwrap_or_default();
        let scope = Scope::from(&context.requested_direction);
        let before = self.memory.latest(&job_id, scope);
        let is_alone = is_shared && !(self.compares_all && before.is_none_or(|before| at > before));
        let (assessment, is_late) = if is_alone || before.is_none() && !self.memory.has_room(&job_id) {
            (assess_outcome(&poll.outcome, &context, &self.policy), false)
        } else {
            let assessment = self.memory.trackers.observe_outcome(&poll.outcome, &context, &self.policy);
            // Several late polls in a row start the tracker again, so that the last of them is its latest.
            let has_started_again = || self.memory.latest(&job_id, scope) == Some(at);
            let is_late = before.is_some_and(|before| at == before || at < before && !has_started_again());
            (assessment, is_late)
        };
        let is_in_future = at.signed_duration_since(clock) > self.policy.clock_skew;
        let misdated = if is_in_future {
            Some(LineProblem::InFuture)
        } else {
            is_late.then_some(LineProblem::OutOfOrder)
        };
        Ok(JudgedPoll { job_id, assessment, losses: poll.outcome.losses, failure: poll.failure, misdated })
    }

    /// The only known job: a failed call does not name its job.
    fn only_job(&self) -> Option<String> {
        let mut known =
            self.memory.trackers.iter().map(|(job_id, ..)| job_id).filter(|job_id| !job_id.is_empty());
        known.next().filter(|first| known.all(|other| other == *first)).map(str::to_owned)
    }
}
