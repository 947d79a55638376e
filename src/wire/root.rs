//! What a body is, by its root: a job, an error document, or unknown: [`read`].

use super::error::Refusal;
use super::quirk::QuirkKind;
use super::record::{BodyReader, Location, Record, is_field};
use super::tree::{DOCUMENT, Value};
use crate::excerpt::cut;
use crate::field::{DUMP_BODY, DUMP_SIBLINGS, ERROR_ROOT, Field, OTHER_OPERATIONS, ROOT};
use crate::model::ErrorKind;
use crate::model::{Fault, Response, SyncJob};

/// Finds the record of the body, and reads the model from it.
pub(super) fn read(reader: &mut BodyReader<'_>) -> Result<Response, Box<Refusal>> {
    let (location, root) = match reader.tree.syntax().repeats() {
        true => element_root(reader)?,
        false => object_root(reader)?,
    };
    reader.report_attributes(&location);
    let survey = Survey::of(reader, &location, &root);
    let refuse = |kind, message: String| Err(Refusal::new(kind, reader.tree.offset(location.id), message));
    if let Some((id, name)) = survey.other_operation {
        let message = format!("the response of another operation: it has {name}");
        return Err(Refusal::new(ErrorKind::OtherOperation, reader.tree.offset(id), message));
    }
    let is_fault = survey.says_fault && (!survey.says_job || matches!(root, Root::Error));
    let is_job = match root {
        Root::Error if survey.has_fault_field && !survey.says_job => false,
        _ if is_fault => false,
        Root::Other(name) if ends_in_response(name) => {
            return refuse(
                ErrorKind::OtherOperation,
                format!("the response of another operation: {}", cut(name)),
            );
        }
        Root::Known | Root::Missing => survey.has_request_id || survey.has_job_field,
        Root::Error | Root::Other(_) => survey.has_job_field,
    };
    if !is_job && !is_fault && !matches!(root, Root::Error if survey.has_fault_field) {
        return refuse(ErrorKind::UnrecognizedBody, "nothing in the body is known".to_owned());
    }
    match root {
        Root::Missing => reader.report_found(QuirkKind::RootMissing, &location, ""),
        _ => {
            let wanted = if is_job { ROOT } else { ERROR_ROOT };
            let name = reader.tree.name(location.id);
            if reader.tree.syntax().repeats() && name != wanted {
                reader.report_found(QuirkKind::RootName, &location, name);
            }
        }
    }
    if is_job {
        let mut job = Box::<SyncJob>::default();
        reader.record(&mut *job, &location);
        Ok(Response::Job(job))
    } else {
        let mut fault = Fault::default();
        reader.record(&mut fault, &location);
        Ok(Response::Fault(fault))
    }
}

/// The name of the root.
enum Root<'t> {
    /// A JSON object, or the response's own element.
    Known,
    /// The element of an error document.
    Error,
    Other(&'t str),
    /// No root: the fields are at the top.
    Missing,
}

/// The object that holds the fields, out of its envelopes.
fn object_root<'t>(reader: &mut BodyReader<'t>) -> Result<(Location<'static>, Root<'t>), Box<Refusal>> {
    /// A dump of a response in its own envelope.
    const ENVELOPES: usize = 2;
    let mut id = 0;
    for _ in 0..ENVELOPES {
        let Some(inside) = inside_envelope(reader, id) else { break };
        id = inside;
    }
    match reader.tree.value(id) {
        Value::Record { .. } => Ok((Location::root(id, reader.tree.value(id)), Root::Known)),
        _ => Err(Refusal::new(ErrorKind::UnrecognizedBody, 0, "the body is JSON, but no object")),
    }
}

/// The object inside an envelope, if the object is one. Everything else in the envelope is reported.
fn inside_envelope(reader: &mut BodyReader<'_>, id: usize) -> Option<usize> {
    let tree = reader.tree;
    let is_envelope = |name: &str| [ROOT, DUMP_BODY].iter().any(|known| known.eq_ignore_ascii_case(name));
    let (inside, _) = tree
        .children(id)
        .find(|(_, node)| matches!(node.value, Value::Record { .. }) && is_envelope(tree.str(node.name)))?;
    if tree.children(id).any(|(_, node)| is_field::<SyncJob>(tree.str(node.name))) {
        return None;
    }
    let outer = Location::root(id, reader.tree.value(id));
    for (child, node) in tree.children(id) {
        let name = tree.str(node.name);
        if child == inside {
            reader.report_found(QuirkKind::Envelope, &Location::root(child, node.value), name);
        } else if DUMP_SIBLINGS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            reader.report(QuirkKind::Envelope, &outer.unknown_member(name, child, node.value));
        } else {
            reader.report(QuirkKind::UnknownField, &outer.unknown_member(name, child, node.value));
        }
    }
    Some(inside)
}

/// The element that holds the fields; the document if they have no root.
fn element_root<'t>(reader: &mut BodyReader<'t>) -> Result<(Location<'static>, Root<'t>), Box<Refusal>> {
    let tree = reader.tree;
    let name = tree.name(0);
    let is_known = |name: &str| is_field::<SyncJob>(name) || is_field::<Fault>(name);
    let second = tree.children(DOCUMENT).nth(1);
    if let Some((second, _)) = second {
        if !tree.children(DOCUMENT).all(|(_, node)| is_known(tree.str(node.name))) {
            return Err(Refusal::new(ErrorKind::Syntax, tree.offset(second), "a second root element"));
        }
        return Ok((Location::root(DOCUMENT, Value::Null), Root::Missing));
    }
    let root = match name {
        _ if name.eq_ignore_ascii_case(ROOT) => Root::Known,
        _ if name.eq_ignore_ascii_case(ERROR_ROOT) => Root::Error,
        _ if name.eq_ignore_ascii_case("html") => {
            return Err(Refusal::new(ErrorKind::Html, tree.offset(0), super::sniff::HTML));
        }
        // Else a lone stage would be taken for a job that is called like it.
        _ if is_field::<SyncJob>(name) || is_known(name) && matches!(tree.value(0), Value::Text(_)) => {
            return Ok((Location::root(DOCUMENT, Value::Null), Root::Missing));
        }
        _ => Root::Other(name),
    };
    Ok((Location::root(0, tree.value(0)), root))
}

/// Returns true if a root is named as the response of an operation.
fn ends_in_response(name: &str) -> bool {
    const RESPONSE: &str = "Response";
    let start = name.len().checked_sub(RESPONSE.len()).filter(|start| *start > 0);
    start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(RESPONSE))
}

/// Which fields of a record show that it is a job or an error document.
#[derive(Default)]
struct Survey<'t> {
    /// A field of a job, other than `RequestId`.
    has_job_field: bool,
    /// A field of a job that no error document has.
    says_job: bool,
    has_request_id: bool,
    has_fault_field: bool,
    /// `Code` or `Message`.
    says_fault: bool,
    /// A field that only another operation's response has, in a body that names no synchronization job.
    other_operation: Option<(usize, &'t str)>,
}

impl<'t> Survey<'t> {
    fn of(reader: &BodyReader<'t>, location: &Location<'_>, root: &Root<'_>) -> Self {
        let tree = reader.tree;
        let mut names = tree.children(location.id).map(|(_, node)| tree.str(node.name));
        let mut survey = Survey::default();
        // Nearly every body names a job, which decides it, unless the root is that of an error.
        if !matches!(root, Root::Error) && names.any(|name| name == Field::SynchronizationJobId.as_str()) {
            survey.has_job_field = true;
            survey.says_job = true;
            return survey;
        }
        let mut names_job = false;
        for (id, node) in tree.children(location.id) {
            let name = tree.str(node.name);
            match Field::exact(name).or_else(|| loosely(name)) {
                Some(Field::RequestId) => {
                    survey.has_request_id = true;
                    survey.has_fault_field = true;
                }
                Some(Field::Success | Field::HttpStatusCode) => survey.has_job_field = true,
                Some(Field::Code | Field::Message) => {
                    survey.says_fault = true;
                    survey.has_fault_field = true;
                }
                Some(field) => {
                    names_job |= field == Field::SynchronizationJobId;
                    survey.has_job_field |= SyncJob::has(field);
                    survey.says_job |= SyncJob::has(field);
                    survey.has_fault_field |= Fault::has(field);
                }
                None if survey.other_operation.is_none() => {
                    let is_other = OTHER_OPERATIONS.iter().any(|other| other.eq_ignore_ascii_case(name));
                    survey.other_operation = is_other.then_some((id, name));
                }
                None => {}
            }
        }
        if names_job {
            survey.other_operation = None;
        }
        survey
    }
}

/// A field of a job or of an error document in another spelling.
#[cold]
fn loosely(name: &str) -> Option<Field> {
    super::record::resolve::<SyncJob>(name)
        .or_else(|| super::record::resolve::<Fault>(name))
        .map(|(field, _)| field)
}
