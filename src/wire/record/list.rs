//! A list of records as the shape of a field, in any of its layouts (docs/wire.md, section 3): [`List`],
//! [`Items`].

use std::iter;
use std::marker::PhantomData;
use std::mem;

use super::body_reader::BodyReader;
use super::location::Location;
use super::nested::{is_absent, read_container_again};
use super::table::{Shape, Table, resolve};
use super::writer::Writer;
use crate::field::{ANY_ITEM, Field, same_name};
use crate::wire::quirk::QuirkKind;
use crate::wire::source::{Content, Entry, MANY, Source};

/// A list of records.
pub(in crate::wire) struct List<T>(Records<T>);

impl<T: Copy> List<T> {
    /// A list with the table of an item and the name that may wrap each.
    pub(in crate::wire) const fn flat(_: T, inner: &'static str) -> Self {
        List(Records(inner, false, PhantomData))
    }

    /// A list that is documented as wrapped: a record with one member, this name, that holds the items.
    pub(in crate::wire) const fn wrapped(_: T, inner: &'static str) -> Self {
        List(Records(inner, true, PhantomData))
    }
}

impl<T: Table> Shape<Vec<T::Model>> for List<T> {
    fn read<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<T::Model>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_list(&self.0, slot, reader, location);
    }

    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut Vec<T::Model>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        read_list_again(self, slot, reader, location);
    }

    fn write<W: Writer>(&self, slot: &Vec<T::Model>, field: Field, writer: &mut W) {
        if !slot.is_empty() {
            write_list(&self.0, slot, field, writer, |writer, item| T::write(item, writer));
        }
    }
}

/// Writes a list as it is documented.
pub(in crate::wire) fn write_list<T, W: Writer>(
    items: &impl Items<T>,
    list: &[T],
    field: Field,
    writer: &mut W,
    write: impl Fn(&mut W, &T),
) {
    match items.is_wrapped() {
        true => writer.wrapped_list(field, items.wrapper(), list, write),
        false => writer.list(field, list, write),
    }
}

/// Reads a list that is repeated: in XML its further items.
pub(in crate::wire) fn read_list_again<'a, T: PartialEq, S: Source<'a>>(
    shape: &impl Shape<Vec<T>>,
    slot: &mut Vec<T>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) {
    match reader.source.repeats() {
        true => shape.read(slot, reader, location),
        false => read_container_again(shape, slot, reader, location),
    }
}

/// The items of a list: how to recognize and read one.
pub(in crate::wire) trait Items<T> {
    /// True if an item is a record, and never a plain value.
    const ARE_RECORDS: bool;

    /// The name that may wrap each item.
    fn wrapper(&self) -> &'static str;
    /// Returns true if the list is documented as wrapped.
    fn is_wrapped(&self) -> bool {
        false
    }
    /// Returns true if a member is a field of an item.
    fn is_field(&self, name: &str, entry: &Entry<'_>) -> bool;
    /// Reads a record that is an item in the usual form. Returns false, and has read nothing, for any other.
    fn read_usual<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<T>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) -> bool;
    /// Reads a record with at least one field of an item. The location is that of the list.
    fn read_record<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<T>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    );
    /// Keeps the place of an item that could not be read, if the list has places.
    fn pass_over(&self, _: &mut Vec<T>) {}
    /// Reads a plain value as an item; `None` if it cannot be one.
    fn read_plain<'a, S: Source<'a>>(&self, reader: &mut BodyReader<'a, S>, item: &Location<'_>)
    -> Option<T>;
}

/// Reads a list in any of its layouts: flat, one bare item, wrapped, a list of wrappers, repeated members.
pub(in crate::wire) fn read_list<'a, T, S: Source<'a>, I: Items<T>>(
    items: &I,
    list: &mut Vec<T>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) {
    if is_absent(reader, location) {
        return;
    }
    match location.entry.content {
        Content::List => {
            if items.is_wrapped() && !reader.source.is_empty(location.entry) {
                reader.report(QuirkKind::UnwrappedList, location);
            }
            let len = reader.source.len(location.entry, I::ARE_RECORDS);
            list.reserve_exact(len.min(reader.limits.items));
            let mut inside = reader.source.open(location.entry);
            // Nothing is moved out of the element, which is large.
            while let Some(ref element) = reader.source.element(&mut inside, location.anchor) {
                read_element(items, list, reader, &location.at(element), true);
            }
            // An element that is not an item needs no room. Little room is kept: allocators keep memory for the next
            // body if it is freed in the size in which it was allocated.
            if list.capacity() > list.len().saturating_add(list.len() / 16) {
                list.shrink_to_fit();
            }
        }
        Content::Record => {
            match (reader.source.repeats(), items.is_wrapped()) {
                // Further elements are of the same list.
                (true, true) if list.is_empty() && holds_item(items, reader, location) => {
                    reader.report(QuirkKind::UnwrappedList, location);
                }
                (false, _) if holds_item(items, reader, location) => {
                    reader.report(QuirkKind::SingleForList, location);
                }
                _ => {}
            }
            if !reader.source.is_empty(location.entry) {
                read_element(items, list, reader, location, true);
            }
        }
        _ => read_element(items, list, reader, location, true),
    }
}

/// Makes room in a list that is full.
#[inline]
fn make_room<'a, T, S: Source<'a>, I: Items<T>>(
    _: &I,
    list: &mut Vec<T>,
    reader: &BodyReader<'a, S>,
    location: &Location<'_>,
) {
    if list.len() == list.capacity() {
        let parent = location.parent().map(|parent| parent.entry);
        let more = match list.len() {
            0 if !I::ARE_RECORDS => reader.last_names.clamp(4, MANY),
            len => reader.source.more_room(len, location.entry, parent),
        };
        list.reserve_exact(more.min(reader.limits.items.saturating_sub(list.len())));
    }
}

/// Reads one element of a list: an item, or a wrapper of items unless it is inside one.
#[inline]
fn read_element<'a, T, S: Source<'a>, I: Items<T>>(
    items: &I,
    list: &mut Vec<T>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
    may_wrap: bool,
) {
    if !reader.has_room(list.len(), location) {
        return;
    }
    make_room(items, list, reader, location);
    match location.entry.content {
        Content::Record if items.read_usual(list, reader, location) => {}
        Content::Record if holds_item(items, reader, location) => {
            items.read_record(list, reader, location);
        }
        Content::Record if may_wrap && holds_wrapped(items, reader, location) => {
            read_wrapped(items, list, reader, location);
        }
        Content::Record | Content::List => {
            reader.report(QuirkKind::UnknownItem, &location.item(list.len()));
            items.pass_over(list);
        }
        _ => list.extend(items.read_plain(reader, &location.item(list.len()))),
    }
}

/// Returns true if a record has a field of an item. The schema decides, not how often a name is repeated.
#[inline]
fn holds_item<'a, T, S: Source<'a>>(
    items: &impl Items<T>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) -> bool {
    reader.source.any_member(location.entry, &mut |name, entry| items.is_field(name, entry))
}

fn holds_wrapped<'a, T, S: Source<'a>>(
    items: &impl Items<T>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) -> bool {
    reader.source.any_member(location.entry, &mut |name, _| is_wrapper(items, name, location))
}

/// Returns true if a name wraps items: the list's name for its items, the list's own name, or a general one.
fn is_wrapper<T>(items: &impl Items<T>, name: &str, location: &Location<'_>) -> bool {
    iter::once(items.wrapper())
        .chain(location.field().map(Field::as_str))
        .chain(ANY_ITEM)
        .any(|wrapper| same_name(wrapper, name))
}

#[cold]
fn read_wrapped<'a, T, S: Source<'a>, I: Items<T>>(
    items: &I,
    list: &mut Vec<T>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) {
    // Of a list that is documented as wrapped, the value itself is the wrapper.
    let is_documented = items.is_wrapped() && location.is_of_field();
    if !is_documented {
        reader.report(QuirkKind::WrappedList, location);
    }
    let mut is_again = false;
    let mut members = reader.source.open(location.entry);
    while let Some((name, entry)) = reader.source.member(&mut members) {
        if let Content::LooseText(_) = entry.content {
            reader.report(QuirkKind::TextForRecord, &location.within(&entry));
            continue;
        }
        if !is_wrapper(items, name, location) {
            reader.report_unknown(&location.unknown_member(name, &entry));
            continue;
        }
        let inside = location.at(&entry);
        reader.report_attributes(&inside);
        // The items of all wrappers are kept.
        if mem::replace(&mut is_again, true) && !reader.source.repeats() {
            reader.report(QuirkKind::RepeatedName, &inside);
        }
        if is_documented && name != items.wrapper() {
            reader.report_found(QuirkKind::WrappedList, &inside, name);
        }
        match &entry.content {
            Content::Null => {}
            Content::Text(text) if text.trim().is_empty() => {}
            Content::List => {
                let mut elements = reader.source.open(&entry);
                while let Some(element) = reader.source.element(&mut elements, entry.anchor) {
                    read_element(items, list, reader, &inside.at(&element), false);
                }
            }
            _ => {
                if is_documented && !reader.source.repeats() {
                    reader.report(QuirkKind::SingleForList, &inside);
                }
                read_element(items, list, reader, &inside, false);
            }
        }
    }
}

/// Items that are records of several fields; with the name that may wrap each, and whether it is documented.
pub(in crate::wire) struct Records<T>(
    pub(in crate::wire) &'static str,
    pub(in crate::wire) bool,
    pub(in crate::wire) PhantomData<T>,
);

impl<T: Table> Items<T::Model> for Records<T> {
    const ARE_RECORDS: bool = true;

    fn wrapper(&self) -> &'static str {
        self.0
    }

    fn is_wrapped(&self) -> bool {
        self.1
    }

    #[inline]
    fn is_field(&self, name: &str, entry: &Entry<'_>) -> bool {
        entry.field.is_some_and(|field| T::has(field) && field.as_str() != self.0)
            || self.is_other_spelling(name, entry)
    }

    /// Nearly every item begins with a field.
    #[inline]
    fn read_usual<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<T::Model>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) -> bool {
        push::<T, S>(list, reader, location, |reader, item, location| {
            reader.record_of_field::<T>(item, location, self.0)
        })
    }

    #[cold]
    fn read_record<'a, S: Source<'a>>(
        &self,
        list: &mut Vec<T::Model>,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    ) {
        push::<T, S>(list, reader, location, |reader, item, location| {
            reader.record::<T>(item, location);
            true
        });
    }

    fn read_plain<'a, S: Source<'a>>(
        &self,
        reader: &mut BodyReader<'a, S>,
        item: &Location<'_>,
    ) -> Option<T::Model> {
        reader.report(QuirkKind::UnknownItem, item);
        None
    }
}

/// Adds an item, filled where it stays; `read` returns true if there is one.
#[inline]
fn push<'a, T: Table, S: Source<'a>>(
    list: &mut Vec<T::Model>,
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
    read: impl FnOnce(&mut BodyReader<'a, S>, &mut T::Model, &Location<'_>) -> bool,
) -> bool {
    let location = location.item(list.len());
    // `push` would make the item elsewhere and copy it.
    list.resize_with(list.len().saturating_add(1), T::Model::default);
    let Some(item) = list.last_mut() else { return false };
    let is_read = read(reader, item, &location);
    if !T::is_set(item) {
        list.pop();
        if is_read {
            // Fields without a value: the item would be a phantom.
            reader.report(QuirkKind::EmptyValue, &location);
        }
    }
    is_read
}

impl<T: Table> Records<T> {
    /// Returns true if a member is a field of an item in another spelling. The wrapper's name may also be that of a plain
    /// field.
    #[cold]
    fn is_other_spelling(&self, name: &str, entry: &Entry<'_>) -> bool {
        let may_wrap = match &entry.content {
            Content::Null | Content::List | Content::Record => true,
            Content::Text(text) => text.is_empty(),
            _ => false,
        };
        resolve::<T>(name).is_some() && !(may_wrap && same_name(self.0, name))
    }
}
