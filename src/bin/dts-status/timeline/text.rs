//! An archive for people: [`Told`].

use std::fmt::{self, Display};

use aliyun_dts_status::health::FindingCode;
use aliyun_dts_status::model::spelling;
use chrono::{DateTime, TimeDelta, Utc};

use super::Story;
use super::incident::{Incident, Phase};
use super::track::{Span, Track};
use crate::check::moment::span;
use crate::check::text::word;
use crate::output::style::{FAINT, STRONG};
use crate::output::{count, safe};

/// Each job with its incidents, then all of them together.
pub(super) struct Told<'a>(pub(super) &'a Story);

impl Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Story { tracks, skipped, .. } = self.0;
        for track in tracks {
            tell(f, track)?;
            writeln!(f)?;
        }
        let polls: u64 = tracks.iter().map(|track| track.polls).sum();
        let incidents: usize = tracks.iter().map(|track| track.incidents.len()).sum();
        let open =
            tracks.iter().flat_map(|track| &track.incidents).filter(|incident| incident.is_open).count();
        write!(f, "{}, {}", count(polls, "poll"), count(incidents, "incident"))?;
        if open > 0 {
            write!(f, ", {open} still open")?;
        }
        writeln!(f)?;
        write!(f, "{}", safe::block(&skipped.to_string()))
    }
}

fn tell(f: &mut fmt::Formatter<'_>, track: &Track) -> fmt::Result {
    write!(f, "{STRONG}{}{STRONG:#}", safe::line(&name(track)))?;
    if let Some(Span { from, to }) = &track.span {
        write!(f, "  {} to {}, {}", time(*from), time(*to), count(track.polls, "poll"))?;
    }
    if track.usual > TimeDelta::zero() {
        write!(f, " about every {}", span(track.usual))?;
    }
    writeln!(f)?;
    if track.incidents.is_empty() {
        writeln!(f, "  no incident")?;
    }
    for incident in &track.incidents {
        tell_incident(f, incident)?;
    }
    tell_spans(f, "not observed", &track.gaps)?;
    let total = track.observed();
    let shares: Vec<_> =
        track.times.iter().map(|(verdict, time)| format!("{verdict} {}", share(*time, total))).collect();
    if !shares.is_empty() {
        writeln!(f, "  {FAINT}of {}{FAINT:#}  {}", span(total), shares.join(", "))?;
    }
    if let Some(longest) = track.longest() {
        let incidents = count(track.incidents.len(), "incident");
        writeln!(f, "  {incidents}, the longest {}", span(longest))?;
    }
    Ok(())
}

fn tell_incident(f: &mut fmt::Formatter<'_>, incident: &Incident) -> fmt::Result {
    let end = match incident.to {
        Some(to) => time(to),
        None if incident.is_open => "still open".to_owned(),
        None => "end not seen".to_owned(),
    };
    let verdict = word(incident.worst);
    write!(f, "  {} to {end}  {}  {verdict}", time(incident.from), span(incident.duration()))?;
    if let Some(reason) = incident.reason {
        write!(f, "  {reason}")?;
    }
    if let Some(lag) = incident.peak_lag {
        write!(f, "  lag up to {}", span(lag))?;
    }
    writeln!(f)?;
    if let Some(message) = &incident.message {
        writeln!(f, "    {}", safe::line(message))?;
    }
    // One phase alone says nothing new.
    if incident.phases.len() > 1 {
        for phase in &incident.phases {
            writeln!(f, "    {FAINT}{}{FAINT:#}  {}", time(phase.from), reasons(phase))?;
        }
    }
    if incident.more_phases > 0 {
        writeln!(f, "    and {} more", count(incident.more_phases, "change"))?;
    }
    Ok(())
}

fn reasons(phase: &Phase) -> String {
    let stalled = Some(FindingCode::CheckpointStalled);
    let also = stalled.filter(|stalled| phase.stalled && phase.reason != Some(*stalled));
    let reasons: Vec<_> = phase.reason.into_iter().chain(also).map(FindingCode::as_str).collect();
    let status = phase.status.as_ref().map_or("no status", |status| status.as_str());
    let verdict = phase.verdict.as_str().to_uppercase();
    format!("{verdict:10}  {:13}  {}", safe::line(status), reasons.join(", "))
}

/// Stretches of time, the longest few.
fn tell_spans(f: &mut fmt::Formatter<'_>, what: &str, spans: &[Span]) -> fmt::Result {
    /// A poller that sleeps at night has many.
    const MOST: usize = 10;
    let mut longest: Vec<_> = spans.iter().collect();
    longest.sort_by_key(|span| (std::cmp::Reverse(span.length()), span.from));
    longest.truncate(MOST);
    longest.sort_by_key(|span| span.from);
    for Span { from, to } in &longest {
        let length = to.signed_duration_since(from);
        writeln!(f, "  {} to {}  {}  {what}", time(*from), time(*to), span(length))?;
    }
    if spans.len() > longest.len() {
        writeln!(f, "  and {} shorter times {what}", spans.len() - longest.len())?;
    }
    Ok(())
}

/// `dtsexjk1alb116****/Forward`
pub(super) fn name(track: &Track) -> String {
    let job_id = if track.job_id.is_empty() { "(no job id)" } else { &track.job_id };
    format!("{job_id}/{}", track.direction)
}

fn time(at: DateTime<Utc>) -> String {
    spelling::time(&at)
}

/// A part of a whole in percent; what is not nothing is never told as 0.
fn share(part: TimeDelta, whole: TimeDelta) -> String {
    let percent = part.as_seconds_f64() / whole.as_seconds_f64().max(f64::MIN_POSITIVE) * 100.0;
    match percent {
        _ if part == TimeDelta::zero() => "0 %".to_owned(),
        ..0.1 => "below 0.1 %".to_owned(),
        _ => format!("{percent:.1} %"),
    }
}
