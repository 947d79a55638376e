//! How results are printed; no rule of a command. The files of this directory have one purpose each.

mod body_error;
mod columns;
mod cut;
mod diagnostics;
mod endpoint;
mod fault;
mod grid;
mod job;
mod page;
pub(crate) mod safe;
mod snippet;
mod stdout;
pub(crate) mod style;
mod table;
mod verdict;
mod words;

pub(crate) use self::body_error::BodyError;
pub(crate) use self::columns::{cut_end, cut_start, terminal_width, width, wrap, wrap_on_terminal};
pub(crate) use self::cut::cut;
pub(crate) use self::diagnostics::Diagnostics;
pub(crate) use self::fault::fault_table;
pub(crate) use self::grid::Grid;
pub(crate) use self::job::job_table;
pub(crate) use self::page::page_table;
pub(crate) use self::stdout::{Output, unwritable};
pub(crate) use self::table::{Table, join};
pub(crate) use self::verdict::{verdict_counts, verdict_style, verdict_word};
pub(crate) use self::words::{count, job_name, rfc3339, seconds, serialize_time};
