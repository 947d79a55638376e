//! The lag and the verdict over time, in a limited number of points: [`Curve`].

use aliyun_dts_status::health::Verdict;
use chrono::{DateTime, TimeDelta, Utc};

use super::observation::Observation;

/// The lag and the verdict over time. Its size is limited: when there are too many points, neighbours are joined.
/// Joined points keep the greatest lag and the worst verdict.
pub(super) struct Curve {
    /// Seconds that one point covers.
    pub(super) resolution: i64,
    pub(super) points: Vec<Point>,
}

/// Consecutive polls.
#[derive(Clone)]
pub(super) struct Point {
    pub(super) first: DateTime<Utc>,
    pub(super) last: DateTime<Utc>,
    /// The least and the greatest lag; `None` if unknown.
    pub(super) lag: Option<(TimeDelta, TimeDelta)>,
    /// The worst verdict.
    pub(super) verdict: Verdict,
    /// True if a gap precedes it.
    pub(super) after_gap: bool,
    /// Index of the time slot that it covers, counted from the first poll.
    slot: i64,
}

/// Limit of the points; more than the width of the picture in pixels.
const POINTS: usize = 2048;

impl Curve {
    pub(super) fn new() -> Self {
        Curve { resolution: 1, points: Vec::new() }
    }

    pub(super) fn add(&mut self, observation: &Observation, after_gap: bool) {
        let origin = self.points.first().map_or(observation.at, |point| point.first);
        let slot = observation.at.signed_duration_since(origin).num_seconds() / self.resolution;
        let point = Point {
            first: observation.at,
            last: observation.at,
            lag: observation.lag.map(|lag| (lag, lag)),
            verdict: observation.verdict,
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

    /// Doubles the time that each point covers.
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
        self.verdict = self.verdict.max(next.verdict);
        self.lag = match (self.lag, next.lag) {
            (Some((least, most)), Some((other_least, other_most))) => {
                Some((least.min(other_least), most.max(other_most)))
            }
            (one, other) => one.or(other),
        };
    }
}
