//! What is judged, with the circumstances: [`Case`], its [`Stage`]s and [`Message`]s.

use crate::field::Field;
use crate::health::finding::{Evidence, Finding, FindingCode, Phase, Scope, Severity};
use crate::health::policy::{Context, Policy};
use crate::health::standing::is_failing;
use crate::model::{Direction, JobStatus, StageStatus, SyncJob};
use crate::path::Path;

/// One response with the circumstances of its judgement.
pub(in crate::health) struct Case<'a> {
    pub(in crate::health) job: &'a SyncJob,
    pub(in crate::health) context: &'a Context,
    pub(in crate::health) policy: &'a Policy,
    pub(in crate::health) status: Option<&'a JobStatus>,
    pub(in crate::health) schema: Stage<'a>,
    pub(in crate::health) full: Stage<'a>,
    pub(in crate::health) incremental: Stage<'a>,
}

impl<'a> Case<'a> {
    pub(in crate::health) fn new(job: &'a SyncJob, context: &'a Context, policy: &'a Policy) -> Self {
        let schema = job.structure_stage.as_ref();
        let full = job.data_stage.as_ref();
        let incremental = job.synchronization_stage.as_ref();
        Case {
            job,
            context,
            policy,
            status: job.status.as_ref(),
            schema: Stage::new(
                Phase::Schema,
                schema.and_then(|stage| stage.status.as_ref()),
                schema.and_then(|stage| stage.error_message.as_deref()),
                job.structure_initialization,
            ),
            full: Stage::new(
                Phase::Full,
                full.and_then(|stage| stage.status.as_ref()),
                full.and_then(|stage| stage.error_message.as_deref()),
                job.data_initialization,
            ),
            incremental: Stage::new(
                Phase::Incremental,
                incremental.and_then(|stage| stage.status.as_ref()),
                incremental.and_then(|stage| stage.error_message.as_deref()),
                None,
            ),
        }
    }

    /// The stages in the order of a job's life.
    pub(super) fn stages(&self) -> [&Stage<'a>; 3] {
        [&self.schema, &self.full, &self.incremental]
    }

    /// The messages of the job and of its stages that say something.
    pub(super) fn messages(&self) -> impl Iterator<Item = Message<'a>> + '_ {
        let job_fails = is_failing(self.status);
        let top = Message {
            stage: None,
            phase: Phase::Job,
            text: self.job.error_message.as_deref().unwrap_or_default(),
            failing: job_fails || matches!(self.status, Some(JobStatus::Retrying)),
        };
        let of_stages = self.stages().into_iter().map(move |stage| Message {
            stage: Some(stage.field()),
            phase: stage.phase,
            text: stage.message.unwrap_or_default(),
            failing: job_fails || stage.is(&StageStatus::Failed),
        });
        std::iter::once(top).chain(of_stages).filter(|message| !message.text.is_empty())
    }

    /// A finding about this case; the deciding evidence stands first.
    #[cold]
    pub(super) fn finding(&self, code: FindingCode, severity: Severity, evidence: Vec<Evidence>) -> Finding {
        Finding::new(code, severity, scope(self.context), evidence)
    }

    /// `Status` as evidence.
    pub(super) fn status_evidence(&self) -> Evidence {
        Evidence::of(Field::Status, self.status)
    }
}

/// The direction that an assessment is about: the one asked for.
pub(in crate::health) fn scope(context: &Context) -> Scope {
    match context.requested_direction {
        Direction::Reverse => Scope::Reverse,
        Direction::Forward | Direction::Unknown(_) => Scope::Forward,
    }
}

/// One stage of a job.
pub(in crate::health) struct Stage<'a> {
    pub(super) phase: Phase,
    /// `Status` as it stands there.
    said: Option<&'a StageStatus>,
    /// `Status` as it counts.
    pub(super) status: Option<&'a StageStatus>,
    pub(super) message: Option<&'a str>,
}

impl<'a> Stage<'a> {
    /// A stage that is switched off and yet claims to run or to have failed counts as absent.
    fn new(
        phase: Phase,
        said: Option<&'a StageStatus>,
        message: Option<&'a str>,
        switch: Option<bool>,
    ) -> Self {
        use StageStatus::{Checking, Failed, Migrating};
        let absurd = switch == Some(false) && matches!(said, Some(Migrating | Failed | Checking));
        Stage { phase, said, status: said.filter(|_| !absurd), message }
    }

    /// Whether the stage counts as having this status.
    pub(in crate::health) fn is(&self, status: &StageStatus) -> bool {
        self.status == Some(status)
    }

    /// The record of the stage.
    pub(in crate::health) fn field(&self) -> Field {
        match self.phase {
            Phase::Schema => Field::StructureInitializationStatus,
            Phase::Full => Field::DataInitializationStatus,
            _ => Field::DataSynchronizationStatus,
        }
    }

    /// The stage's `Status` as evidence.
    pub(super) fn evidence(&self) -> Evidence {
        Evidence::of([self.field(), Field::Status], self.said)
    }
}

/// An `ErrorMessage` of the job or of a stage.
pub(super) struct Message<'a> {
    /// The record it stands in; `None` for the job's own.
    pub(super) stage: Option<Field>,
    pub(super) phase: Phase,
    pub(super) text: &'a str,
    /// Whether what it belongs to is failing, so that it is not a remainder of the past.
    pub(super) failing: bool,
}

impl Message<'_> {
    pub(super) fn evidence(&self) -> Evidence {
        let record = self.stage.map_or_else(Path::root, Path::from);
        Evidence::of(record.then(Field::ErrorMessage), Some(self.text))
    }
}
