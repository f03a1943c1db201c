//! The program `decide` as a user runs it: every worked case, what it says of bad input, how it
//! ends.

use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use outbreak_response_tests::program::{Folder, rows};

fn facts_folder() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/facts"));
    if folder.is_dir() {
        return Some(folder.to_owned());
    }
    println!("skipped: no ../shared/facts");
    None
}

const EXPECTED: [(&str, &str); 7] = [
    ("measure", "expected_measure"),
    ("place", "expected_place"),
    ("until", "expected_until"),
    ("then_measure", "expected_then_measure"),
    ("then_until", "expected_then_until"),
    ("on_as_of", "expected_on_as_of"),
    ("clause", "why"),
];

#[test]
fn every_worked_case_comes_out_as_expected_in_all_columns() {
    let Some(facts) = facts_folder() else { return };
    let mut cases = 0;
    for file in ["scenarios.csv", "scenarios_random.csv"] {
        let text = std::fs::read_to_string(facts.join(file)).unwrap();
        let folder = Folder::new().with("facts.csv", &text);
        let answer = folder.decide("--facts facts.csv --unknown not-matched --strict");
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        let header = "case_id,measure,place,until,then_measure,then_until,on_as_of,clause";
        assert_eq!(answer.out.lines().next(), Some(header));
        let (asked, answered) = (rows(&text), rows(&answer.out));
        assert_eq!(asked.len(), answered.len());
        for (asked, answered) in asked.iter().zip(&answered) {
            cases += 1;
            assert_eq!(asked["case_id"], answered["case_id"]);
            for (column, expected) in EXPECTED {
                assert_eq!(
                    answered[column], asked[expected],
                    "{}, {column}",
                    asked["case_id"]
                );
            }
        }
    }
    assert_eq!(cases, 660, "every case is asked");
}

const HEADER: &str =
    "case_id,authority,disease,as_of,subject,arrival_date,via_hubei,home_ok,from_risk\n";

fn returnee(row: &str) -> Folder {
    Folder::new().with("f.csv", format!("{HEADER}{row}\n"))
}

#[test]
fn an_unknown_fact_leaves_the_answer_open_and_is_named() {
    let folder = returnee("1,CN-YN-TC-MB,COVID-19,2020-01-31,local_returnee,2020-01-28,,,");
    let answer = folder.decide("--facts f.csv --explain en");
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let row = &rows(&answer.out)[0];
    let cells = [
        "measure",
        "needs",
        "held_measure",
        "held_place",
        "held_clause",
        "clause",
    ];
    assert_eq!(
        cells.map(|cell| row[cell].as_str()),
        [
            "undetermined",
            "via_hubei",
            "central_quarantine",
            "township_site",
            "MB-HUBEI",
            ""
        ]
    );
    assert!(row["because"].len() > 40);
    let chinese = folder.decide("--facts f.csv --explain zh");
    assert!(rows(&chinese.out)[0]["because"].contains('湖'));
    assert_ne!(answer.out, chinese.out);
    let matched = folder.decide("--facts f.csv --unknown not-matched");
    assert_eq!(rows(&matched.out)[0]["clause"], "TC-JAN-HOME");
    let nobody = returnee("1,FR,COVID-19,2020-01-31,local_returnee,2020-01-28,,,");
    let nobody = nobody.decide("--facts f.csv --unknown not-matched");
    assert_eq!(nobody.out.lines().last(), Some("1,,,,,,,no_row"));
}

#[test]
fn gzipped_and_dirty_files_are_read_and_bad_rows_named() {
    let good = "1,CN-YN-TC-MB,COVID-19,2020-01-31,local_returnee,2020-01-28,yes,,";
    let bad = [
        "2,CN-YN-TC-MB,COVID-19,2020-02-30,local_returnee,2020-01-28,yes,,",
        "3,CN-YN-TC-MB,COVID-19,2020-01-31,guest,2020-01-28,yes,,",
        "4,CN-YN-TC-MB,COVID-19,2020-01-31,local_returnee,2020-01-28,perhaps,,",
        "5,CN-YN-TC-MB,COVID-19,2020-01-31,local_returnee,2020-01-28,yes,,hgih",
        "6,,COVID-19,2020-01-31,local_returnee,2020-01-28,yes,,",
        "7,CN-YN-TC-MB",
    ];
    let text = format!("\u{feff}{HEADER}{good}\n{}\n", bad.join("\n")).replace('\n', "\r\n");
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
    let folder = Folder::new().with("f.csv.gz", packed.finish().unwrap());
    let answer = folder.decide("--facts f.csv.gz");
    assert_eq!((answer.code, rows(&answer.out).len()), (0, 1));
    assert_eq!(
        answer.err.lines().collect::<Vec<_>>(),
        [
            "refused: f.csv.gz, line 3, as_of: \"2020-02-30\" is not a date; write the day asked as 2020-02-14",
            "refused: f.csv.gz, line 4, subject: \"guest\" cannot be read; write a class of person such as close_contact or local_returnee",
            "refused: f.csv.gz, line 5, via_hubei: \"perhaps\" cannot be read; write yes or no, or leave it empty where it is not known",
            "refused: f.csv.gz, line 6, from_risk: \"hgih\" cannot be read; write high, medium, low, red, amber, green or case_prefecture",
            "refused: f.csv.gz, line 7, authority: is empty; fill it in",
            "refused: f.csv.gz, line 8: has 2 cells where the header has 9; add the missing cells or their commas",
            "6 of 7 rows were refused, 1 were used; mend the rows named above and run again",
        ]
    );
    let strict = folder.decide("--facts f.csv.gz --strict");
    assert_eq!((strict.code, strict.out.as_str()), (1, ""));
    let nothing = Folder::new()
        .with("f.csv", format!("{HEADER}{}\n", bad[0]))
        .decide("--facts f.csv");
    assert_eq!((nothing.code, nothing.out.as_str()), (1, ""));
}

#[test]
fn what_cannot_be_answered_ends_with_one_and_a_wrong_line_with_two() {
    let folder = Folder::new()
        .with("f.csv", "case_id,authority\n")
        .with("empty/readme.txt", "");
    for (line, code, said) in [
        ("--facts g.csv", 1, "g.csv"),
        (
            "--facts f.csv",
            1,
            "f.csv: there is no column disease; add it to the header",
        ),
        ("check --books nowhere", 1, "nowhere"),
        ("check --books empty", 1, "there is no .toml file"),
        ("--facts f.csv --unknown maybe", 2, "maybe"),
        ("", 2, "--facts"),
        ("compare --facts f.csv --on 2020-01-01", 2, "given 1 times"),
        (
            "compare --facts f.csv --on 2020-01-01 --on someday",
            2,
            "someday",
        ),
    ] {
        let answer = folder.decide(line);
        assert_eq!(
            (answer.code, answer.out.as_str()),
            (code, ""),
            "{line}: {}",
            answer.err
        );
        assert!(answer.err.contains(said), "{line}: {}", answer.err);
    }
    let help = folder.decide("--help");
    assert_eq!(help.code, 0);
    for flag in [
        "--facts",
        "--books",
        "--unknown",
        "--explain",
        "--strict",
        "check",
        "compare",
    ] {
        assert!(help.out.contains(flag), "{flag}");
    }
    let misspelt = Folder::new().with(
        "f.csv",
        "case_id,authority,disease,as_of,subject,home_okay\n1,WHO,Ebola,2020-01-01,close_contact,no\n",
    );
    let answer = misspelt.decide("--facts f.csv");
    assert_eq!(
        (answer.code, answer.err.as_str()),
        (
            0,
            "warning: no fact is called home_okay; check the header, those columns were passed over\n"
        )
    );
}

const BOOK: &str = r#"
authority = "X"
name_zh = "某地"
name_en = "Somewhere"

[[scope]]
disease = "D"
subjects = ["local_returnee"]
from = 2020-01-01

[[clause]]
id = "X-1"
disease = "D"
edition = "first"
from = 2020-01-01
until = 2020-03-01
subject = "local_returnee"
condition = { any = ["age>=60", { not = "home_ok=yes" }] }
measure = "home_quarantine"
days = 14
counted_from = "arrival"
place = "home"
source = "made up"
confidence = "recalled"
"#;

#[test]
fn check_names_what_is_wrong_and_ends_with_one_if_anything_is() {
    let shipped = Folder::new().decide("check");
    assert_eq!((shipped.code, shipped.err.as_str()), (0, ""));
    assert!(shipped.out.starts_with("nothing found in 185 clauses"));
    let answer = Folder::new()
        .with("b/x.toml", BOOK)
        .decide("check --books b");
    assert_eq!(answer.code, 1);
    assert_eq!(
        answer.out.lines().collect::<Vec<_>>(),
        [
            "X, D, local_returnee, from 2020-01-01 until 2020-03-01: gap: inside the declared scope nobody says what holds; for home_ok=yes;not(age>=60); such as arrival_date=2020-02-29, home_ok=yes, age=0 on 2020-02-29; add a clause, or narrow the scope",
            "X, D, local_returnee, from 2020-03-01: uncovered_days: inside the declared scope no clause of the book is in force; such as anybody on 2022-11-26; close the days between the editions, or narrow the scope",
        ]
    );
    let broken = BOOK
        .replace("age>=60", "height>=2")
        .replace("days = 14", "days = 1000000000");
    let answer = Folder::new()
        .with("b/x.toml", broken)
        .decide("check --books b");
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    let said: Vec<&str> = answer.err.lines().collect();
    assert_eq!(said.len(), 2, "{}", answer.err);
    assert!(said[0].starts_with("error: b/x.toml, line 18, clause \"X-1\", condition:"));
    assert_eq!(
        said[1],
        "b/x.toml, line 20, clause \"X-1\", days: 1000000000 will not do; write a whole number of days"
    );
}

#[test]
fn compare_lists_who_is_treated_differently_and_by_which_clauses() {
    let header = "case_id,authority,disease,subject,last_exposure,home_ok\n";
    let people = "a,CN-NHC,COVID-19,close_contact,2020-02-18,yes\nb,WHO,Ebola,close_contact,2020-02-18,yes\n";
    let folder = Folder::new().with("f.csv", format!("{header}{people}"));
    let answer = folder
        .decide("compare --facts f.csv --on 2020-02-20 --on 2020-02-21 --unknown not-matched");
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let found = rows(&answer.out);
    assert_eq!(found.len(), 1);
    let cells = [
        "case_id",
        "before_measure",
        "before_clause",
        "after_measure",
        "after_clause",
    ];
    assert_eq!(
        cells.map(|cell| found[0][cell].as_str()),
        [
            "a",
            "home_observation",
            "CN-E4-CC",
            "central_quarantine",
            "CN-E5-CC"
        ]
    );
    let everybody = folder.decide("compare --authority CN-NHC --on 2022-11-10 --on 2022-11-11");
    assert_eq!((everybody.code, everybody.err.as_str()), (0, ""));
    let found = rows(&everybody.out);
    assert_eq!(found.len(), 10);
    assert_eq!(found[0]["people"], "home_ok=no");
}
