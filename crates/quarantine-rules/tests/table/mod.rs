//! A plain reader of the comma-separated tables beside the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A row by its columns.
pub(crate) type Row = BTreeMap<String, String>;

/// The folder of the rules' table, where it is there.
pub(crate) fn facts_folder() -> Option<PathBuf> {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/facts"
    ));
    if folder.is_dir() {
        return Some(folder.to_owned());
    }
    println!("skipped: no ../shared/facts");
    None
}

/// All rows of a table with a header; quoted cells may hold commas and doubled quotes.
pub(crate) fn read_csv(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines().map(cells);
    let header = lines.next().unwrap();
    lines
        .map(|cells| header.iter().cloned().zip(cells).collect())
        .collect()
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cells.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}
