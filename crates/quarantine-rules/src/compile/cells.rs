//! A fact cut into the values its conditions tell apart.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::condition::{after, word_values};
use crate::facts::Known;
use crate::{Condition, FactKind, FactName, FactValue, Facts, Subject, Term};

/// The cell of a fact that is not known.
pub(super) const NOT_KNOWN: u16 = 0;

/// How a fact's values fall into cells; cell 0 is "not known".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cutting {
    /// 1 no, 2 yes.
    YesNo,
    /// 1 any other word, then the words named.
    Word(Vec<Box<str>>),
    /// 1 below the first cut; each cut begins a cell.
    Number(Vec<u16>),
    /// As numbers.
    Date(Vec<NaiveDate>),
    /// As numbers, by the instant of arrival.
    Arrival(Vec<NaiveDateTime>),
}

/// A fact with its cells. The instant of arrival stands under the day of arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CutFact {
    pub(super) fact: FactName,
    pub(super) cutting: Cutting,
}

/// Cells are counted in 16 bits, and each takes a bit a clause: of a book that tells more values
/// of a fact apart, conditions on that fact are asked clause by clause.
const MOST_CELLS: usize = 60_000;

/// 8 MB of bits a fact.
const MOST_WORDS: usize = 1 << 20;

/// Whether the part looks at one fact alone, and which; a part about tests or doses never does.
pub(super) fn single_fact(part: &Condition) -> Option<FactName> {
    let terms = part.terms();
    let of = |term: &Term| match term {
        term if term.is_relational() => None,
        term => term.facts().first().copied(),
    };
    let first = of(terms.first()?)?;
    let instants = |term: &&Term| matches!(term, Term::ArrivalBefore(_) | Term::ArrivalFrom(_));
    let all_alike = terms.iter().all(instants) || !terms.iter().any(instants);
    let same = terms.iter().all(|term| of(term) == Some(first));
    // The day of arrival alone and its instant are cut differently: together they go the slow way.
    (same && all_alike && (first != FactName::ArrivalDate || terms.iter().all(instants)))
        .then_some(first)
}

impl CutFact {
    /// Cuts a fact where any of the parts about it may begin or cease to hold.
    pub(super) fn new(fact: FactName, parts: &[&Condition], words: usize) -> Option<Self> {
        let terms: Vec<&Term> = parts.iter().flat_map(|part| part.terms()).collect();
        let cutting = match fact.kind() {
            FactKind::YesNo => Cutting::YesNo,
            FactKind::Word => {
                let named = terms.iter().flat_map(|term| word_values(term, fact));
                Cutting::Word(sorted(named.filter_map(|value| match value {
                    FactValue::Word(word) => Some(word.clone()),
                    _ => None,
                })))
            }
            FactKind::Number => {
                Cutting::Number(sorted(cuts(fact, &terms).filter_map(|value| match value {
                    FactValue::Number(number) => Some(number),
                    _ => None,
                })))
            }
            FactKind::Date if fact == FactName::ArrivalDate => {
                Cutting::Arrival(sorted(terms.iter().filter_map(|term| match term {
                    Term::ArrivalBefore(at) | Term::ArrivalFrom(at) => Some(*at),
                    _ => None,
                })))
            }
            FactKind::Date => {
                Cutting::Date(sorted(cuts(fact, &terms).filter_map(|value| match value {
                    FactValue::Date(day) => Some(day),
                    _ => None,
                })))
            }
            _ => return None,
        };
        let cut = CutFact { fact, cutting };
        let fits = cut.cells() <= MOST_CELLS && cut.cells() * words <= MOST_WORDS;
        fits.then_some(cut)
    }

    /// How many cells there are, the unknown one among them.
    pub(super) fn cells(&self) -> usize {
        match &self.cutting {
            Cutting::YesNo => 3,
            Cutting::Word(words) => words.len() + 2,
            Cutting::Number(cuts) => cuts.len() + 2,
            Cutting::Date(cuts) => cuts.len() + 2,
            Cutting::Arrival(cuts) => cuts.len() + 2,
        }
    }

    /// A person in a cell, knowing nothing else; nothing where no value lies in it.
    pub(super) fn stands_for(&self, cell: usize, subject: Subject) -> Option<Facts> {
        let mut facts = Facts::new(subject);
        let Some(place) = cell.checked_sub(1) else {
            return Some(facts);
        };
        let value = match &self.cutting {
            Cutting::YesNo => FactValue::YesNo(place == 1),
            Cutting::Word(words) => FactValue::Word(match place.checked_sub(1) {
                Some(named) => words.get(named)?.clone(),
                None => "(another)".into(),
            }),
            Cutting::Number(cuts) => FactValue::Number(match place.checked_sub(1) {
                Some(cut) => *cuts.get(cut)?,
                None => cuts.first()?.checked_sub(1)?,
            }),
            Cutting::Date(cuts) => FactValue::Date(match place.checked_sub(1) {
                Some(cut) => *cuts.get(cut)?,
                None => cuts.first()?.pred_opt()?,
            }),
            Cutting::Arrival(cuts) => {
                let at = match place.checked_sub(1) {
                    Some(cut) => *cuts.get(cut)?,
                    None => cuts.first()?.checked_sub_signed(TimeDelta::minutes(1))?,
                };
                facts.arrival_time = Some(at.time());
                FactValue::Date(at.date())
            }
        };
        facts.put(self.fact, value);
        Some(facts)
    }

    /// The cell of a word.
    pub(super) fn cell_of_word(&self, word: &str) -> u16 {
        let Cutting::Word(words) = &self.cutting else {
            return NOT_KNOWN;
        };
        // The words are few: a walk is faster than a search.
        let named = words.iter().position(|named| **named == *word);
        counted(named.map_or(1, |place| place + 2))
    }

    /// The cell of a person.
    pub(super) fn cell_of<K: Known>(&self, facts: &K) -> u16 {
        match &self.cutting {
            Cutting::YesNo => yes_no(facts.yes_no(self.fact)),
            Cutting::Word(_) => {
                let word = facts.word(self.fact);
                word.map_or(NOT_KNOWN, |word| self.cell_of_word(word))
            }
            Cutting::Number(cuts) => place(facts.number(self.fact), cuts),
            Cutting::Date(cuts) => place(facts.date(self.fact), cuts),
            Cutting::Arrival(cuts) => {
                let time = facts.arrival_time().unwrap_or(NaiveTime::MIN);
                let day = facts.date(self.fact);
                place(day.map(|day| day.and_time(time)), cuts)
            }
        }
    }
}

pub(super) fn yes_no(said: Option<bool>) -> u16 {
    match said {
        None => NOT_KNOWN,
        Some(false) => 1,
        Some(true) => 2,
    }
}

/// The cell of a value among cuts in order.
pub(super) fn place<T: Ord + Copy>(value: Option<T>, cuts: &[T]) -> u16 {
    let Some(value) = value else { return NOT_KNOWN };
    let at_or_below = match cuts.len() {
        // Few cuts: counting them all has no branch to guess.
        0..=16 => cuts.iter().map(|cut| usize::from(*cut <= value)).sum(),
        _ => cuts.partition_point(|cut| *cut <= value),
    };
    counted(at_or_below + 1)
}

fn counted(cell: usize) -> u16 {
    u16::try_from(cell).unwrap_or(u16::MAX)
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Where the terms about a number or day begin and cease to hold.
fn cuts<'a>(fact: FactName, terms: &'a [&'a Term]) -> impl Iterator<Item = FactValue> + 'a {
    terms.iter().flat_map(move |term| {
        let mut cuts: Vec<FactValue> = Vec::new();
        for value in word_values(term, fact) {
            cuts.push(value.clone());
            cuts.extend(after(value));
        }
        match term {
            Term::Within { from, to, .. } => {
                cuts.extend(from.iter().cloned());
                cuts.extend(to.as_ref().and_then(after));
            }
            Term::AgeUnder(years) => cuts.push(FactValue::Number(*years)),
            _ => {}
        }
        cuts
    })
}
