//! Writes SVG: [`Svg`].

use std::fmt::{Display, Write as _};

use super::style::STYLE;
use crate::output::safe;

/// The width of a picture, and the margins to the left and the right of the plots.
pub(super) const WIDTH: i32 = 1200;
pub(super) const LEFT: i32 = 70;
pub(super) const RIGHT: i32 = 110;

/// A picture as text. Classes give the colours, so that a dark page has dark pictures.
pub(super) struct Svg {
    text: String,
    width: i32,
    height: i32,
}

/// Which end of a text is at its position.
#[derive(Clone, Copy)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

impl Svg {
    pub(super) fn new(width: i32, height: i32) -> Self {
        let mut text = String::new();
        let _ = writeln!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title desc\">"
        );
        Svg { text, width, height }
    }

    /// Writes the title, the description, the styles and the background.
    pub(super) fn head(&mut self, title: &str, description: &str) {
        let (title, description) = (escape(title), escape(description));
        let _ = writeln!(
            self.text,
            "<title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>"
        );
        let _ = writeln!(
            self.text,
            "<style>{STYLE}</style>\n<defs><pattern id=\"hatch\" width=\"8\" height=\"8\" \
             patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
             <path class=\"hatch\" d=\"M4 0v8\"/></pattern></defs>"
        );
        let (width, height) = (self.width, self.height);
        let _ = writeln!(self.text, "<rect class=\"page\" width=\"{width}\" height=\"{height}\"/>");
    }

    pub(super) fn text(&mut self, class: &str, x: i32, y: i32, align: Align, text: &str) {
        let anchor = match align {
            Align::Start => "",
            Align::Middle => " text-anchor=\"middle\"",
            Align::End => " text-anchor=\"end\"",
        };
        let text = escape(text);
        let _ = writeln!(self.text, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor}>{text}</text>");
    }

    /// A rectangle, with a tooltip if it has a text.
    pub(super) fn rectangle(
        &mut self,
        class: &str,
        (x, y): (i32, i32),
        (width, height): (i32, i32),
        tip: &str,
    ) {
        let _ = write!(
            self.text,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""
        );
        self.tip("rect", tip);
    }

    /// A path, with a tooltip if it has a text.
    pub(super) fn path(&mut self, class: &str, path: impl Display, tip: &str) {
        let _ = write!(self.text, "<path class=\"{class}\" d=\"{path}\"");
        self.tip("path", tip);
    }

    fn tip(&mut self, element: &str, tip: &str) {
        let _ = match tip {
            "" => writeln!(self.text, "/>"),
            tip => writeln!(self.text, "><title>{}</title></{element}>", escape(tip)),
        };
    }

    pub(super) fn end(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }
}

/// A text in XML.
fn escape(text: &str) -> String {
    // XML can't contain the last two characters.
    let text = safe::line(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
