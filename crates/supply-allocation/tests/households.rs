//! Village and people of each household, out of a township.

use chrono::NaiveDate;
use grid_model::{
    AreaLevel, AreaRow, AsOf, Household, Person, PersonPresence, Recorded, TownshipBuilder,
};
use supply_allocation::Households;

fn area(id: &str, parent: Option<&str>, level: AreaLevel) -> AreaRow {
    AreaRow {
        id: id.into(),
        parent: parent.map(Into::into),
        level,
        name_zh: id.into(),
        name_en: id.into(),
    }
}

fn person(household: Option<&str>, presence: Option<PersonPresence>) -> Person<String> {
    Person {
        household: household.map(str::to_owned),
        birth_year: None,
        sex: None,
        presence,
        away_at: None,
        conditions: Box::default(),
    }
}

#[test]
fn only_who_is_here_counts_and_a_group_lies_in_its_village() {
    let mut builder = TownshipBuilder::new();
    builder.area(area("T", None, AreaLevel::Town));
    builder.area(area("C", Some("T"), AreaLevel::Community));
    builder.area(area("V", Some("C"), AreaLevel::NaturalVillage));
    builder.area(area("G", Some("V"), AreaLevel::VillageGroup));
    for (id, area) in [("H1", "G"), ("H2", "C")] {
        let area = area.to_owned();
        let presence = None;
        builder.household(Recorded::new(id, Household { area, presence }));
    }
    let people = [
        person(Some("H1"), None),
        person(Some("H1"), Some(PersonPresence::Unregistered)),
        person(Some("H1"), Some(PersonPresence::Away)),
        person(None, Some(PersonPresence::Elsewhere)),
    ];
    for (number, person) in people.into_iter().enumerate() {
        builder.person(Recorded::new(number.to_string(), person));
    }
    let township = builder.build().unwrap();
    let day = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap();
    let columns = Households::of(&township.at(AsOf::on(day)));
    let (h1, h2) = (
        township.household("H1").unwrap(),
        township.household("H2").unwrap(),
    );
    assert_eq!(columns.village_of(h1), township.area("V"));
    assert_eq!(columns.village_of(h2), None);
    assert_eq!((columns.people_in(h1), columns.people_in(h2)), (2, 0));
}
