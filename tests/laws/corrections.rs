//! What becomes known later changes no past page, and is named on the day it becomes known.

use chrono::NaiveDate;
use grid_model::{AsOf, Ledger, Record, Recorded, end_of};
use outbreak_response::corrections::Change;
use outbreak_response::quarantine_rules::ArrivalKind;
use outbreak_response::task_tracking::Donation;
use outbreak_response::{Day, Records, day};

use crate::support::{
    MANGBANG, POLICY, SMALL, all_files, at, changed, column, evening, list, on, same_files,
};

/// The day whose page is out, and the day on which more becomes known.
fn today() -> NaiveDate {
    on(2, 10)
}

fn tomorrow() -> NaiveDate {
    on(2, 11)
}

/// Some student who arrived before today is found to be a worker.
fn student_corrected(records: &Records) -> (String, Records) {
    let held = records.arrivals.happened(AsOf::on(today()));
    let mut students = held.filter(|held| held.what.kind == Some(ArrivalKind::Student));
    let student = students.next().unwrap();
    let mut arrival = student.what.clone();
    arrival.kind = Some(ArrivalKind::Worker);
    let row = Recorded::new("correction", arrival)
        .known_at(at(tomorrow(), 10))
        .correcting(student.record);
    let arrivals = changed(&records.arrivals, |rows| rows.push(row));
    (
        student.id.to_owned(),
        Records {
            arrivals,
            ..records.clone()
        },
    )
}

fn gift_known_late(records: &Records) -> Records {
    let gift = Donation {
        at: at(today(), 9),
        amount_fen: 123_456,
        donor_kind: None,
    };
    let row = Recorded::new("late", gift).known_at(at(tomorrow(), 8));
    Records {
        donations: changed(&records.donations, |rows| rows.push(row)),
        ..records.clone()
    }
}

fn gift_withdrawn(records: &Records) -> (String, i64, Records) {
    let held = records
        .donations
        .happened(AsOf::on(today()))
        .next()
        .unwrap();
    let amount = i64::try_from(held.what.amount_fen).unwrap();
    let row = Recorded::withdrawal("withdrawal", held.record).known_at(at(tomorrow(), 9));
    let donations = changed(&records.donations, |rows| rows.push(row));
    (
        held.id.to_owned(),
        amount,
        Records {
            donations,
            ..records.clone()
        },
    )
}

/// Holds that today's page is what it was, and that tomorrow's names the record and the figure.
fn holds(more: &Records, id: &str, record: &str, change: Change, figure: (&str, i64)) {
    let (township, records) = (&SMALL.township, &SMALL.records);
    let before = evening(township, records, today());
    let after = evening(township, more, today());
    let pages = all_files(township, records, &before);
    same_files(record, &pages, &all_files(township, more, &after));

    let next = evening(township, more, tomorrow());
    let named = next
        .corrections
        .iter()
        .find(|one| one.record == record)
        .unwrap();
    assert_eq!((&*named.id, named.change), (id, change));
    let corrections = list(township, more, &next, "corrections");
    assert!(column(&corrections, "corrected_by").contains(&record.to_owned()));
    let others = evening(township, records, tomorrow()).figures.corrections;
    assert_eq!(next.figures.corrections, others + 1);
    assert_eq!(city_correction(more, &next, figure.0), figure.1);
    let later = evening(township, more, on(2, 12));
    assert!(
        later.corrections.iter().all(|one| one.record != record),
        "named once"
    );
}

/// What the figures for the city say yesterday is corrected by.
fn city_correction(records: &Records, day: &Day, figure: &str) -> i64 {
    let to_city = list(&SMALL.township, records, day, "city_figures");
    let row = column(&to_city, "figure")
        .iter()
        .position(|key| key == figure)
        .unwrap();
    let correction = column(&to_city, "correction")[row]
        .replace(',', "")
        .replace('−', "-");
    correction.parse().unwrap()
}

#[test]
fn a_correction_known_tomorrow_leaves_today_and_is_named_tomorrow() {
    let (id, more) = student_corrected(&SMALL.records);
    holds(
        &more,
        &id,
        "correction",
        Change::Corrected,
        ("returnees_student", -1),
    );
}

#[test]
fn a_record_known_late_leaves_today_and_is_named_tomorrow() {
    let more = gift_known_late(&SMALL.records);
    holds(
        &more,
        "late",
        "late",
        Change::KnownLate,
        ("donations_fen", 123_456),
    );
}

#[test]
fn a_withdrawal_leaves_today_and_is_named_tomorrow() {
    let (id, amount, more) = gift_withdrawn(&SMALL.records);
    holds(
        &more,
        &id,
        "withdrawal",
        Change::Withdrawn,
        ("donations_fen", -amount),
    );
}

#[test]
fn a_past_day_seen_with_what_is_known_now_differs_from_the_page_of_that_evening() {
    let more = gift_known_late(&student_corrected(&SMALL.records).1);
    let seen = |known_by| {
        let as_of = AsOf {
            day: today(),
            known_by,
        };
        day(&SMALL.township, &more, &POLICY, as_of).figures
    };
    let (then, now) = (seen(today()), seen(tomorrow()));
    assert_eq!(now.returnees_student, then.returnees_student - 1);
    assert_eq!(now.returnees_worker, then.returnees_worker + 1);
    assert_eq!(now.donations_fen, then.donations_fen + 123_456);
}

/// The rows known by the end of a day, those that correct a row not known included nowhere.
fn known_by<T: Record>(ledger: &Ledger<T>, day: NaiveDate) -> Ledger<T> {
    changed(ledger, |rows| {
        rows.retain(|row| {
            let happened = row.what.as_ref().and_then(Record::happened_at);
            let known = row.known_at.or(happened);
            known.is_none_or(|known| known < end_of(day))
        });
    })
}

/// The records of the evening of a day. Ledgers that others point into keep their rows: they are
/// plans, known always.
fn records_by(records: &Records, day: NaiveDate) -> Records {
    let mut known = records.clone();
    macro_rules! each {
        ($($table:ident)+) => { $(known.$table = known_by(&records.$table, day);)+ };
    }
    each!(
        passages screening arrivals away_calls clues orders health cases contacts visits
        check_ins needs outreach demand deliveries prices complaints placements progress
        donations spending reports
    );
    known
}

#[test]
fn a_past_page_is_made_again_to_the_byte_whatever_was_recorded_since() {
    for (town, dates) in [
        (&SMALL, &[on(1, 30), on(2, 7), on(2, 20)][..]),
        (&MANGBANG, &[on(2, 4)]),
    ] {
        let (township, records) = (&town.township, &town.records);
        for &date in dates {
            let then = records_by(records, date);
            assert!(then.arrivals.len() < records.arrivals.len());
            let first = all_files(township, &then, &evening(township, &then, date));
            let again = all_files(township, records, &evening(township, records, date));
            same_files(&date.to_string(), &first, &again);
        }
    }
}
