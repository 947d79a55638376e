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

/// The type of a number or a boolean in a documented JSON body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::wire) enum JsonType {
    /// Text.
    Text,
    /// A number or a boolean of JSON.
    Native,
}
