//! Names of roots and of envelopes: [`operation_with_root`], [`is_envelope`].

use crate::field::{DUMP_BODY, same_name};
use crate::model::Operation;

/// The operation whose responses have a root of this name.
pub(super) fn operation_with_root(name: &str) -> Option<Operation> {
    Operation::ALL.iter().copied().find(|operation| same_name(operation.root(), name))
}

/// Returns true if a name is that of an envelope around a response: of that operation, or of any.
pub(super) fn is_envelope(name: &str, operation: Option<Operation>) -> bool {
    same_name(DUMP_BODY, name)
        || match operation {
            Some(operation) => same_name(operation.root(), name),
            None => operation_with_root(name).is_some(),
        }
}
