//! The two formats of the API: [`Format`].

use crate::named_enum::named_enum;

named_enum! {
    /// A format of the API.
    #[derive(PartialOrd, Ord)]
    #[allow(clippy::exhaustive_enums, reason = "the API has two formats")]
    pub enum Format as "format" {
        /// `Format=XML`, the default of the API.
        Xml = "xml",
        /// `Format=JSON`.
        Json = "json",
    }
}
