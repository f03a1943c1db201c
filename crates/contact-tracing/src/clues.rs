//! Which clues from elsewhere are still to be answered.

use chrono::{NaiveDateTime, TimeDelta};
use grid_model::{AsOf, Ledger, PersonId};

use crate::Clue;

/// Hours within which a clue is verified: here, passed on, or not found.
pub const HOURS_TO_VERIFY: i64 = 24;

/// A clue that is not answered yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenClue {
    /// The instant by which it is to be answered.
    pub due: NaiveDateTime,
    /// The id of its first record.
    pub id: Box<str>,
    /// Who is to be found.
    pub person: PersonId,
    /// When it came in.
    pub received_at: NaiveDateTime,
    /// Who sent it, where that is known.
    pub sent_by: Option<Box<str>>,
    /// Whether the time was over by the end of the day.
    pub overdue: bool,
}

/// The clues open at the end of a day, the most urgent first.
///
/// One with an outcome is answered even where nobody noted when.
pub fn clues_open(clues: &Ledger<Clue>, as_of: AsOf) -> Vec<OpenClue> {
    let mut open: Vec<OpenClue> = clues
        .happened(as_of)
        .filter(|held| !is_answered(held.what, as_of))
        .map(|held| {
            let clue = held.what;
            let due = clue
                .received_at
                .checked_add_signed(TimeDelta::hours(HOURS_TO_VERIFY))
                .unwrap_or(NaiveDateTime::MAX);
            OpenClue {
                due,
                id: held.id.into(),
                person: clue.person,
                received_at: clue.received_at,
                sent_by: clue.from.clone(),
                overdue: due <= as_of.end(),
            }
        })
        .collect();
    open.sort_unstable();
    open
}

fn is_answered(clue: &Clue, as_of: AsOf) -> bool {
    match clue.answered_at {
        Some(at) => as_of.has_happened(at),
        None => clue.outcome.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::{OpenClue, clues_open};
    use crate::Clue;
    use chrono::NaiveDate;
    use grid_model::{AsOf, Ledger, PersonId, Recorded};

    fn open_on(day: u32) -> Vec<OpenClue> {
        let at = |day, hour| {
            NaiveDate::from_ymd_opt(2020, 2, day)
                .and_then(|day| day.and_hms_opt(hour, 0, 0))
                .unwrap()
        };
        let clue = |received_at, answered_at, outcome: Option<&str>| Clue {
            person: PersonId::from_index(0).unwrap(),
            received_at,
            from: None,
            outcome: outcome.map(Box::from),
            answered_at,
        };
        let (clues, refused) = Ledger::build(vec![
            Recorded::new(
                "answered-later",
                clue(at(1, 9), Some(at(3, 0)), Some("here")),
            ),
            Recorded::new("late", clue(at(1, 8), None, None)),
            Recorded::new("outcome-only", clue(at(1, 8), None, Some("not found"))),
            Recorded::new("to-come", clue(at(2, 8), None, None)),
        ]);
        assert_eq!(refused, []);
        clues_open(&clues, AsOf::on(at(day, 0).date()))
    }

    fn ids(open: &[OpenClue]) -> Vec<(&str, bool)> {
        open.iter().map(|clue| (&*clue.id, clue.overdue)).collect()
    }

    #[test]
    fn a_clue_is_open_until_it_is_answered_and_overdue_after_a_day() {
        assert_eq!(
            ids(&open_on(1)),
            [("late", false), ("answered-later", false)]
        );
        assert_eq!(
            ids(&open_on(2)),
            [("late", true), ("answered-later", true), ("to-come", false)]
        );
        assert_eq!(ids(&open_on(3)), [("late", true), ("to-come", true)]);
    }
}
