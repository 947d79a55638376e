//! The precheck and its items: [`Precheck`], [`PrecheckItem`].

use serde::{Deserialize, Serialize};

use super::{CheckStatus, ItemName, Percent, PrecheckStatus};

/// The state of the precheck and of its items: `PrecheckStatus`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Precheck {
    /// `Status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<PrecheckStatus>,
    /// `Percent` done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// `ErrorMessage`; of `DescribeDtsJobs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// `Detail`, in the order of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<PrecheckItem>,
}

/// One item of the precheck: an item of `Detail`. Its texts are boxed, since a body can hold thousands of items that
/// have none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PrecheckItem {
    /// `ItemName`: what is checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<ItemName>,
    /// `CheckItemDescription`, seen on sister operations: a key of the vendor's texts about the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Box<str>>,
    /// `CheckStatus`: its result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CheckStatus>,
    /// `ErrorMessage` of a failed item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<Box<str>>,
    /// `RepairMethod` of a failed item, a key of the vendor's repair texts. It does not identify the failing
    /// endpoint: the documented example has a destination key on a source item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair_method: Option<Box<str>>,
}
