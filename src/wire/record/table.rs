//! A record as a table of fields: [`Record`], [`Shape`], `record!`.

use std::collections::BTreeMap;

use super::body_reader::BodyReader;
use super::location::Location;
use super::writer::Writer;
use crate::field::{Field, bare, is_envelope, same_name};
use crate::wire::quirk::QuirkKind;
use crate::wire::source::{Content, Entry, Source};

/// A record of the schema: a table of fields, read and written from one row each. `record!` implements it.
pub(in crate::wire) trait Record: Default + PartialEq {
    /// The fields, one bit each.
    const FIELDS: u64;
    /// Other names of the fields.
    const ALIASES: &'static [(&'static str, Field)];
    /// Other names that count only where the field itself has no value.
    const FALLBACKS: &'static [(&'static str, Field)];

    /// Reads one of the fields.
    fn read<'a, S: Source<'a>>(
        &mut self,
        field: Field,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    );
    /// Reads a further value of one of the fields.
    fn read_again<'a, S: Source<'a>>(
        &mut self,
        field: Field,
        reader: &mut BodyReader<'a, S>,
        location: &Location<'_>,
    );
    /// Returns true if a field has a value.
    fn is_set(&self) -> bool;
    /// Writes all fields that have a value.
    fn write<W: Writer>(&self, writer: &mut W);

    #[inline]
    fn has(field: Field) -> bool {
        Self::FIELDS & bit(field) != 0
    }
}

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

/// The bit of a field in [`Record::FIELDS`].
pub(in crate::wire) const fn bit(field: Field) -> u64 {
    1 << field as u32
}

/// Implements [`Record`] from a table of rows: field, slot in the model, shape.
macro_rules! record {
    (
        $record:ty {
            $($field:ident => $slot:ident: $shape:expr;)+
        }
        $(aliases { $($alias:expr => $aliased:ident;)+ })?
        $(fallbacks { $($fallback:expr => $replaced:ident;)+ })?
    ) => {
        impl $crate::wire::record::Record for $record {
            const FIELDS: u64 = 0 $(| $crate::wire::record::bit($crate::field::Field::$field))+;
            const ALIASES: &'static [(&'static str, $crate::field::Field)] =
                &[$($(($alias, $crate::field::Field::$aliased),)+)?];
            const FALLBACKS: &'static [(&'static str, $crate::field::Field)] =
                &[$($(($fallback, $crate::field::Field::$replaced),)+)?];

            #[inline]
            fn read<'a, S: $crate::wire::source::Source<'a>>(
                &mut self,
                field: $crate::field::Field,
                reader: &mut $crate::wire::record::BodyReader<'a, S>,
                location: &$crate::wire::record::Location<'_>,
            ) {
                use $crate::wire::record::Shape;
                match field {
                    $($crate::field::Field::$field => $shape.read(&mut self.$slot, reader, location),)+
                    _ => {}
                }
            }

            #[inline(never)]
            fn read_again<'a, S: $crate::wire::source::Source<'a>>(
                &mut self,
                field: $crate::field::Field,
                reader: &mut $crate::wire::record::BodyReader<'a, S>,
                location: &$crate::wire::record::Location<'_>,
            ) {
                use $crate::wire::record::Shape;
                match field {
                    $($crate::field::Field::$field => $shape.read_again(&mut self.$slot, reader, location),)+
                    _ => {}
                }
            }

            #[inline]
            fn is_set(&self) -> bool {
                use $crate::wire::record::Slot;
                false $(|| self.$slot.is_set())+
            }

            fn write<W: $crate::wire::record::Writer>(&self, writer: &mut W) {
                use $crate::wire::record::Shape;
                $($shape.write(&self.$slot, $crate::field::Field::$field, writer);)+
            }
        }
    };
}

pub(in crate::wire) use record;

impl<'a, S: Source<'a>> BodyReader<'a, S> {
    /// Reads the members of the record at a location. Returns the fields, one bit each.
    #[inline]
    pub(in crate::wire) fn record<R: Record>(&mut self, record: &mut R, location: &Location<'_>) -> u64 {
        self.members::<R, false>(record, location)
    }

    /// [`BodyReader::record`], but if the first member is not a field, nothing is read.
    #[inline]
    pub(super) fn record_of_field<R: Record>(&mut self, record: &mut R, location: &Location<'_>) -> bool {
        let mark = self.source.mark();
        let is_read = self.members::<R, true>(record, location) != 0;
        if !is_read {
            self.source.restore(&mark);
        }
        is_read
    }

    fn members<R: Record, const FIELD_FIRST: bool>(
        &mut self,
        record: &mut R,
        location: &Location<'_>,
    ) -> u64 {
        let mut seen = 0;
        let mut inside = self.source.open(location.entry);
        // Nothing is moved out of the member, which is large.
        while let Some((name, ref entry)) = self.source.member(&mut inside) {
            let field = match entry.field {
                Some(field) if R::has(field) => field,
                _ if FIELD_FIRST && seen == 0 => return 0,
                _ => match self.other_spelling::<R>(name, location, entry) {
                    Some(field) => field,
                    None => continue,
                },
            };
            let member = location.member(field, entry);
            self.report_attributes(&member);
            if seen & bit(field) == 0 {
                seen |= bit(field);
                record.read(field, self, &member);
            } else {
                record.read_again(field, self, &member);
            }
        }
        seen
    }

    /// The field with a name in another spelling. Anything else is reported.
    #[cold]
    fn other_spelling<R: Record>(
        &mut self,
        name: &str,
        location: &Location<'_>,
        entry: &Entry<'_>,
    ) -> Option<Field> {
        if let Content::LooseText(_) = entry.content {
            self.report(QuirkKind::TextForRecord, &location.within(entry));
            return None;
        }
        let Some((field, kind)) = resolve::<R>(name) else {
            if location.is_root() && is_envelope(name) && holds_response(&mut self.source, entry) {
                self.report_duplicate(&Location::root(entry), false);
            } else {
                self.report_unknown(&location.unknown_member(name, entry));
            }
            return None;
        };
        let member = location.member(field, entry);
        self.report_found(kind, &member, name);
        if has_name(R::FALLBACKS, name)
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
pub(in crate::wire) fn resolve<R: Record>(name: &str) -> Option<(Field, QuirkKind)> {
    let alias = |matches: &dyn Fn(&str) -> bool| {
        let mut aliases = R::ALIASES.iter().chain(R::FALLBACKS);
        aliases.find(|(alias, _)| matches(alias)).map(|(_, field)| (*field, QuirkKind::FieldAlias))
    };
    alias(&|alias| alias == name)
        .or_else(|| {
            Field::folded(name).filter(|field| R::has(*field)).map(|field| (field, QuirkKind::FieldCase))
        })
        .or_else(|| {
            let name = bare(name);
            alias(&|alias| alias.eq_ignore_ascii_case(&name))
        })
}

/// Returns true if a name is a field of the record, in any spelling.
pub(in crate::wire) fn is_field<R: Record>(name: &str) -> bool {
    Field::exact(name).is_some_and(R::has) || resolve::<R>(name).is_some()
}

fn has_name(names: &[(&str, Field)], name: &str) -> bool {
    names.iter().any(|(known, _)| same_name(known, name))
}
