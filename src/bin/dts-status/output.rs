//! How results are printed; no rule of a command. The files of this directory have one purpose each.

mod body_error;
mod cut;
mod diagnostics;
mod endpoint;
mod fault;
mod job;
mod stdout;
pub(crate) mod style;
mod table;
mod verdict;
mod words;

pub(crate) use self::body_error::BodyError;
pub(crate) use self::cut::cut;
pub(crate) use self::diagnostics::Diagnostics;
pub(crate) use self::fault::fault_table;
pub(crate) use self::job::job_table;
pub(crate) use self::stdout::{Output, unwritable};
pub(crate) use self::table::Table;
pub(crate) use self::verdict::{verdict_counts, verdict_word};
pub(crate) use self::words::{count, rfc3339, seconds};
