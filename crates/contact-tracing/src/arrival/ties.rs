//! Instants at which somebody is met more than once.

use std::ops::Range;

use super::InstantLog;
use super::log::index;

/// Where order inside an instant could matter, and how many people there are.
///
/// With contacts in order of time "strictly later than reached" can only be broken by an earlier
/// contact of the same instant that has one of the two people. Where an instant has no such
/// contact its contacts can be taken one after the other without ever reading a time. Found once:
/// one pass, with the last instant of each person.
#[derive(Clone, Debug, Default)]
pub(super) struct Ties {
    /// The contacts of each tied instant, in order.
    pub(super) ranges: Vec<Range<u32>>,
    /// How many contacts these are.
    pub(super) contacts: usize,
    /// How many people are in any contact.
    pub(super) people: usize,
}

const NEVER: u32 = u32::MAX;

impl Ties {
    pub(super) fn find(log: &InstantLog) -> Self {
        let mut last = vec![NEVER; log.people.bound()];
        let mut ties = Ties::default();
        let mut until = 0;
        for (contact, (&[a, b], &rank)) in log.pairs.iter().zip(&log.at).enumerate() {
            let of_a = std::mem::replace(&mut last[a as usize], rank);
            let of_b = std::mem::replace(&mut last[b as usize], rank);
            ties.people += usize::from(of_a == NEVER) + usize::from(of_b == NEVER);
            if (of_a == rank || of_b == rank) && contact >= until {
                let instant = log.instant_of(contact);
                until = instant.end;
                ties.contacts += instant.len();
                ties.ranges.push(index(instant.start)..index(instant.end));
            }
        }
        ties
    }

    /// Whether hardly any contact is in a tied instant: a log of a community by the second, and
    /// not one that was taken every twenty seconds.
    pub(super) fn are_rare(&self, log: &InstantLog) -> bool {
        self.contacts <= log.contact_count() / 16
    }

    /// The end of the instant of a contact if that instant is tied, else the contact after it.
    pub(super) fn end_of(&self, contact: u32) -> u32 {
        let place = self.ranges.partition_point(|tied| tied.end <= contact);
        match self.ranges.get(place) {
            Some(tied) if tied.start <= contact => tied.end,
            _ => contact + 1,
        }
    }

    /// Cuts a range of contacts at the tied instants: first a range without ties, then a tied
    /// instant, and so on. Either may be empty.
    pub(super) fn cut(&self, rows: Range<usize>) -> impl DoubleEndedIterator<Item = Piece> {
        let first = self
            .ranges
            .partition_point(|tied| tied.end as usize <= rows.start);
        let last = self
            .ranges
            .partition_point(|tied| (tied.start as usize) < rows.end);
        let tied = self.ranges.get(first..last).unwrap_or_default();
        let (start, end) = (rows.start, rows.end);
        (0..=tied.len()).map(move |place| {
            let before = match place.checked_sub(1).and_then(|place| tied.get(place)) {
                Some(tied) => tied.end as usize,
                None => start,
            };
            let here = tied.get(place).map_or(end..end, |tied| {
                (tied.start as usize).max(start)..(tied.end as usize).min(end)
            });
            Piece {
                untied: before..here.start.max(before),
                tied: here,
            }
        })
    }
}

/// Contacts that can be taken one by one, and those of a tied instant after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) untied: Range<usize>,
    pub(super) tied: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tied_instants_are_those_where_somebody_is_met_twice() {
        let log = InstantLog::build([
            (1, 1, 2),
            (2, 1, 3),
            (2, 3, 4),
            (2, 5, 6),
            (3, 1, 2),
            (3, 3, 4),
            (4, 1, 2),
            (4, 1, 2),
        ]);
        let ties = log.ties();
        assert_eq!((ties.contacts, ties.people), (5, 6));
        let pieces: Vec<Piece> = ties.cut(0..8).collect();
        let piece = |untied, tied| Piece { untied, tied };
        assert_eq!(
            pieces,
            [piece(0..1, 1..4), piece(4..6, 6..8), piece(8..8, 8..8)]
        );
        let pieces: Vec<Piece> = ties.cut(4..5).collect();
        assert_eq!(pieces, [piece(4..5, 5..5)]);
    }
}
