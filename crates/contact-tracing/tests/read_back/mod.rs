//! Reads exported chains the way a strict stranger would.

mod dot;

use std::collections::BTreeSet;

pub use dot::dot;

/// A person as a file tells it; what is not known is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    pub id: String,
    pub onset: Option<String>,
    pub generation: Option<String>,
    pub cluster: Option<String>,
    pub listed: bool,
}

/// Infector, infectee, flags, sorted.
pub type Edges = Vec<(String, String, String)>;

/// Undoes `_x0020_`.
fn of_name_token(token: &str) -> String {
    if token == "_x_" {
        return String::new();
    }
    let mut id = String::new();
    let mut rest = token;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        let (code, end) = after[2..].split_once('_').expect("an escape ends");
        assert!(code.len() == 4 || code.len() == 8, "{token}");
        id.push_str(before);
        id.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        rest = end;
    }
    id.push_str(rest);
    id
}

/// Nodes in the order of the file, edges sorted; refuses keys that are not declared.
pub fn graphml(xml: &str) -> (Vec<Node>, Edges) {
    let document = roxmltree::Document::parse(xml).expect("well formed");
    let graph = document
        .descendants()
        .find(|one| one.has_tag_name(("http://graphml.graphdrawing.org/xmlns", "graph")));
    let graph = graph.expect("a graph");
    assert_eq!(graph.attribute("edgedefault"), Some("directed"));
    let data = |of: roxmltree::Node<'_, '_>, key: &str| {
        let kind = of.tag_name().name().to_owned();
        let declared = document.descendants().any(|one| {
            one.tag_name().name() == "key"
                && one.attribute("id") == Some(key)
                && one.attribute("for") == Some(&kind)
        });
        assert!(declared, "{key}");
        let found = of.children().find(|one| one.attribute("key") == Some(key));
        found.map(|one| one.text().unwrap_or_default().to_owned())
    };
    let (mut nodes, mut edges) = (Vec::new(), Edges::new());
    for one in graph.children().filter(roxmltree::Node::is_element) {
        if one.tag_name().name() == "node" {
            let id = of_name_token(one.attribute("id").unwrap());
            let label = data(one, "label").unwrap();
            let shown = id
                .chars()
                .map(|c| if is_of_xml(c) { c } else { '\u{FFFD}' });
            assert_eq!(label, shown.collect::<String>());
            nodes.push(Node {
                id,
                onset: data(one, "onset"),
                generation: data(one, "generation"),
                cluster: data(one, "cluster"),
                listed: data(one, "listed").unwrap() == "true",
            });
        } else {
            let end = |name| of_name_token(one.attribute(name).unwrap());
            assert!(["true", "false"].contains(&data(one, "stands").unwrap().as_str()));
            edges.push((
                end("source"),
                end("target"),
                data(one, "link_flags").unwrap_or_default(),
            ));
        }
    }
    edges.sort();
    (nodes, edges)
}

/// Char of "Extensible Markup Language (XML) 1.0".
fn is_of_xml(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Everyone found inside one another, each once, nodes by id; edges from `infected_by`. The
/// nesting must agree with them.
pub fn nested(json: &str) -> (Vec<Node>, Edges) {
    let all: serde_json::Value = serde_json::from_str(json).expect("readers of json accept it");
    let (mut nodes, mut edges) = (Vec::new(), Edges::new());
    let mut continued = Vec::new();
    let mut heads = BTreeSet::new();
    for tree in all["trees"].as_array().unwrap() {
        heads.insert(tree["id"].as_str().unwrap().to_owned());
        walk(tree, &mut nodes, &mut edges, &mut continued);
    }
    assert!(continued.iter().all(|id| heads.contains(id)));
    nodes.sort();
    edges.sort();
    assert_eq!(all["people"], nodes.len());
    assert_eq!(all["links"], edges.len());
    (nodes, edges)
}

fn walk(
    one: &serde_json::Value,
    nodes: &mut Vec<Node>,
    edges: &mut Edges,
    continued: &mut Vec<String>,
) {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let number = |value: &serde_json::Value| value.as_u64().map(|number| number.to_string());
    let id = text(&one["id"]).unwrap();
    for infector in one["infected_by"].as_array().unwrap() {
        let flags = infector["flags"]
            .as_array()
            .unwrap()
            .iter()
            .map(|flag| flag.as_str().unwrap());
        let flags: Vec<&str> = flags.collect();
        edges.push((text(&infector["id"]).unwrap(), id.clone(), flags.join("; ")));
    }
    nodes.push(Node {
        id: id.clone(),
        onset: text(&one["onset"]),
        generation: number(&one["generation"]),
        cluster: number(&one["cluster"]),
        listed: one["listed"].as_bool().unwrap(),
    });
    for below in one["infectees"].as_array().unwrap() {
        assert_eq!(
            below["infected_by"][0]["id"],
            id.as_str(),
            "the first row stands"
        );
        walk(below, nodes, edges, continued);
    }
    for below in one["continued"].as_array().unwrap() {
        continued.push(text(below).unwrap());
    }
}

/// Both tables; the apostrophe before a formula is taken off.
pub fn tables(people: &str, links: &str) -> (Vec<Node>, Edges) {
    let rows = |csv: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let rows = reader
            .records()
            .map(|row| row.expect("as many cells as columns"));
        rows.map(|row| row.iter().map(harmful_again).collect())
            .collect()
    };
    let known = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    let nodes = rows(people).into_iter().map(|row| Node {
        id: row[0].clone(),
        onset: known(&row[1]),
        generation: known(&row[2]),
        cluster: known(&row[3]),
        listed: row[4] == "yes",
    });
    let edges = rows(links)
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone(), row[4].clone()));
    let mut edges: Edges = edges.collect();
    edges.sort();
    (nodes.collect(), edges)
}

/// Takes the apostrophe off what a spreadsheet would run, which a signed number is not.
fn harmful_again(cell: &str) -> String {
    let formula = cell.strip_prefix('\'').filter(|rest| {
        let bare = rest.trim_start_matches('\'');
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let number = bare.strip_prefix(['-', '+']).is_some_and(|number| {
            let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
            digits(whole) && digits(fraction)
        });
        let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
        bare.starts_with(starts) && !number
    });
    formula.unwrap_or(cell).to_owned()
}
