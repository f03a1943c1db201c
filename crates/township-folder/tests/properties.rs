//! Whatever is done to a folder: no panic, every row accounted for, and what was taken reads
//! back the same.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::collections::BTreeSet;

use common::{Files, refusals, rewritten};
use proptest::prelude::*;
use proptest::sample::Index;
use township_folder::TABLES;

/// One thing that happens to the bytes of a file.
#[derive(Clone, Debug)]
enum Damage {
    Cut(Index, Index),
    Swap(Index, Index),
    Repeat(Index, Index),
    Put(Index, u8),
}

impl Damage {
    fn applied(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let at = |index: &Index| index.index(bytes.len());
        match self {
            Damage::Cut(a, b) => {
                let (from, to) = (at(a).min(at(b)), at(a).max(at(b)));
                bytes.drain(from..to.min(from + 40));
            }
            Damage::Swap(a, b) => {
                let (a, b) = (at(a), at(b));
                bytes.swap(a, b);
            }
            Damage::Repeat(a, b) => {
                let (from, to) = (at(a).min(at(b)), at(a).max(at(b)));
                let part = bytes[from..to.min(from + 80)].to_vec();
                bytes.splice(from..from, part);
            }
            Damage::Put(a, byte) => {
                let a = at(a);
                bytes[a] = *byte;
            }
        }
    }
}

fn damage() -> impl Strategy<Value = (Index, Vec<Damage>)> {
    let one = prop_oneof![
        any::<(Index, Index)>().prop_map(|(a, b)| Damage::Cut(a, b)),
        any::<(Index, Index)>().prop_map(|(a, b)| Damage::Swap(a, b)),
        any::<(Index, Index)>().prop_map(|(a, b)| Damage::Repeat(a, b)),
        (
            any::<Index>(),
            prop::sample::select(b",;\"\n\r 0-9T".to_vec())
        )
            .prop_map(|(a, byte)| Damage::Put(a, byte)),
    ];
    (any::<Index>(), prop::collection::vec(one, 1..4))
}

/// A row of the folder: its table and its line.
fn rows(files: &mut Files) -> Vec<(&'static str, String)> {
    let of = |table: &'static str| {
        let lines = files.lines(table).into_iter().skip(1);
        lines.map(|line| (table, line)).collect::<Vec<_>>()
    };
    TABLES.into_iter().flat_map(of).collect()
}

/// The folder with these rows alone.
fn folder_of(rows: &[(&'static str, String)]) -> Files {
    let mut files = Files::whole();
    for table in TABLES {
        let mut text = files.lines(table)[0].clone() + "\n";
        for (_, line) in rows.iter().filter(|(own, _)| *own == table) {
            text += &(line.clone() + "\n");
        }
        files = files.with(table, text);
    }
    files
}

/// The rows that were refused.
fn refused(rows: &[(&'static str, String)]) -> BTreeSet<(&'static str, String)> {
    let folder = folder_of(rows).read();
    let at = |refused: &township_folder::RejectedRow| {
        let table = refused.file.trim_end_matches(".csv");
        let mut own = rows.iter().filter(|(of, _)| *of == table);
        own.nth(usize::try_from(refused.row.line).unwrap() - 2)
            .unwrap()
            .clone()
    };
    folder.rejected.iter().map(at).collect()
}

/// The id of a row, where its table has ids.
fn id((table, line): &(&'static str, String)) -> Option<String> {
    let own = line.split(',').next().unwrap();
    (!["grid_areas", "register"].contains(table)).then(|| own.to_owned())
}

/// Whether a row names one of these ids, or shares it.
fn names((_, line): &(&'static str, String), ids: &BTreeSet<String>) -> bool {
    line.split(',').any(|cell| ids.contains(cell))
}

/// Rows that break rules in ways that hang on other rows.
const BROKEN: [(&str, &str); 8] = [
    ("areas", "C9,C8,community,,"),
    ("areas", "C8,C9,community,,"),
    ("households", "H1,T,occupied,,"),
    ("people", "P9,H77,,,,,,,"),
    ("shifts", "F8,K1,P9,2020-02-14T08:00,2020-02-14T16:00,,,"),
    ("passages", "R8,K1,2020-02-14T12:00,1,1,0,0,,R1"),
    ("passages", "R7,K2,2020-02-14T12:00,1,1,0,0,,R8"),
    ("donations", "DO1,2020-02-10T10:00,1,,,"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn damaged_files_lose_no_row_in_silence_and_what_was_taken_reads_back_the_same(
        damages in prop::collection::vec(damage(), 1..6),
    ) {
        let mut files = Files::whole();
        for (table, damages) in &damages {
            let at = table.index(files.0.len());
            damages.iter().for_each(|damage| damage.applied(&mut files.0[at].1));
        }
        // Reading checks that taken and refused rows are the rows read.
        let folder = files.read();
        prop_assert!(folder.rejected.is_sorted());
        let written = rewritten(&folder);
        let mut again = written.read();
        prop_assert_eq!(refusals(&again), Vec::<String>::new());
        again.records.rejected = folder.records.rejected;
        prop_assert_eq!(&again.township, &folder.township);
        prop_assert_eq!(&again.records, &folder.records);
        prop_assert!(again.register == folder.register);
        for (again, written) in rewritten(&again).0.iter().zip(&written.0) {
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            prop_assert_eq!(text(&again.1), text(&written.1));
        }
    }

    #[test]
    fn removing_rows_refuses_no_row_that_does_not_name_them(
        broken in any::<bool>(),
        kept in prop::collection::vec(prop::bool::weighted(0.9), 160),
    ) {
        let mut all = rows(&mut Files::whole());
        if broken {
            all.extend(BROKEN.map(|(table, line)| (table, line.to_owned())));
        }
        prop_assert!(all.len() <= kept.len());
        let before = refused(&all);
        let (left, removed): (Vec<_>, Vec<_>) =
            all.into_iter().zip(&kept).partition(|(_, kept)| **kept);
        let left: Vec<_> = left.into_iter().map(|(row, _)| row).collect();
        let mut gone: BTreeSet<String> = removed.iter().filter_map(|(row, _)| id(row)).collect();
        let after = refused(&left);
        loop {
            let taken = left.iter().filter(|row| after.contains(*row) && names(row, &gone));
            let more: BTreeSet<String> = taken.filter_map(id).collect();
            if more.is_subset(&gone) {
                break;
            }
            gone.extend(more);
        }
        for row in after.difference(&before) {
            prop_assert!(names(row, &gone), "{:?} names nothing that is gone: {:?}", row, gone);
        }
    }
}
