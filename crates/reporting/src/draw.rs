//! Draws charts as SVG that reads in both languages, on paper and on a phone.
//!
//! Layout is in whole tenths of a pixel, with widths of words estimated by
//! one rule (1 em from U+2E80 on, 0.56 em below), so the same chart gives the same bytes on every machine.

mod canvas;
mod colours;
mod dated_tree;
mod epi_curve;
mod label;
mod legend;
mod lines;
mod rows;
mod scale;
mod time_axis;

use crate::{Chart, Language};
use canvas::Canvas;

pub use colours::TEXT_COLOURS;

/// How wide a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Width {
    /// For a page or a sheet of paper: 720 pixels.
    Wide,
    /// For a telephone: 328 pixels, the names above their bars.
    Narrow,
}

impl Width {
    /// Both widths.
    pub const ALL: [Self; 2] = [Self::Wide, Self::Narrow];

    /// The width in pixels.
    #[must_use]
    pub const fn pixels(self) -> i64 {
        match self {
            Self::Wide => 720,
            Self::Narrow => 328,
        }
    }

    /// The height of a plot, in tenths of a pixel.
    const fn plot_height(self) -> i64 {
        match self {
            Self::Wide => 2_200,
            Self::Narrow => 1_700,
        }
    }

    const fn suffix(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// A chart as a self-contained `<svg>` element with real text, a title and a
/// description.
///
/// The ids inside begin with `id`, written so that any string is a valid and
/// unmistakable id; give each chart of a page its own, such as its key.
#[must_use]
pub fn chart_to_svg(chart: &Chart, id: &str, language: Language, width: Width) -> String {
    let prefix = format!("chart-{}-{}", safe_id(id), width.suffix());
    let mut canvas = Canvas::new(prefix, width.pixels() * 10);
    let description = match chart {
        Chart::EpiCurve(chart) => epi_curve::draw(chart, language, width, &mut canvas),
        Chart::Lines(chart) => lines::draw(chart, language, width, &mut canvas),
        Chart::Bars(chart) => rows::coverage(chart, language, width, &mut canvas),
        Chart::NeedAndFill(chart) => rows::need(chart, language, width, &mut canvas),
        Chart::Progress(chart) => rows::progress(chart, language, width, &mut canvas),
        Chart::DatedTree(chart) => dated_tree::draw(chart, language, width, &mut canvas),
    };
    let title = chart.head().title.in_language(language);
    canvas.finish(title, &description, language)
}

/// What a hollow triangle on an axis means.
const fn hole_note(language: Language) -> &'static str {
    match language {
        Language::Chinese => "△：此处有不详、不公开或不完整的数字。",
        Language::English => "△: a figure here is unknown, withheld or incomplete.",
    }
}

/// A string as an id: letters, digits and hyphens stay, all else is written
/// as its number between underscores, so two strings never make one id.
pub(crate) fn safe_id(words: &str) -> String {
    let mut id = String::with_capacity(words.len());
    for letter in words.chars() {
        if letter.is_ascii_alphanumeric() || letter == '-' {
            id.push(letter);
        } else {
            id.push_str(&format!("_{:x}_", u32::from(letter)));
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::safe_id;

    #[test]
    fn two_keys_never_make_one_id() {
        let keys = ["a", "a_b", "a-b", "a b", "甲", "乙", "_61_", ""];
        let ids: std::collections::BTreeSet<String> = keys.iter().map(|key| safe_id(key)).collect();
        assert_eq!(ids.len(), keys.len());
        assert!(ids.iter().all(|id| {
            id.chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
        }));
    }
}
