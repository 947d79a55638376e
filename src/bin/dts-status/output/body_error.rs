//! Why there is no response in a file or line: [`BodyError`].

use std::fmt::{self, Display};

use aliyun_dts_status::DecodeError;
use aliyun_dts_status::model::{Failure, Outcome, Position};
use serde::{Serialize, Serializer};

/// Why there is no response in a file or line.
#[derive(Debug)]
pub(crate) enum BodyError {
    /// The decoder refuses the body.
    Undecodable(DecodeError),
    /// The record around the body cannot be trusted.
    NoRecord(Failure),
    /// The file cannot be read, for this reason.
    Unreadable(String),
}

impl BodyError {
    /// What judging needs of it.
    pub(crate) fn outcome(&self) -> Outcome<'static> {
        match self {
            BodyError::Undecodable(error) => error.into(),
            BodyError::NoRecord(failure) => Outcome::failure(failure.clone()),
            BodyError::Unreadable(_) => Outcome::no_answer(),
        }
    }
}

/// The error, its location, and for a body an excerpt of it there.
impl Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BodyError::Undecodable(error) => {
                write!(f, "{error} (byte {})", error.position().offset)?;
                if error.excerpt().is_empty() {
                    return Ok(());
                }
                // The Debug form escapes control characters.
                write!(f, "\n  found {:?}", error.excerpt())
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
            BodyError::Undecodable(error) => error.serialize(serializer),
            BodyError::NoRecord(Failure { kind, message, position, .. }) => {
                Other { kind: kind.as_str(), message, position: *position }.serialize(serializer)
            }
            BodyError::Unreadable(reason) => {
                Other { kind: "unreadable", message: reason, position: None }.serialize(serializer)
            }
        }
    }
}
