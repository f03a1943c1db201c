//! What was seen: who met whom, and who was where.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::{AsOf, Ledger, PersonId, VenueId};

use crate::time::seconds;
use crate::{Contact, Judgement, Visit};

/// A setting by its number: in a log in order of arrival, in a network in order of the words.
pub(crate) type SettingNumber = u32;

/// Two people who met, as the log and the network keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Meeting {
    pub(crate) from: i64,
    pub(crate) until: Option<i64>,
    /// The lesser person first.
    pub(crate) people: [PersonId; 2],
    pub(crate) setting: Option<SettingNumber>,
    pub(crate) protected: Option<bool>,
    pub(crate) judged: Option<Judgement>,
    pub(crate) id: TextRange,
}

impl Meeting {
    /// The other of the two.
    pub(crate) fn other(&self, person: PersonId) -> PersonId {
        let [a, b] = self.people;
        if a == person { b } else { a }
    }
}

/// A person at a venue, as the log and the network keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stay {
    pub(crate) venue: VenueId,
    pub(crate) from: i64,
    pub(crate) person: PersonId,
    pub(crate) until: Option<i64>,
    pub(crate) id: TextRange,
}

/// Where an id stands in the log's one stretch of text; empty for a row without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TextRange {
    start: usize,
    len: usize,
}

/// Every id one after the other: a million rows cost one allocation, not a million.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids(String);

impl Ids {
    fn add(&mut self, id: &str) -> TextRange {
        let start = self.0.len();
        self.0.push_str(id);
        TextRange {
            start,
            len: id.len(),
        }
    }

    pub(crate) fn get(&self, range: TextRange) -> &str {
        self.0
            .get(range.start..range.start + range.len)
            .unwrap_or("")
    }
}

/// Contacts and visits, in any order.
///
/// A gathering of 500 is 500 visits, never 124,750 pairs.
#[derive(Clone, Debug, Default)]
pub struct ContactLog {
    pub(crate) meetings: Vec<Meeting>,
    pub(crate) stays: Vec<Stay>,
    pub(crate) settings: BTreeMap<Box<str>, SettingNumber>,
    pub(crate) ids: Ids,
    /// Nothing is held to have gone on at or after this instant.
    pub(crate) end: Option<i64>,
}

impl ContactLog {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// What two ledgers held as of a day and had happened by its end, cut off at that end.
    pub fn as_of(contacts: &Ledger<Contact>, visits: &Ledger<Visit>, as_of: AsOf) -> Self {
        let mut log = ContactLog {
            end: Some(seconds(as_of.end())),
            ..ContactLog::default()
        };
        for held in contacts.happened(as_of) {
            log.record_contact(held.record, held.what);
        }
        for held in visits.happened(as_of) {
            log.record_visit(held.record, held.what);
        }
        log
    }

    /// Notes that two people met; pass `None` where the end is not known.
    pub fn contact(
        &mut self,
        a: PersonId,
        b: PersonId,
        from: NaiveDateTime,
        until: impl Into<Option<NaiveDateTime>>,
    ) -> &mut Self {
        self.record_contact(
            "",
            &Contact {
                person_a: a,
                person_b: b,
                from,
                until: until.into(),
                setting: None,
                protected: None,
                judged: None,
            },
        )
    }

    /// Notes that a person was at a venue; pass `None` where the end is not known.
    pub fn visit(
        &mut self,
        person: PersonId,
        venue: VenueId,
        from: NaiveDateTime,
        until: impl Into<Option<NaiveDateTime>>,
    ) -> &mut Self {
        let until = until.into();
        self.record_visit(
            "",
            &Visit {
                person,
                venue,
                from,
                until,
            },
        )
    }

    /// Notes a contact under the id of its record, which the evidence will cite.
    pub fn record_contact(&mut self, id: &str, contact: &Contact) -> &mut Self {
        let setting = contact
            .setting
            .as_deref()
            .and_then(|setting| self.number_of(setting));
        let (a, b) = (contact.person_a, contact.person_b);
        self.meetings.push(Meeting {
            from: seconds(contact.from),
            until: contact.until.map(seconds),
            people: [a.min(b), a.max(b)],
            setting,
            protected: contact.protected,
            judged: contact.judged,
            id: self.ids.add(id),
        });
        self
    }

    /// Notes a visit under the id of its record, which the evidence will cite.
    pub fn record_visit(&mut self, id: &str, visit: &Visit) -> &mut Self {
        self.stays.push(Stay {
            venue: visit.venue,
            from: seconds(visit.from),
            person: visit.person,
            until: visit.until.map(seconds),
            id: self.ids.add(id),
        });
        self
    }

    /// Cuts the log off: nothing is held to have gone on at or after this instant.
    pub fn ends_at(&mut self, end: NaiveDateTime) -> &mut Self {
        self.end = Some(seconds(end));
        self
    }

    /// How many contacts are noted.
    pub fn contact_count(&self) -> usize {
        self.meetings.len()
    }

    /// How many visits are noted.
    pub fn visit_count(&self) -> usize {
        self.stays.len()
    }

    fn number_of(&mut self, setting: &str) -> Option<SettingNumber> {
        if let Some(&number) = self.settings.get(setting) {
            return Some(number);
        }
        // More than four thousand million settings do not fit into memory.
        let number = SettingNumber::try_from(self.settings.len()).ok()?;
        self.settings.insert(setting.into(), number);
        Some(number)
    }
}
