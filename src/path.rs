//! The path of a value in a response: [`Path`].

mod text;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::mem;

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
#[derive(Clone)]
pub struct Path {
    steps: Steps,
}

/// Steps without an allocation while there are few, as on the paths of nearly all quirks.
#[derive(Clone)]
enum Steps {
    /// The first ones of an array.
    Few(u8, [Segment; FEW]),
    Many(Vec<Segment>),
}

const FEW: usize = MOST as usize;

const MOST: u8 = 4;

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
        Path { steps: Steps::Few(0, [const { Segment::Index(0) }; FEW]) }
    }

    /// The steps from the root.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        match &self.steps {
            Steps::Few(len, steps) => steps.get(..usize::from(*len)).unwrap_or_default(),
            Steps::Many(steps) => steps,
        }
    }

    /// This path with one more step.
    #[must_use]
    pub fn then(mut self, step: impl Into<Segment>) -> Self {
        self.push(step.into());
        self
    }

    /// A path of `len` steps, which `fill` writes where they stay.
    #[inline]
    pub(crate) fn filled(len: usize, fill: impl FnOnce(&mut [Segment])) -> Self {
        const FREE: Segment = Segment::Index(0);
        let mut steps = match u8::try_from(len) {
            Ok(len @ ..=MOST) => Steps::Few(len, [FREE; FEW]),
            _ => Steps::Many(vec![FREE; len]),
        };
        fill(match &mut steps {
            Steps::Few(len, steps) => steps.get_mut(..usize::from(*len)).unwrap_or_default(),
            Steps::Many(steps) => steps,
        });
        Path { steps }
    }

    fn push(&mut self, step: Segment) {
        match &mut self.steps {
            Steps::Few(len, steps) => match steps.get_mut(usize::from(*len)) {
                Some(free) => {
                    *free = step;
                    *len = len.saturating_add(1);
                }
                None => {
                    let few = mem::replace(steps, [const { Segment::Index(0) }; FEW]);
                    self.steps = Steps::Many(few.into_iter().chain([step]).collect());
                }
            },
            Steps::Many(steps) => steps.push(step),
        }
    }
}

impl Default for Path {
    fn default() -> Self {
        Path::root()
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Path").field("segments", &self.segments()).finish()
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.segments() == other.segments()
    }
}

impl Eq for Path {}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Path {
    fn cmp(&self, other: &Self) -> Ordering {
        self.segments().cmp(other.segments())
    }
}

impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.segments().hash(state);
    }
}

impl FromIterator<Segment> for Path {
    fn from_iter<I: IntoIterator<Item = Segment>>(steps: I) -> Self {
        steps.into_iter().fold(Path::root(), Path::then)
    }
}

impl From<Vec<Segment>> for Path {
    fn from(segments: Vec<Segment>) -> Self {
        Path { steps: Steps::Many(segments) }
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
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

    use super::*;

    #[test]
    fn displays_in_wire_notation() {
        let path = Path::from([Field::PrecheckStatus, Field::Detail]).then(3).then(Field::CheckStatus);
        assert_eq!(path.to_string(), "PrecheckStatus.Detail[3].CheckStatus");
        assert_eq!(Path::root().to_string(), "");
        assert_eq!(Path::from(Field::Status).to_string(), "Status");
        assert_eq!(Path::root().then("(observed_at)").to_string(), "(observed_at)");
    }

    fn hash(path: &Path) -> u64 {
        BuildHasherDefault::<DefaultHasher>::default().hash_one(path)
    }

    #[test]
    fn paths_of_any_length_are_their_steps() {
        let steps: Vec<Segment> = (0..10).map(Segment::from).collect();
        for len in 0..=steps.len() {
            let steps = &steps[..len];
            let path: Path = steps.iter().cloned().collect();
            assert_eq!(path.segments(), steps);
            assert_eq!(path, Path::from(steps.to_vec()));
            assert_eq!(path, Path::filled(len, |free| free.clone_from_slice(steps)));
            assert_eq!(path.cmp(&Path::root()), len.cmp(&0));
            let longer = path.clone().then(len);
            assert_ne!(path, longer);
            assert_ne!(hash(&path), hash(&longer));
            assert_eq!(format!("{path:?}"), format!("Path {{ segments: {steps:?} }}"));
        }
    }
}
