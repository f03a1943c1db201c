//! Which records of earlier days were corrected, withdrawn or known late.

use chrono::NaiveDateTime;
use grid_model::{AsOf, Ledger, Record, Township, start_of};

use crate::Records;

/// What became of a record of an earlier day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Another record replaced it.
    Corrected,
    /// It was withdrawn.
    Withdrawn,
    /// It happened on an earlier day and became known only today.
    KnownLate,
}

/// A record that changes what an earlier bulletin said, known on the day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CorrectedRecord {
    /// The table.
    pub table: &'static str,
    /// The id of the first record.
    pub id: String,
    /// The id of the record that changed it; its own where it was known late.
    pub record: String,
    /// What became of it.
    pub change: Change,
    /// When it became known.
    pub known_at: NaiveDateTime,
    /// When it happened, where it is of one instant.
    pub happened_at: Option<NaiveDateTime>,
}

/// Every such record of every table, in the order of tables and ids.
///
/// A correction known before the bulletin of the record's own day is none: nothing had been said
/// yet.
pub fn corrected_records(
    township: &Township,
    records: &Records,
    as_of: AsOf,
) -> Vec<CorrectedRecord> {
    let mut found = Vec::new();
    macro_rules! tables {
        ($($table:literal: $ledger:expr),+ $(,)?) => { $(collect($table, $ledger, as_of, &mut found);)+ };
    }
    tables! {
        "households": township.households(), "people": township.people(), "staff": township.staff(),
        "work_groups": township.work_groups(), "duties": township.duties(), "venues": township.venues(),
        "checkpoints": township.checkpoints(),
    }
    macro_rules! ledgers {
        ($($table:ident),+ $(,)?) => { $(collect(stringify!($table), &records.$table, as_of, &mut found);)+ };
    }
    ledgers!(
        shifts, passages, screening, arrivals, away_calls, clues, orders, health, cases, contacts,
        visits, pairings, check_ins, needs, gatherings, outreach, suppliers, purchasers, demand,
        deliveries, prices, complaints, skills, vacancies, permits, placements, programmes, items,
        progress, donations, spending, reports,
    );
    found
}

fn collect<T: Record>(
    table: &'static str,
    ledger: &Ledger<T>,
    as_of: AsOf,
    found: &mut Vec<CorrectedRecord>,
) {
    let today = start_of(as_of.known_by);
    let mut of_table: Vec<CorrectedRecord> = Vec::new();
    for correction in ledger.corrected_on(as_of) {
        let happened_at = correction
            .now
            .or(correction.before)
            .and_then(Record::happened_at);
        let was_said = correction.before.is_some();
        if was_said && correction.known_at >= today {
            of_table.push(CorrectedRecord {
                table,
                id: correction.id.to_owned(),
                record: correction.record.to_owned(),
                change: if correction.now.is_some() {
                    Change::Corrected
                } else {
                    Change::Withdrawn
                },
                known_at: correction.known_at,
                happened_at,
            });
        }
    }
    for held in ledger
        .happened(as_of)
        .filter(|held| held.known_at >= today && held.id == held.record)
    {
        let Some(at) = held.what.happened_at().filter(|at| *at < today) else {
            continue;
        };
        of_table.push(CorrectedRecord {
            table,
            id: held.id.to_owned(),
            record: held.record.to_owned(),
            change: Change::KnownLate,
            known_at: held.known_at,
            happened_at: Some(at),
        });
    }
    of_table.sort();
    found.extend(of_table);
}
