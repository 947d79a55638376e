//! What the marks of the picture mean: [`draw`].

use aliyun_dts_status::health::Verdict;

use super::ribbon;
use super::style::class;
use super::svg::{Align, LEFT, Svg, WIDTH};
use crate::output::width;
use crate::timeline::history::History;

/// Draws the marks of the curve in one line and those of the verdicts that occur in the next one.
pub(super) fn draw(svg: &mut Svg, history: &History, y: i32) {
    let mut x = LEFT;
    svg.path("lag", format_args!("M{x} {y}h20"), "");
    x = label(svg, x + 26, y, "lag");
    svg.rectangle("band", (x, y - 6), (20, 12), "");
    x = label(svg, x + 26, y, "least to greatest lag of several polls");
    svg.rectangle("gap", (x, y - 6), (20, 12), "");
    svg.rectangle("frame", (x, y - 6), (20, 12), "");
    x = label(svg, x + 26, y, "not observed");
    svg.rectangle("incident", (x, y - 6), (20, 12), "");
    x = label(svg, x + 26, y, "incident, with its number");
    if history.tracks.iter().any(|track| !track.stalls.is_empty()) {
        svg.rectangle("stall", (x, y - 3), (20, 6), "");
        label(svg, x + 26, y, "checkpoint stalled");
    }
    let y = y + 20;
    let mut x = LEFT;
    let occurs = |verdict: &Verdict| {
        let points = |track: &crate::timeline::track::Track| {
            track.times.contains_key(verdict)
                || track.curve.points.iter().any(|point| point.verdict == *verdict)
        };
        history.tracks.iter().any(points)
    };
    for verdict in Verdict::ALL.iter().copied().filter(occurs) {
        svg.rectangle(&format!("swatch {}", class(verdict)), (x, y - 6), (20, 12), "");
        let text = match ribbon::letter(verdict) {
            "" => verdict.to_string(),
            letter => format!("{verdict} ({letter})"),
        };
        x = label(svg, x + 26, y, &text);
        if x > WIDTH - 100 {
            break;
        }
    }
}

/// Draws a label, and returns the place of the next mark.
fn label(svg: &mut Svg, x: i32, y: i32, text: &str) -> i32 {
    svg.text("", x, y + 4, Align::Start, text);
    x + width(text) as i32 * 6 + 22
}
