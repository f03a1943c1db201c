//! Rows of one table as they are written, which get sortable ids at the end.

use chrono::NaiveDateTime;
use grid_model::{Ledger, Record, Recorded};

/// Rows of one table in the order of writing.
#[derive(Clone, Debug)]
pub(crate) struct Rows<T> {
    prefix: &'static str,
    rows: Vec<Row<T>>,
}

#[derive(Clone, Debug)]
struct Row<T> {
    known_at: Option<NaiveDateTime>,
    corrects: Option<usize>,
    what: T,
}

impl<T> Rows<T> {
    /// No rows yet; their ids will begin with the prefix.
    pub(crate) fn new(prefix: &'static str) -> Self {
        Rows {
            prefix,
            rows: Vec::new(),
        }
    }

    /// Writes a row known when it happened; answers its place.
    pub(crate) fn push(&mut self, what: T) -> usize {
        self.write(None, None, what)
    }

    /// Writes a row known from an instant on.
    pub(crate) fn push_known(&mut self, known_at: NaiveDateTime, what: T) -> usize {
        self.write(Some(known_at), None, what)
    }

    /// Writes a correction of an earlier row.
    pub(crate) fn correct(&mut self, row: usize, known_at: NaiveDateTime, what: T) -> usize {
        self.write(Some(known_at), Some(row), what)
    }

    fn write(
        &mut self,
        known_at: Option<NaiveDateTime>,
        corrects: Option<usize>,
        what: T,
    ) -> usize {
        self.rows.push(Row {
            known_at,
            corrects,
            what,
        });
        self.rows.len() - 1
    }

    /// The rows with ids: the prefix and the place from 1, of one width, so that they sort.
    pub(crate) fn recorded(self) -> Vec<Recorded<T>> {
        let width = key_width(self.rows.len());
        let id = |place: usize| key(self.prefix, place, width);
        self.rows
            .into_iter()
            .enumerate()
            .map(|(place, row)| Recorded {
                id: id(place),
                known_at: row.known_at,
                corrects: row.corrects.map(id),
                what: Some(row.what),
            })
            .collect()
    }
}

impl<T: Record> Rows<T> {
    /// The ledger of the rows.
    pub(crate) fn ledger(self) -> Ledger<T> {
        // Ids are given here, each once, and a correction names a row above it with the same
        // subject: nothing can be refused.
        let (ledger, refused) = Ledger::build(self.recorded());
        debug_assert!(refused.is_empty(), "{refused:?}");
        ledger
    }
}

/// How many digits the keys of so many things have: five, or as many as the last one needs.
pub(crate) fn key_width(things: usize) -> usize {
    things.to_string().len().max(5)
}

/// The key of a thing by its place, counted from 1 in the key.
pub(crate) fn key(prefix: &str, place: usize, width: usize) -> String {
    format!("{prefix}{:0width$}", place + 1)
}
