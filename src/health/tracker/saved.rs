//! A tracker between two runs: [`SavedTracker`], and those of many jobs: [`SavedTrackers`].

use std::borrow::Cow;

use chrono::{DateTime, TimeDelta, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::flaps::Flaps;
use super::{Tenure, Tracker, Trackers};
use crate::health::finding::Scope;
use crate::health::snapshot::{Progress, Snapshot};
use crate::health::verdict::Verdict;
use crate::model::JobStatus;

/// All that a [`Tracker`] knows, to be serialised and read back: [`Tracker::save`], `Tracker::from`.
///
/// The form is its own and has a version, the first thing in it. A form of another version is not read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedTracker {
    version: Version,
    latest: Option<Time>,
    status: Option<Status>,
    baseline: Option<Baseline>,
    verdict: Option<Verdict>,
    lagging: u32,
    changed: u32,
    flapping: bool,
}

/// All that [`Trackers`] know, to be serialised and read back: [`Trackers::save`], `Trackers::from`.
///
/// The form is its own and has a version, the first thing in it. A form of another version is not read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedTrackers {
    version: Version,
    trackers: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Entry {
    job_id: Box<str>,
    direction: Scope,
    tracker: SavedTracker,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Status {
    status: String,
    since: Time,
    exact: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Baseline {
    observed_at: Time,
    status: Option<String>,
    lag: Option<Span>,
    rps: Option<f64>,
    checkpoint: Option<Time>,
    checkpoint_since: Time,
    schema: Stage,
    full: Stage,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Stage {
    migrating: bool,
    done: Option<i64>,
    since: Time,
}

impl Tracker {
    /// What to keep until the next run.
    #[must_use]
    pub fn save(&self) -> SavedTracker {
        SavedTracker {
            version: Version,
            latest: self.latest.map(Time),
            status: self.status.as_ref().map(|tenure| Status {
                status: tenure.status.to_string(),
                since: Time(tenure.since),
                exact: tenure.exact,
            }),
            baseline: self.baseline.as_ref().map(Baseline::from),
            verdict: self.verdict,
            lagging: self.lagging,
            changed: self.flaps.changed,
            flapping: self.flaps.on,
        }
    }
}

impl From<SavedTracker> for Tracker {
    fn from(saved: SavedTracker) -> Self {
        Tracker {
            latest: saved.latest.map(|at| at.0),
            status: saved.status.map(|status| Tenure {
                status: JobStatus::from(status.status.as_str()),
                since: status.since.0,
                exact: status.exact,
            }),
            baseline: saved.baseline.map(Snapshot::from),
            verdict: saved.verdict,
            lagging: saved.lagging,
            flaps: Flaps { changed: saved.changed, on: saved.flapping },
        }
    }
}

impl Trackers {
    /// What to keep until the next run.
    #[must_use]
    pub fn save(&self) -> SavedTrackers {
        let entry = |(job_id, direction, tracker): (&str, Scope, &Tracker)| Entry {
            job_id: job_id.into(),
            direction: direction,
            tracker: tracker.save(),
        };
        SavedTrackers { version: Version, trackers: self.iter().map(entry).collect() }
    }
}

impl From<SavedTrackers> for Trackers {
    fn from(saved: SavedTrackers) -> Self {
        let mut trackers = Trackers::new();
        for Entry { job_id, direction, tracker } in saved.trackers {
            *trackers.tracker(&job_id, direction) = tracker.into();
        }
        trackers
    }
}

impl From<&Snapshot> for Baseline {
    fn from(snapshot: &Snapshot) -> Self {
        Baseline {
            observed_at: Time(snapshot.observed_at),
            status: snapshot.status.as_ref().map(ToString::to_string),
            lag: snapshot.lag.map(Span),
            rps: snapshot.rps,
            checkpoint: snapshot.checkpoint.map(Time),
            checkpoint_since: Time(snapshot.checkpoint_since),
            schema: Stage::from(&snapshot.schema),
            full: Stage::from(&snapshot.full),
        }
    }
}

impl From<Baseline> for Snapshot {
    fn from(saved: Baseline) -> Self {
        Snapshot {
            observed_at: saved.observed_at.0,
            status: saved.status.map(|status| JobStatus::from(status.as_str())),
            lag: saved.lag.map(|lag| lag.0),
            rps: saved.rps,
            checkpoint: saved.checkpoint.map(|at| at.0),
            checkpoint_since: saved.checkpoint_since.0,
            schema: saved.schema.into(),
            full: saved.full.into(),
        }
    }
}

impl From<&Progress> for Stage {
    fn from(progress: &Progress) -> Self {
        Stage { migrating: progress.migrating, done: progress.done, since: Time(progress.since) }
    }
}

impl From<Stage> for Progress {
    fn from(saved: Stage) -> Self {
        Progress { migrating: saved.migrating, done: saved.done, since: saved.since.0 }
    }
}

/// The version of the form: 1.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Version;

const VERSION: u32 = 1;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            VERSION => Ok(Version),
            other => {
                Err(D::Error::custom(format_args!("a saved state of version {other}, expected {VERSION}")))
            }
        }
    }
}

/// A time in the spelling that holds every time there is: RFC 3339 within the years 0 to 9999.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Time(DateTime<Utc>);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:?}", self.0))
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map(Time).map_err(|_| D::Error::custom(format_args!("no time: {text:?}")))
    }
}

/// A length of time: whole seconds, and the nanoseconds to be added.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span(TimeDelta);

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let nanos = i64::from(self.0.subsec_nanos()).rem_euclid(NANOS);
        // The sum of whole seconds and nanoseconds that are not negative is the length itself.
        let below = i64::from(self.0.subsec_nanos() < 0);
        (self.0.num_seconds().saturating_sub(below), nanos).serialize(serializer)
    }
}

const NANOS: i64 = 1_000_000_000;

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (seconds, nanos) = <(i64, u32)>::deserialize(deserializer)?;
        TimeDelta::new(seconds, nanos)
            .map(Span)
            .ok_or_else(|| D::Error::custom(format_args!("no length of time: [{seconds}, {nanos}]")))
    }
}
