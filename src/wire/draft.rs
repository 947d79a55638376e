//! Jobs and pages of sister operations while they are read: [`Draft`], [`PageDraft`], and the shapes of their fields.
//!
//! Some values of theirs can only be understood when the whole record is known: the unit of a delay depends on the kind
//! of the job, which may come after it.

mod from_model;
mod jobs;
mod object_text;
mod placed;
mod reverse;

pub(super) use self::jobs::Jobs;
pub(super) use self::object_text::ObjectText;
pub(super) use self::placed::Placed;
pub(super) use self::reverse::Reverse;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use self::placed::Value;
use super::quirk::QuirkKind;
use super::record::{BodyReader, Location};
use super::scalar::{Coercion, Flow, Rate, Raw};
use super::source::Source;
use crate::field::Field;
use crate::model::{Direction, JobKind, Operation, Page, Performance, SyncJob};

/// A job while its record is read.
#[derive(Default, PartialEq)]
pub(super) struct Draft {
    pub(super) job: SyncJob,
    pub(super) job_type: Option<JobKind>,
    /// In seconds or milliseconds, by the kind of the job.
    pub(super) delay: Option<Value<i64>>,
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

/// A tag of a job.
#[derive(Default, Clone, PartialEq)]
pub(super) struct Tag {
    pub(super) key: Option<Value<String>>,
    pub(super) value: Option<Value<String>>,
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
        let operation = reader.operation;
        self.job.operation = operation;
        self.job.kind = operation.kind().or(self.job_type).or(reader.kind).or(of_status);
        self.settle_delay(reader, location);
        self.settle_direction(reader, location);
        let Draft { mut job, create_time, instance_create_time, mode, tags, .. } = self;
        job.created_at = job.created_at.or(create_time).or(instance_create_time);
        if let Some(mode) = mode {
            job.structure_initialization = mode.structure;
            job.data_initialization = mode.data;
            job.data_synchronization = mode.synchronization;
        }
        job.tags = tags_by_key(tags, reader, location);
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
        let Some(Value { value, anchor }) = self.delay else { return };
        let slot = match self.job.kind {
            Some(JobKind::Migration) => {
                self.job.delay_millis = TimeDelta::try_milliseconds(value);
                self.job.delay_millis
            }
            Some(JobKind::Synchronization) => {
                self.job.delay = TimeDelta::try_seconds(value);
                self.job.delay
            }
            Some(JobKind::Subscription) | None => None,
        };
        if slot.is_none() {
            let kind = match self.job.kind {
                Some(JobKind::Migration | JobKind::Synchronization) => QuirkKind::Unreadable,
                Some(JobKind::Subscription) | None => QuirkKind::UnitUnknown,
            };
            let delay = location.member(Field::Delay, location.entry).anchored(anchor);
            reader.report_found(kind, &delay, &value.to_string());
        }
    }

    /// Of two directions, the first is kept.
    fn settle_direction<'a, S: Source<'a>>(
        &mut self,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        let Some(Value { value, anchor }) = self.second_direction.take() else { return };
        match &self.job.direction {
            None => self.job.direction = Some(value),
            Some(first) if *first == value => {}
            Some(_) => {
                let second = location.member(Field::DtsJobDirection, location.entry).anchored(anchor);
                reader.report_found(QuirkKind::DuplicateField, &second, value.as_str());
            }
        }
    }
}

/// Returns true for a job without any value that its record could hold.
fn is_bare(job: &SyncJob) -> bool {
    *job == SyncJob { operation: job.operation, kind: job.kind, ..SyncJob::default() }
}

/// The values of tags by their keys. A tag without a key has no place, and of two with the same key the first is kept.
fn tags_by_key<'a, S: Source<'a>>(
    tags: Vec<Tag>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) -> BTreeMap<String, String> {
    let mut by_key = BTreeMap::new();
    let list = match reader.operation {
        Operation::DescribeDtsJobDetail | Operation::DescribeDtsJobs => Field::TagList,
        _ => Field::Tags,
    };
    for (index, Tag { key, value }) in tags.into_iter().enumerate() {
        let anchor = value.as_ref().or(key.as_ref()).map_or(location.anchor, |placed| placed.anchor);
        let value = value.map(|placed| placed.value).unwrap_or_default();
        let list = location.member(list, location.entry).anchored(anchor);
        match key.map(|placed| placed.value) {
            None => reader.report_found(QuirkKind::Unreadable, &list.item(index), &value),
            Some(key) if by_key.contains_key(&key) => {
                reader.report_found(QuirkKind::DuplicateField, &list.item(index), &value);
            }
            Some(key) => drop(by_key.insert(key, value)),
        }
    }
    by_key
}

/// The throughput in a `Progress`: `0.00RPS/(0.000MB/s)`.
fn throughput(progress: &str) -> Option<Performance> {
    let (rps, flow) = progress.trim().strip_suffix(')')?.split_once("RPS/(")?;
    let mut is_exact = true;
    let rps = Rate::coerce(Raw::Text(rps), &mut |kind| is_exact &= !kind.loses_value())?;
    let flow = Flow::coerce(Raw::Text(flow), &mut |kind| is_exact &= !kind.loses_value())?;
    is_exact.then_some(Performance { rps: Some(rps), flow: Some(flow) })
}
