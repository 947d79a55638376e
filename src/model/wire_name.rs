//! The names that an operation has for the values of the model: [`on_wire`].

use super::Operation;
use crate::field::Field;
use crate::path::{Path, Segment};

/// The path of a value in the answers of an operation, from its path in those of `DescribeSynchronizationJobStatus`. In a
/// page it is the path in the record of the job. A path in the operation's own names stays as it is.
pub(crate) fn on_wire(path: &Path, operation: Operation) -> Path {
    let mut parents: Vec<Field> = Vec::new();
    let rename = |segment: &Segment| match segment {
        Segment::Field(field) => {
            let name = name(*field, &parents, operation);
            parents.push(*field);
            Segment::Field(name)
        }
        other => other.clone(),
    };
    path.segments().iter().map(rename).collect()
}

/// The operation's name for a field in these records.
fn name(field: Field, parents: &[Field], operation: Operation) -> Field {
    let is_dts = matches!(operation, Operation::DescribeDtsJobDetail | Operation::DescribeDtsJobs);
    let renamed = match operation {
        Operation::DescribeDtsJobDetail | Operation::DescribeDtsJobs => of_dts(field, parents),
        Operation::DescribeMigrationJobStatus | Operation::DescribeMigrationJobs if parents.is_empty() => {
            of_migration(field, operation)
        }
        Operation::DescribeMigrationJobs => of_stage(field, parents),
        _ => None,
    };
    let has_upper_ids = is_dts || operation == Operation::DescribeMigrationJobs;
    match renamed {
        None if field == Field::InstanceId && has_upper_ids => Field::InstanceIdUpper,
        renamed => renamed.unwrap_or(field),
    }
}

fn of_dts(field: Field, parents: &[Field]) -> Option<Field> {
    Some(match (parents, field) {
        ([], Field::SynchronizationJobId) => Field::DtsInstanceId,
        ([], Field::SynchronizationJobName) => Field::DtsJobName,
        ([], Field::SynchronizationJobClass) => Field::DtsJobClass,
        ([], Field::SynchronizationDirection) => Field::DtsJobDirection,
        ([], Field::TaskId) => Field::DtsJobId,
        ([], Field::DelayMillis) => Field::Delay,
        ([Field::PrecheckStatus, Field::Detail], Field::ItemName) => Field::CheckItem,
        ([Field::PrecheckStatus, Field::Detail], Field::CheckStatus) => Field::CheckResult,
        ([Field::PrecheckStatus, Field::Detail], Field::ErrorMessage) => Field::FailedReason,
        ([Field::Performance], Field::Rps) => Field::RpsMixed,
        ([Field::Performance], Field::Flow) => Field::FlowMixed,
        _ => return None,
    })
}

fn of_migration(field: Field, operation: Operation) -> Option<Field> {
    let is_page = operation == Operation::DescribeMigrationJobs;
    Some(match field {
        Field::Status => Field::MigrationJobStatus,
        Field::SynchronizationJobId if is_page => Field::MigrationJobIdUpper,
        Field::SynchronizationJobId => Field::MigrationJobId,
        Field::SynchronizationJobName => Field::MigrationJobName,
        Field::SynchronizationJobClass => Field::MigrationJobClass,
        Field::StructureInitializationStatus if is_page => Field::StructureInitialization,
        Field::DataInitializationStatus if is_page => Field::DataInitialization,
        Field::DataSynchronizationStatus if is_page => Field::DataSynchronization,
        Field::PrecheckStatus if is_page => Field::Precheck,
        _ => return None,
    })
}

/// The status of a stage of `DescribeMigrationJobs`.
fn of_stage(field: Field, parents: &[Field]) -> Option<Field> {
    let stages = [
        Field::StructureInitializationStatus,
        Field::DataInitializationStatus,
        Field::DataSynchronizationStatus,
    ];
    let in_stage = matches!(parents, [stage] if stages.contains(stage));
    (in_stage && field == Field::Status).then_some(Field::StatusLower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_has_its_own_names() {
        use Operation::{
            DescribeDtsJobDetail, DescribeDtsJobs, DescribeMigrationJobStatus, DescribeMigrationJobs,
        };
        let item = |field| {
            let detail = Path::from([Field::PrecheckStatus, Field::Detail]);
            detail.then(3_usize).then(field)
        };
        for (operation, path, expected) in [
            (Operation::default(), Path::from(Field::Status), "Status"),
            (
                Operation::DescribeSynchronizationJobs,
                Field::SynchronizationJobId.into(),
                "SynchronizationJobId",
            ),
            (DescribeDtsJobs, Field::Status.into(), "Status"),
            (DescribeDtsJobs, Field::DelayMillis.into(), "Delay"),
            (DescribeDtsJobDetail, Field::TaskId.into(), "DtsJobId"),
            (DescribeDtsJobDetail, Field::SynchronizationJobId.into(), "DtsInstanceID"),
            (DescribeDtsJobs, item(Field::CheckStatus), "PrecheckStatus.Detail[3].CheckResult"),
            (DescribeDtsJobs, item(Field::ErrorMessage), "PrecheckStatus.Detail[3].FailedReason"),
            (DescribeDtsJobs, Field::ErrorMessage.into(), "ErrorMessage"),
            (DescribeDtsJobs, [Field::Performance, Field::Flow].into(), "Performance.Flow"),
            (DescribeDtsJobs, [Field::SourceEndpoint, Field::InstanceId].into(), "SourceEndpoint.InstanceID"),
            (DescribeMigrationJobStatus, Field::Status.into(), "MigrationJobStatus"),
            (DescribeMigrationJobStatus, Field::SynchronizationJobId.into(), "MigrationJobId"),
            (
                DescribeMigrationJobStatus,
                [Field::DataInitializationStatus, Field::Status].into(),
                "DataInitializationStatus.Status",
            ),
            (
                DescribeMigrationJobs,
                [Field::DataInitializationStatus, Field::Status].into(),
                "DataInitialization.status",
            ),
            (
                DescribeMigrationJobs,
                [Field::DataSynchronizationStatus, Field::ErrorMessage].into(),
                "DataSynchronization.ErrorMessage",
            ),
            (DescribeMigrationJobs, Field::SynchronizationJobId.into(), "MigrationJobID"),
            (DescribeMigrationJobs, [Field::PrecheckStatus, Field::Status].into(), "Precheck.Status"),
        ] {
            let renamed = on_wire(&path, operation);
            assert_eq!(renamed.to_string(), expected, "{operation}");
            assert_eq!(on_wire(&renamed, operation), renamed, "{operation} {path}: a second time");
        }
    }
}
