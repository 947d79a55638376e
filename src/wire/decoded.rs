//! A decoded body: [`Decoded`], and its refusal by strict use, [`NotCleanError`].

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::format::Format;
use super::kept::Kept;
use super::quirk::{Quirk, QuirkKind};
use crate::model::{Fault, Loss, Operation, Outcome, Response, SyncJob};

/// A decoded body: what it says, and everything that was tolerated to read it.
///
/// It serialises to what the command's `decode --output json` prints, without the violations, and reads that back.
///
/// ```
/// use aliyun_dts_status::decode;
///
/// let decoded = decode(br#"{"Status": "Failed", "Delay": "soon"}"#)?;
/// assert!(!decoded.is_clean() && decoded.loses_value());
/// assert_eq!(decoded.losses()[0].lost, "soon");
/// let error = decoded.into_strict().unwrap_err();
/// assert!(error.to_string().starts_with("the body is not in the documented form: unreadable at Delay"));
/// # Ok::<(), aliyun_dts_status::DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Decoded {
    /// The content of the body.
    #[serde(flatten)]
    pub response: Response,
    /// The format of the body.
    pub format: Format,
    /// The operation that the body was read as the response of.
    #[serde(default)]
    pub operation: Operation,
    /// The status of the HTTP answer: of an HTTP head in front of the body, of an SDK's dump, of `HttpStatusCode`. The
    /// highest, if there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// What was tolerated, in the order of reading.
    pub quirks: Vec<Quirk>,
    /// The number of quirks beyond [`Limits::quirks`](crate::Limits::quirks), which are not kept.
    #[serde(default, skip_serializing_if = "is_default")]
    pub quirks_omitted: usize,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) omitted_loses_value: bool,
    /// The number of quirks that are not kept and may each have lost a value of a known field.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) losses_omitted: usize,
    /// The quirks whose value is the same as the one that was kept, by index, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) same_value: Vec<usize>,
    /// Of a page, which directions of each item of its list are jobs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) items: Vec<Vec<bool>>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Decoded {
    /// Returns true if the whole body is in the documented form.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.quirks.is_empty() && self.quirks_omitted == 0
    }

    /// Returns true if content of the body is missing from the response. Each missing piece is in a
    /// quirk, but for the values of known names that are not kept (docs/operations.md).
    #[must_use]
    pub fn loses_value(&self) -> bool {
        self.omitted_loses_value || self.quirks.iter().any(|quirk| quirk.kind.loses_value())
    }

    /// The values of known fields that are in the body and not in the response, each with the value that was kept in
    /// its place.
    ///
    /// A value that says the same as the one that was kept is not lost: `failed` next to `Failed`.
    #[must_use]
    pub fn losses(&self) -> Vec<Loss> {
        let is_loss = |&(index, quirk): &(usize, &Quirk)| {
            quirk.kind.may_be_loss() && self.same_value.binary_search(&index).is_err()
        };
        let losses = self.quirks.iter().enumerate().filter(is_loss);
        let mut values = Kept::new(&self.response, &self.items);
        losses
            .map(|(_, quirk)| {
                let (jobs, kept) = values.at(quirk.path.segments());
                // The path of an unknown item is that of the next item, which is another one.
                let kept = kept.filter(|_| quirk.kind != QuirkKind::UnknownItem);
                Loss::new(quirk.path.clone(), kept, quirk.found.as_str()).of_jobs(jobs)
            })
            .collect()
    }

    /// The job, if the response is one.
    #[must_use]
    pub fn job(&self) -> Option<&SyncJob> {
        self.response.job()
    }

    /// The jobs: the one job, those of the page, or none of a fault.
    #[must_use]
    pub fn jobs(&self) -> &[SyncJob] {
        self.response.jobs()
    }

    /// The error document, if the response is one.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        self.response.fault()
    }

    /// The job, if the response is one.
    #[must_use]
    pub fn into_job(self) -> Option<SyncJob> {
        self.response.into_job()
    }

    /// The response of a clean body.
    ///
    /// # Errors
    ///
    /// If anything was tolerated. The error holds the response and the quirks.
    pub fn into_strict(self) -> Result<Response, NotCleanError> {
        if self.is_clean() { Ok(self.response) } else { Err(NotCleanError(Box::new(self))) }
    }
}

impl<'a> From<&'a Decoded> for Outcome<'a> {
    fn from(decoded: &'a Decoded) -> Self {
        Outcome {
            losses: decoded.losses(),
            losses_omitted: decoded.losses_omitted,
            ..Outcome::response(&decoded.response).http_status(decoded.http_status)
        }
    }
}

impl From<Decoded> for Outcome<'static> {
    fn from(decoded: Decoded) -> Self {
        let losses = decoded.losses();
        Outcome {
            losses,
            losses_omitted: decoded.losses_omitted,
            ..Outcome::response(decoded.response).http_status(decoded.http_status)
        }
    }
}

/// A body that strict use refuses: [`Decoded::into_strict`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NotCleanError(Box<Decoded>);

impl NotCleanError {
    /// The decoded body, as if it had not been refused.
    #[must_use]
    pub fn into_decoded(self) -> Decoded {
        *self.0
    }
}

impl fmt::Display for NotCleanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = self.0.quirks.len().saturating_add(self.0.quirks_omitted).saturating_sub(1);
        f.write_str("the body is not in the documented form")?;
        if let Some(first) = self.0.quirks.first() {
            write!(f, ": {first}")?;
        }
        if more > 0 { write!(f, " and {more} more") } else { Ok(()) }
    }
}

impl Error for NotCleanError {}
