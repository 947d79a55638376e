//! The axes of the picture: [`TimeAxis`], [`LagAxis`].

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use clap::ValueEnum;

use crate::options::Zone;
use crate::output::seconds;
use crate::timeline::observation::Period;

/// The axis of the lag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scale {
    /// Each step is ten times the previous one
    Log,
    /// All steps are equal
    Linear,
}

/// Times from left to right.
pub(super) struct TimeAxis {
    from: DateTime<Utc>,
    /// In seconds, at least one.
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
    pub(super) fn new(period: &Period, zone: &Zone, left: i32, right: i32) -> Self {
        let Period { from, to } = *period;
        let length = to.signed_duration_since(from).num_seconds().max(1);
        // Ticks are round in the zone: they are made of its times as if these were UTC.
        let offset = zone.at(from).offset().local_minus_utc();
        let offset = TimeDelta::try_seconds(offset.into()).unwrap_or_default();
        let local = from.checked_add_signed(offset).unwrap_or(from);
        let back =
            |(at, label): (DateTime<Utc>, String)| (at.checked_sub_signed(offset).unwrap_or(at), label);
        let ticks = ticks(local, length).into_iter().map(back).collect();
        TimeAxis { from, length: length as f64, left, right, ticks }
    }

    pub(super) fn position(&self, at: DateTime<Utc>) -> i32 {
        let share = seconds(at.signed_duration_since(self.from)) / self.length;
        self.left + (share.clamp(0.0, 1.0) * f64::from(self.right - self.left)).round() as i32
    }

    /// Round times with their labels.
    pub(super) fn ticks(&self) -> &[(DateTime<Utc>, String)] {
        &self.ticks
    }
}

/// Limit of the ticks, so that their labels don't touch.
const TICKS: i64 = 14;

fn ticks(from: DateTime<Utc>, length: i64) -> Vec<(DateTime<Utc>, String)> {
    const STEPS: [i64; 14] = [
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
    ];
    let Some(step) = STEPS.into_iter().find(|step| length / step < TICKS) else {
        return months(from, length);
    };
    let first = from.timestamp().div_euclid(step) * step;
    let times = (0..=TICKS + 1).filter_map(|index| DateTime::from_timestamp(first + index * step, 0));
    times
        .filter(|at| is_within(*at, from, length))
        .enumerate()
        .map(|(index, at)| {
            let midnight = at.timestamp() % DAY == 0;
            let form = match step {
                DAY.. => "%F",
                ..MINUTE => "%T",
                // The first label includes the day.
                _ if midnight || index == 0 => "%m-%d %R",
                _ => "%R",
            };
            (at, at.format(form).to_string())
        })
        .collect()
}

/// The first days of weeks, months or years.
fn months(from: DateTime<Utc>, length: i64) -> Vec<(DateTime<Utc>, String)> {
    let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
    let days = length / DAY;
    let times: Vec<_> = if days < 7 * TICKS {
        let monday = from.date_naive().week(Weekday::Mon).checked_first_day();
        let mondays = |week| Some(midnight(monday?.checked_add_days(Days::new(7 * week))?));
        (0..=TICKS as u64).filter_map(mondays).collect()
    } else {
        const STEPS: [i64; 7] = [1, 2, 3, 6, 12, 24, 60];
        let step = STEPS.into_iter().find(|step| days / 30 / step < TICKS).unwrap_or(days / 30 / TICKS + 1);
        let step = u32::try_from(step).unwrap_or(u32::MAX);
        let january = NaiveDate::from_yo_opt(from.year(), 1);
        let firsts =
            |index: u32| Some(midnight(january?.checked_add_months(Months::new(index.checked_mul(step)?))?));
        // The first of January may be twelve steps before the start.
        (0..=TICKS as u32 + 12).filter_map(firsts).collect()
    };
    let within = times.into_iter().filter(|at| is_within(*at, from, length));
    within.map(|at| (at, at.format("%F").to_string())).collect()
}

fn is_within(at: DateTime<Utc>, from: DateTime<Utc>, length: i64) -> bool {
    at >= from && at.signed_duration_since(from).num_seconds() <= length
}

impl LagAxis {
    /// An axis that ends a little above the greatest lag.
    pub(super) fn new(scale: Scale, most: TimeDelta, top: i32, bottom: i32) -> Self {
        let factor = match scale {
            Scale::Log => 1.6,
            Scale::Linear => 1.08,
        };
        LagAxis { scale, most: seconds(most).max(10.0) * factor, top, bottom }
    }

    pub(super) fn position(&self, lag: TimeDelta) -> i32 {
        let lag = seconds(lag);
        let share = match self.scale {
            Scale::Log => lag.max(1.0).ln() / self.most.ln(),
            Scale::Linear => lag / self.most,
        };
        self.bottom - (share.clamp(0.0, 1.0) * f64::from(self.bottom - self.top)).round() as i32
    }

    /// Round lags with their labels, the least first.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn ticks_are_round_and_not_too_many() {
        for (length, first, second) in [
            (10, "06:07:30", "06:07:31"),
            (600, "01-14 06:08", "06:09"),
            (HOUR, "01-14 06:10", "06:15"),
            (3 * HOUR, "01-14 06:15", "06:30"),
            (DAY, "01-14 08:00", "10:00"),
            (7 * DAY, "2021-01-15", "2021-01-16"),
            (30 * DAY, "2021-01-18", "2021-01-25"),
            (200 * DAY, "2021-02-01", "2021-03-01"),
            (700 * DAY, "2021-03-01", "2021-05-01"),
            (20 * 365 * DAY, "2023-01-01", "2025-01-01"),
        ] {
            let ticks = ticks(at("2021-01-14T06:07:30Z"), length);
            assert_eq!((&*ticks[0].1, &*ticks[1].1), (first, second), "{length}");
        }
        for power in 0..42 {
            let length = 1_i64 << power;
            for from in [at("2021-01-14T06:07:30Z"), DateTime::UNIX_EPOCH, DateTime::<Utc>::MIN_UTC] {
                assert!(ticks(from, length).len() as i64 <= TICKS + 1, "{length} from {from}");
            }
        }
    }

    #[test]
    fn lags_keep_their_order() {
        for scale in [Scale::Log, Scale::Linear] {
            for most in [0, 600, 100_000, i64::MAX / 1000] {
                let axis = LagAxis::new(scale, TimeDelta::try_seconds(most).unwrap(), 0, 100);
                let places: Vec<_> = axis.ticks().into_iter().map(|(lag, _)| axis.position(lag)).collect();
                assert!(places.is_sorted_by(|one, next| one >= next), "{places:?}");
                assert!(places.iter().all(|place| (0..=100).contains(place)), "{places:?}");
                assert_eq!(places[0], 100);
            }
        }
    }
}
