//! Charts are legible in both languages, at both widths, whatever the data.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by several test programs")]
mod sample;
#[allow(dead_code, unreachable_pub, reason = "shared by several test programs")]
mod svg;

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use reporting::draw::{Width, chart_to_svg};
use reporting::{
    Bars, Chart, ChartHead, EpiCurve, FigureValue, Language, Lines, PartOfWhole, Period, Series,
    Text,
};

/// Every drawing of a chart: both languages, both widths.
fn drawings(chart: &Chart) -> Vec<String> {
    let both = Language::ALL
        .into_iter()
        .flat_map(|language| Width::ALL.map(|width| (language, width)));
    both.map(|(language, width)| chart_to_svg(chart, "c", language, width))
        .collect()
}

fn samples() -> Vec<Chart> {
    vec![
        sample::epi_curve(1),
        sample::epi_curve(38),
        sample::epi_curve(400),
        sample::lines(),
        sample::bars(),
        sample::need_and_fill(),
        sample::progress(),
    ]
}

fn assert_legible(drawing: &str) {
    assert!(!drawing.contains("\"NaN") && !drawing.contains("\"inf"));
    assert!(!drawing.contains("-0.0\""));
    let (width, height) = svg::size(drawing);
    let labels = svg::labels(drawing);
    for (at, one) in labels.iter().enumerate() {
        assert!(
            one.left >= -1 && one.right <= width + 1,
            "{one:?} leaves {width}"
        );
        assert!(
            one.top >= -1 && one.bottom <= height + 1,
            "{one:?} leaves {height}"
        );
        for other in &labels[at + 1..] {
            assert!(!one.overlaps(other), "{one:?} lies on {other:?}");
        }
    }
}

#[test]
fn labels_never_overlap_nor_leave_the_drawing() {
    for chart in samples() {
        for drawing in drawings(&chart) {
            assert!(svg::labels(&drawing).len() > 3);
            assert_legible(&drawing);
        }
    }
}

#[test]
fn every_drawing_says_what_it_is() {
    for chart in samples() {
        for drawing in drawings(&chart) {
            assert!(drawing.starts_with("<svg ") && drawing.contains("role=\"img\""));
            let ids: Vec<&str> = svg::values(&drawing, " id=\"");
            assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
            let named = svg::values(&drawing, "aria-labelledby=\"")[0];
            assert!(named.split(' ').all(|id| ids.contains(&id)), "{named}");
            for used in svg::values(&drawing, "url(#") {
                assert!(ids.contains(&used.trim_end_matches(')')));
            }
        }
    }
}

#[test]
fn days_on_the_axis_are_thinned_and_both_widths_keep_the_counts() {
    let drawing = chart_to_svg(&sample::epi_curve(38), "c", Language::English, Width::Wide);
    let days = svg::labels(&drawing)
        .iter()
        .filter(|label| label.words.ends_with("Feb") || label.words.ends_with("Jan"))
        .count();
    assert!((4..15).contains(&days), "{days}");
    assert!(drawing.contains("Day of onset (2020)"));
}

#[test]
fn a_bar_of_several_days_says_so() {
    let narrow = chart_to_svg(
        &sample::epi_curve(400),
        "c",
        Language::Chinese,
        Width::Narrow,
    );
    assert!(narrow.contains("每柱为"));
    let wide = chart_to_svg(&sample::epi_curve(38), "c", Language::Chinese, Width::Wide);
    assert!(!wide.contains("每柱为"));
}

#[test]
fn a_withheld_figure_is_marked_and_never_drawn_as_nothing() {
    let Chart::EpiCurve(mut chart) = sample::epi_curve(10) else {
        unreachable!()
    };
    chart.series[0].values[3] = FigureValue::Suppressed;
    let drawing = chart_to_svg(&Chart::EpiCurve(chart), "c", Language::English, Width::Wide);
    assert!(drawing.contains("△: a figure here is unknown, withheld or incomplete."));
    let coverage = chart_to_svg(&sample::bars(), "c", Language::English, Width::Wide);
    assert!(coverage.contains(">withheld / 559</text>"));
}

#[test]
fn markup_in_a_name_stays_a_name() {
    let Chart::Bars(mut chart) = sample::bars() else {
        unreachable!()
    };
    chart.bars[0].name = Text::same(sample::HOSTILE);
    chart.head.title = Text::same(sample::HOSTILE);
    for drawing in drawings(&Chart::Bars(chart)) {
        assert!(!drawing.contains("<script"));
    }
}

#[test]
fn a_chart_of_nothing_says_none() {
    let Chart::EpiCurve(mut curve) = sample::epi_curve(1) else {
        unreachable!()
    };
    curve.periods.clear();
    let Chart::Bars(mut bars) = sample::bars() else {
        unreachable!()
    };
    bars.bars.clear();
    for chart in [Chart::EpiCurve(curve), Chart::Bars(bars)] {
        let drawing = chart_to_svg(&chart, "c", Language::English, Width::Wide);
        assert!(drawing.contains(">none</text>"));
    }
}

#[test]
fn counts_no_people_could_have_are_drawn_without_harm() {
    for greatest in [i64::MIN, i64::MAX] {
        let Chart::EpiCurve(mut curve) = sample::epi_curve(9) else {
            unreachable!()
        };
        curve.series[0].values = vec![FigureValue::Count(greatest); 9];
        let Chart::Lines(mut lines) = sample::lines() else {
            unreachable!()
        };
        lines.series[1].values = vec![FigureValue::Count(greatest); 38];
        let Chart::Bars(mut bars) = sample::bars() else {
            unreachable!()
        };
        bars.bars[0].part = FigureValue::Count(greatest);
        bars.bars[1].whole = FigureValue::Incomplete(greatest);
        for chart in [
            Chart::EpiCurve(curve),
            Chart::Lines(lines),
            Chart::Bars(bars),
        ] {
            for drawing in drawings(&chart) {
                assert!(!drawing.contains("NaN") && !drawing.contains("-0.0\""));
                assert!(drawing.ends_with("</svg>\n"));
            }
        }
    }
}

fn value() -> impl Strategy<Value = FigureValue> {
    prop_oneof![
        6 => (0_i64..40).prop_map(FigureValue::Count),
        // More than the people of the earth, and less than none.
        1 => (-9_i64..20_000_000_000).prop_map(FigureValue::Count),
        1 => (0_i64..20_000).prop_map(FigureValue::Incomplete),
        1 => Just(FigureValue::Unknown),
        1 => Just(FigureValue::Suppressed),
    ]
}

fn name() -> impl Strategy<Value = Text> {
    ("[一-十]{0,40}", "[A-Za-z ]{0,60}").prop_map(|(zh, en)| Text::new(zh, en))
}

fn head(x_axis: Text, y_axis: Text) -> ChartHead {
    ChartHead {
        key: "k".into(),
        title: Text::same("t"),
        x_axis,
        y_axis,
        source: Text::empty(),
    }
}

prop_compose! {
    fn dated()(
        from in 0_u64..4_000, gaps in prop::collection::vec(1_u64..40, 1..60),
        series in prop::collection::vec((name(), prop::collection::vec(value(), 60)), 0..5),
        period in prop_oneof![Just(Period::Day), Just(Period::Week), Just(Period::Month)],
    ) -> (Vec<NaiveDate>, Vec<Series>, Period) {
        let mut day = NaiveDate::from_ymd_opt(2014, 1, 1).unwrap() + Days::new(from);
        let mut days = Vec::new();
        for gap in gaps {
            days.push(day);
            day = day + Days::new(gap);
        }
        let series = series.into_iter().map(|(name, values)| Series { name, values }).collect();
        (days, series, period)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_curve_is_legible((periods, series, period) in dated()) {
        let head = head(Text::same("onset"), Text::same("cases"));
        let chart = Chart::EpiCurve(EpiCurve { head, period, periods, series });
        drawings(&chart).iter().for_each(|drawing| assert_legible(drawing));
    }

    #[test]
    fn any_lines_are_legible((days, series, _) in dated()) {
        let head = head(Text::same("day"), Text::same("people"));
        let chart = Chart::Lines(Lines { head, days, series });
        drawings(&chart).iter().for_each(|drawing| assert_legible(drawing));
    }

    #[test]
    fn any_rows_are_legible(rows in prop::collection::vec((name(), value(), value()), 1..40)) {
        let bars = rows.into_iter().map(|(name, part, whole)| PartOfWhole { name, part, whole, unit: Text::empty() });
        let chart = Chart::Bars(Bars { head: head(Text::same("n"), Text::same("place")), bars: bars.collect() });
        drawings(&chart).iter().for_each(|drawing| assert_legible(drawing));
    }
}
