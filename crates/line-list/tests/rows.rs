//! Rows one by one are the rows of the table, with the same refusals.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use line_list::{FileError, Limits, Rejected, Rows, Table};
use proptest::prelude::*;

type Read = (Vec<(u64, Vec<String>)>, Vec<Rejected>);

fn one_by_one(text: &str, limits: &Limits) -> Result<Read, FileError> {
    let mut rows = Rows::new(text, limits)?;
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next_row()? {
        match row {
            Ok(row) => taken.push((row.line(), row.cells().map(str::to_owned).collect())),
            Err(rejected) => refused.push(*rejected),
        }
    }
    assert_eq!(rows.read(), taken.len() + refused.len());
    Ok((taken, refused))
}

fn as_a_table(text: &str, limits: &Limits) -> Result<Read, FileError> {
    let table = Table::read(text.as_bytes(), limits)?;
    let rows = table
        .rows()
        .map(|row| (row.line(), row.cells().map(str::to_owned).collect()));
    Ok((rows.collect(), table.rejected().to_vec()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn rows_one_by_one_are_the_rows_of_the_table(
        text in "([a-c\"]|,|,|\n|\r\n| ){0,60}",
        rows in 0usize..8,
    ) {
        let limits = Limits { rows, ..Limits::standard() };
        prop_assert_eq!(one_by_one(&text, &limits), as_a_table(&text, &limits));
    }
}

#[test]
fn a_refused_cell_is_named_as_in_a_table() {
    let text = "id,n\nA1,\"x, y\"\n";
    let mut rows = Rows::new(text, &Limits::standard()).unwrap();
    let n = rows.column_of("the count", "n").unwrap();
    let row = rows.next_row().unwrap().unwrap().unwrap();
    let refused = row.parse(n, line_list::cell::u32).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "line 2, n: \"x, y\" is not a whole number; write it in digits alone, without separators, decimals or a unit"
    );
    assert_eq!(refused.cells, ["A1", "x, y"]);
    assert_eq!((row.cell(0), row.cell(2)), ("A1", ""));
}

#[test]
fn a_column_that_is_not_there_is_named_with_those_that_are() {
    let rows = Rows::new("id,tme\n", &Limits::standard()).unwrap();
    assert_eq!(
        rows.column_of("the instant", "time")
            .unwrap_err()
            .to_string(),
        "there is no column \"time\" for the instant, perhaps \"tme\" is meant; the columns are id, tme"
    );
}
