//! The panel of one job and direction: [`Panel`], [`Plot`].

use std::cmp::Reverse;
use std::fmt::Write as _;

use aliyun_dts_status::health::{Policy, Span};

use super::axis::{LagAxis, TimeAxis};
use super::ribbon::{self, RIBBON};
use super::svg::{Align, LEFT, RIGHT, Svg, WIDTH};
use crate::options::Zone;
use crate::output::{count, cut};
use crate::timeline::curve::Point;
use crate::timeline::incident::Incident;
use crate::timeline::track::Track;

/// The measures of a panel: the heights of title, plot, ribbon and times, and the number of tooltips.
#[derive(Clone, Copy)]
pub(super) struct Plot {
    height: i32,
    tips: usize,
}

const TITLE: i32 = 24;
/// The space between plot and ribbon.
const SEAM: i32 = 6;
const TIMES: i32 = 38;

impl Plot {
    /// Many panels are lower, and have fewer tooltips each.
    pub(super) fn of(panels: usize) -> Self {
        /// Number of the tooltips of a picture, so that it stays small.
        const TIPS: usize = 240;
        Plot { height: if panels > 8 { 88 } else { 150 }, tips: (TIPS / panels.max(1)).max(8) }
    }

    /// Limit of the incidents of a panel that have a tooltip.
    fn tips(self) -> usize {
        self.tips
    }

    /// The height of a whole panel.
    pub(super) fn panel(self) -> i32 {
        TITLE + self.height + SEAM + RIBBON + TIMES
    }

    /// The top of the plot of a panel.
    pub(super) fn top(self, panel: i32) -> i32 {
        panel + TITLE
    }

    /// The bottom of the plot of a panel.
    pub(super) fn bottom(self, panel: i32) -> i32 {
        panel + TITLE + self.height
    }
}

/// The panel of one job and direction.
pub(super) struct Panel<'a> {
    pub(super) track: &'a Track,
    pub(super) times: &'a TimeAxis,
    pub(super) lags: &'a LagAxis,
    pub(super) policy: &'a Policy,
    pub(super) zone: &'a Zone,
    pub(super) heights: Plot,
    pub(super) top: i32,
}

impl Panel<'_> {
    pub(super) fn draw(&self, svg: &mut Svg) {
        let (top, bottom) = (self.heights.top(self.top), self.heights.bottom(self.top));
        svg.text("job", LEFT, top - 8, Align::Start, &cut(&self.track.name(), 90));
        svg.text("faint", WIDTH - RIGHT, top - 8, Align::End, &self.summary());
        self.grid(svg, top, bottom);
        self.gaps(svg, top, bottom + SEAM + RIBBON);
        self.thresholds(svg);
        self.curve(svg);
        for stall in &self.track.stalls {
            let (from, to) = (self.times.position(stall.from), self.times.position(stall.to));
            let tip = format!("checkpoint stalled for {}", Span(stall.length()));
            svg.rectangle("stall", (from, bottom - 6), ((to - from).max(1), 5), &tip);
        }
        svg.rectangle("frame", (LEFT, top), (WIDTH - RIGHT - LEFT, bottom - top), "");
        ribbon::draw(svg, self.track, self.times, bottom + SEAM);
        self.incidents(svg, top, bottom + SEAM + RIBBON);
        self.time_labels(svg, bottom + SEAM + RIBBON);
    }

    fn summary(&self) -> String {
        let longest = self.track.longest().map(|longest| Span(longest).to_string()).unwrap_or_default();
        match self.track.incidents.len() {
            0 => "no incident".to_owned(),
            1 => format!("1 incident, {longest}"),
            several => format!("{}, the longest {longest}", count(several, "incident")),
        }
    }

    fn grid(&self, svg: &mut Svg, top: i32, bottom: i32) {
        let mut path = String::new();
        for (at, _) in self.times.ticks() {
            let _ = write!(path, "M{} {top}V{bottom}", self.times.position(*at));
        }
        let mut previous = i32::MAX;
        for (lag, label) in self.lags.ticks() {
            let y = self.lags.position(lag);
            let _ = write!(path, "M{LEFT} {y}H{}", WIDTH - RIGHT);
            // Labels are drawn from the bottom up; one that would touch the previous label is left out.
            if previous.saturating_sub(y) >= 16 {
                svg.text("", LEFT - 8, y + 4, Align::End, label);
                previous = y;
            }
        }
        svg.path("grid", path, "");
    }

    fn time_labels(&self, svg: &mut Svg, top: i32) {
        let mut path = String::new();
        // From the right, so that of two labels that would touch the first one is left out: midnight comes after it.
        let mut free = i32::MAX;
        for (at, label) in self.times.ticks().iter().rev() {
            let x = self.times.position(*at);
            let _ = write!(path, "M{x} {top}v4");
            let half = label.len() as i32 * 7 / 2;
            if x.saturating_add(half) <= free {
                svg.text("", x, top + 17, Align::Middle, label);
                free = x - half - 4;
            }
        }
        svg.path("tick", path, "");
    }

    fn thresholds(&self, svg: &mut Svg) {
        let (warn, critical) = (self.policy.lag_warn, self.policy.lag_critical);
        let [low, high] = [warn, critical].map(|lag| self.lags.position(lag));
        for (lag, class, y) in [(warn, "warn", low), (critical, "critical", high)] {
            svg.path(class, format_args!("M{LEFT} {y}H{}", WIDTH - RIGHT), "");
            // The labels of thresholds that are close together do not touch.
            let apart = ((16 - (low - high)) / 2).max(0);
            let y = if class == "warn" { y + apart } else { y - apart };
            svg.text(class, WIDTH - RIGHT + 6, y + 4, Align::Start, &format!("{class} {}", Span(lag)));
        }
    }

    /// The greatest lag as a line, with a band down to the least lag where a column of pixels joins several polls.
    fn curve(&self, svg: &mut Svg) {
        let (mut line, mut band) = (String::new(), String::new());
        for run in runs(&self.track.curve.points) {
            let columns = self.columns(run);
            match columns.as_slice() {
                // A line of one point is a dot, by its round ends.
                [(x, most, _)] => drop(write!(line, "M{x} {most}h0")),
                columns => write_steps(&mut line, columns.iter().map(|(x, most, _)| (*x, *most))),
            }
            if columns.iter().any(|(_, most, least)| most != least) {
                let lower = columns.iter().rev().map(|(x, _, least)| (*x, *least));
                write_steps(&mut band, columns.iter().map(|(x, most, _)| (*x, *most)).chain(lower));
                band.push('z');
            }
        }
        if !band.is_empty() {
            svg.path("band", band, "");
        }
        if !line.is_empty() {
            let peak = self.track.curve.peak().unwrap_or_default();
            svg.path("lag", line, &format!("lag, at most {}", Span(peak)));
        }
    }

    /// The places of the greatest and the least lag in each column of pixels.
    fn columns(&self, run: &[Point]) -> Vec<(i32, i32, i32)> {
        let mut columns: Vec<(i32, i32, i32)> = Vec::new();
        for point in run {
            let Some((least, most)) = point.lag else { continue };
            let x = self.times.position(point.first);
            let (most, least) = (self.lags.position(most), self.lags.position(least));
            match columns.last_mut() {
                Some(last) if last.0 == x => *last = (x, last.1.min(most), last.2.max(least)),
                _ => columns.push((x, most, least)),
            }
        }
        columns
    }

    fn gaps(&self, svg: &mut Svg, top: i32, bottom: i32) {
        for gap in &self.track.gaps {
            let (from, to) = (self.times.position(gap.from), self.times.position(gap.to));
            let [start, end] = [gap.from, gap.to].map(|at| self.zone.text(at));
            let tip = format!("not observed for {}: {start} to {end}", Span(gap.length()));
            svg.rectangle("gap", (from, top), ((to - from).max(1), bottom - top), &tip);
        }
    }

    /// A shade over each incident and its number; the longest ones have a tooltip.
    fn incidents(&self, svg: &mut Svg, top: i32, bottom: i32) {
        let mut lengths: Vec<_> = self.track.incidents.iter().map(Incident::duration).collect();
        lengths.sort_unstable_by_key(|length| Reverse(*length));
        let mut tips = self.heights.tips();
        let least = lengths.get(tips).copied();
        let mut others = String::new();
        let (mut free, mut shaded) = (i32::MIN, i32::MIN);
        for incident in &self.track.incidents {
            let end = incident.to.unwrap_or(incident.last);
            let from = self.times.position(incident.from);
            let (width, height) = ((self.times.position(end) - from).max(1), bottom - top);
            if tips > 0 && least.is_none_or(|least| incident.duration() >= least) {
                tips -= 1;
                svg.rectangle("incident", (from, top), (width, height), &self.tip(incident));
            } else if from > shaded {
                let _ = write!(others, "M{from} {top}h{width}v{height}h-{width}z");
                shaded = from;
            }
            if from >= free {
                let number = format!("#{}", incident.number);
                free = from + number.len() as i32 * 8 + 6;
                if free <= WIDTH - RIGHT {
                    svg.text("number", from + 3, top + 13, Align::Start, &number);
                } else {
                    svg.text("number", WIDTH - RIGHT - 3, top + 13, Align::End, &number);
                }
            }
        }
        if !others.is_empty() {
            svg.path("incident", others, "");
        }
    }

    fn tip(&self, incident: &Incident) -> String {
        let Incident { number, worst, .. } = incident;
        let reason = worst.reason.map(|code| format!(" {code}")).unwrap_or_default();
        let mut tip = format!("#{number} {}{reason}, {}", worst.verdict, Span(incident.duration()));
        if let Some(lag) = incident.peak_lag {
            let _ = write!(tip, ", lag up to {}", Span(lag));
        }
        let _ = write!(tip, ", from {}", self.zone.text(incident.from));
        if let Some(message) = &worst.message {
            let _ = write!(tip, ". {}", cut(message, 160));
        }
        tip
    }
}

/// Points with a known lag and no gap between them.
fn runs(points: &[Point]) -> impl Iterator<Item = &[Point]> {
    points
        .chunk_by(|one, next| one.lag.is_some() == next.lag.is_some() && !next.after_gap)
        .filter(|run| run.first().is_some_and(|point| point.lag.is_some()))
}

/// Writes a line through these places. Steps are shorter than places, and a level stretch needs one step.
fn write_steps(path: &mut String, places: impl Iterator<Item = (i32, i32)>) {
    let mut last: Option<(i32, i32)> = None;
    let mut level = 0;
    for (x, y) in places {
        let Some((before_x, before_y)) = last else {
            let _ = write!(path, "M{x} {y}");
            last = Some((x, y));
            continue;
        };
        if y == before_y && (level == 0 || (level > 0) == (x > before_x)) {
            level += x - before_x;
        } else {
            if level != 0 {
                let _ = write!(path, "h{level}");
                level = 0;
            }
            if y == before_y {
                level = x - before_x;
            } else {
                let step = y - before_y;
                let gap = if step < 0 { "" } else { " " };
                let _ = write!(path, "l{}{gap}{step}", x - before_x);
            }
        }
        last = Some((x, y));
    }
    if level != 0 {
        let _ = write!(path, "h{level}");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The places of a path of `M`, `h` and `l`.
    fn places(path: &str) -> Vec<(i32, i32)> {
        let mut places = Vec::new();
        let (mut x, mut y) = (0, 0);
        let mut rest = path;
        while let Some(letter) = rest.chars().next() {
            let end = rest[1..].find(['M', 'h', 'l']).map_or(rest.len(), |end| end + 1);
            let numbers: Vec<i32> = rest[1..end]
                .replace('-', " -")
                .split_whitespace()
                .map(|number| number.parse().unwrap())
                .collect();
            match (letter, numbers.as_slice()) {
                ('M', [to_x, to_y]) => (x, y) = (*to_x, *to_y),
                ('h', [step]) => x += step,
                ('l', [right, down]) => (x, y) = (x + right, y + down),
                _ => panic!("{path}"),
            }
            places.push((x, y));
            rest = &rest[end..];
        }
        places
    }

    proptest! {
        #[test]
        fn a_path_goes_through_its_places(steps in prop::collection::vec((-3_i32..5, -2_i32..3), 1..60)) {
            let mut at = (50, 50);
            let mut through: Vec<_> = steps
                .into_iter()
                .map(|(right, down)| {
                    at = (at.0 + right, at.1 + down);
                    at
                })
                .collect();
            through.dedup();
            let mut path = String::new();
            write_steps(&mut path, through.iter().copied());
            let drawn = places(&path);
            prop_assert_eq!((drawn.first(), drawn.last()), (through.first(), through.last()));
            // A place that is left out is on the level stretch between its neighbours.
            let mut rest = drawn.iter().copied().peekable();
            for place in through {
                if rest.peek() == Some(&place) {
                    rest.next();
                } else if let Some(next) = rest.peek() {
                    prop_assert_eq!(next.1, place.1, "{}", path);
                }
            }
            prop_assert!(rest.next().is_none(), "{}", path);
        }
    }
}
