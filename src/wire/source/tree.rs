//! A tree as the source of records.

use std::borrow::Cow;

use super::{Content, Entry, MANY, Source};
use crate::field::Field;
use crate::wire::tree::{Children, Node, Tree, Value};

impl<'t> Tree<'t> {
    /// A node of the tree as the walk reads it.
    #[inline]
    pub(in crate::wire) fn entry(&'t self, id: usize) -> Entry<'t> {
        self.entry_of(id, self.value(id), id)
    }

    #[inline]
    fn entry_of(&'t self, id: usize, value: Value, anchor: usize) -> Entry<'t> {
        let content = match value {
            Value::Null => Content::Null,
            Value::Bool(value) => Content::Bool(value),
            Value::Int(bytes) => Content::Int(i64::from_ne_bytes(bytes)),
            Value::Number => Content::Number,
            Value::Text(span) => Content::Text(self.str(span).into()),
            Value::LooseText(span) => Content::LooseText(self.str(span).into()),
            Value::List { .. } => Content::List,
            Value::Record { .. } => Content::Record,
        };
        Entry { field: None, content, place: id, anchor, may_have_attributes: self.has_attributes() }
    }
}

impl<'t> Source<'t> for &'t Tree<'t> {
    type Inside = Children<'t>;
    type Mark = ();

    #[inline]
    fn repeats(&self) -> bool {
        self.syntax().repeats()
    }

    #[inline]
    fn open(&mut self, entry: &Entry<'_>) -> Children<'t> {
        self.children(entry.place)
    }

    #[inline]
    fn member(&mut self, inside: &mut Children<'t>) -> Option<(&'t str, Entry<'t>)> {
        let (id, node) = inside.next()?;
        let name = self.str(node.name);
        Some((name, Entry { field: Field::exact(name), ..self.entry_of(id, node.value, id) }))
    }

    #[inline]
    fn element(&mut self, inside: &mut Children<'t>, anchor: usize) -> Option<Entry<'t>> {
        let (id, node) = inside.next()?;
        Some(self.entry_of(id, node.value, anchor))
    }

    #[inline]
    fn is_empty(&mut self, entry: &Entry<'_>) -> bool {
        self.children(entry.place).next().is_none()
    }

    /// A tree can be read again at any time.
    #[inline]
    fn mark(&self) {}

    #[inline]
    fn restore(&mut self, (): &()) {}

    fn find_sibling(
        &mut self,
        parent: &Entry<'_>,
        is: &mut dyn FnMut(&str, &Entry<'_>) -> bool,
    ) -> Option<Entry<'t>> {
        let mut members = self.children(parent.place);
        std::iter::from_fn(|| self.member(&mut members))
            .find(|(name, entry)| is(name, entry))
            .map(|(_, entry)| entry)
    }

    /// A record is forty times as large as the shortest element that is none, so for long lists it pays to count.
    fn len(&self, entry: &Entry<'_>, records: bool) -> usize {
        let Value::List { len, .. } = self.value(entry.place) else { return 0 };
        let may_be_item = |(id, node): &(usize, Node)| match node.value {
            Value::Record { end, .. } => end as usize > id.saturating_add(1),
            _ => false,
        };
        match len as usize {
            len if records && len > MANY => self.children(entry.place).filter(may_be_item).count(),
            len => len,
        }
    }

    /// In XML, the number of members with the same name; but only once, as it takes a search.
    #[cold]
    fn more_room(&self, len: usize, entry: &Entry<'_>, parent: Option<&Entry<'_>>) -> usize {
        if len != MANY || !self.repeats() {
            return len.max(4);
        }
        let name = self.name(entry.place);
        let siblings = parent.map_or(entry.place, |parent| parent.place);
        self.children(siblings).filter(|(_, node)| self.str(node.name) == name).count()
    }

    fn offset(&self, anchor: usize) -> usize {
        Tree::offset(self, anchor)
    }

    fn raw<'e>(&'e self, entry: &'e Entry<'_>) -> Cow<'e, str> {
        Tree::raw(self, entry.place)
    }

    #[cold]
    fn attributes(&self, entry: &Entry<'_>) -> Option<(&'t str, Cow<'t, str>)> {
        let attributes = Tree::attributes(self, entry.place)?;
        Some((self.name(entry.place), attributes.into()))
    }
}
