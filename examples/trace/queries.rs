//! The questions asked of a log of contacts, each refused alone where it is none.

use contact_tracing::arrival::Mode;
use serde_json::{Map, Value};

/// The questions of a file, in its order.
pub struct Queries {
    /// Whom a seed can have reached.
    pub traces: Vec<Forward>,
    /// From whom a target can have been reached.
    pub backward: Vec<Backward>,
    /// Questions, and modes of questions, that are none: where, and what to do.
    pub refused: Vec<String>,
    /// What is odd about the file, though nothing was refused.
    pub warnings: Vec<String>,
    /// Questions and modes read.
    pub read: usize,
}

/// Whom a seed can have reached that could pass on from a start.
pub struct Forward {
    pub seed: u64,
    pub start: i64,
    /// Each mode with the word the file has for it.
    pub modes: Vec<(String, Mode)>,
}

/// From whom a target can have been reached by an instant.
pub struct Backward {
    pub target: u64,
    pub by: i64,
}

/// Why a file holds no questions at all.
pub const NO_LISTS: &str = "asks nothing; write it as \
    {\"traces\":[{\"seed\":1,\"start\":0,\"modes\":[\"strict\"]}],\"backward\":[{\"target\":1,\"by\":0}]}";

impl Queries {
    /// The questions in a JSON value; `name` is that of the file.
    ///
    /// # Errors
    /// Where there is neither a list of traces nor one of backward traces.
    pub fn read(name: &str, file: &Value) -> Result<Self, String> {
        let mut found = Queries {
            traces: Vec::new(),
            backward: Vec::new(),
            refused: Vec::new(),
            warnings: Vec::new(),
            read: 0,
        };
        let Some(lists) = file.as_object() else {
            return Err(format!("{name}: {NO_LISTS}"));
        };
        let of = |list: &str| match lists.get(list) {
            None => Ok(None),
            Some(Value::Array(queries)) => Ok(Some(queries)),
            Some(_) => Err(format!("{name}: {list} is no list; write it in [ ]")),
        };
        let (traces, backward) = (of("traces")?, of("backward")?);
        if traces.is_none() && backward.is_none() {
            return Err(format!("{name}: {NO_LISTS}"));
        }
        let unread = lists
            .keys()
            .filter(|key| !["traces", "backward"].contains(&key.as_str()));
        for key in unread {
            found.warnings.push(format!(
                "{name}: {key:?} is not read; the lists of questions are traces and backward"
            ));
        }
        for (index, query) in traces.into_iter().flatten().enumerate() {
            found.take_forward(&format!("{name}, traces[{index}]"), query);
        }
        for (index, query) in backward.into_iter().flatten().enumerate() {
            found.take_backward(&format!("{name}, backward[{index}]"), query);
        }
        Ok(found)
    }

    fn take_forward(&mut self, at: &str, query: &Value) {
        let asked = fields(at, query, "{\"seed\":1,\"start\":0,\"modes\":[\"strict\"]}").and_then(
            |query| {
                Ok((
                    person(at, query, "seed")?,
                    second(at, query, "start")?,
                    words(at, query)?,
                ))
            },
        );
        match asked {
            Err(why) => self.refuse(why),
            Ok((seed, start, words)) => {
                let modes = words.iter().enumerate();
                let modes = modes
                    .filter_map(|(index, word)| {
                        self.take_mode(&format!("{at}, modes[{index}]"), word)
                    })
                    .collect();
                self.traces.push(Forward { seed, start, modes });
            }
        }
    }

    /// A mode that is not known is left out of its trace; the others are answered.
    fn take_mode(&mut self, at: &str, word: &Value) -> Option<(String, Mode)> {
        let Some(text) = word.as_str() else {
            self.refuse(format!(
                "{at}: {word} is no word; write a mode in quotation marks, as \"strict\""
            ));
            return None;
        };
        match text.parse::<Mode>() {
            Ok(mode) => {
                self.read += 1;
                Some((text.to_owned(), mode))
            }
            Err(unknown) => {
                self.refuse(format!("{at}: {unknown}"));
                None
            }
        }
    }

    fn take_backward(&mut self, at: &str, query: &Value) {
        let asked = fields(at, query, "{\"target\":1,\"by\":0}")
            .and_then(|query| Ok((person(at, query, "target")?, second(at, query, "by")?)));
        match asked {
            Err(why) => self.refuse(why),
            Ok((target, by)) => {
                self.read += 1;
                self.backward.push(Backward { target, by });
            }
        }
    }

    fn refuse(&mut self, why: String) {
        self.read += 1;
        self.refused.push(why);
    }
}

type Fields = Map<String, Value>;

fn fields<'q>(at: &str, query: &'q Value, example: &str) -> Result<&'q Fields, String> {
    let wrong = || format!("{at}: {query} is no question; write it as {example}");
    query.as_object().ok_or_else(wrong)
}

fn field<'q>(at: &str, query: &'q Fields, name: &str) -> Result<&'q Value, String> {
    let missing = || format!("{at}, {name}: is missing; add it");
    query.get(name).ok_or_else(missing)
}

fn person(at: &str, query: &Fields, name: &str) -> Result<u64, String> {
    let value = field(at, query, name)?;
    let wrong = || {
        format!(
            "{at}, {name}: {value} is no person; write the whole number the contacts have, from 0 up"
        )
    };
    value.as_u64().ok_or_else(wrong)
}

fn second(at: &str, query: &Fields, name: &str) -> Result<i64, String> {
    let value = field(at, query, name)?;
    let wrong = || {
        format!(
            "{at}, {name}: {value} is no instant; write whole seconds, as the contacts have them"
        )
    };
    value.as_i64().ok_or_else(wrong)
}

fn words<'q>(at: &str, query: &'q Fields) -> Result<&'q [Value], String> {
    let value = field(at, query, "modes")?;
    let wrong = || format!("{at}, modes: {value} is no list; write it as [\"strict\",\"hops_2\"]");
    value.as_array().map(Vec::as_slice).ok_or_else(wrong)
}
