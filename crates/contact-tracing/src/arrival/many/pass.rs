//! One pass over the log for as many closures as a row has bits.

use std::ops::Range;

use petgraph::unionfind::UnionFind;

use super::onset::Onset;
use super::rows::{Row, Rows, beyond, bit, or};
use crate::arrival::log::index;
use crate::arrival::marked::Marked;
use crate::arrival::ties::Piece;
use crate::arrival::{ContactIndex, InstantLog, Mode};

/// Contacts between two looks at how many of the next could still bring anything.
const STRETCH: usize = 1 << 17;
/// At so many of the next contacts is looked,
const LOOKS: usize = 2_048;
/// and if not more than one in so many could bring anything, those of the missing are marked.
const QUIET: usize = 256;

/// Which closures share passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shared {
    /// Who is reached passes on at later instants.
    Strict,
    /// Who is reached passes on at once.
    AtOnce,
    /// Strict, against the order of time.
    Back,
}

impl Shared {
    /// How closures of a mode share passes; nothing if they need more than a bit a seed.
    pub(super) fn of(mode: Mode) -> Option<Self> {
        match mode {
            Mode::Strict => Some(Shared::Strict),
            Mode::NonStrict | Mode::Delayed(0) => Some(Shared::AtOnce),
            Mode::Delayed(_) | Mode::Window { .. } | Mode::Hops(_) => None,
        }
    }
}

/// The rows of everyone at the end of a pass. Origins have their own bits.
///
/// `fresh` hears of what each contact brought: to whom, by which contact, for which seeds. Within
/// an instant at which someone is met twice that is in the order of contacts, or of the people
/// who hang together. Of contacts that an onset has found already it hears nothing. With an index
/// the end of the pass looks at the contacts of those still missing alone.
pub(super) fn pass<const W: usize>(
    log: &InstantLog,
    index: Option<&ContactIndex<'_>>,
    onsets: &[Onset],
    shared: Shared,
    fresh: impl FnMut(u32, u32, Row<W>),
) -> Rows<W> {
    let mut pass = Pass {
        log,
        shared,
        rows: Rows::new(log.people.bound()),
        everything: [0; W],
        brought: Vec::new(),
        fresh,
    };
    let back = shared == Shared::Back;
    let edges = onsets.iter().map(|onset| onset.edge);
    let edge = if back { edges.max() } else { edges.min() }.unwrap_or_default();
    pass.begin_at_first_people(onsets, edge);
    let begins = beginnings(onsets, edge, back);
    let end = if back { 0 } else { log.contact_count() };
    let bits = begins.iter().filter(|begin| begin.row != end);
    pass.everything = bits.fold([0; W], |row, begin| or(row, bit(begin.bit)));
    let ends = begins.iter().map(|begin| begin.row).skip(1).chain([end]);
    // Between one beginning and the next all that runs is the same for every bit.
    for (begin, to) in begins.iter().zip(ends) {
        pass.begin(begin.bit, begin.person);
        let from = begin.row;
        let rows = if back { to..from } else { from..to };
        match index.filter(|_| to == end) {
            Some(index) => pass.run_to_the_end(rows, index),
            None => pass.run(rows),
        }
    }
    pass.rows
}

/// From which row on, or up to which if against the order of time, a bit is handed on.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Beginning {
    row: usize,
    bit: usize,
    person: u32,
}

/// In the order in which a pass comes to them; none is outside of the rows it reads.
fn beginnings(onsets: &[Onset], edge: usize, back: bool) -> Vec<Beginning> {
    let beginning = |(bit, onset): (usize, &Onset)| {
        let (person, begins) = onset.origin?;
        let row = if back {
            begins.min(edge)
        } else {
            begins.max(edge)
        };
        Some(Beginning { row, bit, person })
    };
    let mut begins: Vec<Beginning> = onsets.iter().enumerate().filter_map(beginning).collect();
    begins.sort_unstable();
    if back {
        begins.reverse();
    }
    begins
}

struct Pass<'log, const W: usize, F> {
    log: &'log InstantLog,
    shared: Shared,
    rows: Rows<W>,
    /// The bits of all closures that have a contact to begin with.
    everything: Row<W>,
    /// What contacts of a tied instant bring, kept until all of them were read.
    brought: Vec<(u32, u32, Row<W>)>,
    fresh: F,
}

impl<const W: usize, F: FnMut(u32, u32, Row<W>)> Pass<'_, W, F> {
    fn begin(&mut self, place: usize, person: u32) {
        let row = &mut self.rows.all_mut()[person as usize];
        *row = or(*row, bit(place));
    }

    /// Those whom onsets reached outside of the rows that the pass reads.
    fn begin_at_first_people(&mut self, onsets: &[Onset], edge: usize) {
        for (bit, onset) in onsets.iter().enumerate() {
            for &(contact, person) in &onset.first {
                if (contact as usize >= edge) == (self.shared == Shared::Back) {
                    self.begin(bit, person);
                }
            }
        }
    }

    fn run(&mut self, rows: Range<usize>) {
        if rows.is_empty() {
            return;
        }
        let shared = self.shared;
        let pieces = self.log.ties().cut(rows);
        let piece = |Piece { untied, tied }| match shared {
            Shared::Back => {
                self.strictly(tied);
                self.exchange(untied.rev());
            }
            Shared::Strict => {
                self.exchange(untied);
                self.strictly(tied);
            }
            Shared::AtOnce => {
                self.exchange(untied);
                self.at_once(tied);
            }
        };
        match shared {
            Shared::Back => pieces.rev().for_each(piece),
            _ => pieces.for_each(piece),
        }
    }

    /// As [`run`](Self::run), by stretches, until few contacts ahead can bring anything; then only
    /// those. Strict walks alone.
    fn run_to_the_end(&mut self, mut rows: Range<usize>, index: &ContactIndex<'_>) {
        while !rows.is_empty() && !self.is_quiet(rows.clone()) {
            // Whole instants, or who is reached in the first half of one would pass on in its
            // second.
            let stretch;
            (stretch, rows) = if self.shared == Shared::Back {
                let edge = rows.end.saturating_sub(STRETCH).max(rows.start);
                let edge = self.log.instant_of(edge).start.max(rows.start);
                (edge..rows.end, rows.start..edge)
            } else {
                let edge = (rows.start + STRETCH).min(rows.end);
                let edge = self.log.instant_of(edge - 1).end.min(rows.end);
                (rows.start..edge, edge..rows.end)
            };
            self.run(stretch);
        }
        if self.shared == Shared::Back {
            self.missing_only::<true>(rows, index);
        } else {
            self.missing_only::<false>(rows, index);
        }
    }

    /// Whether two people who have all there is to have meet at nearly all of the next contacts.
    fn is_quiet(&self, rows: Range<usize>) -> bool {
        let next = if self.shared == Shared::Back {
            rows.end.saturating_sub(LOOKS).max(rows.start)..rows.end
        } else {
            rows.start..rows.end.min(rows.start + LOOKS)
        };
        let has = self.rows.all();
        let is_missing = |&person: &u32| has[person as usize] != self.everything;
        let pairs = &self.log.pairs[next];
        let stirring = pairs.iter().filter(|pair| pair.iter().any(is_missing));
        stirring.count() * QUIET <= pairs.len()
    }

    /// The contacts of those who have not everything yet, of each up to the first with someone who
    /// has: no other can bring anything, since from there on it has everything too.
    fn missing_only<const BACK: bool>(&mut self, rows: Range<usize>, index: &ContactIndex<'_>) {
        let has = self.rows.all();
        let has_everything = |person: u32| has[person as usize] == self.everything;
        let missing = (0u32..)
            .zip(has)
            .filter(|(_, row)| **row != self.everything);
        let useful = missing.flat_map(|(person, _)| {
            let mut is_done = false;
            let meetings = index.ahead::<BACK>(person, &rows);
            let until_done = meetings.take_while(move |meeting| {
                !std::mem::replace(&mut is_done, has_everything(meeting.other))
            });
            until_done.map(|meeting| meeting.contact)
        });
        let marked = Marked::of(rows.clone(), useful);
        let pieces = self.log.ties().cut(rows);
        if BACK {
            for Piece { untied, tied } in pieces.rev() {
                self.strictly(marked.ahead(tied));
                self.exchange(marked.back(untied));
            }
        } else {
            for Piece { untied, tied } in pieces {
                self.exchange(marked.ahead(untied));
                self.strictly(marked.ahead(tied));
            }
        }
    }

    /// Both rows are written whether they differ or not: to ask first would cost more, since on
    /// most days they do for some seed or other and no processor guesses when.
    fn exchange(&mut self, contacts: impl Iterator<Item = usize>) {
        let (pairs, rows) = (&self.log.pairs[..], self.rows.all_mut());
        for contact in contacts {
            let [a, b] = pairs[contact];
            let (x, y) = (rows[a as usize], rows[b as usize]);
            let both = or(x, y);
            rows[a as usize] = both;
            rows[b as usize] = both;
            (self.fresh)(a, index(contact), beyond(y, x));
            (self.fresh)(b, index(contact), beyond(x, y));
        }
    }

    /// All contacts of a tied instant are read before any is written.
    fn strictly(&mut self, tied: impl Iterator<Item = usize>) {
        let rows = self.rows.all();
        for contact in tied {
            let [a, b] = self.log.pairs[contact];
            let (x, y) = (rows[a as usize], rows[b as usize]);
            self.brought.push((a, index(contact), y));
            self.brought.push((b, index(contact), x));
        }
        for (person, contact, brought) in self.brought.drain(..) {
            let row = &mut self.rows.all_mut()[person as usize];
            (self.fresh)(person, contact, beyond(brought, *row));
            *row = or(*row, brought);
        }
    }

    /// Those who hang together at a tied instant all get what any of them had.
    fn at_once(&mut self, tied: Range<usize>) {
        let first = index(tied.start);
        let pairs = &self.log.pairs[tied];
        let mut people: Vec<u32> = pairs.iter().copied().flatten().collect();
        people.sort_unstable();
        people.dedup();
        let place = |person: u32| people.partition_point(|&other| other < person);
        let mut joined = UnionFind::<usize>::new(people.len());
        for &pair in pairs {
            let [a, b] = pair.map(place);
            joined.union(a, b);
        }
        let group_of = joined.into_labeling();
        let mut groups = vec![[0; W]; people.len()];
        for (&person, &group) in people.iter().zip(&group_of) {
            groups[group] = or(groups[group], self.rows.all()[person as usize]);
        }
        for (&person, &group) in people.iter().zip(&group_of) {
            let row = &mut self.rows.all_mut()[person as usize];
            (self.fresh)(person, first, beyond(groups[group], *row));
            *row = groups[group];
        }
    }
}
