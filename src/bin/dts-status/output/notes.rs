//! What is odd about a body, for people: [`Notes`].

use std::fmt::{self, Display};

use aliyun_dts_status::{Decoded, Quirk, Violation};

use super::safe;
use super::style::{BAD, FAIR, GOOD};

/// The quirks of a body, those that lost something marked, then the violations of its response.
pub(crate) struct Notes<'a> {
    pub(crate) decoded: &'a Decoded,
    pub(crate) violations: &'a [Violation],
}

impl Display for Notes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Notes { decoded, violations } = *self;
        let format = decoded.format.as_str().to_uppercase();
        if decoded.is_clean() && violations.is_empty() {
            return writeln!(f, "{GOOD}{format} as documented: no quirk, no violation{GOOD:#}");
        }
        self.quirks(f, &format)?;
        if !violations.is_empty() {
            writeln!(f, "{FAIR}{}{FAIR:#}", count(violations.len(), "violation"))?;
            for violation in violations.iter().take(SHOWN) {
                writeln!(f, "  {}", safe::line(&violation.to_string()))?;
            }
            more(f, violations.len())?;
        }
        Ok(())
    }
}

impl Notes<'_> {
    fn quirks(&self, f: &mut fmt::Formatter<'_>, format: &str) -> fmt::Result {
        let Decoded { quirks, quirks_omitted, .. } = self.decoded;
        if self.decoded.is_clean() {
            return Ok(());
        }
        let all = quirks.len().saturating_add(*quirks_omitted);
        let loss = if self.decoded.loses_value() { "" } else { ", nothing lost" };
        writeln!(f, "{FAIR}{} of {format}{loss}{FAIR:#}", count(all, "quirk"))?;
        for quirk in quirks.iter().take(SHOWN) {
            writeln!(f, "  {}", Line(quirk))?;
        }
        more(f, quirks.len())?;
        if *quirks_omitted > 0 {
            writeln!(f, "  and {quirks_omitted} more, only counted")?;
        }
        Ok(())
    }
}

/// Nobody reads more at a glance.
const SHOWN: usize = 50;

fn more(f: &mut fmt::Formatter<'_>, all: usize) -> fmt::Result {
    match all.saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(f, "  and {more} more; --output json has them"),
    }
}

struct Line<'a>(&'a Quirk);

impl Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&safe::line(&self.0.to_string()))?;
        if self.0.kind.loses_value() { write!(f, "  {BAD}lost{BAD:#}") } else { Ok(()) }
    }
}

/// `1 quirk`, `2 quirks`.
pub(crate) fn count(number: impl Display, thing: &str) -> String {
    let number = number.to_string();
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {thing}{plural}")
}
