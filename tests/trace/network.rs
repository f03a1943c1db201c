//! `trace network`: published answers, any form of the same file, and every fault named.

use std::path::Path;

use outbreak_response_tests::shared_data;
use serde_json::Value;

use outbreak_response_tests::program::{Answer, Folder, gzipped};

const CONTACTS: &str = "time_s,person_a,person_b\n10,1,2\n20,2,3\n20,3,4\n40,4,5\n";
const QUERIES: &str = r#"{"traces":[{"seed":1,"start":0,"modes":["nonstrict","hops_2"]}],"backward":[{"target":3,"by":20}]}"#;
/// SHA-256 of nothing: FIPS 180-4.
const OF_NOTHING: &str = "e3b0c44298fc1c14";

fn asked(contacts: impl AsRef<[u8]>, queries: &str) -> Answer {
    let folder = Folder::new()
        .with("met.csv", contacts)
        .with("q.json", queries);
    folder.trace("network met.csv --queries q.json")
}

fn assert_answers_as_published(study: &str) {
    let Some(data) = shared_data() else { return };
    let study = data.join(study);
    let named = |name: &str| study.join(name).display().to_string();
    let found = Folder::new().trace(&format!(
        "network {} --queries {} --strict",
        named("contacts.csv.gz"),
        named("queries.json")
    ));
    assert_eq!((found.code, found.err.as_str()), (0, ""));
    let answers: Value = serde_json::from_str(&found.out).unwrap();
    let truth = json(&study.join("truth.json"));
    assert_eq!(answers["traces"], truth["traces"]);
    assert_eq!(answers["backward"], truth["backward"]);
    assert!(answers["traces"].as_array().unwrap().len() >= 10);
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_high_school_is_answered_as_published() {
    assert_answers_as_published("high_school_2011");
}

#[test]
fn a_primary_school_is_answered_as_published() {
    assert_answers_as_published("primary_school_2009");
}

#[test]
fn an_answer_has_the_keys_of_the_question_in_their_order() {
    let found = asked(CONTACTS, QUERIES);
    assert_eq!((found.code, found.err.as_str()), (0, ""));
    let expected = r#"{
  "traces": [
    {
      "seed": 1,
      "start": 0,
      "nonstrict": {
        "reached": 4,
        "last_arrival": 40,
        "sum_arrival_minus_t0": 90,
        "digest": "5d26ebc690118e74"
      },
      "hops_2": {
        "reached": 2,
        "last_arrival": 20,
        "sum_arrival_minus_t0": 30,
        "digest": "a1268b56deceb322"
      }
    }
  ],
  "backward": [
    {
      "target": 3,
      "by": 20,
      "sources": 3,
      "latest_departure_sum_minus_first": 20,
      "digest": "3687cac774d60fe8"
    }
  ]
}
"#;
    assert_eq!(found.out, expected);
}

#[test]
fn the_same_contacts_in_any_form_and_order_give_the_same_bytes() {
    let expected = asked(CONTACTS, QUERIES).out;
    let turned = "time_s,person_a,person_b\n40,5,4\n20,4,3\n10,2,1\n20,3,2\n";
    let other_columns =
        "place,person_b,time_s,person_a\nx,2,10,1\ny,3,20,2\n,4,20,3\n\"a, b\",5,40,4\n";
    let marked = format!("\u{feff}{}", CONTACTS.replace('\n', "\r\n"));
    let full_width = CONTACTS.replace("10,1,2", "１０, 1 ,\"2\"");
    for contacts in [turned, other_columns, &marked, &full_width] {
        for bytes in [contacts.as_bytes().to_vec(), gzipped(contacts)] {
            let found = asked(bytes, QUERIES);
            assert_eq!((found.out, found.err), (expected.clone(), String::new()));
        }
    }
    let folder = Folder::new()
        .with("met.csv", CONTACTS)
        .with("q.json", gzipped(QUERIES));
    for threads in [1, 2, 7] {
        let found = folder.trace_with_threads("network met.csv --queries q.json", threads);
        assert_eq!(found.out, expected);
    }
}

#[test]
fn a_row_that_is_no_contact_is_named_and_the_others_are_used() {
    let rows = "20.5,1,2\n,1,2\n30,-1,2\n30,1,x\n30,1,1\n30,1\n30,1,2,3\n99999999999999999999,1,2\n30,\"1,2\n";
    let found = asked(format!("{CONTACTS}{rows}"), QUERIES);
    assert_eq!((found.code, found.out), (0, asked(CONTACTS, QUERIES).out));
    assert_eq!(
        found.err,
        "refused: met.csv, line 6, time_s: \"20.5\" is not a whole number; write it in digits alone, without separators, decimals or a unit\n\
         refused: met.csv, line 7, time_s: is empty; fill in a number\n\
         refused: met.csv, line 8, person_a: \"-1\" is negative; write a number from 0 up\n\
         refused: met.csv, line 9, person_b: \"x\" is not a whole number; write it in digits alone, without separators, decimals or a unit\n\
         refused: met.csv, line 10, person_b: \"1\" is person_a of the row too; name the two who met, or remove the row\n\
         refused: met.csv, line 11: has 2 cells where the header has 3; add the missing cells or their commas\n\
         refused: met.csv, line 12: has 4 cells where the header has 3; remove the surplus cells, or put a cell that holds a comma in quotation marks\n\
         refused: met.csv, line 13, time_s: \"99999999999999999999\" is beyond 9223372036854775807; correct it\n\
         refused: met.csv, line 14: opens a quotation mark in line 14 that is not closed before a comma or a line end; close the quotation mark, and double those inside the cell\n\
         9 of 13 rows were refused, 4 were used; mend the rows named above and run again\n"
    );
}

#[test]
fn a_question_that_is_none_is_named_and_the_others_are_answered() {
    let queries = r#"{"traces":[
        {"seed":"x","start":0,"modes":["strict"]},
        {"seed":1,"modes":["strict"]},
        {"seed":1,"start":0.5,"modes":["strict"]},
        {"seed":1,"start":0,"modes":"strict"},
        7,
        {"seed":1,"start":0,"modes":["nonstrict","window_-5_10","sideways",3,"hops_2","hops_2"]}
    ],"backward":[{"target":-3,"by":20},{"target":3},{"target":3,"by":20}],"remarks":[]}"#;
    let found = asked(CONTACTS, queries);
    assert_eq!((found.code, found.out), (0, asked(CONTACTS, QUERIES).out));
    let modes = "is not known; write strict, nonstrict, delayed_SECONDS, window_DELAY_LENGTH or hops_NUMBER";
    assert_eq!(
        found.err,
        format!(
            "warning: q.json: \"remarks\" is not read; the lists of questions are traces and backward\n\
             refused: q.json, traces[0], seed: \"x\" is no person; write the whole number the contacts have, from 0 up\n\
             refused: q.json, traces[1], start: is missing; add it\n\
             refused: q.json, traces[2], start: 0.5 is no instant; write whole seconds, as the contacts have them\n\
             refused: q.json, traces[3], modes: \"strict\" is no list; write it as [\"strict\",\"hops_2\"]\n\
             refused: q.json, traces[4]: 7 is no question; write it as {{\"seed\":1,\"start\":0,\"modes\":[\"strict\"]}}\n\
             refused: q.json, traces[5], modes[1]: mode \"window_-5_10\", delay: -5 is negative; write 0 or more\n\
             refused: q.json, traces[5], modes[2]: mode \"sideways\" {modes}\n\
             refused: q.json, traces[5], modes[3]: 3 is no word; write a mode in quotation marks, as \"strict\"\n\
             refused: q.json, backward[0], target: -3 is no person; write the whole number the contacts have, from 0 up\n\
             refused: q.json, backward[1], by: is missing; add it\n\
             10 of 14 questions were refused, 4 were used; mend the questions named above and run again\n"
        )
    );
}

#[test]
fn strict_answers_nothing_where_anything_was_refused() {
    let folder = Folder::new()
        .with("met.csv", format!("{CONTACTS}30,1,1\n"))
        .with("sound.csv", CONTACTS)
        .with("q.json", QUERIES)
        .with(
            "bad.json",
            r#"{"traces":[{"seed":1,"start":0,"modes":["strict","x"]}]}"#,
        );
    for (line, refused) in [
        (
            "network met.csv --queries q.json --strict",
            "1 of 5 rows were refused, 4 were used",
        ),
        (
            "network sound.csv --queries bad.json --strict",
            "1 of 2 questions were refused, 1 were used",
        ),
    ] {
        let found = folder.trace(line);
        assert_eq!((found.code, found.out.as_str()), (1, ""), "{line}");
        let last = found.err.lines().last().unwrap();
        assert_eq!(
            last,
            format!("error: {refused}; mend them, or run without --strict")
        );
    }
}

#[test]
fn where_nothing_can_be_answered_the_program_says_what_to_do_and_ends_with_1() {
    let sound = CONTACTS;
    let lists = "asks nothing; write it as {\"traces\":[{\"seed\":1,\"start\":0,\"modes\":[\"strict\"]}],\"backward\":[{\"target\":1,\"by\":0}]}";
    let cases = [
        (
            "time_s,person_a,person\n1,2,3\n",
            QUERIES,
            "met.csv: there is no column \"person_b\" for a contact, perhaps \"person_a\" is meant; the columns are time_s, person_a, person",
        ),
        (
            "",
            QUERIES,
            "met.csv: the file is empty; its first line must name the columns",
        ),
        (
            "time_s,person_a,person_b\n1,1,1\n",
            QUERIES,
            "no contact could be used; mend the rows named above and run again",
        ),
        (
            sound,
            "{\"traces\":[",
            "q.json: is not JSON: EOF while parsing a list at line 1 column 11; mend it there",
        ),
        (sound, "[]", &format!("q.json: {lists}")),
        (sound, "{}", &format!("q.json: {lists}")),
        (
            sound,
            "{\"traces\":{}}",
            "q.json: traces is no list; write it in [ ]",
        ),
        (
            sound,
            "{\"traces\":[7]}",
            "no question could be answered; mend those named above and run again",
        ),
    ];
    for (contacts, queries, why) in cases {
        let found = asked(contacts, queries);
        assert_eq!((found.code, found.out.as_str()), (1, ""), "{why}");
        assert_eq!(found.err.lines().last().unwrap(), format!("error: {why}"));
    }
    let gone = Folder::new()
        .with("q.json", QUERIES)
        .trace("network gone.csv --queries q.json");
    assert_eq!(gone.code, 1);
    assert!(
        gone.err.starts_with("error: gone.csv: ")
            && gone
                .err
                .ends_with("; check the name and that it may be read\n")
    );
}

#[test]
fn a_wrong_command_line_ends_with_2_and_help_with_0() {
    let folder = Folder::new();
    for line in [
        "network met.csv",
        "network --queries q.json",
        "network met.csv --queries q.json --fast",
        "",
        "chain",
    ] {
        let found = folder.trace(line);
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{line}");
    }
    for (line, flags) in [
        ("network --help", vec!["--queries", "--strict", "--timing"]),
        (
            "chains --help",
            vec![
                "--cases",
                "--id",
                "--onset",
                "--links",
                "--from",
                "--to",
                "--infector",
                "--dates",
                "--dot",
                "--graphml",
                "--html",
                "--title",
                "--lang",
                "--strict",
                "--timing",
            ],
        ),
        (
            "cases --help",
            vec![
                "--data", "--date", "--policy", "--books", "--strict", "--timing",
            ],
        ),
    ] {
        let help = folder.trace(line);
        assert_eq!((help.code, help.err.as_str()), (0, ""));
        for flag in flags {
            let (_, below) = help.out.split_once(&format!("\n      {flag}")).unwrap();
            let explained = below.split("\n      --").next().unwrap();
            assert!(explained.contains("Example: "), "{line}: {flag}");
        }
    }
}

#[test]
fn who_is_in_no_contact_reaches_nobody_and_no_contacts_reach_nobody() {
    let queries = r#"{"traces":[{"seed":9,"start":0,"modes":["strict","window_0_0"]}],"backward":[{"target":9,"by":0}]}"#;
    for contacts in [CONTACTS, "time_s,person_a,person_b\n"] {
        let found = asked(contacts, queries);
        assert_eq!((found.code, found.err.as_str()), (0, ""));
        let answers: Value = serde_json::from_str(&found.out).unwrap();
        for mode in ["strict", "window_0_0"] {
            let nobody = serde_json::json!({"reached":0,"last_arrival":null,"sum_arrival_minus_t0":0,"digest":OF_NOTHING});
            assert_eq!(answers["traces"][0][mode], nobody);
        }
        let nobody = serde_json::json!({"target":9,"by":0,"sources":0,"latest_departure_sum_minus_first":0,"digest":OF_NOTHING});
        assert_eq!(answers["backward"][0], nobody);
    }
}

#[test]
fn sums_hold_at_the_ends_of_time() {
    let (first, last) = (i64::MIN, i64::MAX);
    let contacts = format!(
        "time_s,person_a,person_b\n{first},1,2\n{last},2,3\n{last},2,4\n{last},2,18446744073709551615\n"
    );
    let queries = format!(
        r#"{{"traces":[{{"seed":1,"start":{first},"modes":["strict","nonstrict","delayed_9","window_0_9","hops_2"]}}],"backward":[{{"target":3,"by":{last}}}]}}"#
    );
    let found = asked(contacts, &queries);
    assert_eq!((found.code, found.err.as_str()), (0, ""));
    let sum = 3 * (i128::from(last) - i128::from(first));
    assert!(
        found
            .out
            .contains(&format!("\"sum_arrival_minus_t0\": {sum},"))
    );
    assert!(found.out.contains(&format!("\"last_arrival\": {last},")));
}

#[test]
fn timing_is_one_line_of_json_beside_the_answer() {
    let folder = Folder::new()
        .with("met.csv", CONTACTS)
        .with("q.json", QUERIES);
    let found = folder.trace("network met.csv --queries q.json --timing");
    assert_eq!(found.out, asked(CONTACTS, QUERIES).out);
    let timing: Value = serde_json::from_str(&found.err).unwrap();
    let keys: Vec<&String> = timing.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["read_ms", "build_ms", "solve_ms"]);
}
