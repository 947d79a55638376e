//! How much a body may hold: [`Limits`].

use serde::{Deserialize, Serialize};

/// How much a body may hold. A body beyond a limit is refused; quirks beyond their limit are counted.
///
/// ```
/// use aliyun_dts_status::{Decoder, ErrorKind, Limits};
///
/// let mut limits = Limits::default();
/// limits.depth = 3;
/// let error = Decoder::new().limits(limits).decode(br#"{"a": {"b": {"c": {"d": 1}}}}"#).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::TooDeep);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the body: 16 MiB. 2 GiB is the most that can be set.
    pub bytes: usize,
    /// Depth of nested objects and lists, or elements: 64. The JSON reader stops at 127 whatever is set.
    pub depth: usize,
    /// Values, objects, lists and elements: 1,000,000.
    pub nodes: usize,
    /// Items of one list of the response, and members of `AccessDeniedDetail`: 100,000. Bare texts as items of JSON
    /// lists are counted over all lists together.
    pub items: usize,
    /// Jobs of one page, both directions counted: 5,000. The API sends at most 100 on a page.
    pub jobs: usize,
    /// Attributes of one tag: 256.
    pub attributes: usize,
    /// Bytes of a name: 1 KiB.
    pub name: usize,
    /// Bytes of one text: 1 MiB.
    pub scalar: usize,
    /// Characters of a JSON number that is not a plain 64-bit integer: 1,000.
    pub number: usize,
    /// Quirks that are kept: 1,000. The others are counted.
    pub quirks: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 16 << 20,
            depth: 64,
            nodes: 1_000_000,
            items: 100_000,
            jobs: 5_000,
            attributes: 256,
            name: 1 << 10,
            scalar: 1 << 20,
            number: 1_000,
            quirks: 1_000,
        }
    }
}
