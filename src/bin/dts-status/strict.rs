//! `--strict`: refuses a body that is not as documented: [`check`].

use aliyun_dts_status::{Decoded, Violation};

use crate::exit::{Exit, warn};
use crate::input::Source;
use crate::output::{count, safe};

/// Warns of a body with quirks or violations, and returns the exit status.
pub(crate) fn check(source: &Source, decoded: &Decoded, violations: &[Violation]) -> Exit {
    if decoded.is_clean() && violations.is_empty() {
        return Exit::Done;
    }
    let quirks = decoded.quirks.len().saturating_add(decoded.quirks_omitted);
    warn(format_args!(
        "{}: not as documented: {}, {}",
        safe::line(&source.name()),
        count(quirks, "quirk"),
        count(violations.len(), "violation"),
    ));
    Exit::BadBody
}
