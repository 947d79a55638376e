//! What a body is, by its root: a response of an operation, an error document, or unknown (docs/wire.md, sections 1 and
//! 3; docs/operations.md, section 4): [`find`], [`Fields::read`].

use std::borrow::Cow;

use super::envelope;
use super::error::Refusal;
use super::names::{Names, unmistakable};
use super::quirk::QuirkKind;
use super::record::{Location, TreeReader, resolve};
use super::response::{self, status_in};
use super::root_name::operation_with_root;
use super::schema::FaultDocument;
use super::sniff::{EMPTY, HTML};
use super::survey::{Survey, status_of};
use super::tree::{DOCUMENT, Tree, Value};
use crate::excerpt::cut;
use crate::field::{DUMP_BODY, ERROR_ROOT, Field, OWN_KEYS, bare, same_name, says_success, success_of};
use crate::model::{ErrorKind, Fault, Operation, Response};

/// What the root of a body holds.
pub(super) enum Found<'t> {
    /// The fields of a response.
    Fields(Fields<'t>),
    /// The node of a text that is a body itself, in an SDK's dump.
    Text(usize),
}

/// The fields of a response, and the name of their root.
pub(super) struct Fields<'t> {
    /// The node of the record.
    id: usize,
    root: Root<'t>,
}

/// The name of the root.
pub(super) enum Root<'t> {
    /// The response's own element, or an envelope of that name.
    Known,
    /// A JSON object, which has no name.
    Object,
    /// The element of an error document.
    Error,
    Other(&'t str),
    /// No root: the fields are at the top.
    Missing,
}

/// Finds the fields of a body, which is read as the response of an operation, or else of the one that it shows. `status`
/// becomes the HTTP status of a dump, if that is higher.
pub(super) fn find<'t>(
    reader: &mut TreeReader<'t>,
    asked: Option<Operation>,
    status: &mut Option<u16>,
) -> Result<Found<'t>, Box<Refusal>> {
    match reader.source.syntax().repeats() {
        true => element_root(reader, asked).map(Found::Fields),
        false => object_root(reader, asked, status),
    }
}

impl Fields<'_> {
    /// Reads the model from the fields. `status` becomes the status that they hold, if that is higher. Returns also which
    /// directions of each item of a page are jobs.
    pub(super) fn read(
        self,
        reader: &mut TreeReader<'_>,
        status: &mut Option<u16>,
    ) -> Result<(Response, Vec<Vec<bool>>), Box<Refusal>> {
        let Fields { id, root } = self;
        let tree = reader.source;
        let entry = tree.entry(id);
        let location = Location::root(&entry);
        reader.report_attributes(&location);
        let is_response = self::is_response(reader, id, &root, status)?;
        match root {
            Root::Missing => reader.report_found(QuirkKind::RootMissing, &location, ""),
            _ => {
                let expected = if is_response { reader.operation.root() } else { ERROR_ROOT };
                let name = tree.name(id);
                if tree.syntax().repeats() && name != expected {
                    reader.report_found(QuirkKind::RootName, &location, name);
                }
            }
        }
        let read = if is_response {
            let read = response::read(reader, &location);
            *status = (*status).max(status_in(&read.response));
            (read.response, read.items)
        } else {
            let mut fault = Fault::default();
            reader.record::<FaultDocument>(&mut fault, &location);
            report_odd_results(reader, id, &location);
            // The first readable code is kept, which must be the failure.
            if fault.code.as_deref().is_some_and(says_success) {
                let message = "one code of the body says success, and another does not";
                return Err(Refusal::new(ErrorKind::UnrecognizedBody, tree.offset(id), message));
            }
            (Response::Fault(fault), Vec::new())
        };
        if reader.has_unknown_field
            && let Some(refusal) = own_model(reader, id)
        {
            return Err(refusal);
        }
        Ok(read)
    }
}

/// Returns true for a response, false for an error document; refuses anything else.
fn is_response(
    reader: &TreeReader<'_>,
    id: usize,
    root: &Root<'_>,
    status: &mut Option<u16>,
) -> Result<bool, Box<Refusal>> {
    let (tree, operation) = (reader.source, reader.operation);
    let is_error = matches!(root, Root::Error);
    let survey = Survey::of(tree, id, is_error, operation);
    let is_fault = survey.is_fault(is_error);
    let is_own = operation == Operation::default();
    if is_own || is_fault {
        *status = (*status).max(survey.http_status);
    }
    let refuse = |kind, message: Cow<'static, str>| Err(Refusal::new(kind, tree.offset(id), message));
    let is_shown = survey.shows_operation || matches!(root, Root::Known);
    match (root, survey.other_operation.or(survey.empty_sign.filter(|_| !is_shown))) {
        (Root::Other(name), _) if ends_in_response(name) && !is_fault => {
            return Err(Refusal::other_operation(tree.offset(id), operation_with_root(name), cut(name)));
        }
        (_, Some((other, name, seen))) => {
            let sign = format!("it has {}", cut(name));
            return Err(Refusal::other_operation(tree.offset(other), seen, &sign));
        }
        _ if is_fault => return Ok(false),
        (Root::Error, None) if survey.says_job => {
            return refuse(ErrorKind::UnrecognizedBody, "the fields of a job in the root of an error".into());
        }
        _ if survey.says_only_success() => {
            return refuse(ErrorKind::UnrecognizedBody, "the body says success and nothing else".into());
        }
        _ => {}
    }
    let is_known = match root {
        Root::Error if survey.has_fault_field => return Ok(false),
        Root::Known | Root::Object | Root::Missing => survey.has_request_id || survey.has_job_field,
        Root::Error | Root::Other(_) => survey.has_job_field,
    };
    if !is_known {
        return match own_model(reader, id) {
            Some(refusal) => Err(refusal),
            None => refuse(ErrorKind::UnrecognizedBody, "nothing in the body is known".into()),
        };
    }
    // Sister operations have many names in common, and delays in different units.
    let is_call = !survey.has_content && !survey.has_foreign_name;
    if is_own || is_shown || is_call {
        return Ok(true);
    }
    match own_model(reader, id) {
        Some(refusal) => Err(refusal),
        None => {
            let message = format!("nothing in the body shows that it is a response of {operation}");
            refuse(ErrorKind::UnrecognizedBody, message.into())
        }
    }
}

/// Reports the results of the call in an error document, which are not kept, unless they are those of a failed call.
fn report_odd_results(reader: &mut TreeReader<'_>, id: usize, location: &Location<'_>) {
    let tree = reader.source;
    for (id, node) in tree.children(id) {
        let field = Field::folded(tree.str(node.name)).next();
        let is_usual = match field {
            Some(Field::Success) => success_of(&tree.raw(id)) == Some(false),
            Some(Field::HttpStatusCode) => status_of(tree, id).is_some(),
            _ => true,
        };
        if let Some(field) = field
            && !is_usual
            && !tree.says_nothing(id)
        {
            reader.report(QuirkKind::Unreadable, &location.member(field, &tree.entry(id)));
        }
    }
}

/// The refusal of JSON that this crate wrote itself: it is read with serde.
fn own_model(reader: &TreeReader<'_>, id: usize) -> Option<Box<Refusal>> {
    let tree = reader.source;
    if tree.syntax().repeats() {
        return None;
    }
    let names = || tree.children(id).map(|(id, node)| (id, tree.str(node.name)));
    // It never has a body: that is a record of a poll.
    if names().any(|(_, name)| name == DUMP_BODY) {
        return None;
    }
    let knows = Names::of(reader.operation).knows;
    let (id, key) = names().find(|(_, name)| OWN_KEYS.contains(name) && !knows(name))?;
    let message = format!(
        "JSON that this crate wrote, to be read with serde, not an answer of the API: it has `{key}`"
    );
    Some(Refusal::new(ErrorKind::OwnModel, tree.offset(id), message))
}

/// The object that holds the fields, out of its envelopes; or the text in the innermost.
fn object_root<'t>(
    reader: &mut TreeReader<'t>,
    asked: Option<Operation>,
    status: &mut Option<u16>,
) -> Result<Found<'t>, Box<Refusal>> {
    let (id, named) = envelope::open(reader, asked, status);
    let value = reader.source.value(id);
    let message = match value {
        Value::Record { .. } => {
            reader.operation = asked.or(named).unwrap_or_else(|| shown(reader, id));
            let root = if named == Some(reader.operation) { Root::Known } else { Root::Object };
            return Ok(Found::Fields(Fields { id, root }));
        }
        Value::Text(_) if id > 0 => return Ok(Found::Text(id)),
        Value::Null if id > 0 => {
            return Err(Refusal::new(ErrorKind::Empty, reader.source.offset(id), EMPTY));
        }
        Value::Text(_) => "the body is JSON, but a string",
        Value::List { .. } => "the body is JSON, but a list",
        _ => "the body is JSON, but not an object",
    };
    Err(Refusal::new(ErrorKind::UnrecognizedBody, reader.source.offset(id), message))
}

/// The element that holds the fields; the document if they have no root.
fn element_root<'t>(
    reader: &mut TreeReader<'t>,
    asked: Option<Operation>,
) -> Result<Fields<'t>, Box<Refusal>> {
    let tree = reader.source;
    let name = tree.name(0);
    // Success and HttpStatusCode do not show an error document.
    let is_fault = |name: &str| resolve::<FaultDocument>(name).is_some();
    let is_known = |name: &str| Names::any_knows(asked, name) || is_fault(name);
    let missing = Fields { id: DOCUMENT, root: Root::Missing };
    if let Some((second, _)) = tree.children(DOCUMENT).nth(1) {
        reader.operation = asked.unwrap_or_else(|| shown(reader, DOCUMENT));
        let is_field = |(id, _)| is_known(tree.name(id));
        let is_root = |(id, _)| !is_known(tree.name(id)) && may_be_root(tree, id, is_known);
        return match tree.children(DOCUMENT).any(is_field) && !tree.children(DOCUMENT).any(is_root) {
            true => Ok(missing),
            false => Err(Refusal::new(ErrorKind::Syntax, tree.offset(second), "a second root element")),
        };
    }
    reader.operation = asked.or(operation_with_root(name)).unwrap_or_else(|| shown(reader, 0));
    let has_field = tree.children(0).any(|(_, node)| is_known(tree.str(node.name)));
    let is = |tag: &str| name.eq_ignore_ascii_case(tag);
    let root = match name {
        _ if same_name(reader.operation.root(), name) => Root::Known,
        _ if same_name(ERROR_ROOT, name) => Root::Error,
        _ if is("html") || !has_field && (is("head") || is("body")) => {
            return Err(Refusal::new(ErrorKind::Html, tree.offset(0), HTML));
        }
        // A field of both is a field only with a text; otherwise it is a root with the name of a field.
        _ if is_known(name) && (!is_fault(name) || matches!(tree.value(0), Value::Text(_))) => {
            reader.operation = asked.unwrap_or_else(|| shown(reader, DOCUMENT));
            return Ok(missing);
        }
        _ => Root::Other(name),
    };
    Ok(Fields { id: 0, root })
}

/// Returns true for an element with the name of a root, or with a known field inside.
fn may_be_root(tree: &Tree<'_>, id: usize, is_known: impl Fn(&str) -> bool) -> bool {
    let name = tree.name(id);
    ends_in_response(name)
        || [ERROR_ROOT, "Response", "html"].iter().any(|known| same_name(known, name))
        || tree.children(id).any(|(id, _)| is_known(tree.name(id)))
}

/// The operation that the names in a record show beyond doubt, else the first of all.
fn shown(reader: &TreeReader<'_>, id: usize) -> Operation {
    let tree = reader.source;
    let shown = |(id, _)| unmistakable(tree.name(id), &tree.entry(id).content);
    let mut all = tree.children(id).filter_map(shown);
    let first = all.next().unwrap_or_default();
    // The id of the first operation outweighs names of others, wherever it is.
    if all.any(|other| other == Operation::default()) { Operation::default() } else { first }
}

/// Returns true if a root is named as the response of an operation.
fn ends_in_response(name: &str) -> bool {
    const RESPONSE: &str = "response";
    let name = bare(name).to_ascii_lowercase();
    name.len() > RESPONSE.len() && name.ends_with(RESPONSE)
}
