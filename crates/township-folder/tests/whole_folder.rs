//! A folder in order: read, written and read again the same.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use chrono::NaiveDate;
use common::{Files, refusals, rewritten, warnings};
use grid_model::AsOf;
use line_list::Limits;
use township_folder::{File, TABLES, read, template};

#[test]
fn a_folder_in_order_reads_with_nothing_refused_and_writes_back_to_the_byte() {
    let files = Files::whole();
    let folder = files.read();
    assert_eq!(refusals(&folder), [""; 0]);
    assert_eq!(warnings(&folder), [""; 0]);
    for (read, written) in files.0.iter().zip(&rewritten(&folder).0) {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        assert_eq!(read.0, written.0);
        assert_eq!(text(&read.1), text(&written.1), "{}", read.0);
    }
}

#[test]
fn the_template_reads_with_nothing_refused() {
    let template = template();
    let readme = template.iter().filter(|(name, _)| name == "README.md");
    assert_eq!(readme.count(), 1);
    let tables = template.iter().filter(|(name, _)| name.ends_with(".csv"));
    let files = Files(tables.cloned().collect());
    assert_eq!(files.0.len(), TABLES.len());
    let folder = files.read();
    assert_eq!(refusals(&folder), [""; 0]);
    assert_eq!(warnings(&folder), [""; 0]);
    // One example row a table, and a second person for the first to meet.
    assert_eq!(folder.read, TABLES.len() + 1);
    for (name, bytes) in &files.0 {
        let rows = bytes.iter().filter(|byte| **byte == b'\n').count() - 1;
        assert_eq!(rows, if name == "people.csv" { 2 } else { 1 }, "{name}");
    }
    assert_eq!(rewritten(&folder), files);
}

#[test]
fn the_order_of_files_and_rows_changes_nothing() {
    let files = Files::whole();
    let folder = files.read();
    let mut turned = files.clone();
    turned.0.reverse();
    turned.0.rotate_left(11);
    for table in TABLES {
        let mut lines = turned.lines(table);
        lines[1..].reverse();
        turned = turned.with(table, lines.join("\r\n"));
    }
    let again = turned.read();
    assert_eq!(refusals(&again), [""; 0]);
    assert_eq!(again.township, folder.township);
    assert_eq!(again.records, folder.records);
    assert!(again.register == folder.register);
    assert_eq!(again.extras, folder.extras);
    assert_eq!(rewritten(&again), files);
}

#[test]
fn of_rows_with_one_id_the_same_stays_in_any_order() {
    let rows = ["H9,C1,vacant,,", "H9,C1,occupied,,", "H9,T,vacant,,"];
    let mut written = Vec::new();
    for turn in 0..3 {
        let mut files = Files::whole();
        for at in 0..3 {
            files = files.with_row("households", rows[(at + turn) % 3]);
        }
        let folder = files.read();
        assert_eq!(folder.rejected.len(), 2);
        assert!(refusals(&folder).iter().all(|text| {
            text.ends_with("id: \"H9\" is used twice; give this row an id of its own, or remove it")
        }));
        written.push(rewritten(&folder));
    }
    assert!(written.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_row_that_cannot_be_read_takes_no_row_of_its_id_with_it() {
    let files = Files::whole().with_row("passages", "R1,K1,2020-02-13,x,0,0,0,,");
    let folder = files.read();
    assert_eq!(
        refusals(&folder),
        [
            "passages.csv, line 4, vehicles: \"x\" is not a whole number; write it in digits alone, without separators, decimals or a unit"
        ]
    );
    assert_eq!(rewritten(&folder), Files::whole());
}

#[test]
fn columns_of_ones_own_are_kept_and_written_back() {
    let mut files = Files::whole();
    for table in ["areas", "grid_areas", "register", "people", "arrivals"] {
        let mut lines = files.lines(table);
        lines[0].push_str(",my remark,second");
        for (at, line) in lines.iter_mut().enumerate().skip(1) {
            line.push_str(&format!(",\"said, in line {at}\","));
        }
        files = files.with(table, lines.join("\n") + "\n");
    }
    let folder = files.read();
    assert_eq!(refusals(&folder), [""; 0]);
    assert_eq!(rewritten(&folder), files);
}

#[test]
fn a_column_of_ones_own_may_stand_anywhere_and_moves_to_the_end() {
    let prices = "note,at,good,seller,price_fen,id\nmine,2020-02-14T08:00,rice,Li,2600,PI1\n";
    let folder = Files::whole().with("prices", prices).read();
    assert_eq!(refusals(&folder), [""; 0]);
    assert_eq!(
        rewritten(&folder).text("prices"),
        "id,seller,good,price_fen,at,known_at,corrects,note\nPI1,Li,rice,2600,2020-02-14T08:00,,,mine\n"
    );
}

#[test]
fn a_column_without_a_name_gets_one() {
    let prices =
        "id,,seller,good,price_fen,at,unnamed\nPI1,kept,Li,rice,2600,2020-02-14T08:00,too\n";
    let folder = Files::whole().with("prices", prices).read();
    assert_eq!(refusals(&folder), [""; 0]);
    assert_eq!(
        rewritten(&folder).text("prices"),
        "id,seller,good,price_fen,at,known_at,corrects,unnamed_,unnamed\nPI1,Li,rice,2600,2020-02-14T08:00,,,kept,too\n"
    );
}

#[test]
fn corrections_and_withdrawals_hold_from_the_day_they_were_known() {
    let folder = Files::whole().read();
    let place = |day: u32| {
        let day = NaiveDate::from_ymd_opt(2020, 2, day).unwrap();
        let index = folder.records.arrivals.position("A3").unwrap();
        let held = folder.records.arrivals.held(index, AsOf::on(day));
        held.map(|held| held.what.from_place.as_deref().map(str::to_owned))
    };
    assert_eq!(place(14), None);
    assert_eq!(place(15), Some(None));
    assert_eq!(place(16), Some(Some("保山".to_owned())));
    assert_eq!(place(17), None);
}

#[test]
fn words_of_other_forms_are_read_and_written_in_the_folders_own() {
    let arrivals = "id,person,checkpoint,arrived_at,from_place,from_risk,left_risk_area,via_hubei,outside_city,kind,home_ok,handed_over_at\n\
        A1, P1 ,K1,2020年2月14日,昆明,low,2020/2/1,是,0, Resident,TRUE,2020-02-14 11:00\n";
    let cases = "id,person,class,onset,sampled_at,confirmed_at,isolated_at,outcome,outcome_at,place,known_at,corrects\n\
        Y1,P2,confirmed,2020-02-13,2020-02-15T08:00,2020-02-16T08:00,,,2020-03-01T09:00,,,\n";
    let folder = Files::whole()
        .with("arrivals", arrivals)
        .with("cases", cases)
        .read();
    assert_eq!(refusals(&folder), [""; 0]);
    let mut written = rewritten(&folder);
    assert_eq!(
        written.lines("arrivals")[1],
        "A1,P1,K1,2020-02-14T00:00,昆明,low,2020-02-01,yes,no,resident,yes,2020-02-14T11:00,,"
    );
    assert_eq!(
        written.lines("cases")[1],
        "Y1,P2,confirmed,2020-02-13,2020-02-15,2020-02-16T08:00,,,2020-03-01,,,"
    );
}

#[test]
fn an_empty_folder_is_a_township_of_nobody() {
    let folder = read(&[], &Limits::standard());
    assert_eq!((folder.read, folder.rejected.len()), (0, 0));
    assert_eq!(folder.warnings.len(), TABLES.len());
    assert_eq!(
        folder.warnings[0].to_string(),
        "areas.csv: the file is not there and counts as empty; add it if there is anything to say"
    );
    let written = rewritten(&folder);
    assert!(
        written
            .0
            .iter()
            .all(|(_, bytes)| bytes.iter().filter(|byte| **byte == b'\n').count() == 1)
    );
    assert_eq!(written.read().township, folder.township);
}

#[test]
fn of_two_files_for_one_table_one_is_read_and_the_other_named() {
    let one = File {
        name: "grids.csv",
        bytes: b"id,name_zh,name_en\nN1,,\n",
    };
    let other = File {
        name: "grids.csv.gz",
        bytes: b"id,name_zh,name_en\nN2,,\n",
    };
    for files in [[one, other], [other, one]] {
        let folder = read(&files, &Limits::standard());
        assert!(folder.township.grid("N1").is_some());
        assert_eq!(
            folder.warnings[0].to_string(),
            "grids.csv.gz: the table is there twice and grids.csv was read; remove one of the two"
        );
    }
}

#[test]
fn a_file_that_is_no_table_is_named() {
    let folder = read(
        &[File {
            name: "notes.csv",
            bytes: b"a\n1\n",
        }],
        &Limits::standard(),
    );
    assert_eq!(
        folder.warnings[0].to_string(),
        "notes.csv: is not a table of a township folder and was not read"
    );
    assert_eq!(folder.read, 0);
}
