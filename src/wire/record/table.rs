//! A record as a table of fields: [`Table`], [`Shape`], `table!`.

use std::collections::BTreeMap;

use super::body_reader::BodyReader;
use super::location::Location;
use super::writer::Writer;
use crate::field::{Field, bare, same_name};
use crate::wire::quirk::QuirkKind;
use crate::wire::root_name::is_envelope;
use crate::wire::source::{Content, Entry, Source};

/// A table of the schema: the fields of a record, each with its slot in a model and its shape. The fields are read and
/// written from one row each. `table!` implements it.
pub(in crate::wire) trait Table {
    /// What the fields fill.
    type Model: Default + PartialEq;

    /// The row of each field, counted from 0; [`NO_ROW`] for the fields of other records.
    const ROWS: &'static Rows;
    /// Other names of the fields.
    const ALIASES: &'static [(&'static str, Field)];
    /// Other names that count only where the field itself has no value.
    const FALLBACKS: &'static [(&'static str, Field)];
    /// Names that are known, and whose values are not kept.
    const NOT_KEPT: &'static [&'static str];

    /// Reads one of the fields.
    fn read<'a, S: Source<'a>>(
        model: &mut Self::Model,
        field: Field,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    );
    /// Reads a further value of one of the fields.
    fn read_again<'a, S: Source<'a>>(
        model: &mut Self::Model,
        field: Field,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    );
    /// Returns true if a field has a value.
    fn is_set(model: &Self::Model) -> bool;
    /// Writes all fields that have a value.
    fn write<W: Writer>(model: &Self::Model, writer: &mut W);

    /// The bit of a field, if the record has it.
    #[inline]
    fn bit(field: Field) -> Option<u64> {
        match Self::ROWS.get(field.index()) {
            None | Some(&NO_ROW) => None,
            Some(&row) => Some(1_u64.wrapping_shl(row.into())),
        }
    }

    #[inline]
    fn has(field: Field) -> bool {
        Self::bit(field).is_some()
    }
}

/// See [`Table::ROWS`].
pub(in crate::wire) type Rows = [u8; Field::ALL.len()];

/// See [`Table::ROWS`].
pub(in crate::wire) const NO_ROW: u8 = u8::MAX;

/// How the value of a field is laid out on the wire, and what it fills in the model.
pub(in crate::wire) trait Shape<T> {
    /// Reads the first value of a field.
    fn read<'a, S: Source<'a>>(&self, slot: &mut T, reader: &mut BodyReader<'a, S>, location: &Location<'_>);
    /// Reads a further value of a field: a duplicate, unless one of the two is absent or the field is a list of XML
    /// (docs/wire.md, section 4).
    fn read_again<'a, S: Source<'a>>(
        &self,
        slot: &mut T,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    );
    fn write<W: Writer>(&self, slot: &T, field: Field, writer: &mut W);
}

/// A slot of the model.
pub(in crate::wire) trait Slot: Default + PartialEq {
    /// Returns true if the slot has a value.
    fn is_set(&self) -> bool;
}

impl<T: PartialEq> Slot for Option<T> {
    #[inline]
    fn is_set(&self) -> bool {
        self.is_some()
    }
}

impl<T: PartialEq> Slot for Vec<T> {
    #[inline]
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl<K: Ord, V: PartialEq> Slot for BTreeMap<K, V> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

/// The rows of a table with these fields.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
pub(in crate::wire) const fn rows<const FIELDS: usize>(fields: [Field; FIELDS]) -> Rows {
    assert!(FIELDS <= 64, "each row has a bit of 64");
    let mut rows = [NO_ROW; Field::ALL.len()];
    let mut row = 0_u8;
    while (row as usize) < FIELDS {
        let field = fields[row as usize].index();
        assert!(rows[field] == NO_ROW, "a field has two rows");
        rows[field] = row;
        row += 1;
    }
    rows
}

/// Defines a [`Table`]: of each row the field, its slot in the model, its shape.
macro_rules! table {
    (
        $(#[$meta:meta])*
        $table:ident fills $model:ty {
            $($field:ident => $($slot:ident).+: $shape:expr;)+
        }
        $(aliases { $($alias:expr => $aliased:ident;)+ })?
        $(fallbacks { $($fallback:expr => $replaced:ident;)+ })?
        $(not_kept $not_kept:expr;)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub(in crate::wire) struct $table;

        impl $crate::wire::record::Table for $table {
            type Model = $model;

            const ROWS: &'static $crate::wire::record::Rows =
                &$crate::wire::record::rows([$($crate::field::Field::$field),+]);
            const ALIASES: &'static [(&'static str, $crate::field::Field)] =
                &[$($(($alias, $crate::field::Field::$aliased),)+)?];
            const FALLBACKS: &'static [(&'static str, $crate::field::Field)] =
                &[$($(($fallback, $crate::field::Field::$replaced),)+)?];
            const NOT_KEPT: &'static [&'static str] = table!(@not_kept $($not_kept)?);

            #[inline]
            fn read<'a, S: $crate::wire::source::Source<'a>>(
                model: &mut $model,
                field: $crate::field::Field,
                reader: &mut $crate::wire::record::BodyReader<'a, S>,
                location: &$crate::wire::record::Location<'_>,
            ) {
                use $crate::wire::record::Shape;
                match field {
                    $($crate::field::Field::$field => $shape.read(&mut model.$($slot).+, reader, location),)+
                    _ => {}
                }
            }

            #[inline(never)]
            fn read_again<'a, S: $crate::wire::source::Source<'a>>(
                model: &mut $model,
                field: $crate::field::Field,
                reader: &mut $crate::wire::record::BodyReader<'a, S>,
                location: &$crate::wire::record::Location<'_>,
            ) {
                use $crate::wire::record::Shape;
                match field {
                    $($crate::field::Field::$field => $shape.read_again(&mut model.$($slot).+, reader, location),)+
                    _ => {}
                }
            }

            #[inline]
            fn is_set(model: &$model) -> bool {
                use $crate::wire::record::Slot;
                false $(|| model.$($slot).+.is_set())+
            }

            fn write<W: $crate::wire::record::Writer>(model: &$model, writer: &mut W) {
                use $crate::wire::record::Shape;
                $(if writer.wants($crate::field::Field::$field) {
                    $shape.write(&model.$($slot).+, $crate::field::Field::$field, writer);
                })+
            }
        }
    };
    (@not_kept) => { &[] };
    (@not_kept $names:expr) => { $names };
}

pub(in crate::wire) use table;

impl<'a, S: Source<'a>> BodyReader<'a, S> {
    /// Reads the members of the record at a location. Returns the fields, one bit each.
    #[inline]
    pub(in crate::wire) fn record<T: Table>(&mut self, model: &mut T::Model, location: &Location<'_>) -> u64 {
        self.members::<T, false>(model, location, "")
    }

    /// [`BodyReader::record`], but if the first member is not a field, or a wrapper of this name, nothing is read.
    #[inline]
    pub(super) fn record_of_field<T: Table>(
        &mut self,
        model: &mut T::Model,
        location: &Location<'_>,
        wrapper: &str,
    ) -> bool {
        let mark = self.source.mark();
        let is_read = self.members::<T, true>(model, location, wrapper) != 0;
        if !is_read {
            self.source.restore(&mark);
        }
        is_read
    }

    fn members<T: Table, const FIELD_FIRST: bool>(
        &mut self,
        model: &mut T::Model,
        location: &Location<'_>,
        wrapper: &str,
    ) -> u64 {
        let mut seen = 0;
        let mut inside = self.source.open(location.entry);
        // Nothing is moved out of the member, which is large.
        while let Some((name, ref entry)) = self.source.member(&mut inside) {
            if FIELD_FIRST
                && seen == 0
                && (!entry.field.is_some_and(T::has) || entry.content.is_container() && name == wrapper)
            {
                return 0;
            }
            let (field, bit) = match entry.field.and_then(|field| Some((field, T::bit(field)?))) {
                Some(known) => known,
                None => match self.other_spelling::<T>(name, location, entry) {
                    Some(field) => (field, T::bit(field).unwrap_or_default()),
                    None => continue,
                },
            };
            let member = location.member(field, entry);
            self.report_attributes(&member);
            if seen & bit == 0 {
                seen |= bit;
                T::read(model, field, self, &member);
            } else {
                T::read_again(model, field, self, &member);
            }
        }
        seen
    }

    /// The field with a name in another spelling. Anything else is reported.
    #[cold]
    fn other_spelling<T: Table>(
        &mut self,
        name: &str,
        location: &Location<'_>,
        entry: &Entry<'_>,
    ) -> Option<Field> {
        if let Content::LooseText(_) = entry.content {
            self.report(QuirkKind::TextForRecord, &location.within(entry));
            return None;
        }
        let is_not_kept = T::NOT_KEPT.contains(&name);
        let resolved = if is_not_kept { None } else { resolve::<T>(name) };
        let Some((field, kind)) = resolved else {
            if is_not_kept || is_not_kept_in_other_spelling::<T>(name) {
                self.report_attributes(&location.unknown_member(name, entry));
            } else if location.is_root()
                && is_envelope(name, Some(self.operation))
                && holds_response(&mut self.source, entry)
            {
                self.report_duplicate(&Location::root(entry), false);
            } else {
                self.report_unknown(&location.unknown_member(name, entry));
            }
            return None;
        };
        let member = location.member(field, entry);
        self.report_found(kind, &member, name);
        if has_name(T::FALLBACKS, name)
            && let Some(is_same) = self.is_own_value(location, field, entry)
        {
            self.report_duplicate(&member, is_same);
            return None;
        }
        Some(field)
    }

    /// Returns true if an entry is spelled as the plain value of a field under its own name; `None` if there is no such
    /// value. It is searched for once in a record.
    fn is_own_value(&mut self, location: &Location<'_>, field: Field, entry: &Entry<'_>) -> Option<bool> {
        let record = location.entry.place;
        if self.own_value.as_ref().is_none_or(|(searched, _)| *searched != record) {
            let own = self.source.find_sibling(location.entry, &mut |name, entry| {
                same_name(field.as_str(), name)
                    && match &entry.content {
                        Content::Text(text) => !text.is_empty(),
                        Content::Int(_) | Content::Number | Content::Bool(_) => true,
                        _ => false,
                    }
            });
            self.own_value = Some((record, own.map(|own| self.source.raw(&own).into_owned())));
        }
        let (_, own) = self.own_value.as_ref()?;
        own.as_ref().map(|own| **own == *self.source.raw(entry))
    }
}

/// Returns true if a value can hold a whole response: an object, an element, or a text that begins like one.
pub(in crate::wire) fn holds_response<'a, S: Source<'a>>(source: &mut S, entry: &Entry<'_>) -> bool {
    match &entry.content {
        Content::Record => !source.is_empty(entry),
        Content::Text(text) => text.trim_start().starts_with(['{', '<']),
        _ => false,
    }
}

/// The field with this name in another spelling, and the quirk that it is.
pub(in crate::wire) fn resolve<T: Table>(name: &str) -> Option<(Field, QuirkKind)> {
    let alias = |matches: &dyn Fn(&str) -> bool| {
        let mut aliases = T::ALIASES.iter().chain(T::FALLBACKS);
        aliases.find(|(alias, _)| matches(alias)).map(|(_, field)| (*field, QuirkKind::FieldAlias))
    };
    alias(&|alias| alias == name)
        .or_else(|| {
            Field::folded(name).find(|field| T::has(*field)).map(|field| (field, QuirkKind::FieldCase))
        })
        .or_else(|| {
            let name = bare(name);
            alias(&|alias| alias.eq_ignore_ascii_case(&name))
        })
}

/// Returns true if a name is a field of the record, in any spelling, or one whose values are not kept.
pub(in crate::wire) fn is_field<T: Table>(name: &str) -> bool {
    Field::exact(name).is_some_and(T::has)
        || resolve::<T>(name).is_some()
        || is_not_kept_in_other_spelling::<T>(name)
}

#[cold]
fn is_not_kept_in_other_spelling<T: Table>(name: &str) -> bool {
    T::NOT_KEPT.iter().any(|known| same_name(known, name))
}

fn has_name(names: &[(&str, Field)], name: &str) -> bool {
    names.iter().any(|(known, _)| same_name(known, name))
}
