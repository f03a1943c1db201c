//! The one place where SVG is written.

use std::fmt::Write as _;

use super::colours::{self, Pattern};
use super::label::{self, SIZE};
use crate::Language;

/// A length in tenths of a pixel.
pub(super) type Tenths = i64;

/// Which end of the words stands at their point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How words are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) anchor: Anchor,
    pub(super) colour: &'static str,
    pub(super) bold: bool,
}

impl Style {
    pub(super) const fn plain(anchor: Anchor) -> Self {
        Self {
            anchor,
            colour: colours::INK,
            bold: false,
        }
    }

    pub(super) const fn quiet(anchor: Anchor) -> Self {
        Self {
            anchor,
            colour: colours::QUIET,
            bold: false,
        }
    }
}

/// What a case of a tree is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A square: the first of a chain, whose day is known.
    First,
    /// A dot: its day is known.
    Case,
    /// A ring: its day is not known.
    Undated,
    /// A wide ring round any of them: to be looked at again.
    ToCheck,
}

/// A drawing under way; its height is known when it is finished.
pub(super) struct Canvas {
    prefix: String,
    width: Tenths,
    height: Tenths,
    patterns: String,
    body: String,
}

impl Canvas {
    pub(super) const fn new(prefix: String, width: Tenths) -> Self {
        Self {
            prefix,
            width,
            height: 0,
            patterns: String::new(),
            body: String::new(),
        }
    }

    pub(super) const fn width(&self) -> Tenths {
        self.width
    }

    pub(super) const fn set_height(&mut self, height: Tenths) {
        self.height = height;
    }

    /// Words with their baseline at `y`.
    pub(super) fn text(&mut self, x: Tenths, y: Tenths, style: Style, words: &str) {
        self.text_with_aside(x, y, style, words, "");
    }

    /// Words followed by lesser words, which begin where the first really end in the reader's
    /// typeface.
    pub(super) fn text_with_aside(
        &mut self,
        x: Tenths,
        y: Tenths,
        style: Style,
        words: &str,
        aside: &str,
    ) {
        let anchor = match style.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if style.bold {
            " font-weight=\"600\""
        } else {
            ""
        };
        let aside = match aside {
            "" => String::new(),
            aside => format!(
                "<tspan fill=\"{}\">{}</tspan>",
                colours::QUIET,
                label::escape(aside)
            ),
        };
        self.push(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{SIZE}\" text-anchor=\"{anchor}\" fill=\"{}\"{weight}>{}{aside}</text>",
            coordinate(x),
            coordinate(y),
            style.colour,
            label::escape(words),
        ));
    }

    /// A filled rectangle; nothing is drawn where it has no area.
    pub(super) fn rect(&mut self, at: (Tenths, Tenths), size: (Tenths, Tenths), fill: &str) {
        if size.0 > 0 && size.1 > 0 {
            self.push(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>",
                coordinate(at.0),
                coordinate(at.1),
                coordinate(size.0),
                coordinate(size.1),
            ));
        }
    }

    /// A rectangle of the track's colour with an outline.
    pub(super) fn track(&mut self, at: (Tenths, Tenths), size: (Tenths, Tenths)) {
        if size.0 > 0 && size.1 > 0 {
            self.push(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"{}\"/>",
                coordinate(at.0),
                coordinate(at.1),
                coordinate(size.0),
                coordinate(size.1),
                colours::TRACK,
                colours::OUTLINE,
            ));
        }
    }

    pub(super) fn line(&mut self, from: (Tenths, Tenths), to: (Tenths, Tenths), stroke: &str) {
        self.push(format_args!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{stroke}\"/>",
            coordinate(from.0),
            coordinate(from.1),
            coordinate(to.0),
            coordinate(to.1),
        ));
    }

    pub(super) fn polyline(&mut self, points: &[(Tenths, Tenths)], stroke: &str, dashes: &str) {
        let points: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{},{}", coordinate(*x), coordinate(*y)))
            .collect();
        self.push(format_args!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\" stroke-linejoin=\"round\"/>",
            points.join(" "),
        ));
    }

    /// A point, filled or hollow.
    pub(super) fn point(&mut self, at: (Tenths, Tenths), stroke: &str, fill: &str) {
        self.push(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"2.5\" stroke=\"{stroke}\" stroke-width=\"1.5\" fill=\"{fill}\"/>",
            coordinate(at.0),
            coordinate(at.1),
        ));
    }

    /// What stands for a case in a tree, about 8 pixels across.
    pub(super) fn mark(&mut self, mark: Mark, (x, y): (Tenths, Tenths)) {
        match mark {
            Mark::First => self.rect((x - 40, y - 40), (80, 80), colours::INK),
            Mark::Case => self.circle((x, y), 35, colours::SERIES[0], colours::SERIES[0]),
            Mark::Undated => self.circle((x, y), 35, colours::SERIES[0], "#ffffff"),
            Mark::ToCheck => self.circle((x, y), 65, colours::ALERT, "none"),
        }
    }

    fn circle(&mut self, at: (Tenths, Tenths), radius: Tenths, stroke: &str, fill: &str) {
        self.push(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" stroke=\"{stroke}\" stroke-width=\"1.5\" fill=\"{fill}\"/>",
            coordinate(at.0),
            coordinate(at.1),
            coordinate(radius),
        ));
    }

    /// Open lines, each given by the commands of a path; nothing is drawn where there is none.
    pub(super) fn path(&mut self, commands: &str, stroke: &str, dashes: &str) {
        if !commands.is_empty() {
            self.push(format_args!(
                "<path d=\"{commands}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"1.3\" stroke-dasharray=\"{dashes}\"/>",
            ));
        }
    }

    /// A group of labels that stay legible where a line passes behind them.
    pub(super) fn in_halo(&mut self, labels: impl FnOnce(&mut Self)) {
        self.push(format_args!(
            "<g paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"4\" stroke-linejoin=\"round\">"
        ));
        labels(self);
        self.push(format_args!("</g>"));
    }

    /// A hollow triangle: here stands a figure that is not printed.
    pub(super) fn triangle(&mut self, x: Tenths, y: Tenths) {
        self.push(format_args!(
            "<path d=\"M {} {} L {} {} L {} {} Z\" fill=\"#ffffff\" stroke=\"{}\"/>",
            coordinate(x - 30),
            coordinate(y),
            coordinate(x + 30),
            coordinate(y),
            coordinate(x),
            coordinate(y - 60),
            colours::QUIET,
        ));
    }

    /// The fill of a series, its pattern defined once for the drawing.
    pub(super) fn fill(&mut self, series: usize) -> String {
        let (colour, pattern) = colours::fill_of(series);
        let over = match pattern {
            Pattern::Solid => return colour.to_owned(),
            Pattern::Rising => {
                "<path d=\"M-1 7 L7 -1 M-1 1 L1 -1 M5 7 L7 5\" stroke=\"#fff\" stroke-width=\"1.2\"/>"
            }
            Pattern::Falling => {
                "<path d=\"M-1 -1 L7 7 M5 -1 L7 1 M-1 5 L1 7\" stroke=\"#fff\" stroke-width=\"1.2\"/>"
            }
            Pattern::Dots => "<circle cx=\"2\" cy=\"2\" r=\"1.1\" fill=\"#fff\"/>",
            Pattern::Level => "<path d=\"M0 2 L6 2\" stroke=\"#fff\" stroke-width=\"1.2\"/>",
            Pattern::Crossed => {
                "<path d=\"M0 3 L6 3 M3 0 L3 6\" stroke=\"#fff\" stroke-width=\"1\"/>"
            }
        };
        let id = format!("{}-fill-{series}", self.prefix);
        if !self.patterns.contains(&format!("\"{id}\"")) {
            self.patterns.push_str(&format!(
                "<pattern id=\"{id}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"{colour}\"/>{over}</pattern>\n",
            ));
        }
        format!("url(#{id})")
    }

    /// The whole element.
    pub(super) fn finish(self, title: &str, description: &str, language: Language) -> String {
        let (width, height) = (coordinate(self.width), coordinate(self.height));
        let prefix = &self.prefix;
        let defs = match self.patterns.as_str() {
            "" => String::new(),
            patterns => format!("<defs>\n{patterns}</defs>\n"),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" lang=\"{}\" aria-labelledby=\"{prefix}-title {prefix}-desc\" font-family=\"{FONTS}\">\n<title id=\"{prefix}-title\">{}</title>\n<desc id=\"{prefix}-desc\">{}</desc>\n{defs}{}</svg>\n",
            language.tag(),
            label::escape(title),
            label::escape(description),
            self.body,
        )
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }
}

/// Faces for both languages; digits of the first three are 0.556 em wide, as
/// the layout assumes.
const FONTS: &str = "'Helvetica Neue', Arial, 'Liberation Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', sans-serif";

/// Tenths of a pixel with one decimal; a whole zero has no sign.
pub(super) fn coordinate(tenths: Tenths) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let size = tenths.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}

#[cfg(test)]
mod tests {
    use super::coordinate;

    #[test]
    fn a_coordinate_has_one_decimal_and_zero_no_sign() {
        for (tenths, printed) in [(0, "0.0"), (-1, "-0.1"), (-10, "-1.0"), (123, "12.3")] {
            assert_eq!(coordinate(tenths), printed);
        }
    }
}
