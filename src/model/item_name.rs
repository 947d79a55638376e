//! What a precheck item checks: [`ItemName`].

use super::open::open_enum;

open_enum! {
    /// The name of a precheck item: `ItemName`. The names are those of the vendor's API page and its samples.
    ItemName {
        ConnectionSource = "CHECK_CONN_SRC", documented;
        ConnectionDestination = "CHECK_CONN_DEST", documented;
        AuthorizationSource = "CHECK_AUTH_SRC", documented;
        AuthorizationDestination = "CHECK_AUTH_DEST", documented;
        BinlogOn = "CHECK_BINLOG_ON", documented;
        BinlogMode = "CHECK_BINLOG_MODE", documented;
        BinlogRowImage = "CHECK_BINLOG_ROW_IMAGE", documented;
        BinlogExists = "CHECK_BINLOG_EXIST", documented;
        ServerId = "CHECK_SERVER_ID", documented;
        Engine = "CHECK_ENGINE", documented;
        /// The misspelling is the vendor's:
        MysqlPasswordFormat = "CHECK_MYSQL_PASSOWRD_FORMAT", documented;
        SourceVersion = "CHECK_SRC", documented;
        SameObject = "CHECK_SAME_OBJ", documented;
        SameUser = "CHECK_SAME_USER", documented;
        SqlMode = "CHECK_SQL_MODE", documented;
        Topology = "CHECK_TOPOLOGY", documented;
        DestinationTableEmpty = "CHECK_DEST_TABLE_EMPTY", documented;
        SuperAuthorizationDestination = "CHECK_SUPER_AUTH_DEST", documented;
    }
}
