//! What an answer hangs on, against trying every value of every unknown fact.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod people;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::Index;
use quarantine_rules::{
    Books, Decision, FactKind, FactName, FactValue, Facts, Governed, Measure, Subject, TestResult,
    TestTaken, Unknown, decide,
};

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

/// Every way the unknown facts could be, with the answer that gives.
fn ways(
    ask: &dyn Fn(&Facts) -> Decision,
    facts: &Facts,
    unknown: &[FactName],
) -> Vec<(BTreeMap<FactName, FactValue>, Decision)> {
    let mut ways = vec![(BTreeMap::new(), facts.clone())];
    for fact in unknown {
        ways = ways
            .into_iter()
            .flat_map(|(values, facts)| {
                domain(*fact).into_iter().map(move |value| {
                    let (mut values, mut facts) = (values.clone(), facts.clone());
                    values.insert(*fact, value.clone());
                    facts.put(*fact, value);
                    (values, facts)
                })
            })
            .collect();
    }
    ways.into_iter()
        .map(|(values, facts)| (values, ask(&facts)))
        .collect()
}

type Holds = Option<(
    Measure,
    String,
    Option<NaiveDate>,
    Option<Measure>,
    Option<NaiveDate>,
    Measure,
)>;

/// What holds, whichever clause says so.
fn holds(decision: &Decision) -> Holds {
    match decision {
        Decision::Governed(found) => Some((
            found.measure,
            found.place.to_string(),
            found.until,
            found.then_measure,
            found.then_until,
            found.on_as_of,
        )),
        Decision::NoRule => None,
        Decision::Undetermined(_) => panic!("asked with everything matched or not"),
    }
}

fn settles(ways: &[(BTreeMap<FactName, FactValue>, Decision)], set: &[FactName]) -> bool {
    let mut found: BTreeMap<Vec<&FactValue>, Holds> = BTreeMap::new();
    ways.iter().all(|(values, decision)| {
        let known = set.iter().map(|fact| &values[fact]).collect();
        *found.entry(known).or_insert_with(|| holds(decision)) == holds(decision)
    })
}

fn governed(decision: &Decision) -> Option<&Governed> {
    match decision {
        Decision::Governed(found) => Some(found),
        _ => None,
    }
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
        let ways = ways(&matched, &facts, &unknown);
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
                for fact in &open.needs[0] {
                    let fewer: Vec<_> = open.needs[0].iter().copied().filter(|other| other != fact).collect();
                    prop_assert!(!settles(&ways, &fewer), "{} is not needed", fact);
                }
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
        let mut facts = people::person(&drawn, as_of);
        facts.subject = Subject::LocalReturnee;
        // What is not hidden is known.
        for fact in DRAWN.into_iter().filter(|fact| !hidden.contains(fact)) {
            if !facts.knows(fact) {
                facts.put(fact, drawn_domain(fact, as_of)[0].clone());
            }
        }
        facts.arrival_date = facts.arrival_date.or(Some(as_of - Days::new(6)));
        facts.last_dose = facts.last_dose.or(Some(as_of - Days::new(20)));
        facts.last_exposure = facts.last_exposure.or(Some(as_of - Days::new(6)));
        for fact in &hidden {
            facts.forget(*fact);
        }
        let ask = |facts: &Facts, unknown| decide(&books, "X", "D", facts, as_of, unknown);
        let mut ways = vec![(BTreeMap::new(), facts.clone())];
        for fact in &hidden {
            let values = drawn_domain(*fact, as_of);
            let of_one = |(known, facts): &(BTreeMap<FactName, FactValue>, Facts)| -> Vec<_> {
                let with = |value: &FactValue| {
                    let (mut known, mut facts) = (known.clone(), facts.clone());
                    known.insert(*fact, value.clone());
                    facts.put(*fact, value.clone());
                    (known, facts)
                };
                values.iter().map(with).collect()
            };
            ways = ways.iter().flat_map(of_one).collect();
        }
        let ways: Vec<_> = ways
            .into_iter()
            .map(|(known, facts)| (known, ask(&facts, Unknown::NotMatched)))
            .collect();
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
                for fact in &open.needs[0] {
                    let fewer: Vec<_> = open.needs[0].iter().copied().filter(|other| other != fact).collect();
                    prop_assert!(tests_hidden || !settles(&ways, &fewer), "{} is not needed", fact);
                }
            }
            decision => {
                for (_, way) in &ways {
                    prop_assert_eq!(holds(way), holds(&decision));
                }
            }
        }
    }
}
