//! What only JSON knows about its tree: [`Json`].

use std::borrow::Cow;
use std::iter;

use crate::excerpt;
use crate::wire::tree::{NodeOffsets, Syntax, Tree, Value, narrow};

/// The syntax of JSON.
pub(super) struct Json;

impl Syntax for Json {
    fn repeats(&self) -> bool {
        false
    }

    fn offset(&self, tree: &Tree<'_>, id: usize) -> usize {
        if id == 0 {
            return 0;
        }
        let Some(node) = tree.nodes().get(id) else { return 0 };
        match node.name.start() {
            // The quote is before the name.
            Some(start) if start > 0 => start.saturating_sub(1),
            _ => tree.offsets(id).map_or(0, |place| place.key as usize),
        }
    }

    fn raw<'t>(&self, tree: &'t Tree<'_>, id: usize) -> Cow<'t, str> {
        match tree.value(id) {
            Value::Null => "null".into(),
            Value::Bool(value) => if value { "true" } else { "false" }.into(),
            Value::Int(bytes) => i64::from_ne_bytes(bytes).to_string().into(),
            Value::Number => number(tree, id).into(),
            Value::Text(span) | Value::LooseText(span) => tree.str(span).into(),
            Value::List { .. } | Value::Record { .. } => container_at(from(tree, id)).into(),
        }
    }

    fn node_offsets(&self, tree: &Tree<'_>) -> Vec<NodeOffsets> {
        let mut all = Vec::with_capacity(tree.nodes().len());
        all.extend(node_offsets(tree.text(), tree.start()));
        all
    }
}

/// The spelling of a number in the body.
pub(super) fn number<'t>(tree: &'t Tree<'_>, id: usize) -> &'t str {
    number_at(from(tree, id))
}

/// The text from a node's value on.
fn from<'t>(tree: &'t Tree<'_>, id: usize) -> &'t str {
    tree.offsets(id).and_then(|place| tree.text().get(place.value as usize..)).unwrap_or_default()
}

/// The number that a text begins with; empty if something else does.
pub(in crate::wire) fn number_at(from: &str) -> &str {
    let end =
        from.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(from.len());
    from.get(..end).unwrap_or_default()
}

/// The object or the list that a text begins with, as far as it is shown.
pub(in crate::wire) fn container_at(from: &str) -> &str {
    let shown = excerpt::cut(from);
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (index, byte) in shown.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return shown.get(..=index).unwrap_or(shown);
        }
    }
    shown
}

/// The offsets of every node of a well-formed text, in the order of the text, which is the order of the nodes.
#[cold]
pub(super) fn node_offsets(text: &str, start: usize) -> impl Iterator<Item = NodeOffsets> {
    let mut key = 0;
    let mut rest = text.bytes().enumerate().skip(start).peekable();
    iter::from_fn(move || {
        loop {
            let (start, byte) = rest.next()?;
            match byte {
                b'"' => {
                    let mut escaped = false;
                    for (_, byte) in rest.by_ref() {
                        match byte {
                            _ if escaped => escaped = false,
                            b'\\' => escaped = true,
                            b'"' => break,
                            _ => {}
                        }
                    }
                    while rest.next_if(|(_, byte)| byte.is_ascii_whitespace()).is_some() {}
                    if rest.next_if(|(_, byte)| *byte == b':').is_some() {
                        key = narrow(start);
                        continue;
                    }
                }
                b'{' | b'[' => {}
                b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                    let goes_on =
                        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
                    while rest.next_if(|(_, byte)| goes_on(*byte)).is_some() {}
                }
                _ => continue,
            }
            return Some(NodeOffsets { key, value: narrow(start) });
        }
    })
}
