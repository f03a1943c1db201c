//! Who is treated differently on two days.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use line_list::write_table;
use outbreak_response_examples::outcome::{Failure, print};
use outbreak_response_examples::timing::Stopwatch;
use quarantine_rules::{Books, BooksOn, Change, Difference, Facts, compare, compare_people};

use crate::CompareArgs;
use crate::ask::{ANSWER, answer, needs};
use crate::cases::{Case, cases};

pub fn run(args: &CompareArgs) -> Result<(), Failure> {
    let [first, second] = args.on[..] else {
        let why = format!(
            "--on is given {} times; give the two days, as in --on 2020-02-20 --on 2020-02-21",
            args.on.len()
        );
        return Err(Failure::Usage(why));
    };
    let mut watch = Stopwatch::default();
    let books = args.books.read()?;
    let written = match (&args.facts, &args.authority) {
        (Some(path), _) => {
            let cases = cases(path, false, args.strict)?;
            watch.lap("read_ms");
            people(args, &books, &cases, [first, second])
        }
        (None, Some(authority)) => {
            watch.lap("read_ms");
            everybody(args, &books, authority, [first, second])?
        }
        (None, None) => return Err(Failure::Usage("name --facts, or --authority".to_owned())),
    };
    watch.lap("solve_ms");
    print(&String::from_utf8_lossy(&written));
    if args.timing {
        watch.say();
    }
    Ok(())
}

fn people(args: &CompareArgs, books: &Books, cases: &[Case], days: [NaiveDate; 2]) -> Vec<u8> {
    let mut asked: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        asked
            .entry((&*case.authority, &*case.disease))
            .or_default()
            .push(at);
    }
    let mut differing: BTreeMap<usize, Difference> = BTreeMap::new();
    for ((authority, disease), places) in asked {
        let [before, after] = days.map(|on| BooksOn {
            books,
            authority,
            disease,
            on,
        });
        let facts: Vec<&Facts> = places.iter().map(|at| &cases[*at].facts).collect();
        let found = compare_people(before, after, facts, args.unknown.into());
        differing.extend(found.into_iter().map(|found| (places[found.person], found)));
    }
    let mut columns = vec!["case_id".to_owned()];
    for side in ["before", "after"] {
        columns.extend(ANSWER.map(|column| format!("{side}_{column}")));
        columns.push(format!("{side}_needs"));
    }
    let rows = differing.iter().map(|(at, found)| {
        let mut cells = vec![cases[*at].id.clone()];
        for decision in [&found.before, &found.after] {
            cells.extend(answer(decision));
            cells.push(needs(decision));
        }
        cells
    });
    write_table(&columns, rows)
}

fn everybody(
    args: &CompareArgs,
    books: &Books,
    authority: &str,
    days: [NaiveDate; 2],
) -> Result<Vec<u8>, Failure> {
    let [before, after] = days.map(|on| BooksOn {
        books,
        authority,
        disease: &args.disease,
        on,
    });
    let found = compare(before, after);
    if !found.unsettled.is_empty() {
        let classes: Vec<String> = found.unsettled.iter().map(ToString::to_string).collect();
        eprintln!(
            "warning: too many regions to compare {}",
            classes.join(", ")
        );
    }
    let columns = [
        "subject",
        "before_clause",
        "after_clause",
        "before_measure",
        "after_measure",
        "people",
    ];
    let rows = found.changes.iter().flat_map(rows);
    Ok(write_table(&columns, rows))
}

/// One row a region.
fn rows(change: &Change) -> Vec<[String; 6]> {
    let sides = [&change.before, &change.after];
    let [before, after] = sides.map(|clause| match clause {
        Some(clause) => (clause.id.to_string(), clause.measure.to_string()),
        None => ("no_row".to_owned(), String::new()),
    });
    let region = |people: &quarantine_rules::Condition| {
        [
            change.subject.to_string(),
            before.0.clone(),
            after.0.clone(),
            before.1.clone(),
            after.1.clone(),
            people.to_string(),
        ]
    };
    change.people.iter().map(region).collect()
}
