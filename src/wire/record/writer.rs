//! What a record is written to, in either format: [`Writer`].

use crate::field::Field;
use crate::wire::scalar::{JsonType, Spelled};

/// Takes the fields of a record and writes them in a format.
pub(in crate::wire) trait Writer {
    /// Returns false if the value of a field is not written anyway.
    #[inline]
    fn wants(&self, _: Field) -> bool {
        true
    }
    /// Writes a plain value.
    fn scalar(&mut self, field: Field, value: Spelled<'_>, json: JsonType);
    /// Writes a record; `content` writes its fields.
    fn record(&mut self, field: Field, content: impl FnOnce(&mut Self));
    /// Writes a list of records; `content` writes the fields of one.
    fn list<T>(&mut self, field: Field, items: &[T], content: impl Fn(&mut Self, &T));
    /// Writes a list of records inside a record with one member, `inner`.
    fn wrapped_list<T>(
        &mut self,
        field: Field,
        inner: &'static str,
        items: &[T],
        content: impl Fn(&mut Self, &T),
    );
    /// Writes a list of texts.
    fn texts(&mut self, field: Field, texts: &[String]);
    /// Writes a record of texts with names of their own.
    fn text_map<'t>(&mut self, field: Field, texts: impl Iterator<Item = (&'t str, &'t str)>);
}
