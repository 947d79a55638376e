//! The path of a value in a response: [`Path`].

mod text;

use serde::{Deserialize, Serialize};

use crate::field::Field;

pub use self::text::PathError;

/// The path of a value in wire notation: `PrecheckStatus.Detail[3].CheckStatus`.
///
/// It is canonical, the same for XML and JSON: envelopes and list wrappers are left out, known
/// fields have their documented spelling, indices count from 0. The root is the empty path.
///
/// ```
/// use aliyun_dts_status::{Field, Path};
///
/// let path: Path = "PrecheckStatus.Detail[3].CheckStatus".parse()?;
/// assert_eq!(path, Path::from([Field::PrecheckStatus, Field::Detail]).then(3).then(Field::CheckStatus));
/// assert_eq!(Path::root().then("a.b").to_string(), r"a\.b");
/// # Ok::<(), aliyun_dts_status::PathError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path {
    segments: Vec<Segment>,
}

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Segment {
    /// A field that this crate knows.
    Field(Field),
    /// An item of a list, counted from 0.
    Index(usize),
    /// A name that this crate does not know, as the body spells it; or, in brackets, evidence that is not a
    /// field (`(observed_at)`).
    Name(Box<str>),
}

impl Path {
    /// The path of the root: empty.
    #[must_use]
    pub const fn root() -> Self {
        Path { segments: Vec::new() }
    }

    /// The steps from the root.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// This path with one more step.
    #[must_use]
    pub fn then(mut self, step: impl Into<Segment>) -> Self {
        self.segments.push(step.into());
        self
    }
}

impl FromIterator<Segment> for Path {
    fn from_iter<I: IntoIterator<Item = Segment>>(steps: I) -> Self {
        Path { segments: steps.into_iter().collect() }
    }
}

impl From<Vec<Segment>> for Path {
    fn from(segments: Vec<Segment>) -> Self {
        Path { segments }
    }
}

impl From<Field> for Path {
    fn from(field: Field) -> Self {
        Path::root().then(field)
    }
}

impl<const N: usize> From<[Field; N]> for Path {
    fn from(fields: [Field; N]) -> Self {
        fields.into_iter().map(Segment::Field).collect()
    }
}

impl From<Field> for Segment {
    fn from(field: Field) -> Self {
        Segment::Field(field)
    }
}

impl From<usize> for Segment {
    fn from(index: usize) -> Self {
        Segment::Index(index)
    }
}

/// A name that is exactly that of a field is the field.
impl From<&str> for Segment {
    fn from(name: &str) -> Self {
        Field::exact(name).map_or_else(|| Segment::Name(name.into()), Segment::Field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_in_wire_notation() {
        let path = Path::from([Field::PrecheckStatus, Field::Detail]).then(3).then(Field::CheckStatus);
        assert_eq!(path.to_string(), "PrecheckStatus.Detail[3].CheckStatus");
        assert_eq!(Path::root().to_string(), "");
        assert_eq!(Path::from(Field::Status).to_string(), "Status");
        assert_eq!(Path::root().then("(observed_at)").to_string(), "(observed_at)");
    }
}
