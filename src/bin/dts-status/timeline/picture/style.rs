//! The styles of the picture: [`STYLE`], [`class`].

use aliyun_dts_status::health::Verdict;

/// The classes, and their colours on a dark page. The colours of verdicts and of the curve are those of Okabe and Ito,
/// which suit colour-blind readers.
pub(super) const STYLE: &str = "
text{font:12px system-ui,sans-serif;fill:#222}
.title{font-size:16px}.job{font-size:13px;font-weight:600}.faint{fill:#595959}
.number{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
.page{fill:#fff}.grid{stroke:#e1e1e1;fill:none}.frame{stroke:#767676;fill:none}.tick{stroke:#767676;fill:none}
.lag{stroke:#0072b2;stroke-width:2;stroke-linejoin:round;stroke-linecap:round;fill:none}.band{fill:#0072b2;fill-opacity:.3}
.warn{stroke:#8a5a00;stroke-dasharray:4 4;fill:none}.critical{stroke:#b03000;stroke-dasharray:12 5;fill:none}
text.warn{fill:#8a5a00;stroke:none}text.critical{fill:#b03000;stroke:none}
.gap{fill:url(#hatch)}.hatch{stroke:#a6a6a6;stroke-width:1.5}.stall{fill:#222}
.incident{fill:#d55e00;fill-opacity:.07}.incident:hover{fill-opacity:.2}
.v-healthy{fill:#d6ecf8}.v-ended,.v-idle{fill:#ddd}.v-progressing{fill:#96cdeb}.v-suspended{fill:#f0e442}
.v-degraded{fill:#e69f00}.v-unknown{fill:#cc79a7}.v-failed{fill:#d55e00}.v-unrecoverable{fill:#000}
.swatch{stroke:#767676}.on{fill:#111}.on-dark{fill:#fff}
@media (prefers-color-scheme:dark){
text{fill:#e6e6e6}.number{stroke:#161b22}.faint{fill:#a9b1ba}.page{fill:#161b22}.grid{stroke:#2d333b}.frame,.tick{stroke:#8b949e}
.lag{stroke:#56b4e9}.band{fill:#56b4e9}.warn{stroke:#e0a030}.critical{stroke:#ff8a5c}
text.warn{fill:#e0a030}text.critical{fill:#ff8a5c}.hatch{stroke:#6a737d}.stall{fill:#e6e6e6}
.incident{fill:#ff8a5c;fill-opacity:.12}.v-healthy{fill:#24506b}.v-unrecoverable{fill:#fff}.on{fill:#111}.on-dark{fill:#111}
}
";

/// The class of a verdict.
pub(super) fn class(verdict: Verdict) -> String {
    format!("v-{}", verdict.as_str().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fill of a class, the last one in a part of the styles; that of the light page where it has none.
    fn fill(selector: &str, part: usize) -> [f64; 3] {
        let parts: Vec<_> = STYLE.split("@media").collect();
        let find = |part: &str| {
            let rules = part.split('}').filter_map(|rule| rule.split_once('{'));
            let of = rules.filter(|(selectors, _)| selectors.trim().split(',').any(|own| own == selector));
            let mut fills =
                of.filter_map(|(_, rule)| rule.split(';').find_map(|own| own.strip_prefix("fill:#")));
            fills.next_back().map(str::to_owned)
        };
        let dark = parts[1].split_once('{').unwrap().1;
        let fill = if part == 1 { find(dark).or_else(|| find(parts[0])) } else { find(parts[0]) };
        let fill = fill.unwrap_or_else(|| panic!("{selector}"));
        let digits: Vec<_> = match fill.len() {
            3 => fill.chars().map(|digit| digit.to_digit(16).unwrap() * 17).collect(),
            _ => (0..3).map(|at| u32::from_str_radix(&fill[2 * at..2 * at + 2], 16).unwrap()).collect(),
        };
        [digits[0], digits[1], digits[2]].map(|value| f64::from(value) / 255.0)
    }

    fn luminance(color: [f64; 3]) -> f64 {
        let linear =
            |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        let [red, green, blue] = color.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn text_has_enough_contrast() {
        for part in [0, 1] {
            let mut pairs: Vec<_> = ["text", ".faint", "text.warn", "text.critical"]
                .map(|text| (text, ".page".to_owned()))
                .into();
            for verdict in Verdict::ALL.iter().copied() {
                let text = if verdict == Verdict::Unrecoverable { ".on-dark" } else { ".on" };
                // A healthy stretch has no letter.
                if verdict != Verdict::Healthy {
                    pairs.push((text, format!(".{}", class(verdict))));
                }
            }
            for (text, page) in pairs {
                let mut light = [luminance(fill(text, part)), luminance(fill(&page, part))];
                light.sort_by(f64::total_cmp);
                let contrast = (light[1] + 0.05) / (light[0] + 0.05);
                assert!(contrast >= 4.5, "{text} on {page}: {contrast:.2}");
            }
        }
    }
}
