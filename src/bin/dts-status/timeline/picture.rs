//! An archive as a picture: [`draw`], [`Scale`].

mod axis;
mod canvas;
mod panel;
mod ribbon;

use aliyun_dts_status::health::Verdict;

pub(crate) use self::axis::Scale;
use self::axis::TimeAxis;
use self::canvas::{Align, BOTTOM, Canvas, FAINT, INK, LEFT, PANEL, RIGHT, TOP, WHITE, WIDTH};
use super::history::History;

/// Draws a panel for each job and direction as SVG: the lag over time with the two thresholds, and the verdicts as a
/// ribbon below it.
pub(super) fn draw(history: &History, scale: Scale) -> String {
    let mut svg = String::new();
    let height = TOP + BOTTOM + PANEL * history.tracks.len().max(1) as i32;
    draw_history(&Canvas::new(&mut svg, height), history, scale, height);
    svg
}

fn draw_history(canvas: &Canvas<'_>, history: &History, scale: Scale, height: i32) {
    canvas.fill((0, 0), (WIDTH, height), &WHITE);
    let periods = || history.tracks.iter().filter_map(|track| track.period.as_ref());
    let from = periods().map(|period| period.from).min();
    let to = periods().map(|period| period.to).max();
    let (Some(from), Some(to)) = (from, to) else {
        canvas.text((LEFT, TOP), 14, INK, Align::Start, "no poll");
        return;
    };
    let times = TimeAxis::new(from, to, LEFT, WIDTH - RIGHT);
    let title = format!("Lag and verdicts, {} to {} UTC", from.format("%F %R"), to.format("%F %R"));
    canvas.text((LEFT, 18), 16, INK, Align::Start, title);
    for (index, track) in history.tracks.iter().enumerate() {
        panel::draw(canvas, track, &times, scale, &history.policy, TOP + index as i32 * PANEL);
    }
    draw_legend(canvas, history, height - BOTTOM + 22);
}

fn draw_legend(canvas: &Canvas<'_>, history: &History, y: i32) {
    let mut x = LEFT;
    let occurs = |verdict: &Verdict| history.tracks.iter().any(|track| track.times.contains_key(verdict));
    for verdict in Verdict::ALL.iter().copied().filter(occurs) {
        let height = ribbon::height(verdict);
        canvas.fill((x, y + 8 - height / 2), (x + 16, y + 8), &ribbon::color(verdict));
        canvas.frame((x, y + 8 - height / 2), (x + 16, y + 8), FAINT);
        let label = match ribbon::letter(verdict) {
            "" => verdict.to_string(),
            letter => format!("{verdict} ({letter})"),
        };
        canvas.text((x + 22, y + 2), 11, INK, Align::Start, &label);
        x += 44 + label.len() as i32 * 6;
    }
    if history.tracks.iter().any(|track| !track.stalls.is_empty()) {
        canvas.fill((x, y - 1), (x + 16, y + 5), &INK);
        canvas.text((x + 22, y + 2), 11, INK, Align::Start, "checkpoint stalled");
    }
}
