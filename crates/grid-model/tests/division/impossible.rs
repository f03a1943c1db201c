//! Impossible cases by name: which village, and why.

use grid_model::Role;
use grid_model::division::{Balance, Division, DivisionQuestion, Hindrance, divide};

use crate::oracle::{Made, area, candidate, question};

fn why(made: &Made, balance: Balance) -> Vec<Hindrance> {
    let territory = made.territory();
    let staff: Vec<_> = (0..made.places.len())
        .map(|place| candidate(place, place, 8))
        .collect();
    match divide(&question(&territory, balance, &staff, &staff)).unwrap() {
        Division::Impossible(why) => why,
        other => panic!("{other:?}"),
    }
}

/// Places along a road, a minute apart, each in a village of its own.
fn road(households: &[u32]) -> Made {
    Made {
        places: households.iter().copied().enumerate().collect(),
        ways: (1..households.len())
            .map(|place| (place - 1, place, 1))
            .collect(),
    }
}

fn village(number: usize) -> grid_model::AreaId {
    area(1_000_000 + number)
}

#[test]
fn nothing_is_not_divided() {
    assert_eq!(
        why(&road(&[]), Balance::new(1, 0, 5).unwrap()),
        [Hindrance::NothingToDivide]
    );
}

#[test]
fn a_place_over_the_most_is_named() {
    let found = why(&road(&[4, 12, 4]), Balance::new(2, 4, 10).unwrap());
    let expected = Hindrance::PlaceTooLarge {
        area: area(1),
        village: Some(village(1)),
        households: 12,
        most: 10,
    };
    assert_eq!(found, [expected]);
}

#[test]
fn a_village_cut_off_that_no_number_of_grids_makes_up_is_named() {
    // 11 households are too many for one grid of 6 to 10 and too few for two.
    let mut made = road(&[6, 5, 6, 4]);
    made.ways.remove(1);
    let found = why(&made, Balance::new(2, 6, 10).unwrap());
    let expected = Hindrance::Island {
        areas: vec![area(0), area(1)],
        villages: vec![village(0), village(1)],
        households: 11,
        least: 6,
        most: 10,
    };
    assert_eq!(found, [expected]);
}

#[test]
fn too_many_or_too_few_grids_are_named_with_what_could_be() {
    let found = why(&road(&[5, 5, 5, 5]), Balance::new(1, 5, 10).unwrap());
    let expected = Hindrance::GridCount {
        grids: 1,
        fewest: 2,
        most: 4,
    };
    assert_eq!(found, [expected]);
}

#[test]
fn the_place_everything_hangs_on_is_named() {
    // Three hamlets of 3 around a village of 5: none is a grid by itself, together they are 14.
    let made = Made {
        places: vec![(0, 5), (1, 3), (2, 3), (3, 3)],
        ways: vec![(0, 1, 1), (0, 2, 1), (0, 3, 1)],
    };
    let found = why(&made, Balance::new(2, 6, 8).unwrap());
    let expected = Hindrance::Bottleneck {
        area: area(0),
        village: Some(village(0)),
        must_hold: 14,
        most: 8,
    };
    assert_eq!(found, [expected]);
}

#[test]
fn each_ground_is_told_with_its_remedy() {
    let known = crate::oracle::areas(9);
    let told = |hindrance: Hindrance| hindrance.told(&known);
    let (one, two) = (area(1), area(2));
    assert_eq!(
        told(Hindrance::PlaceTooLarge {
            area: one,
            village: Some(two),
            households: 12,
            most: 10
        }),
        "00001 (of 00002): 12 households in one place are over the 10 of a grid; divide the place or allow more"
    );
    assert_eq!(
        told(Hindrance::Island {
            areas: vec![one, two],
            villages: vec![two],
            households: 11,
            least: 6,
            most: 10
        }),
        "00001, 00002 (of 00002): cut off from all others with 11 households, which no number of grids of 6 to 10 makes up; name more neighbours or widen the bounds"
    );
    assert_eq!(
        told(Hindrance::GridCount {
            grids: 1,
            fewest: 2,
            most: 4
        }),
        "1 grids asked for, where the bounds allow 2 to 4; ask for another number or widen the bounds"
    );
    assert_eq!(
        told(Hindrance::Bottleneck {
            area: one,
            village: None,
            must_hold: 14,
            most: 8
        }),
        "00001: so much hangs on it that its grid must hold 14 households, over 8; name a neighbour beyond it or widen the bounds"
    );
    assert_eq!(
        told(Hindrance::Exhausted {
            areas: vec![one],
            villages: vec![],
            grids: Some(2)
        }),
        "00001: all divisions into 2 grids were gone through and none keeps the bounds; name more neighbours or widen the bounds"
    );
    assert_eq!(
        told(Hindrance::TooFewStaff {
            role: Role::Doctor,
            areas: vec![two],
            room: 2,
            needed: 3
        }),
        "00002: doctor setting out there may answer for 2 grids, 3 are needed; appoint more or allow each more grids"
    );
}

#[test]
fn what_only_going_through_all_divisions_shows_is_said_so() {
    // A ring of 4, 1, 4, 1, 4, 1: any two grids of 7 or 8 would cut a place.
    let mut made = road(&[4, 1, 4, 1, 4, 1]);
    made.ways.push((0, 5, 1));
    let found = why(&made, Balance::new(2, 7, 8).unwrap());
    let expected = Hindrance::Exhausted {
        areas: (0..6).map(area).collect(),
        villages: (0..6).map(village).collect(),
        // By the sum of 15 no other number could be, so none is.
        grids: None,
    };
    assert_eq!(found, [expected]);
}

#[test]
fn too_few_doctors_are_named_with_their_room() {
    let made = road(&[5, 5, 5]);
    let territory = made.territory();
    let leads: Vec<_> = (0..3).map(|number| candidate(number, number, 1)).collect();
    let doctors = [candidate(9, 0, 2)];
    let balance = Balance::new(3, 1, 9).unwrap();
    let found = divide(&question(&territory, balance, &leads, &doctors)).unwrap();
    let expected = Hindrance::TooFewStaff {
        role: Role::Doctor,
        areas: (0..3).map(area).collect(),
        room: 2,
        needed: 3,
    };
    assert_eq!(found, Division::Impossible(vec![expected]));
}

#[test]
fn a_lead_beyond_every_known_way_leads_nothing() {
    let mut made = road(&[5, 5]);
    made.ways.clear();
    let territory = made.territory();
    let staff = [candidate(0, 0, 2), candidate(1, 7, 2)];
    let balance = Balance::new(2, 1, 9).unwrap();
    let found = divide(&question(&territory, balance, &staff, &staff)).unwrap();
    let short = |role| Hindrance::TooFewStaff {
        role,
        areas: vec![area(1)],
        room: 0,
        needed: 1,
    };
    assert_eq!(
        found,
        Division::Impossible(vec![short(Role::GridLead), short(Role::Doctor)])
    );
}

#[test]
fn steps_that_run_out_are_not_called_impossible() {
    let made = road(&[1; 40]);
    let territory = made.territory();
    let staff = [candidate(0, 0, 40)];
    let asked = question(&territory, Balance::new(10, 4, 4).unwrap(), &staff, &staff);
    let found = divide(&DivisionQuestion { steps: 30, ..asked }).unwrap();
    let Division::NotFound(not_found) = found else {
        panic!("{found:?}")
    };
    assert!(not_found.out_of_steps);
    assert!(not_found.steps <= 30);
    // With steps enough the road falls into tens of four.
    let found = divide(&asked).unwrap();
    assert_eq!(found.plan().unwrap().quality.imbalance, 0);
}
