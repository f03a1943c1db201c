//! Bytes in, township and records out.

use std::collections::{BTreeMap, HashMap};

use grid_model::{
    AreaRow, GridAreaRow, GridRow, Ledger, ModelError, Record, Recorded, Township, TownshipBuilder,
};
use line_list::{CellError, FileError, Limits, Row, Table, cell};
use outbreak_response::Records;
use register::{Entry, Register};
use thiserror::Error;

use crate::cells::{Cells, Columns, Fault};
use crate::in_cell::{InCell, Names};
use crate::rejected::{RejectedRow, of_model, of_record, twice};
use crate::tables::Rows;
use crate::{Extras, Folder};

/// A file of the folder as it was opened: its name and its bytes, gzipped or not.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// The name without any folder, such as `arrivals.csv` or `arrivals.csv.gz`.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// Something a reader of the folder should hear of although no row was refused for it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Warning {
    /// A file could not be read at all; none of its rows is in the township.
    #[error("{file}: {error}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        error: FileError,
    },
    /// A table was not there and counts as empty.
    #[error(
        "{file}: the file is not there and counts as empty; add it if there is anything to say"
    )]
    Absent {
        /// The file.
        file: String,
    },
    /// A column was not there; its cells count as not known.
    #[error(
        "{file}: the column {column} is not there and counts as not known; add it to the header"
    )]
    AbsentColumn {
        /// The file.
        file: String,
        /// The column.
        column: &'static str,
    },
    /// A file is not one of the folder's tables.
    #[error("{file}: is not a table of a township folder and was not read")]
    Unknown {
        /// The file.
        file: String,
    },
    /// The register has something to look at; no name or number is in the text.
    #[error("register.csv: {0}")]
    Register(String),
}

/// Reads a township folder. Every row that breaks a rule is in [`Folder::rejected`]; the rest
/// goes through, whatever order files and rows come in.
pub fn read(files: &[File<'_>], limits: &Limits) -> Folder {
    let mut reader = Reader::new(files, limits);
    let township = reader.township();
    let records = reader.records(&township);
    let register = reader.register(&township);
    reader.rejected.sort();
    Folder {
        township,
        records,
        register,
        rejected: reader.rejected,
        read: reader.read,
        warnings: reader.warnings,
        extras: reader.extras,
    }
}

/// A file's rows with the places of our columns in it.
struct Source {
    table: Table,
    columns: Columns,
}

impl Source {
    fn text<'a>(&self, row: &Row<'a>, column: &str) -> &'a str {
        self.columns
            .position(column)
            .map_or("", |at| row.cell(at))
            .trim()
    }
}

struct Reader<'a> {
    files: BTreeMap<&'a str, &'a [u8]>,
    limits: &'a Limits,
    read: usize,
    rejected: Vec<RejectedRow>,
    warnings: Vec<Warning>,
    extras: Extras,
}

/// The cells every row of a dated table has beside its own.
const DATED: [&str; 3] = ["id", "known_at", "corrects"];

impl<'a> Reader<'a> {
    fn new(files: &[File<'a>], limits: &'a Limits) -> Self {
        let mut reader = Reader {
            files: BTreeMap::new(),
            limits,
            read: 0,
            rejected: Vec::new(),
            warnings: Vec::new(),
            extras: Extras::default(),
        };
        for file in files {
            let name = file.name.strip_suffix(".gz").unwrap_or(file.name);
            let table = name.strip_suffix(".csv").unwrap_or("");
            if crate::TABLES.contains(&table) {
                reader.files.insert(table, file.bytes);
            } else {
                reader.warnings.push(Warning::Unknown {
                    file: file.name.to_owned(),
                });
            }
        }
        reader.warnings.sort_by_key(ToString::to_string);
        reader
    }

    /// Opens a table and keeps the columns that are the user's own.
    fn open(&mut self, table: &'static str, known: &[&'static str]) -> Option<Source> {
        let file = format!("{table}.csv");
        let Some(bytes) = self.files.get(table) else {
            self.warnings.push(Warning::Absent { file });
            return None;
        };
        let read = match Table::read(bytes, self.limits) {
            Ok(read) => read,
            Err(error) => {
                self.warnings.push(Warning::Unreadable { file, error });
                return None;
            }
        };
        self.read += read.read_rows();
        for row in read.rejected() {
            let row = if table == "register" {
                row.clone().redacted()
            } else {
                row.clone()
            };
            self.rejected.push(RejectedRow {
                file: file.clone(),
                row,
            });
        }
        let columns = Columns::of(&read, known);
        for column in columns.missing() {
            self.warnings.push(Warning::AbsentColumn {
                file: file.clone(),
                column,
            });
        }
        self.extras.note_columns(table, &read, known);
        Some(Source {
            table: read,
            columns,
        })
    }

    fn refuse(
        &mut self,
        table: &'static str,
        row: &Row<'_>,
        source: &Source,
        (column, error): Fault,
    ) {
        let file = format!("{table}.csv");
        let row = match source.columns.position(column) {
            Some(at) => row.refuse(at, error),
            None => {
                let error = CellError::new(format!("{column} {}", error.reason), error.remedy);
                row.refuse_whole(error)
            }
        };
        let row = if table == "register" {
            row.redacted()
        } else {
            row
        };
        self.rejected.push(RejectedRow { file, row });
    }

    /// The rows of a table whose key is theirs alone. Of rows with one key, the least by content
    /// stays, so that the order of rows never matters.
    fn distinct<'s>(
        &mut self,
        table: &'static str,
        source: &'s Source,
        key: &[&'static str],
    ) -> Vec<Row<'s>> {
        let key_of = |row: &Row<'s>| -> Vec<&'s str> {
            key.iter().map(|name| source.text(row, name)).collect()
        };
        let mut rows: Vec<(Vec<&str>, Row<'s>)> = Vec::with_capacity(source.table.len());
        for row in source.table.rows() {
            let own = key_of(&row);
            match own.iter().position(|cell| cell.is_empty()) {
                Some(at) => {
                    let error = CellError::new("is empty", "fill it in");
                    self.refuse(table, &row, source, (key[at], error));
                }
                None => rows.push((own, row)),
            }
        }
        rows.sort_by(|(a, a_row), (b, b_row)| {
            a.cmp(b).then_with(|| a_row.cells().cmp(b_row.cells()))
        });
        let mut kept: Vec<(Vec<&str>, Row<'s>)> = Vec::with_capacity(rows.len());
        for (own, row) in rows {
            if kept.last().is_some_and(|(last, _)| *last == own) {
                self.refuse(table, &row, source, (key[0], twice()));
            } else {
                self.extras.note_row(table, &own, &row);
                kept.push((own, row));
            }
        }
        kept.into_iter().map(|(_, row)| row).collect()
    }

    /// The rows of a dated table, each as it was recorded.
    fn dated<T: Rows>(
        &mut self,
        table: &'static str,
        source: &Source,
        names: &Names<'_>,
    ) -> Vec<Recorded<T>> {
        let mut rows = Vec::with_capacity(source.table.len());
        for row in self.distinct(table, source, &["id"]) {
            let cells = Cells {
                columns: &source.columns,
                row,
                names,
            };
            match recorded(&cells) {
                Ok(recorded) => rows.push(recorded),
                Err(fault) => self.refuse(table, &row, source, fault),
            }
        }
        rows
    }

    fn open_dated<T: Rows>(&mut self, table: &'static str) -> Option<Source> {
        let mut columns = vec![DATED[0]];
        columns.extend(T::COLUMNS);
        columns.extend(&DATED[1..]);
        self.open(table, &columns)
    }

    /// A whole table as a ledger.
    fn ledger<T: Rows<Bound = T> + Record>(
        &mut self,
        table: &'static str,
        names: &Names<'_>,
    ) -> Ledger<T> {
        let Some(source) = self.open_dated::<T>(table) else {
            return Ledger::default();
        };
        let rows = self.dated::<T>(table, &source, names);
        let (ledger, refused) = Ledger::build(rows);
        let refused = refused
            .iter()
            .map(|error| (error.id(), error.column(), of_record(error)));
        self.refuse_by_id(table, &source, "id", refused);
        ledger
    }

    /// Refuses rows that are known by their ids.
    fn refuse_by_id<'e>(
        &mut self,
        table: &'static str,
        source: &Source,
        key: &str,
        refused: impl Iterator<Item = (&'e str, &'static str, CellError)>,
    ) {
        let mut refused = refused.peekable();
        if refused.peek().is_none() {
            return;
        }
        // Of rows with one id the others were refused already; the least by content is the one.
        let mut by_id: HashMap<&str, Row<'_>> = HashMap::new();
        for row in source.table.rows() {
            let kept = by_id.entry(source.text(&row, key)).or_insert(row);
            if row.cells().lt(kept.cells()) {
                *kept = row;
            }
        }
        for (id, column, error) in refused {
            if let Some(row) = by_id.get(id) {
                self.refuse(table, row, source, (column, error));
            }
        }
    }

    fn township(&mut self) -> Township {
        let nothing = Township::default();
        let none = Records::default();
        let names = names(&nothing, &none);
        let mut builder = TownshipBuilder::new();
        let mut sources: BTreeMap<&'static str, Source> = BTreeMap::new();
        macro_rules! dated {
            ($table:literal, $type:ty, $add:ident) => {
                if let Some(source) = self.open_dated::<$type>($table) {
                    for row in self.dated::<$type>($table, &source, &names) {
                        builder.$add(row);
                    }
                    sources.insert($table, source);
                }
            };
        }
        self.plain(
            "areas",
            &["id"],
            &["parent", "level", "name_zh", "name_en"],
            &names,
            &mut sources,
            |cells| {
                builder.area(AreaRow {
                    id: cells.read("id")?,
                    parent: cells.read("parent")?,
                    level: cells.read("level")?,
                    name_zh: cells.text("name_zh").trim().to_owned(),
                    name_en: cells.text("name_en").trim().to_owned(),
                });
                Ok(())
            },
        );
        self.plain(
            "grids",
            &["id"],
            &["name_zh", "name_en"],
            &names,
            &mut sources,
            |cells| {
                let [name_zh, name_en] =
                    ["name_zh", "name_en"].map(|name| cells.text(name).trim().to_owned());
                builder.grid(GridRow {
                    id: cells.read("id")?,
                    name_zh,
                    name_en,
                });
                Ok(())
            },
        );
        self.plain(
            "grid_areas",
            &["grid", "area"],
            &[],
            &names,
            &mut sources,
            |cells| {
                builder.grid_area(GridAreaRow {
                    grid: cells.read("grid")?,
                    area: cells.read("area")?,
                });
                Ok(())
            },
        );
        dated!("households", grid_model::Household<String>, household);
        dated!("people", grid_model::Person<String>, person);
        dated!("work_groups", grid_model::WorkGroup, work_group);
        dated!("staff", grid_model::Staff<String, String, String>, staff);
        dated!("duties", grid_model::Duty<String>, duty);
        dated!("venues", grid_model::Venue<String>, venue);
        dated!("checkpoints", grid_model::Checkpoint, checkpoint);
        let (township, errors) = builder.build_from_sound_rows();
        self.refuse_of_township(&sources, &errors);
        township
    }

    /// Reads a table without dates, row by row.
    fn plain(
        &mut self,
        table: &'static str,
        key: &[&'static str],
        rest: &[&'static str],
        names: &Names<'_>,
        sources: &mut BTreeMap<&'static str, Source>,
        mut take: impl FnMut(&Cells<'_>) -> Result<(), Fault>,
    ) {
        let Some(source) = self.open(table, &[key, rest].concat()) else {
            return;
        };
        for row in self.distinct(table, &source, key) {
            let cells = Cells {
                columns: &source.columns,
                row,
                names,
            };
            if let Err(fault) = take(&cells) {
                self.refuse(table, &row, &source, fault);
            }
        }
        sources.insert(table, source);
    }

    fn refuse_of_township(
        &mut self,
        sources: &BTreeMap<&'static str, Source>,
        errors: &[ModelError],
    ) {
        for (table, source) in sources.iter().map(|(table, source)| (*table, source)) {
            let own = errors.iter().filter(|error| error.place().0 == table);
            if table == "grid_areas" {
                for error in own {
                    self.refuse_grid_area(source, error);
                }
                continue;
            }
            let refused = own.map(|error| {
                let (_, id, column, _) = error.place();
                (id, column, of_model(error))
            });
            self.refuse_by_id(table, source, "id", refused);
        }
    }

    /// An area of a grid has no id of its own: the row is known by what it says.
    fn refuse_grid_area(&mut self, source: &Source, error: &ModelError) {
        let (_, grid, column, value) = error.place();
        let row = source
            .table
            .rows()
            .find(|row| source.text(row, "grid") == grid && source.text(row, column) == value);
        if let Some(row) = row {
            self.refuse("grid_areas", &row, source, (column, of_model(error)));
        }
    }

    fn records(&mut self, township: &Township) -> Records {
        let none = Records::default();
        let mut records = Records::default();
        macro_rules! ledgers {
            ($($table:ident),+ $(,)?) => {
                $(records.$table = self.ledger(stringify!($table), &names(township, &none));)+
            };
        }
        ledgers!(
            shifts, passages, screening, arrivals, away_calls, clues, orders, health, cases,
            contacts, visits, pairings, check_ins, needs, gatherings, outreach, suppliers,
            purchasers, demand, deliveries, prices, complaints, skills, vacancies, permits,
            programmes, donations, spending, reports,
        );
        // These name rows of tables that are read by now.
        records.items = self.ledger("items", &names(township, &records));
        records.progress = self.ledger("progress", &names(township, &records));
        records.placements = self.ledger("placements", &names(township, &records));
        records
    }

    fn register(&mut self, township: &Township) -> Register {
        let none = Records::default();
        let names = names(township, &none);
        let mut entries = Vec::new();
        let mut sources = BTreeMap::new();
        let rest = ["name", "identity_number", "telephone"];
        self.plain(
            "register",
            &["person"],
            &rest,
            &names,
            &mut sources,
            |cells| {
                cells.read::<grid_model::PersonId>("person")?;
                let [name, number, telephone] = rest.map(|column| cells.text(column).trim());
                entries.push(Entry::new(
                    cells.text("person").trim(),
                    name,
                    number,
                    telephone,
                ));
                Ok(())
            },
        );
        // Persons are there and distinct by now, so that the register has nothing to refuse.
        let (register, _) = Register::build(entries);
        self.warnings.extend(
            register
                .warnings()
                .iter()
                .map(|warning| Warning::Register(warning.to_string())),
        );
        register
    }
}

/// Where the ids that rows name are looked up.
pub(crate) fn names<'a>(township: &'a Township, records: &'a Records) -> Names<'a> {
    Names {
        township,
        vacancies: &records.vacancies,
        programmes: &records.programmes,
        items: &records.items,
    }
}

/// One row as it was recorded; a row with nothing of its own withdraws what it corrects.
fn recorded<T: Rows>(cells: &Cells<'_>) -> Result<Recorded<T>, Fault> {
    let corrects: Option<String> = cells.read("corrects")?;
    let known_at = match cells.text("known_at") {
        blank if blank.trim().is_empty() => None,
        text => Some(cell::instant(text).map_err(|error| ("known_at", error))?),
    };
    let withdraws = corrects.is_some()
        && T::COLUMNS
            .iter()
            .all(|column| cells.text(column).trim().is_empty());
    let what = if withdraws {
        None
    } else {
        let what = T::read(cells)?;
        if let Some(fault) = what.fault() {
            return Err(fault);
        }
        Some(what)
    };
    Ok(Recorded {
        id: String::read(cells.text("id"), cells.names).map_err(|error| ("id", error))?,
        known_at,
        corrects,
        what,
    })
}
