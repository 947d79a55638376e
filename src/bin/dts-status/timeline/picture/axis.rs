//! Where things stand in the picture: [`TimeAxis`], [`LagAxis`].

use chrono::{DateTime, TimeDelta, Utc};

use super::Scale;

/// Times from left to right.
pub(super) struct TimeAxis {
    from: DateTime<Utc>,
    /// In seconds, more than none.
    length: f64,
    left: i32,
    right: i32,
    ticks: Vec<(DateTime<Utc>, String)>,
}

/// Lags from bottom to top.
pub(super) struct LagAxis {
    scale: Scale,
    /// In seconds.
    most: f64,
    top: i32,
    bottom: i32,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl TimeAxis {
    pub(super) fn new(from: DateTime<Utc>, to: DateTime<Utc>, left: i32, right: i32) -> Self {
        let length = to.signed_duration_since(from).num_seconds().max(1);
        TimeAxis { from, length: length as f64, left, right, ticks: ticks(from, length) }
    }

    pub(super) fn place(&self, at: DateTime<Utc>) -> i32 {
        let share = at.signed_duration_since(self.from).as_seconds_f64() / self.length;
        self.left + (share.clamp(0.0, 1.0) * f64::from(self.right - self.left)).round() as i32
    }

    /// Round times with their labels.
    pub(super) fn ticks(&self) -> &[(DateTime<Utc>, String)] {
        &self.ticks
    }
}

/// At most so many ticks, so that their labels don't touch.
const TICKS: i64 = 14;

fn ticks(from: DateTime<Utc>, length: i64) -> Vec<(DateTime<Utc>, String)> {
    const STEPS: [i64; 17] = [
        1,
        10,
        MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        28 * DAY,
        364 * DAY,
    ];
    let step = STEPS.into_iter().find(|step| length / step < TICKS).unwrap_or(length / TICKS + 1);
    let first = from.timestamp().div_euclid(step) * step;
    let times = (0..=TICKS + 1).filter_map(|index| DateTime::from_timestamp(first + index * step, 0));
    let within = times.filter(|at| *at >= from && at.signed_duration_since(from).num_seconds() <= length);
    within
        .enumerate()
        .map(|(index, at)| {
            let midnight = at.timestamp() % DAY == 0;
            let form = match step {
                _ if step >= DAY => "%F",
                // The first one tells the day.
                _ if midnight || index == 0 => "%m-%d %R",
                ..MINUTE => "%T",
                _ => "%R",
            };
            (at, at.format(form).to_string())
        })
        .collect()
}

impl LagAxis {
    /// Up to the greatest lag, and a little beyond.
    pub(super) fn new(scale: Scale, most: TimeDelta, top: i32, bottom: i32) -> Self {
        let factor = match scale {
            Scale::Log => 1.6,
            Scale::Linear => 1.08,
        };
        LagAxis { scale, most: most.as_seconds_f64().max(10.0) * factor, top, bottom }
    }

    pub(super) fn place(&self, lag: TimeDelta) -> i32 {
        let lag = lag.as_seconds_f64();
        let share = match self.scale {
            Scale::Log => lag.max(1.0).ln() / self.most.ln(),
            Scale::Linear => lag / self.most,
        };
        self.bottom - (share.clamp(0.0, 1.0) * f64::from(self.bottom - self.top)).round() as i32
    }

    /// Lags that people know, with their labels, the least first.
    pub(super) fn ticks(&self) -> Vec<(TimeDelta, &'static str)> {
        const LOG: [(i64, &str); 11] = [
            (1, "≤ 1 s"),
            (10, "10 s"),
            (MINUTE, "1 min"),
            (10 * MINUTE, "10 min"),
            (HOUR, "1 h"),
            (6 * HOUR, "6 h"),
            (DAY, "1 d"),
            (7 * DAY, "7 d"),
            (30 * DAY, "30 d"),
            (365 * DAY, "1 y"),
            (3650 * DAY, "10 y"),
        ];
        const LINEAR: [(i64, &str); 21] = [
            (0, "0"),
            (10, "10 s"),
            (30, "30 s"),
            (MINUTE, "1 min"),
            (2 * MINUTE, "2 min"),
            (5 * MINUTE, "5 min"),
            (10 * MINUTE, "10 min"),
            (15 * MINUTE, "15 min"),
            (20 * MINUTE, "20 min"),
            (30 * MINUTE, "30 min"),
            (40 * MINUTE, "40 min"),
            (50 * MINUTE, "50 min"),
            (HOUR, "1 h"),
            (2 * HOUR, "2 h"),
            (4 * HOUR, "4 h"),
            (8 * HOUR, "8 h"),
            (12 * HOUR, "12 h"),
            (18 * HOUR, "18 h"),
            (DAY, "1 d"),
            (3 * DAY, "3 d"),
            (7 * DAY, "7 d"),
        ];
        let ticks = match self.scale {
            Scale::Log => &LOG[..],
            Scale::Linear => &LINEAR,
        };
        let within = ticks.iter().filter(|(lag, _)| *lag as f64 <= self.most);
        within.filter_map(|(lag, label)| Some((TimeDelta::try_seconds(*lag)?, *label))).collect()
    }
}
