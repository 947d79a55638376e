//! What the fields of a record show: a job, an error document, another operation (docs/wire.md, sections 1 and 6):
//! [`Survey`].

use super::record::{Record, resolve};
use super::tree::{Tree, Value};
use crate::field::{Field, OTHER_OPERATIONS, SUCCESS_CODES, bare};
use crate::model::{Fault, SyncJob};

/// Which fields of a record show that it is a job or an error document.
#[derive(Default)]
pub(super) struct Survey<'t> {
    /// A field of a job, other than `RequestId`.
    pub(super) has_job_field: bool,
    /// A field of a job that no error document has.
    pub(super) says_job: bool,
    pub(super) has_request_id: bool,
    pub(super) has_fault_field: bool,
    /// `Code`, and whether it says that the call succeeded.
    code: Option<bool>,
    has_message: bool,
    /// `Success` or `HttpStatusCode`.
    has_result: bool,
    /// `Success` is false, or `HttpStatusCode` is of an error.
    says_failure: bool,
    pub(super) http_status: Option<u16>,
    /// A field that only another operation's response has, in a body that names no synchronization job.
    pub(super) other_operation: Option<(usize, &'t str)>,
}

impl<'t> Survey<'t> {
    /// Looks at the fields of a record. `is_error`: the root is that of an error document.
    pub(super) fn of(tree: &'t Tree<'_>, record: usize, is_error: bool) -> Self {
        let mut names = tree.children(record).map(|(_, node)| tree.str(node.name));
        let mut survey = Survey::default();
        // Nearly every body names a job, which decides it, unless the root is that of an error.
        if !is_error && names.any(|name| name == Field::SynchronizationJobId.as_str()) {
            survey.has_job_field = true;
            survey.says_job = true;
            return survey;
        }
        let mut names_job = false;
        for (id, node) in tree.children(record) {
            let name = tree.str(node.name);
            let exact = Field::exact(name).filter(|field| SyncJob::has(*field) || Fault::has(*field));
            match exact.or_else(|| other_spelling(name)) {
                Some(field) => {
                    names_job |= field == Field::SynchronizationJobId;
                    survey.field(tree, id, field);
                }
                None if survey.other_operation.is_none() => {
                    let bare = bare(name);
                    let is_other = OTHER_OPERATIONS.iter().any(|other| other.eq_ignore_ascii_case(&bare));
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

    fn field(&mut self, tree: &Tree<'_>, id: usize, field: Field) {
        let text = || tree.raw(id).trim().to_owned();
        match field {
            Field::RequestId => self.has_request_id = true,
            Field::Success => {
                self.has_job_field = true;
                self.has_result = true;
                self.says_failure |= text().eq_ignore_ascii_case("false") || text() == "0";
            }
            Field::HttpStatusCode => {
                self.has_job_field = true;
                self.has_result = true;
                let status = status_of(tree, id);
                self.says_failure |= status >= Some(400);
                self.http_status = self.http_status.max(status);
            }
            Field::Code => {
                let says_success = SUCCESS_CODES.iter().any(|code| code.eq_ignore_ascii_case(&text()));
                // Of two codes the one that says a failure counts.
                self.code = Some(says_success && self.code != Some(false));
            }
            Field::Message => self.has_message = true,
            _ => {
                self.has_job_field |= SyncJob::has(field);
                self.says_job |= SyncJob::has(field);
            }
        }
        self.has_fault_field |= Fault::has(field);
    }

    /// Returns true for an error document. `is_error`: the root is that of one.
    pub(super) fn is_fault(&self, is_error: bool) -> bool {
        let is_without_message = self.code.is_some() && !self.has_message;
        (self.code.is_some() || self.has_message)
            && self.code != Some(true)
            && (is_error || !(self.says_job || is_without_message && self.has_result))
    }

    /// Returns true if there is nothing but a success, in the form of an error document.
    pub(super) fn says_only_success(&self) -> bool {
        self.code.is_some() && !self.says_job && !self.says_failure
    }
}

/// The HTTP status that a node holds.
pub(super) fn status_of(tree: &Tree<'_>, id: usize) -> Option<u16> {
    match tree.value(id) {
        Value::Int(_) | Value::Text(_) => tree.raw(id).trim().parse().ok(),
        _ => None,
    }
}

/// A field of a job or of an error document in another spelling.
#[cold]
fn other_spelling(name: &str) -> Option<Field> {
    Field::folded(name)
        .find(|field| SyncJob::has(*field) || Fault::has(*field))
        .or_else(|| resolve::<SyncJob>(name).map(|(field, _)| field))
}
