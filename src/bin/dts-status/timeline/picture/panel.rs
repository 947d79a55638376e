//! The panel of one job and direction: [`draw`].

use aliyun_dts_status::health::Policy;

use super::axis::{LagAxis, Scale, TimeAxis};
use super::canvas::{
    Align, CRITICAL, Canvas, FAINT, GAP, GRID, INK, LAG, LEFT, PLOT, RIBBON, RIGHT, SEAM, TITLE, WARN, WIDTH,
};
use super::ribbon;
use crate::timeline::curve::Point;
use crate::timeline::observation::Period;
use crate::timeline::track::Track;
use aliyun_dts_status::health::Span;

/// Draws the panel of a track.
pub(super) fn draw(
    canvas: &Canvas<'_>,
    track: &Track,
    times: &TimeAxis,
    scale: Scale,
    policy: &Policy,
    top: i32,
) {
    let top = top + TITLE;
    let bottom = top + PLOT;
    let peak = track.curve.peak().unwrap_or_default().max(policy.lag_critical);
    let lags = LagAxis::new(scale, peak, top, bottom);

    canvas.text((LEFT, top - 9), 13, INK, Align::Start, track.name());
    canvas.text((WIDTH - RIGHT, top - 9), 12, FAINT, Align::End, summary(track));
    draw_grid(canvas, times, &lags, top, bottom);
    for gap in &track.gaps {
        draw_gap(canvas, times, gap, top, bottom + SEAM + RIBBON);
    }
    draw_thresholds(canvas, &lags, policy);
    draw_curve(canvas, track, times, &lags);
    for stall in &track.stalls {
        draw_stall(canvas, times, stall, bottom);
    }
    canvas.frame((LEFT, top), (WIDTH - RIGHT, bottom), FAINT);
    ribbon::draw(canvas, track, times, bottom + SEAM);
    draw_times(canvas, times, bottom + SEAM + RIBBON);
}

fn summary(track: &Track) -> String {
    match (track.incidents.len(), track.longest()) {
        (0, _) => "no incident".to_owned(),
        (1, Some(longest)) => format!("1 incident, {}", Span(longest)),
        (count, longest) => format!("{count} incidents, the longest {}", Span(longest.unwrap_or_default())),
    }
}

fn draw_grid(canvas: &Canvas<'_>, times: &TimeAxis, lags: &LagAxis, top: i32, bottom: i32) {
    for (at, _) in times.ticks() {
        let x = times.position(*at);
        canvas.line(&[(x, top), (x, bottom)], GRID, 1);
    }
    let mut previous = i32::MAX;
    for (lag, label) in lags.ticks() {
        let y = lags.position(lag);
        canvas.line(&[(LEFT, y), (WIDTH - RIGHT, y)], GRID, 1);
        // Labels are drawn from the bottom up; one that would touch the previous label is left out.
        if previous.saturating_sub(y) >= 14 {
            canvas.text((LEFT - 8, y), 11, INK, Align::End, label);
            previous = y;
        }
    }
}

fn draw_times(canvas: &Canvas<'_>, times: &TimeAxis, top: i32) {
    for (at, label) in times.ticks() {
        let x = times.position(*at);
        canvas.line(&[(x, top), (x, top + 4)], FAINT, 1);
        canvas.text((x, top + 13), 11, INK, Align::Middle, label);
    }
}

fn draw_thresholds(canvas: &Canvas<'_>, lags: &LagAxis, policy: &Policy) {
    for (lag, color, name, dash) in
        [(policy.lag_warn, WARN, "warn", 5), (policy.lag_critical, CRITICAL, "critical", 12)]
    {
        let y = lags.position(lag);
        for x in (LEFT..WIDTH - RIGHT).step_by(dash as usize + 5) {
            canvas.line(&[(x, y), ((x + dash).min(WIDTH - RIGHT), y)], color, 1);
        }
        canvas.text((WIDTH - RIGHT + 6, y), 11, color, Align::Start, format!("{name} {}", Span(lag)));
    }
}

/// The greatest lag as a line, with an area down to the least lag where a point joins several polls.
fn draw_curve(canvas: &Canvas<'_>, track: &Track, times: &TimeAxis, lags: &LagAxis) {
    for run in runs(&track.curve.points) {
        let position = |point: &Point, lag| (times.position(point.first), lags.position(lag));
        let known = || run.iter().filter_map(|point| Some((point, point.lag?)));
        let upper: Vec<_> = known().map(|(point, (_, most))| position(point, most)).collect();
        let lower = known().map(|(point, (least, _))| position(point, least));
        let outline: Vec<_> = upper.iter().copied().chain(lower.rev()).collect();
        if outline.len() > 2 {
            canvas.area(outline, LAG);
        }
        match upper.as_slice() {
            // A line of one point is invisible.
            [only] => canvas.dot(*only, LAG),
            _ => canvas.line(&upper, LAG, 2),
        }
    }
}

/// Points with a known lag and no gap between them.
fn runs(points: &[Point]) -> impl Iterator<Item = &[Point]> {
    points
        .chunk_by(|one, next| one.lag.is_some() == next.lag.is_some() && !next.after_gap)
        .filter(|run| run.first().is_some_and(|point| point.lag.is_some()))
}

fn draw_gap(canvas: &Canvas<'_>, times: &TimeAxis, gap: &Period, top: i32, bottom: i32) {
    let (from, to) = (times.position(gap.from), times.position(gap.to));
    canvas.fill((from, top), (to, bottom), &GAP);
    // Hatched, because an empty area could be taken for a healthy job.
    for x in ((from - (bottom - top))..to).step_by(9) {
        let (start, end) = (x.max(from), (x + bottom - top).min(to));
        if start < end {
            canvas.line(&[(start, bottom - (start - x)), (end, bottom - (end - x))], GRID, 1);
        }
    }
    if to - from > 80 {
        canvas.text(((from + to) / 2, top + 12), 11, FAINT, Align::Middle, "not observed");
    }
}

/// A bar at the bottom of the plot while the checkpoint does not move.
fn draw_stall(canvas: &Canvas<'_>, times: &TimeAxis, stall: &Period, bottom: i32) {
    let from = times.position(stall.from);
    let to = times.position(stall.to).max(from + 1);
    canvas.fill((from, bottom - 7), (to, bottom - 1), &INK);
    if to - from > 60 {
        canvas.text(((from + to) / 2, bottom - 15), 11, INK, Align::Middle, "checkpoint stalled");
    }
}
