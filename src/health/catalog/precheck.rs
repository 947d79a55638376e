//! Precheck items, with their remedies: [`PRECHECK_ITEMS`].

use crate::model::ItemName;

/// A precheck item: what it checks, and the remedy when it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrecheckGuide {
    /// The item: `ItemName`.
    pub name: ItemName,
    /// The longer name that the console shows, where the vendor documents one.
    pub console_name: Option<&'static str>,
    /// The question that the item answers: `whether …`.
    pub checks: &'static str,
    /// The remedy when it fails.
    pub remedy: &'static str,
    /// True if the vendor allows to waive it.
    pub may_be_waived: bool,
}

/// The precheck item with this name, or with this name in the console, in any letter case.
///
/// ```
/// use aliyun_dts_status::health::catalog::precheck_item;
///
/// assert_eq!(precheck_item("CHECK_SRC_DETAIL"), precheck_item("check_src"));
/// ```
#[must_use]
pub fn precheck_item(name: &str) -> Option<&'static PrecheckGuide> {
    PRECHECK_ITEMS.iter().find(|guide| {
        let names = std::iter::once(guide.name.as_str()).chain(guide.console_name);
        names.into_iter().any(|known| known.eq_ignore_ascii_case(name))
    })
}

/// The precheck items that the vendor documents.
pub const PRECHECK_ITEMS: &[PrecheckGuide] = &[
    must_pass(
        ItemName::ConnectionSource,
        "whether DTS can connect to the source database",
        "Check address, port, account and password, and let the addresses of DTS through the allow-list and the firewall of the source.",
    ),
    must_pass(
        ItemName::ConnectionDestination,
        "whether DTS can connect to the target database",
        "Check address, port, account and password, and let the addresses of DTS through the allow-list and the firewall of the target.",
    ),
    must_pass(
        ItemName::AuthorizationSource,
        "whether the account has the privileges it needs in the source",
        "Grant the account the privileges that the message names in the source.",
    ),
    must_pass(
        ItemName::AuthorizationDestination,
        "whether the account has the privileges it needs in the target",
        "Grant the account the privileges that the message names in the target.",
    ),
    must_pass(
        ItemName::BinlogOn,
        "whether the source writes a binary log",
        "Set log_bin in the source and restart it.",
    ),
    must_pass(
        ItemName::BinlogMode,
        "whether the source's binary log holds rows",
        "Set binlog_format=ROW in the source and reopen its connections.",
    ),
    must_pass(
        ItemName::BinlogRowImage,
        "whether the source's binary log holds whole rows",
        "Set binlog_row_image=FULL in the source and reopen its connections.",
    ),
    must_pass(
        ItemName::BinlogExists,
        "whether the source still has all its binary log files",
        "Restore the missing binlog files, or purge the index of files that are gone, and keep them for longer.",
    ),
    with_console_name(
        ItemName::ServerId,
        "CHECK_SERVER_ID_DETAIL",
        "whether the source's server id is set",
        "Set server_id to a number above 1 in the source.",
    ),
    must_pass(
        ItemName::Engine,
        "whether tables use a storage engine that cannot be synchronized",
        "Remove tables of the engines FEDERATED and MRG_MYISAM from the job, or convert them.",
    ),
    must_pass(
        ItemName::MysqlPasswordFormat,
        "whether an account's password is stored in the old format",
        "Set the password again with old_passwords=0, so that it is stored in the current format.",
    ),
    with_console_name(
        ItemName::SourceVersion,
        "CHECK_SRC_DETAIL",
        "whether the version of the source is supported",
        "Compare the versions of source and target with those that DTS supports; upgrade the source if necessary.",
    ),
    with_console_name(
        ItemName::SameObject,
        "CHECK_SAME_OBJ_DETAIL",
        "whether the target already has objects of the same names",
        "Rename or remove the objects of the same names in the target, or map the objects to other names.",
    ),
    with_console_name(
        ItemName::SameUser,
        "CHECK_SAME_USER_DETAIL",
        "whether the accounts of source and target match",
        "Use the account that the message asks for, or create it in the target.",
    ),
    must_pass(
        ItemName::SqlMode,
        "whether the sql_mode of source and target agree",
        "Set the same sql_mode in the target as in the source.",
    ),
    with_console_name(
        ItemName::Topology,
        "CHECK_TOPOLOGY_DETAIL",
        "whether the job fits into the topology of the other jobs of its databases",
        "Look for another job that writes to the same target or closes a ring, and end it or change its objects.",
    ),
    with_console_name(
        ItemName::DestinationTableEmpty,
        "CHECK_DEST_TABLE_EMPTY_DETAIL",
        "whether the tables in the target are empty",
        "Empty the tables in the target, or confirm that their rows may stay.",
    ),
    may_be_waived(
        ItemName::SuperAuthorizationDestination,
        "whether the account has the SUPER privilege in the target",
        "Grant the account SUPER in the target, or confirm that the job does not need it.",
    ),
];

const fn must_pass(name: ItemName, checks: &'static str, remedy: &'static str) -> PrecheckGuide {
    PrecheckGuide { name, console_name: None, checks, remedy, may_be_waived: false }
}

const fn may_be_waived(name: ItemName, checks: &'static str, remedy: &'static str) -> PrecheckGuide {
    PrecheckGuide { name, console_name: None, checks, remedy, may_be_waived: true }
}

/// An item that may be waived, by the longer name that the console shows.
const fn with_console_name(
    name: ItemName,
    console_name: &'static str,
    checks: &'static str,
    remedy: &'static str,
) -> PrecheckGuide {
    PrecheckGuide { name, console_name: Some(console_name), checks, remedy, may_be_waived: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_item_has_a_guide() {
        for name in ItemName::KNOWN {
            assert!(precheck_item(name.as_str()).is_some(), "{name}");
        }
        assert!(precheck_item("check_same_obj").unwrap().may_be_waived);
        assert!(!precheck_item("CHECK_CONN_SRC").unwrap().may_be_waived);
        assert_eq!(precheck_item("CHECK_NOTHING"), None);
        assert_eq!(PRECHECK_ITEMS.iter().filter(|guide| guide.may_be_waived).count(), 7);
    }

    #[test]
    fn a_console_name_finds_its_item() {
        for name in ["SERVER_ID", "SRC", "SAME_OBJ", "SAME_USER", "TOPOLOGY", "DEST_TABLE_EMPTY"] {
            let item = precheck_item(&format!("CHECK_{name}"));
            assert!(item.is_some_and(|guide| guide.may_be_waived), "{name}");
            assert_eq!(precheck_item(&format!("check_{name}_detail")), item);
        }
        assert_eq!(precheck_item("CHECK_CONN_SRC_DETAIL"), None);
        assert_eq!(PRECHECK_ITEMS.iter().filter(|guide| guide.console_name.is_some()).count(), 6);
    }
}
