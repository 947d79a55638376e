//! A list of jobs as the shape of a field: [`Jobs`].

use std::marker::PhantomData;

use super::{Draft, Item, from_model, is_bare};
use crate::field::Field;
use crate::wire::quirk::QuirkKind;
use crate::wire::record::{
    BodyReader, Items, Location, Records, Shape, Table, Writer, read_list, read_list_again, write_list,
};
use crate::wire::source::{Entry, Source};

/// A list of jobs, each item with one job for each direction.
pub(in crate::wire) struct Jobs<T> {
    records: Records<T>,
    /// True if an item holds a list of its directions, which are counted instead of it.
    has_directions: bool,
}

impl<T: Copy> Jobs<T> {
    /// A list with the table of an item and the name that may wrap each.
    pub(in crate::wire) const fn flat(_: T, inner: &'static str) -> Self {
        Jobs { records: Records(inner, false, PhantomData), has_directions: false }
    }

    /// A list whose items hold lists of their directions.
    pub(in crate::wire) const fn of_directions(_: T, inner: &'static str) -> Self {
        Jobs { records: Records(inner, false, PhantomData), has_directions: true }
    }

    /// A list that is documented as wrapped.
    pub(in crate::wire) const fn wrapped(_: T, inner: &'static str) -> Self {
        Jobs { records: Records(inner, true, PhantomData), has_directions: false }
    }
}

impl<T: Table<Model = Draft>> Shape<Vec<Item>> for Jobs<T> {
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<Item>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_list(self, slot, reader, location);
    }

    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<Item>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_list_again(self, slot, reader, location);
    }

    /// Writes an empty list too: it shows the operation of a page.
    fn write<W: Writer>(&self, slot: &Vec<Item>, field: Field, writer: &mut W) {
        write_list(self, slot, field, writer, |writer, item| T::write(&from_model::item(item), writer));
    }
}

impl<T: Table<Model = Draft>> Items<Item> for Jobs<T> {
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
        _: &mut Vec<Item>,
        _: &mut BodyReader<'a, S>,
        _: &Location<'_>,
    ) -> bool {
        false
    }

    fn read_record<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<Item>,
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
        if is_set && (says_kind || !jobs.iter().flatten().all(is_bare)) {
            list.push(jobs);
            return;
        }
        // Fields without a value, or with one that had to be dropped: the job would be a phantom.
        reader.report(QuirkKind::EmptyValue, &location);
        self.pass_over(list);
    }

    fn pass_over(&self, list: &mut Vec<Item>) {
        list.push(vec![None]);
    }

    fn read_plain<'a, S: Source<'a>>(
        &self,
        reader: &mut BodyReader<'a, S>,
        item: &Location<'_>,
    ) -> Option<Item> {
        reader.report(QuirkKind::UnknownItem, item);
        Some(vec![None])
    }
}
