use super::error::{DimacsError, DimacsErrors};
use crate::bounds::{MOST_NUMBERED, numbered};
use crate::error::{NetworkError, NetworkErrors};
use crate::network::{ArcId, Network, NetworkBuilder, NodeId};

/// How many nodes [`read`] accepts: a short text could otherwise ask for more memory than there is.
pub const MOST_NODES: usize = 50_000_000;

/// Reads a network of at most [`MOST_NODES`] nodes.
///
/// # Errors
///
/// All errors together, each with its line.
pub fn read(text: &str) -> Result<Network, DimacsErrors> {
    read_within(text, MOST_NODES)
}

/// Reads a network of at most so many nodes.
///
/// # Errors
///
/// All errors together, each with its line.
pub fn read_within(text: &str, most_nodes: usize) -> Result<Network, DimacsErrors> {
    let mut reader = Reader::default();
    let mut end = 1;
    for (line, content) in (1..).zip(text.lines()) {
        if let Err(error) = reader.line(line, content, most_nodes.min(MOST_NUMBERED)) {
            reader.errors.push(error);
        }
        end = line + 1;
    }
    reader.finish(end)
}

/// What the problem line announces.
#[derive(Clone, Copy)]
struct Problem {
    line: usize,
    nodes: usize,
    arcs: usize,
}

/// An arc as it is written, and where.
struct Row {
    line: usize,
    tail: NodeId,
    head: NodeId,
    lower: i64,
    capacity: Option<i64>,
    cost: i64,
}

#[derive(Default)]
struct Reader {
    problem: Option<Problem>,
    /// Supply of each node and the line that states it, 0 where none does.
    supplies: Vec<(i64, usize)>,
    rows: Vec<Row>,
    /// Arc lines seen, the faulty ones too.
    arc_lines: usize,
    errors: Vec<DimacsError>,
}

impl Reader {
    fn line(&mut self, line: usize, content: &str, most_nodes: usize) -> Result<(), DimacsError> {
        let mut fields = content.split_ascii_whitespace();
        match fields.next() {
            None | Some("c") => Ok(()),
            Some("p") => self.problem(line, fields.collect(), most_nodes),
            Some("n") => self.node(line, fields.collect()),
            Some("a") => self.arc(line, fields.collect()),
            Some(found) => Err(DimacsError::UnknownLine {
                line,
                found: shown(found),
            }),
        }
    }

    fn problem(
        &mut self,
        line: usize,
        fields: Vec<&str>,
        most_nodes: usize,
    ) -> Result<(), DimacsError> {
        let names = "min NODES ARCS";
        let [kind, nodes, arcs] = exactly(line, "p", fields, names)?;
        if kind != "min" {
            return Err(DimacsError::NotMinimumCost {
                line,
                found: shown(kind),
            });
        }
        if let Some(Problem { line: first, .. }) = self.problem {
            return Err(DimacsError::SecondProblemLine { line, first });
        }
        let nodes = count(line, "nodes", nodes, most_nodes)?;
        let arcs = count(line, "arcs", arcs, MOST_NUMBERED)?;
        self.problem = Some(Problem { line, nodes, arcs });
        self.supplies = vec![(0, 0); nodes];
        Ok(())
    }

    fn node(&mut self, line: usize, fields: Vec<&str>) -> Result<(), DimacsError> {
        let Problem { nodes, .. } = self.announced(line)?;
        let [node, supply] = exactly(line, "n", fields, "NODE SUPPLY")?;
        let id = node_id(line, "node", node, nodes)?;
        let supply = number(line, "supply", supply)?;
        let stated = &mut self.supplies[id.index()];
        if stated.1 > 0 {
            return Err(DimacsError::NodeTwice {
                line,
                node: i64::from(id.0) + 1,
                first: stated.1,
            });
        }
        *stated = (supply, line);
        Ok(())
    }

    fn arc(&mut self, line: usize, fields: Vec<&str>) -> Result<(), DimacsError> {
        self.arc_lines += 1;
        let Problem { nodes, .. } = self.announced(line)?;
        let names = "TAIL HEAD LOWER CAPACITY COST";
        let [tail, head, lower, capacity, cost] = exactly(line, "a", fields, names)?;
        let tail = node_id(line, "tail", tail, nodes)?;
        let head = node_id(line, "head", head, nodes)?;
        let lower = number(line, "lower", lower)?;
        let capacity = Some(number(line, "capacity", capacity)?).filter(|&capacity| capacity != -1);
        let cost = number(line, "cost", cost)?;
        self.rows.push(Row {
            line,
            tail,
            head,
            lower,
            capacity,
            cost,
        });
        Ok(())
    }

    fn announced(&self, line: usize) -> Result<Problem, DimacsError> {
        self.problem.ok_or(DimacsError::NoProblemLine { line })
    }

    fn finish(mut self, end: usize) -> Result<Network, DimacsErrors> {
        match self.announced(end) {
            Ok(Problem {
                line,
                arcs: announced,
                ..
            }) if announced != self.arc_lines => {
                self.errors.push(DimacsError::ArcCount {
                    line,
                    announced,
                    found: self.arc_lines,
                });
            }
            // Lines that missed it have already said so.
            Err(error) if self.errors.is_empty() => self.errors.push(error),
            _ => {}
        }
        let built = self.build();
        if let Err(refused) = &built {
            let mut located = refused
                .as_slice()
                .iter()
                .map(|error| self.located(error))
                .collect();
            self.errors.append(&mut located);
        }
        match built {
            Ok(network) if self.errors.is_empty() => Ok(network),
            _ => Err(DimacsErrors {
                errors: self.errors,
            }),
        }
    }

    fn build(&self) -> Result<Network, NetworkErrors> {
        let mut builder = NetworkBuilder::new();
        for &(supply, _) in &self.supplies {
            builder.node(supply);
        }
        for row in &self.rows {
            builder.arc(row.tail, row.head, row.lower, row.capacity, row.cost);
        }
        builder.build()
    }

    /// The same complaint in the text's own terms: its line, and numbers from 1.
    fn located(&self, error: &NetworkError) -> DimacsError {
        let line_of_arc = |arc: ArcId| self.rows.get(arc.index()).map(|row| row.line);
        let line_of_node = |node: NodeId| self.supplies.get(node.index()).map(|&(_, line)| line);
        let line = error
            .arc()
            .and_then(line_of_arc)
            .or_else(|| error.node().and_then(line_of_node));
        let problem = self.problem.map_or(1, |problem| problem.line);
        DimacsError::Refused {
            line: line.unwrap_or(problem),
            error: error.counted_from_one(),
        }
    }
}

fn exactly<'a, const N: usize>(
    line: usize,
    kind: &'static str,
    fields: Vec<&'a str>,
    names: &'static str,
) -> Result<[&'a str; N], DimacsError> {
    let found = fields.len();
    fields.try_into().map_err(|_| DimacsError::FieldCount {
        line,
        kind,
        found,
        expected: N,
        names,
    })
}

/// A field as a complaint shows it: the whole of a long one would hide what is said of it.
fn shown(field: &str) -> String {
    const ENOUGH: usize = 40;
    match field.char_indices().nth(ENOUGH) {
        None => field.to_owned(),
        Some((end, _)) => format!("{}…", &field[..end]),
    }
}

fn number(line: usize, field: &'static str, value: &str) -> Result<i64, DimacsError> {
    value.parse().map_err(|_| DimacsError::NotANumber {
        line,
        field,
        value: shown(value),
    })
}

fn count(
    line: usize,
    field: &'static str,
    value: &str,
    limit: usize,
) -> Result<usize, DimacsError> {
    let value = number(line, field, value)?;
    let fits = usize::try_from(value).ok().filter(|&count| count <= limit);
    fits.ok_or(DimacsError::CountOutOfRange {
        line,
        field,
        value,
        limit,
    })
}

fn node_id(
    line: usize,
    field: &'static str,
    value: &str,
    nodes: usize,
) -> Result<NodeId, DimacsError> {
    let value = number(line, field, value)?;
    let position = usize::try_from(value)
        .ok()
        .filter(|&node| (1..=nodes).contains(&node));
    let position = position.ok_or(DimacsError::NoSuchNode {
        line,
        field,
        value,
        nodes,
    })?;
    Ok(NodeId(numbered(position - 1)))
}
