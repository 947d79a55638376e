//! A body as a tree of small nodes over its text: [`Tree`], [`Builder`].
//!
//! It knows no format, no field name and no quirk: the readers of the formats build it, the records are read from it.
//! Nodes are in the order of the body, a container before its children, and point into the text instead of owning it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use super::limits::Limits;
use crate::model::ErrorKind;

/// A body as a tree.
pub(super) struct Tree<'a> {
    text: &'a str,
    /// The start of the body in the text.
    start: usize,
    /// Texts that have escapes in the body or come in pieces.
    joined: String,
    nodes: Vec<Node>,
    /// The elements with attributes, and the text of these, in the order of the body.
    attributes: Vec<(usize, Span)>,
    /// The text of the document type declaration.
    pub(super) doctype: Option<Span>,
    syntax: &'static dyn Syntax,
    node_offsets: OnceCell<Vec<NodeOffsets>>,
}

/// What only the format of a body knows about its tree.
pub(super) trait Syntax: Sync {
    /// Returns true if a list is written as repeated members of the enclosing record.
    fn repeats(&self) -> bool;
    /// The offset of a node: of its key or its element.
    fn offset(&self, tree: &Tree<'_>, id: usize) -> usize;
    /// The spelling of a node's value; of a long container at least the beginning.
    fn raw<'t>(&self, tree: &'t Tree<'_>, id: usize) -> Cow<'t, str>;
    /// The offsets of every node, found again in the text.
    fn node_offsets(&self, tree: &Tree<'_>) -> Vec<NodeOffsets>;
}

/// A value in a body, with its name if it is a member of a record.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) name: Span,
    pub(super) value: Value,
}

/// The value of a node.
#[derive(Clone, Copy)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// The bytes of an `i64`; as bytes, so that a node takes 20 bytes and not 24.
    Int([u8; 8]),
    /// A number that is not an `i64`. Only its spelling is exact.
    Number,
    Text(Span),
    /// Text between the members of a record.
    LooseText(Span),
    List {
        /// The node after the last one inside.
        end: u32,
        len: u32,
    },
    Record {
        /// The node after the last one inside.
        end: u32,
        /// The end of the content in the text, if the reader knows it.
        close: u32,
    },
}

/// A piece of the text, or of the texts that were joined from pieces of it.
#[derive(Clone, Copy)]
pub(super) struct Span {
    start: u32,
    /// The highest bit marks a piece of a joined text.
    len: u32,
}

/// The offsets of a node's key and value in the text.
#[derive(Clone, Copy)]
pub(super) struct NodeOffsets {
    pub(super) key: u32,
    pub(super) value: u32,
}

/// The id of the document, which encloses the nodes at the top.
pub(super) const DOCUMENT: usize = usize::MAX;

const JOINED: u32 = 1 << 31;

/// The longest body that a [`Span`] can point into.
pub(super) const MAX_BYTES: usize = JOINED as usize - 1;

impl Span {
    pub(super) const NONE: Span = Span { start: 0, len: 0 };

    /// A piece of the text, from one offset to another.
    #[inline]
    pub(super) fn between(start: usize, end: usize) -> Self {
        Span { start: narrow(start), len: narrow(end.saturating_sub(start)) }
    }

    fn range(self) -> std::ops::Range<usize> {
        let start = self.start as usize;
        start..start.saturating_add(self.len())
    }

    #[inline]
    pub(super) fn len(self) -> usize {
        (self.len & !JOINED) as usize
    }

    /// The offset of the piece in the text, unless it was joined.
    pub(super) fn start(self) -> Option<usize> {
        (self.len & JOINED == 0).then_some(self.start as usize)
    }

    /// The end of the piece in the text; meaningless for a joined piece.
    pub(super) fn end(self) -> usize {
        self.range().end
    }
}

impl<'a> Tree<'a> {
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// The same tree over another text of the same length, with the same pieces at the same offsets.
    pub(super) fn over(self, text: &str) -> Tree<'_> {
        let Tree { text: _, start, joined, nodes, attributes, doctype, syntax, node_offsets } = self;
        Tree { text, start, joined, nodes, attributes, doctype, syntax, node_offsets }
    }

    pub(super) fn syntax(&self) -> &'static dyn Syntax {
        self.syntax
    }

    #[inline]
    pub(super) fn str(&self, span: Span) -> &str {
        let source = if span.len & JOINED == 0 { self.text } else { &self.joined };
        source.get(span.range()).unwrap_or_default()
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    #[inline]
    pub(super) fn value(&self, id: usize) -> Value {
        self.nodes.get(id).map_or(Value::Null, |node| node.value)
    }

    #[inline]
    pub(super) fn name(&self, id: usize) -> &str {
        self.nodes.get(id).map_or("", |node| self.str(node.name))
    }

    /// Returns true for a value that says nothing.
    pub(super) fn says_nothing(&self, id: usize) -> bool {
        match self.value(id) {
            Value::Null => true,
            Value::Text(text) => self.str(text).trim().is_empty(),
            Value::List { .. } | Value::Record { .. } => self.children(id).next().is_none(),
            _ => false,
        }
    }

    /// The nodes directly inside a container; none inside anything else. Inside [`DOCUMENT`] are those at the top:
    /// one, but in a body without a root.
    #[inline]
    pub(super) fn children(&self, id: usize) -> Children<'_> {
        if id == DOCUMENT {
            return Children { nodes: &self.nodes, next: 0, end: self.nodes.len() };
        }
        let next = id.saturating_add(1);
        let end = match self.value(id) {
            Value::List { end, .. } | Value::Record { end, .. } => end as usize,
            _ => next,
        };
        Children { nodes: &self.nodes, next, end }
    }

    pub(super) fn has_attributes(&self) -> bool {
        !self.attributes.is_empty()
    }

    /// The text of an element's attributes, if it has some.
    pub(super) fn attributes(&self, id: usize) -> Option<&str> {
        let index = self.attributes.binary_search_by_key(&id, |(element, _)| *element).ok()?;
        self.attributes.get(index).map(|(_, span)| self.str(*span))
    }

    pub(super) fn offset(&self, id: usize) -> usize {
        self.syntax.offset(self, id)
    }

    pub(super) fn raw(&self, id: usize) -> Cow<'_, str> {
        self.syntax.raw(self, id)
    }

    /// The offsets of a node, for a format that must search for them; all are found at the first call.
    pub(super) fn offsets(&self, id: usize) -> Option<NodeOffsets> {
        self.node_offsets.get_or_init(|| self.syntax.node_offsets(self)).get(id).copied()
    }
}

/// The nodes directly inside a container.
pub(super) struct Children<'t> {
    nodes: &'t [Node],
    next: usize,
    end: usize,
}

impl Iterator for Children<'_> {
    type Item = (usize, Node);

    #[inline]
    fn next(&mut self) -> Option<(usize, Node)> {
        if self.next >= self.end {
            return None;
        }
        let id = self.next;
        let node = *self.nodes.get(id)?;
        self.next = match node.value {
            Value::List { end, .. } | Value::Record { end, .. } => end as usize,
            _ => id.saturating_add(1),
        };
        Some((id, node))
    }
}

/// Builds a [`Tree`], and checks limits for the readers.
pub(super) struct Builder<'a, 'l> {
    tree: Tree<'a>,
    limits: &'l Limits,
    base: usize,
}

/// A limit that a body exceeds.
#[derive(Debug)]
pub(super) struct Excess {
    pub(super) kind: ErrorKind,
    pub(super) message: String,
}

impl Excess {
    #[cold]
    pub(super) fn new(kind: ErrorKind, message: fmt::Arguments<'_>) -> Box<Self> {
        Box::new(Excess { kind, message: message.to_string() })
    }

    /// More values than the limit.
    #[cold]
    fn nodes(limits: &Limits) -> Box<Self> {
        Excess::new(ErrorKind::TooManyNodes, format_args!("more than {} values", limits.nodes))
    }
}

impl<'a, 'l> Builder<'a, 'l> {
    pub(super) fn new(text: &'a str, start: usize, syntax: &'static dyn Syntax, limits: &'l Limits) -> Self {
        // A documented body has a node for every 30 bytes, a minified one for every 16.
        let capacity = (text.len() / 16).saturating_add(32).min(limits.nodes);
        let tree = Tree {
            text,
            start,
            joined: String::new(),
            nodes: Vec::with_capacity(capacity),
            attributes: Vec::new(),
            doctype: None,
            syntax,
            node_offsets: OnceCell::new(),
        };
        Builder { tree, limits, base: text.as_ptr().addr() }
    }

    pub(super) fn tree(&self) -> &Tree<'a> {
        &self.tree
    }

    pub(super) fn finish(self) -> Tree<'a> {
        self.tree
    }

    /// The number of nodes so far, which is the next one's id.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Adds a node.
    #[inline]
    pub(super) fn push(&mut self, name: Span, value: Value) -> Result<usize, Box<Excess>> {
        let id = self.tree.nodes.len();
        if id >= self.limits.nodes {
            return Err(Excess::nodes(self.limits));
        }
        if id == self.tree.nodes.capacity() {
            self.grow();
        }
        self.tree.nodes.push(Node { name, value });
        Ok(id)
    }

    /// Gives a node its value, known only at its end.
    #[inline]
    pub(super) fn set(&mut self, id: usize, value: Value) {
        if let Some(node) = self.tree.nodes.get_mut(id) {
            node.value = value;
        }
    }

    #[inline]
    pub(super) fn end(&self) -> u32 {
        narrow(self.tree.nodes.len())
    }

    pub(super) fn attribute(&mut self, id: usize, attributes: Span) {
        self.tree.attributes.push((id, attributes));
    }

    pub(super) fn doctype(&mut self, doctype: Span) {
        self.tree.doctype = Some(doctype);
    }

    /// The span of a piece of the text.
    #[inline]
    pub(super) fn span(&self, piece: &str) -> Span {
        let start = piece.as_ptr().addr().wrapping_sub(self.base);
        Span { start: narrow(start), len: narrow(piece.len()) }
    }

    /// Copies a piece that is not in the text as it is, or adds it to the last one begun.
    pub(super) fn join(&mut self, piece: &str) {
        self.tree.joined.push_str(piece);
    }

    /// Copies a piece of the text to the joined texts.
    pub(super) fn rejoin(&mut self, span: Span) {
        self.tree.joined.push_str(self.tree.text.get(span.range()).unwrap_or_default());
    }

    /// The start of the next joined piece.
    pub(super) fn joined(&self) -> usize {
        self.tree.joined.len()
    }

    /// The span of everything joined since a start.
    pub(super) fn joined_since(&self, start: usize) -> Span {
        let len = self.tree.joined.len().saturating_sub(start);
        Span { start: narrow(start), len: narrow(len) | JOINED }
    }

    /// Checks the length of a text or a name.
    #[inline]
    pub(super) fn check_len(&self, len: usize, limit: usize, what: &str) -> Result<(), Box<Excess>> {
        if len > limit {
            return Err(Excess::new(
                ErrorKind::TooLarge,
                format_args!("a {what} of more than {limit} bytes"),
            ));
        }
        Ok(())
    }

    pub(super) fn limits(&self) -> &'l Limits {
        self.limits
    }

    /// Doubles the capacity, but never beyond the limit of nodes.
    #[cold]
    fn grow(&mut self) {
        let len = self.tree.nodes.len();
        let more = len.max(16).min(self.limits.nodes.saturating_sub(len).max(1));
        self.tree.nodes.reserve_exact(more);
    }
}

/// An offset as a node keeps it; bodies beyond [`MAX_BYTES`] are refused before they are read.
#[inline]
pub(super) fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_small() {
        assert_eq!(size_of::<Node>(), 20);
    }

    #[test]
    fn the_longest_body_is_not_taken_for_a_joined_piece() {
        let whole = Span::between(0, MAX_BYTES);
        assert_eq!((whole.start(), whole.len(), whole.end()), (Some(0), MAX_BYTES, MAX_BYTES));
    }
}
