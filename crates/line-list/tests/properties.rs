//! Laws that hold of any file.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use line_list::{
    CaseRow, Limits, Mapping, Table, read, write_rejected, write_table,
    write_table_for_spreadsheets,
};
use proptest::prelude::*;

fn cells() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9 ]{0,4}",
        2 => "[,\"\n\r']{0,4}[a-z]?",
        1 => "[王芒𠮷\u{feff}\u{3000}=+@-]{0,3}",
    ]
}

/// Columns and rows as wide as they.
fn tables() -> impl Strategy<Value = (Vec<String>, Vec<Vec<String>>)> {
    (1..5_usize).prop_flat_map(|width| {
        let columns = (0..width)
            .map(|index| format!("c{index}"))
            .collect::<Vec<_>>();
        (
            Just(columns),
            prop::collection::vec(prop::collection::vec(cells(), width), 0..8),
        )
    })
}

fn valid_files() -> impl Strategy<Value = Vec<u8>> {
    (
        prop::collection::vec(("A[1-4]", "2020-02-1[0-9]|", cells()), 0..8),
        0..3_u8,
    )
        .prop_map(|(rows, encoding)| {
            let rows = rows
                .into_iter()
                .map(|(id, onset, place)| [id, onset, place]);
            let bytes = write_table(&["id", "onset", "place"], rows);
            match encoding {
                0 => bytes,
                1 => [b"\xef\xbb\xbf".to_vec(), bytes].concat(),
                _ => encoding_rs::GB18030
                    .encode(std::str::from_utf8(&bytes).unwrap())
                    .0
                    .into_owned(),
            }
        })
}

#[derive(Clone, Debug)]
enum Damage {
    Cut(usize, usize),
    Swap(usize, usize),
    Repeat(usize, usize),
    Set(usize, u8),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let one = (any::<usize>(), any::<usize>(), any::<u8>(), 0..5_u8).prop_map(
        |(at, other, byte, kind)| match kind {
            0 => Damage::Cut(at, other % 9),
            1 => Damage::Swap(at, other),
            2 => Damage::Repeat(at, other % 9),
            3 => Damage::Set(at, b",\"\n\r"[usize::from(byte % 4)]),
            _ => Damage::Set(at, byte),
        },
    );
    prop::collection::vec(one, 1..5)
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let length = bytes.len();
        if length == 0 {
            break;
        }
        match *damage {
            Damage::Cut(at, count) => {
                drop(bytes.drain(at % length..(at % length + count).min(length)))
            }
            Damage::Swap(at, other) => bytes.swap(at % length, other % length),
            Damage::Set(at, byte) => bytes[at % length] = byte,
            Damage::Repeat(at, count) => {
                let from = at % length;
                let piece = bytes[from..(from + count).min(length)].to_vec();
                bytes.splice(from..from, piece);
            }
        }
    }
    bytes
}

fn content(table: &Table) -> Vec<Vec<String>> {
    table
        .rows()
        .map(|row| row.cells().map(str::to_owned).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_is_read_back_and_written_as_the_same_bytes((columns, rows) in tables()) {
        let written = write_table(&columns, &rows);
        let table = Table::read(&written, &Limits::standard()).unwrap();
        prop_assert_eq!(table.rejected(), &[]);
        prop_assert_eq!(table.columns(), &columns);
        prop_assert_eq!(content(&table), rows);
        prop_assert_eq!(write_table(table.columns(), table.rows().map(|row| row.cells())), written);
    }

    #[test]
    fn a_well_formed_file_is_read_as_the_csv_crate_reads_it((columns, rows) in tables()) {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(&columns).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let expected: Vec<Vec<String>> = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(content(&Table::read(&bytes, &Limits::standard()).unwrap()), expected);
    }

    #[test]
    fn damage_makes_no_panic_and_loses_no_row_in_silence(file in valid_files(), damages in damages()) {
        let bytes = damaged(file, &damages);
        let limits = Limits { row_bytes: 40, cell_bytes: 20, ..Limits::standard() };
        for limits in [Limits::standard(), limits] {
            if let Ok(batch) = read::<CaseRow>(&bytes, &Mapping::own(), &limits) {
                prop_assert_eq!(batch.accepted.len() + batch.rejected.len(), batch.read);
                let lines: Vec<u64> = batch.rejected.iter().map(|rejected| rejected.line).collect();
                prop_assert!(lines.is_sorted());
            }
        }
    }

    #[test]
    fn what_was_refused_is_refused_again_and_nothing_of_it_is_lost(file in valid_files(), damages in damages()) {
        let bytes = damaged(file, &damages);
        let Ok(first) = read::<CaseRow>(&bytes, &Mapping::own().with_repeated_ids(), &Limits::standard()) else {
            return Ok(());
        };
        let written = write_rejected(&first.columns, &first.rejected);
        let again = read::<CaseRow>(&written, &Mapping::own().with_repeated_ids(), &Limits::standard()).unwrap();
        prop_assert_eq!(again.accepted.len(), 0);
        let before: Vec<_> = first.rejected.iter().map(|rejected| &rejected.cells).collect();
        let after: Vec<_> = again.rejected.iter().map(|rejected| &rejected.cells).collect();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn a_damaged_row_takes_no_row_below_it_along(quote in 0..6_usize, rows in 1..20_usize) {
        let mut file = "id,onset,place\nA1,2020,x\n".to_owned();
        file.insert(15 + quote, '"');
        for row in 0..rows {
            file.push_str(&format!("B{row},2020-02-14,\"market, east\"\n"));
        }
        let batch = read::<CaseRow>(file.as_bytes(), &Mapping::own(), &Limits::standard()).unwrap();
        prop_assert_eq!((batch.accepted.len(), batch.rejected.len()), (rows, 1));
    }

    #[test]
    fn no_two_cells_become_one_for_a_spreadsheet(cells in prop::collection::btree_set("'{0,2}[=a]?-?[0-9]?", 1..9)) {
        let written = write_table_for_spreadsheets(&["id"], cells.iter().map(|cell| [cell]));
        let table = Table::read(&written, &Limits::standard()).unwrap();
        let read: std::collections::BTreeSet<_> = content(&table).into_iter().collect();
        prop_assert_eq!(read.len(), cells.len());
    }

    #[test]
    fn no_cell_for_a_spreadsheet_runs_as_a_formula((columns, rows) in tables()) {
        let written = write_table_for_spreadsheets(&columns, &rows);
        prop_assert!(written.starts_with(b"\xef\xbb\xbf"));
        let table = Table::read(&written, &Limits::standard()).unwrap();
        for (cell, source) in content(&table).iter().flatten().zip(rows.iter().flatten()) {
            prop_assert!(cell == source || cell.strip_prefix('\'') == Some(source));
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
            prop_assert!(!runs || cell[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
        }
    }
}

#[test]
fn signed_numbers_stay_numbers_for_a_spreadsheet() {
    let row = ["-5", "+3.5", "-1+1", "=1", "@x", "-", "\tx", "-.5", "ok"];
    let columns = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let written = String::from_utf8(write_table_for_spreadsheets(&columns, [row])).unwrap();
    assert_eq!(
        written.lines().nth(1),
        Some("-5,+3.5,'-1+1,'=1,'@x,'-,'\tx,'-.5,ok")
    );
}

#[test]
fn short_rows_are_filled_and_lone_empty_cells_are_no_blank_lines() {
    assert_eq!(
        write_table(&["a", "b", "c"], [vec!["1"], vec![], vec!["1", "2", "3"]]),
        b"a,b,c\n1,,\n,,\n1,2,3\n"
    );
    assert_eq!(write_table(&["a"], [[""], [" "]]), b"a\n\"\"\n \n");
}
