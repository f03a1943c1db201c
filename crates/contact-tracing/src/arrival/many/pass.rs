//! One pass over the log for as many closures as a row has bits.

use std::ops::Range;

use petgraph::unionfind::UnionFind;

use super::Origin;
use super::rows::{Row, Rows, beyond, bit, or};
use crate::arrival::log::index;
use crate::arrival::ties::Piece;
use crate::arrival::{InstantLog, Mode};

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
/// who hang together.
pub(super) fn pass<const W: usize>(
    log: &InstantLog,
    origins: &[Origin],
    shared: Shared,
    fresh: impl FnMut(u32, u32, Row<W>),
) -> Rows<W> {
    let mut pass = Pass {
        log,
        shared,
        rows: Rows::new(log.people.bound()),
        brought: Vec::new(),
        fresh,
    };
    let mut begins: Vec<(usize, usize, u32)> = (0..)
        .zip(origins)
        .filter_map(|(place, origin)| {
            let (person, edge) = (*origin)?;
            Some((edge, place, person))
        })
        .collect();
    begins.sort_unstable();
    // Between one beginning and the next all that runs is the same for every bit.
    if shared == Shared::Back {
        let ends = begins.iter().map(|begin| begin.0);
        let starts = ends.rev().skip(1).chain([0]).collect::<Vec<_>>();
        for (&(end, place, person), start) in begins.iter().rev().zip(starts) {
            pass.begin(place, person);
            pass.run(start..end);
        }
    } else {
        let starts = begins.iter().map(|begin| begin.0);
        let ends = starts
            .skip(1)
            .chain([log.contact_count()])
            .collect::<Vec<_>>();
        for (&(start, place, person), end) in begins.iter().zip(ends) {
            pass.begin(place, person);
            pass.run(start..end);
        }
    }
    pass.rows
}

struct Pass<'log, const W: usize, F> {
    log: &'log InstantLog,
    shared: Shared,
    rows: Rows<W>,
    /// What contacts of a tied instant bring, kept until all of them were read.
    brought: Vec<(u32, u32, Row<W>)>,
    fresh: F,
}

impl<const W: usize, F: FnMut(u32, u32, Row<W>)> Pass<'_, W, F> {
    fn begin(&mut self, place: usize, person: u32) {
        let row = &mut self.rows.all_mut()[person as usize];
        *row = or(*row, bit(place));
    }

    fn run(&mut self, rows: Range<usize>) {
        if rows.is_empty() {
            return;
        }
        let pieces = self.log.ties().cut(rows);
        match self.shared {
            Shared::Back => {
                for Piece { untied, tied } in pieces.rev() {
                    self.strictly(tied);
                    self.exchange(untied.rev());
                }
            }
            _ => {
                for Piece { untied, tied } in pieces {
                    self.exchange(untied);
                    match self.shared {
                        Shared::AtOnce => self.at_once(tied),
                        _ => self.strictly(tied),
                    }
                }
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
    fn strictly(&mut self, tied: Range<usize>) {
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
