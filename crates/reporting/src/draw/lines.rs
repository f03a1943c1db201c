//! People under each measure, day by day: one line a measure.

use chrono::NaiveDate;

use super::Width;
use super::canvas::{Anchor, Canvas, Style, Tenths};
use super::colours::{self, dashes_of, fill_of};
use super::epi_curve::nothing;
use super::label::{self, SIZE};
use super::legend::{self, Swatch};
use super::scale::{Plot, Scale};
use super::time_axis::TimeAxis;
use crate::{FigureValue, Language, Lines, Period, Series, number};

/// The most room a line's name may take at its end, on a wide drawing.
const END_ROOM: Tenths = 2_000;

/// Draws the lines and describes them in words.
pub(super) fn draw(chart: &Lines, language: Language, width: Width, canvas: &mut Canvas) -> String {
    let ends = end_labels(chart, language);
    let named_at_end = width == Width::Wide && ends.room <= END_ROOM;
    let (names, room) = if named_at_end {
        (Vec::new(), ends.room)
    } else {
        let names = legend::names(&chart.series, language, Swatch::Line);
        (names, ends.number_room)
    };
    let top = legend::draw(canvas, 0, &names) + 380;
    let scale = Scale::to(greatest(chart), 5);
    let plot = Plot {
        left: scale.label_width() + 120,
        right: canvas.width() - room - 120,
        top,
        bottom: top + width.plot_height(),
        scale,
    };
    let span = (plot.left, plot.right);
    let Some(axis) = TimeAxis::over(Period::Day, &chart.days, span, 10) else {
        return nothing(canvas, language);
    };
    plot.draw_counts(canvas, chart.head.y_axis.in_language(language));
    for (at, one) in chart.series.iter().enumerate() {
        draw_line(canvas, &axis, &plot, &chart.days, (at, one));
    }
    draw_ends(canvas, chart, &axis, &plot, language, named_at_end);
    axis.draw(
        canvas,
        plot.bottom,
        chart.head.x_axis.in_language(language),
        language,
    );
    let end = legend::remarks(canvas, plot.bottom + 450, &remarks(chart, language));
    canvas.set_height(end + 20);
    describe(chart, language)
}

/// What gaps and hollow points mean, where there are any.
fn remarks(chart: &Lines, language: Language) -> Vec<String> {
    let mut values = chart.series.iter().flat_map(|one| &one.values);
    let has_holes = values.any(|value| !matches!(value, FigureValue::Count(_)));
    let remark = has_holes.then(|| gap_note(language).to_owned());
    remark.into_iter().collect()
}

const fn gap_note(language: Language) -> &'static str {
    match language {
        Language::Chinese => "线段断开：当日数字不详或不公开；空心点：数字不完整。",
        Language::English => {
            "A gap: the figure is unknown or withheld; a hollow point: it is incomplete."
        }
    }
}

fn greatest(chart: &Lines) -> i64 {
    let values = chart.series.iter().flat_map(|one| &one.values);
    values.filter_map(|value| value.number()).max().unwrap_or(0)
}

/// The last printed value of a series and its place among the days.
fn last_of(one: &Series, days: usize) -> Option<(usize, i64)> {
    (0..days)
        .rev()
        .find_map(|at| one.at(at).number().map(|n| (at, n)))
}

struct EndRoom {
    room: Tenths,
    number_room: Tenths,
}

fn end_labels(chart: &Lines, language: Language) -> EndRoom {
    let mut ends = EndRoom {
        room: 0,
        number_room: 0,
    };
    for one in &chart.series {
        let count = last_of(one, chart.days.len()).map_or(0, |(_, n)| n);
        let number = label::width(&number::group_digits(count), SIZE);
        let words = end_words(one, count, language, true);
        ends.number_room = ends.number_room.max(number);
        ends.room = ends.room.max(label::width(&words, SIZE));
    }
    ends
}

fn end_words(one: &Series, count: i64, language: Language, named: bool) -> String {
    let count = number::group_digits(count);
    if named {
        format!("{count} {}", one.name.in_language(language))
    } else {
        count
    }
}

/// Draws the runs of printed values; a day without one breaks the line.
fn draw_line(
    canvas: &mut Canvas,
    axis: &TimeAxis,
    plot: &Plot,
    days: &[NaiveDate],
    (series, one): (usize, &Series),
) {
    let (colour, _) = fill_of(series);
    let (mut run, mut hollow) = (Vec::new(), Vec::new());
    for (at, day) in days.iter().enumerate() {
        let value = one.at(at);
        match value.number() {
            Some(count) => run.push((axis.middle(axis.slot(*day)), plot.y(count))),
            None => finish_run(canvas, &mut run, (colour, series)),
        }
        if let (FigureValue::Incomplete(_), Some(point)) = (value, run.last()) {
            hollow.push(*point);
        }
    }
    finish_run(canvas, &mut run, (colour, series));
    // On top of the line, which would run through them.
    for point in hollow {
        canvas.point(point, colour, "#ffffff");
    }
}

fn finish_run(canvas: &mut Canvas, run: &mut Vec<(Tenths, Tenths)>, line: (&'static str, usize)) {
    match run.as_slice() {
        [] => {}
        [point] => canvas.point(*point, line.0, line.0),
        points => canvas.polyline(points, line.0, dashes_of(line.1)),
    }
    run.clear();
}

/// Names the lines at their ends, pushed apart where they would touch.
fn draw_ends(
    canvas: &mut Canvas,
    chart: &Lines,
    axis: &TimeAxis,
    plot: &Plot,
    language: Language,
    named: bool,
) {
    let mut ends: Vec<(Tenths, usize, usize, i64)> = Vec::new();
    for (series, one) in chart.series.iter().enumerate() {
        if let Some((at, count)) = last_of(one, chart.days.len()) {
            ends.push((plot.y(count), series, at, count));
        }
    }
    ends.sort_unstable();
    let places = apart(ends.iter().map(|end| end.0).collect(), plot.bottom);
    for ((y, series, at, count), place) in ends.into_iter().zip(places) {
        let one = &chart.series[series];
        let from = axis.middle(axis.slot(chart.days[at]));
        let x = plot.right + 120;
        let style = Style::plain(if named { Anchor::Start } else { Anchor::End });
        canvas.line((from + 20, y), (x - 30, place), colours::GRID);
        canvas.point((from, y), fill_of(series).0, fill_of(series).0);
        let words = end_words(one, count, language, named);
        let end = if named { x } else { canvas.width() };
        canvas.text(end, place + 45, style, &words);
    }
}

/// Heights no closer than a line of words: pushed down first, then up again
/// where the last would fall below the plot.
fn apart(mut heights: Vec<Tenths>, bottom: Tenths) -> Vec<Tenths> {
    for at in 1..heights.len() {
        heights[at] = heights[at].max(heights[at - 1] + legend::LINE);
    }
    let mut limit = bottom;
    for height in heights.iter_mut().rev() {
        *height = (*height).min(limit);
        limit = *height - legend::LINE;
    }
    heights
}

fn describe(chart: &Lines, language: Language) -> String {
    let said = chart.series.iter().map(|one| {
        let name = one.name.in_language(language);
        let shown = (0..chart.days.len())
            .rev()
            .find(|at| one.at(*at).number().is_some());
        let last = shown.map_or(FigureValue::Unknown, |at| one.at(at));
        format!("{name} {}", last.print(language))
    });
    let said: Vec<String> = said.collect();
    let first = chart.days.iter().min().copied().unwrap_or_default();
    let last = chart.days.iter().max().copied().unwrap_or_default();
    let (from, to) = (
        number::print_day(first, language),
        number::print_day(last, language),
    );
    match language {
        Language::Chinese => format!("从{from}到{to}；最后：{}。", said.join("，")),
        Language::English => format!("From {from} to {to}; at the end: {}.", said.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_at_the_ends_never_touch() {
        for heights in [
            vec![100, 100, 100],
            vec![0, 10, 900],
            vec![990, 995, 1_000],
            vec![],
        ] {
            let placed = apart(heights.clone(), 1_000);
            assert_eq!(placed.len(), heights.len());
            assert!(placed.windows(2).all(|two| two[1] - two[0] >= legend::LINE));
            assert!(placed.iter().all(|place| *place <= 1_000));
        }
    }
}
