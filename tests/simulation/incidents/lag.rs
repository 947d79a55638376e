//! Lag: steady jobs, hangs, slow targets, spikes, batches, large transactions, lag around a threshold.

use super::{incident, no_page, page, silence};
use crate::truth::{DAY, HOUR, Load, MINUTE, Truth, Wave};
use crate::wants::{Incident, Wants};

/// Replication stops at 6 h for 5 h, while the source goes on; the target then needs more than an hour to catch up.
fn dead(engine: &'static str) -> Truth {
    Truth { engine, slow: vec![(6 * HOUR, 11 * HOUR, 0.0)], ..Truth::busy() }
}

fn dead_page(every: i64) -> Wants {
    let latest = 6 * HOUR + 10 * MINUTE + (2 * MINUTE).max(every);
    Wants {
        page: Some((6 * HOUR, latest)),
        cleared_by: Some(13 * HOUR + 10 * MINUTE + 2 * every),
        ..Wants::default()
    }
}

fn slow(rate: f64, hours: i64) -> Truth {
    Truth { slow: vec![(2 * HOUR, (2 + hours) * HOUR, rate)], ..Truth::busy() }
}

fn wave(middle: f64, swing: f64, period: i64, noise: i64) -> Truth {
    Truth { wave: Some(Wave { middle, swing, period: period as f64, noise }), ..Truth::busy() }
}

/// Transactions at these times, each of which takes this long to apply.
fn transactions(times: impl Iterator<Item = i64>, seconds: i64) -> Truth {
    Truth { transactions: times.map(|time| (time, 300.0 * seconds as f64)).collect(), ..Truth::busy() }
}

#[rustfmt::skip]
#[allow(clippy::too_many_lines, reason = "a table")]
pub(crate) fn incidents() -> Vec<Incident> {
    let batches = |rate| Load::Periodic { period: HOUR, length: 5 * MINUTE, rate, rest: 50.0 };
    let sawtooth_load = Load::Periodic { period: 20 * MINUTE, length: 4 * MINUTE, rate: 520.0, rest: 100.0 };
    vec![
        incident("steady, every 10 s", 10, 10 * HOUR, Truth::busy(), silence()),
        incident("steady, every minute", 60, 4 * DAY, Truth::busy(), silence()),
        incident("steady, every hour", HOUR, 60 * DAY, Truth::busy(), silence()),
        incident("dead replication, every 10 s", 10, 14 * HOUR, dead("MySQL"), dead_page(10)),
        incident("dead replication, every minute", 60, 14 * HOUR, dead("MySQL"), dead_page(60)),
        incident("dead replication, every 5 minutes", 300, 16 * HOUR, dead("MySQL"), dead_page(300)),
        incident("dead replication, every hour", HOUR, 20 * HOUR, dead("MySQL"), dead_page(HOUR)),
        incident("dead replication, source with heartbeat", 60, 14 * HOUR, dead("PostgreSQL"), dead_page(60)),
        incident(
            "target slower than the source by a fifth",
            60,
            12 * HOUR,
            slow(80.0, 3),
            Wants {
                warn: Some((2 * HOUR, 2 * HOUR + 10 * MINUTE)),
                cleared_by: Some(7 * HOUR),
                ..page(2 * HOUR, 3 * HOUR)
            },
        ),
        incident(
            "target slower for 20 minutes",
            30,
            6 * HOUR,
            Truth { slow: vec![(2 * HOUR, 2 * HOUR + 20 * MINUTE, 75.0)], ..Truth::busy() },
            Wants {
                warn: Some((2 * HOUR, 2 * HOUR + 10 * MINUTE)),
                cleared_by: Some(3 * HOUR),
                most_warnings: Some(1),
                ..no_page()
            },
        ),
        incident("lag around the warning threshold", 60, 12 * HOUR, wave(58.0, 6.0, 40 * MINUTE, 6), Wants { most_warnings: Some(20), ..no_page() }),
        incident("lag around the critical threshold", 60, 12 * HOUR, wave(580.0, 60.0, 20 * MINUTE, 30), page(0, 40 * MINUTE)),
        incident("lag around 10 minutes, every 5 minutes", 300, DAY, wave(590.0, 40.0, HOUR, 30), page(0, 2 * HOUR)),
        incident("lag of 30 s with noise", 60, DAY, wave(30.0, 10.0, HOUR, 10), silence()),
        incident(
            "spikes of 90 s each half hour",
            30,
            DAY,
            transactions((1..47).map(|n| n * HOUR / 2), 90),
            Wants { most_warnings: Some(0), ..silence() },
        ),
        incident("spikes of 90 s, every 10 s", 10, 8 * HOUR, transactions((1..15).map(|n| n * HOUR / 2), 90), silence()),
        incident(
            "a transaction of 8 minutes",
            60,
            6 * HOUR,
            transactions([2 * HOUR].into_iter(), 8 * MINUTE),
            Wants {
                warn: Some((2 * HOUR, 2 * HOUR + 5 * MINUTE)),
                cleared_by: Some(3 * HOUR),
                most_warnings: Some(1),
                ..no_page()
            },
        ),
        incident(
            "a transaction of 40 minutes",
            60,
            6 * HOUR,
            transactions([2 * HOUR].into_iter(), 40 * MINUTE),
            Wants { cleared_by: Some(4 * HOUR), ..page(2 * HOUR, 2 * HOUR + 13 * MINUTE) },
        ),
        incident("hourly batches that are applied in time", 60, 2 * DAY, Truth { writes: batches(380.0), ..Truth::busy() }, silence()),
        incident(
            "hourly batches with 5 minutes of lag",
            60,
            2 * DAY,
            Truth { writes: batches(800.0), ..Truth::busy() },
            Wants { most_warnings: Some(48), ..no_page() },
        ),
        incident("short peaks of load", 60, DAY, Truth { writes: sawtooth_load, ..Truth::busy() }, no_page()),
    ]
}
