//! What is exported can be read back whole, whatever letters an id has.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, and says what it skipped"
)]

#[allow(dead_code, unreachable_pub, reason = "shared by several test programs")]
mod read_back;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use contact_tracing::chains::{CaseDates, CaseRow, Chains, Flag, LinkRow, export};
use proptest::prelude::*;
use read_back::{Edges, Node};

type Case = (String, Option<NaiveDate>);
type Pair = (String, String);

fn day(day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2020, 2, day)
}

/// Ids that would break a careless writer.
const HOSTILE: [&str; 26] = [
    "",
    "a b",
    "-1.5e3",
    "007",
    "graph",
    "\"",
    "\\",
    "\\\"",
    "\\n",
    "\n",
    "\r",
    "\t",
    "\u{0}",
    "\u{1}",
    "\u{FFFE}",
    "\u{FFFD}",
    "]]>",
    "<!--&amp;-->",
    "_x0020_",
    " ",
    "=1+1",
    "'=1+1",
    "''=",
    "'-5",
    "'t Hooft",
    "病例甲😀",
];

fn id() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned);
    prop_oneof![hostile, "[ab_x0-9]{0,3}", any::<String>()]
}

prop_compose! {
    /// Few people, so that circles, repeated rows and second infectors are common.
    fn outbreak()(ids in prop::collection::vec(id(), 1..9))(
        links in prop::collection::vec((0..ids.len(), 0..ids.len()), 0..14),
        cases in prop::collection::vec((0..ids.len(), prop::option::of(1u32..28)), 0..10),
        ids in Just(ids),
    ) -> (Vec<Case>, Vec<Pair>) {
        let cases = cases.into_iter().map(|(who, on)| (ids[who].clone(), on.and_then(day)));
        let links = links.into_iter().map(|(a, b)| (ids[a].clone(), ids[b].clone()));
        (cases.collect(), links.collect())
    }
}

/// What each file must give back of people, by the chains' own answers.
fn nodes_of(chains: &Chains) -> Vec<Node> {
    let nodes = chains.nodes().map(|node| Node {
        id: chains.id(node).to_owned(),
        onset: chains.onset(node).map(|day| day.to_string()),
        generation: chains.generation_of(node).map(|n| n.to_string()),
        cluster: chains.cluster_of(node).map(|n| (n + 1).to_string()),
        listed: chains.is_listed(node),
    });
    nodes.collect()
}

/// Every row of the links with what is odd about it, in any order.
fn edges_of(chains: &Chains, links: &[Pair]) -> Edges {
    let flagged = chains.flagged();
    let rows = links.iter().enumerate().map(|(row, (from, to))| {
        let flags = flagged.iter().filter(|link| link.row == row);
        let flags: Vec<&str> = flags.map(|link| link.flag.word()).collect();
        (from.clone(), to.clone(), flags.join("; "))
    });
    let mut edges: Edges = rows.collect();
    edges.sort();
    edges
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_file_gives_back_everyone_and_every_link((cases, links) in outbreak()) {
        let chains = Chains::build(&cases, &links);
        let expected = (nodes_of(&chains), edges_of(&chains, &links));
        prop_assert_eq!(&read_back::graphml(&export::to_graphml(&chains)), &expected);
        prop_assert_eq!(&read_back::dot(&export::to_dot(&chains)), &expected);
        prop_assert_eq!(&read_back::nested(&export::to_json(&chains).unwrap()), &expected);
        let tables = (export::people_to_csv(&chains), export::links_to_csv(&chains));
        prop_assert_eq!(&read_back::tables(&tables.0, &tables.1), &expected);
    }

    #[test]
    fn the_order_of_rows_changes_nothing_where_no_one_has_two_rows_or_infectors(
        (cases, links) in outbreak(), turn in 0usize..9,
    ) {
        let (mut listed, mut named) = (BTreeSet::new(), BTreeSet::new());
        let cases: Vec<Case> = cases.into_iter().filter(|(id, _)| listed.insert(id.clone())).collect();
        let links: Vec<Pair> = links.into_iter().filter(|(_, to)| named.insert(to.clone())).collect();
        let (mut other_cases, mut other_links) = (cases.clone(), links.clone());
        other_cases.reverse();
        other_links.rotate_left(turn.min(links.len()));
        let (one, other) = (Chains::build(&cases, &links), Chains::build(&other_cases, &other_links));
        prop_assert_eq!(export::to_graphml(&one), export::to_graphml(&other));
        prop_assert_eq!(export::to_dot(&one), export::to_dot(&other));
        prop_assert_eq!(export::links_to_csv(&one), export::links_to_csv(&other));
        prop_assert_eq!(export::to_json(&one).unwrap(), export::to_json(&other).unwrap());
    }

    #[test]
    fn no_cell_is_a_formula_and_none_but_these_are_changed(ids in prop::collection::btree_set(id(), 1..9)) {
        let cases: Vec<Case> = ids.iter().map(|id| (id.clone(), None)).collect();
        let csv = export::people_to_csv(&Chains::build(&cases, &[]));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let read: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
        for (cell, id) in read.iter().zip(&ids) {
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
            let number = cell.strip_prefix(['-', '+']).is_some_and(|rest| rest.parse::<f64>().is_ok());
            prop_assert!(!runs || number, "{:?}", cell);
            prop_assert!(cell == id || cell.strip_prefix('\'') == Some(id.as_str()), "{:?}", cell);
            let harmless = id.starts_with(|letter: char| letter.is_alphanumeric());
            prop_assert!(cell == id || !harmless, "{:?}", cell);
        }
        let distinct: BTreeSet<&String> = read.iter().collect();
        prop_assert_eq!(distinct.len(), ids.len());
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_is_written_and_read_without_deep_nesting() {
    let ids: Vec<String> = (0..100_000).map(|n| format!("{n:06}")).collect();
    let links: Vec<Pair> = ids
        .windows(2)
        .map(|two| (two[0].clone(), two[1].clone()))
        .collect();
    let chains = Chains::build(&[], &links);
    let json = export::to_json(&chains).unwrap();
    let (nodes, edges) = read_back::nested(&json);
    assert_eq!((nodes.len(), edges.len()), (100_000, 99_999));
    assert_eq!(nodes[99_999].generation.as_deref(), Some("99999"));
    assert_eq!(json.matches("\"continued\":[\"").count(), 100_000 / 32 - 1);
    assert_eq!(export::to_dot(&chains).matches(" -> ").count(), 99_999);
    assert_eq!(
        export::to_graphml(&chains).matches("<edge ").count(),
        99_999
    );
}

#[test]
fn a_circle_is_written_from_its_least_id_and_ends_there() {
    let chains = Chains::build(
        &[],
        &[("c", "b"), ("b", "a"), ("a", "c"), ("c", "d"), ("e", "c")],
    );
    let json: serde_json::Value = serde_json::from_str(&export::to_json(&chains).unwrap()).unwrap();
    let heads: Vec<&str> = json["trees"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tree| tree["id"].as_str().unwrap())
        .collect();
    assert_eq!(heads, ["a", "e"]);
    let c = &json["trees"][0]["infectees"][0];
    assert_eq!(c["id"], "c");
    assert_eq!(
        c["infected_by"][1]["id"], "e",
        "a second infector is a reference"
    );
    let below: Vec<&str> = c["infectees"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(below, ["b", "d"]);
    assert!(
        c["infectees"][0]["infectees"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn oddities_stand_with_their_rows() {
    let late = CaseDates {
        onset: day(9),
        confirmed: day(8),
        ..CaseDates::default()
    };
    let cases = [
        CaseRow {
            id: "a",
            dates: late,
        },
        CaseRow::new("b", day(3)),
    ];
    let links = [
        LinkRow::new("a", "b"),
        LinkRow::new("x", "b"),
        LinkRow::new("a", "b"),
    ];
    let chains = Chains::from_rows(cases, links);
    assert_eq!(
        export::links_to_csv(&chains),
        "infector,infectee,stands,serial_interval_days,flags\n\
         a,b,yes,-6,the infectee fell ill before the infector\n\
         a,b,no,-6,repeats an earlier link; the infectee fell ill before the infector\n\
         x,b,no,,names a second infector; the infector is not in the line list\n",
    );
    assert_eq!(
        export::people_to_csv(&chains),
        "id,onset,generation,cluster,listed,infector,infectors,infectees,flags\n\
         a,2020-02-09,0,1,yes,,0,1,fell ill after being confirmed\n\
         b,2020-02-03,1,1,yes,a,2,0,\n\
         x,,0,1,no,,0,1,\n",
    );
    let dot = export::to_dot(&chains);
    assert!(dot.contains("\"x\" [label=\"x\", generation=\"0\", cluster=\"1\", listed=\"no\", style=\"rounded,dashed\"];"));
    assert!(dot.contains("\"a\" [label=\"a\\n2020-02-09\", onset=\"2020-02-09\""));
    assert!(Flag::Repeated.word().len() > 3 && dot.contains(Flag::Repeated.word()));
}

#[test]
fn usual_ids_stay_as_they_are_in_every_file() {
    let chains = Chains::build(&[], &[("SK_14", "病例-2"), ("SK_14", "d1fafd")]);
    let graphml = export::to_graphml(&chains);
    assert!(graphml.contains("<edge source=\"SK_14\" target=\"病例-2\">"));
    let odd = export::to_graphml(&Chains::build(&[], &[("a b", "_x0020_"), ("", "😀\u{1}")]));
    for token in [
        "\"a_x0020_b\"",
        "\"_x005F_x0020_\"",
        "\"_x_\"",
        "\"😀_x0001_\"",
    ] {
        assert!(odd.contains(token), "{token}");
    }
    assert!(odd.contains("<data key=\"label\">😀\u{FFFD}</data>"));
}

/// Cases and links of a real outbreak, by the columns its files have; nothing where they are not
/// at hand.
fn real(
    folder: &str,
    [id, onset]: [&str; 2],
    [from, to]: [&str; 2],
) -> Option<(Vec<Case>, Vec<Pair>)> {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let data = std::path::Path::new(data).join(folder);
    if !data.exists() {
        println!("skipped: no ../shared/data");
        return None;
    }
    let columns = |file: &str, wanted: [&str; 2]| -> Vec<Pair> {
        let mut reader = csv::Reader::from_path(data.join(file)).unwrap();
        let header = reader.headers().unwrap().clone();
        let place = wanted.map(|name| header.iter().position(|known| known == name).unwrap());
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| (row[place[0]].to_owned(), row[place[1]].to_owned()))
            .collect()
    };
    let cases = columns("linelist.csv", [id, onset]).into_iter();
    let links = columns("contacts.csv", [from, to]).into_iter();
    Some((
        cases.map(|(id, on)| (id, on.parse().ok())).collect(),
        links
            .filter(|(from, to)| !from.is_empty() && !to.is_empty())
            .collect(),
    ))
}

#[test]
fn real_outbreaks_come_back_whole_from_every_file() {
    let mers = real("mers_korea_2015", ["id", "dt_onset"], ["from", "to"]);
    let ebola = real(
        "ebola_sim",
        ["case_id", "date_of_onset"],
        ["infector", "case_id"],
    );
    for (cases, links) in mers.into_iter().chain(ebola) {
        let chains = Chains::build(&cases, &links);
        let nodes = nodes_of(&chains);
        let graphml = read_back::graphml(&export::to_graphml(&chains));
        assert_eq!(graphml.0, nodes);
        assert_eq!(graphml.1.len(), links.len());
        assert_eq!(read_back::dot(&export::to_dot(&chains)), graphml);
        assert_eq!(
            read_back::nested(&export::to_json(&chains).unwrap()),
            graphml
        );
        let tables = (
            export::people_to_csv(&chains),
            export::links_to_csv(&chains),
        );
        assert_eq!(read_back::tables(&tables.0, &tables.1), graphml);
    }
}
