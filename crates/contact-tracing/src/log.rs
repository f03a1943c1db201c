//! What was seen: who met whom, and who was where.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::{AsOf, Ledger, PersonId, VenueId};

use crate::time::seconds;
use crate::{Contact, Judgement, Visit};

/// Two people who met, as the log and the network hand it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Meeting {
    pub(crate) from: i64,
    /// The lesser person first.
    pub(crate) people: [PersonId; 2],
    pub(crate) until: Option<i64>,
    pub(crate) kind: Kind,
}

impl Meeting {
    /// The other of the two.
    pub(crate) fn other(&self, person: PersonId) -> PersonId {
        let [a, b] = self.people;
        if a == person { b } else { a }
    }
}

/// Setting, protection and judgement of a contact in four bytes.
///
/// The two lowest bits are the judgement, the next two the protection, 0 for what is not known;
/// the others are one more than the number of the setting, 0 where it is not known. So kinds
/// sort by setting, then protection, then judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind(u32);

impl Kind {
    /// The greatest number of settings: as many different words take over ten gigabytes.
    const SETTINGS: u32 = (1 << 28) - 1;

    pub(crate) fn new(
        setting: Option<u32>,
        protected: Option<bool>,
        judged: Option<Judgement>,
    ) -> Self {
        let setting = setting.map_or(0, |number| number.min(Self::SETTINGS - 1) + 1);
        let protected = protected.map_or(0, |protected| 1 + u32::from(protected));
        let judged = match judged {
            None => 0,
            Some(Judgement::Close) => 1,
            Some(Judgement::NotClose) => 2,
        };
        Kind(setting << 4 | protected << 2 | judged)
    }

    /// The number of the setting.
    pub(crate) fn setting(self) -> Option<u32> {
        (self.0 >> 4).checked_sub(1)
    }

    pub(crate) fn protected(self) -> Option<bool> {
        Some((self.0 >> 2 & 3).checked_sub(1)? == 1)
    }

    pub(crate) fn judged(self) -> Option<Judgement> {
        match self.0 & 3 {
            1 => Some(Judgement::Close),
            2 => Some(Judgement::NotClose),
            _ => None,
        }
    }

    /// The same in a setting of another number.
    pub(crate) fn in_setting(self, setting: Option<u32>) -> Self {
        Kind::new(setting, self.protected(), self.judged())
    }
}

/// A person at a venue, as the log and the network hand it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stay {
    pub(crate) venue: VenueId,
    pub(crate) from: i64,
    pub(crate) person: PersonId,
    pub(crate) until: Option<i64>,
}

/// Every id one after the other: a million rows cost one allocation, not a million.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    text: String,
    ends: Vec<usize>,
}

impl Ids {
    fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
    }

    /// The id of a row; empty where it has none.
    pub(crate) fn get(&self, row: usize) -> &str {
        let end_of = |row: usize| self.ends.get(row).copied();
        let start = row.checked_sub(1).map_or(Some(0), end_of);
        let range = start.zip(end_of(row)).map(|(start, end)| start..end);
        range.and_then(|range| self.text.get(range)).unwrap_or("")
    }
}

/// Contacts and visits, in any order.
///
/// A gathering of 500 is 500 visits, never 124,750 pairs. A contact takes 40 bytes and a visit
/// 32, with the text of its id and 8 bytes for where it ends.
#[derive(Clone, Debug, Default)]
pub struct ContactLog {
    pub(crate) meetings: Vec<Meeting>,
    pub(crate) stays: Vec<Stay>,
    pub(crate) meeting_ids: Ids,
    pub(crate) stay_ids: Ids,
    /// The number of each setting, in order of arrival.
    pub(crate) settings: BTreeMap<Box<str>, u32>,
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
        let setting = contact.setting.as_deref();
        let setting = setting.and_then(|setting| self.number_of(setting));
        self.meetings.push(Meeting::of(contact, setting));
        self.meeting_ids.push(id);
        self
    }

    /// Notes a visit under the id of its record, which the evidence will cite.
    pub fn record_visit(&mut self, id: &str, visit: &Visit) -> &mut Self {
        self.stays.push(Stay::of(visit));
        self.stay_ids.push(id);
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

    /// Notes a contact as a network holds it.
    pub(crate) fn note_meeting(&mut self, id: &str, meeting: Meeting, setting: Option<&str>) {
        let setting = setting.and_then(|setting| self.number_of(setting));
        self.meetings.push(Meeting {
            kind: meeting.kind.in_setting(setting),
            ..meeting
        });
        self.meeting_ids.push(id);
    }

    /// Notes a visit as a network holds it.
    pub(crate) fn note_stay(&mut self, id: &str, stay: Stay) {
        self.stays.push(stay);
        self.stay_ids.push(id);
    }

    fn number_of(&mut self, setting: &str) -> Option<u32> {
        if let Some(&number) = self.settings.get(setting) {
            return Some(number);
        }
        let number = u32::try_from(self.settings.len()).ok()?;
        self.settings.insert(setting.into(), number);
        Some(number)
    }
}

impl Meeting {
    /// A contact in a setting of this number.
    pub(crate) fn of(contact: &Contact, setting: Option<u32>) -> Self {
        let (a, b) = (contact.person_a, contact.person_b);
        Meeting {
            from: seconds(contact.from),
            people: [a.min(b), a.max(b)],
            until: contact.until.map(seconds),
            kind: Kind::new(setting, contact.protected, contact.judged),
        }
    }
}

impl Stay {
    pub(crate) fn of(visit: &Visit) -> Self {
        Stay {
            venue: visit.venue,
            from: seconds(visit.from),
            person: visit.person,
            until: visit.until.map(seconds),
        }
    }
}
