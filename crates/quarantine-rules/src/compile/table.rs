//! A bit a clause for every cell of every fact.

use chrono::NaiveDate;

use super::cells::{CutFact, single_fact};
use crate::condition::{Sight, Truth};
use crate::decide::Rule;
use crate::facts::Known;
use crate::{Condition, FactName, Subject, Unknown};

/// Which clauses each value of each fact leaves standing.
pub(super) struct Table {
    /// The facts told apart, in their order.
    pub(super) facts: Vec<CutFact>,
    /// Bits a cell takes, in words of 64 clauses.
    words: usize,
    /// The first word of each fact's first cell.
    starts: Vec<usize>,
    /// Clauses that could match with the cell's value.
    could: Vec<u64>,
    /// Clauses that match as far as the cell's fact goes.
    sure: Vec<u64>,
    /// A bit for each word of a cell of `could` that is not empty: 64 words are skipped at once.
    summary: Vec<u64>,
    summary_words: usize,
    summary_starts: Vec<usize>,
    /// Clauses that ask more than cells can tell.
    asks_more: Vec<u64>,
    clauses: usize,
}

const BITS: usize = 64;

impl Table {
    /// Cuts the facts of the rules in force, in order of precedence.
    pub(super) fn new(rules: &[Rule<'_>], subject: Subject, as_of: NaiveDate) -> Self {
        let words = rules.len().div_ceil(BITS);
        let facts = cut_facts(rules, words);
        let (mut starts, mut length) = (Vec::new(), 0);
        for fact in &facts {
            starts.push(length);
            length += fact.cells() * words;
        }
        let mut table = Table {
            facts,
            words,
            starts,
            could: vec![0; length],
            sure: vec![0; length],
            summary: Vec::new(),
            summary_words: words.div_ceil(BITS),
            summary_starts: Vec::new(),
            asks_more: vec![0; words],
            clauses: rules.len(),
        };
        for (bit, rule) in rules.iter().enumerate() {
            table.add(bit, rule, subject, as_of);
        }
        table.summarize();
        table
    }

    fn add(&mut self, bit: usize, rule: &Rule<'_>, subject: Subject, as_of: NaiveDate) {
        let (word, mask) = (bit / BITS, 1u64 << (bit % BITS));
        let parts = rule.clause.condition.conjuncts();
        for (index, cut) in self.facts.iter().enumerate() {
            let start = self.starts[index];
            let about = |part: &&&Condition| single_fact(part) == Some(cut.fact);
            let about: Vec<&&Condition> = parts.iter().filter(about).collect();
            for cell in 0..cut.cells() {
                let Some(person) = cut.stands_for(cell, subject) else {
                    continue;
                };
                let sight = Sight {
                    facts: &person,
                    as_of,
                    day_zero: || Err(Truth::Fails),
                };
                let truths = about.iter().map(|part| part.truth(&sight));
                let (mut could, mut sure) = (true, true);
                for truth in truths {
                    could &= truth != Truth::Fails;
                    sure &= truth == Truth::Holds;
                }
                let at = start + cell * self.words + word;
                self.could[at] |= if could { mask } else { 0 };
                self.sure[at] |= if sure { mask } else { 0 };
            }
        }
        let told = |part: &&Condition| {
            single_fact(part).is_some_and(|fact| self.facts.iter().any(|cut| cut.fact == fact))
        };
        if !parts.iter().all(told) {
            self.asks_more[word] |= mask;
        }
    }

    fn summarize(&mut self) {
        for (index, fact) in self.facts.iter().enumerate() {
            self.summary_starts.push(self.summary.len());
            for cell in 0..fact.cells() {
                let at = self.starts[index] + cell * self.words;
                let words = &self.could[at..at + self.words];
                for group in words.chunks(BITS) {
                    let set = group.iter().enumerate();
                    let bits = set.map(|(bit, word)| u64::from(*word != 0) << bit);
                    self.summary.push(bits.sum());
                }
            }
        }
    }

    /// The cells of a person's facts.
    pub(super) fn cells_of<K: Known>(&self, facts: &K, cells: &mut Vec<u16>) {
        cells.clear();
        cells.extend(self.facts.iter().map(|cut| cut.cell_of(facts)));
    }

    /// Whether a clause could match, or matches, with a cell of a fact.
    pub(super) fn bit(&self, fact: usize, cell: usize, clause: usize, unknown: Unknown) -> bool {
        let word = self.starts[fact] + cell * self.words + clause / BITS;
        self.bits(unknown)[word] >> (clause % BITS) & 1 == 1
    }

    fn bits(&self, unknown: Unknown) -> &[u64] {
        match unknown {
            Unknown::Undetermined => &self.could,
            Unknown::NotMatched => &self.sure,
        }
    }

    /// Words in which a clause may be left by the cells of a person's facts, in order.
    pub(super) fn standing(&self, cells: &[u16]) -> impl Iterator<Item = usize> {
        (0..self.summary_words).flat_map(move |group| {
            let mut standing = self.group(cells, group);
            std::iter::from_fn(move || {
                let bit = standing.trailing_zeros() as usize;
                standing = (standing != 0).then(|| standing & (standing - 1))?;
                Some(group * BITS + bit)
            })
        })
    }

    /// The words of a group in which a clause may be left.
    fn group(&self, cells: &[u16], group: usize) -> u64 {
        let words = (self.words - group * BITS).min(BITS);
        let mut standing = u64::MAX >> (BITS - words);
        for (start, cell) in self.summary_starts.iter().zip(cells) {
            standing &= self.summary[start + usize::from(*cell) * self.summary_words + group];
        }
        standing
    }

    /// The clauses of a word that the cells leave standing, unknown facts as the policy says.
    pub(super) fn left(&self, cells: &[u16], word: usize, unknown: Unknown) -> u64 {
        let bits = self.bits(unknown);
        let clauses = (self.clauses - word * BITS).min(BITS);
        let mut left = u64::MAX >> (BITS - clauses);
        for (start, cell) in self.starts.iter().zip(cells) {
            left &= bits[start + usize::from(*cell) * self.words + word];
        }
        left
    }

    /// Of a word, the clauses that ask more than cells can tell.
    pub(super) fn asks_more(&self, word: usize) -> u64 {
        self.asks_more[word]
    }
}

/// Every fact that a part of a condition looks at alone, cut where any such part changes.
fn cut_facts(rules: &[Rule<'_>], words: usize) -> Vec<CutFact> {
    let mut parts: Vec<(FactName, &Condition)> = Vec::new();
    for rule in rules {
        let conjuncts = rule.clause.condition.conjuncts().into_iter();
        parts.extend(conjuncts.filter_map(|part| Some((single_fact(part)?, part))));
    }
    parts.sort_unstable();
    parts.dedup();
    let by_fact = parts.chunk_by(|a, b| a.0 == b.0);
    let cut = by_fact.filter_map(|parts| {
        let fact = parts.first()?.0;
        let parts: Vec<&Condition> = parts.iter().map(|(_, part)| *part).collect();
        CutFact::new(fact, &parts, words)
    });
    cut.collect()
}
