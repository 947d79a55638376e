//! The skipped lines of an archive: [`SkippedLines`].

use std::fmt::{self, Display};

use serde::{Serialize, Serializer};

use super::skip::SkipReason;
use crate::exit::warn;
use crate::input::{self, Source};
use crate::output::count;

/// The skipped lines, by reason. Memory does not grow with their number.
pub(crate) struct SkippedLines {
    /// The names of the sources; empty for a single one.
    names: Vec<String>,
    by_reason: [Group; SkipReason::NAMES.len()],
    /// Number of damaged lines.
    damaged: u64,
}

/// The lines that are skipped for one reason.
#[derive(Default)]
struct Group {
    count: u64,
    ranges: Vec<Range>,
    /// Number of lines outside the ranges.
    more: u64,
}

/// Consecutive lines of a source.
struct Range {
    source: usize,
    first: u64,
    last: u64,
}

impl SkippedLines {
    pub(crate) fn of(sources: &[Source]) -> Self {
        SkippedLines { names: input::names_of_several(sources), by_reason: Default::default(), damaged: 0 }
    }

    /// Counts one more line, and warns of it if it is damaged.
    pub(crate) fn add(&mut self, source: usize, number: u64, reason: &SkipReason) {
        /// Limit of the warnings: a file that is no archive would give one for each line.
        const WARNINGS: u64 = 10;
        self.by_reason[reason.index()].add(source, number);
        if !reason.is_damage() {
            return;
        }
        self.damaged += 1;
        let name = self.names.get(source).map(|name| format!("{name}: ")).unwrap_or_default();
        match self.damaged {
            ..=WARNINGS => warn(format_args!("{name}line {number}: {reason}")),
            damaged if damaged == WARNINGS + 1 => warn("more lines are damaged; they are only counted"),
            _ => {}
        }
    }

    fn groups(&self) -> impl Iterator<Item = (&'static str, &Group)> {
        SkipReason::NAMES.into_iter().zip(&self.by_reason).filter(|(_, group)| group.count > 0)
    }

    fn range(&self, range: &Range) -> String {
        let Range { source, first, last } = *range;
        let name = self.names.get(source).map(|name| format!("{name} ")).unwrap_or_default();
        if first == last { format!("{name}line {first}") } else { format!("{name}lines {first}-{last}") }
    }
}

impl Group {
    fn add(&mut self, source: usize, number: u64) {
        /// Limit of the ranges that are kept.
        const RANGES: usize = 10;
        self.count += 1;
        let is_next = |range: &&mut Range| range.source == source && range.last + 1 == number;
        if let Some(range) = self.ranges.last_mut().filter(is_next) {
            range.last = number;
        } else if self.ranges.len() < RANGES {
            self.ranges.push(Range { source, first: number, last: number });
        } else {
            self.more += 1;
        }
    }
}

/// As text: `skipped 61 lines: 1 undecodable (line 7); 60 out of order (lines 61-120)`; empty if no line is skipped.
impl Display for SkippedLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut groups = Vec::new();
        for (name, group) in self.groups() {
            let mut ranges: Vec<_> = group.ranges.iter().map(|range| self.range(range)).collect();
            if group.more > 0 {
                ranges.push(format!("and {} more", group.more));
            }
            groups.push(format!("{} {} ({})", group.count, name.replace('_', " "), ranges.join(", ")));
        }
        if groups.is_empty() {
            return Ok(());
        }
        let all: u64 = self.by_reason.iter().map(|group| group.count).sum();
        writeln!(f, "skipped {}: {}", count(all, "line"), groups.join("; "))
    }
}

impl Serialize for SkippedLines {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct GroupJson<'a> {
            lines: u64,
            ranges: Vec<RangeJson<'a>>,
            more: u64,
        }
        #[derive(Serialize)]
        struct RangeJson<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            file: Option<&'a str>,
            first: u64,
            last: u64,
        }
        serializer.collect_map(self.groups().map(|(name, group)| {
            let ranges = group.ranges.iter().map(|range| RangeJson {
                file: self.names.get(range.source).map(String::as_str),
                first: range.first,
                last: range.last,
            });
            (name, GroupJson { lines: group.count, ranges: ranges.collect(), more: group.more })
        }))
    }
}
