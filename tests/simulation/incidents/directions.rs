//! Two-way jobs.

use super::{in_state, incident, no_page, page, silence, warn};
use crate::poller::Polling;
use crate::truth::{DAY, HOUR, MINUTE, State, Truth};
use crate::wants::{Incident, Wants};

fn two_way(name: &'static str, every: i64, length: i64, reverse: Truth, wants: Wants) -> Incident {
    let mut incident = incident(name, every, length, Truth::busy(), wants);
    incident.reverse = Some((reverse, Polling::every(every)));
    incident
}

pub(crate) fn incidents() -> Vec<Incident> {
    let dead = Truth { slow: vec![(6 * HOUR, DAY, 0.0)], ..Truth::busy() };
    let failed = in_state(State::Failed("write failed"), 6 * HOUR, DAY);
    let mut unpolled = two_way(
        "one direction is polled no more",
        60,
        DAY,
        Truth::busy(),
        Wants { most_warnings: Some(1), ..warn(6 * HOUR, 6 * HOUR + 10 * MINUTE) },
    );
    unpolled.reverse.as_mut().unwrap().1.gaps = vec![(6 * HOUR, DAY)];
    let mut slower = two_way(
        "one direction is polled less often",
        60,
        DAY,
        Truth::busy(),
        Wants { most_warnings: Some(1), cleared_by: Some(41 * MINUTE), ..no_page() },
    );
    slower.reverse.as_mut().unwrap().1.every = 20 * MINUTE;
    let mut lost = two_way("one direction of which calls are lost", 60, DAY, Truth::busy(), no_page());
    lost.reverse.as_mut().unwrap().1.trouble = vec![(0, DAY, crate::poller::Trouble::NoAnswer, 0.15)];
    vec![
        two_way("two-way, both well", 60, DAY, Truth::busy(), silence()),
        two_way("two-way, one direction hangs", 60, DAY, dead, page(6 * HOUR, 6 * HOUR + 12 * MINUTE)),
        two_way("two-way, one direction failed", 60, DAY, failed, page(6 * HOUR, 6 * HOUR + MINUTE)),
        unpolled,
        slower,
        lost,
    ]
}
