//! A small folder that says something in every table, and ways to damage it.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test file uses a part, and a test may stop at the first surprise"
)]

use line_list::Limits;
use township_folder::{File, Folder, TABLES, read, write};

/// Every table in the order it is written, each with its name.
const FOLDER: &str = include_str!("folder.txt");

/// A folder as names and bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Files(pub Vec<(String, Vec<u8>)>);

impl Files {
    /// The small folder.
    pub fn whole() -> Self {
        let tables = FOLDER.split("== ").skip(1).map(|block| {
            let (table, text) = block.split_once('\n').unwrap();
            (format!("{table}.csv"), text.as_bytes().to_vec())
        });
        let files = Files(tables.collect());
        assert_eq!(files.0.len(), TABLES.len());
        files
    }

    pub fn file(&mut self, table: &str) -> &mut Vec<u8> {
        let name = format!("{table}.csv");
        let found = self.0.iter_mut().find(|(file, _)| *file == name);
        &mut found.unwrap_or_else(|| panic!("no {table}")).1
    }

    pub fn text(&mut self, table: &str) -> String {
        String::from_utf8(self.file(table).clone()).unwrap()
    }

    /// The lines of a table, its header first.
    pub fn lines(&mut self, table: &str) -> Vec<String> {
        self.text(table).lines().map(str::to_owned).collect()
    }

    /// The same folder with another content of a table.
    pub fn with(mut self, table: &str, bytes: impl Into<Vec<u8>>) -> Self {
        *self.file(table) = bytes.into();
        self
    }

    /// The same folder with one more row at the end of a table.
    pub fn with_row(mut self, table: &str, row: &str) -> Self {
        let bytes = self.file(table);
        bytes.extend(row.as_bytes());
        bytes.push(b'\n');
        self
    }

    pub fn read(&self) -> Folder {
        self.read_within(&Limits::standard())
    }

    pub fn read_within(&self, limits: &Limits) -> Folder {
        let files: Vec<File<'_>> = self
            .0
            .iter()
            .map(|(name, bytes)| File { name, bytes })
            .collect();
        let folder = read(&files, limits);
        assert_eq!(rows_kept(&folder) + folder.rejected.len(), folder.read);
        folder
    }
}

/// What a folder held, written again.
pub fn rewritten(folder: &Folder) -> Files {
    Files(write(
        &folder.township,
        &folder.records,
        &folder.register,
        &folder.extras,
    ))
}

/// Rows in the tables that are written: all that were taken.
pub fn rows_kept(folder: &Folder) -> usize {
    let rows = |(_, bytes): &(String, Vec<u8>)| {
        let table = line_list::Table::read(bytes, &Limits::standard()).unwrap();
        assert!(table.rejected().is_empty());
        table.len()
    };
    rewritten(folder).0.iter().map(rows).sum()
}

/// What was said of refused rows.
pub fn refusals(folder: &Folder) -> Vec<String> {
    folder.rejected.iter().map(ToString::to_string).collect()
}

/// What was said beside.
pub fn warnings(folder: &Folder) -> Vec<String> {
    folder.warnings.iter().map(ToString::to_string).collect()
}
