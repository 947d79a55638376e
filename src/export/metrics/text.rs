//! The text of metrics, in both dialects: heads of families, labels, numbers.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

use super::dialect::Dialect;
use super::family::Kind;

/// The head of a family: `# HELP`, `# TYPE` and `# UNIT`.
pub(super) struct Head<'a> {
    pub(super) dialect: Dialect,
    /// The name of the samples.
    pub(super) name: &'a str,
    pub(super) kind: Kind,
    pub(super) help: &'a str,
}

/// Units at the end of a name.
const UNITS: [&str; 3] = ["_bytes_per_second", "_seconds", "_ratio"];

impl Display for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Head { dialect, name, kind, help } = self;
        let help = escaped(help, *dialect == Dialect::OpenMetrics);
        if *dialect == Dialect::Prometheus {
            let kind = if *kind == Kind::Counter { "counter" } else { "gauge" };
            return write!(f, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
        }
        // In OpenMetrics some samples have a suffix that their family does not have.
        let (kind, suffix) = match kind {
            Kind::Gauge => ("gauge", ""),
            Kind::StateSet => ("stateset", ""),
            Kind::Info => ("info", "_info"),
            Kind::Counter => ("counter", COUNTER),
        };
        let name = name.strip_suffix(suffix).unwrap_or(name);
        write!(f, "# HELP {name} {help}\n# TYPE {name} {kind}\n")?;
        match UNITS.iter().find(|unit| name.ends_with(**unit)) {
            Some(unit) => writeln!(f, "# UNIT {name} {}", unit.trim_start_matches('_')),
            None => Ok(()),
        }
    }
}

/// The end of the name of a counter.
pub(super) const COUNTER: &str = "_total";

/// Limit of a label's value, in characters.
pub(super) const VALUE_LIMIT: usize = 128;

/// A label's value as it is written: cut, and without control characters but the line break. They are legal, but many
/// readers split lines there.
pub(super) fn cut(value: &str, limit: usize) -> String {
    let plain = |character: char| match character {
        '\n' => '\n',
        control if control.is_control() => ' ',
        other => other,
    };
    value.chars().take(limit).map(plain).collect()
}

/// Appends a label to others.
pub(super) fn push_label(labels: &mut String, name: &str, value: &str) {
    let separator = if labels.is_empty() { "" } else { "," };
    let value = cut(value, VALUE_LIMIT);
    // Writing to a string can't fail.
    let _ = write!(labels, "{separator}{name}=\"{}\"", escaped(&value, true));
}

fn escaped(text: &str, quotes: bool) -> Cow<'_, str> {
    if !text.contains(['\\', '\n', '"']) {
        return Cow::Borrowed(text);
    }
    let text = text.replace('\\', "\\\\").replace('\n', "\\n");
    Cow::Owned(if quotes { text.replace('"', "\\\"") } else { text })
}

/// A number as the value of a sample.
pub(super) struct Value(pub(super) f64);

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            infinite if infinite.is_infinite() => f.write_str(if infinite > 0.0 { "+Inf" } else { "-Inf" }),
            other => write!(f, "{other}"),
        }
    }
}

/// Returns true for a name of a metric or a label that every reader accepts.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}
