//! The whole space of facts, cut into the cells that conditions tell apart.
//!
//! Facts that a term ties together (a test to the day it is counted from, a dose to the exposure)
//! share an axis; every other fact has its own. A cell of an axis is one way its terms can come
//! out together, found from values that make them so: a cell that no person could be in does not
//! exist, and every region has somebody in it.

mod axes;
mod region;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub(crate) use region::{Region, Regions};

use self::axes::Axis;
use crate::condition::{Sight, Truth};
use crate::facts::Known;
use crate::{Condition, CountedFrom, FactName, FactValue, Facts, Subject, Term};

/// A term as a rule sees it: terms about tests hang on what the rule counts from, and on the day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Atom {
    pub(crate) term: Term,
    pub(crate) counted_from: Option<CountedFrom>,
    pub(crate) as_of: Option<NaiveDate>,
}

impl Atom {
    fn new(term: &Term, counted_from: Option<CountedFrom>, as_of: NaiveDate) -> Self {
        let relational = term.is_relational();
        let counted = term.tests().is_some();
        Atom {
            term: term.clone(),
            counted_from: counted_from.filter(|_| counted),
            as_of: relational.then_some(as_of),
        }
    }

    /// The facts it looks at.
    fn facts(&self) -> Vec<FactName> {
        let mut facts = self.term.facts().to_vec();
        facts.extend(self.counted_from.map(CountedFrom::fact));
        if matches!(self.term, Term::DoseAgeAtLeast(_) | Term::DoseAgeAtMost(_)) {
            facts.push(FactName::LastExposure);
        }
        facts
    }

    /// Whether it holds for a person of whom the facts it looks at are known.
    fn holds(&self, facts: &Facts, as_of: NaiveDate) -> bool {
        let as_of = self.as_of.unwrap_or(as_of);
        let condition = Condition::Term(self.term.clone());
        let truth = condition.truth(&Sight {
            facts,
            as_of,
            day_zero: || {
                let day = self.counted_from.and_then(|from| facts.date(from.fact()));
                let counts = |day: &NaiveDate| {
                    self.counted_from != Some(CountedFrom::LastExposure) || *day <= as_of
                };
                day.filter(counts).ok_or(Truth::Fails)
            },
        });
        truth == Truth::Holds
    }
}

/// The space of facts of one class of person, as far as some conditions tell it apart.
pub(crate) struct Space {
    subject: Subject,
    axes: Vec<Axis>,
    /// Of each atom, its axis and its place there.
    places: BTreeMap<Atom, (usize, usize)>,
}

/// A space or region too large to take apart within its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// A condition with what its clause counts from and the day it is asked on.
pub(crate) type Asked<'a> = (&'a Condition, Option<CountedFrom>, NaiveDate);

impl Space {
    /// The space that some conditions tell apart.
    pub(crate) fn new(subject: Subject, asked: &[Asked<'_>]) -> Result<Self, TooLarge> {
        let mut atoms: Vec<Atom> = Vec::new();
        for (condition, from, as_of) in asked {
            let terms = condition.terms().into_iter();
            atoms.extend(terms.map(|term| Atom::new(term, *from, *as_of)));
        }
        atoms.sort_unstable();
        atoms.dedup();
        let as_of = asked.iter().map(|(.., as_of)| *as_of).max();
        let as_of = as_of.unwrap_or_default();
        let mut places = BTreeMap::new();
        let mut axes = Vec::new();
        for atoms in axes::together(atoms) {
            for (place, atom) in atoms.iter().enumerate() {
                places.insert(atom.clone(), (axes.len(), place));
            }
            axes.push(Axis::new(subject, atoms, as_of)?);
        }
        Ok(Space {
            subject,
            axes,
            places,
        })
    }

    /// Everybody.
    pub(crate) fn whole(&self) -> Region {
        Region::whole(self.axes.iter().map(|axis| axis.cells.len()))
    }

    /// The people a condition holds for.
    pub(crate) fn of(&self, asked: Asked<'_>) -> Result<Regions, TooLarge> {
        let (condition, from, as_of) = asked;
        if let Some(axis) = self.axis_of(condition, from, as_of) {
            let cells = self.axes.get(axis).map(|axis| axis.cells.as_slice());
            let holds = cells.unwrap_or_default().iter().map(|cell| {
                self.holds(condition, from, as_of, &|(_, place)| {
                    cell.truth.get(place).copied().unwrap_or(false)
                })
            });
            return Ok(Regions::of(self.whole().narrowed(axis, holds)));
        }
        match condition {
            Condition::All(parts) => {
                let mut regions = Regions::of(Some(self.whole()));
                for part in parts {
                    regions = regions.and(&self.of((part, from, as_of))?)?;
                }
                Ok(regions)
            }
            Condition::Any(parts) => {
                let mut regions = Regions::default();
                for part in parts {
                    regions = regions.or(&self.of((part, from, as_of))?)?;
                }
                Ok(regions)
            }
            Condition::Not(part) => {
                let whole = Regions::of(Some(self.whole()));
                whole.without(&self.of((part, from, as_of))?)
            }
            // A term has one axis, which was taken above.
            Condition::Term(_) => Ok(Regions::default()),
        }
    }

    /// The axis all terms of a condition share.
    fn axis_of(
        &self,
        condition: &Condition,
        from: Option<CountedFrom>,
        as_of: NaiveDate,
    ) -> Option<usize> {
        let terms = condition.terms().into_iter();
        let mut axes = terms.map(|term| self.places.get(&Atom::new(term, from, as_of)));
        let first = axes.next()??.0;
        axes.all(|place| place.is_some_and(|(axis, _)| *axis == first))
            .then_some(first)
    }

    /// Whether a condition holds, its terms known.
    fn holds(
        &self,
        condition: &Condition,
        from: Option<CountedFrom>,
        as_of: NaiveDate,
        known: &dyn Fn((usize, usize)) -> bool,
    ) -> bool {
        let part = |part: &Condition| self.holds(part, from, as_of, known);
        match condition {
            Condition::All(parts) => parts.iter().all(part),
            Condition::Any(parts) => parts.iter().any(part),
            Condition::Not(inner) => !part(inner),
            Condition::Term(term) => {
                let place = self.places.get(&Atom::new(term, from, as_of));
                place.is_some_and(|place| known(*place))
            }
        }
    }

    /// Somebody in a region: the first cell of each axis.
    pub(crate) fn person_in(&self, region: &Region) -> Facts {
        let mut facts = Facts::new(self.subject);
        for (axis, cell) in self.axes.iter().zip(region.first_cells()) {
            let cell = cell.and_then(|cell| axis.cells.get(cell));
            for (fact, value) in cell.iter().flat_map(|cell| &cell.stands_for) {
                facts.put(*fact, value.clone());
            }
        }
        facts
    }

    /// A region by its conditions.
    pub(crate) fn described(&self, region: &Region) -> Condition {
        let axes = self.axes.iter().enumerate();
        let parts = axes.filter_map(|(index, axis)| axis.described(&region.cells(index)));
        Condition::All(parts.collect())
    }
}

/// One way the terms of an axis can come out together.
pub(crate) struct Cell {
    truth: Vec<bool>,
    stands_for: Vec<(FactName, FactValue)>,
}
