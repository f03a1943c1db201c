//! One damaged row at a time, in every table: the whole message, and nothing else refused.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::collections::BTreeSet;

use common::{Files, refusals};
use township_folder::TABLES;

/// A table, a row beyond those of the folder, and what is said of it, in lines of their own.
const REFUSED: &str = include_str!("common/refused.txt");

#[test]
fn every_damaged_row_is_refused_alone_with_its_column_value_and_remedy() {
    let whole = Files::whole().read();
    let mut tables = BTreeSet::new();
    for block in REFUSED.split("\n\n") {
        let mut lines = block.lines();
        let (place, text) = (lines.next().unwrap(), lines.next().unwrap());
        let (table, row) = place.split_once(": ").unwrap();
        let folder = Files::whole().with_row(table, row).read();
        let said = refusals(&folder);
        assert_eq!(said.len(), 1, "{place}: {said:#?}");
        assert_eq!(said[0], text, "{place}");
        assert_eq!(folder.read, whole.read + 1);
        tables.insert(table);
    }
    assert_eq!(tables.len(), TABLES.len());
}

#[test]
fn refused_rows_are_written_with_where_and_why_and_what_they_were() {
    let folder = Files::whole()
        .with_row("prices", "PI9,\"Li, Best\",rice,-1,2020-02-14,,")
        .with_row("register", "P9,张三,11010519491231002X,13900139000")
        .read();
    assert_eq!(
        String::from_utf8(township_folder::write_rejected(&folder.rejected)).unwrap(),
        "file,line,column,value,reason,remedy,row\n\
         prices.csv,4,price_fen,-1,is negative,write a number from 0 up,\"PI9,Li, Best,rice,-1,2020-02-14\"\n\
         register.csv,5,person,,is not in people.csv,\"correct the id, or add or mend the row it names in people.csv\",\n"
    );
    assert_eq!(folder.records.rejected, 2);
}

#[test]
fn a_row_that_names_a_refused_row_is_refused_and_so_on() {
    let folder = Files::whole()
        .with_row("households", "H9,X9,occupied,,")
        .with_row("people", "P9,H9,1980,female,present,,,,")
        .with_row("skills", "SK9,P9,mason,,,")
        .with_row("skills", "SK9a,P9,mason,2,,SK9")
        .read();
    assert_eq!(
        refusals(&folder),
        [
            "households.csv, line 8, area: \"X9\" is not in areas.csv; correct the id, or add or mend the row it names in areas.csv",
            "people.csv, line 8, household: \"H9\" is not in households.csv; correct the id, or add or mend the row it names in households.csv",
            "skills.csv, line 4, person: \"P9\" is not in people.csv; correct the id, or add or mend the row it names in people.csv",
            "skills.csv, line 5, person: \"P9\" is not in people.csv; correct the id, or add or mend the row it names in people.csv",
        ]
    );
}

#[test]
fn corrections_in_a_circle_are_refused_together() {
    let folder = Files::whole()
        .with_row("visits", "M8,P1,U1,2020-02-13T09:00,,,M9")
        .with_row("visits", "M9,P1,U1,2020-02-13T09:00,,,M8")
        .read();
    let told = |line: u8, other: &str| {
        format!(
            "visits.csv, line {line}, corrects: \"{other}\" leads back to this row; name the first row"
        )
    };
    assert_eq!(refusals(&folder), [told(4, "M9"), told(5, "M8")]);
}

#[test]
fn of_a_grid_that_is_not_there_every_area_is_refused() {
    let folder = Files::whole()
        .with_row("grid_areas", "N9,C1")
        .with_row("grid_areas", "N9,X9")
        .with_row("grid_areas", "N9,G1")
        .read();
    let told = |line: u8| {
        format!(
            "grid_areas.csv, line {line}, grid: \"N9\" is not in grids.csv; correct the id, or add or mend the row it names in grids.csv"
        )
    };
    assert_eq!(refusals(&folder), [told(5), told(6), told(7)]);
}
