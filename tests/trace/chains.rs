//! `trace chains`: published statistics, links beside or inside the line list, every fault named.

use std::fmt::Write as _;
use std::path::Path;

use outbreak_response_tests::shared_data;
use serde_json::Value;

use outbreak_response_tests::program::{Answer, Folder, gzipped};

const CASES: &str = "case,ill\na,2020-02-01\nb,2020-02-05\nc,\nd,2020-02-03\n";
const LINKS: &str = "by,whom\na,b\na,c\nb,d\n";
const LINE: &str =
    "chains --cases cases.csv --id case --onset ill --links links.csv --from by --to whom";

fn asked(cases: impl AsRef<[u8]>, links: impl AsRef<[u8]>, more: &str) -> Answer {
    let folder = Folder::new()
        .with("cases.csv", cases)
        .with("links.csv", links);
    folder.trace(&format!("{LINE} {more}"))
}

/// Equal, but that numbers with decimals may differ in the seventh digit: the published
/// dispersion was found by a search that stopped at about the eighth.
fn assert_same(found: &Value, truth: &Value, at: &str) {
    match (found, truth) {
        (Value::Object(found), Value::Object(truth)) => {
            let keys = |map: &serde_json::Map<_, _>| map.keys().cloned().collect::<Vec<String>>();
            assert_eq!(keys(found), keys(truth), "{at}");
            for (key, truth) in truth {
                assert_same(&found[key], truth, &format!("{at}.{key}"));
            }
        }
        (Value::Number(_), Value::Number(_)) if found.is_f64() || truth.is_f64() => {
            let (found, truth) = (found.as_f64().unwrap(), truth.as_f64().unwrap());
            assert!(
                (found / truth - 1.0).abs() < 1e-7,
                "{at}: {found} is not {truth}"
            );
        }
        _ => assert_eq!(found, truth, "{at}"),
    }
}

/// The statistics of a published outbreak, with what was said on the way.
fn published(outbreak: &str, columns: &str) -> Option<Answer> {
    let folder = shared_data()?.join(outbreak);
    let file = |name: &str| folder.join(name).display().to_string();
    let found = Folder::new().trace(&format!(
        "chains --cases {} --links {} {columns} --strict",
        file("linelist.csv"),
        file("contacts.csv")
    ));
    assert_eq!(found.code, 0);
    let truth: Value =
        serde_json::from_slice(&std::fs::read(folder.join("truth.json")).unwrap()).unwrap();
    assert_same(&serde_json::from_str(&found.out).unwrap(), &truth, outbreak);
    Some(found)
}

#[test]
fn mers_in_korea_has_its_published_statistics() {
    let columns = "--id id --onset dt_onset --from from --to to";
    let Some(found) = published("mers_korea_2015", columns) else {
        return;
    };
    let flagged: Vec<&str> = found
        .err
        .lines()
        .map(|line| line.rsplit_once("contacts.csv, ").unwrap().1)
        .collect();
    assert_eq!(
        flagged,
        [
            "line 34: \"SK_87\" to \"SK_107\" names a second infector; it counts, check it",
            "line 67: \"SK_11\" to \"SK_39\" names a second infector; it counts, check it",
            "line 84: \"SK_12\" to \"SK_39\" names a second infector; it counts, check it",
        ]
    );
}

#[test]
fn a_simulated_ebola_outbreak_has_its_published_statistics() {
    let columns = "--id case_id --onset date_of_onset --from infector --to case_id";
    let Some(found) = published("ebola_sim", columns) else {
        return;
    };
    // Most infectors were never found; nothing else is odd.
    let lines: Vec<&str> = found.err.lines().collect();
    let (last, named) = lines.split_last().unwrap();
    assert_eq!((named.len(), *last), (20, "flagged: and 1619 more"));
    let unknown = "the infector is not in the line list; it counts, check it";
    assert!(named.iter().all(|line| line.ends_with(unknown)));
}

/// The first cell of each row below the header, and the second.
fn pairs(path: &Path, columns: [usize; 2]) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    let cell = |line: &str, at: usize| line.split(',').nth(at).unwrap().to_owned();
    let rows = text.lines().skip(1);
    rows.map(|line| (cell(line, columns[0]), cell(line, columns[1])))
        .collect()
}

#[test]
fn links_inside_the_line_list_count_as_those_beside_it() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("ebola_sim");
    let cases = pairs(&folder.join("linelist.csv"), [0, 3]);
    let links = pairs(&folder.join("contacts.csv"), [0, 1]);
    let mut listed = "id,onset,infector\n".to_owned();
    for (id, onset) in &cases {
        let infector = links.iter().find(|(_, infectee)| infectee == id);
        let infector = infector.map_or("", |(infector, _)| infector);
        writeln!(listed, "{id},{onset},{infector}").unwrap();
    }
    // Of links to people who are no case a line list knows nothing.
    let known = links
        .iter()
        .filter(|(_, to)| cases.iter().any(|(id, _)| id == to));
    let mut beside = "from,to\n".to_owned();
    for (from, to) in known {
        writeln!(beside, "{from},{to}").unwrap();
    }
    let folder = Folder::new()
        .with("cases.csv.gz", gzipped(listed))
        .with("links.csv", beside);
    let inside =
        folder.trace("chains --cases cases.csv.gz --id id --onset onset --infector infector");
    let beside = folder.trace(
        "chains --cases cases.csv.gz --id id --onset onset --links links.csv --from from --to to",
    );
    assert_eq!((inside.code, beside.code), (0, 0));
    assert_eq!(inside.out, beside.out);
    assert!(inside.out.contains("\"cases\": 5888"));
}

#[test]
fn the_statistics_of_four_people_are_those_of_counting() {
    let found = asked(CASES, LINKS, "");
    assert_eq!(found.code, 0);
    assert_eq!(
        found.err,
        "flagged: links.csv, line 4: \"b\" to \"d\" the infectee fell ill before the infector; it counts, check it\n"
    );
    let statistics: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(
        statistics,
        serde_json::json!({
            "cases": 4,
            "links": 3,
            "people": 4,
            "infectees_with_two_infectors": [],
            "roots": 1,
            "generations": {"0": 1, "1": 2, "2": 1},
            "offspring": {
                "mean": 0.75, "variance": 0.6875, "k": null,
                "histogram": {"0": 2, "1": 1, "2": 1},
                "top": [["a", 2], ["b", 1]],
            },
            "serial_interval": {
                "n": 2, "mean": 1.0, "median": 1.0, "sd": 18.0_f64.sqrt(), "min": -2, "max": 4, "negative": 1,
            },
            "clusters": {"count": 1, "largest": [4]},
            "epi_curve": {"2020-02-01": 1, "2020-02-03": 1, "2020-02-05": 1, "missing": 1},
        })
    );
}

#[test]
fn the_same_rows_in_any_form_and_order_give_the_same_bytes() {
    let expected = asked(CASES, LINKS, "").out;
    let cases = "sex,case,ill\nf,d,2020-02-03\nm,c,\n,b,2020年2月5日\n,a,2020/2/1\n";
    let marked = format!("\u{feff}{}", cases.replace('\n', "\r\n"));
    let links = "whom,by\nd,b\nc,a\nb,a\n";
    assert_eq!(asked(gzipped(marked), gzipped(links), "").out, expected);
    let day_first = "case,ill\na,01/02/2020\nb,05/02/2020\nc,\nd,03/02/2020\n";
    assert_eq!(asked(day_first, LINKS, "--dates day-first").out, expected);
    assert_eq!(asked(day_first, LINKS, "").code, 0);
}

#[test]
fn a_row_that_is_no_case_or_link_is_named_and_the_others_count() {
    let cases = format!("{CASES}a,2020-03-01\ne,30 Feb\n,2020-02-01\nf\n");
    let links = format!("{LINKS}a,b\nc,\n,\na,d,x\nd,d\n");
    let found = asked(&cases, &links, "");
    assert_eq!(found.code, 0);
    assert_eq!(
        found.err,
        "refused: cases.csv, line 6, case: \"a\" is the id of line 2 too, which was kept; remove one of the two rows or give this one an id of its own\n\
         refused: cases.csv, line 7, ill: \"30 Feb\" is not a date; write it as 2020-02-14\n\
         refused: cases.csv, line 8, case: is empty; fill it in\n\
         refused: cases.csv, line 9: has 1 cell where the header has 2; add the missing cells or their commas\n\
         4 of 8 rows were refused, 4 were used; mend the rows named above and run again\n\
         refused: links.csv, line 8: has 3 cells where the header has 2; remove the surplus cells, or put a cell that holds a comma in quotation marks\n\
         1 of 8 rows were refused, 7 were used; mend the rows named above and run again\n\
         note: links.csv, rows that name one end alone and are no links: 1\n\
         flagged: links.csv, line 9: \"d\" to \"d\" infector and infectee are the same person; it counts, check it\n\
         flagged: links.csv, line 5: \"a\" to \"b\" repeats an earlier link; it counts, check it\n\
         flagged: links.csv, line 9: \"d\" to \"d\" names a second infector; it counts, check it\n\
         flagged: links.csv, line 4: \"b\" to \"d\" the infectee fell ill before the infector; it counts, check it\n"
    );
    let statistics: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(
        (&statistics["cases"], &statistics["links"]),
        (&4.into(), &5.into())
    );
    let strict = asked(&cases, &links, "--strict");
    assert_eq!((strict.code, strict.out.as_str()), (1, ""));
    assert!(strict.err.ends_with(
        "error: 4 of 8 rows were refused, 4 were used; mend them, or run without --strict\n"
    ));
}

#[test]
fn many_odd_links_of_one_kind_hide_none_of_another() {
    let unlisted: String = (0..40).map(|n| format!("x{n},y{n}\n")).collect();
    let found = asked(CASES, format!("{LINKS}d,a\n{unlisted}"), "");
    assert_eq!(found.code, 0);
    let circle = |line: usize, link: &str| {
        format!("flagged: links.csv, line {line}: {link} leads in a circle; it counts, check it")
    };
    for expected in [
        circle(2, "\"a\" to \"b\""),
        circle(4, "\"b\" to \"d\""),
        circle(5, "\"d\" to \"a\""),
    ] {
        assert!(
            found.err.lines().any(|line| line == expected),
            "{}",
            found.err
        );
    }
    assert_eq!(found.err.matches("flagged: and 20 more\n").count(), 2);
}

#[test]
fn where_nothing_can_be_answered_the_program_says_what_to_do_and_ends_with_1() {
    let cases = [
        (
            "case,il\na,\n",
            LINKS,
            "cases.csv: there is no column \"ill\" for onset, perhaps \"il\" is meant; the columns are case, il",
        ),
        (
            CASES,
            "by\na\n",
            "links.csv: there is no column \"whom\" for to; the columns are by",
        ),
        (
            "case,ill\n,\n",
            LINKS,
            "no case could be used; mend the rows named above and run again",
        ),
        (
            CASES,
            "",
            "links.csv: the file is empty; its first line must name the columns",
        ),
    ];
    for (list, links, why) in cases {
        let found = asked(list, links, "");
        assert_eq!((found.code, found.out.as_str()), (1, ""), "{why}");
        assert_eq!(found.err.lines().last().unwrap(), format!("error: {why}"));
    }
}

#[test]
fn nobody_has_no_figures_and_no_abort() {
    let found = asked("case,ill\n", "by,whom\n", "");
    assert_eq!((found.code, found.err.as_str()), (0, ""));
    let statistics: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(statistics["serial_interval"]["mean"], Value::Null);
    assert_eq!(statistics["epi_curve"], serde_json::json!({}));
}

#[test]
fn the_command_line_names_links_in_one_way() {
    let folder = Folder::new()
        .with("cases.csv", CASES)
        .with("links.csv", LINKS);
    let cases = "chains --cases cases.csv --id case --onset ill";
    for more in [
        "",
        "--links links.csv",
        "--links links.csv --from by",
        "--from by --to whom",
        "--infector ill --links links.csv --from by --to whom",
    ] {
        let found = folder.trace(&format!("{cases} {more}"));
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{more}");
    }
}

#[test]
fn graphs_and_page_are_written_whole_beside_the_answer_or_not_at_all() {
    let folder = Folder::new()
        .with("cases.csv", CASES)
        .with("links.csv", LINKS);
    let expected = folder.trace(LINE).out;
    let found = folder.trace(&format!(
        "{LINE} --dot chains.dot --graphml chains.graphml --html chains.html"
    ));
    assert_eq!((found.code, found.out), (0, expected));
    assert_eq!(
        folder.names(),
        [
            "cases.csv",
            "chains.dot",
            "chains.graphml",
            "chains.html",
            "links.csv"
        ]
    );
    for (name, link) in [
        ("chains.dot", "\"a\" -> \"b\""),
        ("chains.graphml", "source=\"a\" target=\"b\""),
        ("chains.html", "Chains of transmission"),
    ] {
        let text = folder.read(name);
        assert!(text.contains(link), "{text}");
        // Nothing of this machine or run stands in a file.
        assert!(!text.contains("/tmp") && !text.contains("0.1.0"));
        folder.trace(&format!(
            "{LINE} --dot chains.dot --graphml chains.graphml --html chains.html"
        ));
        assert_eq!(folder.read(name), text);
    }
    let before = folder.names();
    let found = folder.trace(&format!(
        "{LINE} --dot new.dot --graphml gone/chains.graphml"
    ));
    assert_eq!((found.code, found.out.as_str()), (1, ""));
    assert!(
        found.err.contains("error: gone/chains.graphml: "),
        "{}",
        found.err
    );
    assert_eq!(folder.names(), before);
}

#[test]
fn nothing_that_is_read_is_written_over() {
    let folder = Folder::new()
        .with("cases.csv", CASES)
        .with("links.csv", LINKS);
    for more in [
        "--dot cases.csv",
        "--graphml links.csv",
        "--dot new --graphml new",
        "--dot ./cases.csv",
    ] {
        let found = folder.trace(&format!("{LINE} {more}"));
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{more}");
    }
    assert_eq!(
        (folder.read("cases.csv"), folder.read("links.csv")),
        (CASES.to_owned(), LINKS.to_owned())
    );
}
