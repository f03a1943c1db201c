//! What must hold for a clause to match: terms over single facts, joined by all, any and not.

mod term;
mod truth;

use std::fmt;

pub use term::Term;
pub(crate) use term::{TestWindow, after, before, word_values};
pub(crate) use truth::{
    Sight, Truth, first_negative, last_exposure_by, minus, plus, second_of_pair,
};

use crate::FactName;

/// How deep conditions may nest: nobody reads deeper, and the reader's own depth stays bounded.
pub(crate) const MOST_NESTED: usize = 32;

/// A condition of a clause.
///
/// Unknown facts make it three-valued after Kleene: `all` fails as soon as one part fails, `any`
/// holds as soon as one part holds, whatever the others turn out to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Every part holds; without parts it always holds.
    All(Vec<Condition>),
    /// At least one part holds; without parts it never does.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// One term.
    Term(Term),
}

impl Condition {
    /// Every term, in the order written.
    pub fn terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        self.each(true, &mut |term, _| terms.push(term));
        terms
    }

    /// The terms that stand under no `not`, in the order written: the tests among them may end a
    /// measure early.
    pub(crate) fn affirmed(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        self.each(true, &mut |term, affirmed| {
            if affirmed {
                terms.push(term);
            }
        });
        terms
    }

    fn each<'a>(&'a self, affirmed: bool, tell: &mut dyn FnMut(&'a Term, bool)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.each(affirmed, tell));
            }
            Condition::Not(part) => part.each(!affirmed, tell),
            Condition::Term(term) => tell(term, affirmed),
        }
    }

    /// How many terms it counts for in the order of precedence: `all` the sum of its parts, `any`
    /// the least of its parts, since a person need meet no more, `not` and a term one.
    pub fn weight(&self) -> usize {
        match self {
            Condition::All(parts) => parts.iter().map(Condition::weight).sum(),
            Condition::Any(parts) => parts.iter().map(Condition::weight).min().unwrap_or(1),
            Condition::Not(_) | Condition::Term(_) => 1,
        }
    }

    /// Whether it holds for everybody because it asks nothing.
    pub fn is_empty(&self) -> bool {
        matches!(self, Condition::All(parts) if parts.iter().all(Condition::is_empty))
    }

    /// The facts it looks at, each once, in their order.
    pub fn facts(&self) -> Vec<FactName> {
        let terms = self.terms().into_iter();
        let mut facts: Vec<FactName> = terms.flat_map(|term| term.facts()).copied().collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// The parts that must all hold.
    pub(crate) fn conjuncts(&self) -> Vec<&Condition> {
        match self {
            Condition::All(parts) => parts.iter().flat_map(Condition::conjuncts).collect(),
            other => vec![other],
        }
    }

    /// The same with the parts of every `all` and `any` in order: equal for what differs in
    /// writing only.
    pub(crate) fn sorted(&self) -> Condition {
        let sorted = |parts: &[Condition]| {
            let mut parts: Vec<Condition> = parts.iter().map(Condition::sorted).collect();
            parts.sort_unstable();
            parts
        };
        match self {
            Condition::All(_) => {
                let mut parts: Vec<Condition> = self
                    .conjuncts()
                    .into_iter()
                    .map(Condition::sorted)
                    .collect();
                parts.sort_unstable();
                Condition::All(parts)
            }
            Condition::Any(parts) => Condition::Any(sorted(parts)),
            Condition::Not(part) => Condition::Not(Box::new(part.sorted())),
            Condition::Term(term) => Condition::Term(term.clone()),
        }
    }

    /// A list of terms joined by `;`, all of which must hold.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let terms = text.split(';').filter(|term| !term.trim().is_empty());
        let terms: Result<Vec<Condition>, String> = terms.map(Term::parse_all).collect();
        terms.map(Condition::All)
    }
}

/// As it is written in a book where it is a list of terms; nested parts as `any(…)`, `not(…)`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, parts: &[Condition]| {
            for (index, part) in parts.iter().enumerate() {
                let joint = if index == 0 { "" } else { ";" };
                write!(f, "{joint}{part}")?;
            }
            Ok(())
        };
        match self {
            Condition::All(parts) => list(f, parts),
            Condition::Any(parts) => {
                f.write_str("any(")?;
                list(f, parts)?;
                f.write_str(")")
            }
            Condition::Not(part) => write!(f, "not({part})"),
            Condition::Term(term) => write!(f, "{term}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_terms_is_written_as_it_was_read() {
        for text in ["", "via_hubei=yes", "via_hubei=yes;home_ok=no;age<=17"] {
            let read = Condition::parse(text).unwrap();
            assert_eq!(read.to_string(), text);
            assert_eq!(read.weight(), read.terms().len());
        }
    }

    #[test]
    fn any_counts_for_its_lightest_part_and_order_of_writing_does_not_matter() {
        let term = |text| Condition::parse(text).unwrap();
        let heavy = term("home_ok=no;resident=yes");
        let any = Condition::Any(vec![heavy.clone(), term("age>=60")]);
        assert_eq!(any.weight(), 1);
        let not = Condition::Not(Box::new(heavy.clone()));
        assert_eq!((not.weight(), heavy.weight()), (1, 2));
        assert_eq!(term("resident=yes;home_ok=no").sorted(), heavy.sorted());
        assert_eq!(not.affirmed(), Vec::<&Term>::new());
        assert_eq!(any.to_string(), "any(home_ok=no;resident=yes;age>=60)");
    }
}
