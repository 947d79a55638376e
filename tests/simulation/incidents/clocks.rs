//! Clocks that are wrong, polls that are missing, pollers that restart.

use super::{in_state, incident, no_page, page, silence};
use crate::truth::{DAY, HOUR, MINUTE, State, Truth};
use crate::wants::{Incident, Wants};

#[rustfmt::skip]
pub(crate) fn incidents() -> Vec<Incident> {
    let slow = Truth { slow: vec![(4 * HOUR, 6 * HOUR, 0.0)], ..Truth::busy() };
    let slow_wanted = page(4 * HOUR, 4 * HOUR + 13 * MINUTE);
    vec![
        incident("the poller's clock is 25 s ahead", 60, DAY, Truth::busy(), silence())
            .polled(|polling| polling.clock = vec![(2 * HOUR, DAY, 25)]),
        incident("the poller's clock goes back 20 s for an hour", 60, DAY, Truth::busy(), no_page())
            .polled(|polling| polling.clock = vec![(2 * HOUR, 3 * HOUR, -20)]),
        incident("the poller's clock was 2 minutes ahead and is set right", 30, DAY, Truth::busy(), no_page()).polled(|polling| polling.clock = vec![(0, 2 * HOUR, 120)]),
        incident("the source's clock is 5 minutes ahead", 60, DAY, Truth { source_clock: 300, ..Truth::busy() }, no_page()),
        incident("the source's clock is 20 s ahead", 60, DAY, Truth { source_clock: 20, ..Truth::busy() }, silence()),
        incident("no polls for 8 hours", 60, DAY, Truth::busy(), silence())
            .polled(|polling| polling.gaps = vec![(6 * HOUR, 14 * HOUR)]),
        incident("no polls in the first minutes of every hour", 60, 2 * DAY, Truth::busy(), silence())
            .polled(|polling| polling.gaps = (1..48).map(|n| (n * HOUR, n * HOUR + 7 * MINUTE)).collect()),
        incident("failed while there were no polls", 60, DAY, in_state(State::Failed("gone"), 8 * HOUR, DAY), page(14 * HOUR, 14 * HOUR + MINUTE)).polled(|polling| polling.gaps = vec![(6 * HOUR, 14 * HOUR)]),
        incident(
            "lag came while there were no polls",
            60,
            DAY,
            Truth { slow: vec![(8 * HOUR, DAY, 0.0)], ..Truth::busy() },
            page(14 * HOUR, 14 * HOUR + MINUTE),
        )
        .polled(|polling| polling.gaps = vec![(6 * HOUR, 14 * HOUR)]),
        incident("the poller restarts at every poll", 60, 10 * HOUR, slow.clone(), Wants { cleared_by: Some(8 * HOUR), ..slow_wanted.clone() }).polled(|polling| polling.restart_every = Some(1)),
        incident("the poller restarts each hour, every 10 s", 10, 10 * HOUR, slow, slow_wanted)
            .polled(|polling| polling.restart_every = Some(360)),
    ]
}
