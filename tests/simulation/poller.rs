//! What a poller sees of a job: answers at its own times, by its own clock, through an API with trouble.

use std::borrow::Cow;

use aliyun_dts_status::health::Context;
use aliyun_dts_status::model::{Direction, Failure, Outcome, StageStatus};
use aliyun_dts_status::{ErrorKind, Fault, Response, SyncJob};

use crate::random::Random;
use crate::truth::{JOB, Simulation, Truth, at};

/// One poll: what came of it, and when.
#[derive(Clone)]
pub(crate) struct Poll {
    /// The true time, in seconds after the start.
    pub(crate) time: i64,
    pub(crate) outcome: Outcome<'static>,
    pub(crate) context: Context,
}

impl Poll {
    /// What is in the poll, in one line.
    pub(crate) fn summary(&self) -> String {
        let clock = (self.context.observed_at - at(0)).num_seconds();
        let latest = (self.context.not_after - at(0)).num_seconds();
        let head = format!("{clock:8} s {} (not after {latest})", self.context.requested_direction.as_str());
        let Some(response) = &self.outcome.response else {
            return format!(
                "{head} {}",
                self.outcome.failure.as_ref().map_or("no answer", |failure| failure.kind.as_str())
            );
        };
        let Some(job) = response.job() else { return format!("{head} {:?}", response.fault().unwrap().code) };
        let rps = job.performance.as_ref().and_then(|performance| performance.rps);
        let stage = |status: Option<&StageStatus>| status.map_or("-", |status| status.as_str()).to_owned();
        format!(
            "{head} since {:?} id {:?} {} lost {} error {} {} {} delay {:?} checkpoint {:?} rps {rps:?} incremental {} full {} rows {:?} {}",
            self.context.since.map(|since| (since - at(0)).num_seconds()),
            job.job_id,
            job.direction.as_ref().map_or("-", |direction| direction.as_str()),
            self.outcome.losses.len(),
            job.synchronization_stage.as_ref().is_some_and(|stage| stage.error_message.is_some()),
            job.err_code.as_deref().unwrap_or("-"),
            job.status.as_ref().map_or("-", |status| status.as_str()),
            job.delay.map(|delay| delay.num_seconds()),
            job.checkpoint.map(|checkpoint| (checkpoint - at(0)).num_seconds()),
            stage(job.synchronization_stage.as_ref().and_then(|stage| stage.status.as_ref())),
            stage(job.data_stage.as_ref().and_then(|stage| stage.status.as_ref())),
            job.data_stage.as_ref().and_then(|stage| stage.progress),
            job.source.as_ref().and_then(|source| source.engine_name.as_deref()).unwrap_or("-"),
        )
    }
}

/// How a poller works, and what gets in its way. Times are seconds after the start of the incident.
#[derive(Clone)]
pub(crate) struct Polling {
    /// Seconds from poll to poll.
    pub(crate) every: i64,
    /// From, to: no polls in between.
    pub(crate) gaps: Vec<(i64, i64)>,
    /// From, to, the seconds by which the poller's clock is ahead.
    pub(crate) clock: Vec<(i64, i64, i64)>,
    /// From, to, what goes wrong, and with which share of the calls.
    pub(crate) trouble: Vec<(i64, i64, Trouble, f64)>,
    /// The state is saved and loaded after this many polls.
    pub(crate) restart_every: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Trouble {
    Throttled,
    ServerError,
    NoAnswer,
    WebPage,
    Truncated,
    Empty,
    Refused,
    NotFound,
    /// An answer without Delay, DelayMillis and Checkpoint.
    NoLag,
}

impl Polling {
    pub(crate) fn every(seconds: i64) -> Self {
        let (gaps, clock, trouble) = (Vec::new(), Vec::new(), Vec::new());
        Polling { every: seconds, gaps, clock, trouble, restart_every: None }
    }
}

/// All polls of one direction of a job, from the start to the end of an incident.
pub(crate) struct Polls {
    simulation: Simulation,
    polling: Polling,
    random: Random,
    direction: Direction,
    next: i64,
    end: i64,
}

impl Polls {
    pub(crate) fn new(truth: Truth, polling: Polling, direction: Direction, end: i64, seed: u64) -> Self {
        let step = (polling.every / 6).clamp(5, 60);
        let simulation = Simulation::new(truth, seed, step);
        Polls { simulation, polling, random: Random::new(seed ^ 0xA5), direction, next: 0, end }
    }
}

impl Iterator for Polls {
    type Item = Poll;

    fn next(&mut self) -> Option<Poll> {
        self.next += self.polling.every;
        while let Some((_, to)) =
            self.polling.gaps.iter().find(|(from, to)| (*from..*to).contains(&self.next))
        {
            self.next = *to;
        }
        let time = self.next;
        if time > self.end {
            return None;
        }
        let mut job = self.simulation.answer_at(time);
        job.direction = Some(self.direction.clone());
        let trouble = self.polling.trouble.iter().find(|(from, to, ..)| (*from..*to).contains(&time));
        let trouble = trouble.filter(|(.., share)| self.random.chance(*share)).map(|(_, _, what, _)| *what);
        let ahead = self.polling.clock.iter().find(|(from, to, _)| (*from..*to).contains(&time));
        let now = at(time + ahead.map_or(0, |(.., seconds)| *seconds));
        let context = Context::at(now).job_id(JOB.to_owned()).direction(self.direction.clone());
        Some(Poll { time, outcome: outcome(job, trouble), context })
    }
}

/// What comes of a call: the job, or what the trouble makes of it.
pub(crate) fn outcome(mut job: SyncJob, trouble: Option<Trouble>) -> Outcome<'static> {
    match trouble {
        None => of_job(job),
        Some(Trouble::Throttled) => fault("Throttling.User", 400),
        Some(Trouble::ServerError) => fault("ServiceUnavailable", 503),
        Some(Trouble::Refused) => fault("InvalidAccessKeyId.NotFound", 403),
        Some(Trouble::NotFound) => fault("Forbidden.InstanceNotFound", 404),
        Some(Trouble::NoAnswer) => Outcome::no_answer(),
        Some(Trouble::WebPage) => undecodable(ErrorKind::Html),
        Some(Trouble::Truncated) => undecodable(ErrorKind::Truncated),
        Some(Trouble::Empty) => undecodable(ErrorKind::Empty),
        Some(Trouble::NoLag) => {
            (job.delay, job.delay_millis, job.checkpoint) = (None, None, None);
            if let Some(stage) = &mut job.synchronization_stage {
                (stage.delay, stage.delay_millis, stage.checkpoint) = (None, None, None);
            }
            of_job(job)
        }
    }
}

pub(crate) fn of_job(job: SyncJob) -> Outcome<'static> {
    Outcome::response(Cow::Owned(Response::from(job)))
}

fn fault(code: &str, http_status: u16) -> Outcome<'static> {
    let mut fault = Fault::default();
    fault.code = Some(code.into());
    Outcome::response(Cow::Owned(Response::from(fault))).http_status(http_status)
}

fn undecodable(kind: ErrorKind) -> Outcome<'static> {
    Outcome::failure(Failure::new(kind, "the body is of no use"))
}
