//! Which lines are no part of the story, and why: [`Skips`].

use std::fmt::{self, Display};

use serde::{Serialize, Serializer};

use super::Skip;
use crate::exit::complain;
use crate::input::Source;
use crate::output::{count, undecodable};

/// The lines that were skipped, by reason. Its size does not grow with their number.
pub(crate) struct Skips {
    /// The names of the sources, if there are several.
    names: Vec<String>,
    of_kind: [Kind; KINDS],
    /// How many were told on standard error.
    told: u64,
}

const KINDS: usize = 6;

/// The lines skipped for one reason.
#[derive(Default)]
struct Kind {
    count: u64,
    ranges: Vec<Range>,
    more: u64,
}

/// Lines one after the other.
struct Range {
    source: usize,
    first: u64,
    last: u64,
}

impl Skips {
    pub(crate) fn of(sources: &[Source]) -> Self {
        let names = if sources.len() > 1 { sources.iter().map(Source::name).collect() } else { Vec::new() };
        Skips { names, of_kind: Default::default(), told: 0 }
    }

    /// Takes note of one more line, and tells of it on standard error if it is damaged.
    pub(crate) fn add(&mut self, source: usize, number: u64, skip: &Skip) {
        /// An archive of something else altogether would fill the screen.
        const MOST: u64 = 10;
        self.of_kind[skip.index()].add(source, number);
        if !skip.is_damage() {
            return;
        }
        self.told += 1;
        let place = Place { names: &self.names, source, number };
        match self.told {
            ..=MOST => complain(format_args!("{place}: {skip}")),
            told if told == MOST + 1 => {
                complain("more lines are damaged; they are counted, and no longer told");
            }
            _ => {}
        }
    }

    /// How many lines were skipped.
    pub(crate) fn count(&self) -> u64 {
        self.of_kind.iter().map(|kind| kind.count).sum()
    }

    fn kinds(&self) -> impl Iterator<Item = (&'static str, &Kind)> {
        NAMES.into_iter().zip(&self.of_kind).filter(|(_, kind)| kind.count > 0)
    }
}

/// The reasons, in the order of [`Skip::index`].
const NAMES: [&str; KINDS] =
    ["undecodable", "no_record", "too_long", "broken_off", "out_of_order", "no_time"];

/// A line, as people find it.
struct Place<'a> {
    names: &'a [String],
    source: usize,
    number: u64,
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.names.get(self.source) {
            write!(f, "{name}: ")?;
        }
        write!(f, "line {}", self.number)
    }
}

impl Skip {
    fn index(&self) -> usize {
        match self {
            Skip::Undecodable(_) => 0,
            Skip::NoRecord(_) => 1,
            Skip::TooLong => 2,
            Skip::Broken(_) => 3,
            Skip::OutOfOrder => 4,
            Skip::NoTime => 5,
        }
    }

    /// Whether it is not known what the line says.
    fn is_damage(&self) -> bool {
        !matches!(self, Skip::OutOfOrder | Skip::NoTime)
    }
}

impl Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Skip::Undecodable(error) => f.write_str(&undecodable(error)),
            Skip::NoRecord(reason) => f.write_str(reason),
            Skip::TooLong => f.write_str("longer than any body may be"),
            Skip::Broken(reason) => write!(f, "from here on it can't be read: {reason}"),
            Skip::OutOfOrder => f.write_str("not later than the poll before"),
            Skip::NoTime => f.write_str("it does not tell when it was received"),
        }
    }
}

/// The error object of a body that can't be decoded, and one like it for the other reasons.
impl Serialize for Skip {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Other {
            kind: &'static str,
            message: String,
        }
        match self {
            Skip::Undecodable(error) => error.serialize(serializer),
            _ => Other { kind: NAMES[self.index()], message: self.to_string() }.serialize(serializer),
        }
    }
}

impl Kind {
    fn add(&mut self, source: usize, number: u64) {
        /// So many are told.
        const MOST: usize = 10;
        self.count += 1;
        let is_next = |range: &&mut Range| range.source == source && range.last + 1 == number;
        if let Some(range) = self.ranges.last_mut().filter(is_next) {
            range.last = number;
        } else if self.ranges.len() < MOST {
            self.ranges.push(Range { source, first: number, last: number });
        } else {
            self.more += 1;
        }
    }
}

/// For people: `skipped 60 out of order (lines 61-120), 1 undecodable (line 7)`; nothing if none was.
impl Display for Skips {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = Vec::new();
        for (name, kind) in self.kinds() {
            let mut places: Vec<_> = kind.ranges.iter().map(|range| self.place(range)).collect();
            if kind.more > 0 {
                places.push(format!("and {} more", kind.more));
            }
            told.push(format!("{} {} ({})", kind.count, name.replace('_', " "), places.join(", ")));
        }
        if told.is_empty() {
            return Ok(());
        }
        writeln!(f, "skipped {}: {}", count(self.count(), "line"), told.join("; "))
    }
}

impl Skips {
    fn place(&self, range: &Range) -> String {
        let Range { source, first, last } = *range;
        let name = self.names.get(source).map(|name| format!("{name} ")).unwrap_or_default();
        if first == last { format!("{name}line {first}") } else { format!("{name}lines {first}-{last}") }
    }
}

impl Serialize for Skips {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Told<'a> {
            lines: u64,
            ranges: Vec<Lines<'a>>,
            /// Lines beyond those ranges.
            more: u64,
        }
        #[derive(Serialize)]
        struct Lines<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            file: Option<&'a str>,
            first: u64,
            last: u64,
        }
        let told = self.kinds().map(|(name, kind)| {
            let ranges = kind.ranges.iter().map(|range| Lines {
                file: self.names.get(range.source).map(String::as_str),
                first: range.first,
                last: range.last,
            });
            (name, Told { lines: kind.count, ranges: ranges.collect(), more: kind.more })
        });
        serializer.collect_map(told)
    }
}
