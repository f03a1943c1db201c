//! The epidemic curve: cases by onset, stacked by class.

use super::Width;
use super::canvas::{Anchor, Canvas, Style, Tenths};
use super::label::{self, SIZE};
use super::legend::{self, Swatch};
use super::scale::{Plot, Scale};
use super::time_axis::TimeAxis;
use crate::{EpiCurve, FigureValue, Language, number};

/// The narrowest a bar may be.
const NARROWEST: Tenths = 40;

/// Draws the curve and describes it in words.
pub(super) fn draw(
    chart: &EpiCurve,
    language: Language,
    width: Width,
    canvas: &mut Canvas,
) -> String {
    let mut names = legend::names(&chart.series, language, Swatch::Fill);
    if names.len() == 1 {
        // The title says what a single series is.
        names.clear();
    }
    let top = legend::draw(canvas, 0, &names) + 380;
    // The counts of a slot depend on the margin, and the margin on the counts:
    // room for all cases in one slot is always enough.
    let margin = margin_of(chart);
    let ends = (margin, canvas.width() - 10);
    let Some(axis) = TimeAxis::over(chart.period, &chart.periods, ends, NARROWEST) else {
        return nothing(canvas, language);
    };
    let slots = Slots::of(chart, &axis);
    let plot = Plot {
        left: ends.0,
        right: ends.1,
        top,
        bottom: top + width.plot_height(),
        scale: Scale::to(slots.greatest(), 5),
    };
    plot.draw_counts(canvas, chart.head.y_axis.in_language(language));
    draw_bars(canvas, &axis, &plot, &slots);
    axis.draw(
        canvas,
        plot.bottom,
        chart.head.x_axis.in_language(language),
        language,
    );
    let remarks = remarks(&axis, &slots, language);
    let end = legend::remarks(canvas, plot.bottom + 450, &remarks);
    canvas.set_height(end + 20);
    describe(chart, language, &remarks)
}

/// The counts of each slot by series, and the slots with a figure not printed.
struct Slots {
    counts: Vec<Vec<i64>>,
    holes: Vec<bool>,
}

impl Slots {
    fn of(chart: &EpiCurve, axis: &TimeAxis) -> Self {
        let mut counts = vec![vec![0_i64; chart.series.len()]; axis.slots()];
        let mut holes = vec![false; axis.slots()];
        for (at, day) in chart.periods.iter().enumerate() {
            let slot = axis.slot(*day);
            for (series, one) in chart.series.iter().enumerate() {
                let value = one.at(at);
                let counted = value.number().unwrap_or(0).max(0);
                counts[slot][series] = counts[slot][series].saturating_add(counted);
                holes[slot] |= !matches!(value, FigureValue::Count(_));
            }
        }
        Self { counts, holes }
    }

    fn total(&self, slot: usize) -> i64 {
        self.counts[slot]
            .iter()
            .fold(0, |sum, n| sum.saturating_add(*n))
    }

    fn greatest(&self) -> i64 {
        (0..self.counts.len())
            .map(|slot| self.total(slot))
            .max()
            .unwrap_or(0)
    }
}

/// Room for the widest count there could be: all cases in one bar.
fn margin_of(chart: &EpiCurve) -> Tenths {
    let all = chart.series.iter().flat_map(|one| &one.values);
    let most = all
        .filter_map(|value| value.number())
        .fold(0_i64, |sum, count| sum.saturating_add(count.max(0)));
    Scale::to(most, 5).label_width() + 120
}

fn draw_bars(canvas: &mut Canvas, axis: &TimeAxis, plot: &Plot, slots: &Slots) {
    let greatest = slots.greatest();
    let mut peak_is_named = greatest == 0;
    for slot in 0..slots.counts.len() {
        let (x, wide) = axis.span(slot);
        let gap = if wide >= 60 { 10 } else { 0 };
        let mut below = 0_i64;
        for (series, count) in slots.counts[slot].iter().enumerate() {
            let above = below.saturating_add(*count);
            let (y, foot) = (plot.y(above), plot.y(below));
            let fill = canvas.fill(series);
            canvas.rect((x + gap / 2, y), (wide - gap, foot - y), &fill);
            below = above;
        }
        if slots.holes[slot] {
            canvas.triangle(axis.middle(slot), plot.bottom);
        }
        if below == greatest && !peak_is_named {
            peak_is_named = true;
            let words = number::group_digits(below);
            let half = label::width(&words, SIZE) / 2;
            let middle = axis.middle(slot).max(plot.left + half);
            let at = middle.min(canvas.width() - half);
            canvas.text(at, plot.y(below) - 40, Style::plain(Anchor::Middle), &words);
        }
    }
}

fn remarks(axis: &TimeAxis, slots: &Slots, language: Language) -> Vec<String> {
    let mut remarks: Vec<String> = axis.bin_note(language).into_iter().collect();
    if slots.holes.iter().any(|hole| *hole) {
        remarks.push(super::hole_note(language).to_owned());
    }
    remarks
}

/// Says in words that there is nothing to draw.
pub(super) fn nothing(canvas: &mut Canvas, language: Language) -> String {
    let none = FigureValue::Count(0).print_in_sentence(language);
    canvas.text(0, 150, Style::plain(Anchor::Start), &none);
    canvas.set_height(220);
    none
}

fn describe(chart: &EpiCurve, language: Language, remarks: &[String]) -> String {
    let sums: Vec<String> = chart
        .series
        .iter()
        .map(|one| {
            let counted = one.values.iter().filter_map(|value| value.number());
            let sum = counted.fold(0_i64, i64::saturating_add);
            format!(
                "{} {}",
                one.name.in_language(language),
                number::group_digits(sum)
            )
        })
        .collect();
    let first = chart.periods.iter().min().copied().unwrap_or_default();
    let last = chart.periods.iter().max().copied().unwrap_or_default();
    let (from, to) = (
        number::print_day(first, language),
        number::print_day(last, language),
    );
    let mut said = match language {
        Language::Chinese => format!("从{from}到{to}：{}。", sums.join("，")),
        Language::English => format!("From {from} to {to}: {}.", sums.join(", ")),
    };
    for remark in remarks {
        said.push(' ');
        said.push_str(remark);
    }
    said
}
