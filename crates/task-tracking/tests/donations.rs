//! Laws of the donations.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise"
)]

mod oracle;

use grid_model::{AsOf, Ledger, Recorded};
use oracle::{at, day};
use proptest::prelude::*;
use task_tracking::{Donation, Spending, donations};

fn given(number: u32, amount_fen: u64, kind: Option<&str>) -> Donation {
    Donation {
        at: at(number, 9),
        amount_fen,
        donor_kind: kind.map(Into::into),
    }
}

fn spent(number: u32, amount_fen: u64) -> Spending {
    Spending {
        at: at(number, 9),
        amount_fen,
        purpose: Some("masks".into()),
    }
}

fn ledger<T: grid_model::Record>(rows: impl IntoIterator<Item = T>) -> Ledger<T> {
    let numbered = rows.into_iter().enumerate();
    let rows = numbered.map(|(row, what)| Recorded::new(format!("{row:03}"), what));
    Ledger::build(rows.collect()).0
}

#[test]
fn a_gift_of_the_same_instant_pays_for_a_spending() {
    let found = donations(
        &ledger([given(1, 500, None)]),
        &ledger([spent(1, 500)]),
        AsOf::on(day(1)),
    );
    assert_eq!((found.left_fen, found.overspent_fen), (0, 0));
    assert_eq!(found.first_overspent_at, None);
}

#[test]
fn spending_before_giving_is_flagged_even_when_later_gifts_fill_the_hole() {
    let found = donations(
        &ledger([given(1, 500, None), given(4, 500, Some("company"))]),
        &ledger([spent(2, 600)]),
        AsOf::on(day(5)),
    );
    assert_eq!((found.left_fen, found.overspent_fen), (400, 0));
    assert_eq!(found.first_overspent_at, Some(at(2, 9)));
    assert_eq!(found.given_by_kind[&Some("company".into())], 500);
}

#[test]
fn sums_wider_than_64_bits_do_not_wrap() {
    let found = donations(
        &ledger([given(1, u64::MAX, None), given(1, u64::MAX, None)]),
        &Ledger::default(),
        AsOf::on(day(1)),
    );
    assert_eq!(found.given_fen, 2 * u128::from(u64::MAX));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn given_less_spent_is_left_less_overspent_to_the_last_fen(
        gifts in proptest::collection::vec((0u32..10, 0u64..1000, proptest::option::of("[ab]")), 0..12),
        costs in proptest::collection::vec((0u32..10, 0u64..1000), 0..12),
        number in 0u32..10,
    ) {
        let (gifts, costs) = (
            ledger(gifts.iter().map(|(number, fen, kind)| given(*number, *fen, kind.as_deref()))),
            ledger(costs.iter().map(|(number, fen)| spent(*number, *fen))),
        );
        let as_of = AsOf::on(day(number));
        let found = donations(&gifts, &costs, as_of);
        prop_assert_eq!(found.given_fen + found.overspent_fen, found.spent_fen + found.left_fen);
        prop_assert!(found.left_fen == 0 || found.overspent_fen == 0);
        prop_assert_eq!(found.given_by_kind.values().sum::<u128>(), found.given_fen);
        prop_assert_eq!(found.spent_by_purpose.values().sum::<u128>(), found.spent_fen);
        let mut yesterday = (0, 0);
        let mut first = None;
        for number in 0..=number {
            let evening = donations(&gifts, &costs, AsOf::on(day(number)));
            prop_assert_eq!(yesterday.0 + evening.given_today_fen, evening.given_fen);
            prop_assert_eq!(yesterday.1 + evening.spent_today_fen, evening.spent_fen);
            yesterday = (evening.given_fen, evening.spent_fen);
            // All movements of a day share one instant here, so an evening is a running balance.
            if evening.overspent_fen > 0 && first.is_none() {
                first = Some(at(number, 9));
            }
        }
        prop_assert_eq!(found.first_overspent_at, first);
    }
}
