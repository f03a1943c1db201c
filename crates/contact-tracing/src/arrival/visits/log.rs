//! Who was where, sorted once.

use thiserror::Error;

use super::numbering::Numbering;

/// A person at a venue in `[from, until)`, in the log's seconds.
///
/// A stay that ends when it begins is sound, and meets nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stay {
    /// Who, by any whole number.
    pub person: u64,
    /// Where, by any whole number.
    pub venue: u64,
    /// The first second at the venue.
    pub from: i64,
    /// The first second no longer at the venue.
    pub until: i64,
}

/// Two people who were together in `[from, until)`, in the log's seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Meeting {
    /// The two. Which stands first means nothing.
    pub people: [u64; 2],
    /// The first second together.
    pub from: i64,
    /// The first second no longer together.
    pub until: i64,
}

/// Why a row was left out of the log. The rows beside it were taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum RefusedStay {
    /// A stay that ends before it begins.
    #[error(
        "visit of person {} to venue {} from second {}, until: {} is earlier; correct one of the two",
        .0.person, .0.venue, .0.from, .0.until
    )]
    StayEndsFirst(
        /// The row.
        Stay,
    ),
    /// A meeting that ends before it begins.
    #[error(
        "meeting of persons {} and {} from second {}, until: {} is earlier; correct one of the two",
        .0.people[0], .0.people[1], .0.from, .0.until
    )]
    MeetingEndsFirst(
        /// The row.
        Meeting,
    ),
    /// A meeting of a person with the same person.
    #[error(
        "meeting from second {}, person_b: {} is the same person as person_a; name the two who met",
        .0.from, .0.people[1]
    )]
    MeetsOneself(
        /// The row.
        Meeting,
    ),
    /// A row for which there is no place left.
    #[error(
        "row from second {from}: the log is full with 4294967293 stays, a meeting counting as two; split it by time"
    )]
    NoPlaceLeft {
        /// When the row begins.
        from: i64,
    },
}

/// Row numbers have 32 bits, two of whose values are taken for "none" and "the seed".
const MOST_ROWS: usize = u32::MAX as usize - 2;

/// A stay by dense numbers. The order of the fields is the order of the log.
///
/// The four stand side by side: the sweep reads all of them of each row, and where it goes back
/// to a row it wants two or three at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) from: i64,
    pub(super) venue: u32,
    pub(super) person: u32,
    pub(super) until: i64,
}

/// Stays at venues, and meetings of two, in order of time.
///
/// Takes 24 bytes a stay and twice that a meeting, and eight a person and a venue. People and
/// venues are any whole numbers; inside they are numbered densely in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitLog {
    pub(super) people: Numbering,
    pub(super) venues: Numbering,
    /// Numbers from `venues.len()` on are meetings.
    pub(super) rows: Vec<Row>,
    meetings: usize,
    /// Seconds of the longest stay: who came that long before an instant has left by then.
    pub(super) longest: u64,
    refused: Vec<RefusedStay>,
}

impl VisitLog {
    /// From stays and meetings in any order. n log n.
    ///
    /// Rows that cannot be are left out and named by [`Self::refused`].
    pub fn build(
        stays: impl IntoIterator<Item = Stay>,
        meetings: impl IntoIterator<Item = Meeting>,
    ) -> Self {
        Self::build_within(MOST_ROWS, stays, meetings)
    }

    fn build_within(
        most: usize,
        stays: impl IntoIterator<Item = Stay>,
        meetings: impl IntoIterator<Item = Meeting>,
    ) -> Self {
        let mut refused = Vec::new();
        let stays = sound_stays(most, stays, &mut refused);
        let meetings = sound_meetings(most - stays.len(), meetings, &mut refused);
        refused.sort_unstable();
        let met = meetings.iter().flat_map(|meeting| meeting.people);
        let people = Numbering::new(stays.iter().map(|stay| stay.person).chain(met).collect());
        let venues = Numbering::new(stays.iter().map(|stay| stay.venue).collect());
        let mut rows = Vec::with_capacity(stays.len() + 2 * meetings.len());
        let (person, venue) = (people.lookup(), venues.lookup());
        rows.extend(stays.iter().map(|stay| Row {
            from: stay.from,
            venue: venue.of(stay.venue),
            person: person.of(stay.person),
            until: stay.until,
        }));
        let of_their_own = (0u32..).skip(venues.len());
        rows.extend(meetings.iter().zip(of_their_own).flat_map(|(met, venue)| {
            met.people.map(|key| Row {
                from: met.from,
                venue,
                person: person.of(key),
                until: met.until,
            })
        }));
        rows.sort_unstable();
        let lengths = rows.iter().map(|row| row.until.abs_diff(row.from));
        VisitLog {
            longest: lengths.max().unwrap_or(0),
            meetings: meetings.len(),
            people,
            venues,
            rows,
            refused,
        }
    }

    /// The rows that were left out, in order.
    pub fn refused(&self) -> &[RefusedStay] {
        &self.refused
    }

    /// How many stays at venues there are.
    pub fn stay_count(&self) -> usize {
        self.rows.len() - 2 * self.meetings
    }

    /// How many meetings of two there are.
    pub fn meeting_count(&self) -> usize {
        self.meetings
    }

    /// How many people are in a row.
    pub fn people_count(&self) -> usize {
        self.people.len()
    }

    /// How many venues are in a row.
    pub fn venue_count(&self) -> usize {
        self.venues.len()
    }

    /// How many bytes the log holds, what was refused aside.
    pub fn byte_count(&self) -> usize {
        let keys = self.people.len() + self.venues.len();
        size_of::<Row>() * self.rows.capacity() + size_of::<u64>() * keys
    }
}

fn sound_stays(
    most: usize,
    stays: impl IntoIterator<Item = Stay>,
    refused: &mut Vec<RefusedStay>,
) -> Vec<Stay> {
    let mut sound = Vec::new();
    for stay in stays {
        if stay.until < stay.from {
            refused.push(RefusedStay::StayEndsFirst(stay));
        } else if sound.len() >= most {
            refused.push(RefusedStay::NoPlaceLeft { from: stay.from });
        } else {
            sound.push(stay);
        }
    }
    sound
}

/// In order, so that their venues are numbered alike whatever the order of rows.
fn sound_meetings(
    most: usize,
    meetings: impl IntoIterator<Item = Meeting>,
    refused: &mut Vec<RefusedStay>,
) -> Vec<Meeting> {
    let mut sound: Vec<Meeting> = Vec::new();
    for mut meeting in meetings {
        let [a, b] = meeting.people;
        if a == b {
            refused.push(RefusedStay::MeetsOneself(meeting));
        } else if meeting.until < meeting.from {
            refused.push(RefusedStay::MeetingEndsFirst(meeting));
        } else if 2 * (sound.len() + 1) > most {
            refused.push(RefusedStay::NoPlaceLeft { from: meeting.from });
        } else {
            meeting.people = [a.min(b), a.max(b)];
            sound.push(meeting);
        }
    }
    sound.sort_unstable();
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_place_is_named() {
        let stay = |from| Stay {
            person: 1,
            venue: 2,
            from,
            until: from,
        };
        let meeting = Meeting {
            people: [1, 2],
            from: 9,
            until: 10,
        };
        let log = VisitLog::build_within(3, [stay(1), stay(2)], [meeting]);
        assert_eq!((log.stay_count(), log.meeting_count()), (2, 0));
        assert_eq!(
            log.refused()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            [
                "row from second 9: the log is full with 4294967293 stays, a meeting counting as two; split it by time"
            ]
        );
    }
}
