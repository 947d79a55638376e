//! Classes of errors of DTS and of databases: [`ErrorClass`].

/// A class of errors with one meaning and one remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorClass {
    /// A stable name.
    pub name: &'static str,
    /// The meaning: part of a sentence, in lower case.
    pub meaning: &'static str,
    /// The remedy: whole sentences.
    pub remedy: &'static str,
    /// True if errors of this class only carry another error, which the message names further inside.
    pub is_wrapper: bool,
}

/// Defines the classes, and for the tests the list of them.
macro_rules! classes {
    ($($ident:ident = $name:literal, $meaning:literal, $remedy:literal $(, wrapper: $wrapper:literal)?;)+) => {
        $(pub(super) const $ident: ErrorClass = ErrorClass {
            name: $name,
            meaning: $meaning,
            remedy: $remedy,
            is_wrapper: false $(|| $wrapper)?,
        };)+

        /// The classes of errors.
        #[cfg(test)]
        const ERROR_CLASSES: &[&ErrorClass] = &[$(&$ident,)+];
    };
}

classes! {
    SOURCE_UNREACHABLE = "source_unreachable",
        "the source cannot be reached",
        "Check that the source runs and lets DTS in: address, port, allow-list, network.";
    SOURCE_CONNECTIONS = "source_connections",
        "the source cannot be reached, most often because it has too many connections",
        "Raise max_connections in the source, or close connections; then check address, port, allow-list and network.";
    SOURCE_ACCOUNT = "source_account",
        "the source refuses the account",
        "Check account and password first, then that the source lets DTS in: address, allow-list, connections.";
    TARGET_UNREACHABLE = "target_unreachable",
        "the target cannot be reached",
        "Check that the target runs and lets DTS in: address, port, allow-list, network.";
    TARGET_CONNECTIONS = "target_connections",
        "the target has too many connections, or blocks the host after connection errors",
        "Raise max_connections in the target, and run FLUSH HOSTS if it blocks the host; then start the job again.";
    CONNECTIONS = "connections",
        "the database has too many connections",
        "Raise max_connections, or close connections; then start the job again.";
    NETWORK = "network",
        "the network between DTS and the database fails",
        "Check that the database runs, and the network, port, firewall and allow-list between DTS and the database.";
    ACCOUNT = "account",
        "the account is refused",
        "Check the account, its password and its privileges.";
    DATABASE_MISSING = "database_missing",
        "the database is missing",
        "Create the database, or correct its name in the job.";
    TARGET_OBJECT_MISSING = "target_object_missing",
        "a table or database is missing in the target",
        "Create it in the target, or take the table out of the job and add it again; if it is there, check that DTS reaches the target.";
    OBJECT_MISSING = "object_missing",
        "a table, a database or another object is missing",
        "Create what the message names, or take it out of the job and add it again.";
    COLUMN_MISSING = "column_missing",
        "a column is missing in the target",
        "Add the column to the table in the target, or take the table out of the job and add it again.";
    SQL_FAILED = "sql_failed",
        "a SQL statement failed",
        "Read the database's own error text in the message, and fix what it names.";
    COPY_FAILED = "copy_failed",
        "COPY into Greenplum or AnalyticDB for PostgreSQL failed",
        "Read the nested cause in the message, and fix what it names.";
    TARGET_FULL = "target_full",
        "the target is full",
        "Free space in the target, or enlarge it; then start the job again.";
    VALUE_TOO_LONG = "value_too_long",
        "a value is too large for its column in the target",
        "Widen the column in the target to that of the source; then start the job again.";
    MEMORY = "memory",
        "the database is out of memory",
        "Relieve the database, or give it more memory; then start the job again.";
    ELASTICSEARCH_HEAP = "elasticsearch_heap",
        "the heap of the Elasticsearch target is too small",
        "Give the Elasticsearch instance more memory; then start the job again.";
    CHARACTER_SET = "character_set",
        "characters cannot be converted",
        "Use the same character set in source and target, and repair the row that the message names.";
    FILTER = "filter",
        "a filter expression is wrong",
        "Correct the filter expression of the table; then start the job again.";
    ETL = "etl",
        "the ETL script is wrong",
        "Correct the ETL script; then start the job again.";
    TARGET_NOT_WRITABLE = "target_not_writable",
        "the target cannot be written",
        "Check the target: its state, the structure of its tables, the privileges of the account; then start the job again.";
    TARGET_READ_ONLY = "target_read_only",
        "the target is read only",
        "Make the target writable, or use its primary instance; then start the job again.";
    STORAGE_FORMAT = "storage_format",
        "tables of the storage formats AO and AOCO do not support ON CONFLICT",
        "Change the storage format of the table in the target, or take the table out of the job.";
    LOCKS = "locks",
        "a lock in the database blocks a statement",
        "Find the transaction that holds the lock, and end it or keep it shorter.";
    ROW_EXISTS = "row_exists",
        "a row with the same key is in the target already",
        "Remove the row that the message names from the target, and find out who else writes there.";
    FOREIGN_KEY = "foreign_key",
        "a foreign key forbids a change in the target",
        "Repair the rows that the key points to, or drop the foreign key in the target.";
    PACKET_SIZE = "packet_size",
        "a packet is larger than the database accepts",
        "Raise max_allowed_packet in the database that the message names; then start the job again.";
    SOURCE_LOG_LOST = "source_log_lost",
        "the source has lost the log that the job needs",
        "Restore the log in the source if possible; else create the job again. Keep logs for at least 3 d.";
    POSITION_LOST = "position_lost",
        "DTS holds nothing at the position where the job has to go on",
        "Start the job again; if that does not help, create it again.";
    LOG_PARSER = "log_parser",
        "the source's log cannot be parsed",
        "Ask the vendor, with the job id, the message and the latest changes of the table's structure.";
    ROW_IMAGE = "row_image",
        "the source's binlog_row_image is not FULL",
        "Set binlog_row_image=FULL in the source, and close the sessions that are older than the change.";
    NO_SOURCE_LOG = "no_source_log",
        "the source is a replica, or writes no binary log",
        "Turn on log_bin, on a replica log_slave_updates too, or use the primary as source.";
    CAPTURE = "capture",
        "change data capture (CDC) of the SQL Server source is not in order",
        "Turn on CDC for the table that the message names, and restore its capture instance; else create the job again.";
    INTERNAL = "internal",
        "DTS failed internally",
        "Start the job again; ask the vendor if it comes back.";
    INTERNAL_WRAPPER = "internal_wrapper",
        "a part of DTS stopped, and the message may name the cause after this code",
        "Fix the cause if the message names one, and start the job again; ask the vendor if it comes back.",
        wrapper: true;
    WRAPPER = "wrapper",
        "DTS gave up retrying, and the message contains the root cause",
        "Fix the cause that the message names after this code.",
        wrapper: true;
    CONFIGURATION = "configuration",
        "DTS refuses a configuration or a change of the job",
        "Correct what the code names, and configure the job again.";
    CONFIGURATION_LATER = "configuration_later",
        "DTS cannot carry out the call at the moment",
        "Try again after 15 to 30 s; ask the vendor if it goes on.";
    PURCHASE = "purchase",
        "the order of the DTS instance failed",
        "Correct the order or the account's balance, and order again.";
    TEXT_UNKNOWN = "text_unknown",
        "the vendor's text of this error is not known",
        "Read the message, and look for the code in the vendor's list of errors; ask the vendor if neither helps.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_name_of_its_own_and_plain_sentences() {
        let mut names: Vec<_> = ERROR_CLASSES.iter().map(|class| class.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ERROR_CLASSES.len());
        for class in ERROR_CLASSES {
            assert!(!class.meaning.is_empty() && !class.meaning.ends_with('.'), "{}", class.name);
            assert!(class.remedy.starts_with(char::is_uppercase), "{}", class.name);
            assert!(class.remedy.ends_with('.'), "{}", class.name);
        }
    }
}
