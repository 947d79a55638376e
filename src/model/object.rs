//! A synchronized database: [`SyncObject`].

use serde::{Deserialize, Serialize};

/// A synchronized database and the tables chosen in it: an item of `SynchronizationObjects`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SyncObject {
    /// `SchemaName`: by the vendor's API page, the database's name in the source. The page's samples have the two
    /// names swapped; this crate keeps them as the body has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_name: Option<String>,
    /// `NewSchemaName`: the database's name in the destination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_schema_name: Option<String>,
    /// `TableIncludes`: the tables that are synchronized; empty for all tables.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub table_includes: Vec<String>,
    /// `TableExcludes`: the tables that are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub table_excludes: Vec<String>,
}
