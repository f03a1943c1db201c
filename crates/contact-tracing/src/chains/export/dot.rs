//! The language of Graphviz.
//!
//! petgraph's own formatter names nodes by their number, which changes with every new case, and
//! leaves the escaping of attributes to its caller; so the few lines are written here.

use std::fmt::Write as _;

use super::{Link, Person, links, people, said, yes_no};
use crate::chains::Chains;

/// The chains as a directed graph in DOT, to be laid out by Graphviz or read by others.
///
/// A node's name is the person's id, always quoted, so that an id that looks like a number or a
/// keyword is none. In a name a backslash is written twice, a line end as `\n` and other letters
/// without a shape as `\u{1}`: DOT knows no other escape than that of the quotation mark.
/// Attributes: `onset`, `generation`, `cluster`, `listed`, `flags` of people, each only where it
/// is known; `stands` (the row gives the generation), `serial_interval_days`, `flags` of links. A
/// link that cannot be is drawn red and dashed, one that does not stand dotted, a person whom only
/// a link names dashed.
pub fn to_dot(chains: &Chains) -> String {
    let mut dot = String::from(
        "digraph chains {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n",
    );
    for person in people(chains) {
        push_person(&mut dot, &person);
    }
    for link in links(chains) {
        push_link(&mut dot, &link);
    }
    dot.push_str("}\n");
    dot
}

fn push_person(dot: &mut String, person: &Person<'_>) {
    let mut label = label(person.id);
    let mut attributes = Vec::new();
    if let Some(onset) = person.onset {
        label.push_str(&format!("\\n{onset}"));
        attributes.push(("onset", onset.to_string()));
    }
    let generation = person.generation.map(|number| number.to_string());
    let cluster = person.cluster.map(|number| number.to_string());
    attributes.extend(generation.map(|number| ("generation", number)));
    attributes.extend(cluster.map(|number| ("cluster", number)));
    attributes.push(("listed", yes_no(person.listed).to_owned()));
    if !person.flags.is_empty() {
        attributes.push(("flags", said(&person.flags)));
    }
    if !person.listed {
        attributes.push(("style", "rounded,dashed".to_owned()));
    }
    // Writing to a string cannot fail.
    let _ = write!(dot, "  \"{}\" [label=\"{label}\"", quoted(person.id));
    push_attributes(dot, &attributes);
}

fn push_link(dot: &mut String, link: &Link<'_>) {
    let mut attributes = vec![("stands", yes_no(link.stands).to_owned())];
    let days = link.serial_interval.map(|days| days.to_string());
    attributes.extend(days.map(|days| ("serial_interval_days", days)));
    if !link.flags.is_empty() {
        attributes.push(("flags", said(&link.flags)));
    }
    if link.flags.iter().any(|flag| flag.is_impossible()) {
        attributes.push(("style", "dashed".to_owned()));
        attributes.push(("color", "red".to_owned()));
    } else if !link.stands {
        attributes.push(("style", "dotted".to_owned()));
    }
    let (from, to) = (quoted(link.infector), quoted(link.infectee));
    let _ = write!(dot, "  \"{from}\" -> \"{to}\" [arrowhead=normal");
    push_attributes(dot, &attributes);
}

/// Closes a list of attributes already begun; values are our own words, dates and numbers.
fn push_attributes(dot: &mut String, attributes: &[(&str, String)]) {
    for (name, value) in attributes {
        let _ = write!(dot, ", {name}=\"{value}\"");
    }
    dot.push_str("];\n");
}

/// An id as it stands between quotation marks.
fn quoted(id: &str) -> String {
    let mut safe = String::with_capacity(id.len());
    for letter in id.chars() {
        match letter {
            '"' => safe.push_str("\\\""),
            // Before a quotation mark a single one would keep the name open.
            '\\' => safe.push_str("\\\\"),
            '\n' => safe.push_str("\\n"),
            letter if letter.is_control() => safe.extend(letter.escape_unicode()),
            letter => safe.push(letter),
        }
    }
    safe
}

/// An id as a label, in which Graphviz also reads entities of HTML.
fn label(id: &str) -> String {
    quoted(id).replace('&', "&amp;")
}
