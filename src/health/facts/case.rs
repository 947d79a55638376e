//! All that the rules read of one answer: [`Case`], its [`StageFacts`] and [`Message`]s.

use crate::field::Field;
use crate::health::context::Context;
use crate::health::facts::lag::LagFacts;
use crate::health::facts::losses::Losses;
use crate::health::finding::{Fact, Finding, FindingCode, Phase, Severity};
use crate::health::lifecycle::is_failing;
use crate::health::policy::Policy;
use crate::model::spelling::unmasked;
use crate::model::{
    Failure, Fault, JobStatus, Outcome, Percent, Response, Stage, StageKind, StageStatus, SyncJob,
};
use crate::path::Path;

/// One answer with the circumstances of its judgement, and what follows from both.
pub(in crate::health) struct Case<'a> {
    pub(in crate::health) answer: Answer<'a>,
    /// The job of the answer; an empty one where the answer has none.
    pub(in crate::health) job: &'a SyncJob,
    /// The worst status of the HTTP answer, by any who know it.
    pub(in crate::health) http_status: Option<u16>,
    pub(in crate::health) losses: Losses<'a>,
    pub(in crate::health) context: &'a Context,
    pub(in crate::health) policy: &'a Policy,
    pub(in crate::health) status: Option<&'a JobStatus>,
    pub(in crate::health) schema: StageFacts<'a>,
    pub(in crate::health) full: StageFacts<'a>,
    pub(in crate::health) incremental: StageFacts<'a>,
    pub(in crate::health) lag: LagFacts,
}

/// What came of a poll.
pub(in crate::health) enum Answer<'a> {
    /// A job made by the caller, who may name it in the context.
    Model,
    /// A body about a job.
    Job,
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
        Case::new(Answer::Model, job, None, Losses::default(), context, policy)
    }

    /// What came of a poll. `empty` takes the place of the job where there is none.
    pub(in crate::health) fn of_outcome(
        outcome: &'a Outcome<'a>,
        empty: &'a SyncJob,
        context: &'a Context,
        policy: &'a Policy,
    ) -> Self {
        let (answer, job) = match (outcome.response.as_deref(), &outcome.failure) {
            (Some(Response::Job(job)), _) => (Answer::Job, &**job),
            (Some(Response::Page(page)), _) => (Answer::Job, page.jobs.first().unwrap_or(empty)),
            (Some(Response::Fault(fault)), _) => (Answer::Fault(fault), empty),
            (None, Some(failure)) => (Answer::Failure(failure), empty),
            (None, None) => (Answer::Nothing, empty),
        };
        let losses = Losses { losses: &outcome.losses, omitted: outcome.losses_omitted };
        Case::new(answer, job, outcome.http_status, losses, context, policy)
    }

    fn new(
        answer: Answer<'a>,
        job: &'a SyncJob,
        http_status: Option<u16>,
        losses: Losses<'a>,
        context: &'a Context,
        policy: &'a Policy,
    ) -> Self {
        let [schema, full, incremental] = job.stages().map(StageFacts::new);
        let lag = LagFacts::new(job, incremental.status, context, policy);
        let of_body = job.http_status_code.and_then(|status| u16::try_from(status).ok());
        let http_status = [context.http_status, http_status, of_body].into_iter().flatten().max();
        let status = job.status.as_ref();
        Case { answer, job, http_status, losses, context, policy, status, schema, full, incremental, lag }
    }

    /// The id of the job that is judged: the answer's, else the one that was asked for. An answer about another job is
    /// judged as an answer about the one that was asked for.
    pub(in crate::health) fn job_id(&self) -> Option<&'a str> {
        let named = |id: &'a Option<String>| id.as_deref().filter(|id| !id.trim().is_empty());
        let requested = named(&self.context.job_id);
        if self.is_of_other_job() { requested } else { named(&self.job.job_id).or(requested) }
    }

    /// True if the answer names another job than the one that was asked for. A masked id cannot be compared.
    pub(in crate::health) fn is_of_other_job(&self) -> bool {
        let named = |id: &'a Option<String>| id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let (job_id, task_id) = (named(&self.job.job_id), named(&self.job.task_id));
        let is_masked = job_id.is_some() && unmasked(job_id).is_none();
        let Some(requested) = unmasked(named(&self.context.job_id)).filter(|_| !is_masked) else {
            return false;
        };
        // The id of a job is `dts` and then that of its task.
        let is_task = |task: &str| requested == task || requested.strip_prefix("dts") == Some(task);
        match (job_id, unmasked(task_id)) {
            (Some(job_id), task) => requested != job_id && task.is_none_or(|task| requested != task),
            (None, Some(task)) => !is_task(task),
            (None, None) => false,
        }
    }

    /// The stages in the order of a job's life.
    pub(in crate::health) fn stages(&self) -> [&StageFacts<'a>; 3] {
        [&self.schema, &self.full, &self.incremental]
    }

    /// The error messages of the job and of its stages that are not empty.
    pub(in crate::health) fn messages(&self) -> impl Iterator<Item = Message<'a>> + '_ {
        let job_fails = is_failing(self.status);
        let of_job = Message {
            stage: None,
            text: self.job.error_message.as_deref().unwrap_or_default(),
            failing: job_fails || matches!(self.status, Some(JobStatus::Retrying)),
        };
        let of_stages = self.stages().into_iter().map(move |stage| Message {
            stage: Some(stage.kind),
            text: stage.message.unwrap_or_default(),
            failing: job_fails || stage.is(&StageStatus::Failed),
        });
        std::iter::once(of_job).chain(of_stages).filter(|message| !message.text.is_empty())
    }

    /// A finding about this case; the deciding fact comes first.
    #[cold]
    pub(in crate::health) fn finding(
        &self,
        code: FindingCode,
        severity: Severity,
        facts: Vec<Fact>,
    ) -> Finding {
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

/// One stage of a job as the rules see it.
pub(in crate::health) struct StageFacts<'a> {
    pub(in crate::health) kind: StageKind,
    /// `Status` as written in the response.
    written: Option<&'a StageStatus>,
    /// `Status` as it counts.
    pub(in crate::health) status: Option<&'a StageStatus>,
    pub(in crate::health) percent: Option<Percent>,
    pub(in crate::health) progress: Option<i64>,
    pub(in crate::health) message: Option<&'a str>,
}

impl<'a> StageFacts<'a> {
    /// A stage that is switched off counts as absent where it claims to be active.
    fn new(stage: Stage<'a>) -> Self {
        use StageStatus::{Checking, Failed, Locked, Migrating, Unknown};
        let absent = stage.is_on == Some(false)
            && matches!(stage.status, Some(Migrating | Failed | Checking | Locked | Unknown(_)));
        StageFacts {
            kind: stage.kind,
            written: stage.status,
            status: stage.status.filter(|_| !absent),
            percent: stage.percent,
            progress: stage.progress,
            message: stage.error_message,
        }
    }

    /// True if the stage counts as having this status.
    pub(in crate::health) fn is(&self, status: &StageStatus) -> bool {
        self.status == Some(status)
    }

    /// The phase of findings about the stage.
    pub(in crate::health) fn phase(&self) -> Phase {
        phase(self.kind)
    }

    /// The stage's `Status` as a fact.
    pub(in crate::health) fn status_fact(&self) -> Fact {
        Fact::field([self.kind.record(), Field::Status], self.written)
    }
}

/// An `ErrorMessage` of the job or of a stage.
pub(in crate::health) struct Message<'a> {
    /// The stage that it belongs to; `None` for the job's own.
    pub(in crate::health) stage: Option<StageKind>,
    pub(in crate::health) text: &'a str,
    /// True if what it belongs to is failing, so that it is not left over from the past.
    pub(in crate::health) failing: bool,
}

impl Message<'_> {
    /// The phase of findings about the message.
    pub(in crate::health) fn phase(&self) -> Phase {
        self.stage.map_or(Phase::Job, phase)
    }

    pub(in crate::health) fn fact(&self) -> Fact {
        let record = self.stage.map_or_else(Path::root, |stage| Path::from(stage.record()));
        Fact::field(record.then(Field::ErrorMessage), Some(self.text))
    }
}

fn phase(stage: StageKind) -> Phase {
    match stage {
        StageKind::Schema => Phase::Schema,
        StageKind::Data => Phase::Full,
        StageKind::Synchronization => Phase::Incremental,
    }
}
