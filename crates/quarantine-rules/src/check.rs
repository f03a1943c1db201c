//! Proves books free of gaps, overlaps and contradictions, or shows the person they fail on.
//!
//! For each class of person and each stretch of days without a change the rules in force are laid
//! over the whole space of facts in order of precedence. What is left over is a gap; a clause that
//! gets nothing anywhere is unreachable; two of one rank on one place overlap.

mod clauses;
mod finding;
mod stretch;
mod weaker;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use finding::{Finding, FindingKind, Witness};

use self::finding::Findings;
use self::stretch::{Stretch, stretches};
pub(crate) use self::stretch::{in_order, set_day_zero};
use crate::space::{Region, Regions, TooLarge};
use crate::{Books, Clause, RuleBook, Subject};

/// Everything wrong with books, in the order of authorities, diseases, subjects and days; each
/// with somebody it shows on, whom [`crate::decide()`] answers accordingly.
///
/// Gaps are looked for inside the declared scopes alone; a gap is where neither the book nor a
/// wider authority's has a clause. What cannot be settled within the budget of regions is said to
/// be unsettled, which is not the same as sound.
///
/// Costs each stretch of days its clauses times the regions they cut; all shipped books together
/// take well under a second.
pub fn check(books: &Books) -> Vec<Finding> {
    let mut findings = Findings::default();
    for book in books.iter() {
        for (disease, subject) in classes(book) {
            Checked::new(books, book, &disease, subject).check(&mut findings);
        }
    }
    findings.in_order()
}

/// The diseases and classes a book speaks of.
fn classes(book: &RuleBook) -> BTreeSet<(Box<str>, Subject)> {
    let clauses = book.clauses.iter();
    let spoken = clauses.map(|clause| (clause.disease.clone(), clause.subject));
    let claimed = book.scopes.iter().flat_map(|scope| {
        let subjects = scope.subjects.iter();
        subjects.map(|subject| (scope.disease.clone(), *subject))
    });
    spoken.chain(claimed).collect()
}

/// What was seen of a clause over all stretches.
#[derive(Default)]
struct Seen {
    /// Somebody it governs.
    governed: Option<Witness>,
    /// Somebody who meets its condition.
    met_by: Option<Witness>,
    unsettled: bool,
}

/// One class of person under one book.
struct Checked<'b> {
    books: &'b Books,
    book: &'b RuleBook,
    disease: &'b str,
    subject: Subject,
    seen: BTreeMap<Box<str>, Seen>,
}

impl<'b> Checked<'b> {
    fn new(books: &'b Books, book: &'b RuleBook, disease: &'b str, subject: Subject) -> Self {
        Checked {
            books,
            book,
            disease,
            subject,
            seen: BTreeMap::new(),
        }
    }

    fn check(mut self, findings: &mut Findings) {
        for stretch in stretches(self.books, self.book, self.disease, self.subject) {
            if self.stretch(&stretch, findings).is_err() {
                self.note(&stretch, FindingKind::Unsettled, &[], None, findings);
                for rule in stretch.own_rules() {
                    let seen = self.seen.entry(rule.clause.id.clone()).or_default();
                    seen.unsettled = true;
                }
            }
        }
        for (id, seen) in std::mem::take(&mut self.seen) {
            let Some(clause) = self.books.clause(&id) else {
                continue;
            };
            let (from, until) = (clause.from, clause.until);
            let shown = seen.governed.clone().or_else(|| seen.met_by.clone());
            for kind in clauses::contradictions(clause) {
                findings.add(self.finding(kind, from, until, &[clause], shown.clone()));
            }
            if seen.governed.is_some() || seen.unsettled {
                continue;
            }
            let kind = match seen.met_by {
                Some(_) => FindingKind::Unreachable,
                None => FindingKind::NeverHolds,
            };
            findings.add(self.finding(kind, from, until, &[clause], seen.met_by));
        }
    }

    fn stretch(&mut self, stretch: &Stretch<'b>, findings: &mut Findings) -> Result<(), TooLarge> {
        let laid = stretch.laid()?;
        for (rule, (own, governs)) in stretch.rules.iter().zip(laid.own.iter().zip(&laid.governs)) {
            if rule.depth != 0 {
                continue;
            }
            let seen = self.seen.entry(rule.clause.id.clone()).or_default();
            let somebody = |regions: &Regions| {
                let first = regions.0.first();
                first.map(|region| stretch.witness(&laid, region))
            };
            if seen.governed.is_none() {
                seen.governed = somebody(governs);
            }
            if seen.met_by.is_none() {
                seen.met_by = somebody(own);
            }
        }
        self.overlaps(stretch, &laid, findings)?;
        self.gaps(stretch, &laid, findings)?;
        if !self.book.may_be_looser {
            self.weaker(stretch, &laid, findings)?;
        }
        Ok(())
    }

    /// Two clauses of one rank that both meet somebody whom no clause of higher rank meets.
    fn overlaps(
        &self,
        stretch: &Stretch<'b>,
        laid: &stretch::Laid,
        findings: &mut Findings,
    ) -> Result<(), TooLarge> {
        let own: Vec<_> = stretch.own_rules().collect();
        let mut start = 0;
        for ranked in own.chunk_by(|a, b| rank(a.clause) == rank(b.clause)) {
            let first = start;
            start += ranked.len();
            let mut before = Regions::default();
            for earlier in laid.own.iter().take(first).filter(|_| ranked.len() > 1) {
                before = before.or(earlier)?;
            }
            for b in 1..ranked.len() {
                for a in 0..b {
                    let both = laid.own[first + a].and(&laid.own[first + b])?;
                    let both = both.without(&before)?;
                    if let Some(region) = both.0.first() {
                        let clauses: [&Clause; 2] = [ranked[a].clause, ranked[b].clause];
                        let region = Some((laid, region));
                        self.note(stretch, FindingKind::Overlap, &clauses, region, findings);
                    }
                }
            }
        }
        Ok(())
    }

    /// Days and people inside a declared scope for whom there is no clause.
    fn gaps(
        &self,
        stretch: &Stretch<'b>,
        laid: &stretch::Laid,
        findings: &mut Findings,
    ) -> Result<(), TooLarge> {
        for scope in stretch.scopes() {
            let claimed = laid.space.of((&scope.condition, None, stretch.as_of))?;
            let uncovered = laid.left.and(&claimed)?.merged();
            let bare = stretch.own_rules().next().is_none();
            for region in &uncovered.0 {
                let kind = match bare {
                    true => FindingKind::UncoveredDays,
                    false => FindingKind::Gap,
                };
                self.note(stretch, kind, &[], Some((laid, region)), findings);
            }
            if bare
                && uncovered.is_empty()
                && let Some(region) = claimed.0.first()
            {
                let region = Some((laid, region));
                self.note(stretch, FindingKind::UncoveredDays, &[], region, findings);
            }
        }
        Ok(())
    }

    fn weaker(
        &self,
        stretch: &Stretch<'b>,
        laid: &stretch::Laid,
        findings: &mut Findings,
    ) -> Result<(), TooLarge> {
        let above = stretch.above(laid)?;
        for (child, governs) in stretch.rules.iter().zip(&laid.governs) {
            if child.depth != 0 {
                continue;
            }
            for (parent, held) in &above {
                if !weaker::is_weaker(child, parent) {
                    continue;
                }
                if let Some(region) = governs.and(held)?.0.first() {
                    let clauses: [&Clause; 2] = [child.clause, parent.clause];
                    let region = Some((laid, region));
                    self.note(
                        stretch,
                        FindingKind::WeakerThanParent,
                        &clauses,
                        region,
                        findings,
                    );
                }
            }
        }
        Ok(())
    }

    fn note(
        &self,
        stretch: &Stretch<'b>,
        kind: FindingKind,
        clauses: &[&Clause],
        region: Option<(&stretch::Laid, &Region)>,
        findings: &mut Findings,
    ) {
        let witness = region.map(|(laid, region)| stretch.witness(laid, region));
        let mut finding = self.finding(kind, stretch.from, stretch.until, clauses, witness);
        if matches!(kind, FindingKind::Gap | FindingKind::UncoveredDays) {
            finding.people = region.map(|(laid, region)| laid.space.described(region));
        }
        findings.add(finding);
    }

    fn finding(
        &self,
        kind: FindingKind,
        from: NaiveDate,
        until: Option<NaiveDate>,
        clauses: &[&Clause],
        witness: Option<Witness>,
    ) -> Finding {
        Finding {
            kind,
            authority: self.book.authority.clone(),
            disease: self.disease.into(),
            subject: self.subject,
            from,
            until,
            clauses: clauses.iter().map(|clause| clause.id.clone()).collect(),
            people: None,
            witness,
        }
    }
}

/// What the table's precedence looks at, inside one book.
fn rank(clause: &Clause) -> (usize, NaiveDate) {
    (clause.condition.weight(), clause.from)
}
