//! Lists of tests that stand for all there could be.
//!
//! A list matters by the terms it meets, and by the last day it gives the rule that governs. Day by
//! day, every list so far is carried on with and without a further test; of those that meet the same
//! terms, the ones are kept that end each rule's measure earliest and latest. What comes later moves
//! both in the same way, so none that is dropped could have shown more.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Question;
use crate::condition::{TestWindow, Truth, minus, plus};
use crate::decide::Rule;
use crate::decide::count::{DayZero, day_zero};
use crate::{Facts, Measure, TestResult, TestTaken};

/// More sets of terms than these are not told apart.
const MOST_SETS: usize = 512;

/// One list for each set of terms that tests can meet together, and for each the earliest and the
/// latest last day of a rule; `None` where there are too many.
///
/// What is assumed of other facts leaves no rule out: then the same lists stand under every such
/// assumption, and whether one of them alone changes the answer can be seen.
pub(super) fn test_lists(
    question: &impl Question,
    known: &Facts,
    assumed: &Facts,
) -> Option<Vec<Vec<TestTaken>>> {
    let asked = Asked::new(question, known, assumed);
    let mut lists = BTreeMap::from([(asked.nothing(), vec![asked.no_test()])]);
    for day in asked.days() {
        lists = asked.carried_on(&lists, day);
        if lists.len() > MOST_SETS {
            return None;
        }
    }
    let mut told_apart = BTreeMap::new();
    for (so_far, ways) in lists {
        for way in ways {
            let told = (so_far.met.clone(), way.ends);
            told_apart.entry(told).or_insert(way.list);
        }
    }
    Some(told_apart.into_values().collect())
}

/// What tests are asked for, term by term.
struct Asked {
    terms: Vec<AskedTerm>,
    /// By rule whose last day tests can move: that day without any.
    ends: Vec<NaiveDate>,
}

struct AskedTerm {
    window: TestWindow,
    first: NaiveDate,
    last: NaiveDate,
    /// The place of the rule whose last day it can move.
    moves: Option<usize>,
}

/// What a list of tests met by a day.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    met: Vec<bool>,
    /// The day of a negative test that the next day could make a pair of.
    negative_on: Option<NaiveDate>,
}

/// A list of tests, and the last day of each rule under it.
#[derive(Clone)]
struct Way {
    ends: Vec<NaiveDate>,
    list: Vec<TestTaken>,
}

impl Asked {
    fn new(question: &impl Question, known: &Facts, assumed: &Facts) -> Self {
        let as_of = question.as_of();
        let mut asked = Asked {
            terms: Vec::new(),
            ends: Vec::new(),
        };
        for rule in question.rules() {
            let DayZero::Day(zero) = day_zero(rule, assumed, as_of) else {
                continue;
            };
            if rule.truth(known, as_of) != Truth::Fails {
                asked.add(rule, zero, as_of);
            }
        }
        asked
    }

    fn add(&mut self, rule: &Rule<'_>, zero: NaiveDate, as_of: NaiveDate) {
        let clause = rule.clause;
        let end = clause.days.and_then(|days| plus(zero, days));
        let end = end.filter(|_| clause.measure != Measure::None);
        let place = self.ends.len();
        self.ends.extend(end);
        let windows = clause.condition.terms().into_iter();
        for window in windows.filter_map(crate::Term::tests) {
            let Some((first, last)) = window.on(zero, as_of) else {
                continue;
            };
            let moves = end.is_some() && rule.ending_tests().contains(&window);
            self.terms.push(AskedTerm {
                window,
                first,
                last,
                moves: moves.then_some(place),
            });
        }
    }

    fn nothing(&self) -> Met {
        Met {
            met: vec![false; self.terms.len()],
            negative_on: None,
        }
    }

    fn no_test(&self) -> Way {
        Way {
            ends: self.ends.clone(),
            list: Vec::new(),
        }
    }

    /// The first and the last two days of every run of days that no term tells apart: a test in
    /// between does what one there does, and moves no last day farther.
    fn days(&self) -> BTreeSet<NaiveDate> {
        let begins = self.terms.iter().map(|term| Some(term.first));
        let ends = self.terms.iter().map(|term| term.last.succ_opt());
        let turns = begins.chain(ends).flatten();
        let beside = |turn: NaiveDate| {
            let later = (0..2).filter_map(move |days| plus(turn, days));
            later.chain((1..3).filter_map(move |days| minus(turn, days)))
        };
        let counts = |day: &NaiveDate| {
            let mut terms = self.terms.iter();
            terms.any(|term| term.first <= *day && *day <= term.last)
        };
        // Each day once, however many terms turn on it.
        let mut days: BTreeSet<NaiveDate> = turns.flat_map(beside).collect();
        days.retain(counts);
        days
    }

    /// Every list with and without a further test, those that show nothing more left out.
    fn carried_on(
        &self,
        lists: &BTreeMap<Met, Vec<Way>>,
        day: NaiveDate,
    ) -> BTreeMap<Met, Vec<Way>> {
        let mut longer: BTreeMap<Met, Vec<Way>> = BTreeMap::new();
        for (so_far, ways) in lists {
            for results in self.results() {
                let (met, moved) = self.tested(so_far, day, results);
                let of_met = longer.entry(met).or_default();
                of_met.extend(ways.iter().map(|way| way.and(day, results, &moved)));
            }
        }
        for ways in longer.values_mut() {
            self.keep_outermost(ways);
        }
        longer
    }

    /// What a day's tests may be.
    fn results(&self) -> &'static [&'static [TestResult]] {
        use TestResult::{Negative, Positive};
        let wants = |positive| {
            self.terms
                .iter()
                .any(|term| term.window.positive == positive)
        };
        match (wants(false), wants(true)) {
            (true, true) => &[&[], &[Negative], &[Positive], &[Negative, Positive]],
            (true, false) => &[&[], &[Negative]],
            (false, true) => &[&[], &[Positive]],
            (false, false) => &[&[]],
        }
    }

    /// What is met after a day's tests, and the days to which they move the ends of rules.
    fn tested(
        &self,
        so_far: &Met,
        day: NaiveDate,
        results: &[TestResult],
    ) -> (Met, Vec<(usize, NaiveDate)>) {
        let is_negative = results.contains(&TestResult::Negative);
        let yesterday = so_far.negative_on.filter(|_| is_negative);
        let yesterday = yesterday.filter(|before| before.succ_opt() == Some(day));
        let (mut after, mut moved) = (so_far.clone(), Vec::new());
        after.negative_on = is_negative.then_some(day);
        for (term, met) in self.terms.iter().zip(&mut after.met) {
            let within = |day: NaiveDate| term.first <= day && day <= term.last;
            let found = match (term.window.positive, term.window.pair) {
                (true, _) => results.contains(&TestResult::Positive).then_some(day),
                (false, false) => is_negative.then_some(day),
                // A measure ends the day after a pair began.
                (false, true) => yesterday.filter(|first| within(*first)),
            };
            let Some(found) = found.filter(|_| !*met && within(day)) else {
                continue;
            };
            *met = true;
            moved.extend(term.moves.map(|rule| (rule, found)));
        }
        (after, moved)
    }

    /// Keeps, for each rule, the list that ends its measure earliest and the one that does latest,
    /// and one list where no rule's end can be moved.
    fn keep_outermost(&self, ways: &mut Vec<Way>) {
        ways.sort_by_key(|way| way.list.len());
        let mut kept = BTreeSet::from([0]);
        for rule in 0..self.ends.len() {
            let by_end = |at: &usize| ways[*at].ends[rule];
            kept.extend((0..ways.len()).min_by_key(by_end));
            kept.extend((0..ways.len()).rev().max_by_key(by_end));
        }
        let mut at = 0;
        ways.retain(|_| {
            at += 1;
            kept.contains(&(at - 1))
        });
    }
}

impl Way {
    fn and(&self, day: NaiveDate, results: &[TestResult], moved: &[(usize, NaiveDate)]) -> Self {
        let mut way = self.clone();
        let tests = results.iter().map(|result| TestTaken {
            on: day,
            result: *result,
        });
        way.list.extend(tests);
        for (rule, until) in moved {
            way.ends[*rule] = way.ends[*rule].max(*until);
        }
        way
    }
}
