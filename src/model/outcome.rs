//! What came of one poll: [`Outcome`], and what decoding lost of it, [`Loss`].

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Failure, Response};
use crate::path::Path;

/// What came of one poll: a response with what decoding could not use of it, a body that could not be decoded, or no
/// answer at all. Judging takes this, so that nothing that decoding lost is kept from the verdict.
///
/// A [`Decoded`](crate::Decoded) and a [`DecodeError`](crate::DecodeError) convert into it.
///
/// ```
/// use aliyun_dts_status::decode;
/// use aliyun_dts_status::model::Outcome;
///
/// let outcome = match decode(b"<html>Please log in</html>") {
///     Ok(decoded) => Outcome::from(decoded),
///     Err(error) => Outcome::from(&error),
/// };
/// assert!(outcome.response.is_none() && outcome.failure.is_some());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome<'a> {
    /// The decoded response; `None` where there is none.
    pub response: Option<Cow<'a, Response>>,
    /// The status of the HTTP answer, where the body or the caller says it.
    pub http_status: Option<u16>,
    /// Values of the body that are not in the response, in the order of reading. A value that says the same as the one
    /// that was kept is none.
    pub losses: Vec<Loss>,
    /// The number of further losses, whose fields are not known: quirks beyond the limit.
    pub losses_omitted: usize,
    /// Why there is no response; `None` with a response, and where no answer came.
    pub failure: Option<Failure>,
}

impl<'a> Outcome<'a> {
    /// A response of which nothing was lost.
    #[must_use]
    pub fn response(response: impl Into<Cow<'a, Response>>) -> Self {
        Outcome { response: Some(response.into()), ..Outcome::no_answer() }
    }

    /// An answer that could not be decoded.
    #[must_use]
    pub fn failure(failure: Failure) -> Self {
        Outcome { failure: Some(failure), ..Outcome::no_answer() }
    }

    /// No answer: the transport failed.
    #[must_use]
    pub const fn no_answer() -> Self {
        Outcome { response: None, http_status: None, losses: Vec::new(), losses_omitted: 0, failure: None }
    }

    /// Sets the status of the HTTP answer.
    #[must_use]
    pub fn http_status(mut self, status: impl Into<Option<u16>>) -> Self {
        self.http_status = status.into();
        self
    }
}

/// A value of a body that is not in the model.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Loss {
    /// Its place. The root where it is a whole body or envelope.
    pub path: Path,
    /// The value that the model has at this place, in its spelling on the wire; `None` where it has none, and
    /// inside a list of tags, which the model has by key.
    pub kept: Option<String>,
    /// The text that was lost, cut at 128 bytes.
    pub lost: String,
    /// The jobs of a page that the value is about, by index. `None` for the whole answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jobs: Option<Range<usize>>,
}

impl Loss {
    /// A lost text, with the value that was kept in its place.
    #[must_use]
    pub fn new(path: impl Into<Path>, kept: Option<String>, lost: impl Into<String>) -> Self {
        Loss { path: path.into(), kept, lost: lost.into(), jobs: None }
    }

    /// Sets the jobs of a page that the value is about, by index.
    #[must_use]
    pub fn of_jobs(mut self, jobs: impl Into<Option<Range<usize>>>) -> Self {
        self.jobs = jobs.into();
        self
    }
}
