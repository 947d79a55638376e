//! An archive as text: [`HistoryText`].

use std::cmp::Reverse;
use std::fmt::{self, Display};

use aliyun_dts_status::health::FindingCode;
use chrono::TimeDelta;

use super::history::History;
use super::incident::{Incident, Phase};
use super::observation::Period;
use super::track::Track;
use crate::escape;
use crate::output::style::{FAINT, STRONG};
use aliyun_dts_status::health::Span;

use crate::output::{count, rfc3339, seconds, verdict_word};

/// Each job with its incidents, then the totals.
pub(super) struct HistoryText<'a>(pub(super) &'a History);

impl Display for HistoryText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let history = self.0;
        for track in &history.tracks {
            write_track(f, track)?;
            writeln!(f)?;
        }
        write!(f, "{}, {}", count(history.polls(), "poll"), count(history.incidents(), "incident"))?;
        let incidents = history.tracks.iter().flat_map(|track| &track.incidents);
        let open = incidents.filter(|incident| incident.is_open).count();
        if open > 0 {
            write!(f, ", {open} still open")?;
        }
        writeln!(f)?;
        write!(f, "{}", escape::lines(&history.problems.to_string()))
    }
}

fn write_track(f: &mut fmt::Formatter<'_>, track: &Track) -> fmt::Result {
    write!(f, "{STRONG}{}{STRONG:#}", escape::line(&track.name()))?;
    if let Some(Period { from, to }) = &track.period {
        write!(f, "  {} to {}, {}", rfc3339(*from), rfc3339(*to), count(track.polls, "poll"))?;
    }
    if track.interval > TimeDelta::zero() {
        write!(f, " about every {}", Span(track.interval))?;
    }
    writeln!(f)?;
    if track.incidents.is_empty() {
        writeln!(f, "  no incident")?;
    }
    for incident in &track.incidents {
        write_incident(f, incident)?;
    }
    write_gaps(f, &track.gaps)?;
    let total = track.observed();
    let shares: Vec<_> =
        track.times.iter().map(|(verdict, time)| format!("{verdict} {}", share(*time, total))).collect();
    if !shares.is_empty() {
        writeln!(f, "  {FAINT}of {}{FAINT:#}  {}", Span(total), shares.join(", "))?;
    }
    if let Some(longest) = track.longest() {
        let incidents = count(track.incidents.len(), "incident");
        writeln!(f, "  {incidents}, the longest {}", Span(longest))?;
    }
    Ok(())
}

fn write_incident(f: &mut fmt::Formatter<'_>, incident: &Incident) -> fmt::Result {
    let end = match incident.to {
        Some(to) => rfc3339(to),
        None if incident.is_open => "still open".to_owned(),
        None => "end not observed".to_owned(),
    };
    let verdict = verdict_word(incident.worst);
    write!(f, "  {} to {end}  {}  {verdict}", rfc3339(incident.from), Span(incident.duration()))?;
    if let Some(reason) = incident.reason {
        write!(f, "  {reason}")?;
    }
    if let Some(lag) = incident.peak_lag {
        write!(f, "  lag up to {}", Span(lag))?;
    }
    writeln!(f)?;
    if let Some(message) = &incident.message {
        writeln!(f, "    {}", escape::line(message))?;
    }
    // A single phase repeats the line of the incident.
    if incident.phases.len() > 1 {
        for phase in &incident.phases {
            writeln!(f, "    {FAINT}{}{FAINT:#}  {}", rfc3339(phase.from), phase_text(phase))?;
        }
    }
    if incident.more_phases > 0 {
        writeln!(f, "    and {} more", count(incident.more_phases, "change"))?;
    }
    Ok(())
}

fn phase_text(phase: &Phase) -> String {
    let stalled = Some(FindingCode::CheckpointStalled);
    let also = stalled.filter(|stalled| phase.stalled && phase.reason != Some(*stalled));
    let reasons: Vec<_> = phase.reason.into_iter().chain(also).map(FindingCode::as_str).collect();
    let status = phase.status.as_ref().map_or("no status", |status| status.as_str());
    let verdict = phase.verdict.as_str().to_uppercase();
    format!("{verdict:10}  {:13}  {}", escape::line(status), reasons.join(", "))
}

fn write_gaps(f: &mut fmt::Formatter<'_>, gaps: &[Period]) -> fmt::Result {
    /// Limit of the gaps shown: a poller that pauses every night has many.
    const LIMIT: usize = 10;
    let mut longest: Vec<_> = gaps.iter().collect();
    longest.sort_by_key(|gap| (Reverse(gap.length()), gap.from));
    longest.truncate(LIMIT);
    longest.sort_by_key(|gap| gap.from);
    for gap in &longest {
        let length = Span(gap.length());
        writeln!(f, "  {} to {}  {length}  not observed", rfc3339(gap.from), rfc3339(gap.to))?;
    }
    if gaps.len() > longest.len() {
        writeln!(f, "  and {} shorter periods not observed", gaps.len() - longest.len())?;
    }
    Ok(())
}

/// A part of a whole in percent. A part that is not zero is never shown as 0.
fn share(part: TimeDelta, whole: TimeDelta) -> String {
    let percent = seconds(part) / seconds(whole).max(f64::MIN_POSITIVE) * 100.0;
    match percent {
        _ if part == TimeDelta::zero() => "0 %".to_owned(),
        ..0.1 => "below 0.1 %".to_owned(),
        _ => format!("{percent:.1} %"),
    }
}
