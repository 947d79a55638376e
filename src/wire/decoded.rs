//! A decoded body: [`Decoded`], and its refusal by strict use, [`NotClean`].

use std::error::Error;
use std::fmt;

use super::format::Format;
use super::quirk::Quirk;
use crate::model::{Response, SyncJob};

/// A decoded body: what it says, and everything that was tolerated to read it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Decoded {
    /// The content of the body.
    pub response: Response,
    /// The format of the body.
    pub format: Format,
    /// What was tolerated, in the order of reading.
    pub quirks: Vec<Quirk>,
    /// The number of quirks beyond [`Limits::quirks`](crate::Limits::quirks), which are not kept.
    pub quirks_omitted: usize,
    pub(super) omitted_loses_value: bool,
}

impl Decoded {
    /// Returns true if the whole body is in the documented form.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.quirks.is_empty() && self.quirks_omitted == 0
    }

    /// Returns true if content of the body is missing from the response. Each missing piece is in a quirk.
    #[must_use]
    pub fn loses_value(&self) -> bool {
        self.omitted_loses_value || self.quirks.iter().any(|quirk| quirk.kind.loses_value())
    }

    /// The job, if the response is one.
    #[must_use]
    pub fn job(&self) -> Option<&SyncJob> {
        self.response.job()
    }

    /// The response of a clean body.
    ///
    /// # Errors
    ///
    /// If anything was tolerated. The error holds the response and the quirks.
    pub fn into_strict(self) -> Result<Response, NotClean> {
        if self.is_clean() { Ok(self.response) } else { Err(NotClean(Box::new(self))) }
    }
}

/// A body that strict use refuses: [`Decoded::into_strict`].
#[derive(Debug, Clone, PartialEq)]
pub struct NotClean(Box<Decoded>);

impl NotClean {
    /// The decoded body, as if it had not been refused.
    #[must_use]
    pub fn into_decoded(self) -> Decoded {
        *self.0
    }
}

impl fmt::Display for NotClean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = self.0.quirks.len().saturating_add(self.0.quirks_omitted).saturating_sub(1);
        f.write_str("the body is not in the documented form")?;
        if let Some(first) = self.0.quirks.first() {
            write!(f, ": {first}")?;
        }
        if more > 0 { write!(f, " and {more} more") } else { Ok(()) }
    }
}

impl Error for NotClean {}
