//! Who is treated differently on two days or under two sets of books.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::check::{in_order, set_day_zero};
use crate::compile::compile;
use crate::decide::{Asked, Rule};
use crate::space::{Regions, Space, TooLarge};
use crate::{Books, Clause, Condition, Decision, Facts, Subject, Unknown};

/// The books of an authority as they stand on a day.
#[derive(Clone, Copy)]
pub struct BooksOn<'b> {
    /// The books.
    pub books: &'b Books,
    /// The narrowest authority.
    pub authority: &'b str,
    /// The disease.
    pub disease: &'b str,
    /// The day.
    pub on: NaiveDate,
}

/// One person whom two days or books treat differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The person's place among those compared, from 0.
    pub person: usize,
    /// What held.
    pub before: Decision,
    /// What holds.
    pub after: Decision,
}

/// People whom two days or books treat differently, described by their facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The class of person.
    pub subject: Subject,
    /// The clause that held; nothing where none did.
    pub before: Option<Arc<Clause>>,
    /// The clause that holds; nothing where none does.
    pub after: Option<Arc<Clause>>,
    /// Whom it is about, each a condition; they do not overlap.
    pub people: Vec<Condition>,
    /// Somebody of them.
    pub such_as: Facts,
}

/// What changes over the whole space of facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Every change, by class of person, then clause.
    pub changes: Vec<Change>,
    /// Classes whose conditions cut too many regions to compare.
    pub unsettled: Vec<Subject>,
}

/// Compares two days or books over some people: whoever is ordered another measure, place or last
/// day, has no rule or is undetermined under one alone, or must find out other facts.
///
/// Costs two decisions a person.
pub fn compare_people<'p>(
    before: BooksOn<'_>,
    after: BooksOn<'_>,
    people: impl IntoIterator<Item = &'p Facts>,
    unknown: Unknown,
) -> Vec<Difference> {
    let [a, b] =
        [before, after].map(|asked| compile(asked.books, asked.authority, asked.disease, asked.on));
    let differs = |(person, facts): (usize, &Facts)| {
        let (before, after) = (a.decide(facts, unknown), b.decide(facts, unknown));
        (!before.is_same(&after)).then_some(Difference {
            person,
            before,
            after,
        })
    };
    people.into_iter().enumerate().filter_map(differs).collect()
}

/// Compares two days or books over everybody there could be: each pair of clauses that ask for
/// different things of the same people, with those people described by conditions.
///
/// What a clause asks is its measure, place, days and what they are counted from, what follows,
/// which exposures count, and what moves its end. Costs the regions the conditions of both cut.
pub fn compare(before: BooksOn<'_>, after: BooksOn<'_>) -> Comparison {
    let mut comparison = Comparison::default();
    let [a, b] = [before, after]
        .map(|asked| Asked::new(asked.books, asked.authority, asked.disease, asked.on));
    for subject in Subject::ALL {
        let sides = Sides {
            subject: *subject,
            before: a.of(*subject),
            after: b.of(*subject),
            known_by: before.on.min(after.on),
        };
        match sides.changes() {
            Ok(changes) => comparison.changes.extend(changes),
            Err(TooLarge) => comparison.unsettled.push(*subject),
        }
    }
    comparison
}

/// The rules for one class of person on both sides.
struct Sides<'b> {
    subject: Subject,
    before: Vec<Rule<'b>>,
    after: Vec<Rule<'b>>,
    /// Tests and exposures are those of the earlier day: what is compared is the rules, not what
    /// became known between them.
    known_by: NaiveDate,
}

impl<'b> Sides<'b> {
    fn changes(&self) -> Result<Vec<Change>, TooLarge> {
        let sides = self.before.iter().chain(&self.after);
        let all: Vec<_> = sides.map(|rule| self.asked(rule)).collect();
        let space = Space::new(self.subject, &all)?;
        let laid = |rules: &[Rule<'b>]| -> Result<Vec<Regions>, TooLarge> {
            let own = rules.iter().map(|rule| space.of(self.asked(rule)));
            let own: Vec<Regions> = own.collect::<Result<_, _>>()?;
            let (mut governs, left) = in_order(&space, own.iter())?;
            // Whom no clause governs come last, under no rule.
            governs.push(left);
            Ok(governs)
        };
        let (before, after) = (laid(&self.before)?, laid(&self.after)?);
        let mut found: BTreeMap<(usize, usize), Regions> = BTreeMap::new();
        for (a, held) in before.iter().enumerate() {
            for (b, holds) in after.iter().enumerate() {
                if same_treatment(self.before.get(a), self.after.get(b)) {
                    continue;
                }
                let both = held.and(holds)?;
                if !both.is_empty() {
                    found.insert((a, b), both.merged());
                }
            }
        }
        let changes = found.into_iter();
        Ok(changes
            .filter_map(|((a, b), regions)| self.change(&space, a, b, &regions))
            .collect())
    }

    fn asked<'r>(&self, rule: &Rule<'r>) -> crate::space::Asked<'r> {
        (
            &rule.clause.condition,
            rule.clause.counted_from,
            self.known_by,
        )
    }

    fn change(&self, space: &Space, a: usize, b: usize, regions: &Regions) -> Option<Change> {
        let mut such_as = space.person_in(regions.0.first()?);
        let (before, after) = (self.before.get(a), self.after.get(b));
        for rule in self.before.iter().chain(&self.after) {
            set_day_zero(rule, &mut such_as, self.known_by);
        }
        let clause = |rule: Option<&Rule<'b>>| rule.map(|rule| rule.clause.clone());
        Some(Change {
            subject: self.subject,
            before: clause(before),
            after: clause(after),
            people: regions
                .0
                .iter()
                .map(|region| space.described(region))
                .collect(),
            such_as,
        })
    }
}

/// Whether two rules ask the same, whichever clause says so.
fn same_treatment(a: Option<&Rule<'_>>, b: Option<&Rule<'_>>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return a.is_none() && b.is_none();
    };
    let (one, other) = (a.clause, b.clause);
    one.id == other.id && a.windows == b.windows
        || one.measure == other.measure
            && one.place == other.place
            && one.days == other.days
            && one.counted_from == other.counted_from
            && one.then_measure == other.then_measure
            && one.then_days == other.then_days
            && one.fever_free_days == other.fever_free_days
            && one.plus_days_after_symptoms == other.plus_days_after_symptoms
            && a.windows == b.windows
            && a.ending_tests() == b.ending_tests()
}
