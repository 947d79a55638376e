//! The verdicts over time as a ribbon: [`draw`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use aliyun_dts_status::health::{Span, Verdict};

use super::axis::TimeAxis;
use super::style::class;
use super::svg::{Align, LEFT, RIGHT, Svg, WIDTH};
use crate::timeline::track::Track;

/// The height of the ribbon.
pub(super) const RIBBON: i32 = 30;

/// Draws the ribbon: the worse a verdict, the darker and taller it is, so that it does not depend on colour alone.
pub(super) fn draw(svg: &mut Svg, track: &Track, times: &TimeAxis, top: i32) {
    let bottom = top + RIBBON;
    let mut paths: BTreeMap<Verdict, String> = BTreeMap::new();
    let columns = columns(track, times);
    for (verdict, from, to) in &columns {
        let (height, width) = (height(*verdict), to - from);
        let path = paths.entry(*verdict).or_default();
        let _ = write!(path, "M{from} {}h{width}v{height}h-{width}z", bottom - height);
    }
    for (verdict, path) in paths {
        let time = track.times.get(&verdict).copied().unwrap_or_default();
        svg.path(&class(verdict), path, &format!("{verdict} for {}", Span(time)));
    }
    for (verdict, from, to) in columns {
        if to - from >= 14 && !letter(verdict).is_empty() {
            let ink = if verdict == Verdict::Unrecoverable { "on-dark" } else { "on" };
            svg.text(ink, (from + to) / 2, bottom - height(verdict) / 2 + 4, Align::Middle, letter(verdict));
        }
    }
    svg.path("frame", format_args!("M{LEFT} {bottom}H{}", WIDTH - RIGHT), "");
}

fn height(verdict: Verdict) -> i32 {
    match verdict {
        Verdict::Healthy => 6,
        Verdict::Ended | Verdict::Idle | Verdict::Progressing => 12,
        Verdict::Suspended => 16,
        Verdict::Degraded => 20,
        Verdict::Unknown => 23,
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
