//! The saved form of the trackers of many jobs: a list in place of a map.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::version::Version;
use super::{Tracker, Trackers};
use crate::health::scope::Scope;

#[derive(Serialize, Deserialize)]
struct Saved<E> {
    version: Version,
    trackers: Vec<E>,
}

#[derive(Serialize)]
struct Entry<'a> {
    job_id: &'a str,
    direction: Scope,
    tracker: &'a Tracker,
}

#[derive(Deserialize)]
struct OwnedEntry {
    job_id: Box<str>,
    direction: Scope,
    tracker: Tracker,
}

impl Serialize for Trackers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = |(job_id, direction, tracker)| Entry { job_id, direction, tracker };
        Saved { version: Version, trackers: self.iter().map(entry).collect() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Trackers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = Saved::<OwnedEntry>::deserialize(deserializer)?;
        let mut trackers = Trackers::new();
        for OwnedEntry { job_id, direction, tracker } in saved.trackers {
            *trackers.tracker(&job_id, direction) = tracker;
        }
        Ok(trackers)
    }
}
