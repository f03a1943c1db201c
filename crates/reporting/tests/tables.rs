//! The tables behind charts say what the charts say, and no more.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by several test programs")]
mod sample;

use proptest::prelude::*;
use reporting::{Cell, Chart, ColumnKind, FigureValue, Language, PartOfWhole, Text};

use FigureValue::{Count, Hundredths, Incomplete, Suppressed, Unknown};

fn part_of(part: FigureValue, whole: FigureValue) -> PartOfWhole {
    PartOfWhole {
        name: Text::same("place"),
        part,
        whole,
        unit: Text::empty(),
    }
}

#[test]
fn what_is_left_is_known_only_where_part_and_whole_are() {
    for (part, whole, left) in [
        (Count(6), Count(10), Count(4)),
        (Count(12), Count(10), Count(0)),
        (Hundredths(650), Hundredths(1_000), Hundredths(350)),
        (Incomplete(6), Count(10), Incomplete(4)),
        (Count(6), Incomplete(10), Incomplete(4)),
        (Unknown, Count(10), Unknown),
        (Count(6), Unknown, Unknown),
        (Suppressed, Count(10), Suppressed),
        (Count(6), Suppressed, Suppressed),
        (Unknown, Suppressed, Suppressed),
        (Hundredths(600), Count(10), Unknown),
        (Count(i64::MIN), Count(i64::MAX), Count(i64::MAX)),
    ] {
        assert_eq!(part_of(part, whole).left(), left, "{part:?} of {whole:?}");
    }
}

#[test]
fn a_withheld_part_shows_neither_its_rest_nor_its_share() {
    let table = sample::bars().table();
    assert_eq!(
        table.rows[6],
        [
            Cell::Text(Text::new(
                "第7社区居民委员会",
                "Community no. 7 of the township"
            )),
            Cell::Suppressed,
            Cell::Count(559),
            Cell::Suppressed,
            Cell::Suppressed,
        ]
    );
}

#[test]
fn the_share_of_a_partly_reported_whole_is_never_all() {
    assert_eq!(part_of(Count(999_999), Count(1_000_000)).share(), Some(999));
    assert_eq!(part_of(Count(0), Count(0)).share(), None);
    assert_eq!(part_of(Count(i64::MAX), Count(1)).share(), None);
}

#[test]
fn a_table_has_a_unit_column_only_where_units_differ_from_nothing() {
    let keys = |chart: &Chart| -> Vec<String> {
        chart
            .table()
            .columns
            .iter()
            .map(|column| column.key.clone())
            .collect()
    };
    assert_eq!(
        keys(&sample::bars()),
        ["name", "part", "whole", "left", "share"]
    );
    assert_eq!(keys(&sample::progress())[5], "unit");
    assert_eq!(
        keys(&sample::epi_curve(3)),
        ["day", "series_1", "series_2", "series_3"]
    );
}

#[test]
fn every_chart_has_a_row_for_each_thing_it_draws() {
    for (chart, rows) in [
        (sample::epi_curve(38), 38),
        (sample::lines(), 38),
        (sample::bars(), 17),
        (sample::need_and_fill(), 9),
        (sample::progress(), 3),
    ] {
        let table = chart.table();
        assert_eq!(table.rows.len(), rows);
        assert_eq!(table.key, chart.head().key);
        assert!(
            table
                .rows
                .iter()
                .all(|row| row.len() == table.columns.len())
        );
    }
}

#[test]
fn a_series_that_ends_early_is_unknown_from_there_on() {
    let Chart::EpiCurve(mut chart) = sample::epi_curve(4) else {
        unreachable!()
    };
    chart.series[1].values.truncate(2);
    let table = Chart::EpiCurve(chart).table();
    assert_eq!(table.rows[1][2], Cell::Count(1));
    assert_eq!(table.rows[2][2], Cell::Unknown);
}

#[test]
fn cells_print_as_figures_do() {
    for value in [
        Count(9_681),
        Hundredths(1_205),
        Incomplete(3),
        Unknown,
        Suppressed,
    ] {
        for language in Language::ALL {
            assert_eq!(Cell::from(value).print(language), value.print(language));
        }
    }
    assert_eq!(
        Cell::Date(sample::day(37)).print(Language::Chinese),
        "2020-02-29"
    );
    let instant = sample::day(37).and_hms_opt(7, 5, 59).unwrap();
    assert_eq!(
        Cell::Instant(instant).print(Language::English),
        "2020-02-29 07:05"
    );
    assert_eq!(Cell::Share(987).print(Language::English), "98.7%");
}

#[test]
fn numbers_alone_stand_flush_right() {
    let right = |kind: ColumnKind| kind.is_number();
    assert!(right(ColumnKind::Count) && right(ColumnKind::Hundredths) && right(ColumnKind::Share));
    assert!(!right(ColumnKind::Text) && !right(ColumnKind::Date) && !right(ColumnKind::Instant));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn part_and_rest_make_the_whole(part in 0_i64..10_000, more in 0_i64..10_000) {
        let row = part_of(Count(part), Count(part + more));
        prop_assert_eq!(row.left(), Count(more));
        let share = row.share();
        prop_assert_eq!(share == Some(1_000), more == 0 && part > 0);
        prop_assert!(share.is_none_or(|share| (0..=1_000).contains(&share)));
    }

    #[test]
    fn digits_read_back_as_the_number(number in any::<i64>()) {
        let printed = reporting::number::group_digits(number);
        let read: i64 = printed.replace(',', "").replace('−', "-").parse().unwrap();
        prop_assert_eq!(read, number);
        let groups: Vec<&str> = printed.trim_start_matches('−').split(',').collect();
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3) && groups[0].len() <= 3);
    }
}
