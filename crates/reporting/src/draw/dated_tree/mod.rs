//! A dated tree: a row a case, days from left to right.

mod shape;
mod words;

use super::Width;
use super::canvas::{Anchor, Canvas, Mark, Style, Tenths, coordinate};
use super::label::{self, SIZE};
use super::legend::{self, LINE};
use super::time_axis::TimeAxis;
use super::{colours, epi_curve};
use crate::{DatedTree, Language, Period};
use shape::Shape;

/// From one row to the next.
const ROW: Tenths = LINE;
/// From the middle of a mark to its words.
const GAP: Tenths = 100;
/// How round a line turns from a trunk into a row.
const BEND: Tenths = 40;

/// A row with its place.
struct Placed {
    x: Tenths,
    y: Tenths,
    parent: Option<usize>,
    /// Whether it stands at its own day.
    dated: bool,
    to_check: bool,
    label: Label,
}

/// The words of a row.
struct Label {
    key: String,
    /// How many below are hidden.
    more: String,
}

impl Label {
    fn width(&self) -> Tenths {
        label::width(&self.key, SIZE) + label::width(&self.more, SIZE)
    }
}

/// Draws the tree and describes it in words.
pub(super) fn draw(
    chart: &DatedTree,
    language: Language,
    width: Width,
    canvas: &mut Canvas,
) -> String {
    let shape = Shape::of(&chart.cases, chart.most_rows);
    if shape.rows.is_empty() && shape.hidden() == 0 {
        return epi_curve::nothing(canvas, language);
    }
    let labels = labels(chart, &shape, language, width);
    let axis = axis(chart, &shape, &labels, width, canvas);
    let legend = words::legend(chart, &shape, language);
    let top = legend::draw(canvas, 0, &legend) + 320;
    let rows = place(chart, &shape, labels, axis.as_ref(), (top, canvas.width()));
    let height = ROW * Tenths::try_from(rows.len()).unwrap_or(0);
    let bottom = top + height;
    if let Some(axis) = &axis {
        draw_days(axis, canvas, (top, bottom), chart, language);
    }
    draw_links(&rows, canvas);
    draw_marks(&rows, canvas);
    let below = if axis.is_some() {
        bottom + 450
    } else {
        bottom + 60
    };
    let remarks = words::remarks(&shape, language);
    let end = legend::remarks(canvas, below, &remarks);
    canvas.set_height(end + 20);
    words::describe(chart, &shape, &remarks, language)
}

/// The key of each row and how many below it are hidden; a key that is too long is cut.
fn labels(chart: &DatedTree, shape: &Shape, language: Language, width: Width) -> Vec<Label> {
    let room = width.pixels() * 10 * label_share(width) / 100 - GAP;
    let label = |row: &shape::Row| {
        let more = words::more_below(row.hidden, language, width);
        let room = room - label::width(&more, SIZE);
        let key = label::cut(&chart.cases[row.case].key, SIZE, room);
        Label { key, more }
    };
    shape.rows.iter().map(label).collect()
}

/// How many hundredths of the width the words right of the last day may take.
const fn label_share(width: Width) -> i64 {
    match width {
        Width::Wide => 35,
        Width::Narrow => 45,
    }
}

/// The days of the cases drawn; nothing where none is known.
fn axis(
    chart: &DatedTree,
    shape: &Shape,
    labels: &[Label],
    width: Width,
    canvas: &Canvas,
) -> Option<TimeAxis> {
    let drawn = shape.rows.iter().map(|row| &chart.cases[row.case]);
    let days: Vec<_> = drawn.filter_map(|case| case.day).collect();
    let widest = labels.iter().map(Label::width).max();
    let most = canvas.width() * label_share(width) / 100;
    let margin = (widest.unwrap_or(0) + GAP).min(most);
    // A day may be as narrow as a line can be told apart.
    TimeAxis::over(Period::Day, &days, (80, canvas.width() - margin), 1)
}

fn place(
    chart: &DatedTree,
    shape: &Shape,
    labels: Vec<Label>,
    axis: Option<&TimeAxis>,
    (top, width): (Tenths, Tenths),
) -> Vec<Placed> {
    let x_of = |row: &shape::Row| {
        let day = chart.cases[row.case].day?;
        axis.map(|axis| axis.middle(axis.slot(day)))
    };
    let mut first_child: Vec<Option<Tenths>> = vec![None; shape.rows.len()];
    for row in shape.rows.iter().rev() {
        if let (Some(parent), Some(x)) = (row.parent, x_of(row)) {
            first_child[parent] = Some(x);
        }
    }
    let mut placed: Vec<Placed> = Vec::with_capacity(shape.rows.len());
    for ((at, row), label) in shape.rows.iter().enumerate().zip(labels) {
        // Who has no day stands a little right of its infector, a top left of its first.
        let beside = match row.parent {
            Some(parent) => placed[parent].x + GAP,
            None => first_child[at].unwrap_or(80) - GAP,
        };
        let most = width - GAP - label.width();
        let x = x_of(row).unwrap_or(beside).clamp(60, most.max(60));
        placed.push(Placed {
            x,
            y: top + ROW * Tenths::try_from(at).unwrap_or(0) + ROW / 2,
            parent: row.parent,
            dated: chart.cases[row.case].day.is_some(),
            to_check: chart.cases[row.case].to_check,
            label,
        });
    }
    placed
}

fn draw_days(
    axis: &TimeAxis,
    canvas: &mut Canvas,
    (top, bottom): (Tenths, Tenths),
    chart: &DatedTree,
    language: Language,
) {
    axis.draw_words(canvas, top - 80, language);
    for (x, _) in axis.marks(language) {
        canvas.line((x, top - 40), (x, bottom), colours::GRID);
    }
    let name = chart.head.x_axis.in_language(language);
    axis.draw(canvas, bottom, name, language);
}

/// A trunk down from each case to its last infectee, and a branch to each of them. Who stands
/// left of the infector fell ill before it: that branch is dashed.
fn draw_links(rows: &[Placed], canvas: &mut Canvas) {
    let (mut lines, mut backward) = (String::new(), String::new());
    let mut trunk_to = vec![None; rows.len()];
    for row in rows {
        let Some((at, parent)) = row.parent.and_then(|at| Some((at, rows.get(at)?))) else {
            continue;
        };
        trunk_to[at] = Some(row.y);
        let (from, y, to) = (coordinate(parent.x), coordinate(row.y), coordinate(row.x));
        if row.x < parent.x {
            backward.push_str(&format!("M{from} {y}H{to}"));
        } else if row.x - parent.x > BEND {
            let above = coordinate(row.y - BEND);
            let bent = coordinate(parent.x + BEND);
            lines.push_str(&format!("M{from} {above}Q{from} {y} {bent} {y}H{to}"));
        } else {
            lines.push_str(&format!("M{from} {y}H{to}"));
        }
    }
    for (row, end) in rows.iter().zip(trunk_to) {
        if let Some(end) = end {
            let (x, from) = (coordinate(row.x), coordinate(row.y));
            lines.push_str(&format!("M{x} {from}V{}", coordinate(end - BEND)));
        }
    }
    canvas.path(&lines, colours::OUTLINE, "none");
    canvas.path(&backward, colours::ALERT, "3 3");
}

fn draw_marks(rows: &[Placed], canvas: &mut Canvas) {
    for row in rows {
        let mark = match (row.dated, row.parent) {
            (false, _) => Mark::Undated,
            (true, None) => Mark::First,
            (true, Some(_)) => Mark::Case,
        };
        canvas.mark(mark, (row.x, row.y));
        if row.to_check {
            canvas.mark(Mark::ToCheck, (row.x, row.y));
        }
    }
    canvas.in_halo(|canvas| {
        for row in rows {
            let style = Style::plain(Anchor::Start);
            let Label { key, more } = &row.label;
            canvas.text_with_aside(row.x + GAP, row.y + 45, style, key, more);
        }
    });
}
