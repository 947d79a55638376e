//! The colours: one [`Style`] for each meaning.

use anstyle::{AnsiColor, Style};

/// Headings, and the first word of an entry.
pub(crate) const STRONG: Style = Style::new().bold();
/// Labels, and what is absent.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// All is well.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// Needs a look.
pub(crate) const FAIR: Style = AnsiColor::Yellow.on_default();
/// Broken or lost.
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
/// Unknown.
pub(crate) const UNKNOWN: Style = AnsiColor::Magenta.on_default();
