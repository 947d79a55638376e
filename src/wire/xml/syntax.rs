//! What only XML knows about its tree: [`Xml`].

use std::borrow::Cow;

use crate::wire::tree::{NodeOffsets, Syntax, Tree, Value};

/// The syntax of XML.
pub(super) struct Xml;

impl Syntax for Xml {
    fn repeats(&self) -> bool {
        true
    }

    fn offset(&self, tree: &Tree<'_>, id: usize) -> usize {
        let name = tree.nodes().get(id).and_then(|node| node.name.start()).unwrap_or(0);
        // There may be a prefix between the `<` and the name.
        tree.text().get(..name).and_then(|before| before.rfind('<')).unwrap_or(0)
    }

    fn raw<'t>(&self, tree: &'t Tree<'_>, id: usize) -> Cow<'t, str> {
        match tree.value(id) {
            Value::Text(span) | Value::LooseText(span) => tree.str(span).into(),
            Value::Record { close, .. } => inner(tree, id, close as usize).into(),
            _ => "".into(),
        }
    }

    /// The nodes themselves have their offsets.
    fn node_offsets(&self, _: &Tree<'_>) -> Vec<NodeOffsets> {
        Vec::new()
    }
}

/// The text between the tags of an element.
fn inner<'t>(tree: &'t Tree<'_>, id: usize, close: usize) -> &'t str {
    let name_end = tree.nodes().get(id).map_or(0, |node| node.name.end());
    // The reader skips the blanks before a tag, but here they are content.
    let blanks = tree.text().get(close..).and_then(|rest| rest.find('<')).unwrap_or(0);
    let tag = tree.text().get(name_end..close.saturating_add(blanks)).unwrap_or_default();
    let mut quote = None;
    let tag_end = tag.bytes().position(|byte| match (quote, byte) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        (Some(open), _) if open == byte => {
            quote = None;
            false
        }
        _ => false,
    });
    tag_end.and_then(|end| tag.get(end.saturating_add(1)..)).unwrap_or_default()
}
