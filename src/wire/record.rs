//! From tree to model: records, the shapes of their fields, what is duplicate or unknown: [`Walk`], `record!`.
//!
//! The walk knows shapes, and no format and no field by name. It can't fail: what does not fit is reported.

mod list;
mod names;
mod nested;
mod place;
mod scalar;
mod sink;
mod texts;
mod walk;

pub(super) use self::list::List;
pub(super) use self::names::NameList;
pub(super) use self::nested::Nested;
pub(super) use self::place::Place;
pub(super) use self::scalar::Scalar;
pub(super) use self::sink::{JsonType, Sink, Spelled};
pub(super) use self::texts::Texts;
pub(super) use self::walk::Walk;
use super::quirk::QuirkKind;
use crate::field::Field;

/// A record of the schema: a table of fields, read and written from one row each. `record!` implements it.
pub(super) trait Record: Default + PartialEq {
    /// The fields, one bit each.
    const FIELDS: u64;
    /// Other names of the fields.
    const ALIASES: &'static [(&'static str, Field)];

    /// Reads one of the fields.
    fn read(&mut self, field: Field, walk: &mut Walk<'_>, place: &Place<'_>);
    /// Writes all fields that have a value.
    fn write<S: Sink>(&self, sink: &mut S);

    #[inline]
    fn has(field: Field) -> bool {
        Self::FIELDS & bit(field) != 0
    }
}

/// The bit of a field in [`Record::FIELDS`].
pub(super) const fn bit(field: Field) -> u64 {
    1 << field as u32
}

/// Implements [`Record`] from a table of rows: field, slot in the model, shape.
macro_rules! record {
    (
        $record:ty {
            $($field:ident => $slot:ident: $shape:expr;)+
        }
        $(aliases { $($alias:expr => $aliased:ident;)+ })?
    ) => {
        impl $crate::wire::record::Record for $record {
            const FIELDS: u64 = 0 $(| $crate::wire::record::bit($crate::field::Field::$field))+;
            const ALIASES: &'static [(&'static str, $crate::field::Field)] =
                &[$($(($alias, $crate::field::Field::$aliased),)+)?];

            fn read(
                &mut self,
                field: $crate::field::Field,
                walk: &mut $crate::wire::record::Walk<'_>,
                place: &$crate::wire::record::Place<'_>,
            ) {
                use $crate::wire::record::Shape;
                match field {
                    $($crate::field::Field::$field => $shape.read(&mut self.$slot, walk, place),)+
                    _ => {}
                }
            }

            fn write<S: $crate::wire::record::Sink>(&self, sink: &mut S) {
                use $crate::wire::record::Shape;
                $($shape.write(&self.$slot, $crate::field::Field::$field, sink);)+
            }
        }
    };
}

pub(super) use record;

/// How the value of a field is laid out on the wire, and what it fills in the model.
pub(super) trait Shape<T> {
    fn read(&self, slot: &mut T, walk: &mut Walk<'_>, place: &Place<'_>);
    fn write<S: Sink>(&self, slot: &T, field: Field, sink: &mut S);
}

/// A field by another of its names or in another letter case.
pub(super) fn resolve<R: Record>(name: &str) -> Option<(Field, QuirkKind)> {
    let alias = |matches: &dyn Fn(&str) -> bool| {
        R::ALIASES.iter().find(|(alias, _)| matches(alias)).map(|(_, field)| (*field, QuirkKind::FieldAlias))
    };
    alias(&|alias| alias == name)
        .or_else(|| {
            Field::folded(name).filter(|field| R::has(*field)).map(|field| (field, QuirkKind::FieldCase))
        })
        .or_else(|| alias(&|alias| alias.eq_ignore_ascii_case(name)))
}

/// Whether a name is one of a record's fields, in any spelling.
pub(super) fn is_field<R: Record>(name: &str) -> bool {
    Field::exact(name).is_some_and(R::has) || resolve::<R>(name).is_some()
}
