//! From tree to model and back: records, the shapes of their fields, what is duplicate or unknown.
//!
//! This room knows shapes, but no syntax and no field by name. Reading cannot fail: what does not fit is reported as a
//! quirk.

mod body_reader;
mod list;
mod location;
mod name_list;
mod nested;
mod quirks;
mod table;
mod text_map;
mod value;
mod writer;

pub(super) use self::body_reader::{BodyReader, TreeReader};
pub(super) use self::list::List;
pub(super) use self::location::Location;
pub(super) use self::name_list::NameList;
pub(super) use self::nested::Nested;
pub(super) use self::quirks::Quirks;
pub(super) use self::table::{Record, Shape, Slot, bit, holds_response, is_field, record, resolve};
pub(super) use self::text_map::TextMap;
pub(super) use self::value::Scalar;
pub(super) use self::writer::Writer;
