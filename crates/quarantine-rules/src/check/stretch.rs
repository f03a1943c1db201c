//! Stretches of days on which no clause begins or ceases, and the rules laid over the space.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::check::Witness;
use crate::decide::{Asked, Rule};
use crate::space::{Region, Regions, Space, TooLarge};
use crate::{Books, FactValue, Facts, RuleBook, Scope, Subject};

/// How far past the last change an open stretch is looked at: longer than any measure lasts.
const OPEN_STRETCH: Days = Days::new(1000);

/// Days without a change, for one class of person under one book.
pub(super) struct Stretch<'b> {
    pub(super) from: NaiveDate,
    /// The first day of the next; nothing where it has no end.
    pub(super) until: Option<NaiveDate>,
    /// Its last day: whatever facts allow on an earlier day they allow then, since tests and
    /// exposures only come to be known.
    pub(super) as_of: NaiveDate,
    pub(super) rules: Vec<Rule<'b>>,
    book: &'b RuleBook,
    disease: &'b str,
    subject: Subject,
}

/// The rules of a stretch laid over the space in order of precedence.
pub(super) struct Laid {
    pub(super) space: Space,
    /// Whom each rule's condition holds for.
    pub(super) own: Vec<Regions>,
    /// Whom each rule governs.
    pub(super) governs: Vec<Regions>,
    /// Whom no rule governs.
    pub(super) left: Regions,
}

/// Every stretch on which the book has clauses in force or claims to be whole.
pub(super) fn stretches<'b>(
    books: &'b Books,
    book: &'b RuleBook,
    disease: &'b str,
    subject: Subject,
) -> Vec<Stretch<'b>> {
    let mut days = BTreeSet::new();
    let chain = books.chain(&book.authority);
    for clause in chain.iter().flat_map(|book| &book.clauses) {
        if *clause.disease == *disease && clause.subject == subject {
            days.insert(clause.from);
            days.extend(clause.until);
        }
    }
    for scope in claims(book, disease, subject) {
        days.insert(scope.from);
        days.extend(scope.until);
    }
    let days: Vec<NaiveDate> = days.into_iter().collect();
    let mut stretches = Vec::new();
    for (at, from) in days.iter().enumerate() {
        let until = days.get(at + 1).copied();
        let last = match until {
            Some(until) => until.pred_opt(),
            None => from.checked_add_days(OPEN_STRETCH),
        };
        let rules = Asked::new(books, &book.authority, disease, *from).of(subject);
        let stretch = Stretch {
            from: *from,
            until,
            as_of: last.unwrap_or(*from),
            rules,
            book,
            disease,
            subject,
        };
        if stretch.own_rules().next().is_some() || stretch.scopes().next().is_some() {
            stretches.push(stretch);
        }
    }
    stretches
}

fn claims<'b>(
    book: &'b RuleBook,
    disease: &'b str,
    subject: Subject,
) -> impl Iterator<Item = &'b Scope> {
    let scopes = book.scopes.iter();
    scopes.filter(move |scope| *scope.disease == *disease && scope.subjects.contains(&subject))
}

impl<'b> Stretch<'b> {
    /// The scopes that claim its days.
    pub(super) fn scopes(&self) -> impl Iterator<Item = &'b Scope> {
        let from = self.from;
        claims(self.book, self.disease, self.subject)
            .filter(move |scope| scope.from <= from && scope.until.is_none_or(|until| from < until))
    }

    /// The book's own rules, which come first.
    pub(super) fn own_rules(&self) -> impl Iterator<Item = &Rule<'b>> {
        self.rules.iter().take_while(|rule| rule.depth == 0)
    }

    /// The rules over the space.
    pub(super) fn laid(&self) -> Result<Laid, TooLarge> {
        let rules = self.rules.iter();
        let asked =
            rules.map(|rule| (&rule.clause.condition, rule.clause.counted_from, self.as_of));
        let asked: Vec<_> = asked.collect();
        let claimed = self
            .scopes()
            .map(|scope| (&scope.condition, None, self.as_of));
        let all: Vec<_> = asked.iter().copied().chain(claimed).collect();
        let space = Space::new(self.subject, &all)?;
        let own: Result<Vec<Regions>, TooLarge> =
            asked.iter().map(|asked| space.of(*asked)).collect();
        let own = own?;
        let (governs, left) = in_order(&space, own.iter())?;
        Ok(Laid {
            space,
            own,
            governs,
            left,
        })
    }

    /// The rules of the wider authorities, each with whom it would govern without this book.
    pub(super) fn above<'l>(
        &'l self,
        laid: &'l Laid,
    ) -> Result<Vec<(&'l Rule<'b>, Regions)>, TooLarge> {
        let own = self.own_rules().count();
        let rules = self.rules.iter().skip(own);
        let (governs, _) = in_order(&laid.space, laid.own.iter().skip(own))?;
        Ok(rules.zip(governs).collect())
    }

    /// Somebody in a region, whose day 0 is known too.
    pub(super) fn witness(&self, laid: &Laid, region: &Region) -> Witness {
        let mut facts = laid.space.person_in(region);
        for rule in &self.rules {
            set_day_zero(rule, &mut facts, self.as_of);
        }
        Witness {
            facts,
            on: self.as_of,
        }
    }
}

pub(crate) fn set_day_zero(rule: &Rule<'_>, facts: &mut Facts, as_of: NaiveDate) {
    let zero = rule.clause.counted_from.map(crate::CountedFrom::fact);
    if let Some(zero) = zero.filter(|zero| !facts.knows(*zero)) {
        facts.put(zero, FactValue::Date(as_of));
    }
}

/// Whom each of some regions gets when the first come first, and whom nobody gets.
pub(crate) fn in_order<'r>(
    space: &Space,
    own: impl Iterator<Item = &'r Regions>,
) -> Result<(Vec<Regions>, Regions), TooLarge> {
    let mut left = Regions::of(Some(space.whole()));
    let mut governs = Vec::new();
    for regions in own {
        governs.push(left.and(regions)?);
        left = left.without(regions)?;
    }
    Ok((governs, left))
}
