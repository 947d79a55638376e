//! What the records are read from, in either format: [`Source`], [`Entry`], [`Content`].
//!
//! A body in usual form is read by a cursor over its text, any other by way of a tree. A cursor meets each entry once
//! and in order. What it cannot read makes it give up: from then on it finds nothing, and the body is read again by way
//! of a tree, which has the last word.

mod json;
mod scan;
mod tree;
mod xml;

use std::borrow::Cow;

pub(super) use self::json::JsonCursor;
pub(super) use self::xml::XmlCursor;
use crate::field::Field;

/// A value of a body: a member of a record, or an element of a list.
pub(super) struct Entry<'a> {
    /// The field with exactly the name of the member.
    pub(super) field: Option<Field>,
    pub(super) content: Content<'a>,
    /// The place of the value: the id of a node of a tree, or an offset in the text.
    pub(super) place: usize,
    /// The place of the nearest key or element, whose offset is reported.
    pub(super) anchor: usize,
    /// False if the value surely has no attributes.
    pub(super) may_have_attributes: bool,
}

/// What a value is.
pub(super) enum Content<'a> {
    Null,
    Bool(bool),
    Int(i64),
    /// A number that is not an `i64`. [`Source::raw`] returns its spelling.
    Number,
    Text(Cow<'a, str>),
    /// Text between the members of a record.
    LooseText(Cow<'a, str>),
    List,
    Record,
}

impl Content<'_> {
    /// Returns true for a record or a list.
    #[inline]
    pub(super) fn is_container(&self) -> bool {
        matches!(self, Content::List | Content::Record)
    }
}

/// What the records are read from.
///
/// Entries must be used in order: the record or list that was found last may be opened, and one that is open must be
/// read to its end.
pub(super) trait Source<'a> {
    /// A record or a list that is open.
    type Inside;
    /// A state to return to.
    type Mark;

    /// Returns true if a list is written as repeated members of the enclosing record.
    fn repeats(&self) -> bool;
    /// Opens a record or a list.
    fn open(&mut self, entry: &Entry<'_>) -> Self::Inside;
    /// The next member of a record with its name.
    fn member(&mut self, inside: &mut Self::Inside) -> Option<(&'a str, Entry<'a>)>;
    /// The next element of a list; its anchor is that of the list.
    fn element(&mut self, inside: &mut Self::Inside, anchor: usize) -> Option<Entry<'a>>;
    /// Returns true if a record or a list has nothing inside.
    fn is_empty(&mut self, entry: &Entry<'_>) -> bool;
    /// The state before a record that was found and not opened.
    fn mark(&self) -> Self::Mark;
    /// Returns to a record, which can then be opened again.
    fn restore(&mut self, mark: &Self::Mark);
    /// The first member of a record that is as asked. The record is open.
    fn find_sibling(
        &mut self,
        parent: &Entry<'_>,
        is: &mut dyn FnMut(&str, &Entry<'_>) -> bool,
    ) -> Option<Entry<'a>>;
    /// The number of elements of a list, if it is at hand. `records`: only those that may be records count.
    fn len(&self, entry: &Entry<'_>, records: bool) -> usize;
    /// The number of items to make room for in a list that is full with `len` items. `entry` is a value of the list,
    /// `parent` the record around it.
    fn more_room(&self, len: usize, entry: &Entry<'_>, parent: Option<&Entry<'_>>) -> usize;
    /// The offset of an anchor in the text.
    fn offset(&self, anchor: usize) -> usize;
    /// The spelling of a value; of a long record or list at least the beginning.
    fn raw<'e>(&'e self, entry: &'e Entry<'_>) -> Cow<'e, str>;
    /// The name and the attributes of an element that has some.
    fn attributes(&self, entry: &Entry<'_>) -> Option<(&'a str, Cow<'a, str>)>;

    /// Returns true if a member of a record is as asked. The record can still be opened.
    fn any_member(&mut self, entry: &Entry<'_>, is: &mut dyn FnMut(&str, &Entry<'_>) -> bool) -> bool {
        let mark = self.mark();
        let mut inside = self.open(entry);
        let mut found = false;
        while !found && let Some((name, entry)) = self.member(&mut inside) {
            found = is(name, &entry);
        }
        self.restore(&mark);
        found
    }

    /// The text of a record that has one member, this field, and nothing else, if that is quickly seen. Then the record
    /// is read; otherwise it can still be opened.
    #[inline]
    fn lone_text(&mut self, entry: &Entry<'_>, field: Field) -> Option<&'a str> {
        let mark = self.mark();
        let mut inside = self.open(entry);
        if let Some((_, member)) = self.member(&mut inside)
            && let Content::Text(Cow::Borrowed(text)) = member.content
            && member.field == Some(field)
            && !member.may_have_attributes
            && self.member(&mut inside).is_none()
        {
            return Some(text);
        }
        self.restore(&mark);
        None
    }
}

/// A source that reads a text once and in order.
pub(super) trait Cursor<'a>: Source<'a> {
    /// Returns true if the whole text was read, within the limits.
    fn is_done(&mut self) -> bool;
}

/// The deepest that a cursor goes, so that it needs little stack; serde_json goes a little deeper.
const DEEPEST: usize = 120;

/// From this number of items on, it pays to find out how many may follow.
pub(super) const MANY: usize = 32;

/// The number of items to make room for in a list that is full with `len` items: in a long list as many as the rest of
/// the text promises, which is read up to an offset.
fn promised(len: usize, offset: usize, all: usize) -> usize {
    const SURE: usize = 16 * MANY;
    if len < SURE {
        return len.max(4);
    }
    let left = all.saturating_sub(offset);
    let promised = len.saturating_mul(left).checked_div(offset).unwrap_or_default();
    promised.saturating_add(promised / 32).max(len / 8)
}
