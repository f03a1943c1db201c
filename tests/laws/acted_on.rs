//! What the staff must act on stands in a list, by its record, and moves no figure.

use grid_model::{AsOf, Recorded};
use outbreak_response::quarantine_rules::{Gathering, GatheringKind, OrderEventKind};
use outbreak_response::{Day, Records, day};

use crate::support::{MANGBANG, POLICY, changed, column, list, on};

fn evening(records: &Records, month: u32, date: u32) -> Day {
    let as_of = AsOf::on(on(month, date));
    day(&MANGBANG.township, records, &POLICY, as_of)
}

fn listed(records: &Records, found: &Day, key: &str, of: &str) -> Vec<String> {
    column(&list(&MANGBANG.township, records, found, key), of)
}

#[test]
fn every_release_has_its_certificate_with_nothing_missing() {
    let found = evening(&MANGBANG.records, 2, 6);
    for (key, figure) in [
        ("releases_today", found.figures.released_today),
        ("releases_tomorrow", found.figures.releases_tomorrow),
    ] {
        let missing = listed(&MANGBANG.records, &found, key, "missing");
        assert_eq!(i64::try_from(missing.len()).unwrap(), figure, "{key}");
        assert!(
            figure > 0 && missing.iter().all(|one| one == "nothing"),
            "{key}"
        );
        let notices = listed(&MANGBANG.records, &found, key, "notice");
        let says = |notice: &String| notice.contains("the person is free from 00:00 on");
        assert!(notices.iter().all(says), "{key}");
    }
    assert!(listed(&MANGBANG.records, &found, "releases_overdue", "person").is_empty());
    assert!(listed(&MANGBANG.records, &found, "order_records", "record").is_empty());
}

#[test]
fn a_certificate_nobody_recorded_is_overdue_and_its_order_is_over_all_the_same() {
    let was = evening(&MANGBANG.records, 2, 8);
    let certified = |row: &Recorded<outbreak_response::quarantine_rules::OrderEvent>| {
        let what = row.what.as_ref().unwrap();
        what.event == OrderEventKind::Released && what.at.date() == on(2, 6)
    };
    let mut taken = None;
    let records = Records {
        orders: changed(&MANGBANG.records.orders, |rows| {
            let place = rows.iter().position(certified).unwrap();
            taken = rows.remove(place).what;
        }),
        ..MANGBANG.records.clone()
    };
    let found = evening(&records, 2, 8);
    assert_eq!(found.figures, was.figures);
    let person = MANGBANG.township.person_key(taken.unwrap().person);
    assert_eq!(
        listed(&records, &found, "releases_overdue", "person"),
        [person]
    );
}

#[test]
fn who_passed_and_was_not_received_is_listed_until_somebody_is() {
    let passed = |row: &Recorded<outbreak_response::quarantine_rules::Arrival>| {
        let what = row.what.as_ref().unwrap();
        what.checkpoint.is_some()
            && what.arrived_at.date() == on(1, 31)
            && what.outside_city == Some(true)
    };
    let mut who = None;
    let records = Records {
        arrivals: changed(&MANGBANG.records.arrivals, |rows| {
            let row = rows.iter_mut().find(|row| passed(row)).unwrap();
            let arrival = row.what.as_mut().unwrap();
            arrival.handed_over_at = None;
            who = Some(arrival.person);
        }),
        ..MANGBANG.records.clone()
    };
    let person = MANGBANG.township.person_key(who.unwrap());
    for date in [1, 4] {
        let found = evening(&records, 2, date);
        assert_eq!(listed(&records, &found, "hand_overs", "person"), [person]);
        let holes = listed(&records, &found, "hand_overs", "hole");
        assert_eq!(holes, ["passed but not received"]);
    }
    assert_eq!(
        evening(&records, 2, 1).figures,
        evening(&MANGBANG.records, 2, 1).figures
    );
}

#[test]
fn a_wedding_still_open_is_advised_by_the_clause_in_force() {
    let mut rows: Vec<Recorded<Gathering>> = MANGBANG.records.gatherings.recorded().collect();
    let wedding = Gathering {
        kind: GatheringKind::Wedding,
        planned_for: on(2, 20),
        outcome: None,
    };
    rows.push(Recorded::new("WEDDING", wedding));
    let records = Records {
        gatherings: grid_model::Ledger::build(rows).0,
        ..MANGBANG.records.clone()
    };
    for (date, state) in [(19, "to advise"), (20, "against the advice")] {
        let found = evening(&records, 2, date);
        assert_eq!(listed(&records, &found, "gatherings", "state"), [state]);
        assert_eq!(
            listed(&records, &found, "gatherings", "clause"),
            ["MB-CELEBRATIONS"]
        );
        let advice = listed(&records, &found, "gatherings", "advice");
        assert!(advice[0].contains("is to be put off"), "{advice:?}");
    }
}
