//! How a plain value is written: [`Spelled`], and its type in JSON, [`JsonType`].

use std::fmt;

/// A plain value in its documented spelling.
#[derive(Clone, Copy)]
pub(in crate::wire) enum Spelled<'v> {
    Text(&'v str),
    Shown(&'v dyn fmt::Display),
    Int(i64),
    Bool(bool),
}

impl fmt::Display for Spelled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Spelled::Text(text) => f.write_str(text),
            Spelled::Shown(shown) => write!(f, "{shown}"),
            Spelled::Int(value) => write!(f, "{value}"),
            Spelled::Bool(value) => write!(f, "{value}"),
        }
    }
}

/// The type of a number or a boolean in a documented JSON body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::wire) enum JsonType {
    /// Text.
    Text,
    /// A number or a boolean of JSON.
    Native,
}
