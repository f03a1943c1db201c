//! One route for each arrival, in Mangbang in early 2020.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, its helpers too"
)]

use chrono::{NaiveDate, NaiveDateTime};
use grid_model::PersonId;
use quarantine_rules::{
    Arrival, Books, Decision, FactName, Facts, Measure, Route, RoutedArrival, RulesPolicy, Subject,
    decide_arrival,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn arrival(at: &str, via_hubei: Option<bool>) -> Arrival {
    Arrival {
        person: PersonId::from_index(0).unwrap(),
        checkpoint: None,
        arrived_at: NaiveDateTime::parse_from_str(at, "%Y-%m-%dT%H:%M").unwrap(),
        from_place: None,
        from_risk: None,
        left_risk_area: None,
        via_hubei,
        outside_city: Some(true),
        kind: None,
        home_ok: None,
        handed_over_at: None,
    }
}

fn routed(arrival: &Arrival, on: &str) -> RoutedArrival {
    let books = Books::shipped().unwrap();
    let known = Facts::new(Subject::LocalReturnee);
    decide_arrival(
        &books,
        &RulesPolicy::tengchong_2020(),
        arrival,
        &known,
        day(on),
    )
}

fn clause(routed: &RoutedArrival) -> String {
    match &routed.decision {
        Decision::Governed(found) => format!(
            "{} {} {} {}",
            found.clause.id,
            found.measure,
            found.place,
            found.until.map_or(String::new(), |day| day.to_string())
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_came_through_hubei_goes_to_the_townships_site() {
    let hubei = arrival("2020-01-25T10:00", Some(true));
    let found = routed(&hubei, "2020-01-31");
    assert_eq!(found.route, Route::UnderMeasure);
    assert_eq!(
        clause(&found),
        "MB-HUBEI central_quarantine township_site 2020-02-08"
    );
    // The clause outlives the change of 5 February for who arrived before noon.
    assert_eq!(
        clause(&routed(
            &arrival("2020-02-05T11:59", Some(true)),
            "2020-02-10"
        )),
        "MB-HUBEI central_quarantine township_site 2020-02-19"
    );
}

#[test]
fn who_came_another_way_stays_at_home_until_the_cut_off() {
    assert_eq!(
        clause(&routed(
            &arrival("2020-01-25T10:00", Some(false)),
            "2020-01-31"
        )),
        "TC-JAN-HOME home_observation home 2020-02-08"
    );
    assert_eq!(
        clause(&routed(
            &arrival("2020-02-05T11:59", Some(false)),
            "2020-02-06"
        )),
        "TC-FEB-OLD home_observation home 2020-02-19"
    );
    assert_eq!(
        clause(&routed(
            &arrival("2020-02-05T12:00", Some(false)),
            "2020-02-06"
        )),
        "TC-FEB-NEW central_quarantine central_site 2020-02-19"
    );
}

#[test]
fn who_may_have_come_through_hubei_is_held_under_the_strictest_measure() {
    let found = routed(&arrival("2020-01-28T10:00", None), "2020-01-31");
    assert_eq!(found.route, Route::Undetermined);
    let Decision::Undetermined(open) = &found.decision else {
        panic!("{found:?}")
    };
    assert_eq!(open.strictest.measure, Measure::CentralQuarantine);
    assert_eq!(&*open.strictest.place, "township_site");
    assert_eq!(open.strictest.until, Some(day("2020-02-11")));
    assert_eq!(open.needs, [[FactName::ViaHubei]]);
    let could_be: Vec<&str> = open
        .could_be
        .iter()
        .map(|found| &*found.clause.id)
        .collect();
    assert_eq!(could_be, ["MB-HUBEI", "TC-JAN-HOME"]);
    assert!(!open.could_be_no_rule);
}

#[test]
fn from_24_february_a_high_risk_area_means_quarantine_at_home() {
    for (on, until) in [("2020-02-24", "2020-03-09"), ("2020-02-29", "2020-03-09")] {
        let mut high = arrival("2020-02-24T10:00", Some(false));
        high.from_risk = Some("high".into());
        high.home_ok = Some(true);
        assert_eq!(
            clause(&routed(&high, on)),
            format!("YN-A10-HIGH home_quarantine home {until}")
        );
    }
}

#[test]
fn an_unknown_home_leaves_open_where_the_quarantine_is() {
    let mut high = arrival("2020-02-24T10:00", Some(false));
    high.from_risk = Some("high".into());
    let found = routed(&high, "2020-02-25");
    assert_eq!(found.decision.needs(), [[FactName::HomeOk]]);
    assert_eq!(
        found.decision.held_under().unwrap().measure,
        Measure::CentralQuarantine
    );
}

#[test]
fn an_unknown_risk_of_the_place_of_departure_is_not_let_go() {
    let mut unknown = arrival("2020-02-24T10:00", Some(false));
    unknown.home_ok = Some(true);
    let found = routed(&unknown, "2020-02-25");
    assert_eq!(found.route, Route::Undetermined);
    assert_eq!(found.decision.needs(), [[FactName::FromRisk]]);
    assert_eq!(
        &*found.decision.held_under().unwrap().clause.id,
        "YN-A10-HIGH"
    );
}

#[test]
fn before_24_january_there_is_no_rule() {
    for on in ["2020-01-22", "2020-01-23"] {
        for via_hubei in [Some(true), Some(false), None] {
            let found = routed(&arrival("2020-01-22T08:00", via_hubei), on);
            assert_eq!(
                (found.route, found.decision),
                (Route::NoRule, Decision::NoRule)
            );
        }
    }
}

#[test]
fn who_comes_from_inside_the_city_and_no_area_at_risk_needs_no_measure() {
    for on in ["2020-01-31", "2020-02-10", "2020-02-25"] {
        let mut inside = arrival("2020-01-30T08:00", Some(false));
        inside.outside_city = Some(false);
        let found = routed(&inside, on);
        assert_eq!(found.route, Route::NotFromOutside);
        assert_eq!(found.subjects, []);
    }
}

#[test]
fn an_arrival_from_nobody_knows_where_asks_that_first() {
    let mut unknown = arrival("2020-01-28T10:00", None);
    unknown.outside_city = None;
    let found = routed(&unknown, "2020-01-31");
    let Decision::Undetermined(open) = &found.decision else {
        panic!("{found:?}")
    };
    assert_eq!(&*open.strictest.clause.id, "MB-HUBEI");
    assert_eq!(open.needs[0][0], FactName::OutsideCity);
    assert!(open.could_be_no_rule);
}
