//! A list of records, as the shape of a field, in whatever shape it stands there: [`List`], [`Items`].

use std::iter;

use super::nested::is_absent;
use super::{Place, Record, Shape, Sink, Walk, is_field};
use crate::field::{ANY_ITEM, Field};
use crate::wire::quirk::QuirkKind;
use crate::wire::tree::{Node, Value};

/// A list of records; the name that may wrap each item.
pub(in crate::wire) struct List(pub(in crate::wire) &'static str);

impl<R: Record> Shape<Vec<R>> for List {
    fn read(&self, slot: &mut Vec<R>, walk: &mut Walk<'_>, place: &Place<'_>) {
        read_list(&Records(self.0), slot, walk, place);
    }

    fn write<S: Sink>(&self, slot: &Vec<R>, field: Field, sink: &mut S) {
        if !slot.is_empty() {
            sink.list(field, slot);
        }
    }
}

/// The items of a list: what is one, and how it is read.
pub(super) trait Items<T> {
    /// The name that may wrap each item.
    fn wrapper(&self) -> &'static str;
    /// Whether a name is a field of an item.
    fn is_field(&self, name: &str) -> bool;
    /// How many items a list of so many elements may hold.
    fn room(&self, walk: &Walk<'_>, id: usize, len: usize) -> usize;
    /// Reads a record with at least one field of an item. The place is that of the list.
    fn read_record(&self, list: &mut Vec<T>, walk: &mut Walk<'_>, place: &Place<'_>);
    /// Reads a plain value as an item; `None` if it is none.
    fn read_plain(&self, walk: &mut Walk<'_>, item: &Place<'_>) -> Option<T>;
}

/// Reads a list in any of its shapes: flat, one bare item, wrapped, a list of wrappers, repeated members.
pub(super) fn read_list<T>(items: &impl Items<T>, list: &mut Vec<T>, walk: &mut Walk<'_>, place: &Place<'_>) {
    if !walk.repeats && !list.is_empty() {
        walk.report(QuirkKind::DuplicateField, place);
        return;
    }
    if is_absent(walk, place) {
        return;
    }
    make_room(list, walk, place);
    match place.value {
        Value::List { len, .. } => {
            let room = items.room(walk, place.id, len as usize);
            list.reserve_exact(room.min(walk.limits.items));
            for (id, node) in walk.tree.children(place.id) {
                read_element(items, list, walk, &place.through(id, node.value, place.anchor), true);
            }
            // What is no item needs no room.
            list.shrink_to_fit();
        }
        Value::Record { .. } => {
            if !walk.repeats && holds_item(items, walk, place.id) {
                walk.report(QuirkKind::SingleForList, place);
            }
            let is_empty = walk.tree.children(place.id).next().is_none();
            if !is_empty {
                read_element(items, list, walk, place, true);
            }
        }
        _ => read_element(items, list, walk, place, true),
    }
}

/// From so many items on, it pays to count the others beforehand where the body does not tell their number.
const MANY: usize = 32;

/// Room for all repetitions of a list that turns out to be long; in JSON a list is never added to.
#[inline]
fn make_room<T>(list: &mut Vec<T>, walk: &Walk<'_>, place: &Place<'_>) {
    // Only when it is full, and so once: were it left at that length, each further repetition would count again.
    if list.len() == MANY && list.capacity() == MANY {
        list.reserve_exact(repetitions(walk, place).min(walk.limits.items));
    }
}

/// How often the name at a place stands in the enclosing record.
fn repetitions(walk: &Walk<'_>, place: &Place<'_>) -> usize {
    let tree = walk.tree;
    let name = tree.name(place.id);
    let siblings = place.parent.map_or(place.id, |parent| parent.id);
    tree.children(siblings).filter(|(_, node)| tree.str(node.name) == name).count()
}

/// Reads one element of a list: an item, or a wrapper of items unless it is within one.
fn read_element<T>(
    items: &impl Items<T>,
    list: &mut Vec<T>,
    walk: &mut Walk<'_>,
    place: &Place<'_>,
    may_wrap: bool,
) {
    if !walk.has_room(list.len(), place) {
        return;
    }
    match place.value {
        Value::Record { .. } if holds_item(items, walk, place.id) => items.read_record(list, walk, place),
        Value::Record { .. } if may_wrap && holds_wrapped(items, walk, place) => {
            read_wrapped(items, list, walk, place);
        }
        Value::Record { .. } | Value::List { .. } => {
            walk.report(QuirkKind::UnknownItem, &place.item(list.len()));
        }
        _ => list.extend(items.read_plain(walk, &place.item(list.len()))),
    }
}

/// Whether a record has a field of an item. The schema decides, not how often a name stands there.
#[inline]
fn holds_item<T>(items: &impl Items<T>, walk: &Walk<'_>, id: usize) -> bool {
    walk.tree.children(id).any(|(_, node)| items.is_field(walk.tree.str(node.name)))
}

fn holds_wrapped<T>(items: &impl Items<T>, walk: &Walk<'_>, place: &Place<'_>) -> bool {
    walk.tree.children(place.id).any(|(_, node)| is_wrapper(items, walk.tree.str(node.name), place))
}

/// Whether a name wraps items: the name that the list gives its items, the list's own, or a general one.
fn is_wrapper<T>(items: &impl Items<T>, name: &str, place: &Place<'_>) -> bool {
    iter::once(items.wrapper())
        .chain(place.field().map(Field::as_str))
        .chain(ANY_ITEM)
        .any(|wrapper| wrapper.eq_ignore_ascii_case(name))
}

#[cold]
fn read_wrapped<T>(items: &impl Items<T>, list: &mut Vec<T>, walk: &mut Walk<'_>, place: &Place<'_>) {
    walk.report(QuirkKind::WrappedList, place);
    for (id, node) in walk.tree.children(place.id) {
        let name = walk.tree.str(node.name);
        if let Value::LooseText(_) = node.value {
            walk.report(QuirkKind::TextForRecord, &place.through(id, node.value, place.anchor));
            continue;
        }
        if !is_wrapper(items, name, place) {
            walk.report_unknown(&place.stranger(name, id, node.value));
            continue;
        }
        let inside = place.through(id, node.value, id);
        walk.report_attributes(&inside);
        match node.value {
            Value::Null => {}
            Value::Text(span) if walk.tree.str(span).trim().is_empty() => {}
            Value::List { .. } => {
                for (element, node) in walk.tree.children(id) {
                    read_element(items, list, walk, &inside.through(element, node.value, id), false);
                }
            }
            _ => read_element(items, list, walk, &inside, false),
        }
    }
}

/// Items that are records of several fields, with the name that may wrap each.
struct Records(&'static str);

impl<R: Record> Items<R> for Records {
    fn wrapper(&self) -> &'static str {
        self.0
    }

    #[inline]
    fn is_field(&self, name: &str) -> bool {
        is_field::<R>(name)
    }

    /// An item is forty times as large as the shortest element that is none, so for long lists it pays to look.
    fn room(&self, walk: &Walk<'_>, id: usize, len: usize) -> usize {
        let may_be_item = |(id, node): &(usize, Node)| match node.value {
            Value::Record { end, .. } => end as usize > id.saturating_add(1),
            _ => false,
        };
        if len <= MANY { len } else { walk.tree.children(id).filter(may_be_item).count() }
    }

    fn read_record(&self, list: &mut Vec<R>, walk: &mut Walk<'_>, place: &Place<'_>) {
        let place = place.item(list.len());
        let mut item = R::default();
        walk.record(&mut item, &place);
        match item == R::default() {
            // Fields, but not one value: an item made of that would be a phantom.
            true => walk.report(QuirkKind::EmptyValue, &place),
            false => list.push(item),
        }
    }

    fn read_plain(&self, walk: &mut Walk<'_>, item: &Place<'_>) -> Option<R> {
        walk.report(QuirkKind::UnknownItem, item);
        None
    }
}
