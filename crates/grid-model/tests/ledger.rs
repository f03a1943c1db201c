//! The laws of the two times.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod oracle;

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::{AsOf, Ledger, Record, RecordError, Recorded, start_of};
use proptest::prelude::*;

/// A fact of standing data: about someone, with a value that may change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    about: u8,
    value: u8,
}

impl Record for Fact {
    type Subject = u8;

    fn subject(&self) -> u8 {
        self.about
    }

    fn happened_at(&self) -> Option<NaiveDateTime> {
        None
    }
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, day).unwrap()
}

fn fact(id: &str, about: u8, value: u8) -> Recorded<Fact> {
    Recorded::new(id, Fact { about, value })
}

fn values(ledger: &Ledger<Fact>, as_of: AsOf) -> Vec<(&str, &str, u8)> {
    ledger
        .as_of(as_of)
        .map(|held| (held.id, held.record, held.what.value))
        .collect()
}

#[test]
fn a_correction_holds_from_the_day_it_was_known() {
    let late = fact("b", 1, 20).correcting("a").known_at(start_of(day(3)));
    let (ledger, refused) = Ledger::build(vec![late, fact("a", 1, 10).known_at(start_of(day(1)))]);
    assert_eq!(refused, []);
    assert_eq!(values(&ledger, AsOf::on(day(2))), [("a", "a", 10)]);
    assert_eq!(values(&ledger, AsOf::on(day(3))), [("a", "b", 20)]);
    let looked_at_again = AsOf {
        day: day(2),
        known_by: day(3),
    };
    assert_eq!(values(&ledger, looked_at_again), [("a", "b", 20)]);
    let corrected = ledger.corrected_on(AsOf::on(day(3)));
    assert_eq!(corrected.len(), 1);
    assert_eq!((corrected[0].id, corrected[0].record), ("a", "b"));
    assert_eq!(corrected[0].before.map(|fact| fact.value), Some(10));
    assert_eq!(corrected[0].now.map(|fact| fact.value), Some(20));
    assert!(
        ledger.corrected_on(AsOf::on(day(4))).is_empty(),
        "a correction is news once"
    );
}

#[test]
fn a_correction_is_corrected_and_a_withdrawal_withdrawn() {
    let rows = vec![
        fact("a", 1, 10),
        fact("b", 1, 20).correcting("a"),
        fact("c", 1, 30).correcting("b"),
        fact("x", 2, 1),
        Recorded::withdrawal("y", "x"),
        fact("z", 2, 2).correcting("y").known_at(start_of(day(5))),
    ];
    let (ledger, refused) = Ledger::build(rows);
    assert_eq!(refused, []);
    assert_eq!(values(&ledger, AsOf::on(day(4))), [("a", "c", 30)]);
    assert_eq!(
        values(&ledger, AsOf::on(day(5))),
        [("a", "c", 30), ("x", "z", 2)]
    );
}

#[test]
fn of_two_corrections_the_latest_known_holds_then_the_greatest_id() {
    let rows = vec![
        fact("a", 1, 0),
        fact("b", 1, 1).correcting("a").known_at(start_of(day(4))),
        fact("c", 1, 2).correcting("a").known_at(start_of(day(3))),
        fact("d", 1, 3).correcting("a").known_at(start_of(day(3))),
    ];
    let (ledger, _) = Ledger::build(rows);
    assert_eq!(values(&ledger, AsOf::on(day(3))), [("a", "d", 3)]);
    assert_eq!(values(&ledger, AsOf::on(day(4))), [("a", "b", 1)]);
}

#[test]
fn each_bad_row_is_refused_with_its_remedy_and_the_rest_go_through() {
    let rows = vec![
        fact("a", 1, 0).known_at(start_of(day(9))),
        fact("a", 1, 1).known_at(start_of(day(9))),
        fact("b", 2, 0).correcting("a"),
        fact("c", 1, 0).correcting("nobody"),
        fact("d", 1, 0).correcting("a").known_at(start_of(day(8))),
        fact("e", 1, 0).correcting("f"),
        fact("f", 1, 0).correcting("e"),
        fact("g", 1, 0).correcting("d").known_at(start_of(day(9))),
        Recorded {
            id: "h".into(),
            known_at: None,
            corrects: None,
            what: None,
        },
        fact("z", 3, 0),
    ];
    let (ledger, refused) = Ledger::build(rows);
    let said: Vec<String> = refused.iter().map(RecordError::to_string).collect();
    assert_eq!(
        said,
        [
            r#"record "a", id: "a" is used twice; give this row an id of its own"#,
            r#"record "b", corrects: "a" is about another subject; withdraw that record and enter a new one"#,
            r#"record "c", corrects: there is no record "nobody"; name the record it replaces"#,
            r#"record "d", corrects: "a" became known on 2020-02-09, after this correction; check known_at of both"#,
            r#"record "e", corrects: "f" leads back to this record; name the first record"#,
            r#"record "f", corrects: "e" leads back to this record; name the first record"#,
            r#"record "g", corrects: there is no record "d"; name the record it replaces"#,
            r#"record "h": the row is empty; fill it in, or name in corrects the record it withdraws"#,
        ]
    );
    assert_eq!(
        values(&ledger, AsOf::on(day(10))),
        [("a", "a", 0), ("z", "z", 0)]
    );
}

fn rows() -> impl Strategy<Value = Vec<Recorded<Fact>>> {
    let row = (
        0u8..12,
        0u8..14,
        prop::option::of(1u32..6),
        any::<u8>(),
        prop::bool::weighted(0.2),
    );
    proptest::collection::vec(row, 0..14).prop_map(|drawn| {
        let mut rows: Vec<Recorded<Fact>> = Vec::new();
        for (id, corrects, known, value, withdrawn) in drawn {
            let what = (!withdrawn).then_some(Fact { about: 1, value });
            rows.push(Recorded {
                id: format!("r{id:02}"),
                known_at: known.map(|known| start_of(day(known))),
                corrects: (corrects < 12).then(|| format!("r{corrects:02}")),
                what,
            });
        }
        rows
    })
}

proptest! {
    #[test]
    fn a_ledger_holds_what_the_definition_says(rows in rows(), on in 1u32..7) {
        let read = rows.len();
        let (ledger, refused) = Ledger::build(rows);
        prop_assert_eq!(ledger.rows() + refused.len(), read, "accepted and refused make what was read");
        let kept: Vec<Recorded<Fact>> = ledger.recorded().collect();
        let as_of = AsOf::on(day(on));
        let fast: Vec<(&str, &str, &Fact)> =
            ledger.as_of(as_of).map(|held| (held.id, held.record, held.what)).collect();
        prop_assert_eq!(fast, oracle::held(&kept, as_of));
    }

    #[test]
    fn the_order_of_rows_changes_nothing(rows in rows(), turn in any::<usize>()) {
        let mut shuffled = rows.clone();
        let length = shuffled.len().max(1);
        for index in 0..shuffled.len() {
            shuffled.swap(index, (index + 7).wrapping_mul(turn) % length);
        }
        prop_assert_eq!(Ledger::build(rows), Ledger::build(shuffled));
    }
}
