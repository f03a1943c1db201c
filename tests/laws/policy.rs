//! A policy is read as it was written, refused where it is none, and compared with another.

use grid_model::AsOf;
use outbreak_response::{Books, Difference, Policy, what_if};

use crate::support::{MANGBANG, POLICY, on};

fn books() -> Books {
    Books::shipped().unwrap()
}

#[test]
fn a_policy_is_read_as_it_was_written() {
    let text = POLICY.to_toml().unwrap();
    assert_eq!(Policy::from_toml(&text, books()).unwrap(), *POLICY);
    let mut other = POLICY.clone();
    other.rules.fever_threshold_tenths = 380;
    other.bulletin.chart_days = 7;
    let read = Policy::from_toml(&other.to_toml().unwrap(), books()).unwrap();
    assert_eq!(read, other);
    assert_ne!(read, *POLICY);
}

#[test]
fn a_policy_that_names_an_authority_without_a_book_is_refused() {
    let mut other = POLICY.clone();
    other.rules.authority = "XX-NOWHERE".to_owned();
    let refused = Policy::from_toml(&other.to_toml().unwrap(), books()).unwrap_err();
    let known: Vec<String> = books()
        .iter()
        .map(|book| book.authority.to_string())
        .collect();
    assert_eq!(
        refused.to_string(),
        format!(
            "rules.authority: there is no book of \"XX-NOWHERE\"; name one of {}",
            known.join(", ")
        )
    );
    assert!(known.contains(&"CN-YN-TC-MB".to_owned()));
}

#[test]
fn a_policy_with_an_unknown_key_or_a_missing_part_is_refused() {
    let text = POLICY.to_toml().unwrap();
    let more = text.replace("[bulletin]", "[bulletin]\nhide_counts_upto = 5");
    let refused = Policy::from_toml(&more, books()).unwrap_err().to_string();
    assert!(refused.contains("hide_counts_upto"), "{refused}");
    let without = text.split("[bulletin]").next().unwrap();
    let refused = Policy::from_toml(without, books()).unwrap_err().to_string();
    assert!(refused.contains("bulletin"), "{refused}");
}

#[test]
fn a_policy_that_cannot_be_meant_so_is_refused_with_every_fault() {
    let mut other = POLICY.clone();
    other.tracing.generations = 0;
    other.tracing.look_back_days = 4_000_000_000;
    let refused = Policy::from_toml(&other.to_toml().unwrap(), books()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "policy tracing, generations: 0 reaches nobody; write 1 for close contacts, 2 for theirs too\n\
         policy tracing, look_back_days: 4000000000 is more than 366; write a number up to that"
    );
}

#[test]
fn two_equal_policies_differ_in_nothing() {
    let as_of = AsOf::on(on(2, 8));
    let same = what_if(
        &MANGBANG.township,
        &MANGBANG.records,
        &POLICY,
        &POLICY.clone(),
        as_of,
    );
    assert_eq!(same.differences, []);
    assert_eq!(same.first.figures, same.second.figures);
}

#[test]
fn a_policy_differs_in_what_it_changes_and_in_nothing_else() {
    let mut other = POLICY.clone();
    // As if the city's site stood in the township.
    other.rules.places_outside.clear();
    let as_of = AsOf::on(on(2, 8));
    let asked = what_if(
        &MANGBANG.township,
        &MANGBANG.records,
        &POLICY,
        &other,
        as_of,
    );
    let (first, second) = (asked.first.figures, asked.second.figures);
    let differs = |figure, first, second| Difference {
        figure,
        first,
        second,
    };
    let (central, city) = (first.central_quarantine_now, first.transferred_now);
    assert!(city > 0);
    let expected = [
        differs("central_quarantine", 54, 59),
        differs("transferred", 5, 0),
        differs("central_quarantine_now", central, central + city),
        differs("transferred_now", city, 0),
    ];
    assert_eq!(asked.differences, expected);
    assert_eq!(first.home_observation, second.home_observation);
}
