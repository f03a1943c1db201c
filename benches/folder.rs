//! What do reading and writing a township's folder cost beside a bare pass of the `csv` crate
//! over the same bytes?

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use csv::ByteRecord;
use line_list::Limits;
use outbreak_response_benches::{ask, mangbang_evenings};
use synthetic_township::Town;
use township_folder::{Extras, File, Folder, read, write};

/// A folder as it lies on the disk: names and bytes.
type Files = Vec<(String, Vec<u8>)>;

fn a_folder(criterion: &mut Criterion) {
    let evenings = mangbang_evenings();
    let town = &*evenings[0].town;
    let files = write_folder(town);
    let cells = bare_read(&files);
    answers_agree(town, &files, &cells);

    let bytes = Throughput::Bytes(files.iter().map(|(_, bytes)| bytes.len() as u64).sum());
    let mangbang = |_: &_| ("mangbang".to_owned(), bytes.clone());
    ask(
        criterion,
        "folder_read/township_folder",
        &[&files],
        mangbang,
        |files| read_folder(files),
    );
    // Both kinds of bare pass: every cell thrown away at once, and every cell kept.
    ask(
        criterion,
        "folder_read/csv_pass",
        &[&files],
        mangbang,
        |files| bare_pass(files),
    );
    ask(
        criterion,
        "folder_read/csv_kept",
        &[&files],
        mangbang,
        |files| bare_read(files),
    );
    let mangbang = |_: &_| ("mangbang".to_owned(), bytes.clone());
    ask(
        criterion,
        "folder_write/township_folder",
        &[town],
        mangbang,
        |town| write_folder(town),
    );
    let mangbang = |_: &_| ("mangbang".to_owned(), bytes.clone());
    ask(
        criterion,
        "folder_write/csv",
        &[&cells],
        mangbang,
        |cells| bare_write(cells),
    );
}

/// What is read back is the town, what is written of it the same bytes, and the rival saw every
/// row.
fn answers_agree(town: &Town, files: &Files, cells: &[Vec<ByteRecord>]) {
    let folder = read_folder(files);
    assert!(folder.rejected.is_empty());
    assert_eq!(folder.township, town.township);
    assert_eq!(folder.records, town.records);
    // The rival keeps each table's header as a row.
    assert_eq!(
        cells.iter().map(|table| table.len() - 1).sum::<usize>(),
        folder.read
    );
    let all_cells: usize = cells.iter().flatten().map(ByteRecord::len).sum();
    assert_eq!(bare_pass(files), all_cells);
    let written: Vec<&[u8]> = files.iter().map(|(_, bytes)| bytes.as_slice()).collect();
    assert_eq!(bare_write(cells), written);
}

fn write_folder(town: &Town) -> Files {
    write(
        &town.township,
        &town.records,
        &town.register,
        &Extras::default(),
    )
}

fn read_folder(files: &Files) -> Folder {
    let files: Vec<File<'_>> = files
        .iter()
        .map(|(name, bytes)| File { name, bytes })
        .collect();
    read(&files, &Limits::standard())
}

/// Goes over every cell of every file with `csv` and keeps none; how many there were.
fn bare_pass(files: &Files) -> usize {
    let mut cells = 0;
    let mut record = ByteRecord::new();
    for (_, bytes) in files {
        let mut reader = bare_reader(bytes);
        while reader
            .read_byte_record(&mut record)
            .expect("a table of our own")
        {
            cells += record.len();
        }
    }
    cells
}

/// Every record of every file with `csv`, headers included.
fn bare_read(files: &Files) -> Vec<Vec<ByteRecord>> {
    let records = |(_, bytes): &(String, Vec<u8>)| {
        let records = bare_reader(bytes).into_byte_records();
        records
            .map(|record| record.expect("a table of our own"))
            .collect()
    };
    files.iter().map(records).collect()
}

fn bare_reader(bytes: &[u8]) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes)
}

/// Every table with `csv`.
fn bare_write(tables: &[Vec<ByteRecord>]) -> Vec<Vec<u8>> {
    let table = |records: &Vec<ByteRecord>| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for record in records {
            writer
                .write_byte_record(record)
                .expect("memory takes every row");
        }
        writer.into_inner().expect("memory takes every row")
    };
    tables.iter().map(table).collect()
}

criterion_group!(benches, a_folder);
criterion_main!(benches);
