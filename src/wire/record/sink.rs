//! What a record writes itself to, in either format: [`Sink`].

use std::fmt;

use super::Record;
use crate::field::Field;

/// Takes what a record writes, and writes it in a format.
pub(in crate::wire) trait Sink {
    fn scalar(&mut self, field: Field, value: Spelled<'_>, json: JsonType);
    fn record<R: Record>(&mut self, field: Field, record: &R);
    fn list<R: Record>(&mut self, field: Field, items: &[R]);
    fn names(&mut self, field: Field, item: Field, names: &[String]);
    fn texts<'t>(&mut self, field: Field, texts: impl Iterator<Item = (&'t str, &'t str)>);
}

/// A plain value in its documented spelling.
#[derive(Clone, Copy)]
pub(in crate::wire) enum Spelled<'v> {
    Text(&'v str),
    Shown(&'v dyn fmt::Display),
    Int(i64),
    Bool(bool),
}

/// How a plain value that is no text stands in a documented JSON body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::wire) enum JsonType {
    /// As text.
    Text,
    /// As a number or a boolean of JSON.
    Native,
}
