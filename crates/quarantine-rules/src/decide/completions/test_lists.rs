//! Lists of tests that stand for all there could be.
//!
//! A list matters by the terms it meets, and by the last day it gives the rule that governs. Day by
//! day, every list so far is carried on with and without a further test; of those that meet the same
//! terms, the ones are kept that end each rule's measure earliest and latest. What comes later moves
//! both in the same way, so none that is dropped could have shown more.

mod asked;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use self::asked::{Asked, OnDay, TermSet};
use super::Question;
use super::trials::MOST_TRIALS;
use crate::{Facts, TestResult, TestTaken};

/// More sets of terms than these are not told apart.
const MOST_SETS: usize = 512;

/// More lists than these are not carried on: two at most come to the same, one after a negative test
/// the day before and one not, so that more would be left than are tried. (A later day could leave
/// fewer; of a thousand drawn books none did.) Where each clause counts tests from another day, lists
/// grow with the square of the days.
const MOST_LISTS: usize = 2 * MOST_TRIALS;

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
    if asked.fewest_sets() > MOST_SETS {
        return None;
    }
    let nothing = Met {
        met: asked.no_terms(),
        negative_on: None,
    };
    let no_test = Way {
        ends: asked.ends().to_vec(),
        list: Vec::new(),
    };
    let mut lists = BTreeMap::from([(nothing, vec![no_test])]);
    for day in asked.days() {
        lists = carried_on(&asked, &lists, day);
        let ways: usize = lists.values().map(Vec::len).sum();
        if lists.len() > MOST_SETS || ways > MOST_LISTS {
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

/// What a list of tests met by a day.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    met: TermSet,
    /// The day of a negative test that the next day could make a pair of.
    negative_on: Option<NaiveDate>,
}

/// A list of tests, and the last days it gives to what is asked.
#[derive(Clone)]
struct Way {
    ends: Vec<NaiveDate>,
    list: Vec<TestTaken>,
}

/// Every list with and without a further test, those that show nothing more left out.
fn carried_on(
    asked: &Asked,
    lists: &BTreeMap<Met, Vec<Way>>,
    day: NaiveDate,
) -> BTreeMap<Met, Vec<Way>> {
    let on_day = asked.on(day);
    let mut longer: BTreeMap<Met, Vec<Way>> = BTreeMap::new();
    for (so_far, ways) in lists {
        for results in asked.results() {
            let met = so_far.and(&on_day, results);
            let moved = asked.moved(&so_far.met, &met.met, day);
            let of_met = longer.entry(met).or_default();
            of_met.extend(ways.iter().map(|way| way.and(day, results, &moved)));
        }
    }
    for ways in longer.values_mut() {
        keep_outermost(ways);
    }
    longer
}

impl Met {
    /// What is met after a day's tests.
    fn and(&self, on_day: &OnDay, results: &[TestResult]) -> Self {
        let is_negative = results.contains(&TestResult::Negative);
        let after_negative = self.negative_on.and_then(|before| before.succ_opt());
        let mut met = self.met.clone();
        if results.contains(&TestResult::Positive) {
            met.add(&on_day.positive);
        }
        if is_negative {
            met.add(&on_day.negative);
        }
        if is_negative && after_negative == Some(on_day.day) {
            met.add(&on_day.second_of_pair);
        }
        Met {
            met,
            negative_on: is_negative.then_some(on_day.day),
        }
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
        for (end, until) in moved {
            way.ends[*end] = way.ends[*end].max(*until);
        }
        way
    }

    /// Its last days, as if it were the first of all lists.
    fn outermost(&self) -> Vec<(NaiveDate, usize)> {
        self.ends.iter().map(|until| (*until, 0)).collect()
    }
}

/// Keeps, for each last day, the list that gives the earliest and the one that gives the latest, and
/// one list where none can be moved.
fn keep_outermost(ways: &mut Vec<Way>) {
    if ways.len() < 2 {
        return;
    }
    ways.sort_by_key(|way| way.list.len());
    let (mut earliest, mut latest) = (ways[0].outermost(), ways[0].outermost());
    for (at, way) in ways.iter().enumerate() {
        let outermost = earliest.iter_mut().zip(&mut latest);
        for (until, (earliest, latest)) in way.ends.iter().zip(outermost) {
            if *until < earliest.0 {
                *earliest = (*until, at);
            }
            if *until > latest.0 {
                *latest = (*until, at);
            }
        }
    }
    let outermost = earliest.iter().chain(&latest).map(|(_, at)| *at);
    let kept: BTreeSet<usize> = outermost.chain([0]).collect();
    let mut at = 0;
    ways.retain(|_| {
        at += 1;
        kept.contains(&(at - 1))
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decide::{Asked as Books, One};
    use crate::{FactName, Subject};

    /// A book whose clauses ask for one kind of test each, from one day of the count to another.
    fn book(terms: &[(&str, u16, u16)]) -> crate::Books {
        let mut text = "authority = \"X\"\nname_zh = \"某\"\nname_en = \"X\"\n".to_owned();
        for (at, (kind, first, length)) in terms.iter().enumerate() {
            text.push_str(&format!(
                "[[clause]]\nid = \"C{at}\"\ndisease = \"D\"\nedition = \"1\"\nfrom = 2019-01-{:02}\n\
                 subject = \"local_returnee\"\ncondition = \"{kind}={first}..{}\"\n\
                 measure = \"home_quarantine\"\ndays = 3\ncounted_from = \"arrival\"\n\
                 place = \"home\"\nsource = \"made up\"\nconfidence = \"recalled\"\n",
                at + 1,
                first + length
            ));
        }
        crate::Books::from_toml(&[("x.toml", text)]).unwrap()
    }

    proptest! {
        /// A book of more sets than are told apart is given up before any list is carried on.
        #[test]
        fn no_fewer_sets_are_met_than_said(
            terms in prop::collection::vec(
                (
                    prop::sample::select(vec!["neg_in_days", "neg_pair_in_days", "pos_in_days"]),
                    0..7u16,
                    0..7u16,
                ),
                1..7,
            ),
        ) {
            let (books, on) = (book(&terms), "2020-01-07".parse().unwrap());
            let one = One::new(&Books::new(&books, "X", "D", on), Subject::LocalReturnee);
            let mut facts = Facts::new(Subject::LocalReturnee);
            facts.read(FactName::ArrivalDate, "2020-01-01").unwrap();
            let asked = Asked::new(&one, &facts, &facts);
            let nothing = Met { met: asked.no_terms(), negative_on: None };
            let mut sets = BTreeSet::from([nothing]);
            for day in asked.days() {
                let on_day = asked.on(day);
                let and = |met: &Met| -> Vec<Met> {
                    asked.results().iter().map(|results| met.and(&on_day, results)).collect()
                };
                sets = sets.iter().flat_map(and).collect();
            }
            let met: BTreeSet<&TermSet> = sets.iter().map(|set| &set.met).collect();
            prop_assert!(asked.fewest_sets() <= met.len());
        }
    }
}
