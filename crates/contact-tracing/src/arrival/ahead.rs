//! The contacts of a few people, in order of time or against it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use super::index::{ContactIndex, Meeting};

/// The contacts of those added so far, the next one first: with the order of time, or against it
/// (`BACK`). Nobody else's contacts are touched, so that a closure of few people costs only theirs.
pub(super) struct Ahead<'a, 'log, const BACK: bool> {
    index: &'a ContactIndex<'log>,
    /// The next contact of each.
    heap: BinaryHeap<Reverse<Next>>,
}

/// The key of a contact, whose it is, and the place among that person's.
type Next = (u32, u32, usize);

impl<'a, 'log, const BACK: bool> Ahead<'a, 'log, BACK> {
    pub(super) fn new(index: &'a ContactIndex<'log>) -> Self {
        let heap = BinaryHeap::new();
        Ahead { index, heap }
    }

    /// Adds a person's contacts from a row on, or those before it.
    pub(super) fn add(&mut self, person: u32, edge: usize) {
        let meetings = self.index.meetings(person);
        let place = meetings.partition_point(|meeting| (meeting.contact as usize) < edge);
        let place = if BACK {
            place.checked_sub(1)
        } else {
            Some(place)
        };
        let next = place.and_then(|place| Self::entry(meetings, person, place));
        self.heap.extend(next.map(Reverse));
    }

    fn entry(meetings: &[Meeting], person: u32, place: usize) -> Option<Next> {
        let contact = meetings.get(place)?.contact;
        Some((if BACK { !contact } else { contact }, person, place))
    }
}

impl<const BACK: bool> Iterator for Ahead<'_, '_, BACK> {
    /// A contact, and whom the person added meets at it.
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        let mut top = self.heap.peek_mut()?;
        let Reverse((key, person, place)) = *top;
        let meetings = self.index.meetings(person);
        let next = if BACK {
            place.checked_sub(1)
        } else {
            Some(place + 1)
        };
        match next.and_then(|next| Self::entry(meetings, person, next)) {
            Some(next) => *top = Reverse(next),
            None => {
                PeekMut::pop(top);
            }
        }
        Some((if BACK { !key } else { key }, meetings[place].other))
    }
}
