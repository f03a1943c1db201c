//! Situation reports of real outbreaks: every row accounted for, and the curves as published.

use std::collections::BTreeMap;
use std::path::Path;

use line_list::{Batch, CaseRow, Limits, Mapping};
use outbreak_response_tests::shared_data;
use reporting::Period;
use reporting::situation::{Situation, SituationCase};
use serde_json::Value;

/// The counts of a line list, as the program makes them.
fn situation(
    bytes: &[u8],
    mapping: &Mapping,
    died: &str,
    period: Period,
) -> (Batch<CaseRow>, Situation) {
    let batch = line_list::read::<CaseRow>(bytes, mapping, &Limits::standard()).unwrap();
    let cases = batch.accepted.iter().map(|case| SituationCase {
        onset: case.onset,
        class: case.class.as_deref(),
        place: case.place.as_deref(),
        died: case.outcome.as_ref().map(|outcome| outcome == died),
    });
    let situation = Situation::from_cases(
        cases,
        batch.read as u64,
        batch.rejected.len() as u64,
        period,
    )
    .unwrap();
    (batch, situation)
}

/// That no case is lost between the columns of a report.
fn assert_reconciles(situation: &Situation) {
    let accepted = situation.accepted();
    assert_eq!(accepted + situation.rejected(), situation.read());
    assert_eq!(situation.by_class().values().sum::<u64>(), accepted);
    assert_eq!(situation.by_place().values().sum::<u64>(), accepted);
    assert_eq!(
        situation.epi_curve().values().sum::<u64>() + situation.missing_onset(),
        accepted
    );
    assert!(
        situation.deaths() <= situation.known_outcomes() && situation.known_outcomes() <= accepted
    );
}

fn file(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap()
}

/// The curve of an outbreak's truth: cases by day, and those without an onset.
fn published(folder: &Path, outbreak: &str) -> (u64, BTreeMap<String, u64>, u64) {
    let truth: Value =
        serde_json::from_slice(&file(folder, &format!("{outbreak}/truth.json"))).unwrap();
    let curve = truth["epi_curve"].as_object().unwrap().iter();
    let mut curve: BTreeMap<String, u64> = curve
        .map(|(day, n)| (day.clone(), n.as_u64().unwrap()))
        .collect();
    let missing = curve.remove("missing").unwrap_or(0);
    (truth["cases"].as_u64().unwrap(), curve, missing)
}

fn assert_curve_is_published(
    folder: &Path,
    outbreak: &str,
    mapping: &Mapping,
    died: &str,
) -> Situation {
    let bytes = file(folder, &format!("{outbreak}/linelist.csv"));
    let (cases, curve, missing) = published(folder, outbreak);
    let (_, by_day) = situation(&bytes, mapping, died, Period::Day);
    assert_reconciles(&by_day);
    assert_eq!(
        (by_day.read(), by_day.rejected(), by_day.missing_onset()),
        (cases, 0, missing)
    );
    let found = by_day
        .epi_curve()
        .into_iter()
        .map(|(day, n)| (day.to_string(), n));
    assert_eq!(found.collect::<BTreeMap<_, _>>(), curve);
    for period in [Period::Week, Period::Month] {
        let (_, longer) = situation(&bytes, mapping, died, period);
        assert_reconciles(&longer);
        let mut folded: BTreeMap<_, u64> = BTreeMap::new();
        for (day, n) in by_day.epi_curve() {
            *folded.entry(period.first_day(day)).or_default() += n;
        }
        assert_eq!(longer.epi_curve(), folded);
    }
    by_day
}

#[test]
fn the_curve_of_mers_in_korea_is_the_published_one() {
    let Some(folder) = shared_data() else { return };
    let mapping = Mapping::epicontacts();
    let korea = assert_curve_is_published(&folder, "mers_korea_2015", &mapping, "Dead");
    assert_eq!((korea.deaths(), korea.known_outcomes()), (19, 162));
}

#[test]
fn the_curve_of_the_simulated_ebola_outbreak_is_the_published_one() {
    let Some(folder) = shared_data() else { return };
    let columns = [
        ("id", "case_id"),
        ("onset", "date_of_onset"),
        ("place", "hospital"),
        ("outcome", "outcome"),
    ];
    let mapping = Mapping::new(columns);
    let ebola = assert_curve_is_published(&folder, "ebola_sim", &mapping, "Death");
    assert_eq!(
        (ebola.deaths(), ebola.known_outcomes()),
        (2_582, 2_582 + 1_983)
    );
    assert_eq!(ebola.by_place()["unknown"], 1_469);
    assert_eq!(ebola.by_class(), BTreeMap::from([("unknown", 5_888)]));
}

#[test]
fn ebola_in_sierra_leone_counts_by_district_as_a_naive_reader_counts() {
    let Some(folder) = shared_data() else { return };
    let bytes = file(&folder, "ebola_sierraleone_2014/linelist.csv");
    let columns = [
        ("id", "id"),
        ("onset", "date_of_onset"),
        ("class", "status"),
        ("place", "district"),
    ];
    let (_, found) = situation(&bytes, &Mapping::new(columns), "", Period::Month);
    assert_reconciles(&found);

    // No cell of this file holds a comma in a column before the last.
    let (mut districts, mut classes, mut months) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let text = String::from_utf8(bytes).unwrap();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        *districts.entry(cells[6]).or_insert(0_u64) += 1;
        *classes.entry(cells[3]).or_insert(0_u64) += 1;
        *months
            .entry(format!("{}-01", &cells[4][..7]))
            .or_insert(0_u64) += 1;
    }
    assert_eq!(found.by_place(), districts);
    assert_eq!(found.by_class(), classes);
    let curve = found
        .epi_curve()
        .into_iter()
        .map(|(day, n)| (day.to_string(), n));
    assert_eq!(curve.collect::<BTreeMap<_, _>>(), months);
    assert_eq!((found.read(), found.known_outcomes()), (11_903, 0));
    assert_eq!(found.case_fatality(), None);
}

#[test]
fn a_line_list_with_every_fault_is_counted_by_its_sound_rows() {
    let file = "case,ill on,kind,where\n\
        1,2020-02-14,confirmed,Tengchong\n\
        2,,confirmed, \n\
        3,14 Feb,confirmed,Tengchong\n\
        ,2020-02-14,confirmed,Tengchong\n\
        1,2020-02-15,suspected,Longling\n\
        4,2020-03-01,,Longling\n\
        5,2020-02-30,suspected,Longling\n\
        6,2020-02-16\n";
    let columns = [
        ("id", "case"),
        ("onset", "ill on"),
        ("class", "kind"),
        ("place", "where"),
    ];
    let (batch, found) = situation(file.as_bytes(), &Mapping::new(columns), "", Period::Week);
    assert_reconciles(&found);
    assert_eq!(
        found.to_json(),
        r#"{"read":8,"accepted":3,"rejected":5,"missing_onset":1,"by_class":{"confirmed":2,"unknown":1},"by_place":{"Longling":1,"Tengchong":1,"unknown":1},"epi_curve":{"2020-02-10":1,"2020-02-24":1}}"#
    );
    let said: Vec<String> = batch.rejected.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 4, ill on: \"14 Feb\" is not a date; write it as 2020-02-14",
            "line 5, case: is empty; fill it in",
            "line 6, case: \"1\" is the id of line 2 too, which was kept; remove one of the two rows or give this one an id of its own",
            "line 8, ill on: \"2020-02-30\" is not a date: there is no 30 February 2020; correct the day or the month",
            "line 9: has 2 cells where the header has 4; add the missing cells or their commas",
        ]
    );
}

#[test]
fn the_report_holds_in_both_languages_what_was_counted() {
    let file = "id,onset,class,place,outcome\n1,2020-02-14,confirmed,Tengchong,died\n2,,suspected,,recovered\n";
    let (_, found) = situation(file.as_bytes(), &Mapping::own(), "died", Period::Day);
    let bulletin = found.to_bulletin(reporting::Text::same("<Ebola> & more"));
    for language in reporting::Language::ALL {
        let page = reporting::to_html(&bulletin, language).unwrap();
        let markdown = reporting::to_markdown(&bulletin, language);
        assert!(page.contains("&lt;Ebola&gt;") || page.contains("&#60;Ebola&#62;"));
        assert!(!page.contains("<Ebola>"));
        for text in ["Tengchong", "50.0%"] {
            assert!(page.contains(text) && markdown.contains(text), "{text}");
        }
        assert_eq!(page, reporting::to_html(&bulletin, language).unwrap());
    }
}
