//! The colours: one [`Style`] for each meaning.

use anstyle::{AnsiColor, Style};

/// A heading, and what stands first.
pub(crate) const STRONG: Style = Style::new().bold();
/// A label, and what is absent.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What is well.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// What wants a look.
pub(crate) const FAIR: Style = AnsiColor::Yellow.on_default();
/// What is broken or lost.
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
/// What nobody knows.
pub(crate) const DOUBTFUL: Style = AnsiColor::Magenta.on_default();
