//! Jobs and pages of sister operations while they are read: [`Draft`], [`PageDraft`], and the shapes of their fields.
//!
//! Some values of theirs can only be understood when the whole record is known: the unit of a delay depends on the kind
//! of the job, which may come after it.

mod from_model;
mod jobs;
mod object_text;
mod placed;
mod reverse;
mod tags;

pub(super) use self::jobs::Jobs;
pub(super) use self::object_text::ObjectText;
pub(super) use self::placed::Placed;
pub(super) use self::reverse::Reverse;
pub(super) use self::tags::Tag;

use chrono::{DateTime, TimeDelta, Utc};

use self::placed::Value;
use super::quirk::QuirkKind;
use super::record::{BodyReader, Location};
use super::scalar::{Coercion, Flow, Integer, Open, Rate, Raw};
use super::source::Source;
use crate::field::Field;
use crate::model::{Direction, JobKind, Operation, Page, Performance, SyncJob};

/// A job while its record is read.
#[derive(Default, PartialEq)]
pub(super) struct Draft {
    pub(super) job: SyncJob,
    pub(super) job_type: Option<Value<JobKind>>,
    /// In seconds or milliseconds, by the kind of the job.
    pub(super) delay: Option<Value<i64>>,
    /// The two directions of operations on jobs of any kind.
    pub(super) direction: Option<Value<Direction>>,
    pub(super) second_direction: Option<Value<Direction>>,
    pub(super) create_time: Option<DateTime<Utc>>,
    pub(super) instance_create_time: Option<DateTime<Utc>>,
    pub(super) mode: Option<Mode>,
    pub(super) tags: Vec<Tag>,
    pub(super) reverse: Option<Box<SyncJob>>,
    /// The directions of a job, one job each.
    pub(super) directions: Vec<Item>,
}

/// The switches of the stages.
#[derive(Default, Clone, PartialEq)]
pub(super) struct Mode {
    pub(super) structure: Option<bool>,
    pub(super) data: Option<bool>,
    pub(super) synchronization: Option<bool>,
}

/// A page while its record is read.
#[derive(Default, PartialEq)]
pub(super) struct PageDraft {
    pub(super) page: Page,
    pub(super) items: Vec<Item>,
}

/// An item of a list of jobs: a job for each direction, in the order of the body; `None` for one that could not be read,
/// so that those after it keep their index.
pub(super) type Item = Vec<Option<SyncJob>>;

impl Draft {
    /// The job of a record that is read whole.
    pub(super) fn finish<'a, S: Source<'a>>(
        mut self,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) -> SyncJob {
        let of_status = self.job.status.as_ref().and_then(JobKind::of_status);
        let job_type = self.job_type.take().map(|kind| kind.value);
        let operation = reader.operation;
        self.job.operation = operation;
        self.job.kind = operation.kind().or(job_type).or(reader.kind).or(of_status);
        self.settle_delay(reader, location);
        self.settle_direction(reader, location);
        let Draft { mut job, create_time, instance_create_time, mode, tags, .. } = self;
        job.created_at = job.created_at.or(create_time).or(instance_create_time);
        if let Some(mode) = mode {
            job.structure_initialization = mode.structure;
            job.data_initialization = mode.data;
            job.data_synchronization = mode.synchronization;
        }
        job.tags = tags::by_key(tags, reader, location);
        if operation == Operation::DescribeDtsJobDetail && job.performance.is_none() {
            let progress =
                job.synchronization_stage.as_ref().and_then(|stage| stage.progress_text.as_deref());
            job.performance = progress.and_then(throughput);
        }
        job
    }

    /// The jobs of a record that is read whole.
    pub(super) fn finish_all<'a, S: Source<'a>>(
        mut self,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) -> Item {
        let directions: Item = std::mem::take(&mut self.directions).into_iter().flatten().collect();
        let reverse = self.reverse.take();
        let says_kind = self.job_type.is_some();
        let job = self.finish(reader, location);
        let id = job.job_id.clone();
        if directions.iter().any(Option::is_some) {
            let named = |job| SyncJob { job_id: id.clone(), ..job };
            return directions.into_iter().map(|job| job.map(named)).collect();
        }
        let Some(reverse) = reverse else { return vec![Some(job)] };
        let forward = Some(job).filter(|job| says_kind || !is_bare(job));
        // Both directions are of one instance.
        vec![forward, Some(SyncJob { job_id: reverse.job_id.clone().or(id), ..*reverse })]
    }

    /// Gives the delay its unit.
    fn settle_delay<'a, S: Source<'a>>(&mut self, reader: &mut BodyReader<'a, S>, location: &Location<'_>) {
        let Some(delay) = self.delay.take() else { return };
        let slot = match self.job.kind {
            Some(JobKind::Migration) => {
                self.job.delay_millis = TimeDelta::try_milliseconds(delay.value);
                self.job.delay_millis
            }
            Some(JobKind::Synchronization) => {
                self.job.delay = TimeDelta::try_seconds(delay.value);
                self.job.delay
            }
            Some(JobKind::Subscription) | None => None,
        };
        if slot.is_none() {
            let kind = match self.job.kind {
                Some(JobKind::Migration | JobKind::Synchronization) => QuirkKind::Unreadable,
                Some(JobKind::Subscription) | None => QuirkKind::UnitUnknown,
            };
            delay.report::<Integer, S>(kind, Field::Delay, reader, location);
        }
    }

    /// Of two directions, that of `DtsJobDirection` is kept.
    fn settle_direction<'a, S: Source<'a>>(
        &mut self,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        match (self.direction.take(), self.second_direction.take()) {
            (None, None) => {}
            (Some(direction), None) | (None, Some(direction)) => self.job.direction = Some(direction.value),
            (Some(first), Some(second)) => {
                if first != second {
                    let (kind, field) = (QuirkKind::DuplicateField, Field::SynchronizationDirection);
                    second.report::<Open<Direction>, S>(kind, field, reader, location);
                }
                self.job.direction = Some(first.value);
            }
        }
    }
}

/// Returns true for a job without any value that its record could hold.
fn is_bare(job: &SyncJob) -> bool {
    *job == SyncJob { operation: job.operation, kind: job.kind, ..SyncJob::default() }
}

/// The throughput in a `Progress`: `0.00RPS/(0.000MB/s)`.
fn throughput(progress: &str) -> Option<Performance> {
    let (rps, flow) = progress.trim().strip_suffix(')')?.split_once("RPS/(")?;
    let mut is_exact = true;
    let rps = Rate::coerce(Raw::Text(rps), &mut |kind| is_exact &= !kind.loses_value())?;
    let flow = Flow::coerce(Raw::Text(flow), &mut |kind| is_exact &= !kind.loses_value())?;
    is_exact.then_some(Performance { rps: Some(rps), flow: Some(flow) })
}
