//! A reader of as much of the language of Graphviz as is written, by its grammar
//! (graphviz.org/doc/info/lang.html): quoted ids in which `\"` is the only escape.

use super::{Edges, Node};

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n']);
    }

    fn takes(&mut self, token: &str) -> bool {
        self.skip_space();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) {
        assert!(self.takes(token), "{token} is not at {:.40}", self.rest);
    }

    /// An id: a quoted string as Graphviz keeps it, or a bare word.
    fn id(&mut self) -> String {
        self.skip_space();
        let mut id = String::new();
        if !self.takes("\"") {
            let end = self
                .rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap();
            let (word, rest) = self.rest.split_at(end);
            self.rest = rest;
            assert!(!word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()));
            return word.to_owned();
        }
        loop {
            if let Some(rest) = self.rest.strip_prefix("\\\"") {
                id.push('"');
                self.rest = rest;
            } else if let Some(rest) = self.rest.strip_prefix("\\\\") {
                id.push_str("\\\\");
                self.rest = rest;
            } else {
                let letter = self.rest.chars().next().expect("the string is closed");
                assert!(!letter.is_control(), "{letter:?}");
                self.rest = &self.rest[letter.len_utf8()..];
                if letter == '"' {
                    return id;
                }
                id.push(letter);
            }
        }
    }

    fn attributes(&mut self) -> Vec<(String, String)> {
        let mut attributes = Vec::new();
        self.expect("[");
        while !self.takes("]") {
            let name = self.id();
            self.expect("=");
            attributes.push((name, self.id()));
            self.takes(",");
        }
        self.expect(";");
        attributes
    }
}

/// Undoes what a name says of letters DOT has no escape for.
fn of_name(name: &str) -> String {
    let mut id = String::new();
    let mut letters = name.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            id.push(letter);
            continue;
        }
        match letters.next().unwrap() {
            'n' => id.push('\n'),
            'u' => {
                let code: String = letters.by_ref().skip(1).take_while(|c| *c != '}').collect();
                id.push(char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap());
            }
            other => id.push(other),
        }
    }
    id
}

/// Nodes in the order of the file, edges sorted.
pub fn dot(text: &str) -> (Vec<Node>, Edges) {
    let mut reader = Reader { rest: text };
    let (mut nodes, mut edges) = (Vec::new(), Edges::new());
    reader.expect("digraph chains {");
    reader.expect("rankdir=LR;");
    reader.expect("node ");
    reader.attributes();
    while !reader.takes("}") {
        let id = of_name(&reader.id());
        if reader.takes("->") {
            let to = of_name(&reader.id());
            let attributes = reader.attributes();
            edges.push((id, to, value(&attributes, "flags").unwrap_or_default()));
            continue;
        }
        let attributes = reader.attributes();
        nodes.push(Node {
            id,
            onset: value(&attributes, "onset"),
            generation: value(&attributes, "generation"),
            cluster: value(&attributes, "cluster"),
            listed: value(&attributes, "listed").unwrap() == "yes",
        });
    }
    assert_eq!(reader.rest, "\n");
    edges.sort();
    (nodes, edges)
}

fn value(attributes: &[(String, String)], name: &str) -> Option<String> {
    let found = attributes.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.clone())
}
