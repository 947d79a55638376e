//! What decoding could not use of an answer: [`Losses`].

use std::ops::Range;

use crate::field::Field;
use crate::model::{JobKind, Loss, Operation, Outcome, SyncJob};
use crate::path::{Path, Segment};

/// What decoding could not use of an answer, as far as it is about the job that is judged.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::health) struct Losses<'a> {
    losses: &'a [Loss],
    about: About,
    /// The number of losses whose fields are not known.
    pub(in crate::health) omitted: usize,
}

impl<'a> Losses<'a> {
    pub(super) fn of(outcome: &'a Outcome<'_>, about: About) -> Self {
        Losses { losses: &outcome.losses, about, omitted: outcome.losses_omitted }
    }

    /// Returns true if the answer lost nothing, as nearly all do.
    pub(in crate::health) fn are_none(&self) -> bool {
        self.losses.is_empty() && self.omitted == 0
    }

    pub(in crate::health) fn iter(&self) -> impl Iterator<Item = &'a Loss> + use<'a> {
        let about = self.about;
        let is_about = move |jobs: &Range<usize>| match about {
            About::Answer => true,
            About::Page => false,
            About::Unreadable => jobs.is_empty(),
            About::Job(index) => jobs.contains(&index),
        };
        let of_page = !matches!(about, About::Unreadable);
        self.losses.iter().filter(move |loss| loss.jobs.as_ref().map_or(of_page, is_about))
    }
}

/// Which losses count. Those of a whole page do, unless only items that cannot be read are judged.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum About {
    /// All of them.
    #[default]
    Answer,
    /// Those of a page as a whole.
    Page,
    /// Those of a job of a page too.
    Job(usize),
    /// Those of items of a page that cannot be read.
    Unreadable,
}

/// Returns true for the place of a value that decides the verdict: a loss there may hide a failure.
///
/// The precheck decides before the start of a job only.
pub(in crate::health) fn is_deciding(path: &Path, before_start: bool) -> bool {
    let in_page = in_job(path.segments());
    let mut fields = in_page.path.iter().map(|segment| match segment {
        Segment::Field(field) => Some(*field),
        Segment::Index(_) | Segment::Name(_) => None,
    });
    match (fields.next(), fields.next(), fields.next()) {
        // A second body or envelope, or a whole job of a page.
        (None, ..) => true,
        (Some(Some(field)), None, _) => {
            decides(field) || is_stage(field, in_page.of_migrations) || before_start && is_precheck(field)
        }
        (Some(Some(record)), Some(Some(field)), None) => {
            let is_status = matches!(field, Field::Status | Field::StatusLower);
            let is_lag = matches!(field, Field::Delay | Field::DelayMillis | Field::Checkpoint);
            is_stage(record, in_page.of_migrations) && (is_status || is_lag && synchronizes(record))
                || before_start && is_precheck(record) && is_status
        }
        _ => false,
    }
}

/// Returns true for the delay of a job whose unit depends on a kind that is not known. It is a number, and neither of
/// the two delays of the job is filled from it.
pub(in crate::health) fn is_of_unknown_unit(loss: &Loss, job: &SyncJob) -> bool {
    let number = loss.lost.trim_matches(|c: char| c.is_whitespace() || c == '"');
    job.operation == Operation::DescribeDtsJobs
        && matches!(job.job_kind(), None | Some(JobKind::Subscription))
        && job.delay.is_none()
        && job.delay_millis.is_none()
        && matches!(in_job(loss.path.segments()).path, [Segment::Field(Field::Delay)])
        && is_integer(number)
}

/// Returns true for a whole number in any spelling that decoding reads: `61`, `+061`, `6.1e1`.
fn is_integer(number: &str) -> bool {
    /// The largest number that decoding reads, nearly.
    const LARGEST: f64 = 9.2e18;
    // A number that is too small for a double is not 0.
    let is_zero =
        || number.split(['e', 'E']).next().is_some_and(|digits| !digits.contains(|c| matches!(c, '1'..='9')));
    let is_whole = |value: f64| value.fract() == 0.0 && value.abs() < LARGEST && (value != 0.0 || is_zero());
    number.parse::<i64>().is_ok()
        || number.ends_with(|c: char| c.is_ascii_digit()) && number.parse().is_ok_and(is_whole)
}

/// A path in a job.
struct InJob<'a> {
    path: &'a [Segment],
    /// True for a job of `DescribeMigrationJobs`, in which records have names that switches have elsewhere.
    of_migrations: bool,
}

/// The part of a path in a job: without the list of a page, the index and the record of the other direction.
fn in_job(path: &[Segment]) -> InJob<'_> {
    const LISTS: [Field; 4] = [
        Field::SynchronizationInstances,
        Field::SynchronizationJobListStatusList,
        Field::DtsJobList,
        Field::MigrationJobs,
    ];
    const INNER: [Field; 2] = [Field::SynchronizationDirectionInfoList, Field::ReverseJob];
    let mut rest = path;
    let is_in = |rest: &[Segment], fields: &[Field]| matches!(rest, [Segment::Field(field), ..] if fields.contains(field));
    if is_in(rest, &LISTS) {
        rest = after_item(rest);
        if is_in(rest, &INNER) {
            rest = after_item(rest);
        }
    }
    InJob { path: rest, of_migrations: is_in(path, &[Field::MigrationJobs]) }
}

/// The path after its first field and an index.
fn after_item(path: &[Segment]) -> &[Segment] {
    match path {
        [_, Segment::Index(_), rest @ ..] | [_, rest @ ..] => rest,
        [] => path,
    }
}

/// Returns true for a field of a job, or of the answer, that decides the verdict.
fn decides(field: Field) -> bool {
    use Field::{
        Checkpoint, Code, Delay, DelayMillis, DtsInstanceId, DtsJobDirection, DtsJobId, ErrCode, ExpireTime,
        HttpStatusCode, JobType, MigrationJobId, MigrationJobIdUpper, MigrationJobStatus, Status, Success,
        SynchronizationDirection, SynchronizationJobId, TaskId,
    };
    match field {
        Success | ErrCode | Code | HttpStatusCode => true,
        SynchronizationJobId | TaskId | DtsInstanceId | DtsJobId | MigrationJobId | MigrationJobIdUpper => {
            true
        }
        // The kind decides what a status means, and the unit of a delay.
        SynchronizationDirection | DtsJobDirection | JobType => true,
        Status | MigrationJobStatus | Delay | DelayMillis | Checkpoint | ExpireTime => true,
        _ => false,
    }
}

fn is_stage(record: Field, of_migrations: bool) -> bool {
    use Field::{
        DataInitialization, DataInitializationStatus, DataSynchronization, DataSynchronizationStatus,
        StructureInitialization, StructureInitializationStatus,
    };
    match record {
        StructureInitializationStatus | DataInitializationStatus | DataSynchronizationStatus => true,
        StructureInitialization | DataInitialization | DataSynchronization => of_migrations,
        _ => false,
    }
}

fn synchronizes(stage: Field) -> bool {
    matches!(stage, Field::DataSynchronizationStatus | Field::DataSynchronization)
}

fn is_precheck(record: Field) -> bool {
    matches!(record, Field::PrecheckStatus | Field::Precheck)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path with this text.
    fn read(text: &str) -> Path {
        let mut path = Path::root();
        for step in text.split('.') {
            let (name, index) = step.split_once('[').unwrap_or((step, ""));
            path = path.then(Field::exact(name).unwrap());
            if let Some(index) = index.strip_suffix(']') {
                path = path.then(index.parse::<usize>().unwrap());
            }
        }
        assert_eq!(path.to_string(), text);
        path
    }

    #[test]
    fn a_whole_number_has_many_spellings() {
        for number in ["0", "61", "-61", "+061", "61.0", "6.1e1", "0.0", "0e-400", "9.1e18"] {
            assert!(is_integer(number), "{number}");
        }
        for text in ["", "x", "6 1", "1.5", "1e-400", "-0.1e-400", "9.2e18", "inf", "61."] {
            assert!(!is_integer(text), "{text}");
        }
    }

    #[test]
    fn places_that_decide_are_known() {
        assert!(is_deciding(&Path::root(), false));
        for path in [
            "Status",
            "Checkpoint",
            "DataSynchronizationStatus",
            "DataSynchronizationStatus.Delay",
            "StructureInitializationStatus.Status",
            "DtsJobList",
            "DtsJobList[2]",
            "DtsJobList[2].Status",
            "DtsJobList[2].DtsJobId",
            "DtsJobList[2].ReverseJob",
            "DtsJobList[2].ReverseJob.Delay",
            "DtsJobList[2].DataSynchronizationStatus.Status",
            "SynchronizationInstances[0].Delay",
            "SynchronizationJobListStatusList[1].SynchronizationJobId",
            "SynchronizationJobListStatusList[1].SynchronizationDirectionInfoList",
            "SynchronizationJobListStatusList[1].SynchronizationDirectionInfoList[0].Checkpoint",
            "MigrationJobs[0].MigrationJobStatus",
            "MigrationJobs[0].DataInitialization",
            "MigrationJobs[0].DataInitialization.status",
            "MigrationJobs[0].DataSynchronization.Delay",
            "MigrationJobStatus",
            "JobType",
        ] {
            assert!(is_deciding(&read(path), false), "{path}");
        }
        for path in [
            "ErrorMessage",
            "Performance.RPS",
            "DataInitializationStatus.Percent",
            "SourceEndpoint.Status",
            "PrecheckStatus.Detail.Status",
            "TotalRecordCount",
            "DtsJobList[2].DtsJobName",
            "DtsJobList[2].MigrationMode.DataInitialization",
            "DtsJobList[2].DataInitialization",
            "DtsJobList[2].ReverseJob.ErrorMessage",
            "DtsJobList[2].ReverseJob.Performance.Rps",
            "DtsJobList[2].DataSynchronizationStatus.Progress",
            "MigrationJobs[0].MigrationJobName",
            "MigrationJobs[0].DataInitialization.Delay",
            "MigrationJobs[0].MigrationMode.DataInitialization",
            "DataInitialization",
        ] {
            assert!(!is_deciding(&read(path), true), "{path}");
        }
        for path in ["PrecheckStatus.Status", "MigrationJobs[0].Precheck.Status"] {
            assert!(is_deciding(&read(path), true) && !is_deciding(&read(path), false), "{path}");
        }
    }
}
