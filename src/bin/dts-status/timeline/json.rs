//! The object of `timeline --output json`, whose shape is stable: [`HistoryJson`].

use std::collections::BTreeMap;

use aliyun_dts_status::health::{FindingCode, Scope, Severity, Verdict};
use serde::Serialize;

use super::curve::{Curve, Point};
use super::history::History;
use super::incident::{Incident, Phase};
use super::observation::Period;
use super::track::Track;
use crate::archive::ProblemLines;
use crate::output::{rfc3339, seconds};

/// The whole archive. Lengths of time are in seconds.
#[derive(Serialize)]
pub(super) struct HistoryJson<'a> {
    jobs: Vec<TrackJson<'a>>,
    polls: u64,
    incidents: usize,
    longest_seconds: f64,
    skipped: &'a ProblemLines,
}

#[derive(Serialize)]
struct TrackJson<'a> {
    job_id: &'a str,
    direction: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_name: Option<&'a str>,
    polls: u64,
    #[serde(flatten)]
    period: Option<&'a Period>,
    poll_interval_seconds: f64,
    observed_seconds: f64,
    unobserved_seconds: f64,
    seconds_by_verdict: BTreeMap<Verdict, f64>,
    longest_seconds: f64,
    incidents: Vec<IncidentJson<'a>>,
    gaps: &'a [Period],
    stalls: &'a [Period],
    curve: CurveJson,
}

#[derive(Serialize)]
struct IncidentJson<'a> {
    number: usize,
    from: String,
    /// Null if the end was not observed.
    to: Option<String>,
    open: bool,
    duration_seconds: f64,
    verdict: Verdict,
    reason: Option<FindingCode>,
    severity: Option<Severity>,
    message: Option<&'a str>,
    peak_lag_seconds: Option<f64>,
    phases: &'a [Phase],
    more_phases: u64,
}

#[derive(Serialize)]
struct CurveJson {
    resolution_seconds: i64,
    points: Vec<PointJson>,
}

/// Consecutive polls.
#[derive(Serialize)]
struct PointJson {
    from: String,
    to: String,
    lag_seconds: Option<[f64; 2]>,
    verdict: Verdict,
}

impl<'a> From<&'a History> for HistoryJson<'a> {
    fn from(history: &'a History) -> Self {
        HistoryJson {
            jobs: history.tracks.iter().map(TrackJson::from).collect(),
            polls: history.polls(),
            incidents: history.incidents(),
            longest_seconds: seconds(history.longest().unwrap_or_default()),
            skipped: &history.problems,
        }
    }
}

impl<'a> From<&'a Track> for TrackJson<'a> {
    fn from(track: &'a Track) -> Self {
        let times = track.times.iter().map(|(verdict, time)| (*verdict, seconds(*time)));
        TrackJson {
            job_id: &track.job_id,
            job_name: track.job_name.as_deref(),
            direction: track.direction,
            polls: track.polls,
            period: track.period.as_ref(),
            poll_interval_seconds: seconds(track.interval),
            observed_seconds: seconds(track.observed()),
            unobserved_seconds: seconds(track.unobserved()),
            seconds_by_verdict: times.collect(),
            longest_seconds: seconds(track.longest().unwrap_or_default()),
            incidents: track.incidents.iter().map(IncidentJson::from).collect(),
            gaps: &track.gaps,
            stalls: &track.stalls,
            curve: CurveJson::from(&track.curve),
        }
    }
}

impl<'a> From<&'a Incident> for IncidentJson<'a> {
    fn from(incident: &'a Incident) -> Self {
        IncidentJson {
            number: incident.number,
            from: rfc3339(incident.from),
            to: incident.to.map(rfc3339),
            open: incident.is_open,
            duration_seconds: seconds(incident.duration()),
            verdict: incident.worst.verdict,
            reason: incident.worst.reason,
            severity: incident.worst.severity,
            message: incident.worst.message.as_deref(),
            peak_lag_seconds: incident.peak_lag.map(seconds),
            phases: &incident.phases,
            more_phases: incident.more_phases,
        }
    }
}

impl From<&Curve> for CurveJson {
    fn from(curve: &Curve) -> Self {
        let point = |point: &Point| PointJson {
            from: rfc3339(point.first),
            to: rfc3339(point.last),
            lag_seconds: point.lag.map(|(least, most)| [seconds(least), seconds(most)]),
            verdict: point.verdict,
        };
        CurveJson { resolution_seconds: curve.resolution, points: curve.points.iter().map(point).collect() }
    }
}
