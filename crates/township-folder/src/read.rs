//! Bytes in, township and records out.

use std::collections::{BTreeMap, BTreeSet};

use grid_model::{
    AreaRow, GridAreaRow, GridRow, Ledger, ModelError, Record, Recorded, Township, TownshipBuilder,
};
use line_list::{CellError, Limits, Row, Table, cell};
use outbreak_response::Records;
use register::{Entry, Register};

use crate::cells::{Cells, Columns, Fault};
use crate::in_cell::{InCell, Names};
use crate::rejected::{RejectedRow, no_column, of_model, of_record, twice};
use crate::source::Source;
use crate::tables::Rows;
use crate::warning::{Warning, without_content};
use crate::{Extras, Folder};

/// A file of the folder as it was opened: its name and its bytes, gzipped or not.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// The name without any folder, such as `arrivals.csv` or `arrivals.csv.gz`.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// Reads a township folder. Every row that breaks a rule is in [`Folder::rejected`]; the rest
/// goes through, whatever order files and rows come in.
pub fn read(files: &[File<'_>], limits: &Limits) -> Folder {
    let mut reader = Reader::new(files, limits);
    let township = reader.township();
    let mut records = reader.records(&township);
    let register = reader.register(&township);
    reader.rejected.sort();
    records.rejected = reader.rejected.len();
    let warnings = reader.said();
    Folder {
        township,
        records,
        register,
        rejected: reader.rejected,
        read: reader.read,
        warnings,
        extras: reader.extras,
    }
}

struct Reader<'a> {
    files: BTreeMap<&'a str, File<'a>>,
    limits: &'a Limits,
    read: usize,
    rejected: Vec<RejectedRow>,
    warnings: Vec<Warning>,
    /// Columns whose absence cost a row.
    wanted: BTreeSet<(&'static str, &'static str)>,
    extras: Extras,
}

/// The columns that name a row of most tables.
const ID: &[&str] = &["id"];

impl<'a> Reader<'a> {
    fn new(files: &[File<'a>], limits: &'a Limits) -> Self {
        let mut reader = Reader {
            files: BTreeMap::new(),
            limits,
            read: 0,
            rejected: Vec::new(),
            warnings: Vec::new(),
            wanted: BTreeSet::new(),
            extras: Extras::default(),
        };
        // Of two files for one table the same is read, whatever order they come in.
        let mut sorted: Vec<File<'a>> = files.to_vec();
        sorted.sort_by_key(|file| (file.name, file.bytes));
        for file in sorted {
            let name = file.name.strip_suffix(".gz").unwrap_or(file.name);
            let table = name.strip_suffix(".csv").unwrap_or("");
            let other = reader.files.get(table);
            if let Some(used) = other.map(|used| used.name.to_owned()) {
                let file = file.name.to_owned();
                reader.warnings.push(Warning::Twice { file, used });
            } else if crate::TABLES.contains(&table) {
                reader.files.insert(table, file);
            } else {
                let file = file.name.to_owned();
                reader.warnings.push(Warning::Unknown { file });
            }
        }
        reader
    }

    /// The warnings; an absent column that cost a row is said to have done so.
    fn said(&mut self) -> Vec<Warning> {
        let wanted = std::mem::take(&mut self.wanted);
        let cost = |file: &str, column: &str| {
            let mut wanted = wanted.iter();
            wanted.any(|(table, own)| *own == column && file.strip_suffix(".csv") == Some(table))
        };
        let said = std::mem::take(&mut self.warnings).into_iter();
        said.map(|warning| match warning {
            Warning::AbsentColumn { file, column } if cost(&file, column) => {
                Warning::AbsentRequiredColumn { file, column }
            }
            other => other,
        })
        .collect()
    }

    /// Opens a table and keeps the columns that are the user's own.
    fn open(
        &mut self,
        table: &'static str,
        key: &'static [&'static str],
        rest: &[&'static str],
    ) -> Option<Source> {
        let file = format!("{table}.csv");
        let Some(found) = self.files.get(table) else {
            self.warnings.push(Warning::Absent { file });
            return None;
        };
        let read = match Table::read(found.bytes, self.limits) {
            Ok(read) => read,
            Err(error) => {
                let error = without_content(table, error);
                self.warnings.push(Warning::Unreadable { file, error });
                return None;
            }
        };
        self.read += read.read_rows();
        for row in read.rejected() {
            self.rejected.push(RejectedRow::new(table, row.clone()));
        }
        let known = [key, rest].concat();
        let columns = Columns::of(&read, &known);
        for column in columns.missing() {
            let file = file.clone();
            self.warnings.push(Warning::AbsentColumn { file, column });
        }
        self.extras.note_columns(table, &read, &known);
        Some(Source::new(read, columns, key))
    }

    fn refuse(
        &mut self,
        table: &'static str,
        row: &Row<'_>,
        source: &Source,
        (column, error): Fault,
    ) {
        let row = match source.columns.position(column) {
            Some(at) => row.refuse(at, error),
            None => {
                self.wanted.insert((table, column));
                row.refuse_whole(no_column(column))
            }
        };
        self.rejected.push(RejectedRow::new(table, row));
    }

    /// The rows of a table that can be read, one a key. Of rows with one key the least by content
    /// stays, so that the order of rows never matters; one that cannot be read takes none with it.
    fn distinct<T>(
        &mut self,
        table: &'static str,
        source: &mut Source,
        names: &Names<'_>,
        read: impl Fn(&Cells<'_>) -> Result<T, Fault>,
    ) -> Vec<T> {
        let mut rows: Vec<([&str; 2], usize, Row<'_>, T)> = Vec::with_capacity(source.table.len());
        for (index, row) in source.table.rows().enumerate() {
            let key = source.key_of(&row);
            let cells = Cells {
                columns: &source.columns,
                row,
                names,
            };
            let blank = source.blank_in_key(&key);
            let found = match blank {
                Some(column) => Err((column, CellError::new("is empty", "fill it in"))),
                None => read(&cells),
            };
            match found {
                Ok(found) => rows.push((key, index, row, found)),
                Err(fault) => self.refuse(table, &row, source, fault),
            }
        }
        rows.sort_by(|(a, _, a_row, _), (b, _, b_row, _)| {
            a.cmp(b).then_with(|| a_row.cells().cmp(b_row.cells()))
        });
        let mut kept: Vec<usize> = Vec::with_capacity(rows.len());
        let mut taken: Vec<T> = Vec::with_capacity(rows.len());
        let mut last = None;
        for (key, index, row, found) in rows {
            if last == Some(key) {
                self.refuse(table, &row, source, twice(table));
                continue;
            }
            last = Some(key);
            self.extras.note_row(table, key, &row);
            kept.push(index);
            taken.push(found);
        }
        source.keep(kept);
        taken
    }

    /// The rows of a dated table, each as it was recorded.
    fn dated<T: Rows>(
        &mut self,
        table: &'static str,
        names: &Names<'_>,
    ) -> Option<(Source, Vec<Recorded<T>>)> {
        let rest = [T::COLUMNS, &["known_at", "corrects"]].concat();
        let mut source = self.open(table, ID, &rest)?;
        let rows = self.distinct(table, &mut source, names, recorded::<T>);
        Some((source, rows))
    }

    /// A whole table as a ledger.
    fn ledger<T: Rows<Bound = T> + Record>(
        &mut self,
        table: &'static str,
        names: &Names<'_>,
    ) -> Ledger<T> {
        let Some((source, rows)) = self.dated::<T>(table, names) else {
            return Ledger::default();
        };
        let (ledger, refused) = Ledger::build(rows);
        for error in &refused {
            if let Some(row) = source.row_of([error.id(), ""]) {
                self.refuse(table, &row, &source, (error.column(), of_record(error)));
            }
        }
        ledger
    }

    fn township(&mut self) -> Township {
        let nothing = Township::default();
        let none = Records::default();
        let names = names(&nothing, &none);
        let mut builder = TownshipBuilder::new();
        let mut sources: BTreeMap<&'static str, Source> = BTreeMap::new();
        macro_rules! take {
            ($table:literal, $add:ident, $read:expr) => {
                if let Some((source, rows)) = $read {
                    for row in rows {
                        builder.$add(row);
                    }
                    sources.insert($table, source);
                }
            };
        }
        macro_rules! dated {
            ($table:literal, $type:ty, $add:ident) => {
                take!($table, $add, self.dated::<$type>($table, &names));
            };
        }
        let grid = ["name_zh", "name_en"];
        let areas = ["parent", "level", "name_zh", "name_en"];
        let in_grid = &["grid", "area"];
        take!("areas", area, self.plain("areas", ID, &areas, &names, area));
        take!(
            "grids",
            grid,
            self.plain("grids", ID, &grid, &names, grid_row)
        );
        take!(
            "grid_areas",
            grid_area,
            self.plain("grid_areas", in_grid, &[], &names, grid_area)
        );
        dated!("households", grid_model::Household<String>, household);
        dated!("people", grid_model::Person<String>, person);
        dated!("work_groups", grid_model::WorkGroup, work_group);
        dated!("staff", grid_model::Staff<String, String, String>, staff);
        dated!("duties", grid_model::Duty<String>, duty);
        dated!("venues", grid_model::Venue<String>, venue);
        dated!("checkpoints", grid_model::Checkpoint, checkpoint);
        let (township, errors) = builder.build_from_sound_rows();
        self.refuse_of_township(&sources, &errors, &township);
        township
    }

    /// The rows of a table without dates.
    fn plain<T>(
        &mut self,
        table: &'static str,
        key: &'static [&'static str],
        rest: &[&'static str],
        names: &Names<'_>,
        read: impl Fn(&Cells<'_>) -> Result<T, Fault>,
    ) -> Option<(Source, Vec<T>)> {
        let mut source = self.open(table, key, rest)?;
        let rows = self.distinct(table, &mut source, names, read);
        Some((source, rows))
    }

    fn refuse_of_township(
        &mut self,
        sources: &BTreeMap<&'static str, Source>,
        errors: &[ModelError],
        township: &Township,
    ) {
        for error in errors {
            let (table, id, column, _) = error.place();
            let found = sources.get_key_value(table);
            // An area of a grid has no id of its own: see below.
            let Some((table, source)) = found.filter(|(table, _)| **table != "grid_areas") else {
                continue;
            };
            if let Some(row) = source.row_of([id, ""]) {
                self.refuse(table, &row, source, (column, of_model(error, township)));
            }
        }
        if let Some(source) = sources.get("grid_areas") {
            self.refuse_grid_areas(source, errors, township);
        }
    }

    /// A row of `grid_areas` is known by both its cells; where its grid is not there, neither is
    /// any other area of that grid.
    fn refuse_grid_areas(&mut self, source: &Source, errors: &[ModelError], township: &Township) {
        let mut by_cell: BTreeMap<(&str, &str, &str), &ModelError> = BTreeMap::new();
        for error in errors {
            let (table, grid, column, value) = error.place();
            if table == "grid_areas" {
                by_cell.insert((grid, column, value), error);
            }
        }
        for row in source.kept_rows() {
            let [grid, area] = source.key_of(&row);
            for (column, value) in [("grid", grid), ("area", area)] {
                if let Some(error) = by_cell.get(&(grid, column, value)) {
                    self.refuse(
                        "grid_areas",
                        &row,
                        source,
                        (column, of_model(error, township)),
                    );
                    break;
                }
            }
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
        let rest = ["name", "identity_number", "telephone"];
        let entries = self.plain("register", &["person"], &rest, &names, |cells| {
            cells.read::<grid_model::PersonId>("person")?;
            let [name, number, telephone] = rest.map(|column| cells.text(column));
            Ok(Entry::new(cells.text("person"), name, number, telephone))
        });
        // Persons are there and distinct by now, so that the register has nothing to refuse.
        let (register, _) = Register::build(entries.map_or_else(Vec::new, |(_, rows)| rows));
        let said = register.warnings();
        let said = said
            .iter()
            .map(|warning| Warning::Register(warning.to_string()));
        self.warnings.extend(said);
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

fn area(cells: &Cells<'_>) -> Result<AreaRow, Fault> {
    Ok(AreaRow {
        id: cells.read("id")?,
        parent: cells.read("parent")?,
        level: cells.read("level")?,
        name_zh: cells.name("name_zh"),
        name_en: cells.name("name_en"),
    })
}

fn grid_row(cells: &Cells<'_>) -> Result<GridRow, Fault> {
    Ok(GridRow {
        id: cells.read("id")?,
        name_zh: cells.name("name_zh"),
        name_en: cells.name("name_en"),
    })
}

fn grid_area(cells: &Cells<'_>) -> Result<GridAreaRow, Fault> {
    Ok(GridAreaRow {
        grid: cells.read("grid")?,
        area: cells.read("area")?,
    })
}

/// One row as it was recorded; a row with nothing of its own withdraws what it corrects.
fn recorded<T: Rows>(cells: &Cells<'_>) -> Result<Recorded<T>, Fault> {
    let corrects: Option<String> = cells.read("corrects")?;
    let known_at = match cells.text("known_at") {
        blank if blank.trim().is_empty() => None,
        text => Some(cell::instant(text).map_err(|error| ("known_at", error))?),
    };
    // A list of no words says as little as a blank.
    let blank = |c: char| c.is_whitespace() || matches!(c, ';' | '；');
    let says_nothing = |column: &&str| cells.text(column).chars().all(blank);
    let withdraws = corrects.is_some() && T::COLUMNS.iter().all(says_nothing);
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
