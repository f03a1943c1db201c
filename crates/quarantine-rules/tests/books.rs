//! Rule books: the shipped ones, contact windows by date, and mistakes word for word.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

use quarantine_rules::{
    BookError, Books, Decision, FactName, Facts, Subject, Unknown, contact_window, decide,
};

const HEAD: &str = "authority = \"X\"\nname_zh = \"某地\"\nname_en = \"Somewhere\"\n";

const CLAUSE: &str = r#"
[[clause]]
id = "X-1"
disease = "COVID-19"
edition = "first"
from = 2020-01-24
subject = "local_returnee"
measure = "home_observation"
days = 14
counted_from = "arrival"
place = "home"
source = "made up"
confidence = "recalled"
"#;

fn errors(files: &[(&str, &str)]) -> String {
    Books::from_toml(files).unwrap_err().to_string()
}

fn mistakes(clause: &str) -> String {
    errors(&[("x.toml", &format!("{HEAD}{clause}"))])
}

#[test]
fn a_book_without_mistakes_is_read() {
    let books = Books::from_toml(&[("x.toml", format!("{HEAD}{CLAUSE}"))]).unwrap();
    assert_eq!(books.clause("X-1").unwrap().days, Some(14));
    assert_eq!(books.book("X").unwrap().name_zh.as_ref(), "某地");
    assert!(books.clause("X-2").is_none() && books.chain("Y").is_empty());
}

#[test]
fn each_mistake_names_file_line_clause_key_and_remedy() {
    let with = |from: &str, to: &str| mistakes(&CLAUSE.replace(from, to));
    assert_eq!(
        with("days = 14", "days = \"two weeks\""),
        "x.toml, line 12, clause \"X-1\", days: \"two weeks\" will not do; write a whole number of days"
    );
    assert_eq!(
        with("from = 2020-01-24", "from = \"2020-02-30\""),
        "x.toml, line 9, clause \"X-1\", from: \"2020-02-30\" will not do; write the first day as 2020-01-24"
    );
    assert_eq!(
        with("place = \"home\"\n", ""),
        "x.toml, line 5, clause \"X-1\": place is missing; write the place, or \"none\""
    );
    assert_eq!(
        with("from = 2020-01-24", "from = 2020-01-24\nuntil = 2020-01-24"),
        "x.toml, line 10, clause \"X-1\", until: 2020-01-24 will not do; write a day after from, or leave it out where it is still in force"
    );
    assert_eq!(
        with("days = 14", "days = 14\ncondition = \"via_wuhan=yes\""),
        "x.toml, line 13, clause \"X-1\", condition: \"via_wuhan=yes\" will not do; write key=value with the name of a fact, or neg_from_day, neg_pair_from_day, age_lt, dose_age_min, dose_age_max, arrival_before, arrival_from"
    );
    assert_eq!(
        with("days = 14", "days = 14\nthen_days = 7"),
        "x.toml, line 5, clause \"X-1\": then_measure is missing; write then_measure and then_days, or neither"
    );
    assert_eq!(
        with("confidence = \"recalled\"", "confidence = \"sure\""),
        "x.toml, line 16, clause \"X-1\", confidence: \"sure\" will not do; write one of verified, recalled"
    );
    assert_eq!(
        with("place = \"home\"", "place = \"turned_back\""),
        "x.toml, line 11, clause \"X-1\", measure: \"home_observation\" will not do; write \"none\": who is turned back is under no measure here"
    );
    assert!(with("days = 14", "dayz = 14").starts_with(
        "x.toml, line 12, clause \"X-1\": there is no key \"dayz\"; use one of id, disease, edition, from,"
    ));
}

#[test]
fn all_mistakes_of_all_files_come_together_in_order() {
    let broken = format!(
        "{HEAD}{}",
        CLAUSE.replace("14", "-1").replace("\"home\"", "3")
    );
    let found = Books::from_toml(&[("y.toml", "authority = "), ("x.toml", &broken)]).unwrap_err();
    assert_eq!(found.errors.len(), 3);
    assert!(
        matches!(&found.errors[0], BookError::BadValue { file, key: "days", .. } if file == "x.toml")
    );
    assert!(matches!(
        &found.errors[1],
        BookError::BadValue { key: "place", .. }
    ));
    assert!(
        matches!(&found.errors[2], BookError::Syntax { file, line: 1, .. } if file == "y.toml")
    );
    assert_eq!(found.to_string().lines().count(), 3);
}

#[test]
fn what_books_say_of_each_other_is_checked() {
    let book = format!("{HEAD}{CLAUSE}");
    assert_eq!(
        errors(&[("a.toml", &book), ("b.toml", &book.replace("X-1", "X-2"))]),
        "b.toml, line 1, authority: \"X\" has a book in a.toml already; put the clauses into one file"
    );
    assert_eq!(
        errors(&[
            ("a.toml", &book),
            ("b.toml", &book.replace("\"X\"", "\"Y\""))
        ]),
        "b.toml, line 5, clause \"X-1\", id: it is used in a.toml too; give this clause an id of its own"
    );
    assert_eq!(
        errors(&[("a.toml", &format!("{book}{}", CLAUSE.replace("X-1", "X-2")))]),
        "a.toml, line 18, clause \"X-2\", condition: clause \"X-1\" has the same condition and from; change one of them"
    );
    assert_eq!(
        errors(&[("a.toml", &format!("parent = \"Z\"\n{book}"))]),
        "a.toml, line 1, parent: there is no book of \"Z\"; add it, or name one of X"
    );
    assert_eq!(
        errors(&[("a.toml", &format!("parent = \"X\"\n{book}"))]),
        "a.toml, line 1, parent: \"X\" leads back to this book; name a wider authority"
    );
}

#[test]
fn damaged_books_are_refused_and_never_panic() {
    let book = format!("{HEAD}{CLAUSE}");
    let cuts = book.char_indices().map(|(at, _)| &book[..at]);
    let refused = cuts.filter(|cut| Books::from_toml(&[("x.toml", cut)]).is_err());
    assert!(refused.count() > 100);
    for scrap in [
        "clause = 3",
        "[clause]",
        "[[clause]]",
        "clause = [1]",
        "scope = [{}]",
    ] {
        assert!(
            Books::from_toml(&[("x.toml", &format!("{HEAD}{scrap}"))]).is_err(),
            "{scrap}"
        );
    }
}

#[test]
fn an_authority_without_a_book_stands_under_the_nation() {
    let books = Books::shipped().unwrap();
    let chain = |authority| -> Vec<String> {
        books
            .chain(authority)
            .iter()
            .map(|book| book.authority.to_string())
            .collect()
    };
    assert_eq!(
        chain("CN-YN-TC-MB"),
        ["CN-YN-TC-MB", "CN-YN-TC", "CN-YN", "CN-NHC"]
    );
    assert_eq!(chain("CN-GD"), ["CN-NHC"]);
    assert_eq!(chain("US-IA"), ["US-IA", "US-CDC"]);
    assert_eq!(chain("FR"), Vec::<String>::new());
}

#[test]
fn the_contact_window_follows_the_national_edition_of_the_day() {
    let books = Books::shipped().unwrap();
    let window = |on: &str, asymptomatic| {
        contact_window(
            &books,
            "CN-YN-TC-MB",
            "COVID-19",
            on.parse().unwrap(),
            asymptomatic,
        )
        .map(|(days, clause)| (days, clause.id.to_string()))
    };
    let says = |days, id: &str| Some((days, id.to_owned()));
    assert_eq!(window("2020-01-20", false), says(0, "CN-E1-CC"));
    assert_eq!(window("2020-01-20", true), None);
    assert_eq!(window("2020-02-20", false), says(0, "CN-E4-CC"));
    assert_eq!(window("2020-02-21", true), says(2, "CN-E5-CC"));
    assert_eq!(window("2021-06-01", false), says(4, "CN-E8-CC"));
    assert_eq!(window("2023-06-01", false), None);
}

#[test]
fn the_townships_own_clause_counts_exposures_by_the_national_window() {
    let books = Books::shipped().unwrap();
    let mut facts = Facts::new(Subject::CloseContact);
    facts.read(FactName::Exposures, "2020-02-20").unwrap();
    facts.read(FactName::IndexOnset, "2020-02-21").unwrap();
    let ask = |on: &str| {
        let on = on.parse().unwrap();
        match decide(
            &books,
            "CN-YN-TC-MB",
            "COVID-19",
            &facts,
            on,
            Unknown::Undetermined,
        ) {
            Decision::Governed(found) => (found.clause.id.to_string(), found.measure.to_string()),
            other => panic!("{other:?}"),
        }
    };
    // A day before onset: outside the window of edition 4, inside that of edition 5.
    assert_eq!(ask("2020-02-20"), ("MB-CC".to_owned(), "none".to_owned()));
    assert_eq!(
        ask("2020-02-21"),
        ("MB-CC".to_owned(), "central_quarantine".to_owned())
    );
}
