//! Columns of the user's own, kept and written back.

use std::collections::BTreeMap;

use line_list::{Row, Table};

/// The columns that are not of the folder's own tables, by table, with their cells by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    tables: BTreeMap<&'static str, Extra>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Extra {
    columns: Vec<String>,
    positions: Vec<usize>,
    rows: BTreeMap<String, Vec<String>>,
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
            .map(|(at, name)| (at, name.clone()))
            .unzip();
        if !columns.is_empty() {
            self.tables.insert(
                table,
                Extra {
                    columns,
                    positions,
                    rows: BTreeMap::new(),
                },
            );
        }
    }

    /// Keeps the cells of a row under them.
    pub(crate) fn note_row(&mut self, table: &'static str, key: &[&str], row: &Row<'_>) {
        if let Some(extra) = self.tables.get_mut(table) {
            let cells = extra
                .positions
                .iter()
                .map(|&at| row.cell(at).to_owned())
                .collect();
            extra.rows.insert(key.join("\t"), cells);
        }
    }

    /// The columns of the user's own in a table.
    pub(crate) fn columns(&self, table: &str) -> &[String] {
        self.tables.get(table).map_or(&[], |extra| &extra.columns)
    }

    /// The cells of a row under them.
    pub(crate) fn cells(&self, table: &str, key: &str) -> Vec<String> {
        let Some(extra) = self.tables.get(table) else {
            return Vec::new();
        };
        let blank = || vec![String::new(); extra.columns.len()];
        extra.rows.get(key).cloned().unwrap_or_else(blank)
    }
}
