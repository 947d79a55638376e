//! Labelled rows, one below the other: [`Sheet`].

use std::fmt::{self, Display};

use super::safe;
use super::style::FAINT;

/// Labelled rows. Values are made safe for a terminal; their further lines stand below the first.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    rows: Vec<(&'static str, String)>,
    absences: bool,
}

impl Sheet {
    /// A sheet whose `row_or_absent` tells what is absent; others leave it out.
    pub(crate) fn with_absences() -> Self {
        Sheet { rows: Vec::new(), absences: true }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, label: &'static str, value: impl Display) -> &mut Self {
        self.rows.push((label, safe::block(&value.to_string())));
        self
    }

    /// Adds a row if there is a value.
    pub(crate) fn row_if(&mut self, label: &'static str, value: Option<impl Display>) -> &mut Self {
        if let Some(value) = value {
            self.row(label, value);
        }
        self
    }

    /// Adds a row, which says so if there is no value.
    pub(crate) fn row_or_absent(&mut self, label: &'static str, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.row(label, value),
            None => {
                if self.absences {
                    self.rows.push((label, format!("{FAINT}absent{FAINT:#}")));
                }
                self
            }
        }
    }
}

/// So wide are the labels.
const WIDTH: usize = 13;

impl Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (label, value) in &self.rows {
            let mut lines = value.lines();
            let first = lines.next().unwrap_or_default();
            writeln!(f, "{FAINT}{label:WIDTH$}{FAINT:#}{first}")?;
            for line in lines {
                writeln!(f, "{:WIDTH$}{line}", "")?;
            }
        }
        Ok(())
    }
}

/// Parts of a row, with two blanks between those that are there.
pub(super) fn join(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("  "))
}
