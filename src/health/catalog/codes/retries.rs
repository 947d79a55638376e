//! Error codes `DTS-RETRY-ERR-…` whose text is known.

use super::guide::{ErrorGuide, row};
use crate::health::catalog::class::{
    CHARACTER_SET, COLUMN_MISSING, CONNECTIONS, ETL, FILTER, FOREIGN_KEY, MEMORY, SOURCE_LOG_LOST,
    STORAGE_FORMAT, TARGET_NOT_WRITABLE, TARGET_UNREACHABLE, VALUE_TOO_LONG,
};

pub(super) const ROWS: &[ErrorGuide] = &[
    row("DTS-RETRY-ERR-0046", &FOREIGN_KEY, "the row it points to is missing, or is still pointed to"),
    row("DTS-RETRY-ERR-0069", &CONNECTIONS, "it may be the source or the target"),
    row("DTS-RETRY-ERR-0301", &CHARACTER_SET, "the character set of the target does not have the value"),
    row("DTS-RETRY-ERR-0302", &FILTER, "its condition cannot be evaluated"),
    row("DTS-RETRY-ERR-0303", &VALUE_TOO_LONG, "a column of the target is shorter than the value"),
    row("DTS-RETRY-ERR-0306", &ETL, "its statement cannot be carried out"),
    row(
        "DTS-RETRY-ERR-0307",
        &TARGET_NOT_WRITABLE,
        "DTS has closed its writer; the source's log may be the reason too",
    ),
    row("DTS-RETRY-ERR-0401", &SOURCE_LOG_LOST, "SQL Server has removed the capture instance of CDC"),
    row("DTS-RETRY-ERR-0501", &MEMORY, "Elasticsearch says that data is too large"),
    row("DTS-RETRY-ERR-0502", &STORAGE_FORMAT, "DTS writes to Greenplum with COPY"),
    row(
        "DTS-RETRY-ERR-0503",
        &TARGET_UNREACHABLE,
        "the database closed the connection: crash, lack of resources, network",
    ),
    row("DTS-RETRY-ERR-0701", &COLUMN_MISSING, "the MaxCompute table has no columns"),
    row("DTS-RETRY-ERR-0702", &MEMORY, "a resource pool of SQL Server is used up"),
];
