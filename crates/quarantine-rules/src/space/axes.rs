//! The axes of the space, and the ways the terms of each can come out together.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::{Atom, Cell, TooLarge};
use crate::condition::{after, before, word_values};
use crate::{
    Condition, FactKind, FactName, FactValue, Facts, Subject, Term, TestResult, TestTaken,
};

/// Facts that terms tie together, with every way those terms can come out.
pub(super) struct Axis {
    atoms: Vec<Atom>,
    pub(super) cells: Vec<Cell>,
}

/// A word no book names, where a fact's words are open.
const ANOTHER: &str = "another";

/// Above so many trials of values an axis is too large.
const MOST_TRIALS: usize = 400_000;

/// The atoms in groups that share facts, directly or by others.
pub(super) fn together(atoms: Vec<Atom>) -> Vec<Vec<Atom>> {
    let mut groups: Vec<(BTreeSet<FactName>, Vec<Atom>)> = Vec::new();
    for atom in atoms {
        let mut facts: BTreeSet<FactName> = atom.facts().into_iter().collect();
        let mut members = vec![atom];
        for (other, atoms) in std::mem::take(&mut groups) {
            if other.is_disjoint(&facts) {
                groups.push((other, atoms));
            } else {
                facts.extend(other);
                members.extend(atoms);
            }
        }
        groups.push((facts, members));
    }
    let mut groups: Vec<Vec<Atom>> = groups.into_iter().map(|(_, atoms)| atoms).collect();
    groups.iter_mut().for_each(|atoms| atoms.sort_unstable());
    groups.sort_unstable();
    groups
}

impl Axis {
    pub(super) fn new(
        subject: Subject,
        atoms: Vec<Atom>,
        as_of: NaiveDate,
    ) -> Result<Self, TooLarge> {
        let facts: BTreeSet<FactName> = atoms.iter().flat_map(Atom::facts).collect();
        let mut trials = Trials {
            atoms: &atoms,
            as_of,
            found: BTreeMap::new(),
            left: MOST_TRIALS,
        };
        let values: Vec<(FactName, Vec<FactValue>)> = facts
            .iter()
            .filter(|fact| fact.kind() != FactKind::Tests)
            .map(|fact| (*fact, values(*fact, &atoms, as_of)))
            .collect();
        trials.every(&values, &mut Facts::new(subject), &facts)?;
        let found = trials.found.into_iter();
        let cells = found.map(|(truth, stands_for)| Cell { truth, stands_for });
        let cells = cells.collect();
        Ok(Axis { atoms, cells })
    }

    /// Some cells by conditions; nothing where all are meant.
    pub(super) fn described(&self, cells: &[bool]) -> Option<Condition> {
        let inside: Vec<&Cell> = self.pick(cells, true);
        let outside: Vec<&Cell> = self.pick(cells, false);
        if outside.is_empty() {
            return None;
        }
        let term = |at: usize| Condition::Term(self.atoms[at].term.clone());
        let not = |part| Condition::Not(Box::new(part));
        for at in 0..self.atoms.len() {
            if let Some(condition) = yes_or_no(&self.atoms[at].term, &inside, at) {
                return Some(condition);
            }
            let says = |yes| inside.iter().all(|cell| cell.truth[at] == yes);
            let apart = |yes| outside.iter().all(|cell| cell.truth[at] != yes);
            if says(true) && apart(true) {
                return Some(term(at));
            }
            if says(false) && apart(false) {
                return Some(not(term(at)));
            }
        }
        // What holds in every cell, then what tells the cells apart.
        let literal = |cell: &Cell, at: usize| match cell.truth[at] {
            true => term(at),
            false => not(term(at)),
        };
        let atoms = 0..self.atoms.len();
        let one = |cell: &&Cell| {
            let yes = atoms.clone().filter(|at| cell.truth[*at]).map(term);
            let yes: Vec<Condition> = yes.collect();
            match yes.is_empty() {
                true => Condition::All(atoms.clone().map(|at| literal(cell, at)).collect()),
                false => Condition::All(
                    self.telling(cell)
                        .into_iter()
                        .map(|at| literal(cell, at))
                        .collect(),
                ),
            }
        };
        let parts: Vec<Condition> = inside.iter().map(one).collect();
        Some(match parts.len() {
            1 => parts.into_iter().next()?,
            _ => Condition::Any(parts),
        })
    }

    fn pick(&self, cells: &[bool], wanted: bool) -> Vec<&Cell> {
        let chosen = self.cells.iter().zip(cells);
        let chosen = chosen.filter(|(_, inside)| **inside == wanted);
        chosen.map(|(cell, _)| cell).collect()
    }

    /// The fewest atoms, greedily, that tell a cell from every other.
    fn telling(&self, cell: &Cell) -> Vec<usize> {
        let mut kept: Vec<usize> = (0..self.atoms.len()).collect();
        // Those that hold are said rather than those that do not.
        let mut order = kept.clone();
        order.sort_by_key(|at| cell.truth[*at]);
        for at in order {
            let without: Vec<usize> = kept.iter().copied().filter(|other| *other != at).collect();
            let same = |other: &&Cell| without.iter().all(|at| other.truth[*at] == cell.truth[*at]);
            if self.cells.iter().filter(same).count() == 1 {
                kept = without;
            }
        }
        kept
    }
}

/// `home_ok=no` reads better than `not(home_ok=yes)`.
fn yes_or_no(term: &Term, inside: &[&Cell], at: usize) -> Option<Condition> {
    let Term::Is {
        fact,
        value: FactValue::YesNo(yes),
    } = term
    else {
        return None;
    };
    let holds = inside.first()?.truth[at];
    let value = FactValue::YesNo(*yes == holds);
    let alike = inside.iter().all(|cell| cell.truth[at] == holds);
    alike.then_some(Condition::Term(Term::Is { fact: *fact, value }))
}

/// Tries values and keeps the first of each way the atoms come out.
struct Trials<'a> {
    atoms: &'a [Atom],
    as_of: NaiveDate,
    found: BTreeMap<Vec<bool>, Vec<(FactName, FactValue)>>,
    left: usize,
}

impl Trials<'_> {
    fn every(
        &mut self,
        values: &[(FactName, Vec<FactValue>)],
        facts: &mut Facts,
        names: &BTreeSet<FactName>,
    ) -> Result<(), TooLarge> {
        let Some(((fact, first), rest)) = values.split_first() else {
            return match names.contains(&FactName::TestResults) {
                true => self.with_tests(facts, names),
                false => self.note(facts, names).map(|_| ()),
            };
        };
        for value in first {
            facts.put(*fact, value.clone());
            self.every(rest, facts, names)?;
        }
        facts.forget(*fact);
        Ok(())
    }

    /// How the atoms come out, kept if it is new.
    fn note(&mut self, facts: &Facts, names: &BTreeSet<FactName>) -> Result<Vec<bool>, TooLarge> {
        self.left = self.left.checked_sub(1).ok_or(TooLarge)?;
        let holds = self.atoms.iter().map(|atom| atom.holds(facts, self.as_of));
        let truth: Vec<bool> = holds.collect();
        self.found.entry(truth.clone()).or_insert_with(|| {
            let known = names.iter();
            let known = known.filter_map(|name| facts.value(*name).map(|value| (*name, value)));
            known.collect()
        });
        Ok(truth)
    }

    /// Every way tests can come out: day by day, keeping one list of tests for each way the atoms
    /// come out and each result of the last day, since nothing else matters for the days to come.
    fn with_tests(
        &mut self,
        facts: &mut Facts,
        names: &BTreeSet<FactName>,
    ) -> Result<(), TooLarge> {
        let days = self.test_days(facts);
        let positive = self
            .atoms
            .iter()
            .any(|atom| atom.term.tests().is_some_and(|window| window.positive));
        let mut results = vec![TestResult::Negative];
        results.extend(positive.then_some(TestResult::Positive));
        let mut lists = vec![Vec::new()];
        for day in days {
            let mut ways: BTreeMap<(Vec<bool>, bool), Vec<TestTaken>> = BTreeMap::new();
            for list in lists {
                let taken = results.iter().map(|result| Some(*result));
                for result in std::iter::once(None).chain(taken) {
                    let mut tests: Vec<TestTaken> = list.clone();
                    tests.extend(result.map(|result| TestTaken { on: day, result }));
                    facts.test_results = Some(tests);
                    let truth = self.note(facts, names)?;
                    let last = result == Some(TestResult::Negative);
                    let tests = facts.test_results.take().unwrap_or_default();
                    ways.entry((truth, last)).or_insert(tests);
                }
            }
            lists = ways.into_values().collect();
        }
        facts.test_results = Some(Vec::new());
        self.note(facts, names)?;
        facts.test_results = None;
        Ok(())
    }

    /// The days on either side of every bound of a test, in order.
    fn test_days(&self, facts: &Facts) -> BTreeSet<NaiveDate> {
        let mut days = BTreeSet::new();
        for atom in self.atoms {
            let Some(window) = atom.term.tests() else {
                continue;
            };
            let as_of = atom.as_of.unwrap_or(self.as_of);
            let zero = atom.counted_from.and_then(|from| facts.value(from.fact()));
            let Some(FactValue::Date(zero)) = zero else {
                continue;
            };
            for bound in [Some(window.first), window.last].into_iter().flatten() {
                let bound = i64::from(bound);
                days.extend((-1..=2).filter_map(|step| moved(zero, bound + step)));
            }
            days.extend((-1..=1).filter_map(|step| moved(as_of, step)));
        }
        days
    }
}

fn moved(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    day.checked_add_signed(TimeDelta::try_days(days)?)
}

/// Values of a fact on either side of every bound the atoms set.
fn values(fact: FactName, atoms: &[Atom], as_of: NaiveDate) -> Vec<FactValue> {
    let terms: Vec<&Term> = atoms.iter().map(|atom| &atom.term).collect();
    let named = terms
        .iter()
        .flat_map(|term| word_values(term, fact))
        .cloned();
    let mut values: BTreeSet<FactValue> = named.collect();
    match fact.kind() {
        FactKind::YesNo => values.extend([false, true].map(FactValue::YesNo)),
        FactKind::Word => {
            let another = another(fact, &values);
            values.extend(another.map(FactValue::Word));
        }
        FactKind::Time => {
            let times = terms.iter().filter_map(|term| match term {
                Term::ArrivalBefore(at) | Term::ArrivalFrom(at) => Some(at.time()),
                _ => None,
            });
            let mut times: BTreeSet<NaiveTime> = times.collect();
            times.insert(NaiveTime::MIN);
            return times.into_iter().map(FactValue::Time).collect();
        }
        FactKind::Number => {
            values.insert(FactValue::Number(0));
        }
        FactKind::Date => return days(fact, atoms, as_of),
        FactKind::Dates | FactKind::Tests => {}
    }
    if fact.kind() == FactKind::Number {
        for term in &terms {
            match term {
                Term::Within { from, to, .. } => values.extend(from.iter().chain(to).cloned()),
                Term::AgeUnder(years) => values.extend([FactValue::Number(*years)]),
                _ => {}
            }
        }
        let beside: Vec<FactValue> = values
            .iter()
            .flat_map(|v| [before(v), after(v)])
            .flatten()
            .collect();
        values.extend(beside);
        let most = fact.greatest().map(FactValue::Number);
        values.retain(|value| most.as_ref().is_none_or(|most| value <= most));
    }
    values.into_iter().collect()
}

/// A word of the fact that no condition names, of those it may have where they are closed.
fn another(fact: FactName, named: &BTreeSet<FactValue>) -> Option<Box<str>> {
    let mut words = fact.words().unwrap_or(&[ANOTHER]).iter();
    let free = words.find(|word| !named.contains(&FactValue::Word((**word).into())));
    free.map(|word| Box::from(*word))
}

/// Days on either side of every bound, and so far from the other days that a term ties them to
/// that every difference it asks for lies among them.
fn days(fact: FactName, atoms: &[Atom], as_of: NaiveDate) -> Vec<FactValue> {
    let (mut anchors, mut offsets) = (BTreeSet::from([as_of]), BTreeSet::from([0i64]));
    let mut tied = false;
    for atom in atoms {
        anchors.extend(atom.as_of);
        match &atom.term {
            Term::Within { from, to, .. } => {
                anchors.extend(from.iter().chain(to).filter_map(|value| match value {
                    FactValue::Date(day) => Some(*day),
                    _ => None,
                }));
            }
            Term::ArrivalBefore(at) | Term::ArrivalFrom(at) => {
                anchors.insert(at.date());
            }
            Term::DoseAgeAtLeast(age) | Term::DoseAgeAtMost(age) => {
                tied |= fact == FactName::LastDose;
                offsets.insert(i64::from(*age));
            }
            term => {
                let Some(window) = term.tests() else { continue };
                let ends = [Some(window.first), window.last].into_iter().flatten();
                offsets.extend(ends.map(i64::from));
            }
        }
    }
    // So long ago that a pair of tests fits behind every bound.
    let most = offsets.last().copied().unwrap_or_default();
    offsets.extend((offsets.len() > 1).then_some(most + 5));
    let zeros: BTreeSet<_> = atoms.iter().filter_map(|atom| atom.counted_from).collect();
    // Two days that tests or doses are counted from may have to lie two offsets apart.
    let mut apart = offsets.clone();
    if tied || zeros.len() > 1 {
        for a in &offsets {
            apart.extend(offsets.iter().flat_map(|b| [a + b, a - b]));
        }
    }
    let mut days = BTreeSet::new();
    for anchor in anchors {
        for offset in &apart {
            for step in -1..=1 {
                days.extend(moved(anchor, step - offset));
                if apart.len() > 1 && anchor != as_of {
                    days.extend(moved(anchor, step + offset));
                }
            }
        }
    }
    // The day asked comes first: whoever stands for a cell had better look like somebody.
    let mut days: Vec<NaiveDate> = days.into_iter().collect();
    days.sort_by_key(|day| (*day > as_of, (as_of - *day).num_days().abs()));
    days.into_iter().map(FactValue::Date).collect()
}
