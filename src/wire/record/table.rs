//! A record as a table of fields: [`Record`], [`Shape`], `record!`.

use std::collections::BTreeMap;

use super::body_reader::BodyReader;
use super::location::Location;
use super::writer::Writer;
use crate::field::{Field, bare, is_envelope, same_name};
use crate::wire::quirk::QuirkKind;
use crate::wire::tree::{Node, Tree, Value};

/// A record of the schema: a table of fields, read and written from one row each. `record!` implements it.
pub(in crate::wire) trait Record: Default + PartialEq {
    /// The fields, one bit each.
    const FIELDS: u64;
    /// Other names of the fields.
    const ALIASES: &'static [(&'static str, Field)];
    /// Other names that count only where the field itself has no value.
    const FALLBACKS: &'static [(&'static str, Field)];

    /// Reads one of the fields.
    fn read(&mut self, field: Field, reader: &mut BodyReader<'_>, location: &Location<'_>);
    /// Reads a further value of one of the fields.
    fn read_again(&mut self, field: Field, reader: &mut BodyReader<'_>, location: &Location<'_>);
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
    fn read(&self, slot: &mut T, reader: &mut BodyReader<'_>, location: &Location<'_>);
    /// Reads a further value of a field: a duplicate, unless one of the two is absent or the field is a list of XML
    /// (docs/wire.md, section 4).
    fn read_again(&self, slot: &mut T, reader: &mut BodyReader<'_>, location: &Location<'_>);
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
            fn read(
                &mut self,
                field: $crate::field::Field,
                reader: &mut $crate::wire::record::BodyReader<'_>,
                location: &$crate::wire::record::Location<'_>,
            ) {
                use $crate::wire::record::Shape;
                match field {
                    $($crate::field::Field::$field => $shape.read(&mut self.$slot, reader, location),)+
                    _ => {}
                }
            }

            #[inline(never)]
            fn read_again(
                &mut self,
                field: $crate::field::Field,
                reader: &mut $crate::wire::record::BodyReader<'_>,
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

impl BodyReader<'_> {
    /// Reads the members of the record at a location.
    pub(in crate::wire) fn record<R: Record>(&mut self, record: &mut R, location: &Location<'_>) {
        let tree = self.tree;
        let mut seen = 0;
        for (id, node) in tree.children(location.id) {
            let name = tree.str(node.name);
            let field = match Field::exact(name) {
                Some(field) if R::has(field) => field,
                _ => match self.other_spelling::<R>(name, location, id, node.value) {
                    Some(field) => field,
                    None => continue,
                },
            };
            let member = location.member(field, id, node.value);
            self.report_attributes(&member);
            if seen & bit(field) == 0 {
                seen |= bit(field);
                record.read(field, self, &member);
            } else {
                record.read_again(field, self, &member);
            }
        }
    }

    /// The field with a name in another spelling. Anything else is reported.
    #[cold]
    fn other_spelling<R: Record>(
        &mut self,
        name: &str,
        location: &Location<'_>,
        id: usize,
        value: Value,
    ) -> Option<Field> {
        if let Value::LooseText(_) = value {
            self.report(QuirkKind::TextForRecord, &location.at_node(id, value, location.anchor));
            return None;
        }
        let Some((field, kind)) = resolve::<R>(name) else {
            if location.is_root() && is_envelope(name) && holds_response(self.tree, id) {
                self.report_duplicate(&Location::root(id, value), false);
            } else {
                self.report_unknown(&location.unknown_member(name, id, value));
            }
            return None;
        };
        let member = location.member(field, id, value);
        self.report_found(kind, &member, name);
        if has_name(R::FALLBACKS, name)
            && let Some(own) = self.own_value(location, field)
        {
            self.report_duplicate(&member, self.tree.raw(own) == self.tree.raw(id));
            return None;
        }
        Some(field)
    }

    /// A plain value of a field under its own name. It is searched for once in a record.
    fn own_value(&mut self, location: &Location<'_>, field: Field) -> Option<usize> {
        if let Some((record, found)) = self.own_value
            && record == location.id
        {
            return found;
        }
        let is_own = |node: &Node| {
            same_name(field.as_str(), self.tree.str(node.name))
                && match node.value {
                    Value::Text(text) => text.len() > 0,
                    Value::Int(_) | Value::Number | Value::Bool(_) => true,
                    _ => false,
                }
        };
        let found = self.tree.children(location.id).find(|(_, node)| is_own(node)).map(|(id, _)| id);
        self.own_value = Some((location.id, found));
        found
    }
}

/// Returns true if a value can hold a whole response: an object, an element, or a text that begins like one.
pub(in crate::wire) fn holds_response(tree: &Tree<'_>, id: usize) -> bool {
    match tree.value(id) {
        Value::Record { .. } => tree.children(id).next().is_some(),
        Value::Text(text) => tree.str(text).trim_start().starts_with(['{', '<']),
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
