//! The lag and the verdict over time, in as many points as can be drawn: [`Curve`].

use aliyun_dts_status::health::Verdict;
use chrono::{DateTime, TimeDelta, Utc};

use super::track::Seen;

/// The lag and the verdict over time. Its size does not grow: where there are too many points, neighbours are
/// joined so that no peak and no bad verdict is lost.
pub(super) struct Curve {
    /// So many seconds one point stands for.
    pub(super) resolution: i64,
    pub(super) points: Vec<Point>,
}

/// Some polls next to each other.
#[derive(Clone)]
pub(super) struct Point {
    pub(super) first: DateTime<Utc>,
    pub(super) last: DateTime<Utc>,
    /// The least and the greatest lag; `None` where none is known.
    pub(super) lag: Option<(TimeDelta, TimeDelta)>,
    /// The worst verdict.
    pub(super) verdict: Verdict,
    /// Whether nobody looked for a while before it.
    pub(super) after_gap: bool,
    /// Which of the equal lengths of time since the first poll it stands for.
    slot: i64,
}

/// So many points at most, which is more than a picture is wide.
const POINTS: usize = 2048;

impl Curve {
    pub(super) fn new() -> Self {
        Curve { resolution: 1, points: Vec::new() }
    }

    pub(super) fn add(&mut self, seen: &Seen, after_gap: bool) {
        let origin = self.points.first().map_or(seen.at, |point| point.first);
        let slot = seen.at.signed_duration_since(origin).num_seconds() / self.resolution;
        let point = Point {
            first: seen.at,
            last: seen.at,
            lag: seen.lag.map(|lag| (lag, lag)),
            verdict: seen.verdict,
            after_gap,
            slot,
        };
        match self.points.last_mut() {
            Some(before) if before.slot == slot => before.join(&point),
            _ => self.points.push(point),
        }
        while self.points.len() > POINTS {
            self.halve();
        }
    }

    /// Makes every point stand for twice the time.
    fn halve(&mut self) {
        self.resolution = self.resolution.saturating_mul(2);
        let mut joined: Vec<Point> = Vec::with_capacity(POINTS);
        for mut point in self.points.drain(..) {
            point.slot /= 2;
            match joined.last_mut() {
                Some(before) if before.slot == point.slot => before.join(&point),
                _ => joined.push(point),
            }
        }
        self.points = joined;
    }

    /// The greatest lag.
    pub(super) fn peak(&self) -> Option<TimeDelta> {
        self.points.iter().filter_map(|point| point.lag).map(|(_, most)| most).max()
    }
}

impl Point {
    fn join(&mut self, next: &Point) {
        self.last = next.last;
        self.verdict = self.verdict.join(next.verdict);
        self.lag = match (self.lag, next.lag) {
            (Some((least, most)), Some((other_least, other_most))) => {
                Some((least.min(other_least), most.max(other_most)))
            }
            (one, other) => one.or(other),
        };
    }
}
