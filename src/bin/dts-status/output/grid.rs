//! Rows under headings: [`Grid`].

use std::fmt::{self, Display};

use anstyle::Style;

use super::columns::{cut_end, cut_start, terminal_width, width};
use super::style::FAINT;

/// Rows under headings, one line each, cut to the width of the terminal. A column without a value is left out.
///
/// The last column is cut at its start, where the names of files have most in common; those before it at their end.
pub(crate) struct Grid {
    heads: Vec<&'static str>,
    /// The columns of the terminal that a column of the grid keeps.
    least: usize,
    rows: Vec<(Style, Vec<String>)>,
}

/// The blanks between two columns.
const GAP: usize = 2;

impl Grid {
    pub(crate) fn new<const N: usize>(heads: [&'static str; N], least: usize) -> Self {
        Grid { heads: heads.to_vec(), least, rows: Vec::new() }
    }

    /// Adds a row with a style for its first cell. The cells are safe to print.
    pub(crate) fn row<const N: usize>(&mut self, style: Style, cells: [String; N]) {
        self.rows.push((style, cells.into()));
    }

    /// The widths of the columns; 0 for one without a value.
    fn widths(&self) -> Vec<usize> {
        let whole: Vec<_> = (0..self.heads.len())
            .map(|column| {
                let cells = self.rows.iter().filter_map(|(_, cells)| cells.get(column));
                match cells.map(|cell| width(cell)).max().unwrap_or(0) {
                    0 => 0,
                    most => most.max(width(self.heads[column])),
                }
            })
            .collect();
        // The last two columns give way first, then they are left out, the last one before the other.
        let fixed = whole.len().saturating_sub(2);
        for kept in (fixed..=whole.len()).rev() {
            let mut widths = whole.clone();
            widths[kept..].fill(0);
            if self.shrink(&mut widths, fixed) {
                return widths;
            }
        }
        let mut widths = whole;
        widths[fixed..].fill(0);
        self.shrink(&mut widths, 0);
        widths
    }

    /// Takes from the widest of the columns from one on, until all fit; returns false where they do not.
    fn shrink(&self, widths: &mut [usize], first: usize) -> bool {
        let used = |widths: &[usize]| {
            widths.iter().filter(|width| **width > 0).map(|width| width + GAP).sum::<usize>()
        };
        while used(widths).saturating_sub(GAP) > terminal_width() {
            let wide = widths[first..].iter_mut().filter(|width| **width > self.least);
            let Some(widest) = wide.max_by_key(|width| **width) else { return false };
            *widest -= 1;
        }
        true
    }
}

impl Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        let heads: Vec<_> = self.heads.iter().map(|head| (*head).to_owned()).collect();
        writeln!(f, "{FAINT}{}{FAINT:#}", line(&heads, &widths, Style::new()))?;
        for (style, cells) in &self.rows {
            writeln!(f, "{}", line(cells, &widths, *style))?;
        }
        Ok(())
    }
}

fn line(cells: &[String], widths: &[usize], style: Style) -> String {
    let mut line = String::new();
    for (index, (cell, columns)) in cells.iter().zip(widths).enumerate() {
        if *columns == 0 {
            continue;
        }
        let is_last = index + 1 == cells.len();
        let text = if is_last { cut_start(cell, *columns) } else { cut_end(cell, *columns) };
        let style = if index == 0 { style } else { Style::new() };
        let blanks = columns.saturating_sub(width(&text)) + GAP;
        line.push_str(&format!("{style}{text}{style:#}{:blanks$}", ""));
    }
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_fit_the_width_and_columns_are_aligned() {
        let mut grid = Grid::new(["A", "NOTE", "NAME", "FILE"], 8);
        let (names, files) = ("同步".repeat(30), "a/".repeat(30) + "b.json");
        grid.row(Style::new(), ["FAILED".into(), String::new(), names, files]);
        grid.row(Style::new(), ["OK".into(), String::new(), "short".into(), "c.json".into()]);
        let text = anstream::adapter::strip_str(&grid.to_string()).to_string();
        let lines: Vec<_> = text.lines().collect();
        assert!(lines.iter().all(|line| width(line) <= 80), "{text}");
        assert!(
            !lines[0].contains("NOTE") && lines[1].ends_with("/b.json") && lines[1].contains('…'),
            "{text}"
        );
        let place = |line: &str, part: &str| width(&line[..line.find(part).unwrap()]);
        assert_eq!(place(lines[0], "FILE"), place(lines[2], "c.json"), "{text}");
    }
}
