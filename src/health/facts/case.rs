//! All that the rules read of one answer: [`Case`], its [`StageFacts`] and [`Message`]s.

use crate::field::Field;
use crate::health::context::Context;
use crate::health::facts::lag::LagFacts;
use crate::health::finding::{Fact, Finding, FindingCode, Phase, Severity};
use crate::health::lifecycle::is_failing;
use crate::health::policy::Policy;
use crate::model::{JobStatus, Stage, StageKind, StageStatus, SyncJob};
use crate::path::Path;

/// One job with the circumstances of its judgement, and what follows from both.
pub(in crate::health) struct Case<'a> {
    pub(in crate::health) job: &'a SyncJob,
    pub(in crate::health) context: &'a Context,
    pub(in crate::health) policy: &'a Policy,
    pub(in crate::health) status: Option<&'a JobStatus>,
    pub(in crate::health) schema: StageFacts<'a>,
    pub(in crate::health) full: StageFacts<'a>,
    pub(in crate::health) incremental: StageFacts<'a>,
    pub(in crate::health) lag: LagFacts,
}

impl<'a> Case<'a> {
    pub(in crate::health) fn new(job: &'a SyncJob, context: &'a Context, policy: &'a Policy) -> Self {
        let [schema, full, incremental] = job.stages().map(StageFacts::new);
        let lag = LagFacts::new(job, incremental.status, context, policy);
        Case { job, context, policy, status: job.status.as_ref(), schema, full, incremental, lag }
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
    pub(in crate::health) progress: Option<i64>,
    pub(in crate::health) message: Option<&'a str>,
}

impl<'a> StageFacts<'a> {
    /// A stage that is switched off counts as absent where it claims to be active.
    fn new(stage: Stage<'a>) -> Self {
        use StageStatus::{Checking, Failed, Migrating};
        let absent =
            stage.is_on == Some(false) && matches!(stage.status, Some(Migrating | Failed | Checking));
        StageFacts {
            kind: stage.kind,
            written: stage.status,
            status: stage.status.filter(|_| !absent),
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
