//! Labelled rows: [`Table`].

use std::fmt::{self, Display};

use super::columns::wrap;
use super::safe;
use super::style::FAINT;

/// Labelled rows. Values are escaped; their further lines are indented below the first.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<(&'static str, String)>,
    shows_absent: bool,
}

impl Table {
    /// A table whose `row_or_absent` shows absent values as such. Other tables omit them.
    pub(super) fn showing_absent() -> Self {
        Table { rows: Vec::new(), shows_absent: true }
    }

    /// Shows or omits absent values from here on.
    pub(super) fn shows_absent(&mut self, shows: bool) -> &mut Self {
        self.shows_absent &= shows;
        self
    }

    /// Adds a row.
    pub(super) fn row(&mut self, label: &'static str, value: impl Display) -> &mut Self {
        self.rows.push((label, safe::lines(&value.to_string())));
        self
    }

    /// Adds a row if there is a value.
    pub(crate) fn row_if(&mut self, label: &'static str, value: Option<impl Display>) -> &mut Self {
        if let Some(value) = value {
            self.row(label, value);
        }
        self
    }

    /// Adds a row, which may say that there is no value.
    pub(super) fn row_or_absent(&mut self, label: &'static str, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.row(label, value),
            None => {
                if self.shows_absent {
                    self.rows.push((label, format!("{FAINT}absent{FAINT:#}")));
                }
                self
            }
        }
    }
}

/// Width of the labels.
const WIDTH: usize = 13;
const INDENT: &str = "             ";

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (label, value) in &self.rows {
            let text = format!("{FAINT}{label:WIDTH$}{FAINT:#}{value}");
            // A value of one word, such as an address, stays next to its label.
            if value.contains(' ') {
                f.write_str(&wrap(text.trim_end(), INDENT))?;
            } else {
                writeln!(f, "{text}")?;
            }
        }
        Ok(())
    }
}

/// The non-empty parts of a row, separated by two blanks; `None` without any.
pub(crate) fn join(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("  "))
}
