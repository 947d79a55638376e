//! An archive as text: [`HistoryText`].

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::{self, Display, Write as _};

use aliyun_dts_status::health::{FindingCode, Span};
use chrono::{DateTime, TimeDelta, Utc};

use super::history::{Event, History};
use super::incident::{Incident, Phase};
use super::observation::Period;
use super::track::Track;
use crate::output::style::{FAINT, STRONG};
use crate::output::{count, safe, seconds, verdict_word, wrap};

/// What happened, in the order of time; then each job, then the totals.
pub(super) struct HistoryText<'a>(pub(super) &'a History);

impl Display for HistoryText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let history = self.0;
        self.events(f)?;
        for track in &history.tracks {
            self.track(f, track)?;
        }
        if !history.tracks.is_empty() {
            writeln!(f)?;
        }
        write!(f, "{}, {}", count(history.polls(), "poll"), count(history.incidents(), "incident"))?;
        let incidents = history.tracks.iter().flat_map(|track| &track.incidents);
        let open = incidents.filter(|incident| incident.is_open).count();
        if open > 0 {
            write!(f, ", {open} still open")?;
        }
        writeln!(f)?;
        write!(f, "{}", safe::lines(&history.problems.to_string()))
    }
}

/// The indent below the number of an incident.
const INDENT: &str = "     ";

impl HistoryText<'_> {
    fn events(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shown, more) = longest_gaps(&self.0.tracks);
        for (track, event) in self.0.events() {
            match event {
                Event::Incident(incident) => self.incident(f, track, incident)?,
                Event::Gap(gap) if shown.contains(&(gap.from, track.name())) => {
                    let (period, length, name) = (self.period(gap), Span(gap.length()), track.name());
                    let text = format!(
                        "{FAINT}gap  {period}  {length}  not observed  {}{FAINT:#}",
                        safe::line(&name)
                    );
                    writeln!(f, "{}", wrap(&text, INDENT))?;
                }
                Event::Gap(_) => {}
            }
        }
        if more > 0 {
            writeln!(f, "and {more} shorter periods not observed\n")?;
        }
        Ok(())
    }

    fn incident(&self, f: &mut fmt::Formatter<'_>, track: &Track, incident: &Incident) -> fmt::Result {
        let number = format!("#{}", incident.number);
        let mut head = format!("{STRONG}{number:4}{STRONG:#} {}", verdict_word(incident.worst.verdict));
        if let Some(reason) = incident.worst.reason {
            let _ = write!(head, "  {STRONG}{reason}{STRONG:#}");
        }
        if let Some(lag) = incident.peak_lag {
            let _ = write!(head, "  lag up to {}", Span(lag));
        }
        let _ = write!(head, "  {}", safe::line(&track.name()));
        f.write_str(&wrap(&head, INDENT))?;
        let from = self.time(incident.from);
        let times = match incident.to {
            Some(to) => format!("{from} to {}", self.time(to)),
            None if incident.is_open => format!("since {from}, still open"),
            None => format!("since {from}, end not observed"),
        };
        writeln!(f, "{INDENT}{times}  {}", Span(incident.duration()))?;
        if let Some(message) = &incident.worst.message {
            f.write_str(&wrap(&format!("{INDENT}{}", safe::line(message)), INDENT))?;
        }
        // A single phase repeats the head.
        if incident.phases.len() > 1 {
            let day = self.0.zone.at(incident.from).date_naive();
            for phase in &incident.phases {
                let at = self.0.zone.at(phase.from);
                let at = at.format(if at.date_naive() == day { "%H:%M:%S" } else { "%m-%d %H:%M:%S" });
                f.write_str(&wrap(
                    &format!("{INDENT}  {FAINT}{at}{FAINT:#}  {}", phase_text(phase)),
                    "           ",
                ))?;
            }
        }
        if incident.more_phases > 0 {
            writeln!(f, "{INDENT}  and {}", count(incident.more_phases, "more change"))?;
        }
        writeln!(f)
    }

    fn track(&self, f: &mut fmt::Formatter<'_>, track: &Track) -> fmt::Result {
        let mut text = format!("{STRONG}{}{STRONG:#}", safe::line(&track.name()));
        if let Some(name) = &track.job_name {
            let _ = write!(text, "  {}", safe::quoted(name));
        }
        if let Some(period) = &track.period {
            let _ = write!(text, "  {}, {}", self.period(period), count(track.polls, "poll"));
        }
        if track.interval > TimeDelta::zero() {
            let _ = write!(text, " about every {}", Span(track.interval));
        }
        f.write_str(&wrap(&text, "  "))?;
        let total = track.observed();
        let shares: Vec<_> =
            track.times.iter().map(|(verdict, time)| format!("{verdict} {}", share(*time, total))).collect();
        if !shares.is_empty() {
            let text = format!("  {FAINT}of {}{FAINT:#}  {}", Span(total), shares.join(", "));
            f.write_str(&wrap(&text, "  "))?;
        }
        match track.longest() {
            None => writeln!(f, "  no incident"),
            Some(longest) => {
                let incidents = count(track.incidents.len(), "incident");
                writeln!(f, "  {incidents}, the longest {}", Span(longest))
            }
        }
    }

    fn time(&self, at: DateTime<Utc>) -> String {
        self.0.zone.text(at)
    }

    fn period(&self, period: &Period) -> String {
        format!("{} to {}", self.time(period.from), self.time(period.to))
    }
}

fn phase_text(phase: &Phase) -> String {
    let stalled = Some(FindingCode::CheckpointStalled);
    let also = stalled.filter(|stalled| phase.stalled && phase.reason != Some(*stalled));
    let reasons: Vec<_> = phase.reason.into_iter().chain(also).map(FindingCode::as_str).collect();
    let status = phase.status.as_ref().map_or("no status", |status| status.as_str());
    let verdict = phase.verdict.as_str().to_uppercase();
    format!("{verdict:10}  {:13}  {}", safe::line(status), reasons.join(", "))
}

/// The longest gaps, each with its begin and its job, and the number of the others: a poller that pauses every night has
/// many.
fn longest_gaps(tracks: &[Track]) -> (BTreeSet<(DateTime<Utc>, String)>, usize) {
    /// Limit of the gaps shown.
    const LIMIT: usize = 10;
    let mut gaps: Vec<_> =
        tracks.iter().flat_map(|track| track.gaps.iter().map(move |gap| (gap, track.name()))).collect();
    gaps.sort_by_key(|(gap, _)| (Reverse(gap.length()), gap.from));
    let more = gaps.len().saturating_sub(LIMIT);
    (gaps.into_iter().take(LIMIT).map(|(gap, name)| (gap.from, name)).collect(), more)
}

/// A part of a whole in percent. A part that is not zero is never shown as 0.
fn share(part: TimeDelta, whole: TimeDelta) -> String {
    let percent = seconds(part) / seconds(whole).max(f64::MIN_POSITIVE) * 100.0;
    match percent {
        _ if part == TimeDelta::zero() => "0%".to_owned(),
        ..0.1 => "below 0.1%".to_owned(),
        _ => format!("{percent:.1}%"),
    }
}
