//! Error texts of databases: [`DATABASE_TEXTS`].

use super::class::{
    ACCOUNT, CAPTURE, COLUMN_MISSING, CONNECTIONS, ErrorClass, FOREIGN_KEY, LOCKS, MEMORY, NETWORK,
    OBJECT_MISSING, PACKET_SIZE, ROW_EXISTS, SOURCE_LOG_LOST, TARGET_FULL, TARGET_READ_ONLY, VALUE_TOO_LONG,
};
use super::pattern::Pattern;

/// A text that databases print into their errors, with the class of the error.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DatabaseText {
    /// The text, in which `*` is any text. Letter case does not count.
    pub pattern: &'static str,
    /// The class of the error.
    pub class: &'static ErrorClass,
}

/// The last of the known texts of databases in a message.
pub(super) fn last_text(message: &str) -> Option<&'static DatabaseText> {
    let message = message.to_ascii_lowercase();
    let ends =
        DATABASE_TEXTS.iter().filter_map(|text| Some((Pattern(text.pattern).last_end(&message)?, text)));
    ends.max_by_key(|(end, _)| *end).map(|(_, text)| text)
}

/// The known texts of databases in a message, in the order of [`DATABASE_TEXTS`].
pub fn database_texts(message: &str) -> impl Iterator<Item = &'static DatabaseText> + use<> {
    let message = message.to_ascii_lowercase();
    DATABASE_TEXTS.iter().filter(move |text| Pattern(text.pattern).last_end(&message).is_some())
}

/// The texts of databases that the crate knows.
pub const DATABASE_TEXTS: &[DatabaseText] = &[
    text("table * is full", &TARGET_FULL),
    text("no space left", &TARGET_FULL),
    text("disk full", &TARGET_FULL),
    text("too many connections", &CONNECTIONS),
    text("max_connections", &CONNECTIONS),
    text("access denied for user", &ACCOUNT),
    text("password authentication failed", &ACCOUNT),
    text("ORA-01017", &ACCOUNT),
    text("doesn't exist", &OBJECT_MISSING),
    text("unknown database", &OBJECT_MISSING),
    text("does not exist", &OBJECT_MISSING),
    text("unknown column", &COLUMN_MISSING),
    text("lock wait timeout", &LOCKS),
    text("deadlock found", &LOCKS),
    text("duplicate entry", &ROW_EXISTS),
    text("duplicate key", &ROW_EXISTS),
    text("data too long", &VALUE_TOO_LONG),
    text("out of range value", &VALUE_TOO_LONG),
    text("read only", &TARGET_READ_ONLY),
    text("read-only", &TARGET_READ_ONLY),
    text("foreign key constraint", &FOREIGN_KEY),
    text("max_allowed_packet", &PACKET_SIZE),
    text("packet * too large", &PACKET_SIZE),
    text("communications link failure", &NETWORK),
    text("connection refused", &NETWORK),
    text("timed out", &NETWORK),
    text("unreachable", &NETWORK),
    text("first log file name", &SOURCE_LOG_LOST),
    text("could not find first log", &SOURCE_LOG_LOST),
    text("log * has been purged", &SOURCE_LOG_LOST),
    text("capture instance", &CAPTURE),
    text("out of memory", &MEMORY),
];

const fn text(pattern: &'static str, class: &'static ErrorClass) -> DatabaseText {
    DatabaseText { pattern, class }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A message for each row, as databases print it.
    const MESSAGES: [(&str, &str); 32] = [
        ("The table 'orders' is full", "table * is full"),
        ("write failed: No space left on device", "no space left"),
        ("PANIC: could not write: Disk full", "disk full"),
        ("ERROR 1040 (HY000): Too many connections", "too many connections"),
        ("the limit of max_connections is reached", "max_connections"),
        ("Access denied for user 'dts'@'10.0.0.1' (using password: YES)", "access denied for user"),
        ("FATAL: password authentication failed for user \"dts\"", "password authentication failed"),
        ("ORA-01017: invalid username/password; logon denied", "ORA-01017"),
        ("Table 'shop.orders' doesn't exist", "doesn't exist"),
        ("Unknown database 'shop'", "unknown database"),
        ("ERROR: relation \"orders\" does not exist", "does not exist"),
        ("Unknown column 'price' in 'field list'", "unknown column"),
        ("Lock wait timeout exceeded; try restarting transaction", "lock wait timeout"),
        ("Deadlock found when trying to get lock", "deadlock found"),
        ("Duplicate entry '7' for key 'PRIMARY'", "duplicate entry"),
        ("ERROR: duplicate key value violates unique constraint", "duplicate key"),
        ("Data too long for column 'name' at row 1", "data too long"),
        ("Out of range value for column 'n' at row 1", "out of range value"),
        ("The database is read only", "read only"),
        ("The MySQL server is running with the --read-only option", "read-only"),
        ("Cannot add or update a child row: a foreign key constraint fails", "foreign key constraint"),
        ("raise max_allowed_packet on the server", "max_allowed_packet"),
        ("Packet for query is too large (5 > 4)", "packet * too large"),
        ("CommunicationsException: Communications link failure", "communications link failure"),
        ("connect to 10.0.0.1:3306: Connection refused", "connection refused"),
        ("java.net.SocketTimeoutException: connect timed out", "timed out"),
        ("java.net.NoRouteToHostException: Host unreachable", "unreachable"),
        ("Got fatal error: first log file name is wrong", "first log file name"),
        ("Could not find first log in binary log index file", "could not find first log"),
        ("the log mysql-bin.000123 has been purged", "log * has been purged"),
        ("The capture instance 'dbo_orders' is gone", "capture instance"),
        ("java.lang.OutOfMemoryError: out of memory", "out of memory"),
    ];

    #[test]
    fn every_row_is_found_in_a_message_of_its_database_in_any_letter_case() {
        assert_eq!(MESSAGES.map(|(_, pattern)| pattern)[..], patterns());
        for (message, pattern) in MESSAGES {
            for message in [
                message.to_owned(),
                message.to_lowercase(),
                message.to_uppercase(),
                format!("失败：{message}。"),
            ] {
                assert_eq!(last_text(&message).map(|text| text.pattern), Some(pattern), "{message}");
            }
        }
    }

    #[test]
    fn of_several_texts_the_last_counts() {
        for (first, _) in MESSAGES {
            for (last, pattern) in MESSAGES {
                let found = last_text(&format!("{first}; {last}")).unwrap();
                assert_eq!(found.pattern, pattern, "{first}; {last}");
            }
        }
    }

    #[test]
    fn other_texts_are_not_known() {
        for message in [
            "",
            "all is well",
            "is full table",
            "too large packet",
            "Table 'a' already exists",
            "timedout",
            "表不存在",
        ] {
            assert_eq!(last_text(message), None, "{message}");
        }
    }

    fn patterns() -> Vec<&'static str> {
        DATABASE_TEXTS.iter().map(|text| text.pattern).collect()
    }
}
