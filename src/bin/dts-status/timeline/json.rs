//! The stable shape of `timeline --output json`: [`Told`].

use std::collections::BTreeMap;

use aliyun_dts_status::health::{FindingCode, Scope, Verdict};
use aliyun_dts_status::model::{JobStatus, spelling};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::Story;
use super::curve::{Curve, Point};
use super::incident::{Incident, Phase};
use super::track::{Span, Track};
use crate::archive::Skips;

/// All of an archive. Lengths of time are in seconds.
#[derive(Serialize)]
pub(super) struct Told<'a> {
    jobs: Vec<Job<'a>>,
    polls: u64,
    incidents: usize,
    longest_seconds: f64,
    skipped: &'a Skips,
}

#[derive(Serialize)]
struct Job<'a> {
    job_id: &'a str,
    direction: Scope,
    polls: u64,
    #[serde(flatten)]
    span: Option<Stretch>,
    poll_interval_seconds: f64,
    observed_seconds: f64,
    unobserved_seconds: f64,
    seconds_by_verdict: BTreeMap<Verdict, f64>,
    longest_seconds: f64,
    incidents: Vec<Trouble<'a>>,
    gaps: Vec<Stretch>,
    stalls: Vec<Stretch>,
    curve: Points,
}

#[derive(Serialize)]
struct Stretch {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct Trouble<'a> {
    from: String,
    /// Null if the end was not seen.
    to: Option<String>,
    open: bool,
    duration_seconds: f64,
    verdict: Verdict,
    reason: Option<FindingCode>,
    message: Option<&'a str>,
    peak_lag_seconds: Option<f64>,
    phases: Vec<Part>,
    more_phases: u64,
}

#[derive(Serialize)]
struct Part {
    from: String,
    status: Option<JobStatus>,
    verdict: Verdict,
    reason: Option<FindingCode>,
    stalled: bool,
}

#[derive(Serialize)]
struct Points {
    resolution_seconds: i64,
    points: Vec<Drawn>,
}

/// Some polls next to each other.
#[derive(Serialize)]
struct Drawn {
    from: String,
    to: String,
    lag_seconds: Option<[f64; 2]>,
    verdict: Verdict,
}

impl<'a> From<&'a Story> for Told<'a> {
    fn from(story: &'a Story) -> Self {
        let Story { tracks, skipped, .. } = story;
        Told {
            jobs: tracks.iter().map(Job::from).collect(),
            polls: tracks.iter().map(|track| track.polls).sum(),
            incidents: tracks.iter().map(|track| track.incidents.len()).sum(),
            longest_seconds: seconds(tracks.iter().filter_map(Track::longest).max().unwrap_or_default()),
            skipped,
        }
    }
}

impl<'a> From<&'a Track> for Job<'a> {
    fn from(track: &'a Track) -> Self {
        let times = track.times.iter().map(|(verdict, time)| (*verdict, seconds(*time)));
        Job {
            job_id: &track.job_id,
            direction: track.direction,
            polls: track.polls,
            span: track.span.as_ref().map(Stretch::from),
            poll_interval_seconds: seconds(track.usual),
            observed_seconds: seconds(track.observed()),
            unobserved_seconds: seconds(track.unobserved()),
            seconds_by_verdict: times.collect(),
            longest_seconds: seconds(track.longest().unwrap_or_default()),
            incidents: track.incidents.iter().map(Trouble::from).collect(),
            gaps: track.gaps.iter().map(Stretch::from).collect(),
            stalls: track.stalls.iter().map(Stretch::from).collect(),
            curve: Points::from(&track.curve),
        }
    }
}

impl From<&Span> for Stretch {
    fn from(span: &Span) -> Self {
        Stretch { from: time(span.from), to: time(span.to) }
    }
}

impl<'a> From<&'a Incident> for Trouble<'a> {
    fn from(incident: &'a Incident) -> Self {
        Trouble {
            from: time(incident.from),
            to: incident.to.map(time),
            open: incident.is_open,
            duration_seconds: seconds(incident.duration()),
            verdict: incident.worst,
            reason: incident.reason,
            message: incident.message.as_deref(),
            peak_lag_seconds: incident.peak_lag.map(seconds),
            phases: incident.phases.iter().map(Part::from).collect(),
            more_phases: incident.more_phases,
        }
    }
}

impl From<&Phase> for Part {
    fn from(phase: &Phase) -> Self {
        let Phase { from, ref status, verdict, reason, stalled } = *phase;
        Part { from: time(from), status: status.clone(), verdict, reason, stalled }
    }
}

impl From<&Curve> for Points {
    fn from(curve: &Curve) -> Self {
        let drawn = |point: &Point| Drawn {
            from: time(point.first),
            to: time(point.last),
            lag_seconds: point.lag.map(|(least, most)| [seconds(least), seconds(most)]),
            verdict: point.verdict,
        };
        Points { resolution_seconds: curve.resolution, points: curve.points.iter().map(drawn).collect() }
    }
}

fn time(at: DateTime<Utc>) -> String {
    spelling::time(&at)
}

fn seconds(length: TimeDelta) -> f64 {
    length.as_seconds_f64()
}
