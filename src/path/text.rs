//! A path as text, and back: Display, FromStr and serde of [`Path`].

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::{Path, Segment};
use crate::excerpt;
use crate::field::Field;

/// `PrecheckStatus.Detail[3].CheckStatus`. In a name that this crate does not know, a backslash comes before `.`, `[`,
/// `]` and another backslash. An empty name is `[]`.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.width().is_none() && f.precision().is_none() {
            return write(self.segments(), f);
        }
        let mut text = String::new();
        write(self.segments(), &mut text)?;
        f.pad(&text)
    }
}

fn write(segments: &[Segment], out: &mut impl fmt::Write) -> fmt::Result {
    for (position, segment) in segments.iter().enumerate() {
        let dot = if position > 0 { "." } else { "" };
        match segment {
            Segment::Index(index) => write!(out, "[{index}]")?,
            Segment::Field(field) => write!(out, "{dot}{}", field.as_str())?,
            Segment::Name(name) if name.is_empty() => out.write_str("[]")?,
            Segment::Name(name) => {
                out.write_str(dot)?;
                for character in name.chars() {
                    if matches!(character, '.' | '[' | ']' | '\\') {
                        out.write_char('\\')?;
                    }
                    out.write_char(character)?;
                }
            }
        }
    }
    Ok(())
}

/// A text that is no [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[error("invalid path \"{}\" at byte {offset}", excerpt::shown(.text))]
pub struct PathError {
    text: String,
    offset: usize,
}

impl PathError {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the text at which it is no path.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl FromStr for Path {
    type Err = PathError;

    /// Reads what Display writes. A name that is exactly that of a field is the field.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut rest = text;
        let mut segments = Vec::new();
        while !rest.is_empty() {
            let (segment, after) = segment(rest, segments.is_empty()).ok_or_else(|| PathError {
                text: text.to_owned(),
                offset: text.len().saturating_sub(rest.len()),
            })?;
            segments.push(segment);
            rest = after;
        }
        Ok(Path::from(segments))
    }
}

/// The first step of a text, and what comes after it.
fn segment(text: &str, is_first: bool) -> Option<(Segment, &str)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (index, rest) = rest.split_once(']')?;
        if index.is_empty() {
            return Some((Segment::Name("".into()), rest));
        }
        // One text for each number: no sign, no zeros before it.
        let number: usize = index.parse().ok()?;
        return (number.to_string() == index).then_some((Segment::Index(number), rest));
    }
    let text = if is_first { text } else { text.strip_prefix('.')? };
    let mut name = String::new();
    let mut characters = text.char_indices();
    let mut end = text.len();
    while let Some((offset, character)) = characters.next() {
        match character {
            '.' | '[' => {
                end = offset;
                break;
            }
            ']' => return None,
            '\\' => {
                name.push(characters.next().filter(|(_, next)| matches!(next, '.' | '[' | ']' | '\\'))?.1);
            }
            other => name.push(other),
        }
    }
    let rest = text.get(end..)?;
    (!name.is_empty())
        .then(|| (Field::exact(&name).map_or_else(|| Segment::Name(name.into()), Segment::Field), rest))
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_comes_back_from_its_text() {
        let name = |name: &str| Segment::Name(name.into());
        for (segments, text) in [
            (vec![], ""),
            (vec![Segment::Field(Field::Status)], "Status"),
            (vec![Segment::Index(0), Segment::Index(12)], "[0][12]"),
            (vec![Segment::Field(Field::Detail), Segment::Index(3), name("x")], "Detail[3].x"),
            (vec![name("a.b"), name("[0]")], r"a\.b.\[0\]"),
            (vec![name(r"\"), name(r"\.")], r"\\.\\\."),
            (vec![name("")], "[]"),
            (vec![name("a"), name(""), name(""), Segment::Index(1)], "a[][][1]"),
            (vec![name("(observed_at)")], "(observed_at)"),
            (vec![name("state"), name(" 状态\n")], "state. 状态\n"),
        ] {
            let path = Path::from(segments);
            assert_eq!(path.to_string(), text);
            assert_eq!(text.parse(), Ok(path));
        }
        assert_eq!(
            format!("{:>8}|{:<8}", Path::from(Field::Status), Path::from(Field::Delay)),
            "  Status|Delay   "
        );
    }

    #[test]
    fn a_text_that_is_no_path_is_refused() {
        for (text, offset) in [
            (".", 0),
            (".a", 0),
            ("a.", 1),
            ("a..b", 1),
            ("a]", 0),
            ("a[", 1),
            ("a[1", 1),
            ("a[x]", 1),
            ("a[01]", 1),
            ("a[-1]", 1),
            ("a[+1]", 1),
            ("a[1]b", 4),
            (r"a\", 0),
            (r"a\b", 0),
            ("a[99999999999999999999]", 1),
        ] {
            let error = text.parse::<Path>().unwrap_err();
            assert_eq!((error.text(), error.offset()), (text, offset));
        }
        let error = "a..b".parse::<Path>().unwrap_err();
        assert_eq!(error.to_string(), "invalid path \"a..b\" at byte 1");
    }
}
