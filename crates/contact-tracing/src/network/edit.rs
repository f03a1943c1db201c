//! Single records that come, change or go, without a rebuild.

use super::contacts::sound_meeting;
use super::refused::{EditError, RefusedRow};
use super::visits::sound_stay;
use super::{ContactNetwork, LogEnd};
use crate::log::{Meeting, Stay};
use crate::time::instant;
use crate::{Contact, ContactLog, Visit};

/// Changes that are kept beside the sorted rows, however few those are.
const FEW: usize = 1024;

/// A network that changes, record by record.
///
/// Every trace afterwards is the trace of the network built from the records as they then are; a
/// [`ContactRow`](crate::ContactRow) or [`VisitRow`](crate::VisitRow) is good until the next
/// change. A change costs log n and is kept beside the sorted rows; when the changes pass an
/// eighth of the rows, and a thousand, all are sorted anew, which costs some log n for each
/// change. Taking out the record that ended last of all costs a pass over the rows.
impl ContactNetwork {
    /// Adds a contact.
    ///
    /// # Errors
    /// If it would be refused when building, or its id is empty or that of another contact.
    pub fn insert_contact(&mut self, id: &str, contact: &Contact) -> Result<(), EditError> {
        let meeting = self.sound_contact(id, contact)?;
        if self.contacts.names.row(id).is_some() {
            let (id, from) = (id.to_owned(), contact.from);
            return Err(RefusedRow::ContactIdTwice { id, from }.into());
        }
        self.take_contact(id, meeting, contact);
        self.sort_anew_when_due();
        Ok(())
    }

    /// Puts a contact in the place of the one with the same id.
    ///
    /// # Errors
    /// If it would be refused when building, or no contact has the id.
    pub fn correct_contact(&mut self, id: &str, contact: &Contact) -> Result<(), EditError> {
        let meeting = self.sound_contact(id, contact)?;
        self.drop_contact(id)?;
        self.take_contact(id, meeting, contact);
        self.sort_anew_when_due();
        Ok(())
    }

    /// Takes a contact out.
    ///
    /// # Errors
    /// If no contact has the id.
    pub fn withdraw_contact(&mut self, id: &str) -> Result<(), EditError> {
        self.drop_contact(id)?;
        self.sort_anew_when_due();
        Ok(())
    }

    /// Adds a visit.
    ///
    /// # Errors
    /// If it would be refused when building, or its id is empty or that of another visit.
    pub fn insert_visit(&mut self, id: &str, visit: &Visit) -> Result<(), EditError> {
        let stay = self.sound_visit(id, visit)?;
        if self.visits.names.row(id).is_some() {
            let (id, from) = (id.to_owned(), visit.from);
            return Err(RefusedRow::VisitIdTwice { id, from }.into());
        }
        self.take_visit(id, stay);
        self.sort_anew_when_due();
        Ok(())
    }

    /// Puts a visit in the place of the one with the same id.
    ///
    /// # Errors
    /// If it would be refused when building, or no visit has the id.
    pub fn correct_visit(&mut self, id: &str, visit: &Visit) -> Result<(), EditError> {
        let stay = self.sound_visit(id, visit)?;
        self.drop_visit(id)?;
        self.take_visit(id, stay);
        self.sort_anew_when_due();
        Ok(())
    }

    /// Takes a visit out.
    ///
    /// # Errors
    /// If no visit has the id.
    pub fn withdraw_visit(&mut self, id: &str) -> Result<(), EditError> {
        self.drop_visit(id)?;
        self.sort_anew_when_due();
        Ok(())
    }

    fn sound_contact(&self, id: &str, contact: &Contact) -> Result<Meeting, EditError> {
        if id.is_empty() {
            return Err(EditError::WithoutId { from: contact.from });
        }
        let meeting = sound_meeting(Meeting::of(contact, None), self.end.cut, id)?;
        Ok(meeting)
    }

    fn sound_visit(&self, id: &str, visit: &Visit) -> Result<Stay, EditError> {
        if id.is_empty() {
            return Err(EditError::WithoutId { from: visit.from });
        }
        let stay = sound_stay(Stay::of(visit), self.end.cut, id)?;
        Ok(stay)
    }

    fn take_contact(&mut self, id: &str, meeting: Meeting, contact: &Contact) {
        self.contacts.add(id, meeting, contact.setting.as_deref());
        self.end.last_seen = self.end.last_seen.max(Some(meeting.last_seen()));
    }

    fn take_visit(&mut self, id: &str, stay: Stay) {
        self.visits.add(id, stay);
        self.end.last_seen = self.end.last_seen.max(Some(stay.last_seen()));
    }

    fn drop_contact(&mut self, id: &str) -> Result<(), EditError> {
        let row = self.contacts.names.row(id);
        let found = row.and_then(|row| Some((row, self.contacts.get(row)?)));
        let Some((row, meeting)) = found else {
            let id = id.to_owned();
            return Err(EditError::UnknownContact { id });
        };
        self.contacts.names.remove(row);
        self.forget(meeting.last_seen());
        Ok(())
    }

    fn drop_visit(&mut self, id: &str) -> Result<(), EditError> {
        let row = self.visits.names.row(id);
        let found = row.and_then(|row| Some((row, self.visits.get(row)?)));
        let Some((row, stay)) = found else {
            let id = id.to_owned();
            return Err(EditError::UnknownVisit { id });
        };
        self.visits.names.remove(row);
        self.forget(stay.last_seen());
        Ok(())
    }

    /// Looks for the last that was seen, where a record that is gone said it.
    fn forget(&mut self, seen: i64) {
        if self.end.last_seen <= Some(seen) {
            self.end.last_seen = self.last_seen();
        }
    }

    pub(super) fn last_seen(&self) -> Option<i64> {
        let met = self.contacts.all().map(|(_, meeting)| meeting.last_seen());
        let stayed = self.visits.all().map(|(_, stay)| stay.last_seen());
        met.chain(stayed).max()
    }

    fn sort_anew_when_due(&mut self) {
        let (contacts, visits) = (&self.contacts.names, &self.visits.names);
        let changed = contacts.changed() + visits.changed();
        let rows = contacts.built() as usize + visits.built() as usize;
        if changed < FEW.max(rows / 8) {
            return;
        }
        let mut log = ContactLog::new();
        if let LogEnd { cut: Some(end), .. } = self.end {
            log.ends_at(instant(end));
        }
        for (row, meeting) in self.contacts.all() {
            log.note_meeting(contacts.id(row), meeting, self.contacts.setting(meeting));
        }
        for (row, stay) in self.visits.all() {
            log.note_stay(visits.id(row), stay);
        }
        let refused = std::mem::take(&mut self.refused);
        *self = ContactNetwork::build(&log);
        self.refused = refused;
    }
}
