//! Why there is no response in a file or line: [`BodyError`].

use std::fmt::{self, Display};

use aliyun_dts_status::DecodeError;
use aliyun_dts_status::model::{Failure, Outcome, Position};
use serde::{Serialize, Serializer};

use super::safe;
use super::snippet::Body;

/// Why there is no response in a file or line.
#[derive(Debug)]
pub(crate) enum BodyError {
    /// The decoder refuses the body; the place is shown where the body is at hand.
    Undecodable(DecodeError, Option<String>),
    /// The record around the body cannot be trusted.
    NoRecord(Failure),
    /// The file cannot be read, for this reason.
    Unreadable(String),
}

impl BodyError {
    /// The error with its place in the body.
    pub(crate) fn in_body(self, body: &[u8]) -> Self {
        match self {
            BodyError::Undecodable(error, _) => {
                let place = Body::new(body)
                    .at(error.position().offset, &format!("dts-status explain {}", error.kind()));
                BodyError::Undecodable(error, Some(place))
            }
            other => other,
        }
    }

    /// What judging needs of it.
    pub(crate) fn outcome(&self) -> Outcome<'static> {
        match self {
            BodyError::Undecodable(error, _) => error.into(),
            BodyError::NoRecord(failure) => Outcome::failure(failure.clone()),
            BodyError::Unreadable(_) => Outcome::no_answer(),
        }
    }
}

/// The error, its location, and for a body an excerpt of it there.
impl Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BodyError::Undecodable(error, place) => {
                write!(f, "{error} (byte {})", error.position().offset)?;
                match place {
                    Some(place) => write!(f, "\n{}", place.trim_end()),
                    None if error.excerpt().is_empty() => Ok(()),
                    None => write!(f, "\n  found {}", safe::quoted(error.excerpt())),
                }
            }
            BodyError::NoRecord(Failure { message, position, .. }) => {
                f.write_str(message)?;
                match position {
                    Some(Position { line, column, .. }) => write!(f, " at line {line}, column {column}"),
                    None => Ok(()),
                }
            }
            BodyError::Unreadable(reason) => f.write_str(reason),
        }
    }
}

/// The `error` object of JSON output: kind, message, and for a known position line, column, offset.
impl Serialize for BodyError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Other<'a> {
            kind: &'a str,
            message: &'a str,
            #[serde(flatten)]
            position: Option<Position>,
        }
        match self {
            BodyError::Undecodable(error, _) => error.serialize(serializer),
            BodyError::NoRecord(Failure { kind, message, position, .. }) => {
                Other { kind: kind.as_str(), message, position: *position }.serialize(serializer)
            }
            BodyError::Unreadable(reason) => {
                Other { kind: "unreadable", message: reason, position: None }.serialize(serializer)
            }
        }
    }
}
