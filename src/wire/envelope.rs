//! Envelopes around a response in JSON, and SDKs' dumps of one (docs/wire.md, section 3): [`open`].

use super::names::Names;
use super::quirk::QuirkKind;
use super::record::{Location, TreeReader, holds_response};
use super::root_name::{is_envelope, operation_with_root};
use super::survey::status_of;
use super::tree::{Node, Tree, Value};
use crate::field::{DUMP_BODY, DUMP_SIBLINGS, DUMP_STATUS, Field, same_name, says_success};
use crate::model::Operation;

/// The node inside all envelopes: an object, or the text of a dump's body; the root if there is no envelope. Also the
/// operation that the innermost is named after. `status` becomes the HTTP status of a dump, if that is higher.
pub(super) fn open(
    reader: &mut TreeReader<'_>,
    asked: Option<Operation>,
    status: &mut Option<u16>,
) -> (usize, Option<Operation>) {
    /// A dump of a response in its own envelope.
    const ENVELOPES: usize = 2;
    let mut id = 0;
    let mut named = None;
    for _ in 0..ENVELOPES {
        let Some(inside) = inside(reader.source, id, asked) else { break };
        report(reader, id, inside, asked, status);
        named = operation_with_root(reader.source.name(inside));
        id = inside;
    }
    (id, named)
}

/// The object or the text inside an envelope, if the object is one.
fn inside<'t>(tree: &'t Tree<'t>, id: usize, asked: Option<Operation>) -> Option<usize> {
    // Nearly every body begins with a field.
    let is_job_field = |name: &str| {
        let field = Field::exact(name).or_else(|| Field::folded(name).next());
        !matches!(field, Some(Field::Code | Field::Message)) && Names::any_knows(asked, name)
    };
    if tree.children(id).any(|(_, node)| is_job_field(tree.str(node.name))) {
        return None;
    }
    let is_dump = tree
        .children(id)
        .any(|(_, node)| DUMP_SIBLINGS.iter().any(|known| same_name(known, tree.str(node.name))));
    let holds_body = |&(id, node): &(usize, Node)| {
        let name = tree.str(node.name);
        is_envelope(name, asked)
            && match node.value {
                Value::Record { .. } => true,
                Value::Text(_) => {
                    same_name(DUMP_BODY, name) && (is_dump || holds_response(&mut { tree }, &tree.entry(id)))
                }
                _ => false,
            }
    };
    let mut bodies = tree.children(id).filter(holds_body);
    let first = bodies.next()?;
    // An empty one gives way to one with content.
    let has_content = |(id, _): &(usize, Node)| holds_response(&mut { tree }, &tree.entry(*id));
    Some(if has_content(&first) { first } else { bodies.find(has_content).unwrap_or(first) }.0)
}

/// Reports everything in an envelope but the response.
fn report(
    reader: &mut TreeReader<'_>,
    envelope: usize,
    inside: usize,
    asked: Option<Operation>,
    status: &mut Option<u16>,
) {
    let tree = reader.source;
    let outer = tree.entry(envelope);
    let outer = Location::root(&outer);
    for (id, node) in tree.children(envelope) {
        let name = tree.str(node.name);
        let entry = tree.entry(id);
        let root = Location::root(&entry);
        let member = outer.unknown_member(name, &entry);
        if id == inside {
            reader.report_found(QuirkKind::Envelope, &root, name);
        } else if is_envelope(name, asked) {
            match is_empty(tree, id) {
                true => reader.report(QuirkKind::RepeatedName, &root),
                false => reader.report_duplicate(&root, false),
            }
        } else if DUMP_SIBLINGS.iter().any(|known| same_name(known, name)) {
            reader.report(QuirkKind::Envelope, &member);
            if same_name(DUMP_STATUS, name) {
                let read = status_of(tree, id);
                *status = (*status).max(read);
                if read.is_none() && !is_empty(tree, id) {
                    reader.report(QuirkKind::Unreadable, &outer.member(Field::HttpStatusCode, &entry));
                }
            }
        } else if Field::folded(name).next() == Some(Field::Code) && says_failure(tree, id) {
            // It is about the call whose response is inside.
            reader.report_duplicate(&outer.member(Field::Code, &entry), false);
        } else {
            reader.report(QuirkKind::UnknownField, &member);
        }
    }
}

/// Returns true for an error code.
fn says_failure(tree: &Tree<'_>, id: usize) -> bool {
    let code = tree.raw(id);
    !is_empty(tree, id) && !says_success(code.trim())
}

fn is_empty(tree: &Tree<'_>, id: usize) -> bool {
    match tree.value(id) {
        Value::Null => true,
        Value::Text(text) => tree.str(text).trim().is_empty(),
        Value::List { .. } | Value::Record { .. } => tree.children(id).next().is_none(),
        _ => false,
    }
}
