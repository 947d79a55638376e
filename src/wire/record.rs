//! From a source to the model and back: records, the shapes of their fields, what is duplicate or unknown.
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
mod texts;
mod value;
mod writer;

pub(super) use self::body_reader::{BodyReader, TreeReader};
pub(super) use self::list::{Items, List, Records, read_list, read_list_again, write_list};
pub(super) use self::location::Location;
pub(super) use self::name_list::NameList;
pub(super) use self::nested::{Nested, read_container_again};
pub(super) use self::quirks::Quirks;
pub(super) use self::table::{Rows, Shape, Slot, Table, holds_response, is_field, resolve, rows, table};
pub(super) use self::text_map::TextMap;
pub(super) use self::texts::Texts;
pub(super) use self::value::Scalar;
pub(super) use self::writer::Writer;
