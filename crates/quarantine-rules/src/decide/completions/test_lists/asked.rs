//! What tests are asked for: on which days, and which last days they can move.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::condition::{Truth, minus, plus};
use crate::decide::Rule;
use crate::decide::completions::Question;
use crate::decide::count::{DayZero, day_zero};
use crate::{Facts, Measure, TestResult};

/// What tests are asked for, each once, however many rules ask for it, in the order of the rules.
#[derive(Default)]
pub(super) struct Asked {
    terms: Vec<AskedTerm>,
    /// The place of each term.
    places: BTreeMap<Wanted, usize>,
    /// The last days that tests can move, without any.
    ends: Vec<NaiveDate>,
    /// Those last days, each with the terms that move it.
    movable: BTreeSet<(NaiveDate, BTreeSet<usize>)>,
}

struct AskedTerm {
    wanted: Wanted,
    /// The places of the last days it can move.
    moves: Vec<usize>,
}

/// A test, or a pair of them, from one day to another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    positive: bool,
    pair: bool,
    first: NaiveDate,
    last: NaiveDate,
}

/// Terms by their places. An earlier place weighs more than all later ones together, so that sets
/// come in the order of what is met term by term.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TermSet(Vec<u64>);

/// What tests on a day can meet.
pub(super) struct OnDay {
    pub(super) day: NaiveDate,
    pub(super) negative: TermSet,
    /// What a negative test meets after one of the day before.
    pub(super) second_of_pair: TermSet,
    pub(super) positive: TermSet,
}

impl Asked {
    pub(super) fn new(question: &impl Question, known: &Facts, assumed: &Facts) -> Self {
        let as_of = question.as_of();
        let mut asked = Asked::default();
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
        let mut movers = BTreeSet::new();
        let windows = clause.condition.terms().into_iter();
        for window in windows.filter_map(crate::Term::tests) {
            let Some((first, last)) = window.on(zero, as_of) else {
                continue;
            };
            let place = self.place_of(Wanted {
                positive: window.positive,
                pair: window.pair,
                first,
                last,
            });
            // Where its last test comes no later than the end, none moves it.
            let moves = end.is_some_and(|end| end < last);
            if moves && rule.ending_tests().contains(&window) {
                movers.insert(place);
            }
        }
        if let Some(end) = end.filter(|_| !movers.is_empty()) {
            self.add_end(end, movers);
        }
    }

    fn place_of(&mut self, wanted: Wanted) -> usize {
        *self.places.entry(wanted).or_insert_with(|| {
            let moves = Vec::new();
            self.terms.push(AskedTerm { wanted, moves });
            self.terms.len() - 1
        })
    }

    fn add_end(&mut self, end: NaiveDate, movers: BTreeSet<usize>) {
        if !self.movable.insert((end, movers.clone())) {
            return;
        }
        for place in movers {
            self.terms[place].moves.push(self.ends.len());
        }
        self.ends.push(end);
    }

    /// The last days that tests can move, as they are without any.
    pub(super) fn ends(&self) -> &[NaiveDate] {
        &self.ends
    }

    /// No term.
    pub(super) fn no_terms(&self) -> TermSet {
        TermSet(vec![0; self.terms.len().div_ceil(64)])
    }

    /// At least so many sets of terms can be met. Of terms that ask for the same kind of test, one is
    /// met on its first day with none that begins later, and on its last with none that ended
    /// earlier; and what is positive is met or not whatever is negative.
    pub(super) fn fewest_sets(&self) -> usize {
        let of_kind = |positive: bool, pair: bool| {
            let terms = self.places.keys();
            let of_kind = terms.filter(|term| (term.positive, term.pair) == (positive, pair));
            // A pair takes two days.
            let can_be_met = of_kind.filter(|term| match pair {
                true => term.first < term.last,
                false => term.first <= term.last,
            });
            let days = can_be_met.map(|term| (term.first, term.last));
            let (first, last): (BTreeSet<_>, BTreeSet<_>) = days.unzip();
            first.len().max(last.len())
        };
        let negative = of_kind(false, false).max(of_kind(false, true));
        (negative + 1).saturating_mul(of_kind(true, false) + 1)
    }

    /// The first and the last two days of every run of days that no term tells apart: a test in
    /// between does what one there does, and moves no last day farther.
    pub(super) fn days(&self) -> Vec<NaiveDate> {
        let wanted = || self.places.keys();
        let begins = wanted().map(|term| Some(term.first));
        let ends = wanted().map(|term| term.last.succ_opt());
        let turns: BTreeSet<NaiveDate> = begins.chain(ends).flatten().collect();
        let beside = |turn: NaiveDate| {
            let later = (0..2).filter_map(move |days| plus(turn, days));
            later.chain((1..3).filter_map(move |days| minus(turn, days)))
        };
        let days: BTreeSet<NaiveDate> = turns.into_iter().flat_map(beside).collect();
        let mut by_first: Vec<&Wanted> = wanted().collect();
        by_first.sort_unstable_by_key(|term| term.first);
        let mut begun = by_first.into_iter().peekable();
        let mut until = None;
        let counts = |day: &NaiveDate| {
            while let Some(term) = begun.next_if(|term| term.first <= *day) {
                until = until.max(Some(term.last));
            }
            until >= Some(*day)
        };
        days.into_iter().filter(counts).collect()
    }

    /// What a day's tests may be.
    pub(super) fn results(&self) -> &'static [&'static [TestResult]] {
        use TestResult::{Negative, Positive};
        let wants = |positive| {
            let mut terms = self.terms.iter();
            terms.any(|term| term.wanted.positive == positive)
        };
        match (wants(false), wants(true)) {
            (true, true) => &[&[], &[Negative], &[Positive], &[Negative, Positive]],
            (true, false) => &[&[], &[Negative]],
            (false, true) => &[&[], &[Positive]],
            (false, false) => &[&[]],
        }
    }

    /// What tests on a day can meet.
    pub(super) fn on(&self, day: NaiveDate) -> OnDay {
        let mut on_day = OnDay {
            day,
            negative: self.no_terms(),
            second_of_pair: self.no_terms(),
            positive: self.no_terms(),
        };
        for (place, term) in self.terms.iter().enumerate() {
            let Wanted { first, last, .. } = term.wanted;
            if day < first || last < day {
                continue;
            }
            match (term.wanted.positive, term.wanted.pair) {
                (true, _) => on_day.positive.insert(place),
                (false, false) => on_day.negative.insert(place),
                (false, true) if first < day => on_day.second_of_pair.insert(place),
                (false, true) => {}
            }
        }
        on_day
    }

    /// The places of the last days that tests on a day move, and to which day.
    pub(super) fn moved(
        &self,
        before: &TermSet,
        after: &TermSet,
        day: NaiveDate,
    ) -> Vec<(usize, NaiveDate)> {
        let mut moved = Vec::new();
        for place in after.beyond(before) {
            let term = &self.terms[place];
            // A measure ends the day after a pair began.
            let found = match term.wanted.pair {
                true => day.pred_opt(),
                false => Some(day),
            };
            let ends = term.moves.iter();
            moved.extend(ends.filter_map(|end| Some((*end, found?))));
        }
        moved
    }
}

impl TermSet {
    fn insert(&mut self, place: usize) {
        self.0[place / 64] |= (1 << 63) >> (place % 64);
    }

    /// Adds the terms of another.
    pub(super) fn add(&mut self, other: &TermSet) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// The places that another does not hold.
    fn beyond<'a>(&'a self, other: &'a TermSet) -> impl Iterator<Item = usize> + 'a {
        let words = self.0.iter().zip(&other.0).enumerate();
        words.flat_map(|(at, (word, other))| {
            let mut more = word & !other;
            std::iter::from_fn(move || {
                let bit = more.leading_zeros();
                more &= !1u64.checked_shl(63u32.checked_sub(bit)?)?;
                Some(at * 64 + usize::try_from(bit).ok()?)
            })
        })
    }
}
