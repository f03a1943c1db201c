//! Which exposures count: the contact window of the edition in force.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Asked;
use crate::{Books, Clause, ContactWindows, Subject};

/// The contact window for close contacts on a day: how many days before the index case's onset,
/// or before its sampling where it has no symptoms, an exposure counts, and the clause that says
/// so.
///
/// The narrowest authority whose clauses in force give one decides, within it the clause with the
/// fewest terms, then the latest `from`: a clause for special people never narrows the trace for
/// everyone. Nothing where no book in force gives a window.
pub fn contact_window<'b>(
    books: &'b Books,
    authority: &str,
    disease: &str,
    as_of: NaiveDate,
    asymptomatic: bool,
) -> Option<(u16, &'b Arc<Clause>)> {
    let days = |clause: &Clause| match asymptomatic {
        true => clause.windows.asymptomatic,
        false => clause.windows.before_onset,
    };
    books.chain(authority).into_iter().find_map(|book| {
        let clauses = books.in_force(&book.authority, disease, Subject::CloseContact, as_of);
        let given = clauses.filter_map(|clause| days(clause).map(|days| (days, clause)));
        given.min_by_key(|(_, clause)| clause.condition.weight())
    })
}

impl Asked<'_> {
    /// A clause's own windows. A clause about contacts that gives none takes those of the nearest
    /// wider authority whose clauses in force for the same class give one, again of the clause
    /// with the fewest terms: so a township's clause follows the national edition of the day.
    pub(super) fn windows_of(&self, clause: &Clause, depth: usize) -> ContactWindows {
        if !clause.windows.is_empty() || !clause.subject.is_contact() {
            return clause.windows;
        }
        let above = self.chain.iter().skip(depth + 1);
        let mut found = above.filter_map(|authority| {
            let clauses = self
                .books
                .in_force(authority, self.disease, clause.subject, self.as_of);
            clauses
                .filter(|clause| !clause.windows.is_empty())
                .min_by_key(|clause| clause.condition.weight())
        });
        found
            .next()
            .map(|clause| clause.windows)
            .unwrap_or_default()
    }
}
