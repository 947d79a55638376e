//! The meaning and the remedy of the vendor's own names: precheck items ([`PRECHECK_ITEMS`]), DTS error codes
//! ([`ERROR_CLASSES`]) and failures of a call ([`api_error`]).

mod api_error;
mod error_code;
mod pattern;
pub(super) mod prefix;

use std::borrow::Cow;

use crate::model::ItemName;

pub(super) use api_error::is_benign;
pub use api_error::{ApiErrorClass, api_error, api_error_remedy};
pub use error_code::error_codes;
pub(super) use error_code::same_error_code;

/// A precheck item: what it checks, and the remedy when it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrecheckGuide {
    /// The item: `ItemName`.
    pub name: ItemName,
    /// The question that the item answers: `whether …`.
    pub checks: &'static str,
    /// The remedy when it fails.
    pub remedy: &'static str,
    /// True if the vendor allows to waive it.
    pub may_be_waived: bool,
}

/// A class of DTS error codes with one meaning and one remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorClass {
    /// The codes, without the leading `DTS-`. Leading zeros count.
    pub codes: &'static [&'static str],
    /// Their meaning.
    pub meaning: &'static str,
    /// The remedy.
    pub remedy: &'static str,
}

/// The precheck item with this name, in any letter case.
#[must_use]
pub fn precheck_item(name: &str) -> Option<&'static PrecheckGuide> {
    PRECHECK_ITEMS.iter().find(|guide| guide.name.as_str().eq_ignore_ascii_case(name))
}

/// The class of a DTS error code in any of its spellings, with or without the leading `DTS-`.
#[must_use]
pub fn error_class(code: &str) -> Option<&'static ErrorClass> {
    let key = error_code::key(code);
    ERROR_CLASSES.iter().find(|class| class.codes.contains(&key.as_str()))
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
    may_be_waived(
        ItemName::ServerId,
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
    may_be_waived(
        ItemName::SourceVersion,
        "whether the version of the source is supported",
        "Compare the versions of source and target with those that DTS supports; upgrade the source if necessary.",
    ),
    may_be_waived(
        ItemName::SameObject,
        "whether the target already has objects of the same names",
        "Rename or remove the objects of the same names in the target, or map the objects to other names.",
    ),
    may_be_waived(
        ItemName::SameUser,
        "whether the accounts of source and target match",
        "Use the account that the message asks for, or create it in the target.",
    ),
    must_pass(
        ItemName::SqlMode,
        "whether the sql_mode of source and target agree",
        "Set the same sql_mode in the target as in the source.",
    ),
    may_be_waived(
        ItemName::Topology,
        "whether the job fits into the topology of the other jobs of its databases",
        "Look for another job that writes to the same target or closes a ring, and end it or change its objects.",
    ),
    may_be_waived(
        ItemName::DestinationTableEmpty,
        "whether the tables in the target are empty",
        "Empty the tables in the target, or confirm that their rows may stay.",
    ),
    may_be_waived(
        ItemName::SuperAuthorizationDestination,
        "whether the account has the SUPER privilege in the target",
        "Grant the account SUPER in the target, or confirm that the job does not need it.",
    ),
];

/// DTS error codes of synchronization, by class.
pub const ERROR_CLASSES: &[ErrorClass] = &[
    class(
        &["070211", "60001", "61015", "2003", "2009", "2010"],
        "the source cannot be reached",
        "Check that the source runs and lets DTS in: address, port, allow-list, network.",
    ),
    class(
        &["71016", "70002", "10015", "RETRY-ERR-0503"],
        "the target cannot be reached",
        "Check that the target runs and lets DTS in: address, port, allow-list, network.",
    ),
    class(
        &["2004", "2005", "2006", "2007"],
        "the account is refused",
        "Check the account, its password and its privileges.",
    ),
    class(&["2008"], "the database is missing", "Create the database, or correct its name in the job."),
    class(
        &["1020042", "10046", "30020", "70004"],
        "a SQL statement failed",
        "Read the database's own error text in the message, and fix what it names.",
    ),
    class(
        &["30018", "30019", "70019", "RETRY-ERR-0701"],
        "a column is missing in the target",
        "Add the column to the table in the target.",
    ),
    class(
        &["30011", "RETRY-ERR-0303", "RETRY-ERR-0501", "RETRY-ERR-0702"],
        "the target is full, or a value is too long for its column",
        "Free space in the target, or widen the column.",
    ),
    class(
        &["11002", "RETRY-ERR-0301"],
        "characters cannot be converted",
        "Use the same character set in source and target, and repair the row that the message names.",
    ),
    class(
        &["71001", "RETRY-ERR-0302"],
        "a filter expression is wrong",
        "Correct the filter expression of the table.",
    ),
    class(&["-0001", "RETRY-ERR-0306"], "the ETL script is wrong", "Correct the ETL script."),
    class(
        &["1050002", "150002", "1050003", "150003", "50019", "RETRY-ERR-0401"],
        "the source has lost the log that the job needs",
        "Restore the log in the source if possible; else create the job again. Keep logs longer.",
    ),
    class(
        &[
            "1050004", "1050005", "1050006", "1050007", "1050008", "1050009", "1050010", "1051001",
            "1051006", "1051009",
        ],
        "the source's log cannot be parsed",
        "Ask the vendor, with the job id and the message.",
    ),
    class(
        &["1051002", "1051004"],
        "the source is a replica, or writes no binary log",
        "Turn on log_bin, on a replica log_slave_updates too, or use the primary as source.",
    ),
    class(
        &["51009", "31009", "52111", "52340", "30005"],
        "DTS failed internally",
        "Start the job again; ask the vendor if it comes back.",
    ),
    class(
        &["RETRY-ERR-0046"],
        "a foreign key forbids a change in the target",
        "Repair the rows that the key points to, or drop the foreign key in the target.",
    ),
    class(
        &["RETRY-ERR-0069"],
        "the database has too many connections",
        "Raise max_connections, or close connections.",
    ),
    class(
        &["100047"],
        "DTS gave up retrying; the message contains the root cause",
        "Fix the cause that the message names after this code.",
    ),
];

/// The remedy of a finding, with the meaning and the remedy of the DTS error codes in its messages.
pub(super) fn advise(remedy: &'static str, upstream: &[String]) -> Cow<'static, str> {
    /// A message contains a few codes at most; more would not help.
    const MOST: usize = 3;
    let mut advice = Cow::Borrowed(remedy);
    let known = upstream.iter().filter_map(|code| Some((code, error_class(code)?)));
    for (code, class) in known.take(MOST) {
        let more = format!(" {code}: {}. {}", class.meaning, class.remedy);
        advice.to_mut().push_str(&more);
    }
    advice
}

const fn must_pass(name: ItemName, checks: &'static str, remedy: &'static str) -> PrecheckGuide {
    PrecheckGuide { name, checks, remedy, may_be_waived: false }
}

const fn may_be_waived(name: ItemName, checks: &'static str, remedy: &'static str) -> PrecheckGuide {
    PrecheckGuide { name, checks, remedy, may_be_waived: true }
}

const fn class(codes: &'static [&'static str], meaning: &'static str, remedy: &'static str) -> ErrorClass {
    ErrorClass { codes, meaning, remedy }
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
    fn no_code_is_in_two_classes() {
        let mut codes: Vec<_> = ERROR_CLASSES.iter().flat_map(|class| class.codes).collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }

    #[test]
    fn codes_are_found_in_every_spelling() {
        for (code, meaning) in [
            ("DTS-070211", "the source cannot be reached"),
            ("070211", "the source cannot be reached"),
            ("DTS--0001", "the ETL script is wrong"),
            ("DTS-RETRY-ERR-0046", "a foreign key forbids a change in the target"),
            ("dts.retry.err.0046", "a foreign key forbids a change in the target"),
            ("RETRY-ERR-0503", "the target cannot be reached"),
            ("dts-1050002", "the source has lost the log that the job needs"),
        ] {
            assert_eq!(error_class(code).map(|class| class.meaning), Some(meaning), "{code}");
        }
        for code in ["DTS-70211", "0046", "", "DTS-", "DTS.Msg.Xxx"] {
            assert_eq!(error_class(code), None, "{code}");
        }
    }
}
