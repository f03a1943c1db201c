//! Weddings, funerals and markets while gatherings are limited: what is advised, by which clause.

use std::sync::Arc;

use chrono::NaiveDate;
use grid_model::{AsOf, Ledger, words};

use crate::{Books, Confidence, Gathering, GatheringKind, GatheringOutcome, RulesPolicy};

words! {
    /// What to advise who plans a gathering, from the loosest to the strictest.
    pub enum GatheringAdvice {
        /// No clause in force speaks of it: nothing may be forbidden, and the authority is asked.
        NoRule = "no_rule",
        /// It may take place, with no more people than the limit where there is one.
        Allowed = "allowed",
        /// 丧事从简办: keep it to the smallest circle.
        KeepSimple = "keep_simple",
        /// 喜事推迟办: put it off.
        Postpone = "postpone",
    }
}

/// A clause about gatherings, in force from a day until another.
///
/// Clauses are made only by reading a book, which checks them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GatheringClause {
    /// Its id, unique among all clauses of all books.
    pub id: Box<str>,
    /// The authority whose book it stands in.
    pub authority: Box<str>,
    /// The edition or notice.
    pub edition: Box<str>,
    /// The first day it is in force.
    pub from: NaiveDate,
    /// The first day it is no longer in force; nothing where it still is.
    pub until: Option<NaiveDate>,
    /// The kinds it speaks of.
    pub kinds: Vec<GatheringKind>,
    /// What it advises.
    pub advice: GatheringAdvice,
    /// At most so many people at one time; nothing where the clause gives no number.
    pub limit_persons: Option<u32>,
    /// Where it was read.
    pub source: Box<str>,
    /// How sure it is.
    pub confidence: Confidence,
}

impl GatheringClause {
    /// Whether it is in force on a day.
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.from <= on && self.until.is_none_or(|until| on < until)
    }
}

/// What holds for a gathering of a kind on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatheringRuling {
    /// What kind.
    pub kind: GatheringKind,
    /// On which day.
    pub on: NaiveDate,
    /// What is advised.
    pub advice: GatheringAdvice,
    /// By which clause; nothing where none in force speaks of the kind.
    pub clause: Option<Arc<GatheringClause>>,
}

impl GatheringRuling {
    /// At most so many people, where the clause gives a number.
    pub fn limit_persons(&self) -> Option<u32> {
        self.clause.as_ref().and_then(|clause| clause.limit_persons)
    }

    /// Whether so many people may come together; nothing where no clause says a number, or it
    /// is to be put off whatever the number.
    pub fn admits(&self, persons: u32) -> Option<bool> {
        match self.advice {
            GatheringAdvice::Postpone => Some(false),
            GatheringAdvice::NoRule => None,
            _ => self.limit_persons().map(|limit| persons <= limit),
        }
    }
}

impl Books {
    /// What holds for a gathering of a kind on a day: the narrowest authority with a clause in
    /// force, within it the latest `from`, then the strictest advice, then the least limit.
    pub fn gathering(
        &self,
        authority: &str,
        kind: GatheringKind,
        on: NaiveDate,
    ) -> GatheringRuling {
        let rank = |clause: &&Arc<GatheringClause>| {
            let limit = clause.limit_persons.unwrap_or(u32::MAX);
            let least = std::cmp::Reverse((limit, clause.id.clone()));
            (clause.from, clause.advice, least)
        };
        let speaks =
            |clause: &&Arc<GatheringClause>| clause.in_force(on) && clause.kinds.contains(&kind);
        let of_book = |book: &&crate::RuleBook| {
            let clauses = book.gatherings.iter().filter(speaks);
            clauses.max_by_key(rank).cloned()
        };
        let clause = self.chain(authority).iter().find_map(of_book);
        let advice = clause
            .as_ref()
            .map_or(GatheringAdvice::NoRule, |clause| clause.advice);
        GatheringRuling {
            kind,
            on,
            advice,
            clause,
        }
    }
}

/// A gathering that is still to come or still open, with what is advised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedGathering {
    /// The id of its record.
    pub id: Box<str>,
    /// What holds for it on its day.
    pub ruling: GatheringRuling,
    /// What became of it; nothing where that is open.
    pub outcome: Option<GatheringOutcome>,
}

/// What became of the gatherings known by a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatheringCounts {
    /// Weddings and other celebrations put off; markets are none.
    pub celebrations_postponed: u32,
    /// Funerals kept simple.
    pub funerals_kept_simple: u32,
    /// Gatherings held, or still open on their day, against the advice of that day, by id.
    pub against_advice: Vec<PlannedGathering>,
    /// Gatherings of the day or later whose outcome is open, by id: whom to advise.
    pub to_advise: Vec<PlannedGathering>,
}

/// Counts the gatherings known by a day, whatever day they were planned for, and holds each
/// against the book of its day.
pub fn gatherings(
    records: &Ledger<Gathering>,
    books: &Books,
    policy: &RulesPolicy,
    as_of: AsOf,
) -> GatheringCounts {
    let mut counts = GatheringCounts::default();
    // What became known only after the day spoken of is no count of that day.
    let known = records
        .as_of(as_of)
        .filter(|held| as_of.has_happened(held.known_at));
    for held in known {
        let Gathering {
            kind,
            planned_for,
            outcome,
        } = *held.what;
        let planned = || PlannedGathering {
            id: held.id.into(),
            ruling: books.gathering(&policy.authority, kind, planned_for),
            outcome,
        };
        match (kind, outcome) {
            (GatheringKind::Wedding | GatheringKind::Other, Some(GatheringOutcome::Postponed)) => {
                counts.celebrations_postponed += 1;
            }
            (GatheringKind::Funeral, Some(GatheringOutcome::KeptSimple)) => {
                counts.funerals_kept_simple += 1;
            }
            (_, Some(GatheringOutcome::Held) | None) if planned_for <= as_of.day => {
                let planned = planned();
                let limited = planned.ruling.advice > GatheringAdvice::Allowed;
                counts.against_advice.extend(limited.then_some(planned));
            }
            _ => {}
        }
        if outcome.is_none() && as_of.day <= planned_for {
            counts.to_advise.push(planned());
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use grid_model::Recorded;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn ledger(rows: &[(GatheringKind, Option<GatheringOutcome>)]) -> Ledger<Gathering> {
        let rows = rows.iter().enumerate().map(|(index, (kind, outcome))| {
            let gathering = Gathering {
                kind: *kind,
                planned_for: day("2020-02-10"),
                outcome: *outcome,
            };
            Recorded::new(format!("G{index}"), gathering)
        });
        let (ledger, refused) = Ledger::build(rows.collect());
        assert!(refused.is_empty());
        ledger
    }

    #[test]
    fn celebrations_count_when_postponed_and_funerals_when_kept_simple() {
        use GatheringKind::*;
        use GatheringOutcome::*;
        let ledger = ledger(&[
            (Wedding, Some(Postponed)),
            (Other, Some(Postponed)),
            (Market, Some(Postponed)),
            (Funeral, Some(KeptSimple)),
            (Funeral, Some(Held)),
            (Wedding, None),
            (Wedding, Some(Cancelled)),
            (Market, None),
        ]);
        let policy = RulesPolicy::tengchong_2020();
        let books = Books::shipped().unwrap();
        let counts = |on| gatherings(&ledger, &books, &policy, AsOf::on(day(on)));
        let ids = |found: &[PlannedGathering]| -> Vec<String> {
            found.iter().map(|one| one.id.to_string()).collect()
        };
        let found = counts("2020-02-10");
        assert_eq!(
            (found.celebrations_postponed, found.funerals_kept_simple),
            (2, 1)
        );
        // A market of which no clause speaks is against nothing, and is asked about.
        assert_eq!(ids(&found.against_advice), ["G4", "G5"]);
        assert_eq!(ids(&found.to_advise), ["G5", "G7"]);
        // Before its day an open wedding is nobody's fault.
        let found = counts("2020-02-09");
        assert_eq!(ids(&found.against_advice), Vec::<String>::new());
        assert_eq!(ids(&found.to_advise), ["G5", "G7"]);
        assert_eq!(ids(&counts("2020-02-11").to_advise), Vec::<String>::new());
    }
}
