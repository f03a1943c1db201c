//! Colours that stay apart for colour-blind eyes and on a grey printer.

/// The colour of words.
pub(super) const INK: &str = "#1b2733";
/// The colour of lesser words: axis names, ticks.
pub(super) const QUIET: &str = "#4a5866";
/// The colour of a shortfall said in words.
pub(super) const ALERT: &str = "#9c1c1c";
/// The colour of grid lines, which carry nothing alone.
pub(super) const GRID: &str = "#d9dee3";
/// The fill of what is not yet done.
pub(super) const TRACK: &str = "#eef1f4";
/// The outline of what is not yet done: 3:1 on white.
pub(super) const OUTLINE: &str = "#7d8b99";

/// Every colour words are set in; each has a contrast of at least 4.5:1 on
/// white (WCAG 2.2, success criterion 1.4.3).
pub const TEXT_COLOURS: [&str; 3] = [INK, QUIET, ALERT];

/// Fills of series, after the palette of Okabe and Ito, darkened where needed
/// so that each has 3:1 on white (WCAG 2.2, success criterion 1.4.11).
pub(super) const SERIES: [&str; 6] = [
    "#0072b2", "#d55e00", "#00805d", "#a4477f", "#8a6500", "#4d4d4d",
];

/// The pattern laid over a fill, so that it is told apart without its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    Solid,
    Rising,
    Dots,
    Falling,
    Level,
    Crossed,
}

/// Colour and pattern of a series; after six the patterns shift, so that
/// thirty-six series still differ.
pub(super) const fn fill_of(series: usize) -> (&'static str, Pattern) {
    let colour = SERIES[series % SERIES.len()];
    let pattern = match (series + series / SERIES.len()) % 6 {
        0 => Pattern::Solid,
        1 => Pattern::Rising,
        2 => Pattern::Dots,
        3 => Pattern::Falling,
        4 => Pattern::Level,
        _ => Pattern::Crossed,
    };
    (colour, pattern)
}

/// The dashes of a line, so that it is told apart without its colour.
pub(super) const fn dashes_of(series: usize) -> &'static str {
    match (series + series / SERIES.len()) % 6 {
        0 => "none",
        1 => "7 3",
        2 => "2 3",
        3 => "10 3 2 3",
        4 => "14 4",
        _ => "4 2 1 2",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast with white by WCAG 2.2, "relative luminance".
    fn contrast_on_white(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let share = f64::from(value) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let luminance = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
        1.05 / (luminance + 0.05)
    }

    #[test]
    fn words_and_marks_stand_out_from_white() {
        for colour in TEXT_COLOURS {
            assert!(contrast_on_white(colour) >= 4.5, "{colour}");
        }
        for colour in SERIES.iter().chain([&OUTLINE]) {
            assert!(contrast_on_white(colour) >= 3.0, "{colour}");
        }
    }

    #[test]
    fn thirty_six_series_differ_in_colour_or_pattern() {
        for one in 0..36 {
            for other in 0..one {
                assert_ne!(fill_of(one), fill_of(other), "{one} {other}");
            }
        }
    }
}
