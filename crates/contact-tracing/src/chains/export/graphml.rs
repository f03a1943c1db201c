//! GraphML, which Gephi, Cytoscape, igraph and networkx read.
//!
//! Five elements are written by hand: a writer of XML escapes marks, but passes on the letters
//! that XML cannot hold, and makes no name tokens of ids.

use std::fmt::Write as _;

use super::{Link, Person, links, people, said};
use crate::chains::Chains;

/// The attributes declared: key, of what, type.
const KEYS: [(&str, &str, &str); 8] = [
    ("label", "node", "string"),
    ("onset", "node", "string"),
    ("generation", "node", "int"),
    ("cluster", "node", "int"),
    ("listed", "node", "boolean"),
    ("flags", "node", "string"),
    ("stands", "edge", "boolean"),
    ("serial_interval_days", "edge", "int"),
];

/// The chains as GraphML ("The GraphML File Format", graphml.graphdrawing.org).
///
/// A node's `id` must be a name token of XML, so letters that cannot stand in one are written as
/// `_x0020_`, and an underscore before an x as `_x005F_`, the way the standard for SQL in XML does
/// (ISO/IEC 9075-14) and the readers of several platforms undo; most ids stay as they are, and no
/// two become one. `label` is the id to read, with U+FFFD for letters that XML cannot hold.
/// Other keys as in [`to_dot`](super::to_dot); what is not known has no `data`.
pub fn to_graphml(chains: &Chains) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    );
    for (key, of, kind) in KEYS {
        push_key(&mut xml, key, key, of, kind);
    }
    // A key belongs to nodes or to edges, so flags of links have a key of their own.
    push_key(&mut xml, "link_flags", "flags", "edge", "string");
    xml.push_str("  <graph id=\"chains\" edgedefault=\"directed\">\n");
    for person in people(chains) {
        push_person(&mut xml, &person);
    }
    for link in links(chains) {
        push_link(&mut xml, &link);
    }
    xml.push_str("  </graph>\n</graphml>\n");
    xml
}

fn push_key(xml: &mut String, key: &str, name: &str, of: &str, kind: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(
        xml,
        "  <key id=\"{key}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>",
    );
}

fn push_person(xml: &mut String, person: &Person<'_>) {
    let _ = writeln!(xml, "    <node id=\"{}\">", name_token(person.id));
    push_data(xml, "label", &escape(person.id));
    if let Some(onset) = person.onset {
        push_data(xml, "onset", &onset.to_string());
    }
    if let Some(generation) = person.generation {
        push_data(xml, "generation", &generation.to_string());
    }
    if let Some(cluster) = person.cluster {
        push_data(xml, "cluster", &cluster.to_string());
    }
    push_data(xml, "listed", &person.listed.to_string());
    if !person.flags.is_empty() {
        push_data(xml, "flags", &said(&person.flags));
    }
    xml.push_str("    </node>\n");
}

fn push_link(xml: &mut String, link: &Link<'_>) {
    let (from, to) = (name_token(link.infector), name_token(link.infectee));
    let _ = writeln!(xml, "    <edge source=\"{from}\" target=\"{to}\">");
    push_data(xml, "stands", &link.stands.to_string());
    if let Some(days) = link.serial_interval {
        push_data(xml, "serial_interval_days", &days.to_string());
    }
    if !link.flags.is_empty() {
        push_data(xml, "link_flags", &said(&link.flags));
    }
    xml.push_str("    </edge>\n");
}

fn push_data(xml: &mut String, key: &str, value: &str) {
    let _ = writeln!(xml, "      <data key=\"{key}\">{value}</data>");
}

/// An id as a name token: no two ids make the same.
fn name_token(id: &str) -> String {
    if id.is_empty() {
        // A token is never empty, and no other id begins so.
        return "_x_".to_owned();
    }
    let mut token = String::with_capacity(id.len());
    let mut letters = id.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins_an_escape = letter == '_' && letters.peek() == Some(&'x');
        match u32::from(letter) {
            _ if may_stand_in_a_name(letter) && !begins_an_escape => token.push(letter),
            code @ ..=0xFFFF => token.push_str(&format!("_x{code:04X}_")),
            code => token.push_str(&format!("_x{code:08X}_")),
        }
    }
    token
}

/// NameChar of "Extensible Markup Language (XML) 1.0 (Fifth Edition)", but the colon, by which
/// readers that know namespaces part names.
const fn may_stand_in_a_name(letter: char) -> bool {
    matches!(letter,
        '-' | '.' | '_' | '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{B7}'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{203F}'..='\u{2040}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// Words as the content of an element.
fn escape(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            // So that the end of a CDATA section, `]]>`, never stands in text.
            '>' => safe.push_str("&gt;"),
            // A reader takes a bare carriage return for a line feed.
            '\r' => safe.push_str("&#13;"),
            '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'.. => {
                safe.push(letter);
            }
            _ => safe.push('\u{FFFD}'),
        }
    }
    safe
}
