//! The meaning of a whole error message: [`explain`].

use std::fmt::Write as _;

use aliyun_dts_status::health::catalog::{cause, error_codes, error_guide};

use super::entry::sentence;
use crate::escape;
use crate::output::style::{FAINT, STRONG};

/// The cause that an error message names, then its other error codes; `None` if it names no known cause.
pub(super) fn explain(message: &str) -> Option<String> {
    let cause = cause(message)?;
    let spelling = escape::line(cause.spelling);
    let mut text = format!("{STRONG}{spelling}{STRONG:#}, the cause that the message names\n");
    let _ = writeln!(text, "{}\n{FAINT}Remedy  {FAINT:#}{}", sentence(&cause.meaning), cause.remedy);
    let others: Vec<_> = error_codes(message).into_iter().filter(|code| *code != cause.spelling).collect();
    if !others.is_empty() {
        let _ = writeln!(text, "\n{STRONG}Also in the message{STRONG:#}");
    }
    for code in others {
        let meaning =
            error_guide(code).map_or_else(|| "Not known.".to_owned(), |guide| sentence(&guide.meaning()));
        let _ = writeln!(text, "  {:20}{meaning}", format!("{}  ", escape::line(code)));
    }
    Some(text)
}
