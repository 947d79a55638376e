//! The verdicts over time: [`draw`].

use aliyun_dts_status::health::Verdict;
use plotters::style::{RGBColor, WHITE};

use super::axis::TimeAxis;
use super::{Align, FAINT, INK, LEFT, RIBBON, RIGHT, Sheet, Track, WIDTH};

/// Draws a ribbon that stands on one line: the worse a verdict, the darker and the taller.
pub(super) fn draw(sheet: &Sheet<'_>, track: &Track, times: &TimeAxis, top: i32) {
    let bottom = top + RIBBON;
    for (verdict, from, to) in columns(track, times) {
        sheet.fill((from, bottom - height(verdict)), (to, bottom), &color(verdict));
        if to - from >= 14 {
            let ink = if color(verdict) == color(Verdict::Unrecoverable) { WHITE } else { INK };
            let middle = bottom - height(verdict) / 2;
            sheet.text(((from + to) / 2, middle), 11, ink, Align::Middle, letter(verdict));
        }
    }
    sheet.line(&[(LEFT, bottom), (WIDTH - RIGHT, bottom)], FAINT, 1);
}

/// Light to dark from good to bad, after Okabe and Ito, so that it can be read by the colour-blind and in print.
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

/// What stands on a stretch that is long enough. What is well needs none.
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

/// Stretches of one verdict in pixels. A pixel has the worst of its verdicts, so that no short one is lost.
fn columns(track: &Track, times: &TimeAxis) -> Vec<(Verdict, i32, i32)> {
    let mut columns: Vec<(Verdict, i32, i32)> = Vec::new();
    let points = &track.curve.points;
    for (index, point) in points.iter().enumerate() {
        // A verdict holds until the next poll, unless that is beyond a gap.
        let until =
            points.get(index + 1).filter(|next| !next.after_gap).map_or(point.last, |next| next.first);
        let mut from = times.place(point.first);
        let to = times.place(until).max(from + 1);
        if let Some((verdict, start, end)) = columns.last_mut() {
            if *verdict == point.verdict && *end >= from {
                *end = to.max(*end);
                continue;
            }
            // The worse of two in one pixel has it.
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
