//! Whole files in every state files come in: the reason named, the good rows used.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::io::Write;

use common::{Files, refusals, rewritten, warnings};
use encoding_rs::GB18030;
use flate2::Compression;
use flate2::write::GzEncoder;
use line_list::Limits;

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// A table whose rows no other row names, so that losing it costs nothing else.
const ALONE: &str = "prices";

#[test]
fn encodings_and_packings_make_no_difference() {
    let whole = Files::whole();
    let mut forms = vec![("GB18030", Vec::new()), ("BOM, CR LF", Vec::new())];
    forms.extend([("UTF-16", Vec::new()), ("gzip", Vec::new())]);
    for (name, bytes) in &whole.0 {
        let text = std::str::from_utf8(bytes).unwrap();
        let encoded = [
            GB18030.encode(text).0.into_owned(),
            format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes(),
            utf16(text),
            gzipped(bytes),
        ];
        for ((_, files), bytes) in forms.iter_mut().zip(encoded) {
            files.push((name.clone(), bytes));
        }
    }
    for (form, files) in forms {
        let folder = Files(files).read();
        assert_eq!(refusals(&folder), [""; 0], "{form}");
        assert_eq!(warnings(&folder), [""; 0], "{form}");
        assert_eq!(rewritten(&folder), whole, "{form}");
    }
}

#[test]
fn a_packed_table_may_keep_its_ending() {
    let mut files = Files::whole();
    for (name, bytes) in &mut files.0 {
        *bytes = gzipped(bytes);
        name.push_str(".gz");
    }
    let folder = files.read();
    assert_eq!(warnings(&folder), [""; 0]);
    assert_eq!(rewritten(&folder), Files::whole());
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_reason_and_costs_its_own_rows_alone() {
    let lost = Files::whole().read().records.prices.rows();
    let mut bomb_limits = Limits::standard();
    bomb_limits.unpacked_bytes = 1 << 16;
    let cut = gzipped(b"id,seller\nPI1,Li\n");
    let cases: [(&str, Vec<u8>, &str); 8] = [
        (
            "empty",
            Vec::new(),
            "the file is empty; its first line must name the columns",
        ),
        (
            "xlsx",
            b"PK\x03\x04\x14\x00".to_vec(),
            "the file is a spreadsheet; save it as CSV UTF-8 and read that",
        ),
        (
            "junk",
            b"id,seller\n\x00\x01\x02\n".to_vec(),
            "the file is not text: byte 10 is 0x00; save it as CSV UTF-8",
        ),
        (
            "damaged UTF-8",
            "id,seller\nPI1,东街粮店\nPI2,东\u{fffd}"
                .as_bytes()
                .iter()
                .copied()
                .take(36)
                .collect(),
            "the file is damaged UTF-8: line 3, byte 34 of the file; mend that character or save the file again as CSV UTF-8",
        ),
        (
            "bomb",
            gzipped(&vec![b'0'; 10 << 20]),
            "the file unpacks to more than the limit unpacked_bytes of 65536; split it or raise the limit",
        ),
        (
            "cut gzip",
            cut[..cut.len() - 9].to_vec(),
            "the file is damaged gzip (it is cut off) after 17 unpacked bytes; send or pack it again",
        ),
        (
            "packed twice",
            gzipped(&gzipped(b"id\n")),
            "the file is packed twice; unpack it once",
        ),
        (
            "two columns of one name",
            b"id,seller,good,seller\nPI1,a,b,c\n".to_vec(),
            "columns 2 and 4 are both named \"seller\"; rename one of them",
        ),
    ];
    for (case, bytes, reason) in cases {
        let folder = Files::whole().with(ALONE, bytes).read_within(&bomb_limits);
        assert_eq!(
            warnings(&folder),
            [format!("{ALONE}.csv: {reason}")],
            "{case}"
        );
        assert_eq!(refusals(&folder), [""; 0], "{case}");
        assert_eq!(folder.read, Files::whole().read().read - lost, "{case}");
    }
}

#[test]
fn a_header_alone_is_a_table_with_nothing_to_say() {
    let header = Files::whole().lines(ALONE)[0].clone();
    for text in [header.clone(), header + "\n\n\r\n"] {
        let folder = Files::whole().with(ALONE, text).read();
        assert_eq!(warnings(&folder), [""; 0]);
        assert_eq!(folder.records.prices.rows(), 0);
    }
}

#[test]
fn a_missing_column_that_may_be_blank_is_said_and_costs_no_row() {
    let folder = Files::whole()
        .with("needs", "id,person,kind,raised_at\nZ1,P1,food,2020-02-15\n")
        .read();
    assert_eq!(refusals(&folder), [""; 0]);
    let told = |column: &str| {
        format!(
            "needs.csv: the column {column} is not there and counts as not known; add it to the header"
        )
    };
    assert_eq!(
        warnings(&folder),
        ["met_at", "known_at", "corrects"].map(told)
    );
}

#[test]
fn a_missing_column_that_must_be_there_is_named_in_a_warning_and_in_each_row() {
    let folder = Files::whole()
        .with(
            "needs",
            "id,person,Kind,raised_at,met_at,known_at,corrects\nZ1,P1,food,2020-02-15,,,\nZ2,P1,food,2020-02-15,,,\n",
        )
        .read();
    assert_eq!(
        warnings(&folder),
        [
            "needs.csv: the column kind is not there and rows cannot be used without it; add it to the header"
        ]
    );
    let told = |line: u8| {
        format!(
            "needs.csv, line {line}: has no kind, for which the file has no column; add kind to the header and fill it in"
        )
    };
    assert_eq!(refusals(&folder), [told(2), told(3)]);
}

#[test]
fn without_an_id_no_row_is_used() {
    let folder = Files::whole()
        .with("grids", "name_zh,name_en\n一,One\n")
        .with("grid_areas", "grid,area\n")
        .with(
            "staff",
            "id,person,role,work_group,grid,known_at,corrects\n",
        )
        .read();
    assert_eq!(
        refusals(&folder),
        [
            "grids.csv, line 2: has no id, for which the file has no column; add id to the header and fill it in"
        ]
    );
}

#[test]
fn a_line_of_ten_megabytes_is_refused_alone() {
    let long = format!("PI9,{},rice,1,2020-02-14T08:00,,", "店".repeat(3_500_000));
    let folder = Files::whole().with_row(ALONE, &long).read();
    assert_eq!(
        refusals(&folder),
        [
            "prices.csv, line 4: is over the limit row_bytes of 1048576; shorten the row or raise the limit"
        ]
    );
    assert!(
        folder.rejected[0]
            .row
            .cells
            .iter()
            .map(String::len)
            .sum::<usize>()
            <= 128 << 10
    );
    assert_eq!(rewritten(&folder), Files::whole());
}

#[test]
fn rows_that_are_no_rows_are_refused_alone() {
    let folder = Files::whole()
        .with_row(ALONE, "PI9,Li")
        .with_row(ALONE, "PI8,\"Li,rice,1,2020-02-14T08:00,,")
        .with_row(ALONE, "PI7,Li,rice,1,2020-02-14T08:00,,,extra")
        .read();
    assert_eq!(
        refusals(&folder),
        [
            "prices.csv, line 4: has 2 cells where the header has 7; add the missing cells or their commas",
            "prices.csv, line 5: opens a quotation mark in line 5 that is not closed before a comma or a line end; close the quotation mark, and double those inside the cell",
            "prices.csv, line 6: has 8 cells where the header has 7; remove the surplus cells, or put a cell that holds a comma in quotation marks",
        ]
    );
    assert_eq!(rewritten(&folder), Files::whole());
}

#[test]
fn losing_the_people_costs_every_row_that_names_one_and_no_other() {
    let folder = Files::whole().with("people", Vec::new()).read();
    let unknown = refusals(&folder)
        .into_iter()
        .filter(|text| text.contains("is not in people.csv"));
    assert_eq!(
        unknown.count(),
        folder.rejected.len() - corrections_refused(&folder)
    );
    assert_eq!(folder.records.prices.rows(), 2);
    assert_eq!(folder.township.households().rows(), 6);
}

fn corrections_refused(folder: &township_folder::Folder) -> usize {
    let beside = refusals(folder)
        .into_iter()
        .filter(|text| !text.contains("is not in people.csv"));
    let texts: Vec<String> = beside.collect();
    // What names an item or corrects an arrival that itself named a person.
    let named = [
        "is not in items.csv",
        "is the id of no row that was accepted",
    ];
    assert!(
        texts
            .iter()
            .all(|text| named.iter().any(|reason| text.contains(reason))),
        "{texts:#?}"
    );
    texts.len()
}
