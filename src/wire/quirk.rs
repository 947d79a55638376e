//! What was tolerated (docs/wire.md, section 5): [`Quirk`], [`QuirkKind`].

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::named_enum::named_enum;
use crate::path::Path;

/// One departure of a body from the documented form, tolerated by the decoder.
///
/// ```
/// use aliyun_dts_status::{Field, Path, QuirkKind, decode};
///
/// let decoded = decode(b"<R><Status>failed</Status><New>1</New></R>")?;
/// let quirk = decoded.quirks.iter().find(|quirk| quirk.kind == QuirkKind::ValueCase);
/// assert_eq!(quirk.map(|quirk| &quirk.path), Some(&Path::from(Field::Status)));
/// assert!(decoded.quirks.iter().any(|quirk| quirk.kind == QuirkKind::UnknownField && quirk.kind.loses_value()));
/// # Ok::<(), aliyun_dts_status::DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quirk {
    /// The kind of departure.
    pub kind: QuirkKind,
    /// The canonical path, the same in XML and JSON.
    pub path: Path,
    /// Byte offset into the body: of the `<` of the element in XML, of the opening quote of the key in JSON.
    /// A value of a JSON list has no key, so the key of the nearest enclosing value counts; the root is at 0.
    pub offset: usize,
    /// The text of the body at the offset, cut at 128 bytes.
    pub found: String,
}

/// Defines [`QuirkKind`] from one table.
macro_rules! quirk_kinds {
    ($($variant:ident = $text:literal, $loses:literal, $meaning:literal;)+) => {
        named_enum! {
            /// The kinds of departure from the documented form.
            #[derive(PartialOrd, Ord)]
            #[non_exhaustive]
            pub enum QuirkKind as "kind of quirk" {
                $(#[doc = $meaning] $variant = $text,)+
            }
        }

        impl QuirkKind {
            /// Returns true if content of the body is missing from the model and only in
            /// [`found`](Quirk::found); false if only its form was unusual.
            #[must_use]
            pub const fn loses_value(self) -> bool {
                match self {
                    $(QuirkKind::$variant => $loses,)+
                }
            }

            /// One sentence that explains the kind.
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
    FieldAlias = "field_alias", false, "A known field has another of its names.";
    RepeatedName = "repeated_name", false, "A field is repeated; one value says nothing, or all are items.";
    DuplicateField = "duplicate_field", true, "A field is repeated, or outside of the response; the first readable value is used.";
    UnknownField = "unknown_field", true, "A field that this crate does not know.";
    Attribute = "attribute", true, "An XML element has attributes; they are reported once for each element name.";
    Envelope = "envelope", false, "The response is wrapped in another object, or has something next to it.";
    RootName = "root_name", false, "The root element has another name.";
    RootMissing = "root_missing", false, "The fields have no root element around them.";
    HttpHead = "http_head", false, "An HTTP head comes before the body.";
    ByteOrderMark = "byte_order_mark", false, "The body begins with a byte order mark.";
    Transcoded = "transcoded", false, "The body is UTF-16 and was converted to UTF-8.";
    Doctype = "doctype", false, "The body has a document type declaration, which is not followed.";
    ValueCase = "value_case", false, "A value is written in another letter case.";
    ValueAlias = "value_alias", false, "A value is written under another of its names.";
    UnknownValue = "unknown_value", false, "A value outside the known vocabulary; it is kept verbatim.";
    Padded = "padded", false, "A value has blanks around it.";
    EmptyValue = "empty_value", false, "A value that is empty or says nothing; it counts as absent.";
    BoolForm = "bool_form", false, "A boolean is written in an unusual way, or is used as text.";
    NumberForm = "number_form", false, "A number is written in an unusual way, or is used as text.";
    Rounded = "rounded", true, "A number has more digits than are kept; it was rounded.";
    Unit = "unit", false, "A value has an unusual unit; it was converted.";
    UnitUnknown = "unit_unknown", true, "A delay whose unit depends on the kind of the job, which is not known; it counts as absent, unless the caller names the kind.";
    TimeForm = "time_form", false, "A time is written in an unusual way.";
    SingleForList = "single_for_list", false, "One object is given where a list is expected.";
    WrappedList = "wrapped_list", false, "The items of a list are wrapped in an element of their own.";
    UnwrappedList = "unwrapped_list", false, "The items of a list lack the element that wraps them in documented bodies.";
    TextForItem = "text_for_item", false, "A bare text is given for an item with one field.";
    ListForRecord = "list_for_record", false, "A list of one is given where an object is expected.";
    TextForRecord = "text_for_record", true, "Text is given where an object is expected; it is not used.";
    RecordForText = "record_for_text", true, "An object or a list is given where a plain value is expected; it is not used.";
    Unreadable = "unreadable", true, "A value that cannot be read; it counts as absent.";
    UnknownItem = "unknown_item", true, "A record or an item of a list without a known field; it is not used.";
}

impl QuirkKind {
    /// Returns true if a value of a known field is missing from the model. A rounded value is in it; an unknown field
    /// and attributes never are.
    pub(super) const fn may_be_loss(self) -> bool {
        self.loses_value()
            && !matches!(self, QuirkKind::UnknownField | QuirkKind::Attribute | QuirkKind::Rounded)
    }
}

impl Quirk {
    /// A quirk made by hand, for tests of code that handles quirks.
    #[must_use]
    pub fn new(kind: QuirkKind, path: impl Into<Path>, offset: usize, found: impl Into<String>) -> Self {
        Quirk { kind, path: path.into(), offset, found: found.into() }
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
