//! An archive as a picture: [`draw`].

mod axis;
mod ribbon;

use std::fmt::Display;

use aliyun_dts_status::health::{Policy, Verdict};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use self::axis::{LagAxis, TimeAxis};
use super::curve::Point;
use super::text::name;
use super::track::{Span, Track};
use super::{Scale, Story};
use crate::check::moment::span;
use crate::output::safe;

/// Draws the lag of each job over time with the two thresholds, and its verdicts as a ribbon under it, as SVG.
///
/// The ribbon is told apart by lightness and height as well as by colour: the worse, the darker and the taller.
pub(super) fn draw(story: &Story, scale: Scale) -> String {
    let mut svg = String::new();
    let height = TOP + BOTTOM + PANEL * story.tracks.len().max(1) as i32;
    {
        let backend = SVGBackend::with_string(&mut svg, (WIDTH as u32, height as u32));
        let sheet = Sheet { area: backend.into_drawing_area() };
        sheet.story(story, scale, height);
    }
    svg
}

const WIDTH: i32 = 1200;
/// The margins around the panels.
const TOP: i32 = 40;
const BOTTOM: i32 = 44;
const LEFT: i32 = 70;
const RIGHT: i32 = 84;
/// A panel: its title, the plot, the ribbon, the times.
const PANEL: i32 = 252;
const TITLE: i32 = 22;
const PLOT: i32 = 156;
const RIBBON: i32 = 30;
/// Between plot and ribbon.
const SEAM: i32 = 6;

const INK: RGBColor = RGBColor(34, 34, 34);
const GRID: RGBColor = RGBColor(225, 225, 225);
const FAINT: RGBColor = RGBColor(110, 110, 110);
/// The curve: Okabe and Ito's blue.
const LAG: RGBColor = RGBColor(0, 114, 178);
/// The thresholds, drawn in lines of different length too.
const WARN: RGBColor = RGBColor(176, 116, 0);
const CRITICAL: RGBColor = RGBColor(180, 60, 0);

/// What is drawn on. A picture in memory can always be drawn on, so what it returns says nothing.
struct Sheet<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy)]
enum Align {
    Start,
    Middle,
    End,
}

impl Sheet<'_> {
    fn story(&self, story: &Story, scale: Scale, height: i32) {
        self.fill((0, 0), (WIDTH, height), &WHITE);
        let spans = || story.tracks.iter().filter_map(|track| track.span.as_ref());
        let (Some(from), Some(to)) = (spans().map(|span| span.from).min(), spans().map(|span| span.to).max())
        else {
            self.text((LEFT, TOP), 14, INK, Align::Start, "no poll");
            return;
        };
        let times = TimeAxis::new(from, to, LEFT, WIDTH - RIGHT);
        let title = format!("Lag and verdicts, {} to {} UTC", from.format("%F %R"), to.format("%F %R"));
        self.text((LEFT, 18), 16, INK, Align::Start, title);
        for (index, track) in story.tracks.iter().enumerate() {
            self.panel(track, &times, scale, &story.policy, TOP + index as i32 * PANEL);
        }
        self.legend(story, height - BOTTOM + 22);
    }

    fn panel(&self, track: &Track, times: &TimeAxis, scale: Scale, policy: &Policy, top: i32) {
        let top = top + TITLE;
        let bottom = top + PLOT;
        let peak = track.curve.peak().unwrap_or_default().max(policy.lag_critical);
        let lags = LagAxis::new(scale, peak, top, bottom);

        self.text((LEFT, top - 9), 13, INK, Align::Start, name(track));
        let summary = match (track.incidents.len(), track.longest()) {
            (0, _) => "no incident".to_owned(),
            (1, Some(longest)) => format!("1 incident, {}", span(longest)),
            (count, longest) => {
                format!("{count} incidents, the longest {}", span(longest.unwrap_or_default()))
            }
        };
        self.text((WIDTH - RIGHT, top - 9), 12, FAINT, Align::End, summary);

        self.grid(times, &lags, top, bottom);
        for gap in &track.gaps {
            self.gap(times, gap, top, bottom + SEAM + RIBBON);
        }
        self.thresholds(&lags, policy);
        self.curve(track, times, &lags);
        for stall in &track.stalls {
            self.stall(times, stall, bottom);
        }
        self.frame((LEFT, top), (WIDTH - RIGHT, bottom), FAINT);
        ribbon::draw(self, track, times, bottom + SEAM);
        self.times(times, bottom + SEAM + RIBBON);
    }

    fn grid(&self, times: &TimeAxis, lags: &LagAxis, top: i32, bottom: i32) {
        for (at, _) in times.ticks() {
            let x = times.place(*at);
            self.line(&[(x, top), (x, bottom)], GRID, 1);
        }
        let mut above = i32::MAX;
        for (lag, label) in lags.ticks() {
            let y = lags.place(lag);
            self.line(&[(LEFT, y), (WIDTH - RIGHT, y)], GRID, 1);
            // The ticks go up, and labels must not touch.
            if above.saturating_sub(y) >= 14 {
                self.text((LEFT - 8, y), 11, INK, Align::End, label);
                above = y;
            }
        }
    }

    fn times(&self, times: &TimeAxis, top: i32) {
        for (at, label) in times.ticks() {
            let x = times.place(*at);
            self.line(&[(x, top), (x, top + 4)], FAINT, 1);
            self.text((x, top + 13), 11, INK, Align::Middle, label);
        }
    }

    fn thresholds(&self, lags: &LagAxis, policy: &Policy) {
        for (lag, color, name, dash) in
            [(policy.lag_warn, WARN, "warn", 5), (policy.lag_critical, CRITICAL, "critical", 12)]
        {
            let y = lags.place(lag);
            for x in (LEFT..WIDTH - RIGHT).step_by(dash as usize + 5) {
                self.line(&[(x, y), ((x + dash).min(WIDTH - RIGHT), y)], color, 1);
            }
            self.text((WIDTH - RIGHT + 6, y), 11, color, Align::Start, format!("{name} {}", span(lag)));
        }
    }

    /// The greatest lag as a line, and down to the least where a point stands for several polls.
    fn curve(&self, track: &Track, times: &TimeAxis, lags: &LagAxis) {
        for run in runs(&track.curve.points) {
            let place = |point: &Point, lag| (times.place(point.first), lags.place(lag));
            let known = || run.iter().filter_map(|point| Some((point, point.lag?)));
            let upper: Vec<_> = known().map(|(point, (_, most))| place(point, most)).collect();
            let lower = known().map(|(point, (least, _))| place(point, least));
            let outline: Vec<_> = upper.iter().copied().chain(lower.rev()).collect();
            if outline.len() > 2 {
                let _ = self.area.draw(&Polygon::new(outline, LAG.mix(0.25).filled()));
            }
            match upper.as_slice() {
                // A line of one point can't be seen.
                [only] => {
                    let _ = self.area.draw(&Circle::new(*only, 2, LAG.filled()));
                }
                _ => self.line(&upper, LAG, 2),
            }
        }
    }

    /// Nobody looked.
    fn gap(&self, times: &TimeAxis, gap: &Span, top: i32, bottom: i32) {
        let (from, to) = (times.place(gap.from), times.place(gap.to));
        self.fill((from, top), (to, bottom), &RGBColor(245, 245, 245));
        // Hatched, as a blank might be taken for a job that is well.
        for x in ((from - (bottom - top))..to).step_by(9) {
            let (start, end) = (x.max(from), (x + bottom - top).min(to));
            if start < end {
                self.line(&[(start, bottom - (start - x)), (end, bottom - (end - x))], GRID, 1);
            }
        }
        if to - from > 80 {
            self.text(((from + to) / 2, top + 12), 11, FAINT, Align::Middle, "not observed");
        }
    }

    /// The checkpoint stood still.
    fn stall(&self, times: &TimeAxis, stall: &Span, bottom: i32) {
        let (from, to) = (times.place(stall.from), times.place(stall.to).max(times.place(stall.from) + 1));
        self.fill((from, bottom - 7), (to, bottom - 1), &INK);
        if to - from > 60 {
            self.text(((from + to) / 2, bottom - 15), 11, INK, Align::Middle, "checkpoint still");
        }
    }

    fn legend(&self, story: &Story, y: i32) {
        let mut x = LEFT;
        let has = |verdict: &Verdict| story.tracks.iter().any(|track| track.times.contains_key(verdict));
        for verdict in Verdict::ALL.iter().copied().filter(has) {
            let height = ribbon::height(verdict);
            self.fill((x, y + 8 - height / 2), (x + 16, y + 8), &ribbon::color(verdict));
            self.frame((x, y + 8 - height / 2), (x + 16, y + 8), FAINT);
            let label = match ribbon::letter(verdict) {
                "" => verdict.to_string(),
                letter => format!("{verdict} ({letter})"),
            };
            self.text((x + 22, y + 2), 11, INK, Align::Start, &label);
            x += 44 + label.len() as i32 * 6;
        }
        if story.tracks.iter().any(|track| !track.stalls.is_empty()) {
            self.fill((x, y - 1), (x + 16, y + 5), &INK);
            self.text((x + 22, y + 2), 11, INK, Align::Start, "checkpoint stood still");
        }
    }

    fn fill(&self, from: (i32, i32), to: (i32, i32), color: &RGBColor) {
        let _ = self.area.draw(&Rectangle::new([from, to], color.filled()));
    }

    fn frame(&self, from: (i32, i32), to: (i32, i32), color: RGBColor) {
        let _ = self.area.draw(&Rectangle::new([from, to], color.stroke_width(1)));
    }

    fn line(&self, points: &[(i32, i32)], color: RGBColor, width: u32) {
        let _ = self.area.draw(&PathElement::new(points.to_vec(), color.stroke_width(width)));
    }

    fn text(&self, at: (i32, i32), size: i32, color: RGBColor, align: Align, text: impl Display) {
        let anchor = match align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let style = ("sans-serif", size).into_font().color(&color).pos(Pos::new(anchor, VPos::Center));
        // A job may be called anything, but not every character can stand in XML.
        let text = safe::line(&text.to_string()).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        let _ = self.area.draw(&Text::new(text, at, style));
    }
}

/// Points with a known lag and no gap between them.
fn runs(points: &[Point]) -> impl Iterator<Item = &[Point]> {
    points
        .chunk_by(|one, next| one.lag.is_some() == next.lag.is_some() && !next.after_gap)
        .filter(|run| run.first().is_some_and(|point| point.lag.is_some()))
}
