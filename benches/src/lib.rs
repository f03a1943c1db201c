//! What the benches share: evenings to ask of, how many rows lie behind them, and one way to ask.

pub mod community;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::rc::Rc;
use std::time::Duration;

use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use grid_model::{AsOf, Ledger, PersonId, Snapshot, Township};
use outbreak_response::steps::{OutbreakDay, QuarantineDay, outbreak, quarantine};
use outbreak_response::{Policy, Records};
use quarantine_rules::Orders;
use synthetic_township::{Town, mangbang, scaled};

/// The seed of every town: the same towns in every run.
const SEED: u64 = 1;

/// A town on an evening.
pub struct Evening {
    /// How the town and the day are called in a table of results.
    pub name: String,
    /// The town, drawn outside every measurement.
    pub town: Rc<Town>,
    /// Of which day, as known on it.
    pub as_of: AsOf,
    /// The conventions of Tengchong.
    pub policy: Policy,
    /// Rows of every ledger: what a day that is linear grows with.
    pub rows: u64,
}

impl Evening {
    fn new(name: &str, town: Rc<Town>, [year, month, day]: [u16; 3]) -> Self {
        let day = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
        Evening {
            name: name.to_owned(),
            as_of: AsOf::on(day.expect("a day of the calendar")),
            policy: Policy::tengchong_2020().expect("the shipped books are sound"),
            rows: rows(&town.township, &town.records),
            town,
        }
    }

    /// What the rooms are asked with besides the records: the township as of the evening, and
    /// what other rooms answered.
    pub fn asked(&self) -> Asked<'_> {
        let town = self.town.township.at(self.as_of);
        let records = &self.town.records;
        let orders = Orders::standing(&records.orders, self.as_of);
        let outbreak = outbreak(&town, records, &self.policy, &orders);
        let quarantine = quarantine(&town, records, &self.policy, orders.clone(), &outbreak);
        Asked {
            under_observation: quarantine.held_now(self.as_of, &self.policy),
            evening: self,
            town,
            orders,
            outbreak,
            quarantine,
        }
    }
}

/// An evening with what one room hands to the next, answered once outside every measurement.
pub struct Asked<'a> {
    /// Which evening.
    pub evening: &'a Evening,
    /// The township as of the evening.
    pub town: Snapshot<'a>,
    /// The orders as they stand.
    pub orders: Orders,
    /// Whom the cases reached.
    pub outbreak: OutbreakDay,
    /// What the rules answered.
    pub quarantine: QuarantineDay,
    /// Who must stay at home tonight.
    pub under_observation: BTreeSet<PersonId>,
}

/// Mangbang on the evening of the published bulletin, and in the middle of the great return.
pub fn mangbang_evenings() -> Vec<Evening> {
    let town = Rc::new(mangbang(SEED));
    vec![
        Evening::new("mangbang-02-29", Rc::clone(&town), [2020, 2, 29]),
        Evening::new("mangbang-02-05", town, [2020, 2, 5]),
    ]
}

/// Towns tenfold each, on the evening of 29 February.
pub fn scaled_evenings() -> Vec<Evening> {
    [1_000, 10_000, 100_000]
        .map(|households| {
            let town = Rc::new(scaled(households, SEED));
            Evening::new(&format!("{households}-households"), town, [2020, 2, 29])
        })
        .into()
}

/// Every evening of the bench of a day.
pub fn evenings() -> Vec<Evening> {
    let mut evenings = mangbang_evenings();
    evenings.extend(scaled_evenings());
    evenings
}

/// Times one question, input by input, in runs short enough for a shared machine; what is
/// answered is dropped within the time, as it is in a program.
pub fn ask<'a, I, A>(
    criterion: &mut Criterion,
    question: &str,
    inputs: &'a [I],
    label: impl Fn(&I) -> (String, Throughput),
    answer: impl Fn(&'a I) -> A,
) {
    let mut group = criterion.benchmark_group(question);
    group.sample_size(10);
    group.sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(300));
    group.measurement_time(Duration::from_secs(2));
    for input in inputs {
        let (name, throughput) = label(input);
        group.throughput(throughput);
        group.bench_function(BenchmarkId::from_parameter(name), |bench| {
            bench.iter(|| answer(black_box(input)));
        });
    }
    group.finish();
}

/// Rows of every ledger of a township and of its records.
fn rows(township: &Township, records: &Records) -> u64 {
    rows_of_township(township) + rows_of_records(records)
}

fn rows_of_township(township: &Township) -> u64 {
    of(township.households())
        + of(township.people())
        + of(township.staff())
        + of(township.work_groups())
        + of(township.duties())
        + of(township.venues())
        + of(township.checkpoints())
}

fn of<T>(ledger: &Ledger<T>) -> u64 {
    ledger.rows() as u64
}

/// Names every ledger once, so that one added later is missed by the compiler and not by a table.
macro_rules! rows_of_records {
    ($($ledger:ident),+ $(,)?) => {
        fn rows_of_records(records: &Records) -> u64 {
            let Records { rejected: _, $($ledger),+ } = records;
            [$(of($ledger)),+].iter().sum()
        }
    };
}

rows_of_records!(
    shifts, passages, screening, arrivals, away_calls, clues, orders, health, cases, contacts,
    visits, pairings, check_ins, needs, gatherings, outreach, suppliers, purchasers, demand,
    deliveries, prices, complaints, skills, vacancies, permits, placements, programmes, items,
    progress, donations, spending, reports,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_with_the_township_and_grow_with_it() {
        let small = scaled(100, SEED);
        let large = scaled(2_000, SEED);
        let rows_of = |town: &Town| rows(&town.township, &town.records);
        assert!(rows_of(&small) > rows_of_records(&small.records));
        assert!(rows_of(&large) > 2 * rows_of(&small));
    }

    #[test]
    fn what_a_room_is_asked_with_is_of_the_evening() {
        let town = Rc::new(scaled(100, SEED));
        let evening = Evening::new("small", town, [2020, 2, 5]);
        let asked = evening.asked();
        assert_eq!(asked.town.as_of, evening.as_of);
        assert_eq!(
            asked.under_observation,
            asked.quarantine.held_now(evening.as_of, &evening.policy)
        );
    }
}
