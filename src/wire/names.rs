//! What the names at the top of a response say of the operation: [`Names`], [`operation_of`].

use super::quirk::QuirkKind;
use super::record::{Table, is_field, resolve};
use super::root_name::operation_with_root;
use super::schema::{
    DtsJobDetail, DtsJobsPage, JobStatusResponse, MigrationJobStatusResponse, MigrationJobsPage,
    StatusListPage, SynchronizationJobsPage,
};
use super::source::Content;
use crate::field::{Field, OTHER_OPERATIONS, bare};
use crate::model::Operation;

/// The names of the fields at the top of the response of an operation.
#[derive(Clone, Copy)]
pub(super) struct Names {
    /// Returns true for a field of the response.
    pub(super) has: fn(Field) -> bool,
    /// The field with a name in another spelling.
    pub(super) resolve: fn(&str) -> Option<(Field, QuirkKind)>,
    /// Returns true for a field in any spelling, and for a name whose values are not kept.
    pub(super) knows: fn(&str) -> bool,
}

impl Names {
    pub(super) fn of(operation: Operation) -> Self {
        match operation {
            Operation::DescribeSynchronizationJobStatus => Names::of_table::<JobStatusResponse>(),
            Operation::DescribeSynchronizationJobs => Names::of_table::<SynchronizationJobsPage>(),
            Operation::DescribeSynchronizationJobStatusList => Names::of_table::<StatusListPage>(),
            Operation::DescribeDtsJobDetail => Names::of_table::<DtsJobDetail>(),
            Operation::DescribeDtsJobs => Names::of_table::<DtsJobsPage>(),
            Operation::DescribeMigrationJobStatus => Names::of_table::<MigrationJobStatusResponse>(),
            Operation::DescribeMigrationJobs => Names::of_table::<MigrationJobsPage>(),
        }
    }

    /// Returns true if a name is known at the top of the response of an operation, or of any.
    pub(super) fn any_knows(operation: Option<Operation>, name: &str) -> bool {
        match operation {
            Some(operation) => (Names::of(operation).knows)(name),
            None => Operation::ALL.iter().any(|operation| (Names::of(*operation).knows)(name)),
        }
    }

    fn of_table<T: Table>() -> Self {
        Names { has: T::has, resolve: resolve::<T>, knows: is_field::<T> }
    }
}

/// The operation whose responses alone have a field at the top.
pub(super) fn operation_of(field: Field) -> Option<Operation> {
    match field {
        Field::SynchronizationJobId | Field::SynchronizationJobName | Field::SynchronizationJobClass => {
            Some(Operation::DescribeSynchronizationJobStatus)
        }
        Field::SynchronizationInstances => Some(Operation::DescribeSynchronizationJobs),
        Field::SynchronizationJobListStatusList => Some(Operation::DescribeSynchronizationJobStatusList),
        Field::DtsInstanceId
        | Field::DtsJobId
        | Field::DtsJobName
        | Field::DtsJobClass
        | Field::DtsJobDirection => Some(Operation::DescribeDtsJobDetail),
        Field::DtsJobList => Some(Operation::DescribeDtsJobs),
        Field::MigrationJobId
        | Field::MigrationJobIdUpper
        | Field::MigrationJobName
        | Field::MigrationJobClass
        | Field::MigrationJobStatus => Some(Operation::DescribeMigrationJobStatus),
        Field::MigrationJobs => Some(Operation::DescribeMigrationJobs),
        _ => None,
    }
}

/// Returns true if a field shows that a response is of an operation: an id, a name, the list of a page or its numbers.
pub(super) fn shows(operation: Operation, field: Field) -> bool {
    let is_number = matches!(field, Field::TotalRecordCount | Field::PageNumber | Field::PageRecordCount);
    operation_of(field) == Some(operation) || is_number && operation.is_page()
}

/// Returns true for a plain value that is not blank.
pub(super) fn has_text(content: &Content<'_>) -> bool {
    match content {
        Content::Text(text) => !text.trim().is_empty(),
        Content::Bool(_) | Content::Int(_) | Content::Number => true,
        Content::Null | Content::LooseText(_) | Content::List | Content::Record => false,
    }
}

/// The operation that a name at the top of a response, with this value, shows beyond doubt.
pub(super) fn unmistakable(name: &str, content: &Content<'_>) -> Option<Operation> {
    let of_field = |field| match field {
        // A sister operation may send it empty. The ids of sister operations count also when empty, because
        // `encode` writes them so.
        Field::SynchronizationJobId if !has_text(content) => None,
        Field::SynchronizationJobId
        | Field::SynchronizationInstances
        | Field::SynchronizationJobListStatusList
        | Field::DtsInstanceId
        | Field::DtsJobId
        | Field::DtsJobList
        | Field::MigrationJobId
        | Field::MigrationJobStatus
        | Field::MigrationJobs => operation_of(field),
        _ => None,
    };
    match Field::exact(name) {
        Some(field) => of_field(field),
        None => Field::folded(name).find_map(of_field),
    }
}

/// The operation that lists jobs, if a field at the top is of an item of its list: items have most of their names in common
/// with the response about one job, and delays in other units.
fn page_with_item(operation: Operation, field: Field) -> Option<Operation> {
    match (operation, field) {
        (Operation::DescribeDtsJobDetail, Field::ReverseJob) => Some(Operation::DescribeDtsJobs),
        (
            Operation::DescribeMigrationJobStatus,
            Field::StructureInitialization
            | Field::DataInitialization
            | Field::DataSynchronization
            | Field::Precheck,
        ) => Some(Operation::DescribeMigrationJobs),
        _ => None,
    }
}

/// Another operation than this one, as a name at the top of a response shows. `None` inside if it is none that is read.
pub(super) fn other_operation(operation: Operation, name: &str) -> Option<Option<Operation>> {
    let of_field = |field| operation_of(field).or_else(|| page_with_item(operation, field));
    let seen = Field::folded(name).find_map(of_field).or_else(|| operation_with_root(name));
    match seen {
        Some(seen) => (seen != operation).then_some(Some(seen)),
        None => {
            let bare = bare(name);
            OTHER_OPERATIONS.iter().any(|other| other.eq_ignore_ascii_case(&bare)).then_some(None)
        }
    }
}
