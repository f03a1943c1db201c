//! Columns of the user's own, kept and written back.

use std::collections::BTreeMap;
use std::fmt;

use line_list::{Row, Table};

/// The columns that are not of the folder's own tables, by table, with their cells by row.
///
/// `Debug` prints neither: a column of your own may hold a name or a telephone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extras {
    tables: BTreeMap<&'static str, Extra>,
}

#[derive(Clone, Default, PartialEq, Eq)]
struct Extra {
    columns: Vec<String>,
    /// Where they stood in the file.
    positions: Vec<usize>,
    /// By the cells that name the row.
    rows: BTreeMap<[String; 2], Vec<String>>,
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self
            .tables
            .iter()
            .map(|(table, extra)| (table, extra.columns.len()));
        f.debug_map().entries(counts).finish()
    }
}

impl Extras {
    /// Keeps the names of the columns that are not known.
    pub(crate) fn note_columns(
        &mut self,
        table: &'static str,
        read: &Table,
        known: &[&'static str],
    ) {
        let own = |(_, name): &(usize, &String)| !known.contains(&name.as_str());
        let (positions, columns): (Vec<usize>, Vec<String>) = read
            .columns()
            .iter()
            .enumerate()
            .filter(own)
            .map(|(at, name)| (at, named(name, read)))
            .unzip();
        if !columns.is_empty() {
            let rows = BTreeMap::new();
            let extra = Extra {
                columns,
                positions,
                rows,
            };
            self.tables.insert(table, extra);
        }
    }

    /// Keeps the cells of a row under them.
    pub(crate) fn note_row(&mut self, table: &'static str, key: [&str; 2], row: &Row<'_>) {
        if let Some(extra) = self.tables.get_mut(table) {
            let cells = extra.positions.iter().map(|&at| row.cell(at).to_owned());
            let cells = cells.collect();
            extra.rows.insert(key.map(str::to_owned), cells);
        }
    }

    /// The columns of the user's own in a table.
    pub(crate) fn columns(&self, table: &str) -> &[String] {
        self.tables.get(table).map_or(&[], |extra| &extra.columns)
    }

    /// The cells of a row under them.
    pub(crate) fn cells(&self, table: &str, key: &[String; 2]) -> Vec<String> {
        let Some(extra) = self.tables.get(table) else {
            return Vec::new();
        };
        let blank = || vec![String::new(); extra.columns.len()];
        extra.rows.get(key).cloned().unwrap_or_else(blank)
    }
}

/// The name of a column; one without gets one, since a blank at the end of a header is no column.
fn named(name: &str, read: &Table) -> String {
    let mut given = name.to_owned();
    while given.is_empty() || (given != name && read.column(&given).is_some()) {
        given = match given.as_str() {
            "" => "unnamed".to_owned(),
            taken => format!("{taken}_"),
        };
    }
    given
}
