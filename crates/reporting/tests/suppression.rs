//! No withheld count can be worked out from what is published.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

use proptest::prelude::*;
use reporting::suppress::{CountTable, SmallCells, SuppressedTable, audit, audit_change, bounds};

const RULE: SmallCells = SmallCells::FIELD;

/// The slow, obvious way to know what a reader knows: try every table.
mod oracle {
    use super::*;

    /// Sensitive cells whose count is the same in every table that would have
    /// been published so.
    ///
    /// The least change of a table shifts counts by one, so no count need be
    /// tried beyond one above and one below the truth.
    pub(super) fn recovered(
        table: &CountTable,
        published: &SuppressedTable,
    ) -> Vec<(usize, usize)> {
        let (rows, columns) = (table.rows(), table.columns());
        let body: Vec<(usize, usize)> = cells(rows - 1, columns - 1);
        let mut seen: Vec<Vec<u64>> = Vec::new();
        let mut other = vec![0; body.len()];
        try_all(table, published, &body, 0, &mut other, &mut seen);
        let all = cells(rows, columns);
        let sensitive = all
            .iter()
            .enumerate()
            .filter(|(_, (row, column))| RULE.is_sensitive(table, *row, *column));
        sensitive
            .filter(|(at, _)| seen.iter().all(|one| one[*at] == seen[0][*at]))
            .map(|(_, cell)| *cell)
            .collect()
    }

    fn cells(rows: usize, columns: usize) -> Vec<(usize, usize)> {
        (0..=rows)
            .flat_map(|row| (0..=columns).map(move |column| (row, column)))
            .collect()
    }

    fn try_all(
        table: &CountTable,
        published: &SuppressedTable,
        body: &[(usize, usize)],
        at: usize,
        other: &mut Vec<u64>,
        seen: &mut Vec<Vec<u64>>,
    ) {
        if at == body.len() {
            let rows: Vec<Vec<u64>> = other.chunks(table.columns()).map(<[u64]>::to_vec).collect();
            let found = CountTable::new(rows).unwrap();
            let all = cells(table.rows(), table.columns());
            let fits = |(row, column): &(usize, usize)| {
                let count = found.count(*row, *column);
                published
                    .count(*row, *column)
                    .is_none_or(|shown| shown == count)
                    && table.population(*row).is_none_or(|most| count <= most)
            };
            if all.iter().all(fits) {
                seen.push(
                    all.iter()
                        .map(|(row, column)| found.count(*row, *column))
                        .collect(),
                );
            }
            return;
        }
        let truth = table.count(body[at].0, body[at].1);
        let tries: Vec<u64> = match published.count(body[at].0, body[at].1) {
            Some(shown) => vec![shown],
            None => (truth.saturating_sub(1)..=truth + 1).collect(),
        };
        for count in tries {
            other[at] = count;
            try_all(table, published, body, at + 1, other, seen);
        }
    }
}

fn tables(
    rows: std::ops::Range<usize>,
    columns: std::ops::Range<usize>,
) -> impl Strategy<Value = CountTable> {
    let count = prop_oneof![3 => 0_u64..7, 1 => 0_u64..60];
    (rows, columns).prop_flat_map(move |(rows, columns)| {
        let body = prop::collection::vec(prop::collection::vec(count.clone(), columns), rows);
        (body, prop::collection::vec(0_u64..4, rows), any::<bool>()).prop_map(
            |(body, spare, known)| {
                let populations = body
                    .iter()
                    .zip(spare)
                    .map(|(row, spare)| row.iter().sum::<u64>() + spare)
                    .collect();
                let table = CountTable::new(body).unwrap();
                if known {
                    table.with_populations(populations).unwrap()
                } else {
                    table
                }
            },
        )
    })
}

/// A table with some cells withheld at random, which may well be unsafe.
fn masked() -> impl Strategy<Value = (CountTable, SuppressedTable)> {
    tables(1..4, 1..4).prop_flat_map(|table| {
        let cells = (table.rows() + 1) * (table.columns() + 1);
        (Just(table), prop::collection::vec(any::<bool>(), cells)).prop_map(|(table, hide)| {
            // Each masked cell is made small in a copy of the table whose own
            // suppression is not asked: only what is published matters here.
            let mut published = SuppressedTable::in_full(&table);
            for (at, _) in hide.iter().enumerate().filter(|(_, hide)| **hide) {
                let width = table.columns() + 1;
                published.withhold(at / width, at % width);
            }
            (table, published)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_withheld_can_be_worked_out(table in tables(1..7, 1..6)) {
        let published = RULE.suppress_table(&table);
        prop_assert_eq!(audit(&RULE, &table, &published), vec![]);
        for (row, line) in bounds(&published).iter().enumerate() {
            for (column, bounds) in line.iter().enumerate() {
                let truth = table.count(row, column);
                prop_assert!(bounds.least <= truth && bounds.most.is_none_or(|most| truth <= most));
                prop_assert!(!(bounds.is_known() && RULE.is_sensitive(&table, row, column)));
            }
        }
    }

    #[test]
    fn the_audit_finds_what_trying_every_table_finds((table, published) in masked()) {
        let found: Vec<(usize, usize)> = audit(&RULE, &table, &published).iter().map(|one| (one.row, one.column)).collect();
        prop_assert_eq!(found, oracle::recovered(&table, &published));
    }

    #[test]
    fn what_is_published_is_true_and_zeros_alone_hide_nothing(table in tables(1..6, 1..6)) {
        let published = RULE.suppress_table(&table);
        let mut sensitive = false;
        for row in 0..=table.rows() {
            for column in 0..=table.columns() {
                sensitive |= RULE.is_sensitive(&table, row, column);
                prop_assert!(published.count(row, column).is_none_or(|shown| shown == table.count(row, column)));
            }
        }
        prop_assert_eq!(published.withheld() == 0, !sensitive);
    }

    #[test]
    fn two_editions_together_give_no_small_change_away(
        before in tables(3..4, 3..4), shifts in prop::collection::vec(0_u64..7, 9),
    ) {
        let seen = RULE.suppress_table(&before);
        let today = CountTable::new((0..3).map(|row| (0..3).map(|column| before.count(row, column) + shifts[row * 3 + column]).collect()).collect()).unwrap();
        let published = RULE.suppress_change(&seen, &today);
        prop_assert_eq!(audit_change(&RULE, &seen, &today, &published), vec![]);
        for row in 0..=3 {
            for column in 0..=3 {
                if let (Some(then), Some(now)) = (seen.count(row, column), published.count(row, column)) {
                    prop_assert!(!RULE.is_small(now.abs_diff(then)));
                }
            }
        }
    }
}

#[test]
fn one_small_count_takes_three_others_with_it() {
    let table = CountTable::new(vec![vec![30, 2, 9], vec![25, 11, 40], vec![60, 70, 80]]).unwrap();
    let published = RULE.suppress_table(&table);
    assert_eq!(published.withheld(), 4);
    assert!(published.is_withheld(0, 1));
    assert_eq!(published.total().number(), Some(327));
}

#[test]
fn a_count_that_joins_two_parts_is_found_though_no_single_total_tells_it() {
    // Rows 0-1 and columns 0-1 are withheld, rows 2-3 and columns 2-3 too, and
    // one cell between: every line has two cells withheld, and yet the rows of
    // one part less its columns give the one between.
    let table = CountTable::new(vec![
        vec![10, 20, 3, 9],
        vec![30, 40, 9, 9],
        vec![9, 9, 50, 60],
        vec![9, 9, 70, 80],
    ])
    .unwrap();
    let mut published = SuppressedTable::in_full(&table);
    for (row, column) in [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
        (2, 2),
        (2, 3),
        (3, 2),
        (3, 3),
        (0, 2),
    ] {
        published.withhold(row, column);
    }
    assert!(!bounds(&published)[0][2].is_known());
    let found = audit(&RULE, &table, &published);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].row, found[0].column, found[0].count), (0, 2, 3));
}

#[test]
fn everyone_is_withheld_as_one_is() {
    let table = CountTable::new(vec![vec![60], vec![20]]).unwrap();
    assert_eq!(RULE.suppress_table(&table).withheld(), 0);
    let table = table.with_populations(vec![60, 100]).unwrap();
    let published = RULE.suppress_table(&table);
    assert!(published.is_withheld(0, 0) && published.is_withheld(0, 1));
    assert_eq!(audit(&RULE, &table, &published), vec![]);
}

#[test]
fn a_change_withheld_today_does_not_come_out_tomorrow() {
    let tables =
        [30, 32, 33, 45].map(|n| CountTable::new(vec![vec![n, 50], vec![60, 70]]).unwrap());
    let mut seen = RULE.suppress_table(&tables[0]);
    let mut shown = vec![seen.count(0, 0)];
    for today in &tables[1..] {
        let published = RULE.suppress_change(&seen, today);
        shown.push(published.count(0, 0));
        seen = seen.followed_by(&published);
    }
    assert_eq!(shown, [Some(30), None, None, Some(45)]);
}

#[test]
fn what_is_no_table_is_refused_with_the_place() {
    let told = |cells: Vec<Vec<u64>>| CountTable::new(cells).unwrap_err().to_string();
    assert_eq!(
        told(vec![vec![1, 2], vec![3]]),
        "row 1 has 1 cells, the first has 2; give every row the same"
    );
    assert_eq!(
        told(vec![]),
        "the table has no cell; publish 无 / none instead"
    );
    assert_eq!(
        told(vec![vec![u64::MAX, 2]]),
        "the counts add up to more than 2^62; they cannot be counts of people"
    );
    let over = CountTable::new(vec![vec![7]])
        .unwrap()
        .with_populations(vec![6]);
    assert_eq!(
        over.unwrap_err().to_string(),
        "row 0, column 0: 7 is more than the population, 6"
    );
}
