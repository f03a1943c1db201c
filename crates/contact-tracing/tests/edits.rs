//! A network that changes record by record traces as the one built from the same records.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod oracle;

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use contact_tracing::{
    CaseFacts, Contact, ContactLog, ContactNetwork, ContactWindow, EditError, Exclusion, Origins,
    RefusedRow, Trace, TracingPolicy, Visit, trace_backward, trace_forward,
};
use grid_model::PersonId;
use oracle::worlds::{contact, told, visit, worlds};
use oracle::{Found, World, hour, person};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// What is to be done to the records, some of it impossible.
#[derive(Clone, Debug)]
enum Edit {
    InsertContact(usize, Contact),
    CorrectContact(usize, Contact),
    WithdrawContact(usize),
    InsertVisit(usize, Visit),
    CorrectVisit(usize, Visit),
    WithdrawVisit(usize),
}

/// An edit of one of so many records of each kind.
fn edit(ids: usize) -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0..ids, contact()).prop_map(|(id, contact)| Edit::InsertContact(id, contact)),
        (0..ids, contact()).prop_map(|(id, contact)| Edit::CorrectContact(id, contact)),
        (0..ids).prop_map(Edit::WithdrawContact),
        (0..ids, visit()).prop_map(|(id, visit)| Edit::InsertVisit(id, visit)),
        (0..ids, visit()).prop_map(|(id, visit)| Edit::CorrectVisit(id, visit)),
        (0..ids).prop_map(Edit::WithdrawVisit),
    ]
}

/// The records by id, changed the obvious way.
#[derive(Clone, Debug, Default)]
struct Records {
    contacts: BTreeMap<String, Contact>,
    visits: BTreeMap<String, Visit>,
}

impl Records {
    fn of(world: &World) -> Self {
        let contacts = world.contacts.iter().enumerate();
        let cut = |from| world.end.is_some_and(|end| from >= end);
        let contacts = contacts.filter(|(_, one)| one.person_a != one.person_b && !cut(one.from));
        let visits = world.visits.iter().enumerate();
        let visits = visits.filter(|(_, one)| !cut(one.from));
        Records {
            contacts: contacts
                .map(|(i, one)| (format!("c{i}"), one.clone()))
                .collect(),
            visits: visits
                .map(|(i, one)| (format!("v{i}"), one.clone()))
                .collect(),
        }
    }

    fn built(&self, world: &World) -> ContactNetwork {
        let mut log = ContactLog::new();
        for (id, contact) in &self.contacts {
            log.record_contact(id, contact);
        }
        for (id, visit) in &self.visits {
            log.record_visit(id, visit);
        }
        if let Some(end) = world.end {
            log.ends_at(end);
        }
        ContactNetwork::build(&log)
    }

    /// Whether the edit is possible; if so it is done.
    fn apply(&mut self, edit: &Edit, world: &World) -> bool {
        let cut = |from| world.end.is_some_and(|end| from >= end);
        match edit {
            Edit::InsertContact(id, one) | Edit::CorrectContact(id, one) => {
                let id = format!("c{id}");
                let new = matches!(edit, Edit::InsertContact(..));
                let sound = one.person_a != one.person_b && !cut(one.from);
                let done = sound && self.contacts.contains_key(&id) != new;
                done.then(|| self.contacts.insert(id, one.clone()));
                done
            }
            Edit::WithdrawContact(id) => self.contacts.remove(&format!("c{id}")).is_some(),
            Edit::InsertVisit(id, one) | Edit::CorrectVisit(id, one) => {
                let id = format!("v{id}");
                let new = matches!(edit, Edit::InsertVisit(..));
                let done = !cut(one.from) && self.visits.contains_key(&id) != new;
                done.then(|| self.visits.insert(id, one.clone()));
                done
            }
            Edit::WithdrawVisit(id) => self.visits.remove(&format!("v{id}")).is_some(),
        }
    }
}

fn apply(network: &mut ContactNetwork, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::InsertContact(id, one) => network.insert_contact(&format!("c{id}"), one),
        Edit::CorrectContact(id, one) => network.correct_contact(&format!("c{id}"), one),
        Edit::WithdrawContact(id) => network.withdraw_contact(&format!("c{id}")),
        Edit::InsertVisit(id, one) => network.insert_visit(&format!("v{id}"), one),
        Edit::CorrectVisit(id, one) => network.correct_visit(&format!("v{id}"), one),
        Edit::WithdrawVisit(id) => network.withdraw_visit(&format!("v{id}")),
    }
}

/// What was left out looking back: source, ids of the records, beginning, reason.
type LeftOut = Vec<(PersonId, Vec<Box<str>>, NaiveDateTime, Exclusion)>;

/// Everything a network answers: rows may be numbered otherwise, so by the ids of records.
fn answers(network: &ContactNetwork, world: &World) -> (Trace, Found, Vec<(Origins, LeftOut)>) {
    let quarantined = |who| world.quarantined(who);
    let trace = trace_forward(network, &world.cases, &world.policy, &quarantined);
    let found = told(network, &trace);
    let backward = world.cases.iter().map(|case| {
        let mut origins = trace_backward(network, case, &world.policy);
        let left_out = std::mem::take(&mut origins.excluded).into_iter();
        let by_ids = left_out.map(|left| {
            let records = network.records(left.evidence);
            (left.source, records, left.from, left.reason)
        });
        let by_ids = by_ids.collect();
        (origins, by_ids)
    });
    (trace, found, backward.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn after_every_edit_the_trace_is_that_of_a_rebuild(world in worlds(), edits in prop::collection::vec(edit(20), 1..16)) {
        let mut records = Records::of(&world);
        let mut network = ContactNetwork::build(&world.log(0));
        for edit in &edits {
            let possible = records.apply(edit, &world);
            prop_assert_eq!(apply(&mut network, edit).is_ok(), possible, "{:?}", edit);
            let rebuilt = records.built(&world);
            prop_assert_eq!(network.contact_count(), rebuilt.contact_count());
            prop_assert_eq!(network.visit_count(), rebuilt.visit_count());
            prop_assert_eq!(answers(&network, &world), answers(&rebuilt, &world));
        }
    }
}

#[test]
fn thousands_of_edits_are_sorted_in_and_stay_right() {
    let mut runner = TestRunner::deterministic();
    let mut world = worlds().new_tree(&mut runner).unwrap().current();
    world.end = None;
    let mut records = Records::of(&world);
    let mut network = ContactNetwork::build(&world.log(0));
    for step in 0..4_000 {
        let edit = edit(60).new_tree(&mut runner).unwrap().current();
        let possible = records.apply(&edit, &world);
        assert_eq!(apply(&mut network, &edit).is_ok(), possible, "{edit:?}");
        if step % 250 == 0 {
            let rebuilt = records.built(&world);
            assert_eq!(
                answers(&network, &world),
                answers(&rebuilt, &world),
                "{step}"
            );
        }
    }
}

#[test]
fn an_edit_that_cannot_be_is_named_and_changes_nothing() {
    let met = Contact {
        person_a: person(0),
        person_b: person(1),
        from: hour(10),
        until: Some(hour(11)),
        setting: None,
        protected: None,
        judged: None,
    };
    let mut log = ContactLog::new();
    log.record_contact("c1", &met);
    let mut network = ContactNetwork::build(&log);
    let backwards = Contact {
        until: Some(hour(9)),
        ..met.clone()
    };
    let errors = [
        network.insert_contact("c1", &met),
        network.insert_contact("", &met),
        network.correct_contact("c2", &met),
        network.withdraw_contact("c2"),
        network.withdraw_visit("v1"),
        network.correct_contact("c1", &backwards),
    ];
    let texts = errors.map(|error| error.unwrap_err().to_string());
    assert_eq!(
        texts,
        [
            "contact \"c1\" from 2020-02-20 10:00:00, id: another contact has it; give each an id of its own",
            "record from 2020-02-20 10:00:00, id: it is empty; give the record an id to change it by",
            "contact \"c2\": no contact has this id; insert it first",
            "contact \"c2\": no contact has this id; insert it first",
            "visit \"v1\": no visit has this id; insert it first",
            "contact \"c1\" from 2020-02-20 10:00:00, until: 2020-02-20 09:00:00 is earlier; correct it, or leave it empty if it is not known",
        ]
    );
    assert_eq!(network.contact_count(), 1);
    network.withdraw_contact("c1").unwrap();
    network.insert_contact("c1", &met).unwrap();
    assert_eq!((network.contact_count(), network.visit_count()), (1, 0));
}

#[test]
fn of_rows_with_one_id_the_least_by_what_it_says_is_taken_in_any_order() {
    let at = |from| Contact {
        person_a: person(0),
        person_b: person(1),
        from: hour(from),
        until: None,
        setting: None,
        protected: None,
        judged: None,
    };
    for order in [[10, 12], [12, 10]] {
        let mut log = ContactLog::new();
        for from in order {
            log.record_contact("c1", &at(from));
        }
        log.record_contact("c2", &at(11));
        log.record_contact("c3", &at(13));
        log.record_contact("", &at(14)).record_contact("", &at(15));
        let mut network = ContactNetwork::build(&log);
        assert_eq!(
            network.contact_count(),
            5,
            "rows without an id are all taken"
        );
        let twice = RefusedRow::ContactIdTwice {
            id: "c1".to_owned(),
            from: hour(12),
        };
        assert_eq!(network.refused(), [twice]);
        // What is left is found by its id, wherever it moved to.
        for id in ["c3", "c1", "c2"] {
            assert_eq!(network.withdraw_contact(id), Ok(()), "{id}");
        }
        assert_eq!(network.contact_count(), 2);
    }
}

#[test]
fn of_exposures_that_begin_at_once_the_same_record_is_named_whatever_came_later() {
    // Both were together since before the case could infect others, and until one instant.
    let met = |from| Contact {
        person_a: person(0),
        person_b: person(1),
        from: hour(from),
        until: Some(hour(60)),
        setting: None,
        protected: None,
        judged: None,
    };
    let stayed = |who, from| Visit {
        person: person(who),
        venue: oracle::venue(0),
        from: hour(from),
        until: Some(hour(60)),
    };
    let mut log = ContactLog::new();
    log.record_contact("late", &met(20));
    log.record_visit("late", &stayed(0, 20));
    log.record_visit("theirs", &stayed(2, 40));
    let mut network = ContactNetwork::build(&log);
    network.insert_contact("early", &met(10)).unwrap();
    network.insert_visit("early", &stayed(0, 10)).unwrap();
    let onset = hour(4 * 24).date();
    let policy = TracingPolicy::tengchong_2020(ContactWindow {
        before_onset_days: 2,
        before_sampling_days: None,
    });
    let case = CaseFacts::confirmed(person(0), onset);
    let trace = trace_forward(&network, &[case], &policy, &|_| None);
    let records = |who| {
        let one = &trace.reached[&person(who)];
        [one.first.records.clone(), one.path[0].records.clone()]
    };
    let early: Vec<Box<str>> = vec!["early".into()];
    assert_eq!(records(1), [early.clone(), early]);
    let early: Vec<Box<str>> = vec!["early".into(), "theirs".into()];
    assert_eq!(records(2), [early.clone(), early]);
}
