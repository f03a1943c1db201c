//! Putting the closure right after a change.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::Hash;

use super::blocks::{Block, Row};
use super::log::{LiveLog, With};
use super::seats::Seat;

/// A change looks at more than it may: read the log again instead.
struct OverBudget;

/// Someone whose arrival became earlier, by the new arrival.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Earlier {
    at: i64,
    person: u32,
    /// The arrival before, up to which the person can now pass on at more contacts than it could.
    before: i64,
}

/// What is to be done yet, and how much may still be looked at.
struct Work {
    earlier: BinaryHeap<Reverse<Earlier>>,
    looks_left: usize,
}

impl Work {
    fn new(looks_left: usize) -> Self {
        Work {
            earlier: BinaryHeap::new(),
            looks_left,
        }
    }

    fn look(&mut self) -> Result<(), OverBudget> {
        self.looks_left = self.looks_left.checked_sub(1).ok_or(OverBudget)?;
        Ok(())
    }

    fn push(&mut self, at: i64, person: u32, before: i64) {
        self.earlier.push(Reverse(Earlier { at, person, before }));
    }
}

impl<Id: Clone + Ord + Hash> LiveLog<Id> {
    /// After a contact was put in.
    pub(super) fn repair_after_insertion(&mut self, row: &Row) {
        let mut work = Work::new(self.budget());
        let [a, b] = row.people;
        for (source, person) in [(a, b), (b, a)] {
            self.pass_on(source, person, (row.at, row.place), &mut work);
        }
        if self.spread(&mut work).is_err() {
            self.run_from(row.at);
        }
    }

    /// After a contact was taken out of the lists; its record still stands.
    pub(super) fn repair_after_withdrawal(&mut self, row: &Row) {
        let hung = |person: &u32| self.seats[*person as usize].is_via(row.place);
        // One of the two at most: the other could pass on before this one could.
        let Some(person) = row.people.into_iter().find(hung) else {
            return;
        };
        let mut work = Work::new(self.budget());
        if self.rejoin(person, &mut work).is_err() {
            self.run_from(row.at);
        }
    }

    /// The closure from an instant on anew; arrivals before it are final.
    pub(super) fn run_from(&mut self, at: i64) {
        let at = at.max(self.start);
        let mut reached = vec![false; self.seats.len()];
        for (reached, seat) in reached.iter_mut().zip(&mut self.seats) {
            *reached = seat.passes_on(at);
            if !seat.is_seed() && seat.since() >= at {
                *seat = Seat::UNREACHED;
            }
        }
        let in_time = std::mem::take(&mut self.in_time);
        let mut now = None;
        for block in in_time.from(at) {
            now = self.run_over(block, at, &mut reached, now);
        }
        self.in_time = in_time;
    }

    /// `now` is the instant, while it lasts, at which somebody was reached.
    fn run_over(
        &mut self,
        block: &Block,
        from: i64,
        reached: &mut [bool],
        mut now: Option<i64>,
    ) -> Option<i64> {
        let columns = block.people.iter().zip(&block.at).zip(&block.places);
        for ((&[a, b], &at), &place) in columns.skip(block.first_at(from)) {
            // One byte a person is asked first: most contacts are between two who both were
            // reached or both were not, and for them nothing else is read.
            let differ = reached[a as usize] != reached[b as usize];
            if !differ && now.is_none() {
                continue;
            }
            if now != Some(at) {
                // Who was reached was so at an earlier instant: that too is known unread.
                now = differ.then_some(at);
                if differ {
                    let person = if reached[a as usize] { b } else { a };
                    self.seats[person as usize] = Seat::reached(at, place);
                    reached[person as usize] = true;
                }
                continue;
            }
            // Somebody was reached at this very instant, who does not pass on at it, and for whom
            // another contact may be the evidence that goes before.
            for (source, person) in [(a, b), (b, a)] {
                if self.seats[source as usize].passes_on(at)
                    && self.take(person, at, place).is_some()
                {
                    reached[person as usize] = true;
                }
            }
        }
        now
    }

    /// Passes earlier arrivals on, in order of time, to whomever they make earlier.
    fn spread(&mut self, work: &mut Work) -> Result<(), OverBudget> {
        while let Some(Reverse(earlier)) = work.earlier.pop() {
            // A person whose arrival became earlier twice stands here twice. The two stretches of
            // time, from each arrival to the one before, together are the whole.
            let mut next = self.first_after(earlier.person, earlier.at);
            while let Some(with) = self.meeting(earlier.person, next)
                && with.at <= earlier.before
            {
                work.look()?;
                self.pass_on(earlier.person, with.other, (with.at, with.place), work);
                next += 1;
            }
        }
        Ok(())
    }

    /// Takes a person out with all who hang on it, and joins each to those who stayed.
    fn rejoin(&mut self, person: u32, work: &mut Work) -> Result<(), OverBudget> {
        let out = self.take_out(person, work)?;
        for (person, before) in out {
            self.join(person, before, work)?;
        }
        self.spread(work)
    }

    /// The people whose path leads over a person, it included, each with the arrival it had.
    fn take_out(&mut self, person: u32, work: &mut Work) -> Result<Vec<(u32, i64)>, OverBudget> {
        let mut out = vec![(person, self.unseat(person))];
        let mut done = 0;
        while let Some(&(person, before)) = out.get(done) {
            let mut next = self.first_after(person, before);
            while let Some(with) = self.meeting(person, next) {
                work.look()?;
                if self.seats[with.other as usize].is_via(with.place) {
                    out.push((with.other, self.unseat(with.other)));
                }
                next += 1;
            }
            done += 1;
        }
        Ok(out)
    }

    /// Seats a person again by the earliest contact with somebody who can pass on: none before the
    /// arrival there was, since taking a contact out makes nobody earlier.
    fn join(&mut self, person: u32, before: i64, work: &mut Work) -> Result<(), OverBudget> {
        let mut next = self.meetings[person as usize].partition_point(|with| with.at < before);
        while let Some(with) = self.meeting(person, next)
            && !self.seats[person as usize].is_before(with.at)
        {
            work.look()?;
            if self.seats[with.other as usize].passes_on(with.at) {
                self.take(person, with.at, with.place);
            }
            next += 1;
        }
        if let Some((at, _)) = self.seats[person as usize].arrival() {
            work.push(at, person, i64::MAX);
        }
        Ok(())
    }

    fn meeting(&self, person: u32, index: usize) -> Option<With> {
        self.meetings[person as usize].get(index).copied()
    }

    /// The first of a person's contacts later than an instant.
    fn first_after(&self, person: u32, at: i64) -> usize {
        self.meetings[person as usize].partition_point(|with| with.at <= at)
    }

    fn unseat(&mut self, person: u32) -> i64 {
        std::mem::replace(&mut self.seats[person as usize], Seat::UNREACHED).since()
    }

    /// Notes what a contact brings, and that it is to be passed on.
    fn pass_on(&mut self, source: u32, person: u32, (at, place): (i64, u32), work: &mut Work) {
        if self.seats[source as usize].passes_on(at)
            && let Some(before) = self.take(person, at, place)
        {
            work.push(at, person, before);
        }
    }

    /// Seats a person by a contact with somebody who can pass on, if that is earlier than it was
    /// seated or is the evidence that goes before; the arrival before where it became earlier.
    fn take(&mut self, person: u32, at: i64, place: u32) -> Option<i64> {
        let seat = self.seats[person as usize];
        if seat.is_unreached() || (at < seat.since() && !seat.is_seed()) {
            self.seats[person as usize] = Seat::reached(at, place);
            return Some(seat.since());
        }
        if let Some((since, via)) = seat.arrival()
            && since == at
            && self.goes_before(person, place, via)
        {
            self.seats[person as usize] = Seat::reached(at, place);
        }
        None
    }
}
