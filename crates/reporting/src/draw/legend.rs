//! What each fill or line stands for, and remarks under a drawing.

use super::canvas::coordinate;
use super::canvas::{Anchor, Canvas, Mark, Style, Tenths};
use super::label::{self, SIZE};
use crate::{Language, Series};

/// The height of a line of words.
pub(super) const LINE: Tenths = 180;
const SWATCH: Tenths = 180;
const GAP: Tenths = 160;

/// The mark before an entry.
#[derive(Clone, Copy, Debug)]
pub(super) enum Swatch {
    /// The fill of a series.
    Fill(usize),
    /// The line of a series.
    Line(usize),
    /// The empty track behind a bar.
    Track,
    /// A case of a tree.
    Mark(Mark),
    /// A dashed line between cases.
    Dashes,
}

/// Draws entries in rows from `top`; answers where the legend ends.
pub(super) fn draw(canvas: &mut Canvas, top: Tenths, entries: &[(Swatch, &str)]) -> Tenths {
    let (mut x, mut y) = (0, top);
    for (swatch, words) in entries {
        let room = canvas.width() - SWATCH - 60;
        let lines = label::wrap(words, SIZE, room);
        let wide = lines.iter().map(|line| label::width(line, SIZE)).max();
        let wide = SWATCH + 60 + wide.unwrap_or(0);
        if x > 0 && x + wide > canvas.width() {
            x = 0;
            y += LINE;
        }
        draw_swatch(canvas, *swatch, x, y);
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                y += LINE;
            }
            let style = Style::plain(Anchor::Start);
            canvas.text(x + SWATCH + 60, y + 130, style, line);
        }
        x += wide + GAP;
    }
    if entries.is_empty() { top } else { y + LINE }
}

fn draw_swatch(canvas: &mut Canvas, swatch: Swatch, x: Tenths, y: Tenths) {
    match swatch {
        Swatch::Fill(series) => {
            let fill = canvas.fill(series);
            canvas.rect((x, y + 25), (SWATCH, 110), &fill);
        }
        Swatch::Track => canvas.track((x + 5, y + 30), (SWATCH - 10, 100)),
        Swatch::Mark(mark) => canvas.mark(mark, (x + SWATCH / 2, y + 85)),
        Swatch::Dashes => {
            let (left, right) = (coordinate(x), coordinate(x + SWATCH));
            let y = coordinate(y + 85);
            canvas.path(
                &format!("M{left} {y}H{right}"),
                super::colours::ALERT,
                "3 3",
            );
        }
        Swatch::Line(series) => {
            let (colour, _) = super::colours::fill_of(series);
            let points = [(x, y + 85), (x + SWATCH, y + 85)];
            canvas.polyline(&points, colour, super::colours::dashes_of(series));
        }
    }
}

/// The names of series with their marks, in order.
pub(super) fn names(
    series: &[Series],
    language: Language,
    swatch: fn(usize) -> Swatch,
) -> Vec<(Swatch, &str)> {
    let named = series.iter().enumerate();
    named
        .map(|(at, one)| (swatch(at), one.name.in_language(language)))
        .collect()
}

/// Draws remarks line by line from `top`; answers where they end.
pub(super) fn remarks(canvas: &mut Canvas, top: Tenths, remarks: &[String]) -> Tenths {
    let mut y = top;
    for remark in remarks {
        for line in label::wrap(remark, SIZE, canvas.width()) {
            canvas.text(0, y + 130, Style::quiet(Anchor::Start), &line);
            y += LINE;
        }
    }
    y
}
