//! The lines of an archive that are no ordinary polls: [`ProblemLines`].

use std::fmt::{self, Display};

use serde::{Serialize, Serializer};

use super::problem::LineProblem;
use crate::exit::warn;
use crate::input::{self, Source};
use crate::output::{BodyError, count};
use crate::record::unknown_member;

/// The lines that are no ordinary polls, by reason. Memory does not grow with their number.
pub(crate) struct ProblemLines {
    /// The names of the sources; empty for a single one.
    names: Vec<String>,
    by_reason: [Group; LineProblem::NAMES.len()],
    /// Number of damaged lines.
    damaged: u64,
    /// True if a source could not be opened.
    unreadable: bool,
    /// Number of lines with members that are not known.
    unknown: u64,
}

/// Limit of the warnings of one kind: a file that is no archive would give one for each line.
const WARNINGS: u64 = 10;

/// The lines with one reason.
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

impl ProblemLines {
    pub(crate) fn of(sources: &[Source]) -> Self {
        ProblemLines {
            names: input::names_of_several(sources),
            by_reason: Default::default(),
            damaged: 0,
            unreadable: false,
            unknown: 0,
        }
    }

    /// Adds the reasons of one line, each of them once.
    pub(crate) fn add_all<'a>(
        &mut self,
        source: usize,
        number: u64,
        reasons: impl IntoIterator<Item = &'a LineProblem>,
    ) {
        let mut seen = [false; LineProblem::NAMES.len()];
        for reason in reasons {
            if !std::mem::replace(&mut seen[reason.index()], true) {
                self.add(source, number, reason);
            }
        }
    }

    /// Counts one more line, and warns of it if it is damaged.
    pub(crate) fn add(&mut self, source: usize, number: u64, reason: &LineProblem) {
        self.by_reason[reason.index()].add(source, number);
        if !reason.is_damage() {
            return;
        }
        self.damaged += 1;
        self.unreadable |= matches!(reason, LineProblem::NoBody(BodyError::Unreadable(_)));
        match self.damaged {
            ..=WARNINGS => warn(format_args!("{}: {reason}", self.place(source, number))),
            damaged if damaged == WARNINGS + 1 => warn("more lines are damaged; they are only counted"),
            _ => {}
        }
    }

    /// Warns of members of a record that are not known.
    pub(crate) fn warn_of_unknown(&mut self, source: usize, number: u64, names: &[String]) {
        if names.is_empty() {
            return;
        }
        self.unknown += 1;
        match self.unknown {
            ..=WARNINGS => {
                let place = self.place(source, number);
                names.iter().for_each(|name| warn(format_args!("{place}: {}", unknown_member(name))));
            }
            unknown if unknown == WARNINGS + 1 => warn("more records have unknown members"),
            _ => {}
        }
    }

    /// The number of polls that are not later than an earlier one.
    pub(crate) fn late(&self) -> u64 {
        self.by_reason[LineProblem::OutOfOrder.index()].count
    }

    /// Returns true if a source could not be opened.
    pub(crate) fn has_unreadable(&self) -> bool {
        self.unreadable
    }

    fn place(&self, source: usize, number: u64) -> String {
        let name = self.names.get(source).map(|name| format!("{name}: ")).unwrap_or_default();
        format!("{name}line {number}")
    }

    fn groups(&self) -> impl Iterator<Item = (&'static str, &Group)> {
        LineProblem::NAMES.into_iter().zip(&self.by_reason).filter(|(_, group)| group.count > 0)
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

/// As text: `61 lines with a problem: 1 undecodable (line 7); 60 out of order (lines 61-120)`; empty without any.
impl Display for ProblemLines {
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
        writeln!(f, "{} with a problem: {}", count(all, "line"), groups.join("; "))
    }
}

impl Serialize for ProblemLines {
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
