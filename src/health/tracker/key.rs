//! The key of a tracker, and how it is found without making one: [`Key`], [`AsKey`].

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;

use crate::health::scope::Scope;

/// A job and a direction, in the order of job ids.
#[derive(Clone)]
pub(super) struct Key(
    /// The id, and one letter for the direction: a map of very many jobs has no space for another word.
    Box<str>,
);

impl Key {
    pub(super) fn new(job_id: &str, direction: Scope) -> Self {
        let letter = match direction {
            Scope::Forward => "F",
            Scope::Reverse => "R",
            Scope::TwoWay => "T",
        };
        Key([job_id, letter].concat().into_boxed_str())
    }

    /// The id of the job.
    pub(super) fn into_job_id(self) -> Box<str> {
        let mut text = String::from(self.0);
        text.pop();
        text.into_boxed_str()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key().fmt(f)
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// A key, owned or borrowed. A map can be searched for the borrowed one.
pub(super) trait AsKey {
    fn key(&self) -> (&str, Scope);
}

impl AsKey for Key {
    fn key(&self) -> (&str, Scope) {
        let (job_id, letter) = self.0.split_at_checked(self.0.len().saturating_sub(1)).unwrap_or_default();
        let direction = match letter {
            "R" => Scope::Reverse,
            "T" => Scope::TwoWay,
            _ => Scope::Forward,
        };
        (job_id, direction)
    }
}

impl AsKey for (&str, Scope) {
    fn key(&self) -> (&str, Scope) {
        *self
    }
}

impl<'a> Borrow<dyn AsKey + 'a> for Key {
    fn borrow(&self) -> &(dyn AsKey + 'a) {
        self
    }
}

impl PartialEq for dyn AsKey + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for dyn AsKey + '_ {}

impl PartialOrd for dyn AsKey + '_ {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for dyn AsKey + '_ {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}
