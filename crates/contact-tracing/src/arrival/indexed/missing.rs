//! The people whom a closure has not reached yet, each by its own contacts.
//!
//! Nearly everybody whom a missing person meets has been reached, so that its first contact ahead
//! is nearly always the one. The others are of use once somebody missing is reached.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::Walk;
use crate::arrival::index::Meeting;

impl<const BACK: bool> Walk<'_, '_, BACK> {
    /// A heap with the contacts ahead that reach one of them.
    pub(super) fn missing_only(&mut self, rows: Range<usize>) {
        let mut heap = self.first_of_missing(&rows);
        while let Some(Reverse((contact, person))) = heap.pop() {
            let contact = key::<BACK>(contact);
            if !self.rule.reach(person, contact) {
                continue;
            }
            let rows = if BACK {
                rows.start..contact as usize
            } else {
                contact as usize..rows.end
            };
            let to_missing = self.index.ahead::<BACK>(person, &rows).filter(|meeting| {
                !self.rule.reached[meeting.other as usize]
                    && !self.log.is_at_instant_of(meeting.contact as usize, contact)
            });
            heap.extend(
                to_missing.map(|meeting| Reverse((key::<BACK>(meeting.contact), meeting.other))),
            );
        }
    }

    /// For each person still missing the first contact ahead with someone who has been reached.
    fn first_of_missing(&self, rows: &Range<usize>) -> BinaryHeap<Reverse<(u32, u32)>> {
        let edge = if BACK {
            rows.end.saturating_sub(1)
        } else {
            rows.start
        };
        if rows.is_empty() {
            return BinaryHeap::new();
        }
        // The rows may begin in the midst of an instant, whose first contacts have been read.
        let instant = self.log.instant_of(edge);
        let is_now = |contact: u32| instant.contains(&(contact as usize));
        let can_pass_on = |meeting: &Meeting| {
            let other = meeting.other as usize;
            self.rule.reached[other] && !(is_now(meeting.contact) && is_now(self.rule.via[other]))
        };
        let first = self.rule.missing().filter_map(|person| {
            let mut meetings = self.index.ahead::<BACK>(person, rows);
            let meeting = meetings.find(can_pass_on)?;
            Some(Reverse((key::<BACK>(meeting.contact), person)))
        });
        first.collect()
    }
}

/// What orders contacts by which comes next. Its own reverse.
fn key<const BACK: bool>(contact: u32) -> u32 {
    if BACK { !contact } else { contact }
}
