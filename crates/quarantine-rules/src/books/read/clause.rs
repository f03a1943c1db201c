//! A clause out of its table.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::condition::condition;
use super::table::{Place, Table, day, number, text};
use crate::clause::{ContactWindows, TURNED_BACK, TestDays};
use crate::{BookError, Clause, Condition, Confidence, CountedFrom, Measure, Subject};

const KEYS: &[&str] = &[
    "id",
    "disease",
    "edition",
    "from",
    "until",
    "subject",
    "condition",
    "measure",
    "days",
    "counted_from",
    "place",
    "then_measure",
    "then_days",
    "tests_on_days",
    "contact_window_before_onset_days",
    "contact_window_asymptomatic_days",
    "release_condition",
    "release_condition_zh",
    "source",
    "confidence",
];

/// Reads one clause of an authority's book.
pub(super) fn clause(
    place: Place<'_>,
    table: &DeTable<'_>,
    authority: &str,
    errors: &mut Vec<BookError>,
) -> Option<Clause> {
    let mut table = Table::new(place, table, KEYS, errors);
    let id = table.required("id", "write an id no other clause has", text);
    let disease = table.required("disease", "write the disease, such as \"COVID-19\"", text);
    let edition = table.required("edition", "write the edition or notice", text);
    let from = table.required("from", "write the first day as 2020-01-24", day);
    let until = table.optional(
        "until",
        "write the first day no longer in force as 2020-02-24",
        day,
    );
    table.ordered(from, until);
    let subject = one_of(&mut table, "subject", Subject::WORDS, Subject::parse);
    let when = table.checked("condition", condition);
    let what = what(&mut table);
    let (first, follow_up) = (
        table.optional("tests_on_days", TESTS, tests),
        windows(&mut table),
    );
    let release = table.optional("release_condition", "write a text", text);
    let release_zh = table.optional("release_condition_zh", "write a Chinese text", text);
    if release.is_none() && table.has("release_condition_zh") {
        table.wrong("release_condition", "write it in English too");
    }
    let source = table.required(
        "source",
        "write where it was read, or \"from knowledge\"",
        text,
    );
    let confidence = one_of(
        &mut table,
        "confidence",
        Confidence::WORDS,
        Confidence::parse,
    );
    // An unreadable condition is a mistake already noted: no clause comes of it.
    let condition = match when {
        None if table.has("condition") => return None,
        when => when.unwrap_or(Condition::All(Vec::new())),
    };
    let what = what?;
    Some(Clause {
        id: id?,
        authority: authority.into(),
        disease: disease?,
        edition: edition?,
        from: from?,
        until,
        subject: subject?,
        condition,
        measure: what.measure,
        days: what.days,
        counted_from: what.counted_from,
        place: what.place,
        then_measure: what.then_measure,
        then_days: what.then_days,
        tests_on_days: first.unwrap_or_default(),
        windows: follow_up,
        fever_free_days: computed(release.as_deref(), "fever_free_days"),
        plus_days_after_symptoms: computed(release.as_deref(), "plus_days_after_symptoms"),
        release_condition: release.unwrap_or_default(),
        release_condition_zh: release_zh,
        source: source?,
        confidence: confidence?,
    })
}

const TESTS: &str = "write days as \"1,4,7\" or, with those of the follow-up, \"1,4,7|2\"";

/// What a clause asks for, where and how long.
struct What {
    measure: Measure,
    days: Option<u16>,
    counted_from: Option<CountedFrom>,
    place: Arc<str>,
    then_measure: Option<Measure>,
    then_days: Option<u16>,
}

fn what(table: &mut Table<'_>) -> Option<What> {
    let days_remedy = "write a whole number of days";
    let measure = one_of(table, "measure", Measure::WORDS, Measure::parse);
    let days = table.optional("days", days_remedy, number);
    let counted_from = optional_of(
        table,
        "counted_from",
        CountedFrom::WORDS,
        CountedFrom::parse,
    );
    let place = table.required("place", "write the place, or \"none\"", text);
    let then_measure = optional_of(table, "then_measure", Measure::WORDS, Measure::parse);
    let then_days = table.optional("then_days", days_remedy, number);
    let what = What {
        measure: measure?,
        days,
        counted_from,
        place: Arc::from(place?),
        then_measure,
        then_days,
    };
    check(&what, table);
    Some(what)
}

/// What the keys of a clause say of each other.
fn check(what: &What, table: &mut Table<'_>) {
    if table.has("then_measure") != table.has("then_days") {
        let key = match table.has("then_measure") {
            true => "then_days",
            false => "then_measure",
        };
        table.wrong(key, "write then_measure and then_days, or neither");
    }
    if what.measure == Measure::None {
        return;
    }
    if !table.has("counted_from") {
        let remedy = "write what the days are counted from, such as \"arrival\"";
        table.wrong("counted_from", remedy);
    }
    if &*what.place == TURNED_BACK {
        let remedy = "write \"none\": who is turned back is under no measure here";
        table.wrong("measure", remedy);
    }
}

fn windows(table: &mut Table<'_>) -> ContactWindows {
    let days = "write a whole number of days";
    ContactWindows {
        before_onset: table.optional("contact_window_before_onset_days", days, number),
        asymptomatic: table.optional("contact_window_asymptomatic_days", days, number),
    }
}

fn tests(value: &DeValue<'_>) -> Option<TestDays> {
    value.as_str().and_then(TestDays::parse)
}

fn one_of<T>(
    table: &mut Table<'_>,
    key: &'static str,
    words: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let remedy = format!("write one of {}", words.join(", "));
    table.required(key, &remedy, |value| value.as_str().and_then(&parse))
}

fn optional_of<T>(
    table: &mut Table<'_>,
    key: &'static str,
    words: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let remedy = format!("write one of {}, or leave it out", words.join(", "));
    table.optional(key, &remedy, |value| value.as_str().and_then(&parse))
}

/// The number of a computed form in the release condition, `key=number`.
fn computed(release: Option<&str>, key: &str) -> Option<u16> {
    let parts = release?.split(';');
    let mut pairs = parts.filter_map(|part| part.trim().split_once('='));
    pairs.find_map(|(name, number)| number.parse().ok().filter(|_| name == key))
}
