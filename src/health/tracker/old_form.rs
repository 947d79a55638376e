//! The saved form of versions 1 and 2: [`OldTracker`]. It is only read.
//!
//! Version 1 has nothing but the time and the status that a tracker needs; its other values have other names.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::catching_up::CatchingUp;
use super::hold::{Hold, Said, Silent};
use super::idle::{IdleMemory, Spell};
use super::kept::{Kept, KeptStalls};
use super::lag_clock::{Calm, High, LagClock};
use super::packed::{Length, Time};
use super::{Restart, Tracker};
use crate::health::exact;
use crate::health::facts::snapshot::Snapshot;
use crate::health::facts::stalls::{Stalls, Unchanged};
use crate::health::finding::{FindingCode, Severity};
use crate::health::flapping::Flapping;
use crate::health::verdict::Verdict;
use crate::model::JobStatus;

#[derive(Deserialize)]
pub(super) struct OldTracker {
    #[serde(with = "exact::optional_time")]
    latest: Option<DateTime<Utc>>,
    #[serde(default, with = "exact::optional_length")]
    interval: Option<TimeDelta>,
    #[serde(default)]
    alone: u32,
    status: Option<OldStatus>,
    #[serde(default)]
    base: Option<Snapshot>,
    #[serde(default)]
    next: Option<Snapshot>,
    #[serde(default)]
    stalls: OldStalls,
    #[serde(default)]
    hold: OldHold,
    #[serde(default)]
    lag: OldLagClock,
    #[serde(default)]
    idle: OldIdle,
    #[serde(default)]
    catching_up: OldCatchingUp,
    #[serde(default)]
    exits: OldFlapping,
    #[serde(default)]
    restart: Option<Box<OldRestart>>,
}

/// A map with its version.
#[derive(Deserialize)]
pub(super) struct OldMap {
    pub(super) version: u32,
    #[serde(flatten)]
    pub(super) tracker: OldTracker,
}

#[derive(Deserialize)]
struct OldStatus {
    status: JobStatus,
    #[serde(with = "exact::time")]
    since: DateTime<Utc>,
    exact: bool,
}

#[derive(Deserialize, Default)]
struct OldStalls {
    checkpoint: Option<OldUnchanged<exact::Time>>,
    schema: Option<OldUnchanged<i64>>,
    full: Option<OldUnchanged<i64>>,
}

#[derive(Deserialize)]
struct OldUnchanged<T> {
    value: T,
    #[serde(with = "exact::time")]
    since: DateTime<Utc>,
}

#[derive(Deserialize, Default)]
struct OldHold {
    said: Option<OldSaid>,
    #[serde(with = "exact::optional_time")]
    silent_since: Option<DateTime<Utc>>,
    #[serde(with = "exact::optional_time")]
    lag_known: Option<DateTime<Utc>>,
    lag_unknown: bool,
}

#[derive(Deserialize)]
struct OldSaid {
    #[serde(with = "exact::time")]
    at: DateTime<Utc>,
    verdict: Verdict,
    reason: Option<FindingCode>,
    exit_code: u8,
}

#[derive(Deserialize, Default)]
struct OldLagClock {
    #[serde(with = "exact::optional_time")]
    since: Option<DateTime<Utc>>,
    lasted: bool,
    calm: OldCalm,
    #[serde(with = "exact::optional_time")]
    latest: Option<DateTime<Utc>>,
    #[serde(with = "exact::optional_length")]
    lag: Option<TimeDelta>,
    critical: OldLevel,
    warning: OldLevel,
}

#[derive(Deserialize, Default)]
struct OldLevel {
    given: Option<Severity>,
    calm: OldCalm,
}

#[derive(Deserialize, Default)]
struct OldCalm {
    #[serde(with = "exact::optional_time")]
    since: Option<DateTime<Utc>>,
    #[serde(rename = "polls")]
    _polls: u32,
}

#[derive(Deserialize, Default)]
struct OldIdle {
    spell: Option<OldSpell>,
    #[serde(with = "exact::optional_length")]
    learnt: Option<TimeDelta>,
    #[serde(with = "exact::optional_time")]
    busy_since: Option<DateTime<Utc>>,
    #[serde(with = "exact::optional_length")]
    doubted: Option<TimeDelta>,
}

#[derive(Deserialize)]
struct OldSpell {
    #[serde(with = "exact::time")]
    since: DateTime<Utc>,
    #[serde(with = "exact::length")]
    largest: TimeDelta,
}

#[derive(Deserialize, Default)]
struct OldCatchingUp {
    active: bool,
    moving: u8,
}

#[derive(Deserialize, Default)]
struct OldFlapping {
    exits: u64,
    polls: u32,
    on: bool,
}

#[derive(Deserialize)]
struct OldRestart {
    tracker: Tracker,
    polls: u32,
}

impl From<OldTracker> for Tracker {
    fn from(old: OldTracker) -> Self {
        let restart =
            |restart: Box<OldRestart>| Box::new(Restart { tracker: restart.tracker, polls: restart.polls });
        Tracker {
            latest: old.latest.map(Time::new),
            interval: old.interval.map(Length::new),
            alone: old.alone,
            since_is_exact: old.status.as_ref().is_some_and(|known| known.exact),
            status: old.status.map(|known| (known.status, Time::new(known.since))),
            base: old.base.as_ref().map(Kept::new),
            next: old.next.as_ref().map(Kept::new),
            stalls: KeptStalls::new(&old.stalls.into()),
            hold: old.hold.into(),
            lag: old.lag.into(),
            idle: old.idle.into(),
            catching_up: CatchingUp { active: old.catching_up.active, moving: old.catching_up.moving },
            flapping: Flapping {
                exits: old.exits.exits,
                polls: u8::try_from(old.exits.polls).unwrap_or(u8::MAX),
                on: old.exits.on,
            },
            restart: old.restart.map(restart),
        }
    }
}

impl From<OldStalls> for Stalls {
    fn from(old: OldStalls) -> Self {
        let progress = |stall: Option<OldUnchanged<i64>>| {
            stall.map(|OldUnchanged { value, since }| Unchanged { value, since })
        };
        Stalls {
            checkpoint: old.checkpoint.map(|stall| Unchanged { value: stall.value.0, since: stall.since }),
            schema: progress(old.schema),
            full: progress(old.full),
        }
    }
}

impl From<OldHold> for Hold {
    fn from(old: OldHold) -> Self {
        let said_at = old.said.as_ref().map(|said| Time::new(said.at));
        let silent = |since| Box::new(Silent { since: Time::new(since), said_at });
        Hold {
            silent: old.silent_since.map(silent),
            said: old.said.map(|OldSaid { verdict, reason, exit_code, .. }| Said {
                verdict,
                reason,
                exit_code,
            }),
            lag_known: old.lag_known.map(Time::new),
            lag_unknown: old.lag_unknown,
        }
    }
}

impl From<OldLagClock> for LagClock {
    fn from(old: OldLagClock) -> Self {
        let calm = |calm: OldCalm| Calm(calm.since.map(Time::new));
        let high = High {
            since: old.since.map(Time::new),
            lasted: old.lasted,
            calm: calm(old.calm),
            critical: old.critical.given,
            critical_calm: calm(old.critical.calm),
            warning: old.warning.given,
            warning_calm: calm(old.warning.calm),
        };
        LagClock {
            latest: old.latest.map(Time::new),
            lag: old.lag.map(Length::new),
            high: (!high.is_over()).then(|| Box::new(high)),
        }
    }
}

impl From<OldIdle> for IdleMemory {
    fn from(old: OldIdle) -> Self {
        let doubted = old.doubted.map(Length::new);
        let spell = |OldSpell { since, largest }| {
            Box::new(Spell { since: Time::new(since), largest: Length::new(largest), doubted })
        };
        IdleMemory {
            learnt: old.learnt.map(Length::new),
            busy_since: old.busy_since.map(Time::new),
            spell: old.spell.map(spell),
        }
    }
}
