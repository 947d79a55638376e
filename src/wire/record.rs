//! From tree to model: records, the shapes of their fields, what is duplicate or unknown: [`Walk`], `record!`.
//!
//! The walk knows shapes, and no format and no field by name. It can't fail: what does not fit is reported.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Limits;
use super::excerpt::cut;
use super::quirk::{Quirk, QuirkKind};
use super::scalar::{Coercion, Raw, Text};
use super::tree::{Node, Tree, Value};
use crate::field::{ANY_ITEM, Field};
use crate::path::{Path, Segment};

/// A record of the schema: a table of fields, read and written from one row each. `record!` implements it.
pub(super) trait Record: Default + PartialEq {
    /// The fields, one bit each.
    const FIELDS: u64;
    /// Other names of the fields.
    const ALIASES: &'static [(&'static str, Field)];

    /// Reads one of the fields.
    fn read(&mut self, field: Field, walk: &mut Walk<'_>, place: &Place<'_>);
    /// Writes all fields that have a value.
    fn write<S: Sink>(&self, sink: &mut S);

    #[inline]
    fn has(field: Field) -> bool {
        Self::FIELDS & bit(field) != 0
    }
}

/// The bit of a field in [`Record::FIELDS`].
pub(super) const fn bit(field: Field) -> u64 {
    1 << field as u32
}

/// Implements [`Record`] from a table of rows: field, slot in the model, shape.
macro_rules! record {
    (
        $record:ty {
            $($field:ident => $slot:ident: $shape:expr;)+
        }
        $(aliases { $($alias:expr => $aliased:ident;)+ })?
    ) => {
        impl $crate::wire::record::Record for $record {
            const FIELDS: u64 = 0 $(| $crate::wire::record::bit($crate::field::Field::$field))+;
            const ALIASES: &'static [(&'static str, $crate::field::Field)] =
                &[$($(($alias, $crate::field::Field::$aliased),)+)?];

            fn read(
                &mut self,
                field: $crate::field::Field,
                walk: &mut $crate::wire::record::Walk<'_>,
                place: &$crate::wire::record::Place<'_>,
            ) {
                use $crate::wire::record::Shape;
                match field {
                    $($crate::field::Field::$field => $shape.read(&mut self.$slot, walk, place),)+
                    _ => {}
                }
            }

            fn write<S: $crate::wire::record::Sink>(&self, sink: &mut S) {
                use $crate::wire::record::Shape;
                $($shape.write(&self.$slot, $crate::field::Field::$field, sink);)+
            }
        }
    };
}

pub(super) use record;

/// How the value of a field is laid out on the wire, and what it fills in the model.
pub(super) trait Shape<T> {
    fn read(&self, slot: &mut T, walk: &mut Walk<'_>, place: &Place<'_>);
    fn write<S: Sink>(&self, slot: &T, field: Field, sink: &mut S);
}

/// A plain value, and how JSON documents it.
pub(super) struct Scalar<C>(pub(super) C, pub(super) JsonType);

/// How a plain value that is no text stands in a documented JSON body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonType {
    /// As text.
    Text,
    /// As a number or a boolean of JSON.
    Native,
}

/// A record within a record.
pub(super) struct Nested;

/// A list of records; the name that may wrap each item.
pub(super) struct List(pub(super) &'static str);

/// A list of records of one field, kept as a list of its texts; the name that may wrap each item, and the field.
pub(super) struct NameList(pub(super) &'static str, pub(super) Field);

/// A record of texts under names of their own.
pub(super) struct Texts;

/// Takes what a record writes, and writes it in a format.
pub(super) trait Sink {
    fn scalar(&mut self, field: Field, value: Spelled<'_>, json: JsonType);
    fn record<R: Record>(&mut self, field: Field, record: &R);
    fn list<R: Record>(&mut self, field: Field, items: &[R]);
    fn names(&mut self, field: Field, item: Field, names: &[String]);
    fn texts<'t>(&mut self, field: Field, texts: impl Iterator<Item = (&'t str, &'t str)>);
}

/// A plain value in its documented spelling.
#[derive(Clone, Copy)]
pub(super) enum Spelled<'v> {
    Text(&'v str),
    Shown(&'v dyn fmt::Display),
    Int(i64),
    Bool(bool),
}

/// The place of a value that is being read: its path, its node, and the node whose offset stands for it.
pub(super) struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    step: Step<'p>,
    pub(super) id: usize,
    value: Value,
    /// The nearest node with a name.
    anchor: usize,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    /// The root, or a wrapper that the canonical path leaves out.
    None,
    Field(Field),
    Index(usize),
    Name(&'p str),
}

impl<'p> Place<'p> {
    pub(super) fn root(id: usize, value: Value) -> Self {
        Place { parent: None, step: Step::None, id, value, anchor: id }
    }

    /// A member of the record at this place.
    #[inline]
    pub(super) fn member(&'p self, field: Field, id: usize, value: Value) -> Self {
        Place { parent: Some(self), step: Step::Field(field), id, value, anchor: id }
    }

    /// A member whose name is not known.
    pub(super) fn stranger(&'p self, name: &'p str, id: usize, value: Value) -> Self {
        Place { parent: Some(self), step: Step::Name(name), id, value, anchor: id }
    }

    /// The same place in a path, at another node.
    fn through(&'p self, id: usize, value: Value, anchor: usize) -> Self {
        Place { parent: Some(self), step: Step::None, id, value, anchor }
    }

    /// An item of the list at this place.
    #[inline]
    fn item(&'p self, index: usize) -> Self {
        Place { parent: Some(self), step: Step::Index(index), ..*self }
    }

    #[cold]
    fn path(&self) -> Path {
        let places = || std::iter::successors(Some(self), |place| place.parent);
        let mut steps = Vec::with_capacity(places().count());
        steps.extend(places().filter_map(|place| match place.step {
            Step::None => None,
            Step::Field(field) => Some(Segment::Field(field)),
            Step::Index(index) => Some(Segment::Index(index)),
            Step::Name(name) => Some(Segment::from(cut(name))),
        }));
        steps.reverse();
        Path::from(steps)
    }
}

/// Fills the model from a tree, and gathers the quirks.
pub(super) struct Walk<'t> {
    pub(super) tree: &'t Tree<'t>,
    repeats: bool,
    has_attributes: bool,
    limits: &'t Limits,
    pub(super) quirks: Vec<Quirk>,
    /// How many quirks there were beyond the limit, and whether one of them lost content.
    pub(super) more_quirks: usize,
    pub(super) more_losses: bool,
    /// The elements whose attributes were reported.
    attributed: BTreeSet<&'t str>,
    /// Texts that stand for items in lists of JSON, in all lists together: what costs two bytes to send and many
    /// times that to keep.
    bare_items: usize,
    /// The node where a list grew beyond the limit.
    pub(super) overlong: Option<usize>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, limits: &'t Limits) -> Self {
        Walk {
            tree,
            repeats: tree.syntax().repeats(),
            has_attributes: tree.has_attributes(),
            limits,
            quirks: Vec::new(),
            more_quirks: 0,
            more_losses: false,
            attributed: BTreeSet::new(),
            bare_items: 0,
            overlong: None,
        }
    }

    /// Reports a departure, with what stands in the body at the place.
    #[cold]
    pub(super) fn report(&mut self, kind: QuirkKind, place: &Place<'_>) {
        if self.is_full(kind) {
            return;
        }
        let found = cut(&self.tree.raw(place.id)).to_owned();
        self.push(kind, place, found);
    }

    /// Reports a departure with a text of its own.
    #[cold]
    pub(super) fn report_found(&mut self, kind: QuirkKind, place: &Place<'_>, found: &str) {
        if !self.is_full(kind) {
            self.push(kind, place, cut(found).to_owned());
        }
    }

    /// Reports a departure of the body as a whole.
    #[cold]
    pub(super) fn report_at(&mut self, kind: QuirkKind, offset: usize, found: &str) {
        if !self.is_full(kind) {
            self.quirks.push(Quirk { kind, path: Path::root(), offset, found: cut(found).to_owned() });
        }
    }

    fn is_full(&mut self, kind: QuirkKind) -> bool {
        let full = self.quirks.len() >= self.limits.quirks;
        if full {
            self.more_quirks = self.more_quirks.saturating_add(1);
            self.more_losses |= kind.loses_value();
        }
        full
    }

    fn push(&mut self, kind: QuirkKind, place: &Place<'_>, found: String) {
        let offset = self.tree.offset(place.anchor);
        self.quirks.push(Quirk { kind, path: place.path(), offset, found });
    }

    /// Reads the members of the record at a place.
    pub(super) fn record<R: Record>(&mut self, record: &mut R, place: &Place<'_>) {
        let tree = self.tree;
        for (id, node) in tree.children(place.id) {
            let name = tree.str(node.name);
            let field = match Field::exact(name) {
                Some(field) if R::has(field) => field,
                _ => match self.loosely::<R>(name, place, id, node.value) {
                    Some(field) => field,
                    None => continue,
                },
            };
            let member = place.member(field, id, node.value);
            self.report_attributes(&member);
            record.read(field, self, &member);
        }
    }

    /// The field with a name in another spelling; anything else is reported.
    #[cold]
    fn loosely<R: Record>(
        &mut self,
        name: &str,
        place: &Place<'_>,
        id: usize,
        value: Value,
    ) -> Option<Field> {
        if let Value::LooseText(_) = value {
            self.report(QuirkKind::TextForRecord, &place.through(id, value, place.anchor));
            return None;
        }
        match resolve::<R>(name) {
            Some((field, kind)) => {
                self.report_found(kind, &place.member(field, id, value), name);
                Some(field)
            }
            None => {
                self.report_unknown(&place.stranger(name, id, value));
                None
            }
        }
    }

    /// Reports a field that is not known.
    #[cold]
    pub(super) fn report_unknown(&mut self, stranger: &Place<'_>) {
        self.report_attributes(stranger);
        self.report(QuirkKind::UnknownField, stranger);
    }

    /// Attributes carry no field; they are reported once for each name of an element.
    #[inline]
    pub(super) fn report_attributes(&mut self, place: &Place<'_>) {
        if self.has_attributes {
            self.report_some_attributes(place);
        }
    }

    #[cold]
    fn report_some_attributes(&mut self, place: &Place<'_>) {
        if let Some(attributes) = self.tree.attributes(place.id)
            && self.attributed.insert(self.tree.name(place.id))
        {
            self.report_found(QuirkKind::Attribute, place, attributes);
        }
    }

    /// A list must not grow beyond the limit; that it would is told after the walk, as an error.
    fn has_room(&mut self, len: usize, place: &Place<'_>) -> bool {
        if len < self.limits.items {
            return true;
        }
        self.overlong.get_or_insert(place.anchor);
        false
    }
}

/// A field by another of its names or in another letter case.
pub(super) fn resolve<R: Record>(name: &str) -> Option<(Field, QuirkKind)> {
    let alias = |matches: &dyn Fn(&str) -> bool| {
        R::ALIASES.iter().find(|(alias, _)| matches(alias)).map(|(_, field)| (*field, QuirkKind::FieldAlias))
    };
    alias(&|alias| alias == name)
        .or_else(|| {
            Field::folded(name).filter(|field| R::has(*field)).map(|field| (field, QuirkKind::FieldCase))
        })
        .or_else(|| alias(&|alias| alias.eq_ignore_ascii_case(name)))
}

/// Whether a name is one of a record's fields, in any spelling.
pub(super) fn is_field<R: Record>(name: &str) -> bool {
    Field::exact(name).is_some_and(R::has) || resolve::<R>(name).is_some()
}

impl<C: Coercion> Shape<Option<C::Value>> for Scalar<C> {
    #[inline]
    fn read(&self, slot: &mut Option<C::Value>, walk: &mut Walk<'_>, place: &Place<'_>) {
        if slot.is_some() {
            walk.report(QuirkKind::DuplicateField, place);
            return;
        }
        let tree = walk.tree;
        let raw = match place.value {
            Value::Text(span) | Value::LooseText(span) => Raw::Text(tree.str(span)),
            Value::Int(bytes) => Raw::Int(i64::from_ne_bytes(bytes)),
            Value::Bool(value) => Raw::Bool(value),
            Value::Null => return,
            Value::Number => {
                let spelling = tree.raw(place.id);
                *slot = C::coerce(Raw::Number(&spelling), &mut |kind| walk.report(kind, place));
                return;
            }
            Value::List { .. } | Value::Record { .. } => {
                walk.report(QuirkKind::RecordForText, place);
                return;
            }
        };
        *slot = C::coerce(raw, &mut |kind| walk.report(kind, place));
    }

    #[inline]
    fn write<S: Sink>(&self, slot: &Option<C::Value>, field: Field, sink: &mut S) {
        if let Some(value) = slot {
            C::spell(value, &mut |spelled| sink.scalar(field, spelled, self.1));
        }
    }
}

impl<R: Record> Shape<Option<R>> for Nested {
    fn read(&self, slot: &mut Option<R>, walk: &mut Walk<'_>, place: &Place<'_>) {
        if slot.is_some() {
            walk.report(QuirkKind::DuplicateField, place);
            return;
        }
        if let Value::List { .. } = place.value {
            read_listed(walk, place, |walk, element| self.read(slot, walk, element));
            return;
        }
        if is_absent(walk, place) {
            return;
        }
        match place.value {
            Value::Record { .. } => {
                let mut record = R::default();
                walk.record(&mut record, place);
                // A record that says nothing is no record; else it could not be written and read again.
                *slot = Some(record).filter(|record| *record != R::default());
            }
            _ => walk.report(QuirkKind::TextForRecord, place),
        }
    }

    fn write<S: Sink>(&self, slot: &Option<R>, field: Field, sink: &mut S) {
        if let Some(record) = slot {
            sink.record(field, record);
        }
    }
}

/// Reads the elements of a list as if each stood in its place; a list within it is not used.
#[cold]
fn read_listed(walk: &mut Walk<'_>, place: &Place<'_>, mut read: impl FnMut(&mut Walk<'_>, &Place<'_>)) {
    walk.report(QuirkKind::ListForRecord, place);
    for (id, node) in walk.tree.children(place.id) {
        let element = place.through(id, node.value, place.anchor);
        match node.value {
            Value::List { .. } => walk.report(QuirkKind::Unreadable, &element),
            _ => read(walk, &element),
        }
    }
}

/// Whether a record or a list is present but empty: null, an empty text, an empty element.
fn is_absent(walk: &mut Walk<'_>, place: &Place<'_>) -> bool {
    match place.value {
        Value::Null => true,
        Value::Text(span) if walk.tree.str(span).trim().is_empty() => {
            // In XML an empty element is how an empty record is written.
            if !walk.repeats {
                walk.report(QuirkKind::EmptyValue, place);
            }
            true
        }
        _ => false,
    }
}

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

impl Shape<Vec<String>> for NameList {
    fn read(&self, slot: &mut Vec<String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        read_list(self, slot, walk, place);
    }

    fn write<S: Sink>(&self, slot: &Vec<String>, field: Field, sink: &mut S) {
        if !slot.is_empty() {
            sink.names(field, self.1, slot);
        }
    }
}

/// The items of a list: what is one, and how it is read.
trait Items<T> {
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
fn read_list<T>(items: &impl Items<T>, list: &mut Vec<T>, walk: &mut Walk<'_>, place: &Place<'_>) {
    if !walk.repeats && !list.is_empty() {
        walk.report(QuirkKind::DuplicateField, place);
        return;
    }
    if is_absent(walk, place) {
        return;
    }
    // Only when it is full, and so once: were it left at that length, each further repetition would count again.
    if walk.repeats && list.len() == MANY && list.capacity() == MANY {
        list.reserve_exact(repetitions(walk, place).min(walk.limits.items));
    }
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
    let own = std::iter::successors(Some(place), |place| place.parent).find_map(|place| match place.step {
        Step::Field(field) => Some(field.as_str()),
        _ => None,
    });
    std::iter::once(items.wrapper())
        .chain(own)
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

impl NameList {
    /// Reads one of many names under one field. A record there is not looked into: else a body could choose how
    /// deep the walk goes.
    fn read_name(&self, list: &mut Vec<String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        if !walk.has_room(list.len(), place) {
            return;
        }
        let item = place.item(list.len());
        match place.value {
            Value::Record { .. } | Value::List { .. } => walk.report(QuirkKind::UnknownItem, &item),
            _ => list.extend(self.read_plain(walk, &item)),
        }
    }
}

impl Items<String> for NameList {
    fn wrapper(&self) -> &'static str {
        self.0
    }

    #[inline]
    fn is_field(&self, name: &str) -> bool {
        let known = self.1.as_str();
        name == known || name.eq_ignore_ascii_case(known)
    }

    fn room(&self, _: &Walk<'_>, _: usize, len: usize) -> usize {
        len
    }

    /// One name under its field; or many, repeated in XML or listed in JSON, each of them an item.
    fn read_record(&self, list: &mut Vec<String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        match self.lone_name(walk, place) {
            Some(name) => list.push(name.to_owned()),
            None => self.read_names(list, walk, place),
        }
    }

    fn read_plain(&self, walk: &mut Walk<'_>, item: &Place<'_>) -> Option<String> {
        if !walk.repeats && !walk.has_room(walk.bare_items, item) {
            return None;
        }
        walk.bare_items = walk.bare_items.saturating_add(1);
        let mut name = None;
        Scalar(Text, JsonType::Text).read(&mut name, walk, item);
        let kind = if name.is_some() { QuirkKind::TextForItem } else { QuirkKind::UnknownItem };
        walk.report(kind, item);
        name
    }
}

impl NameList {
    /// The name in a record that holds nothing else, as nearly all do.
    #[inline]
    fn lone_name<'t>(&self, walk: &Walk<'t>, place: &Place<'_>) -> Option<&'t str> {
        let mut members = walk.tree.children(place.id);
        let (_, member) = members.next()?;
        let Value::Text(name) = member.value else { return None };
        let is_lone =
            members.next().is_none() && !walk.has_attributes && walk.tree.str(member.name) == self.1.as_str();
        Some(walk.tree.str(name)).filter(|name| is_lone && !name.is_empty())
    }

    #[cold]
    fn read_names(&self, list: &mut Vec<String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        let NameList(_, field) = *self;
        let tree = walk.tree;
        let named = tree.children(place.id).filter(|(_, node)| self.is_field(tree.str(node.name))).count();
        let mut name = None;
        let before = list.len();
        for (id, node) in tree.children(place.id) {
            let item = place.item(list.len());
            let member = item.member(field, id, node.value);
            match tree.str(node.name) {
                _ if matches!(node.value, Value::LooseText(_)) => {
                    walk.report(QuirkKind::TextForRecord, &place.through(id, node.value, place.anchor));
                    continue;
                }
                stranger if !self.is_field(stranger) => {
                    walk.report_unknown(&item.stranger(stranger, id, node.value));
                    continue;
                }
                exact if exact == field.as_str() => {}
                other_case => walk.report_found(QuirkKind::FieldCase, &member, other_case),
            }
            walk.report_attributes(&member);
            match node.value {
                Value::List { .. } => {
                    for (element, node) in tree.children(id) {
                        self.read_name(list, walk, &place.through(element, node.value, id));
                    }
                }
                _ if walk.repeats && named > 1 => {
                    self.read_name(list, walk, &place.through(id, node.value, id));
                }
                _ => Scalar(Text, JsonType::Text).read(&mut name, walk, &member),
            }
        }
        match name {
            Some(name) => list.push(name),
            // A field, but no value: an item made of that would be a phantom.
            None if list.len() == before => walk.report(QuirkKind::EmptyValue, &place.item(list.len())),
            None => {}
        }
    }
}

impl Shape<BTreeMap<String, String>> for Texts {
    fn read(&self, slot: &mut BTreeMap<String, String>, walk: &mut Walk<'_>, place: &Place<'_>) {
        if !slot.is_empty() {
            walk.report(QuirkKind::DuplicateField, place);
            return;
        }
        if is_absent(walk, place) {
            return;
        }
        match place.value {
            Value::Record { .. } => {}
            Value::List { .. } => {
                read_listed(walk, place, |walk, element| self.read(slot, walk, element));
                return;
            }
            _ => {
                walk.report(QuirkKind::TextForRecord, place);
                return;
            }
        }
        for (id, node) in walk.tree.children(place.id) {
            let name = walk.tree.str(node.name);
            let member = place.stranger(name, id, node.value);
            if let Value::LooseText(_) = node.value {
                walk.report(QuirkKind::TextForRecord, &place.through(id, node.value, place.anchor));
                continue;
            }
            if !is_plain_name(name) {
                walk.report_unknown(&member);
                continue;
            }
            walk.report_attributes(&member);
            if slot.contains_key(name) {
                walk.report(QuirkKind::DuplicateField, &member);
                continue;
            }
            if !walk.has_room(slot.len(), &member) {
                return;
            }
            let mut text = None;
            Scalar(Text, JsonType::Text).read(&mut text, walk, &member);
            if let Some(text) = text {
                slot.insert(name.to_owned(), text);
            }
        }
    }

    fn write<S: Sink>(&self, slot: &BTreeMap<String, String>, field: Field, sink: &mut S) {
        if !slot.is_empty() {
            sink.texts(field, slot.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        }
    }
}

/// Whether a name can be written in both formats.
fn is_plain_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}
