//! The drawing area with its layout and colours: [`Canvas`].

use std::fmt::Display;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::escape;

pub(super) use plotters::style::WHITE;

pub(super) const WIDTH: i32 = 1200;
/// The margins around the panels.
pub(super) const TOP: i32 = 40;
pub(super) const BOTTOM: i32 = 44;
pub(super) const LEFT: i32 = 70;
pub(super) const RIGHT: i32 = 84;
/// The height of a panel: title, plot, ribbon, times.
pub(super) const PANEL: i32 = 252;
pub(super) const TITLE: i32 = 22;
pub(super) const PLOT: i32 = 156;
pub(super) const RIBBON: i32 = 30;
/// The space between plot and ribbon.
pub(super) const SEAM: i32 = 6;

pub(super) const INK: RGBColor = RGBColor(34, 34, 34);
pub(super) const GRID: RGBColor = RGBColor(225, 225, 225);
pub(super) const GAP: RGBColor = RGBColor(245, 245, 245);
pub(super) const FAINT: RGBColor = RGBColor(110, 110, 110);
/// The curve: the blue of Okabe and Ito.
pub(super) const LAG: RGBColor = RGBColor(0, 114, 178);
/// The thresholds, whose dashes differ too.
pub(super) const WARN: RGBColor = RGBColor(176, 116, 0);
pub(super) const CRITICAL: RGBColor = RGBColor(180, 60, 0);

/// An SVG picture in memory. Drawing there can't fail, so results are ignored.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Which end of a text is at its position.
#[derive(Clone, Copy)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

impl<'a> Canvas<'a> {
    /// The text is complete when the canvas is dropped.
    pub(super) fn new(svg: &'a mut String, height: i32) -> Self {
        Canvas { area: SVGBackend::with_string(svg, (WIDTH as u32, height as u32)).into_drawing_area() }
    }

    pub(super) fn fill(&self, from: (i32, i32), to: (i32, i32), color: &RGBColor) {
        let _ = self.area.draw(&Rectangle::new([from, to], color.filled()));
    }

    pub(super) fn frame(&self, from: (i32, i32), to: (i32, i32), color: RGBColor) {
        let _ = self.area.draw(&Rectangle::new([from, to], color.stroke_width(1)));
    }

    pub(super) fn line(&self, points: &[(i32, i32)], color: RGBColor, width: u32) {
        let _ = self.area.draw(&PathElement::new(points.to_vec(), color.stroke_width(width)));
    }

    pub(super) fn area(&self, outline: Vec<(i32, i32)>, color: RGBColor) {
        let _ = self.area.draw(&Polygon::new(outline, color.mix(0.25).filled()));
    }

    pub(super) fn dot(&self, at: (i32, i32), color: RGBColor) {
        let _ = self.area.draw(&Circle::new(at, 2, color.filled()));
    }

    pub(super) fn text(&self, at: (i32, i32), size: i32, color: RGBColor, align: Align, text: impl Display) {
        let anchor = match align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let style = ("sans-serif", size).into_font().color(&color).pos(Pos::new(anchor, VPos::Center));
        // XML can't contain these two characters.
        let text = escape::line(&text.to_string()).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        let _ = self.area.draw(&Text::new(text, at, style));
    }
}
