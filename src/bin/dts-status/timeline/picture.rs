//! An archive as a picture: [`draw`], [`Scale`].

mod axis;
mod legend;
mod panel;
mod ribbon;
mod style;
mod svg;

use chrono::TimeDelta;

pub(crate) use self::axis::Scale;
use self::axis::{LagAxis, TimeAxis};
use self::panel::{Panel, Plot};
use self::svg::{Align, LEFT, RIGHT, Svg, WIDTH};
use super::history::History;
use super::observation::Period;
use crate::output::count;

/// The heights of the title, and of the legend with its margins.
const TOP: i32 = 46;
const BOTTOM: i32 = 52;

/// Draws a panel for each job and direction as SVG: the lag over time with the two thresholds, and the verdicts as a
/// ribbon below it. All panels have one scale.
pub(super) fn draw(history: &History, scale: Scale) -> String {
    let heights = Plot::of(history.tracks.len());
    let height = TOP + BOTTOM + heights.panel() * history.tracks.len().max(1) as i32;
    let mut svg = Svg::new(WIDTH, height);
    let Some(period) = history.period() else {
        svg.head("No poll", "The archive has no poll.");
        svg.text("title", LEFT, TOP, Align::Start, "no poll");
        return svg.end();
    };
    let title = title(history, &period);
    svg.head(&title, &description(history));
    svg.text("title", LEFT, 24, Align::Start, &title);
    let times = TimeAxis::new(&period, &history.zone, LEFT, WIDTH - RIGHT);
    let peak = history.tracks.iter().filter_map(|track| track.curve.peak()).max().unwrap_or_default();
    let peak = peak.max(history.policy.lag_critical).max(TimeDelta::zero());
    for (index, track) in history.tracks.iter().enumerate() {
        let top = TOP + index as i32 * heights.panel();
        let lags = LagAxis::new(scale, peak, heights.top(top), heights.bottom(top));
        Panel {
            track,
            times: &times,
            lags: &lags,
            policy: &history.policy,
            zone: &history.zone,
            heights,
            top,
        }
        .draw(&mut svg);
    }
    legend::draw(&mut svg, history, height - BOTTOM + 20);
    svg.end()
}

fn title(history: &History, period: &Period) -> String {
    let [from, to] = [period.from, period.to].map(|at| history.zone.at(at));
    let offset = match from.offset().local_minus_utc() {
        0 => "UTC".to_owned(),
        _ => from.format("UTC%:z").to_string(),
    };
    format!("Lag and verdicts, {} to {} {offset}", from.format("%F %R"), to.format("%F %R"))
}

/// What the picture shows, for who does not see it.
fn description(history: &History) -> String {
    let jobs = history.tracks.iter().map(|track| {
        let worst = track.incidents.iter().map(|incident| incident.worst.verdict).max();
        let worst = worst.map(|worst| format!(", the worst {worst}")).unwrap_or_default();
        format!("{}: {}{worst}", track.name(), count(track.incidents.len(), "incident"))
    });
    let jobs = jobs.collect::<Vec<_>>().join("; ");
    format!("{} of {}. {jobs}.", count(history.polls(), "poll"), count(history.tracks.len(), "panel"))
}
