//! A clause about gatherings out of its table.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::table::{Place, Table, day, text};
use crate::{BookError, Confidence, GatheringAdvice, GatheringClause, GatheringKind, RuleBook};

const KEYS: &[&str] = &[
    "id",
    "edition",
    "from",
    "until",
    "kinds",
    "advice",
    "limit_persons",
    "source",
    "confidence",
];

/// A clause about gatherings and the line it begins on.
pub(super) type Placed = (Arc<GatheringClause>, usize);

pub(super) fn gathering(
    place: Place<'_>,
    table: &DeTable<'_>,
    authority: &str,
    errors: &mut Vec<BookError>,
) -> Option<Placed> {
    let line = place.line;
    let mut table = Table::new(place, table, KEYS, errors);
    let id = table.required(
        "id",
        "write an id of its own, such as \"MB-WEDDINGS\"",
        text,
    );
    let edition = table.required("edition", "write the edition or notice", text);
    let from = table.required("from", "write the first day as 2020-01-24", day);
    let until = table.optional("until", "write the first day after it as 2020-02-24", day);
    table.ordered(from, until);
    let known = GatheringKind::WORDS.join(", ");
    let kinds = table.required(
        "kinds",
        &format!("write kinds as [\"wedding\"], out of {known}"),
        kinds,
    );
    let advice = table.required(
        "advice",
        "write \"allowed\", \"keep_simple\" or \"postpone\"",
        |value| {
            let advice = GatheringAdvice::parse(value.as_str()?)?;
            (advice != GatheringAdvice::NoRule).then_some(advice)
        },
    );
    let limit_persons = table.optional(
        "limit_persons",
        "write the greatest number of people as a whole number, or leave it out",
        persons,
    );
    if advice == Some(GatheringAdvice::Postpone) && table.has("limit_persons") {
        table.wrong(
            "limit_persons",
            "leave it out where the gathering is put off, or write advice = \"allowed\"",
        );
    }
    let source = table.required("source", "write where it was read", text);
    let confidence = table.required(
        "confidence",
        "write \"verified\" or \"recalled\"",
        |value| Confidence::parse(value.as_str()?),
    );
    let clause = GatheringClause {
        id: id?,
        authority: authority.into(),
        edition: edition?,
        from: from?,
        until,
        kinds: kinds?,
        advice: advice?,
        limit_persons,
        source: source?,
        confidence: confidence?,
    };
    Some((Arc::new(clause), line))
}

fn persons(value: &DeValue<'_>) -> Option<u32> {
    let integer = value.as_integer()?;
    u32::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// At least one kind, each once.
fn kinds(value: &DeValue<'_>) -> Option<Vec<GatheringKind>> {
    let items = value.as_array()?.iter();
    let mut kinds: Vec<GatheringKind> = items
        .map(|item| item.get_ref().as_str().and_then(GatheringKind::parse))
        .collect::<Option<_>>()?;
    let written = kinds.len();
    kinds.sort_unstable();
    kinds.dedup();
    (!kinds.is_empty() && kinds.len() == written).then_some(kinds)
}

/// Notes every id that another clause has, of whatever kind.
pub(super) fn check_ids(
    book: &RuleBook,
    placed: &[Placed],
    seen: &mut BTreeMap<Box<str>, Box<str>>,
    errors: &mut Vec<BookError>,
) {
    for (clause, line) in placed {
        if let Some(other) = seen.insert(clause.id.clone(), book.file.clone()) {
            errors.push(BookError::DuplicateClause {
                file: book.file.to_string(),
                line: *line,
                clause: clause.id.to_string(),
                other: other.to_string(),
            });
        }
    }
}
