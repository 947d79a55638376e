//! The reverse direction inside the record of its forward direction: [`Reverse`].

use super::Draft;
use super::placed::Value;
use crate::field::Field;
use crate::model::{Direction, JobKind, SyncJob};
use crate::wire::quirk::QuirkKind;
use crate::wire::record::{BodyReader, Location, Nested, Shape, Table, Writer, read_container_again};
use crate::wire::scalar::{JobType, Open};
use crate::wire::source::Source;

/// The record of the reverse direction, with its table. It is always that of a synchronization.
pub(in crate::wire) struct Reverse<T>(pub(in crate::wire) T);

impl<T: Table<Model = Draft> + Copy> Shape<Option<Box<SyncJob>>> for Reverse<T> {
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<Box<SyncJob>>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        // A reverse direction has none of its own: so the depth of the recursion is not the body's choice.
        if location.is_inside(Field::ReverseJob) {
            reader.report_unknown(location);
            return;
        }
        let mut draft = None;
        Nested(self.0).read(&mut draft, reader, location);
        let Some(mut draft) = draft else { return };
        if !reader.has_room_for_job(location) {
            return;
        }
        // Its place says both, and its delay is in seconds.
        let kind = draft.job_type.replace(Value::new(JobKind::Synchronization));
        if let Some(other) = kind.filter(|kind| kind.value != JobKind::Synchronization) {
            other.report::<JobType, S>(QuirkKind::DuplicateField, Field::JobType, reader, location);
        }
        let direction = draft.direction.replace(Value::new(Direction::Reverse));
        if let Some(other) = direction.filter(|direction| direction.value != Direction::Reverse) {
            let (kind, field) = (QuirkKind::DuplicateField, Field::DtsJobDirection);
            other.report::<Open<Direction>, S>(kind, field, reader, location);
        }
        *slot = Some(Box::new(draft.finish(reader, location)));
    }

    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Option<Box<SyncJob>>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_container_again(self, slot, reader, location);
    }

    fn write<W: Writer>(&self, slot: &Option<Box<SyncJob>>, field: Field, writer: &mut W) {
        if let Some(job) = slot {
            writer.record(field, |writer| T::write(&Draft::from(&**job), writer));
        }
    }
}
