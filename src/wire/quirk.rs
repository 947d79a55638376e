//! What had to be tolerated: [`Quirk`], [`QuirkKind`].

use std::fmt;

use serde::{Serialize, Serializer};

use crate::path::Path;

/// One departure of a body from the documented form, which the decoder tolerated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Quirk {
    /// What it was.
    pub kind: QuirkKind,
    /// The canonical place, the same in XML and JSON.
    pub path: Path,
    /// Byte offset into the body: of the `<` of the element in XML, of the opening quote of the key in JSON.
    /// A value of a JSON list has no key, so the nearest enclosing one counts; the root stands at 0.
    pub offset: usize,
    /// What stands in the body there, cut at 128 bytes.
    pub found: String,
}

/// Defines [`QuirkKind`] from one table.
macro_rules! quirk_kinds {
    ($($(#[$meta:meta])* $variant:ident = $text:literal, $loses:literal, $meaning:literal;)+) => {
        /// The kinds of departure from the documented form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum QuirkKind {
            $(#[doc = $meaning] $variant,)+
        }

        impl QuirkKind {
            /// Every kind.
            pub const ALL: &'static [QuirkKind] = &[$(QuirkKind::$variant,)+];

            /// The stable name, as in the command's JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(QuirkKind::$variant => $text,)+
                }
            }

            /// Whether content of the body is missing from the model (it stands in
            /// [`found`](Quirk::found)); otherwise only its form was unusual.
            #[must_use]
            pub const fn loses_value(self) -> bool {
                match self {
                    $(QuirkKind::$variant => $loses,)+
                }
            }

            /// One sentence that says what the kind means.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(QuirkKind::$variant => $meaning,)+
                }
            }
        }
    };
}

quirk_kinds! {
    FieldCase = "field_case", false, "A known field is written in another letter case.";
    FieldAlias = "field_alias", false, "A known field stands under another of its names.";
    DuplicateField = "duplicate_field", true, "A field stands more than once; the first readable value counts.";
    UnknownField = "unknown_field", true, "A field that this crate does not know.";
    Attribute = "attribute", true, "An XML element has attributes; they are told once for each element name.";
    Envelope = "envelope", false, "The response is wrapped in another object, or something stands beside it.";
    RootName = "root_name", false, "The root element has another name.";
    RootMissing = "root_missing", false, "The fields stand without a root element.";
    ByteOrderMark = "byte_order_mark", false, "The body begins with a byte order mark.";
    Transcoded = "transcoded", false, "The body is UTF-16 and was read as UTF-8.";
    Doctype = "doctype", false, "The body has a document type declaration, which is not followed.";
    ValueCase = "value_case", false, "A value is written in another letter case.";
    ValueAlias = "value_alias", false, "A value stands under another of its names.";
    UnknownValue = "unknown_value", false, "A value outside the known vocabulary; it is kept verbatim.";
    Padded = "padded", false, "A value has blanks around it.";
    EmptyValue = "empty_value", false, "A value that says nothing; it counts as absent.";
    BoolForm = "bool_form", false, "A boolean is written in an unusual way, or stands where text is wanted.";
    NumberForm = "number_form", false, "A number is written in an unusual way, or stands where text is wanted.";
    Unit = "unit", false, "A value carries an unusual unit; it was converted.";
    TimeForm = "time_form", false, "A time is written in an unusual way.";
    SingleForList = "single_for_list", false, "One object stands where a list is wanted.";
    WrappedList = "wrapped_list", false, "The items of a list are wrapped in an element of their own.";
    TextForItem = "text_for_item", false, "Bare text stands for an item of one field.";
    ListForRecord = "list_for_record", false, "A list of one stands where an object is wanted.";
    TextForRecord = "text_for_record", true, "Text stands where an object is wanted; it is not used.";
    RecordForText = "record_for_text", true, "An object or a list stands where a plain value is wanted; it is not used.";
    Unreadable = "unreadable", true, "A value that can't be read; it counts as absent.";
    UnknownItem = "unknown_item", true, "An item of a list without one known field; it is not used.";
}

impl fmt::Display for QuirkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for QuirkKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for Quirk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Quirk { kind, path, offset, found } = self;
        write!(f, "{kind}")?;
        if !path.segments().is_empty() {
            write!(f, " at {path}")?;
        }
        write!(f, " (byte {offset})")?;
        if found.is_empty() { Ok(()) } else { write!(f, ": {found:?}") }
    }
}
