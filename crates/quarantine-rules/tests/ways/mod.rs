//! Every way unknown facts could be, tried one by one.
#![allow(dead_code, reason = "each test file uses its part of it")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use quarantine_rules::{Decision, FactName, FactValue, Facts, Governed, Measure};

/// What the unknown facts are taken for, and the answer that gives.
pub(crate) type Way = (BTreeMap<FactName, FactValue>, Decision);

/// Every way the unknown facts could be, given the values of each.
pub(crate) fn ways(
    ask: &dyn Fn(&Facts) -> Decision,
    facts: &Facts,
    unknown: &[(FactName, Vec<FactValue>)],
) -> Vec<Way> {
    let mut ways = vec![(BTreeMap::new(), facts.clone())];
    for (fact, values) in unknown {
        let with = |(known, facts): &(BTreeMap<_, _>, Facts), value: &FactValue| {
            let (mut known, mut facts) = (known.clone(), facts.clone());
            known.insert(*fact, value.clone());
            facts.put(*fact, value.clone());
            (known, facts)
        };
        ways = ways
            .iter()
            .flat_map(|way| {
                values
                    .iter()
                    .map(|value| with(way, value))
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    ways.into_iter()
        .map(|(known, facts)| (known, ask(&facts)))
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
pub(crate) fn holds(decision: &Decision) -> Holds {
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

/// The answer, where a clause governs.
pub(crate) fn governed(decision: &Decision) -> Option<&Governed> {
    match decision {
        Decision::Governed(found) => Some(found),
        _ => None,
    }
}

/// Whether knowing these facts leaves one answer, whatever the others are.
pub(crate) fn settles(ways: &[Way], set: &[FactName]) -> bool {
    let mut found: BTreeMap<Vec<&FactValue>, Holds> = BTreeMap::new();
    ways.iter().all(|(values, decision)| {
        let known = set.iter().map(|fact| &values[fact]).collect();
        *found.entry(known).or_insert_with(|| holds(decision)) == holds(decision)
    })
}

/// Whether the set settles no more once a fact of it is left out.
pub(crate) fn is_minimal(ways: &[Way], set: &[FactName]) -> bool {
    set.iter().all(|fact| {
        let fewer: Vec<FactName> = set.iter().copied().filter(|other| other != fact).collect();
        !settles(ways, &fewer)
    })
}

/// Of each clause the first and the last of its last days.
pub(crate) fn outermost_ends<'a>(
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
