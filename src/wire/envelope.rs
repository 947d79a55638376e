//! Envelopes around a response in JSON, and SDKs' dumps of one (docs/wire.md, section 3): [`open`].

use super::names::Names;
use super::quirk::QuirkKind;
use super::record::{Location, TreeReader, holds_response};
use super::root_name::{is_envelope, operation_with_root};
use super::sniff::MARK;
use super::survey::status_of;
use super::tree::{Node, Tree, Value};
use crate::field::{DUMP_BODY, DUMP_SIBLINGS, DUMP_STATUS, Field, same_name, says_success, success_of};
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
        let tree = reader.source;
        // Nearly every body begins with a field.
        if tree.children(id).any(|(_, node)| is_of_response(tree.str(node.name), asked)) {
            break;
        }
        let Some(inside) = inside(tree, id, asked) else { break };
        report(reader, id, inside, asked, status);
        named = operation_with_root(reader.source.name(inside));
        id = inside;
    }
    // The members of a dump may have been merged into its body.
    let tree = reader.source;
    let record = tree.entry(id);
    for (id, _) in tree.children(id).filter(|(_, node)| same_name(DUMP_STATUS, tree.str(node.name))) {
        let entry = tree.entry(id);
        read_status(reader, &Location::root(&record).member(Field::HttpStatusCode, &entry), id, status);
    }
    (id, named)
}

/// Returns true for a field of a response that is in no envelope.
fn is_of_response(name: &str, asked: Option<Operation>) -> bool {
    field_of_call(name).is_none() && Names::any_knows(asked, name)
}

/// The field with a name, if it says how a call went: it may be next to the response of the call.
fn field_of_call(name: &str) -> Option<Field> {
    const OF_CALL: [Field; 9] = [
        Field::RequestId,
        Field::Success,
        Field::HttpStatusCode,
        Field::Code,
        Field::Message,
        Field::ErrCode,
        Field::ErrMessage,
        Field::DynamicCode,
        Field::DynamicMessage,
    ];
    let field = Field::exact(name).or_else(|| Field::folded(name).next())?;
    OF_CALL.contains(&field).then_some(field)
}

/// Returns true for a member next to the body of a dump.
fn is_of_dump(name: &str) -> bool {
    DUMP_SIBLINGS.iter().any(|known| same_name(known, name))
}

/// The value inside an envelope, if the object is one: an object, a text, or whatever the body of a dump is. Next to
/// fields of a call, a body counts only if it has a known name.
fn inside<'t>(tree: &'t Tree<'t>, id: usize, asked: Option<Operation>) -> Option<usize> {
    let is_dump = tree.children(id).any(|(_, node)| is_of_dump(tree.str(node.name)));
    let is_call = tree.children(id).any(|(_, node)| field_of_call(tree.str(node.name)).is_some());
    let is_known = |name: &str| is_envelope(name, None) || Names::any_knows(None, name);
    let has_content = |&(id, _): &(usize, Node)| match tree.value(id) {
        // A record without a known name is no response.
        Value::Record { .. } => tree.children(id).any(|(_, node)| is_known(tree.str(node.name))),
        Value::Text(text) if is_call && !is_dump => {
            tree.str(text).split(['"', '<', '>', '/']).any(|name| Field::exact(name).is_some())
        }
        Value::Text(text) if tree.str(text).starts_with(MARK) => true,
        _ => holds_response(&mut { tree }, &tree.entry(id)),
    };
    let holds_body = |body: &(usize, Node)| {
        let name = tree.str(body.1.name);
        let is_body = same_name(DUMP_BODY, name);
        is_envelope(name, asked)
            && match body.1.value {
                Value::Record { .. } => true,
                Value::Text(_) => is_body && (is_dump || has_content(body)),
                _ => is_body && is_dump,
            }
    };
    let mut bodies = tree.children(id).filter(holds_body);
    let first = bodies.next()?;
    // An empty one gives way to one with content, or to the fields of a call.
    if has_content(&first) {
        return Some(first.0);
    }
    bodies.find(has_content).or((!is_call).then_some(first)).map(|(id, _)| id)
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
    let said_inside = fields_of_call(tree, inside);
    for (id, node) in tree.children(envelope) {
        let name = tree.str(node.name);
        let entry = tree.entry(id);
        let root = Location::root(&entry);
        let member = outer.unknown_member(name, &entry);
        if id == inside {
            reader.report_found(QuirkKind::Envelope, &root, name);
        } else if is_envelope(name, asked) {
            match tree.says_nothing(id) {
                true => reader.report(QuirkKind::RepeatedName, &root),
                false => reader.report_duplicate(&root, false),
            }
        } else if is_of_dump(name) {
            reader.report(QuirkKind::Envelope, &member);
            if same_name(DUMP_STATUS, name) {
                read_status(reader, &outer.member(Field::HttpStatusCode, &entry), id, status);
            }
        } else if let Some(field) = field_of_call(name) {
            // It is about the call whose response is inside.
            let member = outer.member(field, &entry);
            if says_failure(tree, id, field) {
                let is_same =
                    said_inside.iter().any(|(other, value)| *other == field && *value == said(tree, id));
                reader.report_duplicate(&member, is_same);
            } else {
                reader.report(QuirkKind::Envelope, &member);
            }
            if field == Field::HttpStatusCode {
                read_status(reader, &member, id, status);
            }
        } else {
            reader.report(QuirkKind::UnknownField, &member);
        }
    }
}

/// The fields of a call in a response, and what the first of each says.
fn fields_of_call(tree: &Tree<'_>, id: usize) -> Vec<(Field, String)> {
    let mut fields = Vec::new();
    for (id, node) in tree.children(id) {
        if let Some(field) = field_of_call(tree.str(node.name))
            && fields.iter().all(|(known, _)| *known != field)
        {
            fields.push((field, said(tree, id)));
        }
    }
    fields
}

/// The text of a value, in one letter case.
fn said(tree: &Tree<'_>, id: usize) -> String {
    tree.raw(id).trim().to_ascii_lowercase()
}

/// Raises `status` to the HTTP status that a node next to the response holds.
fn read_status(reader: &mut TreeReader<'_>, location: &Location<'_>, id: usize, status: &mut Option<u16>) {
    let read = status_of(reader.source, id);
    *status = (*status).max(read);
    if read.is_none() && !reader.source.says_nothing(id) {
        reader.report(QuirkKind::Unreadable, location);
    }
}

/// Returns true if the value of a field of a call does not say that the call succeeded.
fn says_failure(tree: &Tree<'_>, id: usize, field: Field) -> bool {
    let value = tree.raw(id);
    let says_success = match field {
        Field::Success => success_of(&value) == Some(true),
        Field::Code | Field::ErrCode => says_success(value.trim()),
        _ => true,
    };
    !tree.says_nothing(id) && !says_success
}
