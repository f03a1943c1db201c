//! What an answer hangs on, against trying every value of every unknown fact.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod people;
mod ways;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::Index;
use quarantine_rules::{
    Books, Decision, FactKind, FactName, FactValue, Facts, Governed, Measure, Subject, TestResult,
    TestTaken, Unknown, decide,
};
use ways::{governed, holds, is_minimal, settles, ways};

static BOOKS: LazyLock<Books> = LazyLock::new(|| Books::shipped().unwrap());

const AUTHORITIES: &[&str] = &[
    "CN-YN-TC-MB",
    "CN-YN-TC",
    "CN-YN",
    "CN-NHC",
    "US-CDC",
    "US-IA",
    "UK-ENG",
    "IN-WB",
    "WHO",
];

/// Every value a fact can have that a rule could tell apart.
fn domain(fact: FactName) -> Vec<FactValue> {
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|word| FactValue::Word((*word).into()))
            .collect()
    };
    match (fact, fact.kind()) {
        (_, FactKind::YesNo) => vec![FactValue::YesNo(false), FactValue::YesNo(true)],
        (FactName::FromRisk, _) => words(&[
            "high",
            "medium",
            "low",
            "case_prefecture",
            "red",
            "amber",
            "green",
        ]),
        (FactName::Vaccinated, _) => words(&["none", "full", "boosted"]),
        (FactName::Variant, _) => words(&["omicron", "delta"]),
        (FactName::Symptoms, _) => words(&["none", "yes", "severe"]),
        (FactName::Exposure, _) => words(&["high", "low", "middling"]),
        (FactName::Option, _) => [7, 10, 14].map(FactValue::Number).to_vec(),
        (FactName::Age, _) => [3, 17, 18, 40].map(FactValue::Number).to_vec(),
        _ => Vec::new(),
    }
}

/// The facts with a domain that the clauses in force for a person look at.
fn looked_at(authority: &str, disease: &str, subject: Subject, as_of: NaiveDate) -> Vec<FactName> {
    let mut facts = BTreeSet::new();
    for clause in BOOKS
        .chain(authority)
        .into_iter()
        .flat_map(|book| &book.clauses)
    {
        if &*clause.disease == disease && clause.subject == subject && clause.in_force(as_of) {
            facts.extend(clause.condition.facts());
        }
    }
    facts
        .into_iter()
        .filter(|fact| !domain(*fact).is_empty())
        .collect()
}

/// A person with every date known, and the values drawn for every fact with a domain.
fn person(subject: Subject, as_of: NaiveDate, days: &[u64], draws: &[Index]) -> Facts {
    let mut facts = Facts::new(subject);
    for (index, fact) in FactName::ALL.iter().enumerate() {
        let ago = days[index % days.len()];
        match fact.kind() {
            FactKind::Date if *fact != FactName::IndexSampled => {
                facts.put(*fact, FactValue::Date(as_of - Days::new(ago)));
            }
            FactKind::Tests => {
                let text = format!(
                    "{}:neg;{}:neg",
                    as_of - Days::new(ago),
                    as_of - Days::new(1)
                );
                facts.read(*fact, &text).unwrap();
            }
            _ => {
                let domain = domain(*fact);
                if !domain.is_empty() {
                    facts.put(*fact, draws[index % draws.len()].get(&domain).clone());
                }
            }
        }
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_answer_hangs_on_what_trying_everything_says_it_hangs_on(
        authority in prop::sample::select(AUTHORITIES),
        subject in prop::sample::select(Subject::ALL),
        after in 0..1200u64,
        days in prop::collection::vec(0..25u64, 7),
        draws in prop::collection::vec(any::<Index>(), 9),
        hidden in prop::collection::vec(any::<bool>(), 5),
    ) {
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let disease = if authority == "US-IA" { "measles" } else if authority == "IN-WB" { "Nipah" } else { "COVID-19" };
        let mut facts = person(subject, as_of, &days, &draws);
        let looked_at = looked_at(authority, disease, subject, as_of);
        let mut unknown = Vec::new();
        for (fact, hide) in looked_at.iter().zip(&hidden) {
            if *hide {
                facts = without(&facts, *fact);
                unknown.push(*fact);
            }
        }
        let ask = |facts: &Facts, unknown| decide(&BOOKS, authority, disease, facts, as_of, unknown);
        let matched = |facts: &Facts| ask(facts, Unknown::NotMatched);
        let values: Vec<_> = unknown.iter().map(|fact| (*fact, domain(*fact))).collect();
        let ways = ways(&matched, &facts, &values);
        match ask(&facts, Unknown::Undetermined) {
            Decision::Undetermined(open) => {
                let ids = |found: Vec<&Governed>| -> BTreeSet<String> {
                    found.iter().map(|found| found.clause.id.to_string()).collect()
                };
                let possible: Vec<&Governed> = ways.iter().filter_map(|(_, way)| governed(way)).collect();
                prop_assert_eq!(ids(open.could_be.iter().collect()), ids(possible.clone()));
                prop_assert_eq!(open.could_be_no_rule, ways.iter().any(|(_, way)| *way == Decision::NoRule));
                let strictest = possible.iter().map(|found| found.strictness()).max();
                prop_assert_eq!(Some(open.strictest.strictness()), strictest);
                prop_assert_eq!(open.needs.len(), 1);
                prop_assert!(settles(&ways, &open.needs[0]));
                prop_assert!(is_minimal(&ways, &open.needs[0]), "{:?}", open.needs);
            }
            decision => {
                for (_, way) in &ways {
                    prop_assert_eq!(holds(way), holds(&decision));
                }
            }
        }
    }
}

fn without(facts: &Facts, fact: FactName) -> Facts {
    let mut less = Facts::new(facts.subject);
    for name in FactName::ALL.iter().filter(|name| **name != fact) {
        if let Some(value) = facts.value(*name) {
            less.put(*name, value);
        }
    }
    less
}

fn asked(authority: &str, on: &str, facts: &Facts) -> Decision {
    decide(
        &BOOKS,
        authority,
        "COVID-19",
        facts,
        on.parse().unwrap(),
        Unknown::Undetermined,
    )
}

#[test]
fn an_unknown_day_zero_leaves_the_last_day_open_and_is_asked() {
    let facts = Facts::new(Subject::CloseContact);
    let Decision::Undetermined(open) = asked("CN-YN-TC-MB", "2020-01-31", &facts) else {
        panic!("the last exposure is not known")
    };
    assert_eq!(open.needs, [[FactName::LastExposure]]);
    assert_eq!(
        (&*open.strictest.clause.id, open.strictest.until),
        ("MB-CC", None)
    );
    assert_eq!(open.strictest.on_as_of, Measure::CentralQuarantine);
}

#[test]
fn exposures_without_the_index_cases_day_ask_for_onset_or_sampling() {
    let mut facts = Facts::new(Subject::CloseContact);
    facts
        .read(FactName::Exposures, "2020-02-20;2020-02-22")
        .unwrap();
    let Decision::Undetermined(open) = asked("CN-YN-TC-MB", "2020-02-24", &facts) else {
        panic!("the index case's onset is not known")
    };
    assert_eq!(
        open.needs,
        [[FactName::IndexOnset], [FactName::IndexSampled]]
    );
    assert_eq!(open.strictest.until, "2020-03-07".parse().ok());
}

#[test]
fn tests_nobody_knows_of_are_asked_only_where_one_could_count_already() {
    let mut facts = Facts::new(Subject::InboundTraveller);
    facts.read(FactName::ArrivalDate, "2021-01-02").unwrap();
    let needs = |facts: &Facts, on| asked("UK-ENG", on, facts).needs().to_vec();
    assert_eq!(needs(&facts, "2021-01-06"), Vec::<Vec<FactName>>::new());
    assert_eq!(needs(&facts, "2021-01-07"), [[FactName::TestResults]]);
    facts.test_results = Some(Vec::new());
    assert_eq!(needs(&facts, "2021-01-07"), Vec::<Vec<FactName>>::new());
}

/// A made-up clause of seven days at home.
fn clause(id: &str, from: &str, condition: &str) -> String {
    format!(
        "[[clause]]\nid = \"{id}\"\ndisease = \"D\"\nedition = \"1\"\nfrom = {from}\n\
         subject = \"local_returnee\"\ncondition = {condition}\nmeasure = \"home_quarantine\"\n\
         days = 7\ncounted_from = \"arrival\"\nplace = \"home\"\nsource = \"made up\"\n\
         confidence = \"recalled\"\n"
    )
}

/// Who arrived nine days ago by way of Hubei, with tests nobody knows of, could be under these.
fn could_be_under(clauses: &[String]) -> Vec<String> {
    let head = "authority = \"X\"\nname_zh = \"某\"\nname_en = \"X\"\n";
    let text = head.to_owned() + &clauses.concat();
    let books = Books::from_toml(&[("x.toml", text)]).unwrap();
    let mut facts = Facts::new(Subject::LocalReturnee);
    facts.read(FactName::ArrivalDate, "2020-02-01").unwrap();
    facts.read(FactName::ViaHubei, "yes").unwrap();
    let on = "2020-02-10".parse().unwrap();
    let Decision::Undetermined(open) = decide(&books, "X", "D", &facts, on, Unknown::Undetermined)
    else {
        panic!("the tests are not known")
    };
    assert_eq!(open.needs, [[FactName::TestResults]]);
    let clauses = open.could_be.iter().map(|found| &*found.clause.id);
    let could_be: BTreeSet<String> = clauses.map(str::to_owned).collect();
    could_be.into_iter().collect()
}

/// The first clause governs only where both later ones fail, the one for a negative test and the
/// other for a positive one: no rule alone asks for both.
#[test]
fn tests_that_fail_two_clauses_together_let_a_third_govern() {
    let clauses = [
        clause("C0", "2019-01-01", "\"via_hubei=yes\""),
        clause("C1", "2019-01-02", "{ not = \"neg_from_day=5\" }").replace("days = 7", "days = 10"),
        clause("C2", "2019-01-03", "{ not = \"pos_in_days=0..6\" }"),
    ];
    assert_eq!(could_be_under(&clauses), ["C0", "C1", "C2"]);
}

/// A pair on the last two days of the first clause is the only one that the later one does not
/// count.
#[test]
fn tests_outside_of_one_clause_s_days_can_be_inside_another_s() {
    let clauses = [
        clause("C0", "2019-01-01", "\"neg_pair_in_days=3..8\""),
        clause("C1", "2019-01-02", "\"neg_in_days=2..6\"").replace("days = 7", "days = 10"),
    ];
    assert_eq!(could_be_under(&clauses), ["C0", "C1"]);
}

/// Every value of a fact that the terms of drawn books tell apart.
fn drawn_domain(fact: FactName, as_of: NaiveDate) -> Vec<FactValue> {
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|word| FactValue::Word((*word).into()))
            .collect()
    };
    match fact {
        FactName::FromRisk => words(&["high", "medium", "low", "amber"]),
        FactName::Vaccinated => words(&["none", "full"]),
        FactName::Age => [3, 18, 40, 41, 60].map(FactValue::Number).to_vec(),
        FactName::Option => [7, 10].map(FactValue::Number).to_vec(),
        FactName::TestResults => test_lists(as_of),
        _ => vec![FactValue::YesNo(false), FactValue::YesNo(true)],
    }
}

/// No test, one, or two, of either result, on any of nine days.
fn test_lists(as_of: NaiveDate) -> Vec<FactValue> {
    let days: Vec<NaiveDate> = (0..9).map(|ago| as_of - Days::new(ago)).collect();
    let tests = days.iter().flat_map(|on| {
        [TestResult::Negative, TestResult::Positive].map(|result| TestTaken { on: *on, result })
    });
    let tests: Vec<TestTaken> = tests.collect();
    let mut lists = vec![Vec::new()];
    for (at, first) in tests.iter().enumerate() {
        lists.push(vec![*first]);
        lists.extend(
            tests
                .iter()
                .skip(at + 1)
                .map(|second| vec![*first, *second]),
        );
    }
    lists.into_iter().map(FactValue::Tests).collect()
}

const DRAWN: [FactName; 8] = [
    FactName::ViaHubei,
    FactName::HomeOk,
    FactName::Resident,
    FactName::FromRisk,
    FactName::Vaccinated,
    FactName::Age,
    FactName::Option,
    FactName::TestResults,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_answer_of_a_drawn_book_hangs_on_what_trying_everything_says(
        text in people::generated_book(6),
        drawn in people::drawn(),
        hidden in prop::sample::subsequence(DRAWN.to_vec(), 1..4),
        after in 0..60u64,
    ) {
        let books = Books::from_toml(&[("x.toml", text)]).unwrap();
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let facts = all_known_but(&hidden, &drawn, as_of);
        let ask = |facts: &Facts, unknown| decide(&books, "X", "D", facts, as_of, unknown);
        let values: Vec<_> = hidden.iter().map(|fact| (*fact, drawn_domain(*fact, as_of))).collect();
        let ways = ways(&|facts| ask(facts, Unknown::NotMatched), &facts, &values);
        let possible = ways.iter().filter_map(|(_, way)| governed(way));
        let possible: BTreeSet<&str> = possible.map(|found| &*found.clause.id).collect();
        match ask(&facts, Unknown::Undetermined) {
            Decision::Undetermined(open) => {
                let could_be: BTreeSet<&str> = open.could_be.iter().map(|found| &*found.clause.id).collect();
                prop_assert!(possible.is_subset(&could_be), "{:?} of {:?}", possible, could_be);
                prop_assert!(open.irreducible);
                let tests_hidden = hidden.contains(&FactName::TestResults);
                if !tests_hidden {
                    prop_assert_eq!(possible, could_be);
                }
                prop_assert_eq!(open.needs.len(), 1);
                prop_assert!(settles(&ways, &open.needs[0]));
                prop_assert!(tests_hidden || is_minimal(&ways, &open.needs[0]), "{:?}", open.needs);
            }
            decision => {
                for (_, way) in &ways {
                    prop_assert_eq!(holds(way), holds(&decision));
                }
            }
        }
    }
}

/// Every list of tests from a day to the day asked, with one positive at most: a second meets nothing
/// that the first does not.
fn all_test_lists(from: NaiveDate, as_of: NaiveDate) -> Vec<FactValue> {
    let days: Vec<NaiveDate> = from.iter_days().take_while(|day| *day <= as_of).collect();
    let taken = |on: &NaiveDate, result| TestTaken { on: *on, result };
    let mut lists = Vec::new();
    for chosen in 0..1u32 << days.len() {
        let days_chosen = days
            .iter()
            .enumerate()
            .filter(|(at, _)| chosen >> at & 1 == 1);
        let negative = days_chosen.map(|(_, on)| taken(on, TestResult::Negative));
        let negative: Vec<TestTaken> = negative.collect();
        let with = |on| [&negative[..], &[taken(on, TestResult::Positive)]].concat();
        lists.extend(days.iter().map(with));
        lists.push(negative);
    }
    lists.into_iter().map(FactValue::Tests).collect()
}

/// A local returnee with every fact of drawn books known, but for some.
fn all_known_but(hidden: &[FactName], drawn: &people::Drawn, as_of: NaiveDate) -> Facts {
    let mut facts = people::person(drawn, as_of);
    facts.subject = Subject::LocalReturnee;
    for fact in DRAWN
        .into_iter()
        .filter(|fact| !facts.knows(*fact))
        .collect::<Vec<_>>()
    {
        facts.put(fact, drawn_domain(fact, as_of)[0].clone());
    }
    facts.arrival_date = facts.arrival_date.or(Some(as_of - Days::new(6)));
    facts.last_dose = facts.last_dose.or(Some(as_of - Days::new(20)));
    facts.last_exposure = facts.last_exposure.or(Some(as_of - Days::new(6)));
    for fact in hidden {
        facts.forget(*fact);
    }
    facts
}

/// Of each clause the first and the last of its last days.
fn outermost_ends<'a>(
    found: impl Iterator<Item = &'a Governed>,
) -> BTreeMap<String, (Option<NaiveDate>, Option<NaiveDate>)> {
    let mut ends = BTreeMap::new();
    for found in found {
        let of_clause = ends.entry(found.clause.id.to_string());
        let of_clause = of_clause.or_insert((found.until, found.until));
        *of_clause = (of_clause.0.min(found.until), of_clause.1.max(found.until));
    }
    ends
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn unknown_tests_leave_open_what_all_lists_of_tests_do(
        text in people::generated_book(5),
        drawn in people::drawn(),
        other in prop::sample::select(DRAWN.to_vec()),
        ago in 2..8u64,
        after in 0..30u64,
    ) {
        let books = Books::from_toml(&[("x.toml", text)]).unwrap();
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let arrival = as_of - Days::new(ago);
        let mut facts = all_known_but(&[other, FactName::TestResults], &drawn, as_of);
        facts.arrival_date = Some(arrival);
        let mut values = vec![(FactName::TestResults, all_test_lists(arrival, as_of))];
        if other != FactName::TestResults {
            values.push((other, drawn_domain(other, as_of)));
        }
        let ask = |facts: &Facts, unknown| decide(&books, "X", "D", facts, as_of, unknown);
        let ways = ways(&|facts| ask(facts, Unknown::NotMatched), &facts, &values);
        match ask(&facts, Unknown::Undetermined) {
            Decision::Undetermined(open) => {
                prop_assert!(open.irreducible);
                let possible = ways.iter().filter_map(|(_, way)| governed(way));
                prop_assert_eq!(outermost_ends(open.could_be.iter()), outermost_ends(possible));
                prop_assert_eq!(open.could_be_no_rule, ways.iter().any(|(_, way)| *way == Decision::NoRule));
                prop_assert_eq!(open.needs.len(), 1);
                prop_assert!(settles(&ways, &open.needs[0]));
                prop_assert!(is_minimal(&ways, &open.needs[0]), "{:?}", open.needs);
            }
            decision => {
                for (_, way) in &ways {
                    prop_assert_eq!(holds(way), holds(&decision));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Days of arrival and lists of tests without end cannot all be tried: what those tried show must
    /// have been thought of, and what is to be asked must settle them.
    #[test]
    fn an_unknown_day_zero_and_unknown_tests_are_thought_of_together(
        text in people::generated_book(5),
        drawn in people::drawn(),
        after in 0..24u64,
    ) {
        let books = Books::from_toml(&[("x.toml", text)]).unwrap();
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let facts = all_known_but(&[FactName::ArrivalDate, FactName::TestResults], &drawn, as_of);
        let mut arrivals: Vec<NaiveDate> = (0..36).map(|ago| as_of - Days::new(ago)).collect();
        arrivals.extend((1..20).map(|later| as_of + Days::new(later)));
        let values = [
            (FactName::ArrivalDate, arrivals.into_iter().map(FactValue::Date).collect()),
            (FactName::TestResults, all_test_lists(as_of - Days::new(5), as_of)),
        ];
        let ask = |facts: &Facts, unknown| decide(&books, "X", "D", facts, as_of, unknown);
        let ways = ways(&|facts| ask(facts, Unknown::NotMatched), &facts, &values);
        match ask(&facts, Unknown::Undetermined) {
            Decision::Undetermined(open) => {
                let possible = ways.iter().filter_map(|(_, way)| governed(way));
                let possible: BTreeSet<&str> = possible.map(|found| &*found.clause.id).collect();
                let could_be: BTreeSet<&str> = open.could_be.iter().map(|found| &*found.clause.id).collect();
                prop_assert!(possible.is_subset(&could_be), "{:?} of {:?}", possible, could_be);
                let no_rule = ways.iter().any(|(_, way)| *way == Decision::NoRule);
                prop_assert!(open.could_be_no_rule || !no_rule);
                prop_assert!(settles(&ways, &open.needs[0]), "{:?}", open.needs);
            }
            decision => {
                for (_, way) in &ways {
                    prop_assert_eq!(holds(way), holds(&decision));
                }
            }
        }
    }
}

/// Between the bounds of all terms lie days on which a test ends a measure neither earliest nor
/// latest; on others it changes which clause governs. Found among drawn books.
#[test]
fn a_test_that_moves_an_end_by_a_day_leaves_the_answer_open() {
    let head = "authority = \"X\"\nname_zh = \"某\"\nname_en = \"X\"\n";
    let text = [
        head.to_owned(),
        clause("C1", "2019-01-02", "\"neg_pair_from_day=3\""),
        clause("C2", "2019-01-03", "\"neg_in_days=2..6\"").replace("days = 7", "days = 14"),
    ];
    let books = Books::from_toml(&[("x.toml", text.concat())]).unwrap();
    let mut facts = Facts::new(Subject::LocalReturnee);
    facts.read(FactName::ArrivalDate, "2020-01-05").unwrap();
    let on = "2020-01-15".parse().unwrap();
    let Decision::Undetermined(open) = decide(&books, "X", "D", &facts, on, Unknown::Undetermined)
    else {
        panic!("the tests are not known")
    };
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let ends = outermost_ends(open.could_be.iter());
    assert_eq!(ends["C1"], (day("2020-01-12"), day("2020-01-14")));
    assert_eq!(ends["C2"], (day("2020-01-19"), day("2020-01-19")));
}
