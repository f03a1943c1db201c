//! Laws of pairing.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise"
)]

mod oracle;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use follow_up::{
    Candidate, EndedBecause, FollowUpPolicy, Observed, Pairing, PairingPlan, PairingQuestion,
    Refusal, UnpairedBecause, Watched, pair, supervisors_paired,
};
use grid_model::{AreaId, AsOf, HouseholdId, Ledger, PersonId, Recorded, Role};
use proptest::prelude::*;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, number).unwrap()
}

fn at(number: u32, hour: u32) -> NaiveDateTime {
    day(number).and_hms_opt(hour, 0, 0).unwrap()
}

fn person(number: usize) -> PersonId {
    PersonId::from_index(number).unwrap()
}

/// Village `n` lies in community `n / 2`; communities are numbered from 100.
fn place(village: usize) -> (Option<AreaId>, Option<AreaId>) {
    (
        AreaId::from_index(village),
        AreaId::from_index(100 + village / 2),
    )
}

fn observed(number: usize, village: usize) -> Observed {
    let (natural_village, community) = place(village);
    Observed {
        person: person(number),
        household: HouseholdId::from_index(number),
        natural_village,
        community,
        from: at(1, 0),
        until: Some(at(15, 0)),
        transferred_out_at: None,
        needs_medical_staff: false,
        grid_lead: None,
    }
}

fn candidate(number: usize, village: usize) -> Candidate {
    let (natural_village, community) = place(village);
    Candidate {
        person: person(number),
        role: Role::PartyMember,
        age: Some(40),
        consents: true,
        is_pregnant: false,
        is_chronically_ill: false,
        household: HouseholdId::from_index(number),
        natural_village,
        community,
        is_observed: false,
        lives_with_observed: false,
        has_fever: false,
        serves_frail_households: false,
        load: 0,
    }
}

fn pairing(watched: Watched, helper: usize, from: u32, until: Option<u32>) -> Pairing {
    Pairing {
        watched,
        helper: person(helper),
        from: at(from, 0),
        until: until.map(|number| at(number, 0)),
    }
}

fn ledger(rows: Vec<Pairing>) -> Ledger<Pairing> {
    let numbered = rows.into_iter().enumerate();
    let rows = numbered.map(|(row, what)| Recorded::new(format!("{row:03}"), what));
    Ledger::build(rows.collect()).0
}

fn plan(observed: &[Observed], candidates: &[Candidate], rows: Vec<Pairing>) -> PairingPlan {
    let (pairings, policy) = (ledger(rows), FollowUpPolicy::tengchong_2020());
    let question = PairingQuestion {
        observed,
        candidates,
        pairings: &pairings,
        policy: &policy,
        as_of: AsOf::on(day(5)),
    };
    let plan = pair(question).unwrap();
    assert_eq!(plan.verify(question), Ok(()));
    plan
}

#[test]
fn every_ground_against_a_helper_is_named() {
    let bad = Candidate {
        age: Some(60),
        consents: false,
        is_pregnant: true,
        is_chronically_ill: true,
        is_observed: true,
        lives_with_observed: true,
        has_fever: true,
        serves_frail_households: true,
        ..candidate(50, 0)
    };
    let young = Candidate {
        age: Some(18),
        ..candidate(51, 0)
    };
    let unknown = Candidate {
        age: None,
        ..candidate(52, 0)
    };
    let given = [bad, young, unknown, candidate(53, 0), candidate(53, 1)];
    let found = plan(&[observed(1, 0)], &given, vec![]);
    let grounds: Vec<_> = found
        .refused
        .iter()
        .map(|one| one.refusals.clone())
        .collect();
    assert_eq!(
        grounds,
        [
            vec![
                Refusal::TooOld,
                Refusal::NotConsenting,
                Refusal::Pregnant,
                Refusal::ChronicallyIll,
                Refusal::UnderObservation,
                Refusal::LivesWithObserved,
                Refusal::Fever,
                Refusal::ServesFrailHouseholds,
            ],
            vec![Refusal::TooYoung],
            vec![Refusal::AgeNotKnown],
            vec![Refusal::GivenTwice],
        ]
    );
    assert_eq!(found.pairs[0].helper, person(53));
}

#[test]
fn nineteen_and_fifty_nine_may_help() {
    for age in [19, 59] {
        let own = Candidate {
            age: Some(age),
            ..candidate(50, 0)
        };
        assert_eq!(plan(&[observed(1, 0)], &[own], vec![]).pairs.len(), 1);
    }
}

#[test]
fn a_standing_pair_goes_on_though_another_helper_is_nearer() {
    let rows = vec![pairing(Watched::Person(person(1)), 50, 1, None)];
    let found = plan(
        &[observed(1, 0)],
        &[candidate(50, 3), candidate(51, 0)],
        rows,
    );
    assert_eq!(found.pairs[0].helper, person(50));
    assert_eq!(
        (found.pairs[0].standing.is_some(), found.without_standing()),
        (true, 0)
    );
}

#[test]
fn a_helper_who_may_not_help_any_more_is_replaced_with_the_reason() {
    let ill = Candidate {
        has_fever: true,
        ..candidate(50, 0)
    };
    let watched = Watched::Household(HouseholdId::from_index(1).unwrap());
    let rows = vec![pairing(watched, 50, 1, None)];
    let found = plan(&[observed(1, 0)], &[ill, candidate(51, 0)], rows);
    assert_eq!(found.ended[0].because, EndedBecause::Refused);
    assert_eq!(found.ended[0].refusals, [Refusal::Fever]);
    assert_eq!(
        (found.pairs[0].helper, found.without_standing()),
        (person(51), 1)
    );
}

#[test]
fn an_age_nobody_knows_ends_no_standing_pair() {
    let unknown = Candidate {
        age: None,
        ..candidate(50, 0)
    };
    let rows = vec![pairing(Watched::Person(person(1)), 50, 1, None)];
    assert_eq!(
        plan(&[observed(1, 0)], &[unknown], rows).pairs[0].helper,
        person(50)
    );
}

#[test]
fn a_close_contact_is_measured_by_medical_staff_only() {
    let contact = Observed {
        needs_medical_staff: true,
        ..observed(1, 0)
    };
    let rows = vec![pairing(Watched::Person(person(1)), 50, 1, None)];
    let found = plan(std::slice::from_ref(&contact), &[candidate(50, 0)], rows);
    assert_eq!(found.ended[0].because, EndedBecause::NotMedicalStaff);
    assert_eq!(found.unpaired[0].because, UnpairedBecause::NoMedicalStaff);
    let doctor = Candidate {
        role: Role::Doctor,
        ..candidate(51, 3)
    };
    let found = plan(&[contact], &[candidate(50, 0), doctor], vec![]);
    assert_eq!(found.pairs[0].helper, person(51));
}

#[test]
fn nobody_watches_more_than_the_policy_allows_and_the_rest_are_listed() {
    let people: Vec<_> = (0..7).map(|number| observed(number, 0)).collect();
    let found = plan(&people, &[candidate(50, 0)], vec![]);
    assert_eq!((found.pairs.len(), found.unpaired.len()), (5, 2));
    assert_eq!(found.unpaired[0].because, UnpairedBecause::LoadLimit);
    let found = plan(&people, &[], vec![]);
    assert_eq!(found.unpaired[0].because, UnpairedBecause::NobodyMayHelp);
}

#[test]
fn a_household_stays_with_one_helper_where_there_is_room() {
    let home = HouseholdId::from_index(90);
    let mut people: Vec<_> = (0..6).map(|number| observed(number, 0)).collect();
    for number in [0, 2, 4] {
        people[number].household = home;
    }
    let helpers = [candidate(50, 0), candidate(51, 0)];
    let found = plan(&people, &helpers, vec![]);
    let of_home: Vec<_> = [0, 2, 4].map(|index| found.pairs[index].helper).into();
    assert!(
        of_home.windows(2).all(|pair| pair[0] == pair[1]),
        "{of_home:?}"
    );
}

#[test]
fn a_pairing_is_proposed_for_as_long_as_the_observation_lasts() {
    let people = [observed(1, 0)];
    let found = plan(&people, &[candidate(50, 0)], vec![]);
    let expected = pairing(Watched::Person(person(1)), 50, 5, Some(15));
    assert_eq!(found.proposed(&people, AsOf::on(day(5))), [expected]);
}

#[test]
fn of_two_observations_the_longer_says_how_long_a_pairing_is_proposed_for() {
    for (untils, last) in [
        ([Some(9), Some(20), Some(15)], Some(20)),
        ([Some(9), None, Some(15)], None),
    ] {
        let people = untils.map(|until| Observed {
            until: until.map(|number| at(number, 0)),
            ..observed(1, 0)
        });
        let found = plan(&people, &[candidate(50, 0)], vec![]);
        let expected = pairing(Watched::Person(person(1)), 50, 5, last);
        assert_eq!(found.proposed(&people, AsOf::on(day(5))), [expected]);
    }
}

#[test]
fn a_pairing_of_someone_released_is_no_longer_needed_and_nobody_released_is_paired() {
    let released = Observed {
        until: Some(at(4, 0)),
        ..observed(1, 0)
    };
    let home = Watched::Household(HouseholdId::from_index(7).unwrap());
    let rows = vec![
        pairing(home, 51, 2, Some(9)),
        pairing(Watched::Person(person(1)), 50, 1, None),
    ];
    let found = plan(&[released], &[candidate(50, 0)], rows.clone());
    assert_eq!(found.no_longer_needed, [rows[1].clone(), rows[0].clone()]);
    assert!(found.pairs.is_empty() && found.unpaired.is_empty());
}

#[test]
fn supervisors_are_distinct_helpers_ever_paired_by_the_day() {
    let watched = Watched::Person(person(1));
    let rows = ledger(vec![
        pairing(watched, 50, 1, Some(2)),
        pairing(watched, 50, 3, None),
        pairing(watched, 51, 4, None),
        pairing(watched, 52, 9, None),
    ]);
    assert_eq!(supervisors_paired(&rows, AsOf::on(day(4))), 2);
    assert_eq!(supervisors_paired(&rows, AsOf::on(day(9))), 3);
}

#[test]
fn a_forged_plan_does_not_verify() {
    let (pairings, policy) = (Ledger::default(), FollowUpPolicy::tengchong_2020());
    let people = [observed(1, 0), observed(2, 1)];
    let helpers = [candidate(50, 0), candidate(51, 1)];
    let question = PairingQuestion {
        observed: &people,
        candidates: &helpers,
        pairings: &pairings,
        policy: &policy,
        as_of: AsOf::on(day(5)),
    };
    let mut forged = pair(question).unwrap();
    forged.pairs[0].helper = person(51);
    assert!(forged.verify(question).is_err());
    assert!(
        pair(question)
            .unwrap()
            .verify(PairingQuestion {
                candidates: &helpers[..1],
                ..question
            })
            .is_err()
    );
}

prop_compose! {
    fn an_observed(number: usize)(village in 0usize..5, medical in proptest::bool::weighted(0.2), known in proptest::bool::weighted(0.9)) -> Observed {
        let mut own = Observed { needs_medical_staff: medical, ..observed(number, village) };
        if !known {
            own.natural_village = None;
        }
        own
    }
}

prop_compose! {
    fn a_candidate(number: usize)(village in 0usize..5, doctor in proptest::bool::weighted(0.3), room in 0u32..3, refused in proptest::bool::weighted(0.2)) -> Candidate {
        let role = if doctor { Role::Doctor } else { Role::VillagersRepresentative };
        Candidate { role, load: 5 - room, is_pregnant: refused, ..candidate(50 + number, village) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_way_of_pairing_serves_more_or_goes_less_far(
        people in (0usize..6).prop_flat_map(|count| (0..count).map(an_observed).collect::<Vec<_>>()),
        helpers in (0usize..5).prop_flat_map(|count| (0..count).map(a_candidate).collect::<Vec<_>>()),
    ) {
        let found = plan(&people, &helpers, vec![]);
        let (mut turned_people, mut turned_helpers) = (people.clone(), helpers.clone());
        turned_people.reverse();
        turned_helpers.reverse();
        prop_assert_eq!(&plan(&turned_people, &turned_helpers, vec![]), &found);

        let by_key: BTreeMap<_, _> = helpers.iter().map(|own| (own.person, own)).collect();
        prop_assert_eq!(found.pairs.len() + found.unpaired.len(), people.len());
        let mut load: BTreeMap<PersonId, u32> = BTreeMap::new();
        for pair in &found.pairs {
            let own = &people[pair.person.index()];
            let helper = by_key[&pair.helper];
            prop_assert!(helper.role == Role::Doctor || !own.needs_medical_staff);
            prop_assert!(!helper.is_pregnant);
            prop_assert_eq!(pair.nearness as usize, oracle::steps(own, helper));
            *load.entry(pair.helper).or_insert(helper.load) += 1;
        }
        prop_assert!(load.values().all(|load| *load <= 5));

        // Medical staff first, with all the room there is; then everyone with what is left.
        let may_help: Vec<&Candidate> = helpers.iter().filter(|own| !own.is_pregnant).collect();
        let mut room: Vec<u32> = may_help.iter().map(|own| 5 - own.load).collect();
        for medical in [true, false] {
            let turn: Vec<&Observed> = people.iter().filter(|own| own.needs_medical_staff == medical).collect();
            let best = oracle::best(&turn, &may_help, &mut room);
            let pairs: Vec<_> = found.pairs.iter().filter(|pair| people[pair.person.index()].needs_medical_staff == medical).collect();
            let doctors = pairs.iter().filter(|pair| by_key[&pair.helper].role == Role::Doctor).count();
            let distance: usize = pairs.iter().map(|pair| pair.nearness as usize).sum();
            prop_assert_eq!((turn.len() - pairs.len(), doctors, distance), best);
            for pair in pairs {
                let index = may_help.iter().position(|own| own.person == pair.helper).unwrap();
                room[index] -= 1;
            }
        }
    }
}
