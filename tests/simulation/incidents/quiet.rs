//! Sources that write nothing for a while.

use super::{incident, no_page, page, silence};
use crate::truth::{DAY, HOUR, IdleDelay, Load, MINUTE, Truth};
use crate::wants::{Incident, Wants};

fn office(rest: f64, engine: &'static str) -> Truth {
    Truth { writes: Load::Office { rate: 100.0, rest }, engine, ..Truth::busy() }
}

/// One small write in each period, and nothing else.
fn sparse(period: i64) -> Truth {
    Truth { writes: Load::Periodic { period, length: 30, rate: 2.0, rest: 0.0 }, ..Truth::busy() }
}

pub(crate) fn incidents() -> Vec<Incident> {
    let first_night = Wants { excused: Some((0, 32 * HOUR)), ..no_page() };
    let lunch = Load::Periodic { period: 6 * HOUR, length: 5 * HOUR + 55 * MINUTE, rate: 100.0, rest: 0.0 };
    let first_weekend = Wants { excused: Some((18 * HOUR, 8 * DAY)), ..no_page() };
    vec![
        incident("quiet nights, no heartbeat", 300, 5 * DAY, office(0.0, "MySQL"), first_night.clone()),
        incident("quiet nights, every hour", HOUR, 5 * DAY, office(0.0, "MySQL"), first_night),
        incident("quiet nights and weekend, heartbeat", 60, 3 * DAY, office(0.0, "PostgreSQL"), silence()),
        incident("weekends with a little work", 60, 8 * DAY, office(0.05, "MySQL"), first_weekend),
        incident("one write each 20 minutes", 60, 2 * DAY, sparse(20 * MINUTE), no_page()),
        incident(
            "one write each 3 hours, from the first poll on",
            300,
            6 * DAY,
            sparse(3 * HOUR),
            Wants { excused: Some((0, 6 * HOUR)), ..no_page() },
        ),
        incident(
            "a pause of 5 minutes each 6 hours",
            60,
            3 * DAY,
            Truth { writes: lunch, ..Truth::busy() },
            no_page(),
        ),
        incident(
            "never written to, Delay 0",
            300,
            20 * HOUR,
            Truth { writes: Load::Steady(0.0), idle_delay: IdleDelay::Zero, ..Truth::busy() },
            no_page(),
        ),
        incident(
            "a hang after nights that were quiet",
            60,
            3 * DAY,
            Truth {
                slow: vec![(2 * DAY + 10 * HOUR, 3 * DAY, 0.0)],
                writes: Load::Periodic { period: 2 * HOUR, length: 100 * MINUTE, rate: 100.0, rest: 0.0 },
                ..Truth::busy()
            },
            Wants {
                excused: Some((0, 2 * HOUR)),
                ..page(2 * DAY + 10 * HOUR, 2 * DAY + 11 * HOUR + 10 * MINUTE)
            },
        ),
    ]
}
