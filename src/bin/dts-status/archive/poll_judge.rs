//! Judges each poll with those before it: [`PollJudge`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use aliyun_dts_status::health::{
    Assessment, Context, FindingCode, Policy, Scope, Trackers, assess_each, assess_outcome,
};
use aliyun_dts_status::model::{Direction, Loss, Outcome};
use aliyun_dts_status::{Page, Response};
use chrono::{DateTime, Utc};

use super::clock::{Clock, PollTime};
use super::memory::Memory;
use super::poll::Poll;
use super::problem::LineProblem;
use crate::options::now;
use crate::page::{JobFacts, OtherPages, asked_directions, has_job, key, losses_of, named};

/// The settings for judging polls, and the state of the jobs.
pub(crate) struct PollJudge {
    pub(crate) memory: Memory,
    pub(crate) policy: Policy,
    /// The requested job of polls whose record names none.
    pub(crate) job_id: Option<String>,
    /// The direction that the calls asked for, of polls whose record names none.
    pub(crate) direction: Option<Direction>,
    /// The direction of polls that name none anywhere.
    pub(crate) unnamed_direction: Direction,
    pub(crate) clock: Clock,
    /// True if polls of the same time are compared with those before them: each run of a poller may be one poll.
    pub(crate) compares_all: bool,
    /// The jobs of the pages so far.
    pub(crate) pages: OtherPages,
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
    /// The number of jobs before it on the same page that have the same id and direction.
    place: usize,
}

impl JudgedPoll {
    fn new(job_id: String, assessment: Assessment, losses: Vec<Loss>, misdated: Option<LineProblem>) -> Self {
        JudgedPoll { job_id, assessment, losses, failure: None, misdated, place: 0 }
    }

    /// What the poll is about: no other poll of the same line has this key.
    pub(crate) fn key(&self) -> (String, Scope, usize) {
        (self.job_id.clone(), self.assessment.direction(), self.place)
    }

    /// All that is wrong with the line.
    pub(crate) fn problems(&self) -> impl Iterator<Item = &LineProblem> {
        self.failure.iter().chain(&self.misdated)
    }

    /// Returns true for a poll whose time can be relied on.
    pub(crate) fn has_time(&self) -> bool {
        !matches!(self.misdated, Some(LineProblem::InFuture))
            && !self.failure.as_ref().is_some_and(LineProblem::is_no_line)
    }
}

/// When a poll was received.
#[derive(Clone, Copy)]
struct Moment {
    at: DateTime<Utc>,
    /// The clock, which a poll with a time of its own should not be after.
    clock: DateTime<Utc>,
    /// True if other polls may have the same time.
    is_shared: bool,
}

impl PollJudge {
    /// Judges the next poll: one assessment, or one for each job and direction of a page. A poll without any time and a
    /// page without jobs cannot be judged.
    pub(crate) fn judge(&mut self, poll: Poll) -> Result<Vec<JudgedPoll>, LineProblem> {
        let mut all = self.judge_line(poll)?;
        // Nearly every line is one poll.
        if all.len() < 2 {
            return Ok(all);
        }
        let mut places: BTreeMap<_, usize> = BTreeMap::new();
        for judged in &mut all {
            let next = places.entry((judged.job_id.clone(), judged.assessment.direction())).or_default();
            judged.place = *next;
            *next += 1;
        }
        Ok(all)
    }

    fn judge_line(&mut self, mut poll: Poll) -> Result<Vec<JudgedPoll>, LineProblem> {
        let time = match &poll.failure {
            Some(failure) if failure.is_no_line() => self.clock.now(),
            _ => self.clock.next(poll.noted.observed_at),
        };
        let (at, is_shared) = match time {
            PollTime::Own(at) => (at, false),
            PollTime::Shared(at) => (at, true),
            PollTime::Unknown => return Err(poll.failure.unwrap_or(LineProblem::NoTime)),
        };
        // A time that was derived from the options is not after the clock.
        let clock = if poll.noted.observed_at.is_some() { now() } else { at };
        let moment = Moment { at, clock, is_shared };
        let asked = poll.noted.job_id.clone().or_else(|| self.job_id.clone());
        let direction = poll.noted.direction.clone();
        let Some(Response::Page(page)) = poll.outcome.response.as_deref() else {
            let failure = poll.failure.take();
            let mut judged = match asked {
                None if self.names_no_job(&poll) => self.judge_call(&poll, moment),
                asked => vec![self.judge_one(&poll, asked, direction, moment)],
            };
            if let Some(first) = judged.first_mut() {
                first.failure = failure;
            }
            return Ok(judged);
        };
        self.pages.add(page);
        let has_assessment = || !assess_each(&poll.outcome, &moment.context(&poll), &self.policy).is_empty();
        let is_failed_call = || {
            let whole = assess_outcome(&poll.outcome, &moment.context(&poll), &self.policy);
            whole.findings().iter().any(|finding| finding.code == FindingCode::ApiCallFailed)
        };
        match asked {
            Some(job_id) => {
                // The job may be on another page, which is another line.
                let is_elsewhere = poll.noted.job_id.is_none()
                    && page.is_partial()
                    && !page.jobs.is_empty()
                    && !has_job(page, &job_id);
                if is_elsewhere {
                    return Ok(Vec::new());
                }
                let wanted = direction.or_else(|| self.direction.clone());
                let directions =
                    wanted.map_or_else(|| asked_directions(page, &job_id), |direction| vec![direction]);
                let judge = |direction| self.judge_one(&poll, Some(job_id.clone()), Some(direction), moment);
                Ok(directions.into_iter().map(judge).collect())
            }
            None if is_failed_call() => Ok(match self.names_no_job(&poll) {
                true => self.judge_call(&poll, moment),
                false => vec![self.judge_one(&poll, None, direction, moment)],
            }),
            None if !page.jobs.is_empty() => Ok(self.judge_page(&poll, page, moment)),
            None if has_assessment() => Ok(vec![self.judge_one(&poll, None, direction, moment)]),
            None => Err(LineProblem::NoJobs),
        }
    }

    /// Returns true if neither the answer nor what is known so far says which of several jobs a poll is about.
    fn names_no_job(&self, poll: &Poll) -> bool {
        let answered = poll.outcome.response.as_deref().and_then(Response::job);
        let is_directed = poll.noted.direction.is_some() || self.direction.is_some();
        let mut known = self.memory.trackers.iter().map(|(job_id, scope, _)| (job_id, scope));
        let first = known.next();
        let is_other = |(job_id, scope)| match first {
            Some((first, direction)) => job_id != first || !is_directed && scope != direction,
            None => false,
        };
        answered.and_then(named).is_none() && known.any(is_other)
    }

    /// Judges a poll that is about all known jobs: a call that says nothing keeps the verdict of each.
    fn judge_call(&mut self, poll: &Poll, moment: Moment) -> Vec<JudgedPoll> {
        let context = moment.context(poll);
        let each = match self.is_alone(None, moment) {
            true => assess_each(&poll.outcome, &context, &self.policy),
            false => self.memory.trackers.observe_each(&poll.outcome, &context, &self.policy),
        };
        let judged = |assessment: Assessment| {
            let job_id = assessment.job_id().unwrap_or_default().to_owned();
            JudgedPoll::new(job_id, assessment, Vec::new(), None)
        };
        each.into_iter().map(judged).collect()
    }

    /// Judges the poll of one job and direction.
    fn judge_one(
        &mut self,
        poll: &Poll,
        asked: Option<String>,
        direction: Option<Direction>,
        moment: Moment,
    ) -> JudgedPoll {
        let answered = poll.outcome.response.as_deref().and_then(Response::job);
        let of_answer = || answered.and_then(|job| job.direction.clone()).filter(Direction::is_known);
        let direction = direction
            .or_else(|| self.direction.clone())
            .or_else(of_answer)
            .unwrap_or_else(|| self.unnamed_direction.clone());
        let named = answered.and_then(named).map(str::to_owned);
        let mut requested = asked.map(|id| id.trim().to_owned());
        if requested.is_none() && named.is_none() {
            requested = self.only_job();
        }
        let context = moment.context(poll).direction(direction).job_id(requested.clone());
        let job_id = requested.or(named).unwrap_or_default();
        let scope = Scope::from(&context.requested_direction);
        let before = self.memory.latest(&job_id, scope);
        let is_kept = !self.is_alone(before, moment) && (before.is_some() || self.memory.has_room(&job_id));
        let assessment = if is_kept {
            self.memory.trackers.observe_outcome(&poll.outcome, &context, &self.policy)
        } else {
            assess_outcome(&poll.outcome, &context, &self.policy)
        };
        let misdated = self.misdated((&job_id, scope), before.filter(|_| is_kept), moment);
        let losses = poll.outcome.losses.clone();
        let losses = match poll.outcome.response.as_deref().filter(|response| response.page().is_some()) {
            Some(response) => JobFacts::of(response, losses).take(&assessment).1,
            None => losses,
        };
        JudgedPoll::new(job_id, assessment, losses, misdated)
    }

    /// Judges each job of a page.
    fn judge_page(&mut self, poll: &Poll, page: &Page, moment: Moment) -> Vec<JudgedPoll> {
        let context = moment.context(poll);
        let keys: Vec<_> = page.jobs.iter().map(key).collect();
        let followed: Vec<_> = page.jobs.iter().map(Trackers::key_of).collect();
        let latest = |((_, scope), job_id): (&(String, Scope), &&str)| self.memory.latest(job_id, *scope);
        let before: Vec<_> = keys.iter().zip(&followed).map(latest).collect();
        let mut rooms: BTreeMap<&str, bool> = BTreeMap::new();
        let kept = followed.iter().zip(&before).map(|(job_id, before)| {
            !self.is_alone(*before, moment)
                && *rooms.entry(job_id).or_insert_with(|| self.memory.has_room(job_id))
        });
        let kept: Vec<_> = kept.collect();
        let mut assessments = if kept.contains(&false) {
            let part = part_of(&poll.outcome, page, &kept);
            let mut observed = self.memory.trackers.observe_each(&part, &context, &self.policy).into_iter();
            let alone = assess_each(&poll.outcome, &context, &self.policy);
            let is_kept = kept.iter().copied().chain([false]);
            let judged = alone.into_iter().zip(is_kept);
            judged
                .map(|(alone, is_kept)| if is_kept { observed.next().unwrap_or(alone) } else { alone })
                .collect()
        } else {
            self.memory.trackers.observe_each(&poll.outcome, &context, &self.policy)
        };
        // Items that cannot be read have one assessment, after those of the jobs.
        let unreadable = if assessments.len() > keys.len() { assessments.pop() } else { None };
        let unreadable = unreadable.map(|assessment| {
            let losses = poll.outcome.losses.iter();
            let lost = losses.filter(|loss| loss.jobs.as_ref().is_some_and(std::ops::Range::is_empty));
            let losses = lost.cloned().collect();
            JudgedPoll::new(String::new(), assessment, losses, None)
        });
        let judged = assessments.into_iter().zip(keys).zip(before.into_iter().zip(kept)).enumerate();
        judged
            .map(|(index, ((assessment, (job_id, scope)), (before, is_kept)))| {
                let followed = followed.get(index).copied().unwrap_or_default();
                let misdated = self.misdated((followed, scope), before.filter(|_| is_kept), moment);
                let losses = losses_of(&poll.outcome.losses, &[index]);
                JudgedPoll::new(job_id, assessment, losses, misdated)
            })
            .chain(unreadable)
            .collect()
    }

    /// Returns true if a poll is not compared with those before it: others may have the same time.
    fn is_alone(&self, before: Option<DateTime<Utc>>, moment: Moment) -> bool {
        let is_later = before.is_none_or(|before| moment.at > before);
        moment.is_shared && !(self.compares_all && is_later)
    }

    /// Why the poll that was just judged is judged without those before it.
    fn misdated(
        &self,
        (job_id, scope): (&str, Scope),
        before: Option<DateTime<Utc>>,
        Moment { at, clock, .. }: Moment,
    ) -> Option<LineProblem> {
        if at.signed_duration_since(clock) > self.policy.clock_skew {
            return Some(LineProblem::InFuture);
        }
        let after = self.memory.latest(job_id, scope);
        // Several late polls in a row start the tracker again, so that the last of them is its latest.
        let is_late = before.is_some_and(|before| at == before || at < before && after != Some(at));
        is_late.then_some(LineProblem::OutOfOrder)
    }

    /// The only known job: a failed call does not name its job.
    fn only_job(&self) -> Option<String> {
        let mut known =
            self.memory.trackers.iter().map(|(job_id, ..)| job_id).filter(|job_id| !job_id.is_empty());
        known.next().filter(|first| known.all(|other| other == *first)).map(str::to_owned)
    }
}

impl Moment {
    fn context(&self, poll: &Poll) -> Context {
        Context::at(self.at.min(self.clock))
            .observed_at(self.at)
            .not_after(self.clock)
            .http_status(poll.noted.http_status)
    }
}

/// A page with some of its jobs only.
fn part_of<'a>(outcome: &Outcome<'a>, page: &Page, kept: &[bool]) -> Outcome<'a> {
    let mut part = page.clone();
    let mut is_kept = kept.iter();
    part.jobs.retain(|_| is_kept.next().is_some_and(|is_kept| *is_kept));
    let index = |old: usize| kept.iter().take(old).filter(|is_kept| **is_kept).count();
    let mut outcome = outcome.clone();
    outcome.response = Some(Cow::Owned(Response::from(part)));
    outcome.losses.retain_mut(|loss| {
        loss.jobs = loss.jobs.take().map(|jobs| index(jobs.start)..index(jobs.end));
        loss.jobs.as_ref().is_none_or(|jobs| !jobs.is_empty())
    });
    outcome
}
