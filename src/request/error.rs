//! An invalid request: [`RequestError`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::OPERATION;
use crate::model::Operation;

/// A parameter that breaks a rule.
///
/// ```
/// use aliyun_dts_status::request::{ParameterError, DescribeSynchronizationJobStatus};
///
/// let error = DescribeSynchronizationJobStatus::new("").check().unwrap_err();
/// assert_eq!(error.parameter(), "SynchronizationJobId");
/// assert_eq!(*error.defect(), ParameterError::Empty);
/// assert_eq!(error.to_string(), "SynchronizationJobId: expected a value, found an empty one");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{parameter}: {defect}")]
pub struct RequestError {
    parameter: Cow<'static, str>,
    defect: ParameterError,
}

/// The rule that a parameter breaks.
///
/// ```
/// use aliyun_dts_status::Operation;
/// use aliyun_dts_status::request::{DescribeSynchronizationJobStatus, ParameterError};
///
/// let logged = [("SynchronizationJobId", "dtsexjk1alb116wxyz"), ("PageSize", "30")];
/// let error = DescribeSynchronizationJobStatus::from_parameters(logged).unwrap_err();
/// let operation = Operation::DescribeSynchronizationJobStatus;
/// assert_eq!((error.parameter(), error.defect()), ("PageSize", &ParameterError::NotOfOperation { operation }));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ParameterError {
    /// A required parameter is absent.
    #[error("expected a value, found none")]
    Absent,
    /// The value is empty.
    #[error("expected a value, found an empty one")]
    Empty,
    /// The value has characters outside ASCII.
    #[error("expected ASCII characters only")]
    NotAscii,
    /// The value is too long.
    #[error("expected at most {limit} characters, found {found}")]
    TooLong {
        /// Limit of the value, in characters.
        limit: usize,
        /// Characters of the value.
        found: usize,
    },
    /// The direction is neither Forward nor Reverse.
    #[error("expected Forward or Reverse, found {found:?}")]
    NotADirection {
        /// The text of the direction.
        found: Box<str>,
    },
    /// The value is no whole number from 1 to a limit.
    #[error("expected a number from 1 to {limit}, found {found:?}")]
    NotWithin {
        /// The limit.
        limit: u32,
        /// The value.
        found: Box<str>,
    },
    /// `JobType` is none of its three values.
    #[error("expected MIGRATION, SYNC or SUBSCRIBE, found {found:?}")]
    NotAJobType {
        /// The value.
        found: Box<str>,
    },
    /// `Action` names another operation.
    #[error("expected {OPERATION}, found {found:?}")]
    OtherOperation {
        /// The name of the other operation.
        found: Box<str>,
    },
    /// `Action` names an operation whose answers are not read.
    #[error("expected an operation whose answers are read, found {found:?}")]
    UnknownOperation {
        /// The name of the operation.
        found: Box<str>,
    },
    /// What follows a `%` is no byte of UTF-8.
    #[error("expected UTF-8 in percent-encoding")]
    BadEncoding,
    /// The parameter occurs more than once.
    #[error("expected once, found again")]
    Repeated,
    /// Neither this operation nor the RPC style has this parameter.
    #[error("expected a parameter of {operation} or of the RPC style")]
    NotOfOperation {
        /// The operation.
        operation: Operation,
    },
}

impl RequestError {
    pub(super) fn new(parameter: impl Into<Cow<'static, str>>, defect: ParameterError) -> Self {
        RequestError { parameter: parameter.into(), defect }
    }

    /// The name of the parameter.
    #[must_use]
    pub fn parameter(&self) -> &str {
        &self.parameter
    }

    /// The broken rule.
    #[must_use]
    pub fn defect(&self) -> &ParameterError {
        &self.defect
    }
}
