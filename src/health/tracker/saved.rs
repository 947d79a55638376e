//! The saved form of trackers: a list with its version first, and lists in it.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::old_form::{OldMap, OldTracker};
use super::packed::Time;
use super::{Tracker, Trackers};
use crate::health::exact::save_as_list;
use crate::health::scope::Scope;

/// The version of the saved form. Version 2 was a map with times as texts; version 1 had less in it.
const VERSION: u32 = 3;

const OLDEST: u32 = 1;

/// Limit of values in the list: those of version 2, with the version.
const VALUES: usize = 14;

/// A tracker without its version. Its times are saved as their distance from that of the latest poll, which is shorter.
struct Values(Tracker);

save_as_list!(only functions Tracker {
    latest, interval, alone, status, since_is_exact, base, next, stalls, hold, lag, idle, catching_up, flapping,
    restart,
});

impl Tracker {
    fn each_time(&mut self, change: &mut dyn FnMut(&mut Time)) {
        if let Some((_, since)) = &mut self.status {
            change(since);
        }
        for kept in [&mut self.base, &mut self.next].into_iter().flatten() {
            kept.each_time(change);
        }
        self.stalls.each_time(change);
        self.hold.each_time(change);
        self.lag.each_time(change);
        self.idle.each_time(change);
    }

    /// The tracker with each time in place of its distance from the latest one, and the other way round.
    fn turned(mut self) -> Self {
        let latest = self.latest.unwrap_or(Time::new(DateTime::<Utc>::UNIX_EPOCH));
        self.each_time(&mut |time| *time = time.before(latest));
        self
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.save_list(serializer)
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tracker = Tracker::read_list(deserializer)?.turned();
        let mut invalid = tracker.latest.filter(|latest| !latest.is_valid());
        tracker.each_time(&mut |time| invalid = invalid.or(Some(*time).filter(|time| !time.is_valid())));
        match invalid {
            Some(time) => Err(D::Error::custom(format_args!("invalid time {}", time.micros()))),
            None => Ok(Values(tracker)),
        }
    }
}

impl Serialize for Tracker {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (VERSION, Values(self.clone().turned())).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tracker {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A text format says itself whether this is a list or the map of an old version.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(OfAnyVersion)
        } else {
            deserializer.deserialize_tuple(VALUES, OfAnyVersion)
        }
    }
}

struct OfAnyVersion;

impl<'de> Visitor<'de> for OfAnyVersion {
    type Value = Tracker;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a saved tracker")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tracker, A::Error> {
        match seq.next_element::<u32>()?.ok_or_else(|| A::Error::invalid_length(0, &self))? {
            VERSION => {
                let values = seq.next_element::<Values>()?;
                Ok(values.ok_or_else(|| A::Error::invalid_length(1, &self))?.0)
            }
            2 => OldTracker::deserialize(SeqAccessDeserializer::new(seq)).map(Tracker::from),
            other => Err(unknown(other)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Tracker, A::Error> {
        let OldMap { version, tracker } = OldMap::deserialize(MapAccessDeserializer::new(map))?;
        match version {
            OLDEST | 2 => Ok(Tracker::from(tracker)),
            other => Err(unknown(other)),
        }
    }
}

fn unknown<E: Error>(version: u32) -> E {
    E::custom(format_args!("a saved state of version {version}, expected {OLDEST} to {VERSION}"))
}

/// A version that can be read. It is checked before what follows it.
#[derive(Serialize)]
struct Version(u32);

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            known @ OLDEST..=VERSION => Ok(Version(known)),
            other => Err(unknown(other)),
        }
    }
}

/// The trackers of many jobs: a list in place of a map.
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
        Saved { version: Version(VERSION), trackers: self.iter().map(entry).collect() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Trackers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = Saved::<OwnedEntry>::deserialize(deserializer)?;
        let entry = |entry: OwnedEntry| (entry.job_id, entry.direction, entry.tracker);
        Ok(saved.trackers.into_iter().map(entry).collect())
    }
}
