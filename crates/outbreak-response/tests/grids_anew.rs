//! Grids are divided anew only when someone drops out, and then with a proof.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use outbreak_response::grid_model::division::{
    BalanceError, Division, NeighbourRow, Neighbours, Territory,
};
use outbreak_response::grid_model::{
    AreaLevel, AreaRow, AsOf, GridAreaRow, GridRow, Household, Person, PersonId, Recorded, Role,
    Snapshot, Staff, Township, TownshipBuilder,
};
use outbreak_response::steps::{DivisionPolicy, GridsAnewError, grids_anew};

const HOW: DivisionPolicy = DivisionPolicy {
    least_households: 1,
    most_households: 4,
    lead_most_grids: 1,
    doctor_most_grids: 3,
    steps: 100_000,
    seed: 1,
};

/// Three villages along a road, two households in each; a lead in each, a doctor in the first.
/// Grids stand where `has_grids`.
fn township(has_grids: bool) -> Township {
    let mut builder = TownshipBuilder::new();
    for number in 1..=3 {
        let (area, grid) = (format!("V{number}"), format!("G{number}"));
        builder.area(AreaRow {
            id: area.clone(),
            parent: None,
            level: AreaLevel::NaturalVillage,
            name_zh: String::new(),
            name_en: String::new(),
        });
        if has_grids {
            builder.grid(GridRow {
                id: grid.clone(),
                name_zh: String::new(),
                name_en: String::new(),
            });
            builder.grid_area(GridAreaRow {
                grid: grid.clone(),
                area: area.clone(),
            });
        }
        let serving = has_grids.then_some(grid);
        person(
            &mut builder,
            &format!("L{number}"),
            &area,
            Role::GridLead,
            serving.clone(),
        );
        let role = if number == 1 {
            Role::Doctor
        } else {
            Role::Cadre
        };
        person(
            &mut builder,
            &format!("N{number}"),
            &area,
            role,
            serving.filter(|_| number == 1),
        );
    }
    builder.build().unwrap()
}

fn person(builder: &mut TownshipBuilder, key: &str, area: &str, role: Role, grid: Option<String>) {
    let home = format!("H-{key}");
    builder.household(Recorded::new(
        home.clone(),
        Household {
            area: area.to_owned(),
            presence: None,
        },
    ));
    let person = Person {
        household: Some(home),
        birth_year: None,
        sex: None,
        presence: None,
        away_at: None,
        conditions: Box::new([]),
    };
    builder.person(Recorded::new(key, person));
    let staff = Staff {
        person: key.to_owned(),
        role,
        work_group: None,
        grid,
    };
    builder.staff(Recorded::new(format!("S-{key}"), staff));
}

fn territory(town: &Snapshot<'_>) -> Territory {
    let way = |one: &str, other: &str| NeighbourRow {
        one: one.to_owned(),
        other: other.to_owned(),
        minutes: 20,
    };
    let rows = vec![way("V1", "V2"), way("V2", "V3")];
    let (neighbours, refused) = Neighbours::build(rows, town.township.areas());
    assert_eq!(refused, []);
    Territory::of(town, &neighbours, &AreaLevel::NaturalVillage).unwrap()
}

fn evening() -> AsOf {
    AsOf::on(NaiveDate::from_ymd_opt(2020, 2, 5).unwrap())
}

fn held(township: &Township, keys: &[&str]) -> BTreeSet<PersonId> {
    keys.iter()
        .map(|key| township.person(key).unwrap())
        .collect()
}

#[test]
fn nothing_is_proposed_while_every_lead_and_doctor_is_available() {
    let township = township(true);
    let town = township.at(evening());
    let held = held(&township, &["N2", "N3"]);
    assert_eq!(grids_anew(&town, &territory(&town), &HOW, &held), Ok(None));
}

#[test]
fn a_grid_whose_lead_nobody_replaces_joins_a_neighbour_with_its_proof() {
    let township = township(true);
    let town = township.at(evening());
    let territory = territory(&town);
    let held = held(&township, &["L3"]);
    let anew = grids_anew(&town, &territory, &HOW, &held).unwrap().unwrap();
    assert_eq!(anew.verify(&territory), Ok(()));
    assert_eq!(anew.dropped_out, held.into_iter().collect::<Vec<_>>());
    assert_eq!(anew.redivision.balance.grids(), 2);
    let plan = anew.redivision.division.plan().unwrap();
    assert_eq!(plan.quality.moved, 2);
    let areas: Vec<usize> = plan.grids.iter().map(|grid| grid.areas.len()).collect();
    assert_eq!(areas, [1, 2]);
    assert_eq!(plan.grids[1].lead, township.person("L2").unwrap());
    // A plan that says otherwise does not pass.
    let mut broken = anew.clone();
    let Division::Plan(plan) = &mut broken.redivision.division else {
        unreachable!("it was a plan")
    };
    plan.grids[1].lead = plan.grids[0].lead;
    assert!(broken.verify(&territory).is_err());
}

#[test]
fn without_any_doctor_left_the_answer_says_so() {
    let township = township(true);
    let town = township.at(evening());
    let territory = territory(&town);
    let anew = grids_anew(&town, &territory, &HOW, &held(&township, &["N1"]))
        .unwrap()
        .unwrap();
    assert!(
        matches!(anew.redivision.division, Division::Impossible(_)),
        "{anew:?}"
    );
    assert_eq!(anew.verify(&territory), Ok(()));
}

#[test]
fn bounds_that_leave_no_size_are_an_error_that_says_so() {
    let township = township(true);
    let town = township.at(evening());
    let how = DivisionPolicy {
        least_households: 5,
        ..HOW
    };
    let found = grids_anew(&town, &territory(&town), &how, &held(&township, &["L1"]));
    let expected = GridsAnewError::Balance(BalanceError::NoSize { least: 5, most: 4 });
    assert_eq!(found, Err(expected));
}

#[test]
fn a_township_without_grids_proposes_nothing() {
    let township = township(false);
    let town = township.at(evening());
    let found = grids_anew(
        &town,
        &territory(&town),
        &HOW,
        &held(&township, &["L1", "N1"]),
    );
    assert_eq!(found, Ok(None));
}
