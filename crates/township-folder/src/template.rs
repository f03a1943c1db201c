//! A folder to begin with: each table with its header and an example row.

use grid_model::Township;
use line_list::{Limits, Table, write_table};
use outbreak_response::Records;
use register::Register;

use crate::{Extras, write};

/// Example rows, one a table and a second person, that hold together: read as they stand, none is refused.
const EXAMPLES: &str = include_str!("template.txt");

/// What the folder's README says.
const README: &str = include_str!("template.md");

/// The tables of a folder, each with its header and an example row, and a README.
pub fn template() -> Vec<(String, Vec<u8>)> {
    let nothing = (
        Township::default(),
        Records::default(),
        Register::build(Vec::new()).0,
    );
    let empty = write(&nothing.0, &nothing.1, &nothing.2, &Extras::default());
    let mut files: Vec<(String, Vec<u8>)> = empty
        .into_iter()
        .map(|(file, header)| {
            let bytes = with_example(&file, &header).unwrap_or(header);
            (file, bytes)
        })
        .collect();
    files.push(("README.md".to_owned(), README.as_bytes().to_vec()));
    files
}

/// The header with the table's example rows under it.
fn with_example(file: &str, header: &[u8]) -> Option<Vec<u8>> {
    let columns = Table::read(header, &Limits::standard())
        .ok()?
        .columns()
        .to_vec();
    let table = file.strip_suffix(".csv")?;
    let rows = EXAMPLES
        .lines()
        .filter_map(|line| line.strip_prefix(table)?.strip_prefix(": "))
        .map(|row| row.split(',').collect::<Vec<&str>>());
    Some(write_table(&columns, rows))
}
