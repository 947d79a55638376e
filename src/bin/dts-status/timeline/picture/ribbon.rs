//! The verdicts over time as a ribbon: [`draw`].

use aliyun_dts_status::health::Verdict;
use plotters::style::RGBColor;

use super::axis::TimeAxis;
use super::canvas::{Align, Canvas, FAINT, INK, LEFT, RIBBON, RIGHT, WHITE, WIDTH};
use crate::timeline::track::Track;

/// Draws the ribbon: the worse a verdict, the darker and taller it is, so that it does not depend on colour alone.
pub(super) fn draw(canvas: &Canvas<'_>, track: &Track, times: &TimeAxis, top: i32) {
    let bottom = top + RIBBON;
    for (verdict, from, to) in columns(track, times) {
        canvas.fill((from, bottom - height(verdict)), (to, bottom), &color(verdict));
        if to - from >= 14 {
            let ink = if color(verdict) == color(Verdict::Unrecoverable) { WHITE } else { INK };
            let middle = bottom - height(verdict) / 2;
            canvas.text(((from + to) / 2, middle), 11, ink, Align::Middle, letter(verdict));
        }
    }
    canvas.line(&[(LEFT, bottom), (WIDTH - RIGHT, bottom)], FAINT, 1);
}

/// The colour of a verdict, light to dark from good to bad. The palette of Okabe and Ito suits colour-blind readers
/// and print.
pub(super) fn color(verdict: Verdict) -> RGBColor {
    match verdict {
        Verdict::Healthy => RGBColor(214, 236, 248),
        Verdict::Ended | Verdict::Idle => RGBColor(221, 221, 221),
        Verdict::Progressing => RGBColor(150, 205, 235),
        Verdict::Suspended => RGBColor(240, 228, 66),
        Verdict::Degraded => RGBColor(230, 159, 0),
        Verdict::Unknown => RGBColor(204, 121, 167),
        Verdict::Failed => RGBColor(213, 94, 0),
        _ => RGBColor(0, 0, 0),
    }
}

pub(super) fn height(verdict: Verdict) -> i32 {
    match verdict {
        Verdict::Healthy => 6,
        Verdict::Ended | Verdict::Idle | Verdict::Progressing => 9,
        Verdict::Suspended => 14,
        Verdict::Degraded => 18,
        Verdict::Unknown => 22,
        Verdict::Failed => 26,
        _ => RIBBON,
    }
}

/// The letter of a verdict, drawn where there is room; Healthy has none.
pub(super) fn letter(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Healthy => "",
        Verdict::Ended => "E",
        Verdict::Idle => "I",
        Verdict::Progressing => "P",
        Verdict::Suspended => "S",
        Verdict::Degraded => "D",
        Verdict::Unknown => "?",
        Verdict::Failed => "F",
        _ => "X",
    }
}

/// The verdicts with their extents in pixels. A pixel shows the worst of its verdicts, so that no short one is lost.
fn columns(track: &Track, times: &TimeAxis) -> Vec<(Verdict, i32, i32)> {
    let mut columns: Vec<(Verdict, i32, i32)> = Vec::new();
    let points = &track.curve.points;
    for (index, point) in points.iter().enumerate() {
        // A verdict holds until the next poll, but not through a gap.
        let until =
            points.get(index + 1).filter(|next| !next.after_gap).map_or(point.last, |next| next.first);
        let mut from = times.position(point.first);
        let to = times.position(until).max(from + 1);
        if let Some((verdict, start, end)) = columns.last_mut() {
            if *verdict == point.verdict && *end >= from {
                *end = to.max(*end);
                continue;
            }
            // The worse of two verdicts gets the pixel.
            if *verdict > point.verdict {
                from = from.max(*end);
            } else {
                *end = from.min(*end);
                if *start >= *end {
                    columns.pop();
                }
            }
        }
        if from < to {
            columns.push((point.verdict, from, to));
        }
    }
    columns
}
