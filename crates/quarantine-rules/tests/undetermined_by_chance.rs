//! What an answer hangs on, against people whose unknown facts turn out one way or another: among
//! them days and tests nobody would think of.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, its helpers too"
)]

mod people;
mod ways;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use quarantine_rules::{Books, Decision, FactName, Facts, Governed, Subject, Unknown, decide};
use ways::{governed, holds};

/// Facts that are never asked for: unknown, they count as not so.
const NEVER_ASKED: [FactName; 5] = [
    FactName::LastFever,
    FactName::SymptomsEnd,
    FactName::Exposures,
    FactName::ArrivalTime,
    FactName::IndexSampled,
];

/// The same person when what was unknown is known.
fn found_out(facts: &Facts, draws: &[u32], as_of: NaiveDate) -> Facts {
    let known = vec![false; draws.len()];
    let mut other = people::person(&(facts.subject, draws.to_vec(), known), as_of);
    // What is asked for is an exposure by the day asked.
    other.last_exposure = other.last_exposure.map(|day| day.min(as_of));
    let mut facts = facts.clone();
    let listed = facts.exposures.is_some();
    for fact in FactName::ALL
        .iter()
        .filter(|fact| !NEVER_ASKED.contains(fact))
    {
        let is_told = match fact {
            // Of exposures that are listed, which count is told by the day of sampling alone.
            FactName::LastExposure => listed,
            FactName::IndexOnset => listed && facts.index_sampled.is_some(),
            _ => false,
        };
        let is_told = is_told || facts.knows(*fact);
        if let Some(value) = other.value(*fact).filter(|_| !is_told) {
            facts.put(*fact, value);
        }
    }
    facts
}

/// Whatever chance makes of the unknown facts was thought of, and with the facts asked for known it
/// changes nothing.
fn is_thought_of(
    ask: &dyn Fn(&Facts, Unknown) -> Decision,
    facts: &Facts,
    chances: &[Vec<u32>],
    as_of: NaiveDate,
) -> Result<(), TestCaseError> {
    let outcome = |facts: &Facts| ask(facts, Unknown::NotMatched);
    let turns_out = |facts: &Facts, draws: &Vec<u32>| outcome(&found_out(facts, draws, as_of));
    let open = match ask(facts, Unknown::Undetermined) {
        Decision::Undetermined(open) => open,
        settled => {
            for draws in chances {
                prop_assert_eq!(
                    holds(&turns_out(facts, draws)),
                    holds(&settled),
                    "{:?} {:?}",
                    facts,
                    found_out(facts, draws, as_of)
                );
            }
            return Ok(());
        }
    };
    let mut answered = facts.clone();
    let answers = found_out(facts, &chances[0], as_of);
    for fact in &open.needs[0] {
        // Of who is sampled already, the onset that is asked for stays unknown here.
        if let Some(answer) = answers.value(*fact) {
            answered.put(*fact, answer);
        }
    }
    let once_answered = holds(&turns_out(&answered, &chances[0]));
    for draws in chances {
        let found = turns_out(facts, draws);
        let of_clause = |found: &Governed| {
            let mut could_be = open.could_be.iter();
            could_be.any(|could_be| could_be.clause.id == found.clause.id)
        };
        let thought_of = governed(&found).map_or(open.could_be_no_rule, of_clause);
        prop_assert!(thought_of, "{:?}", found);
        prop_assert_eq!(
            &holds(&turns_out(&answered, draws)),
            &once_answered,
            "{:?}",
            open.needs
        );
    }
    Ok(())
}

fn chances() -> impl Strategy<Value = Vec<Vec<u32>>> {
    let draws = prop::collection::vec(any::<u32>(), FactName::ALL.len());
    prop::collection::vec(draws, 24)
}

/// A person as drawn, or with more unknown.
fn with_unknown(mut drawn: people::Drawn, hide: &[bool]) -> people::Drawn {
    for (unknown, hide) in drawn.2.iter_mut().zip(hide.iter().cycle()) {
        *unknown |= hide;
    }
    drawn
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn by_the_shipped_books(
        authority in prop::sample::select(people::AUTHORITIES),
        drawn in people::drawn(),
        hide in prop::collection::vec(any::<bool>(), 1..24),
        after in 0..1200u64,
        chances in chances(),
    ) {
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let facts = people::person(&with_unknown(drawn, &hide), as_of);
        let disease = people::disease_of(authority);
        let ask = |facts: &Facts, unknown| {
            decide(&people::BOOKS, authority, disease, facts, as_of, unknown)
        };
        is_thought_of(&ask, &facts, &chances, as_of)?;
    }

    #[test]
    fn by_drawn_books(
        text in people::generated_book(5),
        from_exposure in 0..4usize,
        drawn in people::drawn(),
        hide in prop::collection::vec(any::<bool>(), 1..24),
        after in 0..24u64,
        chances in chances(),
    ) {
        let (arrival, exposure) = ("counted_from = \"arrival\"", "counted_from = \"last_exposure\"");
        let text = text.replacen(arrival, exposure, from_exposure);
        let books = Books::from_toml(&[("x.toml", text)]).unwrap();
        let as_of = NaiveDate::from_ymd_opt(2020, 1, 15).unwrap() + Days::new(after);
        let mut facts = people::person(&with_unknown(drawn, &hide), as_of);
        // Exposures are listed of contacts alone.
        (facts.subject, facts.exposures) = (Subject::LocalReturnee, None);
        let ask = |facts: &Facts, unknown| decide(&books, "X", "D", facts, as_of, unknown);
        is_thought_of(&ask, &facts, &chances, as_of)?;
    }
}
