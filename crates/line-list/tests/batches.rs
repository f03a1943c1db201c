//! Rows as records by the column names of the systems people have.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use line_list::cell::Dates;
use line_list::{Batch, CaseRow, FileError, Limits, Mapping, Rejected, read, write_rejected};

fn batch(file: &str, mapping: &Mapping) -> Batch<CaseRow> {
    let batch = read::<CaseRow>(file.as_bytes(), mapping, &Limits::standard()).unwrap();
    assert_eq!(batch.read, batch.accepted.len() + batch.rejected.len());
    batch
}

fn error(file: &str, mapping: &Mapping) -> FileError {
    read::<CaseRow>(file.as_bytes(), mapping, &Limits::standard()).unwrap_err()
}

fn messages(batch: &Batch<CaseRow>) -> Vec<String> {
    batch.rejected.iter().map(Rejected::to_string).collect()
}

fn ids(batch: &Batch<CaseRow>) -> Vec<&str> {
    batch.accepted.iter().map(|case| case.id.as_str()).collect()
}

#[test]
fn good_rows_go_through_and_bad_ones_say_why() {
    let file = "id,onset,class,place,outcome\nA1,,confirmed,Mangbang,\nA2,30/02/2020,,,\n,2020-02-14,,,\nA4,2020-02-14\n";
    let batch = batch(file, &Mapping::own());
    assert_eq!(
        batch.accepted,
        [CaseRow {
            id: "A1".into(),
            onset: None,
            class: Some("confirmed".into()),
            place: Some("Mangbang".into()),
            outcome: None
        }]
    );
    assert_eq!(
        messages(&batch),
        [
            "line 3, onset: \"30/02/2020\" is not a date; write it as 2020-02-14",
            "line 4, id: is empty; fill it in",
            "line 5: has 2 cells where the header has 5; add the missing cells or their commas",
        ]
    );
}

#[test]
fn of_two_rows_with_one_id_the_smaller_stays_whatever_the_order() {
    let rows = ["A1,2020-02-15", "A1,2020-02-14", "A2,2020-02-16"];
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let file = format!("id,onset\n{}\n", order.map(|row| rows[row]).join("\n"));
        let batch = batch(&file, &Mapping::own());
        let mut kept: Vec<String> = batch
            .accepted
            .iter()
            .map(|case| format!("{},{}", case.id, case.onset.unwrap()))
            .collect();
        kept.sort();
        assert_eq!(kept, ["A1,2020-02-14", "A2,2020-02-16"]);
        let line = order.iter().position(|row| *row == 1).unwrap() + 2;
        let refused = order.iter().position(|row| *row == 0).unwrap() + 2;
        assert_eq!(
            messages(&batch),
            [format!(
                "line {refused}, id: \"A1\" is the id of line {line} too, which was kept; remove one of the two rows or give this one an id of its own"
            )]
        );
    }
}

#[test]
fn a_refused_row_takes_no_id_from_a_good_one() {
    let batch = batch("id,onset\nA1,never\nA1,2020-02-14\n", &Mapping::own());
    assert_eq!(ids(&batch), ["A1"]);
    assert_eq!(
        messages(&batch),
        ["line 2, onset: \"never\" is not a date; write it as 2020-02-14"]
    );
}

#[test]
fn ids_repeated_on_purpose_go_through() {
    let batch = batch(
        "id,onset\nA1,\nA1,\nA1,2020-02-14\n",
        &Mapping::own().with_repeated_ids(),
    );
    assert_eq!(ids(&batch), ["A1", "A1", "A1"]);
}

#[test]
fn a_missing_column_is_named_with_the_one_most_like_it() {
    let mapping = Mapping::new([("id", "case_id"), ("onset", "date_onset")]);
    assert_eq!(
        error("case_id,date_of_onset,sex\n", &mapping).to_string(),
        "there is no column \"date_onset\" for onset, perhaps \"date_of_onset\" is meant; the columns are case_id, date_of_onset, sex"
    );
    assert_eq!(
        error("case_id,sex\n", &mapping).to_string(),
        "there is no column \"date_onset\" for onset; the columns are case_id, sex"
    );
    assert_eq!(
        error("case_id\n", &Mapping::new([("onset", "case_id")])).to_string(),
        "no column is named for id; name the one that holds it, the columns are case_id"
    );
    assert!(
        batch("id,onset\nA1,\n", &Mapping::own()).accepted[0]
            .class
            .is_none()
    );
}

#[test]
fn each_system_is_read_by_its_own_columns() {
    for (mapping, file) in [
        (
            Mapping::own(),
            "id,person,class,onset,outcome,place\nA1,P1,confirmed,2020-02-14,died,Mangbang\n",
        ),
        (
            Mapping::go_data(),
            "visualId,classification,dateOfOnset,outcomeId,addresses_locationid\nA1,confirmed,2020-02-14T00:00:00.000Z,died,Mangbang\n",
        ),
        (
            Mapping::sormas(),
            "uuid,caseClassification,symptoms.onsetDate,outcome,district\nA1,confirmed,2020-02-14,died,Mangbang\n",
        ),
        (
            Mapping::who(),
            "patinfo_ID,report_classif,patcourse_dateonset,patcourse_status,patinfo_resadmin1\nA1,confirmed,2020-02-14,died,Mangbang\n",
        ),
        (
            Mapping::epicontacts().with("class", "status"),
            "id,status,dt_onset,outcome,place_infect\nA1,confirmed,2020-02-14,died,Mangbang\n",
        ),
    ] {
        let batch = batch(file, &mapping);
        let case = &batch.accepted[0];
        assert_eq!(
            (case.id.as_str(), case.onset),
            ("A1", chrono::NaiveDate::from_ymd_opt(2020, 2, 14))
        );
        assert_eq!(case.class.as_deref(), Some("confirmed"));
        assert_eq!(case.place.as_deref(), Some("Mangbang"));
        assert_eq!(case.outcome.as_deref(), Some("died"));
    }
}

#[test]
fn dates_are_read_as_the_mapping_says() {
    let file = "id,onset\nA1,03/05/2020\n";
    assert_eq!(batch(file, &Mapping::own()).accepted.len(), 0);
    let batch = batch(file, &Mapping::own().with_dates(Dates::DayFirst));
    assert_eq!(
        batch.accepted[0].onset,
        chrono::NaiveDate::from_ymd_opt(2020, 5, 3)
    );
}

#[test]
fn what_was_refused_is_mended_and_read_again() {
    let file = "id,note,onset\nA1,\"first, of all\",30/02/2020\nA2,,2020-02-14\n";
    let first = batch(file, &Mapping::own());
    let written = String::from_utf8(write_rejected(&first.columns, &first.rejected)).unwrap();
    assert_eq!(
        written,
        "id,note,onset,rejected_line,rejected_column,rejected_reason,rejected_remedy\n\
         A1,\"first, of all\",30/02/2020,2,onset,is not a date,write it as 2020-02-14\n"
    );
    // Read again unmended, it is refused again and written as the same bytes.
    let again = batch(&written, &Mapping::own());
    assert_eq!(
        String::from_utf8(write_rejected(&again.columns, &again.rejected)).unwrap(),
        written
    );
    let mended = batch(
        &written.replace("30/02/2020", "2020-02-29"),
        &Mapping::own(),
    );
    assert_eq!(ids(&mended), ["A1"]);
    assert_eq!(mended.columns, ["id", "note", "onset"]);
}
