//! A book out of its TOML, with every mistake at once.
//!
//! The document is read through `toml`'s spanned values and checked key by key: a derived reader
//! stops at the first mistake of a file, and a clerk should mend a file once.

mod clause;
mod condition;
mod gathering;
mod ranks;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::table::{Place, Source, Table, day, line_starts, text};
use super::{BookError, BookErrors, RuleBook, Scope};
use crate::{Clause, Condition, Subject};

const BOOK_KEYS: &[&str] = &[
    "authority",
    "parent",
    "parent_of",
    "name_zh",
    "name_en",
    "may_be_looser",
    "edition",
    "scope",
    "clause",
    "gathering",
];
const EDITION_KEYS: &[&str] = &["name", "title_zh"];
const SCOPE_KEYS: &[&str] = &["disease", "subjects", "condition", "from", "until"];

/// A clause, the line it begins on and that of its `until`.
struct Placed {
    clause: Arc<Clause>,
    line: usize,
    until_line: usize,
}

/// All books of files in order of their names, or all their mistakes.
pub(super) fn books(files: &[(&str, &str)]) -> Result<BTreeMap<Box<str>, RuleBook>, BookErrors> {
    let mut errors = Vec::new();
    let mut books: BTreeMap<Box<str>, RuleBook> = BTreeMap::new();
    let mut clauses: BTreeMap<Box<str>, Box<str>> = BTreeMap::new();
    let mut parents: BTreeMap<Box<str>, usize> = BTreeMap::new();
    for (file, source) in files {
        let Some(read) = book(file, source, &mut errors) else {
            continue;
        };
        let Read {
            book,
            placed,
            gatherings,
            authority_line,
            parent_line,
        } = read;
        ranks::check_ids(&book, &placed, &mut clauses, &mut errors);
        gathering::check_ids(&book, &gatherings, &mut clauses, &mut errors);
        ranks::check_ranks(&book, &placed, &mut errors);
        ranks::check_editions(&book, &placed, &mut errors);
        match books.get(&book.authority) {
            Some(other) => errors.push(BookError::DuplicateAuthority {
                file: (*file).to_owned(),
                line: authority_line,
                authority: book.authority.to_string(),
                other: other.file.to_string(),
            }),
            None => {
                parents.insert(book.authority.clone(), parent_line);
                books.insert(book.authority.clone(), book);
            }
        }
    }
    check_parents(&books, &parents, &mut errors);
    if errors.is_empty() {
        Ok(books)
    } else {
        Err(BookErrors { errors })
    }
}

/// The document, or every place where it is not TOML.
fn document<'s>(
    file: &str,
    source: Source<'s>,
    errors: &mut Vec<BookError>,
) -> Option<Spanned<DeTable<'s>>> {
    let (document, syntax) = DeTable::parse_recoverable(source.text);
    errors.extend(syntax.iter().map(|error| BookError::Syntax {
        file: file.to_owned(),
        line: source.line_of(error.span().map_or(0, |span| span.start)),
        message: error.message().trim().to_owned(),
    }));
    syntax.is_empty().then_some(document)
}

/// A book with the lines of what it names.
struct Read {
    book: RuleBook,
    placed: Vec<Placed>,
    gatherings: Vec<gathering::Placed>,
    authority_line: usize,
    parent_line: usize,
}

fn book(file: &str, text_of: &str, errors: &mut Vec<BookError>) -> Option<Read> {
    let starts = line_starts(text_of);
    let source = Source {
        text: text_of,
        starts: &starts,
    };
    let document = document(file, source, errors)?;
    let place = Place {
        file,
        source,
        name: "the book".to_owned(),
        line: 1,
    };
    let mut top = Table::new(place, document.get_ref(), BOOK_KEYS, errors);
    let authority = top.required(
        "authority",
        "write the authority's code, such as \"CN-YN-TC\"",
        text,
    );
    let parent = top.optional("parent", "write the wider authority's code", text);
    let parent_of = top.optional(
        "parent_of",
        "write the beginning of a code, such as \"CN-\"",
        text,
    );
    let name_zh = top.required("name_zh", "write the authority's Chinese name", text);
    let name_en = top.required("name_en", "write the authority's English name", text);
    let may_be_looser = top.optional("may_be_looser", "write true, or leave it out", |value| {
        value.as_bool()
    });
    let editions = tables(file, source, document.get_ref(), "edition", errors, edition);
    let scopes = tables(file, source, document.get_ref(), "scope", errors, scope);
    // A book without a code still has its clauses read, so that all its mistakes come at once.
    let named = authority.clone().unwrap_or_default();
    let mut placed: Vec<Placed> = tables(file, source, document.get_ref(), "clause", errors, {
        |place, table, errors| {
            let line = place.line;
            let until = table.get("until").map(|until| until.span().start);
            let until_line = until.map_or(line, |at| place.source.line_of(at));
            let clause = clause::clause(place, table, &named, errors)?;
            Some(Placed {
                clause: Arc::new(clause),
                line,
                until_line,
            })
        }
    });
    placed.sort_by(|a, b| a.clause.id.cmp(&b.clause.id));
    let mut gatherings = tables(file, source, document.get_ref(), "gathering", errors, {
        |place, table, errors| gathering::gathering(place, table, &named, errors)
    });
    gatherings.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let book = RuleBook {
        file: file.into(),
        authority: authority?,
        parent,
        parent_of,
        name_zh: name_zh?,
        name_en: name_en?,
        may_be_looser: may_be_looser.unwrap_or(false),
        scopes,
        editions_zh: editions.into_iter().collect(),
        clauses: placed.iter().map(|one| one.clause.clone()).collect(),
        gatherings: gatherings
            .iter()
            .map(|(clause, _)| clause.clone())
            .collect(),
    };
    let line = |key: &str| {
        let value = document.get_ref().get(key);
        value.map_or(1, |value| source.line_of(value.span().start))
    };
    Some(Read {
        book,
        placed,
        gatherings,
        authority_line: line("authority"),
        parent_line: line("parent"),
    })
}

/// Reads each table of a list of tables; a thing that is not one is a mistake.
fn tables<T>(
    file: &str,
    source: Source<'_>,
    document: &DeTable<'_>,
    key: &'static str,
    errors: &mut Vec<BookError>,
    read: impl Fn(Place<'_>, &DeTable<'_>, &mut Vec<BookError>) -> Option<T>,
) -> Vec<T> {
    let Some(value) = document.get(key) else {
        return Vec::new();
    };
    let Some(items) = value.get_ref().as_array() else {
        errors.push(not_a_list(file, source.line_of(value.span().start), key));
        return Vec::new();
    };
    let mut found = Vec::new();
    for (number, item) in (1..).zip(items.iter()) {
        let line = source.line_of(item.span().start);
        let DeValue::Table(table) = item.get_ref() else {
            errors.push(not_a_list(file, line, key));
            continue;
        };
        let id = table.get("id").and_then(|id| id.get_ref().as_str());
        let name = match id {
            Some(id) => format!("{key} {id:?}"),
            None => format!("{key} number {number}"),
        };
        let place = Place {
            file,
            source,
            name,
            line,
        };
        found.extend(read(place, table, errors));
    }
    found
}

fn not_a_list(file: &str, line: usize, key: &'static str) -> BookError {
    BookError::BadValue {
        file: file.to_owned(),
        line,
        place: "the book".to_owned(),
        key,
        value: "what stands there".to_owned(),
        remedy: format!("write each {key} under a line [[{key}]]"),
    }
}

/// What an edition is called in Chinese.
fn edition(
    place: Place<'_>,
    table: &DeTable<'_>,
    errors: &mut Vec<BookError>,
) -> Option<(Box<str>, Box<str>)> {
    let mut table = Table::new(place, table, EDITION_KEYS, errors);
    let name = table.required("name", "write the edition as its clauses call it", text);
    let title = table.required("title_zh", "write its Chinese title", text);
    name.zip(title)
}

fn scope(place: Place<'_>, table: &DeTable<'_>, errors: &mut Vec<BookError>) -> Option<Scope> {
    let mut table = Table::new(place, table, SCOPE_KEYS, errors);
    let disease = table.required("disease", "write the disease, such as \"COVID-19\"", text);
    let subjects = table.required(
        "subjects",
        "write classes of person as [\"close_contact\"]",
        subjects,
    );
    let who = table.checked("condition", condition::condition);
    if who.is_none() && table.has("condition") {
        return None;
    }
    let from = table.required("from", "write the first day as 2020-01-24", day);
    let until = table.optional("until", "write the first day after it as 2020-02-24", day);
    table.ordered(from, until);
    Some(Scope {
        disease: disease?,
        subjects: subjects?,
        condition: who.unwrap_or(Condition::All(Vec::new())),
        from: from?,
        until,
    })
}

fn subjects(value: &DeValue<'_>) -> Option<Vec<Subject>> {
    let items = value.as_array()?.iter();
    items
        .map(|item| item.get_ref().as_str().and_then(Subject::parse))
        .collect()
}

fn check_parents(
    books: &BTreeMap<Box<str>, RuleBook>,
    lines: &BTreeMap<Box<str>, usize>,
    errors: &mut Vec<BookError>,
) {
    for book in books.values() {
        let Some(parent) = &book.parent else { continue };
        let (file, parent_name) = (book.file.to_string(), parent.to_string());
        let line = lines.get(&book.authority).copied().unwrap_or(1);
        if !books.contains_key(parent) {
            let known: Vec<&str> = books.keys().map(|key| &**key).collect();
            let known = known.join(", ");
            errors.push(BookError::UnknownParent {
                file,
                line,
                parent: parent_name,
                known,
            });
        } else if leads_back(books, book) {
            errors.push(BookError::ParentCircle {
                file,
                line,
                parent: parent_name,
            });
        }
    }
}

/// Whether a book's parents lead back to it; a book that only stands under a circle is no part of
/// it.
fn leads_back(books: &BTreeMap<Box<str>, RuleBook>, book: &RuleBook) -> bool {
    let above = |next: &&RuleBook| books.get(next.parent.as_ref()?);
    let parents = std::iter::successors(above(&book), above);
    // A walk longer than there are books has met one of them twice.
    parents
        .take(books.len())
        .any(|above| above.authority == book.authority)
}
