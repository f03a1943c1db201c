//! The log sorted and indexed once, for any number of traces.

mod column;
mod contacts;
mod edit;
mod names;
mod refused;
mod visits;

use std::cmp::Ordering;

use grid_model::{PersonId, VenueId};

use self::contacts::Contacts;
use self::visits::Visits;
use crate::ContactLog;
use crate::log::{Meeting, Stay};
use crate::policy::{LogEnd, TracingPolicy};
use crate::time::Span;

pub use refused::{EditError, RefusedRow};

/// A contact by its place in a network as it was built: in order of time, then of what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactRow(pub(crate) u32);

/// A visit by its place in a network as it was built: in order of venue and time, then of what it
/// says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VisitRow(pub(crate) u32);

/// Who met whom and who was where, sorted and indexed.
///
/// Building costs n log n in the rows, whatever their order. A contact takes 28 bytes (4 for its
/// beginning, 4 for its length, 8 for the two people, 4 for setting, protection and judgement, 8
/// in the index by person) and a visit 20, where all beginnings, and all lengths, lie within 136
/// years of each other; else 4 more for each column that does not. Beside that a person number
/// up to the greatest takes 4 bytes for contacts and 4 for visits, a venue 12, and a record with
/// an id 8 bytes and its text.
#[derive(Clone, Debug)]
pub struct ContactNetwork {
    contacts: Contacts,
    visits: Visits,
    end: LogEnd,
    refused: Vec<RefusedRow>,
}

impl ContactNetwork {
    /// Sorts and indexes a log. Rows that cannot be are left out and named by [`Self::refused`].
    pub fn build(log: &ContactLog) -> Self {
        let mut refused = Vec::new();
        let contacts = Contacts::build(log, &mut refused);
        let visits = Visits::build(log, &mut refused);
        refused.sort_unstable();
        let mut network = ContactNetwork {
            contacts,
            visits,
            end: LogEnd {
                cut: log.end,
                last_seen: None,
            },
            refused,
        };
        network.end.last_seen = network.last_seen();
        network
    }

    /// The rows that were left out when building, with what to do about each.
    pub fn refused(&self) -> &[RefusedRow] {
        &self.refused
    }

    /// How many contacts there are.
    pub fn contact_count(&self) -> usize {
        self.contacts.names.holding()
    }

    /// How many visits there are.
    pub fn visit_count(&self) -> usize {
        self.visits.names.holding()
    }

    /// The id of a contact's record; empty where it has none.
    pub fn contact_id(&self, row: ContactRow) -> &str {
        self.contacts.names.id(row.0)
    }

    /// The id of a visit's record; empty where it has none.
    pub fn visit_id(&self, row: VisitRow) -> &str {
        self.visits.names.id(row.0)
    }

    /// The setting of a contact, where it is known.
    pub fn setting(&self, row: ContactRow) -> Option<&str> {
        self.setting_of(self.contacts.get(row.0)?)
    }

    pub(crate) fn setting_of(&self, meeting: Meeting) -> Option<&str> {
        self.contacts.setting(meeting)
    }

    pub(crate) fn end(&self) -> LogEnd {
        self.end
    }

    /// The contacts of a person.
    pub(crate) fn meetings_of(
        &self,
        person: PersonId,
    ) -> impl Iterator<Item = (ContactRow, Meeting)> {
        let all = self.contacts.of_person(person);
        all.map(|(row, meeting)| (ContactRow(row), meeting))
    }

    /// The visits of a person.
    pub(crate) fn stays_of(&self, person: PersonId) -> impl Iterator<Item = (VisitRow, Stay)> {
        let all = self.visits.of_person(person);
        all.map(|(row, stay)| (VisitRow(row), stay))
    }

    /// The order of two contacts by what they say, then by the ids of their records.
    pub(crate) fn contact_order(&self, a: ContactRow, b: ContactRow) -> Ordering {
        self.contacts.order(a.0, b.0)
    }

    /// The order of two visits by what they say, then by the ids of their records.
    pub(crate) fn visit_order(&self, a: VisitRow, b: VisitRow) -> Ordering {
        self.visits.order(a.0, b.0)
    }

    /// How long a contact lasted.
    pub(crate) fn meeting_span(&self, meeting: Meeting, policy: &TracingPolicy) -> Span {
        meeting.span(|| policy.contact_without_end.of(meeting.from, self.end))
    }

    /// How long a visit lasted.
    pub(crate) fn stay_span(&self, stay: Stay, policy: &TracingPolicy) -> Span {
        stay.span(|| policy.visit_without_end.of(stay.from, self.end))
    }

    /// The visits of a venue among which are all that touch one of some spans, each once. The
    /// spans come in order of their beginning.
    pub(crate) fn stays_at(
        &self,
        venue: VenueId,
        spans: &[Span],
        policy: &TracingPolicy,
    ) -> impl Iterator<Item = (VisitRow, Stay)> {
        let open_until = |from| policy.visit_without_end.of(from, self.end);
        let all = self.visits.during(venue, spans, open_until);
        all.map(|(row, stay)| (VisitRow(row), stay))
    }

    /// Whether a contact of the two, judged not close, covers part of a span.
    pub(crate) fn judged_not_close(
        &self,
        a: PersonId,
        b: PersonId,
        span: Span,
        policy: &TracingPolicy,
    ) -> bool {
        let mut judged = self.contacts.judged_not_close([a.min(b), a.max(b)]);
        judged.any(|meeting| self.meeting_span(meeting, policy).shared(span).is_some())
    }
}
