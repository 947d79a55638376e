//! Why an answer could not be decoded, and where: [`ErrorKind`], [`Position`], [`Failure`].

use serde::{Deserialize, Serialize};

use crate::named_enum::named_enum;

named_enum! {
    /// Why a body cannot be decoded.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum ErrorKind as "kind of error" {
        /// No bytes, or blanks only.
        Empty = "empty",
        /// Neither XML nor JSON: plain text, binary data.
        UnknownFormat = "unknown_format",
        /// A web page, as proxies and captive portals send it.
        Html = "html",
        /// Not UTF-8 (nor UTF-16 with a byte order mark), or not in the encoding that it declares.
        Encoding = "encoding",
        /// Not well-formed.
        Syntax = "syntax",
        /// Well-formed up to its end, which comes too early.
        Truncated = "truncated",
        /// Larger than a limit: of the body, a text, a number, a name, a list, the attributes of a tag.
        TooLarge = "too_large",
        /// Nested deeper than the limit.
        TooDeep = "too_deep",
        /// More values than the limit.
        TooManyNodes = "too_many_nodes",
        /// The response of another operation.
        OtherOperation = "other_operation",
        /// Well-formed, but without a known field.
        UnrecognizedBody = "unrecognized_body",
        /// JSON that this crate wrote: a model or an assessment, which serde reads.
        OwnModel = "own_model",
    }
}

impl ErrorKind {
    /// Returns true if another call may bring a body that can be decoded.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, ErrorKind::Empty | ErrorKind::Html | ErrorKind::Truncated)
    }
}

/// A place in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The number of bytes before it.
    pub offset: usize,
}

impl Position {
    /// The position of an offset, by the lines and columns before it. An offset after the end counts as the end.
    #[cold]
    #[must_use]
    pub fn at(body: &[u8], offset: usize) -> Self {
        let before = body.get(..offset).unwrap_or(body);
        let line_start =
            before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline.saturating_add(1));
        let lines = before.iter().filter(|&&byte| byte == b'\n').count();
        let in_line = before.get(line_start..).unwrap_or_default();
        // The continuation bytes of UTF-8 are no characters of their own.
        let columns = in_line.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        Position { line: lines.saturating_add(1), column: columns.saturating_add(1), offset: before.len() }
    }
}

/// Why no response could be made of an answer: the facts of a [`DecodeError`](crate::DecodeError), or what a caller
/// knows of an answer that it could not hand to the decoder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Failure {
    /// The kind of error.
    pub kind: ErrorKind,
    /// One sentence without the position: lower case, no full stop.
    pub message: String,
    /// The place in the body, where one is known.
    pub position: Option<Position>,
}

impl Failure {
    /// A failure without a position.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Failure { kind, message: message.into(), position: None }
    }

    /// Sets the position.
    #[must_use]
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }
}
