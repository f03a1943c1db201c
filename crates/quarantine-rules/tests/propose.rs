//! What the day proposes, lived through Mangbang's January and February 2020.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use grid_model::{AsOf, Ledger, PersonId, Recorded};
use quarantine_rules::{
    Arrival, Assessment, Books, Cause, ContactCause, FactName, Facts, HealthReading, Measure,
    MeasureClass, OrderEvent, OrderEventKind, Orders, Proposal, RulesPolicy, Situation, TestResult,
    assess, health_facts, referrals,
};

static BOOKS: LazyLock<Books> = LazyLock::new(|| Books::shipped().unwrap());

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(index: usize) -> PersonId {
    PersonId::from_index(index).unwrap()
}

fn arrival(who: usize, on: NaiveDate, via_hubei: Option<bool>) -> Arrival {
    Arrival {
        person: person(who),
        checkpoint: None,
        arrived_at: on.and_hms_opt(9, 0, 0).unwrap(),
        from_place: None,
        from_risk: None,
        left_risk_area: None,
        via_hubei,
        outside_city: Some(true),
        kind: None,
        home_ok: Some(true),
        handed_over_at: None,
    }
}

fn contact(who: usize, last_exposure: NaiveDate) -> ContactCause {
    ContactCause {
        person: person(who),
        first_exposure: last_exposure,
        last_exposure,
        index_onset: None,
        index_sampled: None,
        secondary: false,
    }
}

/// A proposal as the record that makes it a fact.
fn order(proposal: &Proposal, on: NaiveDate) -> OrderEvent {
    OrderEvent {
        person: proposal.person,
        at: on.and_hms_opt(20, 0, 0).unwrap(),
        event: match proposal.changes_order {
            true => OrderEventKind::Transferred,
            false => OrderEventKind::Ordered,
        },
        measure: Some(proposal.measure),
        place: Some(proposal.place.clone()),
        counted_from: proposal.counted_from,
        until: proposal.until,
        clause: Some(proposal.clause.id.clone()),
        ordered_by: None,
    }
}

#[derive(Default)]
struct Town {
    arrivals: Vec<Arrival>,
    contacts: Vec<(NaiveDate, ContactCause)>,
    orders: Vec<OrderEvent>,
    known: BTreeMap<PersonId, Facts>,
}

impl Town {
    fn ledger<T: grid_model::Record>(rows: &[T]) -> Ledger<T> {
        let rows = rows.iter().enumerate();
        let rows = rows.map(|(index, row)| Recorded::new(format!("{index:05}"), row.clone()));
        Ledger::build(rows.collect()).0
    }

    fn orders_on(&self, on: NaiveDate) -> Orders {
        Orders::standing(&Self::ledger(&self.orders), AsOf::on(on))
    }

    fn assess(&self, on: NaiveDate) -> Assessment {
        let known_by = |(known, _): &&(NaiveDate, ContactCause)| *known <= on;
        let contacts: Vec<_> = self
            .contacts
            .iter()
            .filter(known_by)
            .map(|(_, contact)| contact.clone())
            .collect();
        assess(&Situation {
            books: &BOOKS,
            policy: &RulesPolicy::tengchong_2020(),
            orders: &self.orders_on(on),
            arrivals: &Self::ledger(&self.arrivals),
            contacts: &contacts,
            known: &self.known,
            as_of: AsOf::on(on),
        })
    }

    /// Assesses a day and records what it proposes.
    fn live(&mut self, on: NaiveDate) -> Assessment {
        let assessment = self.assess(on);
        self.orders.extend(
            assessment
                .proposals
                .iter()
                .map(|proposal| order(proposal, on)),
        );
        assessment
    }
}

/// The streams of the town's timeline.
fn mangbang() -> Town {
    let mut town = Town::default();
    let mut who = 0;
    let mut next = || {
        who += 1;
        who
    };
    let home = [96, 104, 72, 31, 38, 34, 29, 23, 17, 12, 9, 7, 5, 4, 3];
    let hubei = [14, 13, 9, 5, 4, 3, 2, 2, 1, 1];
    let from = |first: &str, index: u64| day(first) + Days::new(index);
    for (index, count) in (0..).zip(home) {
        town.arrivals
            .extend((0..count).map(|_| arrival(next(), from("2020-01-22", index), Some(false))));
    }
    for (index, count) in (0..).zip(hubei) {
        town.arrivals
            .extend((0..count).map(|_| arrival(next(), from("2020-01-22", index), Some(true))));
    }
    for (index, count) in (0..).zip([5, 6, 4, 5, 4, 4]) {
        town.arrivals.extend((0..count).map(|_| Arrival {
            from_risk: Some("high".into()),
            ..arrival(next(), from("2020-02-24", index), Some(false))
        }));
    }
    for (traced, last, count) in [
        ("2020-01-28", "2020-01-25", 3),
        ("2020-02-04", "2020-01-31", 2),
    ] {
        town.contacts
            .extend((0..count).map(|_| (day(traced), contact(next(), day(last)))));
    }
    town
}

#[test]
fn recorded_proposals_give_the_towns_published_figures() {
    let policy = RulesPolicy::tengchong_2020();
    let mut town = mangbang();
    let published: BTreeMap<NaiveDate, [usize; 3]> = [
        ("2020-01-23", [0, 0, 0]),
        ("2020-01-31", [456, 54, 3]),
        ("2020-02-05", [484, 54, 5]),
        ("2020-02-10", [143, 9, 2]),
        ("2020-02-15", [28, 0, 0]),
        ("2020-02-20", [0, 0, 0]),
        ("2020-02-29", [28, 0, 0]),
    ]
    .map(|(on, figures)| (day(on), figures))
    .into();
    for on in day("2020-01-22").iter_days().take(39) {
        let assessment = town.live(on);
        assert_eq!(assessment.orders_to_review, [], "{on}");
        assert_eq!(assessment.undetermined, [], "{on}");
        // What was recorded is not proposed again.
        assert_eq!(town.assess(on).proposals, [], "{on}");
        if let Some(figures) = published.get(&on) {
            let under = town.orders_on(on).under_on(on, &policy);
            let counts = [under.home.len(), under.central.len(), under.outside.len()];
            assert_eq!(counts, *figures, "{on}");
        }
    }
    let last = day("2020-02-29");
    let orders = town.orders_on(last);
    let ever = orders.ever_until(last, &policy);
    assert_eq!(
        [ever.home.len(), ever.central.len(), ever.outside.len()],
        [512, 54, 5]
    );
    assert_eq!(orders.irregularities(), []);
    // The orders of the 24th for arrivals of the 22nd count from the arrival.
    let released = orders.released_on(day("2020-02-06"));
    assert_eq!(released.len(), 96 + 14);
    assert!(released.iter().all(|order| order.from == day("2020-01-24")));
}

#[test]
fn a_changed_book_releases_nobody_and_is_listed() {
    let mut town = Town {
        arrivals: vec![arrival(0, day("2020-02-20"), Some(false))],
        ..Town::default()
    };
    assert_eq!(town.live(day("2020-02-20")).proposals.len(), 1);
    assert_eq!(town.assess(day("2020-02-23")).orders_to_review, []);
    // From 24 February Tengchong has no row for returnees, and from_risk is not known.
    town.arrivals[0].from_risk = Some("low".into());
    let listed = town.assess(day("2020-02-24"));
    assert_eq!(listed.proposals, []);
    assert_eq!(listed.orders_to_review.len(), 1);
    let review = &listed.orders_to_review[0];
    assert_eq!(review.order.measure, Some(Measure::CentralQuarantine));
    assert_eq!(&*review.now.as_ref().unwrap().clause.id, "YN-A10-OTHER");
    assert!(
        town.orders_on(day("2020-03-05"))
            .held(person(0), day("2020-03-05"))
            .is_some()
    );
}

#[test]
fn who_hangs_on_an_unknown_fact_is_proposed_the_strictest_and_stays_listed() {
    let mut town = Town {
        arrivals: vec![arrival(0, day("2020-01-28"), None)],
        ..Town::default()
    };
    let first = town.live(day("2020-01-28"));
    assert_eq!(first.proposals[0].needs, [[FactName::ViaHubei]]);
    assert_eq!(&*first.proposals[0].place, "township_site");
    assert!(!first.undetermined[0].order_stands);
    let next = town.assess(day("2020-01-29"));
    assert_eq!((next.proposals.len(), next.orders_to_review.len()), (0, 0));
    assert!(next.undetermined[0].order_stands);
    // Found out: the order stands, and the book would say otherwise.
    town.arrivals[0].via_hubei = Some(false);
    let settled = town.assess(day("2020-01-30"));
    assert_eq!(
        (settled.undetermined.len(), settled.orders_to_review.len()),
        (0, 1)
    );
    // Over, nobody asks any more.
    town.arrivals[0].via_hubei = None;
    assert_eq!(town.assess(day("2020-02-12")), Assessment::default());
}

#[test]
fn a_returnee_found_to_be_a_close_contact_is_moved_to_the_city() {
    let mut town = Town {
        arrivals: vec![arrival(0, day("2020-01-26"), Some(false))],
        ..Town::default()
    };
    town.live(day("2020-01-26"));
    town.contacts
        .push((day("2020-01-30"), contact(0, day("2020-01-25"))));
    let moved = town.live(day("2020-01-30"));
    let [proposal] = &moved.proposals[..] else {
        panic!("{moved:?}")
    };
    assert!(proposal.changes_order);
    assert_eq!(
        (proposal.measure, &*proposal.place),
        (Measure::CentralQuarantine, "city_site")
    );
    assert_eq!(proposal.until, Some(day("2020-02-08")));
    assert!(matches!(proposal.cause, Cause::Contact { .. }));
    assert_eq!(town.assess(day("2020-01-31")).proposals, []);
    let policy = RulesPolicy::tengchong_2020();
    let under = town
        .orders_on(day("2020-01-30"))
        .under_on(day("2020-01-30"), &policy);
    assert_eq!(under.of(MeasureClass::Outside), [person(0)]);
    assert_eq!(under.of(MeasureClass::Home), []);
}

#[test]
fn a_contact_whose_days_are_over_is_proposed_nothing() {
    let mut town = Town::default();
    town.contacts
        .push((day("2020-02-20"), contact(0, day("2020-02-01"))));
    assert_eq!(town.assess(day("2020-02-20")), Assessment::default());
}

#[test]
fn a_secondary_contact_is_screened_and_under_no_measure_before_edition_7() {
    let mut town = Town::default();
    let secondary = ContactCause {
        secondary: true,
        ..contact(0, day("2020-01-30"))
    };
    town.contacts.push((day("2020-01-31"), secondary));
    let found = town.assess(day("2020-01-31"));
    assert_eq!(found.for_screening, [person(0)]);
    assert_eq!(found.proposals, []);
}

#[test]
fn a_second_arrival_after_the_first_order_calls_for_its_own() {
    let mut town = Town {
        arrivals: vec![arrival(0, day("2020-01-25"), Some(false))],
        ..Town::default()
    };
    town.live(day("2020-01-25"));
    town.arrivals
        .push(arrival(0, day("2020-02-01"), Some(false)));
    let again = town.live(day("2020-02-01"));
    assert_eq!(again.proposals[0].until, Some(day("2020-02-15")));
    assert!(again.proposals[0].changes_order);
    assert_eq!(town.assess(day("2020-02-02")).proposals, []);
}

fn reading(who: usize, on: &str, tenths: Option<u16>, test: Option<TestResult>) -> HealthReading {
    HealthReading {
        person: person(who),
        at: day(on).and_hms_opt(8, 0, 0).unwrap(),
        temperature_tenths: tenths,
        symptoms: None,
        test,
    }
}

#[test]
fn a_fever_is_373_tenths_and_is_referred_the_same_day() {
    let readings = Town::ledger(&[
        reading(0, "2020-02-10", Some(373), None),
        reading(1, "2020-02-10", Some(372), None),
        reading(2, "2020-02-09", Some(390), Some(TestResult::Pending)),
        reading(3, "2020-02-10", Some(374), None),
        reading(3, "2020-02-09", None, Some(TestResult::Negative)),
        reading(3, "2020-02-11", None, Some(TestResult::Positive)),
    ]);
    let as_of = AsOf::on(day("2020-02-10"));
    let found = referrals(&readings, &RulesPolicy::tengchong_2020(), as_of);
    let people: Vec<_> = found
        .iter()
        .map(|referral| (referral.person, referral.temperature_tenths))
        .collect();
    assert_eq!(people, [(person(0), 373), (person(3), 374)]);
    assert_eq!(found[0].latest_test, None);
    assert_eq!(found[1].latest_test.unwrap().1, TestResult::Negative);
    let known = health_facts(&readings, as_of);
    assert_eq!(known[&person(0)].test_results, Some(Vec::new()));
    assert_eq!(known[&person(3)].test_results.as_ref().unwrap().len(), 1);
}

#[test]
fn what_the_second_checkpoint_learned_settles_what_the_first_did_not_ask() {
    let on = day("2020-01-28");
    let gate = |index| grid_model::CheckpointId::from_index(index);
    let first = Arrival {
        checkpoint: gate(0),
        ..arrival(0, on, None)
    };
    let second = Arrival {
        checkpoint: gate(1),
        arrived_at: on.and_hms_opt(9, 40, 0).unwrap(),
        ..arrival(0, on, Some(false))
    };
    let ask = |rows: Vec<Arrival>| {
        let rows = rows.into_iter().enumerate();
        let rows = rows.map(|(index, row)| Recorded::new(format!("A{index}"), row));
        let (arrivals, refused) = Ledger::build(rows.collect());
        assert!(refused.is_empty());
        assess(&Situation {
            books: &BOOKS,
            policy: &RulesPolicy::tengchong_2020(),
            orders: &Orders::standing(&Ledger::default(), AsOf::on(on)),
            arrivals: &arrivals,
            contacts: &[],
            known: &BTreeMap::new(),
            as_of: AsOf::on(on),
        })
    };
    assert_eq!(ask(vec![first.clone()]).undetermined.len(), 1);
    let found = ask(vec![first, second]);
    assert!(found.undetermined.is_empty());
    let [proposal] = &found.proposals[..] else {
        panic!("{found:?}")
    };
    assert_eq!(proposal.measure, Measure::HomeObservation);
}
