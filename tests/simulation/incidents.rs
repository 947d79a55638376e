//! The incidents, as data: the truth, the polling, and what a person on call wants.

mod api;
mod clocks;
mod directions;
mod lag;
mod quiet;
mod states;

use crate::poller::Polling;
use crate::random::Random;
use crate::truth::{State, Truth};
use crate::wants::{Incident, Wants};

/// Every incident.
pub(crate) fn all() -> Vec<Incident> {
    [
        lag::incidents(),
        quiet::incidents(),
        states::incidents(),
        api::incidents(),
        clocks::incidents(),
        directions::incidents(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn incident(name: &'static str, every: i64, length: i64, forward: Truth, wants: Wants) -> Incident {
    Incident { name, length, forward, polling: Polling::every(every), reverse: None, wants }
}

impl Incident {
    fn polled(mut self, change: impl FnOnce(&mut Polling)) -> Self {
        change(&mut self.polling);
        self
    }
}

/// Nothing at all may happen.
fn silence() -> Wants {
    Wants { most_warnings: Some(0), cleared_by: Some(0), ..Wants::default() }
}

/// No page; warnings as they come.
fn no_page() -> Wants {
    Wants::default()
}

fn page(from: i64, by: i64) -> Wants {
    Wants { page: Some((from, by)), ..Wants::default() }
}

fn warn(from: i64, by: i64) -> Wants {
    Wants { warn: Some((from, by)), ..Wants::default() }
}

fn in_state(state: State, from: i64, to: i64) -> Truth {
    Truth { states: vec![(from, to, state)], ..Truth::busy() }
}

/// Short times at random: from, to. About one in each of these seconds, each of a random length.
fn blips(seed: u64, end: i64, every: i64, shortest: i64, longest: i64) -> Vec<(i64, i64)> {
    let mut random = Random::new(seed);
    let starts = (1..end / every).map(|n| n * every);
    starts
        .map(|start| {
            let from = start + random.between(0, every / 2);
            (from, from + random.between(shortest, longest))
        })
        .collect()
}
