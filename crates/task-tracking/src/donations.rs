//! What was given, what was spent of it, and what is left: to the last fen.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use grid_model::{AsOf, Ledger};

use crate::{Donation, Spending};

/// The donations on a day. `given − spent = left − overspent`, and one of the two is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Donations {
    /// Given by the end of the day, in fen.
    pub given_fen: u128,
    /// Given on the day itself.
    pub given_today_fen: u128,
    /// Spent by the end of the day.
    pub spent_fen: u128,
    /// Spent on the day itself.
    pub spent_today_fen: u128,
    /// What is left to spend.
    pub left_fen: u128,
    /// What was spent and never given.
    pub overspent_fen: u128,
    /// The first instant at which more was spent than had been given by then, though later gifts
    /// may have filled the hole. Of one instant, gifts count before spendings.
    pub first_overspent_at: Option<NaiveDateTime>,
    /// What each kind of giver gave; the parts make `given_fen`.
    pub given_by_kind: BTreeMap<Option<Box<str>>, u128>,
    /// What each purpose took; the parts make `spent_fen`.
    pub spent_by_purpose: BTreeMap<Option<Box<str>>, u128>,
}

/// Reconciles what was given with what was spent by the end of a day.
///
/// n log n in the records.
pub fn donations(given: &Ledger<Donation>, spent: &Ledger<Spending>, as_of: AsOf) -> Donations {
    let mut given_by_kind = BTreeMap::new();
    let mut spent_by_purpose = BTreeMap::new();
    let mut movements: Vec<Movement> = Vec::new();
    for Donation {
        at,
        amount_fen,
        donor_kind,
    } in given.happened(as_of).map(|held| held.what)
    {
        *given_by_kind.entry(donor_kind.clone()).or_default() += u128::from(*amount_fen);
        movements.push(Movement::of(*at, false, *amount_fen));
    }
    for Spending {
        at,
        amount_fen,
        purpose,
    } in spent.happened(as_of).map(|held| held.what)
    {
        *spent_by_purpose.entry(purpose.clone()).or_default() += u128::from(*amount_fen);
        movements.push(Movement::of(*at, true, *amount_fen));
    }
    movements.sort_unstable();
    let given_fen = given_by_kind.values().sum::<u128>();
    let spent_fen = spent_by_purpose.values().sum::<u128>();
    Donations {
        given_fen,
        given_today_fen: on_the_day(&movements, false, as_of),
        spent_fen,
        spent_today_fen: on_the_day(&movements, true, as_of),
        left_fen: given_fen.saturating_sub(spent_fen),
        overspent_fen: spent_fen.saturating_sub(given_fen),
        first_overspent_at: first_overspent(&movements),
        given_by_kind,
        spent_by_purpose,
    }
}

/// Money in or out. The order of the fields puts gifts before spendings of one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Movement {
    at: NaiveDateTime,
    is_spending: bool,
    fen: u128,
}

impl Movement {
    fn of(at: NaiveDateTime, is_spending: bool, fen: u64) -> Self {
        Movement {
            at,
            is_spending,
            fen: u128::from(fen),
        }
    }
}

/// What moved one way on the day itself.
fn on_the_day(movements: &[Movement], is_spending: bool, as_of: AsOf) -> u128 {
    let today = movements.iter().filter(|one| one.at >= as_of.start());
    let one_way = today.filter(|one| one.is_spending == is_spending);
    one_way.map(|one| one.fen).sum()
}

fn first_overspent(in_order: &[Movement]) -> Option<NaiveDateTime> {
    let mut balance: u128 = 0;
    for movement in in_order {
        balance = if movement.is_spending {
            match balance.checked_sub(movement.fen) {
                Some(balance) => balance,
                None => return Some(movement.at),
            }
        } else {
            balance + movement.fen
        };
    }
    None
}
