//! A second implementation of the rules over time, for comparison: plain and slow. It keeps a line about every poll and
//! looks back through the lines, where the crate keeps a small state.
//!
//! A single poll is judged by the crate. Everything after that, two polls and many polls, is written here from the
//! rules alone.

mod item;
mod lag_rules;
mod line;
mod poll_rules;
mod trend;

use std::collections::BTreeMap;

use aliyun_dts_status::health::Policy;
use aliyun_dts_status::model::Direction;
use chrono::{DateTime, TimeDelta, Utc};

use crate::judge::{Judged, secs};
use crate::poller::Poll;

use item::Settled;
pub(crate) use item::{Item, worst};
use line::{Kind, Line};

/// The thresholds by their documented defaults.
pub(crate) const HOLD_LAST: i64 = 300;
const MIN_INTERVAL: i64 = 30;
const RESTART_AFTER: usize = 5;
const CLOCK_SKEW: i64 = 30;
const MAX_AGE: i64 = 300;
const VANISH_AFTER: i32 = 3;
const FLAP_POLLS: usize = 21;
const FLAP_ON: usize = 5;
const FLAP_OFF: usize = 1;

/// Follows one direction of one job.
#[derive(Default)]
pub(crate) struct Reference {
    /// A line for every poll that was accepted, in order.
    lines: Vec<Line>,
    /// The lines that were the next to compare with, one after the other.
    marks: Vec<usize>,
    /// The polls in a row that were not later than the latest line, each later than the one before.
    row: Vec<Poll>,
}

/// Follows both directions of one job.
#[derive(Default)]
pub(crate) struct References {
    directions: BTreeMap<&'static str, Reference>,
    /// The direction of every poll, in the order in which they came.
    polled: Vec<&'static str>,
}

impl References {
    pub(crate) fn observe(&mut self, poll: &Poll) -> Judged {
        let (own, other, code) = match poll.context.requested_direction {
            Direction::Reverse => ("Reverse", "Forward", "FORWARD_NOT_OBSERVED"),
            _ => ("Forward", "Reverse", "REVERSE_NOT_OBSERVED"),
        };
        self.polled.push(own);
        let vanished = self.has_vanished(other, poll.context.observed_at);
        self.directions
            .entry(own)
            .or_default()
            .observe_with(poll, vanished.then(|| Item::warning(code, "Aggregate")))
    }

    /// Rule 9: a direction was not polled for long, while the other one was polled three times, now included.
    fn has_vanished(&self, direction: &str, now: DateTime<Utc>) -> bool {
        let lines = self.directions.get(direction).map_or(&[][..], |reference| &reference.lines);
        let Some(last) = lines.last().map(|line| line.at) else { return false };
        let interval = lines.iter().rev().nth(1).map_or(TimeDelta::zero(), |before| last - before.at);
        let longest = (interval * VANISH_AFTER).max(secs(MAX_AGE));
        let polls_since = self.polled.iter().rev().take_while(|polled| **polled != direction).count();
        now - last > longest && polls_since >= 3
    }
}

impl Reference {
    pub(crate) fn observe(&mut self, poll: &Poll) -> Judged {
        self.observe_with(poll, None)
    }

    /// Rule 1: only a poll that is later than the latest, and not from the future, is remembered.
    fn observe_with(&mut self, poll: &Poll, extra: Option<Item>) -> Judged {
        let context = &poll.context;
        if context.observed_at > context.not_after + secs(CLOCK_SKEW) {
            let mut items = line::judge(poll);
            if !items.iter().any(|item| item.code == "OBSERVATION_IN_FUTURE") {
                items.push(Item::unknown("OBSERVATION_IN_FUTURE", "Envelope"));
            }
            return alone(&items);
        }
        if self.lines.last().is_some_and(|latest| context.observed_at <= latest.at) {
            return self.late(poll);
        }
        self.row.clear();
        self.accept(poll, extra)
    }

    fn late(&mut self, poll: &Poll) -> Judged {
        if self.row.last().is_some_and(|last| poll.context.observed_at <= last.context.observed_at) {
            self.row.clear();
        }
        self.row.push(poll.clone());
        if self.row.len() == RESTART_AFTER {
            let row = std::mem::take(&mut self.row);
            *self = Reference::default();
            return row.iter().map(|poll| self.observe(poll)).last().unwrap();
        }
        let mut items = line::judge(poll);
        items.push(Item::notice("SNAPSHOT_ORDER", "Trend"));
        alone(&items)
    }

    /// Rules 2 to 10.
    fn accept(&mut self, poll: &Poll, extra: Option<Item>) -> Judged {
        let mut line = self.read(poll);
        self.rule_2_compare(&mut line);
        self.rule_3_held(&mut line);
        self.lag_rules(&mut line);
        line.to_hold = with_held(line.held.as_ref(), &line.items);
        line.items.extend(extra);
        line.settled = with_held(line.held.as_ref(), &line.items);
        let (held, pending) = (Some(line.held.is_some()), Some(line.pending));
        self.remember(line);
        let settled = self.rule_10_flapping();
        Judged { verdict: settled.verdict, reason: settled.reason, exit: settled.exit, held, pending }
    }

    fn remember(&mut self, line: Line) {
        let old_enough =
            self.marks.last().is_none_or(|mark| line.at - self.lines[*mark].at >= secs(MIN_INTERVAL));
        if line.kind == Kind::Answer && old_enough {
            self.marks.push(self.lines.len());
        }
        self.lines.push(line);
    }

    /// Rule 10: adds FLAPPING while the exit status keeps changing.
    fn rule_10_flapping(&mut self) -> Settled {
        let recent = &self.lines[self.lines.len().saturating_sub(FLAP_POLLS + 1)..];
        let changes = recent.windows(2).filter(|pair| pair[0].settled.exit != pair[1].settled.exit).count();
        let was_flapping = self.lines.iter().rev().nth(1).is_some_and(|line| line.flapping);
        let line = self.lines.last_mut().unwrap();
        line.flapping = if was_flapping { changes > FLAP_OFF } else { changes >= FLAP_ON };
        if !line.flapping {
            return line.settled.clone();
        }
        let mut items = line.items.clone();
        items.push(Item::warning("FLAPPING", "Trend"));
        with_held(line.held.as_ref(), &items)
    }
}

fn with_held(held: Option<&Settled>, items: &[Item]) -> Settled {
    let own = item::settle(items);
    held.map_or(own.clone(), |held| held.joined(own))
}

fn alone(items: &[Item]) -> Judged {
    let settled = item::settle(items);
    Judged { verdict: settled.verdict, reason: settled.reason, exit: settled.exit, held: None, pending: None }
}

/// The policy of every comparison: the defaults.
pub(crate) fn policy() -> Policy {
    Policy::default()
}
