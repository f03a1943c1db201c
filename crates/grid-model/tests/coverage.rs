//! Every household is screened, none missed; and who stands at the gates.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use grid_model::coverage::{Standing, coverage};
use grid_model::posts::posts;
use grid_model::{
    AreaLevel, AreaRow, AsOf, Checkpoint, DwellingPresence, Household, Ledger, ModelError, Person,
    Recorded, Screening, ScreeningOutcome, Shift, Township, TownshipBuilder, start_of,
};
use proptest::prelude::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, day).unwrap()
}

fn at(on: u32, hour: i64) -> NaiveDateTime {
    start_of(day(on)) + TimeDelta::hours(hour)
}

fn area(id: &str, parent: Option<&str>, level: AreaLevel) -> AreaRow {
    AreaRow {
        id: id.into(),
        parent: parent.map(Into::into),
        level,
        name_zh: String::new(),
        name_en: id.into(),
    }
}

fn builder(presences: &[Option<DwellingPresence>]) -> TownshipBuilder {
    let mut builder = TownshipBuilder::new();
    builder.area(area("T", None, AreaLevel::Town));
    builder.area(area("C0", Some("T"), AreaLevel::Community));
    builder.area(area("C1", Some("T"), AreaLevel::Community));
    for (index, &presence) in presences.iter().enumerate() {
        let area = format!("C{}", index % 2);
        builder.household(Recorded::new(
            format!("H{index:02}"),
            Household { area, presence },
        ));
    }
    builder
}

fn visit(
    town: &Township,
    id: usize,
    household: usize,
    on: u32,
    outcome: ScreeningOutcome,
) -> Recorded<Screening> {
    let household = town.household(&format!("H{household:02}")).unwrap();
    Recorded::new(
        format!("S{id:02}"),
        Screening {
            household,
            visited_at: at(on, 9),
            visitor: None,
            outcome,
        },
    )
}

#[test]
fn a_household_never_visited_is_missed_by_name() {
    use ScreeningOutcome::{Absent, Screened};
    let town = builder(&[None, None, Some(DwellingPresence::Vacant)])
        .build()
        .unwrap();
    let (visits, _) = Ledger::build(vec![
        visit(&town, 0, 0, 1, Screened),
        visit(&town, 1, 1, 1, Absent),
    ]);
    let found = coverage(&town.at(AsOf::on(day(2))), &visits);
    assert_eq!(
        (
            found.town.households,
            found.town.screened,
            found.town.missed()
        ),
        (2, 1, 1)
    );
    assert_eq!(found.missed[0].last_outcome, Some(Absent));
    assert_eq!(town.household_key(found.missed[0].household), "H01");
    assert!(!found.proves_none_missed());
}

#[test]
fn nothing_is_proved_of_a_township_without_dwellings() {
    let town = builder(&[]).build().unwrap();
    assert!(!coverage(&town.at(AsOf::on(day(2))), &Ledger::default()).proves_none_missed());
}

#[test]
fn every_fault_of_a_township_is_named_at_once_and_the_rest_stands() {
    let mut builder = builder(&[None]);
    builder.area(area("C9", Some("C8"), AreaLevel::Community));
    builder.area(area("LOOP", Some("LOOP"), AreaLevel::Community));
    builder.household(Recorded::new(
        "H98",
        Household {
            area: "C9".into(),
            presence: None,
        },
    ));
    builder.person(Recorded::new(
        "P1",
        Person {
            household: Some("H98".into()),
            birth_year: None,
            sex: None,
            presence: None,
            away_at: None,
            conditions: Box::default(),
        },
    ));
    let errors = builder.clone().build().unwrap_err();
    let said: Vec<String> = errors.0.iter().map(ModelError::to_string).collect();
    assert_eq!(
        said,
        [
            r#"area "C9", parent: there is no area "C8"; name the area it lies in, or leave it empty"#,
            r#"area "LOOP", parent: "LOOP" lies inside this area itself; name the area above it"#,
            r#"households "H98", area: there is no "C9" in areas; correct the id or add the row it names"#,
            r#"people "P1", household: there is no "H98" in households; correct the id or add the row it names"#,
        ]
    );
    let (town, _) = builder.build_from_sound_rows();
    assert_eq!(
        (
            town.areas().len(),
            town.households().len(),
            town.people().len()
        ),
        (3, 1, 0)
    );
}

proptest! {
    #[test]
    fn coverage_counts_what_asking_each_household_counts(
        presences in proptest::collection::vec(prop::option::of(prop::sample::select(DwellingPresence::ALL)), 1..8),
        drawn in proptest::collection::vec((0usize..8, 1u32..5, prop::sample::select(ScreeningOutcome::ALL)), 0..20),
        on in 1u32..5,
    ) {
        let town = builder(&presences).build().unwrap();
        let rows: Vec<_> = drawn.iter().enumerate()
            .map(|(id, &(household, on, outcome))| visit(&town, id, household % presences.len(), on, outcome))
            .collect();
        let (visits, _) = Ledger::build(rows.clone());
        let found = coverage(&town.at(AsOf::on(day(on))), &visits);

        let mut missed = Vec::new();
        let mut accounted = 0;
        for (index, presence) in presences.iter().enumerate() {
            let household = town.household(&format!("H{index:02}")).unwrap();
            let was = |outcome| rows.iter().any(|row| row.what.as_ref().is_some_and(|visit| {
                visit.household == household && visit.outcome == outcome && visit.visited_at < start_of(day(on + 1))
            }));
            let empty = matches!(presence, Some(DwellingPresence::Vacant | DwellingPresence::Moved));
            let asked = was(ScreeningOutcome::Screened) || was(ScreeningOutcome::FoundUnregistered);
            prop_assert_eq!(found.standing[household.index()] == Some(Standing::Screened), !empty && was(ScreeningOutcome::Screened));
            if empty || asked { accounted += 1 } else { missed.push(household) }
        }
        prop_assert_eq!(found.missed.iter().map(|missed| missed.household).collect::<Vec<_>>(), missed.clone());
        prop_assert_eq!(found.town.accounted(), accounted);
        prop_assert_eq!(found.proves_none_missed(), missed.is_empty());
        let of_parts: u32 = found.by_community.iter().map(|(_, tally)| tally.households).sum();
        prop_assert_eq!(of_parts, found.town.households, "the parts make the whole");
    }

    #[test]
    fn a_minute_is_covered_when_enough_people_stand_in_it(
        drawn in proptest::collection::vec((0i64..50, 1i64..20, any::<bool>()), 0..14),
        minimum in 0u32..3,
        opens in 0i64..30,
    ) {
        let mut builder = builder(&[]);
        let person = |_| Person { household: None, birth_year: None, sex: None, presence: None, away_at: None, conditions: Box::default() };
        builder.person(Recorded::new("P", person(())));
        builder.checkpoint(Recorded::new("K", Checkpoint {
            name_zh: "".into(), name_en: "".into(), minimum_staff: minimum, stands_from: Some(at(1, opens)),
        }));
        let town = builder.build().unwrap();
        let shift = |(id, &(from, length, here)): (usize, &(i64, i64, bool))| Recorded::new(format!("{id:02}"), Shift {
            checkpoint: town.checkpoint("K").unwrap(),
            person: town.person("P").unwrap(),
            from: at(1, from),
            until: at(1, from + length),
            checked_in_at: here.then(|| at(1, from.min(47))),
        });
        let (shifts, _) = Ledger::build(drawn.iter().enumerate().map(shift).collect());
        let found = posts(&town.at(AsOf::on(day(2))), &shifts, &Ledger::default());
        let uncovered = (24..48).filter(|&hour| {
            let standing = drawn.iter().filter(|(from, length, here)| *here && *from <= hour && hour < from + length).count();
            hour >= opens && standing < minimum as usize
        });
        prop_assert_eq!(found.hours_uncovered as usize, uncovered.count());
    }
}
