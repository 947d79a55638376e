//! The two formats of the API: [`Format`].

use crate::named_enum::named_enum;

named_enum! {
    /// A format of the API.
    #[derive(PartialOrd, Ord, Default)]
    #[allow(clippy::exhaustive_enums, reason = "the API has two formats")]
    pub enum Format as "format" {
        /// `Format=XML`, the default of the API.
        #[default]
        Xml = "xml",
        /// `Format=JSON`.
        Json = "json",
    }
}

impl Format {
    /// The content type of a body of this format, as the API sends it.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Format::Xml => "text/xml; charset=utf-8",
            Format::Json => "application/json; charset=utf-8",
        }
    }

    /// The value of the request's parameter `Format`.
    #[must_use]
    pub const fn parameter(self) -> &'static str {
        match self {
            Format::Xml => "XML",
            Format::Json => "JSON",
        }
    }
}
