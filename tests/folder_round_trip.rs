//! A whole town as a folder: written, read with nothing refused, and written again the same.

use line_list::Limits;
use synthetic_township::{Town, mangbang, scaled};
use township_folder::{Extras, File, Folder, read, write};

type Files = Vec<(String, Vec<u8>)>;

fn written(town: &Town) -> Files {
    write(
        &town.township,
        &town.records,
        &town.register,
        &Extras::default(),
    )
}

fn read_back(files: &Files) -> Folder {
    let files: Vec<File<'_>> = files
        .iter()
        .map(|(name, bytes)| File { name, bytes })
        .collect();
    read(&files, &Limits::standard())
}

fn assert_round_trip(town: &Town) {
    let files = written(town);
    let folder = read_back(&files);
    let said: Vec<String> = folder
        .rejected
        .iter()
        .take(10)
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said,
        Vec::<String>::new(),
        "{} rows refused",
        folder.rejected.len()
    );
    assert_eq!(folder.warnings, []);
    assert!(folder.township == town.township, "the township is another");
    assert!(folder.records == town.records, "the records are others");
    assert!(folder.register == town.register, "the register is another");
    let again = write(
        &folder.township,
        &folder.records,
        &folder.register,
        &folder.extras,
    );
    for ((name, bytes), (again_name, again_bytes)) in files.iter().zip(&again) {
        assert_eq!(name, again_name);
        assert!(bytes == again_bytes, "{name} is not the same");
    }
    let rows: usize = files
        .iter()
        .map(|(_, bytes)| bytes.iter().filter(|byte| **byte == b'\n').count() - 1)
        .sum();
    assert_eq!(folder.read, rows, "a row of a made-up town is a line");
}

#[test]
fn mangbang_comes_back_from_its_folder_to_the_byte() {
    assert_round_trip(&mangbang(1));
}

#[test]
fn towns_of_other_sizes_and_seeds_come_back_too() {
    for (households, seed) in [(1, 1), (40, 2), (300, 3)] {
        assert_round_trip(&scaled(households, seed));
    }
}

#[test]
fn a_town_with_its_rows_turned_round_is_the_same_town() {
    let town = scaled(200, 5);
    let mut files = written(&town);
    for (_, bytes) in &mut files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let (header, rows) = text.split_once('\n').unwrap();
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.reverse();
        rows.insert(0, header);
        *bytes = rows.join("\n").into_bytes();
    }
    files.reverse();
    let folder = read_back(&files);
    assert!(folder.rejected.is_empty());
    assert!(folder.township == town.township && folder.records == town.records);
}
