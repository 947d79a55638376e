//! What decoding could not use of an answer: [`Losses`].

use crate::field::Field;
use crate::model::Loss;
use crate::path::{Path, Segment};

/// What decoding could not use of an answer.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::health) struct Losses<'a> {
    pub(in crate::health) losses: &'a [Loss],
    /// The number of losses whose fields are not known.
    pub(in crate::health) omitted: usize,
}

/// True for the place of a value that decides the verdict: a loss there may hide a failure.
///
/// The precheck decides before the start of a job only.
pub(in crate::health) fn is_deciding(path: &Path, before_start: bool) -> bool {
    use Field::{
        Checkpoint, Code, DataInitializationStatus, DataSynchronizationStatus, Delay, DelayMillis, ErrCode,
        ExpireTime, HttpStatusCode, PrecheckStatus, Status, StructureInitializationStatus, Success,
        SynchronizationDirection, SynchronizationJobId, TaskId,
    };
    let mut fields = path.segments().iter().map(|segment| match segment {
        Segment::Field(field) => Some(*field),
        Segment::Index(_) | Segment::Name(_) => None,
    });
    match (fields.next(), fields.next(), fields.next()) {
        // A second body or envelope.
        (None, ..) => true,
        (Some(Some(record)), None, _) => match record {
            Success
            | ErrCode
            | Code
            | HttpStatusCode
            | SynchronizationJobId
            | TaskId
            | SynchronizationDirection
            | Status
            | Delay
            | DelayMillis
            | Checkpoint
            | ExpireTime => true,
            StructureInitializationStatus | DataInitializationStatus | DataSynchronizationStatus => true,
            PrecheckStatus => before_start,
            _ => false,
        },
        (Some(Some(record)), Some(Some(field)), None) => match record {
            StructureInitializationStatus | DataInitializationStatus => field == Status,
            DataSynchronizationStatus => matches!(field, Status | Delay | DelayMillis | Checkpoint),
            PrecheckStatus => before_start && field == Status,
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_decide_are_known() {
        let path = |fields: &[Field]| fields.iter().copied().map(Segment::Field).collect::<Path>();
        for fields in [
            &[][..],
            &[Field::Status],
            &[Field::Checkpoint],
            &[Field::DataSynchronizationStatus],
            &[Field::DataSynchronizationStatus, Field::Delay],
            &[Field::StructureInitializationStatus, Field::Status],
        ] {
            assert!(is_deciding(&path(fields), false), "{fields:?}");
        }
        for fields in [
            &[Field::ErrorMessage][..],
            &[Field::Performance, Field::Rps],
            &[Field::DataInitializationStatus, Field::Percent],
            &[Field::SourceEndpoint, Field::Status],
            &[Field::PrecheckStatus, Field::Detail, Field::Status],
        ] {
            assert!(!is_deciding(&path(fields), true), "{fields:?}");
        }
        assert!(is_deciding(&path(&[Field::PrecheckStatus, Field::Status]), true));
        assert!(!is_deciding(&path(&[Field::PrecheckStatus, Field::Status]), false));
    }
}
