//! Quirks and violations as text: [`Diagnostics`].

use std::fmt::{self, Display};

use aliyun_dts_status::{Decoded, Violation};

use super::style::{BAD, FAIR, GOOD};
use super::words::count;
use crate::escape;

/// The quirks of a body, with a mark at those that lost a value, then the violations of its response.
pub(crate) struct Diagnostics<'a> {
    pub(crate) decoded: &'a Decoded,
    pub(crate) violations: &'a [Violation],
}

impl Display for Diagnostics<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostics { decoded, violations } = *self;
        let format = decoded.format.as_str().to_uppercase();
        if decoded.is_clean() && violations.is_empty() {
            return writeln!(f, "{GOOD}{format} as documented: no quirk, no violation{GOOD:#}");
        }
        self.quirks(f, &format)?;
        if !violations.is_empty() {
            writeln!(f, "{FAIR}{}{FAIR:#}", count(violations.len(), "violation"))?;
            for violation in violations.iter().take(SHOWN) {
                writeln!(f, "  {}", escape::line(&violation.to_string()))?;
            }
            rest(f, violations.len())?;
        }
        Ok(())
    }
}

impl Diagnostics<'_> {
    fn quirks(&self, f: &mut fmt::Formatter<'_>, format: &str) -> fmt::Result {
        let Decoded { quirks, quirks_omitted, .. } = self.decoded;
        if self.decoded.is_clean() {
            return Ok(());
        }
        let all = quirks.len().saturating_add(*quirks_omitted);
        let loss = if self.decoded.loses_value() { "" } else { ", nothing lost" };
        writeln!(f, "{FAIR}{} of {format}{loss}{FAIR:#}", count(all, "quirk"))?;
        for quirk in quirks.iter().take(SHOWN) {
            let loss = if quirk.kind.loses_value() { format!("  {BAD}lost{BAD:#}") } else { String::new() };
            writeln!(f, "  {}{loss}", escape::line(&quirk.to_string()))?;
        }
        rest(f, quirks.len())?;
        if *quirks_omitted > 0 {
            writeln!(f, "  and {quirks_omitted} more, only counted")?;
        }
        Ok(())
    }
}

/// Limit of the quirks and of the violations shown.
const SHOWN: usize = 50;

fn rest(f: &mut fmt::Formatter<'_>, all: usize) -> fmt::Result {
    match all.saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(f, "  and {more} more; --output json has them"),
    }
}
