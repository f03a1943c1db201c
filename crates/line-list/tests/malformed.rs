//! Files with one fault each: the whole message, and the rows that go through.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use line_list::{Limits, Rejected, Table, write_rejected};

/// Rows that went through, and the messages of those that did not.
fn outcome(file: &str, limits: &Limits) -> (Vec<Vec<String>>, Vec<String>) {
    let table = Table::read(file.as_bytes(), limits).unwrap();
    assert_eq!(table.read_rows(), table.len() + table.rejected().len());
    let rows = table
        .rows()
        .map(|row| row.cells().map(str::to_owned).collect())
        .collect();
    (
        rows,
        table.rejected().iter().map(Rejected::to_string).collect(),
    )
}

fn standard(file: &str) -> (Vec<Vec<String>>, Vec<String>) {
    outcome(file, &Limits::standard())
}

fn refused(file: &str) -> String {
    Table::read(file.as_bytes(), &Limits::standard())
        .unwrap_err()
        .to_string()
}

#[test]
fn line_ends_and_quotation_marks_are_read_as_people_write_them() {
    let expected = [vec!["A1", "in\ntwo \"lines\""], vec!["A2", ""]];
    for file in [
        "id,place\nA1,\"in\ntwo \"\"lines\"\"\"\nA2,\n",
        "id,place\r\nA1,\"in\ntwo \"\"lines\"\"\"\r\nA2,",
        "id,place\rA1,\"in\ntwo \"\"lines\"\"\"\rA2,\r",
        "\n\n id , place ,,\nA1,\"in\ntwo \"\"lines\"\"\", ,\n   \n\nA2,,,,,\n",
    ] {
        assert_eq!(
            standard(file),
            (
                expected
                    .iter()
                    .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
                    .collect(),
                vec![]
            )
        );
    }
}

#[test]
fn ragged_rows_are_refused_alone() {
    let (rows, messages) = standard("id,a,b\nA1\nA2,1,2\nA3,1,2,3\nA4,1,2,,\n");
    assert_eq!(rows, [["A2", "1", "2"], ["A4", "1", "2"]]);
    assert_eq!(
        messages,
        [
            "line 2: has 1 cell where the header has 3; add the missing cells or their commas",
            "line 4: has 4 cells where the header has 3; remove the surplus cells, or put a cell that holds a comma in quotation marks",
        ]
    );
}

#[test]
fn an_unclosed_quotation_mark_takes_no_other_row_with_it() {
    let unclosed = |line: u64| {
        format!(
            "line {line}: opens a quotation mark in line {line} that is not closed before a comma or a line end; close the quotation mark, and double those inside the cell"
        )
    };
    // To the end of the file; up to the next quotation mark; and inside one line.
    for (file, line) in [
        ("id,place\nA1,x\nA2,\"y\nA3,z\n", 3),
        ("id,place\nA1,x\nA2,\"y\nA3,\"z\"\n", 3),
        ("id,place\nA2,\"y\"y\nA1,x\nA3,z\n", 2),
    ] {
        let (rows, messages) = standard(file);
        assert_eq!(rows, [["A1", "x"], ["A3", "z"]], "{file}");
        assert_eq!(messages, [unclosed(line)], "{file}");
    }
}

#[test]
fn lines_are_counted_inside_quotation_marks_too() {
    let table = Table::read(
        "id,a\n\"x\r\ny\rz\nw\",1\nA2\n".as_bytes(),
        &Limits::standard(),
    )
    .unwrap();
    assert_eq!(table.row(0).unwrap().line(), 2);
    assert_eq!(table.rejected()[0].line, 6);
}

#[test]
fn a_row_over_its_limit_is_refused_alone() {
    let long = "x".repeat(10 << 20);
    for cell in [
        long.clone(),
        format!("\"{long}\""),
        format!("\"{}\"", "1,2\n".repeat(1 << 19)),
    ] {
        let (rows, messages) = standard(&format!("id,a\nA1,1\nA2,{cell}\nA3,3\n"));
        assert_eq!(rows, [["A1", "1"], ["A3", "3"]]);
        assert_eq!(
            messages,
            ["line 3: is over the limit row_bytes of 1048576; shorten the row or raise the limit"]
        );
    }
    let limits = Limits {
        cell_bytes: 3,
        ..Limits::standard()
    };
    let (rows, messages) = outcome("id,a\nA1,123\nA2,1234\nA3,\"1234\"\nA4,4\n", &limits);
    assert_eq!(rows, [["A1", "123"], ["A4", "4"]]);
    assert_eq!(
        messages[0],
        "line 3: has a cell over the limit cell_bytes of 3; shorten the cell or raise the limit"
    );
    assert_eq!(messages.len(), 2);
}

#[test]
fn a_file_of_broken_rows_is_read_in_linear_time() {
    // Each line closes the quotation mark of the line above and opens another: read anew
    // from each line this would take hours.
    let file = format!("id,a\n{}", "x\",\"\n".repeat(400_000));
    let limits = Limits {
        row_bytes: file.len(),
        ..Limits::standard()
    };
    let (rows, messages) = outcome(&file, &limits);
    assert!(rows.is_empty());
    assert_eq!(messages.len(), 400_000, "and no line is passed over");
}

#[test]
fn headers_that_name_no_columns_are_refused() {
    let empty = "the file is empty; its first line must name the columns";
    for (file, message) in [
        ("", empty),
        ("\u{feff}", empty),
        (" \n\r\n\n", empty),
        (
            ",,\n1,2,3\n",
            "line 1: the header names no column; name the columns in the first line",
        ),
        (
            "\n\"id,a\n1,2\n",
            "line 2: the header opens a quotation mark in line 2 that is not closed before a comma or a line end; close the quotation mark, and double those inside the cell",
        ),
        (
            "id,a, id\n",
            "columns 1 and 3 are both named \"id\"; rename one of them",
        ),
        (
            "id,,a,,b\n",
            "columns 2 and 4 are both named \"\"; rename one of them",
        ),
    ] {
        assert_eq!(refused(file), message, "{file:?}");
    }
}

#[test]
fn limits_of_rows_and_columns_are_inclusive() {
    let limits = Limits {
        rows: 2,
        columns: 2,
        ..Limits::standard()
    };
    assert_eq!(
        Table::read(b"id,a\n1,2\n3\n", &limits).unwrap().read_rows(),
        2
    );
    assert_eq!(
        Table::read(b"id,a\n1,2\n3\n4,5\n", &limits)
            .unwrap_err()
            .to_string(),
        "the file has more rows than the limit rows of 2; split it or raise the limit"
    );
    assert_eq!(
        Table::read(b"id,a,b\n", &limits).unwrap_err().to_string(),
        "the header has 3 columns, over the limit columns of 2; drop some or raise the limit"
    );
}

#[test]
fn a_header_alone_is_an_empty_table() {
    let table = Table::read(b"id,a", &Limits::standard()).unwrap();
    assert!(table.is_empty());
    assert_eq!(
        (table.read_rows(), table.column("a"), table.column("b")),
        (0, Some(1), None)
    );
}

#[test]
fn a_refused_row_is_refused_again_until_it_is_mended() {
    let file = "id,a,b\nA1\nA2,1,2,\"x,y\"\nA3,\"1,2\nA4,1,2\n";
    let table = Table::read(file.as_bytes(), &Limits::standard()).unwrap();
    let written = String::from_utf8(write_rejected(table.columns(), table.rejected())).unwrap();
    assert_eq!(
        written.lines().next(),
        Some("id,a,b,rejected_line,rejected_column,rejected_reason,rejected_remedy")
    );
    assert_eq!(
        written.lines().nth(2),
        Some(
            "A2,1,2,3,whole row,has 4 cells where the header has 3,\"remove the surplus cells, or put a cell that holds a comma in quotation marks\",\"x,y\""
        )
    );
    let again = Table::read(written.as_bytes(), &Limits::standard()).unwrap();
    assert_eq!((again.len(), again.rejected().len()), (0, 3));
    assert_eq!(again.columns(), table.columns());
    assert_eq!(
        again.rejected()[0].to_string(),
        "line 2: was refused as a whole and is still marked so; complete the row and empty its rejected_column"
    );

    let mended = written
        .replace("whole row", "")
        .replace("A1,,", "A1,8,9")
        .replace("marks\",\"x,y\"", "marks\"");
    let mended = Table::read(mended.as_bytes(), &Limits::standard()).unwrap();
    assert_eq!(mended.rejected(), []);
    let ids: Vec<&str> = mended.rows().map(|row| row.cell(0)).collect();
    assert_eq!(ids, ["A1", "A2", "A3"]);
    assert_eq!(mended.row(0).unwrap().cell(2), "9");
}

#[test]
fn a_long_value_is_shown_short_and_kept_whole() {
    let file = format!("id\n{}\n", "王".repeat(200));
    let table = Table::read(file.as_bytes(), &Limits::standard()).unwrap();
    let rejected = table
        .row(0)
        .unwrap()
        .refuse(0, line_list::CellError::new("is long", "shorten it"));
    assert_eq!(
        rejected.to_string(),
        format!("line 2, id: \"{}…\" is long; shorten it", "王".repeat(80))
    );
    assert_eq!(rejected.cells, ["王".repeat(200)]);
    assert_eq!(
        rejected.redacted().to_string(),
        "line 2, id: is long; shorten it"
    );
}
