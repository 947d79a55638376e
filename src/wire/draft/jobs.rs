//! A list of jobs as the shape of a field: [`Jobs`].

use std::marker::PhantomData;

use super::{Draft, from_model};
use crate::field::Field;
use crate::model::SyncJob;
use crate::wire::quirk::QuirkKind;
use crate::wire::record::{
    BodyReader, Items, Location, Records, Shape, Table, Writer, read_list, read_list_again,
};
use crate::wire::source::{Entry, Source};

/// A list of jobs, each item with one job for each direction.
pub(in crate::wire) struct Jobs<T> {
    records: Records<T>,
    /// True if an item holds a list of its directions, which are counted instead of it.
    has_directions: bool,
}

impl<T> Jobs<T> {
    /// A list with the table of an item and the name that may wrap each.
    pub(in crate::wire) const fn flat(_: T, inner: &'static str) -> Self
    where
        T: Copy,
    {
        Jobs { records: Records(inner, false, PhantomData), has_directions: false }
    }

    /// A list whose items hold lists of their directions.
    pub(in crate::wire) const fn of_directions(_: T, inner: &'static str) -> Self
    where
        T: Copy,
    {
        Jobs { records: Records(inner, false, PhantomData), has_directions: true }
    }

    /// A list that is documented as wrapped.
    pub(in crate::wire) const fn wrapped(_: T, inner: &'static str) -> Self
    where
        T: Copy,
    {
        Jobs { records: Records(inner, true, PhantomData), has_directions: false }
    }
}

impl<T: Table<Model = Draft>> Shape<Vec<Vec<SyncJob>>> for Jobs<T> {
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<Vec<SyncJob>>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_list(self, slot, reader, location);
    }

    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<Vec<SyncJob>>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_list_again(self, slot, reader, location);
    }

    /// Writes an empty list too: it shows the operation of a page.
    fn write<W: Writer>(&self, slot: &Vec<Vec<SyncJob>>, field: Field, writer: &mut W) {
        let write = |writer: &mut W, item: &Vec<SyncJob>| T::write(&from_model::item(item), writer);
        match self.records.is_wrapped() {
            true => writer.wrapped_list(field, self.records.wrapper(), slot, write),
            false => writer.list(field, slot, write),
        }
    }
}

impl<T: Table<Model = Draft>> Items<Vec<SyncJob>> for Jobs<T> {
    const ARE_RECORDS: bool = true;

    fn wrapper(&self) -> &'static str {
        self.records.wrapper()
    }

    fn is_wrapped(&self) -> bool {
        self.records.is_wrapped()
    }

    fn is_field(&self, name: &str, entry: &Entry<'_>) -> bool {
        self.records.is_field(name, entry)
    }

    fn read_usual<'a, S: Source<'a>>(
        &self,
        _: &mut Vec<Vec<SyncJob>>,
        _: &mut BodyReader<'a, S>,
        _: &Location<'_>,
    ) -> bool {
        false
    }

    fn read_record<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<Vec<SyncJob>>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        let location = location.item(list.len());
        if !self.has_directions && !reader.has_room_for_job(&location) {
            return;
        }
        let mut draft = Draft::default();
        reader.record::<T>(&mut draft, &location);
        if self.has_directions && draft.directions.is_empty() && !reader.has_room_for_job(&location) {
            return;
        }
        let (is_set, says_kind) = (T::is_set(&draft), draft.job_type.is_some());
        let jobs = draft.finish_all(reader, &location);
        match is_set && (says_kind || !jobs.iter().all(is_bare)) {
            true => list.push(jobs),
            // Fields without a value, or with one that had to be dropped: the job would be a phantom.
            false => reader.report(QuirkKind::EmptyValue, &location),
        }
    }

    fn read_plain<'a, S: Source<'a>>(
        &self,
        reader: &mut BodyReader<'a, S>,
        item: &Location<'_>,
    ) -> Option<Vec<SyncJob>> {
        reader.report(QuirkKind::UnknownItem, item);
        None
    }
}

/// Returns true for a job without any value that its record could hold.
fn is_bare(job: &SyncJob) -> bool {
    *job == SyncJob { operation: job.operation, kind: job.kind, ..SyncJob::default() }
}
