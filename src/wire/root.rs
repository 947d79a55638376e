//! What a body turned out to be, by its root: a job, an error document, or nothing that is known: [`read`].

use super::error::Refusal;
use super::quirk::QuirkKind;
use super::record::{Place, Record, Walk, is_field};
use super::tree::{OUTSIDE, Value};
use crate::excerpt::cut;
use crate::field::{DUMP_BODY, DUMP_SIBLINGS, ERROR_ROOT, Field, OTHER_OPERATIONS, ROOT};
use crate::model::ErrorKind;
use crate::model::{Fault, Response, SyncJob};

/// Finds the record that the body is about, and fills the model from it.
pub(super) fn read(walk: &mut Walk<'_>) -> Result<Response, Box<Refusal>> {
    let (place, root) = match walk.tree.syntax().repeats() {
        true => element_root(walk)?,
        false => object_root(walk)?,
    };
    walk.report_attributes(&place);
    let survey = Survey::of(walk, &place, &root);
    let refuse = |kind, message: String| Err(Refusal::new(kind, walk.tree.offset(place.id), message));
    if let Some((id, name)) = survey.other_operation {
        let message = format!("the response of another operation: it has {name}");
        return Err(Refusal::new(ErrorKind::OtherOperation, walk.tree.offset(id), message));
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
        Root::Missing => walk.report_found(QuirkKind::RootMissing, &place, ""),
        _ => {
            let wanted = if is_job { ROOT } else { ERROR_ROOT };
            let name = walk.tree.name(place.id);
            if walk.tree.syntax().repeats() && name != wanted {
                walk.report_found(QuirkKind::RootName, &place, name);
            }
        }
    }
    if is_job {
        let mut job = Box::<SyncJob>::default();
        walk.record(&mut *job, &place);
        Ok(Response::Job(job))
    } else {
        let mut fault = Fault::default();
        walk.record(&mut fault, &place);
        Ok(Response::Fault(fault))
    }
}

/// What the root is called.
enum Root<'t> {
    /// A JSON object, or the response's own element.
    Known,
    /// The element of an error document.
    Error,
    Other(&'t str),
    /// None: the fields stand at the top.
    Missing,
}

/// The object that holds the fields, out of its envelopes.
fn object_root<'t>(walk: &mut Walk<'t>) -> Result<(Place<'static>, Root<'t>), Box<Refusal>> {
    /// A dump of a response that stands under its own name.
    const ENVELOPES: usize = 2;
    let mut id = 0;
    for _ in 0..ENVELOPES {
        let Some(inside) = inside_envelope(walk, id) else { break };
        id = inside;
    }
    match walk.tree.value(id) {
        Value::Record { .. } => Ok((Place::root(id, walk.tree.value(id)), Root::Known)),
        _ => Err(Refusal::new(ErrorKind::UnrecognizedBody, 0, "the body is JSON, but no object")),
    }
}

/// The object inside an envelope, if the object is one. What else stands in the envelope is reported.
fn inside_envelope(walk: &mut Walk<'_>, id: usize) -> Option<usize> {
    let tree = walk.tree;
    let is_envelope = |name: &str| [ROOT, DUMP_BODY].iter().any(|known| known.eq_ignore_ascii_case(name));
    let (inside, _) = tree
        .children(id)
        .find(|(_, node)| matches!(node.value, Value::Record { .. }) && is_envelope(tree.str(node.name)))?;
    if tree.children(id).any(|(_, node)| is_field::<SyncJob>(tree.str(node.name))) {
        return None;
    }
    let outer = Place::root(id, walk.tree.value(id));
    for (child, node) in tree.children(id) {
        let name = tree.str(node.name);
        if child == inside {
            walk.report_found(QuirkKind::Envelope, &Place::root(child, node.value), name);
        } else if DUMP_SIBLINGS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            walk.report(QuirkKind::Envelope, &outer.stranger(name, child, node.value));
        } else {
            walk.report(QuirkKind::UnknownField, &outer.stranger(name, child, node.value));
        }
    }
    Some(inside)
}

/// The element that holds the fields, or what is around them if they have no root.
fn element_root<'t>(walk: &mut Walk<'t>) -> Result<(Place<'static>, Root<'t>), Box<Refusal>> {
    let tree = walk.tree;
    let name = tree.name(0);
    let is_known = |name: &str| is_field::<SyncJob>(name) || is_field::<Fault>(name);
    let second = tree.children(OUTSIDE).nth(1);
    if let Some((second, _)) = second {
        if !tree.children(OUTSIDE).all(|(_, node)| is_known(tree.str(node.name))) {
            return Err(Refusal::new(ErrorKind::Syntax, tree.offset(second), "a second root element"));
        }
        return Ok((Place::root(OUTSIDE, Value::Null), Root::Missing));
    }
    let root = match name {
        _ if name.eq_ignore_ascii_case(ROOT) => Root::Known,
        _ if name.eq_ignore_ascii_case(ERROR_ROOT) => Root::Error,
        _ if name.eq_ignore_ascii_case("html") => {
            return Err(Refusal::new(ErrorKind::Html, tree.offset(0), super::sniff::HTML));
        }
        // Else a lone stage would be taken for a job that is called like it.
        _ if is_field::<SyncJob>(name) || is_known(name) && matches!(tree.value(0), Value::Text(_)) => {
            return Ok((Place::root(OUTSIDE, Value::Null), Root::Missing));
        }
        _ => Root::Other(name),
    };
    Ok((Place::root(0, tree.value(0)), root))
}

/// Whether a root is named as the response of an operation.
fn ends_in_response(name: &str) -> bool {
    const RESPONSE: &str = "Response";
    let start = name.len().checked_sub(RESPONSE.len()).filter(|start| *start > 0);
    start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(RESPONSE))
}

/// Which of the fields that tell a job from an error document stand in a record.
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
    fn of(walk: &Walk<'t>, place: &Place<'_>, root: &Root<'_>) -> Self {
        let tree = walk.tree;
        let mut names = tree.children(place.id).map(|(_, node)| tree.str(node.name));
        let mut survey = Survey::default();
        // Nearly every body names a job, and then there is no question what it is, unless it calls itself an error.
        if !matches!(root, Root::Error) && names.any(|name| name == Field::SynchronizationJobId.as_str()) {
            survey.has_job_field = true;
            survey.says_job = true;
            return survey;
        }
        let mut names_job = false;
        for (id, node) in tree.children(place.id) {
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
