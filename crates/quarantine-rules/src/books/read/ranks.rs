//! Clauses that no id, no precedence, or no day tells apart.

use std::collections::BTreeMap;

use super::Placed;
use crate::{BookError, Clause, Condition, RuleBook, Subject};

/// Notes every id that another clause has.
pub(super) fn check_ids(
    book: &RuleBook,
    placed: &[Placed],
    seen: &mut BTreeMap<Box<str>, Box<str>>,
    errors: &mut Vec<BookError>,
) {
    for Placed { clause, line, .. } in placed {
        match seen.get(&clause.id) {
            Some(other) => errors.push(BookError::DuplicateClause {
                file: book.file.to_string(),
                line: *line,
                clause: clause.id.to_string(),
                other: other.to_string(),
            }),
            None => {
                seen.insert(clause.id.clone(), book.file.clone());
            }
        }
    }
}

/// Two clauses with one class, condition and first day cannot be told apart by any precedence.
pub(super) fn check_ranks(book: &RuleBook, placed: &[Placed], errors: &mut Vec<BookError>) {
    let mut ranks = BTreeMap::new();
    for Placed { clause, line, .. } in placed {
        let rank = (people(clause), clause.from);
        if let Some(other) = ranks
            .insert(rank, &clause.id)
            .filter(|other| **other != clause.id)
        {
            errors.push(BookError::SameRank {
                file: book.file.to_string(),
                line: *line,
                clause: clause.id.to_string(),
                other: other.to_string(),
            });
        }
    }
}

/// An edition ends where the next begins: of two that speak of the same people on the same days a
/// reader cannot know which holds, whatever the order of precedence says. Within one edition, and
/// between clauses about different people, the latest first day settles it.
pub(super) fn check_editions(book: &RuleBook, placed: &[Placed], errors: &mut Vec<BookError>) {
    let mut by_people: BTreeMap<People<'_>, Vec<&Placed>> = BTreeMap::new();
    for one in placed {
        by_people.entry(people(&one.clause)).or_default().push(one);
    }
    let mut found: Vec<(usize, BookError)> = Vec::new();
    for mut alike in by_people.into_values() {
        alike.sort_by(|a, b| (a.clause.from, &a.clause.id).cmp(&(b.clause.from, &b.clause.id)));
        for (at, earlier) in alike.iter().enumerate() {
            // The first that overlaps is named: once it is mended those after it are free too.
            let later = alike.iter().skip(at + 1);
            let mut overlapping = later.filter(|later| overlap(&earlier.clause, &later.clause));
            if let Some(later) = overlapping.next() {
                found.push((earlier.line, overlapping_editions(book, earlier, later)));
            }
        }
    }
    found.sort_by_key(|(line, _)| *line);
    errors.extend(found.into_iter().map(|(_, error)| error));
}

/// Whom a clause speaks of.
type People<'a> = (&'a str, Subject, Condition);

fn people(clause: &Clause) -> People<'_> {
    (&clause.disease, clause.subject, clause.condition.sorted())
}

/// Whether the edition of an earlier clause runs into that of a later one. Those of one first day
/// have one rank, which is a mistake of its own.
fn overlap(earlier: &Clause, later: &Clause) -> bool {
    earlier.edition != later.edition
        && earlier.from < later.from
        && earlier.until.is_none_or(|until| later.from < until)
}

fn overlapping_editions(book: &RuleBook, earlier: &Placed, later: &Placed) -> BookError {
    BookError::EditionsOverlap {
        file: book.file.to_string(),
        line: earlier.until_line,
        clause: earlier.clause.id.to_string(),
        key: "until",
        edition: earlier.clause.edition.to_string(),
        other: later.clause.id.to_string(),
        other_edition: later.clause.edition.to_string(),
        from: later.clause.from,
    }
}
