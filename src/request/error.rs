//! What is wrong with a request: [`RequestError`].

use std::borrow::Cow;

use thiserror::Error;

use super::OPERATION;

/// A parameter that breaks a rule: its name, and the rule.
///
/// ```
/// use aliyun_dts_status::DescribeSynchronizationJobStatus;
/// use aliyun_dts_status::request::Defect;
///
/// let error = DescribeSynchronizationJobStatus::new("").check().unwrap_err();
/// assert_eq!(error.parameter(), "SynchronizationJobId");
/// assert_eq!(*error.defect(), Defect::Empty);
/// assert_eq!(error.to_string(), "SynchronizationJobId: expected a value, found an empty one");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{parameter}: {defect}")]
pub struct RequestError {
    parameter: Cow<'static, str>,
    defect: Defect,
}

/// Which rule a parameter breaks.
///
/// ```
/// use aliyun_dts_status::DescribeSynchronizationJobStatus;
/// use aliyun_dts_status::request::Defect;
///
/// let logged = [("SynchronizationJobId", "dtsexjk1alb116wxyz"), ("PageSize", "30")];
/// let error = DescribeSynchronizationJobStatus::from_parameters(logged).unwrap_err();
/// assert_eq!((error.parameter(), error.defect()), ("PageSize", &Defect::NotAParameter));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Defect {
    /// It is required, and not among the parameters.
    #[error("expected a value, found none")]
    Absent,
    /// It is empty: a parameter with nothing to say is left out.
    #[error("expected a value, found an empty one")]
    Empty,
    /// It is limited to ASCII characters.
    #[error("expected ASCII characters only")]
    NotAscii,
    /// It has more characters than allowed.
    #[error("expected at most {limit} characters, found {found}")]
    TooLong {
        /// The most characters allowed.
        limit: usize,
        /// How many there are.
        found: usize,
    },
    /// It is a direction other than Forward and Reverse.
    #[error("expected Forward or Reverse, found {found:?}")]
    NotADirection {
        /// The direction's text.
        found: Box<str>,
    },
    /// It names another operation: the request is not one of this type.
    #[error("expected {OPERATION}, found {found:?}")]
    OtherOperation {
        /// The other operation's name.
        found: Box<str>,
    },
    /// It is among the parameters more than once.
    #[error("expected once, found again")]
    Repeated,
    /// It belongs neither to this operation nor to the RPC style.
    #[error("expected a parameter of {OPERATION} or of the RPC style")]
    NotAParameter,
}

impl RequestError {
    pub(super) fn new(parameter: impl Into<Cow<'static, str>>, defect: Defect) -> Self {
        RequestError { parameter: parameter.into(), defect }
    }

    /// The name of the parameter.
    #[must_use]
    pub fn parameter(&self) -> &str {
        &self.parameter
    }

    /// The rule that it breaks.
    #[must_use]
    pub fn defect(&self) -> &Defect {
        &self.defect
    }
}
