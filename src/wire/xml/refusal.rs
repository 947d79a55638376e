//! The errors of quick-xml in this crate's words: [`refusal`].

use quick_xml::errors::{Error, IllFormedError, SyntaxError};

use crate::excerpt::shown;
use crate::model::ErrorKind;
use crate::wire::error::Refusal;

/// The error of quick-xml about the event at `offset`, in this crate's words.
#[cold]
pub(super) fn refusal(error: Error, text: &str, at_error: usize, offset: usize) -> Box<Refusal> {
    let truncated = |message| Refusal::new(ErrorKind::Truncated, text.len(), message);
    let refusal = match &error {
        Error::Syntax(SyntaxError::InvalidBangMarkup) => {
            let rest = text.get(offset..).unwrap_or_default();
            match ["<!--", "<![CDATA[", "<!DOCTYPE"].iter().any(|markup| markup.starts_with(rest)) {
                true => truncated("the body ends inside a tag"),
                false => syntax(offset, "`<!` that begins neither a comment nor a CDATA section"),
            }
        }
        Error::Syntax(SyntaxError::UnclosedComment) => truncated("the body ends inside a comment"),
        Error::Syntax(SyntaxError::UnclosedCData) if begins_cdata(text.get(offset..).unwrap_or_default()) => {
            truncated("the body ends inside a CDATA section")
        }
        Error::Syntax(SyntaxError::UnclosedCData) => syntax(offset, "`<![` that begins no CDATA section"),
        Error::Syntax(SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl) => {
            truncated("the body ends inside a processing instruction")
        }
        Error::Syntax(SyntaxError::UnclosedDoctype) => {
            truncated("the body ends inside a document type declaration")
        }
        Error::Syntax(_) => truncated("the body ends inside a tag"),
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            // No source here and below: it would hold the names in full, however long they are.
            let message = format!("`</{}>` where `</{}>` is expected", shown(found), shown(expected));
            return Refusal::new(ErrorKind::Syntax, offset, message);
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            let message = format!("`</{}>` without a start tag", shown(name));
            return Refusal::new(ErrorKind::Syntax, offset, message);
        }
        Error::IllFormed(IllFormedError::DoubleHyphenInComment) => syntax(at_error, "`--` in a comment"),
        Error::IllFormed(IllFormedError::UnclosedReference) => {
            let rest = text.get(offset.saturating_add(1)..).unwrap_or_default();
            match rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
                true => truncated("the body ends inside a reference"),
                false => syntax(offset, "a bare `&`, which must be written `&amp;`"),
            }
        }
        Error::IllFormed(IllFormedError::MissingDoctypeName) => {
            syntax(offset, "a malformed document type declaration")
        }
        other => Refusal::new(ErrorKind::Syntax, at_error, format!("not well-formed XML: {other}")),
    };
    refusal.caused_by(error)
}

/// Returns true if a text begins a CDATA section, or may begin one but ends too early.
fn begins_cdata(text: &str) -> bool {
    text.starts_with("<![CDATA[") || "<![CDATA[".starts_with(text)
}

#[cold]
pub(super) fn syntax(offset: usize, what: &'static str) -> Box<Refusal> {
    Refusal::new(ErrorKind::Syntax, offset, what)
}
