//! The programs `pair`, `jobs` and `tasks` as a user runs them: what each room answers of a
//! township folder, what it says of bad rows, and that it says the same as the whole day.

mod agreement;
mod jobs;
mod pair;
mod tasks;

use outbreak_response_tests::program::{Answer, Folder};

const AREAS: &str = "id,parent,level,name_zh,name_en\n\
                     T,,town,镇,Town\n\
                     C,T,community,社区,Community\n\
                     V1,C,natural_village,上村,Upper\n\
                     V2,C,natural_village,下村,Lower\n";
const HOUSEHOLDS: &str = "id,area,presence\n\
                          H1,V1,occupied\nH2,V1,occupied\nH3,V2,occupied\nH4,V2,occupied\n";

/// A township of two villages with four households, in the folder `town`.
fn village(people: &str) -> Folder {
    Folder::new()
        .with("town/areas.csv", AREAS)
        .with("town/households.csv", HOUSEHOLDS)
        .with("town/people.csv", people)
}

/// A table with the two columns by which records are corrected, and one correction.
fn corrected(table: &str, correction: &str) -> String {
    let (header, rows) = table.split_once('\n').unwrap();
    let rows = rows.replace('\n', ",,\n");
    format!("{header},known_at,corrects\n{rows}{correction}\n")
}

/// The rows that were printed, without their header.
fn printed(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.code, 0, "{}", answer.err);
    answer.out.lines().skip(1).collect()
}

/// What was said beside the answer, but for files that are not there.
fn said(answer: &Answer) -> Vec<&str> {
    let lines = answer.err.lines();
    lines
        .filter(|line| !line.starts_with("warning: "))
        .collect()
}

/// The rows refused, each without the word before it.
fn refused(answer: &Answer) -> Vec<&str> {
    let lines = answer.err.lines();
    lines
        .filter_map(|line| line.strip_prefix("refused: "))
        .collect()
}

/// What every room does with a command line, a folder or a day it cannot use.
fn holds_to_the_rules_of_programs(folder: &Folder, header: &str, run: fn(&Folder, &str) -> Answer) {
    let ask = |line: &str| run(folder, line);
    let (found, help) = (ask("--data town --date 2020-02-29"), ask("--help"));
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    for flag in [
        "--data",
        "--date",
        "--list",
        "--strict",
        "--timing",
        "Example: ",
    ] {
        assert!(help.out.contains(flag), "{flag}");
    }
    for wrong in [
        "--data town",
        "--date 2020-02-29",
        "--data town --date 2020-02-30",
        "--data town --date 2020-02-29 --list nothing",
        "--data town --date 2020-02-29 --lang fr",
    ] {
        let answer = ask(wrong);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{wrong}");
    }
    for nothing in ["gone", "empty"] {
        std::fs::create_dir_all(folder.path().join("empty")).unwrap();
        let answer = ask(&format!("--data {nothing} --date 2020-02-29"));
        assert_eq!((answer.code, answer.out.as_str()), (1, ""), "{nothing}");
        assert!(answer.err.contains(nothing), "{}", answer.err);
    }
    let early = ask("--data town --date 1990-01-01");
    let at = early.out.lines().next();
    assert_eq!((early.code, at), (0, Some(header)), "{}", early.err);
    assert_eq!(ask("--data town --date 2099-12-31").code, 0);
    let timed = ask("--data town --date 2020-02-29 --timing");
    let timing = timed.err.lines().last().unwrap();
    assert!(timing.starts_with("{\"read_ms\":") && timing.contains("\"solve_ms\":"));
    assert_eq!(timed.out, found.out);
    assert_eq!(ask("--data town --date 2020-02-29 --strict"), found);
    assert_eq!(found.out.lines().next(), Some(header));
}
