//! A class of person's rules as a diagram: fact by fact, the cell of its value leads from what is
//! left of the rules to what is still left then.
//!
//! Two ways that leave the same rules meet again, and a rule that is sure cuts off all after it,
//! so that the diagram stays small and a person costs a look a fact however many clauses there
//! are. It is the layered form of packet classifiers and of multi-valued decision diagrams.
//! Where a book has no such form within the budget, its clauses are asked by their bits.

use std::collections::HashMap;

use super::plan::Plan;
use super::table::Table;
use crate::{CountedFrom, FactName, Unknown};

/// What the facts that cells can tell settle for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The rule at this place.
    Rule(u32),
    NoRule,
    /// It hangs on an unknown fact.
    Open,
    /// These rules, in their order, must be asked themselves: a place in [`Diagram::looks`].
    Look(usize),
}

/// A fact the diagram branches on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// The cut fact at this place of the table.
    Cut(usize),
    /// Whether a day 0 is known: cell 0 where it is not, 1 where it is.
    Dated(FactName),
}

/// A rule that no fact has refuted so far, and whether it hangs on one that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Standing(u32);

impl Standing {
    /// Whichever rule it is, the answer is open.
    pub(super) const OPEN: Standing = Standing(u32::MAX);

    fn new(rule: usize, is_open: bool) -> Option<Self> {
        let rule = u32::try_from(rule).ok().filter(|rule| *rule < 1 << 30)?;
        Some(Standing(rule << 1 | u32::from(is_open)))
    }

    pub(super) fn rule(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub(super) fn is_open(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Facts whose cells are counted together as digits of one place, and where each place leads.
pub(super) struct Step {
    pub(super) axes: Vec<(Axis, u32)>,
    pub(super) next: Vec<u32>,
}

/// The whole diagram, for one way of taking unknown facts.
pub(super) struct Diagram {
    pub(super) steps: Vec<Step>,
    /// By the state the last step leads to.
    pub(super) outcomes: Vec<Outcome>,
    /// Rules that must be asked themselves.
    pub(super) looks: Vec<Vec<Standing>>,
}

/// Places of all layers together, 16 MB.
const MOST_PLACES: usize = 1 << 22;
/// Rules looked at while it is drawn, some tenths of a second.
const MOST_LOOKS: usize = 1 << 25;
/// Places a step may have: a table that outgrows the second cache costs more than two small ones.
const STEP_PLACES: usize = 1 << 16;

impl Diagram {
    /// Draws it; nothing where the budget does not suffice.
    pub(super) fn new(table: &Table, plans: &[Option<Plan>], unknown: Unknown) -> Option<Self> {
        let drawing = Drawing::new(table, plans, unknown);
        let mut states = vec![drawing.all()?];
        let (mut steps, mut step) = (Vec::new(), Step::at(1));
        let (mut places, mut looks) = (0, 0);
        for (depth, axis) in drawing.axes.iter().enumerate() {
            let cells = drawing.cells(*axis);
            places += states.len() * cells;
            looks += cells * states.iter().map(Vec::len).sum::<usize>();
            if places > MOST_PLACES || looks > MOST_LOOKS {
                return None;
            }
            if !step.axes.is_empty() && step.next.len() * cells > STEP_PLACES {
                let done = std::mem::replace(&mut step, Step::at(states.len()));
                steps.push(done);
            }
            let (next, after) = drawing.layer(&states, depth, *axis, cells);
            step = step.then(*axis, cells, &next)?;
            states = after;
        }
        steps.push(step);
        let mut looks = Vec::new();
        let outcomes = states.into_iter();
        let outcomes = outcomes.map(|left| drawing.outcome(left, &mut looks));
        Some(Diagram {
            steps,
            outcomes: outcomes.collect(),
            looks,
        })
    }
}

impl Step {
    /// Before any of its facts is looked at.
    fn at(states: usize) -> Self {
        Step {
            axes: Vec::new(),
            next: (0..).take(states).collect(),
        }
    }

    /// With one more fact, by where its layer leads.
    fn then(mut self, axis: Axis, cells: usize, layer: &[u32]) -> Option<Self> {
        self.axes.push((axis, u32::try_from(cells).ok()?));
        let led = |state: &u32| {
            let from = *state as usize * cells;
            layer[from..from + cells].iter().copied()
        };
        self.next = self.next.iter().flat_map(led).collect();
        Some(self)
    }
}

/// What is known of the rules while the diagram is drawn.
struct Drawing<'t> {
    table: &'t Table,
    unknown: Unknown,
    /// The facts in the order asked, those that most rules look at first.
    axes: Vec<Axis>,
    rules: Vec<Drawn>,
}

/// A rule while the diagram is drawn.
struct Drawn {
    /// After so many axes nothing about it is left to tell.
    told_after: usize,
    /// Parts of its condition must be asked of the person.
    asks_more: bool,
    /// Whether its dates are open must be asked of the person.
    dates_ask_more: bool,
    /// The day 0 it hangs on.
    dated: Option<FactName>,
}

impl<'t> Drawing<'t> {
    fn new(table: &'t Table, plans: &[Option<Plan>], unknown: Unknown) -> Self {
        let is_dated = unknown == Unknown::Undetermined;
        let drawn = |(at, plan): (usize, &Option<Plan>)| Drawn {
            told_after: 0,
            asks_more: table.asks_more(at / 64) >> (at % 64) & 1 == 1,
            dates_ask_more: is_dated && plan.is_none(),
            dated: plan
                .filter(|_| is_dated)
                .and_then(|plan| plan.hangs_on())
                .map(CountedFrom::fact),
        };
        let mut drawing = Drawing {
            table,
            unknown,
            axes: Vec::new(),
            rules: plans.iter().enumerate().map(drawn).collect(),
        };
        drawing.order();
        drawing
    }

    /// Puts the facts in order: by how many rules look at them, then by their names.
    fn order(&mut self) {
        let cut = (0..self.table.facts.len()).map(Axis::Cut);
        let dated = self.rules.iter().filter_map(|rule| rule.dated);
        let mut dated: Vec<FactName> = dated.collect();
        dated.sort_unstable();
        dated.dedup();
        let all = cut.chain(dated.into_iter().map(Axis::Dated));
        let looked_at = |axis: Axis| {
            let rules = 0..self.rules.len();
            rules.filter(|rule| self.looks_at(*rule, axis)).count()
        };
        let mut axes: Vec<(usize, Axis)> = all.map(|axis| (looked_at(axis), axis)).collect();
        axes.sort_by_key(|(rules, _)| std::cmp::Reverse(*rules));
        self.axes = axes.into_iter().map(|(_, axis)| axis).collect();
        for rule in 0..self.rules.len() {
            let last = self
                .axes
                .iter()
                .rposition(|axis| self.looks_at(rule, *axis));
            self.rules[rule].told_after = last.map_or(0, |last| last + 1);
        }
    }

    fn looks_at(&self, rule: usize, axis: Axis) -> bool {
        match axis {
            // Whoever asks anything of a fact is not sure where it is unknown.
            Axis::Cut(fact) => !self.table.bit(fact, 0, rule, Unknown::NotMatched),
            Axis::Dated(fact) => self.rules[rule].dated == Some(fact),
        }
    }

    fn cells(&self, axis: Axis) -> usize {
        match axis {
            Axis::Cut(fact) => self.table.facts[fact].cells(),
            Axis::Dated(_) => 2,
        }
    }

    /// Every rule, as far as the first that is sure whatever the facts.
    fn all(&self) -> Option<Vec<Standing>> {
        let mut all = Vec::new();
        for rule in 0..self.rules.len() {
            all.push(Standing::new(rule, false)?);
            if self.is_last(rule, 0) {
                break;
            }
        }
        Some(all)
    }

    /// Whether all about a rule is told after so many axes, so that those after it have no say.
    fn is_last(&self, rule: usize, axes: usize) -> bool {
        let rule = &self.rules[rule];
        rule.told_after <= axes && !rule.asks_more
    }

    /// Where each state leads by each cell of a fact, and the states led to, in the order met.
    fn layer(
        &self,
        states: &[Vec<Standing>],
        depth: usize,
        axis: Axis,
        cells: usize,
    ) -> (Vec<u32>, Vec<Vec<Standing>>) {
        let mut met: HashMap<Vec<Standing>, u32> = HashMap::new();
        let (mut next, mut after) = (Vec::with_capacity(states.len() * cells), Vec::new());
        for state in states {
            for cell in 0..cells {
                let left = self.left(state, depth, axis, cell);
                let place = met.get(&left).copied().unwrap_or_else(|| {
                    let place = u32::try_from(after.len()).unwrap_or(u32::MAX);
                    after.push(left.clone());
                    met.insert(left, place);
                    place
                });
                next.push(place);
            }
        }
        (next, after)
    }

    /// The rules left of a state by a cell of a fact.
    fn left(&self, state: &[Standing], depth: usize, axis: Axis, cell: usize) -> Vec<Standing> {
        let mut left = Vec::new();
        for standing in state {
            if *standing == Standing::OPEN {
                left.push(Standing::OPEN);
                break;
            }
            let rule = standing.rule();
            let Some(is_open) = self.stands(rule, axis, cell) else {
                continue;
            };
            let standing = Standing(standing.0 | u32::from(is_open));
            let is_last = self.is_last(rule, depth + 1);
            left.push(match is_last && standing.is_open() {
                true => Standing::OPEN,
                false => standing,
            });
            if is_last {
                break;
            }
        }
        left
    }

    /// Whether a rule is still open by a cell; nothing where the cell refutes it.
    fn stands(&self, rule: usize, axis: Axis, cell: usize) -> Option<bool> {
        match axis {
            Axis::Cut(fact) => {
                let could = self.table.bit(fact, cell, rule, self.unknown);
                could.then(|| !self.table.bit(fact, cell, rule, Unknown::NotMatched))
            }
            Axis::Dated(fact) => Some(cell == 0 && self.rules[rule].dated == Some(fact)),
        }
    }

    fn outcome(&self, left: Vec<Standing>, looks: &mut Vec<Vec<Standing>>) -> Outcome {
        let Some(first) = left.first().copied() else {
            return Outcome::NoRule;
        };
        if first == Standing::OPEN {
            return Outcome::Open;
        }
        let rule = &self.rules[first.rule()];
        if !rule.asks_more && !rule.dates_ask_more {
            return Outcome::Rule(first.0 >> 1);
        }
        looks.push(left);
        Outcome::Look(looks.len() - 1)
    }
}
