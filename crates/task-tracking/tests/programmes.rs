//! Laws of programmes and items.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may stop at the first surprise"
)]

mod oracle;

use chrono::NaiveDate;
use grid_model::{AsOf, Ledger, PersonId, Recorded};
use oracle::{at, day};
use proptest::prelude::*;
use task_tracking::{
    Forecast, Item, ItemId, NextStep, Programme, ProgrammeId, ProgrammeKind, ProgrammeRecords,
    Programmes, Progress, TaskPolicy, programmes,
};

fn programme(kind: ProgrammeKind) -> Programme {
    Programme {
        kind,
        name_zh: "项".into(),
        name_en: "item".into(),
        unit: "piece".into(),
    }
}

fn item(programme: usize, target: u64, due: Option<NaiveDate>) -> Item {
    Item {
        programme: ProgrammeId::from_index(programme).unwrap(),
        area: None,
        owner: None,
        deputy: None,
        target,
        due,
    }
}

fn progress(item: usize, number: u32, quantity: u64) -> Progress {
    Progress {
        item: ItemId::from_index(item).unwrap(),
        at: at(number, 9),
        quantity,
    }
}

struct Town {
    programmes: Ledger<Programme>,
    items: Ledger<Item>,
    progress: Ledger<Progress>,
}

impl Town {
    fn new(
        programmes: Vec<Recorded<Programme>>,
        items: Vec<Recorded<Item>>,
        progress: Vec<Recorded<Progress>>,
    ) -> Self {
        Town {
            programmes: Ledger::build(programmes).0,
            items: Ledger::build(items).0,
            progress: Ledger::build(progress).0,
        }
    }

    fn stand(&self, as_of: AsOf) -> Programmes {
        let records = ProgrammeRecords {
            programmes: &self.programmes,
            items: &self.items,
            progress: &self.progress,
        };
        programmes(records, &TaskPolicy::tengchong_2020(), as_of)
    }
}

fn one_item(item: Item, rows: Vec<Progress>) -> Town {
    let numbered = rows.into_iter().enumerate();
    Town::new(
        vec![Recorded::new("A", programme(ProgrammeKind::Other))],
        vec![Recorded::new("A1", item)],
        numbered
            .map(|(row, what)| Recorded::new(format!("{row:03}"), what))
            .collect(),
    )
}

#[test]
fn each_kind_is_counted_by_the_verb_of_the_bulletin() {
    let kinds = [
        ProgrammeKind::Tobacco,
        ProgrammeKind::Poverty,
        ProgrammeKind::Yard,
        ProgrammeKind::Toilet,
        ProgrammeKind::Other,
    ];
    let listed = kinds.iter().enumerate();
    let town = Town::new(
        listed
            .map(|(row, kind)| Recorded::new(format!("K{row}"), programme(*kind)))
            .collect(),
        (0..5)
            .map(|row| Recorded::new(format!("I{row}"), item(row, 100, None)))
            .collect(),
        (0..5)
            .map(|row| Recorded::new(format!("P{row}"), progress(row, 1, 30)))
            .collect(),
    );
    let figures = town.stand(AsOf::on(day(2))).figures();
    assert_eq!(figures.tobacco_hundredths_mu, 30);
    assert_eq!(figures.poverty_shortfall_households, 100);
    assert_eq!(figures.yard_shortfall_households, 100);
    assert_eq!(figures.toilets_pending, 70);
}

#[test]
fn the_next_step_goes_to_the_owner_or_else_the_deputy_or_somebody_is_to_be_named() {
    let person = |number| PersonId::from_index(number).unwrap();
    let owned = |due| Item {
        owner: Some(person(1)),
        deputy: Some(person(2)),
        ..item(0, 100, due)
    };
    let step = |town: &Town, number, away: &[usize]| {
        let found = town.stand(AsOf::on(day(number)));
        let standing = &found.programmes[0].items[0];
        let answers = standing.answers(|own| !away.contains(&own.index()));
        (answers.map(PersonId::index), standing.next_step(answers))
    };
    let slow = one_item(owned(Some(day(20))), vec![progress(0, 9, 10)]);
    assert_eq!(step(&slow, 9, &[]), (Some(1), NextStep::SpeedUp));
    assert_eq!(step(&slow, 9, &[1]), (Some(2), NextStep::SpeedUp));
    assert_eq!(step(&slow, 9, &[1, 2]), (None, NextStep::NameSomebody));
    assert_eq!(step(&slow, 19, &[]), (Some(1), NextStep::SayWhy), "stalled");
    let late = one_item(owned(Some(day(8))), vec![progress(0, 9, 10)]);
    assert_eq!(step(&late, 9, &[1]), (Some(2), NextStep::SayWhy), "overdue");
    let well = one_item(owned(None), vec![progress(0, 9, 10)]);
    assert_eq!(step(&well, 9, &[]), (Some(1), NextStep::GoOn));
    let done = one_item(owned(Some(day(8))), vec![progress(0, 9, 100)]);
    assert_eq!(step(&done, 9, &[1, 2]), (None, NextStep::Nothing));
    let nobodys = one_item(item(0, 100, None), vec![]);
    assert_eq!(step(&nobodys, 9, &[]), (None, NextStep::NameSomebody));
}

#[test]
fn too_much_in_one_place_fills_no_gap_in_another() {
    let town = Town::new(
        vec![Recorded::new("A", programme(ProgrammeKind::Toilet))],
        vec![
            Recorded::new("A1", item(0, 10, None)),
            Recorded::new("A2", item(0, 10, None)),
        ],
        vec![Recorded::new("P", progress(0, 1, 15))],
    );
    let found = town.stand(AsOf::on(day(1)));
    assert_eq!(
        (found.programmes[0].left, found.programmes[0].beyond),
        (10, 5)
    );
    assert_eq!(found.figures().toilets_pending, 10);
}

#[test]
fn an_item_counts_from_the_day_it_became_known_however_late_one_looks() {
    let late = Recorded::new("A1", item(0, 10, None)).known_at(at(9, 12));
    let town = Town::new(
        vec![Recorded::new("A", programme(ProgrammeKind::Poverty))],
        vec![late],
        vec![],
    );
    let found = |day_of, known_by| {
        let as_of = AsOf {
            day: day(day_of),
            known_by: day(known_by),
        };
        town.stand(as_of).figures().poverty_shortfall_households
    };
    assert_eq!((found(8, 8), found(8, 20), found(9, 9)), (0, 0, 10));
}

#[test]
fn an_item_is_stalled_only_after_the_days_of_patience_and_says_since_when() {
    let town = one_item(item(0, 10, None), vec![progress(0, 1, 3)]);
    assert_eq!(
        town.stand(AsOf::on(day(7))).programmes[0].items[0].stalled,
        None
    );
    let found = town.stand(AsOf::on(day(8)));
    let stalled = found.programmes[0].items[0].stalled.unwrap();
    assert_eq!(stalled.last_progress, Some(at(1, 9)));
    assert_eq!(found.needing_action().count(), 1);
    let finished = one_item(item(0, 3, None), vec![progress(0, 1, 3)]);
    assert_eq!(
        finished.stand(AsOf::on(day(20))).needing_action().count(),
        0
    );
}

#[test]
fn a_record_of_nothing_done_is_no_progress() {
    let town = one_item(
        item(0, 10, None),
        vec![progress(0, 1, 3), progress(0, 9, 0)],
    );
    let found = town.stand(AsOf::on(day(9)));
    assert!(found.programmes[0].items[0].stalled.is_some());
}

#[test]
fn an_item_is_overdue_the_day_after_its_due_day_and_late_before() {
    let town = one_item(item(0, 100, Some(day(10))), vec![progress(0, 9, 7)]);
    let on_time = |number| town.stand(AsOf::on(day(number))).programmes[0].items[0].clone();
    assert_eq!(
        (on_time(10).overdue_days, on_time(10).will_be_late),
        (None, true)
    );
    assert_eq!(
        (on_time(11).overdue_days, on_time(11).will_be_late),
        (Some(1), false)
    );
    assert_eq!(on_time(10).forecast, Forecast::On(day(103)));
    assert_eq!(on_time(30).forecast, Forecast::NoPace);
}

#[test]
fn a_forecast_past_the_calendar_says_so() {
    let town = one_item(item(0, u64::MAX, None), vec![progress(0, 9, 1)]);
    let found = town.stand(AsOf::on(day(9)));
    assert_eq!(found.programmes[0].forecast, Forecast::BeyondTheCalendar);
}

#[test]
fn what_names_something_withdrawn_is_in_no_sum_and_on_a_list() {
    let town = Town::new(
        vec![
            Recorded::new("A", programme(ProgrammeKind::Tobacco)),
            Recorded::withdrawal("A-", "A").known_at(at(5, 0)),
            Recorded::new("B", programme(ProgrammeKind::Tobacco)),
        ],
        vec![
            Recorded::new("A1", item(0, 10, None)),
            Recorded::new("B1", item(1, 10, None)),
            Recorded::withdrawal("B1-", "B1").known_at(at(5, 0)),
        ],
        vec![
            Recorded::new("1", progress(0, 1, 4)),
            Recorded::new("2", progress(1, 1, 5)),
        ],
    );
    assert_eq!(
        town.stand(AsOf::on(day(4))).figures().tobacco_hundredths_mu,
        9
    );
    let found = town.stand(AsOf::on(day(5)));
    assert_eq!(found.figures().tobacco_hundredths_mu, 0);
    assert_eq!(
        found.items_without_programme,
        [ItemId::from_index(0).unwrap()]
    );
    assert_eq!(
        found.progress_without_item,
        [ItemId::from_index(1).unwrap()]
    );
}

prop_compose! {
    fn a_row_of_progress()(item in 0usize..4, number in 0u32..20, quantity in 0u64..6, late in proptest::option::of(0u32..5))
        -> (Progress, Option<u32>) {
        (progress(item, number, quantity), late.map(|late| number + late))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_item_stands_where_counting_all_records_again_puts_it(
        targets in proptest::collection::vec((0u64..30, proptest::option::of(0u32..20), proptest::option::of(0u32..12)), 4),
        rows in proptest::collection::vec(a_row_of_progress(), 0..40),
        shuffled in any::<prop::sample::Index>(),
        number in 0u32..20,
        known_by in 0u32..24,
    ) {
        let items: Vec<_> = targets.iter().enumerate().map(|(row, (target, due, known))| Recorded {
            known_at: known.map(|number| at(number, 8)),
            ..Recorded::new(format!("I{row}"), item(row % 2, *target, due.map(day)))
        }).collect();
        let rows: Vec<_> = rows.into_iter().enumerate().map(|(row, (what, known))| Recorded {
            known_at: known.map(|number| at(number, 10)),
            ..Recorded::new(format!("P{row:03}"), what)
        }).collect();
        let listed = vec![
            Recorded::new("A", programme(ProgrammeKind::Toilet)),
            Recorded::new("B", programme(ProgrammeKind::Tobacco)),
        ];
        let town = Town::new(listed.clone(), items.clone(), rows.clone());
        let as_of = AsOf { day: day(number), known_by: day(known_by) };
        let found = town.stand(as_of);

        let mut turned = rows;
        let by = shuffled.index(turned.len().max(1));
        let by = by.min(turned.len());
        turned.rotate_left(by);
        prop_assert_eq!(&Town::new(listed, items, turned).stand(as_of), &found);

        let policy = TaskPolicy::tengchong_2020();
        let held = oracle::standing(&town.items, as_of);
        prop_assert_eq!(found.programmes.iter().map(|one| one.items.len()).sum::<usize>(), held.len());
        for standing in found.programmes.iter().flat_map(|one| &one.items) {
            let index = standing.item.index();
            let done = oracle::done_between(&town.progress, index, NaiveDate::MIN, as_of.day, as_of);
            prop_assert_eq!(standing.done, done);
            prop_assert_eq!(standing.done + u128::from(standing.left), u128::from(standing.target) + standing.beyond);
            let window = oracle::done_between(&town.progress, index, as_of.day - chrono::Days::new(6), as_of.day, as_of);
            prop_assert_eq!(standing.pace.quantity, window);
            let expected = match (standing.left, window) {
                (0, _) => Forecast::Finished,
                (_, 0) => Forecast::NoPace,
                (left, window) => Forecast::On(oracle::forecast_day(left, window, &policy, as_of.day)),
            };
            prop_assert_eq!(standing.forecast, expected);
            let stalled = oracle::is_stalled(&town.items, &town.progress, index, &policy, as_of);
            prop_assert_eq!(standing.stalled.is_some(), standing.left > 0 && stalled);
            let overdue = standing.due.is_some_and(|due| due < as_of.day) && standing.left > 0;
            prop_assert_eq!(standing.overdue_days.is_some(), overdue);
        }
        for programme in &found.programmes {
            prop_assert_eq!(programme.left, programme.items.iter().map(|one| u128::from(one.left)).sum::<u128>());
            prop_assert_eq!(programme.done + programme.left, programme.target + programme.beyond);
        }
    }
}
