//! Township and records in, bytes out.

use grid_model::{Ledger, Township};
use line_list::write_table;
use outbreak_response::Records;
use register::Register;

use crate::Extras;
use crate::in_cell::{Names, write_instant};
use crate::read::names;
use crate::tables::Rows;

/// Writes a township as the tables of a folder: every table, rows by id, empty ones with their
/// header. What [`read`](crate::read) makes of them is the same township.
pub fn write(
    township: &Township,
    records: &Records,
    register: &Register,
    extras: &Extras,
) -> Vec<(String, Vec<u8>)> {
    let writer = Writer {
        names: names(township, records),
        extras,
    };
    let mut files = vec![writer.areas(), writer.grids(), writer.grid_areas()];
    files.push(writer.dated::<grid_model::Household<String>>("households", township.households()));
    files.push(writer.dated::<grid_model::Person<String>>("people", township.people()));
    files.push(writer.register(register));
    files.push(writer.dated::<grid_model::WorkGroup>("work_groups", township.work_groups()));
    files
        .push(writer.dated::<grid_model::Staff<String, String, String>>("staff", township.staff()));
    files.push(writer.dated::<grid_model::Duty<String>>("duties", township.duties()));
    files.push(writer.dated::<grid_model::Venue<String>>("venues", township.venues()));
    files.push(writer.dated::<grid_model::Checkpoint>("checkpoints", township.checkpoints()));
    macro_rules! ledgers {
        ($($table:ident),+ $(,)?) => { $(files.push(writer.ledger(stringify!($table), &records.$table));)+ };
    }
    ledgers!(
        shifts, passages, screening, arrivals, away_calls, clues, orders, health, cases, contacts,
        visits, pairings, check_ins, needs, gatherings, outreach, suppliers, purchasers, demand,
        deliveries, prices, complaints, skills, vacancies, permits, placements, programmes, items,
        progress, donations, spending, reports,
    );
    files
}

struct Writer<'a> {
    names: Names<'a>,
    extras: &'a Extras,
}

impl Writer<'_> {
    fn table(
        &self,
        table: &str,
        columns: &[&str],
        rows: impl Iterator<Item = ([String; 2], Vec<String>)>,
    ) -> (String, Vec<u8>) {
        let mut header: Vec<&str> = columns.to_vec();
        header.extend(self.extras.columns(table).iter().map(String::as_str));
        let rows = rows.map(|(key, mut cells)| {
            cells.extend(self.extras.cells(table, &key));
            cells
        });
        (format!("{table}.csv"), write_table(&header, rows))
    }

    fn ledger<T: Rows<Bound = T> + Clone>(
        &self,
        table: &str,
        ledger: &Ledger<T>,
    ) -> (String, Vec<u8>) {
        self.dated::<T>(table, ledger)
    }

    fn dated<T: Rows>(&self, table: &str, ledger: &Ledger<T::Bound>) -> (String, Vec<u8>)
    where
        T::Bound: Clone,
    {
        let mut columns = vec!["id"];
        columns.extend(T::COLUMNS);
        columns.extend(["known_at", "corrects"]);
        let rows = ledger.recorded().map(|recorded| {
            let mut cells = vec![recorded.id.clone()];
            match &recorded.what {
                Some(what) => cells.extend(T::write(what, &self.names)),
                None => cells.resize(1 + T::COLUMNS.len(), String::new()),
            }
            cells.push(recorded.known_at.map(write_instant).unwrap_or_default());
            cells.push(recorded.corrects.unwrap_or_default());
            ([recorded.id, String::new()], cells)
        });
        self.table(table, &columns, rows)
    }

    fn areas(&self) -> (String, Vec<u8>) {
        let areas = self.names.township.areas();
        let rows = areas.iter().map(|area| {
            let (name_zh, name_en) = areas.given_names(area);
            let parent = areas.parent(area).map_or("", |parent| areas.key(parent));
            let cells = [
                areas.key(area),
                parent,
                areas.level(area).name(),
                name_zh,
                name_en,
            ];
            (
                [areas.key(area).to_owned(), String::new()],
                cells.map(str::to_owned).to_vec(),
            )
        });
        self.table(
            "areas",
            &["id", "parent", "level", "name_zh", "name_en"],
            rows,
        )
    }

    fn grids(&self) -> (String, Vec<u8>) {
        let grids = self.names.township.grids();
        let rows = grids.iter().map(|grid| {
            let (name_zh, name_en) = grids.names(grid);
            let cells = [grids.key(grid), name_zh, name_en];
            (
                [grids.key(grid).to_owned(), String::new()],
                cells.map(str::to_owned).to_vec(),
            )
        });
        self.table("grids", &["id", "name_zh", "name_en"], rows)
    }

    fn grid_areas(&self) -> (String, Vec<u8>) {
        let (grids, areas) = (self.names.township.grids(), self.names.township.areas());
        let rows = grids.iter().flat_map(|grid| {
            grids.areas(grid).iter().map(move |&area| {
                let cells = [grids.key(grid), areas.key(area)].map(str::to_owned);
                (cells.clone(), cells.to_vec())
            })
        });
        self.table("grid_areas", &["grid", "area"], rows)
    }

    fn register(&self, register: &Register) -> (String, Vec<u8>) {
        let rows = register.iter().map(|entry| {
            let blank = |cell: Option<&str>| cell.unwrap_or("").to_owned();
            let key = entry.person_key().to_owned();
            let cells = vec![
                key.clone(),
                blank(entry.name()),
                blank(entry.identity_number()),
                blank(entry.telephone()),
            ];
            ([key, String::new()], cells)
        });
        self.table(
            "register",
            &["person", "name", "identity_number", "telephone"],
            rows,
        )
    }
}
