//! A log changed record by record against one built anew after every change.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use contact_tracing::arrival::live::{LiveContact, LiveLog, RefusedChange};
use contact_tracing::arrival::{InstantLog, Mode, earliest_arrival};
use proptest::prelude::*;

fn met(at: i64, a: u64, b: u64) -> LiveContact {
    LiveContact { at, people: [a, b] }
}

/// What a log should hold, in the plainest form.
#[derive(Clone, Default)]
struct Plain {
    seeds: BTreeSet<u64>,
    start: i64,
    held: BTreeMap<u8, LiveContact>,
}

impl Plain {
    fn passes_on(&self, arrivals: &BTreeMap<u64, i64>, person: u64, at: i64) -> bool {
        let earlier = arrivals.get(&person).is_some_and(|&since| since < at);
        earlier || (self.seeds.contains(&person) && self.start <= at)
    }

    /// Each instant in turn: who can pass on before it reaches whom it meets at it.
    fn arrivals(&self) -> BTreeMap<u64, i64> {
        let mut arrivals = BTreeMap::new();
        let instants: BTreeSet<i64> = self.held.values().map(|contact| contact.at).collect();
        for now in instants {
            let mut reached = BTreeSet::new();
            for contact in self.held.values().filter(|contact| contact.at == now) {
                let [a, b] = contact.people;
                for (source, other) in [(a, b), (b, a)] {
                    if self.passes_on(&arrivals, source, now) && !self.seeds.contains(&other) {
                        reached.insert(other);
                    }
                }
            }
            for person in reached {
                arrivals.entry(person).or_insert(now);
            }
        }
        arrivals
    }

    /// The least other person, then the least id, of the contacts that could have done it.
    fn evidence(&self, arrivals: &BTreeMap<u64, i64>, person: u64) -> Option<(i64, u64, u8)> {
        let at = *arrivals.get(&person)?;
        let by = self.held.iter().filter_map(|(&id, contact)| {
            let source = match contact.people {
                [source, other] | [other, source] if other == person && contact.at == at => source,
                _ => return None,
            };
            self.passes_on(arrivals, source, at)
                .then_some((at, source, id))
        });
        by.min()
    }
}

fn assert_agree(log: &LiveLog<u8>, plain: &Plain) {
    let arrivals = plain.arrivals();
    let expected: Vec<(u64, i64)> = arrivals.iter().map(|(&person, &at)| (person, at)).collect();
    assert_eq!(log.arrivals(), expected);
    assert_eq!(log.contact_count(), plain.held.len());
    for person in 0..PEOPLE {
        assert_eq!(log.arrival(person), arrivals.get(&person).copied());
        let found = log.passage(person);
        let found = found.map(|passage| (passage.at, passage.source, *passage.id));
        assert_eq!(found, plain.evidence(&arrivals, person), "of {person}");
        if arrivals.contains_key(&person) {
            let path = log.path(person);
            assert!(plain.seeds.contains(&path[0].source));
            assert!(
                path.windows(2)
                    .all(|two| two[0].person == two[1].source && two[0].at < two[1].at)
            );
        }
    }
}

const PEOPLE: u64 = 7;

#[derive(Clone, Debug)]
enum Change {
    Insert(u8, LiveContact),
    Withdraw(u8),
    Correct(u8, LiveContact),
}

fn contacts() -> impl Strategy<Value = LiveContact> {
    let instants = prop_oneof![8 => 0i64..8, 1 => Just(i64::MIN), 1 => Just(i64::MAX)];
    (instants, 0..PEOPLE, 1..=PEOPLE)
        .prop_map(|(at, a, further)| met(at, a, (a + further) % PEOPLE))
}

/// A few ids, so that most are taken again, corrected and withdrawn many times.
fn changes() -> impl Strategy<Value = Vec<Change>> {
    let one = prop_oneof![
        4 => (0u8..24, contacts()).prop_map(|(id, contact)| Change::Insert(id, contact)),
        2 => (0u8..24).prop_map(Change::Withdraw),
        2 => (0u8..24, contacts()).prop_map(|(id, contact)| Change::Correct(id, contact)),
    ];
    prop::collection::vec(one, 0..60)
}

/// Makes a change to both, and compares what they say of it.
fn make(log: &mut LiveLog<u8>, plain: &mut Plain, change: Change) {
    let oneself = |contact: &LiveContact| contact.people[0] == contact.people[1];
    let turned = |mut contact: LiveContact| {
        contact.people.sort_unstable();
        contact
    };
    match change {
        Change::Insert(id, contact) => {
            let refused = oneself(&contact) || plain.held.contains_key(&id);
            assert_eq!(log.insert(id, contact).is_err(), refused);
            if !refused {
                plain.held.insert(id, turned(contact));
            }
        }
        Change::Withdraw(id) => assert_eq!(log.withdraw(&id).ok(), plain.held.remove(&id)),
        Change::Correct(id, contact) => {
            let held = plain.held.get(&id).copied().filter(|_| !oneself(&contact));
            assert_eq!(log.correct(&id, contact).ok(), held);
            if held.is_some() {
                plain.held.insert(id, turned(contact));
            }
        }
    }
    for id in 0..24 {
        assert_eq!(log.contact(&id), plain.held.get(&id).copied());
    }
}

fn starts() -> impl Strategy<Value = i64> {
    prop_oneof![6 => -1i64..9, 1 => Just(i64::MIN), 1 => Just(i64::MAX)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn after_every_change_the_answer_is_that_of_a_log_built_anew(
        seeds in prop::collection::btree_set(0..PEOPLE, 0..3), start in starts(),
        budget in prop_oneof![Just(0usize), 1usize..12, Just(usize::MAX)], changes in changes(),
    ) {
        let mut log = LiveLog::new(seeds.iter().copied(), start).repair_within(budget);
        let mut plain = Plain { seeds, start, held: BTreeMap::new() };
        for change in changes {
            make(&mut log, &mut plain, change);
            assert_agree(&log, &plain);
        }
    }

    #[test]
    fn a_log_built_at_once_can_be_changed_like_one_that_grew(
        seeds in prop::collection::btree_set(0..PEOPLE, 1..3), start in starts(),
        held in prop::collection::btree_map(0u8..24, contacts(), 0..24), changes in changes(),
    ) {
        let held: BTreeMap<u8, LiveContact> = held.into_iter().filter(|(_, contact)| contact.people[0] != contact.people[1]).collect();
        let (mut log, refused) = LiveLog::build(seeds.iter().copied(), start, held.clone().into_iter().rev());
        prop_assert!(refused.is_empty());
        let mut plain = Plain { seeds, start, held };
        for contact in plain.held.values_mut() {
            contact.people.sort_unstable();
        }
        assert_agree(&log, &plain);
        for change in changes {
            make(&mut log, &mut plain, change);
            assert_agree(&log, &plain);
        }
    }
}

/// Numbers by a rule of Marsaglia's, so that the run is the same everywhere (Xorshift RNGs,
/// Journal of Statistical Software 8 (14), 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn contact(&mut self, instants: u64) -> LiveContact {
        // The seed meets twenty times as many as others, and keeps meeting new ones.
        let a = self.below(2_000).saturating_sub(20);
        let b = (a + 1 + self.below(1_999)) % 2_000;
        met(i64::try_from(self.below(instants)).unwrap(), a, b)
    }
}

/// Instants of more contacts than a block of the log, with and without a log read again.
#[test]
fn changes_to_long_instants_end_where_a_log_built_anew_begins() {
    for budget in [0, usize::MAX] {
        let mut numbers = Numbers(88_172_645);
        let given: Vec<(u64, LiveContact)> =
            (0..9_000).map(|id| (id, numbers.contact(6))).collect();
        let (log, _) = LiveLog::build([0], 0, given.clone());
        let mut log = log.repair_within(budget);
        let mut held: BTreeMap<u64, LiveContact> = given.into_iter().collect();
        for new in 9_000u64..9_030 {
            let early = log.arrivals()[usize::try_from(numbers.below(300)).unwrap()].0;
            let id = *log.passage(early).unwrap().id;
            assert_eq!(log.withdraw(&id).ok(), held.remove(&id).map(sorted));
            let contact = numbers.contact(6);
            log.insert(new, contact).unwrap();
            held.insert(new, contact);
        }
        let rows = held
            .values()
            .map(|met| (met.at, met.people[0], met.people[1]));
        let instants = InstantLog::build(rows);
        let expected = earliest_arrival(&instants, 0, 0, Mode::Strict);
        assert_eq!(log.arrivals(), expected.collect());
        assert!(
            (500..1_999).contains(&expected.count()),
            "{}",
            expected.count()
        );
        let (anew, _) = LiveLog::build([0], 0, held);
        for (person, _) in log.arrivals() {
            assert_eq!(log.passage(person), anew.passage(person));
        }
    }
}

#[test]
fn thousands_of_changes_end_where_a_log_built_anew_begins() {
    let mut numbers = Numbers(2_463_534_242);
    let given: Vec<(u64, LiveContact)> =
        (0..12_000).map(|id| (id, numbers.contact(5_000))).collect();
    let (mut log, _) = LiveLog::build([0], 100, given.clone());
    let mut held: BTreeMap<u64, LiveContact> = given.into_iter().collect();
    for new in 12_000u64..13_500 {
        // Every third change is to the evidence of someone reached early: those move the most.
        let id = if new % 3 == 0 {
            let mut early = log.arrivals();
            early.sort_unstable_by_key(|&(person, at)| (at, person));
            let (person, _) = early[usize::try_from(numbers.below(200)).unwrap()];
            *log.passage(person).unwrap().id
        } else {
            new - 1 - numbers.below(12_000)
        };
        let contact = numbers.contact(5_000);
        match numbers.below(3) {
            0 => assert_eq!(log.withdraw(&id).ok(), held.remove(&id).map(sorted)),
            1 if held.contains_key(&id) => {
                assert_eq!(
                    log.correct(&id, contact).ok(),
                    held.insert(id, contact).map(sorted)
                );
            }
            _ => {
                log.insert(new, contact).unwrap();
                held.insert(new, contact);
            }
        }
    }
    let instants = InstantLog::build(
        held.values()
            .map(|met| (met.at, met.people[0], met.people[1])),
    );
    let closure = earliest_arrival(&instants, 0, 100, Mode::Strict);
    let expected = closure.collect();
    assert!(
        expected.len() > 1_500,
        "only {} are reached",
        expected.len()
    );
    assert_eq!(log.arrivals(), expected);
    let (anew, refused) = LiveLog::build([0], 100, held);
    assert!(refused.is_empty());
    for (person, _) in expected {
        assert_eq!(log.path(person), anew.path(person));
        let steps = log
            .path(person)
            .into_iter()
            .map(|step| (step.at, step.source, step.person));
        let passings = closure.path(person).into_iter();
        assert!(steps.eq(passings.map(|passing| (passing.at, passing.from, passing.to))));
    }
}

fn sorted(mut contact: LiveContact) -> LiveContact {
    contact.people.sort_unstable();
    contact
}

#[test]
fn a_change_that_is_refused_says_why_and_changes_nothing() {
    let rows = [
        ("c1", met(10, 1, 2)),
        ("c2", met(20, 2, 3)),
        ("c2", met(15, 2, 4)),
        ("c3", met(5, 6, 6)),
    ];
    let (mut log, refused) = LiveLog::build([1], 0, rows);
    let taken = "contact \"c2\": the log holds a contact under that id; correct that one, or give this one an id of its own";
    let unknown = "contact \"c9\": the log holds none under that id; insert it first";
    let oneself = |id: &str| {
        format!(
            "contact {id:?} at second 5, person_b: 6 is the same person as person_a; name the two who met"
        )
    };
    let texts: Vec<String> = refused.iter().map(ToString::to_string).collect();
    // Of two rows under one id the least by content is taken.
    assert_eq!(texts, [taken.to_owned(), oneself("c3")]);
    let before = [(2, 10), (4, 15)];
    assert_eq!(log.arrivals(), before);

    let text = |refused: RefusedChange<&str>| refused.to_string();
    assert_eq!(text(log.insert("c2", met(1, 1, 9)).unwrap_err()), taken);
    assert_eq!(
        text(log.insert("c4", met(5, 6, 6)).unwrap_err()),
        oneself("c4")
    );
    assert_eq!(
        text(log.correct(&"c1", met(5, 6, 6)).unwrap_err()),
        oneself("c1")
    );
    assert_eq!(text(log.correct(&"c9", met(1, 1, 9)).unwrap_err()), unknown);
    assert_eq!(text(log.withdraw(&"c9").unwrap_err()), unknown);
    assert_eq!(log.arrivals(), before);
    assert_eq!(log.contact_count(), 2);
}

#[test]
fn somebody_new_is_a_person_from_then_on_and_may_be_the_seed() {
    let mut log = LiveLog::new([u64::MAX], 0);
    assert_eq!(log.arrival(3), None);
    log.insert(1u64, met(4, 3, u64::MAX)).unwrap();
    assert_eq!(log.arrivals(), [(3, 4)]);
    assert_eq!(log.arrival(u64::MAX), None);
}

#[test]
fn a_place_withdrawn_is_taken_anew() {
    let mut log = LiveLog::new([0], 0);
    for round in 0..100u64 {
        for person in 1..50 {
            let at = i64::try_from(person).unwrap();
            log.insert((round, person), met(at, person - 1, person))
                .unwrap();
        }
        assert_eq!(log.path(49).len(), 49);
        for person in 1..50 {
            log.withdraw(&(round, person)).unwrap();
        }
        assert_eq!((log.arrivals(), log.contact_count()), (vec![], 0));
    }
}
