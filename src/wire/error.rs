//! Why a body cannot be decoded: [`DecodeError`].

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::excerpt;
use crate::model::{ErrorKind, Failure, Operation, Outcome, Position};

/// Why a body cannot be decoded, and where.
///
/// Its text is one sentence with the position at the end. It serialises to the `error` object of the command:
/// kind, message, line, column, offset, and the HTTP status where there is one. Errors that agree in these are equal.
/// Its source is for logs: the type may change in any version.
///
/// ```
/// use aliyun_dts_status::{ErrorKind, decode};
///
/// let error = decode(br#"{"Status": "Synchr"#).unwrap_err();
/// assert_eq!((error.kind(), error.position().column), (ErrorKind::Truncated, 19));
/// assert!(error.is_retryable());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeError(Box<Inner>);

impl DecodeError {
    /// The kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns true if another call may bring a body that can be decoded: of an empty body, a web page, a truncated
    /// one.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.kind().is_retryable()
    }

    /// The status of the HTTP head in front of the body, if there is one.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// The operation whose response the body is, where it is another than was asked for and one that can be read.
    #[must_use]
    pub fn operation(&self) -> Option<Operation> {
        self.0.operation
    }

    /// The sentence without the position: lower case, no full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The position in the body; the end of a truncated one.
    #[must_use]
    pub fn position(&self) -> Position {
        self.0.position
    }

    /// The text of the body at the position, at most 128 bytes; empty at the end.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }
}

#[derive(Debug, Clone)]
struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    position: Position,
    excerpt: String,
    http_status: Option<u16>,
    operation: Option<Operation>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// Errors with the same facts are equal, whatever their excerpts and sources.
impl PartialEq for Inner {
    fn eq(&self, other: &Self) -> bool {
        let Inner { kind, message, position, http_status, operation, excerpt: _, source: _ } = self;
        (kind, message, position, http_status, operation)
            == (&other.kind, &other.message, &other.position, &other.http_status, &other.operation)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column, .. } = self.position();
        write!(f, "{} at line {line}, column {column}", self.message())
    }
}

impl Error for DecodeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl From<&DecodeError> for Outcome<'static> {
    fn from(error: &DecodeError) -> Self {
        let failure = Failure::new(error.kind(), error.message()).at(error.position());
        Outcome::failure(failure).http_status(error.http_status())
    }
}

/// The facts of a [`DecodeError`] in JSON.
#[derive(Serialize, Deserialize)]
struct Form<'a> {
    kind: ErrorKind,
    message: Cow<'a, str>,
    #[serde(flatten)]
    position: Position,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    http_status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<Operation>,
}

impl Serialize for DecodeError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Inner { kind, message, position, http_status, operation, .. } = &*self.0;
        let message = Cow::Borrowed(&**message);
        let (http_status, operation) = (*http_status, *operation);
        Form { kind: *kind, message, position: *position, http_status, operation }.serialize(serializer)
    }
}

/// An error that is read back has no source and no excerpt.
impl<'de> Deserialize<'de> for DecodeError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Form { kind, message, position, http_status, operation } = Form::deserialize(deserializer)?;
        let (message, excerpt) = (Cow::Owned(message.into_owned()), String::new());
        let source = None;
        Ok(DecodeError(Box::new(Inner { kind, message, position, excerpt, http_status, operation, source })))
    }
}

/// An error as the readers raise it: with an offset into the text they were given, without line and column.
#[derive(Debug)]
pub(super) struct Refusal {
    kind: ErrorKind,
    message: Cow<'static, str>,
    offset: usize,
    http_status: Option<u16>,
    operation: Option<Operation>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Refusal {
    /// Boxed, so that the readers' results stay small.
    #[cold]
    pub(super) fn new(kind: ErrorKind, offset: usize, message: impl Into<Cow<'static, str>>) -> Box<Self> {
        Box::new(Refusal {
            kind,
            message: message.into(),
            offset,
            http_status: None,
            operation: None,
            source: None,
        })
    }

    #[cold]
    pub(super) fn caused_by(mut self: Box<Self>, source: impl Error + Send + Sync + 'static) -> Box<Self> {
        self.source = Some(Box::new(source));
        self
    }

    #[cold]
    pub(super) fn with_http_status(mut self: Box<Self>, status: Option<u16>) -> Box<Self> {
        self.http_status = status;
        self
    }

    /// The refusal of the response of another operation than was asked for. `seen`: the operation, if it is one that is
    /// read; `sign`: what shows it.
    #[cold]
    pub(super) fn other_operation(offset: usize, seen: Option<Operation>, sign: &str) -> Box<Self> {
        let message = match seen {
            Some(seen) => format!("the response of another operation (decode it as {seen}): {sign}"),
            None => format!("the response of another operation: {sign}"),
        };
        let refusal = Refusal::new(ErrorKind::OtherOperation, offset, message);
        Box::new(Refusal { operation: seen, ..*refusal })
    }

    /// Moves the error to another text, of which this is a part at an offset.
    #[cold]
    pub(super) fn at(mut self: Box<Self>, offset: usize) -> Box<Self> {
        self.offset = offset;
        self
    }

    /// The public error. `original` converts an offset into `body` to one into what the caller handed in.
    #[cold]
    #[allow(clippy::boxed_local, reason = "refusals are always boxed")]
    pub(super) fn locate(self: Box<Self>, body: &[u8], original: impl FnOnce(usize) -> usize) -> DecodeError {
        let position = Position::at(body, self.offset);
        let rest = body.get(position.offset..).unwrap_or_default();
        // Half a character at the end becomes U+FFFD, but only after the part that is shown.
        let shown = rest.get(..excerpt::LIMIT.saturating_add(3)).unwrap_or(rest);
        let excerpt = excerpt::cut(&String::from_utf8_lossy(shown)).to_owned();
        let position = Position { offset: original(position.offset), ..position };
        DecodeError(Box::new(Inner {
            kind: self.kind,
            message: self.message,
            position,
            excerpt,
            http_status: self.http_status,
            operation: self.operation,
            source: self.source.map(Arc::from),
        }))
    }
}
