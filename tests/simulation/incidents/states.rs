//! States: retries, pauses, failures, loads, changes, subscriptions, flapping.

use super::{blips, in_state, incident, no_page, page, silence, warn};
use crate::truth::{DAY, HOUR, MINUTE, State, Truth};
use crate::wants::{Incident, Wants};

const LOG_LOST: &str = "DTS-1050002 MySQL binlog mysql-bin.000123@4 is not exists.";
const FULL: &str = "DTS-30011: write failed cause: java.sql.SQLException: The table 'orders' is full";

fn in_states(states: &[(i64, i64, State)]) -> Truth {
    Truth { states: states.to_vec(), ..Truth::busy() }
}

fn retries(seed: u64, end: i64, every: i64, shortest: i64, longest: i64) -> Truth {
    let states = blips(seed, end, every, shortest, longest).into_iter();
    Truth { states: states.map(|(from, to)| (from, to, State::Retrying)).collect(), ..Truth::busy() }
}

pub(crate) fn incidents() -> Vec<Incident> {
    [interruptions(), pauses(), loads(), changes()].into_iter().flatten().collect()
}

#[rustfmt::skip]
fn interruptions() -> Vec<Incident> {
    use State::{DeadInside, Failed, Retrying};
    let day = |state| in_state(state, 2 * HOUR, DAY);
    let at_once = |every: i64| page(2 * HOUR, 2 * HOUR + every);
    vec![
        incident("blips of retrying, 1 to 3 minutes", 60, 2 * DAY, retries(1, 2 * DAY, 4 * HOUR, 60, 180), no_page()),
        incident("blips of retrying, every 10 s", 10, 8 * HOUR, retries(2, 8 * HOUR, HOUR, 20, 90), no_page()),
        incident(
            "retrying for 40 minutes",
            60,
            8 * HOUR,
            in_state(Retrying, 2 * HOUR, 2 * HOUR + 40 * MINUTE),
            Wants { warn: Some((2 * HOUR, 2 * HOUR + MINUTE)), cleared_by: Some(4 * HOUR), ..no_page() },
        ),
        incident("retrying for 13 hours", 60, 18 * HOUR, in_state(Retrying, 2 * HOUR, 15 * HOUR), page(13 * HOUR, 14 * HOUR + MINUTE)),
        incident("failed, found by a person after 8 hours", 60, 14 * HOUR, in_state(Failed(LOG_LOST), 2 * HOUR, 10 * HOUR), at_once(60)),
        incident("failed, every hour", HOUR, 9 * DAY, in_state(Failed(LOG_LOST), 2 * HOUR, 9 * DAY), at_once(HOUR)),
        incident(
            "failed and resumed by the vendor",
            60,
            6 * HOUR,
            in_state(Failed("interrupted"), 2 * HOUR, 2 * HOUR + 10 * MINUTE),
            Wants { cleared_by: Some(3 * HOUR), ..at_once(60) },
        ),
        incident(
            "target full: retrying, then failed",
            60,
            8 * HOUR,
            in_states(&[(2 * HOUR, 3 * HOUR, Retrying), (3 * HOUR, 8 * HOUR, Failed(FULL))]),
            Wants { warn: Some((2 * HOUR, 2 * HOUR + MINUTE)), ..page(3 * HOUR, 3 * HOUR + MINUTE) },
        ),
        incident("failed inside while Status says running", 60, DAY, day(DeadInside), at_once(60)),
        incident("locked", 300, DAY, day(State::Locked), at_once(300)),
        incident("ended by hand", 300, DAY, day(State::Ended), warn(2 * HOUR, 2 * HOUR + 300)),
        incident(
            "flapping between running and retrying",
            60,
            6 * HOUR,
            Truth {
                states: (0..30)
                    .map(|n| 2 * HOUR + n * 4 * MINUTE)
                    .map(|from| (from, from + 2 * MINUTE, Retrying))
                    .collect(),
                ..Truth::busy()
            },
            Wants { most_warnings: Some(4), cleared_by: Some(5 * HOUR), ..no_page() },
        ),
        incident("checkpoint back after a switch of the target", 60, 6 * HOUR, Truth { replays: vec![(2 * HOUR, 200)], ..Truth::busy() }, no_page()),
    ]
}

fn pauses() -> Vec<Incident> {
    use State::{Failed, Paused};
    vec![
        incident(
            "forgotten pause",
            300,
            4 * DAY,
            in_state(Paused, 2 * HOUR, 4 * DAY),
            Wants { warn: Some((2 * HOUR, 2 * HOUR + 300)), ..page(DAY, DAY + 2 * HOUR + 600) },
        ),
        incident(
            "forgotten pause, every hour, from the first poll on",
            HOUR,
            9 * DAY,
            in_state(Paused, 0, 9 * DAY),
            Wants { warn: Some((0, HOUR)), ..page(DAY - HOUR, DAY + 2 * HOUR) },
        ),
        incident(
            "planned pause of 2 hours",
            60,
            10 * HOUR,
            in_state(Paused, 2 * HOUR, 4 * HOUR),
            Wants { cleared_by: Some(6 * HOUR), ..no_page() },
        ),
        incident(
            "planned pause of 10 hours, slow to catch up",
            300,
            2 * DAY,
            Truth { applies: 180.0, ..in_state(Paused, 2 * HOUR, 12 * HOUR) },
            Wants { cleared_by: Some(DAY + 6 * HOUR), ..no_page() },
        ),
        // The polls after the resume say that the lag shrinks only once two of them are 30 s apart. Until then nothing
        // says that the job catches up, so the rules page for up to a minute.
        incident(
            "planned pause, every 10 s",
            10,
            8 * HOUR,
            in_state(Paused, HOUR, 3 * HOUR),
            Wants { excused: Some((3 * HOUR, 3 * HOUR + MINUTE)), ..no_page() },
        ),
        incident(
            "pause until the log is lost",
            300,
            4 * DAY,
            in_states(&[(2 * HOUR, 2 * DAY, Paused), (2 * DAY, 4 * DAY, Failed(LOG_LOST))]),
            page(DAY, DAY + 2 * HOUR + 600),
        ),
    ]
}

fn loads() -> Vec<Incident> {
    use State::{InitializeFailed, LoadStuck, Loading};
    vec![
        incident(
            "load of 10 hours",
            60,
            16 * HOUR,
            in_state(Loading, 0, 10 * HOUR),
            Wants { cleared_by: Some(14 * HOUR), ..no_page() },
        ),
        incident("load of 30 hours", 300, 3 * DAY, in_state(Loading, 0, 30 * HOUR), no_page()),
        incident("load without progress", 300, DAY, in_state(LoadStuck, 0, DAY), warn(0, 40 * MINUTE)),
        incident(
            "load of a year",
            HOUR,
            365 * DAY,
            in_state(Loading, 0, 365 * DAY),
            Wants { most_warnings: Some(1), ..warn(DAY - HOUR, DAY + 2 * HOUR) },
        ),
        incident(
            "load that failed",
            300,
            DAY,
            in_states(&[(0, 6 * HOUR, Loading), (6 * HOUR, DAY, InitializeFailed)]),
            page(6 * HOUR, 6 * HOUR + 300),
        ),
    ]
}

fn changes() -> Vec<Incident> {
    use State::{ModifyFailed, Modifying, Upgrading};
    let expiring = Truth { expires: Some(12 * DAY), ..Truth::busy() };
    let renewed = Truth { expires: Some(400 * DAY), ..Truth::busy() };
    vec![
        incident(
            "objects changed in 30 minutes",
            60,
            6 * HOUR,
            in_state(Modifying, 2 * HOUR, 2 * HOUR + 30 * MINUTE),
            silence(),
        ),
        incident(
            "class changed in 5 minutes",
            60,
            6 * HOUR,
            in_state(Upgrading, 2 * HOUR, 2 * HOUR + 5 * MINUTE),
            Wants { cleared_by: Some(3 * HOUR), ..no_page() },
        ),
        incident(
            "class changed in 50 minutes",
            60,
            8 * HOUR,
            in_state(Upgrading, 2 * HOUR, 2 * HOUR + 50 * MINUTE),
            Wants { cleared_by: Some(4 * HOUR), ..no_page() },
        ),
        incident(
            "change of class that does not end",
            300,
            12 * HOUR,
            in_state(Upgrading, 2 * HOUR, 12 * HOUR),
            warn(2 * HOUR, 4 * HOUR + 10 * MINUTE),
        ),
        incident(
            "change of objects that failed",
            60,
            8 * HOUR,
            in_state(ModifyFailed, 2 * HOUR, 8 * HOUR),
            page(2 * HOUR, 2 * HOUR + MINUTE),
        ),
        incident(
            "subscription that runs out",
            HOUR,
            11 * DAY,
            expiring,
            Wants { warn: Some((3 * DAY, 3 * DAY + HOUR)), ..page(9 * DAY, 9 * DAY + HOUR) },
        ),
        incident("subscription with a year to go", HOUR, 20 * DAY, renewed, silence()),
    ]
}
