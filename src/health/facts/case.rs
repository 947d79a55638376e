//! All that the rules read of one answer: [`Case`], its [`Message`]s.

use crate::field::Field;
use crate::health::context::Context;
use crate::health::facts::course::Course;
use crate::health::facts::lag::LagFacts;
use crate::health::facts::losses::{About, Losses};
use crate::health::facts::page::{Unnamed, has_other_direction, is_job};
use crate::health::facts::stage::{StageFacts, phase};
use crate::health::finding::{Fact, Finding, FindingCode, Phase, Severity};
use crate::health::lifecycle::{is_failing, is_running};
use crate::health::policy::Policy;
use crate::model::{
    Failure, Fault, JobStatus, Operation, Outcome, Page, Response, StageKind, StageStatus, SyncJob,
};
use crate::path::Path;

/// One answer with the circumstances of its judgement, and what follows from both.
pub(in crate::health) struct Case<'a> {
    pub(in crate::health) answer: Answer<'a>,
    /// The job of the answer; an empty one where the answer has none.
    pub(in crate::health) job: &'a SyncJob,
    /// The values of the API call: those of the job; of a page those of the page.
    pub(in crate::health) call: &'a SyncJob,
    /// True if the answer has the other direction of the job too.
    pub(in crate::health) has_other_direction: bool,
    /// The worst status of the HTTP answer, by any who know it.
    pub(in crate::health) http_status: Option<i64>,
    pub(in crate::health) losses: Losses<'a>,
    pub(in crate::health) context: &'a Context,
    pub(in crate::health) policy: &'a Policy,
    pub(in crate::health) status: Option<&'a JobStatus>,
    pub(in crate::health) schema: StageFacts<'a>,
    pub(in crate::health) full: StageFacts<'a>,
    pub(in crate::health) incremental: StageFacts<'a>,
    pub(in crate::health) course: Course,
    pub(in crate::health) lag: LagFacts,
}

/// What came of a poll.
pub(in crate::health) enum Answer<'a> {
    /// A job made by the caller, who may name it in the context.
    Model,
    /// A body about a job, or a job of a page.
    Job,
    /// A page of which no job is judged.
    Page(&'a Page, Unnamed),
    /// The gateway's error document.
    Fault(&'a Fault),
    /// A body that could not be decoded.
    Failure(&'a Failure),
    /// No answer.
    Nothing,
}

impl<'a> Case<'a> {
    /// A job made by the caller.
    pub(in crate::health) fn of_model(job: &'a SyncJob, context: &'a Context, policy: &'a Policy) -> Self {
        Case::new(Answer::Model, job, job, None, Losses::default(), context, policy)
    }

    /// What came of a poll that has no page. `empty` takes the place of the job where there is none.
    pub(in crate::health) fn of_outcome(
        outcome: &'a Outcome<'a>,
        empty: &'a SyncJob,
        context: &'a Context,
        policy: &'a Policy,
    ) -> Self {
        let (answer, job) = match (outcome.response.as_deref(), &outcome.failure) {
            (Some(Response::Job(job)), _) => (Answer::Job, &**job),
            (Some(Response::Page(page)), _) => (Answer::Page(page, Unnamed::NotAsked), empty),
            (Some(Response::Fault(fault)), _) => (Answer::Fault(fault), empty),
            (None, Some(failure)) => (Answer::Failure(failure), empty),
            (None, None) => (Answer::Nothing, empty),
        };
        Case::new(answer, job, job, outcome.http_status, Losses::of(outcome, About::Answer), context, policy)
    }

    /// A page of jobs, of which one is judged, or none. `call` has the values of the page itself.
    pub(in crate::health) fn of_page(
        outcome: &'a Outcome<'a>,
        (page, call): (&'a Page, &'a SyncJob),
        index: Result<usize, Unnamed>,
        context: &'a Context,
        policy: &'a Policy,
    ) -> Self {
        let item = index.and_then(|index| {
            let job = page.jobs.get(index).ok_or(Unnamed::NotOnPage)?;
            Ok((job, Some(index), has_other_direction(page, index)))
        });
        let (answer, (job, index, has_other_direction)) = match item {
            Ok(item) => (Answer::Job, item),
            Err(why) => (Answer::Page(page, why), (call, None, false)),
        };
        let about = match (&answer, index) {
            (_, Some(index)) => About::Job(index),
            (Answer::Page(_, Unnamed::Unreadable), None) => About::Unreadable,
            _ => About::Page,
        };
        let losses = Losses::of(outcome, about);
        let case = Case::new(answer, job, call, outcome.http_status, losses, context, policy);
        Case { has_other_direction, ..case }
    }

    fn new(
        answer: Answer<'a>,
        job: &'a SyncJob,
        call: &'a SyncJob,
        http_status: Option<u16>,
        losses: Losses<'a>,
        context: &'a Context,
        policy: &'a Policy,
    ) -> Self {
        let [schema, full, incremental] = job.stages().map(StageFacts::new);
        let course = Course::new(job, [&schema, &full, &incremental]);
        let lag = LagFacts::new(job, course, incremental.status, context, policy);
        let of_call = [context.http_status, http_status].into_iter().flatten().map(i64::from);
        Case {
            answer,
            job,
            call,
            has_other_direction: false,
            http_status: of_call.chain(call.http_status_code).max(),
            losses,
            context,
            policy,
            status: job.status.as_ref(),
            schema,
            full,
            incremental,
            course,
            lag,
        }
    }

    /// The operation that the answer is of.
    pub(in crate::health) fn operation(&self) -> Operation {
        self.job.operation
    }

    /// The id of the job that is judged: the answer's, else the one that was asked for. An answer about another job is
    /// judged as an answer about the one that was asked for.
    pub(in crate::health) fn job_id(&self) -> Option<&'a str> {
        let named = |id: &'a Option<String>| id.as_deref().filter(|id| !is_blank(id));
        let requested = named(&self.context.job_id);
        if self.is_of_other_job() { requested } else { named(&self.job.job_id).or(requested) }
    }

    /// Returns true if the answer names another job than the one that was asked for. A masked id cannot be compared.
    pub(in crate::health) fn is_of_other_job(&self) -> bool {
        let requested = self.context.job_id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        requested.is_some_and(|requested| is_job(self.job, requested) == Some(false))
    }

    /// Returns true for a job of a page, whose call is that of the page.
    pub(in crate::health) fn is_of_page(&self) -> bool {
        matches!(self.answer, Answer::Job) && !std::ptr::eq(self.job, self.call)
    }

    /// The stages in the order of a job's life.
    pub(in crate::health) fn stages(&self) -> [&StageFacts<'a>; 3] {
        [&self.schema, &self.full, &self.incremental]
    }

    /// Returns true while DTS retries after an error: by the status, or by the retries that the answer reports of a job
    /// that runs. Those of a job at rest are over.
    pub(in crate::health) fn retries(&self) -> bool {
        let reported = self.job.retry.as_ref().and_then(|retry| retry.retrying) == Some(true);
        self.status == Some(&JobStatus::Retrying) || reported && is_running(self.status)
    }

    /// The error messages of the job, of its stages and of its retries that are not empty.
    pub(in crate::health) fn messages(&self) -> impl Iterator<Item = Message<'a>> + '_ {
        let job_fails = is_failing(self.status);
        let of_job = Message {
            of: MessageOf::Job,
            text: self.job.error_message.as_deref().unwrap_or_default(),
            failing: job_fails || matches!(self.status, Some(JobStatus::Retrying)),
        };
        let of_stages = self.stages().into_iter().map(move |stage| Message {
            of: MessageOf::Stage(stage.kind),
            text: stage.message.unwrap_or_default(),
            failing: job_fails || stage.is(&StageStatus::Failed),
        });
        let of_retry = self.job.retry.iter().map(move |retry| Message {
            of: MessageOf::Retry,
            text: retry.error_message.as_deref().unwrap_or_default(),
            failing: job_fails || self.retries(),
        });
        let all = std::iter::once(of_job).chain(of_stages).chain(of_retry);
        all.filter(|message| !message.text.is_empty())
    }

    /// A finding about this case; the deciding fact comes first.
    #[cold]
    pub(in crate::health) fn finding(
        &self,
        code: FindingCode,
        severity: Severity,
        facts: Vec<Fact>,
    ) -> Finding {
        let facts = facts.into_iter().map(|fact| fact.of_operation(self.operation())).collect();
        Finding::new(code, severity, self.context.scope(), facts)
    }

    /// The job's `Status` as a fact.
    pub(in crate::health) fn status_fact(&self) -> Fact {
        Fact::field(Field::Status, self.status)
    }

    /// The time of the observation as a fact, with the age of a checkpoint by then.
    pub(in crate::health) fn observed_after(&self, checkpoint: chrono::DateTime<chrono::Utc>) -> Fact {
        Fact::observed_after(self.context.observed_at, checkpoint)
    }
}

/// Returns true for an id or a name that names nothing.
pub(in crate::health) fn is_blank(name: &str) -> bool {
    name.chars().all(char::is_whitespace)
}

/// An error message.
pub(in crate::health) struct Message<'a> {
    pub(in crate::health) of: MessageOf,
    pub(in crate::health) text: &'a str,
    /// True if what it belongs to is failing, so that it is not left over from the past.
    pub(in crate::health) failing: bool,
}

/// What an error message belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::health) enum MessageOf {
    Job,
    Stage(StageKind),
    Retry,
}

impl Message<'_> {
    /// The phase of findings about the message.
    pub(in crate::health) fn phase(&self) -> Phase {
        match self.of {
            MessageOf::Job | MessageOf::Retry => Phase::Job,
            MessageOf::Stage(stage) => phase(stage),
        }
    }

    pub(in crate::health) fn fact(&self) -> Fact {
        let path = match self.of {
            MessageOf::Job => Path::from(Field::ErrorMessage),
            MessageOf::Stage(stage) => [stage.record(), Field::ErrorMessage].into(),
            MessageOf::Retry => [Field::RetryState, Field::ErrMessage].into(),
        };
        Fact::field(path, Some(self.text))
    }
}
