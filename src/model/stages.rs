//! The stages of a job in one shape, whichever record holds them: [`Stage`].

use super::{InitializationStage, Percent, StageStatus, SyncJob};
use crate::field::Field;
use crate::named_enum::named_enum;

named_enum! {
    /// A stage of a job.
    #[derive(PartialOrd, Ord)]
    #[allow(clippy::exhaustive_enums, reason = "a job has three stages")]
    pub enum StageKind as "stage" {
        /// `schema`: the table structures are copied.
        Schema = "schema",
        /// `data`: the existing rows are copied.
        Data = "data",
        /// `synchronization`: changes are applied as they happen.
        Synchronization = "synchronization",
    }
}

impl StageKind {
    /// The record of the stage.
    pub(crate) const fn record(self) -> Field {
        match self {
            StageKind::Schema => Field::StructureInitializationStatus,
            StageKind::Data => Field::DataInitializationStatus,
            StageKind::Synchronization => Field::DataSynchronizationStatus,
        }
    }

    /// The field that switches the stage on or off. The synchronization stage has none.
    pub(crate) const fn switch(self) -> Option<Field> {
        match self {
            StageKind::Schema => Some(Field::StructureInitialization),
            StageKind::Data => Some(Field::DataInitialization),
            StageKind::Synchronization => None,
        }
    }
}

/// The values that all stages of a job have in common. A stage whose record is absent has none of them.
///
/// ```
/// use aliyun_dts_status::SyncJob;
/// use aliyun_dts_status::model::{StageKind, StageStatus};
///
/// let job = SyncJob::sample();
/// let [schema, data, synchronization] = job.stages();
/// assert_eq!((data.kind, data.progress), (StageKind::Data, Some(200_001)));
/// assert_eq!(schema.status, Some(&StageStatus::Finished));
/// assert_eq!(synchronization.status, None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Stage<'a> {
    /// The stage.
    pub kind: StageKind,
    /// Its `Status`.
    pub status: Option<&'a StageStatus>,
    /// Its `Percent`. It means nothing in the synchronization stage.
    pub percent: Option<Percent>,
    /// Its `Progress`: tables done in the schema stage, rows done in the data stage. The synchronization stage
    /// has none.
    pub progress: Option<i64>,
    /// Its `ErrorMessage`.
    pub error_message: Option<&'a str>,
    /// Its switch: false if the job was ordered without this stage. The synchronization stage has none.
    pub is_on: Option<bool>,
}

impl SyncJob {
    /// The schema, data and synchronization stages, in the order in which a job runs them.
    #[must_use]
    pub fn stages(&self) -> [Stage<'_>; 3] {
        let schema = Stage::initialization(
            StageKind::Schema,
            self.structure_stage.as_ref(),
            self.structure_initialization,
        );
        let data = Stage::initialization(StageKind::Data, self.data_stage.as_ref(), self.data_initialization);
        let record = self.synchronization_stage.as_ref();
        let synchronization = Stage {
            kind: StageKind::Synchronization,
            status: record.and_then(|stage| stage.status.as_ref()),
            percent: record.and_then(|stage| stage.percent),
            progress: None,
            error_message: record.and_then(|stage| stage.error_message.as_deref()),
            is_on: None,
        };
        [schema, data, synchronization]
    }
}

impl<'a> Stage<'a> {
    fn initialization(kind: StageKind, record: Option<&'a InitializationStage>, is_on: Option<bool>) -> Self {
        Stage {
            kind,
            status: record.and_then(|stage| stage.status.as_ref()),
            percent: record.and_then(|stage| stage.percent),
            progress: record.and_then(|stage| stage.progress),
            error_message: record.and_then(|stage| stage.error_message.as_deref()),
            is_on,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SynchronizationStage;

    #[test]
    fn each_stage_has_the_values_of_its_own_record() {
        let initialization = |status: &str, percent, progress| InitializationStage {
            status: Some(status.into()),
            percent: Percent::new(percent),
            progress: Some(progress),
            error_message: Some(format!("{status} failed")),
        };
        let job = SyncJob {
            structure_initialization: Some(true),
            structure_stage: Some(initialization("A", 1.0, 10)),
            data_initialization: Some(false),
            data_stage: Some(initialization("B", 2.0, 20)),
            synchronization_stage: Some(SynchronizationStage {
                status: Some("C".into()),
                percent: Percent::new(3.0),
                error_message: Some("C failed".into()),
                ..SynchronizationStage::default()
            }),
            ..SyncJob::default()
        };
        let values = job.stages().map(|stage| {
            (
                stage.kind.as_str(),
                stage.status.map(StageStatus::as_str),
                stage.percent.map(Percent::get),
                stage.progress,
                stage.error_message,
                stage.is_on,
            )
        });
        assert_eq!(
            values,
            [
                ("schema", Some("A"), Some(1.0), Some(10), Some("A failed"), Some(true)),
                ("data", Some("B"), Some(2.0), Some(20), Some("B failed"), Some(false)),
                ("synchronization", Some("C"), Some(3.0), None, Some("C failed"), None),
            ]
        );
    }

    #[test]
    fn a_stage_without_its_record_keeps_its_switch() {
        let job = SyncJob { data_initialization: Some(false), ..SyncJob::default() };
        let [schema, data, _] = job.stages();
        assert_eq!((schema.status, schema.is_on), (None, None));
        assert_eq!((data.status, data.is_on), (None, Some(false)));
    }
}
