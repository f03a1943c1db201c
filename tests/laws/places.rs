//! A place without villages, grids, checkpoints or purchasers: each room answers "not used".

use grid_model::{
    AreaLevel, AreaRow, Household, Person, PersonPresence, Recorded, Township, TownshipBuilder,
};
use outbreak_response::{Day, Records};
use reporting::{Edition, Language, to_html};

use crate::support::{all_files, evening, on, page, sentence};

/// A camp of two blocks: no level below, no grid, no gate, no staff.
fn camp() -> Township {
    let mut builder = TownshipBuilder::new();
    for (id, parent, level) in [
        ("T", None, AreaLevel::Town),
        ("B1", Some("T"), AreaLevel::Community),
        ("B2", Some("T"), AreaLevel::Community),
    ] {
        builder.area(AreaRow {
            id: id.to_owned(),
            parent: parent.map(str::to_owned),
            level,
            name_zh: id.to_owned(),
            name_en: id.to_owned(),
        });
    }
    for (home, block) in [("H1", "B1"), ("H2", "B2")] {
        let household = Household {
            area: block.to_owned(),
            presence: None,
        };
        builder.household(Recorded::new(home, household));
        builder.person(Recorded::new(
            format!("P-{home}"),
            Person {
                household: Some(home.to_owned()),
                birth_year: None,
                sex: None,
                presence: Some(PersonPresence::Present),
                away_at: None,
                conditions: Box::default(),
            },
        ));
    }
    builder.build().unwrap()
}

fn answers_nothing(township: &Township, found: &Day) {
    let households = found.figures.households;
    for (key, value) in found.figures.iter() {
        let expected = if ["households", "households_missed"].contains(&key) {
            households
        } else {
            0
        };
        assert_eq!(value, expected, "{key}");
    }
    for edition in [Edition::Public, Edition::Internal] {
        let page = page(township, &Records::default(), found, edition);
        for claim in [
            "grid-none-missed",
            "load-manned",
            "load-all-released",
            "basket-all-met",
        ] {
            for language in Language::ALL {
                assert_eq!(sentence(&page, claim, language), None, "{claim}");
            }
        }
        assert!(to_html(&page, Language::English).is_ok());
    }
}

#[test]
fn a_camp_without_villages_and_gates_answers_that_they_are_not_used() {
    let township = camp();
    let found = evening(&township, &Records::default(), on(2, 5));
    assert_eq!(found.figures.households, 2);
    answers_nothing(&township, &found);
    assert!(
        !found.grid.reporting.in_use,
        "who never reports is not silent"
    );
    let files = all_files(&township, &Records::default(), &found);
    assert!(
        files
            .iter()
            .all(|(name, text)| !text.is_empty() || name.is_empty())
    );
}

#[test]
fn a_township_with_nothing_in_it_has_its_page() {
    let township = Township::default();
    let found = evening(&township, &Records::default(), on(2, 5));
    assert_eq!(found.figures.households, 0);
    answers_nothing(&township, &found);
}

#[test]
fn the_first_and_the_last_day_of_the_calendar_have_their_page() {
    let township = camp();
    for date in [chrono::NaiveDate::MIN, chrono::NaiveDate::MAX] {
        let found = evening(&township, &Records::default(), date);
        assert_eq!(found.figures.households_missed, 2);
    }
}
