//! What the fields of a record show: a job, an error document, another operation (docs/wire.md, sections 1 and 6):
//! [`Survey`].

use super::names::{Names, has_text, other_operation, shows};
use super::record::Table;
use super::schema::FaultDocument;
use super::tree::{Tree, Value};
use crate::field::{Field, says_success, success_of};
use crate::model::Operation;

/// Which fields of a record show that it is the response of an operation or an error document.
#[derive(Default)]
pub(super) struct Survey<'t> {
    /// A field of the response, other than `RequestId`.
    pub(super) has_job_field: bool,
    /// A field of the response that no error document has.
    pub(super) says_job: bool,
    /// A field that says more than how the call went.
    pub(super) has_content: bool,
    /// A name that no response of the operation has, in a body that does not say that the call failed.
    pub(super) has_foreign_name: bool,
    /// A field that shows the operation.
    pub(super) shows_operation: bool,
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
    /// A field that only another operation's response has, in a body that does not show that it is of this one; and the
    /// operation, if it is one that is read.
    pub(super) other_operation: Option<(usize, &'t str, Option<Operation>)>,
    /// An empty field that only the response of `DescribeSynchronizationJobStatus` has, in the response of another.
    pub(super) empty_sign: Option<(usize, &'t str, Option<Operation>)>,
}

impl<'t> Survey<'t> {
    /// Looks at the fields of a record that is read as the response of an operation. `is_error`: the root is that of an
    /// error document.
    pub(super) fn of(tree: &'t Tree<'_>, record: usize, is_error: bool, operation: Operation) -> Self {
        let mut survey = Survey::default();
        let has_text = |id| has_text(&tree.entry(id).content);
        let is_job = |(id, _)| tree.name(id) == Field::SynchronizationJobId.as_str() && has_text(id);
        // Nearly every body names a job, which decides it, unless the root is that of an error.
        let is_own = operation == Operation::default();
        if is_own && !is_error && tree.children(record).any(is_job) {
            survey.has_job_field = true;
            survey.says_job = true;
            survey.shows_operation = true;
            return survey;
        }
        let names = Names::of(operation);
        let mut names_job = false;
        for (id, node) in tree.children(record) {
            let name = tree.str(node.name);
            match field_of(name, names) {
                Some(field) => {
                    names_job |= field == Field::SynchronizationJobId && has_text(id);
                    survey.shows_operation |= shows(operation, field);
                    survey.field(tree, id, field, names);
                }
                None if (names.knows)(name) => {}
                None => {
                    survey.has_foreign_name = true;
                    survey.unknown(tree, id, name, operation);
                }
            }
        }
        survey.has_foreign_name &= !survey.says_failure;
        // Another operation's response may have further names in common with this one.
        let is_sure = if is_own { names_job } else { survey.shows_operation };
        if is_sure && survey.other_operation.is_some_and(|(.., seen)| is_own || seen.is_none()) {
            survey.other_operation = None;
        }
        survey
    }

    /// A name that is not known. Of several that show another operation, the first counts that is read.
    fn unknown(&mut self, tree: &Tree<'_>, id: usize, name: &'t str, operation: Operation) {
        let Some(seen) = other_operation(operation, name) else { return };
        if seen == Some(Operation::default()) && tree.says_nothing(id) {
            self.empty_sign.get_or_insert((id, name, seen));
        } else if self.other_operation.is_none_or(|(.., before)| before.is_none() && seen.is_some()) {
            self.other_operation = Some((id, name, seen));
        }
    }

    fn field(&mut self, tree: &Tree<'_>, id: usize, field: Field, names: Names) {
        let text = || tree.raw(id).trim().to_owned();
        match field {
            Field::RequestId => self.has_request_id = true,
            Field::Success => {
                self.has_job_field = true;
                self.has_result = true;
                self.says_failure |= success_of(&text()) == Some(false);
            }
            Field::HttpStatusCode => {
                self.has_job_field = true;
                self.has_result = true;
                let status = status_of(tree, id);
                self.says_failure |= status >= Some(400);
                self.http_status = self.http_status.max(status);
            }
            Field::Code => {
                // Of two codes the one that says a failure counts.
                self.code = Some(says_success(&text()) && self.code != Some(false));
            }
            Field::Message => self.has_message = true,
            _ => {
                self.has_job_field |= (names.has)(field);
                self.says_job |= (names.has)(field);
                self.has_content |= (names.has)(field) && !is_error_of_call(field);
            }
        }
        self.has_fault_field |= FaultDocument::has(field);
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

/// The field of the response or of an error document with a name.
fn field_of(name: &str, names: Names) -> Option<Field> {
    let is_field = |field: &Field| (names.has)(*field) || FaultDocument::has(*field);
    Field::exact(name).filter(is_field).or_else(|| other_spelling(name, names, is_field))
}

#[cold]
fn other_spelling(name: &str, names: Names, is_field: impl Fn(&Field) -> bool) -> Option<Field> {
    Field::folded(name).find(is_field).or_else(|| (names.resolve)(name).map(|(field, _)| field))
}

/// Returns true for a field that says why the call failed.
fn is_error_of_call(field: Field) -> bool {
    matches!(field, Field::ErrCode | Field::ErrMessage | Field::DynamicCode | Field::DynamicMessage)
}
