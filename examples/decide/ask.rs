//! What holds for each person of a file.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use line_list::write_table;
use outbreak_response_examples::outcome::{Failure, print};
use outbreak_response_examples::timing::Stopwatch;
use quarantine_rules::{Books, Decision, FactName, Inquiry, Language, Unknown, compile, explain};

use crate::cases::{Case, cases};
use crate::{AskArgs, UnknownArg};

/// The columns of an answer.
pub const ANSWER: [&str; 7] = [
    "measure",
    "place",
    "until",
    "then_measure",
    "then_until",
    "on_as_of",
    "clause",
];

pub fn run(args: &AskArgs) -> Result<(), Failure> {
    let mut watch = Stopwatch::default();
    let books = args.books.read()?;
    let path = args.facts.as_deref().ok_or_else(|| {
        Failure::Usage(
            "--facts is missing; name the file of people, as in --facts facts.csv".into(),
        )
    })?;
    let cases = cases(path, true, args.strict)?;
    watch.lap("read_ms");
    let decisions = decided(&books, &cases, args.unknown.into());
    watch.lap("solve_ms");
    print(&String::from_utf8_lossy(&table(
        args, &books, &cases, &decisions,
    )));
    if args.timing {
        watch.say();
    }
    Ok(())
}

/// The decisions in the order of the cases; books are compiled once for each authority, disease
/// and day.
pub fn decided(books: &Books, cases: &[Case], unknown: Unknown) -> Vec<Decision> {
    let mut asked: BTreeMap<(&str, &str, Option<NaiveDate>), Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        let key = (&*case.authority, &*case.disease, case.as_of);
        asked.entry(key).or_default().push(at);
    }
    let mut decisions = vec![Decision::NoRule; cases.len()];
    for ((authority, disease, as_of), places) in asked {
        let Some(as_of) = as_of else { continue };
        let compiled = compile(books, authority, disease, as_of);
        for at in places {
            decisions[at] = compiled.decide(&cases[at].facts, unknown);
        }
    }
    decisions
}

fn table(args: &AskArgs, books: &Books, cases: &[Case], decisions: &[Decision]) -> Vec<u8> {
    let open = args.unknown == UnknownArg::Undetermined;
    let language = args.explain.map(Language::from);
    let mut columns = vec!["case_id"];
    columns.extend(ANSWER);
    if open {
        columns.extend(["needs", "held_measure", "held_place", "held_clause"]);
    }
    columns.extend(language.map(|_| "because"));
    let rows = cases.iter().zip(decisions).map(|(case, decision)| {
        let mut cells = vec![case.id.clone()];
        cells.extend(answer(decision));
        if open {
            cells.extend(held(decision));
        }
        cells.extend(language.map(|language| because(books, case, decision, language)));
        cells
    });
    write_table(&columns, rows)
}

/// The reason in a sentence.
fn because(books: &Books, case: &Case, decision: &Decision, language: Language) -> String {
    let Some(as_of) = case.as_of else {
        return String::new();
    };
    let inquiry = Inquiry {
        books,
        authority: &case.authority,
        disease: &case.disease,
        subject: case.facts.subject,
        as_of,
    };
    explain(decision, &inquiry, language)
}

pub fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The answer in the order of [`ANSWER`].
pub fn answer(decision: &Decision) -> [String; 7] {
    match decision {
        Decision::Governed(found) => [
            found.measure.to_string(),
            found.place.to_string(),
            text(found.until),
            text(found.then_measure),
            text(found.then_until),
            found.on_as_of.to_string(),
            found.clause.id.to_string(),
        ],
        Decision::NoRule => ["", "", "", "", "", "", "no_row"].map(str::to_owned),
        Decision::Undetermined(_) => {
            ["undetermined", "", "", "", "", "undetermined", ""].map(str::to_owned)
        }
    }
}

/// Sets of facts as `home_ok;via_hubei|index_sampled`.
pub fn needs(decision: &Decision) -> String {
    let set = |set: &Vec<FactName>| {
        let names: Vec<&str> = set.iter().map(|fact| fact.word()).collect();
        names.join(";")
    };
    let sets: Vec<String> = decision.needs().iter().map(set).collect();
    sets.join("|")
}

/// What to find out, and under what the person is held until then.
fn held(decision: &Decision) -> [String; 4] {
    match decision {
        Decision::Undetermined(open) => [
            needs(decision),
            open.strictest.on_as_of.to_string(),
            open.strictest.place_on_as_of().to_owned(),
            open.strictest.clause.id.to_string(),
        ],
        _ => Default::default(),
    }
}
