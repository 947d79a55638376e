//! A list of records as the shape of a field, in any of its layouts: [`List`], [`Items`].

use std::iter;

use super::body_reader::BodyReader;
use super::location::Location;
use super::nested::{is_absent, read_container_again};
use super::table::{Record, Shape, resolve};
use super::writer::Writer;
use crate::field::{ANY_ITEM, Field, same_name};
use crate::wire::quirk::QuirkKind;
use crate::wire::tree::{Node, Value};

/// A list of records; the name that may wrap each item.
pub(in crate::wire) struct List(pub(in crate::wire) &'static str);

impl<R: Record> Shape<Vec<R>> for List {
    fn read(&self, slot: &mut Vec<R>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        read_list(&Records(self.0), slot, reader, location);
    }

    fn read_again(&self, slot: &mut Vec<R>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        match reader.repeats {
            true => self.read(slot, reader, location),
            false => read_container_again(self, slot, reader, location),
        }
    }

    fn write<W: Writer>(&self, slot: &Vec<R>, field: Field, writer: &mut W) {
        if !slot.is_empty() {
            writer.list(field, slot, |writer, item| item.write(writer));
        }
    }
}

/// The items of a list: how to recognize and read one.
pub(super) trait Items<T> {
    /// The name that may wrap each item.
    fn wrapper(&self) -> &'static str;
    /// Returns true if a member is a field of an item.
    fn is_field(&self, name: &str, value: Value) -> bool;
    /// The number of items that a list of `len` elements may hold.
    fn room(&self, reader: &BodyReader<'_>, id: usize, len: usize) -> usize;
    /// Reads a record with at least one field of an item. The location is that of the list.
    fn read_record(&self, list: &mut Vec<T>, reader: &mut BodyReader<'_>, location: &Location<'_>);
    /// Reads a plain value as an item; `None` if it cannot be one.
    fn read_plain(&self, reader: &mut BodyReader<'_>, item: &Location<'_>) -> Option<T>;
}

/// Reads a list in any of its layouts: flat, one bare item, wrapped, a list of wrappers, repeated members.
pub(super) fn read_list<T>(
    items: &impl Items<T>,
    list: &mut Vec<T>,
    reader: &mut BodyReader<'_>,
    location: &Location<'_>,
) {
    if is_absent(reader, location) {
        return;
    }
    make_room(list, reader, location);
    match location.value {
        Value::List { len, .. } => {
            let room = items.room(reader, location.id, len as usize);
            list.reserve_exact(room.min(reader.limits.items));
            for (id, node) in reader.tree.children(location.id) {
                read_element(items, list, reader, &location.at_node(id, node.value, location.anchor), true);
            }
            // An element that is not an item needs no room.
            list.shrink_to_fit();
        }
        Value::Record { .. } => {
            if !reader.repeats && holds_item(items, reader, location.id) {
                reader.report(QuirkKind::SingleForList, location);
            }
            let is_empty = reader.tree.children(location.id).next().is_none();
            if !is_empty {
                read_element(items, list, reader, location, true);
            }
        }
        _ => read_element(items, list, reader, location, true),
    }
}

/// From this number of items on, it pays to count the others beforehand where the body does not give their number.
const MANY: usize = 32;

/// Makes room for all repetitions of a list that proves to be long; in JSON a list is never added to.
#[inline]
fn make_room<T>(list: &mut Vec<T>, reader: &BodyReader<'_>, location: &Location<'_>) {
    // Only once, when the list is full: otherwise each further repetition would count again.
    if list.len() == MANY && list.capacity() == MANY {
        list.reserve_exact(repetitions(reader, location).min(reader.limits.items));
    }
}

/// The number of members of the enclosing record with the same name.
fn repetitions(reader: &BodyReader<'_>, location: &Location<'_>) -> usize {
    let tree = reader.tree;
    let name = tree.name(location.id);
    let siblings = location.parent.map_or(location.id, |parent| parent.id);
    tree.children(siblings).filter(|(_, node)| tree.str(node.name) == name).count()
}

/// Reads one element of a list: an item, or a wrapper of items unless it is inside one.
fn read_element<T>(
    items: &impl Items<T>,
    list: &mut Vec<T>,
    reader: &mut BodyReader<'_>,
    location: &Location<'_>,
    may_wrap: bool,
) {
    if !reader.has_room(list.len(), location) {
        return;
    }
    match location.value {
        Value::Record { .. } if holds_item(items, reader, location.id) => {
            items.read_record(list, reader, location)
        }
        Value::Record { .. } if may_wrap && holds_wrapped(items, reader, location) => {
            read_wrapped(items, list, reader, location);
        }
        Value::Record { .. } | Value::List { .. } => {
            reader.report(QuirkKind::UnknownItem, &location.item(list.len()));
        }
        _ => list.extend(items.read_plain(reader, &location.item(list.len()))),
    }
}

/// Returns true if a record has a field of an item. The schema decides, not how often a name is repeated.
#[inline]
fn holds_item<T>(items: &impl Items<T>, reader: &BodyReader<'_>, id: usize) -> bool {
    reader.tree.children(id).any(|(_, node)| items.is_field(reader.tree.str(node.name), node.value))
}

fn holds_wrapped<T>(items: &impl Items<T>, reader: &BodyReader<'_>, location: &Location<'_>) -> bool {
    reader.tree.children(location.id).any(|(_, node)| is_wrapper(items, reader.tree.str(node.name), location))
}

/// Returns true if a name wraps items: the list's name for its items, the list's own name, or a general one.
fn is_wrapper<T>(items: &impl Items<T>, name: &str, location: &Location<'_>) -> bool {
    iter::once(items.wrapper())
        .chain(location.field().map(Field::as_str))
        .chain(ANY_ITEM)
        .any(|wrapper| same_name(wrapper, name))
}

#[cold]
fn read_wrapped<T>(
    items: &impl Items<T>,
    list: &mut Vec<T>,
    reader: &mut BodyReader<'_>,
    location: &Location<'_>,
) {
    reader.report(QuirkKind::WrappedList, location);
    for (id, node) in reader.tree.children(location.id) {
        let name = reader.tree.str(node.name);
        if let Value::LooseText(_) = node.value {
            reader.report(QuirkKind::TextForRecord, &location.at_node(id, node.value, location.anchor));
            continue;
        }
        if !is_wrapper(items, name, location) {
            reader.report_unknown(&location.unknown_member(name, id, node.value));
            continue;
        }
        let inside = location.at_node(id, node.value, id);
        reader.report_attributes(&inside);
        match node.value {
            Value::Null => {}
            Value::Text(span) if reader.tree.str(span).trim().is_empty() => {}
            Value::List { .. } => {
                for (element, node) in reader.tree.children(id) {
                    read_element(items, list, reader, &inside.at_node(element, node.value, id), false);
                }
            }
            _ => read_element(items, list, reader, &inside, false),
        }
    }
}

/// Items that are records of several fields; with the name that may wrap each.
struct Records(&'static str);

impl<R: Record> Items<R> for Records {
    fn wrapper(&self) -> &'static str {
        self.0
    }

    #[inline]
    fn is_field(&self, name: &str, value: Value) -> bool {
        Field::exact(name).is_some_and(R::has) || self.is_other_spelling::<R>(name, value)
    }

    /// An item is forty times as large as the shortest element that is not one, so for long lists it pays to count.
    fn room(&self, reader: &BodyReader<'_>, id: usize, len: usize) -> usize {
        let may_be_item = |(id, node): &(usize, Node)| match node.value {
            Value::Record { end, .. } => end as usize > id.saturating_add(1),
            _ => false,
        };
        if len <= MANY { len } else { reader.tree.children(id).filter(may_be_item).count() }
    }

    fn read_record(&self, list: &mut Vec<R>, reader: &mut BodyReader<'_>, location: &Location<'_>) {
        let location = location.item(list.len());
        let mut item = R::default();
        reader.record(&mut item, &location);
        match item.is_set() {
            true => list.push(item),
            // Fields without a value: the item would be a phantom.
            false => reader.report(QuirkKind::EmptyValue, &location),
        }
    }

    fn read_plain(&self, reader: &mut BodyReader<'_>, item: &Location<'_>) -> Option<R> {
        reader.report(QuirkKind::UnknownItem, item);
        None
    }
}

impl Records {
    /// Returns true if a member is a field of an item in another spelling. The wrapper's name may also be that of a plain
    /// field.
    #[cold]
    fn is_other_spelling<R: Record>(&self, name: &str, value: Value) -> bool {
        let may_wrap = match value {
            Value::Null | Value::List { .. } | Value::Record { .. } => true,
            Value::Text(text) => text.len() == 0,
            _ => false,
        };
        resolve::<R>(name).is_some() && !(may_wrap && same_name(self.0, name))
    }
}
