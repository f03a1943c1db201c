//! What is refused on the way in, and by which words.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use grid_model::division::{
    Balance, BalanceError, DivisionQuestion, NeighbourError, NeighbourRow, Neighbours, Place,
    PlanFlaw, Territory, TerritoryError, candidates, divide, redivide, standing_grids,
};
use grid_model::{
    AreaLevel, AreaRow, AsOf, DwellingPresence, GridAreaRow, GridRow, Household, Person, Recorded,
    Role, Staff, Township, TownshipBuilder,
};

use crate::oracle::{area, areas};

fn way(one: &str, other: &str, minutes: u32) -> NeighbourRow<String> {
    NeighbourRow {
        one: one.to_owned(),
        other: other.to_owned(),
        minutes,
    }
}

#[test]
fn good_pairs_go_through_and_each_bad_one_is_named() {
    let rows = vec![
        way("00001", "00000", 7),
        way("00000", "00001", 9),
        way("00002", "00002", 1),
        way("00002", "elsewhere", 1),
        way("00001", "00002", 90_000),
        way("00001", "00002", 0),
    ];
    let given = rows.len();
    let (neighbours, refused) = Neighbours::build(rows.clone(), &areas(3));
    let kept = [(0, 1, 7), (1, 2, 0)].map(|(one, other, minutes)| NeighbourRow {
        one: area(one),
        other: area(other),
        minutes,
    });
    assert_eq!(neighbours.pairs(), kept);
    assert_eq!(neighbours.pairs().len() + refused.len(), given);
    let said: Vec<String> = refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "neighbours \"00002\" and \"elsewhere\": there is no area \"elsewhere\"; correct the id or add the area",
            "neighbours \"00002\" and \"00002\": an area does not border on itself; name two areas, or remove the row",
            "neighbours \"00000\" and \"00001\", minutes: the pair is there twice, 9 is not used; remove one row",
            "neighbours \"00001\" and \"00002\", minutes: 90000 is over a day's walk of 1440; write minutes, or leave out a pair nobody walks",
        ]
    );
    assert!(matches!(
        refused[2],
        NeighbourError::Twice { minutes: 9, .. }
    ));
    let reversed = rows.into_iter().rev().collect();
    assert_eq!(
        Neighbours::build(reversed, &areas(3)),
        (neighbours, refused)
    );
}

#[test]
fn a_balance_nobody_can_mean_is_refused() {
    assert_eq!(Balance::new(0, 1, 2), Err(BalanceError::NoGrid));
    assert_eq!(
        Balance::new(1, 0, 0),
        Err(BalanceError::NoSize { least: 0, most: 0 })
    );
    let error = Balance::new(3, 9, 8).unwrap_err().to_string();
    assert_eq!(
        error,
        "households: at least 9 and at most 8 leaves nothing; the most must be 1 at least and not under the least"
    );
}

#[test]
fn a_percentage_about_the_average_is_rounded_inwards() {
    let place = |number, households| Place {
        area: area(number),
        village: None,
        households,
    };
    let neighbours = Neighbours::default();
    let territory = Territory::build(vec![place(0, 60), place(1, 41)], &neighbours).unwrap();
    // The average is 50.5; ten percent about it are 45.45 to 55.55.
    let balance = Balance::within_percent(&territory, 2, 10).unwrap();
    assert_eq!((balance.least(), balance.most()), (46, 55));
    assert_eq!(
        Balance::within_percent(&territory, 2, 101),
        Err(BalanceError::Spread { percent: 101 })
    );
    assert_eq!(
        Balance::within_percent(&territory, 2, 0),
        Err(BalanceError::NoSize {
            least: 51,
            most: 50
        })
    );
}

#[test]
fn places_given_twice_or_named_only_as_neighbours_are_refused() {
    let place = |number, households| Place {
        area: area(number),
        village: None,
        households,
    };
    let none = Neighbours::default();
    let twice = Territory::build(vec![place(3, 1), place(3, 2)], &none);
    assert_eq!(twice, Err(TerritoryError::Twice { area: area(3) }));
    let many = Territory::build(vec![place(0, u32::MAX), place(1, 1)], &none);
    assert_eq!(
        many,
        Err(TerritoryError::TooMany {
            households: 1 << 32
        })
    );
    let (neighbours, _) = Neighbours::build(vec![way("00000", "00001", 5)], &areas(2));
    let alone = Territory::build(vec![place(0, 1)], &neighbours);
    assert_eq!(alone, Err(TerritoryError::NoPlace { area: area(1) }));
}

/// A community of two villages; the second has two groups. One grid stands for each village.
fn township() -> Township {
    let mut builder = TownshipBuilder::new();
    let mut row = |id: &str, parent: Option<&str>, level: &str| {
        builder.area(AreaRow {
            id: id.to_owned(),
            parent: parent.map(str::to_owned),
            level: AreaLevel::named(level),
            name_zh: String::new(),
            name_en: String::new(),
        });
    };
    row("C", None, "community");
    row("V1", Some("C"), "natural_village");
    row("V2", Some("C"), "natural_village");
    row("V2a", Some("V2"), "village_group");
    row("V2b", Some("V2"), "village_group");
    let homes = [
        ("H1", "V1", None),
        ("H2", "V2a", None),
        ("H3", "V2a", None),
        ("H4", "V2b", Some(DwellingPresence::Vacant)),
    ];
    for (id, area, presence) in homes {
        builder.household(Recorded::new(
            id,
            Household {
                area: area.to_owned(),
                presence,
            },
        ));
    }
    let people = [
        ("P1", Some("H1")),
        ("P2", Some("H2")),
        ("P3", Some("H3")),
        ("P4", None),
    ];
    for (id, household) in people {
        let person = Person {
            household: household.map(str::to_owned),
            birth_year: None,
            sex: None,
            presence: None,
            away_at: None,
            conditions: Box::new([]),
        };
        builder.person(Recorded::new(id, person));
    }
    for (grid, area) in [("G1", "V1"), ("G2", "V2")] {
        builder.grid(GridRow {
            id: grid.to_owned(),
            name_zh: String::new(),
            name_en: String::new(),
        });
        builder.grid_area(GridAreaRow {
            grid: grid.to_owned(),
            area: area.to_owned(),
        });
    }
    let staff = [
        ("S1", "P1", Role::GridLead, Some("G1")),
        ("S2", "P2", Role::GridLead, Some("G2")),
        ("S3", "P3", Role::GridLead, None),
        ("S4", "P4", Role::Doctor, Some("G1")),
        ("S5", "P3", Role::Doctor, Some("G2")),
    ];
    for (id, person, role, grid) in staff {
        let staff = Staff {
            person: person.to_owned(),
            role,
            work_group: None,
            grid: grid.map(str::to_owned),
        };
        builder.staff(Recorded::new(id, staff));
    }
    builder.build().unwrap()
}

#[test]
fn a_township_is_divided_from_its_records_and_redivided_when_a_lead_drops_out() {
    let township = township();
    let town = township.at(AsOf::on(NaiveDate::from_ymd_opt(2020, 2, 5).unwrap()));
    let pairs = vec![way("V1", "V2a", 15), way("V2a", "V2b", 5)];
    let (neighbours, refused) = Neighbours::build(pairs, township.areas());
    assert_eq!(refused, []);
    let territory = Territory::of(&town, &neighbours, &AreaLevel::NaturalVillage).unwrap();
    let id = |key| township.area(key).unwrap();
    let person = |key| township.person(key).unwrap();
    let households: Vec<_> = territory
        .places()
        .iter()
        .map(|place| (place.area, place.village, place.households))
        .collect();
    // The vacant dwelling is in a grid and weighs nothing.
    assert_eq!(
        households,
        [
            (id("V1"), Some(id("V1")), 1),
            (id("V2a"), Some(id("V2")), 2),
            (id("V2b"), Some(id("V2")), 0)
        ]
    );

    let standing = standing_grids(&town, &territory);
    assert_eq!(standing[1].areas, [id("V2a"), id("V2b")]);
    assert_eq!(
        (standing[1].lead, standing[1].doctor),
        (Some(person("P2")), Some(person("P3")))
    );

    let ill = BTreeSet::from([person("P2")]);
    let leads = candidates(&town, Role::GridLead, 1, &ill);
    assert_eq!(
        leads.known.iter().map(|one| one.person).collect::<Vec<_>>(),
        [person("P1"), person("P3")]
    );
    let doctors = candidates(&town, Role::Doctor, 2, &ill);
    assert_eq!(doctors.without_place, [person("P4")]);
    let question = DivisionQuestion {
        territory: &territory,
        balance: Balance::new(2, 1, 2).unwrap(),
        leads: &leads.known,
        doctors: &doctors.known,
        steps: 10_000,
        seed: 1,
    };
    let found = redivide(&question, &standing).unwrap();
    let plan = found.division.plan().unwrap();
    assert_eq!(plan.verify(&question, &standing), Ok(()));
    assert_eq!(plan.verify_households(&town), Ok(()));
    assert_eq!(plan.quality.moved, 0);
    assert_eq!(
        (plan.grids[0].lead, plan.grids[1].lead),
        (person("P1"), person("P3"))
    );

    // The rows of a plan make the same grids again.
    let new = divide(&question).unwrap().plan().unwrap().clone();
    let (grids, pairs) = new.rows("N", township.areas());
    assert_eq!(
        grids.iter().map(|grid| &*grid.id).collect::<Vec<_>>(),
        ["N1", "N2"]
    );
    let of_second = pairs
        .iter()
        .filter(|pair| pair.grid == "N2")
        .map(|pair| &*pair.area);
    assert_eq!(of_second.collect::<Vec<_>>(), ["V2a", "V2b"]);

    let mut broken = plan.clone();
    broken.grids[1].areas.remove(0);
    let missed = PlanFlaw::HouseholdMissed {
        household: township.household("H2").unwrap(),
        area: id("V2a"),
    };
    assert_eq!(broken.verify_households(&town), Err(missed));
}
