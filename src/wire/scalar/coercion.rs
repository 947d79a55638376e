//! How values are read and spelled: [`Coercion`].

use super::spelled::Spelled;
use crate::wire::quirk::QuirkKind;

/// How one kind of value is read and spelled.
pub(in crate::wire) trait Coercion {
    type Value: PartialEq;

    /// Reads a value; what was tolerated, or made it unreadable, goes to `note`.
    ///
    /// Those of most fields are always inlined: a call passes the text and the value through memory, which takes longer
    /// than reading them.
    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<Self::Value>;

    /// Passes the documented spelling to `put`.
    fn spell(value: &Self::Value, put: &mut dyn FnMut(Spelled<'_>));
}

/// A plain value as the body has it.
#[derive(Clone, Copy)]
pub(in crate::wire) enum Raw<'r> {
    Text(&'r str),
    Int(i64),
    /// A JSON number that is not an `i64`, in its spelling.
    Number(&'r str),
    Bool(bool),
}

pub(in crate::wire) type Note<'n> = &'n mut dyn FnMut(QuirkKind);

#[cold]
pub(super) fn unreadable<T>(note: Note<'_>) -> Option<T> {
    note(QuirkKind::Unreadable);
    None
}

/// The text without blanks around it; `None`, with a note, if nothing is left.
#[inline]
pub(super) fn trim<'r>(text: &'r str, note: Note<'_>) -> Option<&'r str> {
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] | [b'!'..=b'~'] => Some(text),
        _ => trim_blanks(text, note),
    }
}

#[cold]
fn trim_blanks<'r>(text: &'r str, note: Note<'_>) -> Option<&'r str> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        note(QuirkKind::EmptyValue);
        return None;
    }
    if trimmed.len() < text.len() {
        note(QuirkKind::Padded);
    }
    Some(trimmed)
}
