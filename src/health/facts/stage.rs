//! One stage of a job as the rules see it: [`StageFacts`].

use crate::field::Field;
use crate::health::finding::{Fact, Phase};
use crate::model::{Percent, Stage, StageKind, StageStatus};

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
    pub(super) fn new(stage: Stage<'a>) -> Self {
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

    /// Returns true if the stage counts as having this status.
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

/// The phase of findings about a stage.
pub(super) fn phase(stage: StageKind) -> Phase {
    match stage {
        StageKind::Schema => Phase::Schema,
        StageKind::Data => Phase::Full,
        StageKind::Synchronization => Phase::Incremental,
    }
}
