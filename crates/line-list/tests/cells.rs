//! Cells as values, and the whole message of each that is none.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use chrono::{NaiveDate, NaiveDateTime};
use line_list::CellError;
use line_list::cell::{self, Dates};
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn message<T: std::fmt::Debug>(answer: Result<T, CellError>) -> String {
    answer.unwrap_err().to_string()
}

#[test]
fn dates_are_read_as_people_write_them() {
    for text in [
        "2020-02-14",
        " 2020/2/14 ",
        "2020.2.14",
        "2020年2月14日",
        "2020 年 2 月 14 号",
        "２０２０－０２－１４",
        "２０２０年２月１４日",
        "2020-02-14T00:00",
        "2020-02-14 00:00:00",
        "2020-02-14T00:00:00.000Z",
    ] {
        assert_eq!(cell::date(text), Ok(day(2020, 2, 14)), "{text}");
    }
}

#[test]
fn what_is_no_date_is_refused_with_its_remedy() {
    let plain = "is not a date; write it as 2020-02-14";
    for (text, expected) in [
        ("", "is empty; fill it in, as 2020-02-14"),
        ("30/02/2020", plain),
        ("05/05/2020", plain),
        ("14 February", plain),
        ("2020-02", plain),
        ("2020-02-14-15", plain),
        ("2020-2/14", plain),
        ("20-02-14", plain),
        ("43875", plain),
        ("2020-+2-14", plain),
        (
            "03/05/2020",
            "could be 3 May or 5 March 2020; write it as 2020-05-03 or 2020-03-05",
        ),
        (
            "2020-02-30",
            "is not a date: there is no 30 February 2020; correct the day or the month",
        ),
        (
            "2020-13-01",
            "is not a date: there is no month 13; correct the day or the month",
        ),
        (
            "2020-00-01",
            "is not a date: there is no month 0; correct the day or the month",
        ),
        (
            "0202-02-14",
            "has the year 202, outside 1900 to 2199; correct the year",
        ),
        (
            "2020-02-14T16:00:00.000Z",
            "has a time of day where a date is wanted; write it as 2020-02-14",
        ),
        ("2020-02-14 25:00", plain),
    ] {
        assert_eq!(message(cell::date(text)), expected, "{text}");
    }
}

#[test]
fn other_orders_and_serial_numbers_are_read_only_where_the_file_writes_them() {
    assert_eq!(
        cell::date_as("03/05/2020", Dates::DayFirst),
        Ok(day(2020, 5, 3))
    );
    assert_eq!(
        cell::date_as("03/05/2020", Dates::MonthFirst),
        Ok(day(2020, 3, 5))
    );
    assert_eq!(
        cell::date_as("2020-03-05", Dates::DayFirst),
        Ok(day(2020, 3, 5))
    );
    // Known pairs: spreadsheets show serial 1 as 1 January 1900, 61 as 1 March 1900, and
    // 43831 as 1 January 2020.
    for (text, expected) in [
        ("1", day(1900, 1, 1)),
        ("59", day(1900, 2, 28)),
        ("61", day(1900, 3, 1)),
        ("43831.0", day(2020, 1, 1)),
    ] {
        assert_eq!(
            cell::date_as(text, Dates::Serial1900),
            Ok(expected),
            "{text}"
        );
    }
    assert_eq!(
        cell::date_as("42369", Dates::Serial1904),
        Ok(day(2020, 1, 1))
    );
    assert_eq!(
        cell::date_as("2020-03-05", Dates::Serial1900),
        Ok(day(2020, 3, 5))
    );
    for text in ["0", "60", "109575", "9999999"] {
        assert_eq!(
            message(cell::date_as(text, Dates::Serial1900)),
            "is not a date; write it as 2020-02-14",
            "{text}"
        );
    }
    assert_eq!(
        message(cell::date_as("43831.5", Dates::Serial1900)),
        "has a time of day, or is no serial number of a date; write it as 2020-02-14"
    );
}

#[test]
fn instants_are_local_and_a_date_alone_is_midnight() {
    let at = |hour, minute, second| day(2020, 2, 14).and_hms_opt(hour, minute, second).unwrap();
    for (text, expected) in [
        ("2020-02-14", at(0, 0, 0)),
        ("2020-02-14T08:30", at(8, 30, 0)),
        ("2020/2/14  8:30:15", at(8, 30, 15)),
        ("２０２０年２月１４日　２３：５９", at(23, 59, 0)),
    ] {
        assert_eq!(cell::instant(text), Ok(expected), "{text}");
    }
    for (text, expected) in [
        ("", "is empty; fill it in, as 2020-02-14T08:30"),
        (
            "2020-02-14T24:00",
            "is not a time of day; write it as 2020-02-14T08:30, from 00:00 to 23:59",
        ),
        (
            "2020-02-14T8",
            "is not a time of day; write it as 2020-02-14T08:30, from 00:00 to 23:59",
        ),
        (
            "2020-02-14T08:30Z",
            "carries a time zone; write local time, as 2020-02-14T08:30",
        ),
        (
            "2020-02-14T08:30+08:00",
            "carries a time zone; write local time, as 2020-02-14T08:30",
        ),
    ] {
        assert_eq!(message(cell::instant(text)), expected, "{text}");
    }
    assert_eq!(cell::write_instant(at(0, 0, 0)), "2020-02-14T00:00");
    assert_eq!(cell::write_instant(at(8, 5, 15)), "2020-02-14T08:05");
}

#[test]
fn yes_no_and_empty_are_three_answers() {
    for text in ["yes", "YES", "true", "1", "１", "是", " Ｙes"] {
        assert_eq!(cell::yes_no(text), Ok(Some(true)), "{text}");
    }
    for text in ["no", "No", "false", "0", "否"] {
        assert_eq!(cell::yes_no(text), Ok(Some(false)), "{text}");
    }
    assert_eq!(cell::yes_no("  "), Ok(None));
    assert_eq!(
        message(cell::yes_no("maybe")),
        "is neither yes nor no; write yes or no, or leave it empty"
    );
    for value in [Some(true), Some(false), None] {
        assert_eq!(cell::yes_no(cell::write_yes_no(value)), Ok(value));
    }
}

#[test]
fn numbers_are_whole_and_within_their_kind() {
    assert_eq!(cell::u32(" ０042 "), Ok(42));
    assert_eq!(cell::u64("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(cell::i64("−7"), Ok(-7));
    assert_eq!(cell::i64("-9223372036854775808"), Ok(i64::MIN));
    let other =
        "is not a whole number; write it in digits alone, without separators, decimals or a unit";
    for (text, expected) in [
        ("", "is empty; fill in a number"),
        ("-3", "is negative; write a number from 0 up"),
        ("4294967296", "is beyond 4294967295; correct it"),
        ("1,200", other),
        ("3.0", other),
        ("+3", other),
        ("--3", other),
        ("three", other),
    ] {
        assert_eq!(message(cell::u32(text)), expected, "{text}");
    }
    assert_eq!(
        message(cell::u64("－3")),
        "is negative; write a number from 0 up"
    );
    assert_eq!(
        message(cell::i64("-9223372036854775809")),
        "is beyond -9223372036854775808; correct it"
    );
}

#[test]
fn tenths_are_exact() {
    for (text, expected) in [
        ("37.4", 374),
        ("37", 370),
        ("37.40", 374),
        ("-0.5", -5),
        ("３７．３", 373),
        ("007.0", 70),
    ] {
        assert_eq!(cell::tenths(text), Ok(expected), "{text}");
    }
    let no_number = "is not a number; write it in digits without a unit, as 37.4";
    for (text, expected) in [
        ("", "is empty; fill in a number"),
        ("37.45", "has more than one decimal; round it, as 37.4"),
        ("37.4℃", no_number),
        (".5", no_number),
        ("37.", no_number),
        ("3e1", no_number),
        ("99999999999", "is too large a number; correct it"),
    ] {
        assert_eq!(message(cell::tenths(text)), expected, "{text}");
    }
}

#[test]
fn words_are_of_the_list_or_the_list_is_told() {
    let permitted = [("occupied", 1), ("vacant", 2)];
    assert_eq!(cell::choice("Vacant ", &permitted), Ok(2));
    assert_eq!(
        message(cell::choice("gone", &permitted)),
        "is not one of the permitted words; write one of occupied, vacant"
    );
    assert_eq!(
        message(cell::one_of("", &["a", "b"])),
        "is empty; write one of a, b"
    );
    assert_eq!(cell::text(" 王 "), Ok("王"));
    assert_eq!(message(cell::text("\u{3000}")), "is empty; fill it in");
}

fn instants() -> impl Strategy<Value = NaiveDateTime> {
    (1900..2200_i32, 1..=366_u32, 0..24_u32, 0..60_u32).prop_filter_map(
        "a day of the year",
        |(year, ordinal, hour, minute)| {
            NaiveDate::from_yo_opt(year, ordinal)?.and_hms_opt(hour, minute, 0)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_is_read_back(at in instants(), tenths in any::<i32>()) {
        prop_assert_eq!(cell::instant(&cell::write_instant(at)), Ok(at));
        prop_assert_eq!(cell::date(&cell::write_date(at.date())), Ok(at.date()));
        prop_assert_eq!(cell::tenths(&cell::write_tenths(tenths)), if tenths == i32::MIN { cell::tenths("-214748364.8") } else { Ok(tenths) });
    }

    #[test]
    fn a_serial_number_is_as_many_days_after_the_first_as_it_says(serial in 61_u32..109_000) {
        let days = day(1900, 3, 1) + chrono::Days::new(u64::from(serial - 61));
        prop_assert_eq!(cell::date_as(&serial.to_string(), Dates::Serial1900), Ok(days));
    }

    #[test]
    fn no_cell_makes_a_panic(text in "\\PC{0,12}|[0-9０-９./年月日T: -]{0,20}") {
        for dates in [Dates::YearFirst, Dates::DayFirst, Dates::Serial1900, Dates::Serial1904] {
            if let Ok(day) = cell::date_as(&text, dates) {
                prop_assert!(day >= NaiveDate::from_ymd_opt(1900, 1, 1).unwrap());
            }
        }
        if let (Ok(date), Ok(at)) = (cell::date(&text), cell::instant(&text)) {
            prop_assert_eq!(date, at.date());
        }
        if let Ok(tenths) = cell::tenths(&text) {
            prop_assert_eq!(cell::tenths(&cell::write_tenths(tenths)), Ok(tenths));
        }
    }
}
