//! Where each person stands: since when reached, and by which contact.

/// In place of a contact: nobody reached the person.
const NONE: u32 = u32::MAX;
/// In place of a contact: the person is a seed.
const SEED: u32 = u32::MAX - 1;

/// The numbers of contacts and people end before the two words above.
pub(super) const MOST: usize = SEED as usize;

/// Since when a person is reached, and by which contact.
///
/// Side by side, since whoever asks for the one soon asks for the other: one cache line, not two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    /// The arrival; of a seed the start; the end of time for who is not reached.
    since: i64,
    via: u32,
}

impl Seat {
    pub(super) const UNREACHED: Seat = Seat {
        since: i64::MAX,
        via: NONE,
    };

    pub(super) fn seed(start: i64) -> Self {
        Seat {
            since: start,
            via: SEED,
        }
    }

    pub(super) fn reached(at: i64, contact: u32) -> Self {
        Seat {
            since: at,
            via: contact,
        }
    }

    /// Whether the person can pass on at a contact of that instant.
    pub(super) fn passes_on(self, at: i64) -> bool {
        // Nothing is added to an instant, so that there is none at which it overflows.
        self.since < at || (self.since == at && self.via == SEED)
    }

    pub(super) fn is_seed(self) -> bool {
        self.via == SEED
    }

    pub(super) fn is_unreached(self) -> bool {
        self.via == NONE
    }

    /// The arrival, with the contact that brought it.
    pub(super) fn arrival(self) -> Option<(i64, u32)> {
        (self.via < SEED).then_some((self.since, self.via))
    }

    /// As [`Self::arrival`]; the end of time for who is not reached.
    pub(super) fn since(self) -> i64 {
        self.since
    }

    /// Whether the person was reached before an instant.
    pub(super) fn is_before(self, at: i64) -> bool {
        self.via != NONE && self.since < at
    }

    pub(super) fn is_via(self, contact: u32) -> bool {
        self.via == contact
    }
}
