//! What is synchronized: [`SyncObject`].

use serde::Serialize;

/// One database that is synchronized, with the tables chosen in it: an item of `SynchronizationObjects`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct SyncObject {
    /// `SchemaName`: the database's name in the source by the page; the documented samples have the two names
    /// swapped, and what is written is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_name: Option<String>,
    /// `NewSchemaName`: the database's name in the destination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_schema_name: Option<String>,
    /// `TableIncludes`: the tables that are synchronized; none named means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub table_includes: Vec<String>,
    /// `TableExcludes`: the tables that are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub table_excludes: Vec<String>,
}
