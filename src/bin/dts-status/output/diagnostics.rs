//! Quirks and violations as text: [`Diagnostics`].

use std::fmt::{self, Display};

use aliyun_dts_status::{Decoded, Format, Quirk, QuirkKind, Segment, Violation, encode};
use serde_json::Value;

use super::columns::wrap;
use super::cut::cut;
use super::safe;
use super::snippet::Body;
use super::style::{BAD, FAINT, FAIR, GOOD};
use super::words::count;

/// The quirks of a body, each with its line and a mark at those that lost a value, then the violations of its response.
pub(crate) struct Diagnostics<'a> {
    pub(crate) decoded: &'a Decoded,
    pub(crate) violations: &'a [Violation],
    pub(crate) body: &'a [u8],
}

impl Display for Diagnostics<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostics { decoded, violations, .. } = *self;
        let format = decoded.format.as_str().to_uppercase();
        if decoded.is_clean() && violations.is_empty() {
            return writeln!(f, "{GOOD}{format} as documented: no quirk, no violation{GOOD:#}");
        }
        self.quirks(f, &format)?;
        if !violations.is_empty() {
            writeln!(f, "{FAIR}{}{FAIR:#}", count(violations.len(), "violation"))?;
            for violation in violations.iter().take(SHOWN) {
                f.write_str(&wrap(&format!("  {}", safe::line(&violation.to_string())), "    "))?;
            }
            rest(f, violations.len())?;
        }
        if !decoded.quirks.is_empty() || !violations.is_empty() {
            writeln!(f, "{FAINT}dts-status explain NAME has more on each of these names{FAINT:#}")?;
        }
        Ok(())
    }
}

impl Diagnostics<'_> {
    fn quirks(&self, f: &mut fmt::Formatter<'_>, format: &str) -> fmt::Result {
        let Decoded { quirks, quirks_omitted, .. } = self.decoded;
        if self.decoded.is_clean() {
            return Ok(());
        }
        let all = quirks.len().saturating_add(*quirks_omitted);
        let loss = if self.decoded.loses_value() { "" } else { ", nothing lost" };
        writeln!(f, "{FAIR}{} of {format}{loss}{FAIR:#}", count(all, "quirk"))?;
        let body = Body::new(self.body);
        // The clean body has the values as they were read, at the same paths.
        let read = serde_json::from_slice(&encode(&self.decoded.response, Format::Json)).unwrap_or_default();
        for quirk in quirks.iter().take(SHOWN) {
            let place =
                if quirk.path.segments().is_empty() { String::new() } else { format!(": {}", quirk.path) };
            let loss = if quirk.kind.loses_value() { format!("  {BAD}lost{BAD:#}") } else { String::new() };
            writeln!(f, "{FAIR}{}{FAIR:#}{}{loss}", quirk.kind, safe::line(&place))?;
            f.write_str(&shown(&body, quirk, &read))?;
        }
        rest(f, quirks.len())?;
        if *quirks_omitted > 0 {
            writeln!(f, "and {quirks_omitted} more, only counted")?;
        }
        Ok(())
    }
}

/// Limit of the quirks and of the violations shown.
const SHOWN: usize = 50;

fn rest(f: &mut fmt::Formatter<'_>, all: usize) -> fmt::Result {
    match all.saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(f, "and {more} more; --output json has them"),
    }
}

/// The place of a quirk with what was read there.
fn shown(body: &Body<'_>, quirk: &Quirk, read: &Value) -> String {
    let Quirk { kind, offset, found, .. } = quirk;
    let meaning = kind.meaning().trim_end_matches('.');
    let field = quirk_field(quirk).filter(|_| is_of_name(*kind));
    let label = match (field, value_at(read, quirk)) {
        (Some(field), _) => format!("read as {field}"),
        (None, Some(value)) if *kind == QuirkKind::DuplicateField => format!("{meaning}: {value}"),
        (None, Some(value)) if !kind.loses_value() && value != safe::quoted(found) => {
            format!("read as {value}")
        }
        _ => meaning.to_owned(),
    };
    match kind {
        _ if is_of_name(*kind) => body.name(*offset, &label),
        QuirkKind::UnknownField => body.name(*offset, &label),
        QuirkKind::Attribute => body.value(*offset, found, &label),
        _ if quirk.path.segments().is_empty() => body.at(*offset, &label),
        _ => body.value(*offset, found, &label),
    }
}

/// Returns true if the name of a field is unusual, not its value.
fn is_of_name(kind: QuirkKind) -> bool {
    matches!(kind, QuirkKind::FieldCase | QuirkKind::FieldAlias)
}

fn quirk_field(quirk: &Quirk) -> Option<String> {
    match quirk.path.segments().last()? {
        Segment::Field(field) => Some(field.to_string()),
        _ => None,
    }
}

/// The plain value at the path of a quirk, as it was read.
fn value_at(read: &Value, quirk: &Quirk) -> Option<String> {
    /// Limit of a value, in characters.
    const LIMIT: usize = 60;
    let mut value = read;
    for segment in quirk.path.segments() {
        value = match segment {
            Segment::Field(field) => value.get(field.as_str()),
            Segment::Name(name) => value.get(&**name),
            Segment::Index(index) => value.get(*index),
            _ => None,
        }?;
    }
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => None,
        plain => Some(safe::line(&cut(&plain.to_string(), LIMIT))),
    }
}
